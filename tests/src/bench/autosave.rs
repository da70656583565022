//! A saved edit, from the page's request to its answer, against one bare commit of SQLCipher of the same size.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use desk_core::commands::dispatch;
use desk_core::jobs::NoSink;
use desk_core::practice::{Boxed, Practice, PracticeAccount, PracticeOff};
use desk_core::{Desk, DeskOptions, Form, Keyring};
use desk_secrets::{Backend, EntryName, KeyringError};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::bench::figure::{Bar, Figure, quantile};
use crate::process::Trouble;

/// Edits of each; they take turns.
const EDITS: usize = 400;

/// What an edit writes: the draft's row with its texts, and the edit's own.
const BYTES: usize = 4_096;

struct NoPractice;

impl Practice for NoPractice {
    fn account(&self, _: Form, _: Option<Value>) -> Boxed<'_, Result<PracticeAccount, PracticeOff>> {
        Box::pin(async { Err(PracticeOff) })
    }

    fn snapshot(&self) -> Boxed<'_, Option<Value>> {
        Box::pin(async { None })
    }
}

/// One entry in memory: opening a keyring is no part of saving.
#[derive(Default)]
struct OneEntry(Mutex<Option<String>>);

impl Backend for OneEntry {
    fn get(&self, _: EntryName) -> Result<SecretString, KeyringError> {
        let entry = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        entry.map(SecretString::from).ok_or(KeyringError::NoEntry)
    }

    fn set(&self, _: EntryName, value: &SecretString) -> Result<(), KeyringError> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(value.expose_secret().to_owned());
        Ok(())
    }

    fn delete(&self, _: EntryName) -> Result<(), KeyringError> {
        Ok(())
    }

    fn reconnect(&self) -> Result<(), KeyringError> {
        Ok(())
    }
}

/// Measures it.
///
/// # Errors
/// The store does not open.
pub async fn measure() -> Result<Figure, Trouble> {
    let folder = tempfile::tempdir()?;
    let bare = bare(&folder)?;
    let desk = Desk::new(DeskOptions {
        folder: folder.path().join("desk"),
        version: String::from("bench"),
        practice: Arc::new(NoPractice),
        keyring: Keyring::new(OneEntry::default(), Duration::from_secs(1)),
        shell: Arc::new(desk_core::shell::NoWindow),
        timeouts: desk_core::Timeouts::default(),
        outbox_rules: desk_core::outbox::OutboxRules::default(),
        policy: None,
    });
    std::fs::create_dir_all(desk.folder())?;
    desk.open().await;
    let status = ask(&desk, "app_status", json!({})).await?;
    let draft = ask(&desk, "draft_create", json!({ "connection": status["current_connection"] })).await?["id"].clone();
    // A draft as it is in the middle of the work, not an empty one.
    for number in 0..20 {
        save(&desk, &draft, &format!("business_details/business_identifier_document_list/{number}"), &"x".repeat(60))
            .await?;
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for number in 0..EDITS {
        let started = Instant::now();
        save(&desk, &draft, "business_details/business_name_english", &format!("Lantern Quay {number}")).await?;
        ours.push(started.elapsed().as_secs_f64() * 1000.0);
        let started = Instant::now();
        bare.execute("UPDATE bare SET body = ?1", [format!("{number:0>BYTES$}")])?;
        theirs.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    desk.close().await;
    Ok(Figure {
        what: "autosave acknowledged, ms (p95)",
        ours: quantile(&mut ours, 0.95),
        baseline: quantile(&mut theirs, 0.95),
        bar: Bar::AtMost(2.0),
    })
}

fn bare(folder: &TempDir) -> Result<rusqlite::Connection, Trouble> {
    let bare = rusqlite::Connection::open(folder.path().join("bare.db"))?;
    bare.pragma_update(None, "key", format!("x'{}'", "ab".repeat(32)))?;
    bare.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    bare.pragma_update(None, "synchronous", "FULL")?;
    bare.execute_batch("CREATE TABLE bare (body TEXT NOT NULL); INSERT INTO bare VALUES ('')")?;
    Ok(bare)
}

async fn save(desk: &Desk, draft: &Value, path: &str, text: &str) -> Result<(), Trouble> {
    let edit = json!({ "op": "set", "path": path, "text": text });
    let request = json!({ "draft": draft, "edits": [edit], "position": path, "closing": false });
    ask(desk, "draft_save", request).await.map(|_| ())
}

async fn ask(desk: &Desk, command: &str, request: Value) -> Result<Value, Trouble> {
    dispatch(desk, command, request, Arc::new(NoSink)).await.map_err(|error| format!("{command}: {error:?}").into())
}
