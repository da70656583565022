//! A page of the customers of the current environment that this computer knows.

use desk_domain::field::Masking;
use desk_domain::mask::mask;
use desk_store::customers::{self, CustomerRow, Listing, Order};

use crate::clock::instant;
use crate::convert::connection::InUse;
use crate::convert::id;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{CustomerListRequest, CustomerListView, CustomerRowView, CustomerSort, GroupCount};

/// Most rows of a page, whatever is asked for: 100 KB of JSON take ten times as long to the page as a small command.
const MOST_ROWS: u32 = 200;

pub(crate) async fn run(desk: &Desk, request: CustomerListRequest) -> Result<CustomerListView, IpcError> {
    // The page asks for its first list and for the program's state at once.
    desk.opened_soon().await;
    let only = request.connection.as_deref().map(|text| id(text, "connection.gone")).transpose()?;
    let listing = move |connections| Listing {
        connections,
        query: request.query,
        group: request.group,
        only,
        party: filled(request.party),
        status: filled(request.status),
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
    Ok(CustomerListView {
        customers: page.rows.into_iter().map(view).collect(),
        total: page.total,
        groups: page.groups.into_iter().map(|(group, count)| GroupCount { group, count }).collect(),
        all: page.all,
    })
}

fn view(row: CustomerRow) -> CustomerRowView {
    let nameless = row.name.trim().is_empty() && row.local_name.trim().is_empty();
    CustomerRowView {
        connection: row.connection_id.to_string(),
        customer_id: row.customer_id,
        partner_customer_id: row.partner_customer_id,
        name: row.name,
        local_name: row.local_name,
        country: row.country,
        status: row.status,
        read_at: instant(row.read_at),
        changed_at: row.upkeep.changed_at.map(instant),
        party: row.party,
        // Who has a name is known by it; who has none is told apart by what the platform's list says.
        email: row.listed.email.filter(|_| nameless).map(|email| mask(Masking::Email, &email)),
        unread: row.listed.unread,
        unlisted_at: row.listed.unlisted_at.map(instant),
    }
}

fn filled(filter: Option<String>) -> Option<String> {
    filter.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
