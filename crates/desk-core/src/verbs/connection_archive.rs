//! Takes a connection out of use; nothing of it is deleted (DECISIONS 1).

use desk_store::connections::{self, ConnectionRow};
use desk_store::submissions::{self, SubmissionState};
use desk_store::{SqlResult, Transaction, activity, settings};
use uuid::Uuid;

use crate::convert::connection::{self, InUse};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::opening::CURRENT_CONNECTION;
use crate::trail::Entry;
use crate::verbs::app_status;
use crate::views::{AppView, ConnectionRef, Empty};

/// What was sent or is about to be, and of which nobody knows yet how it ends.
const UNDER_WAY: [SubmissionState; 4] =
    [SubmissionState::Queued, SubmissionState::Sending, SubmissionState::Paused, SubmissionState::Unknown];

pub(crate) async fn run(desk: &Desk, request: ConnectionRef) -> Result<AppView, IpcError> {
    let row = connection::row_in_use(desk, &request.connection).await?;
    let (id, now) = (row.id, desk.clock().now_ms());
    let entry = Entry::new(desk, "connection.archive", activity::connection(id), "", "ok");
    let write = desk.write(move |tx| {
        let in_use = InUse::of(tx)?;
        let Some(mut row) = in_use.all.iter().find(|row| row.id == id).cloned() else {
            return Ok(Err(IpcError::of("connection.archived")));
        };
        let Some(next) = next_to(&row, &in_use.all) else { return Ok(Err(IpcError::of("connection.last"))) };
        let count = under_way(tx, id)?;
        if count > 0 {
            return Ok(Err(IpcError::of("connection.busy").with("count", count)));
        }
        row.archived_at = Some(now);
        connections::update(tx, &row)?;
        if in_use.current.is_some_and(|current| current.id == id) {
            settings::set(tx, CURRENT_CONNECTION, &next.to_string())?;
        }
        entry.write(tx)?;
        Ok(Ok(()))
    });
    write.await??;
    desk.platforms().forget(id);
    app_status::run(desk, Empty {}).await
}

/// The connection that the window shows instead: one of the same environment if there is one, else the first.
fn next_to(row: &ConnectionRow, all: &[ConnectionRow]) -> Option<Uuid> {
    let others = || all.iter().filter(|other| other.id != row.id);
    let same = others().find(|other| other.environment == row.environment);
    same.or_else(|| others().next()).map(|other| other.id)
}

fn under_way(tx: &Transaction<'_>, connection: Uuid) -> SqlResult<usize> {
    let mut count = 0;
    for state in UNDER_WAY {
        let submissions = submissions::list_in_state(tx, state)?;
        count += submissions.iter().filter(|submission| submission.connection_id == connection).count();
    }
    Ok(count)
}
