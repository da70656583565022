//! Tests across the files of this crate.

mod addresses;
mod customer_answers;
mod drafts;
mod hostile_texts;
mod names;
mod pasted;
mod round_trips;
pub(crate) mod sample;
mod standard_customer;
