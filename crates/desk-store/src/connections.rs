//! Connections without their secrets (DECISIONS 1).

use desk_domain::form::Form;
use desk_domain::platform::{Environment, Kind, Revision};
use rusqlite::{Connection, Result, Row, Transaction, named_params};
use uuid::Uuid;

use crate::column::{self, coded, maybe_coded, one_row, optional, parsed, stored_codes};

/// One connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionRow {
    /// UUID v7.
    pub id: Uuid,
    /// What the user calls it.
    pub name: String,
    /// The platform; never changes.
    pub kind: Kind,
    /// The revision: there for axisfi, and only there.
    pub revision: Option<Revision>,
    /// Where its records live; never changes.
    pub environment: Environment,
    /// The base URL; `sandbox:` and the like for a practice connection.
    pub base_url: String,
    /// Where its tokens come from: there for bultra, and only there. `sandbox:` for a practice connection.
    pub token_url: Option<String>,
    /// The scope its tokens are asked for; none where the platform decides.
    pub token_scope: Option<String>,
    /// When it was archived; archived connections stay for their records.
    pub archived_at: Option<i64>,
    /// When anything was first sent: from then on its host stays. Set by [`mark_sent`] only.
    pub sent_at: Option<i64>,
    /// The last characters of the API key, four at most.
    pub api_key_tail: Option<String>,
    /// When the API key was set.
    pub api_key_set_at: Option<i64>,
    /// The last characters of the API secret, four at most.
    pub api_secret_tail: Option<String>,
    /// When the API secret was set.
    pub api_secret_set_at: Option<i64>,
    /// When it was last tested.
    pub tested_at: Option<i64>,
    /// How that went, as the caller writes it.
    pub test_json: Option<String>,
    /// How files are sent.
    pub upload: Upload,
    /// When it was made.
    pub created_at: i64,
}

impl ConnectionRow {
    /// The form of its drafts.
    #[must_use]
    pub fn form(&self) -> Form {
        self.revision.map_or(Form::Contact, Form::Whole)
    }
}

/// How files are sent to a platform whose pages do not settle it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// As parts of a form, or in JSON.
    pub encoding: UploadEncoding,
    /// The largest file that it takes, in megabytes (10^6 bytes): 1 to 100.
    pub limit_mb: u32,
}

impl Default for Upload {
    /// What the contract names first, and a limit that scans of documents stay below.
    fn default() -> Self {
        Self { encoding: UploadEncoding::Multipart, limit_mb: 10 }
    }
}

/// The two encodings of the files page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadEncoding {
    /// `multipart/form-data`.
    Multipart,
    /// `application/json`, the file as base64.
    Json,
}

stored_codes!(UploadEncoding { Multipart = "multipart", Json = "json" });

/// Keeps a new connection.
///
/// # Errors
/// SQLite's: an id twice, a tail that is too long, a revision where none belongs.
pub fn insert(tx: &Transaction<'_>, row: &ConnectionRow) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO connections (id, name, kind, revision, environment, base_url, token_url, token_scope, archived_at,
             sent_at, api_key_tail, api_key_set_at, api_secret_tail, api_secret_set_at, tested_at, test_json,
             upload_encoding, upload_limit_mb, created_at)
         VALUES (:id, :name, :kind, :revision, :environment, :base_url, :token_url, :token_scope, :archived_at, :sent_at,
             :api_key_tail, :api_key_set_at, :api_secret_tail, :api_secret_set_at, :tested_at, :test_json,
             :upload_encoding, :upload_limit_mb, :created_at)",
    )?
    .execute(named_params! {
        ":id": column::id(row.id),
        ":name": row.name,
        ":kind": row.kind.code(),
        ":revision": row.revision.map(Revision::code),
        ":environment": row.environment.code(),
        ":base_url": row.base_url,
        ":token_url": row.token_url,
        ":token_scope": row.token_scope,
        ":archived_at": row.archived_at,
        ":sent_at": row.sent_at,
        ":api_key_tail": row.api_key_tail,
        ":api_key_set_at": row.api_key_set_at,
        ":api_secret_tail": row.api_secret_tail,
        ":api_secret_set_at": row.api_secret_set_at,
        ":tested_at": row.tested_at,
        ":test_json": row.test_json,
        ":upload_encoding": row.upload.encoding.code(),
        ":upload_limit_mb": row.upload.limit_mb,
        ":created_at": row.created_at,
    })?;
    Ok(())
}

/// Writes all of a connection but `created_at`, which stays, and `sent_at`, which only [`mark_sent`] sets.
///
/// # Errors
/// SQLite's: another kind or environment is refused by the table. No such connection.
pub fn update(tx: &Transaction<'_>, row: &ConnectionRow) -> Result<()> {
    let changed = tx
        .prepare_cached(
            "UPDATE connections SET name = :name, kind = :kind, revision = :revision, environment = :environment,
                 base_url = :base_url, token_url = :token_url, token_scope = :token_scope, archived_at = :archived_at,
                 api_key_tail = :api_key_tail, api_key_set_at = :api_key_set_at, api_secret_tail = :api_secret_tail,
                 api_secret_set_at = :api_secret_set_at, tested_at = :tested_at, test_json = :test_json,
                 upload_encoding = :upload_encoding, upload_limit_mb = :upload_limit_mb
             WHERE id = :id",
        )?
        .execute(named_params! {
            ":id": column::id(row.id),
            ":name": row.name,
            ":kind": row.kind.code(),
            ":revision": row.revision.map(Revision::code),
            ":environment": row.environment.code(),
            ":base_url": row.base_url,
            ":token_url": row.token_url,
            ":token_scope": row.token_scope,
            ":archived_at": row.archived_at,
            ":api_key_tail": row.api_key_tail,
            ":api_key_set_at": row.api_key_set_at,
            ":api_secret_tail": row.api_secret_tail,
            ":api_secret_set_at": row.api_secret_set_at,
            ":tested_at": row.tested_at,
            ":test_json": row.test_json,
            ":upload_encoding": row.upload.encoding.code(),
            ":upload_limit_mb": row.upload.limit_mb,
        })?;
    one_row(changed)
}

/// Keeps the first time anything was sent over a connection; later times change nothing.
///
/// # Errors
/// SQLite's; no such connection.
pub fn mark_sent(tx: &Transaction<'_>, id: Uuid, now_ms: i64) -> Result<()> {
    let sql = "UPDATE connections SET sent_at = coalesce(sent_at, ?2) WHERE id = ?1";
    one_row(tx.execute(sql, (column::id(id), now_ms))?)
}

/// All connections in the order they were made, archived ones too.
///
/// # Errors
/// SQLite's.
pub fn list(db: &Connection) -> Result<Vec<ConnectionRow>> {
    let mut statement = db.prepare_cached("SELECT * FROM connections ORDER BY created_at, id")?;
    statement.query_map([], from_row)?.collect()
}

/// One connection.
///
/// # Errors
/// SQLite's.
pub fn get(db: &Connection, id: Uuid) -> Result<Option<ConnectionRow>> {
    let mut statement = db.prepare_cached("SELECT * FROM connections WHERE id = ?1")?;
    optional(statement.query_row([column::id(id)], from_row))
}

fn from_row(row: &Row<'_>) -> Result<ConnectionRow> {
    Ok(ConnectionRow {
        id: parsed(row, "id")?,
        name: row.get("name")?,
        kind: coded(row, "kind", Kind::from_code)?,
        revision: maybe_coded(row, "revision", Revision::from_code)?,
        environment: coded(row, "environment", Environment::from_code)?,
        base_url: row.get("base_url")?,
        token_url: row.get("token_url")?,
        token_scope: row.get("token_scope")?,
        archived_at: row.get("archived_at")?,
        sent_at: row.get("sent_at")?,
        api_key_tail: row.get("api_key_tail")?,
        api_key_set_at: row.get("api_key_set_at")?,
        api_secret_tail: row.get("api_secret_tail")?,
        api_secret_set_at: row.get("api_secret_set_at")?,
        tested_at: row.get("tested_at")?,
        test_json: row.get("test_json")?,
        upload: Upload {
            encoding: coded(row, "upload_encoding", UploadEncoding::from_code)?,
            limit_mb: row.get("upload_limit_mb")?,
        },
        created_at: row.get("created_at")?,
    })
}
