//! Status groups (DECISIONS 13). The platform's own word is always kept and shown.

use serde::{Deserialize, Serialize};

/// What a status means for the person who looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StatusGroup {
    /// The platform is deciding.
    Waiting,
    /// In use.
    Active,
    /// Somebody has to do something.
    Attention,
    /// Ended.
    Stopped,
    /// A word this program does not know.
    Unknown,
}

crate::platform::text_codes!(StatusGroup {
    Waiting = "waiting",
    Active = "active",
    Attention = "attention",
    Stopped = "stopped",
    Unknown = "unknown",
});

/// A status as the platform said it, and the group it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Status {
    /// The group.
    pub group: StatusGroup,
    /// The platform's own word.
    pub raw: String,
}

impl Status {
    /// Groups a platform's word, case ignored (DECISIONS 13).
    #[must_use]
    pub fn of(raw: &str) -> Self {
        let word = raw.trim().to_ascii_lowercase();
        let group = match word.as_str() {
            _ if word.contains("_l2f") => StatusGroup::Attention,
            "processing" | "pending" => StatusGroup::Waiting,
            "succeeded" | "active" => StatusGroup::Active,
            "suspended" | "edd" | "frozen" => StatusGroup::Attention,
            "failed" | "rejected" | "dormant" | "closed" => StatusGroup::Stopped,
            _ => StatusGroup::Unknown,
        };
        Self { group, raw: raw.to_owned() }
    }
}
