//! How far a platform's list was read, without asking the platform.

use crate::convert::connection;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::platform::{Filter, listing, view};
use crate::views::{PlatformListRef, PlatformListView};

pub(crate) async fn run(desk: &Desk, request: PlatformListRef) -> Result<PlatformListView, IpcError> {
    let row = listing(connection::row(desk, &request.connection).await?)?;
    view(desk, row.id, &Filter::of(request.party.as_deref(), request.status.as_deref())).await
}
