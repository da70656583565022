//! [`Base`]: what an update begins with (DECISIONS 9): a reading, with what it leaves out as we last sent it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::compare::Places;
use super::update::{groups, persons, says_something};
use super::{Customer, CustomerPath, NotACustomer};
use crate::field::{FIELDS, Section};
use crate::path::section_key;

/// A reading, with what it lacks taken from the last body of ours that was accepted. Absent never means cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct Base {
    /// The customer; the places of persons are those of the reading.
    pub json: Value,
    /// Leaves of [`json`](Self::json) that the reading lacks: they are as we sent them.
    pub as_sent: BTreeSet<CustomerPath>,
    /// Parts that neither the reading nor the body has. The user may fill them in.
    pub missing: Vec<MissingPart>,
}

/// A part of a customer that nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MissingPart {
    /// Its section.
    pub section: Section,
    /// The person's place in the base, for a part of theirs.
    pub person: Option<u32>,
    /// `basic_info`, `residential_address` or `identification`; empty for a whole section.
    pub group: &'static str,
}

impl Base {
    /// Fills a reading from what is known beside it, the first that has a part: the last body of ours that was accepted.
    /// Sections are taken whole, so are lists that a section leaves out, and groups of persons: a person of the reading has
    /// them from the person who is the same for certain, never from the one at their place.
    ///
    /// # Errors
    /// Where the reading is no customer.
    pub fn of<'a>(reading: &Value, known: impl IntoIterator<Item = &'a Value>) -> Result<Self, NotACustomer> {
        let before = Customer::from_json(reading)?;
        let Value::Object(mut base) = reading.clone() else { return Err(NotACustomer::NotAnObject) };
        let known: Vec<&Value> = known.into_iter().collect();
        known.iter().for_each(|from| fill_all(&mut base, from));
        let missing = missing(&mut base, &known);
        let json = Value::Object(base);
        let said = |path: &CustomerPath| before.leaf(*path).is_some();
        let as_sent = Customer::read(&json).leaves.into_keys().filter(|path| !said(path)).collect();
        Ok(Self { json, as_sent, missing })
    }
}

fn fill_all(base: &mut Map<String, Value>, from: &Value) {
    for key in Section::ALL.map(section_key) {
        fill(base, key, from);
    }
    for spec in FIELDS.iter().filter(|spec| spec.list) {
        let section = section_key(spec.section);
        if let (Some(Value::Object(object)), Some(from)) = (base.get_mut(section), from.get(section))
            && !object.contains_key(spec.key)
        {
            fill(object, spec.key, from);
        }
    }
    let places = Places::of(&[&Customer::read(&Value::Object(base.clone()))], &Customer::read(from));
    let theirs = from.get(section_key(Section::BusinessPersonList)).and_then(Value::as_array);
    for (at, person) in persons(base) {
        let same = places.person(at).and_then(|place| theirs?.get(usize::try_from(place).ok()?));
        if let (Value::Object(person), Some(same)) = (person, same) {
            groups().into_iter().for_each(|group| fill(person, group, same));
        }
    }
}

/// A section that came as `{}` is one that nobody said, unless we sent it so.
fn missing(base: &mut Map<String, Value>, beside: &[&Value]) -> Vec<MissingPart> {
    let known = |section: &Section| {
        let key = section_key(*section);
        let said = |value: &Value| says_something(value) || value.is_array();
        base.get(key).is_some_and(said) || beside.iter().any(|from| from.get(key).is_some_and(Value::is_object))
    };
    let whole = |section: Section| MissingPart { section, person: None, group: "" };
    let mut missing: Vec<_> = Section::ALL.into_iter().filter(|section| !known(section)).map(whole).collect();
    for (at, person) in persons(base) {
        let lacks = |group: &&str| !person.get(*group).is_some_and(says_something);
        let part = |group| MissingPart { section: Section::BusinessPersonList, person: Some(at), group };
        missing.extend(groups().into_iter().filter(lacks).map(part));
    }
    missing
}

fn fill(object: &mut Map<String, Value>, key: &str, from: &Value) {
    let empty = |value: &Value| value.is_null() || value.as_object().is_some_and(Map::is_empty);
    if object.get(key).is_none_or(empty)
        && let Some(value) = from.get(key).filter(|value| !value.is_null())
    {
        object.insert(key.to_owned(), value.clone());
    }
}
