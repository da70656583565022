//! Edits as they are kept (DECISIONS 4): what undo, history and the proof after a crash read.
//!
//! The forms of a row stand in the first migration, with one that came later: a moved person is op `set` on the path
//! `business_person_list`, with the ids of all persons in their order before and after, as JSON lists, in `old` and `new`.

use std::collections::{BTreeMap, BTreeSet};

use desk_domain::draft::{Draft, Edit};
use desk_domain::path::{FieldPath, PersonId};
use rusqlite::{Connection, Result, Row, Transaction};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::column::{self, coded, from_json, parsed, stored_codes, to_json};

/// Old and new text together, in bytes, above which only the difference is kept: a long text that grows by a word at a
/// time would otherwise fill the database with copies of itself.
const WHOLE_BYTES: usize = 4 * 1024;

/// The path of the order of the persons, which [`Op::Set`] changes as a whole.
const ORDER_PATH: &str = "business_person_list";

/// What an edit did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// A text was set, or the order of the persons.
    Set,
    /// A person was added.
    Add,
    /// A person was removed.
    Remove,
    /// A text was set by taking an edit back.
    Undo,
    /// A text was set by doing it again.
    Redo,
}

stored_codes!(Op { Set = "set", Add = "add", Remove = "remove", Undo = "undo", Redo = "redo" });

/// One kept edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditRow {
    /// Its number in the draft, from 1 without gaps.
    pub seq: i64,
    /// What was saved together.
    pub batch: Uuid,
    /// What changed.
    pub change: Change,
    /// When.
    pub at: i64,
}

/// What an edit changed, in the form it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it did.
    pub op: Op,
    /// The field, `business_person_list/<uuid>` for a person, `business_person_list` for their order.
    pub path: String,
    /// Before: the text or the part of it that went (`None` for blank); for a removed person [`Removed`] as JSON; for an
    /// order the ids of all persons in it, as a JSON list.
    pub old: Option<String>,
    /// After: the text or the part of it that came; for an added person their place; for an order as in `old`.
    pub new: Option<String>,
    /// In the difference form, the bytes in common at the beginning and at the end.
    pub common: Option<(usize, usize)>,
}

/// A removed person, for who wants them back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Their place among the persons.
    pub at: usize,
    /// Their texts.
    pub texts: BTreeMap<FieldPath, String>,
}

impl Change {
    /// What an edit would change of a draft; `None` where it changes nothing.
    ///
    /// # Errors
    /// A value that is no JSON: none there is.
    pub fn of(draft: &Draft, edit: &Edit) -> Result<Option<Self>> {
        let mut after = draft.clone();
        after.apply(edit);
        if after == *draft {
            return Ok(None);
        }
        let whole = |op, path, old, new| Self { op, path, old, new, common: None };
        Ok(Some(match edit {
            Edit::Set { path, text } => Self::of_text(*path, draft.text(*path), text),
            Edit::AddPerson { person, .. } => {
                let at = after.persons.iter().position(|p| p == person).map(|at| at.to_string());
                whole(Op::Add, person_path(*person), None, at)
            }
            Edit::RemovePerson { person } => {
                let at = draft.persons.iter().position(|p| p == person).unwrap_or(draft.persons.len());
                let texts = draft.texts.iter().filter(|(path, _)| path.person() == Some(*person));
                let removed = Removed { at, texts: texts.map(|(path, text)| (*path, text.clone())).collect() };
                whole(Op::Remove, person_path(*person), Some(to_json(&removed)?), None)
            }
            Edit::MovePerson { .. } => {
                let (old, new) = (to_json(&draft.persons)?, to_json(&after.persons)?);
                whole(Op::Set, ORDER_PATH.to_owned(), Some(old), Some(new))
            }
        }))
    }

    fn of_text(path: FieldPath, old: &str, new: &str) -> Self {
        let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (old, new, common) = if old.len() + new.len() > WHOLE_BYTES {
            let prefix: usize = same_chars(old.chars(), new.chars());
            // Only of what is left, or "aa" against "aaa" would count the same letters twice.
            let suffix = same_chars(old[prefix..].chars().rev(), new[prefix..].chars().rev());
            (&old[prefix..old.len() - suffix], &new[prefix..new.len() - suffix], Some((prefix, suffix)))
        } else {
            (old, new, None)
        };
        Self { op: Op::Set, path: path.to_string(), old: part(old), new: part(new), common }
    }

    /// Does the change to a draft. `None` where it does not fit, that is, where rows are missing or changed.
    fn replay(&self, draft: &mut Draft) -> Option<()> {
        let edit = match self.op {
            Op::Add => Edit::AddPerson { person: self.person()?, at: self.new.as_deref()?.parse().ok()? },
            Op::Remove => Edit::RemovePerson { person: self.person()? },
            Op::Set | Op::Undo | Op::Redo if self.path == ORDER_PATH => {
                if order(self.old.as_deref())? != draft.persons {
                    return None;
                }
                let new = order(self.new.as_deref())?;
                let same = |a: &[PersonId]| a.iter().copied().collect::<BTreeSet<_>>();
                let whole = new.len() == draft.persons.len() && same(&new) == same(&draft.persons);
                draft.persons = whole.then_some(new)?;
                return Some(());
            }
            Op::Set | Op::Undo | Op::Redo => {
                let path: FieldPath = self.path.parse().ok()?;
                let before = draft.text(path);
                let (prefix, suffix) = self.common.unwrap_or((0, 0));
                let end = before.len().checked_sub(suffix)?;
                if before.get(prefix..end)? != self.old.as_deref().unwrap_or("") {
                    return None;
                }
                let text = [before.get(..prefix)?, self.new.as_deref().unwrap_or(""), before.get(end..)?].concat();
                Edit::Set { path, text }
            }
        };
        draft.apply(&edit);
        Some(())
    }

    fn person(&self) -> Option<PersonId> {
        self.path.strip_prefix("business_person_list/")?.parse().ok().map(PersonId)
    }

    /// The person that this change removed.
    ///
    /// # Errors
    /// The row holds something else.
    pub fn removed(&self) -> Result<Option<Removed>> {
        match (self.op, &self.old) {
            (Op::Remove, Some(old)) => from_json(old).map(Some),
            _ => Ok(None),
        }
    }
}

fn order(ids: Option<&str>) -> Option<Vec<PersonId>> {
    from_json(ids?).ok()
}

fn person_path(person: PersonId) -> String {
    format!("business_person_list/{}", column::id(person.0))
}

/// Bytes of the characters that two texts have in common from their beginning.
fn same_chars(old: impl Iterator<Item = char>, new: impl Iterator<Item = char>) -> usize {
    old.zip(new).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

/// The draft that kept edits make from nothing. `None` where they do not fit together.
#[must_use]
pub fn replay(rows: &[EditRow]) -> Option<Draft> {
    let mut draft = Draft::default();
    for (seq, row) in (1..).zip(rows) {
        if row.seq != seq {
            return None;
        }
        row.change.replay(&mut draft)?;
    }
    Some(draft)
}

/// The edits of a draft in their order.
///
/// # Errors
/// SQLite's.
pub fn list(db: &Connection, draft: Uuid) -> Result<Vec<EditRow>> {
    let mut statement = db.prepare_cached("SELECT * FROM draft_edits WHERE draft_id = ?1 ORDER BY seq")?;
    statement.query_map([column::id(draft)], from_row)?.collect()
}

/// The fields whose text was set after an edit, in no particular order; a field may stand as it did before again.
///
/// # Errors
/// SQLite's; a row holds something else.
pub fn changed_since(db: &Connection, draft: Uuid, seq: i64) -> Result<Vec<FieldPath>> {
    let sql = "SELECT DISTINCT path FROM draft_edits WHERE draft_id = ?1 AND seq > ?2 AND op NOT IN ('add', 'remove')
                   AND path <> 'business_person_list'";
    db.prepare_cached(sql)?.query_map((column::id(draft), seq), |row| parsed(row, "path"))?.collect()
}

/// What a person held when they were last removed; `None` where they never were.
///
/// # Errors
/// SQLite's; a row holds something else.
pub fn newest_removed(db: &Connection, draft: Uuid, person: PersonId) -> Result<Option<Removed>> {
    let sql = "SELECT * FROM draft_edits WHERE draft_id = ?1 AND op = 'remove' AND path = ?2 ORDER BY seq DESC LIMIT 1";
    let row = db.prepare_cached(sql)?.query_row((column::id(draft), person_path(person)), from_row);
    column::optional(row)?.map_or(Ok(None), |row| row.change.removed())
}

/// Whether a field has ever held a text, a short one.
///
/// # Errors
/// SQLite's.
pub fn held(db: &Connection, draft: Uuid, path: FieldPath, text: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM draft_edits WHERE draft_id = ?1 AND path = ?2 AND new = ?3)";
    db.prepare_cached(sql)?.query_row((column::id(draft), path.to_string(), text), |row| row.get(0))
}

pub(crate) fn insert(tx: &Transaction<'_>, draft: Uuid, row: &EditRow) -> Result<()> {
    let EditRow { seq, batch, change, at } = row;
    tx.prepare_cached(
        "INSERT INTO draft_edits (draft_id, seq, batch, op, path, old, new, prefix, suffix, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute((
        column::id(draft),
        seq,
        column::id(*batch),
        change.op.code(),
        &change.path,
        &change.old,
        &change.new,
        change.common.map(|(prefix, _)| as_stored(prefix)),
        change.common.map(|(_, suffix)| as_stored(suffix)),
        at,
    ))?;
    Ok(())
}

fn as_stored(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

fn from_row(row: &Row<'_>) -> Result<EditRow> {
    let count = |name| Ok::<_, rusqlite::Error>(row.get::<_, Option<u32>>(name)?.map(|bytes| bytes as usize));
    Ok(EditRow {
        seq: row.get("seq")?,
        batch: parsed(row, "batch")?,
        change: Change {
            op: coded(row, "op", Op::from_code)?,
            path: row.get("path")?,
            old: row.get("old")?,
            new: row.get("new")?,
            common: count("prefix")?.zip(count("suffix")?),
        },
        at: row.get("at")?,
    })
}
