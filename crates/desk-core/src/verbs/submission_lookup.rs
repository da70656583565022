//! Looks up now whether the platform has what was sent with an unknown outcome. Never sends anything.

use desk_store::activity;
use desk_store::submissions::SubmissionState;

use crate::convert::draft::Whole;
use crate::convert::outcome;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::jobs::JobControl;
use crate::outbox::look_up;
use crate::trail::Entry;
use crate::views::{DraftRef, OutcomeView};

pub(crate) async fn run(desk: &Desk, request: DraftRef, mut control: JobControl) -> Result<OutcomeView, IpcError> {
    let whole = Whole::read(desk, &request.draft).await?;
    let submission = whole.submission.clone().ok_or_else(|| IpcError::of("draft.read_only"))?;
    if submission.state != SubmissionState::Unknown {
        // The outbox was faster than whoever asked: what it found is the answer.
        let found = [SubmissionState::Accepted, SubmissionState::Conflict].contains(&submission.state);
        let view = outcome::view(&submission).filter(|_| found && submission.looks.lookups > 0);
        return view.ok_or_else(|| IpcError::of("draft.read_only"));
    }
    let looked = tokio::select! {
        () = control.cancelled() => return Err(IpcError::of("cancelled")),
        looked = look_up(desk, &submission, &whole.connection) => looked?,
    };
    let (view, failure) = match looked {
        Some(looked) => (Some(looked.view), looked.failure),
        // Another look-up was faster: what it found stands.
        None => (Whole::read(desk, &request.draft).await?.submission.as_ref().and_then(outcome::view), None),
    };
    let view = view.ok_or_else(|| IpcError::of("draft.read_only"))?;
    let result = failure.as_ref().map_or_else(|| outcome::word(&view), |error| &error.code);
    let entry = Entry::new(desk, "draft.lookup", activity::draft(whole.row.id), "", result);
    desk.write(move |tx| entry.write(tx)).await?;
    desk.outbox().wake();
    // A look-up that learned nothing is no outcome to whoever asked for it.
    failure.map_or(Ok(view), Err)
}
