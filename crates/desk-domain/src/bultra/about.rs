//! What an answer says beside the fields, and the rows of the platform's list.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::entries::{entry_id, keyed};
use super::names::{is_of_ids, is_people};
use super::{About, Account, ListedCustomer, NamedIndividual, id_of};

/// What an answer says beside the fields.
#[must_use]
pub fn about(answer: &Value) -> About {
    About {
        party: text(answer, "type"),
        updated_at: text(answer, "updated_at"),
        role: text(answer, "role"),
        ownership_percentage: text(answer, "ownership_percentage"),
        accounts: accounts(answer.get("accounts")),
        individuals: individuals(answer),
    }
}

/// The rows of a page of the platform's list (`data`); what is no row is left out.
#[must_use]
pub fn rows(answer: &Value) -> Vec<ListedCustomer> {
    let rows = answer.get("data").and_then(Value::as_array);
    let row = |row: &Value| {
        Some(ListedCustomer {
            customer_id: id_of(row.get("id")?)?,
            party: text(row, "type"),
            status: text(row, "status"),
            email: text(row, "email"),
            created_at: text(row, "created_at"),
        })
    };
    rows.into_iter().flatten().filter_map(row).collect()
}

/// Accounts as a list, or as an object with the ids as keys.
fn accounts(json: Option<&Value>) -> Vec<Account> {
    let account = |(id, json): (String, &Value)| {
        (!json.is_null()).then(|| Account { id, currency: text(json, "currency"), status: text(json, "status") })
    };
    match json {
        Some(Value::Array(entries)) => keyed(entries, true).into_iter().filter_map(account).collect(),
        Some(Value::Object(by_id)) => {
            let accounts = by_id.iter().filter(|(_, json)| json.is_object());
            accounts.filter_map(|(id, json)| account((id.clone(), json))).collect()
        }
        _ => Vec::new(),
    }
}

/// The individuals of every list of them, at the top and in the corporation, in the order of the answer.
fn individuals(answer: &Value) -> Vec<NamedIndividual> {
    let mut found: Vec<NamedIndividual> = Vec::new();
    let lists = |holder: Option<&'_ Value>| -> Vec<NamedIndividual> {
        let lists = holder.and_then(Value::as_object).into_iter().flatten().filter(|(key, _)| is_people(key));
        let all = lists.flat_map(|(key, list)| entries(list).into_iter().map(|entry| (is_of_ids(key), entry)));
        all.filter_map(|(bare, (id, json))| named(id, json, bare)).collect()
    };
    let mut places: HashMap<String, usize> = HashMap::new();
    for one in lists(Some(answer)).into_iter().chain(lists(answer.get("corporation"))) {
        match places.get(&one.id).and_then(|place| found.get_mut(*place)) {
            // The same one in two lists: what the first does not say, the second may.
            Some(known) => {
                known.role = known.role.take().or(one.role);
                if known.name.is_empty() {
                    known.name = one.name;
                }
            }
            None => {
                places.insert(one.id.clone(), found.len());
                found.push(one);
            }
        }
    }
    found
}

fn entries(list: &Value) -> Vec<(Option<&str>, &Value)> {
    match list {
        Value::Array(entries) => entries.iter().map(|entry| (None, entry)).collect(),
        Value::Object(by_id) => {
            let entries = by_id.iter().filter(|(_, json)| json.is_object());
            entries.map(|(id, json)| (Some(id.as_str()), json)).collect()
        }
        _ => Vec::new(),
    }
}

fn named(key: Option<&str>, json: &Value, bare: bool) -> Option<NamedIndividual> {
    let id = entry_id(json, bare).or_else(|| id_of(&Value::from(key?)))?;
    let empty = Map::new();
    let said = json.as_object().unwrap_or(&empty);
    let part = |key: &str| said.get(key).and_then(scalar);
    let names: Vec<_> = ["first_name", "last_name"].into_iter().filter_map(part).collect();
    let name = if names.is_empty() { part("name").or_else(|| part("full_name")) } else { Some(names.join(" ")) };
    Some(NamedIndividual { id, name: name.unwrap_or_default(), role: part("role") })
}

fn text(json: &Value, key: &str) -> Option<String> {
    json.get(key).and_then(scalar)
}

/// A scalar that says something, with every digit of a number.
fn scalar(json: &Value) -> Option<String> {
    match json {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(_) | Value::Bool(_) => Some(json.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
