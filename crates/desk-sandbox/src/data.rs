//! The 300 made-up customers: the same ones every time. Reading order: `locale`, the countries, `customer`.
//!
//! Nobody and nothing in here exists: names are drawn from word lists, businesses are invented, domains end in `.example`.

use std::collections::HashSet;

use crate::{options::Revision, row::Row};

mod customer;
mod east_asia;
pub(crate) mod locale;
pub(crate) mod random;
mod south_asia_gulf;
mod west;

use locale::Locale;

/// Customers of the typed account.
const TYPED_CUSTOMERS: u64 = 200;

/// Customers of the untyped account.
const UNTYPED_CUSTOMERS: u64 = 100;

/// Every country has many more names than customers, so a free one is found long before.
const MOST_TURNS: u64 = 1_000;

/// The countries in turn; some come more than once, because a platform has more customers there.
pub(crate) const LOCALES: &[&Locale] = &[
    &east_asia::HONG_KONG,
    &east_asia::CHINA,
    &south_asia_gulf::SINGAPORE,
    &west::UNITED_KINGDOM,
    &west::UNITED_STATES,
    &east_asia::JAPAN,
    &west::GERMANY,
    &south_asia_gulf::EMIRATES,
    &east_asia::HONG_KONG,
    &west::FRANCE,
    &west::BRAZIL,
    &west::AUSTRALIA,
    &south_asia_gulf::INDIA,
    &east_asia::CHINA,
    &east_asia::KOREA,
    &south_asia_gulf::THAILAND,
    &east_asia::TAIWAN,
    &west::SPAIN,
    &south_asia_gulf::SINGAPORE,
];

/// All of them, typed first. No two bear the same name: one that would gets another turn.
pub(crate) fn customers() -> Vec<Row> {
    let typed = (0..TYPED_CUSTOMERS).map(|index| (Revision::Typed, index, index));
    let untyped = (0..UNTYPED_CUSTOMERS).map(|index| (Revision::Untyped, index, TYPED_CUSTOMERS + index));
    let locale = |seed: u64| LOCALES[seed as usize % LOCALES.len()];
    let mut names = HashSet::new();
    let mut turns = |(revision, index, seed)| {
        let mut turns = (0..MOST_TURNS).map(|turn| customer::row(revision, index, seed, turn, locale(seed)));
        turns.find(|row| names.insert(row.body["business_details"]["business_name_english"].to_string()))
    };
    typed.chain(untyped).filter_map(&mut turns).collect()
}
