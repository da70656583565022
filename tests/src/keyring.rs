//! A keyring of this process that can be told to fail.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use desk_secrets::{Backend, ConnectionSecret, EntryName, KeyringError};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

/// Clones share it, as programs share the keyring of a system.
#[derive(Clone, Default)]
pub struct TestKeyring(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    entries: HashMap<EntryName, String>,
    fault: Option<KeyringError>,
    refuses_secrets: bool,
    slow_by: Duration,
}

impl TestKeyring {
    /// One that holds the key of a database that another program made.
    #[must_use]
    pub fn holding(database: Uuid, key: String) -> Self {
        let keyring = Self::default();
        keyring.state().entries.insert(EntryName::Database(database), key);
        keyring
    }

    /// Every question is answered with this; `None` ends it.
    pub fn fails_with(&self, fault: Option<KeyringError>) {
        self.state().fault = fault;
    }

    /// API secrets are no longer taken; all else is.
    pub fn refuses_secrets(&self) {
        self.state().refuses_secrets = true;
    }

    /// Takes this long to give an entry, as when it asks its owner first.
    pub fn slow_by(&self, time: Duration) {
        self.state().slow_by = time;
    }

    /// The names of its entries.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.state().entries.keys().map(ToString::to_string).collect()
    }

    /// What an entry holds.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<String> {
        let state = self.state();
        state.entries.iter().find(|(entry, _)| entry.to_string() == name).map(|(_, value)| value.clone())
    }

    /// Loses every entry.
    pub fn wipe(&self) {
        self.state().entries.clear();
    }

    /// Holds another key for the database than the one it was made with.
    pub fn swap_database_key(&self) {
        for (name, value) in &mut self.state().entries {
            if matches!(name, EntryName::Database(_)) {
                *value = "5a".repeat(32);
            }
        }
    }

    /// The key of the one database; empty where none was made.
    #[must_use]
    pub fn database_key(&self) -> String {
        self.database().map(|(_, key)| key).unwrap_or_default()
    }

    /// The id of the one database, and its key.
    #[must_use]
    pub fn database(&self) -> Option<(Uuid, String)> {
        let state = self.state();
        let mut found = state.entries.iter().filter_map(|(name, key)| match name {
            EntryName::Database(id) => Some((*id, key.clone())),
            EntryName::Trail(_) | EntryName::Connection(..) => None,
        });
        found.next()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answering(&self) -> Result<MutexGuard<'_, State>, KeyringError> {
        let state = self.state();
        match state.fault {
            Some(fault) => Err(fault),
            None => Ok(state),
        }
    }
}

impl Backend for TestKeyring {
    fn get(&self, name: EntryName) -> Result<SecretString, KeyringError> {
        let slow_by = self.state().slow_by;
        std::thread::sleep(slow_by);
        let found = self.answering()?.entries.get(&name).cloned();
        found.map(SecretString::from).ok_or(KeyringError::NoEntry)
    }

    fn set(&self, name: EntryName, value: &SecretString) -> Result<(), KeyringError> {
        let mut state = self.answering()?;
        if state.refuses_secrets && matches!(name, EntryName::Connection(_, ConnectionSecret::ApiSecret)) {
            return Err(KeyringError::Failed("told so"));
        }
        state.entries.insert(name, value.expose_secret().to_owned());
        Ok(())
    }

    fn delete(&self, name: EntryName) -> Result<(), KeyringError> {
        self.answering()?.entries.remove(&name).map(drop).ok_or(KeyringError::NoEntry)
    }

    fn reconnect(&self) -> Result<(), KeyringError> {
        self.answering().map(drop)
    }
}
