//! The end of a deleted draft: what was typed in it goes, what was sent of it stays (`secure_delete` is on).

use rusqlite::{Result, Transaction};
use uuid::Uuid;

use crate::column::{self, parsed};
use crate::{documents, identity_keys};

/// A draft whose content went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purged {
    /// The draft.
    pub id: Uuid,
    /// The connection it belonged to.
    pub connection_id: Uuid,
}

/// Forgets what was typed in drafts that were deleted at or before a time. One without a submission goes as a whole; the
/// row of another stays, empty, for the record of what was sent. Each is given once, the first time.
///
/// # Errors
/// SQLite's.
pub fn purge(tx: &Transaction<'_>, deleted_until: i64) -> Result<Vec<Purged>> {
    let mut statement = tx.prepare_cached(
        "SELECT id, connection_id FROM drafts WHERE deleted_at <= ?1
             AND (texts <> '{}' OR persons <> '[]' OR id IN (SELECT draft_id FROM draft_edits)
                 OR id IN (SELECT draft_id FROM documents)
                 OR id NOT IN (SELECT draft_id FROM submissions))
         ORDER BY id",
    )?;
    let found = statement.query_map([deleted_until], |row| {
        Ok(Purged { id: parsed(row, "id")?, connection_id: parsed(row, "connection_id")? })
    })?;
    let found: Vec<_> = found.collect::<Result<_>>()?;
    for Purged { id, .. } in &found {
        documents::forget(tx, *id)?;
        identity_keys::forget_draft(tx, *id)?;
        let id = column::id(*id);
        tx.prepare_cached("DELETE FROM draft_edits WHERE draft_id = ?1")?.execute([&id])?;
        tx.prepare_cached(
            "DELETE FROM drafts WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM submissions WHERE draft_id = ?1)",
        )?
        .execute([&id])?;
        tx.prepare_cached("UPDATE drafts SET texts = '{}', persons = '[]', position = NULL, open = 0 WHERE id = ?1")?
            .execute([&id])?;
    }
    Ok(found)
}
