//! Who has a key already: the number of a business, the document of a person, our id (`desk_domain::identity_keys`).
//!
//! The keys of a draft are written with its texts, those of a customer with the reading that says them. Of what was there
//! before, [`fill`] makes them, a few at a time: opening does not wait for it, and until it is done somebody is overlooked.

mod filling;
mod upkeep;

pub(crate) use filling::begin;
pub use filling::fill;
pub(crate) use upkeep::{forget_draft, of_draft_changed, of_reading};

use desk_domain::identity_keys::{IdentityKey, IdentityKind};
use desk_domain::platform::Environment;
use rusqlite::{Connection, Result, Row};
use uuid::Uuid;

use crate::column::{self, parsed};

/// How many with one key are looked at, the newest first: a number that more have tells nobody apart.
const HOLDERS: u32 = 16;

/// Where a key is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// Among all connections of this environment that are in use.
    pub environment: Environment,
    /// Our id, among this connection's only.
    pub connection: Uuid,
}

impl Scope {
    fn of(self, kind: IdentityKind) -> String {
        match kind {
            IdentityKind::PartnerId => column::id(self.connection),
            IdentityKind::Identifier | IdentityKind::IdDocument => self.environment.code().to_owned(),
        }
    }
}

/// A draft or a customer that has a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its connection.
    pub connection_id: Uuid,
    /// The draft; `None` for a known customer.
    pub draft: Option<Uuid>,
    /// The platform's id; of a draft, that of the customer that it changes or became.
    pub customer_id: Option<String>,
    /// The name of the business in English, or in local script where it has no other; may be empty.
    pub name: String,
    /// When it was last kept, or last read.
    pub at: i64,
}

impl Holder {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let draft: Option<String> = row.get("draft")?;
        Ok(Self {
            connection_id: parsed(row, "connection_id")?,
            draft: draft.is_some().then(|| parsed(row, "draft")).transpose()?,
            customer_id: row.get("customer_id")?,
            name: row.get("name")?,
            at: row.get("at")?,
        })
    }
}

/// The known customers with a key, the one known last first. Of an individual, the customer that it belongs to.
///
/// # Errors
/// SQLite's.
pub fn customers_with(db: &Connection, scope: Scope, key: &IdentityKey) -> Result<Vec<Holder>> {
    asked(db, &format!("{CUSTOMERS} LIMIT {HOLDERS}"), scope, key)
}

/// The drafts with a key, the one made last first; none that was deleted. An update carries our id on purpose, and does not
/// count for it.
///
/// # Errors
/// SQLite's.
pub fn drafts_with(db: &Connection, scope: Scope, key: &IdentityKey) -> Result<Vec<Holder>> {
    asked(db, &format!("{DRAFTS} LIMIT {HOLDERS}"), scope, key)
}

fn asked(db: &Connection, sql: &str, scope: Scope, key: &IdentityKey) -> Result<Vec<Holder>> {
    let mut statement = db.prepare_cached(sql)?;
    statement.query_map((scope.of(key.kind), key.kind.code(), &key.key), Holder::from_row)?.collect()
}

const CUSTOMERS: &str = "
    SELECT one.connection_id, NULL AS draft, coalesce(one.individual_of, one.customer_id) AS customer_id,
        CASE WHEN one.individual_of IS NULL THEN coalesce(nullif(one.name, ''), one.local_name)
             ELSE coalesce(nullif(its.name, ''), its.local_name, '') END AS name,
        one.read_at AS at
    FROM customer_keys k
    CROSS JOIN customers one ON one.number = k.customer
    CROSS JOIN connections c ON c.id = one.connection_id AND c.archived_at IS NULL
    LEFT JOIN customers its ON its.connection_id = one.connection_id AND its.customer_id = one.individual_of
    WHERE k.scope = ?1 AND k.kind = ?2 AND k.key = ?3
    ORDER BY k.customer DESC";

const DRAFTS: &str = "
    SELECT d.connection_id, d.id AS draft, coalesce(d.customer_id, (SELECT max(s.customer_id) FROM submissions s
            WHERE s.draft_id = d.id AND s.state = 'accepted')) AS customer_id,
        coalesce(nullif(trim(json_extract(d.texts, '$.\"business_details/business_name_english\"')), ''),
            nullif(trim(json_extract(d.texts, '$.\"business_details/business_name\"')), ''),
            nullif(its.name, ''), its.local_name, '') AS name,
        d.saved_at AS at
    FROM draft_keys k
    CROSS JOIN drafts d ON d.id = k.draft
    CROSS JOIN connections c ON c.id = d.connection_id AND c.archived_at IS NULL
    LEFT JOIN customers its ON its.connection_id = d.connection_id AND its.customer_id = d.customer_id
    WHERE k.scope = ?1 AND k.kind = ?2 AND k.key = ?3 AND d.deleted_at IS NULL
        AND (k.kind <> 'partner_id' OR d.purpose = 'new')
    ORDER BY k.draft DESC";

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{CUSTOMERS, DRAFTS};
    use crate::migrations::empty_database;

    #[rstest]
    #[case(CUSTOMERS, "customer_keys")]
    #[case(DRAFTS, "draft_keys")]
    fn a_key_is_looked_up_and_nothing_is_sorted_or_scanned(#[case] sql: &str, #[case] table: &str) {
        let db = empty_database();
        let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let plan = statement.query_map(["a", "b", "c"], |row| row.get::<_, String>("detail")).unwrap();
        let plan: Vec<_> = plan.map(Result::unwrap).collect();
        assert!(plan[0].starts_with("SEARCH k USING PRIMARY KEY"), "{table}: {plan:?}");
        let slow = |line: &&String| line.contains("SCAN") || line.contains("TEMP B-TREE");
        assert_eq!(plan.iter().find(slow), None, "{plan:?}");
    }
}
