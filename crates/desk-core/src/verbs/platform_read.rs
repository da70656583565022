//! Reads a platform's list to its end, page by page, and goes on where it was stopped.

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::jobs::JobControl;
use crate::platform::{Filter, Pages, begin, read_pages};
use crate::views::{PlatformListRef, PlatformListView};

pub(crate) async fn run(
    desk: &Desk,
    request: PlatformListRef,
    mut control: JobControl,
) -> Result<PlatformListView, IpcError> {
    let (row, _reading) = begin(desk, &request.connection).await?;
    let filter = Filter::of(request.party.as_deref(), request.status.as_deref());
    read_pages(desk, row.id, &filter, Pages::All, &mut control).await
}
