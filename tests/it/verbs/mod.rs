//! The verbs of desk-core through their one door, `commands::dispatch`: the real store in a folder of its own, the real
//! sandbox on port 0, and a keyring of this process.
//!
//! [`computer`], [`keyring`] and [`form`] are what the tests share; the rest is one file a promise.

mod activity;
mod answers;
mod bultra_connections;
mod bultra_lists;
mod bultra_outcomes;
mod bultra_records;
mod bultra_shapes;
mod bultra_trace;
mod bultra_unread;
mod bultra_updates;
mod computer;
mod conflicts;
mod connections;
mod connections_archived;
mod contract;
mod countries;
mod customers;
mod deleted;
mod draft_lists;
mod drafts;
mod duplicate_guard;
mod duplicates;
mod ends;
mod files;
mod form;
mod guards;
mod hostile_files;
mod ipc_trace;
mod keeping_up;
mod keyring;
mod masks;
mod outbox;
mod outcomes;
mod paused;
mod readings;
mod reveals;
mod round;
mod settings;
mod start;
mod update_forms;
mod update_merges;
mod update_sends;
mod update_waits;
mod updates;
mod zone;
