//! Tests of the store through its public functions, on real encrypted files.
#![cfg(test)]

mod connections;
mod customers;
mod damage;
mod drafts;
mod opening;
mod secrecy_on_disk;
mod submissions;
mod support;
mod trail;
mod writing;
