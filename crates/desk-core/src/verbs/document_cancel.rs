//! Stops the sending of a file: it waits for a person from now on.

use desk_store::{activity, documents};

use crate::convert::document;
use crate::desk::{Desk, blocked};
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::{DocumentListView, DocumentRef};

pub(crate) async fn run(desk: &Desk, request: DocumentRef) -> Result<DocumentListView, IpcError> {
    let row = document::row(desk, &request.document).await?;
    let (id, reason) = (row.id, document::kept(&blocked("document.stopped")));
    let entry = Entry::new(desk, "document.stop", activity::draft(row.draft_id), &row.path.to_string(), "ok");
    // First the store: what its call gives afterwards changes nothing.
    let write = desk.write(move |tx| if documents::fail(tx, id, &reason)? { entry.write(tx) } else { Ok(()) });
    write.await?;
    desk.files().stop_one(id);
    desk.outbox().changed();
    document::list(desk, row.draft_id).await
}
