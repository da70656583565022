//! The types of the platforms' contracts, as they stand on the wire. No rule is applied here, and nothing is dropped:
//! what a contract does not name, or names with another type, stays in `extra` as it came.

pub mod axisfi;
pub mod bultra;
mod section;
