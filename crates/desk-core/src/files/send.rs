//! Sends one file, once, and commits what came of it. Where the platform has it, its id lands in the field of the draft as
//! an edit like any other, with that in one transaction.

use std::sync::atomic::Ordering;
use std::time::Duration;

use desk_api::{AxisfiClient, CallError, Upload, Uploaded};
use desk_domain::draft::Edit;
use desk_domain::path::FieldPath;
use desk_store::connections::{self, ConnectionRow};
use desk_store::documents::{self, DocumentRow, NEVER};
use desk_store::{SqlResult, StoreError, Transaction, activity, draft_edits, drafts, settings};
use uuid::Uuid;

use super::decide::{self, Next};
use super::queue::Call;
use crate::call::{PRACTICE_SNAPSHOT, note_network, options, practice_snapshot};
use crate::convert::document;
use crate::convert::draft::is_open;
use crate::desk::{Desk, new_id};
use crate::ipc::{IpcError, Message};
use crate::outbox::STORE_PATIENCE;
use crate::trail::Entry;

/// Between two tellings of how much has left: more often than anybody sees would cost more than it says.
const TICK: Duration = Duration::from_millis(250);

/// Base64 in JSON is this much longer than the file, in hundredths.
const AS_TEXT_PER_CENT: u64 = 134;

/// Sends it, if it still waits. What goes wrong with the call is no error.
///
/// # Errors
/// The store's: it is sent again, or the outcome is tried to be kept until it is.
pub(super) async fn run(desk: &Desk, document: Uuid, call: Call) -> Result<(), StoreError> {
    let Some((row, connection)) = lease(desk, document).await? else { return Ok(()) };
    desk.outbox().changed();
    let mut stopped = call.stop.subscribe();
    let result = tokio::select! {
        biased;
        _ = stopped.wait_for(|stopped| *stopped) => None,
        result = send(desk, &row, &connection, &call) => Some(result),
    };
    let result = match result {
        Some(Ok(result)) => result,
        Some(Err(error)) => return cannot(desk, &row, error).await,
        None => return give_back(desk, &row).await,
    };
    note_network(desk, &connection, &result);
    let now = desk.clock().now_ms();
    let next = decide::next(&result, row.tries, desk.outbox_rules(), now);
    let outcome = Outcome {
        left: result.as_ref().err().is_none_or(|error| error.answer.is_some() || !error.kind.certainly_not_sent()),
        practice: practice_snapshot(desk, &connection).await,
        entry: entry(desk, &row, &next),
        next,
        row,
        connection,
        now,
    };
    commit_in_the_end(desk, outcome).await
}

/// Commits `sending`.
async fn lease(desk: &Desk, document: Uuid) -> Result<Option<(DocumentRow, ConnectionRow)>, StoreError> {
    let files = desk.files().clone();
    let now = desk.clock().now_ms();
    let write = desk.write(move |tx| {
        if files.is_stopping() {
            return Ok(None);
        }
        // Asked again: between the question who is due and this one it may just have been put off.
        if documents::get(tx, document)?.is_none_or(|row| row.due_at > now) {
            return Ok(None);
        }
        let Some(row) = documents::lease(tx, document)? else { return Ok(None) };
        let draft = drafts::get(tx, row.draft_id)?;
        let connection = draft.map(|draft| connections::get(tx, draft.connection_id)).transpose()?.flatten();
        Ok(connection.map(|connection| (row, connection)))
    });
    write.await
}

/// One call. An error of its own where it could not even be tried.
async fn send(
    desk: &Desk,
    row: &DocumentRow,
    connection: &ConnectionRow,
    call: &Call,
) -> Result<Result<Uploaded, CallError>, IpcError> {
    let mut options = options(desk, connection).await?;
    options.timeouts = options.timeouts.for_upload(row.size.saturating_mul(AS_TEXT_PER_CENT) / 100);
    let client = AxisfiClient::new(options).map_err(|error| IpcError::of(error.code()))?;
    let id = row.id;
    let content = desk.read(move |db| documents::content(db, id)).await?;
    let file = Upload {
        name: &row.name,
        media_type: &row.media_type,
        file_type: document::on_the_wire(row.file_type),
        content: content.ok_or_else(|| IpcError::of("internal"))?,
        encoding: document::encoding(connection.upload.encoding),
    };
    let (size, sent) = (row.size, call.sent.clone());
    // Of the request, which is longer than the file.
    let progress = move |done: u64, of: u64| {
        let of_file = u128::from(done) * u128::from(size) / u128::from(of.max(1));
        sent.store(u64::try_from(of_file).unwrap_or(size), Ordering::Relaxed);
    };
    let mut upload = std::pin::pin!(client.upload(file, progress));
    let mut told = 0;
    loop {
        match tokio::time::timeout(TICK, &mut upload).await {
            Ok(result) => return Ok(result),
            Err(_) => {
                let sent = call.sent.load(Ordering::Relaxed);
                if sent != told {
                    told = sent;
                    desk.outbox().changed();
                }
            }
        }
    }
}

/// It was stopped: by a person, who has said so to the store already, or by the end of the program, after which it waits.
async fn give_back(desk: &Desk, row: &DocumentRow) -> Result<(), StoreError> {
    let (id, now) = (row.id, desk.clock().now_ms());
    desk.write(move |tx| documents::put_off(tx, id, now, None)).await.map(|_| ())
}

/// It could not even be tried: nothing left this computer.
async fn cannot(desk: &Desk, row: &DocumentRow, error: IpcError) -> Result<(), StoreError> {
    let (id, now) = (row.id, desk.clock().now_ms());
    let due = match error.code.as_str() {
        "store.full" | "store.closed" | "store.failed" => {
            give_back(desk, row).await?;
            return Err(StoreError::Closed);
        }
        // A keyring opens without telling anybody.
        code if code == "network.refused" || code.starts_with("keyring.") => {
            desk.outbox_rules().next_try(row.tries, now)
        }
        _ => NEVER,
    };
    let reason = document::kept(&error.message());
    desk.write(move |tx| documents::put_off(tx, id, due, Some(&reason))).await.map(|_| ())
}

/// What came of a call, to be committed.
#[derive(Clone)]
struct Outcome {
    row: DocumentRow,
    connection: ConnectionRow,
    next: Next,
    /// The platform may have seen it: the host stays (DECISIONS 1).
    left: bool,
    /// What the practice platform holds now.
    practice: Option<String>,
    entry: Option<Entry>,
    now: i64,
}

impl Outcome {
    fn write(&self, tx: &Transaction<'_>) -> SqlResult<()> {
        let Self { row, connection, now, .. } = self;
        if self.left {
            connections::mark_sent(tx, connection.id, *now)?;
        }
        if let Some(snapshot) = &self.practice {
            settings::set(tx, PRACTICE_SNAPSHOT, snapshot)?;
        }
        let put_off = |due, reason: &Message| documents::put_off(tx, row.id, due, Some(&document::kept(reason)));
        // Nothing where it was stopped or removed meanwhile: an id that nobody uses does no harm.
        let kept = match &self.next {
            Next::Sent(file_id) => {
                let kept = documents::sent(tx, row.id, file_id, *now)?;
                if kept {
                    land(tx, row, file_id, *now)?;
                }
                kept
            }
            Next::Again(due, reason) => put_off(*due, reason)?,
            Next::Limited(until, reason) => {
                documents::put_off_all(tx, connection.id, *until)?;
                put_off(*until, reason)?
            }
            Next::WhenItWorks(reason) => {
                // Other keys may have been saved while these were refused: whoever saves resumes what waits, and this did
                // not wait yet.
                let there = connections::get(tx, connection.id)?;
                let same = there.is_none_or(|there| keys_of(&there) == keys_of(connection));
                put_off(if same { NEVER } else { *now }, reason)?
            }
            Next::Failed(reason) => documents::fail(tx, row.id, &document::kept(reason))?,
        };
        match &self.entry {
            Some(entry) if kept => entry.write(tx),
            _ => Ok(()),
        }
    }
}

fn keys_of(connection: &ConnectionRow) -> (Option<i64>, Option<i64>) {
    (connection.api_key_set_at, connection.api_secret_set_at)
}

/// The id lands in the field that wants it, unless somebody typed another text there since the file was added, or the draft
/// is out of hands.
fn land(tx: &Transaction<'_>, row: &DocumentRow, file_id: &str, now: i64) -> SqlResult<()> {
    let Some(draft) = drafts::get(tx, row.draft_id)?.filter(|draft| draft.deleted_at.is_none()) else { return Ok(()) };
    let text = draft.texts.text(row.path).trim();
    if is_open(draft.state) && (text.is_empty() || row.replaces.as_deref() == Some(text)) {
        let edit = Edit::Set { path: row.path, text: file_id.to_owned() };
        drafts::save_edits(tx, draft.id, new_id(), &[edit], now)?;
    }
    Ok(())
}

/// Ids that came while their draft was deleted or their person removed land when these come back. One that has stood in its
/// field was taken out by somebody, and stays out. Whether one landed.
///
/// # Errors
/// SQLite's.
pub(crate) fn land_late(
    tx: &Transaction<'_>,
    draft: Uuid,
    is_back: impl Fn(FieldPath) -> bool,
    now: i64,
) -> SqlResult<bool> {
    let mut landed = false;
    for row in documents::list(tx, draft)?.into_iter().filter(|row| is_back(row.path)) {
        let Some(file_id) = &row.file_id else { continue };
        if !draft_edits::held(tx, draft, row.path, file_id)? {
            land(tx, &row, file_id, now)?;
            landed = true;
        }
    }
    Ok(landed)
}

/// Ends are for the trail; what is tried again is no news.
fn entry(desk: &Desk, row: &DocumentRow, next: &Next) -> Option<Entry> {
    let result = match next {
        Next::Sent(_) => "ok",
        Next::Failed(reason) => &reason.code,
        Next::Again(..) | Next::Limited(..) | Next::WhenItWorks(_) => return None,
    };
    Some(Entry::new(desk, "document.send", activity::draft(row.draft_id), &row.path.to_string(), result))
}

/// Commits it as soon as the disk takes it. Ends without it where the program ends: then it waits again at the next start.
async fn commit_in_the_end(desk: &Desk, outcome: Outcome) -> Result<(), StoreError> {
    loop {
        let this = outcome.clone();
        match desk.write(move |tx| this.write(tx)).await {
            Err(error @ (StoreError::Closed | StoreError::Constraint(_) | StoreError::NotFound)) => return Err(error),
            Err(error) if desk.files().is_stopping() => return Err(error),
            Err(_) => tokio::time::sleep(STORE_PATIENCE).await,
            Ok(()) => return Ok(()),
        }
    }
}
