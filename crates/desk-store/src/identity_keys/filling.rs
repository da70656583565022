//! Making the keys of what was there before them, or was there before they were made otherwise.

use rusqlite::{Connection, Result, Transaction, TransactionBehavior};

use super::upkeep;
use crate::column::{json, parsed};
use crate::error::OpenError;
use crate::settings;

/// Which version of `desk_domain::identity_keys`, and of the numbers that it reads, made the keys.
const VERSION: &str = "1";
const VERSION_SETTING: &str = "identity.version";

/// The number of the customer up to which, and the id of the draft up to which they are made; nothing once all are.
const CUSTOMER_SETTING: &str = "identity.customer";
const DRAFT_SETTING: &str = "identity.draft";

/// Forgets keys that another version made: [`fill`] begins anew.
pub(crate) fn begin(connection: &mut Connection) -> std::result::Result<(), OpenError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if settings::get(&tx, VERSION_SETTING)?.as_deref() != Some(VERSION) {
        tx.execute_batch("DELETE FROM draft_keys; DELETE FROM customer_keys;")?;
        settings::set(&tx, CUSTOMER_SETTING, "0")?;
        settings::set(&tx, DRAFT_SETTING, "")?;
        settings::set(&tx, VERSION_SETTING, VERSION)?;
        tx.commit()?;
    }
    Ok(())
}

/// Makes the keys of a few customers, then drafts, that have none of this version; false once none is left.
///
/// # Errors
/// SQLite's.
pub fn fill(tx: &Transaction<'_>, most: u32) -> Result<bool> {
    if let Some(from) = settings::get(tx, CUSTOMER_SETTING)? {
        return customers(tx, from.parse().unwrap_or_default(), most);
    }
    settings::get(tx, DRAFT_SETTING)?.map_or(Ok(false), |from| drafts(tx, &from, most))
}

fn customers(tx: &Transaction<'_>, from: i64, most: u32) -> Result<bool> {
    let mut statement = tx.prepare_cached("SELECT number FROM customers WHERE number > ?1 ORDER BY number LIMIT ?2")?;
    let numbers: Vec<i64> = statement.query_map((from, most), |row| row.get(0))?.collect::<Result<_>>()?;
    numbers.iter().try_for_each(|number| upkeep::of_customer(tx, *number))?;
    match numbers.last() {
        Some(last) => settings::set(tx, CUSTOMER_SETTING, &last.to_string())?,
        None => settings::remove(tx, CUSTOMER_SETTING)?,
    }
    Ok(true)
}

fn drafts(tx: &Transaction<'_>, from: &str, most: u32) -> Result<bool> {
    let sql = "SELECT id, texts, persons FROM drafts WHERE id > ?1 ORDER BY id LIMIT ?2";
    let mut statement = tx.prepare_cached(sql)?;
    let draft = |row: &rusqlite::Row<'_>| {
        let texts = desk_domain::draft::Draft { texts: json(row, "texts")?, persons: json(row, "persons")? };
        Ok((parsed(row, "id")?, texts))
    };
    let drafts: Vec<(uuid::Uuid, _)> = statement.query_map((from, most), draft)?.collect::<Result<_>>()?;
    drafts.iter().try_for_each(|(id, texts)| upkeep::of_draft(tx, *id, texts))?;
    match drafts.last() {
        Some((last, _)) => settings::set(tx, DRAFT_SETTING, &crate::column::id(*last))?,
        None => settings::remove(tx, DRAFT_SETTING)?,
    }
    Ok(!drafts.is_empty())
}
