//! Tests of keys: with a keyring that does as it is told, and with the real one of the system on a bus of its own.
#![cfg(test)]

mod first_run;
mod real_keyring;
mod told_keyring;
