//! When a key is made, and when it never is (RELIABILITY "Keys").

use std::path::Path;
use std::time::{Duration, Instant};

use desk_secrets::{EntryName, KeyError, KeyringError, OpenedKey, key_file, open_or_make_key};
use rstest::rstest;
use secrecy::ExposeSecret;
use tempfile::TempDir;
use uuid::Uuid;

use crate::told_keyring::Told;

const ID: Uuid = Uuid::from_u128(0x0190_a1b2_c3d4_7000_8000_0000_0000_0001);
const OTHER_ID: Uuid = Uuid::from_u128(0x0190_a1b2_c3d4_7000_8000_0000_0000_0002);

fn names(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A folder and a keyring after a first run whose database was made.
async fn used() -> (TempDir, Told, OpenedKey) {
    let folder = tempfile::tempdir().unwrap();
    let told = Told::watching(folder.path().to_owned());
    let opened = open_or_make_key(folder.path(), &told.keyring(), ID).await.ok().unwrap();
    std::fs::write(folder.path().join("desk.db"), "pages").unwrap();
    told.asked();
    (folder, told, opened)
}

async fn error(folder: &Path, told: &Told) -> Option<KeyError> {
    open_or_make_key(folder, &told.keyring(), OTHER_ID).await.err()
}

#[tokio::test]
async fn a_first_run_keeps_the_key_reads_it_back_afresh_and_only_then_writes_its_check_value() {
    let folder = tempfile::tempdir().unwrap();
    let told = Told::watching(folder.path().to_owned());
    let opened = open_or_make_key(folder.path(), &told.keyring(), ID).await.ok().unwrap();
    assert_eq!(told.asked(), ["set", "reconnect", "get"]);
    assert!(opened.first_run && opened.database_id == ID);
    let file = key_file::read(folder.path()).unwrap().unwrap();
    assert!(opened.key.fits(&file.check) && file.database_id == ID);
    let text = std::fs::read_to_string(folder.path().join(key_file::NAME)).unwrap();
    assert!(!text.contains(opened.key.to_hex().expose_secret()), "the key is in the keyring only");
    assert_eq!(told.names(), [format!("db:{ID}")]);
}

#[tokio::test]
async fn a_second_run_finds_the_same_key_and_makes_none() {
    let (folder, told, first) = used().await;
    let second = open_or_make_key(folder.path(), &told.keyring(), OTHER_ID).await.ok().unwrap();
    assert_eq!(told.asked(), ["get"]);
    assert_eq!(second.key.to_hex().expose_secret(), first.key.to_hex().expose_secret());
    assert!(!second.first_run && second.database_id == ID);
}

#[rstest]
#[case(KeyringError::Missing, KeyError::Missing)]
#[case(KeyringError::Locked, KeyError::Locked)]
#[case(KeyringError::Failed("x"), KeyError::Failed("x"))]
#[tokio::test]
async fn a_keyring_that_gives_nothing_makes_no_key_and_no_file(#[case] refused: KeyringError, #[case] said: KeyError) {
    let (folder, told, _) = used().await;
    let before = names(folder.path());
    told.refuses(Some(refused));
    assert_eq!(error(folder.path(), &told).await, Some(said.clone()));
    assert_eq!(names(folder.path()), before);
    told.refuses(None);
    assert_eq!(error(folder.path(), &told).await, None, "asked again, it opens");

    let empty = tempfile::tempdir().unwrap();
    told.refuses(Some(refused));
    assert_eq!(error(empty.path(), &told).await, Some(said));
    assert!(names(empty.path()).is_empty(), "nor at a first run");
}

#[tokio::test]
async fn a_keyring_that_does_not_keep_the_key_gets_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let told = Told::watching(folder.path().to_owned());
    told.forgets();
    assert!(matches!(error(folder.path(), &told).await, Some(KeyError::Failed(_))));
    told.put(EntryName::Database(OTHER_ID), "another text");
    assert!(matches!(error(folder.path(), &told).await, Some(KeyError::Failed(_))), "nor one that keeps another");
    assert!(names(folder.path()).is_empty());
}

#[rstest]
#[case::the_database("desk.db")]
#[case::its_log("desk.db-wal")]
#[case::a_copy_set_aside("desk.db.damaged-1")]
#[tokio::test]
async fn a_key_that_is_lost_is_never_made_anew_beside_a_database(#[case] left: &str) {
    let (folder, told, _) = used().await;
    std::fs::rename(folder.path().join("desk.db"), folder.path().join(left)).unwrap();
    told.lose(EntryName::Database(ID));
    assert_eq!(error(folder.path(), &told).await, Some(KeyError::KeyLost));
    std::fs::remove_file(folder.path().join(key_file::NAME)).unwrap();
    assert_eq!(error(folder.path(), &told).await, Some(KeyError::KeyLost), "nor without its key file");
    assert_eq!((names(folder.path()), told.names().len()), (vec![left.to_owned()], 0));
}

#[tokio::test]
async fn a_first_run_that_ended_before_its_database_was_made_goes_on() {
    let (folder, told, first) = used().await;
    std::fs::remove_file(folder.path().join("desk.db")).unwrap();
    let again = open_or_make_key(folder.path(), &told.keyring(), OTHER_ID).await.ok().unwrap();
    assert!(again.first_run && again.database_id == ID);
    assert_eq!(again.key.to_hex().expose_secret(), first.key.to_hex().expose_secret(), "with the key it made");
}

#[tokio::test]
async fn a_first_run_whose_entry_is_gone_too_starts_over() {
    let (folder, _, first) = used().await;
    std::fs::remove_file(folder.path().join("desk.db")).unwrap();
    let told = Told::default();
    let again = open_or_make_key(folder.path(), &told.keyring(), OTHER_ID).await.ok().unwrap();
    assert!(again.first_run && again.database_id == OTHER_ID);
    assert!(again.key.to_hex().expose_secret() != first.key.to_hex().expose_secret());
    assert_eq!(key_file::read(folder.path()).unwrap().unwrap().database_id, OTHER_ID);
}

#[tokio::test]
async fn a_key_that_can_be_recovered_is_lost_and_not_replaced() {
    let (folder, told, _) = used().await;
    std::fs::remove_file(folder.path().join("desk.db")).unwrap();
    told.lose(EntryName::Database(ID));
    let mut file = key_file::read(folder.path()).unwrap().unwrap();
    file.recovery = Some("wrapped".into());
    key_file::write(folder.path(), &file).unwrap();
    assert_eq!(error(folder.path(), &told).await, Some(KeyError::KeyLost));
    assert_eq!(key_file::read(folder.path()).unwrap(), Some(file));
}

#[rstest]
#[case::another_key(&"ab".repeat(32))]
#[case::no_key("hunter2")]
#[case::empty("")]
#[tokio::test]
async fn another_key_in_the_keyring_is_said_to_be_wrong(#[case] text: &str) {
    let (folder, told, _) = used().await;
    told.put(EntryName::Database(ID), text);
    assert_eq!(error(folder.path(), &told).await, Some(KeyError::KeyWrong));
    assert_eq!(told.asked(), ["get"], "and is not written over");
}

#[rstest]
#[case::damaged("{", KeyError::KeyFileDamaged)]
#[case::newer(r#"{"version": 7}"#, KeyError::KeyFileNewer { found: 7, known: 1 })]
#[tokio::test]
async fn a_key_file_that_is_not_understood_is_left_as_it_is(#[case] text: &str, #[case] said: KeyError) {
    let (folder, told, _) = used().await;
    for database in [true, false] {
        if !database {
            std::fs::remove_file(folder.path().join("desk.db")).unwrap();
        }
        std::fs::write(folder.path().join(key_file::NAME), text).unwrap();
        assert_eq!(error(folder.path(), &told).await, Some(said.clone()), "database: {database}");
        assert_eq!(std::fs::read_to_string(folder.path().join(key_file::NAME)).unwrap(), text);
    }
    assert!(told.asked().is_empty(), "nobody knows what to ask for");
}

/// A test of its own runtime: it must end although the keyring still sleeps.
#[test]
fn a_keyring_that_sleeps_is_slow_after_the_patience_and_holds_up_nothing() {
    let began = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let (folder, told, _) = used().await;
        told.sleeps(Duration::from_secs(60));
        assert_eq!(error(folder.path(), &told).await, Some(KeyError::Slow));
        told.sleeps(Duration::ZERO);
        assert_eq!(error(folder.path(), &told).await, None, "asked again, it opens");
    });
    drop(runtime);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_said() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let told = Told::default();
    assert!(matches!(error(&file.path().join("data"), &told).await, Some(KeyError::Unwritable(_))));
}
