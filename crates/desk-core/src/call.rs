//! From a connection to a client, and from a call that failed to what the page is told.

use desk_api::{AxisfiClient, BaseUrl, CallError, ClientOptions, ErrorAnswer, ProxySettings};
use desk_domain::platform::{Kind, Revision};
use desk_secrets::{ConnectionSecret, EntryName, KeyringError};
use desk_store::connections::ConnectionRow;
use desk_store::{StoreError, settings};
use secrecy::SecretString;

use crate::convert::network;
use crate::desk::Desk;
use crate::ipc::{ApiErrorView, ApiFieldView, IpcError};
use crate::practice::PRACTICE_URL;

/// The snapshot of the practice platform.
pub(crate) const PRACTICE_SNAPSHOT: &str = "practice.snapshot";

/// The revision of an AxisFI connection.
///
/// # Errors
/// `unsupported` for another platform.
pub(crate) fn revision(connection: &ConnectionRow) -> Result<Revision, IpcError> {
    connection.revision.filter(|_| connection.kind == Kind::Axisfi).ok_or_else(|| IpcError::of("unsupported"))
}

/// A client of this connection.
///
/// # Errors
/// Those of [`options`].
pub(crate) async fn client(desk: &Desk, connection: &ConnectionRow) -> Result<AxisfiClient, IpcError> {
    let options = options(desk, connection).await?;
    AxisfiClient::new(options).map_err(|error| IpcError::of(error.code()))
}

/// What a client of this connection is made of, with its credentials from the keyring; for a practice connection, of the
/// platform that the program serves itself, started if need be.
///
/// # Errors
/// `connection.archived`: nothing is sent over one that is out of use; the keyring's; `unsupported`.
pub(crate) async fn options(desk: &Desk, connection: &ConnectionRow) -> Result<ClientOptions, IpcError> {
    if connection.archived_at.is_some() {
        return Err(IpcError::of("connection.archived"));
    }
    let revision = revision(connection)?;
    let (base_url, api_key, api_secret) = if connection.base_url == PRACTICE_URL {
        let kept = desk.read(|db| settings::get(db, PRACTICE_SNAPSHOT)).await?;
        let snapshot = kept.and_then(|text| serde_json::from_str(&text).ok());
        let account = desk.practice().account(revision, snapshot).await.map_err(|_| IpcError::of("network.refused"))?;
        (account.base_url, account.api_key, account.api_secret)
    } else {
        let (api_key, api_secret) = credentials(desk, connection).await?;
        (connection.base_url.clone(), api_key, api_secret)
    };
    let base_url = BaseUrl::parse(&base_url).map_err(|error| IpcError::of(error.code()))?;
    let network = desk.read(network::read).await?;
    Ok(ClientOptions {
        base_url,
        api_key,
        api_secret,
        extra_roots_pem: network.authorities.into_iter().map(|authority| authority.pem.into_bytes()).collect(),
        proxy: network.proxy.and_then(|typed| ProxySettings::parse(&typed).ok()),
        timeouts: desk.timeouts(),
        version: desk.version().to_owned(),
    })
}

async fn credentials(desk: &Desk, connection: &ConnectionRow) -> Result<(SecretString, SecretString), IpcError> {
    let get = |credential| desk.keyring().get(EntryName::Connection(connection.id, credential));
    let missing = |error: KeyringError| match error {
        KeyringError::NoEntry => IpcError::of("credentials.missing"),
        other => keyring_error(&other),
    };
    let api_key = get(ConnectionSecret::ApiKey).await.map_err(missing)?;
    let api_secret = get(ConnectionSecret::ApiSecret).await.map_err(missing)?;
    Ok((api_key, api_secret))
}

/// What the practice platform holds, after something was written to it, to be kept; nothing of another platform.
pub(crate) async fn practice_snapshot(desk: &Desk, connection: &ConnectionRow) -> Option<String> {
    if connection.base_url != PRACTICE_URL {
        return None;
    }
    desk.practice().snapshot().await.map(|snapshot| snapshot.to_string())
}

/// Notes for the strip and the outbox whether a call reached its host.
pub(crate) fn note_network<T>(desk: &Desk, connection: &ConnectionRow, result: &Result<T, CallError>) {
    let reached = match result {
        Ok(_) => true,
        Err(error) => error.answer.is_some() || !error.kind.certainly_not_sent(),
    };
    desk.network().saw(connection.id, reached, desk.clock().now_ms());
    if reached {
        desk.outbox().reached(connection.id);
    }
    // A line that broke in the middle says nothing of the next try: a file would be sent again at once, and for ever.
    if result.as_ref().err().is_none_or(|error| error.answer.is_some()) {
        desk.files().reached(connection.id);
    }
}

/// A failed call as the page gets it.
pub(crate) fn call_error(error: &CallError) -> IpcError {
    IpcError {
        code: error.kind.code().to_owned(),
        params: error.kind.params(),
        fields: Vec::new(),
        trace_id: Some(error.trace_id.to_string()),
        answer: answer_view(error).map(Box::new),
    }
}

/// What the platform answered, where it did.
pub(crate) fn answer_view(error: &CallError) -> Option<ApiErrorView> {
    let ErrorAnswer { status, code, message, fields, raw, .. } = error.answer.clone()?;
    let fields = fields.into_iter().map(|(field, message)| ApiFieldView { field, message }).collect();
    Some(ApiErrorView { status, code, message, fields, raw, trace_id: error.trace_id.to_string() })
}

/// A keyring that does not answer as it should.
pub(crate) fn keyring_error(error: &KeyringError) -> IpcError {
    IpcError::of(match error {
        KeyringError::Missing => "keyring.missing",
        KeyringError::Locked => "keyring.locked",
        KeyringError::Slow => "keyring.slow",
        KeyringError::NoEntry | KeyringError::Failed(_) => "keyring.failed",
    })
}

impl From<StoreError> for IpcError {
    fn from(error: StoreError) -> Self {
        Self::of(match error {
            StoreError::Full => "store.full",
            StoreError::Closed => "store.closed",
            _ => "store.failed",
        })
    }
}
