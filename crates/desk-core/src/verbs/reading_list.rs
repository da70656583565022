//! The readings of a customer, each with how much it differs from the one before.

use desk_store::readings;

use crate::convert::{connection, reading};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{CustomerRef, ReadingListView};

/// Readings of one answer, at most: years of a customer that is asked for every day change less often than this.
const READINGS: u32 = 200;

pub(crate) async fn run(desk: &Desk, request: CustomerRef) -> Result<ReadingListView, IpcError> {
    let row = connection::row(desk, &request.connection).await?;
    // One more, to compare the oldest with.
    let read = desk.read(move |db| readings::list(db, row.id, &request.customer_id, READINGS + 1)).await?;
    if read.is_empty() {
        return Err(IpcError::of("not_found"));
    }
    let compare = move || {
        let rows = read.iter().take(READINGS as usize).enumerate();
        rows.map(|(at, row)| reading::view(row, read.get(at + 1))).collect::<Result<_, IpcError>>()
    };
    // Two hundred answers are read again to be compared: nothing else of the program waits for that.
    let readings = tokio::task::spawn_blocking(compare).await.map_err(|_| IpcError::of("internal"))??;
    Ok(ReadingListView { readings })
}
