//! Both sides of a conflict, as they are known here. Asks the platform nothing.

use crate::convert;
use crate::convert::conflict::Conflict;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{ConflictView, OutboxRef};

pub(crate) async fn run(desk: &Desk, request: OutboxRef) -> Result<ConflictView, IpcError> {
    let draft = convert::id(&request.draft, "draft.gone")?;
    desk.read(move |db| Conflict::read(db, draft)).await??.view()
}
