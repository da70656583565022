//! [`Platforms`]: what the program knows of its platforms while it runs. Tokens stand here and in no file.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use desk_api::Tokens;
use desk_store::connections::ConnectionRow;
use uuid::Uuid;

use crate::call::MadeOf;

/// Tokens by connection, which connections are being read, and how far. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Platforms(Arc<Shared>);

#[derive(Default)]
struct Shared {
    tokens: Mutex<HashMap<Uuid, Kept>>,
    reading: Mutex<HashSet<Uuid>>,
    failed: Mutex<HashMap<Uuid, i64>>,
}

/// Tokens, and what they were got with.
struct Kept {
    with: (MadeOf, String, String),
    tokens: Arc<Tokens>,
}

/// As long as it is there, nobody else reads the list or the details of a connection.
pub(crate) struct Reading(Platforms, Uuid);

impl Platforms {
    /// The tokens of a connection: the same ones for all its clients, until what they depend on is another. The addresses
    /// are those of this moment: a practice platform has others at each start.
    pub(crate) fn tokens(&self, row: &ConnectionRow, base_url: &str, token_url: &str) -> Arc<Tokens> {
        let with = (MadeOf::of(row), base_url.to_owned(), token_url.to_owned());
        let mut all = lock(&self.0.tokens);
        if let Some(kept) = all.get(&row.id).filter(|kept| kept.with == with) {
            return Arc::clone(&kept.tokens);
        }
        let tokens = Arc::<Tokens>::default();
        all.insert(row.id, Kept { with, tokens: Arc::clone(&tokens) });
        tokens
    }

    /// Throws the tokens of a connection away.
    pub(crate) fn forget(&self, connection: Uuid) {
        lock(&self.0.tokens).remove(&connection);
    }

    /// Throws all tokens away.
    pub(crate) fn forget_all(&self) {
        lock(&self.0.tokens).clear();
    }

    /// The number of the customer of a connection that could not be read last; 0 where all could.
    pub(super) fn failed(&self, connection: Uuid) -> i64 {
        lock(&self.0.failed).get(&connection).copied().unwrap_or(0)
    }

    /// This customer could not be read: the next reading begins behind it.
    pub(super) fn has_failed(&self, connection: Uuid, number: i64) {
        lock(&self.0.failed).insert(connection, number);
    }

    /// Begins to read the list or the details of a connection; `None` while somebody else does.
    pub(crate) fn begin(&self, connection: Uuid) -> Option<Reading> {
        lock(&self.0.reading).insert(connection).then(|| Reading(self.clone(), connection))
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        lock(&self.0.0.reading).remove(&self.1);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
