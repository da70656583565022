//! What a snapshot holds of Bultra: only what is no longer as it was made, which is a few customers of thousands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::customer::Customer;

/// The difference to the made-up customers.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(super) count: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) changed: Vec<Customer>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) removed: Vec<String>,
    /// By idempotency id; kept for good, as the pages say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) answered: BTreeMap<String, Answered>,
}

impl Kept {
    pub(super) fn nothing(count: u32) -> Self {
        Self { count, changed: Vec::new(), removed: Vec::new(), answered: BTreeMap::new() }
    }
}

/// What a call with an idempotency id asked for, and what it got.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Answered {
    /// SHA-256 of what was called and of the body, in hexadecimal.
    pub(super) asked: String,
    pub(super) body: Value,
}
