//! The real program in its real window, driven with real keys. `cargo xtask test` builds the program first.

mod answers;
mod policy;
mod privacy;
mod start;
mod thread;
