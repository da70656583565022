//! What changed of a customer, and whether anybody here has looked at it.

use rusqlite::{Connection, Result, Row, Transaction};
use uuid::Uuid;

use crate::column::{self, id_list, optional};
use crate::readings::{self, ReadingRow};

/// How a customer is kept up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Upkeep {
    /// The order of the newest reading (`seq`) of which somebody here has seen what changed.
    pub seen_seq: Option<i64>,
    /// When a change came that nobody has looked at.
    pub changed_at: Option<i64>,
    /// When the program asks for it again by itself; `None` where it does not.
    pub ask_at: Option<i64>,
    /// How often it did since the status last changed or a person asked.
    pub asks: i64,
}

impl Upkeep {
    pub(super) fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            seen_seq: row.get("seen_seq")?,
            changed_at: row.get("changed_at")?,
            ask_at: row.get("ask_at")?,
            asks: row.get("asks")?,
        })
    }
}

// An individual is on no shelf: its change is one of its own record, and no item of a list.

const CHANGED: &str = "SELECT count(*) FROM customers INDEXED BY customers_changed
    WHERE changed_at IS NOT NULL AND shelf <> 0 AND connection_id IN (SELECT value FROM json_each(?1))";

const CHANGED_NUMBERS: &str = "SELECT number, shelf FROM customers INDEXED BY customers_changed
    WHERE changed_at IS NOT NULL AND shelf <> 0 AND connection_id IN (SELECT value FROM json_each(?1))";

/// How many customers of these connections changed without anybody having looked.
///
/// # Errors
/// SQLite's.
pub fn count_changed(db: &Connection, connections: &[Uuid]) -> Result<u32> {
    db.prepare_cached(CHANGED)?.query_row([id_list(connections)?], |row| row.get(0))
}

/// The same as their numbers and shelves, in no order.
pub(super) fn changed(db: &Connection, connections: &[Uuid]) -> Result<Vec<(i64, i64)>> {
    let mut statement = db.prepare_cached(CHANGED_NUMBERS)?;
    statement.query_map([id_list(connections)?], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// The newest reading of a customer of which somebody has seen what changed.
///
/// # Errors
/// SQLite's.
pub fn seen_reading(db: &Connection, connection: Uuid, customer_id: &str) -> Result<Option<ReadingRow>> {
    let sql = "SELECT readings.* FROM customers JOIN readings_by_kind AS readings ON readings.seq = customers.seen_seq
               WHERE customers.connection_id = ?1 AND customers.customer_id = ?2";
    optional(db.prepare_cached(sql)?.query_row((column::id(connection), customer_id), readings::from_row))
}

/// A change came. Whether nothing of this customer was waiting to be looked at yet: the time of the first one stays.
///
/// # Errors
/// SQLite's.
pub fn mark_changed(tx: &Transaction<'_>, connection: Uuid, customer_id: &str, now_ms: i64) -> Result<bool> {
    let sql = "UPDATE customers SET changed_at = ?3
               WHERE connection_id = ?1 AND customer_id = ?2 AND changed_at IS NULL";
    Ok(tx.prepare_cached(sql)?.execute((column::id(connection), customer_id, now_ms))? > 0)
}

/// Nothing is left to look at. `whole` where the newest reading is what later ones are compared with: not where it says
/// less than the one before, since what it leaves out could change unseen then.
///
/// # Errors
/// SQLite's.
pub fn mark_seen(tx: &Transaction<'_>, connection: Uuid, customer_id: &str, whole: bool) -> Result<()> {
    let sql = "UPDATE customers SET changed_at = NULL, seen_seq = CASE WHEN ?3 OR seen_seq IS NULL THEN
                   (SELECT max(seq) FROM readings WHERE connection_id = ?1 AND customer_id = ?2) ELSE seen_seq END
               WHERE connection_id = ?1 AND customer_id = ?2";
    tx.prepare_cached(sql)?.execute((column::id(connection), customer_id, whole))?;
    Ok(())
}

/// Somebody has looked at what changed up to a reading. Whether that is news; `None` where it is no reading of this
/// customer. What changed after that reading is still to be looked at.
///
/// # Errors
/// SQLite's.
pub fn look_at(tx: &Transaction<'_>, connection: Uuid, customer_id: &str, reading: Uuid) -> Result<Option<bool>> {
    let sql = "SELECT seq, seq = (SELECT max(seq) FROM readings WHERE connection_id = ?1 AND customer_id = ?2)
               FROM readings WHERE id = ?3 AND connection_id = ?1 AND customer_id = ?2";
    let key = (column::id(connection), customer_id, column::id(reading));
    let found: Option<(i64, bool)> =
        optional(tx.prepare_cached(sql)?.query_row(key, |row| Ok((row.get(0)?, row.get(1)?))))?;
    let Some((seq, newest)) = found else { return Ok(None) };
    // A second look at the same changes is none, and an older reading is never put back in the place of a newer one.
    let sql = "UPDATE customers SET seen_seq = max(coalesce(seen_seq, 0), ?3),
                   changed_at = CASE WHEN ?4 THEN NULL ELSE changed_at END
               WHERE connection_id = ?1 AND customer_id = ?2 AND changed_at IS NOT NULL
                   AND (?4 OR coalesce(seen_seq, 0) < ?3)";
    let key = (column::id(connection), customer_id, seq, newest);
    Ok(Some(tx.prepare_cached(sql)?.execute(key)? > 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::{asking, listed, texts};

    /// A question that looks at every customer is right with few and slow with many.
    #[test]
    fn what_changed_and_who_is_next_is_asked_of_an_index_alone() {
        let db = crate::migrations::empty_database();
        let new = [listed::UNREAD, listed::UNREAD_COUNT, texts::INDIVIDUALS, crate::customers::INDIVIDUALS];
        for sql in [CHANGED, CHANGED_NUMBERS, asking::DUE, asking::NEXT_DUE].into_iter().chain(new) {
            let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let nothing = vec![rusqlite::types::Null; plan.parameter_count()];
            let plan: Result<Vec<String>> =
                plan.query_map(rusqlite::params_from_iter(nothing), |row| row.get("detail")).unwrap().collect();
            let plan = plan.unwrap().join("\n");
            let bad = ["TEMP B-TREE", "SCAN customers", "SCAN readings"];
            assert!(bad.iter().all(|bad| !plan.contains(bad)), "{sql}: {plan}");
            assert!(plan.contains("INDEX customers_"), "{sql}: {plan}");
        }
    }
}
