//! Goes through the whole trail: whether every row is as it was written.

use desk_store::activity::{self, Verdict};

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{ActivityCheckView, Empty};

pub(crate) async fn run(desk: &Desk, _: Empty) -> Result<ActivityCheckView, IpcError> {
    // No head is kept elsewhere yet (DECISIONS 16): a trail that lost its newest rows passes.
    let (rows, verdict) = desk.read(|db| Ok((activity::count(db)?, activity::verify(db, None)?))).await?;
    let broken_at = match verdict {
        Verdict::Whole(_) => None,
        Verdict::Broken { at } => Some(u32::try_from(at).unwrap_or(u32::MAX)),
    };
    Ok(ActivityCheckView { rows, broken_at })
}
