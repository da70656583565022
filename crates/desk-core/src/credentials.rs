//! The credentials of a connection on their way into the keyring: checked, kept, and taken back where that fails half way.

use desk_api::can_be_sent;
use desk_domain::platform::Kind;
use desk_secrets::{ConnectionSecret, EntryName, KeyringError};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::call::keyring_error;
use crate::desk::Desk;
use crate::ipc::IpcError;

/// What a key must be that was typed at `path`. A client id goes out before a colon (RFC 7617 2): it can have none.
pub(crate) fn check(wrong: IpcError, kind: Kind, path: &str, typed: &SecretString) -> IpcError {
    let is_parted = kind == Kind::Bultra && path == "api_key" && typed.expose_secret().contains(':');
    if typed.expose_secret().trim().is_empty() {
        wrong.at(path, "field.required")
    } else if can_be_sent(typed) && !is_parted {
        wrong
    } else {
        wrong.at(path, "credentials.unusable")
    }
}

/// What may be shown of a credential: its last four characters, none where that would be more than a quarter of it.
pub(crate) fn tail(secret: &SecretString) -> String {
    const SHOWN: usize = 4;
    let secret = secret.expose_secret();
    let count = secret.trim().chars().count();
    if count < SHOWN * 4 { String::new() } else { secret.trim().chars().skip(count - SHOWN).collect() }
}

/// Entries of the keyring that were written, and what stood there before.
pub(crate) struct Kept<'a> {
    desk: &'a Desk,
    connection: Uuid,
    before: Vec<(ConnectionSecret, Option<SecretString>)>,
}

impl<'a> Kept<'a> {
    /// Nothing is written yet.
    pub(crate) fn of(desk: &'a Desk, connection: Uuid) -> Self {
        Self { desk, connection, before: Vec::new() }
    }

    /// Keeps one credential, and remembers what it replaces.
    ///
    /// # Errors
    /// The keyring's; what was written before stays written, see [`Self::take_back`].
    pub(crate) async fn keep(&mut self, which: ConnectionSecret, typed: &SecretString) -> Result<(), IpcError> {
        let name = EntryName::Connection(self.connection, which);
        let before = match self.desk.keyring().get(name).await {
            Ok(before) => Some(before),
            Err(KeyringError::NoEntry) => None,
            Err(error) => return Err(keyring_error(&error)),
        };
        // Remembered before it is written: a keyring that answers too late may have written all the same.
        self.before.push((which, before));
        let secret = SecretString::from(typed.expose_secret().trim().to_owned());
        self.desk.keyring().set(name, secret).await.map_err(|error| keyring_error(&error))
    }

    /// Puts everything back as it was. Gives what could not be put back: nobody knows what the keyring holds there.
    pub(crate) async fn take_back(self) -> Vec<ConnectionSecret> {
        let mut lost = Vec::new();
        for (which, before) in self.before.into_iter().rev() {
            let name = EntryName::Connection(self.connection, which);
            let keyring = self.desk.keyring();
            // Asked first: a keyring that refused to write has mostly kept what it had, and would refuse again.
            if is_same(keyring.get(name).await, before.as_ref()) {
                continue;
            }
            let done = match before {
                Some(secret) => keyring.set(name, secret).await,
                None => keyring.delete(name).await,
            };
            if done.is_err() {
                lost.push(which);
            }
        }
        lost
    }
}

/// Whether an entry holds what it held before.
fn is_same(now: Result<SecretString, KeyringError>, before: Option<&SecretString>) -> bool {
    match (now, before) {
        (Ok(now), Some(before)) => now.expose_secret() == before.expose_secret(),
        (Err(KeyringError::NoEntry), None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::tail;

    #[test]
    fn of_a_credential_at_most_a_quarter_is_shown() {
        let cases = [
            ("", ""),
            ("short", ""),
            ("fifteen-letters", ""),
            ("sixteen-letters!", "ers!"),
            (" sixteen-letters! ", "ers!"),
        ];
        for (secret, shown) in cases {
            assert_eq!(tail(&secret.into()), shown, "{} characters", secret.len());
        }
    }
}
