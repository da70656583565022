//! Sends a file that waits or failed, now.

use desk_store::{activity, documents};

use crate::convert::document;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::{DocumentListView, DocumentRef};

pub(crate) async fn run(desk: &Desk, request: DocumentRef) -> Result<DocumentListView, IpcError> {
    let row = document::row(desk, &request.document).await?;
    let (id, now) = (row.id, desk.clock().now_ms());
    let entry = Entry::new(desk, "document.retry", activity::draft(row.draft_id), &row.path.to_string(), "ok");
    desk.write(move |tx| if documents::retry(tx, id, now)? { entry.write(tx) } else { Ok(()) }).await?;
    desk.files().wake();
    desk.outbox().changed();
    document::list(desk, row.draft_id).await
}
