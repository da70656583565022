//! A page of the customers of the current environment that this computer knows.

use desk_store::customers::{self, Listing, Order};

use crate::clock::instant;
use crate::convert::connection::InUse;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{CustomerListRequest, CustomerListView, CustomerRowView, CustomerSort, GroupCount};

/// Most rows of a page, whatever is asked for: 100 KB of JSON take ten times as long to the page as a small command.
const MOST_ROWS: u32 = 200;

pub(crate) async fn run(desk: &Desk, request: CustomerListRequest) -> Result<CustomerListView, IpcError> {
    // The page asks for its first list and for the program's state at once.
    desk.opened_soon().await;
    let listing = move |connections| Listing {
        connections,
        query: request.query,
        group: request.group,
        order: match request.sort {
            CustomerSort::ReadAt => Order::ReadAt,
            CustomerSort::Name => Order::Name,
            CustomerSort::Country => Order::Country,
            CustomerSort::Status => Order::Status,
        },
        reversed: request.reversed,
        offset: request.offset,
        limit: request.limit.min(MOST_ROWS),
    };
    let page = desk.read(move |db| customers::page(db, &listing(InUse::of(db)?.environment()))).await?;
    let row = |row: customers::CustomerRow| CustomerRowView {
        connection: row.connection_id.to_string(),
        customer_id: row.customer_id,
        partner_customer_id: row.partner_customer_id,
        name: row.name,
        local_name: row.local_name,
        country: row.country,
        status: row.status,
        read_at: instant(row.read_at),
        changed_at: row.upkeep.changed_at.map(instant),
    };
    Ok(CustomerListView {
        customers: page.rows.into_iter().map(row).collect(),
        total: page.total,
        groups: page.groups.into_iter().map(|(group, count)| GroupCount { group, count }).collect(),
        all: page.all,
    })
}
