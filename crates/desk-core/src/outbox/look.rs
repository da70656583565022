//! Looks up one submission whose outcome nobody knows. Never sends anything.

use desk_api::{Answer, CallError, CallErrorKind, DetailBy};
use desk_domain::customer::{Customer, Seen, same_as_sent, seen_after_update};
use desk_domain::platform::Kind;
use desk_store::StoreError;
use desk_store::connections::{self, ConnectionRow};
use desk_store::submissions::{self, SubmissionPurpose, SubmissionRow, SubmissionState};
use serde_json::Value;
use uuid::Uuid;

use super::decide::{Found, of_look};
use super::update::{self, SentUpdate};
use crate::call::{answer_view, client, note_network};
use crate::convert::answer;
use crate::desk::{Desk, blocked};
use crate::ipc::{IpcError, Message};
use crate::settle::Settlement;
use crate::views::OutcomeView;

/// Looks it up on the outbox's own schedule.
///
/// # Errors
/// The store's. What goes wrong with the call puts the next look-up off.
pub(super) async fn run(desk: &Desk, submission: Uuid) -> Result<(), StoreError> {
    let now = desk.clock().now_ms();
    let read = desk.read(move |db| {
        // Asked again: between the question who is due and this one it may just have been put off.
        let Some(row) = submissions::get(db, submission)?.filter(|row| row.due_at <= now) else { return Ok(None) };
        Ok(connections::get(db, row.connection_id)?.map(|connection| (row, connection)))
    });
    let Some((row, connection)) = read.await? else { return Ok(()) };
    match look(desk, &row, &connection, true).await {
        Ok(_) => Ok(()),
        Err(error) if error.code.starts_with("store.") => Err(StoreError::Closed),
        Err(_) => Ok(()),
    }
}

/// Looks it up now and commits what came of it; the decision. What was settled meanwhile by somebody else stays.
///
/// # Errors
/// The store's.
pub(crate) async fn look_up(
    desk: &Desk,
    row: &SubmissionRow,
    connection: &ConnectionRow,
) -> Result<Option<Looked>, IpcError> {
    look(desk, row, connection, false).await
}

/// `patient` waits for a disk to take what was found, instead of asking the platform again.
async fn look(
    desk: &Desk,
    row: &SubmissionRow,
    connection: &ConnectionRow,
    patient: bool,
) -> Result<Option<Looked>, IpcError> {
    if row.state != SubmissionState::Unknown {
        return Ok(None);
    }
    let submission = row.clone();
    let update = desk.read(move |db| update::sent_update(db, &submission)).await?;
    let client = client(desk, connection).await;
    // A miss says what was so when it was asked for: a slow one proves no more than a fast one.
    let asked = desk.clock().now_ms();
    let (found, answer) = match client {
        Ok(client) => {
            let by = match (row.purpose, row.customer_id.as_deref()) {
                (SubmissionPurpose::Update, Some(id)) => DetailBy::CustomerId(id),
                _ => DetailBy::PartnerCustomerId(&row.partner_customer_id),
            };
            let result = client.detail(by).await;
            note_network(desk, connection, &result);
            (found(connection.kind, row, update.as_ref(), &result), result.ok())
        }
        Err(error) if error.code.starts_with("store.") => return Err(error),
        Err(error) => (cannot(error.message()), None),
    };
    desk.crash_points().reach("before_lookup_commit");
    let failure = failure(&found);
    let now = if failure.is_some() { desk.clock().now_ms() } else { asked };
    let mut row = row.clone();
    let looked = loop {
        let decision = of_look(&row, found.clone(), desk.outbox_rules(), now);
        let settled = Settlement::new(desk, &row, connection, decision.clone(), answer.as_ref());
        let committed = if patient { settled.commit_in_the_end(desk).await? } else { settled.commit(desk).await? };
        if committed {
            break Some(Looked { view: decision.view, failure });
        }
        match still_unknown(desk, &row, &found).await? {
            Some(there) => row = there,
            None => break None,
        }
    };
    desk.crash_points().reach("after_lookup_commit");
    Ok(looked)
}

/// A submission as another look-up left it that was faster and learned nothing: that what was sent is there stays true. A
/// miss is of a time before, and proves nothing beside a newer one.
async fn still_unknown(desk: &Desk, row: &SubmissionRow, found: &Found) -> Result<Option<SubmissionRow>, StoreError> {
    if !matches!(found, Found::Ours { .. }) {
        return Ok(None);
    }
    let (id, tries, looks) = (row.id, row.tries, row.looks);
    let there = desk.read(move |db| submissions::get(db, id)).await?;
    Ok(there.filter(|there| there.state == SubmissionState::Unknown && there.tries == tries && there.looks != looks))
}

/// What came of a look-up.
pub(crate) struct Looked {
    /// What is known now.
    pub view: OutcomeView,
    /// Why nothing was learned.
    pub failure: Option<IpcError>,
}

fn failure(found: &Found) -> Option<IpcError> {
    let Found::Failed { reason, error, .. } = found else { return None };
    Some(IpcError {
        params: reason.params.clone(),
        trace_id: error.as_ref().map(|error| error.trace_id.clone()),
        answer: error.clone().map(Box::new),
        ..IpcError::of(&reason.code)
    })
}

fn found(kind: Kind, row: &SubmissionRow, update: Option<&SentUpdate>, result: &Result<Answer, CallError>) -> Found {
    let answer = match result {
        Ok(answer) => answer,
        Err(error) if says_missing(error) => return Found::Missing(answer_view(error)),
        Err(error) => return failed(error),
    };
    let Ok(customer) = Customer::of(kind, &answer.json) else { return cannot(blocked("answer.unreadable")) };
    let seen = match (row.purpose, update) {
        (SubmissionPurpose::New, _) => {
            match serde_json::from_slice(&row.body).map(|sent| same_as_sent(&sent, &customer)) {
                Ok(differs) if differs.is_empty() => Seen::Ours,
                Ok(differs) => Seen::Other(differs),
                Err(_) => return cannot(blocked("answer.unreadable")),
            }
        }
        // An answer about somebody else says nothing of this one.
        (SubmissionPurpose::Update, _) if is_another(kind, row, &customer, &answer.json) => {
            return cannot(blocked("answer.unreadable"));
        }
        (SubmissionPurpose::Update, Some(update)) => seen_after_update(&update.base, &update.body, &customer),
        // A reading is never deleted.
        (SubmissionPurpose::Update, None) => return cannot(blocked("store.failed")),
    };
    // An individual is known by its customer's id and its own; an answer may leave one of them out.
    let customer_id = row.customer_id.clone().or(customer.customer_id);
    match seen {
        Seen::Ours => Found::Ours { customer_id, status: customer.status },
        Seen::Base => Found::Base,
        Seen::Nothing => cannot(blocked("answer.unreadable")),
        Seen::Other(differs) => {
            let differs = differs.iter().map(ToString::to_string).collect();
            Found::Other { customer_id, differs }
        }
    }
}

fn is_another(kind: Kind, row: &SubmissionRow, customer: &Customer, answer: &Value) -> bool {
    answer::whose(kind, customer, answer, row.customer_id.as_deref()).is_none()
}

/// Whether the API itself says that it does not have it. What stands before it says 404 too, in a page, a line or
/// nothing at all, while the API is away: that proves nothing of what it holds.
pub(crate) fn says_missing(error: &CallError) -> bool {
    let answer = error.answer.as_ref().filter(|answer| error.kind == CallErrorKind::NotFound && answer.readable);
    answer.is_some_and(|answer| serde_json::from_str::<Value>(&answer.raw).is_ok_and(|body| body.is_object()))
}

fn failed(error: &CallError) -> Found {
    // "Not found" would be a word of the platform's.
    let kind = if error.kind == CallErrorKind::NotFound { &CallErrorKind::Status { status: 404 } } else { &error.kind };
    let (limited, retry_after_s) = match error.kind {
        CallErrorKind::RateLimited { retry_after_s } | CallErrorKind::TokenLimited { retry_after_s } => {
            (true, retry_after_s)
        }
        _ => (false, None),
    };
    Found::Failed {
        reason: Message { code: kind.code().to_owned(), params: kind.params() },
        error: answer_view(error),
        // A token host that answers is reached.
        offline: error.kind.certainly_not_sent() && error.answer.is_none() && !error.kind.refuses_us(),
        retry_after_s,
        limited,
    }
}

fn cannot(reason: Message) -> Found {
    Found::Failed { reason, error: None, offline: false, retry_after_s: None, limited: false }
}

#[cfg(test)]
mod tests;
