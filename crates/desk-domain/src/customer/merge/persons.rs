//! Persons: found by who they are, never by their place (DECISIONS 9).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::leaves::is_nothing;
use super::{BASE, MINE, PersonPlaces, Side, Sides, Step, THEIRS, Three, Uncertain, Work};
use crate::customer::compare::{Places, same};
use crate::customer::{Customer, CustomerPath, spell, walk};
use crate::field::Field;
use crate::value::text::is_blank;

/// Who a person of the base is on a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    /// The one at this place.
    At(u32),
    /// As in the base: the side says nothing of persons, or it is not certain who they are.
    AsBefore,
    /// Nobody.
    Removed,
}

impl<'a> Work<'a> {
    pub(super) fn persons(&mut self, values: Three<'a>) -> Value {
        let list = |side: usize| values[side].and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let lists = [list(BASE), list(MINE), list(THEIRS)];
        let said = |side: usize| self.is_body(side) || values[side].is_some_and(|value| !is_nothing(value));
        let who = Persons::of(&self.sides, [said(MINE), said(THEIRS)], lists.map(count));
        let mut merged: Vec<Value> = (0..count(lists[BASE]))
            .filter_map(|person| self.person(lists, person, who.mine[index(person)], who.theirs[index(person)]))
            .collect();
        let mut added = Vec::new();
        for (ours, platform) in &who.added {
            added.extend(self.added(lists, *ours, *platform));
        }
        // Whoever was added stands where neither side decides it.
        added.sort_by_cached_key(in_any_order);
        merged.extend(added);
        self.found.persons = who.places();
        self.found.uncertain.extend(who.uncertain);
        Value::Array(merged)
    }

    /// A person of the base.
    fn person(&mut self, lists: [&'a [Value]; 3], person: u32, mine: Who, theirs: Who) -> Option<Value> {
        let was = lists[BASE].get(index(person));
        let on = |side: usize, who: Who| match who {
            Who::At(at) => (lists[side].get(index(at)), at),
            Who::AsBefore => (was, person),
            Who::Removed => (None, 0),
        };
        let ((ours, at_mine), (platform, at_theirs)) = (on(MINE, mine), on(THEIRS, theirs));
        let values = [was, ours, platform];
        self.at([person, at_mine, at_theirs].map(|at| Step::At(index(at))), |work| match (ours, platform) {
            (Some(_), Some(_)) => work.node(values),
            (None, None) => None,
            (Some(_), None) => work.removed(Side::Theirs, values, [was, ours, was]),
            (None, Some(_)) => work.removed(Side::Mine, values, [was, was, platform]),
        })
    }

    /// One side removed them. Where the other changed them, the person clashes; `kept` leaves only that side's changes.
    fn removed(&mut self, by: Side, values: Three<'a>, kept: Three<'a>) -> Option<Value> {
        let mut alone = Work { steps: self.steps.clone(), ..Work::new(&self.sides, None) };
        let value = alone.node(kept);
        if alone.found.mine.is_empty() && alone.found.taken.is_empty() {
            self.changed(by, values);
            return None;
        }
        match self.clash(values, false) {
            Some(chosen) if chosen == by => None,
            Some(_) => value,
            None => values[BASE].cloned(),
        }
    }

    fn added(&mut self, lists: [&'a [Value]; 3], ours: Option<u32>, platform: Option<u32>) -> Option<Value> {
        let on = |side: usize, at: Option<u32>| at.and_then(|at| lists[side].get(index(at)));
        let values = [None, on(MINE, ours), on(THEIRS, platform)];
        let steps = [ours.or(platform), ours, platform].map(|at| Step::At(index(at.unwrap_or(0))));
        self.at(steps, |work| match values {
            [_, Some(_), Some(_)] => work.node(values),
            [_, Some(person), None] => {
                work.changed(Side::Mine, values);
                Some(person.clone())
            }
            [_, None, person] => {
                work.changed(Side::Theirs, values);
                person.cloned()
            }
        })
    }
}

/// Who is who.
struct Persons {
    mine: Vec<Who>,
    theirs: Vec<Who>,
    /// Those that are not in the base: their places in ours and in theirs.
    added: Vec<(Option<u32>, Option<u32>)>,
    uncertain: Vec<Uncertain>,
}

impl Persons {
    fn of(sides: &Sides<'_>, said: [bool; 2], [base, mine, theirs]: [u32; 3]) -> Self {
        let read = [sides.base, sides.mine, sides.theirs].map(Customer::read);
        let by_place = |places: &[Option<u32>]| -> BTreeMap<u32, u32> {
            (0..mine).filter_map(|at| Some((places.get(index(at)).copied().flatten()?, at))).collect()
        };
        let found = |places: &Places| -> BTreeMap<u32, u32> {
            (0..base).filter_map(|person| Some((person, places.person(person)?))).collect()
        };
        let in_mine = match sides.persons {
            _ if !said[0] => BTreeMap::new(),
            Some(places) => by_place(places),
            None => found(&Places::of(&[&read[BASE]], &read[MINE])),
        };
        let in_theirs = match said[1] {
            true => found(&Places::after(sides.matches, &[&read[BASE]], &read[THEIRS])),
            false => BTreeMap::new(),
        };
        let free = |count: u32, taken: &BTreeMap<u32, u32>| -> BTreeSet<u32> {
            let taken: BTreeSet<u32> = taken.values().copied().collect();
            (0..count).filter(|at| !taken.contains(at)).collect()
        };
        let (mut new_mine, mut new_theirs) = (free(mine, &in_mine), free(theirs, &in_theirs));
        // Whoever both sides added: the same from either side.
        let (there, back) = (Places::of(&[&read[MINE]], &read[THEIRS]), Places::of(&[&read[THEIRS]], &read[MINE]));
        let mut added = Vec::new();
        for ours in new_mine.clone() {
            let both = there.person(ours).filter(|at| back.person(*at) == Some(ours) && new_theirs.contains(at));
            if let Some(platform) = both {
                new_mine.remove(&ours);
                new_theirs.remove(&platform);
                added.push((Some(ours), Some(platform)));
            }
        }
        added.extend(new_mine.iter().map(|at| (Some(*at), None)));
        added.extend(new_theirs.iter().map(|at| (None, Some(*at))));
        let decided = |person: u32| sides.matches.iter().any(|(decided, _)| *decided == person);
        let mut uncertain = Vec::new();
        let mut who = |side: usize, known: &BTreeMap<u32, u32>, new: &BTreeSet<u32>, sure: &dyn Fn(u32) -> bool| {
            let one = |person: u32| {
                if let Some(at) = known.get(&person) {
                    return Who::At(*at);
                }
                let may_be = |at: &&u32| !sure(person) && !is_other((&read[BASE], person), (&read[side], **at));
                let maybe: Vec<u32> = new.iter().filter(may_be).copied().collect();
                match (said[side - 1], maybe.is_empty()) {
                    (false, _) => return Who::AsBefore,
                    (true, true) => return Who::Removed,
                    (true, false) => {}
                }
                let side = if side == MINE { Side::Mine } else { Side::Theirs };
                uncertain.push(Uncertain { side, base: person, maybe });
                Who::AsBefore
            };
            (0..base).map(one).collect()
        };
        let mine = who(MINE, &in_mine, &new_mine, &|_| sides.persons.is_some());
        let theirs = who(THEIRS, &in_theirs, &new_theirs, &decided);
        Self { mine, theirs, added, uncertain }
    }

    fn places(&self) -> Vec<PersonPlaces> {
        let at = |who: &Who| match who {
            Who::At(at) => Some(*at),
            Who::AsBefore | Who::Removed => None,
        };
        let of_base = (0..).zip(self.mine.iter().zip(&self.theirs));
        let of_base = of_base.map(|(base, (mine, theirs))| (Some(base), at(mine), at(theirs)));
        let added = self.added.iter().map(|(mine, theirs)| (None, *mine, *theirs));
        of_base.chain(added).map(|(base, mine, theirs)| PersonPlaces { base, mine, theirs }).collect()
    }
}

/// The leaves of a person, the same whatever order their keys have.
fn in_any_order(person: &Value) -> Vec<(String, String)> {
    let mut leaves = Vec::new();
    walk(person, &mut Vec::new(), &mut |steps, json| leaves.push((spell(steps), json.to_string())));
    leaves.sort();
    leaves
}

/// Somebody of another number and another birth date is somebody else for certain.
fn is_other((a, at_a): (&Customer, u32), (b, at_b): (&Customer, u32)) -> bool {
    let differs = |field: Field| {
        let said = |customer: &Customer, at: u32| {
            let path = CustomerPath::of_person(at, field)?;
            customer.leaf(path).filter(|text| !is_blank(text)).map(str::to_owned)
        };
        said(a, at_a).zip(said(b, at_b)).is_some_and(|(a, b)| !same(Some(field.spec().kind), &a, &b))
    };
    differs(Field::BirthDate) && (differs(Field::IdNumber) || differs(Field::IdIssuingCountryCode))
}

fn count(list: &[Value]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

fn index(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}
