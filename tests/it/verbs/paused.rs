//! What is paused: for its connection's sake, or because it was sent again too often.

use std::time::Duration;

use desk_sandbox::{Fault, FaultRule, Route};
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{filled_on, partner_id, submission};

/// A connection with a wrong key, and a draft for it.
async fn with_a_wrong_key(computer: &Computer, program: &Program) -> (Value, Value) {
    let account = &computer.sandbox.axisfi_typed;
    let request = json!({
        "name": "Bank", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": account.base_url, "api_key": "wrong", "api_secret": account.api_secret,
    });
    let bank = program.call("connection_add", request).await;
    program.call("settings_save", json!({ "current_connection": bank["id"] })).await;
    let draft = filled_on(program, &bank["id"]).await;
    (bank, draft)
}

#[tokio::test]
async fn keys_that_are_replaced_while_the_old_ones_are_refused_let_it_go_on_too() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (bank, draft) = with_a_wrong_key(&computer, &program).await;
    let late = FaultRule::new(Route::Create, Fault::Delay(Duration::from_secs(2))).times(1);
    computer.sandbox.set_faults(vec![late]);
    let key = &computer.sandbox.axisfi_typed.api_key;
    let replaced = async {
        let sending = || async { program.draft_row(&draft["id"]).await["state"] == "sending" };
        program.until("it is on the way with the old keys", sending).await;
        program.call("connection_save", json!({ "connection": bank["id"], "api_key": key })).await;
    };
    let (_, ()) = tokio::join!(program.run("draft_submit", submission(&draft)), replaced);
    let sent = || async { program.draft_row(&draft["id"]).await["state"] == "accepted" };
    program.until("it is sent with the new keys", sent).await;
    assert_eq!(computer.rows_with(&partner_id(&draft)), 1);
}

#[tokio::test]
async fn what_was_sent_again_too_often_waits_for_a_person_and_not_for_the_connection() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (_, draft) = with_a_wrong_key(&computer, &program).await;
    assert_eq!(program.run("draft_submit", submission(&draft)).await["outcome"], "paused");
    let next = async || program.call("outbox_list", json!({})).await["rows"][0]["delivery"]["next"].clone();
    assert_eq!(next().await, "connection");
    computer.database().execute("UPDATE submissions SET waits_for = NULL", []).unwrap();
    assert_eq!(next().await, "decision");
}
