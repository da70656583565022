//! Keeps edits: they are on the disk when this answers (RELIABILITY promise 1).

use desk_domain::draft::Edit;
use desk_domain::field::Field;
use desk_store::{connections, drafts, submissions};

use crate::clock::instant;
use crate::convert;
use crate::convert::draft::{Whole, is_open};
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::views::{DraftSave, DraftSavedView};

pub(crate) async fn run(desk: &Desk, request: DraftSave) -> Result<DraftSavedView, IpcError> {
    let id = convert::id(&request.draft, "draft.gone")?;
    let (batch, now) = (new_id(), desk.clock().now_ms());
    let DraftSave { edits, position, closing, .. } = request;
    let write = desk.write(move |tx| {
        let Some(row) = drafts::get(tx, id)?.filter(|row| row.deleted_at.is_none()) else {
            return Ok(Err("draft.gone"));
        };
        if !edits.is_empty() {
            if !is_open(row.state) {
                return Ok(Err("draft.read_only"));
            }
            // DECISIONS 5: once something went out under this id, the same customer must not go out under another.
            if edits.iter().any(renames) && submissions::newest_for_draft(tx, id)?.is_some() {
                return Ok(Err("draft.id_frozen"));
            }
            drafts::save_edits(tx, id, batch, &edits, now)?;
        }
        drafts::set_position(tx, id, position)?;
        drafts::set_open(tx, id, !closing)?;
        // Read where it was written: asking again afterwards would double the time until the page has its answer.
        let row = drafts::get(tx, id)?.unwrap_or(row);
        let connection = connections::get(tx, row.connection_id)?;
        Ok(connection
            .map(|connection| Whole { row, connection, submission: None, behind: false, changed: Vec::new() })
            .ok_or("connection.gone"))
    });
    let whole = write.await?.map_err(IpcError::of)?;
    Ok(DraftSavedView {
        seq: u64::try_from(whole.row.seq).unwrap_or_default(),
        saved_at: instant(whole.row.saved_at),
        check: whole.check(desk)?,
    })
}

/// Whether an edit touches the partner_customer_id.
fn renames(edit: &Edit) -> bool {
    matches!(edit, Edit::Set { path, .. } if path.field() == Field::PartnerCustomerId)
}
