//! [`Keyring`]: the system's keyring, asked with patience.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::entry_name::EntryName;
use crate::system::System;

/// How long one question to the keyring may take, in ms. A locked keyring shows its own window and answers when somebody
/// has typed the password there; by then the screen says so, and the question is asked again.
pub const KEYRING_PATIENCE_MS: u64 = 8_000;

/// Why the keyring gave or took nothing. Never what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// There is no keyring: no bus, no service, or nothing in it that could hold an entry.
    #[error("there is no keyring")]
    Missing,
    /// It is locked, and was not unlocked.
    #[error("the keyring is locked")]
    Locked,
    /// It did not answer in time; its own window may wait for a password.
    #[error("the keyring does not answer")]
    Slow,
    /// It has no such entry.
    #[error("the keyring has no such entry")]
    NoEntry,
    /// Anything else, in the words of this program.
    #[error("the keyring failed: {0}")]
    Failed(&'static str),
}

/// What stands behind a [`Keyring`]: the system's, or a stand-in where a test has no bus. Each call may block for long.
pub trait Backend: Send + Sync + 'static {
    /// The value of an entry.
    ///
    /// # Errors
    /// See [`KeyringError`].
    fn get(&self, name: EntryName) -> Result<SecretString, KeyringError>;

    /// Makes or replaces an entry.
    ///
    /// # Errors
    /// See [`KeyringError`].
    fn set(&self, name: EntryName, value: &SecretString) -> Result<(), KeyringError>;

    /// Removes an entry.
    ///
    /// # Errors
    /// See [`KeyringError`].
    fn delete(&self, name: EntryName) -> Result<(), KeyringError>;

    /// Lets go of everything known, so that the next call sees what another program would see.
    ///
    /// # Errors
    /// See [`KeyringError`].
    fn reconnect(&self) -> Result<(), KeyringError>;
}

/// The keyring. Clones share it.
#[derive(Clone)]
pub struct Keyring {
    backend: Arc<dyn Backend>,
    patience: Duration,
}

impl Keyring {
    /// The system's keyring with the patience of [`KEYRING_PATIENCE_MS`].
    #[must_use]
    pub fn system() -> Self {
        Self::new(System, Duration::from_millis(KEYRING_PATIENCE_MS))
    }

    /// Another keyring or another patience, for tests.
    #[must_use]
    pub fn new(backend: impl Backend, patience: Duration) -> Self {
        Self { backend: Arc::new(backend), patience }
    }

    /// The same keyring with another patience.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The value of an entry.
    ///
    /// # Errors
    /// See [`KeyringError`]. Some systems say `NoEntry` where there is no keyring at all.
    pub async fn get(&self, name: EntryName) -> Result<SecretString, KeyringError> {
        self.ask(move |backend| backend.get(name)).await
    }

    /// The same through a new connection to the keyring, as another program would get it.
    pub(crate) async fn get_afresh(&self, name: EntryName) -> Result<SecretString, KeyringError> {
        self.ask(move |backend| backend.reconnect().and_then(|()| backend.get(name))).await
    }

    /// Makes or replaces an entry.
    ///
    /// # Errors
    /// See [`KeyringError`]. After `Slow` it may still be made.
    pub async fn set(&self, name: EntryName, value: SecretString) -> Result<(), KeyringError> {
        self.ask(move |backend| backend.set(name, &value)).await
    }

    /// Removes an entry.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub async fn delete(&self, name: EntryName) -> Result<(), KeyringError> {
        self.ask(move |backend| backend.delete(name)).await
    }

    async fn ask<T, F>(&self, question: F) -> Result<T, KeyringError>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Backend) -> Result<T, KeyringError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let backend = Arc::clone(&self.backend);
        // A thread of its own, not one of tokio's: a runtime that ends waits for those, and the keyring's window may
        // stay open for hours.
        let thread = std::thread::Builder::new().name("keyring".to_owned());
        thread.spawn(move || drop(answer.send(question(&*backend)))).map_err(|_| KeyringError::Failed("no thread"))?;
        match timeout(self.patience, answered).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(KeyringError::Failed("it panicked")),
            Err(_) => Err(KeyringError::Slow),
        }
    }
}
