//! Who is asked for next (DECISIONS 13). What the times are is the caller's.

use rusqlite::{Connection, Result, Row, Transaction};
use uuid::Uuid;

use crate::column::{self, one_row, optional};

// Two asks, and a customer goes before others no longer: `customers_asked` is made with that number, and SQLite takes it
// only where its words stand here again.

pub(super) const DUE: &str = "SELECT customer_id, asks FROM customers INDEXED BY customers_asked
    WHERE ask_at IS NOT NULL AND connection_id = ?1 AND (asks > 2) = ?2 AND ask_at <= ?3
    ORDER BY ask_at, number LIMIT 1";

pub(super) const NEXT_DUE: &str = "SELECT ask_at FROM customers INDEXED BY customers_asked
    WHERE ask_at IS NOT NULL AND connection_id = ?1 AND (asks > 2) = ?2 AND ask_at > ?3
    ORDER BY ask_at, number LIMIT 1";

/// A customer that is to be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The platform's id.
    pub customer_id: String,
    /// How often it was since the status last changed or a person asked.
    pub asks: i64,
}

/// The customer of a connection that is to be asked for now: those asked for a few times only first, since somebody has
/// just sent them, then the one that has waited longest.
///
/// # Errors
/// SQLite's.
pub fn due(db: &Connection, connection: Uuid, now_ms: i64) -> Result<Option<Asked>> {
    let asked = |row: &Row<'_>| Ok(Asked { customer_id: row.get("customer_id")?, asks: row.get("asks")? });
    let mut statement = db.prepare_cached(DUE)?;
    for often in [false, true] {
        let found = optional(statement.query_row((column::id(connection), often, now_ms), asked))?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The next time after this one at which a customer of a connection is to be asked for.
///
/// # Errors
/// SQLite's.
pub fn next_due(db: &Connection, connection: Uuid, now_ms: i64) -> Result<Option<i64>> {
    let mut statement = db.prepare_cached(NEXT_DUE)?;
    let mut next = |often: bool| -> Result<Option<i64>> {
        optional(statement.query_row((column::id(connection), often, now_ms), |row| row.get(0)))
    };
    Ok([next(false)?, next(true)?].into_iter().flatten().min())
}

/// Sets when a customer is asked for next, `None` for never, and how often it was. An individual never is.
///
/// # Errors
/// SQLite's; no such customer.
pub fn schedule(
    tx: &Transaction<'_>,
    connection: Uuid,
    customer_id: &str,
    ask_at: Option<i64>,
    asks: i64,
) -> Result<()> {
    let sql = "UPDATE customers SET ask_at = CASE WHEN individual_of IS NULL THEN ?3 END, asks = ?4
               WHERE connection_id = ?1 AND customer_id = ?2";
    one_row(tx.prepare_cached(sql)?.execute((column::id(connection), customer_id, ask_at, asks))?)
}

/// The platform wants nothing more than what a person does before this time.
///
/// # Errors
/// SQLite's; no such connection.
pub fn hold(tx: &Transaction<'_>, connection: Uuid, until_ms: i64) -> Result<()> {
    let sql = "UPDATE connections SET ask_after = ?2 WHERE id = ?1";
    one_row(tx.prepare_cached(sql)?.execute((column::id(connection), until_ms))?)
}

/// Until when it wants that, where it does.
///
/// # Errors
/// SQLite's; no such connection.
pub fn held_until(db: &Connection, connection: Uuid) -> Result<Option<i64>> {
    db.prepare_cached("SELECT ask_after FROM connections WHERE id = ?1")?
        .query_row([column::id(connection)], |row| row.get(0))
}

/// Brings back what lies further ahead than the program ever puts it: the clock was set back since.
///
/// # Errors
/// SQLite's.
pub fn heed_clock(tx: &Transaction<'_>, now_ms: i64, longest_ms: i64) -> Result<()> {
    let latest = now_ms.saturating_add(longest_ms);
    let sql = "UPDATE customers INDEXED BY customers_asked SET ask_at = ?1 WHERE ask_at IS NOT NULL AND ask_at > ?2";
    tx.execute(sql, (now_ms, latest))?;
    tx.execute("UPDATE connections SET ask_after = ?1 WHERE ask_after > ?1", [latest])?;
    Ok(())
}
