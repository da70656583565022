//! The verbs of desk-core through their one door, `commands::dispatch`: the real store in a folder of its own, the real
//! sandbox on port 0, and a keyring of this process.
//!
//! [`computer`], [`keyring`] and [`form`] are what the tests share; the rest is one file a promise.

mod activity;
mod answers;
mod computer;
mod conflicts;
mod connections;
mod connections_archived;
mod contract;
mod customers;
mod deleted;
mod draft_lists;
mod drafts;
mod duplicates;
mod ends;
mod form;
mod guards;
mod keyring;
mod masks;
mod outbox;
mod outcomes;
mod paused;
mod round;
mod settings;
mod start;
mod updates;
mod zone;
