//! Goes through the whole trail: whether every row is as it was written, and whether it still has the end that the keyring
//! remembers.

use desk_store::activity::{self, Verdict};

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::trail_head;
use crate::views::{ActivityCheckView, Empty};

pub(crate) async fn run(desk: &Desk, _: Empty) -> Result<ActivityCheckView, IpcError> {
    let known = trail_head::known(desk.keyring(), desk.database()?).await;
    let (rows, verdict) = desk.read(move |db| Ok((activity::count(db)?, activity::verify(db, known)?))).await?;
    let number = |seq| Some(u32::try_from(seq).unwrap_or(u32::MAX));
    let (broken_at, cut_after) = match verdict {
        Verdict::Whole(_) => (None, None),
        Verdict::Broken { at } => (number(at), None),
        Verdict::Cut { after } => (None, number(after)),
    };
    Ok(ActivityCheckView { rows, broken_at, cut_after })
}
