//! What of a customer or an individual can be changed, and what is sent to change it (`ContactPatch` of the contract).

use serde_json::{Map, Value, json};

use super::canonical;
use super::names::address_key;
use super::pieces::{canonical_address, may_mean, original};
use crate::customer::{Customer, CustomerPath, same};
use crate::field::{FIELDS, Field, Section};
use crate::path::section_key;
use crate::value::text::is_blank;

/// The contact's fields, by the contract's names.
const CONTACT: [(Field, &str); 2] = [(Field::ContactEmail, "email"), (Field::ContactPhone, "phone")];

/// What of an answer can be changed, in the shape of [`canonical`]: contact and address alone. Both parts are there, be
/// they empty, and an empty `business_details` since an update is of something that has one.
#[must_use]
pub fn contact(answer: &Value) -> Option<Value> {
    let canonical = canonical(answer)?;
    let part = |section: Section| {
        let part = canonical.get(section_key(section)).filter(|part| part.is_object());
        part.cloned().unwrap_or_else(|| json!({}))
    };
    Some(json!({
        section_key(Section::BusinessDetails): {},
        section_key(Section::RegistrationAddress): part(Section::RegistrationAddress),
        section_key(Section::PrimaryContact): part(Section::PrimaryContact),
    }))
}

/// The `ContactPatch` that makes `after` of `before`, both of the shape of [`contact`]; `{}` where nothing differs.
///
/// Email and phone are in it where they differ after normalising. The address is in it whole where any of it differs, since
/// no page says whether a part of one would replace the rest: what was cleared is left out, what this program does not know
/// goes as it came, and each field by the contract's name whatever name it was read by. A second name of a field that
/// changes (`zip` beside `postal_code`) is left out: it would say the old value. That it is an address, and no half of one,
/// is for the form to see to ([`check_update`](crate::update_form::check_update)).
#[must_use]
pub fn patch(before: &Value, after: &Value) -> Value {
    let (was, now) = (Customer::read(before), Customer::read(after));
    let mut patch = Map::new();
    for (path, key) in CONTACT.into_iter().filter_map(|(field, key)| Some((CustomerPath::of(field)?, key))) {
        if let Some(text) = said(&now, path).filter(|_| differs(&was, &now, path)) {
            patch.insert(key.to_owned(), text.into());
        }
    }
    let in_address = FIELDS.iter().filter(|spec| spec.section == Section::RegistrationAddress);
    let changed: Vec<Field> = in_address
        .map(|spec| spec.field)
        .filter(|field| CustomerPath::of(*field).is_some_and(|path| differs(&was, &now, path)))
        .collect();
    if !changed.is_empty() || unknown(before) != unknown(after) {
        patch.insert("address".to_owned(), Value::Object(address(after, &changed)));
    }
    Value::Object(patch)
}

/// What of `before`, which has the shape of [`contact`], a `ContactPatch` is about: what it does not carry is not in it, so
/// that nobody takes what others made of that for something of the patch's.
#[must_use]
pub fn carried(before: &Value, patch: &Value) -> Value {
    let mut of = before.clone();
    let Value::Object(parts) = &mut of else { return of };
    if let Some(Value::Object(contact)) = parts.get_mut(section_key(Section::PrimaryContact)) {
        let not_sent = CONTACT.into_iter().filter(|(_, key)| patch.get(key).is_none());
        not_sent.filter_map(|(field, _)| CustomerPath::of(field)).for_each(|path| drop(contact.remove(&key_of(path))));
    }
    if patch.get("address").is_none() {
        parts.remove(section_key(Section::RegistrationAddress));
    }
    of
}

/// What a `ContactPatch` makes of `before`, which has the shape of [`contact`].
#[must_use]
pub fn patched(before: &Value, patch: &Value) -> Value {
    let mut after = before.clone();
    let Value::Object(parts) = &mut after else { return after };
    for (path, key) in CONTACT.into_iter().filter_map(|(field, key)| Some((CustomerPath::of(field)?, key))) {
        let contact = parts.entry(section_key(Section::PrimaryContact)).or_insert_with(|| json!({}));
        if let (Value::Object(contact), Some(value)) = (contact, patch.get(key)) {
            contact.insert(key_of(path), value.clone());
        }
    }
    if let Some(Value::Object(address)) = patch.get("address") {
        parts.insert(section_key(Section::RegistrationAddress).to_owned(), canonical_address(address).into());
    }
    after
}

fn said(customer: &Customer, path: CustomerPath) -> Option<&str> {
    customer.leaf(path).filter(|text| !is_blank(text))
}

fn differs(was: &Customer, now: &Customer, path: CustomerPath) -> bool {
    match (said(was, path), said(now, path)) {
        (Some(was), Some(now)) => !same(path.kind(), was, now),
        (was, now) => was.is_some() != now.is_some(),
    }
}

/// The parts of an address that are no fields.
fn unknown(contact: &Value) -> Map<String, Value> {
    let parts = contact.get(section_key(Section::RegistrationAddress)).and_then(Value::as_object);
    let parts = parts.into_iter().flatten().filter(|(key, _)| field_of(key).is_none());
    parts.map(|(key, json)| (key.clone(), json.clone())).collect()
}

/// The address as the contract has it.
fn address(contact: &Value, changed: &[Field]) -> Map<String, Value> {
    let parts = contact.get(section_key(Section::RegistrationAddress)).and_then(Value::as_object);
    let send = |(key, json): (&String, &Value)| match (field_of(key), json) {
        (Some(_), Value::Null) => None,
        (Some(path), Value::Number(_) | Value::Bool(_)) => {
            Some((address_key(path)?.to_owned(), json.to_string().into()))
        }
        (Some(path), json) => Some((address_key(path)?.to_owned(), json.clone())),
        (None, _) if may_mean(key).is_some_and(|field| changed.contains(&field)) => None,
        (None, json) => Some((original(key).to_owned(), json.clone())),
    };
    parts.into_iter().flatten().filter_map(send).collect()
}

/// The field of a key of `registration_address`.
fn field_of(key: &str) -> Option<CustomerPath> {
    format!("{}/{key}", section_key(Section::RegistrationAddress)).parse().ok()
}

fn key_of(path: CustomerPath) -> String {
    path.to_string().rsplit('/').next().unwrap_or_default().to_owned()
}
