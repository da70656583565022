//! Connections for the page, and the connection a verb works with.

use desk_api::BaseUrl;
use desk_store::connections::{self, ConnectionRow};
use desk_store::{Connection, SqlResult, settings};
use uuid::Uuid;

use crate::clock::instant;
use crate::convert::document;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::opening::CURRENT_CONNECTION;
use crate::practice::PRACTICE_URL;
use crate::views::{ConnectionView, CredentialView};

/// One connection as the page gets it.
pub(crate) fn view(row: &ConnectionRow) -> ConnectionView {
    let practice = row.base_url == PRACTICE_URL;
    let credential = |tail: &Option<String>, set_at: Option<i64>| {
        set_at.map(|at| CredentialView { tail: tail.clone().unwrap_or_default(), set_at: instant(at) })
    };
    ConnectionView {
        id: row.id.to_string(),
        name: row.name.clone(),
        kind: row.kind,
        revision: row.revision,
        environment: row.environment,
        base_url: row.base_url.clone(),
        host: if practice { String::new() } else { host(&row.base_url) },
        practice,
        host_fixed: practice || row.sent_at.is_some(),
        api_key: credential(&row.api_key_tail, row.api_key_set_at),
        api_secret: credential(&row.api_secret_tail, row.api_secret_set_at),
        tested: row.test_json.as_deref().and_then(|text| serde_json::from_str(text).ok()),
        archived_at: row.archived_at.map(instant),
        upload: document::upload_view(row.upload),
        token_url: row.token_url.clone(),
        token_scope: row.token_scope.clone(),
        capabilities: row.kind.capabilities(),
    }
}

fn host(base_url: &str) -> String {
    BaseUrl::parse(base_url).map(|url| url.host()).unwrap_or_default()
}

/// One connection by the id the page sent.
///
/// # Errors
/// `connection.gone`, or the store's.
pub(crate) async fn row(desk: &Desk, id: &str) -> Result<ConnectionRow, IpcError> {
    let id = super::id(id, "connection.gone")?;
    let found = desk.read(move |db| connections::get(db, id)).await?;
    found.ok_or_else(|| IpcError::of("connection.gone"))
}

/// The same, of one that is not archived: whoever writes to a connection or sends over it asks this way.
///
/// # Errors
/// `connection.gone`, `connection.archived`, or the store's.
pub(crate) async fn row_in_use(desk: &Desk, id: &str) -> Result<ConnectionRow, IpcError> {
    let row = row(desk, id).await?;
    if row.archived_at.is_some() { Err(IpcError::of("connection.archived")) } else { Ok(row) }
}

/// The connections in use, and the one whose environment the window shows.
pub(crate) struct InUse {
    pub all: Vec<ConnectionRow>,
    pub current: Option<ConnectionRow>,
}

impl InUse {
    /// Reads both.
    pub(crate) async fn read(desk: &Desk) -> Result<Self, IpcError> {
        Ok(desk.read(Self::of).await?)
    }

    /// The same, inside a transaction or beside what else is read.
    pub(crate) fn of(db: &Connection) -> SqlResult<Self> {
        let (mut all, current) = (connections::list(db)?, settings::get(db, CURRENT_CONNECTION)?);
        all.retain(|row| row.archived_at.is_none());
        let chosen = current.and_then(|text| text.parse::<Uuid>().ok());
        let current = all.iter().find(|row| Some(row.id) == chosen).or_else(|| all.first()).cloned();
        Ok(Self { all, current })
    }

    /// The connections of the current environment: lists cover these, and no others (DECISIONS 1).
    pub(crate) fn environment(&self) -> Vec<Uuid> {
        let Some(current) = &self.current else { return Vec::new() };
        self.all.iter().filter(|row| row.environment == current.environment).map(|row| row.id).collect()
    }
}
