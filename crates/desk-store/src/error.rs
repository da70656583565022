//! What goes wrong, without a value of a row in it: neither error may carry personal data into a log.

use rusqlite::{Error, ErrorCode};

/// Why a database was not opened. Nothing of it was changed, unless a migration had begun, which is undone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// A newer version of the program wrote it. It is untouched to the byte.
    #[error("the database has version {found}, this program knows {known}")]
    Newer {
        /// The version of the database.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The first page is not readable with this key. Where the key passed the check value of `desk.key.json`, it is the
    /// page that is damaged.
    #[error("the key does not open the database")]
    KeyWrong,
    /// The file is no whole database.
    #[error("the database is damaged")]
    Damaged,
    /// The folder or the file cannot be written, or the disk is full.
    #[error("the database cannot be written: {0}")]
    Unwritable(String),
    /// Anything else.
    #[error("the database was not opened: {0}")]
    Failed(String),
}

/// Why a read or a write did not happen. A write that failed left nothing behind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No room on the disk. The next write is tried afresh.
    #[error("the disk is full")]
    Full,
    /// The disk did not read or write.
    #[error("the disk failed: {0}")]
    Io(String),
    /// The store is closed.
    #[error("the store is closed")]
    Closed,
    /// A rule of the tables refused it: something exists already, or never changes.
    #[error("a rule of the store refused it: {0}")]
    Constraint(String),
    /// The row that was to be changed is not there.
    #[error("no such row")]
    NotFound,
    /// The file is damaged.
    #[error("the database is damaged")]
    Damaged,
    /// Anything else.
    #[error("the store failed: {0}")]
    Failed(String),
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        if matches!(error, Error::QueryReturnedNoRows) {
            return Self::NotFound;
        }
        let said = harmless(&error);
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::NoLargeFileSupport,
            ) => Self::Io(said),
            Some(ErrorCode::ConstraintViolation) => Self::Constraint(said),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            _ => Self::Failed(said),
        }
    }
}

impl From<Error> for OpenError {
    fn from(error: Error) -> Self {
        let said = harmless(&error);
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::KeyWrong,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            Some(
                ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure,
            ) => Self::Unwritable(said),
            _ => Self::Failed(said),
        }
    }
}

impl From<std::io::Error> for OpenError {
    fn from(error: std::io::Error) -> Self {
        Self::Unwritable(error.kind().to_string())
    }
}

/// What SQLite said of codes, tables and columns. The texts of conversions are left out, for they quote the value.
fn harmless(error: &Error) -> String {
    match error {
        Error::SqliteFailure(code, Some(said)) => format!("{} ({})", said, code.extended_code),
        Error::SqliteFailure(code, None) => format!("code {}", code.extended_code),
        Error::SqlInputError { msg, error, .. } => format!("{msg} ({})", error.extended_code),
        Error::FromSqlConversionFailure(column, kind, _) => format!("column {column} ({kind}) holds something else"),
        Error::InvalidColumnType(column, name, kind) => format!("column {column} ({name}) is {kind}"),
        Error::InvalidColumnName(name) => format!("no column {name}"),
        Error::ToSqlConversionFailure(_) => "a value cannot be stored".to_owned(),
        _ => "outside SQLite".to_owned(),
    }
}
