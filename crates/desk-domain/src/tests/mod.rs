//! Tests across the files of this crate.

mod customer_answers;
mod drafts;
mod round_trips;
pub(crate) mod sample;
mod standard_customer;
