//! The index that search asks: what it holds of a customer, written with the row or the reading that says it.

use desk_domain::customer::Customer;
use desk_domain::field::Field;
use desk_domain::search::fold;
use rusqlite::{Connection, Result, Transaction, TransactionBehavior};
use uuid::Uuid;

use super::shelves;
use super::texts::texts;
use crate::column::{self, optional};
use crate::error::OpenError;
use crate::intact::intact;
use crate::{readings, settings};

/// Which version of this file, of `texts.rs`, of `desk_domain::search` and of the shelves made the index.
const VERSION: &str = "2";
const VERSION_SETTING: &str = "search.version";

/// After every name: where customers without one are sorted.
const NAMELESS: &str = "\u{10FFFD}";

/// The columns of a customer that the index is made of.
pub(super) struct Indexed {
    pub number: i64,
    pub shelf: i64,
    pub connection_id: String,
    pub customer_id: String,
    pub partner_customer_id: Option<String>,
    pub name: String,
    pub local_name: String,
    pub email: Option<String>,
    pub individual_of: Option<String>,
}

impl Indexed {
    pub(super) const COLUMNS: &str =
        "number, shelf, connection_id, customer_id, partner_customer_id, name, local_name, email, individual_of";

    pub(super) fn from_row(row: &rusqlite::Row<'_>) -> Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            shelf: row.get("shelf")?,
            connection_id: row.get("connection_id")?,
            customer_id: row.get("customer_id")?,
            partner_customer_id: row.get("partner_customer_id")?,
            name: row.get("name")?,
            local_name: row.get("local_name")?,
            email: row.get("email")?,
            individual_of: row.get("individual_of")?,
        })
    }

    /// What search finds it by, as far as its row says it.
    pub(super) fn says(&self) -> [Option<&str>; 4] {
        [self.partner_customer_id.as_deref(), Some(&self.name), Some(&self.local_name), self.email.as_deref()]
    }
}

/// What lists sort names by.
pub(super) fn name_sort(name: &str, local_name: &str) -> String {
    let folded = [name, local_name].map(fold).into_iter().find(|name| !name.trim().is_empty());
    folded.map_or_else(|| NAMELESS.to_owned(), |name| name.trim().to_owned())
}

/// Writes what the index holds of a customer; `before` is the shelf under which it held something.
pub(super) fn write(tx: &Transaction<'_>, row: &Indexed, before: Option<i64>) -> Result<()> {
    if let Some(shelf) = before {
        let code = shelves::code(shelf, row.number);
        tx.prepare_cached("DELETE FROM customers_parts WHERE rowid = ?1")?.execute([code])?;
        tx.prepare_cached("DELETE FROM customers_words WHERE rowid = ?1")?.execute([code])?;
    }
    let texts = texts(tx, row)?;
    let code = shelves::code(row.shelf, row.number);
    tx.prepare_cached("INSERT INTO customers_parts (rowid, text) VALUES (?1, ?2)")?.execute((code, texts.parts))?;
    tx.prepare_cached("INSERT INTO customers_words (rowid, text) VALUES (?1, ?2)")?.execute((code, texts.words))?;
    Ok(())
}

/// The same after a new reading. That of an individual is in the index of its customer, where that one is known.
pub(crate) fn after_reading(tx: &Transaction<'_>, connection: Uuid, customer_id: &str) -> Result<()> {
    keep_email(tx, connection, customer_id)?;
    let sql = format!("SELECT {} FROM customers WHERE connection_id = ?1 AND customer_id = ?2", Indexed::COLUMNS);
    let one = |id: &str| tx.prepare_cached(&sql)?.query_row((column::id(connection), id), Indexed::from_row);
    let row = one(customer_id)?;
    let customer = match row.individual_of.as_deref() {
        Some(customer) => optional(one(customer))?,
        None => Some(row),
    };
    customer.map_or(Ok(()), |customer| write(tx, &customer, Some(customer.shelf)))
}

/// The email address that the newest reading says, or says to be none, takes the place of what the platform's list said. A
/// platform without a list keeps none beside its readings.
fn keep_email(tx: &Transaction<'_>, connection: Uuid, customer_id: &str) -> Result<()> {
    let newest = readings::newest(tx, connection, customer_id)?.filter(|newest| newest.kind.capabilities().list);
    let customer = newest.and_then(|newest| Customer::of_text(newest.kind, &newest.raw).ok());
    let mut leaves = customer.iter().flat_map(|customer| &customer.leaves);
    let Some((_, email)) = leaves.find(|(path, _)| path.field() == Some(Field::ContactEmail)) else { return Ok(()) };
    let sql = "UPDATE customers SET email = nullif(?3, '') WHERE connection_id = ?1 AND customer_id = ?2";
    tx.prepare_cached(sql)?.execute((column::id(connection), customer_id, email))?;
    Ok(())
}

/// Makes shelves and index of every customer anew where another version made them, or none did.
pub(crate) fn make(connection: &mut Connection) -> std::result::Result<(), OpenError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if settings::get(&tx, VERSION_SETTING)?.as_deref() != Some(VERSION) {
        // Damage that reading comes upon must not become an index with holes.
        intact(&tx, || make_all(&tx))?;
        settings::set(&tx, VERSION_SETTING, VERSION)?;
        tx.commit()?;
    }
    Ok(())
}

fn make_all(tx: &Transaction<'_>) -> Result<()> {
    tx.execute_batch(
        "INSERT INTO customers_parts (customers_parts) VALUES ('delete-all');
         INSERT INTO customers_words (customers_words) VALUES ('delete-all');
         DELETE FROM customer_shelves;
         INSERT INTO customer_shelves (connection_id, status_group, customers)
             SELECT connection_id, coalesce(status_group, 'unknown') AS own, count(*) FROM customers
             WHERE individual_of IS NULL GROUP BY 1, 2;
         UPDATE customers SET shelf = CASE WHEN individual_of IS NOT NULL THEN 0 ELSE
             (SELECT shelf FROM customer_shelves AS its
              WHERE its.connection_id = customers.connection_id
                  AND its.status_group = coalesce(customers.status_group, 'unknown')) END;",
    )?;
    // In the order of the row ids, which is the one that the index takes quickly.
    let mut numbers = tx.prepare("SELECT number FROM customers WHERE individual_of IS NULL ORDER BY shelf, number")?;
    let numbers: Vec<i64> = numbers.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
    let one = format!("SELECT {} FROM customers WHERE number = ?1", Indexed::COLUMNS);
    for number in numbers {
        let row = tx.prepare_cached(&one)?.query_row([number], Indexed::from_row)?;
        tx.prepare_cached("UPDATE customers SET name_sort = ?2 WHERE number = ?1")?
            .execute((number, name_sort(&row.name, &row.local_name)))?;
        write(tx, &row, None)?;
    }
    tx.execute_batch(
        "INSERT INTO customers_parts (customers_parts) VALUES ('optimize');
         INSERT INTO customers_words (customers_words) VALUES ('optimize');",
    )
}
