//! What follows from an answer, for a submission that waits for one: DECISIONS 12 and RELIABILITY "Exactly once" as pure
//! functions. Nothing here reads a clock, a store or a socket.

use desk_api::{Answer, CallError, ErrorAnswer, WriteOutcome};
use desk_domain::status::Status;
use desk_store::submissions::{Looks, SubmissionPurpose, SubmissionRow, WaitsFor};

use super::rules::OutboxRules;
use crate::call::written_view;
use crate::clock::instant;
use crate::convert::outcome;
use crate::desk::blocked;
use crate::ipc::{ApiErrorView, Message};
use crate::views::{OutcomeView, PlatformSaid, ReadBackView};

/// What becomes of a submission, to be committed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Decision {
    pub view: OutcomeView,
    pub looks: Looks,
    pub waits_for: Option<WaitsFor>,
    /// Not sent or looked up before.
    pub due_at: i64,
}

impl Decision {
    /// An end, or something that only a person moves on.
    pub(crate) fn end(view: OutcomeView, row: &SubmissionRow, now: i64) -> Self {
        Self { view, looks: row.looks, waits_for: None, due_at: now }
    }

    /// The platform may have it: it is looked up soon.
    pub(crate) fn unknown(
        reason: Message,
        error: Option<ApiErrorView>,
        row: &SubmissionRow,
        rules: &OutboxRules,
        now: i64,
    ) -> Self {
        let view = OutcomeView::Unknown { reason, error, at: instant(now) };
        let due_at = rules.next_look(row, 0, now);
        let decision = Self { view, looks: row.looks, waits_for: None, due_at };
        if rules.looks { decision } else { again(decision.looks, now) }
    }

    /// Nothing of it left this computer, and the platform was not reached.
    pub(crate) fn not_reached(reason: Message, row: &SubmissionRow, rules: &OutboxRules, now: i64) -> Self {
        let at = instant(now);
        // What went out before is not given up: the user was told that it is sent again.
        if !row.may_wait && row.tries <= 1 && row.looks.absences == 0 {
            return Self::end(OutcomeView::NotSent { reason, error: None, at }, row, now);
        }
        let due_at = rules.next_try(row.tries.max(1), now);
        let view = OutcomeView::Waiting { reason, error: None, next_at: Some(instant(due_at)), at };
        Self { view, looks: row.looks, waits_for: Some(WaitsFor::Network), due_at }
    }

    /// The connection's keys are refused, missing or out of reach.
    pub(crate) fn paused(reason: Message, error: Option<ApiErrorView>, row: &SubmissionRow, now: i64) -> Self {
        let view = OutcomeView::Paused { reason, error, at: instant(now) };
        Self { view, looks: row.looks, waits_for: Some(WaitsFor::Connection), due_at: now }
    }
}

/// What the platform said about fields, where they are in the draft.
pub(crate) type FieldsSaid = Vec<PlatformSaid>;

/// What follows from the answer to a write.
pub(crate) fn of_send(
    row: &SubmissionRow,
    result: &Result<Answer, CallError>,
    outcome: WriteOutcome,
    said: impl Fn(&ErrorAnswer) -> FieldsSaid,
    rules: &OutboxRules,
    now: i64,
) -> Decision {
    let error = result.as_ref().err();
    let answer = error.and_then(written_view);
    let reason = error.map_or_else(
        || blocked("answer.unreadable"),
        |error| Message { code: error.kind.code().to_owned(), params: error.kind.params() },
    );
    match outcome {
        WriteOutcome::Accepted(customer) => {
            let id = customer.customer_id.clone().or_else(|| row.customer_id.clone());
            Decision::end(accepted(row, id, customer.status.as_deref().map(Status::of), now), row, now)
        }
        WriteOutcome::Rejected => match (error.and_then(|error| error.answer.as_ref()), answer) {
            (Some(raw), Some(error)) => {
                let view = OutcomeView::Rejected { fields: said(raw), error, at: instant(now) };
                Decision::end(view, row, now)
            }
            // Without an answer it is rejected by this computer: an address that cannot be made.
            _ => Decision::end(OutcomeView::NotSent { reason, error: None, at: instant(now) }, row, now),
        },
        WriteOutcome::NotSent => Decision::not_reached(reason, row, rules, now),
        WriteOutcome::Paused => Decision::paused(reason, answer, row, now),
        WriteOutcome::RateLimited { retry_after_s } => {
            let due_at = rules.after_limit(retry_after_s, now);
            let view = OutcomeView::Waiting { reason, error: answer, next_at: Some(instant(due_at)), at: instant(now) };
            Decision { view, looks: row.looks, waits_for: Some(WaitsFor::Rate), due_at }
        }
        WriteOutcome::Unknown => Decision::unknown(reason, answer, row, rules, now),
        WriteOutcome::Conflict | WriteOutcome::Gone => {
            let view = OutcomeView::Conflict {
                customer_id: row.customer_id.clone(),
                differs: Vec::new(),
                error: answer,
                at: instant(now),
            };
            Decision::end(view, row, now)
        }
    }
}

/// What a look-up found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Found {
    /// What was sent, as far as both sides have it.
    Ours { customer_id: Option<String>, status: Option<Status> },
    /// Of an update: the customer is as it was before. As good as "not found".
    Base,
    /// Something else.
    Other { customer_id: Option<String>, differs: Vec<String> },
    /// Nothing: the platform says that it does not have it.
    Missing(Option<ApiErrorView>),
    /// Nothing was learned.
    Failed {
        reason: Message,
        error: Option<ApiErrorView>,
        /// The platform was not reached.
        offline: bool,
        /// It asked to be left alone for so long.
        retry_after_s: Option<u64>,
        limited: bool,
    },
}

/// What follows from a look-up.
pub(crate) fn of_look(row: &SubmissionRow, found: Found, rules: &OutboxRules, now: i64) -> Decision {
    let mut looks = row.looks;
    looks.lookups = looks.lookups.saturating_add(1);
    let at = instant(now);
    match found {
        Found::Ours { customer_id, status } => {
            let id = customer_id.or_else(|| row.customer_id.clone());
            // Without the platform's id the customer cannot be kept; an answer to the next question may have it.
            if id.is_none() {
                return still_unknown(blocked("answer.unreadable"), None, row, looks, rules, now);
            }
            Decision { looks, ..Decision::end(found_again(accepted(row, id, status, now), row), row, now) }
        }
        // It may be another customer of ours that is just being made: our own write can still be running beside it.
        Found::Other { .. }
            if row.purpose == SubmissionPurpose::New && now < rules.quiet_until(row) && is_unanswered(row) =>
        {
            still_unknown(blocked("lookup.exists"), None, row, looks, rules, now)
        }
        Found::Other { customer_id, differs } => {
            let customer_id = customer_id.or_else(|| row.customer_id.clone());
            let view = OutcomeView::Conflict { customer_id, differs, error: None, at };
            Decision { looks, ..Decision::end(view, row, now) }
        }
        Found::Missing(error) if row.base_reading_id.is_some() => {
            let view = OutcomeView::Conflict { customer_id: row.customer_id.clone(), differs: Vec::new(), error, at };
            Decision { looks, ..Decision::end(view, row, now) }
        }
        Found::Missing(error) => missed(error, row, looks, rules, now),
        Found::Base => missed(None, row, looks, rules, now),
        Found::Failed { reason, error, offline, retry_after_s, limited } => {
            let due_at = match limited {
                true => rules.after_limit(retry_after_s, now),
                false => rules.next_try(looks.lookups, now),
            };
            // Why nobody knows stays; that it could not be looked up says nothing about it.
            let unknown = outcome::view(row).filter(|view| matches!(view, OutcomeView::Unknown { .. }));
            let view = unknown.unwrap_or(OutcomeView::Unknown { reason, error, at });
            let waits_for = offline.then_some(WaitsFor::Network);
            Decision { view, looks, waits_for, due_at }
        }
    }
}

/// Whether the platform itself said nothing when it was sent: one that has answered is not at work on it any more. A
/// gateway that gave up (5xx), or that was too slow (408, 425), says nothing about what is behind it.
fn is_unanswered(row: &SubmissionRow) -> bool {
    let views = row.answers.iter().filter_map(|answer| serde_json::from_value(answer.detail.clone()).ok());
    let of_sending =
        |view: &OutcomeView| matches!(view, OutcomeView::Unknown { reason, .. } if !reason.code.starts_with("lookup."));
    let last = views.rev().find(of_sending);
    let Some(OutcomeView::Unknown { error: Some(answer), .. }) = last else { return true };
    let speaks = answer.message.is_some() || answer.code.is_some() || !answer.fields.is_empty();
    !(speaks && matches!(answer.status, 400..=407 | 409..=424 | 426..=499))
}

/// One miss proves nothing: the write may still be running there (RELIABILITY "Exactly once", 7).
fn missed(
    error: Option<ApiErrorView>,
    row: &SubmissionRow,
    mut looks: Looks,
    rules: &OutboxRules,
    now: i64,
) -> Decision {
    let apart = looks.missed_at.is_none_or(|last| now.saturating_sub(last) >= rules.apart_ms);
    if now >= rules.quiet_until(row) && apart {
        looks.misses = looks.misses.saturating_add(1);
        looks.missed_at = Some(now);
    }
    if looks.misses < rules.misses_needed {
        return still_unknown(blocked("lookup.missed"), error, row, looks, rules, now);
    }
    looks.absences = looks.absences.saturating_add(1);
    if looks.absences > rules.absences_most {
        let view = OutcomeView::Paused { reason: blocked("queue.tired"), error, at: instant(now) };
        return Decision { view, looks, waits_for: None, due_at: now };
    }
    again(looks, now)
}

/// The same body under the same id goes out once more.
fn again(looks: Looks, now: i64) -> Decision {
    let (reason, at) = (blocked("lookup.absent"), instant(now));
    let view = OutcomeView::Waiting { reason, error: None, next_at: Some(instant(now)), at };
    Decision { view, looks, waits_for: Some(WaitsFor::Absence), due_at: now }
}

fn still_unknown(
    reason: Message,
    error: Option<ApiErrorView>,
    row: &SubmissionRow,
    looks: Looks,
    rules: &OutboxRules,
    now: i64,
) -> Decision {
    let view = OutcomeView::Unknown { reason, error, at: instant(now) };
    Decision { view, looks, waits_for: None, due_at: rules.next_look(row, looks.lookups, now) }
}

/// A look-up that finds an update has read the customer: nothing differs, or it would not be ours.
pub(super) fn found_again(view: OutcomeView, row: &SubmissionRow) -> OutcomeView {
    match view {
        OutcomeView::Accepted { customer_id, partner_customer_id, status, at, .. }
            if row.purpose == SubmissionPurpose::Update =>
        {
            let read_back = Some(ReadBackView { at: at.clone(), differs: Vec::new() });
            OutcomeView::Accepted { customer_id, partner_customer_id, status, at, read_back }
        }
        view => view,
    }
}

pub(super) fn accepted(
    row: &SubmissionRow,
    customer_id: Option<String>,
    status: Option<Status>,
    now: i64,
) -> OutcomeView {
    OutcomeView::Accepted {
        customer_id: customer_id.unwrap_or_default(),
        partner_customer_id: row.partner_customer_id.clone(),
        status,
        at: instant(now),
        read_back: None,
    }
}

#[cfg(test)]
pub(super) mod tests;
