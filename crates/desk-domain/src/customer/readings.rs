//! [`compare_readings`]: what became of every value between two answers about one customer, persons matched by who they
//! are (DECISIONS 9). What an answer leaves out was not said, which is not the same as removed.

mod rows;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::compare::Places;
use super::{Customer, CustomerPath};
use crate::value::text::clean;
use rows::Rows;

/// Two answers about one customer, value by value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Every value of either, in the order of the form, then what this program does not know. What has no value on either
    /// side is no row.
    pub rows: Vec<ComparedLeaf>,
    /// The persons of either: those of the answer after in its order, then those that only the one before has.
    pub persons: Vec<ComparedPerson>,
}

impl Comparison {
    /// How many values were added, removed or changed.
    #[must_use]
    pub fn changes(&self) -> u32 {
        self.count(|became| matches!(became, Became::Added | Became::Removed | Became::Changed))
    }

    /// How many values of which something is true of what became of them.
    #[must_use]
    pub fn count(&self, is: impl Fn(Became) -> bool) -> u32 {
        u32::try_from(self.rows.iter().filter(|row| is(row.became)).count()).unwrap_or(u32::MAX)
    }
}

/// One value in two answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedLeaf {
    /// Where a known leaf stands, in the answer after if that has it; `None` for what this program does not know.
    pub known: Option<CustomerPath>,
    /// For a leaf of a person: their place in [`Comparison::persons`].
    pub person: Option<u32>,
    /// What the answer before says; `None` where it says nothing, or that it is empty.
    pub before: Option<LeafSaid>,
    /// What the answer after says.
    pub after: Option<LeafSaid>,
    /// What became of it.
    pub became: Became,
}

/// A value of one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafSaid {
    /// Where it stands in that answer: the path of a known leaf, or of an [`UnknownLeaf`](super::UnknownLeaf).
    pub path: String,
    /// What it says: the text of a known leaf, or [`UnknownLeaf::text`](super::UnknownLeaf::text).
    pub text: String,
}

/// What became of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It was not there, or empty.
    Added,
    /// It is not there any more, or empty.
    Removed,
    /// It is another.
    Changed,
    /// It is the same after normalising; of a list, an entry that the other has as well, wherever it stands there.
    Same,
    /// One of the answers leaves out the section, the person's group, the whole list of persons or, of ids, the status and
    /// the time of creation, the value itself.
    NotSaid,
}

/// A person of two answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComparedPerson {
    /// The place in the answer before.
    pub before: Option<u32>,
    /// The place in the answer after.
    pub after: Option<u32>,
}

/// What became of every value between two answers about one customer.
///
/// Dates are compared as calendar dates, amounts as decimal numbers, texts as they would be sent, lists as sets. A person
/// of one answer is one of the other by issuing country and id number, or by names and birth date, where that is certain
/// whichever way it is asked, and else only where the answers say word for word the same of them; never by position.
#[must_use]
pub fn compare_readings(before: &Customer, after: &Customer) -> Comparison {
    let persons = persons(before, after);
    let rows = Rows::new(before, after, &persons).all();
    Comparison { rows, persons }
}

fn persons(before: &Customer, after: &Customer) -> Vec<ComparedPerson> {
    let (there, back) = (Places::of(&[before], after), Places::of(&[after], before));
    // Of two persons with one id number in one answer and one in the other, only one direction is certain.
    let mut persons: Vec<_> = (0..after.persons)
        .map(|place| {
            let before = back.person(place).filter(|found| there.person(*found) == Some(place));
            ComparedPerson { before, after: Some(place) }
        })
        .collect();
    let matched: BTreeSet<_> = persons.iter().filter_map(|person| person.before).collect();
    let mut left: Vec<_> = (0..before.persons).filter(|place| !matched.contains(place)).collect();
    for person in persons.iter_mut().filter(|person| person.before.is_none()) {
        let Some(place) = person.after else { continue };
        let said = all_of(after, place);
        if let Some(at) = left.iter().position(|before_place| all_of(before, *before_place) == said) {
            person.before = Some(left.remove(at));
        }
    }
    persons.extend(left.into_iter().map(|place| ComparedPerson { before: Some(place), after: None }));
    persons
}

/// All that an answer says of a person, wherever the person stands in it.
fn all_of(customer: &Customer, person: u32) -> Vec<(String, String)> {
    let known = customer.leaves.iter().filter(|(path, text)| path.person() == Some(person) && !clean(text).is_empty());
    let known = known.map(|(path, text)| (path.at_person(0).to_string(), clean(text)));
    let unknown = customer.unknown.iter().filter_map(|leaf| match rows::person_of(customer, &leaf.path) {
        (Some(at), rest) if at == person => Some((rest.to_owned(), leaf.json.to_string())),
        _ => None,
    });
    known.chain(unknown).collect()
}
