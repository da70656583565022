//! Somebody has looked at what changed of a customer: it no longer needs attention for that.

use desk_store::{activity, customers};

use crate::convert::{self, connection, customer};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::{CustomerSeen, CustomerView};

pub(crate) async fn run(desk: &Desk, request: CustomerSeen) -> Result<CustomerView, IpcError> {
    let row = connection::row(desk, &request.connection).await?;
    let reading = convert::id(&request.reading, "not_found")?;
    let (id, customer_id) = (row.id, request.customer_id);
    let (of, detail) = (activity::customer(id, &customer_id), reading.to_string());
    let entry = Entry::new(desk, "customer.seen", of, &detail, "ok");
    let looked_at = customer_id.clone();
    let write = desk.write(move |tx| {
        let news = customers::look_at(tx, id, &looked_at, reading)?;
        if news == Some(true) {
            entry.write(tx)?;
        }
        Ok(news)
    });
    let news = write.await?.ok_or_else(|| IpcError::of("not_found"))?;
    if news {
        // The counts of other screens are others.
        desk.outbox().changed();
    }
    customer::view(desk, &row, &customer_id).await
}
