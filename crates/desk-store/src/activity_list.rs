//! The trail with the names of what its rows are about, for who reads it.

use desk_domain::platform::Environment;
use rusqlite::{Connection, Result, Row, named_params};
use uuid::Uuid;

use crate::activity::{Activity, PURGE, activity_of};
use crate::column::{coded, maybe_coded, parsed, stored_codes};

/// A row of the trail with what is known of its object today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedActivity {
    /// The row's number.
    pub seq: i64,
    /// What was done.
    pub activity: Activity,
    /// What it was done to.
    pub kind: ObjectKind,
    /// The object's id: the platform's of a customer, ours of the others, the empty text for the program.
    pub id: String,
    /// The business name of the customer or the draft, or the name of the connection; the empty text where none is known. That
    /// of the update of a customer is the customer's where its form has none.
    pub name: String,
    /// The connection it belongs to, its name and its environment.
    pub connection: Option<(Uuid, String, Environment)>,
}

/// What something was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    /// A customer.
    Customer,
    /// A draft.
    Draft,
    /// A connection.
    Connection,
    /// The program itself.
    Program,
}

stored_codes!(ObjectKind { Customer = "customer", Draft = "draft", Connection = "connection", Program = "program" });

/// Which part of the trail to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Rows of this environment, and rows of none; without one only the latter.
    pub environment: Option<Environment>,
    /// Only what was done to such things.
    pub kind: Option<ObjectKind>,
    /// Only rows with numbers below this one.
    pub before: Option<i64>,
}

/// The newest rows of a part of the trail with the names of what they are about, newest first, at most `limit`.
///
/// A draft that is no longer there belongs to the connection that the row of its [`PURGE`] names.
///
/// # Errors
/// SQLite's.
pub fn list_named(db: &Connection, part: &Part, limit: u32) -> Result<Vec<NamedActivity>> {
    let mut statement = db.prepare_cached(
        "WITH kinds AS (
             SELECT *, CASE WHEN object GLOB 'customer:*' THEN 'customer' WHEN object GLOB 'draft:*' THEN 'draft'
                 WHEN object GLOB 'connection:*' THEN 'connection' ELSE 'program' END AS kind
             FROM activity WHERE seq < :before),
         owned AS (
             SELECT kinds.*, d.texts, d.customer_id AS update_of, CASE kind
                 WHEN 'customer' THEN substr(object, 10, 36)
                 WHEN 'connection' THEN substr(object, 12)
                 WHEN 'draft' THEN coalesce(d.connection_id, (SELECT gone.detail FROM activity AS gone
                     WHERE gone.object = kinds.object AND gone.action = :purge)) END AS owner
             FROM kinds LEFT JOIN drafts AS d ON kind = 'draft' AND d.id = substr(object, 7)
             WHERE :kind IS NULL OR kind = :kind)
         SELECT owned.seq, owned.at, actor, action, object, result, owned.kind, owner, c.name AS owner_name, c.environment,
             CASE WHEN action = :purge THEN '' ELSE detail END AS detail,
             CASE owned.kind WHEN 'customer' THEN substr(object, 47) WHEN 'draft' THEN substr(object, 7)
                 WHEN 'connection' THEN substr(object, 12) ELSE '' END AS id,
             coalesce(CASE owned.kind
                 WHEN 'customer' THEN (SELECT coalesce(nullif(k.name, ''), k.local_name) FROM customers AS k
                     WHERE k.connection_id = owner AND k.customer_id = substr(object, 47))
                 WHEN 'draft' THEN coalesce(json_extract(texts, '$.\"business_details/business_name_english\"'),
                     json_extract(texts, '$.\"business_details/business_name\"'),
                     (SELECT coalesce(nullif(k.name, ''), k.local_name) FROM customers AS k
                      WHERE k.connection_id = owner AND k.customer_id = update_of))
                 WHEN 'connection' THEN c.name END, '') AS name
         FROM owned LEFT JOIN connections AS c ON c.id = owner
         WHERE c.environment IS NULL OR c.environment = :environment
         ORDER BY owned.seq DESC LIMIT :limit",
    )?;
    let params = named_params! {
        ":before": part.before.unwrap_or(i64::MAX),
        ":purge": PURGE,
        ":kind": part.kind.map(ObjectKind::code),
        ":environment": part.environment.map(Environment::code),
        ":limit": limit,
    };
    statement.query_map(params, named_row)?.collect()
}

fn named_row(row: &Row<'_>) -> Result<NamedActivity> {
    // Of a connection that is not there nothing can be said, whatever the object claims.
    let connection = match maybe_coded(row, "environment", Environment::from_code)? {
        Some(environment) => Some((parsed(row, "owner")?, row.get("owner_name")?, environment)),
        None => None,
    };
    Ok(NamedActivity {
        seq: row.get("seq")?,
        activity: activity_of(row)?,
        kind: coded(row, "kind", ObjectKind::from_code)?,
        id: row.get("id")?,
        name: row.get("name")?,
        connection,
    })
}
