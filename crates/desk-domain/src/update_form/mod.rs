//! Between what an update begins with ([`Base`]) and the form that shows it: what the fields hold, which of them the user
//! touched, what the rules say of those, and what is sent.
//!
//! `prefill.rs` fills the form, `check.rs` judges it, `changes.rs` makes of it what is sent, `differences.rs` says what a
//! body changes, `rebase.rs` brings a draft onto a newer base. A field that is as it was read is the platform's: it raises
//! nothing, and its value stands in nothing that is said of another.

mod changes;
mod check;
mod differences;
mod prefill;
mod rebase;

pub use changes::changes;
pub use check::{FormPart, check_update, parts};
pub use differences::{Difference, DifferenceKind, differences};
pub use prefill::{prefill, touched};
pub use rebase::{Theirs, persons_of_theirs, rebase};

#[cfg(test)]
mod tests;
