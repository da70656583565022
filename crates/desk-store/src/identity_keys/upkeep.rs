//! Keeping the keys: with each draft and each reading.

use std::collections::BTreeSet;

use desk_domain::customer::Customer;
use desk_domain::draft::{Draft, Edit};
use desk_domain::identity_keys::{self, IdentityKey, IdentityKind, is_of_a_key};
use desk_domain::platform::{Environment, Kind};
use rusqlite::{Connection, Result, Transaction};
use uuid::Uuid;

use super::Scope;
use crate::column::{self, coded, optional, parsed};

/// Readings that are looked at, newest first, for what the newest does not say, as search does: where keys are made for the
/// first time. After that the newest alone is read, and what it does not say stays as it was.
const READINGS: u32 = 8;

/// Writes the keys of a draft where edits have changed them.
pub(crate) fn of_draft_changed(
    tx: &Transaction<'_>,
    id: Uuid,
    before: &Draft,
    now: &Draft,
    edits: &[Edit],
) -> Result<()> {
    let may_change = edits.iter().any(|edit| match edit {
        Edit::Set { path, .. } => is_of_a_key(path.field()),
        Edit::RemovePerson { .. } => true,
        Edit::AddPerson { .. } | Edit::MovePerson { .. } => false,
    });
    if may_change && keys(before) != keys(now) { of_draft(tx, id, now) } else { Ok(()) }
}

fn keys(draft: &Draft) -> BTreeSet<IdentityKey> {
    identity_keys::of_draft(draft).into_iter().map(|found| found.key).collect()
}

/// Writes the keys of a draft.
pub(super) fn of_draft(tx: &Transaction<'_>, id: Uuid, draft: &Draft) -> Result<()> {
    forget_draft(tx, id)?;
    let keys = keys(draft);
    if keys.is_empty() {
        return Ok(());
    }
    let sql = "SELECT c.id, c.environment FROM drafts d JOIN connections c ON c.id = d.connection_id WHERE d.id = ?1";
    let scope = tx.prepare_cached(sql)?.query_row([column::id(id)], scope_of_row)?;
    let mut insert = tx.prepare_cached("INSERT INTO draft_keys (scope, kind, key, draft) VALUES (?1, ?2, ?3, ?4)")?;
    for IdentityKey { kind, key } in keys {
        insert.execute((scope.of(kind), kind.code(), key, column::id(id)))?;
    }
    Ok(())
}

/// Forgets the keys of a draft whose texts go.
pub(crate) fn forget_draft(tx: &Transaction<'_>, id: Uuid) -> Result<()> {
    tx.prepare_cached("DELETE FROM draft_keys WHERE draft = ?1")?.execute([column::id(id)])?;
    Ok(())
}

/// Writes the keys of a customer or an individual after a reading: those of the kinds that it says, and our id.
pub(crate) fn of_reading(tx: &Transaction<'_>, connection: Uuid, customer_id: &str) -> Result<()> {
    let sql = "SELECT number FROM customers WHERE connection_id = ?1 AND customer_id = ?2";
    let number = tx.prepare_cached(sql)?.query_row((column::id(connection), customer_id), |row| row.get(0));
    optional(number)?.map_or(Ok(()), |number| write(tx, number, 1))
}

/// Writes the keys of a customer or an individual that has none, or had them from an earlier version.
pub(super) fn of_customer(tx: &Transaction<'_>, number: i64) -> Result<()> {
    write(tx, number, READINGS)
}

fn write(tx: &Transaction<'_>, number: i64, readings: u32) -> Result<()> {
    let sql = "SELECT c.id, c.environment, customers.customer_id, customers.partner_customer_id
         FROM customers JOIN connections c ON c.id = customers.connection_id WHERE customers.number = ?1";
    let (scope, customer_id, partner_id): (_, String, Option<String>) =
        tx.prepare_cached(sql)?.query_row([number], |row| {
            Ok((scope_of_row(row)?, row.get("customer_id")?, row.get("partner_customer_id")?))
        })?;
    let ours = partner_id.as_deref().and_then(identity_keys::partner_id);
    let said = said(tx, scope.connection, &customer_id, readings)?;
    let mut forget = tx.prepare_cached("DELETE FROM customer_keys WHERE customer = ?1 AND kind = ?2")?;
    let kinds: BTreeSet<_> = said.iter().map(|key| key.kind.code()).chain([IdentityKind::PartnerId.code()]).collect();
    kinds.into_iter().try_for_each(|kind| forget.execute((number, kind)).map(|_| ()))?;
    let keys = said.into_iter().chain(ours);
    let mut insert =
        tx.prepare_cached("INSERT INTO customer_keys (scope, kind, key, customer) VALUES (?1, ?2, ?3, ?4)")?;
    for IdentityKey { kind, key } in keys {
        insert.execute((scope.of(kind), kind.code(), key, number))?;
    }
    Ok(())
}

fn scope_of_row(row: &rusqlite::Row<'_>) -> Result<Scope> {
    Ok(Scope { environment: coded(row, "environment", Environment::from_code)?, connection: parsed(row, "id")? })
}

/// What the newest readings say. What one does not say an earlier one may have said: missing is never cleared.
fn said(db: &Connection, connection: Uuid, customer_id: &str, readings: u32) -> Result<BTreeSet<IdentityKey>> {
    let mut statement = db.prepare_cached(
        "SELECT raw, kind FROM readings_by_kind
         WHERE connection_id = ?1 AND customer_id = ?2 ORDER BY seq DESC LIMIT ?3",
    )?;
    let mut readings = statement.query((column::id(connection), customer_id, readings))?;
    let mut unsaid = vec![IdentityKind::Identifier, IdentityKind::IdDocument];
    let mut said = BTreeSet::new();
    while !unsaid.is_empty()
        && let Some(reading) = readings.next()?
    {
        let kind = coded(reading, "kind", Kind::from_code)?;
        let Ok(customer) = Customer::of_text(kind, reading.get_ref("raw")?.as_str()?) else { continue };
        let keys = identity_keys::of_customer(&customer);
        let here: Vec<_> = unsaid.extract_if(.., |kind| keys.iter().any(|key| key.kind == *kind)).collect();
        said.extend(keys.into_iter().filter(|key| here.contains(&key.kind)));
    }
    Ok(said)
}
