//! Which places of an answer hold the values of fields, where several may.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::names::{ADDRESS, BUSINESS_NAMES, keys_of};
use crate::customer::CustomerPath;
use crate::field::Field;

/// Where the address may stand, the likeliest first. Only the last is documented of an individual.
pub(super) const ADDRESSES: [&[&str]; 4] =
    [&["individual", "address"], &["corporation", "address"], &["corporation", "registered_address"], &["address"]];

/// Null, or something that holds nothing.
pub(super) fn is_nothing(json: &Value) -> bool {
    is_empty_object(json) || json.as_array().is_some_and(Vec::is_empty)
}

/// Null, or an object that holds nothing.
pub(super) fn is_empty_object(json: &Value) -> bool {
    json.is_null() || json.as_object().is_some_and(Map::is_empty)
}

fn at<'a>(answer: &'a Map<String, Value>, keys: &[&str]) -> Option<&'a Value> {
    let (first, rest) = keys.split_first()?;
    rest.iter().try_fold(answer.get(*first)?, |json, key| json.get(key))
}

/// The address that counts: the first that holds something, else the first that came empty.
pub(super) fn address(answer: &Map<String, Value>) -> Option<&'static [&'static str]> {
    let holds = |keys: &&&[&str]| at(answer, keys).is_some_and(|json| json.is_object() && !is_empty_object(json));
    let is_empty = |keys: &&&[&str]| at(answer, keys).is_some_and(is_empty_object);
    ADDRESSES.iter().find(holds).or_else(|| ADDRESSES.iter().find(is_empty)).copied()
}

/// Which places hold the values of fields: of several, the first that says something.
pub(super) fn claims(answer: &Map<String, Value>, is_individual: bool) -> BTreeMap<Vec<&str>, CustomerPath> {
    let object = |key: &str| answer.get(key).and_then(Value::as_object);
    let person = |field: Field| CustomerPath::of_person(0, field);
    let mut wanted: Vec<(Option<CustomerPath>, Vec<Vec<&str>>)> = vec![
        (Some(CustomerPath::STATUS), vec![vec!["status"]]),
        (Some(CustomerPath::CREATED_AT), vec![vec!["created_at"]]),
        (CustomerPath::of(Field::ContactEmail), vec![vec!["email"]]),
        (CustomerPath::of(Field::ContactPhone), vec![vec!["phone"]]),
    ];
    for (field, key) in [
        (Field::FirstNameEnglish, "first_name"),
        (Field::LastNameEnglish, "last_name"),
        (Field::BirthDate, "date_of_birth"),
    ] {
        wanted.push((person(field), vec![vec!["individual", key], vec![key]]));
    }
    if is_individual {
        wanted.push((person(Field::RoleType), vec![vec!["role"]]));
    }
    let mut names: Vec<Vec<&str>> = object("corporation")
        .map(|corporation| keys_of(corporation, BUSINESS_NAMES))
        .unwrap_or_default()
        .into_iter()
        .map(|key| vec!["corporation", key])
        .collect();
    let is_person =
        is_individual || object("individual").is_some() || answer.get("type").is_some_and(|it| it == "INDIVIDUAL");
    if !is_person {
        names.extend(keys_of(answer, BUSINESS_NAMES).into_iter().map(|key| vec![key]));
    }
    wanted.push((CustomerPath::of(Field::BusinessNameEnglish), names));
    wanted.into_iter().filter_map(|(path, places)| Some((first(answer, places)?, path?))).collect()
}

/// Which keys of an address hold the values of fields.
pub(super) fn address_claims(address: &Map<String, Value>) -> BTreeMap<&str, CustomerPath> {
    let claim = |(field, key, names): &(Field, &'static str, &[&str])| {
        // The contract's own spelling before any other.
        let own = address.get_key_value(*key).map(|(key, _)| key.as_str());
        let all = own.into_iter().chain(keys_of(address, names)).map(|key| vec![key]);
        Some((first(address, all.collect())?.pop()?, CustomerPath::of(*field)?))
    };
    ADDRESS.iter().filter_map(claim).collect()
}

/// The first of these places that holds a scalar which says something; else the first that holds any.
fn first<'k>(object: &Map<String, Value>, places: Vec<Vec<&'k str>>) -> Option<Vec<&'k str>> {
    let is_scalar = |json: &Value| !json.is_array() && !json.is_object();
    let says =
        |json: &Value| is_scalar(json) && !json.is_null() && json.as_str().is_none_or(|text| !text.trim().is_empty());
    let find = |is: &dyn Fn(&Value) -> bool| places.iter().find(|keys| at(object, keys).is_some_and(is)).cloned();
    find(&says).or_else(|| find(&is_scalar))
}
