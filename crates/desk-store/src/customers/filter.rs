//! Customers by the platform's own words for what they are and how they stand.

use rusqlite::{Connection, Result};

use super::page::Listing;
use super::shelves;

/// What the platform's words are compared with: `customers_by_party` and `customers_by_status` are made with these words.
const PARTY: &str = "party = ?1 COLLATE NOCASE";
const STATUS: &str = "coalesce(lower(status_raw), '~') IN";

/// The customers that have the words of a list, as row ids of the index, sorted; `None` where none is asked for.
pub(super) fn found(db: &Connection, listing: &Listing) -> Result<Option<Vec<i64>>> {
    let status = listing.status.as_deref().map(words_of);
    let sql = question(listing.party.is_some(), status.is_some());
    let mut statement = match sql {
        Some(sql) => db.prepare_cached(&sql)?,
        None => return Ok(None),
    };
    let code = |row: &rusqlite::Row<'_>| row.get(0);
    let rows = match (&listing.party, status) {
        (Some(party), Some([word, held])) => statement.query_map((party, word, held), code)?,
        (Some(party), None) => statement.query_map([party], code)?,
        (None, Some(words)) => statement.query_map(words, code)?,
        (None, None) => return Ok(None),
    };
    let mut codes = rows.collect::<Result<Vec<i64>>>()?;
    codes.sort_unstable();
    Ok(Some(codes))
}

/// A word and the same one while the platform holds the customer back (page 004): both are that status.
fn words_of(status: &str) -> [String; 2] {
    let word = status.trim().to_ascii_lowercase();
    [word.clone(), format!("{word}_l2f")]
}

/// All that is asked for stands in one index: no row is looked at.
fn question(by_party: bool, by_status: bool) -> Option<String> {
    let bits = shelves::NUMBER_BITS;
    let of = |index: &str, terms: String| {
        Some(format!("SELECT shelf << {bits} | number FROM customers INDEXED BY {index} WHERE {terms}"))
    };
    match (by_party, by_status) {
        (true, true) => of("customers_by_party", format!("{PARTY} AND {STATUS} (?2, ?3)")),
        (true, false) => of("customers_by_party", PARTY.to_owned()),
        (false, true) => of("customers_by_status", format!("{STATUS} (?1, ?2)")),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::question;
    use crate::migrations::empty_database;

    /// A filter that looks at rows is right with few customers and slow with many.
    #[test]
    fn the_platforms_words_are_asked_of_an_index_alone() {
        let db = empty_database();
        for (by_party, by_status) in [(true, true), (true, false), (false, true)] {
            let sql = question(by_party, by_status).unwrap();
            let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let nothing = vec![rusqlite::types::Null; plan.parameter_count()];
            let plan = plan.query_map(rusqlite::params_from_iter(nothing), |row| row.get("detail")).unwrap();
            let plan: Vec<String> = plan.collect::<rusqlite::Result<_>>().unwrap();
            assert!(plan.len() == 1 && plan[0].contains("SEARCH customers USING COVERING INDEX"), "{sql}: {plan:?}");
        }
    }
}
