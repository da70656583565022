//! The draft of an update beside what the platform has now. Asks the platform nothing.

use desk_store::drafts::DraftState;

use crate::convert::draft::{Whole, is_open};
use crate::convert::merge;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::update::onto::{Beside, matches};
use crate::views::{MergeView, UpdateMerge};

pub(crate) async fn run(desk: &Desk, request: UpdateMerge) -> Result<MergeView, IpcError> {
    let whole = Whole::read(desk, &request.draft).await?;
    if !is_open(whole.row.state) && whole.row.state != DraftState::Conflict {
        return Err(IpcError::of("draft.read_only"));
    }
    let (context, now, draft) = (whole.context(desk)?, desk.clock().now_ms(), whole.row.id);
    let Some(base) = whole.base else { return Err(IpcError::of("unsupported")) };
    // As they will be settled: what clashes only then is to be chosen as well.
    let matches = matches(&base, &request.persons).ok_or_else(|| IpcError::of("update.persons"))?;
    let read = desk.read(move |db| {
        Ok(Beside::read(db, &base, &whole.row.texts, &context, &matches, now)?.map(|beside| (base, beside)))
    });
    let (base, beside) = read.await??;
    beside.and_then(|beside| merge::view(draft, &base, &beside)).ok_or_else(|| IpcError::of("update.changed"))
}
