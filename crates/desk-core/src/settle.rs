//! What became of a submission, committed with everything that follows from it.

use desk_api::Answer;
use desk_store::connections::ConnectionRow;
use desk_store::drafts::{self, DraftState};
use desk_store::submissions::{self, Looks, Outcome, SubmissionPurpose, SubmissionRow, SubmissionState, WaitsFor};
use desk_store::{SqlResult, StoreError, Transaction, activity, connections, settings};
use uuid::Uuid;

use crate::call::PRACTICE_SNAPSHOT;
use crate::clock::instant;
use crate::convert::answer::{self, Reading, Source};
use crate::convert::outcome;
use crate::desk::{Desk, blocked};
use crate::outbox::{Decision, STORE_PATIENCE};
use crate::trail::Entry;
use crate::views::OutcomeView;

/// An outcome that is to be committed.
#[derive(Clone)]
pub(crate) struct Settlement {
    submission: Uuid,
    /// What it was decided from: its state, its sendings, its look-ups.
    from: (SubmissionState, i64, Looks),
    draft: Uuid,
    connection: Uuid,
    outcome: Outcome,
    draft_state: DraftState,
    /// Something may have reached the platform.
    sent: bool,
    reading: Option<Reading>,
    /// What the practice platform holds now.
    practice: Option<String>,
    /// Nothing where it only stays as it was: look-ups on the outbox's own schedule are no deeds.
    entry: Option<Entry>,
    at: i64,
}

impl Settlement {
    /// What was decided of a submission as it is in `row`, with the answer that brought it.
    pub(crate) fn new(
        desk: &Desk,
        row: &SubmissionRow,
        connection: &ConnectionRow,
        decision: Decision,
        answer: Option<&Answer>,
    ) -> Self {
        let at = desk.clock().now_ms();
        // An update is about a customer whose id is known: an answer may leave it out, but not be about another one.
        let asked = row.customer_id.as_deref().filter(|_| row.purpose == SubmissionPurpose::Update);
        let reading = answer.and_then(|answer| answer::reading(connection, &answer.raw, &answer.json, asked, at));
        let entry = Entry::new(desk, "draft.outcome", activity::draft(row.draft_id), "", outcome::word(&decision.view));
        // The third time that a platform is not reached is no news to the trail.
        let quiet = row.tries > 1 && decision.waits_for == Some(WaitsFor::Network);
        Self {
            submission: row.id,
            from: basis(row),
            draft: row.draft_id,
            connection: connection.id,
            draft_state: outcome::draft_state(&decision.view),
            sent: left_this_computer(&decision.view) || row.state == SubmissionState::Unknown,
            reading,
            practice: None,
            entry: (outcome::state(&decision.view) != row.state && !quiet).then_some(entry),
            outcome: outcome::kept(decision),
            at,
        }
    }

    /// With what the practice platform holds since: both are kept, or neither.
    pub(crate) fn with_practice(self, snapshot: Option<String>) -> Self {
        Self { practice: snapshot, ..self }
    }

    /// Commits it. `false`, and nothing written, where the submission is not as it was decided from: what is known already
    /// is never made unknown again by an answer that was slower, and an answer about an earlier sending proves nothing of
    /// a later one.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn commit(&self, desk: &Desk) -> Result<bool, StoreError> {
        let this = self.clone();
        let committed = desk.write(move |tx| this.write(tx)).await;
        desk.outbox().kept(self.submission, committed.as_ref().err().cloned());
        committed
    }

    /// Commits it as soon as the disk takes it: room is made by a person, and asking the platform again meanwhile would
    /// help nobody. Ends without it where the program ends; the next start finds `sending`, and makes it unknown.
    ///
    /// # Errors
    /// The store's, where trying again is of no use.
    pub(crate) async fn commit_in_the_end(&self, desk: &Desk) -> Result<bool, StoreError> {
        loop {
            match self.commit(desk).await {
                Err(error @ (StoreError::Closed | StoreError::Constraint(_) | StoreError::NotFound)) => {
                    return Err(error);
                }
                Err(error) if desk.outbox().is_stopping() => return Err(error),
                Err(_) => tokio::time::sleep(STORE_PATIENCE).await,
                committed => return committed,
            }
        }
    }

    fn write(&self, tx: &Transaction<'_>) -> SqlResult<bool> {
        if submissions::get(tx, self.submission)?.is_none_or(|row| basis(&row) != self.from) {
            return Ok(false);
        }
        submissions::set_state(tx, self.submission, &self.outcome, self.at)?;
        drafts::set_state(tx, self.draft, self.draft_state)?;
        if self.sent {
            connections::mark_sent(tx, self.connection, self.at)?;
        }
        if let Some(reading) = &self.reading {
            reading.keep(tx, Source::Ours)?;
        }
        if let Some(snapshot) = &self.practice {
            settings::set(tx, PRACTICE_SNAPSHOT, snapshot)?;
        }
        if let Some(entry) = &self.entry {
            entry.write(tx)?;
        }
        Ok(true)
    }
}

fn basis(row: &SubmissionRow) -> (SubmissionState, i64, Looks) {
    (row.state, row.tries, row.looks)
}

/// An answer, be it 401 or 429, means that it left this computer: the host stays (DECISIONS 1).
fn left_this_computer(view: &OutcomeView) -> bool {
    match view {
        OutcomeView::NotSent { error, .. } | OutcomeView::Waiting { error, .. } | OutcomeView::Paused { error, .. } => {
            error.is_some()
        }
        OutcomeView::Accepted { .. }
        | OutcomeView::Rejected { .. }
        | OutcomeView::Unknown { .. }
        | OutcomeView::Conflict { .. } => true,
    }
}

/// Gives up a submission that waits: its draft opens again. `false` where it does not wait any more.
///
/// # Errors
/// The store's.
pub(crate) async fn take_out(desk: &Desk, submission: Uuid) -> Result<bool, StoreError> {
    let now = desk.clock().now_ms();
    let view = OutcomeView::NotSent { reason: blocked("cancelled"), error: None, at: instant(now) };
    let entry = Entry::new(desk, "draft.outcome", String::new(), "", outcome::word(&view));
    let write = desk.write(move |tx| {
        let waits = [SubmissionState::Queued, SubmissionState::Paused];
        let Some(row) = submissions::get(tx, submission)?.filter(|row| waits.contains(&row.state)) else {
            return Ok(false);
        };
        submissions::set_state(tx, row.id, &outcome::kept(Decision::end(view, &row, now)), now)?;
        drafts::set_state(tx, row.draft_id, DraftState::Editing)?;
        // Whoever is next is asked no sooner than the platform wants to be.
        submissions::hand_on_wait(tx, &row)?;
        entry.about(activity::draft(row.draft_id), "").write(tx)?;
        Ok(true)
    });
    write.await
}
