//! The page's answer to a window that was asked to close.

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{AppClose, Empty};

pub(crate) async fn run(desk: &Desk, request: AppClose) -> Result<Empty, IpcError> {
    desk.closing().answer(request.kept);
    Ok(Empty {})
}
