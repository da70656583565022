//! What is sent to change a customer (DECISIONS 8, 9): the base as it came, and in it only what changes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Number, Value};

use super::compare::{Places, same};
use super::path::{Known, Step, known};
use super::{Customer, CustomerPath};
use crate::field::{FIELDS, Field, FieldKind, Section};
use crate::path::section_key;
use crate::value::CivilDate;
use crate::value::text::is_blank;

/// Keys of an answer that belong to the platform, and ours that an update does not carry (`UpdateCustomerRequest`).
const NOT_SENT: [&str; 4] = ["customer_id", "partner_customer_id", "status", "created_at"];

/// What the contract requires of an update.
const REQUIRED: [Section; 2] = [Section::BusinessDetails, Section::RegistrationAddress];

/// A leaf that changes, with its text on the wire; `None` clears it.
pub type Change = (CustomerPath, Option<String>);

/// Why no update can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoUpdate {
    /// The base is no customer.
    #[error("the base is no customer")]
    NotACustomer,
    /// The platform wants these, or would lose them, and nobody knows them.
    #[error("the base has no {0:?}")]
    Missing(Vec<String>),
    /// A change of what an update does not carry, or at a place that the base does not have.
    #[error("nothing can be changed at {0}")]
    Place(CustomerPath),
    /// A text that is no value of its field.
    #[error("no value for {0}")]
    Value(CustomerPath),
}

/// The body that changes a customer: the base without the platform's own keys, with only those leaves changed whose value
/// changes. What is untouched goes out in the spelling it came in, fields that nobody knows included; only a `null` in
/// place of a known field is left out, since the contract has none. A person or a list entry right after the last one is
/// added.
///
/// # Errors
/// [`NoUpdate`]; nothing of personal data is in it.
pub fn update_body(base: &Value, changes: &[Change]) -> Result<Value, NoUpdate> {
    let was = Customer::read(base);
    let Value::Object(mut body) = base.clone() else { return Err(NoUpdate::NotACustomer) };
    for key in NOT_SENT {
        body.shift_remove(key);
    }
    let mut body = Value::Object(body);
    drop_nulls(&mut body, &[]);
    let Value::Object(mut body) = body else { return Err(NoUpdate::NotACustomer) };
    // In the order of places, so that what is added follows on what is there; the last change of a leaf counts.
    let wanted: BTreeMap<CustomerPath, Option<&str>> =
        changes.iter().map(|(path, text)| (*path, text.as_deref().filter(|text| !is_blank(text)))).collect();
    for (path, text) in &wanted {
        if path.field().is_none_or(|field| field == Field::PartnerCustomerId) {
            return Err(NoUpdate::Place(*path));
        }
        if let Some(text) = text
            && !was.leaf(*path).is_some_and(|was| same(path.kind(), text, was))
        {
            set(&mut body, *path, text)?;
        }
    }
    // From the last entry of a list to the first: the places of those before it stay what they are.
    wanted.iter().rev().filter(|(_, text)| text.is_none()).for_each(|(path, _)| clear(&mut body, *path));
    let there = |section: &Section| body.get(section_key(*section)).is_some_and(Value::is_object);
    let missing: Vec<_> =
        REQUIRED.iter().filter(|section| !there(section)).map(|s| section_key(*s).to_owned()).collect();
    if missing.is_empty() { Ok(Value::Object(body)) } else { Err(NoUpdate::Missing(missing)) }
}

/// The base of an update: a reading, with what it lacks taken from the last body of ours that was accepted. Absent never
/// means cleared, and a list of persons without their names, documents or addresses would take these away: every person
/// has all three (pages 000, 001 and 003 leave some out, and an answer that has all sections may do so too).
///
/// # Errors
/// [`NoUpdate::Missing`] for a person of whom one of them is nowhere.
pub fn base_of(reading: &Value, sent: Option<&Value>) -> Result<Value, NoUpdate> {
    let Value::Object(mut base) = reading.clone() else { return Err(NoUpdate::NotACustomer) };
    if let Some(sent) = sent {
        for key in Section::ALL.map(section_key) {
            fill(&mut base, key, sent);
        }
        let places = Places::of(&[&Customer::read(reading)], &Customer::read(sent));
        let theirs = sent.get(section_key(Section::BusinessPersonList)).and_then(Value::as_array);
        for (at, person) in persons(&mut base) {
            let same = places.person(at).and_then(|place| theirs?.get(usize::try_from(place).ok()?));
            if let (Value::Object(person), Some(same)) = (person, same) {
                groups().into_iter().for_each(|group| fill(person, group, same));
            }
        }
    }
    let mut missing = Vec::new();
    for (at, person) in persons(&mut base) {
        let lacks = |group: &&str| !person.get(*group).is_some_and(says_something);
        let list = section_key(Section::BusinessPersonList);
        missing.extend(groups().into_iter().filter(lacks).map(|group| format!("{list}/{at}/{group}")));
    }
    if missing.is_empty() { Ok(Value::Object(base)) } else { Err(NoUpdate::Missing(missing)) }
}

/// The changes that made a body of its base, for another base. Persons are found by who they are, never by their place.
/// A list that was changed is ours as a whole. `None` where somebody who was changed is not there for certain.
#[must_use]
pub fn changes_again(base: &Value, body: &Value, onto: &Value) -> Option<Vec<Change>> {
    let (before, sent, now) = (Customer::read(base), Customer::read(body), Customer::read(onto));
    let places = Places::of(&[&sent, &before], &now);
    let mut added = now.persons..;
    let places: BTreeMap<u32, Option<u32>> = (0..sent.persons)
        .map(|person| {
            let new = || (person >= before.persons).then(|| added.next()).flatten();
            (person, places.person(person).or_else(new))
        })
        .collect();
    let mut changes = Vec::new();
    let mut lists = BTreeSet::new();
    let set = sent
        .leaves
        .iter()
        .filter(|(path, ours)| !ours.is_empty() && before.leaf(**path).is_none_or(|was| !same(path.kind(), ours, was)));
    let cleared = before.leaves.iter().filter(|(path, was)| !was.is_empty() && sent.leaf(**path).is_none());
    for (path, text) in set.map(|(path, ours)| (path, Some(ours.clone()))).chain(cleared.map(|(path, _)| (path, None)))
    {
        match (path.field(), path.person()) {
            (None | Some(Field::PartnerCustomerId), _) => {}
            (Some(field), _) if field.spec().list => drop(lists.insert(field)),
            (_, Some(person)) => changes.push((path.at_person(places.get(&person).copied().flatten()?), text)),
            _ => changes.push((*path, text)),
        }
    }
    for field in lists {
        changes.extend(sent.entries(field).map(|(path, text)| (path, Some(text.to_owned()))));
        let more = now.entries(field).filter(|(path, _)| sent.leaf(*path).is_none());
        changes.extend(more.map(|(path, _)| (path, None)));
    }
    Some(changes)
}

fn drop_nulls(json: &mut Value, steps: &[Step<'_>]) {
    match json {
        Value::Object(entries) => entries.retain(|key, value| {
            let below = [steps, &[Step::Key(key)]].concat();
            drop_nulls(value, &below);
            !value.is_null() || known(&below) == Known::Nothing
        }),
        Value::Array(entries) => {
            for (at, value) in entries.iter_mut().enumerate() {
                drop_nulls(value, &[steps, &[Step::At(at)]].concat());
            }
        }
        _ => {}
    }
}

fn set(body: &mut Map<String, Value>, path: CustomerPath, text: &str) -> Result<(), NoUpdate> {
    let nowhere = || NoUpdate::Place(path);
    let spec = path.field().ok_or_else(nowhere)?.spec();
    let value = match spec.kind {
        FieldKind::Date => CivilDate::from_wire(text).map(|date| Value::String(date.to_wire())),
        FieldKind::Amount => text.trim().parse::<Number>().ok().map(Value::Number),
        _ => Some(Value::String(text.to_owned())),
    };
    let value = value.ok_or(NoUpdate::Value(path))?;
    let holder = holder(body, path, true).ok_or_else(nowhere)?;
    match (spec.list, path.slot_number()) {
        (false, _) => drop(holder.insert(spec.key.to_owned(), value)),
        (true, None) => return Err(nowhere()),
        (true, Some(slot)) => {
            let list = child(holder, spec.key, Some(Value::Array(Vec::new())));
            let place = place(list.and_then(Value::as_array_mut).ok_or_else(nowhere)?, slot, Some(Value::Null));
            *place.ok_or_else(nowhere)? = value;
        }
    }
    Ok(())
}

fn clear(body: &mut Map<String, Value>, path: CustomerPath) {
    let Some(spec) = path.field().map(Field::spec) else { return };
    let Some(holder) = holder(body, path, false) else { return };
    let Some(slot) = path.slot_number() else { return drop(holder.shift_remove(spec.key)) };
    let Some(Value::Array(list)) = holder.get_mut(spec.key) else { return };
    if let Some(at) = usize::try_from(slot).ok().filter(|at| *at < list.len()) {
        list.remove(at);
    }
    if list.is_empty() {
        holder.shift_remove(spec.key);
    }
}

/// The object that holds a leaf; made, where it is to be.
fn holder(body: &mut Map<String, Value>, path: CustomerPath, make: bool) -> Option<&mut Map<String, Value>> {
    let spec = path.field()?.spec();
    let empty = || make.then(|| Value::Object(Map::new()));
    let section = section_key(spec.section);
    let Some(person) = path.person() else { return child(body, section, empty())?.as_object_mut() };
    let persons = child(body, section, make.then(|| Value::Array(Vec::new())))?.as_array_mut()?;
    let person = place(persons, person, empty())?.as_object_mut()?;
    child(person, spec.group, empty())?.as_object_mut()
}

fn child<'a>(object: &'a mut Map<String, Value>, key: &str, make: Option<Value>) -> Option<&'a mut Value> {
    match make {
        Some(new) => Some(object.entry(key).or_insert(new)),
        None => object.get_mut(key),
    }
}

fn place(list: &mut Vec<Value>, at: u32, make: Option<Value>) -> Option<&mut Value> {
    let at = usize::try_from(at).ok()?;
    if let Some(new) = make
        && at == list.len()
    {
        list.push(new);
    }
    list.get_mut(at)
}

/// An object that came empty is a sparse answer's way to leave it out.
fn says_something(value: &Value) -> bool {
    value.as_object().is_some_and(|object| !object.is_empty())
}

fn fill(object: &mut Map<String, Value>, key: &str, from: &Value) {
    let empty = |value: &Value| value.is_null() || value.as_object().is_some_and(Map::is_empty);
    if object.get(key).is_none_or(empty)
        && let Some(value) = from.get(key).filter(|value| !value.is_null())
    {
        object.insert(key.to_owned(), value.clone());
    }
}

fn persons(base: &mut Map<String, Value>) -> impl Iterator<Item = (u32, &mut Value)> {
    let persons = base.get_mut(section_key(Section::BusinessPersonList)).and_then(Value::as_array_mut);
    (0..).zip(persons.into_iter().flatten())
}

fn groups() -> BTreeSet<&'static str> {
    FIELDS.iter().map(|spec| spec.group).filter(|group| !group.is_empty()).collect()
}

#[cfg(test)]
mod tests;
