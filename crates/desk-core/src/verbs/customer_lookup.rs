//! Asks the platform for a customer by one of its ids, and keeps the answer.

use desk_api::DetailBy;
use desk_domain::bultra::Target;
use desk_domain::platform::Kind;
use desk_store::{activity, connections, customers};
use uuid::Uuid;

use crate::call::{call_error, client, note_network};
use crate::convert::answer::{self, Source};
use crate::convert::{connection, customer};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::jobs::JobControl;
use crate::outbox::says_missing;
use crate::trail::Entry;
use crate::views::{CustomerLookup, CustomerView, LookupBy};

pub(crate) async fn run(
    desk: &Desk,
    request: CustomerLookup,
    mut control: JobControl,
) -> Result<CustomerView, IpcError> {
    let row = connection::row(desk, &request.connection).await?;
    let (by, value) = (request.by, asked(row.kind, &request)?);
    let client = client(desk, &row).await?;
    let by = match by {
        LookupBy::CustomerId => DetailBy::CustomerId(&value),
        LookupBy::PartnerCustomerId => DetailBy::PartnerCustomerId(&value),
    };
    let result = tokio::select! {
        () = control.cancelled() => return Err(IpcError::of("cancelled")),
        result = client.detail(by) => result,
    };
    note_network(desk, &row, &result);
    if result.as_ref().is_err_and(says_missing) {
        unlist(desk, row.id, &value).await?;
    }
    let answer = result.map_err(|error| call_error(&error))?;
    let now = desk.clock().now_ms();
    let asked = matches!(request.by, LookupBy::CustomerId).then_some(value.as_str());
    let reading = answer::reading(&row, &answer.raw, &answer.json, asked, now);
    let reading = reading
        .ok_or_else(|| IpcError { trace_id: Some(answer.trace_id.to_string()), ..IpcError::of("answer.unreadable") })?;
    let id = reading.customer_id().to_owned();
    let entry = Entry::new(desk, "customer.lookup", activity::customer(row.id, &id), "", "ok");
    let connection = row.id;
    let write = desk.write(move |tx| {
        reading.keep(tx, Source::Asked)?;
        // From now on the connection has a record of this host, which never moves to another (DECISIONS 1).
        connections::mark_sent(tx, connection, now)?;
        entry.write(tx)
    });
    write.await?;
    desk.watch().wake();
    customer::view(desk, &row, &id).await
}

/// A customer that is known from the platform's list alone, and that the platform does not have any more.
async fn unlist(desk: &Desk, connection: Uuid, id: &str) -> Result<(), IpcError> {
    let (id, now) = (id.to_owned(), desk.clock().now_ms());
    let write = desk.write(move |tx| match customers::get(tx, connection, &id)? {
        Some(there) if there.listed.unread => customers::unlist(tx, connection, &id, now),
        _ => Ok(()),
    });
    Ok(write.await?)
}

/// The id that is asked for, as this program keeps it: an individual's with that of its customer.
fn asked(kind: Kind, request: &CustomerLookup) -> Result<String, IpcError> {
    let value = filled("value", &request.value)?;
    if kind.capabilities().individuals {
        if request.by == LookupBy::PartnerCustomerId {
            return Err(IpcError::of("unsupported"));
        }
        let individual = request.individual.as_deref().map(|typed| filled("individual", typed)).transpose()?;
        let target = match individual {
            Some(_) => Target { customer: value, individual },
            None => Target::of(value),
        };
        // No id has a slash: it would be another path of the API.
        let parts = [Some(target.customer), target.individual];
        if parts.into_iter().flatten().any(|part| part.is_empty() || part.contains('/')) {
            return Err(IpcError::of("not_found"));
        }
        return Ok(target.id());
    }
    if request.individual.is_some() { Err(IpcError::of("unsupported")) } else { Ok(value.to_owned()) }
}

fn filled<'a>(path: &str, typed: &'a str) -> Result<&'a str, IpcError> {
    let typed = typed.trim();
    if typed.is_empty() { Err(IpcError::of("request.unreadable").at(path, "field.required")) } else { Ok(typed) }
}
