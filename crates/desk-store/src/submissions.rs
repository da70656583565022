//! Submissions: the outbox (RELIABILITY "Exactly once"). The tables themselves refuse a second live attempt of a draft, a
//! partner_customer_id of another draft, and any change of what was frozen.

use desk_domain::path::PersonId;
use rusqlite::{Connection, Error, Result, Row, Transaction, named_params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::column::{self, coded, json, maybe_coded, maybe_parsed, one_row, optional, parsed, stored_codes, to_json};
use crate::drafts::{self, DraftState};

/// How many answers are kept with a submission, the first and the newest: a platform that is down for a week is asked a
/// thousand times.
const ANSWERS_KEPT: i64 = 40;

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

/// Why a submission is not sent or looked up now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WaitsFor {
    /// The platform was not reached.
    Network,
    /// The platform wants to be left alone for a while (429).
    Rate,
    /// It is sent again, because the platform proved not to have it.
    Absence,
    /// The platform refuses the connection's keys.
    Connection,
}

stored_codes!(WaitsFor { Network = "network", Rate = "rate", Absence = "absence", Connection = "connection" });

/// What look-ups have shown since it was last sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looks {
    /// Look-ups, answered or not.
    pub lookups: i64,
    /// Look-ups in a row that did not find it, as far as they prove anything.
    pub misses: i64,
    /// The last of those.
    pub missed_at: Option<i64>,
    /// How often it was proven absent, since it was made.
    pub absences: i64,
}

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
    /// What look-ups have shown.
    pub looks: Looks,
    /// The platform's id of the customer, once known; of an update from the beginning.
    pub customer_id: Option<String>,
    /// The reading an update began with.
    pub base_reading_id: Option<Uuid>,
    /// It may wait for the network.
    pub may_wait: bool,
    /// Why it is not sent now, while it is queued.
    pub waits_for: Option<WaitsFor>,
    /// When it was last taken for sending.
    pub leased_at: Option<i64>,
    /// When it became unknown after that.
    pub unknown_at: Option<i64>,
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
    /// Of an update: the platform's id of the customer.
    pub customer_id: Option<String>,
    /// Of an update: the reading it began with.
    pub base_reading_id: Option<Uuid>,
    /// It may wait for the network.
    pub may_wait: bool,
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
             persons, idempotency_id, customer_id, base_reading_id, may_wait, state, created_at, changed_at, due_at)
         VALUES (:id, :draft, :connection, :purpose, :partner, :seq, :body, :sha256, :persons, :idempotency, :customer,
             :base, :may_wait, 'queued', :now, :now, :now)",
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
            ":customer": new.customer_id,
            ":base": new.base_reading_id.map(column::id),
            ":may_wait": new.may_wait,
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
            "UPDATE submissions SET state = 'sending', tries = tries + 1, changed_at = ?2, leased_at = ?2, unknown_at = NULL, waits_for = NULL,
                 lookups = 0, misses = 0, missed_at = NULL
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

/// The submission that is next in the queue of the connection waits as long as this one had to, which is taken out: a
/// limit is the connection's, not the submission's.
///
/// # Errors
/// SQLite's.
pub fn hand_on_wait(tx: &Transaction<'_>, taken_out: &SubmissionRow) -> Result<()> {
    if taken_out.waits_for != Some(WaitsFor::Rate) {
        return Ok(());
    }
    tx.prepare_cached(
        "UPDATE submissions SET due_at = max(due_at, ?2), waits_for = 'rate' WHERE id = (
             SELECT id FROM submissions WHERE connection_id = ?1 AND state = 'queued'
                 AND state IN ('queued', 'sending', 'paused', 'unknown') ORDER BY created_at, id LIMIT 1)",
    )?
    .execute((column::id(taken_out.connection_id), taken_out.due_at))?;
    Ok(())
}

/// At start: no time lies further ahead than it can. A clock that was ahead and was set right would make the outbox wait
/// for the time that it showed.
///
/// # Errors
/// SQLite's.
pub fn heed_clock(tx: &Transaction<'_>, now_ms: i64, longest_ms: i64) -> Result<()> {
    tx.prepare_cached(
        "UPDATE submissions SET due_at = min(due_at, ?1 + ?2), leased_at = min(leased_at, ?1),
             unknown_at = min(unknown_at, ?1), missed_at = min(missed_at, ?1)
         WHERE state IN ('queued', 'sending', 'paused', 'unknown') AND waits_for IS NOT 'rate'",
    )?
    .execute((now_ms, longest_ms))?;
    Ok(())
}

/// What came of sending or looking up.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The new state.
    pub state: SubmissionState,
    /// The platform's id, where it is now known; `None` leaves what is there.
    pub customer_id: Option<String>,
    /// What look-ups have shown, from now on.
    pub looks: Looks,
    /// Why it is not sent now, where the new state is [`SubmissionState::Queued`].
    pub waits_for: Option<WaitsFor>,
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
                 lookups = :lookups, missed_at = :missed, absences = :absences, waits_for = :waits_for,
                 unknown_at = CASE WHEN :state = 'unknown' AND state <> 'unknown' THEN :now ELSE unknown_at END,
                 due_at = :due, changed_at = :now, answers = json_insert(
                     CASE WHEN json_array_length(answers) < :kept THEN answers ELSE json_remove(answers, '$[1]') END,
                     '$[#]', json(:answer))
             WHERE id = :id",
        )?
        .execute(named_params! {
            ":id": column::id(id),
            ":state": state,
            ":customer": outcome.customer_id,
            ":misses": outcome.looks.misses,
            ":lookups": outcome.looks.lookups,
            ":missed": outcome.looks.missed_at,
            ":absences": outcome.looks.absences,
            ":waits_for": outcome.waits_for.map(WaitsFor::code),
            ":kept": ANSWERS_KEPT,
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
            looks: row.looks,
            waits_for: None,
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

pub(crate) fn from_row(row: &Row<'_>) -> Result<SubmissionRow> {
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
        looks: Looks {
            lookups: row.get("lookups")?,
            misses: row.get("misses")?,
            missed_at: row.get("missed_at")?,
            absences: row.get("absences")?,
        },
        customer_id: row.get("customer_id")?,
        base_reading_id: maybe_parsed(row, "base_reading_id")?,
        may_wait: row.get("may_wait")?,
        waits_for: maybe_coded(row, "waits_for", WaitsFor::from_code)?,
        leased_at: row.get("leased_at")?,
        unknown_at: row.get("unknown_at")?,
        answers: json(row, "answers")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        due_at: row.get("due_at")?,
    })
}
