//! Tests across crates and of the repository itself; none of them opens a window.

mod repository;
// Its client moves the clock and ends in the middle, which only a program with test doors can.
#[cfg(all(test, feature = "test-hooks"))]
mod torture;
#[cfg(test)]
mod verbs;
