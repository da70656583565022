//! Begins an update of a customer, or gives the one that was begun: a draft that has what the customer is known to be.

use desk_store::drafts::{self, DraftRow, NewDraft, Purpose};
use desk_store::{SqlResult, Transaction, activity, connections, customers, documents, outbox, readings};
use uuid::Uuid;

use crate::convert;
use crate::convert::draft::{Whole, is_open};
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::update::Base;
use crate::views::{CustomerRef, DraftView};

pub(crate) async fn run(desk: &Desk, request: CustomerRef) -> Result<DraftView, IpcError> {
    let connection = convert::id(&request.connection, "connection.gone")?;
    let now = desk.clock().now_ms();
    let entry = Entry::new(desk, "update.begin", String::new(), "", "ok");
    let write = desk.write(move |tx| begin(tx, connection, request.customer_id, &entry, now));
    write.await??.view(desk, false)
}

fn begin(
    tx: &Transaction<'_>,
    connection: Uuid,
    customer_id: String,
    entry: &Entry,
    now: i64,
) -> SqlResult<Result<Whole, IpcError>> {
    let Some(connection) = connections::get(tx, connection)? else { return Ok(Err(IpcError::of("connection.gone"))) };
    if connection.archived_at.is_some() {
        return Ok(Err(IpcError::of("connection.archived")));
    }
    // One of version 3 has no form: it comes to its end by itself, or is put away.
    if let Some(row) = drafts::update_of(tx, connection.id, &customer_id)?.filter(Base::has_form) {
        drafts::set_open(tx, row.id, is_open(row.state))?;
        let row = made_anew(tx, row, now)?;
        return Whole::of(tx, row, connection).map(Ok);
    }
    let Some(reading) = readings::newest(tx, connection.id, &customer_id)? else {
        let unread = customers::get(tx, connection.id, &customer_id)?.is_some_and(|row| row.listed.unread);
        return Ok(Err(IpcError::of(if unread { "customer.unread" } else { "not_found" })));
    };
    if outbox::changes_customer(tx, connection.id, &customer_id)? {
        return Ok(Err(IpcError::of("update.waiting")));
    }
    let Some(base) = Base::new(tx, reading, None, now)? else { return Ok(Err(IpcError::of("update.incomplete"))) };
    let customer = customer_id.clone();
    let new = NewDraft {
        id: new_id(),
        connection_id: connection.id,
        purpose: Purpose::Update {
            customer_id,
            base_reading: base.reading.id,
            base_persons: Some(base.persons.clone()),
            base_at: now,
        },
        batch: new_id(),
        first: base.first_edits(),
    };
    let row = drafts::insert(tx, &new, now)?;
    drafts::set_open(tx, row.id, true)?;
    entry.about(activity::draft(row.id), &customer).write(tx)?;
    Whole::of(tx, row, connection).map(Ok)
}

/// A draft in which nothing was changed yet is made of the newest reading: nobody chooses between nothing and that.
fn made_anew(tx: &Transaction<'_>, row: DraftRow, now: i64) -> SqlResult<DraftRow> {
    let Some(base) = Base::read(tx, &row)?.filter(|base| base.newer.is_some() && is_open(row.state)) else {
        return Ok(row);
    };
    // A file that is to land is a change as well, and its place is one of this form's.
    if row.texts != base.prefilled || !documents::list(tx, row.id)?.is_empty() {
        return Ok(row);
    }
    let reading = readings::newest(tx, row.connection_id, &base.reading.customer_id)?;
    let Some(newest) = reading.map(|reading| Base::new(tx, reading, None, now)).transpose()?.flatten() else {
        return Ok(row);
    };
    drafts::save_edits(tx, row.id, new_id(), &newest.edits_instead_of(&row.texts), now)?;
    drafts::rebase(tx, row.id, newest.reading.id, &newest.persons, now)?;
    Ok(drafts::get(tx, row.id)?.unwrap_or(row))
}
