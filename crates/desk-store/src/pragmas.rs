//! The settings of every connection (ARCHITECTURE "The store"), each read back: SQLite ignores what it does not know.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Result};

use crate::error::OpenError;

/// How long a connection waits for another one of ours or of a backup program, in ms: longer than a checkpoint takes.
const BUSY_MS: u32 = 5_000;

/// Pages of 4 KiB in the log before they are moved into the file: 4 MB, a commit's worth of waiting.
const CHECKPOINT_PAGES: i64 = 1_000;

/// Size to which the log is cut after a checkpoint, in bytes, so that one big import does not leave its log behind.
const LOG_KEPT_BYTES: i64 = 16 * 1024 * 1024;

/// Name, what is set, what SQLite answers when asked.
pub(crate) const PRAGMAS: &[(&str, &str, &str)] = &[
    ("synchronous", "FULL", "2"),
    ("secure_delete", "ON", "1"),
    ("foreign_keys", "ON", "1"),
    ("temp_store", "MEMORY", "2"),
    // Pages kept decrypted, in KiB: a search of 100,000 customers reads some 8 MB, and decrypting them each time is slow.
    ("cache_size", "-16384", "-16384"),
    ("trusted_schema", "OFF", "0"),
    // A page whose cells overlap is refused when it is read, not when it has given wrong data.
    ("cell_size_check", "ON", "1"),
    // macOS: a plain fsync leaves the data in the drive's own memory.
    ("fullfsync", "ON", "1"),
    ("checkpoint_fullfsync", "ON", "1"),
];

/// Settings of the connection that writes.
pub(crate) fn for_writing(connection: &Connection) -> Result<(), OpenError> {
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(OpenError::Failed(format!("journal_mode is {mode}")));
    }
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    connection.pragma_update(None, "journal_size_limit", LOG_KEPT_BYTES)?;
    for_all(connection)
}

/// Settings of every connection.
pub(crate) fn for_all(connection: &Connection) -> Result<(), OpenError> {
    connection.pragma_update(None, "busy_timeout", BUSY_MS)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    for (name, value, _) in PRAGMAS {
        connection.pragma_update(None, name, value)?;
    }
    read_back(connection)
}

/// Every setting is what it was set to.
pub(crate) fn read_back(connection: &Connection) -> Result<(), OpenError> {
    for (name, _, expected) in PRAGMAS {
        let found: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
        if found.to_string() != *expected {
            return Err(OpenError::Failed(format!("{name} is {found}")));
        }
    }
    Ok(())
}
