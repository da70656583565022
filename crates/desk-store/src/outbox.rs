//! The outbox as a queue: what may be sent or looked up now, what holds the rest, and when it is time again.
//!
//! The order is kept within a connection: only the oldest waiting submission of one may be sent, and while that one
//! waits for the network, a limit or a connection that is refused, those behind it wait with it.

use rusqlite::{Connection, Result, Transaction};
use uuid::Uuid;

use crate::column::{self, parsed};
use crate::drafts::{self, DraftState};
use crate::submissions::{SubmissionRow, SubmissionState, from_row};

// Each question here names the index it goes by, so that one that would walk what has ended fails instead: a queue of a
// few hundred is asked at every turn, beside all that was ever sent. SQLite takes submissions_alive only where its own
// condition stands word for word.

/// The oldest queued submission of each connection in which nothing is being sent and nothing is paused for the
/// connection's sake. One that is paused because it was sent again too often holds nobody up: it waits for a person.
const HEADS: &str = "WITH lined AS (
    SELECT id, connection_id, due_at, created_at,
        row_number() OVER (PARTITION BY connection_id ORDER BY created_at, id) AS place,
        max(state <> 'queued') OVER (PARTITION BY connection_id) AS held
    FROM submissions INDEXED BY submissions_alive
    WHERE state IN ('queued', 'sending', 'paused', 'unknown')
        AND (state IN ('queued', 'sending') OR state = 'paused' AND waits_for IS NOT NULL)),
heads AS (SELECT id, connection_id, due_at, created_at FROM lined WHERE place = 1 AND held = 0)";

const LOOKABLE: &str = "SELECT id, connection_id FROM submissions INDEXED BY submissions_alive
    WHERE state IN ('queued', 'sending', 'paused', 'unknown') AND state = 'unknown' AND due_at <= ?1
    ORDER BY due_at, id";

const HOLDING: &str = "SELECT * FROM submissions WHERE id =
    (SELECT id FROM submissions INDEXED BY submissions_alive
        WHERE state IN ('queued', 'sending', 'paused', 'unknown') AND connection_id = ?1
            AND (state = 'paused' AND waits_for IS NOT NULL OR state = 'queued' AND due_at > ?2)
        ORDER BY state = 'queued', created_at, id LIMIT 1)";

const IS_BEHIND: &str = "SELECT EXISTS (SELECT 1 FROM submissions INDEXED BY submissions_alive
    WHERE state IN ('queued', 'sending', 'paused', 'unknown') AND connection_id = ?1
        AND (state = 'sending' OR state = 'paused' AND waits_for IS NOT NULL
            OR state = 'queued' AND (created_at, id) < (?2, ?3)))";

const UNSETTLED: &str = "SELECT * FROM submissions WHERE id IN (
        SELECT id FROM submissions INDEXED BY submissions_alive
            WHERE state IN ('queued', 'sending', 'paused', 'unknown')
                AND connection_id IN (SELECT value FROM json_each(?1))
        UNION ALL
        SELECT (SELECT newest.id FROM submissions AS newest INDEXED BY submissions_of_draft
                WHERE newest.draft_id = drafts.id ORDER BY newest.created_at DESC, newest.id DESC LIMIT 1)
            FROM drafts INDEXED BY drafts_listed
            WHERE drafts.connection_id IN (SELECT value FROM json_each(?1)) AND drafts.deleted_at IS NULL
                AND drafts.state = 'conflict')
    AND +state IN ('queued', 'sending', 'paused', 'unknown', 'conflict')
    ORDER BY CASE state WHEN 'conflict' THEN 0 WHEN 'unknown' THEN 1 ELSE 2 END, created_at, id";

const HASTEN: &str = "UPDATE submissions INDEXED BY submissions_alive SET due_at = ?2
    WHERE state IN ('queued', 'sending', 'paused', 'unknown') AND connection_id = ?1
        AND due_at > ?2 AND state IN ('queued', 'unknown') AND waits_for = 'network'";

const WAITS_FOR_NETWORK: &str = "SELECT EXISTS (SELECT 1 FROM submissions INDEXED BY submissions_alive
    WHERE state IN ('queued', 'sending', 'paused', 'unknown') AND connection_id = ?1
        AND state IN ('queued', 'unknown') AND waits_for = 'network')";

const IS_BUSY: &str = "SELECT EXISTS (SELECT 1 FROM submissions INDEXED BY submissions_alive
    WHERE state IN ('queued', 'sending', 'paused', 'unknown') AND connection_id = ?1
        AND (state IN ('queued', 'sending') OR state = 'paused' AND waits_for IS NOT NULL))";

const IN_STATE: &str = "SELECT * FROM submissions INDEXED BY submissions_alive
    WHERE state IN ('queued', 'sending', 'paused', 'unknown') AND connection_id = ?1 AND state = ?2
    ORDER BY created_at, id";

const CHANGES_CUSTOMER: &str = "SELECT EXISTS (SELECT 1 FROM submissions INDEXED BY submissions_of_customer
    WHERE connection_id = ?1 AND customer_id = ?2 AND state IN ('queued', 'sending', 'paused', 'unknown'))";

const ACCEPTED_BODY: &str = "SELECT body, changed_at FROM submissions INDEXED BY submissions_of_customer
    WHERE connection_id = ?1 AND customer_id = ?2 AND changed_at <= ?3 AND state = 'accepted'
        AND NOT EXISTS (SELECT 1 FROM json_each(answers) WHERE value ->> '$.state' = 'conflict')
    ORDER BY changed_at DESC, id DESC LIMIT 1";

/// Something to do for a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The submission.
    pub submission: Uuid,
    /// Its connection.
    pub connection: Uuid,
}

/// What may be sent at this time: at most one submission a connection.
///
/// # Errors
/// SQLite's.
pub fn sendable(db: &Connection, now_ms: i64) -> Result<Vec<Due>> {
    due(db, &sendable_sql(), now_ms)
}

fn sendable_sql() -> String {
    format!("{HEADS} SELECT id, connection_id FROM heads WHERE due_at <= ?1 ORDER BY created_at, id")
}

/// What is to be looked up at this time, the one that has waited longest first.
///
/// # Errors
/// SQLite's.
pub fn lookable(db: &Connection, now_ms: i64) -> Result<Vec<Due>> {
    due(db, LOOKABLE, now_ms)
}

fn due(db: &Connection, sql: &str, now_ms: i64) -> Result<Vec<Due>> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([now_ms], |row| {
        Ok(Due { submission: parsed(row, "id")?, connection: parsed(row, "connection_id")? })
    })?;
    rows.collect()
}

/// The next time after this one at which something is to be sent or looked up; `None` where nothing waits for a time.
///
/// # Errors
/// SQLite's.
pub fn next_due(db: &Connection, now_ms: i64) -> Result<Option<i64>> {
    db.prepare_cached(&next_due_sql())?.query_row([now_ms], |row| row.get(0))
}

fn next_due_sql() -> String {
    format!(
        "{HEADS} SELECT min(due_at) FROM (SELECT due_at FROM heads
             UNION ALL SELECT due_at FROM submissions INDEXED BY submissions_alive
                 WHERE state IN ('queued', 'sending', 'paused', 'unknown') AND state = 'unknown')
             WHERE due_at > ?1"
    )
}

/// The submission of a connection that keeps a newer one from being sent: one that is paused for the connection's
/// sake, or the oldest that waits for a time to come. `None` where a new one would be next.
///
/// # Errors
/// SQLite's.
pub fn holding(db: &Connection, connection: Uuid, now_ms: i64) -> Result<Option<SubmissionRow>> {
    column::optional(db.prepare_cached(HOLDING)?.query_row((column::id(connection), now_ms), from_row))
}

/// Whether another submission of its connection stands before this queued one.
///
/// # Errors
/// SQLite's.
pub fn is_behind(db: &Connection, row: &SubmissionRow) -> Result<bool> {
    let key = (column::id(row.connection_id), row.created_at, column::id(row.id));
    db.prepare_cached(IS_BEHIND)?.query_row(key, |row| row.get(0))
}

/// Whether something of a connection waits to be sent, for the connection's sake too, or is on the wire: nothing else is
/// asked of the platform meanwhile.
///
/// # Errors
/// SQLite's.
pub fn is_busy(db: &Connection, connection: Uuid) -> Result<bool> {
    db.prepare_cached(IS_BUSY)?.query_row([column::id(connection)], |row| row.get(0))
}

/// Everything of these connections whose end nobody knows yet, and conflicts that nobody has decided: what a person may
/// have to see. Conflicts first, then unknown, then what waits in the order it will be sent.
///
/// # Errors
/// SQLite's.
pub fn unsettled(db: &Connection, connections: &[Uuid]) -> Result<Vec<SubmissionRow>> {
    let ids = column::id_list(connections)?;
    db.prepare_cached(UNSETTLED)?.query_map([ids], from_row)?.collect()
}

/// A paused submission and its draft wait in the queue again, due at once. `false` where it is not paused.
///
/// # Errors
/// SQLite's.
pub fn resume(tx: &Transaction<'_>, row: &SubmissionRow, now_ms: i64) -> Result<bool> {
    let sql = "UPDATE submissions SET state = 'queued', waits_for = NULL, due_at = ?2, changed_at = ?2
        WHERE id = ?1 AND state = 'paused'";
    let resumed = tx.prepare_cached(sql)?.execute((column::id(row.id), now_ms))? > 0;
    if resumed {
        drafts::set_state(tx, row.draft_id, DraftState::Queued)?;
    }
    Ok(resumed)
}

/// What waits for the network of a connection is due at once, and so are look-ups that could not be made. What the
/// platform has put off itself stays put off, and a time that proves something is kept.
///
/// # Errors
/// SQLite's.
pub fn hasten(tx: &Transaction<'_>, connection: Uuid, now_ms: i64) -> Result<usize> {
    tx.prepare_cached(HASTEN)?.execute((column::id(connection), now_ms))
}

/// Whether something of a connection waits for the network.
///
/// # Errors
/// SQLite's.
pub fn waits_for_network(db: &Connection, connection: Uuid) -> Result<bool> {
    db.prepare_cached(WAITS_FOR_NETWORK)?.query_row([column::id(connection)], |row| row.get(0))
}

/// One submission is due now, because a person says so.
///
/// # Errors
/// SQLite's.
pub fn hasten_one(tx: &Transaction<'_>, id: Uuid, now_ms: i64) -> Result<usize> {
    let sql = "UPDATE submissions SET due_at = min(due_at, ?2) WHERE id = ?1 AND state IN ('queued', 'unknown')";
    tx.prepare_cached(sql)?.execute((column::id(id), now_ms))
}

/// The submissions of a connection in a state that is no end, in the order they were made.
///
/// # Errors
/// SQLite's.
pub fn in_state(db: &Connection, connection: Uuid, state: SubmissionState) -> Result<Vec<SubmissionRow>> {
    db.prepare_cached(IN_STATE)?.query_map((column::id(connection), state.code()), from_row)?.collect()
}

/// Whether something of a customer waits, is being sent or is unknown: another update would be made of what it changes.
///
/// # Errors
/// SQLite's.
pub fn changes_customer(db: &Connection, connection: Uuid, customer_id: &str) -> Result<bool> {
    db.prepare_cached(CHANGES_CUSTOMER)?.query_row((column::id(connection), customer_id), |row| row.get(0))
}

/// The body of ours that a platform last accepted for a customer, as known at a time, and when that was. What was accepted
/// by a person's decision on a conflict is the platform's own, and no body of ours.
///
/// # Errors
/// SQLite's.
pub fn accepted_body(
    db: &Connection,
    connection: Uuid,
    customer_id: &str,
    at_ms: i64,
) -> Result<Option<(Vec<u8>, i64)>> {
    let row = (column::id(connection), customer_id, at_ms);
    let found = db.prepare_cached(ACCEPTED_BODY)?.query_row(row, |row| Ok((row.get(0)?, row.get(1)?)));
    column::optional(found)
}

/// What is kept of the newest answer is another from now on: what came later belongs to it, and is no change of state.
///
/// # Errors
/// SQLite's; no such submission, or one without an answer.
pub fn amend_answer(tx: &Transaction<'_>, id: Uuid, detail: &serde_json::Value) -> Result<()> {
    let sql = "UPDATE submissions SET answers = json_set(answers, '$[#-1].detail', json(?2))
         WHERE id = ?1 AND json_array_length(answers) > 0";
    column::one_row(tx.prepare_cached(sql)?.execute((column::id(id), column::to_json(detail)?))?)
}

#[cfg(test)]
mod tests;
