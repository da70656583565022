//! What a body changes beside its base, by comparing the two: what is shown of an update is what is sent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::customer::{Customer, CustomerPath, NOT_SENT, Spot};
use crate::field::{FIELDS, Field, Section};
use crate::path::section_key;

/// One leaf, or one whole person, that a body has otherwise than its base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What becomes of it.
    pub kind: DifferenceKind,
    /// Where it stands in the base; `None` for what is added.
    pub base: Option<Spot>,
    /// Where it stands in the body; `None` for what is cleared or removed.
    pub body: Option<Spot>,
    /// As it stands in the base, in the base's spelling; `None` for what is added, and for a whole person.
    pub old: Option<String>,
    /// As it stands in the body; `None` for what is cleared or removed, and for a whole person.
    pub new: Option<String>,
}

/// What becomes of a leaf or a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DifferenceKind {
    /// Another value.
    Set,
    /// It was there and is not any more. A whole person goes without their leaves.
    Cleared,
    /// It was not there. The leaves of an added person follow on the person.
    Added,
}

/// What a body changes of its base: the fields in the order of the form, then the persons of the body in their order, then
/// those who are removed, then what this program does not know. `persons` says for each person of the body their place in
/// the base, as [`Changes::places`](crate::customer::Changes::places) does; the order of persons and of list entries is no
/// difference, nor is a `null` that the base has in place of a known field, nor what is
/// the platform's own.
#[must_use]
pub fn differences(base: &Value, body: &Value, persons: &[Option<u32>]) -> Vec<Difference> {
    let (was, now) = (Customer::read(base), Customer::read(body));
    let place = |at: u32| {
        let place = usize::try_from(at).ok().and_then(|at| persons.get(at).copied().flatten());
        place.filter(|place| *place < was.persons)
    };
    let mut found = Vec::new();
    let of_business = FIELDS.iter().filter(|spec| spec.field != Field::PartnerCustomerId);
    for (field, path) in of_business.filter_map(|spec| CustomerPath::of(spec.field).map(|path| (spec.field, path))) {
        if field.spec().list {
            entries(&was, &now, field, &mut found);
        } else {
            found.extend(leaf(was.leaf(path), now.leaf(path), path, path));
        }
    }
    for at in 0..now.persons {
        if place(at).is_none() {
            found.push(whole(DifferenceKind::Added, at));
        }
        let fields = FIELDS.iter().filter_map(|spec| CustomerPath::of_person(at, spec.field));
        found.extend(fields.filter_map(|path| {
            let there = place(at).map_or(path, |place| path.at_person(place));
            leaf(place(at).and_then(|_| was.leaf(there)), now.leaf(path), there, path)
        }));
    }
    let kept: BTreeSet<u32> = (0..now.persons).filter_map(place).collect();
    let removed = (0..was.persons).filter(|at| !kept.contains(at));
    found.extend(removed.map(|at| whole(DifferenceKind::Cleared, at)));
    unknown(&was, &now, &place, &mut found);
    found
}

fn leaf(was: Option<&str>, now: Option<&str>, base: CustomerPath, body: CustomerPath) -> Option<Difference> {
    let said = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    difference((said(was), Spot::Leaf(base)), (said(now), Spot::Leaf(body)))
}

fn difference((old, base): (Option<String>, Spot), (new, body): (Option<String>, Spot)) -> Option<Difference> {
    let kind = match (&old, &new) {
        _ if old == new => return None,
        (Some(_), Some(_)) => DifferenceKind::Set,
        (Some(_), None) => DifferenceKind::Cleared,
        (None, _) => DifferenceKind::Added,
    };
    let (base, body) = (old.is_some().then_some(base), new.is_some().then_some(body));
    Some(Difference { kind, base, body, old, new })
}

fn whole(kind: DifferenceKind, at: u32) -> Difference {
    let is_added = kind == DifferenceKind::Added;
    let (base, body) = ((!is_added).then_some(Spot::Person(at)), is_added.then_some(Spot::Person(at)));
    Difference { kind, base, body, old: None, new: None }
}

/// A list is compared as a set; what took the place of another is shown beside it.
fn entries(was: &Customer, now: &Customer, field: Field, found: &mut Vec<Difference>) {
    let of = |customer: &Customer| -> Vec<(CustomerPath, String)> {
        let said = customer.entries(field).filter(|(_, text)| !text.is_empty());
        said.map(|(path, text)| (path, text.to_owned())).collect()
    };
    let (mut gone, mut new) = (of(was), of(now));
    gone.retain(|(_, old)| match new.iter().position(|(_, text)| text == old) {
        Some(at) => {
            new.remove(at);
            false
        }
        None => true,
    });
    for (path, old) in gone {
        let instead = new.iter().position(|(there, _)| *there == path).map(|at| new.remove(at));
        let new = instead.map(|(_, text)| text);
        found.extend(difference((Some(old), Spot::Leaf(path)), (new, Spot::Leaf(path))));
    }
    for (path, text) in new {
        found.extend(difference((None, Spot::Leaf(path)), (Some(text), Spot::Leaf(path))));
    }
}

/// What this program does not know goes back as it came; where it does not, that is said, too.
fn unknown(was: &Customer, now: &Customer, place: &dyn Fn(u32) -> Option<u32>, found: &mut Vec<Difference>) {
    let list = format!("{}/", section_key(Section::BusinessPersonList));
    let parted = |path: &str| {
        let (at, rest) = path.strip_prefix(&list)?.split_once('/').unwrap_or((path.strip_prefix(&list)?, ""));
        Some((at.parse::<u32>().ok()?, rest.to_owned()))
    };
    // By their places in the body, where whoever is not in the body has none.
    let back: BTreeMap<u32, u32> = (0..now.persons).filter_map(|at| Some((place(at)?, at))).collect();
    let sent = |path: &str| !NOT_SENT.contains(&path.split('/').next().unwrap_or_default());
    let mut before: BTreeMap<String, (&str, &Value)> = BTreeMap::new();
    for leaf in was.unknown.iter().filter(|leaf| sent(&leaf.path)) {
        let there = match parted(&leaf.path) {
            Some((person, rest)) => back.get(&person).map(|at| format!("{list}{at}/{rest}")),
            None => Some(leaf.path.clone()),
        };
        before.extend(there.map(|there| (there, (leaf.path.as_str(), &leaf.json))));
    }
    let text = |json: &Value| json.as_str().map_or_else(|| json.to_string(), str::to_owned);
    let spot = |path: &str| Spot::Unknown(path.to_owned());
    for leaf in now.unknown.iter().filter(|leaf| sent(&leaf.path)) {
        let key = match parted(&leaf.path) {
            Some((person, rest)) => format!("{list}{person}/{rest}"),
            None => leaf.path.clone(),
        };
        match before.remove(&key) {
            Some((_, json)) if *json == leaf.json => {}
            Some((path, json)) => {
                found.extend(difference((Some(text(json)), spot(path)), (Some(text(&leaf.json)), spot(&leaf.path))));
            }
            None => found.extend(difference((None, spot(&leaf.path)), (Some(text(&leaf.json)), spot(&leaf.path)))),
        }
    }
    for (path, json) in before.into_values() {
        found.extend(difference((Some(text(json)), spot(path)), (None, spot(path))));
    }
}
