//! What `cargo xtask bench` measures: release builds, ratios against a baseline of the same run, never absolute figures.

pub mod autosave;
pub mod create;
pub mod customers;
pub mod figure;
pub mod screens;
pub mod start;
