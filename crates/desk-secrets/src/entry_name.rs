//! Names of entries in the keyring (DECISIONS 6). Stored for years: they never change meaning.

use std::fmt;

use uuid::Uuid;

/// The service of every entry.
pub const SERVICE: &str = "customer-desk";

/// A secret of a connection. One small secret an entry: Windows limits an entry to 2,560 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConnectionSecret {
    /// `X-API-Key`, or the client id of OAuth2.
    ApiKey,
    /// `X-API-Secret`, or the client secret of OAuth2.
    ApiSecret,
}

/// The user of an entry: `db:<uuid>`, `trail:<uuid>` or `conn:<uuid>:<secret>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryName {
    /// The key of a database.
    Database(Uuid),
    /// The end of the trail of a database as it last closed (DECISIONS 16): no secret, but out of reach of who copies files.
    Trail(Uuid),
    /// A secret of a connection.
    Connection(Uuid, ConnectionSecret),
}

impl fmt::Display for EntryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(id) => write!(f, "db:{}", id.hyphenated()),
            Self::Trail(id) => write!(f, "trail:{}", id.hyphenated()),
            Self::Connection(id, ConnectionSecret::ApiKey) => write!(f, "conn:{}:api_key", id.hyphenated()),
            Self::Connection(id, ConnectionSecret::ApiSecret) => write!(f, "conn:{}:api_secret", id.hyphenated()),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::{ConnectionSecret, EntryName};

    const ID: Uuid = Uuid::from_u128(0x0190_a1b2_c3d4_7000_8000_0000_0000_0001);

    #[rstest]
    #[case(EntryName::Database(ID), "db:0190a1b2-c3d4-7000-8000-000000000001")]
    #[case(EntryName::Trail(ID), "trail:0190a1b2-c3d4-7000-8000-000000000001")]
    #[case(EntryName::Connection(ID, ConnectionSecret::ApiKey), "conn:0190a1b2-c3d4-7000-8000-000000000001:api_key")]
    #[case(
        EntryName::Connection(ID, ConnectionSecret::ApiSecret),
        "conn:0190a1b2-c3d4-7000-8000-000000000001:api_secret"
    )]
    fn names_of_entries_stay_as_they_were_first_stored(#[case] name: EntryName, #[case] stored: &str) {
        assert_eq!(name.to_string(), stored);
    }
}
