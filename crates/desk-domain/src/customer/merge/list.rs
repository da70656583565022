//! The list of documents: a set.

use std::collections::BTreeMap;

use serde_json::Value;

use super::leaves::either;
use super::{BASE, MINE, Side, Step, THEIRS, Three, Work};
use crate::value::text::clean;

impl<'a> Work<'a> {
    /// What both sides still have, in the order of the base, then what either added, in the order of their texts.
    pub(super) fn list(&mut self, values: Three<'a>) -> Option<Value> {
        let cleared = self.is_body(MINE) && values[MINE].is_none();
        let entries = |value: Option<&'a Value>| match value {
            Some(Value::Array(entries)) => entries.as_slice(),
            _ => &[],
        };
        let base = entries(values[BASE]);
        let side = |side: usize| match values[side] {
            None if !self.is_body(side) => base,
            value => entries(value),
        };
        let (mine, theirs) = (side(MINE), side(THEIRS));
        let mut merged = Vec::new();
        for (at, was) in base.iter().enumerate() {
            match (place(mine, was), place(theirs, was)) {
                (Some(ours), Some(platform)) => {
                    let (ours, platform) = (&mine[ours], &theirs[platform]);
                    let one = match (ours == was, platform == was) {
                        (true, _) => Some(platform),
                        (_, true) => Some(ours),
                        _ => either(Some(ours), Some(platform)),
                    };
                    merged.extend(one.cloned());
                }
                (None, Some(_)) => self.entry(Side::Mine, [Some(at), None, None]),
                (Some(_), None) => self.entry(Side::Theirs, [Some(at), None, None]),
                (None, None) => {}
            }
        }
        let mut added: BTreeMap<String, &Value> = BTreeMap::new();
        for (by, here, other) in [(Side::Mine, mine, theirs), (Side::Theirs, theirs, mine)] {
            for (at, new) in here.iter().enumerate().filter(|(_, new)| place(base, new).is_none()) {
                let known = added.insert(key(new), new);
                added.extend(either(known, Some(new)).filter(|_| known.is_some()).map(|one| (key(new), one)));
                match by {
                    _ if place(other, new).is_some() => {}
                    Side::Mine => self.entry(by, [None, Some(at), None]),
                    Side::Theirs => self.entry(by, [None, None, Some(at)]),
                }
            }
        }
        merged.extend(added.into_values().cloned());
        (!cleared || !merged.is_empty()).then_some(Value::Array(merged))
    }

    fn entry(&mut self, by: Side, places: [Option<usize>; 3]) {
        let values = places.map(|place| place.map(|_| &Value::Null));
        self.at(places.map(|place| Step::At(place.unwrap_or(0))), |work| work.changed(by, values));
    }
}

fn place(entries: &[Value], wanted: &Value) -> Option<usize> {
    entries.iter().position(|entry| key(entry) == key(wanted))
}

fn key(entry: &Value) -> String {
    entry.as_str().map_or_else(|| entry.to_string(), clean)
}
