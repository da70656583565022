//! Files of drafts, on their way to becoming file ids. One a field; the bytes have a table of their own and go once the
//! platform has accepted the draft. Here one file; `queue` has what concerns all of a connection.

use desk_domain::path::FieldPath;
use rusqlite::{Connection, Result, Row, Transaction, named_params};
use uuid::Uuid;

use crate::column::{self, coded, one_row, optional, parsed, stored_codes};

mod moved;
mod queue;

pub use moved::moved;
pub use queue::{
    DueDocument, NEVER, hasten, is_sending, next_due, put_off_all, restart, resume, sendable, waits_for_network,
};

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentState {
    /// Waits to be sent.
    Waiting,
    /// Is being sent: committed before a socket opens.
    Sending,
    /// The platform has it.
    Sent,
    /// The platform refused it, or the user stopped it.
    Failed,
}

stored_codes!(DocumentState { Waiting = "waiting", Sending = "sending", Sent = "sent", Failed = "failed" });

/// What a file is to the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileType {
    /// `Invoice`.
    Invoice,
    /// `Contract`.
    Contract,
    /// `Business Registration`.
    BusinessRegistration,
    /// `Article of Association`.
    ArticleOfAssociation,
    /// `Main page`.
    MainPage,
    /// `Back page`.
    BackPage,
}

stored_codes!(FileType {
    Invoice = "invoice",
    Contract = "contract",
    BusinessRegistration = "business_registration",
    ArticleOfAssociation = "article_of_association",
    MainPage = "main_page",
    BackPage = "back_page",
});

/// One file without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// UUID v7.
    pub id: Uuid,
    /// Its draft.
    pub draft_id: Uuid,
    /// The field that wants its id.
    pub path: FieldPath,
    /// What it is.
    pub file_type: FileType,
    /// Its name.
    pub name: String,
    /// What its bytes are.
    pub media_type: String,
    /// Its size in bytes.
    pub size: u64,
    /// Pages of a PDF, where they could be counted.
    pub pages: Option<u32>,
    /// Where it stands.
    pub state: DocumentState,
    /// What the field held when it was added.
    pub replaces: Option<String>,
    /// The id that the platform gave it: there once it is sent.
    pub file_id: Option<String>,
    /// How often it was sent.
    pub tries: i64,
    /// Not sent before; [`NEVER`] where it waits for no time.
    pub due_at: i64,
    /// What went wrong last, as the caller writes it.
    pub reason: Option<String>,
    /// When it was added.
    pub created_at: i64,
    /// There is a picture of it.
    pub preview: bool,
}

/// A file to be kept.
#[derive(Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// UUID v7.
    pub id: Uuid,
    /// Its draft.
    pub draft_id: Uuid,
    /// The field that wants its id.
    pub path: FieldPath,
    /// What it is.
    pub file_type: FileType,
    /// Its name.
    pub name: String,
    /// What its bytes are.
    pub media_type: String,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Pages of a PDF, where they could be counted.
    pub pages: Option<u32>,
    /// What the field holds: only that gives way to the file's id.
    pub replaces: Option<String>,
    /// Its bytes.
    pub content: Vec<u8>,
    /// A picture of it.
    pub preview: Option<Vec<u8>>,
}

/// All but the bytes.
const ROW: &str = "SELECT documents.*, contents.preview IS NOT NULL AS has_preview
    FROM documents LEFT JOIN document_contents AS contents ON contents.document_id = documents.id";

/// Files that the form shows: a removed person may come back, and takes their files along until then.
const THERE: &str = "(documents.path NOT LIKE 'business_person_list/%'
    OR substr(documents.path, 22, 36) IN (SELECT value FROM json_each(drafts.persons)))";

/// Until when the platform wants no file of the connection of a file.
const HELD: &str = "coalesce((SELECT files_after FROM connections JOIN drafts ON drafts.connection_id = connections.id
    WHERE drafts.id = documents.draft_id), 0)";

/// Why a file waits that the platform has not refused itself, as `reason` has it: its connection is held.
const RATE_LIMITED: &str = r#"{"code":"rate.limited","params":{}}"#;

/// Keeps a file, waiting, in the place of whichever the field had. Where its connection is held, for that.
///
/// # Errors
/// SQLite's: no such draft, no bytes.
pub fn insert(tx: &Transaction<'_>, new: &NewDocument, now_ms: i64) -> Result<()> {
    let sql = "SELECT id FROM documents WHERE draft_id = ?1 AND path = ?2";
    let place = (column::id(new.draft_id), new.path.to_string());
    if let Some(before) = optional(tx.prepare_cached(sql)?.query_row(place, |row| parsed(row, "id")))? {
        remove(tx, before)?;
    }
    let held = HELD.replace("documents.draft_id", ":draft");
    tx.prepare_cached(&format!(
        "INSERT INTO documents (id, draft_id, path, file_type, name, media_type, size, sha256, pages, state, replaces,
             due_at, reason, created_at)
         VALUES (:id, :draft, :path, :file_type, :name, :media_type, :size, :sha256, :pages, 'waiting', :replaces,
             max(:now, {held}), iif({held} > :now, :limited, NULL), :now)"
    ))?
    .execute(named_params! {
        ":id": column::id(new.id),
        ":draft": column::id(new.draft_id),
        ":path": new.path.to_string(),
        ":file_type": new.file_type.code(),
        ":name": new.name,
        ":media_type": new.media_type,
        ":size": i64::try_from(new.content.len()).unwrap_or(i64::MAX),
        ":sha256": new.sha256,
        ":pages": new.pages,
        ":replaces": new.replaces,
        ":limited": RATE_LIMITED,
        ":now": now_ms,
    })?;
    let sql = "INSERT INTO document_contents (document_id, preview, content) VALUES (?1, ?2, ?3)";
    tx.prepare_cached(sql)?.execute((column::id(new.id), &new.preview, &new.content))?;
    Ok(())
}

/// One file.
///
/// # Errors
/// SQLite's.
pub fn get(db: &Connection, id: Uuid) -> Result<Option<DocumentRow>> {
    let sql = format!("{ROW} WHERE documents.id = ?1");
    optional(db.prepare_cached(&sql)?.query_row([column::id(id)], from_row))
}

/// The files of a draft that its form shows, in the order they were added.
///
/// # Errors
/// SQLite's.
pub fn list(db: &Connection, draft: Uuid) -> Result<Vec<DocumentRow>> {
    let sql = format!(
        "{ROW} JOIN drafts ON drafts.id = documents.draft_id
         WHERE documents.draft_id = ?1 AND {THERE} ORDER BY documents.created_at, documents.id"
    );
    db.prepare_cached(&sql)?.query_map([column::id(draft)], from_row)?.collect()
}

/// The bytes of a file, as long as they are kept.
///
/// # Errors
/// SQLite's.
pub fn content(db: &Connection, id: Uuid) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT content FROM document_contents WHERE document_id = ?1";
    optional(db.prepare_cached(sql)?.query_row([column::id(id)], |row| row.get(0)))
}

/// The picture of a file, where there is one.
///
/// # Errors
/// SQLite's.
pub fn preview(db: &Connection, id: Uuid) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT preview FROM document_contents WHERE document_id = ?1";
    Ok(optional(db.prepare_cached(sql)?.query_row([column::id(id)], |row| row.get(0)))?.flatten())
}

/// How many files of a draft are not at the platform: they wait, are being sent, or failed and wait for a person. As long
/// as there is one, what would be sent is not what the form shows.
///
/// # Errors
/// SQLite's.
pub fn unsent(db: &Connection, draft: Uuid) -> Result<u32> {
    let sql = format!(
        "SELECT count(*) FROM documents JOIN drafts ON drafts.id = documents.draft_id
         WHERE documents.draft_id = ?1 AND documents.state <> 'sent' AND {THERE}"
    );
    db.prepare_cached(&sql)?.query_row([column::id(draft)], |row| row.get(0))
}

/// A file that waits is being sent from now on. `None` where it does not wait any more.
///
/// # Errors
/// SQLite's.
pub fn lease(tx: &Transaction<'_>, id: Uuid) -> Result<Option<DocumentRow>> {
    let sql = "UPDATE documents SET state = 'sending', tries = tries + 1 WHERE id = ?1 AND state = 'waiting'";
    if tx.prepare_cached(sql)?.execute([column::id(id)])? == 0 { Ok(None) } else { get(tx, id) }
}

/// The platform has it. `false` where it is not being sent any more.
///
/// # Errors
/// SQLite's.
pub fn sent(tx: &Transaction<'_>, id: Uuid, file_id: &str, now_ms: i64) -> Result<bool> {
    let sql = "UPDATE documents SET state = 'sent', file_id = ?2, sent_at = ?3, reason = NULL
        WHERE id = ?1 AND state = 'sending'";
    Ok(tx.execute(sql, (column::id(id), file_id, now_ms))? > 0)
}

/// It waits again until this time, or until its connection is held no more, for this reason if there is one. `false` where
/// it is not being sent any more.
///
/// # Errors
/// SQLite's.
pub fn put_off(tx: &Transaction<'_>, id: Uuid, due_at: i64, reason: Option<&str>) -> Result<bool> {
    let sql = format!(
        "UPDATE documents SET state = 'waiting', due_at = max(?2, {HELD}), reason = ?3
         WHERE id = ?1 AND state = 'sending'"
    );
    Ok(tx.execute(&sql, (column::id(id), due_at, reason))? > 0)
}

/// It is given up for this reason, by the platform or by a person. `false` where it neither waits nor is being sent.
///
/// # Errors
/// SQLite's.
pub fn fail(tx: &Transaction<'_>, id: Uuid, reason: &str) -> Result<bool> {
    let sql = "UPDATE documents SET state = 'failed', reason = ?2 WHERE id = ?1 AND state IN ('waiting', 'sending')";
    Ok(tx.execute(sql, (column::id(id), reason))? > 0)
}

/// It waits from now on, because a person says so: a connection that is held does not hold it. `false` where it is being sent, or was.
///
/// # Errors
/// SQLite's.
pub fn retry(tx: &Transaction<'_>, id: Uuid, now_ms: i64) -> Result<bool> {
    let sql = "UPDATE documents SET state = 'waiting', due_at = ?2, reason = NULL, tries = 0
        WHERE id = ?1 AND state IN ('waiting', 'failed')";
    Ok(tx.execute(sql, (column::id(id), now_ms))? > 0)
}

/// Takes a file away, its bytes with it.
///
/// # Errors
/// SQLite's; no such file.
pub fn remove(tx: &Transaction<'_>, id: Uuid) -> Result<()> {
    tx.prepare_cached("DELETE FROM document_contents WHERE document_id = ?1")?.execute([column::id(id)])?;
    one_row(tx.prepare_cached("DELETE FROM documents WHERE id = ?1")?.execute([column::id(id)])?)
}

/// Forgets the bytes of a draft's files, and whatever of them was never sent: the platform has accepted the draft. What was
/// sent stays as a row with its id.
///
/// # Errors
/// SQLite's.
pub fn forget_content(tx: &Transaction<'_>, draft: Uuid) -> Result<()> {
    let id = column::id(draft);
    let of_draft = "document_id IN (SELECT id FROM documents WHERE draft_id = ?1)";
    tx.execute(&format!("DELETE FROM document_contents WHERE {of_draft}"), [&id])?;
    tx.execute("DELETE FROM documents WHERE draft_id = ?1 AND state <> 'sent'", [&id])?;
    Ok(())
}

/// Forgets the files of a draft altogether.
///
/// # Errors
/// SQLite's.
pub fn forget(tx: &Transaction<'_>, draft: Uuid) -> Result<()> {
    forget_content(tx, draft)?;
    tx.execute("DELETE FROM documents WHERE draft_id = ?1", [column::id(draft)])?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> Result<DocumentRow> {
    let size: i64 = row.get("size")?;
    Ok(DocumentRow {
        id: parsed(row, "id")?,
        draft_id: parsed(row, "draft_id")?,
        path: parsed(row, "path")?,
        file_type: coded(row, "file_type", FileType::from_code)?,
        name: row.get("name")?,
        media_type: row.get("media_type")?,
        size: size.unsigned_abs(),
        pages: row.get("pages")?,
        state: coded(row, "state", DocumentState::from_code)?,
        replaces: row.get("replaces")?,
        file_id: row.get("file_id")?,
        tries: row.get("tries")?,
        due_at: row.get("due_at")?,
        reason: row.get("reason")?,
        created_at: row.get("created_at")?,
        preview: row.get("has_preview")?,
    })
}
