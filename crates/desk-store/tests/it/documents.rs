//! Files of drafts: one a field, who is sent next, and when their bytes go.

use desk_domain::draft::Edit;
use desk_domain::field::Field;
use desk_domain::path::{FieldPath, PersonId};
use desk_store::connections::{self, ConnectionRow};
use desk_store::documents::{self, DocumentState, FileType, NEVER, NewDocument};
use desk_store::drafts::{self, DraftState};
use desk_store::{SqlResult, StoreError, Transaction, draft_purge};
use rstest::rstest;
use uuid::Uuid;

use crate::support::{Desk, NOW, connection, id, new_draft};

const PERSON: PersonId = PersonId(Uuid::from_u128(70));

/// Draft 2 of connection 1 and draft 3 of connection 4, each with a person.
async fn with_two() -> Desk {
    let desk = Desk::new();
    let write = desk.store.write(|tx| {
        for (draft, of) in [(2, 1), (3, 4)] {
            connections::insert(tx, &connection(of))?;
            drafts::insert(tx, &new_draft(draft, of, vec![Edit::AddPerson { person: PERSON, at: 0 }]), NOW)?;
        }
        Ok(())
    });
    write.await.unwrap();
    desk
}

fn slot(number: u16) -> FieldPath {
    FieldPath::slot(Field::BusinessIdentifierDocumentList, number).unwrap()
}

fn front() -> FieldPath {
    FieldPath::of_person(PERSON, Field::IdDocumentFrontFileId).unwrap()
}

fn file(number: u128, draft: u128, path: FieldPath) -> NewDocument {
    NewDocument {
        id: id(number),
        draft_id: id(draft),
        path,
        file_type: FileType::MainPage,
        name: "passport.png".to_owned(),
        media_type: "image/png".to_owned(),
        sha256: [7; 32],
        pages: None,
        replaces: None,
        content: b"the bytes".to_vec(),
        preview: Some(b"a picture".to_vec()),
    }
}

fn add(tx: &Transaction<'_>, files: &[(u128, u128, FieldPath)]) -> SqlResult<()> {
    let mut files = (0..).zip(files);
    files.try_for_each(|(after, (number, draft, path))| {
        documents::insert(tx, &file(*number, *draft, *path), NOW + after)
    })
}

#[tokio::test]
async fn a_file_is_kept_with_its_bytes_and_gives_way_to_another_at_its_field() {
    let desk = with_two().await;
    desk.store.write(|tx| add(tx, &[(20, 2, slot(0)), (21, 2, front()), (22, 2, slot(0))])).await.unwrap();
    let read = desk.store.read(|db| {
        let contents = [20, 21, 22].map(|number| documents::content(db, id(number)));
        Ok((documents::list(db, id(2))?, contents.map(Result::unwrap), documents::preview(db, id(22))?))
    });
    let (rows, contents, preview) = read.await.unwrap();
    assert_eq!(rows.iter().map(|row| (row.id, row.path)).collect::<Vec<_>>(), [(id(21), front()), (id(22), slot(0))]);
    assert_eq!((rows[1].size, rows[1].state, rows[1].preview), (9, DocumentState::Waiting, true));
    assert_eq!(contents, [None, Some(b"the bytes".to_vec()), Some(b"the bytes".to_vec())]);
    assert_eq!(preview.as_deref(), Some(&b"a picture"[..]));
}

#[tokio::test]
async fn the_oldest_is_sent_first_and_one_that_waits_for_a_time_not_before() {
    let desk = with_two().await;
    let write = desk.store.write(|tx| {
        add(tx, &[(20, 2, slot(0)), (21, 3, slot(0)), (22, 2, slot(1)), (23, 2, slot(2))])?;
        documents::lease(tx, id(20))?;
        documents::put_off(tx, id(20), NOW + 500, Some("{\"code\": \"network.timeout\"}"))
    });
    write.await.unwrap();
    let due = async |now| {
        let read = desk.store.read(move |db| Ok((documents::sendable(db, now)?, documents::next_due(db, now)?)));
        let (due, next) = read.await.unwrap();
        (due.into_iter().map(|due| (due.document, due.connection)).collect::<Vec<_>>(), next)
    };
    let (now, later) = due(NOW + 10).await;
    assert_eq!(now, [(id(21), id(4)), (id(22), id(1)), (id(23), id(1))]);
    assert_eq!(later, Some(NOW + 500));
    assert_eq!(due(NOW + 500).await.0[0], (id(20), id(1)), "as old as it was");

    desk.store.write(|tx| documents::hasten(tx, id(1), NOW + 20)).await.unwrap();
    assert_eq!(due(NOW + 20).await.0.len(), 4, "its host was reached");
    desk.store.write(|tx| documents::put_off_all(tx, id(1), NOW + 900)).await.unwrap();
    assert_eq!(due(NOW + 20).await, (vec![(id(21), id(4))], Some(NOW + 900)), "a limit is of one connection");
}

/// When each file of draft 2 is sent, and for what it waits.
fn waits(tx: &Transaction<'_>) -> SqlResult<Vec<(i64, Option<String>)>> {
    let code = |reason: String| reason.split('"').nth(3).unwrap_or_default().to_owned();
    Ok(documents::list(tx, id(2))?.into_iter().map(|row| (row.due_at, row.reason.map(code))).collect())
}

#[tokio::test]
async fn what_the_platform_holds_is_not_hastened_resumed_or_added_before_its_time() {
    const UNTIL: i64 = NOW + 600_000;
    let desk = with_two().await;
    let limited = (UNTIL, Some("rate.limited".to_owned()));
    let write = desk.store.write(|tx| {
        add(tx, &[(20, 2, slot(0)), (21, 2, slot(1)), (22, 2, slot(2)), (23, 2, slot(3)), (24, 2, slot(4))])?;
        let off = [(20, NOW + 5_000, "network.reset"), (21, UNTIL + 9, "network.name"), (22, NEVER, "auth.refused")];
        for (number, due, reason) in off {
            documents::lease(tx, id(number))?;
            documents::put_off(tx, id(number), due, Some(&format!("{{\"code\":\"{reason}\"}}")))?;
        }
        documents::lease(tx, id(24))?;
        documents::put_off_all(tx, id(1), UNTIL)?;
        add(tx, &[(25, 2, slot(5)), (26, 3, slot(0))])?;
        let held = waits(tx)?;
        // Another call reached the host, keys were saved, and one that was on its way broke off.
        documents::hasten(tx, id(1), NOW + 10)?;
        documents::resume(tx, id(1), NOW + 10)?;
        documents::put_off(tx, id(24), NOW + 10, Some("{\"code\":\"network.reset\"}"))?;
        let after = waits(tx)?.into_iter().map(|(due, _)| due).collect::<Vec<_>>();
        let others = documents::sendable(tx, UNTIL - 1)?;
        documents::retry(tx, id(25), NOW + 20)?;
        let mine = documents::sendable(tx, NOW + 20)?;
        Ok((held, after, others, mine, documents::sendable(tx, UNTIL)?.len()))
    });
    let (held, after, others, mine, all) = write.await.unwrap();
    // Of the same time as the first, and so behind that: 25.
    assert_eq!([&held[0], &held[1], &held[4]], [&limited; 3], "{held:?}");
    assert_eq!((held[2].0, held[3].0), (UNTIL + 9, NEVER), "these wait for longer");
    assert_eq!(after, [UNTIL; 6]);
    assert_eq!(others.iter().map(|due| due.document).collect::<Vec<_>>(), [id(26)], "of the other connection");
    assert_eq!(mine.iter().map(|due| due.document).collect::<Vec<_>>(), [id(25), id(26)], "a person says so");
    assert_eq!(all, 7);
}

#[rstest]
#[case::at_once(NOW + 10, NOW + 900_000)]
#[case::a_day_later(NOW + 86_400_000, NOW + 86_400_000)]
#[case::by_a_clock_that_was_set_back(NOW - 86_400_000, NOW - 86_400_000)]
#[tokio::test]
async fn what_the_platform_holds_is_held_after_a_start_too(#[case] started: i64, #[case] due: i64) {
    let desk = with_two().await;
    let write = desk.store.write(move |tx| {
        add(tx, &[(20, 2, slot(0)), (21, 2, slot(1))])?;
        documents::lease(tx, id(20))?;
        documents::put_off_all(tx, id(1), NOW + 900_000)?;
        documents::restart(tx, started, 300_000)?;
        Ok(documents::list(tx, id(2))?.into_iter().map(|row| row.due_at).collect::<Vec<_>>())
    });
    let waits_on = if started > NOW + 10 { NOW + 900_000 } else { due };
    assert_eq!(write.await.unwrap(), [due, waits_on]);
}

#[tokio::test]
async fn what_waits_for_its_connection_is_due_once_it_works() {
    let desk = with_two().await;
    let write = desk.store.write(|tx| {
        add(tx, &[(20, 2, slot(0))])?;
        documents::lease(tx, id(20))?;
        documents::put_off(tx, id(20), NEVER, Some("{\"code\": \"auth.refused\"}"))?;
        let hastened = documents::hasten(tx, id(1), NOW)?;
        Ok((hastened, documents::next_due(tx, NOW)?, documents::resume(tx, id(4), NOW)?))
    });
    assert_eq!(write.await.unwrap(), (0, None, 0), "no time and no other connection helps");
    let write = desk.store.write(|tx| Ok((documents::resume(tx, id(1), NOW)?, documents::sendable(tx, NOW)?.len())));
    assert_eq!(write.await.unwrap(), (1, 1));
}

#[tokio::test]
async fn what_became_of_a_sending_counts_only_while_it_is_being_sent() {
    let desk = with_two().await;
    let write = desk.store.write(|tx| {
        add(tx, &[(20, 2, slot(0))])?;
        assert!(!documents::sent(tx, id(20), "file_1", NOW)?, "it was not leased");
        assert_eq!(documents::lease(tx, id(20))?.map(|row| row.tries), Some(1));
        assert_eq!(documents::lease(tx, id(20))?, None, "once at a time");
        assert!(documents::is_sending(tx, id(1))? && !documents::is_sending(tx, id(4))?);
        assert!(documents::fail(tx, id(20), "{}")?, "a person stops it");
        assert!(!documents::sent(tx, id(20), "file_1", NOW)?, "what its call gives is of no use any more");
        assert!(documents::retry(tx, id(20), NOW)?);
        documents::lease(tx, id(20))?;
        assert!(documents::sent(tx, id(20), "file_2", NOW)?);
        assert!(!documents::retry(tx, id(20), NOW)? && !documents::fail(tx, id(20), "{}")?, "it is there");
        documents::get(tx, id(20))
    });
    let row = write.await.unwrap().unwrap();
    assert_eq!((row.state, row.file_id.as_deref(), row.reason), (DocumentState::Sent, Some("file_2"), None));
}

#[tokio::test]
async fn after_a_start_what_was_being_sent_waits_again() {
    let desk = with_two().await;
    let write = desk.store.write(|tx| {
        add(tx, &[(20, 2, slot(0)), (21, 2, slot(1)), (22, 2, slot(2)), (23, 2, slot(3)), (24, 2, slot(4))])?;
        let never = Some("{\"code\":\"auth.refused\"}");
        let locked = Some("{\"code\":\"keyring.locked\"}");
        let off = [(21, NOW + 1_000, None), (22, NOW + 900_000, None), (23, NEVER, never), (24, NEVER, locked)];
        for (number, due, reason) in off {
            documents::lease(tx, id(number))?;
            documents::put_off(tx, id(number), due, reason)?;
        }
        documents::lease(tx, id(20))?;
        documents::restart(tx, NOW + 10, 300_000)?;
        documents::list(tx, id(2))
    });
    let rows = write.await.unwrap();
    assert!(rows.iter().all(|row| row.state == DocumentState::Waiting));
    let due: Vec<_> = rows.iter().map(|row| row.due_at).collect();
    assert_eq!(due, [NOW + 10, NOW + 1_000, NOW + 10, NEVER, NOW + 10], "nor a clock that was ahead, nor a keyring");
}

#[tokio::test]
async fn nothing_is_sent_of_a_person_or_a_draft_that_was_taken_away_or_over_a_connection_that_was() {
    let desk = with_two().await;
    let write = desk.store.write(|tx| {
        add(tx, &[(20, 2, front()), (21, 3, slot(0))])?;
        let all = (documents::sendable(tx, NOW + 9)?.len(), documents::unsent(tx, id(2))?);
        drafts::save_edits(tx, id(2), id(90), &[Edit::RemovePerson { person: PERSON }], NOW)?;
        let without = (documents::sendable(tx, NOW + 9)?.len(), documents::unsent(tx, id(2))?);
        assert_eq!(documents::list(tx, id(2))?, []);
        drafts::save_edits(tx, id(2), id(91), &[Edit::AddPerson { person: PERSON, at: 0 }], NOW)?;
        let again = (documents::sendable(tx, NOW + 9)?.len(), documents::unsent(tx, id(2))?);
        drafts::set_deleted(tx, id(2), Some(NOW))?;
        connections::update(tx, &ConnectionRow { archived_at: Some(NOW), ..connection(4) })?;
        Ok((all, without, again, documents::sendable(tx, NOW + 9)?.len()))
    });
    assert_eq!(write.await.unwrap(), ((2, 1), (1, 0), (2, 1), 0));
}

#[rstest]
#[case(DraftState::Accepted, false)]
#[case(DraftState::Rejected, true)]
#[case(DraftState::Queued, true)]
#[tokio::test]
async fn the_bytes_go_once_the_draft_is_accepted_and_the_id_stays(#[case] state: DraftState, #[case] kept: bool) {
    let desk = with_two().await;
    let write = desk.store.write(move |tx| {
        add(tx, &[(20, 2, slot(0)), (21, 3, slot(0))])?;
        documents::lease(tx, id(20))?;
        documents::sent(tx, id(20), "file_1", NOW)?;
        drafts::set_state(tx, id(2), state)?;
        let contents = (documents::content(tx, id(20))?.is_some(), documents::content(tx, id(21))?.is_some());
        Ok((contents, documents::list(tx, id(2))?.remove(0)))
    });
    let (contents, row) = write.await.unwrap();
    assert_eq!(contents, (kept, true), "only those of this draft");
    assert_eq!((row.file_id.as_deref(), row.preview), (Some("file_1"), kept));
}

#[tokio::test]
async fn files_of_a_draft_that_was_forgotten_go_with_it() {
    let desk = with_two().await;
    let write = desk.store.write(|tx| {
        add(tx, &[(20, 2, slot(0)), (21, 3, slot(0))])?;
        drafts::set_deleted(tx, id(2), Some(NOW))?;
        draft_purge::purge(tx, NOW)?;
        let gone = (documents::get(tx, id(20))?, documents::content(tx, id(20))?);
        Ok((gone, documents::content(tx, id(21))?.is_some()))
    });
    assert_eq!(write.await.unwrap(), ((None, None), true));
}

#[tokio::test]
async fn a_file_without_bytes_is_refused() {
    let desk = with_two().await;
    let empty = NewDocument { content: Vec::new(), ..file(20, 2, slot(0)) };
    let error = desk.store.write(move |tx| documents::insert(tx, &empty, NOW)).await.unwrap_err();
    assert!(matches!(error, StoreError::Constraint(_)), "{error:?}");
}

#[tokio::test]
async fn files_of_a_list_go_where_their_ids_went() {
    let desk = with_two().await;
    let write = desk.store.write(|tx| {
        add(tx, &[(10, 2, slot(0)), (11, 2, slot(1)), (12, 2, slot(2)), (13, 2, front())])?;
        for (number, file) in [(10, "a"), (11, "b"), (12, "c"), (13, "d")] {
            documents::lease(tx, id(number))?;
            assert!(documents::sent(tx, id(number), file, NOW)?);
        }
        // The first two change places, where the third stood too: another was typed over that.
        let texts = [(slot(1), "a"), (slot(2), "b")];
        let edits: Vec<_> = texts.into_iter().map(|(path, text)| Edit::Set { path, text: text.to_owned() }).collect();
        drafts::save_edits(tx, id(2), id(99), &edits, NOW)?;
        let texts = drafts::get(tx, id(2))?.unwrap().texts;
        documents::moved(tx, id(2), &texts)?;
        documents::moved(tx, id(2), &texts)?;
        let rows = documents::list(tx, id(2))?.into_iter();
        Ok(rows.map(|row| (row.id, row.path)).collect::<Vec<_>>())
    });
    assert_eq!(write.await.unwrap(), [(id(10), slot(1)), (id(11), slot(2)), (id(13), front())]);
}
