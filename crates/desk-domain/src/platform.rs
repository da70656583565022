//! Kinds, revisions and environments of connections (DECISIONS 1).

use serde::{Deserialize, Serialize};

/// The platform a connection speaks to. Never changes once a connection is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// AxisFI: create, update, detail (../api/axisfi.openapi.yaml).
    Axisfi,
    /// Bultra: customers come out of applications (../api/bultra.openapi.yaml).
    Bultra,
}

/// The documented revision of the AxisFI API that a connection speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Revision {
    /// Pages 000, 001 and 003: carries the five type fields.
    Typed,
    /// Page 002: carries none of them.
    Untyped,
}

/// Where the records of a connection live. Data of two environments never shares a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// Made-up customers on this computer.
    Sandbox,
    /// A platform's test account.
    Test,
    /// Real customers.
    Production,
}

macro_rules! text_codes {
    ($ty:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        impl $ty {
            /// The code as it is stored and as it crosses to the page.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The value behind a stored code; `None` for a code of another version.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use text_codes;

text_codes!(Kind { Axisfi = "axisfi", Bultra = "bultra" });
text_codes!(Revision { Typed = "typed", Untyped = "untyped" });
text_codes!(Environment { Sandbox = "sandbox", Test = "test", Production = "production" });
