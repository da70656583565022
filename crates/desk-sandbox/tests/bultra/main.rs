//! Bultra: every answer of every endpoint, and the choices that the crate's documentation names.

#![expect(clippy::expect_used, reason = "what fails here fails the test")]

#[path = "../support/mod.rs"]
mod support;

mod api;
mod customers;
mod idempotency;
mod list;
mod patches;
mod state;
mod tokens;
mod wrong;
