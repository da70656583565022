//! The outbox between its commands: order, what waits, races of two look-ups, a disk that is full, keys and hosts that change.

use std::time::Duration;

use desk_core::outbox::OutboxRules;
use desk_sandbox::{CarriedOut, Fault, FaultRule, Route};
use rstest::rstest;
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{filled, filled_on, partner_id, submission, submit, submitting};

/// Rules under which nothing is looked up by itself while a test looks.
fn patient() -> OutboxRules {
    OutboxRules { early_looks_ms: vec![3_600_000], ..OutboxRules::default() }
}

fn waiting(draft: &Value) -> Value {
    let mut request = submission(draft);
    request["may_wait"] = json!(true);
    request
}

/// A draft that went out, and of which nobody knows whether it arrived; it did not.
async fn unknown(computer: &Computer, program: &Program) -> Value {
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Reset).times(1)]);
    let draft = filled(program).await;
    assert_eq!(submit(program, &draft).await["outcome"], "unknown");
    draft
}

async fn row(program: &Program, draft: &Value) -> Value {
    program.draft(&draft["id"]).await["delivery"].clone()
}

#[tokio::test]
async fn what_waits_for_the_network_is_shown_and_sent_in_order_when_anything_reaches_it() {
    let computer = Computer::new();
    let program = computer.start().await;
    let account = &computer.sandbox.axisfi_typed;
    let request = json!({
        "name": "Bank", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": "http://127.0.0.1:9", "api_key": account.api_key, "api_secret": account.api_secret,
    });
    let bank = program.call("connection_add", request).await;
    let drafts = [filled_on(&program, &bank["id"]).await, filled_on(&program, &bank["id"]).await];
    program.call("settings_save", json!({ "current_connection": bank["id"] })).await;
    let first = program.run("draft_submit", submission(&drafts[0])).await;
    assert_eq!((&first["outcome"], &first["reason"]["code"]), (&json!("not_sent"), &json!("network.refused")));
    assert_eq!(program.draft(&drafts[0]["id"]).await["state"], "editing", "nobody said that it may wait");

    for draft in &drafts {
        let view = program.run("draft_submit", waiting(draft)).await;
        assert_eq!(view["outcome"], "waiting", "{view}");
    }
    let list = program.call("outbox_list", json!({})).await;
    let rows: Vec<_> =
        list["rows"].as_array().unwrap().iter().map(|row| (&row["draft"], &row["delivery"]["next"])).collect();
    let (again, turn) = (json!("try_again"), json!("send_in_turn"));
    assert_eq!(rows, [(&drafts[0]["id"], &again), (&drafts[1]["id"], &turn)]);
    assert_eq!(program.status().await["outbox"]["waiting"], 2);

    let held = program.run("draft_submit", submission(&filled_on(&program, &bank["id"]).await)).await;
    assert_eq!(held["reason"]["code"], "queue.offline", "a third one asks first");

    let save = json!({ "connection": bank["id"], "base_url": account.base_url });
    program.call("connection_save", save).await;
    program.call("outbox_send_now", json!({ "draft": drafts[0]["id"] })).await;
    let accepted = || async { program.status().await["outbox"]["waiting"] == 0 };
    program.until("both are sent", accepted).await;
    let sent: Vec<_> = computer.sandbox.requests().into_iter().filter(|call| call.path.ends_with("/create")).collect();
    let ids = drafts.each_ref().map(|draft| partner_id(draft).as_str().unwrap().to_owned());
    assert!(sent.len() == 2 && sent[0].body.contains(&ids[0]) && sent[1].body.contains(&ids[1]), "in their order");
    assert_eq!(computer.rows_with(&partner_id(&drafts[0])), 1);
}

#[tokio::test]
async fn a_look_up_that_was_slower_than_another_one_changes_nothing() {
    let mut computer = Computer::new();
    computer.rules = patient();
    let program = computer.start().await;
    let draft = unknown(&computer, &program).await;
    let slow = FaultRule::new(Route::Detail, Fault::Delay(Duration::from_millis(900))).times(1);
    computer.sandbox.set_faults(vec![slow]);
    let asked = || computer.sandbox.requests().iter().filter(|call| call.path.contains("/detail")).count();
    let before = asked();
    let job = program.begin("submission_lookup", json!({ "draft": draft["id"] })).await;
    program.until("the slow one is asked", || async { asked() > before }).await;
    program.run("submission_lookup", json!({ "draft": draft["id"] })).await;
    assert_eq!(row(&program, &draft).await["lookups"], 1);
    job.last().await;
    assert_eq!(row(&program, &draft).await["lookups"], 1, "what it found is of a time before");
}

#[tokio::test]
async fn what_stands_behind_an_outcome_that_the_disk_took_late_goes_on_without_a_push() {
    let computer = Computer::new();
    let program = computer.start().await;
    let slow = Fault::Delay(Duration::from_millis(1_500));
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, slow).times(1)]);
    let drafts = [filled(&program).await, filled(&program).await];
    let first = submitting(&computer, &program, &drafts[0]).await;
    let second = program.begin("draft_submit", waiting(&drafts[1])).await;
    let queued = || async { program.draft_row(&drafts[1]["id"]).await["state"] == "queued" };
    program.until("the second stands behind the first", queued).await;
    // Nothing can be written while another program holds the database.
    let other = computer.database();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(first.last().await["error"]["code"], "store.failed", "it is said");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(second.last().await["view"]["outcome"], "accepted");
    assert_eq!(program.draft_row(&drafts[0]["id"]).await["state"], "accepted");
    assert_eq!(computer.posts(), 2);
}

#[tokio::test]
async fn what_was_made_for_one_host_is_never_sent_to_it_once_the_connection_has_another() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (old, new) = (Computer::new(), &computer.sandbox.axisfi_typed);
    let request = json!({
        "name": "Bank", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": old.sandbox.axisfi_typed.base_url, "api_key": new.api_key, "api_secret": new.api_secret,
    });
    let bank = program.call("connection_add", request).await;
    let draft = filled_on(&program, &bank["id"]).await;
    computer.keyring.slow_by(Duration::from_millis(400));
    let job = program.begin("draft_submit", waiting(&draft)).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    program.call("connection_save", json!({ "connection": bank["id"], "base_url": new.base_url })).await;
    assert_eq!(job.last().await["view"]["outcome"], "accepted");
    assert_eq!((old.posts(), computer.posts()), (0, 1), "it went to the host that the connection has now");
}

#[rstest]
#[case::while_the_keyring_is_asked(true)]
#[case::while_it_is_on_the_wire(false)]
#[tokio::test]
async fn closing_waits_for_no_answer_and_loses_nothing(#[case] before_the_wire: bool) {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    if before_the_wire {
        // The practice keys are not in the keyring: this one is.
        let account = &computer.sandbox.axisfi_typed;
        let request = json!({
            "name": "Bank", "kind": "axisfi", "revision": "typed", "environment": "test",
            "base_url": account.base_url, "api_key": account.api_key, "api_secret": account.api_secret,
        });
        let bank = program.call("connection_add", request).await;
        let draft = filled_on(&program, &bank["id"]).await;
        program.call("settings_save", json!({ "current_connection": bank["id"] })).await;
        computer.keyring.slow_by(Duration::from_secs(3));
        let _job = program.begin("draft_submit", waiting(&draft)).await;
        program.until("it is queued", || async { program.draft_row(&draft["id"]).await["state"] == "queued" }).await;
        let closed = tokio::time::timeout(Duration::from_secs(2), program.desk.close()).await;
        assert!(closed.is_ok(), "it does not wait for the keyring");
        assert_eq!(computer.posts(), 0);
        return;
    }
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Hang).carried_out(CarriedOut::Yes)]);
    let _job = submitting(&computer, &program, &draft).await;
    program.desk.close().await;
    computer.sandbox.set_faults(Vec::new());
    let again = computer.start().await;
    let settled = || async { again.draft_row(&draft["id"]).await["state"] == "accepted" };
    again.until("it is found after the next start", settled).await;
    assert_eq!((computer.posts(), computer.rows_with(&partner_id(&draft))), (1, 1));
}

#[tokio::test]
async fn a_limit_holds_for_whoever_is_next_when_its_submission_is_taken_out() {
    let computer = Computer::new();
    let program = computer.start().await;
    let limited = Fault::Status {
        status: 429,
        content_type: String::from("application/json"),
        body: json!({ "error": { "code": "SLOW", "message": "Too many." } }).to_string(),
        retry_after_seconds: Some(600),
    };
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, limited).times(1)]);
    let drafts = [filled(&program).await, filled(&program).await];
    for draft in &drafts {
        assert_eq!(program.run("draft_submit", waiting(draft)).await["outcome"], "waiting");
    }
    let first = row(&program, &drafts[0]).await;
    let open = program.call("outbox_cancel", json!({ "draft": drafts[0]["id"] })).await;
    assert_eq!(open["state"], "editing");
    let second = row(&program, &drafts[1]).await;
    assert_eq!((&second["next"], &second["next_at"]), (&json!("send_after_limit"), &first["next_at"]));
    assert_eq!(computer.posts(), 1);
    program.desk.clock().advance(601_000);
    let sent = || async { program.draft_row(&drafts[1]["id"]).await["state"] == "accepted" };
    program.until("it is sent after the limit", sent).await;
}

#[tokio::test]
async fn keys_that_are_replaced_let_what_is_paused_go_on() {
    let computer = Computer::new();
    let program = computer.start().await;
    let account = &computer.sandbox.axisfi_typed;
    let request = json!({
        "name": "Bank", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": account.base_url, "api_key": "wrong", "api_secret": account.api_secret,
    });
    let bank = program.call("connection_add", request).await;
    let draft = filled_on(&program, &bank["id"]).await;
    assert_eq!(program.run("draft_submit", submission(&draft)).await["outcome"], "paused");
    program.call("connection_save", json!({ "connection": bank["id"], "api_key": account.api_key })).await;
    let sent = || async { program.draft_row(&draft["id"]).await["state"] == "accepted" };
    program.call("settings_save", json!({ "current_connection": bank["id"] })).await;
    program.until("it is sent with the new keys", sent).await;
    assert_eq!(computer.rows_with(&partner_id(&draft)), 1);
}

#[tokio::test]
async fn a_look_up_that_learned_nothing_takes_nothing_from_a_slower_one() {
    let mut computer = Computer::new();
    computer.rules = patient();
    let program = computer.start().await;
    let lost = FaultRule::new(Route::Create, Fault::Reset).carried_out(CarriedOut::Yes).times(1);
    let slow = FaultRule::new(Route::Detail, Fault::Delay(Duration::from_millis(600))).times(1);
    let away = FaultRule::status(Route::Detail, 500);
    computer.sandbox.set_faults(vec![lost, slow, away]);
    let draft = filled(&program).await;
    assert_eq!(submit(&program, &draft).await["outcome"], "unknown");
    let asks = || computer.sandbox.requests().iter().filter(|request| request.path.ends_with("/detail")).count();
    let before = asks();
    let first = program.begin("submission_lookup", json!({ "draft": draft["id"] })).await;
    program.until("the slow one is on its way", || async { asks() > before }).await;
    assert_eq!(program.fails("submission_lookup", json!({ "draft": draft["id"] })).await["code"], "answer.error");
    assert_eq!(row(&program, &draft).await["lookups"], 1, "the fast one is settled before");
    assert_eq!(first.last().await["view"]["outcome"], "accepted");
    assert_eq!(program.draft(&draft["id"]).await["state"], "accepted");
}
