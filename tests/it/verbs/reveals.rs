//! Who was shown what, and why: the policy of the computer, the reason in the trail, and an end that cannot be cut off.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::PathBuf;
use std::time::Duration;

use desk_core::policy::PolicyFile;
use desk_secrets::KeyringError;
use rstest::rstest;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::computer::{Computer, Program};
use super::form::practice;
use super::updates::{customer, read};

const ID_NUMBER: &str = "business_person_list/0/identification/id_number";
const NEEDS_REASON: &str = "reveal_needs_reason = true\n";

/// A file as an administrator leaves it. Its owner stands in for root, who the tests need not be.
pub fn policy(text: &str, mode: u32) -> (TempDir, PathBuf, u32) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
    let owner = fs::metadata(&path).unwrap().uid();
    (folder, path, owner)
}

/// A computer with a policy.
pub fn with_policy(path: &std::path::Path, owner: u32) -> Computer {
    let mut computer = Computer::new();
    computer.policy = Some(PolicyFile::owned_by(path.to_owned(), owner));
    computer
}

async fn said_of_policy(program: &Program) -> Vec<Value> {
    let list = program.activity(json!({ "query": "program.policy" })).await;
    list["rows"].as_array().unwrap().iter().map(|row| row["result"].clone()).collect()
}

async fn reveal(program: &Program, id: &str, otherwise: Value) -> Value {
    let mut request = json!({ "connection": practice(program, "typed").await, "customer_id": id, "path": ID_NUMBER });
    request.as_object_mut().unwrap().extend(otherwise.as_object().unwrap().clone());
    request
}

async fn reveals(program: &Program) -> Vec<Value> {
    program.activity(json!({ "query": "customer.reveal" })).await["rows"].as_array().unwrap().clone()
}

#[rstest]
#[case::needed(NEEDS_REASON, 0o644, true, &[])]
#[case::not_needed("reveal_needs_reason = false", 0o644, false, &[])]
#[case::says_nothing("", 0o600, false, &[])]
#[case::others_may_write("reveal_needs_reason = false", 0o646, true, &["policy.unreadable"])]
#[case::its_group_may_write("", 0o664, true, &["policy.unreadable"])]
#[case::no_toml("reveal_needs_reason = ", 0o644, true, &["policy.unreadable"])]
#[case::another_type("reveal_needs_reason = 1", 0o644, true, &["policy.unreadable"])]
#[case::a_slip_of_the_pen("reveal_need_reason = false", 0o644, true, &["policy.unreadable"])]
#[tokio::test]
async fn a_policy_is_obeyed_where_it_is_the_administrators_alone_and_strict_where_nobody_can_tell_what_it_says(
    #[case] text: &str,
    #[case] mode: u32,
    #[case] needed: bool,
    #[case] said: &[&str],
) {
    let (_folder, path, owner) = policy(text, mode);
    let computer = with_policy(&path, owner);
    let program = computer.start().await;
    assert_eq!(program.status().await["policy"]["reveal_reason"], needed);
    assert_eq!(said_of_policy(&program).await, said);
}

#[tokio::test]
async fn a_file_of_somebody_else_is_no_policy_and_neither_is_none() {
    let (folder, path, owner) = policy(NEEDS_REASON, 0o644);
    let program = with_policy(&path, owner + 1).start().await;
    assert_eq!(program.status().await["policy"]["reveal_reason"], false);
    assert_eq!(said_of_policy(&program).await, ["policy.not_obeyed"]);
    fs::set_permissions(&path, Permissions::from_mode(0o666)).unwrap();
    let program = with_policy(&path, owner + 1).start().await;
    assert_eq!(said_of_policy(&program).await, ["policy.not_obeyed"], "whoever else may write it");
    let program = with_policy(&folder.path().join("none.toml"), owner).start().await;
    assert_eq!(program.status().await["policy"]["reveal_reason"], false);
    assert_eq!(said_of_policy(&program).await, Vec::<Value>::new(), "nothing is wrong with that");
    let program = with_policy(folder.path(), owner).start().await;
    assert_eq!(program.status().await["policy"]["reveal_reason"], true, "whatever stands there, it is no text");
    assert_eq!(said_of_policy(&program).await, ["policy.unreadable"]);
}

#[tokio::test]
async fn where_the_policy_wants_a_reason_nothing_is_shown_without_one() {
    let (_folder, path, owner) = policy(NEEDS_REASON, 0o644);
    let computer = with_policy(&path, owner);
    let program = computer.start().await;
    let id = customer(&program).await;
    for reason in [Value::Null, json!(""), json!(" \n ")] {
        let request = reveal(&program, &id, json!({ "reason": reason })).await;
        let error = program.refused("customer_reveal", request).await;
        assert_eq!((error.code.as_str(), error.fields[0].path.as_str()), ("reveal.reason", "reason"), "{reason}");
    }
    let request = reveal(&program, &id, json!({})).await;
    assert_eq!(program.refused("customer_reveal", request).await.code, "reveal.reason", "left out is none, too");
    assert_eq!(reveals(&program).await, Vec::<Value>::new(), "what was not shown is not in the trail");

    let reason = json!({ "reason": "  The bank asks\nfor it " });
    let shown = program.call("customer_reveal", reveal(&program, &id, reason).await).await;
    assert_eq!(shown["value"], "E12345678");
    let row = &reveals(&program).await[0];
    assert_eq!((&row["detail"], &row["reason"]), (&json!(ID_NUMBER), &json!("The bank asks for it")));
    assert_eq!((&row["id"], &row["reading"]), (&json!(id), &Value::Null));
    let open = json!({ "connection": practice(&program, "typed").await, "customer_id": id });
    let record = program.call("customer_open", open).await;
    assert_eq!(record["shown"][0]["path"], ID_NUMBER, "the record names the path alone");
    let check = program.call("activity_check", json!({})).await;
    assert_eq!((&check["broken_at"], &check["cut_after"]), (&Value::Null, &Value::Null));
    computer
        .database()
        .execute_batch(
            "DROP TRIGGER activity_never_changed;
             UPDATE activity SET detail = replace(detail, 'bank', 'boss') WHERE action = 'customer.reveal'",
        )
        .unwrap();
    assert_eq!(
        program.call("activity_check", json!({})).await["broken_at"],
        row["seq"],
        "the reason cannot be changed"
    );
}

#[tokio::test]
async fn a_record_that_is_copied_is_shown_as_a_whole_and_wants_its_reason() {
    let (_folder, path, owner) = policy(NEEDS_REASON, 0o644);
    let computer = with_policy(&path, owner);
    let program = computer.start().await;
    let id = customer(&program).await;
    let connection = practice(&program, "typed").await;
    let copy = |reason: Value| json!({ "connection": connection, "customer_id": id, "reason": reason });
    assert_eq!(program.refused("draft_from_customer", copy(Value::Null)).await.code, "reveal.reason");
    let draft = program.call("draft_from_customer", copy(json!("Rejected by mistake"))).await;
    let list = program.activity(json!({ "query": "customer.copy" })).await;
    let rows = list["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "what was refused was not shown");
    assert_eq!((&rows[0]["detail"], &rows[0]["reason"]), (&draft["id"], &json!("Rejected by mistake")));
}

#[tokio::test]
async fn a_reason_is_a_line_and_is_kept_where_nobody_asked_for_it() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    program.call("customer_reveal", reveal(&program, &id, json!({ "reason": "x".repeat(500) })).await).await;
    assert_eq!(reveals(&program).await[0]["reason"], json!("x".repeat(200)));
    program.call("customer_reveal", reveal(&program, &id, json!({})).await).await;
    assert_eq!(reveals(&program).await[0]["reason"], Value::Null);
}

#[tokio::test]
async fn a_value_of_another_reading_is_shown_and_the_trail_says_of_which() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (id, other) = (customer(&program).await, customer(&program).await);
    let readings = async |id: &str| {
        let request = json!({ "connection": practice(&program, "typed").await, "customer_id": id });
        program.call("reading_list", request).await["readings"].as_array().unwrap().clone()
    };
    computer.sandbox.change(&id, |body| {
        body["business_person_list"][0]["identification"]["id_number"] = json!("E99999999");
    });
    read(&program, &id).await;
    let of_this = readings(&id).await;
    let ask = async |reading: &Value| reveal(&program, &id, json!({ "reading": reading })).await;
    let shown = program.call("customer_reveal", ask(&of_this[1]["id"]).await).await;
    assert_eq!((&shown["value"], &shown["path"]), (&json!("E12345678"), &json!(ID_NUMBER)));
    assert_eq!(reveals(&program).await[0]["reading"], of_this[1]["id"]);
    let shown = program.call("customer_reveal", ask(&of_this[0]["id"]).await).await;
    assert_eq!(shown["value"], "E99999999");
    assert_eq!(reveals(&program).await[0]["reading"], Value::Null, "the newest needs no name");
    let foreign = readings(&other).await[0]["id"].clone();
    for reading in [foreign, json!("no id")] {
        assert_eq!(program.refused("customer_reveal", ask(&reading).await).await.code, "not_found");
    }
    assert_eq!(reveals(&program).await.len(), 2);
}

/// What the whole trail says of its end.
async fn cut_after(program: &Program) -> Value {
    let check = program.call("activity_check", json!({})).await;
    assert_eq!(check["broken_at"], Value::Null, "the chain itself is whole");
    check["cut_after"].clone()
}

#[tokio::test]
async fn an_older_copy_of_the_database_shows_and_goes_on_showing() {
    let computer = Computer::new();
    let program = computer.start().await;
    customer(&program).await;
    let older = computer.cut_off();
    let id = customer(&program).await;
    program.call("customer_reveal", reveal(&program, &id, json!({})).await).await;
    let rows = program.call("activity_check", json!({})).await["rows"].as_u64().unwrap();
    program.desk.close().await;
    let last = json!(rows + 1);
    assert_eq!(cut_after(&computer.start().await).await, Value::Null, "the true one has its end, and what came after");

    let program = older.start().await;
    assert_eq!(cut_after(&program).await, last, "it ends before");
    for _ in 0..rows {
        let open = json!({ "connection": practice(&program, "typed").await });
        program.call("draft_create", open).await;
    }
    assert_eq!(cut_after(&program).await, last, "it has another row there");
    program.desk.close().await;
    assert_eq!(cut_after(&older.start().await).await, last, "and closing does not make it forgotten");
}

#[tokio::test]
async fn a_program_that_crashed_has_an_older_end_which_is_no_finding() {
    let computer = Computer::new();
    computer.start().await.desk.close().await;
    let program = computer.start().await;
    customer(&program).await;
    let crashed = computer.cut_off();
    assert_eq!(cut_after(&crashed.start().await).await, Value::Null);
}

#[rstest]
#[case::missing(KeyringError::Missing)]
#[case::locked(KeyringError::Locked)]
#[tokio::test]
async fn a_keyring_that_takes_nothing_keeps_the_older_end(#[case] fault: KeyringError) {
    let computer = Computer::new();
    computer.start().await.desk.close().await;
    let name = computer.keyring.names().into_iter().find(|name| name.starts_with("trail:")).unwrap();
    let first = computer.keyring.value(&name);
    let program = computer.start().await;
    computer.keyring.fails_with(Some(fault));
    assert_eq!(cut_after(&program).await, Value::Null, "nothing can be said");
    program.desk.close().await;
    computer.keyring.fails_with(None);
    assert_eq!(computer.keyring.value(&name), first);
    assert_eq!(cut_after(&computer.start().await).await, Value::Null);
}

#[tokio::test]
async fn a_keyring_that_does_not_answer_does_not_hold_a_closing() {
    let computer = Computer::new();
    let program = computer.start().await;
    computer.keyring.slow_by(Duration::from_secs(600));
    let closed = tokio::time::timeout(Duration::from_secs(60), program.desk.close()).await;
    assert!(closed.is_ok(), "the window goes long before the keyring answers");
}
