//! What a client is started with, and what it is asked: one line of JSON each way.

use desk_core::outbox::OutboxRules;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// How a client is started: its one argument.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Setup {
    /// The data folder.
    pub folder: String,
    /// The id of its database.
    pub database: Uuid,
    /// The key of its database.
    pub key: String,
    /// Where it finds the platform.
    pub platform: String,
    /// What signs in to it.
    pub api_key: String,
    /// What else does.
    pub api_secret: String,
    /// How far its clock is ahead of the computer's.
    pub clock_ms: i64,
    /// The program ends when it comes by there.
    pub armed: Option<String>,
    /// How long a call may take, by the computer's clock.
    pub total_ms: u64,
    /// What its outbox goes by.
    pub rules: Rules,
}

/// What an outbox goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rules {
    /// As the program has it.
    Ours,
    /// Control: sends again without a look-up.
    Blind,
    /// Control: takes a single "not found" as proof, at once.
    Hasty,
}

impl Rules {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ours, Self::Blind, Self::Hasty];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Blind => "blind",
            Self::Hasty => "hasty",
        }
    }
}

impl From<Rules> for OutboxRules {
    fn from(rules: Rules) -> Self {
        match rules {
            Rules::Ours => Self::default(),
            Rules::Blind => Self { looks: false, ..Self::default() },
            Rules::Hasty => Self { misses_needed: 1, quiet_ms: 0, ..Self::default() },
        }
    }
}

/// What a client is asked. It answers each with one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Ask {
    /// A command of the page; a job is waited for.
    Call {
        /// Its name.
        name: String,
        /// Its request.
        request: Value,
    },
    /// An update of a customer, by what changes.
    Update {
        /// The connection.
        connection: Uuid,
        /// The platform's id.
        customer_id: String,
        /// Paths and texts.
        changes: Vec<(String, Option<String>)>,
    },
    /// Time passes.
    Advance {
        /// So much of it.
        ms: i64,
    },
    /// Answers when nothing is on its way and nothing is due: a [`Standing`].
    Settled,
    /// The program is closed in order.
    Quit,
}

/// What does not move by itself now.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Standing {
    /// The client's time.
    pub now_ms: i64,
    /// When something moves by itself; `None` where nothing does.
    pub next_ms: Option<i64>,
    /// Whatever is not at its end.
    pub rows: Vec<StandingRow>,
}

/// A submission that is not at its end.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StandingRow {
    /// Its draft.
    pub draft: String,
    /// Where it stands.
    pub state: String,
    /// What comes next.
    pub next: String,
    /// Look-ups since it was sent.
    pub lookups: u64,
    /// Those that missed and count.
    pub misses: u64,
    /// Why it stands there.
    pub reason: String,
}

impl std::fmt::Display for StandingRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { state, next, lookups, misses, reason, .. } = self;
        write!(f, "{state} ({reason}), next {next}; {lookups} look-ups, {misses} misses that count")
    }
}
