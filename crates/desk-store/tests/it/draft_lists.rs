//! Drafts in lists: what a draft needs, pages, what it is known by.

use desk_domain::draft::Edit;
use desk_domain::field::Field;
use desk_store::draft_lists::{self, DraftFilter, DraftGroup};
use desk_store::drafts::{self, DraftState};
use desk_store::submissions::{self, Looks, NewSubmission, Outcome, SubmissionPurpose, SubmissionState};
use desk_store::{SqlResult, Transaction, connections};
use rstest::rstest;
use uuid::Uuid;

use crate::support::{Desk, NOW, connection, id, new_draft, set};

fn filter() -> DraftFilter {
    DraftFilter { connections: vec![id(1)], deleted_after: None, today_from: NOW, only: None }
}

/// A draft in a state; of an accepted one when that was.
fn draft(tx: &Transaction<'_>, number: u128, state: DraftState, saved: i64, accepted: Option<i64>) -> SqlResult<()> {
    drafts::insert(tx, &new_draft(number, 1, vec![]), saved)?;
    drafts::set_state(tx, id(number), state)?;
    let Some(accepted) = accepted else { return Ok(()) };
    let new = NewSubmission {
        id: id(number + 500),
        draft_id: id(number),
        connection_id: id(1),
        purpose: SubmissionPurpose::New,
        partner_customer_id: format!("cd-{number}"),
        draft_seq: 0,
        body: b"{}".to_vec(),
        persons: vec![],
        idempotency_id: number.to_string(),
        customer_id: None,
        base_reading_id: None,
        may_wait: false,
    };
    submissions::insert(tx, &new, saved)?;
    let outcome = Outcome {
        state: SubmissionState::Accepted,
        customer_id: Some(format!("cus_{number}")),
        looks: Looks::default(),
        waits_for: None,
        due_at: 0,
        detail: serde_json::Value::Null,
    };
    submissions::set_state(tx, new.id, &outcome, accepted)
}

async fn with_one_of_each() -> Desk {
    let desk = Desk::new();
    let write = desk.store.write(|tx| {
        connections::insert(tx, &connection(1))?;
        connections::insert(tx, &connection(2))?;
        draft(tx, 10, DraftState::Editing, NOW + 1, None)?;
        draft(tx, 11, DraftState::Rejected, NOW - 9, None)?;
        draft(tx, 12, DraftState::Conflict, NOW + 2, None)?;
        draft(tx, 13, DraftState::Unknown, NOW - 8, None)?;
        draft(tx, 14, DraftState::Queued, NOW - 5, None)?;
        draft(tx, 15, DraftState::Sending, NOW - 4, None)?;
        draft(tx, 16, DraftState::Paused, NOW - 3, None)?;
        // Written long ago, accepted at the first instant of today; saved today, accepted at the last one of yesterday.
        draft(tx, 17, DraftState::Accepted, NOW - 99, Some(NOW))?;
        draft(tx, 18, DraftState::Accepted, NOW + 3, Some(NOW - 1))?;
        draft(tx, 19, DraftState::Editing, NOW + 4, None)?;
        drafts::insert(tx, &new_draft(20, 2, vec![]), NOW)?;
        for (number, at) in [(30, NOW - 2), (31, NOW - 1), (32, NOW - 50)] {
            draft(tx, number, DraftState::Editing, NOW + number as i64 - 2 * at, None)?;
            drafts::set_deleted(tx, id(number), Some(at))?;
        }
        Ok(())
    });
    write.await.unwrap();
    desk
}

async fn page(desk: &Desk, filter: DraftFilter, group: Option<DraftGroup>, offset: u32, limit: u32) -> Vec<Uuid> {
    let rows = desk.store.read(move |db| draft_lists::page(db, &filter, group, offset, limit)).await.unwrap();
    rows.into_iter().map(|(_, row)| row.id).collect()
}

#[tokio::test]
async fn drafts_stand_by_what_they_need_then_the_one_saved_last_first() {
    let desk = with_one_of_each().await;
    let all = [12, 16, 13, 11, 19, 10, 15, 14, 17, 18].map(id);
    assert_eq!(page(&desk, filter(), None, 0, 99).await, all);
    assert_eq!(page(&desk, filter(), None, 3, 4).await, all[3..7], "a page goes on where the one before ended");
    assert_eq!(page(&desk, filter(), Some(DraftGroup::OnTheWay), 1, 9).await, [14].map(id));
    let counts = desk.store.read(|db| draft_lists::counts(db, &filter())).await.unwrap();
    let expected = [
        (DraftGroup::NeedsYou, 4),
        (DraftGroup::BeingWritten, 2),
        (DraftGroup::OnTheWay, 2),
        (DraftGroup::SentToday, 1),
        (DraftGroup::SentBefore, 1),
    ];
    assert_eq!(counts, expected);
    let other = DraftFilter { connections: vec![id(2)], ..filter() };
    let counts = desk.store.read(move |db| draft_lists::counts(db, &other)).await.unwrap();
    assert_eq!(counts, [(DraftGroup::BeingWritten, 1)], "empty groups are left out");
}

#[tokio::test]
async fn deleted_ones_are_a_list_of_their_own_while_they_are_kept() {
    let desk = with_one_of_each().await;
    let deleted = DraftFilter { deleted_after: Some(NOW - 50), ..filter() };
    assert_eq!(page(&desk, deleted, None, 0, 99).await, [31, 30].map(id), "the one deleted last first");
}

#[tokio::test]
async fn only_what_was_found_is_counted_and_listed() {
    let desk = with_one_of_each().await;
    let found = DraftFilter { only: Some(vec![id(14), id(11), id(30), id(20)]), ..filter() };
    assert_eq!(page(&desk, found.clone(), None, 0, 99).await, [11, 14].map(id));
    let counts = desk.store.read(move |db| draft_lists::counts(db, &found)).await.unwrap();
    assert_eq!(counts, [(DraftGroup::NeedsYou, 1), (DraftGroup::OnTheWay, 1)]);
}

#[rstest]
#[case::name(set(Field::BusinessNameEnglish, "Lantern \"Quay\""), "Lantern \"Quay\"")]
#[case::local_name(set(Field::BusinessName, "灯码头"), "灯码头")]
#[case::our_id(set(Field::PartnerCustomerId, "cd-1"), "cd-1")]
#[case::number(set(Field::BusinessIdentifierNumber, "51 824"), "51 824")]
#[case::email(set(Field::ContactEmail, "a@b.example"), "a@b.example")]
#[tokio::test]
async fn a_draft_is_known_by(#[case] edit: Edit, #[case] line: &'static str) {
    let desk = Desk::with_draft().await;
    desk.store.write(move |tx| drafts::save_edits(tx, id(2), id(900), &[edit], NOW)).await.unwrap();
    let lines = move |known_by: &str| known_by.lines().collect::<Vec<_>>() == [line];
    let found = desk.store.read(move |db| draft_lists::matching(db, &filter(), lines)).await.unwrap();
    assert_eq!(found, [id(2)]);
}

#[tokio::test]
async fn an_accepted_draft_is_known_by_the_platforms_id() {
    let desk = with_one_of_each().await;
    let read = desk.store.read(|db| draft_lists::matching(db, &filter(), |known_by| known_by == "cus_18"));
    assert_eq!(read.await.unwrap(), [id(18)]);
}

#[tokio::test]
async fn nothing_else_of_a_draft_is_searched_and_no_other_draft() {
    let desk = with_one_of_each().await;
    let edits = [set(Field::Website, "secret.example"), set(Field::ContactPhone, "+61 2")];
    let read = desk.store.write(move |tx| {
        drafts::save_edits(tx, id(10), id(900), &edits, NOW)?;
        let mut asked = Vec::new();
        draft_lists::matching(tx, &filter(), |known_by| {
            asked.push(known_by.to_owned());
            false
        })?;
        Ok(asked)
    });
    let asked = read.await.unwrap();
    assert_eq!(asked.len(), 10, "neither deleted ones nor those of other connections");
    assert_eq!(asked.iter().filter(|known_by| !known_by.is_empty()).count(), 2, "{asked:?}");
}
