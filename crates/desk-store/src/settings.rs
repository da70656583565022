//! Settings: texts by key. What is meant by a key is the caller's; `activity.key` belongs to the trail.

use rusqlite::{Connection, Result, Transaction};

use crate::column::optional;

/// The value of a key.
///
/// # Errors
/// SQLite's.
pub fn get(db: &Connection, key: &str) -> Result<Option<String>> {
    optional(db.prepare_cached("SELECT value FROM settings WHERE key = ?1")?.query_row([key], |row| row.get(0)))
}

/// Sets the value of a key.
///
/// # Errors
/// SQLite's.
pub fn set(tx: &Transaction<'_>, key: &str, value: &str) -> Result<()> {
    let sql =
        "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    tx.prepare_cached(sql)?.execute([key, value])?;
    Ok(())
}

/// Forgets a key; one that is not there is no error.
///
/// # Errors
/// SQLite's.
pub fn remove(tx: &Transaction<'_>, key: &str) -> Result<()> {
    tx.execute("DELETE FROM settings WHERE key = ?1", [key])?;
    Ok(())
}
