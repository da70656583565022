//! What a platform's list says of its customers: new ones become known by it, and it moves the status of known ones.

use desk_domain::bultra::{ListedCustomer, Target};
use desk_domain::status::Status;
use rusqlite::{Connection, Result, Row, Transaction, named_params};
use uuid::Uuid;

use super::{file, indexed, status};
use crate::column::{self, one_row, optional};

/// What a platform's list says of a customer. `upsert` leaves that as it is, but that the platform has it and that it was
/// read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listed {
    /// The email address as it came: what the list or a reading said last.
    pub email: Option<String>,
    /// When the platform made it, as it came.
    pub created_at: Option<String>,
    /// When the list last named it.
    pub listed_at: Option<i64>,
    /// When a whole reading of the list did not name it any more, or the platform said that it has none such; until the list
    /// names it again, or the platform answers about it.
    pub unlisted_at: Option<i64>,
    /// It is known from the list alone: it was never read.
    pub unread: bool,
}

impl Listed {
    pub(super) fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            email: row.get("email")?,
            created_at: row.get("platform_created_at")?,
            listed_at: row.get("listed_at")?,
            unlisted_at: row.get("unlisted_at")?,
            unread: row.get("unread")?,
        })
    }
}

/// What became of the rows of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedIn {
    /// So many customers were not known before.
    pub new: u32,
    /// Those with another word for their status than before. They count as never asked for; when they are asked for next
    /// is for the caller to say (`schedule`).
    pub moved: Vec<Moved>,
}

/// A customer to which the list gave another status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The platform's id.
    pub customer_id: String,
    /// As it was known before; `None` also for a customer that was not.
    pub was: Option<Status>,
    /// As the list says it.
    pub status: Status,
    /// It was never read.
    pub unread: bool,
}

/// Takes rows of a platform's list in. Whoever is not known becomes a customer that was never read; of the others it says
/// the newest status, party and email address. What it does not say stays, and so do names, readings and what was seen. Rows
/// without an id, or with one that would be an individual's, are passed over.
///
/// # Errors
/// SQLite's: no such connection.
pub fn list_in(tx: &Transaction<'_>, connection: Uuid, rows: &[ListedCustomer], now_ms: i64) -> Result<ListedIn> {
    let mut done = ListedIn::default();
    for row in rows {
        if row.customer_id.is_empty() || Target::of(&row.customer_id).individual.is_some() {
            continue;
        }
        take_in(tx, connection, row, now_ms, &mut done)?;
    }
    Ok(done)
}

fn take_in(
    tx: &Transaction<'_>,
    connection: Uuid,
    row: &ListedCustomer,
    now_ms: i64,
    done: &mut ListedIn,
) -> Result<()> {
    let key = (column::id(connection), &row.customer_id);
    let sql = "SELECT status_raw, status_group, unread FROM customers WHERE connection_id = ?1 AND customer_id = ?2";
    let known = |row: &Row<'_>| Ok((status(row)?, row.get::<_, bool>("unread")?));
    let known = optional(tx.prepare_cached(sql)?.query_row(key, known))?;
    let before = indexed(tx, connection, &row.customer_id)?;
    let said = said(&row.status).map(Status::of);
    let is_other = |was: &Option<Status>, now: &Status| {
        was.as_ref().is_none_or(|was| !was.raw.trim().eq_ignore_ascii_case(now.raw.trim()))
    };
    let is_new = known.is_none();
    let (was, unread) = known.unwrap_or((None, true));
    let moved = said.clone().filter(|now| is_other(&was, now));
    tx.prepare_cached(
        "INSERT INTO customers (connection_id, customer_id, name, local_name, status_raw, status_group, read_at, party,
             email, platform_created_at, listed_at, unread)
         VALUES (:connection, :customer, '', '', :status, :group, :now, :party, :email, :created_at, :now, 1)
         ON CONFLICT (connection_id, customer_id) DO UPDATE SET
             status_raw = coalesce(excluded.status_raw, status_raw),
             status_group = coalesce(excluded.status_group, status_group),
             asks = CASE WHEN :moved THEN 0 ELSE asks END,
             party = coalesce(excluded.party, party), email = coalesce(excluded.email, email),
             platform_created_at = coalesce(excluded.platform_created_at, platform_created_at),
             listed_at = excluded.listed_at, unlisted_at = NULL",
    )?
    .execute(named_params! {
        ":connection": column::id(connection),
        ":customer": row.customer_id,
        ":status": said.as_ref().map(|status| &status.raw),
        ":group": said.as_ref().map(|status| status.group.code()),
        ":now": now_ms,
        ":party": self::said(&row.party),
        ":email": self::said(&row.email),
        ":created_at": self::said(&row.created_at),
        ":moved": moved.is_some(),
    })?;
    file(tx, connection, before, indexed(tx, connection, &row.customer_id)?)?;
    done.new += u32::from(is_new);
    if let Some(status) = moved {
        done.moved.push(Moved { customer_id: row.customer_id.clone(), was, status, unread });
    }
    Ok(())
}

/// A blank text says nothing.
fn said(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.trim().is_empty())
}

/// Says of the customers that a list named before this time, and not since, that it does not name them any more; of so many
/// it is news. Customers that no list ever named are none of them, nor those that were read since: the platform has them.
///
/// # Errors
/// SQLite's.
pub fn mark_unlisted(tx: &Transaction<'_>, connection: Uuid, before_ms: i64, now_ms: i64) -> Result<u32> {
    let sql = "UPDATE customers SET unlisted_at = ?3
               WHERE connection_id = ?1 AND listed_at < ?2 AND unlisted_at IS NULL AND (unread = 1 OR read_at < ?2)";
    let changed = tx.prepare_cached(sql)?.execute((column::id(connection), before_ms, now_ms))?;
    Ok(u32::try_from(changed).unwrap_or(u32::MAX))
}

/// The platform says of one customer that it has none such.
///
/// # Errors
/// SQLite's; no such customer.
pub fn unlist(tx: &Transaction<'_>, connection: Uuid, customer_id: &str, now_ms: i64) -> Result<()> {
    let sql =
        "UPDATE customers SET unlisted_at = coalesce(unlisted_at, ?3) WHERE connection_id = ?1 AND customer_id = ?2";
    one_row(tx.prepare_cached(sql)?.execute((column::id(connection), customer_id, now_ms))?)
}

pub(super) const UNREAD: &str = "SELECT number, customer_id FROM customers INDEXED BY customers_unread
    WHERE unread = 1 AND unlisted_at IS NULL AND connection_id = ?1 AND number > ?2 ORDER BY number LIMIT ?3";

pub(super) const UNREAD_COUNT: &str = "SELECT count(*) FROM customers INDEXED BY customers_unread
    WHERE unread = 1 AND unlisted_at IS NULL AND connection_id = ?1";

/// Customers that are known from the list alone, by their number and their id, in the order in which they came: those after
/// a number (0 for the first), at most `limit`. Whom the list does not name any more is none of them.
///
/// # Errors
/// SQLite's.
pub fn unread(db: &Connection, connection: Uuid, after: i64, limit: u32) -> Result<Vec<(i64, String)>> {
    let mut statement = db.prepare_cached(UNREAD)?;
    let rows = statement.query_map((column::id(connection), after, limit), |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// How many they are.
///
/// # Errors
/// SQLite's.
pub fn unread_count(db: &Connection, connection: Uuid) -> Result<u32> {
    db.prepare_cached(UNREAD_COUNT)?.query_row([column::id(connection)], |row| row.get(0))
}
