//! The customers of the current environment that this computer knows.

use desk_store::customers;

use crate::clock::instant;
use crate::convert::connection::InUse;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{CustomerListView, CustomerRowView, Empty};

pub(crate) async fn run(desk: &Desk, _: Empty) -> Result<CustomerListView, IpcError> {
    let of_environment = InUse::read(desk).await?.environment();
    let rows = desk.read(move |db| customers::list(db, &of_environment)).await?;
    let view = |row: customers::CustomerRow| CustomerRowView {
        connection: row.connection_id.to_string(),
        customer_id: row.customer_id,
        partner_customer_id: row.partner_customer_id,
        name: row.name,
        local_name: row.local_name,
        country: row.country,
        status: row.status,
        read_at: instant(row.read_at),
    };
    Ok(CustomerListView { customers: rows.into_iter().map(view).collect() })
}
