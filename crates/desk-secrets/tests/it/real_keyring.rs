//! The keyring of the system, real: each test has a bus, a keyring and folders of its own, and asks in a process of its own
//! (this very program, run for [`step`] alone), because a keyring is found through the environment of a process.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use desk_secrets::{ConnectionSecret, EntryName, Keyring, KeyringError, key_file, open_or_make_key};
use desk_store::Store;
use rstest::rstest;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use uuid::Uuid;

const UNLOCKED: &str = "printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null";
const LOCKED: &str = "gnome-keyring-daemon --start --components=secrets >/dev/null";
/// With no byte on its input it makes no collection to put anything into.
const EMPTY: &str = "gnome-keyring-daemon --unlock --components=secrets </dev/null >/dev/null";

/// A bus that starts no service by itself.
const BARE_BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
    "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"#;

/// A home with a data folder and, once something was kept there, a keyring.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        for name in ["runtime", "share"] {
            fs::create_dir(home.path().join(name)).unwrap();
            fs::set_permissions(home.path().join(name), fs::Permissions::from_mode(0o700)).unwrap();
        }
        Self(home)
    }

    /// One in which the program ran once, wrote, and was killed: the log of the database is there.
    fn used() -> Self {
        let home = Self::new();
        assert_eq!(home.with_bus(UNLOCKED, "open"), "opened, first run");
        assert!(fs::metadata(home.data().join("desk.db-wal")).unwrap().len() > 0);
        home
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    /// DECISIONS 6: the database and its log together.
    fn database_sha256(&self) -> Vec<u8> {
        let mut sha256 = Sha256::new();
        for name in ["desk.db", "desk.db-wal"] {
            sha256.update(fs::read(self.data().join(name)).unwrap());
        }
        sha256.finalize().to_vec()
    }

    /// Runs a step on a bus of its own after a line of shell.
    fn with_bus(&self, start: &str, step: &str) -> String {
        self.run(&["dbus-run-session", "--", "sh", "-c", &format!("{start}\n\"$@\""), "sh"], step)
    }

    /// Runs a step behind other commands, in a process of its own, and gives what it wrote down.
    fn run(&self, before: &[&str], step: &str) -> String {
        let program = std::env::current_exe().unwrap();
        let inner = ["--exact", "real_keyring::step", "--ignored", "--nocapture", "--test-threads=1"];
        let words: Vec<_> = before.iter().copied().chain([program.to_str().unwrap()]).chain(inner).collect();
        let said = self.0.path().join("said");
        let _ = fs::remove_file(&said);
        let out = Command::new(words[0])
            .args(&words[1..])
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .env("HOME", self.0.path())
            .env("XDG_DATA_HOME", self.0.path().join("share"))
            .env("XDG_RUNTIME_DIR", self.0.path().join("runtime"))
            .env("STEP", step)
            .env("STEP_DATA", self.data())
            .env("STEP_SAID", &said)
            .output()
            .unwrap();
        fs::read_to_string(&said).unwrap_or_else(|_| panic!("{step} said nothing: {out:?}"))
    }
}

#[test]
fn the_first_run_makes_a_key_that_the_second_finds_in_the_keyring() {
    let home = Home::used();
    assert_eq!(home.with_bus(UNLOCKED, "open"), "opened");
}

#[test]
fn secrets_of_a_connection_are_kept_replaced_and_removed() {
    let home = Home::new();
    assert_eq!(home.with_bus(UNLOCKED, "secrets"), "kept, replaced, removed");
}

#[test]
fn a_keyring_that_is_started_later_is_found_without_a_restart() {
    let home = Home::new();
    let bus = home.0.path().join("bus.conf");
    fs::write(&bus, BARE_BUS).unwrap();
    let before = ["dbus-run-session", "--config-file", bus.to_str().unwrap(), "--"];
    assert_eq!(home.run(&before, "start later"), "Missing, then opened, first run");
}

/// What the keyring is like, what the program says with a database there, and at a first run.
#[rstest]
#[case::bus_without_a_collection(EMPTY, "KeyLost", "Missing")]
#[case::locked_without_a_display(LOCKED, "Locked", "Locked")]
fn a_keyring_that_gives_nothing_changes_no_byte(#[case] start: &str, #[case] used: &str, #[case] first: &str) {
    let home = Home::used();
    let before = home.database_sha256();
    if start == EMPTY {
        fs::rename(home.0.path().join("share/keyrings"), home.0.path().join("keyrings-gone")).unwrap();
    }
    assert_eq!(home.with_bus(start, "open"), used);
    assert!(home.database_sha256() == before, "a byte of the database was changed");
    fs::rename(home.data(), home.0.path().join("data-gone")).unwrap();
    assert_eq!(home.with_bus(start, "open"), first);
    assert!(!home.data().exists(), "a first run that fails leaves nothing");
}

#[rstest]
#[case::no_bus(&[])]
#[case::bus_without_a_service(&["dbus-run-session", "--config-file", "bus.conf", "--"])]
fn a_keyring_that_is_not_there_changes_no_byte(#[case] before: &[&str]) {
    let home = Home::used();
    let sha256 = home.database_sha256();
    let bus = home.0.path().join("bus.conf");
    fs::write(&bus, BARE_BUS).unwrap();
    let before: Vec<_> =
        before.iter().map(|word| if *word == "bus.conf" { bus.to_str().unwrap() } else { *word }).collect();
    let before = if before.is_empty() { vec!["env"] } else { before };
    assert_eq!(home.run(&before, "open"), "Missing");
    assert!(home.database_sha256() == sha256, "a byte of the database was changed");
    assert_eq!(home.with_bus(UNLOCKED, "open"), "opened", "and it opens once the keyring is back");
}

#[rstest]
#[case("delete entry", "KeyLost")]
#[case("change entry", "KeyWrong")]
fn an_entry_that_is_gone_or_changed_changes_no_byte(#[case] step: &str, #[case] said: &str) {
    let home = Home::used();
    let before = home.database_sha256();
    assert_eq!(home.with_bus(UNLOCKED, step), "done");
    assert_eq!(home.with_bus(UNLOCKED, "open"), said);
    assert!(home.database_sha256() == before, "a byte of the database was changed");
}

#[test]
fn a_keyring_that_waits_for_its_window_is_slow_and_changes_no_byte() {
    let home = Home::used();
    let before = home.database_sha256();
    let shell = format!("{LOCKED}\n\"$@\"");
    let words = ["xvfb-run", "-a", "dbus-run-session", "--", "sh", "-c", &shell, "sh"];
    assert_eq!(home.run(&words, "open in a hurry"), "Slow");
    assert!(home.database_sha256() == before, "a byte of the database was changed");
}

/// What a test above asks for, in a process of its own.
#[tokio::test]
#[ignore = "run by the other tests with a keyring of its own"]
async fn step() {
    let data = PathBuf::from(std::env::var_os("STEP_DATA").unwrap());
    let keyring = Keyring::system();
    let said = match std::env::var("STEP").unwrap().as_str() {
        "open" => open(&data, &keyring).await,
        "open in a hurry" => open(&data, &keyring.with_patience(Duration::from_secs(3))).await,
        "start later" => {
            let first = open(&data, &keyring).await;
            assert!(Command::new("sh").args(["-c", UNLOCKED]).status().unwrap().success());
            format!("{first}, then {}", open(&data, &keyring).await)
        }
        "delete entry" => {
            keyring.delete(database_entry(&data)).await.unwrap();
            "done".to_owned()
        }
        "change entry" => {
            keyring.set(database_entry(&data), "ab".repeat(32).into()).await.unwrap();
            "done".to_owned()
        }
        "secrets" => secrets(&keyring).await,
        other => panic!("no step {other}"),
    };
    fs::write(std::env::var_os("STEP_SAID").unwrap(), said).unwrap();
}

/// What the program does at its start; its end is that of a killed one.
async fn open(data: &Path, keyring: &Keyring) -> String {
    let opened = match open_or_make_key(data, keyring, Uuid::now_v7()).await {
        Ok(opened) => opened,
        Err(error) => return format!("{error:?}"),
    };
    let key = opened.key.to_hex();
    let store = Store::open(&data.join("desk.db"), &key).unwrap();
    if opened.first_run {
        store.write(|tx| desk_store::settings::set(tx, "theme", "dark")).await.unwrap();
    }
    let theme = store.read(|db| desk_store::settings::get(db, "theme")).await.unwrap();
    assert_eq!(theme.as_deref(), Some("dark"));
    std::mem::forget(store);
    for file in fs::read_dir(data).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        let raw = hex::decode(key.expose_secret()).unwrap();
        assert!(!bytes.windows(64).any(|part| part == key.expose_secret().as_bytes()), "the key lies on the disk");
        assert!(!bytes.windows(32).any(|part| part == raw), "the key lies on the disk");
    }
    if opened.first_run { "opened, first run" } else { "opened" }.to_owned()
}

fn database_entry(data: &Path) -> EntryName {
    EntryName::Database(key_file::read(data).unwrap().unwrap().database_id)
}

async fn secrets(keyring: &Keyring) -> String {
    let id = Uuid::now_v7();
    let (key, secret) = (ConnectionSecret::ApiKey, ConnectionSecret::ApiSecret);
    keyring.set(EntryName::Connection(id, key), "key".into()).await.unwrap();
    keyring.set(EntryName::Connection(id, secret), "密钥 \"one\"".into()).await.unwrap();
    keyring.set(EntryName::Connection(id, secret), "密钥 \"two\"".into()).await.unwrap();
    let found = keyring.get(EntryName::Connection(id, secret)).await.unwrap();
    assert_eq!(found.expose_secret(), "密钥 \"two\"");
    keyring.delete(EntryName::Connection(id, secret)).await.unwrap();
    assert_eq!(keyring.get(EntryName::Connection(id, secret)).await.err(), Some(KeyringError::NoEntry));
    assert_eq!(keyring.delete(EntryName::Connection(id, secret)).await.err(), Some(KeyringError::NoEntry));
    assert_eq!(keyring.get(EntryName::Connection(id, key)).await.unwrap().expose_secret(), "key", "each has its own");
    "kept, replaced, removed".to_owned()
}
