//! Tests across crates and of the repository itself; none of them opens a window.

mod repository;
#[cfg(test)]
mod verbs;
