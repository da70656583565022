//! Tests of the store through its public functions, on real encrypted files.
#![cfg(test)]

mod bultra;
mod bultra_individuals;
mod bultra_lists;
mod connections;
mod customer_lists;
mod customer_search;
mod customers;
mod damage;
mod documents;
mod draft_lists;
mod draft_purge;
mod drafts;
mod identity_keys;
mod keeping_up;
mod opening;
mod outbox;
mod secrecy_on_disk;
mod submissions;
mod support;
mod trail;
mod version_five;
mod version_four;
mod version_three;
mod version_two;
mod writing;
