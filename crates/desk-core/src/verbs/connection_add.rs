//! Makes a connection; its credentials go to the keyring and nowhere else.

use desk_api::BaseUrl;
use desk_domain::platform::{Environment, Kind};
use desk_secrets::{ConnectionSecret, EntryName};
use desk_store::connections::{self, ConnectionRow};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::call::keyring_error;
use crate::convert::connection;
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::{ConnectionAdd, ConnectionView};

pub(crate) async fn run(desk: &Desk, request: ConnectionAdd) -> Result<ConnectionView, IpcError> {
    if request.kind != Kind::Axisfi || request.environment == Environment::Sandbox {
        return Err(IpcError::of("unsupported"));
    }
    let mut wrong = IpcError::of("request.unreadable");
    let typed = [
        ("name", request.name.as_str()),
        ("api_key", request.api_key.expose_secret()),
        ("api_secret", request.api_secret.expose_secret()),
    ];
    for (path, text) in typed {
        if text.trim().is_empty() {
            wrong = wrong.at(path, "field.required");
        }
    }
    if request.revision.is_none() {
        wrong = wrong.at("revision", "field.required");
    }
    if let Err(error) = check_base_url(&request.base_url) {
        wrong.fields.extend(error.fields);
    }
    if !wrong.fields.is_empty() {
        return Err(wrong);
    }
    let now = desk.clock().now_ms();
    let row = ConnectionRow {
        id: new_id(),
        name: request.name.trim().to_owned(),
        kind: request.kind,
        revision: request.revision,
        environment: request.environment,
        base_url: request.base_url.trim().to_owned(),
        archived_at: None,
        sent_at: None,
        api_key_tail: Some(tail(&request.api_key)),
        api_key_set_at: Some(now),
        api_secret_tail: Some(tail(&request.api_secret)),
        api_secret_set_at: Some(now),
        tested_at: None,
        test_json: None,
        created_at: now,
    };
    // First the keyring: a connection without credentials would be a row nobody asked for.
    for (which, text) in
        [(ConnectionSecret::ApiKey, &request.api_key), (ConnectionSecret::ApiSecret, &request.api_secret)]
    {
        if let Err(error) = keep(desk, row.id, which, text).await {
            forget(desk, row.id).await;
            return Err(error);
        }
    }
    let (id, view) = (row.id, connection::view(&row));
    let entry = Entry::new(desk, "connection.add", desk_store::activity::connection(row.id), "", "ok");
    let write = desk.write(move |tx| {
        connections::insert(tx, &row)?;
        entry.write(tx)
    });
    if let Err(error) = write.await {
        forget(desk, id).await;
        return Err(error.into());
    }
    Ok(view)
}

/// Keeps one credential of a connection in the keyring.
pub(crate) async fn keep(
    desk: &Desk,
    connection: Uuid,
    which: ConnectionSecret,
    typed: &SecretString,
) -> Result<(), IpcError> {
    let secret = SecretString::from(typed.expose_secret().trim().to_owned());
    desk.keyring().set(EntryName::Connection(connection, which), secret).await.map_err(|error| keyring_error(&error))
}

/// Takes the credentials of a connection that was not made out of the keyring: nobody would ever find them there. What
/// goes wrong is not said: the user hears of what went wrong before.
async fn forget(desk: &Desk, connection: Uuid) {
    for which in [ConnectionSecret::ApiKey, ConnectionSecret::ApiSecret] {
        let _ = desk.keyring().delete(EntryName::Connection(connection, which)).await;
    }
}

/// Whether keys may be sent to this address.
pub(crate) fn check_base_url(typed: &str) -> Result<(), IpcError> {
    let Err(error) = BaseUrl::parse(typed) else { return Ok(()) };
    let mut wrong = IpcError::of("request.unreadable").at("base_url", error.code());
    if let (desk_api::BaseUrlError::Insecure { host }, Some(field)) = (error, wrong.fields.last_mut()) {
        field.params.insert("host".to_owned(), host);
    }
    Err(wrong)
}

/// What may be shown of a credential: its last four characters, none where that would be more than a quarter of it.
pub(crate) fn tail(secret: &SecretString) -> String {
    const SHOWN: usize = 4;
    let secret = secret.expose_secret();
    let count = secret.trim().chars().count();
    if count < SHOWN * 4 { String::new() } else { secret.trim().chars().skip(count - SHOWN).collect() }
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
