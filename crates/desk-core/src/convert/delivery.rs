//! Where a submission stands and what comes next, for the page.

use desk_store::drafts::DraftState;
use desk_store::submissions::{SubmissionPurpose, SubmissionRow, SubmissionState, WaitsFor};
use desk_store::{Connection, SqlResult, outbox};

use crate::clock::instant;
use crate::convert::outcome;
use crate::desk::Desk;
use crate::ipc::{ApiErrorView, Message};
use crate::views::{DeliveryPurpose, DeliveryState, DeliveryView, NextStep, OutcomeView};

/// A submission, and whether another one of its connection stands before it.
pub(crate) struct Delivery {
    pub row: SubmissionRow,
    pub behind: bool,
}

/// Whether another submission of its connection stands before this one, while it is queued.
pub(crate) fn is_behind(db: &Connection, row: Option<&SubmissionRow>) -> SqlResult<bool> {
    match row {
        Some(row) if row.state == SubmissionState::Queued => outbox::is_behind(db, row),
        _ => Ok(false),
    }
}

/// Whether a submission is a conflict that a person has decided: its draft has become something else.
pub(crate) fn is_settled(row: &SubmissionRow, draft: DraftState) -> bool {
    row.state == SubmissionState::Conflict && draft != DraftState::Conflict
}

impl Delivery {
    /// Reads what is needed beside the row.
    pub(crate) fn read(db: &Connection, row: SubmissionRow) -> SqlResult<Self> {
        let behind = is_behind(db, Some(&row))?;
        Ok(Self { row, behind })
    }

    /// For a list of the page: without the platform's words.
    pub(crate) fn listed(&self, desk: &Desk) -> Option<DeliveryView> {
        let view = self.view(desk)?;
        Some(DeliveryView { error: view.error.map(without_words), ..view })
    }

    /// For the page; `None` where it is at its end.
    pub(crate) fn view(&self, desk: &Desk) -> Option<DeliveryView> {
        let (row, rules) = (&self.row, desk.outbox_rules());
        let state = match row.state {
            SubmissionState::Queued => DeliveryState::Queued,
            SubmissionState::Sending => DeliveryState::Sending,
            SubmissionState::Paused => DeliveryState::Paused,
            SubmissionState::Unknown => DeliveryState::Unknown,
            SubmissionState::Conflict => DeliveryState::Conflict,
            SubmissionState::Accepted | SubmissionState::Rejected | SubmissionState::NotSent => return None,
        };
        let next = match (state, row.waits_for) {
            (DeliveryState::Queued, _) if self.behind => NextStep::SendInTurn,
            (DeliveryState::Queued, Some(WaitsFor::Network)) => NextStep::TryAgain,
            (DeliveryState::Queued, Some(WaitsFor::Rate)) => NextStep::SendAfterLimit,
            (DeliveryState::Queued, Some(WaitsFor::Absence)) => NextStep::SendAgain,
            // The platform answered, but not what an update is read for before it is sent.
            (DeliveryState::Queued, None) if row.due_at > desk.clock().now_ms() => NextStep::TryAgain,
            (DeliveryState::Queued, _) => NextStep::Send,
            (DeliveryState::Sending, _) => NextStep::Answer,
            // Paused, but not for the connection's sake: it was sent again too often.
            (DeliveryState::Paused, None) => NextStep::Decision,
            (DeliveryState::Paused, _) => NextStep::Connection,
            (DeliveryState::Unknown, _) if row.due_at >= rules.quiet_until(row) => NextStep::LookUpForProof,
            (DeliveryState::Unknown, _) => NextStep::LookUp,
            (DeliveryState::Conflict, _) => NextStep::Decision,
        };
        let timed =
            matches!(next, NextStep::TryAgain | NextStep::SendAfterLimit | NextStep::LookUp | NextStep::LookUpForProof);
        let (reason, error) = why(row);
        // A try that did not reach the platform has a lease too, and sent nothing.
        let unsent = next == NextStep::TryAgain && row.looks.absences == 0;
        Some(DeliveryView {
            purpose: purpose(row.purpose),
            state,
            next,
            next_at: timed.then(|| instant(row.due_at)),
            since: instant(row.created_at),
            sent_at: row.leased_at.filter(|_| !unsent).map(instant),
            lookups: count(row.looks.lookups),
            misses: count(row.looks.misses),
            misses_needed: count(rules.misses_needed),
            absences: count(row.looks.absences),
            reason,
            error,
        })
    }
}

/// Create or update, for the page.
pub(crate) fn purpose(purpose: SubmissionPurpose) -> DeliveryPurpose {
    match purpose {
        SubmissionPurpose::New => DeliveryPurpose::Create,
        SubmissionPurpose::Update => DeliveryPurpose::Update,
    }
}

/// What the platform answered without its words: these may be long, and may repeat what was sent.
pub(crate) fn without_words(error: ApiErrorView) -> ApiErrorView {
    ApiErrorView { message: None, fields: Vec::new(), raw: String::new(), ..error }
}

fn why(row: &SubmissionRow) -> (Option<Message>, Option<ApiErrorView>) {
    match outcome::view(row) {
        Some(
            OutcomeView::Unknown { reason, error, .. }
            | OutcomeView::Waiting { reason, error, .. }
            | OutcomeView::Paused { reason, error, .. },
        ) => (Some(reason), error),
        Some(OutcomeView::Conflict { error, .. }) => (None, error),
        _ => (None, None),
    }
}

fn count(count: i64) -> u32 {
    u32::try_from(count).unwrap_or_default()
}
