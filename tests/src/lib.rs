//! What the tests of the whole program share.
//!
//! [`world::World`] is a computer of its own for one test: a display, a session bus with a real keyring, a data folder, the
//! real sandbox server. [`page::Page`] is the real window in it, driven with real keys through WebKitWebDriver;
//! [`form`] is more of it, and [`sending`] what becomes of a draft.
//! [`proxy`] stands between a program and its platform and goes wrong on purpose; [`torture`] runs the matrix of
//! RELIABILITY promise 4 through it, with a [`keyring`] of the process.
//! [`bindings`] renders the TypeScript of desk-core, [`rules_book`] the book of rules, [`licences`] what is said of the
//! libraries in the program.

pub mod bench;
pub mod bindings;
pub mod bulk;
pub mod bultra;
pub mod bus;
pub mod display;
pub mod form;
pub mod keyring;
pub mod keys;
pub mod leaves;
pub mod licences;
pub mod loading;
pub mod looking;
pub mod naughty;
pub mod page;
pub mod platform;
pub mod process;
pub mod proxy;
pub mod rules_book;
pub mod sending;
pub mod somebody;
pub mod story;
pub mod torture;
pub mod tree;
pub mod tree_words;
pub mod typed_form;
pub mod window;
pub mod world;
