//! Outcomes: kept with a submission as the page gets them, so that a restart shows what was shown before.

use desk_store::submissions::{Outcome, SubmissionRow, SubmissionState};
use serde_json::Value;

use crate::clock::instant;
use crate::desk::blocked;
use crate::outbox::Decision;
use crate::views::OutcomeView;

/// What became of a submission; `None` while it is on its way.
pub(crate) fn view(row: &SubmissionRow) -> Option<OutcomeView> {
    let kept = row.answers.last().and_then(|answer| serde_json::from_value(answer.detail.clone()).ok());
    kept.or_else(|| match row.state {
        // Written by another version: the state alone is as much as can be said.
        SubmissionState::Queued | SubmissionState::Sending => None,
        _ => Some(OutcomeView::Unknown { reason: blocked("internal"), error: None, at: instant(row.changed_at) }),
    })
}

/// A decision as the store keeps it.
pub(crate) fn kept(decision: Decision) -> Outcome {
    let Decision { view, looks, waits_for, due_at } = decision;
    let customer_id = match &view {
        OutcomeView::Accepted { customer_id, .. } => Some(customer_id.clone()),
        OutcomeView::Conflict { customer_id, .. } => customer_id.clone(),
        _ => None,
    };
    let detail = serde_json::to_value(&view).unwrap_or(Value::Null);
    Outcome { state: state(&view), customer_id, looks, waits_for, due_at, detail }
}

/// The state that an outcome stands for.
pub(crate) fn state(view: &OutcomeView) -> SubmissionState {
    match view {
        OutcomeView::Accepted { .. } => SubmissionState::Accepted,
        OutcomeView::Rejected { .. } => SubmissionState::Rejected,
        OutcomeView::Unknown { .. } => SubmissionState::Unknown,
        OutcomeView::Conflict { .. } => SubmissionState::Conflict,
        OutcomeView::NotSent { .. } => SubmissionState::NotSent,
        OutcomeView::Waiting { .. } => SubmissionState::Queued,
        OutcomeView::Paused { .. } => SubmissionState::Paused,
    }
}

/// What a draft is after its outcome.
pub(crate) fn draft_state(view: &OutcomeView) -> desk_store::drafts::DraftState {
    use desk_store::drafts::DraftState;
    match view {
        OutcomeView::Accepted { .. } => DraftState::Accepted,
        OutcomeView::Rejected { .. } => DraftState::Rejected,
        OutcomeView::Unknown { .. } => DraftState::Unknown,
        OutcomeView::Conflict { .. } => DraftState::Conflict,
        OutcomeView::Waiting { .. } => DraftState::Queued,
        OutcomeView::Paused { .. } => DraftState::Paused,
        // It never left: the draft is as it was.
        OutcomeView::NotSent { .. } => DraftState::Editing,
    }
}

/// The word of an outcome for the trail.
pub(crate) fn word(view: &OutcomeView) -> &str {
    match view {
        OutcomeView::Accepted { .. } => "ok",
        OutcomeView::Rejected { .. } => "rejected",
        OutcomeView::Unknown { .. } => "unknown",
        OutcomeView::Conflict { .. } => "conflict",
        OutcomeView::NotSent { reason, .. }
        | OutcomeView::Waiting { reason, .. }
        | OutcomeView::Paused { reason, .. } => &reason.code,
    }
}
