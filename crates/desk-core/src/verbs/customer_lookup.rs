//! Asks the platform for a customer by one of its ids, and keeps the answer.

use desk_api::DetailBy;
use desk_store::{activity, connections};

use crate::call::{call_error, client, note_network};
use crate::convert::answer::{self, Source};
use crate::convert::{connection, customer};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::jobs::JobControl;
use crate::trail::Entry;
use crate::views::{CustomerLookup, CustomerView, LookupBy};

pub(crate) async fn run(
    desk: &Desk,
    request: CustomerLookup,
    mut control: JobControl,
) -> Result<CustomerView, IpcError> {
    let row = connection::row(desk, &request.connection).await?;
    let value = request.value.trim();
    if value.is_empty() {
        return Err(IpcError::of("request.unreadable").at("value", "field.required"));
    }
    let client = client(desk, &row).await?;
    let by = match request.by {
        LookupBy::CustomerId => DetailBy::CustomerId(value),
        LookupBy::PartnerCustomerId => DetailBy::PartnerCustomerId(value),
    };
    let result = tokio::select! {
        () = control.cancelled() => return Err(IpcError::of("cancelled")),
        result = client.detail(by) => result,
    };
    note_network(desk, &row, &result);
    let answer = result.map_err(|error| call_error(&error))?;
    let now = desk.clock().now_ms();
    let asked = matches!(request.by, LookupBy::CustomerId).then_some(value);
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
