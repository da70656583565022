//! The outbox as a queue: order within a connection, what holds the rest, and when it is time again.

use desk_domain::platform::Environment;
use desk_store::connections::{self, ConnectionRow};
use desk_store::drafts::{self, DraftState};
use desk_store::outbox::{self, Due};
use desk_store::submissions::{self, Looks, NewSubmission, Outcome, SubmissionPurpose, SubmissionState, WaitsFor};
use desk_store::{SqlResult, StoreError, Transaction};
use rstest::rstest;
use serde_json::json;

use crate::support::{Desk, NOW, connection, id, new_draft};

/// Submission `number` of connection `over`, made at a time, with a draft of its own.
fn queue(tx: &Transaction<'_>, number: u128, over: u128, at: i64) -> SqlResult<()> {
    drafts::insert(tx, &new_draft(number + 100, over, vec![]), at)?;
    let new = NewSubmission {
        id: id(number),
        draft_id: id(number + 100),
        connection_id: id(over),
        purpose: SubmissionPurpose::New,
        partner_customer_id: format!("cd-{number}"),
        draft_seq: 0,
        body: b"{}".to_vec(),
        persons: vec![],
        idempotency_id: number.to_string(),
        customer_id: None,
        base_reading_id: None,
        may_wait: true,
    };
    submissions::insert(tx, &new, at)
}

fn set(tx: &Transaction<'_>, number: u128, state: SubmissionState, due_at: i64) -> SqlResult<()> {
    let waits_for = match state {
        SubmissionState::Paused => Some(WaitsFor::Connection),
        _ => (due_at > NOW).then_some(WaitsFor::Network),
    };
    let outcome = Outcome { state, customer_id: None, looks: Looks::default(), waits_for, due_at, detail: json!({}) };
    submissions::set_state(tx, id(number), &outcome, NOW)
}

/// Connections 1 and 2; submissions 10 and 11 over the first, 20 over the second, in this order.
async fn with_three() -> Desk {
    let desk = Desk::new();
    let write = desk.store.write(|tx| {
        connections::insert(tx, &connection(1))?;
        connections::insert(tx, &ConnectionRow { environment: Environment::Test, ..connection(2) })?;
        queue(tx, 10, 1, NOW - 3)?;
        queue(tx, 11, 1, NOW - 2)?;
        queue(tx, 20, 2, NOW - 1)
    });
    write.await.unwrap();
    desk
}

async fn sendable(desk: &Desk, now: i64) -> Vec<u128> {
    let due: Vec<Due> = desk.store.read(move |db| outbox::sendable(db, now)).await.unwrap();
    due.iter().map(|due| due.submission.as_u128() - id(0).as_u128()).collect()
}

#[rstest]
#[case::each_connections_oldest(SubmissionState::Queued, NOW, &[10, 20])]
#[case::not_beside_one_that_is_being_sent(SubmissionState::Sending, NOW, &[20])]
#[case::not_past_one_that_waits_for_the_network(SubmissionState::Queued, NOW + 9, &[20])]
#[case::not_past_one_that_is_refused(SubmissionState::Paused, NOW, &[20])]
#[case::past_one_that_nobody_knows(SubmissionState::Unknown, NOW, &[11, 20])]
#[case::past_one_that_was_accepted(SubmissionState::Accepted, NOW, &[11, 20])]
#[case::past_one_that_was_rejected(SubmissionState::Rejected, NOW, &[11, 20])]
#[tokio::test]
async fn the_order_is_kept_within_a_connection(
    #[case] first: SubmissionState,
    #[case] due_at: i64,
    #[case] expected: &[u128],
) {
    let desk = with_three().await;
    let write = desk.store.write(move |tx| match first {
        SubmissionState::Sending => submissions::lease(tx, id(10), NOW).map(drop),
        state => set(tx, 10, state, due_at),
    });
    write.await.unwrap();
    assert_eq!(sendable(&desk, NOW).await, expected);
    let second = desk.store.read(|db| submissions::get(db, id(11))).await.unwrap().unwrap();
    let behind = desk.store.read(move |db| outbox::is_behind(db, &second)).await.unwrap();
    assert_eq!(behind, !expected.contains(&11), "and the page says so");
}

#[tokio::test]
async fn one_that_was_sent_again_too_often_holds_nobody_up_and_goes_on_when_a_person_says_so() {
    let desk = with_three().await;
    let write = desk.store.write(|tx| {
        // Nothing but a person moves it on.
        let tired = Outcome {
            state: SubmissionState::Paused,
            customer_id: None,
            looks: Looks::default(),
            waits_for: None,
            due_at: NOW,
            detail: json!({}),
        };
        submissions::set_state(tx, id(10), &tired, NOW)?;
        let second = submissions::get(tx, id(11))?.unwrap();
        Ok((outbox::is_behind(tx, &second)?, outbox::holding(tx, id(1), NOW)?))
    });
    let (behind, holding) = write.await.unwrap();
    assert_eq!((behind, holding), (false, None));
    assert_eq!(sendable(&desk, NOW).await, [11, 20]);
    let write = desk.store.write(|tx| {
        set(tx, 11, SubmissionState::Queued, NOW + 50)?;
        let tired = submissions::get(tx, id(10))?.unwrap();
        outbox::resume(tx, &tired, NOW)
    });
    assert_eq!(write.await, Ok(true));
    assert_eq!(sendable(&desk, NOW).await, [10, 20], "in its old place");
}

#[tokio::test]
async fn what_holds_is_the_one_that_is_paused_for_the_connection_or_the_oldest_that_waits() {
    let desk = with_three().await;
    let holding = async || {
        let held = desk.store.read(|db| outbox::holding(db, id(1), NOW)).await.unwrap();
        held.map(|row| row.id)
    };
    assert_eq!(holding().await, None);
    desk.store.write(|tx| set(tx, 11, SubmissionState::Queued, NOW + 5)).await.unwrap();
    assert_eq!(holding().await, Some(id(11)));
    desk.store.write(|tx| set(tx, 10, SubmissionState::Queued, NOW + 9)).await.unwrap();
    assert_eq!(holding().await, Some(id(10)));
    desk.store.write(|tx| set(tx, 11, SubmissionState::Paused, NOW)).await.unwrap();
    assert_eq!(holding().await, Some(id(11)));
}

#[tokio::test]
async fn the_next_time_is_the_earliest_of_what_is_sent_next_and_what_is_looked_up() {
    let desk = with_three().await;
    let next = desk.store.read(|db| outbox::next_due(db, NOW)).await.unwrap();
    assert_eq!(next, None, "what is due now waits for no time");
    let write = desk.store.write(|tx| {
        set(tx, 10, SubmissionState::Queued, NOW + 50)?;
        // Behind the other: its own time says nothing.
        set(tx, 11, SubmissionState::Queued, NOW + 5)?;
        set(tx, 20, SubmissionState::Unknown, NOW + 30)
    });
    write.await.unwrap();
    assert_eq!(desk.store.read(|db| outbox::next_due(db, NOW)).await, Ok(Some(NOW + 30)));
    assert_eq!(desk.store.read(|db| outbox::next_due(db, NOW + 30)).await, Ok(Some(NOW + 50)));
    assert_eq!(desk.store.read(|db| outbox::lookable(db, NOW + 29)).await.unwrap(), []);
    let due = Due { submission: id(20), connection: id(2) };
    assert_eq!(desk.store.read(|db| outbox::lookable(db, NOW + 30)).await, Ok(vec![due]));
}

#[tokio::test]
async fn a_host_that_is_reached_hastens_what_waits_for_it_and_nothing_else() {
    let desk = with_three().await;
    let write = desk.store.write(|tx| {
        set(tx, 10, SubmissionState::Queued, NOW + 50)?;
        set(tx, 20, SubmissionState::Queued, NOW + 50)?;
        assert!(outbox::waits_for_network(tx, id(1))?);
        outbox::hasten(tx, id(1), NOW)?;
        let limited = Outcome {
            state: SubmissionState::Queued,
            customer_id: None,
            looks: Looks::default(),
            waits_for: Some(WaitsFor::Rate),
            due_at: NOW + 70,
            detail: json!({}),
        };
        submissions::set_state(tx, id(20), &limited, NOW)?;
        outbox::hasten(tx, id(2), NOW)
    });
    assert_eq!(write.await, Ok(0), "what the platform has put off stays put off");
    assert_eq!(sendable(&desk, NOW).await, [10]);
}

#[tokio::test]
async fn what_is_paused_goes_on_with_its_draft_and_keeps_its_place() {
    let desk = with_three().await;
    let write = desk.store.write(|tx| {
        set(tx, 10, SubmissionState::Paused, NOW)?;
        drafts::set_state(tx, id(110), DraftState::Paused)?;
        let row = submissions::get(tx, id(10))?.unwrap();
        assert!(outbox::resume(tx, &row, NOW + 1)?);
        assert!(!outbox::resume(tx, &row, NOW + 2)?, "once");
        drafts::get(tx, id(110))
    });
    assert_eq!(write.await.unwrap().unwrap().state, DraftState::Queued);
    assert_eq!(sendable(&desk, NOW + 1).await, [10, 20]);
}

#[tokio::test]
async fn a_person_sees_conflicts_first_then_what_nobody_knows_then_the_queue() {
    let desk = with_three().await;
    let write = desk.store.write(|tx| {
        queue(tx, 12, 1, NOW)?;
        queue(tx, 13, 1, NOW)?;
        set(tx, 11, SubmissionState::Unknown, NOW)?;
        set(tx, 12, SubmissionState::Conflict, NOW)?;
        drafts::set_state(tx, id(112), DraftState::Conflict)?;
        // A person has decided about this one: its draft goes on.
        set(tx, 13, SubmissionState::Conflict, NOW)
    });
    write.await.unwrap();
    let rows = desk.store.read(|db| outbox::unsettled(db, &[id(1)])).await.unwrap();
    let numbers: Vec<_> = rows.iter().map(|row| row.id).collect();
    assert_eq!(numbers, [id(12), id(11), id(10)], "and nothing of another environment");
}

#[rstest]
#[case::accepted(SubmissionState::Accepted, "queued")]
#[case::rejected(SubmissionState::Rejected, "queued")]
#[case::conflict(SubmissionState::Conflict, "unknown")]
#[case::not_sent(SubmissionState::NotSent, "queued")]
#[case::unknown_without_the_queue(SubmissionState::Unknown, "sending")]
#[case::paused_without_the_queue(SubmissionState::Paused, "sending")]
#[tokio::test]
async fn the_table_refuses_to_send_what_has_ended_or_was_not_queued(
    #[case] state: SubmissionState,
    #[case] to: &'static str,
) {
    let desk = with_three().await;
    let write = desk.store.write(move |tx| {
        set(tx, 10, state, NOW)?;
        tx.execute("UPDATE submissions SET state = ?2 WHERE id = ?1", (id(10).to_string(), to))
    });
    let refused = write.await;
    assert!(matches!(refused, Err(StoreError::Constraint(_))), "{refused:?}");
}

#[tokio::test]
async fn a_lease_begins_the_quiet_time_anew_and_keeps_what_was_proven() {
    let desk = with_three().await;
    let looks = Looks { lookups: 4, misses: 2, missed_at: Some(NOW), absences: 1 };
    let write = desk.store.write(move |tx| {
        let outcome = Outcome {
            state: SubmissionState::Queued,
            customer_id: None,
            looks,
            waits_for: Some(WaitsFor::Absence),
            due_at: NOW,
            detail: json!({}),
        };
        submissions::set_state(tx, id(10), &outcome, NOW)?;
        submissions::lease(tx, id(10), NOW + 7)
    });
    let row = write.await.unwrap().unwrap();
    assert_eq!(row.looks, Looks { absences: 1, ..Looks::default() });
    assert_eq!((row.leased_at, row.waits_for, row.tries), (Some(NOW + 7), None, 1));
}

#[tokio::test]
async fn a_platform_that_is_down_for_a_week_does_not_fill_the_store() {
    let desk = with_three().await;
    let write = desk.store.write(|tx| {
        for number in 0..200 {
            let outcome = Outcome {
                state: SubmissionState::Unknown,
                customer_id: None,
                looks: Looks::default(),
                waits_for: None,
                due_at: NOW,
                detail: json!(number),
            };
            submissions::set_state(tx, id(10), &outcome, NOW)?;
        }
        submissions::get(tx, id(10))
    });
    let answers = write.await.unwrap().unwrap().answers;
    assert_eq!(answers.len(), 40);
    assert_eq!((&answers[0].detail, &answers[39].detail), (&json!(0), &json!(199)), "the first and the newest");
}

/// Gives submission `number` an outcome about the customer `cus_1`.
fn about(tx: &Transaction<'_>, number: u128, state: SubmissionState, at: i64) -> SqlResult<()> {
    let customer_id = Some("cus_1".to_owned());
    let outcome =
        Outcome { state, customer_id, looks: Looks::default(), waits_for: None, due_at: at, detail: json!({}) };
    submissions::set_state(tx, id(number), &outcome, at)
}

#[rstest]
#[case::accepted(&[SubmissionState::Accepted], true)]
#[case::found_by_a_look_up(&[SubmissionState::Unknown, SubmissionState::Accepted], true)]
#[case::unknown(&[SubmissionState::Unknown], false)]
#[case::rejected(&[SubmissionState::Rejected], false)]
#[case::the_platforms_own_by_decision(&[SubmissionState::Conflict, SubmissionState::Accepted], false)]
#[tokio::test]
async fn what_a_customer_was_made_of_is_what_the_platform_took_of_ours(
    #[case] states: &'static [SubmissionState],
    #[case] ours: bool,
) {
    let desk = with_three().await;
    let write = desk.store.write(move |tx| states.iter().try_for_each(|state| about(tx, 10, *state, NOW)));
    write.await.unwrap();
    let body = async |over: u128, customer: &'static str, at: i64| {
        desk.store.read(move |db| outbox::accepted_body(db, id(over), customer, at)).await.unwrap()
    };
    assert_eq!(body(1, "cus_1", NOW).await.is_some(), ours);
    assert_eq!(body(1, "cus_1", NOW - 1).await, None, "not before it was known");
    assert_eq!((body(2, "cus_1", NOW).await, body(1, "cus_2", NOW).await), (None, None));
}

#[rstest]
#[case::unknown(SubmissionState::Unknown, true)]
#[case::paused(SubmissionState::Paused, true)]
#[case::accepted(SubmissionState::Accepted, false)]
#[case::rejected(SubmissionState::Rejected, false)]
#[case::conflict(SubmissionState::Conflict, false)]
#[case::given_up(SubmissionState::NotSent, false)]
#[tokio::test]
async fn a_customer_is_changed_by_what_has_not_ended(#[case] state: SubmissionState, #[case] changes: bool) {
    let desk = with_three().await;
    desk.store.write(move |tx| about(tx, 10, state, NOW)).await.unwrap();
    let asked = desk.store.read(|db| outbox::changes_customer(db, id(1), "cus_1")).await.unwrap();
    assert_eq!(asked, changes);
    assert!(!desk.store.read(|db| outbox::changes_customer(db, id(2), "cus_1")).await.unwrap());
}
