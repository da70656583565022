//! A database of version 2, as the program before the outbox left it, opens as one of this version.

use desk_store::drafts::DraftState;
use desk_store::submissions::{self, SubmissionRow, SubmissionState};
use desk_store::{drafts, newest_version, outbox};
use rstest::rstest;
use rusqlite::Connection;

use crate::support::{Desk, KEY, NOW, id, open};

const FIRST: &str = include_str!("../../migrations/0001_start.sql");
const SECOND: &str = include_str!("../../migrations/0002_customer_lists.sql");

/// Every state a submission can be in, and that of its draft.
const STATES: [(&str, &str); 8] = [
    ("queued", "queued"),
    ("sending", "sending"),
    ("paused", "paused"),
    ("unknown", "unknown"),
    ("accepted", "accepted"),
    ("rejected", "rejected"),
    ("conflict", "conflict"),
    ("not_sent", "editing"),
];

/// A store that was made as version 2, with one submission in each state: number 10 is the first, of draft 110.
fn of_version_two() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let db = Connection::open(&path).unwrap();
    db.execute_batch(&format!("PRAGMA key = \"x'{KEY}'\"; PRAGMA cipher_compatibility = 4; {FIRST} {SECOND}")).unwrap();
    db.pragma_update(None, "user_version", 2).unwrap();
    let insert = "INSERT INTO connections (id, name, kind, revision, environment, base_url, created_at)
        VALUES (?1, 'A', 'axisfi', 'typed', 'sandbox', 'sandbox:typed', ?2)";
    db.execute(insert, (id(1).to_string(), NOW)).unwrap();
    for (number, (state, draft_state)) in (10..).zip(STATES) {
        let draft = id(number + 100).to_string();
        let insert = "INSERT INTO drafts
                (id, connection_id, purpose, state, seq, texts, persons, open, created_at, saved_at)
            VALUES (?1, ?2, 'new', ?3, 0, '{}', '[]', 0, ?4, ?4)";
        db.execute(insert, (&draft, id(1).to_string(), draft_state, NOW)).unwrap();
        let insert = "INSERT INTO submissions (id, draft_id, connection_id, purpose, partner_customer_id, draft_seq,
                body, body_sha256, persons, idempotency_id, state, tries, answers, created_at, changed_at, due_at)
            VALUES (?1, ?2, ?3, 'new', 'cd-' || ?1, 0, CAST('{}' AS BLOB), zeroblob(32), '[]', ?1, ?4, 1, '[]', ?5,
                ?5 + 7, ?5)";
        db.execute(insert, (id(number).to_string(), draft, id(1).to_string(), state, NOW)).unwrap();
    }
    db.close().unwrap();
    Desk { store: open(&path).unwrap(), folder }
}

async fn row_of(desk: &Desk, state: &'static str) -> (SubmissionRow, DraftState) {
    let number = (10..).zip(STATES).find(|(_, (of, _))| *of == state).unwrap().0;
    let read = desk.store.read(move |db| {
        Ok((submissions::get(db, id(number))?.unwrap(), drafts::get(db, id(number + 100))?.unwrap().state))
    });
    read.await.unwrap()
}

#[rstest]
#[case::queued("queued", SubmissionState::NotSent, DraftState::Editing)]
#[case::paused("paused", SubmissionState::NotSent, DraftState::Editing)]
#[case::sending("sending", SubmissionState::Sending, DraftState::Sending)]
#[case::unknown("unknown", SubmissionState::Unknown, DraftState::Unknown)]
#[case::accepted("accepted", SubmissionState::Accepted, DraftState::Accepted)]
#[case::rejected("rejected", SubmissionState::Rejected, DraftState::Rejected)]
#[case::conflict("conflict", SubmissionState::Conflict, DraftState::Conflict)]
#[case::not_sent("not_sent", SubmissionState::NotSent, DraftState::Editing)]
#[tokio::test]
async fn every_submission_of_version_two_reads_back_and_what_nobody_asked_for_is_not_sent(
    #[case] before: &'static str,
    #[case] after: SubmissionState,
    #[case] draft: DraftState,
) {
    let desk = of_version_two();
    let version = desk.store.read(|db| db.pragma_query_value(None, "user_version", |row| row.get(0))).await;
    assert_eq!(version, Ok(newest_version()));
    let (row, of_draft) = row_of(&desk, before).await;
    assert_eq!((row.state, of_draft), (after, draft));
    assert_eq!((row.body.as_slice(), row.tries, row.may_wait), (b"{}".as_slice(), 1, false));
    let given_up = matches!(before, "queued" | "paused");
    assert_eq!(row.answers.last().map(|answer| answer.state.as_str()), given_up.then_some("not_sent"));
    assert_eq!(desk.store.read(|db| outbox::sendable(db, NOW + 1_000_000)).await, Ok(vec![]));
}

#[tokio::test]
async fn what_version_two_knew_nothing_of_is_looked_up_and_the_quiet_time_begins_at_its_last_change() {
    let desk = of_version_two();
    let started = desk.store.write(|tx| submissions::mark_sending_unknown(tx, &serde_json::json!({}), NOW + 20));
    assert_eq!(started.await.unwrap().len(), 2, "what was on its way is unknown too");
    let due = desk.store.read(|db| outbox::lookable(db, NOW + 20)).await.unwrap();
    assert_eq!(due.iter().map(|due| due.submission).collect::<Vec<_>>(), [id(13), id(11)]);
    for (state, unknown_at) in [("unknown", NOW + 7), ("sending", NOW + 20)] {
        let (row, _) = row_of(&desk, state).await;
        assert_eq!((row.leased_at, row.unknown_at), (Some(NOW + 7), Some(unknown_at)), "{state}");
    }
}
