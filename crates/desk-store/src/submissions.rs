//! Submissions: the outbox (RELIABILITY "Exactly once"). The tables themselves refuse a second live attempt of a draft, a
//! partner_customer_id of another draft, and any change of what was frozen.

use desk_domain::path::PersonId;
use rusqlite::{Connection, Error, Result, Row, Transaction, named_params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::column::{self, coded, json, one_row, optional, parsed, stored_codes, to_json};
use crate::drafts::{self, DraftState};

/// Where a submission stands. Looking it up is no state: a crash in the middle of it leaves `Unknown`, as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubmissionState {
    /// Waits to be sent.
    Queued,
    /// Leased: committed before a socket opens.
    Sending,
    /// Waits until the connection works (401, 403).
    Paused,
    /// The platform may have it. Never sent again before a look-up.
    Unknown,
    /// The platform has it.
    Accepted,
    /// The platform refused it.
    Rejected,
    /// The platform has something else under its id.
    Conflict,
    /// Given up before anything left this computer.
    NotSent,
}

stored_codes!(SubmissionState {
    Queued = "queued",
    Sending = "sending",
    Paused = "paused",
    Unknown = "unknown",
    Accepted = "accepted",
    Rejected = "rejected",
    Conflict = "conflict",
    NotSent = "not_sent",
});

/// What is made of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubmissionPurpose {
    /// A customer.
    New,
    /// Another state of a customer.
    Update,
}

stored_codes!(SubmissionPurpose { New = "new", Update = "update" });

/// One submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionRow {
    /// UUID v7.
    pub id: Uuid,
    /// The draft it came from.
    pub draft_id: Uuid,
    /// The connection it goes over.
    pub connection_id: Uuid,
    /// Create or update.
    pub purpose: SubmissionPurpose,
    /// Our id of the customer, as frozen.
    pub partner_customer_id: String,
    /// The number of the newest edit that is in it.
    pub draft_seq: i64,
    /// The body to the byte, as it goes on the wire.
    pub body: Vec<u8>,
    /// The person behind each index of `business_person_list` in the body (DECISIONS 3).
    pub persons: Vec<PersonId>,
    /// The id of this attempt for platforms that take one.
    pub idempotency_id: String,
    /// Where it stands.
    pub state: SubmissionState,
    /// How often it was leased.
    pub tries: i64,
    /// Look-ups in a row that did not find it.
    pub misses: i64,
    /// The platform's id of the customer, once known.
    pub customer_id: Option<String>,
    /// What was answered, oldest first.
    pub answers: Vec<SubmissionAnswer>,
    /// When it was made.
    pub created_at: i64,
    /// When its state last changed.
    pub changed_at: i64,
    /// Not sent or looked up before.
    pub due_at: i64,
}

/// A submission to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubmission {
    /// UUID v7.
    pub id: Uuid,
    /// The draft it comes from.
    pub draft_id: Uuid,
    /// The connection it goes over.
    pub connection_id: Uuid,
    /// Create or update.
    pub purpose: SubmissionPurpose,
    /// Our id of the customer.
    pub partner_customer_id: String,
    /// The number of the newest edit that is in it.
    pub draft_seq: i64,
    /// The body to the byte.
    pub body: Vec<u8>,
    /// The person behind each index.
    pub persons: Vec<PersonId>,
    /// The id of this attempt.
    pub idempotency_id: String,
}

/// One change of state and what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionAnswer {
    /// When.
    pub at: i64,
    /// The code of the state that came of it.
    pub state: String,
    /// What the caller keeps of it.
    pub detail: Value,
}

/// Queues an application. The draft's state is for the caller to set in the same transaction.
///
/// # Errors
/// SQLite's: a constraint where the draft has a live submission or another draft had this partner_customer_id.
pub fn insert(tx: &Transaction<'_>, new: &NewSubmission, now_ms: i64) -> Result<()> {
    tx.execute(
        "INSERT INTO submissions (id, draft_id, connection_id, purpose, partner_customer_id, draft_seq, body, body_sha256,
             persons, idempotency_id, state, created_at, changed_at, due_at)
         VALUES (:id, :draft, :connection, :purpose, :partner, :seq, :body, :sha256, :persons, :idempotency, 'queued',
             :now, :now, :now)",
        named_params! {
            ":id": column::id(new.id),
            ":draft": column::id(new.draft_id),
            ":connection": column::id(new.connection_id),
            ":purpose": new.purpose.code(),
            ":partner": new.partner_customer_id,
            ":seq": new.draft_seq,
            ":body": new.body,
            ":sha256": Sha256::digest(&new.body).as_slice(),
            ":persons": to_json(&new.persons)?,
            ":idempotency": new.idempotency_id,
            ":now": now_ms,
        },
    )?;
    Ok(())
}

/// Takes a queued submission for sending: one caller gets it, every other one `None`. A body that is no longer the
/// frozen one is an error, and is not sent.
///
/// # Errors
/// SQLite's.
pub fn lease(tx: &Transaction<'_>, id: Uuid, now_ms: i64) -> Result<Option<SubmissionRow>> {
    let leased = optional(
        tx.prepare_cached(
            "UPDATE submissions SET state = 'sending', tries = tries + 1, changed_at = ?2
             WHERE id = ?1 AND state = 'queued' AND due_at <= ?2 RETURNING *",
        )?
        .query_row((column::id(id), now_ms), from_row),
    )?;
    if leased.is_some() {
        let sql = "SELECT body, body_sha256 FROM submissions WHERE id = ?1";
        let same = tx.query_row(sql, [column::id(id)], |row| {
            Ok(Sha256::digest(row.get_ref(0)?.as_blob()?).as_slice() == row.get_ref(1)?.as_blob()?)
        })?;
        if !same {
            return Err(Error::InvalidQuery);
        }
    }
    Ok(leased)
}

/// What came of sending or looking up.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The new state.
    pub state: SubmissionState,
    /// The platform's id, where it is now known; `None` leaves what is there.
    pub customer_id: Option<String>,
    /// Misses in a row from now on.
    pub misses: i64,
    /// Not sent or looked up before this time.
    pub due_at: i64,
    /// What the caller keeps of it.
    pub detail: Value,
}

/// Sets the state and adds to the answers. The draft's state is for the caller to set in the same transaction.
///
/// # Errors
/// SQLite's; no such submission.
pub fn set_state(tx: &Transaction<'_>, id: Uuid, outcome: &Outcome, now_ms: i64) -> Result<()> {
    let state = outcome.state.code();
    let answer = SubmissionAnswer { at: now_ms, state: state.to_owned(), detail: outcome.detail.clone() };
    let changed = tx
        .prepare_cached(
            "UPDATE submissions SET state = :state, customer_id = coalesce(:customer, customer_id), misses = :misses,
                 due_at = :due, changed_at = :now, answers = json_insert(answers, '$[#]', json(:answer))
             WHERE id = :id",
        )?
        .execute(named_params! {
            ":id": column::id(id),
            ":state": state,
            ":customer": outcome.customer_id,
            ":misses": outcome.misses,
            ":due": outcome.due_at,
            ":now": now_ms,
            ":answer": to_json(&answer)?,
        })?;
    one_row(changed)
}

/// At start: whatever was on its way when the program ended is unknown, it and its draft. Gives every submission that is
/// unknown now, those from before included: what is to be looked up, oldest first.
///
/// # Errors
/// SQLite's.
pub fn mark_sending_unknown(tx: &Transaction<'_>, detail: &Value, now_ms: i64) -> Result<Vec<SubmissionRow>> {
    for row in list_in_state(tx, SubmissionState::Sending)? {
        let outcome = Outcome {
            state: SubmissionState::Unknown,
            customer_id: None,
            misses: 0,
            due_at: now_ms,
            detail: detail.clone(),
        };
        set_state(tx, row.id, &outcome, now_ms)?;
        drafts::set_state(tx, row.draft_id, DraftState::Unknown)?;
    }
    let sql = "SELECT * FROM submissions WHERE state = 'unknown' ORDER BY created_at, id";
    tx.prepare_cached(sql)?.query_map([], from_row)?.collect()
}

/// All submissions in a state, oldest first.
///
/// # Errors
/// SQLite's.
pub fn list_in_state(db: &Connection, state: SubmissionState) -> Result<Vec<SubmissionRow>> {
    let mut statement = db.prepare_cached("SELECT * FROM submissions WHERE state = ?1 ORDER BY created_at, id")?;
    statement.query_map([state.code()], from_row)?.collect()
}

/// One submission.
///
/// # Errors
/// SQLite's.
pub fn get(db: &Connection, id: Uuid) -> Result<Option<SubmissionRow>> {
    optional(db.prepare_cached("SELECT * FROM submissions WHERE id = ?1")?.query_row([column::id(id)], from_row))
}

/// The newest submission of a draft.
///
/// # Errors
/// SQLite's.
pub fn newest_for_draft(db: &Connection, draft: Uuid) -> Result<Option<SubmissionRow>> {
    let sql = "SELECT * FROM submissions WHERE draft_id = ?1 ORDER BY created_at DESC, id DESC LIMIT 1";
    optional(db.prepare_cached(sql)?.query_row([column::id(draft)], from_row))
}

fn from_row(row: &Row<'_>) -> Result<SubmissionRow> {
    Ok(SubmissionRow {
        id: parsed(row, "id")?,
        draft_id: parsed(row, "draft_id")?,
        connection_id: parsed(row, "connection_id")?,
        purpose: coded(row, "purpose", SubmissionPurpose::from_code)?,
        partner_customer_id: row.get("partner_customer_id")?,
        draft_seq: row.get("draft_seq")?,
        body: row.get("body")?,
        persons: json(row, "persons")?,
        idempotency_id: row.get("idempotency_id")?,
        state: coded(row, "state", SubmissionState::from_code)?,
        tries: row.get("tries")?,
        misses: row.get("misses")?,
        customer_id: row.get("customer_id")?,
        answers: json(row, "answers")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        due_at: row.get("due_at")?,
    })
}
