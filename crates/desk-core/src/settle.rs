//! What became of a submission, committed with everything that follows from it.

use std::time::Duration;

use desk_api::Answer;
use desk_store::drafts::{self, DraftState};
use desk_store::submissions::{self, Outcome, SubmissionState};
use desk_store::{SqlResult, StoreError, Transaction, activity, connections};
use uuid::Uuid;

use crate::convert::customer::{self, Reading};
use crate::convert::draft::Whole;
use crate::convert::outcome;
use crate::desk::Desk;
use crate::trail::Entry;
use crate::views::OutcomeView;

/// Time between two tries of a commit that failed: room on a full disk is made by a person, not in milliseconds.
const TRY_AGAIN_MS: u64 = 2_000;

/// An outcome that is to be committed.
#[derive(Clone)]
pub(crate) struct Settlement {
    submission: Uuid,
    from: SubmissionState,
    draft: Uuid,
    connection: Uuid,
    outcome: Outcome,
    draft_state: DraftState,
    /// Something may have reached the platform.
    sent: bool,
    reading: Option<Reading>,
    entry: Entry,
    at: i64,
}

impl Settlement {
    /// An outcome of a submission that is in the state `from`, with the answer that brought it.
    pub(crate) fn new(
        desk: &Desk,
        whole: &Whole,
        (submission, from): (Uuid, SubmissionState),
        view: &OutcomeView,
        answer: Option<&Answer>,
    ) -> Self {
        let at = desk.clock().now_ms();
        let draft = whole.row.id;
        Self {
            submission,
            from,
            draft,
            connection: whole.connection.id,
            outcome: outcome::kept(view, at),
            draft_state: outcome::draft_state(view),
            // An answer, be it 401 or 429, means that it left this computer: the host stays (DECISIONS 1).
            sent: !matches!(view, OutcomeView::NotSent { error: None, .. }),
            reading: answer
                .and_then(|answer| customer::reading(&whole.connection, &answer.raw, &answer.json, None, at)),
            entry: Entry::new(desk, "draft.outcome", activity::draft(draft), "", outcome::word(view)),
            at,
        }
    }

    /// Commits it. `false`, and nothing written, where the submission has left the state it is settled from: what is
    /// known already is never made unknown again by an answer that was slower.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn commit(&self, desk: &Desk) -> Result<bool, StoreError> {
        let this = self.clone();
        desk.write(move |tx| this.write(tx)).await
    }

    /// Tries until it is on the disk, or the store is closed: without this a full disk would leave the draft as
    /// `sending` until the next start.
    pub(crate) fn keep_trying(self, desk: &Desk) {
        let desk = desk.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(TRY_AGAIN_MS)).await;
                match self.commit(&desk).await {
                    Ok(_) | Err(StoreError::Closed | StoreError::Constraint(_) | StoreError::NotFound) => return,
                    Err(_) => {}
                }
            }
        });
    }

    fn write(&self, tx: &Transaction<'_>) -> SqlResult<bool> {
        if submissions::get(tx, self.submission)?.is_none_or(|row| row.state != self.from) {
            return Ok(false);
        }
        submissions::set_state(tx, self.submission, &self.outcome, self.at)?;
        drafts::set_state(tx, self.draft, self.draft_state)?;
        if self.sent {
            connections::mark_sent(tx, self.connection, self.at)?;
        }
        if let Some(reading) = &self.reading {
            reading.keep(tx)?;
        }
        self.entry.write(tx)?;
        Ok(true)
    }
}
