//! Customers as lists and search use them. The readings hold the rest.
//!
//! `page.rs` lists them, by shelves (`shelves.rs`: who is where, and how many) and by a platform's words (`filter.rs`);
//! `question.rs` is what a query asks of the index, and `index.rs` what that holds, made of `texts.rs`. `upkeep.rs` knows what nobody has looked at, and `asking.rs`
//! who is asked for next; `listed.rs` takes in what a platform's own list says.
//!
//! An individual is a row like a customer's, with readings and drafts of its own, but on no shelf: nothing lists, counts,
//! finds or asks for it by itself. Search finds its customer by what is known of it.

mod asking;
mod filter;
mod index;
mod listed;
mod page;
mod question;
mod shelves;
mod texts;
mod upkeep;

pub use asking::{Asked, due, heed_clock, held_until, hold, next_due, schedule};
pub(crate) use index::{after_reading, make as make_index};
pub use listed::{Listed, ListedIn, Moved, list_in, mark_unlisted, unlist, unread, unread_count};
pub use page::{Listing, Order, Page, page};
pub use upkeep::{Upkeep, count_changed, look_at, mark_changed, mark_seen, seen_reading};

use desk_domain::status::{Status, StatusGroup};
use rusqlite::{Connection, Result, Row, Transaction, named_params};
use uuid::Uuid;

use crate::column::{self, maybe_coded, optional, parsed};
use index::Indexed;

/// One customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// Its connection.
    pub connection_id: Uuid,
    /// The platform's id.
    pub customer_id: String,
    /// Ours, where it is known.
    pub partner_customer_id: Option<String>,
    /// The business name in English; empty where no reading says it.
    pub name: String,
    /// In local script; empty where no reading says it.
    pub local_name: String,
    /// ISO 3166-1 alpha-2, where known.
    pub country: Option<String>,
    /// As last said.
    pub status: Option<Status>,
    /// When it was last read.
    pub read_at: i64,
    /// How it is kept up. [`upsert`] leaves that as it is.
    pub upkeep: Upkeep,
    /// The platform's word for what it is: INDIVIDUAL, CORPORATION or another. Bultra only.
    pub party: Option<String>,
    /// Of an individual: the platform's id of its customer.
    pub individual_of: Option<String>,
    /// What the platform's list says of it.
    pub listed: Listed,
}

/// Keeps what a reading says of a customer. What it does not say (a blank name, no status) stays as an earlier reading
/// said it: missing is "not said", never "cleared". Whose individual it is stays as it was first said.
///
/// # Errors
/// SQLite's: no such connection.
pub fn upsert(tx: &Transaction<'_>, row: &CustomerRow) -> Result<()> {
    let before = indexed(tx, row.connection_id, &row.customer_id)?;
    tx.prepare_cached(
        "INSERT INTO customers (connection_id, customer_id, partner_customer_id, name, local_name, country, status_raw,
             status_group, read_at, party, individual_of)
         VALUES (:connection, :customer, :partner, :name, :local_name, :country, :status, :group, :read_at, :party,
             :individual_of)
         ON CONFLICT (connection_id, customer_id) DO UPDATE SET
             partner_customer_id = coalesce(excluded.partner_customer_id, partner_customer_id),
             name = coalesce(nullif(excluded.name, ''), name),
             local_name = coalesce(nullif(excluded.local_name, ''), local_name),
             country = coalesce(excluded.country, country),
             status_raw = coalesce(excluded.status_raw, status_raw),
             status_group = coalesce(excluded.status_group, status_group),
             read_at = excluded.read_at, party = coalesce(excluded.party, party), unread = 0, unlisted_at = NULL",
    )?
    .execute(named_params! {
        ":connection": column::id(row.connection_id),
        ":customer": row.customer_id,
        ":partner": row.partner_customer_id,
        ":name": row.name,
        ":local_name": row.local_name,
        ":country": row.country,
        ":status": row.status.as_ref().map(|status| &status.raw),
        ":group": row.status.as_ref().map(|status| status.group.code()),
        ":read_at": row.read_at,
        ":party": row.party,
        ":individual_of": row.individual_of,
    })?;
    file(tx, row.connection_id, before, indexed(tx, row.connection_id, &row.customer_id)?)
}

/// A customer as the index has it, and the group that decides on its shelf.
fn indexed(tx: &Transaction<'_>, connection: Uuid, customer_id: &str) -> Result<Option<(Indexed, StatusGroup)>> {
    let columns = Indexed::COLUMNS;
    let sql = format!("SELECT {columns}, status_group FROM customers WHERE connection_id = ?1 AND customer_id = ?2");
    let found = tx.prepare_cached(&sql)?.query_row((column::id(connection), customer_id), |row| {
        let group = maybe_coded(row, "status_group", StatusGroup::from_code)?;
        Ok((Indexed::from_row(row)?, group.unwrap_or(StatusGroup::Unknown)))
    });
    optional(found)
}

/// Puts a customer that changed on its shelf and into the index. An individual has neither.
fn file(
    tx: &Transaction<'_>,
    connection: Uuid,
    before: Option<(Indexed, StatusGroup)>,
    now: Option<(Indexed, StatusGroup)>,
) -> Result<()> {
    let Some((mut now, group)) = now else { return Ok(()) };
    if now.individual_of.is_some() {
        return Ok(());
    }
    let on = before.as_ref().map(|(before, _)| before.shelf);
    let moved = before.as_ref().is_none_or(|(_, before)| *before != group);
    if !moved && before.is_some_and(|(before, _)| before.says() == now.says()) {
        return Ok(());
    }
    if moved {
        now.shelf = shelves::put(tx, on, connection, group)?;
    }
    tx.prepare_cached("UPDATE customers SET shelf = ?2, name_sort = ?3 WHERE number = ?1")?.execute((
        now.number,
        now.shelf,
        index::name_sort(&now.name, &now.local_name),
    ))?;
    index::write(tx, &now, on)
}

/// One customer.
///
/// # Errors
/// SQLite's.
pub fn get(db: &Connection, connection: Uuid, customer_id: &str) -> Result<Option<CustomerRow>> {
    let sql = "SELECT * FROM customers WHERE connection_id = ?1 AND customer_id = ?2";
    optional(db.prepare_cached(sql)?.query_row((column::id(connection), customer_id), from_row))
}

/// The individuals of a customer, in the order in which they became known.
///
/// # Errors
/// SQLite's.
pub fn individuals_of(db: &Connection, connection: Uuid, customer_id: &str) -> Result<Vec<CustomerRow>> {
    let mut statement = db.prepare_cached(INDIVIDUALS)?;
    statement.query_map((column::id(connection), customer_id), from_row)?.collect()
}

const INDIVIDUALS: &str = "SELECT * FROM customers INDEXED BY customers_individuals
    WHERE individual_of IS NOT NULL AND connection_id = ?1 AND individual_of = ?2 ORDER BY number";

/// The customers with our id, the one read last first. More than one where the platform made a second row.
///
/// # Errors
/// SQLite's.
pub fn find_by_partner_id(db: &Connection, connection: Uuid, partner_customer_id: &str) -> Result<Vec<CustomerRow>> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM customers WHERE connection_id = ?1 AND partner_customer_id = ?2
         ORDER BY read_at DESC, number DESC",
    )?;
    statement.query_map((column::id(connection), partner_customer_id), from_row)?.collect()
}

fn from_row(row: &Row<'_>) -> Result<CustomerRow> {
    Ok(CustomerRow {
        connection_id: parsed(row, "connection_id")?,
        customer_id: row.get("customer_id")?,
        partner_customer_id: row.get("partner_customer_id")?,
        name: row.get("name")?,
        local_name: row.get("local_name")?,
        country: row.get("country")?,
        status: status(row)?,
        read_at: row.get("read_at")?,
        upkeep: Upkeep::from_row(row)?,
        party: row.get("party")?,
        individual_of: row.get("individual_of")?,
        listed: Listed::from_row(row)?,
    })
}

/// The status of a customer or a reading. The group is stored for lists; the rules that gave it may change, the raw word
/// does not.
pub(crate) fn status(row: &Row<'_>) -> Result<Option<Status>> {
    let group = maybe_coded(row, "status_group", StatusGroup::from_code)?;
    let raw: Option<String> = row.get("status_raw")?;
    Ok(raw.zip(group).map(|(raw, group)| Status { group, raw }))
}
