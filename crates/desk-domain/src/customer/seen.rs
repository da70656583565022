//! Whether an update whose outcome nobody knows was made (DECISIONS 12), judged by what the customer is now.

use serde_json::{Map, Value};

use super::compare::{Beside, Places, same, says_who};
use super::{Customer, CustomerPath};
use crate::field::{Field, Section};
use crate::path::section_key;
use crate::value::text::is_blank;

/// What a customer is after an update with an unknown outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// What was sent: something that changed shows, and nothing says otherwise. Of an update that changes nothing:
    /// something shows, and nothing otherwise.
    Ours,
    /// What it was before: something that was to change shows as it was, and nothing says otherwise. It may be sent again.
    Base,
    /// Nothing of what was to change shows: the answer proves neither.
    Nothing,
    /// Neither: these leaves, by their paths in what was sent, are not as they were sent.
    Other(Vec<CustomerPath>),
}

/// Judges a look-up. Only leaves that the update adds, changes or clears tell one from the other, and only where the
/// answer says the object that holds them: a sparse answer proves nothing. The platform's own leaves never count.
#[must_use]
pub fn seen_after_update(base: &Value, body: &Value, customer: &Customer) -> Seen {
    let look = Look::at(base, body, customer);
    let differs: Vec<_> = look.pairs.iter().filter(|pair| !pair.same).map(|pair| pair.path).collect();
    let as_ever = !look.changes && !look.pairs.is_empty();
    if (look.shows_ours || as_ever) && differs.is_empty() {
        Seen::Ours
    } else if look.is_base {
        if look.shows_base { Seen::Base } else { Seen::Nothing }
    } else {
        Seen::Other(differs)
    }
}

/// The values of an update beside those of the customer: as [`beside`](super::beside), with those that were cleared and
/// are still there, and those that were set and are missing from an object that the answer has.
#[must_use]
pub fn beside_update(base: &Value, body: &Value, customer: &Customer) -> Vec<Beside> {
    Look::at(base, body, customer).pairs
}

struct Look {
    pairs: Vec<Beside>,
    /// The update changes something.
    changes: bool,
    /// Something that changed is as it was sent.
    shows_ours: bool,
    /// Something that was to change is as it was before.
    shows_base: bool,
    /// Nothing is other than before.
    is_base: bool,
}

impl Look {
    fn at(base: &Value, body: &Value, customer: &Customer) -> Self {
        let sent = Customer::read(body);
        let before = Customer::read(&in_order_of(base, &sent));
        let places = Places::of(&[&sent, &before], customer).or_by_place(sent.persons, customer.persons);
        let mut look = Self { pairs: Vec::new(), changes: false, shows_ours: false, shows_base: false, is_base: true };
        for (path, ours) in sent.leaves.iter().filter(|(path, _)| counts(**path)) {
            let was = before.leaf(*path).filter(|was| !is_blank(was));
            let changed = was.is_none_or(|was| !same(path.kind(), ours, was)) && !is_blank(ours);
            let found = places.find(customer, *path);
            let theirs = found.map_or("", |(_, theirs)| theirs);
            let as_before = match was {
                Some(was) => found.is_some() && same(path.kind(), was, theirs),
                None => is_blank(theirs) && (found.is_some() || lacks(customer, &places, *path)),
            };
            look.changes |= changed;
            look.shows_base |= changed && as_before;
            let same = found.is_some() && same(path.kind(), ours, theirs);
            if found.is_none() && !(changed && lacks(customer, &places, *path)) {
                continue;
            }
            look.shows_ours |= changed && same;
            // What was not there before and is now, whatever it is, is not what was before.
            look.is_base &= was.is_some() || is_blank(theirs);
            let there = found.map(|(there, _)| there);
            let (ours, theirs) = (ours.clone(), theirs.to_owned());
            look.pairs.push(Beside { path: *path, there, ours, theirs, same, changed });
        }
        for (path, was) in before.leaves.iter().filter(|(path, was)| counts(**path) && !is_blank(was)) {
            let found = places.find(customer, *path);
            look.is_base &= found.is_none_or(|(_, theirs)| same(path.kind(), was, theirs));
            if sent.leaf(*path).is_some() {
                continue;
            }
            look.changes = true;
            look.shows_base |= found.is_some_and(|(_, theirs)| same(path.kind(), was, theirs));
            match found {
                Some((there, theirs)) if !is_blank(theirs) => {
                    let (there, ours) = (Some(there), String::new());
                    let theirs = theirs.to_owned();
                    look.pairs.push(Beside { path: *path, there, ours, theirs, same: false, changed: true });
                }
                None if path.person().is_some_and(|person| person >= sent.persons) => {
                    let others = Others::beside(customer, &places, *path);
                    look.shows_ours |= others == Others::Known;
                    look.is_base &= others == Others::MayBe;
                    // Who they have become is not said leaf by leaf.
                    if others == Others::Strangers && look.pairs.iter().all(|pair| pair.path.person() != path.person())
                    {
                        let (ours, theirs) = (String::new(), String::new());
                        look.pairs.push(Beside { path: *path, there: None, ours, theirs, same: false, changed: true });
                    }
                }
                _ if found.is_some() || says_holder(customer, &places, *path) => {
                    look.shows_ours = true;
                    look.is_base = false;
                }
                _ => {}
            }
        }
        look.pairs.sort_by_key(|pair| pair.path);
        look
    }
}

/// A base with its persons at the places that they have in what was sent, and after them those whom that lacks.
fn in_order_of(base: &Value, sent: &Customer) -> Value {
    let key = section_key(Section::BusinessPersonList);
    let mut base = base.clone();
    let before = Customer::read(&base);
    let Some(Value::Array(persons)) = base.get_mut(key).filter(|_| sent.persons > 0) else { return base };
    let places = Places::of(&[sent], &before).or_by_place(sent.persons, before.persons);
    let mut there: Vec<Option<Value>> = std::mem::take(persons).into_iter().map(Some).collect();
    for person in 0..sent.persons {
        let at = places.person(person).and_then(|at| usize::try_from(at).ok());
        let same = at.and_then(|at| there.get_mut(at)).and_then(Option::take);
        persons.push(same.unwrap_or_else(|| Value::Object(Map::new())));
    }
    persons.extend(there.into_iter().flatten());
    base
}

/// The persons of an answer beside one who was removed.
#[derive(PartialEq, Eq)]
enum Others {
    /// Each is somebody else of ours: the person is gone.
    Known,
    /// Some are nobody of ours: the person was replaced, or is another now.
    Strangers,
    /// The answer has nobody, or somebody of whom it does not say who they are, or the person is there.
    MayBe,
}

impl Others {
    fn beside(customer: &Customer, places: &Places, path: CustomerPath) -> Self {
        let nowhere = path.person().is_some_and(|person| places.person(person).is_none());
        let strangers: Vec<u32> = (0..customer.persons).filter(|person| !places.holds(*person)).collect();
        match (nowhere && customer.persons > 0, strangers.as_slice()) {
            (true, []) => Self::Known,
            (true, known) if known.iter().all(|person| says_who(customer, *person)) => Self::Strangers,
            _ => Self::MayBe,
        }
    }
}

fn counts(path: CustomerPath) -> bool {
    path.field().is_some_and(|field| field != Field::PartnerCustomerId)
}

/// Whether the answer shows that a leaf is not there: it has the object that would hold it, or other persons only.
fn lacks(customer: &Customer, places: &Places, path: CustomerPath) -> bool {
    let unknown_person = path.person().is_some_and(|person| places.person(person).is_none());
    (unknown_person && customer.persons > 0) || says_holder(customer, places, path)
}

/// Whether the answer has something in the object that would hold a leaf. One that came empty may be a sparse answer.
fn says_holder(customer: &Customer, places: &Places, path: CustomerPath) -> bool {
    let (Some(there), Some(spec)) = (places.there(path), path.field().map(Field::spec)) else { return false };
    let section = section_key(spec.section);
    let holder = match there.person() {
        Some(person) => format!("{section}/{person}/{}/", spec.group),
        None => format!("{section}/"),
    };
    let beside = |path: &CustomerPath| {
        let same = |field: Field| (field.spec().section, field.spec().group) == (spec.section, spec.group);
        counts(*path) && path.person() == there.person() && path.field().is_some_and(same)
    };
    customer.leaves.keys().any(beside) || customer.unknown.iter().any(|leaf| leaf.path.starts_with(&holder))
}

#[cfg(test)]
mod tests;
