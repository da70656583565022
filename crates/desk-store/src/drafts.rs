//! Drafts: the newest state of each, and how edits get into it.

use desk_domain::draft::{Draft, Edit};
use desk_domain::path::{FieldPath, PersonId};
use rusqlite::{Connection, Error, Result, Row, Transaction, named_params};
use uuid::Uuid;

use crate::column::{
    self, coded, from_json, id_list, json, maybe_parsed, one_row, optional, parsed, stored_codes, to_json,
};
use crate::{documents, draft_edits, identity_keys};

/// What became of a draft. Its newest submission says more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DraftState {
    /// Being written.
    Editing,
    /// Waits to be sent.
    Queued,
    /// On its way.
    Sending,
    /// Waits until its connection works again.
    Paused,
    /// The platform has it.
    Accepted,
    /// The platform refused it; it may be edited.
    Rejected,
    /// Nobody knows yet whether the platform has it.
    Unknown,
    /// The platform holds something else under its id.
    Conflict,
}

stored_codes!(DraftState {
    Editing = "editing",
    Queued = "queued",
    Sending = "sending",
    Paused = "paused",
    Accepted = "accepted",
    Rejected = "rejected",
    Unknown = "unknown",
    Conflict = "conflict",
});

/// What a draft is for. Whether it is an update, and of whom, never changes; what it is made of may ([`rebase`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A new customer.
    New,
    /// Another state of a customer.
    Update {
        /// The platform's id of the customer.
        customer_id: String,
        /// The reading it is made of.
        base_reading: Uuid,
        /// The person of the form for each place of `business_person_list` in its base, in that order. `None` for an
        /// update of version 3, which had no form.
        base_persons: Option<Vec<PersonId>>,
        /// When it was made of that: what was accepted of ours by then stands in for what the reading lacks.
        base_at: i64,
    },
}

impl Purpose {
    fn code(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Update { .. } => "update",
        }
    }
}

/// One draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// UUID v7.
    pub id: Uuid,
    /// Its connection.
    pub connection_id: Uuid,
    /// What it is for.
    pub purpose: Purpose,
    /// What became of it.
    pub state: DraftState,
    /// The number of its newest edit; 0 without one.
    pub seq: i64,
    /// What is typed, and the persons.
    pub texts: Draft,
    /// The field the user was in.
    pub position: Option<FieldPath>,
    /// An editor shows it. Still so at start means that the program ended in the middle.
    pub open: bool,
    /// When it was made.
    pub created_at: i64,
    /// When an edit was last kept.
    pub saved_at: i64,
    /// When it was put away; its rows stay.
    pub deleted_at: Option<i64>,
}

/// A draft to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDraft {
    /// UUID v7.
    pub id: Uuid,
    /// Its connection.
    pub connection_id: Uuid,
    /// What it is for.
    pub purpose: Purpose,
    /// The batch of the first edits, UUID v7.
    pub batch: Uuid,
    /// What is filled in from the beginning, as edits like any other.
    pub first: Vec<Edit>,
}

/// Makes a draft, not open, in state [`DraftState::Editing`], with its first edits.
///
/// # Errors
/// SQLite's: an id twice, no such connection or reading.
pub fn insert(tx: &Transaction<'_>, new: &NewDraft, now_ms: i64) -> Result<DraftRow> {
    let (customer, reading, base_persons, base_at) = match &new.purpose {
        Purpose::New => (None, None, None, None),
        Purpose::Update { customer_id, base_reading, base_persons, base_at } => {
            let persons = base_persons.as_ref().map(to_json).transpose()?;
            (Some(customer_id), Some(column::id(*base_reading)), persons, Some(base_at))
        }
    };
    let empty = Draft::default();
    tx.execute(
        "INSERT INTO drafts (id, connection_id, purpose, customer_id, base_reading_id, base_persons, base_at, state, seq,
             texts, persons, open, created_at, saved_at)
         VALUES (:id, :connection, :purpose, :customer, :reading, :base_persons, :base_at, 'editing', 0, :texts, :persons, 0, :now, :now)",
        named_params! {
            ":id": column::id(new.id),
            ":connection": column::id(new.connection_id),
            ":purpose": new.purpose.code(),
            ":customer": customer,
            ":reading": reading,
            ":base_persons": base_persons,
            ":base_at": base_at,
            ":texts": to_json(&empty.texts)?,
            ":persons": to_json(&empty.persons)?,
            ":now": now_ms,
        },
    )?;
    save_edits(tx, new.id, new.batch, &new.first, now_ms)?;
    get(tx, new.id)?.ok_or(Error::QueryReturnedNoRows)
}

/// Applies edits in their order, keeps one row for each that changes something, and gives the number of the newest. An
/// edit that changes nothing (the same text again, a person added twice) leaves no row, so that a message repeated after
/// a crash does no harm. Whether the draft may be edited is for the caller to ask in the same transaction.
///
/// # Errors
/// SQLite's; no such draft, or it was deleted.
pub fn save_edits(tx: &Transaction<'_>, id: Uuid, batch: Uuid, edits: &[Edit], now_ms: i64) -> Result<i64> {
    let row = get(tx, id)?.filter(|row| row.deleted_at.is_none()).ok_or(Error::QueryReturnedNoRows)?;
    let (mut draft, mut seq) = (row.texts.clone(), row.seq);
    for edit in edits {
        if let Some(change) = draft_edits::Change::of(&draft, edit)? {
            draft.apply(edit);
            seq += 1;
            draft_edits::insert(tx, id, &draft_edits::EditRow { seq, batch, change, at: now_ms })?;
        }
    }
    if seq != row.seq {
        tx.prepare_cached("UPDATE drafts SET seq = ?2, texts = ?3, persons = ?4, saved_at = ?5 WHERE id = ?1")?
            .execute((column::id(id), seq, to_json(&draft.texts)?, to_json(&draft.persons)?, now_ms))?;
        identity_keys::of_draft_changed(tx, id, &row.texts, &draft, edits)?;
    }
    Ok(seq)
}

/// One draft, deleted or not.
///
/// # Errors
/// SQLite's.
pub fn get(db: &Connection, id: Uuid) -> Result<Option<DraftRow>> {
    optional(db.prepare_cached("SELECT * FROM drafts WHERE id = ?1")?.query_row([column::id(id)], from_row))
}

/// The draft of an update of a customer that is not at its end: neither accepted nor deleted; the newest, where version 3
/// left more.
///
/// # Errors
/// SQLite's.
pub fn update_of(db: &Connection, connection: Uuid, customer_id: &str) -> Result<Option<DraftRow>> {
    let sql = "SELECT * FROM drafts INDEXED BY drafts_of_customer
         WHERE connection_id = ?1 AND customer_id = ?2 AND customer_id IS NOT NULL AND deleted_at IS NULL
             AND state <> 'accepted' ORDER BY id DESC LIMIT 1";
    optional(db.prepare_cached(sql)?.query_row((column::id(connection), customer_id), from_row))
}

/// The drafts of some connections, the one saved last first, without deleted ones.
///
/// # Errors
/// SQLite's.
pub fn list(db: &Connection, connections: &[Uuid]) -> Result<Vec<DraftRow>> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM drafts WHERE connection_id IN (SELECT value FROM json_each(?1)) AND deleted_at IS NULL
         ORDER BY saved_at DESC, id DESC",
    )?;
    statement.query_map([id_list(connections)?], from_row)?.collect()
}

/// How many drafts of some connections are in each state, without deleted ones; read from an index alone.
///
/// # Errors
/// SQLite's.
pub fn count_by_state(db: &Connection, connections: &[Uuid]) -> Result<Vec<(DraftState, u32)>> {
    let mut statement = db.prepare_cached(
        "SELECT state, count(*) AS count FROM drafts
         WHERE connection_id IN (SELECT value FROM json_each(?1)) AND deleted_at IS NULL GROUP BY state",
    )?;
    let row = |row: &Row<'_>| Ok((coded(row, "state", DraftState::from_code)?, row.get("count")?));
    statement.query_map([id_list(connections)?], row)?.collect()
}

/// Drafts that an editor showed when the program ended, the one saved last first, without deleted ones.
///
/// # Errors
/// SQLite's.
pub fn list_open(db: &Connection) -> Result<Vec<DraftRow>> {
    let sql = "SELECT * FROM drafts WHERE open = 1 AND deleted_at IS NULL ORDER BY saved_at DESC, id DESC";
    db.prepare_cached(sql)?.query_map([], from_row)?.collect()
}

/// The draft of an update is made of another reading from now on; its edits are for the caller to keep in the same
/// transaction.
///
/// # Errors
/// SQLite's; no such draft, or one of a new customer.
pub fn rebase(tx: &Transaction<'_>, id: Uuid, reading: Uuid, persons: &[PersonId], now_ms: i64) -> Result<()> {
    let sql = "UPDATE drafts SET base_reading_id = ?2, base_persons = ?3, base_at = ?4
         WHERE id = ?1 AND purpose = 'update'";
    one_row(tx.execute(sql, (column::id(id), column::id(reading), to_json(&persons)?, now_ms))?)
}

/// Sets the state. Once the platform has accepted it, the bytes of its files are forgotten.
///
/// # Errors
/// SQLite's; no such draft.
pub fn set_state(tx: &Transaction<'_>, id: Uuid, state: DraftState) -> Result<()> {
    if state == DraftState::Accepted {
        documents::forget_content(tx, id)?;
    }
    one_row(tx.execute("UPDATE drafts SET state = ?2 WHERE id = ?1", (column::id(id), state.code()))?)
}

/// Keeps the field the user is in.
///
/// # Errors
/// SQLite's; no such draft.
pub fn set_position(tx: &Transaction<'_>, id: Uuid, position: Option<FieldPath>) -> Result<()> {
    let position = position.map(|path| path.to_string());
    one_row(tx.execute("UPDATE drafts SET position = ?2 WHERE id = ?1", (column::id(id), position))?)
}

/// Keeps whether an editor shows it.
///
/// # Errors
/// SQLite's; no such draft.
pub fn set_open(tx: &Transaction<'_>, id: Uuid, open: bool) -> Result<()> {
    one_row(tx.execute("UPDATE drafts SET open = ?2 WHERE id = ?1", (column::id(id), open))?)
}

/// Puts a draft away, or brings it back with `None`. Its rows stay.
///
/// # Errors
/// SQLite's; no such draft.
pub fn set_deleted(tx: &Transaction<'_>, id: Uuid, deleted_at: Option<i64>) -> Result<()> {
    one_row(tx.execute("UPDATE drafts SET deleted_at = ?2 WHERE id = ?1", (column::id(id), deleted_at))?)
}

pub(crate) fn from_row(row: &Row<'_>) -> Result<DraftRow> {
    let customer: Option<String> = row.get("customer_id")?;
    let purpose = match customer.zip(maybe_parsed(row, "base_reading_id")?) {
        Some((customer_id, base_reading)) => {
            let persons = row.get_ref("base_persons")?.as_str_or_null()?;
            let base_persons = persons.map(from_json).transpose()?;
            let base_at = row.get::<_, Option<i64>>("base_at")?.map_or_else(|| row.get("created_at"), Ok)?;
            Purpose::Update { customer_id, base_reading, base_persons, base_at }
        }
        None => Purpose::New,
    };
    Ok(DraftRow {
        id: parsed(row, "id")?,
        connection_id: parsed(row, "connection_id")?,
        purpose,
        state: coded(row, "state", DraftState::from_code)?,
        seq: row.get("seq")?,
        texts: Draft { texts: json(row, "texts")?, persons: json(row, "persons")? },
        position: maybe_parsed(row, "position")?,
        open: row.get("open")?,
        created_at: row.get("created_at")?,
        saved_at: row.get("saved_at")?,
        deleted_at: row.get("deleted_at")?,
    })
}
