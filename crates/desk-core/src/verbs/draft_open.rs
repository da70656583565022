//! Opens a draft in the editor, where it was left.

use desk_store::drafts;

use crate::convert::draft::Whole;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{DraftRef, DraftView};

pub(crate) async fn run(desk: &Desk, request: DraftRef) -> Result<DraftView, IpcError> {
    let whole = Whole::read(desk, &request.draft).await?;
    let id = whole.row.id;
    desk.write(move |tx| drafts::set_open(tx, id, true)).await?;
    whole.view(desk, desk.take_restorable(id))
}
