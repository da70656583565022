//! Takes a file away from its field, and the id that it gave with it. What the platform has of it stays there.

use desk_domain::draft::Edit;
use desk_store::documents::{self, DocumentRow};
use desk_store::{SqlResult, Transaction, activity, drafts};

use crate::convert::document;
use crate::convert::draft::is_open;
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::{DocumentListView, DocumentRef};

pub(crate) async fn run(desk: &Desk, request: DocumentRef) -> Result<DocumentListView, IpcError> {
    let row = document::row(desk, &request.document).await?;
    let (id, draft, now) = (row.id, row.draft_id, desk.clock().now_ms());
    let entry = Entry::new(desk, "document.remove", activity::draft(draft), &row.path.to_string(), "ok");
    let write = desk.write(move |tx| {
        // Asked again: it may have been sent a moment ago.
        let Some(row) = documents::get(tx, id)? else { return Ok(Ok(())) };
        if !drafts::get(tx, draft)?.is_some_and(|draft| draft.deleted_at.is_none() && is_open(draft.state)) {
            return Ok(Err("draft.read_only"));
        }
        clear(tx, &row, now)?;
        documents::remove(tx, id)?;
        entry.write(tx)?;
        Ok(Ok(()))
    });
    write.await?.map_err(IpcError::of)?;
    desk.files().stop_one(id);
    desk.outbox().changed();
    document::list(desk, draft).await
}

/// Clears the field where it holds the file's id; what somebody typed there stays.
fn clear(tx: &Transaction<'_>, row: &DocumentRow, now: i64) -> SqlResult<()> {
    let Some(draft) = drafts::get(tx, row.draft_id)? else { return Ok(()) };
    if row.file_id.as_deref() == Some(draft.texts.text(row.path).trim()) {
        let edit = Edit::Set { path: row.path, text: String::new() };
        drafts::save_edits(tx, draft.id, new_id(), &[edit], now)?;
    }
    Ok(())
}
