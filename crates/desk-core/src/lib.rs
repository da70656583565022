//! What Customer Desk does: one verb a file, long work as jobs, one list of commands. Knows no Tauri.
//!
//! Read in this order: [`views`] and [`ipc`] (what crosses to the page), [`commands`] (the dispatcher made from
//! `command_list.in`), [`Desk`] (what the verbs share), `opening` (from a folder to an open store), then the verbs.

mod call;
pub mod clock;
pub mod closing;
pub mod commands;
#[cfg(feature = "ts")]
pub mod contract;
mod convert;
pub mod crash;
mod credentials;
mod deleted;
mod desk;
mod duplicates;
mod files;
mod house;
pub mod ipc;
pub mod jobs;
mod licences;
mod network;
mod opening;
pub mod outbox;
mod platform;
pub mod policy;
pub mod practice;
mod settle;
pub mod shell;
mod trail;
mod trail_head;
mod update;
mod verbs;
pub mod views;
mod watch;

pub use desk::{Desk, DeskOptions};
pub use desk_api::Timeouts;
pub use desk_domain::form::Form;
pub use desk_domain::platform::Revision;
pub use desk_secrets::Keyring;
pub use secrecy::SecretString;
