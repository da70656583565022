//! Secrets of Customer Desk: the keyring of the system, and the key of the database in it (RELIABILITY "Keys").
//!
//! Read [`open_or_make_key`] first, which decides whether there is a key, may be a new one, or is one to be asked for;
//! then [`Keyring`], the only way to the system's keyring; then [`key_file`], what lies beside the database.
//!
//! Nothing here prints a secret: [`DatabaseKey`] has no `Debug`, other values are [`secrecy::SecretString`], and no error
//! carries what a keyring answered.

mod database_key;
mod entry_name;
pub mod key_file;
mod keyring;
mod open_key;
mod system;

pub use database_key::DatabaseKey;
pub use entry_name::{ConnectionSecret, EntryName, SERVICE};
pub use keyring::{Backend, KEYRING_PATIENCE_MS, Keyring, KeyringError};
pub use open_key::{KeyError, OpenedKey, open_or_make_key};
