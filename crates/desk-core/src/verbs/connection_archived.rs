//! The connections that are out of use, to look at and to restore.

use desk_store::connections;

use crate::convert::connection;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{ConnectionListView, Empty};

pub(crate) async fn run(desk: &Desk, _: Empty) -> Result<ConnectionListView, IpcError> {
    let rows = desk.read(connections::list).await?;
    let archived = rows.iter().filter(|row| row.archived_at.is_some());
    Ok(ConnectionListView { connections: archived.map(connection::view).collect() })
}
