//! Looks at a customer before an update of it is sent: what others changed meanwhile is taken over where nothing clashes,
//! and is for a person where something does. Nothing is leased for it.

use desk_api::{CallError, CallErrorKind};
use desk_domain::check::CheckContext;
use desk_domain::customer::{Customer, Seen, seen_after_update};
use desk_domain::platform::Kind;
use desk_store::submissions::{self, SubmissionPurpose, SubmissionRow, SubmissionState, WaitsFor};
use desk_store::{SqlResult, StoreError, Transaction, activity, customers, drafts, readings};

use super::decide::{Decision, accepted, found_again};
use super::update::sent_update;
use crate::call::answer_view;
use crate::clock::instant;
use crate::convert::draft::Whole;
use crate::convert::outcome;
use crate::desk::{Desk, blocked};
use crate::ipc::{ApiErrorView, Message};
use crate::platform::PlatformClient;
use crate::settle::Settlement;
use crate::trail::Entry;
use crate::update::onto::{Onto, bring};
use crate::update::plan::Plan;
use crate::update::read::{Asked, ask};
use crate::update::{Base, freeze};
use crate::views::OutcomeView;

/// How soon after it was read for its submission an update is sent without being read again: the review reads, and sends
/// at once. Longer than that somebody else may have changed the customer meanwhile.
const AT_ONCE_MS: i64 = 5_000;

/// Whether it may be sent as it is. Where it may not, what became of it is on the disk.
///
/// # Errors
/// The store's.
pub(super) async fn is_fresh(
    desk: &Desk,
    row: &SubmissionRow,
    whole: &Whole,
    client: &PlatformClient,
) -> Result<bool, StoreError> {
    let (SubmissionPurpose::Update, Some(customer_id)) = (row.purpose, row.customer_id.clone()) else {
        return Ok(true);
    };
    let (connection, of) = (row.connection_id, customer_id.clone());
    let newest = desk.read(move |db| readings::newest(db, connection, &of)).await?;
    if !newest.is_some_and(|newest| is_read_for(row, newest.last_read_at, desk.clock().now_ms())) {
        let failed = match ask(desk, client, &whole.connection, &customer_id).await? {
            Asked::Kept => None,
            Asked::Gone(error) => Some(gone(row, answer_view(&error), desk.clock().now_ms())),
            Asked::Failed(error) => Some(not_read(desk, row, &error)),
            Asked::Unreadable => Some(waits(desk, row, blocked("answer.unreadable"), None, true)),
        };
        if let Some(decision) = failed {
            Settlement::new(desk, row, &whole.connection, decision, None).commit_in_the_end(desk).await?;
            return Ok(false);
        }
    }
    // A draft without a form has nothing to be brought onto another reading: it is sent as it was made.
    let (Ok(context), true) = (whole.context(desk), whole.base.is_some()) else { return Ok(true) };
    let (submission, now) = (row.clone(), desk.clock().now_ms());
    let moved = Entry::new(desk, "update.rebase", activity::draft(row.draft_id), "", "ok");
    let ended = Entry::new(desk, "draft.outcome", activity::draft(row.draft_id), "", "ok");
    let write = desk.write(move |tx| heed(tx, &submission, &context, &moved, &ended, now));
    let fresh = write.await;
    desk.outbox().kept(row.id, fresh.as_ref().err().cloned());
    fresh
}

/// Whether a customer was read for this submission, and just now. What went out once is read again: it may have arrived.
fn is_read_for(row: &SubmissionRow, read_at: i64, now: i64) -> bool {
    let from = row.created_at.saturating_sub(AT_ONCE_MS);
    let waited = now.saturating_sub(row.created_at);
    row.tries == 0 && (from..=now).contains(&read_at) && (0..=AT_ONCE_MS).contains(&waited)
}

/// Compares what is frozen with what is known now, and does what follows.
fn heed(
    tx: &Transaction<'_>,
    row: &SubmissionRow,
    context: &CheckContext<'_>,
    moved: &Entry,
    ended: &Entry,
    now: i64,
) -> SqlResult<bool> {
    let waits = |there: &SubmissionRow| there.state == SubmissionState::Queued && there.tries == row.tries;
    let Some(row) = submissions::get(tx, row.id)?.filter(waits) else { return Ok(false) };
    let Some(draft) = drafts::get(tx, row.draft_id)? else { return Ok(false) };
    let Some(base) = Base::read(tx, &draft)? else { return Ok(true) };
    let settle = |decision: Decision| {
        ended.about(activity::draft(row.draft_id), "").with_result(outcome::word(&decision.view)).write(tx)?;
        drafts::set_state(tx, row.draft_id, outcome::draft_state(&decision.view))?;
        submissions::set_state(tx, row.id, &outcome::kept(decision), now)
    };
    // What went out before and came to nothing may have come to something since.
    if row.tries > 0
        && let Some(decision) = arrived(tx, &row, now)?
    {
        settle(decision)?;
        return Ok(false);
    }
    // A patch is the same attempt whatever else others changed; a whole customer is made of what they are by now.
    let frozen = (base.reading.kind == Kind::Bultra).then_some(row.body.as_slice());
    let paths = match bring(tx, draft.id, &base, &draft.texts, context, frozen, now)? {
        Ok(Onto::Same) => return Ok(true),
        Ok(Onto::Moved { taken }) => {
            let Some(draft) = drafts::get(tx, row.draft_id)? else { return Ok(false) };
            let Some(base) = Base::read(tx, &draft)? else { return Ok(false) };
            let Ok(plan) = Plan::of(&base, &draft.texts, context, true) else { return Ok(false) };
            // Only the platform's own has changed: the body is as it was.
            if draft.seq == row.draft_seq && plan.wire == row.body {
                return Ok(true);
            }
            let view = OutcomeView::NotSent { reason: blocked("update.changed"), error: None, at: instant(now) };
            submissions::set_state(tx, row.id, &outcome::kept(Decision::end(view, &row, now)), now)?;
            let new = freeze::again(&row, &draft, &base, &plan);
            submissions::insert(tx, &new, now.max(row.created_at))?;
            moved.about(activity::draft(row.draft_id), &taken.to_string()).write(tx)?;
            return Ok(false);
        }
        Ok(Onto::Clash { paths, .. }) => paths,
        Ok(Onto::Changed) | Err(_) => Vec::new(),
    };
    let customer_id = row.customer_id.clone();
    let view = OutcomeView::Conflict { customer_id, differs: paths, error: None, at: instant(now) };
    settle(Decision::end(view, &row, now))?;
    Ok(false)
}

/// The outcome of an update that went out before, where the newest reading shows that it has arrived.
fn arrived(tx: &Transaction<'_>, row: &SubmissionRow, now: i64) -> SqlResult<Option<Decision>> {
    let Some(customer_id) = row.customer_id.as_deref() else { return Ok(None) };
    let Some(newest) = readings::newest(tx, row.connection_id, customer_id)? else { return Ok(None) };
    let Some(update) = sent_update(tx, row)? else { return Ok(None) };
    let Ok(customer) = Customer::of_text(newest.kind, &newest.raw) else { return Ok(None) };
    if seen_after_update(&update.base, &update.body, &customer) != Seen::Ours {
        return Ok(None);
    }
    // It was read as somebody else's change: what came by that reading is ours.
    let known = customers::get(tx, row.connection_id, customer_id)?;
    if known.is_some_and(|known| known.upkeep.changed_at == Some(newest.first_read_at)) {
        customers::mark_seen(tx, row.connection_id, customer_id, true)?;
    }
    let view = accepted(row, Some(customer_id.to_owned()), customer.status, now);
    Ok(Some(Decision::end(found_again(view, row), row, now)))
}

fn gone(row: &SubmissionRow, error: Option<ApiErrorView>, now: i64) -> Decision {
    let view =
        OutcomeView::Conflict { customer_id: row.customer_id.clone(), differs: Vec::new(), error, at: instant(now) };
    Decision::end(view, row, now)
}

/// Nothing of the update has left this computer, whatever went wrong.
fn not_read(desk: &Desk, row: &SubmissionRow, error: &CallError) -> Decision {
    let now = desk.clock().now_ms();
    let reason = Message { code: error.kind.code().to_owned(), params: error.kind.params() };
    let answer = answer_view(error);
    match error.kind {
        _ if error.kind.refuses_us() => Decision::paused(reason, answer, row, now),
        CallErrorKind::RateLimited { retry_after_s } | CallErrorKind::TokenLimited { retry_after_s } => {
            let due_at = desk.outbox_rules().after_limit(retry_after_s, now);
            let view = OutcomeView::Waiting { reason, error: answer, next_at: Some(instant(due_at)), at: instant(now) };
            Decision { view, looks: row.looks, waits_for: Some(WaitsFor::Rate), due_at }
        }
        _ => {
            let reached = answer.is_some() || !error.kind.certainly_not_sent();
            waits(desk, row, reason, answer, reached)
        }
    }
}

/// What reached its host waits for its time alone: that the host is there hastens whatever waits for the network, and each
/// answer would be followed by the next question at once.
fn waits(desk: &Desk, row: &SubmissionRow, reason: Message, error: Option<ApiErrorView>, reached: bool) -> Decision {
    let mut decision = Decision::not_reached(reason, row, desk.outbox_rules(), desk.clock().now_ms());
    decision.waits_for = decision.waits_for.filter(|_| !reached);
    // Every try leaves an answer; the lease that counts tries is not taken for a look.
    let tries = i64::try_from(row.answers.len()).unwrap_or(i64::MAX).saturating_add(1);
    if let OutcomeView::Waiting { next_at, error: said, .. } = &mut decision.view {
        decision.due_at = desk.outbox_rules().next_try(tries, desk.clock().now_ms());
        *next_at = Some(instant(decision.due_at));
        *said = error;
    } else if let OutcomeView::NotSent { error: said, .. } = &mut decision.view {
        *said = error;
    }
    decision
}

#[cfg(test)]
mod tests;
