//! The files of a draft.

use crate::convert::{self, document};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{DocumentListView, DraftRef};

pub(crate) async fn run(desk: &Desk, request: DraftRef) -> Result<DocumentListView, IpcError> {
    document::list(desk, convert::id(&request.draft, "draft.gone")?).await
}
