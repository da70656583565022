//! [`Store`]: the open database.

use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, Result, Transaction};
use secrecy::SecretString;

use crate::error::{OpenError, StoreError};
use crate::open;
use crate::readers::Readers;
use crate::writer::Writer;

/// The open database. Clones share it.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    writer: Writer,
    readers: Readers,
}

impl Store {
    /// Opens `desk.db`, makes it where there is none, and brings an older one to the newest version. Blocks for some
    /// milliseconds, so call it off the window's thread. `key` is the database key as 64 hexadecimal characters.
    ///
    /// # Errors
    /// See [`OpenError`]. A database of a newer version and one with another key stay as they are, to the byte.
    pub fn open(path: &Path, key: &SecretString) -> Result<Self, OpenError> {
        let (writer, readers) = open::open(path, key)?;
        Ok(Self(Arc::new(Inner { writer: Writer::start(writer)?, readers: Readers::new(readers) })))
    }

    /// Runs `f` in one transaction and answers after its commit: what it wrote survives a power cut from then on. An
    /// error of `f` undoes everything. Writes happen in the order in which they were asked for; one whose caller went
    /// away happens all the same.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn write<T, F>(&self, f: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    {
        self.0.writer.write(f).await
    }

    /// Runs `f` on one snapshot, which has every write that was answered before.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn read<T, F>(&self, f: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        self.0.readers.read(f).await
    }

    /// Looks through the whole file, which takes long for a large one: whether every page is authentic, and then whether
    /// every table is in order. Gives what is wrong, nothing for a whole database.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn check(&self) -> Result<Vec<String>, StoreError> {
        self.read(|db| {
            let lines = |pragma: &str| -> Result<Vec<String>> {
                db.prepare(pragma)?.query_map([], |row| row.get(0))?.collect()
            };
            let wrong = lines("PRAGMA cipher_integrity_check")?;
            if !wrong.is_empty() {
                return Ok(wrong);
            }
            let mut wrong = lines("PRAGMA quick_check")?;
            wrong.retain(|line| line != "ok");
            Ok(wrong)
        })
        .await
    }

    /// Waits for what is under way, moves the log into the file and closes it. Reads and writes after that end with
    /// [`StoreError::Closed`]; closing again does nothing.
    ///
    /// # Errors
    /// See [`StoreError`]. Nothing that was answered is lost by one: the log stays and is read at the next opening.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.0.readers.close().await;
        self.0.writer.close().await
    }
}
