//! Objects key by key, and everything else as a whole.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::super::update::NOT_SENT;
use super::{BASE, Known, MINE, Side, Step, THEIRS, Three, Work};
use crate::customer::{CustomerPath, same};
use crate::field::Section;
use crate::path::section_key;
use crate::value::text::is_blank;

impl<'a> Work<'a> {
    /// Merges what stands at one place.
    pub(super) fn node(&mut self, values: Three<'a>) -> Option<Value> {
        let known = self.known();
        let any = |is: fn(&Value) -> bool| values.iter().flatten().any(|value| is(value));
        let all = |is: &dyn Fn(&Value) -> bool| values.iter().flatten().all(|value| is(value));
        match known {
            Known::Persons if any(Value::is_array) && all(&|value| value.is_array() || is_nothing(value)) => {
                Some(self.persons(values))
            }
            Known::List(_) if any(Value::is_array) && all(&|value| value.is_array() || value.is_null()) => {
                self.list(values)
            }
            Known::Object | Known::Nothing if any(Value::is_object) => {
                let nothing = |value: &Value| value.is_null() && known == Known::Object;
                if all(&|value| value.is_object() || nothing(value)) { self.object(values) } else { self.whole(values) }
            }
            _ => self.whole(values),
        }
    }

    /// What ours leaves out was cleared, not unsaid: it is a body.
    pub(super) fn is_body(&self, side: usize) -> bool {
        side == MINE && self.sides.persons.is_some()
    }

    fn object(&mut self, mut values: Three<'a>) -> Option<Value> {
        let cleared = self.is_body(MINE) && values[MINE].is_none();
        for side in [MINE, THEIRS] {
            if !self.is_body(side) && values[side].is_none_or(is_nothing) {
                values[side] = values[BASE].or(values[side]);
            }
        }
        let objects = values.map(|value| value.and_then(Value::as_object));
        let mut merged = Map::new();
        let mut done = BTreeSet::new();
        for key in [THEIRS, BASE, MINE].into_iter().filter_map(|side| objects[side]).flat_map(Map::keys) {
            if !done.insert(key) {
                continue;
            }
            let below = self.said(key, objects.map(|object| object.and_then(|object| object.get(key))));
            let step = Step::Key(key.as_str());
            if let Some(value) = self.at([step; 3], |work| work.node(below)) {
                merged.insert(key.clone(), value);
            }
        }
        (!cleared || !merged.is_empty()).then_some(Value::Object(merged))
    }

    /// A part that a side leaves out as a whole is as it was; so is whatever an answer leaves out at its top.
    fn said(&self, key: &str, mut below: Three<'a>) -> Three<'a> {
        let is_top = self.steps[BASE].is_empty();
        let is_part = below[BASE].is_some_and(|value| value.is_object() || value.is_array());
        let persons = |value: &&Value| value.is_array() || is_nothing(value);
        if is_top && key == section_key(Section::BusinessPersonList) && below.iter().flatten().all(persons) {
            // Whoever is found there says whether it was said.
            return below;
        }
        for side in [MINE, THEIRS] {
            let unsaid = if self.is_body(side) { is_top && NOT_SENT.contains(&key) } else { is_top || is_part };
            if below[side].is_none() && unsaid {
                below[side] = below[BASE];
            }
        }
        below
    }

    /// A leaf, or what is compared as one: a list that this program does not know, things of different kinds.
    fn whole(&mut self, values: Three<'a>) -> Option<Value> {
        let [base, mine, theirs] = values;
        let path = match self.known() {
            Known::Leaf(path) | Known::List(path) => Some(path),
            _ => None,
        };
        let expected = self.known() != Known::Nothing;
        let same = |a: Option<&Value>, b: Option<&Value>| is_same(path, expected, a, b);
        let taken = match (same(mine, base), same(theirs, base)) {
            // Nobody changed it: the spelling of theirs, or the only other one.
            (true, true) if theirs == base => mine,
            (true, true) if mine == base => theirs,
            (true, true) => either(mine, theirs),
            (true, false) => {
                self.changed(Side::Theirs, values);
                theirs
            }
            (false, true) => {
                self.changed(Side::Mine, values);
                mine
            }
            (false, false) if same(mine, theirs) => either(mine, theirs),
            (false, false) => match self.clash(values, true) {
                Some(Side::Mine) => mine,
                Some(Side::Theirs) => theirs,
                None => base,
            },
        };
        taken.cloned()
    }
}

/// One of two that are the same, whichever side it is on.
pub(super) fn either<'a>(a: Option<&'a Value>, b: Option<&'a Value>) -> Option<&'a Value> {
    let spelled = |value: Option<&Value>| value.map(Value::to_string).map(|text| (text.len(), text));
    if spelled(a) <= spelled(b) { a } else { b }
}

/// A part that came as `{}` or `null` was left out.
pub(super) fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(Map::is_empty)
}

fn is_same(path: Option<CustomerPath>, expected: bool, a: Option<&Value>, b: Option<&Value>) -> bool {
    let empty = |value: Option<&Value>| match value {
        None => true,
        Some(Value::String(text)) => path.is_some() && is_blank(text),
        Some(value) => expected && is_nothing(value),
    };
    if empty(a) || empty(b) {
        return empty(a) && empty(b);
    }
    let scalar = |value: Option<&Value>| match value {
        Some(Value::String(text)) => Some(text.clone()),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => Some(value.to_string()),
        _ => None,
    };
    a == b || path.is_some_and(|path| scalar(a).zip(scalar(b)).is_some_and(|(a, b)| same(path.kind(), &a, &b)))
}
