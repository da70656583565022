//! RELIABILITY promise 4 and "Exactly once": the real program against the real sandbox, with a proxy between them that
//! goes wrong, and a program that ends in the middle.
//!
//! Read in this order: [`case`] (one run by its names), [`setup`] (what a client is told), `client` (the program without a
//! window), [`child`] (it as a process), [`template`] (what a run begins with), [`run`] (one run), [`other`] (somebody else who writes), [`judge`] (what must be
//! true at its end), [`matrix`] (all of them), [`words`] (the command line). [`random`] is what a seed decides, [`door`]
//! how the program is asked.

pub mod case;
pub mod child;
#[cfg(feature = "test-hooks")]
pub mod client;
pub mod door;
pub mod judge;
pub mod matrix;
pub mod other;
pub mod random;
pub mod run;
pub mod setup;
pub mod template;
pub mod words;
