//! Opens a customer as last read, without asking the platform. The trail keeps who did, before the record leaves Rust.

use desk_store::activity;

use crate::convert::{connection, customer};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::{CustomerRef, CustomerView};

pub(crate) async fn run(desk: &Desk, request: CustomerRef) -> Result<CustomerView, IpcError> {
    let row = connection::row(desk, &request.connection).await?;
    let view = customer::view(desk, &row, &request.customer_id).await?;
    let entry = Entry::new(desk, "customer.open", activity::customer(row.id, &view.customer_id), "", "ok");
    desk.write(move |tx| entry.write(tx)).await?;
    Ok(view)
}
