//! Connections that are taken out of use and back, and credentials that are replaced whole or not at all.

use std::collections::BTreeSet;

use desk_sandbox::{Fault, FaultRule, Route};
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{filled_on, practice, submission, submit, submitting};

const OLD: &str = "old-canary-november-0123456789";
const NEW: &str = "new-canary-november-9876543210";

fn named(connection: &Value) -> Value {
    json!({ "connection": connection["id"] })
}

async fn added(program: &Program, base_url: &str, api_key: &str, api_secret: &str) -> Value {
    let request = json!({
        "name": "Harbour Bank", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": base_url, "api_key": api_key, "api_secret": api_secret,
    });
    program.call("connection_add", request).await
}

fn ids(status: &Value) -> BTreeSet<String> {
    status["connections"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// Action, detail and result of the trail, oldest first.
fn trail(computer: &Computer) -> Vec<(String, String, String)> {
    let database = computer.database();
    let mut rows = database
        .prepare("SELECT action, detail, result FROM activity WHERE action LIKE 'connection.%' ORDER BY seq")
        .unwrap();
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[tokio::test]
async fn an_archived_connection_leaves_and_comes_back_and_the_window_goes_to_its_neighbour() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (typed, untyped) = (practice(&program, "typed").await, practice(&program, "untyped").await);
    let bultra = program.status().await["connections"][2]["id"].clone();
    let bank = added(&program, "https://harbour.example", OLD, OLD).await;
    let draft = filled_on(&program, &bank["id"]).await;
    program.call("settings_save", json!({ "current_connection": typed })).await;
    let status = program.call("connection_archive", json!({ "connection": typed })).await;
    assert_eq!(status["current_connection"], untyped, "one of the same environment");
    program.call("settings_save", json!({ "current_connection": bank["id"] })).await;
    let status = program.call("connection_archive", named(&bank)).await;
    assert_eq!(status["current_connection"], untyped, "there is no other test connection: the first");
    program.call("connection_archive", json!({ "connection": bultra })).await;
    assert_eq!(program.refused("connection_archive", json!({ "connection": untyped })).await.code, "connection.last");

    let archived = program.call("connection_archived", json!({})).await;
    let archived: Vec<_> = archived["connections"].as_array().unwrap().iter().map(|row| &row["id"]).cloned().collect();
    assert_eq!(archived, [typed, bultra, bank["id"].clone()]);
    for (verb, request) in [
        ("connection_save", json!({ "connection": bank["id"], "name": "B" })),
        ("connection_archive", named(&bank)),
        ("draft_create", named(&bank)),
        ("settings_save", json!({ "current_connection": bank["id"] })),
    ] {
        assert_eq!(program.refused(verb, request).await.code, "connection.archived", "{verb}");
    }
    let nobody = json!({ "connection": bank["id"], "by": "customer_id", "value": "cus_1" });
    assert_eq!(program.fails("connection_test", named(&bank)).await["code"], "connection.archived");
    assert_eq!(program.fails("customer_lookup", nobody).await["code"], "connection.archived");
    assert_eq!(program.fails("draft_submit", submission(&draft)).await["code"], "connection.archived");
    assert!(computer.sandbox.requests().is_empty(), "nothing went out");

    program.desk.close().await;
    let program = computer.start().await;
    let status = program.call("connection_restore", named(&bank)).await;
    assert!(ids(&status).contains(bank["id"].as_str().unwrap()));
    assert_eq!(status["current_connection"], untyped, "restoring moves nobody");
    program.call("connection_restore", named(&bank)).await;
    program.desk.close().await;
    let of = |action: &str| trail(&computer).iter().filter(|row| row.0 == action).count();
    assert_eq!((of("connection.archive"), of("connection.restore")), (3, 1), "each once");
}

#[tokio::test]
async fn what_is_on_its_way_or_unknown_keeps_its_connection_in_use() {
    let computer = Computer::new();
    let program = computer.start().await;
    let account = &computer.sandbox.axisfi_typed;
    let bank = added(&program, &account.base_url, &account.api_key, &account.api_secret).await;
    let draft = filled_on(&program, &bank["id"]).await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Hang)]);
    let job = submitting(&computer, &program, &draft).await;
    let busy = program.refused("connection_archive", named(&bank)).await;
    assert_eq!((busy.code.as_str(), busy.params["count"].as_str()), ("connection.busy", "1"));
    program.call("job_cancel", json!({ "job": job.id })).await;
    job.last().await;
    assert_eq!(program.refused("connection_archive", named(&bank)).await.code, "connection.busy", "unknown");
    computer.sandbox.set_faults(Vec::new());
    let practice = practice(&program, "typed").await;
    assert_eq!(submit(&program, &filled_on(&program, &practice).await).await["outcome"], "accepted");
    program.call("connection_archive", json!({ "connection": practice })).await;
}

#[tokio::test]
async fn credentials_are_replaced_whole_or_not_at_all() {
    let computer = Computer::new();
    let program = computer.start().await;
    let bank = added(&program, "https://harbour.example", OLD, OLD).await;
    let entry = format!("conn:{}:api_key", bank["id"].as_str().unwrap());
    computer.keyring.refuses_secrets();
    let both = json!({ "connection": bank["id"], "name": "Renamed", "api_key": NEW, "api_secret": NEW });
    assert_eq!(program.refused("connection_save", both).await.code, "keyring.failed");
    assert_eq!(computer.keyring.value(&entry).as_deref(), Some(OLD), "the key that was taken is put back");
    let status = program.status().await;
    let kept = status["connections"].as_array().unwrap().iter().find(|row| row["id"] == bank["id"]).unwrap();
    assert_eq!(kept, &bank, "and nothing else changed");
    let key = json!({ "connection": bank["id"], "api_key": NEW });
    assert_eq!(program.call("connection_save", key).await["api_key"]["tail"], "3210");
    assert_eq!(computer.keyring.value(&entry).as_deref(), Some(NEW));
}

#[tokio::test]
async fn keys_that_no_header_carries_are_refused_at_their_field() {
    let computer = Computer::new();
    let program = computer.start().await;
    let bank = added(&program, "https://harbour.example", OLD, OLD).await;
    let add = json!({
        "name": "B", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": "https://harbour.example", "api_key": "ключ", "api_secret": "two\nlines",
    });
    let save = json!({ "connection": bank["id"], "api_key": "ключ", "api_secret": "two\nlines" });
    for (verb, request) in [("connection_add", add), ("connection_save", save)] {
        let refused = program.refused(verb, request).await;
        let fields: Vec<_> = refused.fields.iter().map(|at| (at.path.as_str(), at.code.as_str())).collect();
        let unusable = "credentials.unusable";
        assert_eq!(fields, [("api_key", unusable), ("api_secret", unusable)], "{verb}");
    }
}

#[tokio::test]
async fn the_trail_names_the_fields_that_changed_and_never_what_they_hold() {
    let computer = Computer::new();
    let program = computer.start().await;
    let bank = added(&program, "https://harbour.example", OLD, OLD).await;
    let save = json!({ "connection": bank["id"], "name": "Quay-canary", "revision": "untyped", "api_secret": NEW });
    program.call("connection_save", save).await;
    program.call("connection_save", json!({ "connection": bank["id"], "name": "Quay-canary" })).await;
    program.desk.close().await;
    let row = |action: &str, detail: &str| (action.to_owned(), detail.to_owned(), "ok".to_owned());
    let expected = [row("connection.add", ""), row("connection.save", "name revision api_secret")];
    assert_eq!(trail(&computer), expected, "what changes nothing says nothing");
}
