//! From rows of the store to views of the page.

pub(crate) mod answer;
pub(crate) mod conflict;
pub(crate) mod connection;
pub(crate) mod customer;
pub(crate) mod delivery;
pub(crate) mod document;
pub(crate) mod draft;
pub(crate) mod draft_row;
pub(crate) mod individual;
pub(crate) mod merge;
pub(crate) mod network;
pub(crate) mod outcome;
pub(crate) mod reading;
pub(crate) mod reveal;
pub(crate) mod settings;
pub(crate) mod test_steps;
pub(crate) mod update;

use uuid::Uuid;

use crate::ipc::IpcError;

/// An id that the page sent back.
pub(crate) fn id(text: &str, gone: &str) -> Result<Uuid, IpcError> {
    text.parse().map_err(|_| IpcError::of(gone))
}
