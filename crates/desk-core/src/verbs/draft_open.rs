//! Opens a draft in the editor, where it was left.

use desk_store::drafts;

use crate::convert::draft::{Whole, is_open};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{DraftRef, DraftView};

pub(crate) async fn run(desk: &Desk, request: DraftRef) -> Result<DraftView, IpcError> {
    let whole = Whole::read(desk, &request.draft).await?;
    let id = whole.row.id;
    // Of a draft that cannot be edited there will be nothing to restore.
    let open = is_open(whole.row.state);
    desk.write(move |tx| drafts::set_open(tx, id, open)).await?;
    let restored = desk.take_restorable(id);
    whole.view(desk, restored && open)
}
