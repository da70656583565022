//! The real program in its real window, driven with real keys. `cargo xtask test` builds the program first.

mod answers;
mod outcomes;
mod policy;
mod privacy;
mod screens;
mod start;
mod thread;
mod walk;
