//! How far the lists of a platform were read, each by its filters. Their rows are customers (`customers::list_in`).

use rusqlite::{Connection, Result, Row, Transaction};
use uuid::Uuid;

use crate::column::{self, one_row, optional, parsed};

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListKey<'a> {
    /// Its connection.
    pub connection: Uuid,
    /// The filter `type`; empty for none.
    pub party: &'a str,
    /// The filter `status`; empty for none.
    pub status: &'a str,
}

impl ListKey<'_> {
    fn columns(&self) -> (String, &str, &str) {
        (column::id(self.connection), self.party, self.status)
    }
}

/// How far one list was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformListRow {
    /// Its connection.
    pub connection_id: Uuid,
    /// The filter `type`; empty for none.
    pub party: String,
    /// The filter `status`; empty for none.
    pub status: String,
    /// Where to go on; `None` at the beginning and at the end.
    pub next_cursor: Option<String>,
    /// Rows since it began.
    pub rows_read: u32,
    /// When it began: whoever was listed since then was named by it, or by another list.
    pub started_at: i64,
    /// When its newest page was read; before the first one when it began.
    pub read_at: i64,
    /// When it came to its end.
    pub complete_at: Option<i64>,
}

/// One list, as far as it was ever begun.
///
/// # Errors
/// SQLite's.
pub fn get(db: &Connection, key: ListKey<'_>) -> Result<Option<PlatformListRow>> {
    let sql = "SELECT * FROM platform_lists WHERE connection_id = ?1 AND party = ?2 AND status = ?3";
    optional(db.prepare_cached(sql)?.query_row(key.columns(), from_row))
}

/// All lists of a connection that were ever begun, by their filters.
///
/// # Errors
/// SQLite's.
pub fn of_connection(db: &Connection, connection: Uuid) -> Result<Vec<PlatformListRow>> {
    let sql = "SELECT * FROM platform_lists WHERE connection_id = ?1 ORDER BY party, status";
    db.prepare_cached(sql)?.query_map([column::id(connection)], from_row)?.collect()
}

/// Begins a list, or begins it anew: nothing of it is read yet.
///
/// # Errors
/// SQLite's: no such connection.
pub fn begin(tx: &Transaction<'_>, key: ListKey<'_>, now_ms: i64) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO platform_lists (connection_id, party, status, rows_read, started_at, read_at)
               VALUES (?1, ?2, ?3, 0, ?4, ?4)";
    let (connection, party, status) = key.columns();
    tx.prepare_cached(sql)?.execute((connection, party, status, now_ms))?;
    Ok(())
}

/// A page was read, and there is a next one.
///
/// # Errors
/// SQLite's; it was never begun.
pub fn advance(tx: &Transaction<'_>, key: ListKey<'_>, next_cursor: &str, rows: u32, now_ms: i64) -> Result<()> {
    set(tx, key, Some(next_cursor), rows, (now_ms, None))
}

/// The last page was read.
///
/// # Errors
/// SQLite's; it was never begun.
pub fn complete(tx: &Transaction<'_>, key: ListKey<'_>, rows: u32, now_ms: i64) -> Result<()> {
    set(tx, key, None, rows, (now_ms, Some(now_ms)))
}

fn set(
    tx: &Transaction<'_>,
    key: ListKey<'_>,
    cursor: Option<&str>,
    rows: u32,
    (read_at, complete_at): (i64, Option<i64>),
) -> Result<()> {
    let sql = "UPDATE platform_lists
               SET next_cursor = ?4, rows_read = rows_read + ?5, read_at = ?6, complete_at = ?7
               WHERE connection_id = ?1 AND party = ?2 AND status = ?3";
    let (connection, party, status) = key.columns();
    one_row(tx.prepare_cached(sql)?.execute((connection, party, status, cursor, rows, read_at, complete_at))?)
}

fn from_row(row: &Row<'_>) -> Result<PlatformListRow> {
    Ok(PlatformListRow {
        connection_id: parsed(row, "connection_id")?,
        party: row.get("party")?,
        status: row.get("status")?,
        next_cursor: row.get("next_cursor")?,
        rows_read: row.get("rows_read")?,
        started_at: row.get("started_at")?,
        read_at: row.get("read_at")?,
        complete_at: row.get("complete_at")?,
    })
}
