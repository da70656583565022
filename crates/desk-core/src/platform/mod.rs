//! Platforms of either kind, and those that list their customers. `client.rs` is what the program needs of a platform,
//! `tokens.rs` what it knows of one while it runs; `run.rs` makes many calls at a measured pace, `list.rs` reads the pages
//! of a list with it and `details.rs` the customers that the list has named.

mod client;
mod details;
mod list;
mod run;
mod tokens;

pub(crate) use client::PlatformClient;
pub(crate) use details::read_details;
pub(crate) use list::{Filter, Pages, read_pages, view};
pub(crate) use tokens::{Platforms, Reading};

use desk_store::connections::ConnectionRow;

use crate::convert::connection;
use crate::desk::Desk;
use crate::ipc::IpcError;

/// A connection whose platform lists its customers, and the right to read them: nobody else has it meanwhile.
///
/// # Errors
/// `unsupported`, `platform.busy`, those of the connection.
pub(crate) async fn begin(desk: &Desk, id: &str) -> Result<(ConnectionRow, Reading), IpcError> {
    let row = listing(connection::row_in_use(desk, id).await?)?;
    let reading = desk.platforms().begin(row.id).ok_or_else(|| IpcError::of("platform.busy"))?;
    Ok((row, reading))
}

/// The same row, where its platform lists its customers.
///
/// # Errors
/// `unsupported`.
pub(crate) fn listing(row: ConnectionRow) -> Result<ConnectionRow, IpcError> {
    if row.kind.capabilities().list { Ok(row) } else { Err(IpcError::of("unsupported")) }
}
