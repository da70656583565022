//! Asks the platform what a customer is now, before anything is sent over it.

use desk_api::{CallError, DetailBy};
use desk_store::StoreError;
use desk_store::connections::ConnectionRow;

use crate::call::note_network;
use crate::convert::answer::{self, Source};
use crate::desk::Desk;
use crate::platform::PlatformClient;

/// What came of it.
pub(crate) enum Asked {
    /// The answer is kept.
    Kept,
    /// The platform says that it has no such customer.
    Gone(CallError),
    /// Nothing was learned.
    Failed(CallError),
    /// It answered something that is no customer, or another one.
    Unreadable,
}

/// Reads a customer and keeps the answer. Whoever changed it meanwhile was not this program: the change is news.
///
/// # Errors
/// The store's.
pub(crate) async fn ask(
    desk: &Desk,
    client: &PlatformClient,
    connection: &ConnectionRow,
    customer_id: &str,
) -> Result<Asked, StoreError> {
    let result = client.detail(DetailBy::CustomerId(customer_id)).await;
    note_network(desk, connection, &result);
    let answer = match result {
        Ok(answer) => answer,
        Err(error) if crate::outbox::says_missing(&error) => return Ok(Asked::Gone(error)),
        Err(error) => return Ok(Asked::Failed(error)),
    };
    let now = desk.clock().now_ms();
    let Some(reading) = answer::reading(connection, &answer.raw, &answer.json, Some(customer_id), now) else {
        return Ok(Asked::Unreadable);
    };
    desk.write(move |tx| reading.keep(tx, Source::Asked).map(drop)).await?;
    desk.watch().wake();
    Ok(Asked::Kept)
}
