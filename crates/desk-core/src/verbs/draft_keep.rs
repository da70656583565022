//! Sets a field of an update back to what was read: an edit like any other, of a text that the page may not know.

use desk_domain::draft::Edit;
use desk_store::{connections, drafts};

use crate::convert;
use crate::convert::draft::{Whole, is_open};
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::update::Base;
use crate::views::{DraftField, DraftView};

pub(crate) async fn run(desk: &Desk, request: DraftField) -> Result<DraftView, IpcError> {
    let id = convert::id(&request.draft, "draft.gone")?;
    let (path, batch, now) = (request.path, new_id(), desk.clock().now_ms());
    let write = desk.write(move |tx| {
        let Some(row) = drafts::get(tx, id)?.filter(|row| row.deleted_at.is_none()) else {
            return Ok(Err("draft.gone"));
        };
        if !is_open(row.state) {
            return Ok(Err("draft.read_only"));
        }
        let Some(base) = Base::read(tx, &row)? else { return Ok(Err("unsupported")) };
        let text = base.prefilled.text(path).to_owned();
        drafts::save_edits(tx, id, batch, &[Edit::Set { path, text }], now)?;
        let row = drafts::get(tx, id)?.unwrap_or(row);
        let Some(connection) = connections::get(tx, row.connection_id)? else { return Ok(Err("connection.gone")) };
        Whole::of(tx, row, connection).map(Ok)
    });
    write.await?.map_err(IpcError::of)?.view(desk, false)
}
