//! A page that fails its check of authenticity is no error of SQLite's: SQLCipher hands out zeros in its place, keeps the
//! fault to itself, and a long text ends in zeros. So every read and write ends with the question whether that happened.

use rusqlite::ffi::{self, Error as Code};
use rusqlite::{Connection, Error, Result};

/// The answer of `f`, unless a page that was read for it is damaged. The connection says so for good.
pub(crate) fn intact<T>(connection: &Connection, f: impl FnOnce() -> Result<T>) -> Result<T> {
    let answer = f();
    // Never a cached statement: this pragma is answered while it is prepared.
    let status: String = connection.query_row("PRAGMA cipher_status", [], |row| row.get(0))?;
    if status == "1" { answer } else { Err(Error::SqliteFailure(Code::new(ffi::SQLITE_CORRUPT), None)) }
}
