//! A customer beside the list: the record as last read, masked like it. Passing over a row is not opening it, so the
//! trail does not hear of it.

use crate::convert::{connection, customer};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{CustomerRef, CustomerView};

pub(crate) async fn run(desk: &Desk, request: CustomerRef) -> Result<CustomerView, IpcError> {
    let row = connection::row(desk, &request.connection).await?;
    customer::view(desk, &row, &request.customer_id).await
}
