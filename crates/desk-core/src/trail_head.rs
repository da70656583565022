//! The end of the trail, kept in the keyring as well (DECISIONS 16): who cuts the trail or puts an older copy of the
//! database in its place cannot put that back with it.

use std::time::Duration;

use desk_secrets::{EntryName, Keyring, KeyringError};
use desk_store::Store;
use desk_store::activity::{self, Head};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

/// How long one question to the keyring may take: a closing asks two, and nobody waits longer for a window to go.
const PATIENCE: Duration = Duration::from_secs(1);

/// The end of the trail that the keyring knows; `None` where it knows none, or does not say.
pub(crate) async fn known(keyring: &Keyring, database: Uuid) -> Option<Head> {
    ask(keyring, database).await.ok().flatten()
}

/// The end of the trail as it is to be kept. None where the keyring knows one that the trail does not have: what was
/// found must not be forgotten by closing the program. Nor where it does not say.
pub(crate) async fn to_keep(store: &Store, keyring: &Keyring, database: Uuid) -> Option<Head> {
    let known = ask(keyring, database).await.ok()?;
    let read = store.read(move |db| {
        let goes_on = known.map_or(Ok(true), |known| activity::has(db, known))?;
        Ok(goes_on.then_some(activity::head(db)?))
    });
    read.await.ok().flatten()
}

/// Keeps it. Where the keyring does not take it the older one stays, which says less but nothing wrong.
pub(crate) async fn keep(keyring: &Keyring, database: Uuid, head: Head) {
    let keyring = keyring.clone().with_patience(PATIENCE);
    let _ = keyring.set(EntryName::Trail(database), SecretString::from(head.text())).await;
}

async fn ask(keyring: &Keyring, database: Uuid) -> Result<Option<Head>, KeyringError> {
    match keyring.clone().with_patience(PATIENCE).get(EntryName::Trail(database)).await {
        Ok(text) => Ok(Head::from_text(text.expose_secret())),
        Err(KeyringError::NoEntry) => Ok(None),
        Err(error) => Err(error),
    }
}
