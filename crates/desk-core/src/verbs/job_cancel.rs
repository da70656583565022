//! Asks a job to stop.

use crate::convert;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{Empty, JobRef};

pub(crate) async fn run(desk: &Desk, request: JobRef) -> Result<Empty, IpcError> {
    desk.jobs().cancel(convert::id(&request.job, "request.unreadable")?);
    Ok(Empty {})
}
