//! The list: newest first, filtered, a page at a time.

use std::ops::Bound;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{
    book::Book,
    call::parameters,
    cursor::{self, Cursor},
    customer::{Customer, Key},
};
use crate::call::{Answer, FieldFault};

/// Rows of a page where no limit is asked for (page 004).
const DEFAULT_LIMIT: usize = 20;

/// Most rows of a page. No page says; a client must cope with a limit that is refused.
const MOST_ROWS: usize = 100;

/// The values that `type` filters by (page 004).
pub(super) const TYPES: [&str; 2] = ["INDIVIDUAL", "CORPORATION"];

/// The values that `status` filters by (page 004).
pub(super) const STATUSES: [&str; 6] = ["ACTIVE", "PENDING", "EDD", "FROZEN", "DORMANT", "CLOSED"];

/// What a call for the list asks for.
pub(super) struct Asked {
    party: Option<String>,
    status: Option<String>,
    limit: usize,
    pub(super) after: Option<Key>,
}

impl Asked {
    pub(super) fn of(query: &str, now: DateTime<Utc>) -> Result<Self, Answer> {
        let Some(query) = parameters(query) else { return Err(Answer::broken_body("The query cannot be read.")) };
        let mut faults = Vec::new();
        let mut value = |name: &'static str| {
            let mut values = query.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone());
            let value = values.next();
            if values.next().is_some() {
                faults.push(FieldFault::new(name, "must come once"));
            }
            value
        };
        let [party, status, limit, cursor] = ["type", "status", "limit", "cursor"].map(&mut value);
        for (name, given, known) in [("type", &party, &TYPES[..]), ("status", &status, &STATUSES[..])] {
            if given.as_deref().is_some_and(|given| !known.contains(&given)) {
                faults.push(FieldFault::new(name, format!("must be one of {}", known.join(", "))));
            }
        }
        let limit = match limit.as_deref().map(str::parse) {
            None => DEFAULT_LIMIT,
            Some(Ok(limit @ 1..=MOST_ROWS)) => limit,
            Some(_) => {
                faults.push(FieldFault::new("limit", format!("must be a number from 1 to {MOST_ROWS}")));
                DEFAULT_LIMIT
            }
        };
        if !faults.is_empty() {
            return Err(Answer::bad_request(&faults));
        }
        let mut asked = Self { party, status, limit, after: None };
        if let Some(cursor) = cursor {
            let cursor = Cursor::read(&cursor, now)?;
            if cursor.filters != asked.filters() {
                return Err(cursor::invalid());
            }
            asked.after = Some(cursor.after);
        }
        Ok(asked)
    }

    fn filters(&self) -> (Option<String>, Option<String>) {
        (self.party.clone(), self.status.clone())
    }

    fn wants(&self, customer: &Customer) -> bool {
        self.party.as_deref().is_none_or(|party| customer.party() == party)
            && self.status.as_deref().is_none_or(|status| customer.has_status(status))
    }

    /// The page.
    pub(super) fn page(&self, book: &Book, now: DateTime<Utc>) -> Value {
        let before = self.after.as_ref().map_or(Bound::Unbounded, Bound::Excluded);
        let rows = book.customers.range::<Key, _>((Bound::Unbounded, before)).rev();
        let mut rows = rows.map(|(_, customer)| customer).filter(|customer| self.wants(customer));
        let page: Vec<_> = rows.by_ref().take(self.limit).collect();
        let next = rows
            .next()
            .and(page.last())
            .map(|last| Cursor { given: now.timestamp_millis(), after: last.key(), filters: self.filters() }.text());
        let data: Vec<_> = page.iter().map(|customer| customer.listed()).collect();
        json!({ "data": data, "pagination": { "has_more": next.is_some(), "next_cursor": next } })
    }
}
