//! From a folder to an open desk, and what is said where that does not go (RELIABILITY promises 5 and 15).

use desk_secrets::KeyringError;
use rstest::rstest;
use serde_json::{Value, json};

use super::computer::Computer;
use super::form::practice;

#[tokio::test]
async fn the_first_start_makes_a_practice_connection_a_platform_and_revision_and_the_second_none() {
    let computer = Computer::new();
    let program = computer.start().await;
    let first = program.status().await;
    assert_eq!(first["first_start"], true);
    let connections = first["connections"].as_array().unwrap();
    let made: Vec<_> = connections.iter().map(|row| (&row["revision"], &row["base_url"], &row["practice"])).collect();
    let (sandbox, yes) = (json!("sandbox:"), json!(true));
    let (typed, untyped) = (json!("typed"), json!("untyped"));
    assert_eq!(made, [(&typed, &sandbox, &yes), (&untyped, &sandbox, &yes), (&Value::Null, &sandbox, &yes)]);
    assert_eq!((&connections[2]["kind"], &connections[2]["token_url"]), (&json!("bultra"), &sandbox));
    assert_eq!(first["current_connection"], connections[0]["id"]);
    program.desk.close().await;

    let second = computer.start().await.status().await;
    assert_eq!(second["first_start"], false);
    assert_eq!(second["connections"], first["connections"], "the same three, no others");
}

#[tokio::test]
async fn settings_survive_a_restart_and_what_is_absent_stays() {
    let computer = Computer::new();
    let program = computer.start().await;
    let chosen = practice(&program, "untyped").await;
    program.call("settings_save", json!({ "theme": null, "current_connection": chosen })).await;
    program.call("settings_save", json!({ "theme": "dark", "current_connection": null })).await;
    program.desk.close().await;

    let status = computer.start().await.status().await;
    assert_eq!((&status["theme"], &status["current_connection"]), (&json!("dark"), &chosen));
}

#[rstest]
#[case::missing(KeyringError::Missing, "keyring.missing")]
#[case::locked(KeyringError::Locked, "keyring.locked")]
#[case::slow(KeyringError::Slow, "keyring.slow")]
#[case::lost(KeyringError::NoEntry, "keyring.key_lost")]
#[case::failed(KeyringError::Failed("told so"), "keyring.failed")]
#[tokio::test]
async fn a_keyring_that_does_not_answer_blocks_and_changes_no_byte(#[case] fault: KeyringError, #[case] code: &str) {
    let computer = Computer::new();
    computer.start().await.desk.close().await;
    let before = computer.files();
    computer.keyring.fails_with(Some(fault));

    let program = computer.start_anyhow().await;
    let phase = program.status().await["phase"].clone();
    assert_eq!((&phase["state"], &phase["reason"]["code"]), (&json!("blocked"), &json!(code)));
    assert_eq!(phase["folder"], computer.data().to_str().unwrap(), "it says where the data lies");
    let list = json!({ "query": "", "group": null, "deleted": false, "offset": 0, "limit": 1 });
    assert_eq!(program.refused("draft_list", list).await.code, "store.closed");
    assert!(computer.files() == before, "no byte changed, no file came");

    computer.keyring.fails_with(None);
    let status = program.call("app_retry", json!({})).await;
    assert_eq!(status["phase"], json!({ "state": "ready" }), "asked again, it opens without a restart");
    assert_eq!(status["connections"].as_array().unwrap().len(), 3);
}

#[rstest]
#[case::no_entry(|computer: &Computer| computer.keyring.wipe(), "keyring.key_lost", json!({}))]
#[case::another_key(|computer: &Computer| computer.keyring.swap_database_key(), "keyring.key_wrong", json!({}))]
#[case::no_key_file(|computer: &Computer| {
    std::fs::remove_file(computer.data().join("desk.key.json")).unwrap();
}, "keyring.key_lost", json!({}))]
#[case::damaged_key_file(|computer: &Computer| {
    std::fs::write(computer.data().join("desk.key.json"), "{").unwrap();
}, "keyring.key_wrong", json!({}))]
#[case::newer_key_file(|computer: &Computer| {
    std::fs::write(computer.data().join("desk.key.json"), r#"{"version":7}"#).unwrap();
}, "database.newer", json!({ "found": "7", "known": "1" }))]
#[case::newer_database(|computer: &Computer| {
    computer.database().pragma_update(None, "user_version", 1_000_000).unwrap();
}, "database.newer", json!({ "found": "1000000", "known": desk_store::newest_version().to_string() }))]
#[case::damaged_database(|computer: &Computer| {
    let path = computer.data().join("desk.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[100..200].fill(0);
    std::fs::write(path, bytes).unwrap();
}, "database.damaged", json!({}))]
#[tokio::test]
async fn what_cannot_be_opened_is_named_and_stays_as_it_is(
    #[case] spoil: fn(&Computer),
    #[case] code: &str,
    #[case] params: Value,
) {
    let computer = Computer::new();
    computer.start().await.desk.close().await;
    spoil(&computer);
    let (before, entries) = (computer.files(), computer.keyring.names().len());

    let phase = computer.start_anyhow().await.status().await["phase"].clone();
    assert_eq!(phase["reason"], json!({ "code": code, "params": params }));
    assert!(computer.files() == before, "no byte changed, no file came");
    assert_eq!(computer.keyring.names().len(), entries, "no new key was made for an old database");
}
