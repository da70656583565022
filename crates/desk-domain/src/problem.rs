//! [`Problem`]: what the rules say of a draft. Codes and parameters; the words are the page's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::path::FieldPath;

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Blocks.
    Error,
    /// Wants a tick.
    Warning,
    /// Said, no more.
    Note,
}

/// Parameters of a message: numbers as text, dates as `YYYY-MM-DD`, codes as they are.
pub type Params = BTreeMap<String, String>;

/// One problem at one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Problem {
    /// The field.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub path: FieldPath,
    /// A code of the catalogue, e.g. `date.unreadable`.
    pub code: String,
    /// What the words need.
    pub params: Params,
    /// How much it weighs.
    pub severity: Severity,
}
