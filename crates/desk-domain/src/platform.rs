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

/// What a platform's API can do: a screen offers that and nothing else, and says what to do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Capabilities {
    /// Customers are made by it. Where not, they come out of the platform's application process (page 004).
    pub create: bool,
    /// A customer can be asked for by our id.
    pub lookup_by_partner_customer_id: bool,
    /// It lists its customers, with filters.
    pub list: bool,
    /// It takes files.
    pub files: bool,
    /// The persons of a customer are records of their own, asked for by their id.
    pub individuals: bool,
}

impl Kind {
    /// What the pages of this platform document.
    #[must_use]
    pub const fn capabilities(self) -> Capabilities {
        let is_axisfi = matches!(self, Self::Axisfi);
        Capabilities {
            create: is_axisfi,
            lookup_by_partner_customer_id: is_axisfi,
            list: !is_axisfi,
            files: is_axisfi,
            individuals: !is_axisfi,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages 000 to 003 make, update and find customers by either id, and take files; page 004 lists, reads and changes
    /// customers and their individuals, which come out of applications.
    #[test]
    fn what_each_platform_can_do() {
        let can = |create, lookup_by_partner_customer_id, list, files, individuals| Capabilities {
            create,
            lookup_by_partner_customer_id,
            list,
            files,
            individuals,
        };
        assert_eq!(Kind::Axisfi.capabilities(), can(true, true, false, true, false));
        assert_eq!(Kind::Bultra.capabilities(), can(false, false, true, false, true));
    }
}
