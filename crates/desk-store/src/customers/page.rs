//! One page of a list of customers, and the counts beside it.

use desk_domain::status::StatusGroup;
use rusqlite::{Connection, Result};
use uuid::Uuid;

use super::question::Question;
use super::shelves::{self, Shelf};
use super::{CustomerRow, filter, from_row, upkeep};
use crate::column::to_json;

/// Entries of an index that are walked in the time in which one customer is looked up to be sorted, measured.
const STEPS_A_ROW: u64 = 8;

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The one read last first.
    ReadAt,
    /// By name, case and accents ignored; the nameless last.
    Name,
    /// By country, then name; those without last.
    Country,
    /// By the platform's word, case ignored, then name; those without last.
    Status,
    /// The one that the platform made last first, as its list says it; those of which no list says it last.
    CreatedAt,
}

/// What to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Customers of these connections.
    pub connections: Vec<Uuid>,
    /// Words that each customer has somewhere in its names, ids, numbers or email address; blank for all.
    pub query: String,
    /// Only those of this group; a customer without a status is one of the unknown. What needs attention is also what
    /// changed without anybody having looked, whatever its status says.
    pub group: Option<StatusGroup>,
    /// Only those of this one of the connections.
    pub only: Option<Uuid>,
    /// Only those that the platform calls so (INDIVIDUAL, CORPORATION), case ignored.
    pub party: Option<String>,
    /// Only those with this word of the platform's for their status, case ignored, be it with the suffix `_L2F`.
    pub status: Option<String>,
    /// In which order.
    pub order: Order,
    /// The other way round.
    pub reversed: bool,
    /// How many rows to pass over.
    pub offset: u32,
    /// At most so many rows.
    pub limit: u32,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its rows.
    pub rows: Vec<CustomerRow>,
    /// How many are listed, on all pages.
    pub total: u32,
    /// How many answer the query and the filters in each group that has any, whatever group is listed; in the order of the
    /// groups. One that changed counts in its own and in the one that needs attention.
    pub groups: Vec<(StatusGroup, u32)>,
    /// How many customers the connections have.
    pub all: u32,
}

/// Lists customers.
///
/// # Errors
/// SQLite's.
pub fn page(db: &Connection, listing: &Listing) -> Result<Page> {
    let mut shelves = shelves::of_connections(db, &listing.connections)?;
    let all = shelves.iter().map(|shelf| shelf.customers).sum();
    shelves.retain(|shelf| listing.only.is_none_or(|only| only == shelf.connection));
    let found = both(Question::of(&listing.query).ask(db)?, filter::found(db, listing)?);
    let count = |shelf: &Shelf| match &found {
        Some(found) => u32::try_from(shelves::on(shelf.id, found).len()).unwrap_or(u32::MAX),
        None => shelf.customers,
    };
    let groups =
        [StatusGroup::Waiting, StatusGroup::Active, StatusGroup::Attention, StatusGroup::Stopped, StatusGroup::Unknown];
    let changed = changed_elsewhere(db, listing, &shelves, found.as_deref())?;
    let on_shelves = |group| shelves.iter().filter(|shelf| shelf.group == group).map(count).sum::<u32>();
    let groups = groups.map(|group| match group {
        StatusGroup::Attention => (group, on_shelves(group).saturating_add(length(&changed))),
        group => (group, on_shelves(group)),
    });
    let listed = Listed {
        shelves: shelves.iter().filter(|shelf| listing.group.is_none_or(|group| group == shelf.group)).collect(),
        others: if listing.group == Some(StatusGroup::Attention) { changed } else { Vec::new() },
        found: found.as_deref(),
    };
    let total = listed.shelves.iter().map(|shelf| count(shelf)).sum::<u32>().saturating_add(length(&listed.others));
    let numbers = if listing.limit == 0 || listing.offset >= total {
        Vec::new()
    } else if are_few(total, shelves::all_customers(db)?, listing) {
        sorted(db, listing, &listed.numbers(db)?)?
    } else {
        walked(db, listing, &listed)?
    };
    let mut row = db.prepare_cached("SELECT * FROM customers WHERE number = ?1")?;
    Ok(Page {
        rows: numbers.iter().map(|number| row.query_row([number], from_row)).collect::<Result<_>>()?,
        total,
        groups: groups.into_iter().filter(|(_, count)| *count > 0).collect(),
        all,
    })
}

/// What two sorted lists have in common, where `None` is everything.
fn both(one: Option<Vec<i64>>, other: Option<Vec<i64>>) -> Option<Vec<i64>> {
    match (one, other) {
        (Some(mut one), Some(other)) => {
            one.retain(|code| other.binary_search(code).is_ok());
            Some(one)
        }
        (one, other) => one.or(other),
    }
}

/// Whether it is sooner done to sort all that are listed than to walk the index of the order until the page is full,
/// which takes the longer the fewer of all customers are listed.
fn are_few(total: u32, all: u32, listing: &Listing) -> bool {
    let [total, all, offset, limit] = [total, all, listing.offset, listing.limit].map(u64::from);
    let steps = all.min((offset + limit).saturating_mul(all) / total.max(1));
    total.saturating_mul(STEPS_A_ROW) <= steps
}

fn length(list: &[i64]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// The customers of these shelves that changed and whose status does not need attention, as far as they answer the query:
/// their numbers, sorted.
fn changed_elsewhere(db: &Connection, listing: &Listing, shelves: &[Shelf], found: Option<&[i64]>) -> Result<Vec<i64>> {
    let other = |id| shelves.iter().any(|shelf| shelf.id == id && shelf.group != StatusGroup::Attention);
    let answers = |code| found.is_none_or(|found| found.binary_search(&code).is_ok());
    let changed = upkeep::changed(db, &listing.connections)?.into_iter();
    let changed = changed.filter(|(number, shelf)| other(*shelf) && answers(shelves::code(*shelf, *number)));
    let mut numbers: Vec<i64> = changed.map(|(number, _)| number).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Who is listed.
struct Listed<'a> {
    shelves: Vec<&'a Shelf>,
    /// Customers of other shelves: their numbers, sorted.
    others: Vec<i64>,
    /// What answers the query, as row ids of the index; `None` for everybody.
    found: Option<&'a [i64]>,
}

impl Listed<'_> {
    fn has(&self, number: i64, shelf: i64) -> bool {
        let answers = || self.found.is_none_or(|found| found.binary_search(&shelves::code(shelf, number)).is_ok());
        self.shelves.iter().any(|listed| listed.id == shelf) && answers() || self.others.binary_search(&number).is_ok()
    }

    /// The numbers of all, in no order.
    fn numbers(&self, db: &Connection) -> Result<Vec<i64>> {
        let mut numbers = self.others.clone();
        for shelf in &self.shelves {
            match self.found {
                Some(found) => numbers.extend(shelves::on(shelf.id, found).iter().map(|code| shelves::number(*code))),
                None => {
                    let mut statement = db.prepare_cached("SELECT number FROM customers WHERE shelf = ?1")?;
                    let rows = statement.query_map([shelf.id], |row| row.get(0))?;
                    numbers.extend(rows.collect::<Result<Vec<i64>>>()?);
                }
            }
        }
        Ok(numbers)
    }
}

fn sorted(db: &Connection, listing: &Listing, numbers: &[i64]) -> Result<Vec<i64>> {
    // The join says in which order to look: each number once, and no walk along an index of the whole table.
    let sql = format!(
        "SELECT number FROM json_each(?1) AS wanted CROSS JOIN customers ON customers.number = wanted.value
         ORDER BY {} LIMIT ?2 OFFSET ?3",
        keys(listing.order, listing.reversed)
    );
    let mut statement = db.prepare_cached(&sql)?;
    statement.query_map((to_json(&numbers)?, listing.limit, listing.offset), |row| row.get(0))?.collect()
}

fn walked(db: &Connection, listing: &Listing, listed: &Listed<'_>) -> Result<Vec<i64>> {
    let sql = walk(listing.order, listing.reversed);
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut numbers = Vec::new();
    let mut before = listing.offset;
    while let Some(row) = rows.next()? {
        let (number, shelf): (i64, i64) = (row.get(0)?, row.get(1)?);
        if !listed.has(number, shelf) {
            continue;
        }
        if before > 0 {
            before -= 1;
            continue;
        }
        numbers.push(number);
        if numbers.len() >= usize::try_from(listing.limit).unwrap_or(usize::MAX) {
            break;
        }
    }
    Ok(numbers)
}

fn walk(order: Order, reversed: bool) -> String {
    format!("SELECT number, shelf FROM customers ORDER BY {}", keys(order, reversed))
}

/// The terms of an order, as its index has them.
fn keys(order: Order, reversed: bool) -> String {
    let (keys, falls): (&[&str], bool) = match order {
        Order::ReadAt => (&["read_at", "number"], true),
        Order::Name => (&["name_sort", "number"], false),
        Order::Country => (&["coalesce(country, '~')", "name_sort", "number"], false),
        Order::Status => (&["coalesce(lower(status_raw), '~')", "name_sort", "number"], false),
        Order::CreatedAt => (&["coalesce(platform_created_at, '')", "number"], true),
    };
    let way = if falls == reversed { "ASC" } else { "DESC" };
    keys.iter().map(|key| format!("{key} {way}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A walk that looks at the rows, or sorts them, is right with few customers and slow with many.
    #[test]
    fn every_order_is_walked_along_an_index_that_has_all_it_asks_for() {
        let db = crate::migrations::empty_database();
        for order in [Order::ReadAt, Order::Name, Order::Country, Order::Status, Order::CreatedAt] {
            for reversed in [false, true] {
                let sql = format!("EXPLAIN QUERY PLAN {}", walk(order, reversed));
                let mut plan = db.prepare(&sql).unwrap();
                let plan: Result<Vec<String>> = plan.query_map([], |row| row.get("detail")).unwrap().collect();
                let plan = plan.unwrap();
                assert!(plan.len() == 1 && plan[0].contains("USING COVERING INDEX"), "{order:?}: {plan:?}");
            }
        }
    }
}
