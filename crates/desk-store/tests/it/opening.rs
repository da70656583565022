//! Opening: settings, permissions, versions, keys.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use desk_store::{Connection, OpenError, Store, newest_version, settings};
use rstest::rstest;
use rusqlite::types::ValueRef;
use secrecy::SecretString;

use crate::support::{Desk, OTHER_KEY, files, open};

#[rstest]
#[case("journal_mode", "wal")]
#[case("synchronous", "2")]
#[case("secure_delete", "1")]
#[case("foreign_keys", "1")]
#[case("temp_store", "2")]
#[case("cache_size", "-16384")]
#[case("trusted_schema", "0")]
#[case("cell_size_check", "1")]
#[case("fullfsync", "1")]
#[case("checkpoint_fullfsync", "1")]
#[case("wal_autocheckpoint", "1000")]
#[tokio::test]
async fn every_setting_of_the_store_reads_back(#[case] pragma: &'static str, #[case] expected: &str) {
    let desk = Desk::new();
    let asked = move |db: &Connection| {
        db.pragma_query_value(None, pragma, |row| match row.get_ref(0)? {
            ValueRef::Integer(number) => Ok(number.to_string()),
            other => Ok(other.as_str()?.to_owned()),
        })
    };
    let writer = desk.store.write(move |tx| asked(tx)).await.unwrap();
    assert_eq!(writer, expected, "of the connection that writes");
    let reader = desk.store.read(asked).await.unwrap();
    assert_eq!(reader, expected, "of a connection that reads");
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let desk = Desk::new();
    let refused = desk.store.read(|db| db.execute("DELETE FROM settings", [])).await;
    assert!(refused.is_err(), "{refused:?}");
}

#[tokio::test]
async fn only_the_user_may_look_into_folder_and_files() {
    let desk = Desk::new();
    desk.store.write(|tx| settings::set(tx, "theme", "dark")).await.unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(desk.folder.path()), 0o700);
    let names: Vec<_> = files(desk.folder.path()).into_keys().collect();
    assert_eq!(names, ["desk.db", "desk.db-shm", "desk.db-wal"]);
    for name in names {
        assert_eq!(mode(&desk.folder.path().join(&name)), 0o600, "{name}");
    }
}

#[tokio::test]
async fn permissions_that_somebody_loosened_are_tightened() {
    let desk = Desk::new();
    desk.store.close().await.unwrap();
    std::fs::set_permissions(desk.folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::set_permissions(desk.path(), std::fs::Permissions::from_mode(0o644)).unwrap();
    let _store = open(&desk.path()).unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(desk.folder.path()), mode(&desk.path())), (0o700, 0o600));
}

#[rstest]
#[case::closed_in_order(None)]
#[case::after_a_crash(Some(true))]
#[case::after_a_crash_without_shared_memory(Some(false))]
#[tokio::test]
async fn a_newer_database_is_refused_and_no_file_changes(#[case] crash: Option<bool>) {
    let desk = Desk::new();
    desk.store.write(|tx| tx.pragma_update(None, "user_version", 99)).await.unwrap();
    let copy = crash.map(|shared_memory| desk.crash(shared_memory));
    desk.store.close().await.unwrap();
    let folder = copy.as_ref().unwrap_or(&desk.folder).path();
    let before = files(folder);
    assert_eq!(before.contains_key("desk.db-wal"), crash.is_some(), "a crash leaves the log");
    let refused = open(&folder.join("desk.db")).err();
    assert_eq!(refused, Some(OpenError::Newer { found: 99, known: newest_version() }));
    assert!(files(folder) == before, "a file was changed, added or removed");
}

#[rstest]
#[case::closed_in_order(None)]
#[case::after_a_crash(Some(true))]
#[case::after_a_crash_without_shared_memory(Some(false))]
#[tokio::test]
async fn another_key_opens_nothing_and_no_file_changes(#[case] crash: Option<bool>) {
    let desk = Desk::new();
    desk.store.write(|tx| settings::set(tx, "theme", "dark")).await.unwrap();
    let copy = crash.map(|shared_memory| desk.crash(shared_memory));
    desk.store.close().await.unwrap();
    let folder = copy.as_ref().unwrap_or(&desk.folder).path();
    let before = files(folder);
    let refused = Store::open(&folder.join("desk.db"), &SecretString::from(OTHER_KEY)).err();
    assert_eq!(refused, Some(OpenError::KeyWrong));
    assert!(files(folder) == before, "a file was changed, added or removed");
    let store = open(&folder.join("desk.db")).unwrap();
    let theme = store.read(|db| settings::get(db, "theme")).await.unwrap();
    assert_eq!(theme.as_deref(), Some("dark"), "the right key opens it afterwards");
}

#[rstest]
#[case::empty("")]
#[case::short("00")]
#[case::injected("'; ATTACH 'x' AS x; --0000000000000000000000000000000000000000000")]
fn a_text_that_is_no_key_makes_no_database(#[case] key: &str) {
    let folder = tempfile::tempdir().unwrap();
    let refused = Store::open(&folder.path().join("desk.db"), &SecretString::from(key)).err();
    assert_eq!(refused, Some(OpenError::KeyWrong));
    assert!(files(folder.path()).is_empty());
}

/// In a process of its own, because it is about what the process prints.
#[test]
fn another_key_prints_nothing() {
    let out = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "opening::another_key_in_a_process_of_its_own", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    assert!(out.status.success() && String::from_utf8_lossy(&out.stdout).contains("1 passed"), "{out:?}");
    assert_eq!(String::from_utf8_lossy(&out.stderr).trim(), "");
}

#[test]
#[ignore = "run by another_key_prints_nothing"]
fn another_key_in_a_process_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    drop(open(&path).unwrap());
    assert_eq!(Store::open(&path, &SecretString::from(OTHER_KEY)).err(), Some(OpenError::KeyWrong));
}

#[tokio::test]
async fn a_log_without_its_file_is_damage_and_is_not_thrown_away() {
    let desk = Desk::new();
    desk.store.write(|tx| settings::set(tx, "theme", "dark")).await.unwrap();
    let copy = desk.crash(false);
    std::fs::remove_file(copy.path().join("desk.db")).unwrap();
    let before = files(copy.path());
    assert_eq!(open(&copy.path().join("desk.db")).err(), Some(OpenError::Damaged));
    assert!(files(copy.path()) == before);
}

#[test]
fn a_folder_that_cannot_be_made_is_unwritable() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let refused = open(&folder.path().join("file").join("desk.db")).err();
    assert!(matches!(refused, Some(OpenError::Unwritable(_))), "{refused:?}");
}

#[tokio::test]
async fn names_that_mean_something_in_an_address_are_only_names() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("100% of? it #1 客户").join("desk.db");
    for _ in 0..2 {
        let store = open(&path).unwrap();
        store.close().await.unwrap();
    }
    assert!(path.exists());
}
