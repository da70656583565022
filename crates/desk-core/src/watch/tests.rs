//! A day of the schedule, over the real store and the real rules, with a platform that answers at once.

use std::collections::{BTreeMap, BTreeSet};

use desk_domain::platform::{Environment, Kind, Revision};
use desk_store::connections::{self, ConnectionRow};
use desk_store::{SqlResult, Store, Transaction, customers};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::rules::Pace;
use crate::convert::answer::{Source, reading};
use crate::desk::new_id;

const CUSTOMERS: u32 = 5_000;
const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
const START: i64 = 1_772_600_767_890;

/// The platform is asked to be left alone from then on, for so long.
const LIMITED_AT: i64 = START + 6 * HOUR_MS;
const LIMITED_MS: i64 = HOUR_MS;

fn connection() -> ConnectionRow {
    ConnectionRow {
        id: new_id(),
        name: String::new(),
        kind: Kind::Axisfi,
        revision: Some(Revision::Typed),
        environment: Environment::Sandbox,
        base_url: String::new(),
        token_url: None,
        token_scope: None,
        archived_at: None,
        sent_at: None,
        api_key_tail: None,
        api_key_set_at: None,
        api_secret_tail: None,
        api_secret_set_at: None,
        tested_at: None,
        test_json: None,
        created_at: START,
        upload: connections::Upload::default(),
    }
}

/// What the platform says of a customer: of ten, three are decided in the course of the day, one needs attention from the
/// beginning, one has a status that nobody knows, and five are not decided at all.
fn says(number: u32, now: i64) -> &'static str {
    let decided_at = START + i64::from(number) * DAY_MS / i64::from(CUSTOMERS);
    match number % 10 {
        0 | 1 if now >= decided_at => "Succeeded",
        2 if now >= decided_at => "Failed",
        3 => "Suspended",
        4 => "UNDER_REVIEW",
        _ => "Processing",
    }
}

fn answer(number: u32, now: i64) -> (String, Value) {
    let id = format!("cus_{number:05}");
    let body = json!({ "customer_id": id, "status": says(number, now) });
    (id, body)
}

fn keep(tx: &Transaction<'_>, row: &ConnectionRow, number: u32, source: Source, now: i64) -> SqlResult<()> {
    let (id, body) = answer(number, now);
    let reading = reading(row, &body.to_string(), &body, Some(&id), now).unwrap();
    reading.keep(tx, source).map(|_| ())
}

/// Every ask of a day: when, and for whom.
fn a_day(tx: &Transaction<'_>, row: &ConnectionRow) -> SqlResult<Vec<(i64, u32)>> {
    let mut asks = Vec::new();
    let mut pace = Pace::default();
    let mut now = START;
    while now < START + DAY_MS {
        let may = pace.may_ask_at(true, customers::held_until(tx, row.id)?, now).unwrap();
        if may > now {
            now = may;
            continue;
        }
        let Some(asked) = customers::due(tx, row.id, now)? else {
            let Some(next) = customers::next_due(tx, row.id, now)? else { break };
            now = next;
            continue;
        };
        let number: u32 = asked.customer_id.trim_start_matches("cus_").parse().unwrap();
        pace.begin(now);
        asks.push((now, number));
        if now >= LIMITED_AT && customers::held_until(tx, row.id)?.is_none() {
            customers::hold(tx, row.id, now + LIMITED_MS)?;
        } else {
            keep(tx, row, number, Source::Polled, now)?;
        }
        pace.end(false, now);
    }
    Ok(asks)
}

#[tokio::test]
async fn a_day_over_five_thousand_open_customers_stays_under_the_ceiling_and_ends_where_they_do() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("desk.db"), &SecretString::from("ab".repeat(32))).unwrap();
    let asks = store.write(|tx| {
        let row = connection();
        connections::insert(tx, &row)?;
        // Read once, each in a second of its own before the day.
        for number in 0..CUSTOMERS {
            keep(tx, &row, number, Source::Asked, START - i64::from(CUSTOMERS - number) * 1_000)?;
        }
        a_day(tx, &row)
    });
    let asks = asks.await.unwrap();

    // Ten in any minute, whenever it begins.
    let closest = asks.windows(11).map(|eleven| eleven[10].0 - eleven[0].0).min().unwrap();
    assert!(closest >= MINUTE_MS, "eleven asks in {closest} ms");
    assert!(
        asks.len() > 10 * 60 * 20,
        "the control: there is more to ask than the ceiling lets through: {}",
        asks.len()
    );

    let limited = asks.iter().find(|(at, _)| *at >= LIMITED_AT).unwrap().0;
    let next = asks.iter().find(|(at, _)| *at > limited).unwrap().0;
    assert!(next >= limited + LIMITED_MS, "left alone for an hour: {} ms", next - limited);

    let mut of: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
    for (at, number) in asks.iter().filter(|(at, _)| *at != limited) {
        of.entry(*number).or_default().push(*at);
    }
    let mut ended = BTreeSet::new();
    for (number, times) in &of {
        let after: Vec<_> = times.iter().filter(|at| matches!(says(*number, **at), "Succeeded" | "Failed")).collect();
        assert!(after.len() <= 1, "{number} was asked for after its end");
        ended.extend(after.first().map(|_| *number));
        if matches!(number % 10, 3 | 4) {
            assert!(times.len() <= 1, "{number} needs a person: it was asked for {} times in a day", times.len());
        }
    }
    assert!(ended.len() > 1_000, "the control: {} came to their end", ended.len());
    let open = (0..CUSTOMERS).filter(|number| number % 10 > 4);
    let left: Vec<_> = open.filter(|number| of.get(number).is_none_or(|times| times.len() < 3)).collect();
    assert!(left.is_empty(), "nobody who is not decided is passed over: {left:?}");
}
