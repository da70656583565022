//! Who of the files is sent next, and what puts that off or brings it forward.

use rusqlite::{Connection, Result, Row, Transaction};
use uuid::Uuid;

use super::{HELD, RATE_LIMITED, THERE};
use crate::column::{self, parsed};

/// The due time of what waits for a person or for its connection, and not for a time.
pub const NEVER: i64 = i64::MAX;

/// No platform holds a connection for longer: what says so was written by a clock that was ahead.
const HELD_MOST_MS: i64 = 24 * 60 * 60 * 1_000;

/// Something to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDocument {
    /// The file.
    pub document: Uuid,
    /// The connection of its draft.
    pub connection: Uuid,
}

/// Files that may be sent at some time, with the connection that they go to.
const ALIVE: &str = "documents INDEXED BY documents_alive
    JOIN drafts ON drafts.id = documents.draft_id AND drafts.deleted_at IS NULL
    JOIN connections ON connections.id = drafts.connection_id AND connections.archived_at IS NULL
    WHERE documents.state IN ('waiting', 'sending')";

/// The drafts of a connection.
const OF_CONNECTION: &str = "draft_id IN (SELECT id FROM drafts WHERE connection_id = ?1)";

const WAITS_FOR_NETWORK: &str = "state = 'waiting' AND reason ->> '$.code' LIKE 'network.%'
    AND draft_id IN (SELECT id FROM drafts WHERE connection_id = ?1)";

/// What may be sent at this time, the oldest first. Of one connection there may be several.
///
/// # Errors
/// SQLite's.
pub fn sendable(db: &Connection, now_ms: i64) -> Result<Vec<DueDocument>> {
    let sql = format!(
        "SELECT documents.id AS id, drafts.connection_id AS connection_id FROM {ALIVE}
             AND documents.state = 'waiting' AND documents.due_at <= ?1 AND {THERE}
         ORDER BY documents.created_at, documents.id"
    );
    let due =
        |row: &Row<'_>| Ok(DueDocument { document: parsed(row, "id")?, connection: parsed(row, "connection_id")? });
    db.prepare_cached(&sql)?.query_map([now_ms], due)?.collect()
}

/// The next time after this one at which something is to be sent; `None` where nothing waits for a time.
///
/// # Errors
/// SQLite's.
pub fn next_due(db: &Connection, now_ms: i64) -> Result<Option<i64>> {
    let sql = format!(
        "SELECT min(documents.due_at) FROM {ALIVE}
             AND documents.state = 'waiting' AND documents.due_at > ?1 AND documents.due_at < ?2 AND {THERE}"
    );
    db.prepare_cached(&sql)?.query_row([now_ms, NEVER], |row| row.get(0))
}

/// Whether a file is on its way over a connection: what becomes of it is of the host that it went to.
///
/// # Errors
/// SQLite's.
pub fn is_sending(db: &Connection, connection: Uuid) -> Result<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM documents WHERE state = 'sending' AND {OF_CONNECTION})");
    db.prepare_cached(&sql)?.query_row([column::id(connection)], |row| row.get(0))
}

/// Holds a connection until this time: the platform wants to be left alone. Whatever of it waits, or will, is not sent before,
/// unless a person says so; what waits for longer, and for something else, goes on waiting for that.
///
/// # Errors
/// SQLite's.
pub fn put_off_all(tx: &Transaction<'_>, connection: Uuid, until: i64) -> Result<()> {
    let connection = column::id(connection);
    tx.execute("UPDATE connections SET files_after = ?2 WHERE id = ?1", (&connection, until))?;
    let sql = format!(
        "UPDATE documents SET due_at = ?2, reason = ?3 WHERE state = 'waiting' AND due_at < ?2 AND {OF_CONNECTION}"
    );
    tx.execute(&sql, (&connection, until, RATE_LIMITED))?;
    Ok(())
}

/// After a start: what was being sent waits again. Sending a file twice does no harm, it gives an id that nobody uses.
/// What waits for longer than `longest_ms` waited by a clock that was ahead: it is tried, and so is what waited for a keyring.
/// A connection that is held stays so, for [`HELD_MOST_MS`] at most.
///
/// # Errors
/// SQLite's.
pub fn restart(tx: &Transaction<'_>, now_ms: i64, longest_ms: i64) -> Result<()> {
    let latest = now_ms.saturating_add(HELD_MOST_MS);
    tx.execute("UPDATE connections SET files_after = NULL WHERE files_after > ?1", [latest])?;
    let sql = format!("UPDATE documents SET state = 'waiting', due_at = max(?1, {HELD}) WHERE state = 'sending'");
    tx.execute(&sql, [now_ms])?;
    let sql = format!(
        "UPDATE documents SET due_at = max(?1, {HELD}) WHERE state = 'waiting' AND due_at > ?2
             AND (due_at < ?3 OR reason ->> '$.code' LIKE 'keyring.%')"
    );
    tx.execute(&sql, [now_ms, now_ms.saturating_add(longest_ms), NEVER])?;
    Ok(())
}

/// What waits for its connection is due, or will be when that is held no more: it works, or has other keys. How many there
/// were.
///
/// # Errors
/// SQLite's.
pub fn resume(tx: &Transaction<'_>, connection: Uuid, now_ms: i64) -> Result<usize> {
    let sql = format!(
        "UPDATE documents SET due_at = max(?2, {HELD}) WHERE state = 'waiting' AND due_at = {NEVER} AND {OF_CONNECTION}"
    );
    tx.execute(&sql, (column::id(connection), now_ms))
}

/// What waits for the network of a connection is due: it was reached. What the platform has put off stays put off.
///
/// # Errors
/// SQLite's.
pub fn hasten(tx: &Transaction<'_>, connection: Uuid, now_ms: i64) -> Result<usize> {
    let sql =
        format!("UPDATE documents SET due_at = max(?2, {HELD}) WHERE {WAITS_FOR_NETWORK} AND due_at > max(?2, {HELD})");
    tx.execute(&sql, (column::id(connection), now_ms))
}

/// Whether something of a connection waits for its network.
///
/// # Errors
/// SQLite's.
pub fn waits_for_network(db: &Connection, connection: Uuid) -> Result<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM documents WHERE {WAITS_FOR_NETWORK})");
    db.prepare_cached(&sql)?.query_row([column::id(connection)], |row| row.get(0))
}
