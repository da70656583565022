//! Shows one masked value. The trail says so before the value leaves Rust (DECISIONS 14).

use desk_store::activity;

use crate::convert::{connection, customer};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::{CustomerReveal, RevealedView};

/// How long a value is shown: time to read or copy it, not to leave the desk (UX B3).
const SHOWN_S: u32 = 30;

pub(crate) async fn run(desk: &Desk, request: CustomerReveal) -> Result<RevealedView, IpcError> {
    let row = connection::row(desk, &request.connection).await?;
    let value = customer::value(desk, &row, &request.customer_id, &request.path).await?;
    let object = activity::customer(row.id, &request.customer_id);
    let entry = Entry::new(desk, activity::REVEAL, object, &request.path, "ok");
    desk.write(move |tx| entry.write(tx)).await?;
    Ok(RevealedView { path: request.path, value, hides_after_s: SHOWN_S })
}
