//! The doors of window tests (DECISIONS 21): a socket that moves the clock, closes the window, arms crash points
//! and chooses files, and a sandbox that the test owns.
//! Built with the feature `test-hooks` only; a test proves that a release build has none of it.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use desk_core::practice::PracticeAccount;
use desk_core::{Desk, Form, Revision, SecretString};
use tauri::WebviewWindow;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::oneshot;

/// The account of the sandbox that the test serves, from the line of JSON that a sandbox says first.
pub fn external_account(form: Form) -> Option<PracticeAccount> {
    let line = std::env::var("DESK_SANDBOX").ok()?;
    let accounts: serde_json::Value = serde_json::from_str(&line).ok()?;
    let (name, key, secret) = match form {
        Form::Whole(Revision::Typed) => ("axisfi_typed", "api_key", "api_secret"),
        Form::Whole(Revision::Untyped) => ("axisfi_untyped", "api_key", "api_secret"),
        Form::Contact => ("bultra", "client_id", "client_secret"),
    };
    let account = &accounts[name];
    let text = |name: &str| account[name].as_str().map(str::to_owned);
    Some(PracticeAccount {
        base_url: text("base_url")?,
        api_key: SecretString::from(text(key)?),
        api_secret: SecretString::from(text(secret)?),
        token_url: text("token_url"),
    })
}

/// Listens where `DESK_DOORS` says: one line a request, `ok` or `no` back.
pub fn listen(desk: Desk, window: WebviewWindow) {
    let Some(path) = std::env::var_os("DESK_DOORS") else { return };
    let _ = std::fs::remove_file(&path);
    tauri::async_runtime::spawn(async move {
        let Ok(listener) = UnixListener::bind(path) else { return };
        while let Ok((stream, _)) = listener.accept().await {
            let _ = answer(&desk, &window, stream).await;
        }
    });
}

/// What the next dialogs are answered, in this order.
static CHOSEN: Mutex<VecDeque<Option<PathBuf>>> = Mutex::new(VecDeque::new());

/// Answers a dialog in the user's place: with what a door was told, else as one that is cancelled. Gives it back where
/// nobody tests.
pub fn answer_dialog(answer: oneshot::Sender<Option<PathBuf>>) -> Option<oneshot::Sender<Option<PathBuf>>> {
    if std::env::var_os("DESK_DOORS").is_none() {
        return Some(answer);
    }
    let chosen = CHOSEN.lock().unwrap_or_else(PoisonError::into_inner).pop_front().flatten();
    let _ = answer.send(chosen);
    None
}

/// The next dialog gives this path, or none.
fn choose(path: &str) -> bool {
    let chosen = (!path.is_empty()).then(|| PathBuf::from(path));
    CHOSEN.lock().unwrap_or_else(PoisonError::into_inner).push_back(chosen);
    true
}

async fn answer(desk: &Desk, window: &WebviewWindow, stream: UnixStream) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    BufReader::new(read).read_line(&mut line).await?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let known = match words.as_slice() {
        // A path may have blanks.
        ["dialog", ..] => choose(line.trim_end_matches('\n').trim_start_matches("dialog").trim_start()),
        ["advance", ms] => ms.parse().map(|ms| desk.clock().advance(ms)).is_ok(),
        // What the close button does.
        ["close"] => window.close().is_ok(),
        ["crash", point] => desk.crash_points().arm(point),
        _ => false,
    };
    write.write_all(if known { b"ok\n" } else { b"no\n" }).await
}
