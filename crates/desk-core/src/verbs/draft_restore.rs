//! Brings a deleted draft back as it was. Where its partner_customer_id was taken meanwhile it keeps it: that is said when
//! it is to be sent, as of any other draft.

use desk_store::{activity, drafts};

use crate::convert;
use crate::deleted::kept_after;
use crate::desk::Desk;
use crate::files::land_late;
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::{DraftRef, Empty};

pub(crate) async fn run(desk: &Desk, request: DraftRef) -> Result<Empty, IpcError> {
    let id = convert::id(&request.draft, "draft.gone")?;
    let now = desk.clock().now_ms();
    let kept_after = kept_after(now);
    let entry = Entry::new(desk, "draft.restore", activity::draft(id), "", "ok");
    let write = desk.write(move |tx| {
        let Some(row) = drafts::get(tx, id)? else { return Ok(Err("draft.gone")) };
        match row.deleted_at {
            // Pressed twice.
            None => return Ok(Ok(())),
            Some(at) if at <= kept_after => return Ok(Err("draft.gone")),
            Some(_) => {}
        }
        drafts::set_deleted(tx, id, None)?;
        land_late(tx, id, |_| true, now)?;
        entry.write(tx)?;
        Ok(Ok(()))
    });
    write.await?.map_err(IpcError::of)?;
    Ok(Empty {})
}
