//! A person does not want to wait: what is queued is tried now, what is paused is queued again. What is unknown is looked
//! up by `submission_lookup`; nothing here sends it.

use desk_store::submissions::SubmissionState;
use desk_store::{activity, outbox};

use crate::convert::draft::Whole;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::{Empty, OutboxRef};

pub(crate) async fn run(desk: &Desk, request: OutboxRef) -> Result<Empty, IpcError> {
    let whole = Whole::read(desk, &request.draft).await?;
    let waits = [SubmissionState::Queued, SubmissionState::Paused];
    let row =
        whole.submission.filter(|row| waits.contains(&row.state)).ok_or_else(|| IpcError::of("outbox.settled"))?;
    let now = desk.clock().now_ms();
    let entry = Entry::new(desk, "draft.resume", activity::draft(row.draft_id), "", "ok");
    let write = desk.write(move |tx| {
        if !outbox::resume(tx, &row, now)? {
            outbox::hasten_one(tx, row.id, now)?;
        }
        entry.write(tx)
    });
    write.await?;
    desk.outbox().wake();
    Ok(Empty {})
}
