//! Takes an archived connection back into use. The window stays where it is.

use desk_store::{activity, connections};

use crate::convert::connection;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::verbs::app_status;
use crate::views::{AppView, ConnectionRef, Empty};

pub(crate) async fn run(desk: &Desk, request: ConnectionRef) -> Result<AppView, IpcError> {
    let id = connection::row(desk, &request.connection).await?.id;
    let entry = Entry::new(desk, "connection.restore", activity::connection(id), "", "ok");
    let write = desk.write(move |tx| {
        // Restored already, by a second press: nothing happens, and the trail says nothing of it.
        if let Some(mut row) = connections::get(tx, id)?.filter(|row| row.archived_at.is_some()) {
            row.archived_at = None;
            connections::update(tx, &row)?;
            entry.write(tx)?;
        }
        Ok(())
    });
    write.await?;
    app_status::run(desk, Empty {}).await
}
