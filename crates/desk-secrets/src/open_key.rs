//! [`open_or_make_key`]: the key of the database, or why there is none (RELIABILITY "Keys").

use std::fs;
use std::io;
use std::path::Path;

use secrecy::ExposeSecret;
use uuid::Uuid;

use crate::database_key::DatabaseKey;
use crate::entry_name::EntryName;
use crate::key_file::{self, KeyFile, KeyFileError};
use crate::keyring::{Keyring, KeyringError};

/// How names of the database, its logs and copies set aside begin.
const DATABASE: &str = "desk.db";

/// A key that passed the check value.
pub struct OpenedKey {
    /// The key.
    pub key: DatabaseKey,
    /// The database's id.
    pub database_id: Uuid,
    /// There is no database yet: it may be made now.
    pub first_run: bool,
}

/// Why there is no key. No byte of a database was changed, and no new key was made for an old one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// There is no keyring.
    #[error("there is no keyring")]
    Missing,
    /// The keyring is locked: ask again.
    #[error("the keyring is locked")]
    Locked,
    /// The keyring does not answer in time: ask again.
    #[error("the keyring does not answer")]
    Slow,
    /// There is a database, and the keyring has no key for it.
    #[error("the key of the database is not in the keyring")]
    KeyLost,
    /// The keyring has another key.
    #[error("the keyring holds another key")]
    KeyWrong,
    /// `desk.key.json` is not to be understood.
    #[error("desk.key.json is damaged")]
    KeyFileDamaged,
    /// A newer version of the program wrote `desk.key.json`.
    #[error("desk.key.json has version {found}, this program knows {known}")]
    KeyFileNewer {
        /// Its version.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// The folder was not read or written.
    #[error("the data folder cannot be used: {0}")]
    Unwritable(io::ErrorKind),
    /// Anything else.
    #[error("no key: {0}")]
    Failed(&'static str),
}

impl From<KeyringError> for KeyError {
    fn from(error: KeyringError) -> Self {
        match error {
            KeyringError::Missing => Self::Missing,
            KeyringError::Locked => Self::Locked,
            KeyringError::Slow => Self::Slow,
            KeyringError::NoEntry => Self::KeyLost,
            KeyringError::Failed(what) => Self::Failed(what),
        }
    }
}

impl From<KeyFileError> for KeyError {
    fn from(error: KeyFileError) -> Self {
        match error {
            KeyFileError::Damaged => Self::KeyFileDamaged,
            KeyFileError::Newer { found, known } => Self::KeyFileNewer { found, known },
            KeyFileError::Io(error) => error.into(),
        }
    }
}

impl From<io::Error> for KeyError {
    fn from(error: io::Error) -> Self {
        Self::Unwritable(error.kind())
    }
}

/// The key of the database in a data folder. At the first run, that is, with neither a database nor `desk.key.json` there,
/// it makes the key: keyring, read back through a fresh handle, compare, check value, and only then may the caller make
/// the database. In any other case it never makes one. `new_id` (UUID v7) becomes the id of a new database.
///
/// # Errors
/// See [`KeyError`].
pub async fn open_or_make_key(folder: &Path, keyring: &Keyring, new_id: Uuid) -> Result<OpenedKey, KeyError> {
    let database = has_database(folder)?;
    let Some(file) = key_file::read(folder)? else {
        // Without the file nobody knows which entry belongs to the database.
        return if database { Err(KeyError::KeyLost) } else { make(folder, keyring, new_id).await };
    };
    let found = keyring.get(EntryName::Database(file.database_id)).await;
    match found {
        // The file is the last thing a first run writes before the database. Without a database, a snapshot or a recovery
        // wrap, no byte was ever encrypted with the key that is gone: starting over loses nothing.
        Err(KeyringError::NoEntry) if !database && file.recovery.is_none() => make(folder, keyring, new_id).await,
        Err(error) => Err(error.into()),
        Ok(text) => {
            let key = DatabaseKey::from_hex(&text).filter(|key| key.fits(&file.check)).ok_or(KeyError::KeyWrong)?;
            Ok(OpenedKey { key, database_id: file.database_id, first_run: !database })
        }
    }
}

async fn make(folder: &Path, keyring: &Keyring, id: Uuid) -> Result<OpenedKey, KeyError> {
    let key = DatabaseKey::random().ok_or(KeyError::Failed("no random numbers"))?;
    let name = EntryName::Database(id);
    keyring.set(name, key.to_hex()).await?;
    let kept = keyring.get_afresh(name).await.map_err(|error| match error {
        KeyringError::NoEntry => KeyError::Failed("the keyring did not keep the key"),
        other => other.into(),
    })?;
    if kept.expose_secret() != key.to_hex().expose_secret() {
        return Err(KeyError::Failed("the keyring did not keep the key"));
    }
    let file =
        KeyFile { version: key_file::VERSION, database_id: id, check: key.check_value(), recovery: None, kdf: None };
    key_file::write(folder, &file)?;
    Ok(OpenedKey { key, database_id: id, first_run: true })
}

/// Whether a database, a log of one or a copy set aside lies in the folder.
fn has_database(folder: &Path) -> Result<bool, KeyError> {
    let files = match fs::read_dir(folder) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    for file in files {
        if file?.file_name().as_encoded_bytes().starts_with(DATABASE.as_bytes()) {
            return Ok(true);
        }
    }
    Ok(false)
}
