//! Opens a customer as last read, without asking the platform.

use crate::convert::{connection, customer};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{CustomerRef, CustomerView};

pub(crate) async fn run(desk: &Desk, request: CustomerRef) -> Result<CustomerView, IpcError> {
    let row = connection::row(desk, &request.connection).await?;
    customer::view(desk, &row, &request.customer_id).await
}
