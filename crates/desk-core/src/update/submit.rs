//! Submits the draft of an update: reads the customer again, and freezes what was shown.

use desk_domain::check::CheckContext;
use desk_store::drafts::{self, DraftState};
use desk_store::submissions;
use desk_store::{SqlResult, StoreError, Transaction, activity, outbox};

use super::freeze;
use super::onto::{Onto, bring};
use super::plan::Plan;
use super::read::{Asked, ask};
use super::{Base, plan::NoPlan};
use crate::call::client;
use crate::convert::draft::Whole;
use crate::convert::settings::Preferences;
use crate::desk::{Desk, blocked};
use crate::ipc::{IpcError, Message};
use crate::outbox::update::{holds, partner_customer_id};
use crate::trail::Entry;
use crate::verbs::draft_submit::{Frozen, still_ready};
use crate::views::{DraftSubmit, WhenOffline};

/// Reads the customer again, where it can be: what cannot be read now is read by the outbox before it is sent. Why it
/// cannot be sent at all, where the platform has no such customer.
///
/// # Errors
/// `unsupported` for an update without a form, or the store's.
pub(crate) async fn read(desk: &Desk, whole: &Whole) -> Result<Option<Message>, IpcError> {
    let base = whole.base.as_ref().ok_or_else(|| IpcError::of("unsupported"))?;
    plan(base, whole, &whole.context(desk)?, true)?;
    let Ok(client) = client(desk, &whole.connection).await else { return Ok(None) };
    match ask(desk, &client, &whole.connection, &base.reading.customer_id).await? {
        Asked::Gone(_) => Ok(Some(blocked("update.gone"))),
        Asked::Kept | Asked::Failed(_) | Asked::Unreadable => Ok(None),
    }
}

fn plan(base: &Base, whole: &Whole, context: &CheckContext<'_>, send_anyway: bool) -> Result<Plan, IpcError> {
    let plan = Plan::of(base, &whole.row.texts, context, send_anyway).map_err(IpcError::from)?;
    if plan.differences.is_empty() {
        return Err(IpcError::of("update.nothing"));
    }
    Ok(plan)
}

/// Brings the draft onto the newest reading, freezes its body and queues it, in one transaction.
///
/// # Errors
/// What stands in the way, as for a new customer; `update.waiting`, `update.nothing`, `update.incomplete`.
pub(crate) async fn freeze(desk: &Desk, whole: &Whole, request: &DraftSubmit) -> Result<Frozen, IpcError> {
    let (context, now, row) = (whole.context(desk)?, desk.clock().now_ms(), whole.row.clone());
    let base = whole.base.as_ref().ok_or_else(|| IpcError::of("unsupported"))?;
    plan(base, whole, &context, request.send_anyway)?;
    let entries = [
        Entry::new(desk, "update.rebase", activity::draft(row.id), "", "ok"),
        Entry::new(desk, "draft.submit", activity::draft(row.id), "", "ok"),
    ];
    let may_wait = request.may_wait;
    let write = desk.write(move |tx| {
        let row = match still_ready(tx, &row)? {
            Ok(row) => row,
            Err(error) => return Ok(Err(error)),
        };
        queue(tx, row, &context, &entries, may_wait, now)
    });
    match write.await {
        Ok(frozen) => {
            desk.outbox().wake();
            frozen
        }
        Err(StoreError::Constraint(_)) => Err(IpcError::of("draft.read_only")),
        Err(error) => Err(error.into()),
    }
}

fn queue(
    tx: &Transaction<'_>,
    row: drafts::DraftRow,
    context: &CheckContext<'_>,
    [moved, submitted]: &[Entry; 2],
    may_wait: bool,
    now: i64,
) -> SqlResult<Result<Frozen, IpcError>> {
    let Some(base) = Base::read(tx, &row)? else { return Ok(Err(IpcError::of("unsupported"))) };
    if outbox::changes_customer(tx, row.connection_id, &base.reading.customer_id)? {
        return Ok(Err(IpcError::of("update.waiting")));
    }
    let held = |reason: Message| Ok(Ok(Frozen::Held(reason)));
    let may_wait = may_wait || Preferences::read(tx)?.when_offline == WhenOffline::Wait;
    if !may_wait && holds(tx, row.connection_id, now)? {
        return held(blocked("queue.offline"));
    }
    let (row, base) = match bring(tx, row.id, &base, &row.texts, context, None, now)? {
        Ok(Onto::Same) => (row, base),
        Ok(Onto::Moved { taken }) => {
            if taken > 0 {
                moved.about(activity::draft(row.id), &taken.to_string()).write(tx)?;
            }
            let row = drafts::get(tx, row.id)?.unwrap_or(row);
            let Some(base) = Base::read(tx, &row)? else { return Ok(Err(IpcError::of("unsupported"))) };
            (row, base)
        }
        Ok(Onto::Clash { count, .. }) => {
            return held(Message { params: IpcError::of("").with("count", count).params, ..blocked("update.clash") });
        }
        Ok(Onto::Changed) => return held(blocked("update.changed")),
        Err(no @ (NoPlan::Blocked(_) | NoPlan::Incomplete(_))) => return Ok(Err(no.into())),
    };
    let plan = match Plan::of(&base, &row.texts, context, true) {
        Ok(plan) => plan,
        Err(no) => return Ok(Err(no.into())),
    };
    let new = freeze::freeze(&row, &base, &plan, partner_customer_id(tx, &base)?, may_wait);
    submissions::insert(tx, &new, now)?;
    drafts::set_state(tx, row.id, DraftState::Queued)?;
    submitted.about(activity::draft(row.id), &new.partner_customer_id).write(tx)?;
    Ok(Ok(Frozen::Queued(new.id)))
}
