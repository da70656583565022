//! Puts a draft away. It can be brought back for 30 days.

use desk_store::{activity, drafts};

use crate::convert;
use crate::convert::draft::is_open;
use crate::deleted::Purge;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::{DraftRef, Empty};

pub(crate) async fn run(desk: &Desk, request: DraftRef) -> Result<Empty, IpcError> {
    let id = convert::id(&request.draft, "draft.gone")?;
    let now = desk.clock().now_ms();
    let entry = Entry::new(desk, "draft.delete", activity::draft(id), "", "ok");
    let write = desk.write(move |tx| {
        let Some(row) = drafts::get(tx, id)?.filter(|row| row.deleted_at.is_none()) else {
            return Ok(Err("draft.gone"));
        };
        // What a platform has or may have is the record of it.
        if !is_open(row.state) {
            return Ok(Err("draft.read_only"));
        }
        drafts::set_deleted(tx, id, Some(now))?;
        drafts::set_open(tx, id, false)?;
        entry.write(tx)?;
        Ok(Ok(()))
    });
    write.await?.map_err(IpcError::of)?;
    // Whoever brings it back knows why it was gone: it was not the program's end.
    desk.take_restorable(id);
    // For a program that runs for weeks. What cannot be forgotten now is forgotten another day.
    let purge = Purge::new(desk);
    let _ = desk.write(move |tx| purge.run(tx)).await;
    Ok(Empty {})
}
