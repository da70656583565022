//! Files of a list whose ids went to other entries of it.

use std::collections::BTreeSet;

use desk_domain::draft::Draft;
use desk_domain::path::FieldPath;
use rusqlite::{Result, Transaction};
use uuid::Uuid;

use super::{DocumentRow, DocumentState, list, remove};
use crate::column;

/// After a draft came onto another reading: each file of a list that the platform has stands at the entry that holds its id
/// now. One whose id stands nowhere, because another was typed over it, stays where it is, or goes where another came there.
///
/// # Errors
/// SQLite's.
pub fn moved(tx: &Transaction<'_>, draft: Uuid, texts: &Draft) -> Result<()> {
    let sent = |row: &DocumentRow| row.state == DocumentState::Sent && row.path.slot_number().is_some();
    let rows: Vec<_> = list(tx, draft)?.into_iter().filter(sent).collect();
    let holds = |path: FieldPath, row: &DocumentRow| Some(texts.text(path).trim()) == row.file_id.as_deref();
    let (stay, other): (Vec<_>, Vec<_>) = rows.iter().partition(|row| holds(row.path, row));
    let mut taken: BTreeSet<FieldPath> = stay.iter().map(|row| row.path).collect();
    let mut moving = Vec::new();
    let mut nowhere = Vec::new();
    for row in other {
        let of_list = texts.texts.keys().filter(|path| path.field() == row.path.field() && !taken.contains(path));
        match of_list.copied().find(|path| holds(*path, row)) {
            Some(path) => {
                taken.insert(path);
                moving.push((row.id, path));
            }
            None => nowhere.push(row),
        }
    }
    for row in nowhere.iter().filter(|row| taken.contains(&row.path)) {
        remove(tx, row.id)?;
    }
    // A field has one file at any time: those that change places first leave theirs.
    let sql = "UPDATE documents SET path = ?2 WHERE id = ?1";
    for (id, _) in &moving {
        tx.execute(sql, (column::id(*id), column::id(*id)))?;
    }
    for (id, path) in &moving {
        tx.execute(sql, (column::id(*id), path.to_string()))?;
    }
    Ok(())
}
