//! Asks are summed for the trail (DECISIONS 16): one row a connection and day, written with the first ask of a later one.
//! The sum is kept in the store with each ask, so that no end of the program loses any.

use std::collections::BTreeMap;

use desk_store::{SqlResult, Transaction, activity, settings};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::desk::Desk;
use crate::trail::Entry;

const SUMS: &str = "watch.polls";

#[derive(Serialize, Deserialize, Clone)]
struct Sum {
    day: String,
    asks: u64,
    changes: u64,
}

type Sums = BTreeMap<Uuid, Sum>;

/// A local date, and who asks on it.
pub(crate) struct Day {
    date: String,
    entry: Entry,
}

impl Day {
    pub(crate) fn of(desk: &Desk) -> Self {
        let entry = Entry::new(desk, "customer.poll", String::new(), "", "ok");
        Self { date: desk.clock().today().to_string(), entry }
    }

    /// Counts one ask of a connection.
    pub(crate) fn count(&self, tx: &Transaction<'_>, connection: Uuid, changed: bool) -> SqlResult<()> {
        let mut sums = self.without_earlier(tx)?;
        let sum = sums.entry(connection).or_insert_with(|| Sum { day: self.date.clone(), asks: 0, changes: 0 });
        sum.asks += 1;
        sum.changes += u64::from(changed);
        keep(tx, &sums)
    }

    /// Writes the rows of days that are over.
    pub(super) fn tell_earlier(&self, tx: &Transaction<'_>) -> SqlResult<()> {
        let sums = self.without_earlier(tx)?;
        keep(tx, &sums)
    }

    fn without_earlier(&self, tx: &Transaction<'_>) -> SqlResult<Sums> {
        // What is not there or was written by another version counts from nothing.
        let kept = settings::get(tx, SUMS)?.and_then(|text| serde_json::from_str::<Sums>(&text).ok());
        let mut sums = kept.unwrap_or_default();
        for (connection, sum) in sums.iter().filter(|(_, sum)| sum.day != self.date) {
            let Sum { day, asks, changes } = sum;
            let detail = format!("day={day} asks={asks} changes={changes}");
            self.entry.about(activity::connection(*connection), &detail).write(tx)?;
        }
        sums.retain(|_, sum| sum.day == self.date);
        Ok(sums)
    }
}

fn keep(tx: &Transaction<'_>, sums: &Sums) -> SqlResult<()> {
    if sums.is_empty() {
        return settings::remove(tx, SUMS);
    }
    settings::set(tx, SUMS, &serde_json::to_string(sums).unwrap_or_default())
}
