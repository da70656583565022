//! Readings: the newest answer about a customer, and every one that differs from the one before.

use desk_domain::platform::Kind;
use desk_domain::status::Status;
use rusqlite::{Connection, Result, Row, Transaction, named_params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::column::{self, coded, optional, parsed};
use crate::{customers, identity_keys};

/// One reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingRow {
    /// Its number among all readings, in the order of their arrival.
    pub seq: i64,
    /// UUID v7.
    pub id: Uuid,
    /// Its connection.
    pub connection_id: Uuid,
    /// The platform that said it.
    pub kind: Kind,
    /// The platform's id of the customer.
    pub customer_id: String,
    /// The answer as it came.
    pub raw: String,
    /// The status it says.
    pub status: Option<Status>,
    /// When this answer was first read.
    pub first_read_at: i64,
    /// When the same answer was last read.
    pub last_read_at: i64,
}

/// An answer to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReading {
    /// UUID v7, for the case that it is a new one.
    pub id: Uuid,
    /// Its connection.
    pub connection_id: Uuid,
    /// The platform's id of the customer.
    pub customer_id: String,
    /// The answer as it came.
    pub raw: String,
    /// The status it says.
    pub status: Option<Status>,
}

/// Keeps an answer and gives the id of its reading: the newest one where the answer is the same to the byte, whose
/// `last_read_at` moves, else a new one, which search knows from then on. The customer must be there (`customers::upsert` first).
///
/// # Errors
/// SQLite's: no such customer.
pub fn keep(tx: &Transaction<'_>, new: &NewReading, now_ms: i64) -> Result<Uuid> {
    let sha256 = Sha256::digest(new.raw.as_bytes());
    // Only against the newest: an answer that goes back to an older state is a change, and a reading of its own.
    let same = optional(
        tx.prepare_cached(
            "UPDATE readings SET last_read_at = ?4
             WHERE sha256 = ?3 AND seq =
                 (SELECT max(seq) FROM readings WHERE connection_id = ?1 AND customer_id = ?2) RETURNING id",
        )?
        .query_row((column::id(new.connection_id), &new.customer_id, sha256.as_slice(), now_ms), |row| {
            parsed(row, "id")
        }),
    )?;
    if let Some(id) = same {
        return Ok(id);
    }
    tx.execute(
        "INSERT INTO readings (id, connection_id, customer_id, raw, sha256, status_raw, status_group, first_read_at,
             last_read_at)
         VALUES (:id, :connection, :customer, :raw, :sha256, :status, :group, :now, :now)",
        named_params! {
            ":id": column::id(new.id),
            ":connection": column::id(new.connection_id),
            ":customer": new.customer_id,
            ":raw": new.raw,
            ":sha256": sha256.as_slice(),
            ":status": new.status.as_ref().map(|status| &status.raw),
            ":group": new.status.as_ref().map(|status| status.group.code()),
            ":now": now_ms,
        },
    )?;
    customers::after_reading(tx, new.connection_id, &new.customer_id)?;
    identity_keys::of_reading(tx, new.connection_id, &new.customer_id)?;
    Ok(new.id)
}

/// The newest reading of a customer.
///
/// # Errors
/// SQLite's.
pub fn newest(db: &Connection, connection: Uuid, customer_id: &str) -> Result<Option<ReadingRow>> {
    let sql = "SELECT * FROM readings_by_kind WHERE connection_id = ?1 AND customer_id = ?2 ORDER BY seq DESC LIMIT 1";
    optional(db.prepare_cached(sql)?.query_row((column::id(connection), customer_id), from_row))
}

/// One reading.
///
/// # Errors
/// SQLite's.
pub fn get(db: &Connection, id: Uuid) -> Result<Option<ReadingRow>> {
    optional(db.prepare_cached("SELECT * FROM readings_by_kind WHERE id = ?1")?.query_row([column::id(id)], from_row))
}

/// The newest readings of a customer, newest first, at most `limit`.
///
/// # Errors
/// SQLite's.
pub fn list(db: &Connection, connection: Uuid, customer_id: &str, limit: u32) -> Result<Vec<ReadingRow>> {
    let sql = "SELECT * FROM readings_by_kind WHERE connection_id = ?1 AND customer_id = ?2 ORDER BY seq DESC LIMIT ?3";
    db.prepare_cached(sql)?.query_map((column::id(connection), customer_id, limit), from_row)?.collect()
}

/// The reading of the same customer that came before one.
///
/// # Errors
/// SQLite's.
pub fn before(db: &Connection, reading: &ReadingRow) -> Result<Option<ReadingRow>> {
    let sql = "SELECT * FROM readings_by_kind WHERE connection_id = ?1 AND customer_id = ?2 AND seq < ?3
         ORDER BY seq DESC LIMIT 1";
    let ReadingRow { connection_id, customer_id, seq, .. } = reading;
    optional(db.prepare_cached(sql)?.query_row((column::id(*connection_id), customer_id, seq), from_row))
}

/// The readings of a customer before this one, newest first.
///
/// # Errors
/// SQLite's.
pub fn older(db: &Connection, than: &ReadingRow, limit: u32) -> Result<Vec<ReadingRow>> {
    let sql = "SELECT * FROM readings_by_kind WHERE connection_id = ?1 AND customer_id = ?2
         AND seq < (SELECT seq FROM readings WHERE id = ?3) ORDER BY seq DESC LIMIT ?4";
    let key = (column::id(than.connection_id), &than.customer_id, column::id(than.id), limit);
    db.prepare_cached(sql)?.query_map(key, from_row)?.collect()
}

/// How many readings of a customer are kept.
///
/// # Errors
/// SQLite's.
pub fn count(db: &Connection, connection: Uuid, customer_id: &str) -> Result<u32> {
    let sql = "SELECT count(*) FROM readings WHERE connection_id = ?1 AND customer_id = ?2";
    db.prepare_cached(sql)?.query_row((column::id(connection), customer_id), |row| row.get(0))
}

/// The statuses of a customer, newest first, each with the time it was first read; readings that say none are passed over.
///
/// # Errors
/// SQLite's.
pub fn status_history(db: &Connection, connection: Uuid, customer_id: &str) -> Result<Vec<(Status, i64)>> {
    let mut statement = db.prepare_cached(
        "SELECT status_raw, status_group, first_read_at FROM readings
         WHERE connection_id = ?1 AND customer_id = ?2 AND status_raw IS NOT NULL ORDER BY seq",
    )?;
    let mut rows = statement.query((column::id(connection), customer_id))?;
    let mut history: Vec<(Status, i64)> = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(status) = customers::status(row)?
            && history.last().is_none_or(|(last, _)| last.raw != status.raw)
        {
            history.push((status, row.get("first_read_at")?));
        }
    }
    history.reverse();
    Ok(history)
}

pub(crate) fn from_row(row: &Row<'_>) -> Result<ReadingRow> {
    Ok(ReadingRow {
        seq: row.get("seq")?,
        id: parsed(row, "id")?,
        connection_id: parsed(row, "connection_id")?,
        kind: coded(row, "kind", Kind::from_code)?,
        customer_id: row.get("customer_id")?,
        raw: row.get("raw")?,
        status: customers::status(row)?,
        first_read_at: row.get("first_read_at")?,
        last_read_at: row.get("last_read_at")?,
    })
}
