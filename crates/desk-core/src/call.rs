//! From a connection to a client, and from a call that failed to what the page is told.

use std::sync::Arc;

use desk_api::{
    AxisfiClient, BaseUrl, BultraClient, BultraOptions, CallError, CallErrorKind, ClientOptions, ErrorAnswer,
    ProxySettings, Tokens,
};
use desk_domain::platform::{Kind, Revision};
use desk_secrets::{ConnectionSecret, EntryName, KeyringError};
use desk_store::connections::ConnectionRow;
use desk_store::{StoreError, settings};
use secrecy::SecretString;

use crate::convert::network;
use crate::desk::Desk;
use crate::ipc::{ApiErrorView, ApiFieldView, IpcError};
use crate::platform::PlatformClient;
use crate::practice::{PRACTICE_URL, PracticeAccount};

/// The snapshot of the practice platform.
pub(crate) const PRACTICE_SNAPSHOT: &str = "practice.snapshot";

/// The revision of an AxisFI connection.
///
/// # Errors
/// `unsupported` for another platform.
pub(crate) fn revision(connection: &ConnectionRow) -> Result<Revision, IpcError> {
    connection.revision.filter(|_| connection.kind == Kind::Axisfi).ok_or_else(|| IpcError::of("unsupported"))
}

/// What a client of a connection is made of: one that was made of something else is used no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MadeOf {
    base_url: String,
    tokens: (Option<String>, Option<String>),
    revision: Option<Revision>,
    times: [Option<i64>; 3],
}

impl MadeOf {
    /// As the row says now.
    pub(crate) fn of(row: &ConnectionRow) -> Self {
        Self {
            base_url: row.base_url.clone(),
            tokens: (row.token_url.clone(), row.token_scope.clone()),
            revision: row.revision,
            times: [row.api_key_set_at, row.api_secret_set_at, row.archived_at],
        }
    }
}

/// A client of this connection.
///
/// # Errors
/// Those of [`options`].
pub(crate) async fn client(desk: &Desk, connection: &ConnectionRow) -> Result<PlatformClient, IpcError> {
    let refused = |error: desk_api::ClientError| IpcError::of(error.code());
    match connection.kind {
        Kind::Axisfi => {
            let options = options(desk, connection).await?;
            AxisfiClient::new(options).map(PlatformClient::Axisfi).map_err(refused)
        }
        Kind::Bultra => {
            let (options, tokens) = bultra(desk, connection).await?;
            let client = BultraClient::new(options, tokens).map_err(refused)?;
            Ok(PlatformClient::Bultra(Box::new(client), desk.clock().clone()))
        }
    }
}

/// What a client of this AxisFI connection is made of, with its credentials from the keyring; for a practice connection, of
/// the platform that the program serves itself, started if need be.
///
/// # Errors
/// `connection.archived`: nothing is sent over one that is out of use; the keyring's; `unsupported`.
pub(crate) async fn options(desk: &Desk, connection: &ConnectionRow) -> Result<ClientOptions, IpcError> {
    revision(connection)?;
    let PracticeAccount { base_url, api_key, api_secret, .. } = account(desk, connection).await?;
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

/// The same of a Bultra connection, with the tokens that all its clients share.
///
/// # Errors
/// Those of [`options`].
pub(crate) async fn bultra(desk: &Desk, connection: &ConnectionRow) -> Result<(BultraOptions, Arc<Tokens>), IpcError> {
    let PracticeAccount { base_url, api_key, api_secret, token_url } = account(desk, connection).await?;
    let token_url = token_url.filter(|_| connection.kind == Kind::Bultra).ok_or_else(|| IpcError::of("unsupported"))?;
    let tokens = desk.platforms().tokens(connection, &base_url, &token_url);
    let address = |text: &str| BaseUrl::parse(text).map_err(|error| IpcError::of(error.code()));
    let network = desk.read(network::read).await?;
    let options = BultraOptions {
        base_url: address(&base_url)?,
        token_url: address(&token_url)?,
        client_id: api_key,
        client_secret: api_secret,
        scope: connection.token_scope.clone(),
        extra_roots_pem: network.authorities.into_iter().map(|authority| authority.pem.into_bytes()).collect(),
        proxy: network.proxy.and_then(|typed| ProxySettings::parse(&typed).ok()),
        timeouts: desk.timeouts(),
        version: desk.version().to_owned(),
    };
    Ok((options, tokens))
}

/// Where a connection is reached, and with which credentials.
async fn account(desk: &Desk, connection: &ConnectionRow) -> Result<PracticeAccount, IpcError> {
    if connection.archived_at.is_some() {
        return Err(IpcError::of("connection.archived"));
    }
    if connection.base_url == PRACTICE_URL {
        let kept = desk.read(|db| settings::get(db, PRACTICE_SNAPSHOT)).await?;
        let snapshot = kept.and_then(|text| serde_json::from_str(&text).ok());
        let account = desk.practice().account(connection.form(), snapshot).await;
        return account.map_err(|_| IpcError::of("network.refused"));
    }
    let (api_key, api_secret) = credentials(desk, connection).await?;
    let (base_url, token_url) = (connection.base_url.clone(), connection.token_url.clone());
    Ok(PracticeAccount { base_url, api_key, api_secret, token_url })
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
    let now = desk.clock().now_ms();
    // What comes of the host of the tokens says nothing of the other: nobody is hastened by it.
    if let Some(reached) = result.as_ref().err().and_then(|error| token_host(&error.kind)) {
        return desk.network().saw(connection.id, reached, now);
    }
    let reached = match result {
        Ok(_) => true,
        Err(error) => error.answer.is_some() || !error.kind.certainly_not_sent(),
    };
    desk.network().saw(connection.id, reached, now);
    if reached {
        desk.outbox().reached(connection.id);
    }
    // A line that broke in the middle says nothing of the next try: a file would be sent again at once, and for ever.
    if result.as_ref().err().is_none_or(|error| error.answer.is_some()) {
        desk.files().reached(connection.id);
    }
}

/// Whether the host of the tokens was reached, where a call ended there.
fn token_host(kind: &CallErrorKind) -> Option<bool> {
    match kind {
        CallErrorKind::TokenUnreached { .. } => Some(false),
        CallErrorKind::TokenRefused { .. }
        | CallErrorKind::TokenScope { .. }
        | CallErrorKind::TokenUnreadable { .. }
        | CallErrorKind::TokenLimited { .. } => Some(true),
        _ => None,
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

/// What the platform answered to a question, where it did. A success that could not be used holds customers, whom nobody
/// has masked: of it only what it was called is told.
pub(crate) fn answer_view(error: &CallError) -> Option<ApiErrorView> {
    let view = written_view(error)?;
    if !(200..300).contains(&view.status) {
        return Some(view);
    }
    Some(ApiErrorView { message: None, fields: Vec::new(), raw: String::new(), ..view })
}

/// What the platform answered to something that was written, where it did: of use to those who look for what became of it.
pub(crate) fn written_view(error: &CallError) -> Option<ApiErrorView> {
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

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    #[rstest]
    #[case::cut(CallErrorKind::Cut, 200, false)]
    #[case::too_large(CallErrorKind::TooLarge, 206, false)]
    #[case::of_another_shape(CallErrorKind::Unreadable, 299, false)]
    #[case::moved(CallErrorKind::Status { status: 300 }, 300, true)]
    #[case::an_error(CallErrorKind::Status { status: 500 }, 500, true)]
    fn of_a_success_that_cannot_be_used_no_customer_is_told(
        #[case] kind: CallErrorKind,
        #[case] status: u16,
        #[case] told: bool,
    ) {
        let (raw, message) = (String::from("jane@a.example"), Some(String::from("jane")));
        let fields = vec![(String::from("email"), String::from("jane"))];
        let code = Some(String::from("PARTIAL"));
        let answer = ErrorAnswer { status, code, message, fields, raw, ..ErrorAnswer::default() };
        let error = CallError { kind, trace_id: Uuid::nil(), answer: Some(answer), millis: 0 };
        let read = answer_view(&error).unwrap();
        assert_eq!((read.status, read.code.as_deref()), (status, Some("PARTIAL")));
        assert_eq!((read.raw.is_empty(), read.message.is_none(), read.fields.is_empty()), (!told, !told, !told));
        assert_eq!(call_error(&error).answer.unwrap().raw, read.raw);
        assert_eq!(written_view(&error).unwrap().raw, "jane@a.example", "who writes sees what came of it");
    }
}
