//! Freezes a draft and puts it into the outbox, then waits for what becomes of it (RELIABILITY "Exactly once").
//!
//! What is sent is settled here, once: the body to the byte, with its hash. When and how often is the outbox's.

use desk_api::wire::axisfi::{WirePlaces, create_bytes};
use desk_domain::application::Application;
use desk_domain::problem::Severity;
use desk_store::drafts::{self, DraftRow, DraftState, Purpose};
use desk_store::submissions::{self, NewSubmission, SubmissionPurpose, SubmissionRow, SubmissionState};
use desk_store::{SqlResult, StoreError, Transaction, activity, connections, documents, outbox};
use uuid::Uuid;

use crate::clock::instant;
use crate::convert::draft::{Whole, is_open};
use crate::convert::outcome;
use crate::convert::settings::Preferences;
use crate::desk::{Desk, blocked, new_id};
use crate::ipc::{IpcError, Message};
use crate::jobs::JobControl;
use crate::outbox::{take_out, update};
use crate::trail::Entry;
use crate::update::submit as update_submit;
use crate::views::{DraftSubmit, OutcomeView, WhenOffline};

pub(crate) async fn run(desk: &Desk, request: DraftSubmit, mut control: JobControl) -> Result<OutcomeView, IpcError> {
    let whole = Whole::read(desk, &request.draft).await?;
    ready(desk, &whole, &request)?;
    let frozen = match whole.row.purpose {
        Purpose::New => {
            let application = Application::of(&whole.row.texts, &whole.context(desk)?, request.send_anyway)
                .map_err(|_| IpcError::of("draft.blocked"))?;
            desk.crash_points().reach("before_queued_commit");
            freeze(desk, &whole, &application, request.may_wait).await?
        }
        Purpose::Update { .. } => {
            let read = tokio::select! {
                () = control.cancelled() => Some(blocked("cancelled")),
                gone = update_submit::read(desk, &whole) => gone?,
            };
            match read {
                Some(reason) => Frozen::Held(reason),
                None => {
                    desk.crash_points().reach("before_queued_commit");
                    update_submit::freeze(desk, &whole, &request).await?
                }
            }
        }
    };
    desk.crash_points().reach("after_queued_commit");
    match frozen {
        Frozen::Queued(submission) => wait(desk, whole.row.id, submission, &mut control).await,
        // Nothing was frozen and nothing left this computer: the draft is as it was, and the page asks what now.
        Frozen::Held(reason) => {
            let at = instant(desk.clock().now_ms());
            Ok(OutcomeView::NotSent { reason, error: None, at })
        }
    }
}

/// Whether the draft is what the user saw on the review and nothing stands in the way of sending it.
fn ready(desk: &Desk, whole: &Whole, request: &DraftSubmit) -> Result<(), IpcError> {
    if !is_open(whole.row.state) {
        return Err(IpcError::of("draft.read_only"));
    }
    if whole.connection.archived_at.is_some() {
        return Err(IpcError::of("connection.archived"));
    }
    if u64::try_from(whole.row.seq) != Ok(request.seq) {
        return Err(IpcError::of("draft.changed"));
    }
    let warnings = whole.check(desk)?.problems.into_iter().filter(|problem| problem.severity == Severity::Warning);
    let unconfirmed = warnings.filter(|p| !request.confirmed.contains(&format!("{} {}", p.path, p.code))).count();
    if unconfirmed > 0 {
        return Err(IpcError::of("draft.unconfirmed").with("count", unconfirmed));
    }
    Ok(())
}

/// What came of freezing.
pub(crate) enum Frozen {
    Queued(Uuid),
    /// It is not queued: others of this connection wait for the network, and nobody said that this one may wait with
    /// them; or what is to be changed is not any more what it was.
    Held(Message),
}

/// Asked again inside the transaction: two presses of the button must not make two submissions, and an edit that came
/// meanwhile must not be lost between what was reviewed and what is sent.
pub(crate) fn still_ready(tx: &Transaction<'_>, draft: &DraftRow) -> SqlResult<Result<DraftRow, IpcError>> {
    if connections::get(tx, draft.connection_id)?.is_none_or(|connection| connection.archived_at.is_some()) {
        return Ok(Err(IpcError::of("connection.archived")));
    }
    let row = match drafts::get(tx, draft.id)? {
        Some(row) if is_open(row.state) && row.seq == draft.seq => row,
        Some(row) if is_open(row.state) => return Ok(Err(IpcError::of("draft.changed"))),
        _ => return Ok(Err(IpcError::of("draft.read_only"))),
    };
    // A file that the platform does not have yet has no id to be sent.
    match documents::unsent(tx, draft.id)? {
        0 => Ok(Ok(row)),
        count => Ok(Err(IpcError::of("document.waiting").with("count", count))),
    }
}

/// Freezes the body and queues it, in one transaction.
async fn freeze(desk: &Desk, whole: &Whole, application: &Application, may_wait: bool) -> Result<Frozen, IpcError> {
    let mut new = NewSubmission {
        id: new_id(),
        draft_id: whole.row.id,
        connection_id: whole.connection.id,
        purpose: SubmissionPurpose::New,
        partner_customer_id: application.partner_customer_id().to_string(),
        draft_seq: whole.row.seq,
        body: create_bytes(application),
        persons: WirePlaces::of(application).persons,
        idempotency_id: new_id().to_string(),
        customer_id: None,
        base_reading_id: None,
        may_wait,
    };
    let (id, draft, now) = (new.id, whole.row.clone(), desk.clock().now_ms());
    let entry = Entry::new(desk, "draft.submit", activity::draft(draft.id), &new.partner_customer_id, "ok");
    let write = desk.write(move |tx| {
        if let Err(error) = still_ready(tx, &draft)? {
            return Ok(Err(error));
        }
        new.may_wait |= Preferences::read(tx)?.when_offline == WhenOffline::Wait;
        if !new.may_wait && update::holds(tx, new.connection_id, now)? {
            return Ok(Ok(Frozen::Held(blocked("queue.offline"))));
        }
        submissions::insert(tx, &new, now)?;
        drafts::set_state(tx, draft.id, DraftState::Queued)?;
        entry.write(tx)?;
        Ok(Ok(Frozen::Queued(id)))
    });
    match write.await {
        Ok(frozen) => {
            desk.outbox().wake();
            frozen
        }
        Err(StoreError::Constraint(_)) => {
            Err(IpcError::of("draft.blocked").at("partner_customer_id", "partner_customer_id.taken"))
        }
        Err(error) => Err(error.into()),
    }
}

/// Waits until it is sent, or until it is clear that this takes longer than anybody should wait for.
async fn wait(desk: &Desk, draft: Uuid, submission: Uuid, control: &mut JobControl) -> Result<OutcomeView, IpcError> {
    let mut changes = desk.outbox().watch();
    let mut cancelled = false;
    loop {
        changes.borrow_and_update();
        let now = desk.clock().now_ms();
        let read = desk.read(move |db| {
            // An update that waited may go on as another submission, made of what the platform has by now.
            let newest = submissions::newest_for_draft(db, draft)?.filter(|newest| newest.id >= submission);
            let Some(row) = newest else { return Ok(None) };
            let holding = match row.state {
                SubmissionState::Queued => outbox::holding(db, row.connection_id, now)?,
                _ => None,
            };
            Ok(Some((row, holding)))
        });
        let (row, holding) = read.await?.ok_or_else(|| IpcError::of("not_found"))?;
        let submission = row.id;
        if cancelled && row.state == SubmissionState::Queued {
            // It came back without having left after it was cancelled.
            take_out(desk, submission).await?;
            continue;
        }
        if let Some(view) = told(&row, holding.as_ref(), now) {
            return Ok(view);
        }
        // It is tried until the disk takes it; the user makes the room, and has to hear of it.
        if let Some(error) = desk.outbox().not_kept(submission) {
            return Err(error.into());
        }
        tokio::select! {
            _ = changes.changed() => {}
            () = control.cancelled(), if !cancelled => {
                cancelled = true;
                // Nothing left this computer, or nobody knows: in between there is nothing ("Exactly once", 10).
                if !take_out(desk, submission).await? {
                    desk.outbox().stop_one(submission);
                }
            }
        }
    }
}

/// What the user is told now; `None` while it is worth waiting.
fn told(row: &SubmissionRow, holding: Option<&SubmissionRow>, now: i64) -> Option<OutcomeView> {
    match (row.state, holding) {
        (SubmissionState::Sending, _) => None,
        (SubmissionState::Queued, None) => None,
        (SubmissionState::Queued, Some(holding)) if holding.id != row.id => {
            let paused = holding.state == SubmissionState::Paused;
            let reason = blocked(if paused { "queue.paused" } else { "queue.turn" });
            let next_at = (!paused).then(|| instant(holding.due_at));
            Some(OutcomeView::Waiting { reason, error: None, next_at, at: instant(now) })
        }
        _ => outcome::view(row),
    }
}
