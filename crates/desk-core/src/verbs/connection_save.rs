//! Changes a connection: name, address until something was sent, revision, credentials. All of it, or nothing.

use std::ops::RangeInclusive;

use desk_domain::platform::Kind;
use desk_secrets::ConnectionSecret;
use desk_store::connections::{self, ConnectionRow, Upload};
use desk_store::submissions::{self, SubmissionState};
use desk_store::{SqlResult, Transaction, activity, documents};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::convert::{connection, document};
use crate::credentials::{Kept, check, tail};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::outbox::resume;
use crate::trail::Entry;
use crate::verbs::connection_add::{check_url, scope_of};
use crate::views::{ConnectionSave, ConnectionView};

/// A file that a connection may take at most, in megabytes: what a scan needs, and what is still sent in minutes.
const UPLOAD_LIMITS_MB: RangeInclusive<u32> = 1..=100;

pub(crate) async fn run(desk: &Desk, request: ConnectionSave) -> Result<ConnectionView, IpcError> {
    let row = connection::row_in_use(desk, &request.connection).await?;
    let name = request.name.map(|name| name.trim().to_owned()).filter(|name| *name != row.name);
    if name.as_deref() == Some("") {
        return Err(IpcError::of("request.unreadable").at("name", "field.required"));
    }
    let has_tokens = row.kind == Kind::Bultra;
    let base_url = request.base_url.map(|base_url| base_url.trim().to_owned()).filter(|url| *url != row.base_url);
    let token_url = request.token_url.filter(|_| has_tokens).map(|token_url| token_url.trim().to_owned());
    let token_url = token_url.filter(|url| Some(url) != row.token_url.as_ref());
    for (path, typed) in [("base_url", &base_url), ("token_url", &token_url)] {
        let Some(typed) = typed else { continue };
        if connection::view(&row).host_fixed {
            return Err(host_fixed(path));
        }
        check_url(path, typed)?;
    }
    let token_scope = request.token_scope.filter(|_| has_tokens).map(|scope| scope_of(&scope));
    let token_scope = token_scope.filter(|scope| *scope != row.token_scope);
    let revision = request.revision.filter(|revision| !has_tokens && Some(*revision) != row.revision);
    let typed = |secret: Option<SecretString>| secret.filter(|secret| !secret.expose_secret().trim().is_empty());
    let secrets = [
        (ConnectionSecret::ApiKey, "api_key", typed(request.api_key)),
        (ConnectionSecret::ApiSecret, "api_secret", typed(request.api_secret)),
    ];
    let upload = request.upload.map(document::upload).filter(|upload| *upload != row.upload);
    let mut wrong = IpcError::of("request.unreadable");
    if upload.is_some_and(|upload| !UPLOAD_LIMITS_MB.contains(&upload.limit_mb)) {
        wrong = wrong.at("upload/limit_mb", "field.required");
    }
    for (_, path, secret) in &secrets {
        wrong = secret.iter().fold(wrong, |wrong, secret| check(wrong, row.kind, path, secret));
    }
    if !wrong.fields.is_empty() {
        return Err(wrong);
    }
    // Whatever was refused may be taken now.
    let resumes = secrets.iter().any(|(_, _, secret)| secret.is_some()) || token_url.is_some() || token_scope.is_some();
    let forgets = resumes || base_url.is_some();
    let mut changes = Changes { name, base_url, token_url, token_scope, revision, upload, ..Changes::default() };
    let mut kept = Kept::of(desk, row.id);
    for (which, _, secret) in secrets {
        let Some(secret) = secret else { continue };
        *changes.tail_of(which) = Some(tail(&secret));
        if let Err(error) = kept.keep(which, &secret).await {
            undo(desk, &row, kept).await;
            return Err(error);
        }
    }
    match write(desk, row.id, changes).await {
        Ok(row) => {
            if forgets {
                desk.platforms().forget(row.id);
            }
            if resumes {
                resume(desk, row.id).await?;
            }
            Ok(connection::view(&row))
        }
        Err(error) => {
            undo(desk, &row, kept).await;
            Err(error)
        }
    }
}

async fn write(desk: &Desk, id: Uuid, changes: Changes) -> Result<ConnectionRow, IpcError> {
    let now = desk.clock().now_ms();
    let words = changes.words();
    let entry = Entry::new(desk, "connection.save", activity::connection(id), &words, "ok");
    let write = desk.write(move |tx| {
        let Some(mut row) = connections::get(tx, id)? else { return Ok(Err(IpcError::of("connection.gone"))) };
        // Asked again inside the transaction: the keyring may have taken seconds.
        if row.archived_at.is_some() {
            return Ok(Err(IpcError::of("connection.archived")));
        }
        let hosts = [("base_url", &changes.base_url), ("token_url", &changes.token_url)];
        if let Some((path, _)) = hosts.into_iter().find(|(_, url)| url.is_some())
            && (row.sent_at.is_some() || is_sending(tx, &row)?)
        {
            return Ok(Err(host_fixed(path)));
        }
        if !words.is_empty() {
            changes.apply(&mut row, now);
            connections::update(tx, &row)?;
            entry.write(tx)?;
        }
        Ok(Ok(row))
    });
    write.await?
}

/// Puts the credentials back. Where the keyring refuses even that, nobody knows which one it holds: then no tail is shown
/// that may be another's, no test counts, and the trail says so.
async fn undo(desk: &Desk, row: &ConnectionRow, kept: Kept<'_>) {
    let lost = kept.take_back().await;
    if lost.is_empty() {
        return;
    }
    let mut changes = Changes::default();
    lost.into_iter().for_each(|which| *changes.tail_of(which) = Some(String::new()));
    let (id, now) = (row.id, desk.clock().now_ms());
    let entry = Entry::new(desk, "connection.save", activity::connection(id), &changes.words(), "keyring.failed");
    let write = desk.write(move |tx| {
        if let Some(mut row) = connections::get(tx, id)? {
            changes.apply(&mut row, now);
            connections::update(tx, &row)?;
        }
        entry.write(tx)
    });
    // The user hears of the error that led here.
    let _ = write.await;
}

/// DECISIONS 1: records of one host never move to another. Nor do the credentials that they are asked for with, so that
/// the same goes for the host of the tokens.
fn host_fixed(path: &str) -> IpcError {
    IpcError::of("host.fixed").at(path, "host.fixed")
}

/// Whether something of this connection is on its way: its outcome would be looked up at another host.
fn is_sending(tx: &Transaction<'_>, row: &ConnectionRow) -> SqlResult<bool> {
    let sending = submissions::list_in_state(tx, SubmissionState::Sending)?;
    Ok(sending.iter().any(|submission| submission.connection_id == row.id) || documents::is_sending(tx, row.id)?)
}

#[derive(Default)]
struct Changes {
    name: Option<String>,
    base_url: Option<String>,
    token_url: Option<String>,
    /// The inner one is what it is from now on.
    token_scope: Option<Option<String>>,
    revision: Option<desk_domain::platform::Revision>,
    api_key_tail: Option<String>,
    api_secret_tail: Option<String>,
    upload: Option<Upload>,
}

impl Changes {
    fn tail_of(&mut self, which: ConnectionSecret) -> &mut Option<String> {
        match which {
            ConnectionSecret::ApiKey => &mut self.api_key_tail,
            ConnectionSecret::ApiSecret => &mut self.api_secret_tail,
        }
    }

    /// What changes, for the trail.
    fn words(&self) -> String {
        let all = [
            ("name", self.name.is_some()),
            ("base_url", self.base_url.is_some()),
            ("token_url", self.token_url.is_some()),
            ("token_scope", self.token_scope.is_some()),
            ("revision", self.revision.is_some()),
            ("api_key", self.api_key_tail.is_some()),
            ("api_secret", self.api_secret_tail.is_some()),
            ("upload", self.upload.is_some()),
        ];
        all.into_iter().filter_map(|(word, changes)| changes.then_some(word)).collect::<Vec<_>>().join(" ")
    }

    /// On the row as it is now: what others changed meanwhile stays.
    fn apply(self, row: &mut ConnectionRow, now: i64) {
        if !matches!(self.words().as_str(), "" | "name" | "upload" | "name upload") {
            // What was tested is not what is there now.
            row.tested_at = None;
            row.test_json = None;
        }
        if let Some(name) = self.name {
            row.name = name;
        }
        if let Some(base_url) = self.base_url {
            row.base_url = base_url;
        }
        row.token_url = self.token_url.or(row.token_url.take());
        row.token_scope = self.token_scope.unwrap_or(row.token_scope.take());
        row.revision = self.revision.or(row.revision);
        row.upload = self.upload.unwrap_or(row.upload);
        if self.api_key_tail.is_some() {
            row.api_key_tail = self.api_key_tail;
            row.api_key_set_at = Some(now);
        }
        if self.api_secret_tail.is_some() {
            row.api_secret_tail = self.api_secret_tail;
            row.api_secret_set_at = Some(now);
        }
    }
}
