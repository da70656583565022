//! Makes a connection; its credentials go to the keyring and nowhere else.

use desk_api::BaseUrl;
use desk_domain::platform::{Environment, Kind};
use desk_secrets::ConnectionSecret;
use desk_store::connections::{self, ConnectionRow, Upload};

use crate::convert::connection;
use crate::credentials::{Kept, check, tail};
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::{ConnectionAdd, ConnectionView};

pub(crate) async fn run(desk: &Desk, request: ConnectionAdd) -> Result<ConnectionView, IpcError> {
    if request.environment == Environment::Sandbox {
        return Err(IpcError::of("unsupported"));
    }
    let mut wrong = IpcError::of("request.unreadable");
    if request.name.trim().is_empty() {
        wrong = wrong.at("name", "field.required");
    }
    wrong = check(wrong, request.kind, "api_key", &request.api_key);
    wrong = check(wrong, request.kind, "api_secret", &request.api_secret);
    let has_tokens = request.kind == Kind::Bultra;
    if request.revision.is_none() && !has_tokens {
        wrong = wrong.at("revision", "field.required");
    }
    let token_url = has_tokens.then(|| request.token_url.unwrap_or_default().trim().to_owned());
    let addresses = [("base_url", Some(&request.base_url)), ("token_url", token_url.as_ref())];
    for (path, typed) in addresses {
        if let Some(Err(error)) = typed.map(|typed| check_url(path, typed)) {
            wrong.fields.extend(error.fields);
        }
    }
    if !wrong.fields.is_empty() {
        return Err(wrong);
    }
    let now = desk.clock().now_ms();
    let row = ConnectionRow {
        id: new_id(),
        name: request.name.trim().to_owned(),
        kind: request.kind,
        // Forms of the other kind come in revisions; this one has one.
        revision: request.revision.filter(|_| !has_tokens),
        environment: request.environment,
        base_url: request.base_url.trim().to_owned(),
        token_url,
        token_scope: request.token_scope.filter(|_| has_tokens).and_then(|scope| scope_of(&scope)),
        archived_at: None,
        sent_at: None,
        api_key_tail: Some(tail(&request.api_key)),
        api_key_set_at: Some(now),
        api_secret_tail: Some(tail(&request.api_secret)),
        api_secret_set_at: Some(now),
        tested_at: None,
        test_json: None,
        upload: Upload::default(),
        created_at: now,
    };
    // First the keyring: a connection without credentials would be a row nobody asked for.
    let mut kept = Kept::of(desk, row.id);
    let typed = [(ConnectionSecret::ApiKey, &request.api_key), (ConnectionSecret::ApiSecret, &request.api_secret)];
    for (which, text) in typed {
        if let Err(error) = kept.keep(which, text).await {
            kept.take_back().await;
            return Err(error);
        }
    }
    let view = connection::view(&row);
    let entry = Entry::new(desk, "connection.add", desk_store::activity::connection(row.id), "", "ok");
    let write = desk.write(move |tx| {
        connections::insert(tx, &row)?;
        entry.write(tx)
    });
    if let Err(error) = write.await {
        // Nobody would ever find them there. That they cannot be taken out is not said: the user hears of this before.
        kept.take_back().await;
        return Err(error.into());
    }
    Ok(view)
}

/// The scope as it is kept: the platform decides where none is typed.
pub(crate) fn scope_of(typed: &str) -> Option<String> {
    let words: Vec<_> = typed.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Whether keys may be sent to the address that was typed at `path`.
pub(crate) fn check_url(path: &str, typed: &str) -> Result<(), IpcError> {
    let Err(error) = BaseUrl::parse(typed) else { return Ok(()) };
    let mut wrong = IpcError::of("request.unreadable").at(path, error.code());
    if let (desk_api::BaseUrlError::Insecure { host }, Some(field)) = (error, wrong.fields.last_mut()) {
        field.params.insert("host".to_owned(), host);
    }
    Err(wrong)
}
