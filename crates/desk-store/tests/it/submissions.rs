//! Submissions: one live attempt, one sender, frozen bodies.

use desk_domain::path::PersonId;
use desk_store::drafts::{self, DraftState};
use desk_store::submissions::{self, Looks, NewSubmission, Outcome, SubmissionPurpose, SubmissionState};
use desk_store::{SqlResult, StoreError, Transaction};
use rstest::rstest;
use serde_json::json;

use crate::support::{Desk, NOW, id, new_draft};

fn submission(number: u128, draft: u128) -> NewSubmission {
    NewSubmission {
        id: id(number),
        draft_id: id(draft),
        connection_id: id(1),
        purpose: SubmissionPurpose::New,
        partner_customer_id: format!("cd-{draft}"),
        draft_seq: 3,
        body: b"{\"a\": 12345678901234567.80}".to_vec(),
        persons: vec![PersonId(id(7)), PersonId(id(8))],
        idempotency_id: id(number + 1000).to_string(),
        customer_id: None,
        base_reading_id: None,
        may_wait: false,
    }
}

fn outcome(state: SubmissionState) -> Outcome {
    Outcome {
        state,
        customer_id: None,
        looks: Looks::default(),
        waits_for: None,
        due_at: NOW,
        detail: json!({"code": "x"}),
    }
}

async fn with_submission() -> Desk {
    let desk = Desk::with_draft().await;
    desk.store.write(|tx| submissions::insert(tx, &submission(20, 2), NOW)).await.unwrap();
    desk
}

#[tokio::test]
async fn a_submission_reads_back_as_it_was_frozen() {
    let desk = with_submission().await;
    let row = desk.store.read(|db| submissions::get(db, id(20))).await.unwrap().unwrap();
    let new = submission(20, 2);
    assert_eq!((row.body, row.persons, row.idempotency_id), (new.body, new.persons, new.idempotency_id));
    assert_eq!((row.state, row.tries, row.draft_seq), (SubmissionState::Queued, 0, 3));
    assert!(row.answers.is_empty());
}

#[tokio::test]
async fn only_one_of_two_senders_gets_a_submission() {
    let desk = with_submission().await;
    let (a, b) = tokio::join!(
        desk.store.write(|tx| submissions::lease(tx, id(20), NOW)),
        desk.store.write(|tx| submissions::lease(tx, id(20), NOW)),
    );
    let leased: Vec<_> = [a.unwrap(), b.unwrap()].into_iter().flatten().collect();
    assert_eq!(leased.len(), 1);
    assert_eq!((leased[0].state, leased[0].tries), (SubmissionState::Sending, 1));
}

#[tokio::test]
async fn a_submission_is_not_sent_before_it_is_due() {
    let desk = with_submission().await;
    let later = Outcome { due_at: NOW + 60_000, ..outcome(SubmissionState::Queued) };
    desk.store.write(move |tx| submissions::set_state(tx, id(20), &later, NOW)).await.unwrap();
    let early = desk.store.write(|tx| submissions::lease(tx, id(20), NOW + 59_999)).await.unwrap();
    assert_eq!(early, None);
    assert!(desk.store.write(|tx| submissions::lease(tx, id(20), NOW + 60_000)).await.unwrap().is_some());
}

#[rstest]
#[case(SubmissionState::Queued, false)]
#[case(SubmissionState::Sending, false)]
#[case(SubmissionState::Paused, false)]
#[case(SubmissionState::Unknown, false)]
#[case(SubmissionState::Accepted, false)]
#[case(SubmissionState::Rejected, true)]
#[case(SubmissionState::Conflict, true)]
#[case(SubmissionState::NotSent, true)]
#[tokio::test]
async fn a_draft_has_one_live_submission(#[case] first: SubmissionState, #[case] second_allowed: bool) {
    let desk = with_submission().await;
    desk.store.write(move |tx| submissions::set_state(tx, id(20), &outcome(first), NOW)).await.unwrap();
    let second = desk.store.write(|tx| submissions::insert(tx, &submission(21, 2), NOW + 1)).await;
    assert_eq!(second.is_ok(), second_allowed, "{second:?}");
    let newest = desk.store.read(|db| submissions::newest_for_draft(db, id(2))).await.unwrap().unwrap();
    assert_eq!(newest.id, id(if second_allowed { 21 } else { 20 }));
}

#[rstest]
#[case::another_draft(submission(21, 3), "cd-2", false)]
#[case::another_draft_with_its_own(submission(21, 3), "cd-3", true)]
#[case::an_update_of_that_customer(NewSubmission { purpose: SubmissionPurpose::Update, ..submission(21, 3) }, "cd-2", true)]
#[tokio::test]
async fn a_partner_id_belongs_to_the_draft_that_queued_it_first(
    #[case] second: NewSubmission,
    #[case] partner: &str,
    #[case] allowed: bool,
) {
    let desk = with_submission().await;
    let second = NewSubmission { partner_customer_id: partner.to_owned(), ..second };
    let result = desk.store.write(move |tx| {
        // Rejected and deleted: the id stays taken, for the platform may have kept it.
        submissions::set_state(tx, id(20), &outcome(SubmissionState::Rejected), NOW)?;
        drafts::set_deleted(tx, id(2), Some(NOW))?;
        drafts::insert(tx, &new_draft(3, 1, vec![]), NOW)?;
        submissions::insert(tx, &second, NOW)
    });
    let result = result.await;
    assert_eq!(result.is_ok(), allowed, "{result:?}");
}

#[rstest]
#[case::body("UPDATE submissions SET body = x'00'")]
#[case::partner("UPDATE submissions SET partner_customer_id = 'other'")]
#[case::idempotency("UPDATE submissions SET idempotency_id = 'other'")]
#[case::persons("UPDATE submissions SET persons = '[]'")]
#[case::deleted("DELETE FROM submissions")]
#[tokio::test]
async fn what_was_frozen_stays_frozen(#[case] sql: &'static str) {
    let desk = with_submission().await;
    let refused = desk.store.write(move |tx| tx.execute(sql, [])).await;
    assert!(matches!(refused, Err(StoreError::Constraint(_))), "{refused:?}");
}

#[tokio::test]
async fn answers_are_added_and_the_platforms_id_stays_once_known() {
    let desk = with_submission().await;
    let known = Outcome {
        customer_id: Some("C-1".to_owned()),
        looks: Looks { misses: 2, ..Looks::default() },
        ..outcome(SubmissionState::Unknown)
    };
    let accepted = Outcome { detail: json!({"amount": "12345678901234567.80"}), ..outcome(SubmissionState::Accepted) };
    let row = desk.store.write(move |tx| {
        submissions::set_state(tx, id(20), &known, NOW + 1)?;
        submissions::set_state(tx, id(20), &accepted, NOW + 2)?;
        submissions::get(tx, id(20))
    });
    let row = row.await.unwrap().unwrap();
    assert_eq!((row.customer_id.as_deref(), row.looks.misses, row.changed_at), (Some("C-1"), 0, NOW + 2));
    let said: Vec<_> = row.answers.iter().map(|answer| (answer.at, answer.state.as_str())).collect();
    assert_eq!(said, [(NOW + 1, "unknown"), (NOW + 2, "accepted")]);
    assert_eq!(row.answers[1].detail["amount"], "12345678901234567.80");
}

#[tokio::test]
async fn what_was_on_its_way_at_the_end_is_unknown_at_the_start() {
    let desk = with_submission().await;
    let prepare = |tx: &Transaction<'_>| -> SqlResult<()> {
        drafts::insert(tx, &new_draft(3, 1, vec![]), NOW)?;
        submissions::insert(tx, &submission(21, 3), NOW)?;
        submissions::lease(tx, id(20), NOW)?;
        drafts::set_state(tx, id(2), DraftState::Sending)
    };
    desk.store.write(prepare).await.unwrap();
    let detail = json!({"code": "restarted"});
    let again = detail.clone();
    let unknown = desk.store.write(move |tx| submissions::mark_sending_unknown(tx, &detail, NOW + 9)).await.unwrap();
    assert_eq!(unknown.iter().map(|row| row.id).collect::<Vec<_>>(), [id(20)]);
    assert_eq!(unknown[0].answers.len(), 1);
    let draft = desk.store.read(|db| drafts::get(db, id(2))).await.unwrap().unwrap();
    assert_eq!(draft.state, DraftState::Unknown);
    let queued = desk.store.read(|db| submissions::list_in_state(db, SubmissionState::Queued)).await.unwrap();
    assert_eq!(queued.iter().map(|row| row.id).collect::<Vec<_>>(), [id(21)], "what was not leased stays queued");
    let second = desk.store.write(move |tx| submissions::mark_sending_unknown(tx, &again, NOW + 10)).await.unwrap();
    assert_eq!((second.len(), second[0].answers.len()), (1, 1), "given again, answered once");
    assert_eq!(desk.store.write(|tx| submissions::lease(tx, id(20), NOW + 99)).await, Ok(None), "never sent again");
}
