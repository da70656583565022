//! Tests of this crate from outside: bodies against the contract, and the client against real servers.
#![expect(clippy::unwrap_used, reason = "a test may stop at what should not happen")]

#[cfg(feature = "client")]
mod authorities;
mod bodies;
mod contract;
#[cfg(feature = "client")]
mod network;
mod support;
