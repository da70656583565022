//! A keyring that does as it is told, and writes down what it was asked.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use desk_secrets::{Backend, EntryName, Keyring, KeyringError, key_file};
use secrecy::SecretString;

#[derive(Clone, Default)]
pub struct Told(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    entries: HashMap<String, SecretString>,
    asked: Vec<&'static str>,
    refuses: Option<KeyringError>,
    forgets: bool,
    sleeps: Duration,
    folder: PathBuf,
}

impl Told {
    /// One that watches a data folder: it fails a test in which a file is there before the key was read back.
    pub fn watching(folder: PathBuf) -> Self {
        let told = Self::default();
        told.0.lock().unwrap().folder = folder;
        told
    }

    pub fn keyring(&self) -> Keyring {
        Keyring::new(self.clone(), Duration::from_millis(300))
    }

    pub fn refuses(&self, error: Option<KeyringError>) {
        self.0.lock().unwrap().refuses = error;
    }

    /// Says yes to a new entry and does not keep it.
    pub fn forgets(&self) {
        self.0.lock().unwrap().forgets = true;
    }

    pub fn sleeps(&self, time: Duration) {
        self.0.lock().unwrap().sleeps = time;
    }

    pub fn put(&self, name: EntryName, text: &str) {
        self.0.lock().unwrap().entries.insert(name.to_string(), text.into());
    }

    pub fn lose(&self, name: EntryName) {
        self.0.lock().unwrap().entries.remove(&name.to_string());
    }

    pub fn names(&self) -> Vec<String> {
        self.0.lock().unwrap().entries.keys().cloned().collect()
    }

    /// What was asked since the last time.
    pub fn asked(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.lock().unwrap().asked)
    }

    fn ask(&self, question: &'static str) -> Result<(), KeyringError> {
        let (sleeps, refuses) = {
            let mut state = self.0.lock().unwrap();
            state.asked.push(question);
            (state.sleeps, state.refuses)
        };
        std::thread::sleep(sleeps);
        refuses.map_or(Ok(()), Err)
    }
}

impl Backend for Told {
    fn get(&self, name: EntryName) -> Result<SecretString, KeyringError> {
        self.ask("get")?;
        self.0.lock().unwrap().entries.get(&name.to_string()).cloned().ok_or(KeyringError::NoEntry)
    }

    fn set(&self, name: EntryName, value: &SecretString) -> Result<(), KeyringError> {
        self.ask("set")?;
        let mut state = self.0.lock().unwrap();
        assert!(!state.folder.join(key_file::NAME).exists(), "the key is kept before it is written down that it is");
        if !state.forgets {
            state.entries.insert(name.to_string(), value.clone());
        }
        Ok(())
    }

    fn delete(&self, name: EntryName) -> Result<(), KeyringError> {
        self.ask("delete")?;
        self.0.lock().unwrap().entries.remove(&name.to_string()).map(|_| ()).ok_or(KeyringError::NoEntry)
    }

    fn reconnect(&self) -> Result<(), KeyringError> {
        self.ask("reconnect")
    }
}
