//! The keyring of the system through the keyring crate: the Secret Service on Linux, the Keychain, the Credential Manager.

use keyring_core::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};

use crate::entry_name::{EntryName, SERVICE};
use crate::keyring::{Backend, KeyringError};

/// The system's keyring.
pub(crate) struct System;

impl Backend for System {
    fn get(&self, name: EntryName) -> Result<SecretString, KeyringError> {
        with_entry(name, |entry| entry.get_password().map(SecretString::from))
    }

    fn set(&self, name: EntryName, value: &SecretString) -> Result<(), KeyringError> {
        with_entry(name, |entry| entry.set_password(value.expose_secret()))
    }

    fn delete(&self, name: EntryName) -> Result<(), KeyringError> {
        with_entry(name, Entry::delete_credential)
    }

    fn reconnect(&self) -> Result<(), KeyringError> {
        reconnect()
    }
}

/// Does something with an entry. The keyring crate connects once in the life of the program; a service that was started or
/// started again since then is found by connecting anew.
fn with_entry<T>(name: EntryName, f: impl Fn(&Entry) -> Result<T, Error>) -> Result<T, KeyringError> {
    // For its effect: the first call makes the store of this system the default one. What it answers never changes, so
    // `NoDefaultStore` below says more.
    let _first_connection = keyring::v1::Entry::store_status();
    let attempt = || Entry::new(SERVICE, &name.to_string()).and_then(|entry| f(&entry));
    match attempt() {
        Err(Error::NoDefaultStore | Error::PlatformFailure(_)) => {
            reconnect()?;
            attempt().map_err(classify)
        }
        other => other.map_err(classify),
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn reconnect() -> Result<(), KeyringError> {
    let store = zbus_secret_service_keyring_store::Store::new().map_err(|_| KeyringError::Missing)?;
    keyring_core::set_default_store(store);
    Ok(())
}

/// Elsewhere every entry is a new handle already.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn reconnect() -> Result<(), KeyringError> {
    Ok(())
}

fn classify(error: Error) -> KeyringError {
    match error {
        Error::NoDefaultStore => KeyringError::Missing,
        Error::NoEntry => KeyringError::NoEntry,
        Error::NoStorageAccess(cause) if no_collection(&*cause) => KeyringError::Missing,
        Error::NoStorageAccess(_) => KeyringError::Locked,
        Error::Ambiguous(_) => KeyringError::Failed("it has the entry twice"),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => KeyringError::Failed("the entry is no text"),
        Error::TooLong(..) | Error::Invalid(..) => KeyringError::Failed("it does not take the value"),
        _ => KeyringError::Failed("its service failed"),
    }
}

/// The service runs, but holds nothing that an entry could be put into.
#[cfg(all(unix, not(target_os = "macos")))]
fn no_collection(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    matches!(cause.downcast_ref(), Some(secret_service::Error::NoResult))
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn no_collection(_: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    false
}
