//! The encrypted database of Customer Desk (ARCHITECTURE "The store"): one SQLCipher file, one writer, a few readers.
//!
//! Read [`Store`] first, then one file per table: [`connections`], [`drafts`], [`draft_edits`], [`submissions`], [`outbox`],
//! [`documents`], [`customers`], [`readings`], [`identity_keys`], [`platform_lists`], [`activity`], [`settings`]. Their functions take a
//! [`Transaction`] to write and a [`Connection`] to read (a transaction is one too), so that a verb of the program puts what
//! belongs together into one transaction:
//!
//! ```ignore
//! let seq = store.write(move |tx| drafts::save_edits(tx, id, batch, &edits, now_ms)).await?; // on the disk from here on
//! let draft = store.read(move |db| drafts::get(db, id)).await?;
//! ```
//!
//! Times are milliseconds since 1970 at UTC and come from the caller. A function that changes one row and finds none
//! ends with [`StoreError::NotFound`], and the transaction with it.

pub mod activity;
pub mod activity_list;
mod column;
pub mod connections;
pub mod customers;
pub mod documents;
pub mod draft_edits;
pub mod draft_lists;
pub mod draft_purge;
pub mod drafts;
mod error;
pub mod identity_keys;
mod intact;
mod migrations;
mod open;
pub mod outbox;
pub mod platform_lists;
mod pragmas;
mod readers;
pub mod readings;
pub mod settings;
mod store;
pub mod submissions;
mod versions;
mod writer;

pub use error::{OpenError, StoreError};
pub use migrations::newest_version;
pub use rusqlite::{Connection, Error as SqlError, Result as SqlResult, Transaction};
pub use store::Store;
pub use versions::{Versions, versions};
