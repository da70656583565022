//! Begins a draft of a new customer with what another one is known to be (DECISIONS 13): everything but its ids and files.
//! What is copied is shown unmasked, as of any new draft: the trail says that the whole record was.

use desk_domain::draft::Draft;
use desk_domain::field::FieldKind;
use desk_store::drafts::{self, NewDraft, Purpose};
use desk_store::{activity, connections, readings};

use crate::call::revision;
use crate::convert;
use crate::convert::draft::Whole;
use crate::convert::reveal::reason_of;
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::update::Base;
use crate::verbs::draft_duplicate::copied;
use crate::views::{CustomerCopy, DraftView};

pub(crate) async fn run(desk: &Desk, request: CustomerCopy) -> Result<DraftView, IpcError> {
    let connection = convert::id(&request.connection, "connection.gone")?;
    let reason = reason_of(desk, request.reason.as_deref())?;
    let (id, batch, now) = (new_id(), new_id(), desk.clock().now_ms());
    let object = activity::customer(connection, &request.customer_id);
    // The draft in place of a path, and the reason as a reveal has it.
    let detail = activity::Reveal { path: id.to_string(), reading: None, reason }.detail();
    let copied_row = Entry::new(desk, "customer.copy", object, &detail, "ok");
    let made_row = Entry::new(desk, "draft.create", activity::draft(id), "", "ok");
    let write = desk.write(move |tx| {
        let Some(connection) = connections::get(tx, connection)? else { return Ok(Err("connection.gone")) };
        if connection.archived_at.is_some() {
            return Ok(Err("connection.archived"));
        }
        if revision(&connection).is_err() {
            return Ok(Err("unsupported"));
        }
        let Some(reading) = readings::newest(tx, connection.id, &request.customer_id)? else {
            return Ok(Err("not_found"));
        };
        let Some(base) = Base::new(tx, reading, None, now)? else { return Ok(Err("not_found")) };
        let first = copied(&without_files(base.prefilled));
        let new = NewDraft { id, connection_id: connection.id, purpose: Purpose::New, batch, first };
        let row = drafts::insert(tx, &new, now)?;
        drafts::set_open(tx, id, true)?;
        copied_row.write(tx)?;
        made_row.write(tx)?;
        Whole::of(tx, row, connection).map(Ok)
    });
    write.await?.map_err(IpcError::of)?.view(desk, false)
}

/// File ids belong to the application that they were uploaded for.
fn without_files(mut draft: Draft) -> Draft {
    draft.texts.retain(|path, _| path.field().spec().kind != FieldKind::FileId);
    draft
}
