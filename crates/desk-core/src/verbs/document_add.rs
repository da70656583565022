//! Keeps a file that was dropped on a field, or pasted.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::desk::Desk;
use crate::files::{Place, add, too_large};
use crate::ipc::IpcError;
use crate::views::{DocumentAdd, DocumentListView};

pub(crate) async fn run(desk: &Desk, request: DocumentAdd) -> Result<DocumentListView, IpcError> {
    let place = Place::of(desk, &request.draft, request.path, request.file_type).await?;
    // Four letters are three bytes: what is too large need not be unfolded to be refused.
    let bytes = request.content.len() as u64 / 4 * 3;
    if bytes > place.limit_bytes.saturating_add(2) {
        return Err(too_large(bytes, place.limit_bytes));
    }
    let content = STANDARD.decode(&request.content).map_err(|_| IpcError::of("request.unreadable"))?;
    add(desk, place, &request.name, content).await
}
