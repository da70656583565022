//! How a sandbox starts, and the accounts it serves.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    clock::{self, Clock},
    fault::FaultRule,
};

/// Time before a new customer's status moves: long enough to be seen as waiting, short enough to wait for.
const PROCESSING_MS: u64 = 4_000;

/// Customers of Bultra: more than a reader scrolls through, so that its list shows what a long one is like.
const BULTRA_CUSTOMERS: u32 = 2_000;

/// The documented revision of the AxisFI API that an account speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Revision {
    /// Pages 000, 001 and 003: carries the five type fields.
    Typed,
    /// Page 002: carries none of them.
    Untyped,
}

impl Revision {
    /// What stands before `/api` in the paths of this revision.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Typed => "",
            Self::Untyped => "/untyped",
        }
    }
}

/// What a create gets whose partner_customer_id is already there. No page says; a client must cope with both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// 409, nothing is created.
    #[default]
    Conflict409,
    /// A second customer with the same partner_customer_id and an id of its own.
    CreatesSecondRow,
}

/// The keys of one account. Made up, and meant to be printed: they open nothing but a sandbox.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// Value of `X-API-Key`; Bultra's client id.
    pub api_key: String,
    /// Value of `X-API-Secret`; Bultra's client secret.
    pub api_secret: String,
}

impl Keys {
    /// The keys an account has unless the caller sets others. The same on every start, because a practice connection
    /// keeps them in the keyring.
    #[must_use]
    pub fn practice(revision: Revision) -> Self {
        let (api_key, api_secret) = match revision {
            Revision::Typed => ("sandbox-typed-key-4f1c", "sandbox-typed-secret-9b27e60d"),
            Revision::Untyped => ("sandbox-untyped-key-a83e", "sandbox-untyped-secret-51d0c7f4"),
        };
        Self { api_key: api_key.to_owned(), api_secret: api_secret.to_owned() }
    }

    /// The same for the Bultra account: client id and client secret.
    #[must_use]
    pub fn practice_bultra() -> Self {
        Self {
            api_key: "sandbox-bultra-client-77d2".to_owned(),
            api_secret: "sandbox-bultra-secret-c04e19ab".to_owned(),
        }
    }
}

/// One account of a running sandbox: where it is and what signs in to it.
#[derive(Clone, Serialize)]
pub struct Account {
    /// What a client appends `/api/...` to; no slash at its end.
    pub base_url: String,
    /// Value of `X-API-Key`.
    pub api_key: String,
    /// Value of `X-API-Secret`.
    pub api_secret: String,
}

/// The Bultra account of a running sandbox: where it is, and what gets a token there (page 004, quick start).
#[derive(Clone, Serialize)]
pub struct BultraAccount {
    /// What a client appends `/customers` to; no slash at its end.
    pub base_url: String,
    /// Where tokens come from.
    pub token_url: String,
    /// For Basic, before the colon.
    pub client_id: String,
    /// For Basic, after the colon.
    pub client_secret: String,
}

/// How a sandbox starts. `Options::default()` is port 0, 409, no latency, no faults, the machine's clock, 300 customers
/// of AxisFI and 2,000 of Bultra.
#[derive(Clone)]
pub struct Options {
    /// Port on 127.0.0.1; 0 takes any that is free.
    pub port: u16,
    /// What a repeated partner_customer_id gets.
    pub mode: Mode,
    /// Time before each answer.
    pub latency: Duration,
    /// Time before the status of a new or updated customer moves on.
    pub processing: Duration,
    /// Answers that go wrong on purpose; the first rule that fits a call is taken.
    pub faults: Vec<FaultRule>,
    /// Where the time comes from.
    pub clock: Clock,
    /// Keys of the typed account.
    pub typed_keys: Keys,
    /// Keys of the untyped account.
    pub untyped_keys: Keys,
    /// Client id and client secret of the Bultra account.
    pub bultra_keys: Keys,
    /// How many customers Bultra has, unless the snapshot says.
    pub bultra_customers: u32,
    /// State to go on from, as [`Sandbox::snapshot`](crate::Sandbox::snapshot) gave it; without it, the made-up
    /// customers.
    pub snapshot: Option<Value>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            mode: Mode::default(),
            latency: Duration::ZERO,
            processing: Duration::from_millis(PROCESSING_MS),
            faults: Vec::new(),
            clock: clock::system(),
            typed_keys: Keys::practice(Revision::Typed),
            untyped_keys: Keys::practice(Revision::Untyped),
            bultra_keys: Keys::practice_bultra(),
            bultra_customers: BULTRA_CUSTOMERS,
            snapshot: None,
        }
    }
}
