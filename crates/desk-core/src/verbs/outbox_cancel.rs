//! Takes a submission that waits out of the queue; its draft opens again. One that is being sent is stopped, and is
//! unknown then: nobody can take back what may have left this computer (RELIABILITY "Exactly once", 10).

use desk_store::submissions::SubmissionState;

use crate::convert::draft::Whole;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::outbox::take_out;
use crate::views::{DraftView, OutboxRef};

pub(crate) async fn run(desk: &Desk, request: OutboxRef) -> Result<DraftView, IpcError> {
    let whole = Whole::read(desk, &request.draft).await?;
    let Some(row) = whole.submission else { return Err(IpcError::of("outbox.settled")) };
    let mut changes = desk.outbox().watch();
    if !take_out(desk, row.id).await? {
        desk.outbox().stop_one(row.id);
        // It ends with the commit of its outcome, which is soon: its call was stopped.
        while Whole::read(desk, &request.draft).await?.submission.is_some_and(|row| is_sending(row.state)) {
            if let Some(error) = desk.outbox().not_kept(row.id) {
                return Err(error.into());
            }
            if changes.changed().await.is_err() {
                break;
            }
        }
        // It came back without having left: then it is still to be taken out.
        take_out(desk, row.id).await?;
    }
    Whole::read(desk, &request.draft).await?.view(desk, false)
}

fn is_sending(state: SubmissionState) -> bool {
    state == SubmissionState::Sending
}
