//! Reads each customer that is known from the platform's list alone, and goes on where it was stopped.

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::jobs::JobControl;
use crate::platform::{begin, read_details};
use crate::views::{ConnectionRef, PlatformListView};

pub(crate) async fn run(
    desk: &Desk,
    request: ConnectionRef,
    mut control: JobControl,
) -> Result<PlatformListView, IpcError> {
    let (row, _reading) = begin(desk, &request.connection).await?;
    read_details(desk, row.id, &mut control).await
}
