//! What the tests of the whole program share.
//!
//! [`world::World`] is a computer of its own for one test: a display, a session bus with a real keyring, a data folder, the
//! real sandbox server. [`page::Page`] is the real window in it, driven with real keys through WebKitWebDriver;
//! [`form`] is more of it.
//! [`bindings`] renders the TypeScript of desk-core, [`licences`] what is said of the libraries in the program.

pub mod bench;
pub mod bindings;
pub mod bulk;
pub mod bus;
pub mod display;
pub mod form;
pub mod leaves;
pub mod licences;
pub mod loading;
pub mod looking;
pub mod naughty;
pub mod page;
pub mod platform;
pub mod process;
pub mod story;
pub mod tree;
mod tree_words;
pub mod typed_form;
pub mod window;
pub mod world;
