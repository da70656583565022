//! The rows of a comparison: each leaf of one answer with its counterpart in the other.

use std::collections::BTreeMap;

use chrono::DateTime;
use serde_json::Value;

use super::{Became, ComparedLeaf, ComparedPerson, LeafSaid};
use crate::customer::compare::same;
use crate::customer::{Customer, CustomerPath, UnknownLeaf};
use crate::field::{FIELDS, Field, Section};
use crate::path::section_key;
use crate::value::same_number;
use crate::value::text::clean;

const PERSONS: &str = "business_person_list";

/// Two answers, and who of one is who of the other.
pub(super) struct Rows<'a> {
    before: &'a Customer,
    after: &'a Customer,
    persons: &'a [ComparedPerson],
}

/// One of the two answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

type Pair<T> = (Option<T>, Option<T>);

impl<'a> Rows<'a> {
    pub(super) fn new(before: &'a Customer, after: &'a Customer, persons: &'a [ComparedPerson]) -> Self {
        Self { before, after, persons }
    }

    pub(super) fn all(&self) -> Vec<ComparedLeaf> {
        let known = self.known().into_values().map(|pair| self.known_row(pair));
        known.chain(self.unknown().into_iter().map(|pair| self.unknown_row(pair))).collect()
    }

    /// The pairs of known leaves that say something, each by its path with the person's place in `persons`.
    fn known(&self) -> BTreeMap<CustomerPath, Pair<(CustomerPath, &'a str)>> {
        let mut pairs: BTreeMap<_, Pair<_>> = BTreeMap::new();
        for side in [Side::Before, Side::After] {
            let said = self.of(side).leaves.iter().filter(|(path, text)| !is_list(**path) && !clean(text).is_empty());
            for (path, text) in said {
                let place = path.person().and_then(|person| self.place(side, person));
                let key = place.map_or(*path, |place| path.at_person(place));
                put(side, pairs.entry(key).or_default(), (*path, text.as_str()));
            }
        }
        for spec in FIELDS.iter().filter(|spec| spec.list) {
            let entries = self.entries(spec.field).into_iter().zip(0..);
            pairs.extend(entries.filter_map(|(pair, at)| Some((CustomerPath::slot(spec.field, at)?, pair))));
        }
        pairs
    }

    /// The entries of a list, those that stand in both beside each other: those before in their order, then the added.
    fn entries(&self, field: Field) -> Vec<Pair<(CustomerPath, &'a str)>> {
        let said = |customer: &'a Customer| customer.entries(field).filter(|(_, text)| !clean(text).is_empty());
        let mut pairs: Vec<Pair<(CustomerPath, &str)>> = said(self.before).map(|entry| (Some(entry), None)).collect();
        for entry in said(self.after) {
            let same = |pair: &&mut Pair<(CustomerPath, &str)>| match pair {
                (Some((_, text)), None) => clean(text) == clean(entry.1),
                _ => false,
            };
            match pairs.iter_mut().find(same) {
                Some(pair) => pair.1 = Some(entry),
                None => pairs.push((None, Some(entry))),
            }
        }
        pairs
    }

    fn known_row(&self, (before, after): Pair<(CustomerPath, &str)>) -> ComparedLeaf {
        let path = after.or(before).map(|(path, _)| path);
        let became = match (before, after) {
            (Some((path, before)), Some((_, after))) => same_or_changed(same_known(path, before, after)),
            (Some((path, text)), None) => self.one_sided(Side::Before, path, text),
            (None, Some((path, text))) => self.one_sided(Side::After, path, text),
            (None, None) => Became::Same,
        };
        let said = |(path, text): (CustomerPath, &str)| LeafSaid { path: path.to_string(), text: text.to_owned() };
        ComparedLeaf {
            known: path,
            person: self
                .place_of((before.and_then(|(path, _)| path.person()), after.and_then(|(path, _)| path.person()))),
            before: before.map(said),
            after: after.map(said),
            became,
        }
    }

    fn one_sided(&self, side: Side, path: CustomerPath, text: &str) -> Became {
        let other = self.of(side.other());
        // The same text stands twice in one of two lists.
        if is_list(path)
            && path.field().is_some_and(|field| other.entries(field).any(|(_, it)| clean(it) == clean(text)))
        {
            return Became::Same;
        }
        let container = match path.field() {
            None | Some(Field::PartnerCustomerId) => return side.became(other.leaf(path).is_some()),
            Some(field) => (field.spec().section, field.spec().group),
        };
        side.became(self.says(side, container.0, path.person(), container.1))
    }

    /// The pairs of unknown leaves: those of the answer after in its order, then those that only the one before has.
    fn unknown(&self) -> Vec<Pair<&'a UnknownLeaf>> {
        let place = |side: Side, path: &'a str| {
            let (person, rest) = person_of(self.of(side), path);
            (person.and_then(|person| self.place(side, person)), rest)
        };
        let mut left: BTreeMap<_, _> =
            self.before.unknown.iter().map(|leaf| (place(Side::Before, &leaf.path), leaf)).collect();
        let mut pairs: Vec<_> =
            self.after.unknown.iter().map(|leaf| (left.remove(&place(Side::After, &leaf.path)), Some(leaf))).collect();
        let alone = self.before.unknown.iter().filter(|leaf| left.contains_key(&place(Side::Before, &leaf.path)));
        pairs.extend(alone.map(|leaf| (Some(leaf), None)));
        pairs
    }

    fn unknown_row(&self, (before, after): Pair<&UnknownLeaf>) -> ComparedLeaf {
        let became = match (before, after) {
            (Some(before), Some(after)) => same_or_changed(same_unknown(&before.json, &after.json)),
            (Some(leaf), None) => self.unknown_alone(Side::Before, &leaf.path),
            (None, Some(leaf)) => self.unknown_alone(Side::After, &leaf.path),
            (None, None) => Became::Same,
        };
        let person = |side, leaf: &UnknownLeaf| person_of(self.of(side), &leaf.path).0;
        let said = |leaf: &UnknownLeaf| LeafSaid { path: leaf.path.clone(), text: leaf.text() };
        ComparedLeaf {
            known: None,
            person: self.place_of((
                before.and_then(|leaf| person(Side::Before, leaf)),
                after.and_then(|leaf| person(Side::After, leaf)),
            )),
            before: before.map(said),
            after: after.map(said),
            became,
        }
    }

    /// What stands outside the sections is no part of one that could be left out.
    fn unknown_alone(&self, side: Side, path: &str) -> Became {
        let (person, rest) = person_of(self.of(side), path);
        let key = path.split('/').next().unwrap_or_default();
        let Some(section) = Section::ALL.into_iter().find(|section| section_key(*section) == key) else {
            return side.became(true);
        };
        let group = rest.split('/').next().filter(|group| person.is_some() && is_group(group)).unwrap_or_default();
        side.became(self.says(side, section, person, group))
    }

    /// Whether the other answer says anything of a part of this one, be it that it is empty.
    fn says(&self, side: Side, section: Section, person: Option<u32>, group: &str) -> bool {
        let other = self.of(side.other());
        if !other.sections.contains(&section) {
            return false;
        }
        let Some(person) = person else { return true };
        let there = self.place(side, person).and_then(|place| side.other().place_of(&self.persons[place as usize]));
        match there {
            Some(there) if !group.is_empty() => says_group(other, there, group),
            // A list of persons without this one says that they are gone.
            _ => true,
        }
    }

    fn of(&self, side: Side) -> &'a Customer {
        match side {
            Side::Before => self.before,
            Side::After => self.after,
        }
    }

    /// The place in `persons` of a person of one answer.
    fn place(&self, side: Side, person: u32) -> Option<u32> {
        let at = self.persons.iter().position(|compared| side.place_of(compared) == Some(person))?;
        u32::try_from(at).ok()
    }

    fn place_of(&self, (before, after): (Option<u32>, Option<u32>)) -> Option<u32> {
        let after = after.and_then(|person| self.place(Side::After, person));
        after.or_else(|| before.and_then(|person| self.place(Side::Before, person)))
    }
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
        }
    }

    fn place_of(self, person: &ComparedPerson) -> Option<u32> {
        match self {
            Self::Before => person.before,
            Self::After => person.after,
        }
    }

    /// What became of a value that only this side has.
    fn became(self, other_says: bool) -> Became {
        match (other_says, self) {
            (false, _) => Became::NotSaid,
            (true, Self::Before) => Became::Removed,
            (true, Self::After) => Became::Added,
        }
    }
}

fn put<T>(side: Side, pair: &mut Pair<T>, value: T) {
    match side {
        Side::Before => pair.0 = Some(value),
        Side::After => pair.1 = Some(value),
    }
}

fn is_list(path: CustomerPath) -> bool {
    path.field().is_some_and(|field| field.spec().list)
}

fn is_group(key: &str) -> bool {
    !key.is_empty() && FIELDS.iter().any(|spec| spec.group == key)
}

fn says_group(customer: &Customer, person: u32, group: &str) -> bool {
    let path = format!("{PERSONS}/{person}/{group}");
    let within = |other: &str| other.strip_prefix(&path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let known = |path: &CustomerPath| {
        path.person() == Some(person) && path.field().is_some_and(|field| field.spec().group == group)
    };
    customer.leaves.keys().any(known)
        || customer.empty.contains(&path)
        || customer.unknown.iter().any(|leaf| within(&leaf.path))
}

/// The person that an unknown leaf is of, and its path within them; the whole path where it is of none.
pub(super) fn person_of<'p>(customer: &Customer, path: &'p str) -> (Option<u32>, &'p str) {
    let of_person = || {
        let rest = path.strip_prefix(PERSONS)?.strip_prefix('/')?;
        let (place, rest) = rest.split_once('/').unwrap_or((rest, ""));
        let place = place.parse().ok().filter(|place| *place < customer.persons)?;
        Some((Some(place), rest))
    };
    of_person().unwrap_or((None, path))
}

fn same_or_changed(same: bool) -> Became {
    if same { Became::Same } else { Became::Changed }
}

fn same_known(path: CustomerPath, before: &str, after: &str) -> bool {
    // An instant, whose date alone would not do.
    let instant = |text| DateTime::parse_from_rfc3339(text).ok();
    let same_instant =
        || path == CustomerPath::CREATED_AT && instant(before).is_some_and(|at| instant(after) == Some(at));
    same(path.kind(), before, after) || same_instant()
}

fn same_unknown(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Number(before), Value::Number(after)) => same_number(&before.to_string(), &after.to_string()),
        (Value::String(before), Value::String(after)) => clean(before) == clean(after),
        (before, after) => before == after,
    }
}
