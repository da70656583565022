//! [`merge`]: what two sides made of one customer, leaf by leaf (ARCHITECTURE "Merge").

mod leaves;
mod list;
mod persons;

use serde_json::Value;

use super::CustomerPath;
use super::path::{Known, Step, known, spell};
use crate::value::text::is_blank;

/// Where something stands in a customer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// A known leaf.
    Leaf(CustomerPath),
    /// A whole person, by their place.
    Person(u32),
    /// What this program does not know, by its path as [`UnknownLeaf`](super::UnknownLeaf) spells it.
    Unknown(String),
}

/// The customers to merge.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    /// What both were made of.
    pub base: &'a Value,
    /// Ours.
    pub mine: &'a Value,
    /// The platform's.
    pub theirs: &'a Value,
    /// Where ours is a body that was made of this base: for each of its persons their place in the base. What it lacks was
    /// then cleared. `None` where it is any customer: what it leaves out as a whole was not said, and its persons are found
    /// by who they are.
    pub persons: Option<&'a [Option<u32>]>,
    /// Who persons of the base are in theirs, as a person decided; `None` for nobody.
    pub matches: &'a [(u32, Option<u32>)],
}

/// One of two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Ours.
    Mine,
    /// The platform's.
    Theirs,
}

/// One customer made of two.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// The customer; where the sides clash, and where persons are uncertain, as in the base.
    pub value: Value,
    /// What both sides changed, each otherwise.
    pub clashes: Vec<Clash>,
    /// What only theirs changed.
    pub taken: Vec<Changed>,
    /// What only ours changed.
    pub mine: Vec<Changed>,
    /// Persons of the base of whom it is not certain who they are on a side.
    pub uncertain: Vec<Uncertain>,
    /// Who is who.
    pub persons: Vec<PersonPlaces>,
}

/// What both sides changed, each otherwise: nothing is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Where it stands in the base.
    pub base: Option<Spot>,
    /// Where it stands in ours; `None` where ours cleared or removed it.
    pub mine: Option<Spot>,
    /// Where it stands in theirs.
    pub theirs: Option<Spot>,
    /// Its text in the base; `None` where it is not there, and for a whole person.
    pub original: Option<String>,
    /// Its text in ours.
    pub ours: Option<String>,
    /// Its text in theirs.
    pub platform: Option<String>,
}

/// What only one side changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Where it stands in the base; `None` for what was added.
    pub base: Option<Spot>,
    /// Where it stands on the side that changed it; `None` for what was cleared or removed.
    pub there: Option<Spot>,
}

/// A person of the base who may be another one on a side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncertain {
    /// The side: [`Side::Mine`] only where ours is any customer.
    pub side: Side,
    /// Their place in the base.
    pub base: u32,
    /// The places on that side of those who are nobody else.
    pub maybe: Vec<u32>,
}

/// The places of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonPlaces {
    /// In the base.
    pub base: Option<u32>,
    /// In ours.
    pub mine: Option<u32>,
    /// In theirs.
    pub theirs: Option<u32>,
}

/// Merges two states of a customer, leaf by leaf.
///
/// What only one side changed is that side's; what both made the same is one of them; what both made different clashes, and
/// nothing is decided. A section, a person's group or a list that a side leaves out as a whole was not said, never cleared.
/// Persons are found by who they are (DECISIONS 9); one that a side removed goes, unless the other changed them: then the
/// whole person clashes; added ones are all there. The list of documents is a set. What this program does not know is merged
/// by its path like any other; lists of it as a whole. What nobody changed has the spelling of theirs.
#[must_use]
pub fn merge(sides: &Sides<'_>) -> Merge {
    Work::new(sides, None).done()
}

impl Merge {
    /// The customer, with every clash decided in the order of [`clashes`](Self::clashes). `None` where a choice is missing
    /// or a person uncertain. `sides` are those that were merged.
    #[must_use]
    pub fn settle(&self, sides: &Sides<'_>, choices: &[Side]) -> Option<Value> {
        let settled = self.uncertain.is_empty() && choices.len() == self.clashes.len();
        settled.then(|| Work::new(sides, Some(choices)).done().value)
    }
}

/// What one place holds in the base, in ours and in theirs.
type Three<'a> = [Option<&'a Value>; 3];

const BASE: usize = 0;
const MINE: usize = 1;
const THEIRS: usize = 2;

/// A merge under way: where it stands, and what it found.
struct Work<'a> {
    sides: Sides<'a>,
    choices: Option<&'a [Side]>,
    /// The way to the place in the base, in ours and in theirs: only the places of persons and entries differ.
    steps: [Vec<Step<'a>>; 3],
    found: Merge,
}

impl<'a> Work<'a> {
    fn new(sides: &Sides<'a>, choices: Option<&'a [Side]>) -> Self {
        let found = Merge {
            value: Value::Null,
            clashes: Vec::new(),
            taken: Vec::new(),
            mine: Vec::new(),
            uncertain: Vec::new(),
            persons: Vec::new(),
        };
        Self { sides: *sides, choices, steps: Default::default(), found }
    }

    fn done(mut self) -> Merge {
        let value = self.node([Some(self.sides.base), Some(self.sides.mine), Some(self.sides.theirs)]);
        Merge { value: value.unwrap_or_default(), ..self.found }
    }

    fn known(&self) -> Known {
        known(&self.steps[BASE])
    }

    fn at<T>(&mut self, steps: [Step<'a>; 3], run: impl FnOnce(&mut Self) -> T) -> T {
        self.steps.iter_mut().zip(steps).for_each(|(steps, step)| steps.push(step));
        let result = run(self);
        self.steps.iter_mut().for_each(|steps| steps.truncate(steps.len().saturating_sub(1)));
        result
    }

    fn spot(&self, side: usize) -> Spot {
        let steps = self.steps[side].as_slice();
        match (known(steps), steps) {
            (Known::Leaf(path) | Known::List(path), _) => Spot::Leaf(path),
            (Known::Object, [_, Step::At(at)]) => Spot::Person(u32::try_from(*at).unwrap_or(u32::MAX)),
            _ => Spot::Unknown(spell(steps)),
        }
    }

    /// Where the place is, on each side that has it.
    fn spots(&self, values: Three<'_>) -> [Option<Spot>; 3] {
        [BASE, MINE, THEIRS].map(|side| values[side].map(|_| self.spot(side)))
    }

    fn changed(&mut self, by: Side, values: Three<'_>) {
        let [base, mine, theirs] = self.spots(values);
        match by {
            Side::Mine => self.found.mine.push(Changed { base, there: mine }),
            Side::Theirs => self.found.taken.push(Changed { base, there: theirs }),
        }
    }

    /// Both changed it, each otherwise. The side that was chosen, if one was.
    fn clash(&mut self, values: Three<'_>, with_texts: bool) -> Option<Side> {
        let [base, mine, theirs] = self.spots(values);
        let [original, ours, platform] = values.map(|value| value.filter(|_| with_texts).and_then(text));
        let choice = self.choices.and_then(|choices| choices.get(self.found.clashes.len())).copied();
        self.found.clashes.push(Clash { base, mine, theirs, original, ours, platform });
        choice
    }
}

/// How a value is shown; `None` where it came empty.
fn text(json: &Value) -> Option<String> {
    let text = match json {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Some(text).filter(|text| !is_blank(text))
}

#[cfg(test)]
mod tests;
