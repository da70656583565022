//! The made-up corporations. No page shows the object of one (contract: `x-confirmed: false`): it has five shapes here.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{
    customer::{Object, touch, written},
    made::{Lacks, Maker, mailbox, number},
};
use crate::data::{
    LOCALES,
    locale::{Locale, TRADES},
};

/// What individuals are; the page shows the first.
const ROLES: [&str; 4] = ["BENEFICIAL_OWNER", "DIRECTOR", "AUTHORISED_SIGNATORY", "LEGAL_REPRESENTATIVE"];

/// Shares of one to four owners; together never more than all.
const SHARES: [&[&str]; 4] = [&["100", "62.5"], &["30", "50"], &["33.34", "25"], &["25", "12.50"]];

struct Names {
    local: String,
    english: String,
    trade: usize,
}

/// Writes a corporation into a customer's body; gives its individuals.
pub(super) fn fill(maker: &mut Maker, body: &mut Object, created: DateTime<Utc>) -> Vec<Object> {
    let names = names(maker);
    let mailboxes = ["accounts", "office", "hello", "finance", "ops"];
    let (at, domain) = (*maker.random.pick(&mailboxes), mailbox(&names.english).replace('.', "-"));
    let email = format!("{at}@{domain}-{}.example", maker.number);
    let host = email.split_once('@').map(|(_, host)| host.to_owned()).unwrap_or_default();
    maker.contact(body, email);
    if maker.lacks != Lacks::Part {
        shape(maker, body, &names, &host);
    }
    let id = body.get("id").cloned().unwrap_or_default();
    let count = [1, 2, 1, 3, 2, 4][(maker.number / 7 % 6) as usize];
    let individuals: Vec<Object> = (0..count).map(|at| individual(maker, at, count, &id, &host, created)).collect();
    let named = individuals.iter().map(|individual| named(maker.number, individual)).collect();
    body.insert("individuals".to_owned(), Value::Array(named));
    individuals
}

fn names(maker: &mut Maker) -> Names {
    let Locale { stems, businesses, trades, .. } = maker.locale;
    let trade = maker.random.between(0, TRADES.len() as u64) as usize;
    let (stem_local, stem) = *maker.random.pick(stems);
    let (local, english) = *maker.random.pick(businesses);
    let named = |pattern: &str, stem: &str, trade: &str| pattern.replace("{stem}", stem).replace("{trade}", trade);
    let local = if stem_local.is_empty() { String::new() } else { named(local, stem_local, trades[trade]) };
    Names { local, english: named(english, stem, TRADES[trade].english), trade }
}

/// The object `corporation`, and an address beside it in one of the shapes.
fn shape(maker: &mut Maker, body: &mut Object, names: &Names, host: &str) {
    let locale = maker.locale;
    let registration = maker.random.fill(locale.business_id);
    let address = maker.address(locale, locale.streets);
    let incorporated = maker.day(1985, 2024);
    let local = (!names.local.is_empty()).then_some(names.local.as_str());
    let trade = &TRADES[names.trade];
    let english = names.english.as_str();
    let (corporation, address_at) = match maker.number / 7 % 5 {
        0 => (json!({ "legal_name": english, "registration_number": registration }), Some("corporation")),
        1 => {
            let mut corporation = json!({ "name": english, "incorporated_on": incorporated });
            if let Some(local) = local {
                corporation["local_name"] = local.into();
            }
            corporation["registration"] = json!({ "number": registration, "country": locale.country });
            (corporation, Some("corporation"))
        }
        // A registered name in the script of its country.
        2 => {
            let mut corporation = json!({ "registered_name": local.unwrap_or(english), "trading_name": english });
            corporation["tax"] = json!({ "id": registration, "residences": [locale.country] });
            (corporation, Some("corporation"))
        }
        3 => {
            let industry = json!({ "code": trade.code, "description": trade.description });
            let website = format!("https://www.{host}");
            (json!({ "legal_name": english, "industry": industry, "website": website }), Some("body"))
        }
        _ => {
            let screening = json!({ "score": 0.75, "lists": ["internal"], "hit": false });
            (json!({ "business_name": english, "registration_number": registration, "screening": screening }), None)
        }
    };
    body.insert("corporation".to_owned(), corporation);
    if maker.lacks == Lacks::Address {
        return;
    }
    match address_at {
        Some("corporation") => body["corporation"]["address"] = address,
        Some(_) => {
            body.insert("address".to_owned(), address);
        }
        None => {}
    }
}

/// How a customer names an individual: an object, an id alone, or an object with the names.
fn named(number: u64, individual: &Object) -> Value {
    let with = |keys: &[&str]| {
        let found = keys.iter().filter_map(|&key| individual.get_key_value(key));
        Value::Object(found.map(|(key, value)| (key.clone(), value.clone())).collect())
    };
    match number / 7 % 3 {
        0 => with(&["id", "role"]),
        1 => individual.get("id").cloned().unwrap_or_default(),
        _ => with(&["id", "role", "first_name", "last_name"]),
    }
}

fn individual(
    maker: &mut Maker,
    at: usize,
    count: usize,
    customer_id: &Value,
    host: &str,
    created: DateTime<Utc>,
) -> Object {
    let home = if maker.random.percent(85) { maker.locale } else { *maker.random.pick(LOCALES) };
    let (first, last, mailbox) = maker.names(home);
    let sparse = maker.number % 29 == 8;
    let owner = at == 0 || maker.random.percent(50);
    let mut individual = Object::new();
    let mut put = |key: &str, value: Value| {
        individual.insert(key.to_owned(), value);
    };
    put("id", maker.id("ind", 12).into());
    if !sparse {
        put("customer_id", customer_id.clone());
    }
    put("role", if owner { ROLES[0] } else { *maker.random.pick(&ROLES[1..]) }.into());
    put("first_name", first.into());
    put("last_name", last.into());
    if !sparse {
        put("email", format!("{mailbox}.{at}@{host}").into());
        // The page shows none.
        if maker.random.percent(60) {
            put("phone", maker.phone(home));
        }
        if owner {
            let shares = SHARES[count - 1];
            put("ownership_percentage", number(shares[(maker.number % shares.len() as u64) as usize]));
        }
        put("address", maker.address(home, home.homes));
        if maker.number % 13 == 4 {
            put("pep", json!({ "is_pep": false, "checked_on": maker.day(2024, 2025) }));
        }
    }
    put("created_at", written(created).into());
    if maker.random.percent(50) {
        let after = TimeDelta::seconds(maker.random.between(60, 5_000_000) as i64);
        touch(&mut individual, created + after);
    }
    individual
}
