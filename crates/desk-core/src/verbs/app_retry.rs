//! Tries again to open the keyring and the database.

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::verbs::app_status;
use crate::views::{AppView, Empty};

pub(crate) async fn run(desk: &Desk, request: Empty) -> Result<AppView, IpcError> {
    desk.open().await;
    app_status::run(desk, request).await
}
