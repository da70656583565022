//! A store in a folder of its own, and rows to put into it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use desk_domain::draft::Edit;
use desk_domain::field::Field;
use desk_domain::path::FieldPath;
use desk_domain::platform::{Environment, Kind, Revision};
use desk_store::connections::{self, ConnectionRow};
use desk_store::drafts::{self, NewDraft, Purpose};
use desk_store::{OpenError, Store};
use secrecy::SecretString;
use tempfile::TempDir;
use uuid::Uuid;

pub const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
pub const OTHER_KEY: &str = "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// 2026-03-04 05:06:07.890 UTC.
pub const NOW: i64 = 1_772_600_767_890;

pub struct Desk {
    pub store: Store,
    pub folder: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { store: open(&folder.path().join("desk.db")).unwrap(), folder }
    }

    /// One with connection 1 and draft 2.
    pub async fn with_draft() -> Self {
        let desk = Self::new();
        desk.store
            .write(|tx| {
                connections::insert(tx, &connection(1))?;
                drafts::insert(tx, &new_draft(2, 1, vec![]), NOW)
            })
            .await
            .unwrap();
        desk
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("desk.db")
    }

    /// The files as a power cut at this moment would leave them, in a folder of their own.
    pub fn crash(&self, shared_memory: bool) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        for name in ["desk.db", "desk.db-wal", "desk.db-shm"] {
            if self.folder.path().join(name).exists() && (shared_memory || name != "desk.db-shm") {
                std::fs::copy(self.folder.path().join(name), copy.path().join(name)).unwrap();
            }
        }
        copy
    }
}

pub fn open(path: &Path) -> Result<Store, OpenError> {
    Store::open(path, &SecretString::from(KEY))
}

/// Every file of a folder, whole.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap()))
        .collect()
}

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_a1b2_c3d4_7000_8000_0000_0000_0000 + number)
}

pub fn connection(number: u128) -> ConnectionRow {
    ConnectionRow {
        id: id(number),
        name: format!("Connection {number}"),
        kind: Kind::Axisfi,
        revision: Some(Revision::Typed),
        environment: Environment::Sandbox,
        base_url: "sandbox:typed".to_owned(),
        token_url: None,
        token_scope: None,
        archived_at: None,
        sent_at: None,
        api_key_tail: Some("cdef".to_owned()),
        api_key_set_at: Some(NOW),
        api_secret_tail: None,
        api_secret_set_at: None,
        tested_at: None,
        test_json: None,
        upload: connections::Upload::default(),
        created_at: NOW,
    }
}

pub fn new_draft(number: u128, connection: u128, first: Vec<Edit>) -> NewDraft {
    NewDraft { id: id(number), connection_id: id(connection), purpose: Purpose::New, batch: id(900), first }
}

pub fn path(field: Field) -> FieldPath {
    FieldPath::of(field).unwrap()
}

pub fn set(field: Field, text: &str) -> Edit {
    Edit::Set { path: path(field), text: text.to_owned() }
}
