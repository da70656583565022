//! Which SQLite and which SQLCipher are built in: what support asks for first.

use rusqlite::{Connection, Result};

/// The versions of the database's parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// Of SQLite, such as `3.51.1`.
    pub sqlite: String,
    /// Of SQLCipher, such as `4.12.0 community`.
    pub sqlcipher: String,
}

/// Asks them.
///
/// # Errors
/// SQLite's.
pub fn versions(db: &Connection) -> Result<Versions> {
    Ok(Versions {
        sqlite: db.query_row("SELECT sqlite_version()", [], |row| row.get(0))?,
        sqlcipher: db.query_row("PRAGMA cipher_version", [], |row| row.get(0))?,
    })
}
