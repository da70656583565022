//! Shelves: the customers of one connection in one status group, and how many they are.

use desk_domain::status::StatusGroup;
use rusqlite::{Connection, Result, Transaction};
use uuid::Uuid;

use crate::column::{self, coded, id_list, parsed};

/// Bits of a row id of the index that are the customer's number; those above are its shelf.
pub(super) const NUMBER_BITS: u32 = 40;

/// One shelf.
pub(super) struct Shelf {
    pub id: i64,
    pub connection: Uuid,
    pub group: StatusGroup,
    pub customers: u32,
}

/// The shelves of some connections.
pub(super) fn of_connections(db: &Connection, connections: &[Uuid]) -> Result<Vec<Shelf>> {
    let mut statement = db.prepare_cached(
        "SELECT shelf, connection_id, status_group, customers FROM customer_shelves
         WHERE connection_id IN (SELECT value FROM json_each(?1)) AND customers > 0 ORDER BY shelf",
    )?;
    let shelf = |row: &rusqlite::Row<'_>| {
        let group = coded(row, "status_group", StatusGroup::from_code)?;
        let connection = parsed(row, "connection_id")?;
        Ok(Shelf { id: row.get("shelf")?, connection, group, customers: row.get("customers")? })
    };
    statement.query_map([id_list(connections)?], shelf)?.collect()
}

/// How many customers there are, of all connections.
pub(super) fn all_customers(db: &Connection) -> Result<u32> {
    let sql = "SELECT coalesce(sum(customers), 0) FROM customer_shelves";
    db.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

/// Takes a customer from its shelf and puts it on the one where it belongs, which it gives.
pub(super) fn put(tx: &Transaction<'_>, from: Option<i64>, connection: Uuid, group: StatusGroup) -> Result<i64> {
    // Not `RETURNING`: a statement that writes and answers is a savepoint, at which the index writes to the disk what it had
    // gathered of the customers before this one (fts5_main.c, fts5SavepointMethod).
    let key = (column::id(connection), group.code());
    let sql = "INSERT INTO customer_shelves (connection_id, status_group, customers) VALUES (?1, ?2, 1)
               ON CONFLICT (connection_id, status_group) DO UPDATE SET customers = customers + 1";
    tx.prepare_cached(sql)?.execute((&key.0, key.1))?;
    let sql = "SELECT shelf FROM customer_shelves WHERE connection_id = ?1 AND status_group = ?2";
    let to = tx.prepare_cached(sql)?.query_row(key, |row| row.get(0))?;
    if let Some(from) = from {
        tx.prepare_cached("UPDATE customer_shelves SET customers = customers - 1 WHERE shelf = ?1")?.execute([from])?;
    }
    Ok(to)
}

/// The row id of a customer in the index.
pub(super) fn code(shelf: i64, number: i64) -> i64 {
    shelf << NUMBER_BITS | number
}

/// The customer's number in a row id of the index.
pub(super) fn number(code: i64) -> i64 {
    code & ((1 << NUMBER_BITS) - 1)
}

/// The row ids of one shelf among sorted ones.
pub(super) fn on(shelf: i64, codes: &[i64]) -> &[i64] {
    let from = codes.partition_point(|found| *found < code(shelf, 0));
    let to = codes.partition_point(|found| *found < code(shelf + 1, 0));
    &codes[from..to]
}
