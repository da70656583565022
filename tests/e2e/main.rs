//! The real program in its real window, driven with real keys. `cargo xtask test` builds the program first.

mod accounts;
mod all_customers;
mod answers;
mod conflicts;
mod crashes;
mod drawings;
mod forms;
mod lists;
mod markup;
mod naughty;
mod outbox;
mod outcomes;
mod palette;
mod persons;
mod policy;
mod privacy;
mod rooms;
mod screens;
mod start;
mod strips;
mod thread;
mod tree;
mod tree_outbox;
mod waiting;
mod walk;
