//! What `cargo xtask bench` measures: release builds, ratios against a baseline of the same run, never absolute figures
//! but for what nothing else does (the check, the package).

pub mod autosave;
pub mod check;
pub mod create;
pub mod customers;
pub mod figure;
pub mod keys;
pub mod screens;
pub mod start;
