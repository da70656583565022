//! What is sent to change a customer (DECISIONS 8, 9): the base as it came, and in it only what changes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Number, Value};

use super::compare::same;
use super::path::{Known, Step, known};
use super::{Customer, CustomerPath};
use crate::field::{FIELDS, Field, FieldKind, Section};
use crate::path::section_key;
use crate::value::CivilDate;
use crate::value::text::is_blank;

/// Keys of an answer that belong to the platform, and ours that an update does not carry (`UpdateCustomerRequest`).
pub(crate) const NOT_SENT: [&str; 4] = ["customer_id", "partner_customer_id", "status", "created_at"];

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
    /// A person of the base whom it does not have, or twice the same.
    #[error("the base has no person {0} to keep")]
    Person(u32),
    /// A text that is no value of its field.
    #[error("no value for {0}")]
    Value(CustomerPath),
}

/// What an update changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The leaves, at the places of the body.
    pub leaves: Vec<Change>,
    /// For each person of the body their place in the base, `None` for a new one; whoever is not named is removed. `None`
    /// where the persons stay who and where they are.
    pub persons: Option<Vec<Option<u32>>>,
}

impl Changes {
    /// For each person of the body their place in the base, of an update that is made with these changes.
    #[must_use]
    pub fn places(&self, base: &Value) -> Vec<Option<u32>> {
        let added =
            self.leaves.iter().filter_map(|(path, _)| path.person()).map(|person| person.saturating_add(1)).max();
        let (there, added) = (Customer::read(base).persons, added.unwrap_or(0));
        match &self.persons {
            Some(persons) => persons.clone(),
            None => (0..there.max(added)).map(|at| (at < there).then_some(at)).collect(),
        }
    }
}

impl From<Vec<Change>> for Changes {
    fn from(leaves: Vec<Change>) -> Self {
        Self { leaves, persons: None }
    }
}

/// The body that changes a customer: the base without the platform's own keys, with only those leaves changed whose value
/// changes. What is untouched goes out in the spelling it came in, fields that nobody knows included; only a `null` in
/// place of a known field is left out, since the contract has none. A person or a list entry right after the last one is
/// added. Where nobody is left, the list of persons is left out.
///
/// # Errors
/// [`NoUpdate`]; nothing of personal data is in it. [`NoUpdate::Missing`] names sections that the contract requires, and
/// groups of persons of the base (at their places in the body) that would be lost.
pub fn update_body(base: &Value, changes: &Changes) -> Result<Value, NoUpdate> {
    let Value::Object(mut body) = base.clone() else { return Err(NoUpdate::NotACustomer) };
    for key in NOT_SENT {
        body.shift_remove(key);
    }
    let mut body = Value::Object(body);
    drop_nulls(&mut body, &[]);
    let Value::Object(mut body) = body else { return Err(NoUpdate::NotACustomer) };
    if let Some(order) = &changes.persons {
        put_in_order(&mut body, order)?;
    }
    let was = Customer::read(&Value::Object(body.clone()));
    // In the order of places, so that what is added follows on what is there; the last change of a leaf counts.
    let wanted: BTreeMap<CustomerPath, Option<&str>> =
        changes.leaves.iter().map(|(path, text)| (*path, text.as_deref().filter(|text| !is_blank(text)))).collect();
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
    let mut missing: Vec<_> =
        REQUIRED.iter().filter(|section| !there(section)).map(|s| section_key(*s).to_owned()).collect();
    let kept: BTreeSet<u32> = (0..).zip(changes.places(base)).filter_map(|(at, place)| place.map(|_| at)).collect();
    for (at, person) in persons(&mut body).filter(|(at, _)| kept.contains(at)) {
        let lost = groups().into_iter().filter(|group| !person.get(*group).is_some_and(says_something));
        missing.extend(lost.map(|group| group_path(at, group)));
    }
    if missing.is_empty() { Ok(Value::Object(body)) } else { Err(NoUpdate::Missing(missing)) }
}

/// Persons as they stand in the base, in the order of the body.
fn put_in_order(body: &mut Map<String, Value>, order: &[Option<u32>]) -> Result<(), NoUpdate> {
    let key = section_key(Section::BusinessPersonList);
    let mut there: Vec<Option<Value>> = match body.get(key) {
        Some(Value::Array(persons)) => persons.iter().cloned().map(Some).collect(),
        _ => Vec::new(),
    };
    let mut take = |place: &Option<u32>| match place {
        None => Ok(Value::Object(Map::new())),
        Some(at) => {
            let person = usize::try_from(*at).ok().and_then(|at| there.get_mut(at)).and_then(Option::take);
            person.ok_or(NoUpdate::Person(*at))
        }
    };
    let persons: Vec<_> = order.iter().map(&mut take).collect::<Result<_, _>>()?;
    if persons.is_empty() {
        body.shift_remove(key);
    } else {
        body.insert(key.to_owned(), Value::Array(persons));
    }
    Ok(())
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

/// Where a group of a person stands.
fn group_path(person: u32, group: &str) -> String {
    format!("{}/{person}/{group}", section_key(Section::BusinessPersonList))
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
pub(super) fn says_something(value: &Value) -> bool {
    value.as_object().is_some_and(|object| !object.is_empty())
}

pub(super) fn persons(base: &mut Map<String, Value>) -> impl Iterator<Item = (u32, &mut Value)> {
    let persons = base.get_mut(section_key(Section::BusinessPersonList)).and_then(Value::as_array_mut);
    (0..).zip(persons.into_iter().flatten())
}

pub(super) fn groups() -> BTreeSet<&'static str> {
    FIELDS.iter().map(|spec| spec.group).filter(|group| !group.is_empty()).collect()
}

#[cfg(test)]
mod tests;
