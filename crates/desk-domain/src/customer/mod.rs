//! [`Customer`] and [`Reading`]: what a platform answered, leaf by leaf, nothing dropped.
//!
//! `path.rs` says where a leaf stands, `lines.rs` what it is to this program, `compare.rs` whether a customer is the one
//! that was sent, `base.rs` what an update is made of and `update.rs` what is sent of it, `seen.rs` whether it was made,
//! `readings.rs` what became of a customer between two answers, `merge.rs` what two sides made of one.

mod base;
mod compare;
mod lines;
mod merge;
mod path;
mod readings;
mod seen;
mod update;

pub use base::{Base, MissingPart};
pub(crate) use compare::same;
pub use compare::{Beside, beside, same_as_sent};
pub use lines::{Leaf, Line, is_plain_unknown, lines, lines_of, text_at};
pub use merge::{Changed, Clash, Merge, PersonPlaces, Side, Sides, Spot, Uncertain, merge};
pub use path::{CustomerPath, CustomerPathError};
pub(crate) use path::{Step, spell};
pub use readings::{Became, ComparedLeaf, ComparedPerson, Comparison, LeafSaid, compare_readings};
pub use seen::{Seen, beside_update, seen_after_update};
pub(crate) use update::NOT_SENT;
pub use update::{Change, Changes, NoUpdate, update_body};

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::bultra;
use crate::field::{Field, Section};
use crate::path::section_key;
use crate::platform::Kind;
use crate::status::Status;

/// One answer of a platform about one customer. Every leaf of the answer is in [`leaves`](Self::leaves), in
/// [`unknown`](Self::unknown) or, where a section, a person or a group of theirs came empty, in [`empty`](Self::empty).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The platform's id.
    pub customer_id: Option<String>,
    /// Ours.
    pub partner_customer_id: Option<String>,
    /// The platform's word and its group.
    pub status: Option<Status>,
    /// As it came.
    pub created_at: Option<String>,
    /// Sections that the answer has, be they empty. A section that is not here was not said, which never means cleared.
    pub sections: BTreeSet<Section>,
    /// The value of each known leaf as it came: numbers with their digits (an exponent is written `e+5`, as the JSON
    /// reader keeps it), `true` and `false` as words, `null` and an empty list as `""`: said, but empty.
    pub leaves: BTreeMap<CustomerPath, String>,
    /// How many persons the answer has.
    pub persons: u32,
    /// Leaves that this program does not know, or whose kind is not the expected one, in the order of the answer.
    pub unknown: Vec<UnknownLeaf>,
    /// Paths of sections, persons and their groups that came as `{}`, `[]` or `null`.
    pub empty: Vec<String>,
    /// A person of it is the same in every answer, whatever they are called: the platform says of one alone, and by their id.
    pub(crate) is_of_one: bool,
}

/// A leaf that this program does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLeaf {
    /// Its path: keys and indices parted by `/`; a `/` in a key is written `~1`, a `~` is `~0` (RFC 6901).
    pub path: String,
    /// Its value: a scalar, or an empty object or list.
    pub json: Value,
}

impl UnknownLeaf {
    /// The value as it is shown: a string without its quotes, all else as JSON.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.json {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

/// Why an answer is no customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotACustomer {
    /// It is not JSON.
    #[error("the answer is not JSON")]
    NotJson,
    /// It is no object.
    #[error("the answer is not a JSON object")]
    NotAnObject,
    /// It has neither an id nor a section of a customer. A `status` alone is none: error bodies have one, too.
    #[error("the answer has nothing of a customer")]
    NothingKnown,
}

impl Customer {
    /// Reads an answer, as tolerantly as can be.
    ///
    /// # Errors
    /// Only where the answer is no object, or one without any id or section of a customer.
    pub fn from_json(answer: &Value) -> Result<Self, NotACustomer> {
        let object = answer.as_object().ok_or(NotACustomer::NotAnObject)?;
        let known = ["customer_id", "partner_customer_id"].into_iter().chain(Section::ALL.map(section_key));
        if !known.into_iter().any(|key| object.contains_key(key)) {
            return Err(NotACustomer::NothingKnown);
        }
        Ok(Self::read(answer))
    }

    /// Reads the text of an answer.
    ///
    /// # Errors
    /// As [`from_json`](Self::from_json), and where the text is not JSON.
    pub fn from_text(raw: &str) -> Result<Self, NotACustomer> {
        Self::from_json(&serde_json::from_str(raw).map_err(|_| NotACustomer::NotJson)?)
    }

    /// Reads an answer of a platform.
    ///
    /// # Errors
    /// As [`from_json`](Self::from_json).
    pub fn of(kind: Kind, answer: &Value) -> Result<Self, NotACustomer> {
        match kind {
            Kind::Axisfi => Self::from_json(answer),
            Kind::Bultra if !answer.is_object() => Err(NotACustomer::NotAnObject),
            Kind::Bultra => {
                let canonical = bultra::canonical(answer).ok_or(NotACustomer::NothingKnown)?;
                Ok(Self { is_of_one: true, ..Self::read(&canonical) })
            }
        }
    }

    /// Reads the text of an answer of a platform.
    ///
    /// # Errors
    /// As [`from_text`](Self::from_text).
    pub fn of_text(kind: Kind, raw: &str) -> Result<Self, NotACustomer> {
        Self::of(kind, &serde_json::from_str(raw).map_err(|_| NotACustomer::NotJson)?)
    }

    /// The text of a leaf; `None` where the answer lacks it, `""` where it came empty.
    #[must_use]
    pub fn leaf(&self, path: CustomerPath) -> Option<&str> {
        self.leaves.get(&path).map(String::as_str)
    }

    /// Whether a leaf of the field of this path, whosever it is, has this text after normalising.
    #[must_use]
    pub fn says_anywhere(&self, path: CustomerPath, text: &str) -> bool {
        let mut leaves = self.leaves.iter().filter(|(leaf, _)| leaf.field() == path.field());
        leaves.any(|(_, said)| same(path.kind(), said, text))
    }

    /// The entries of a list, in their order.
    pub fn entries(&self, field: Field) -> impl Iterator<Item = (CustomerPath, &str)> {
        self.leaves
            .iter()
            .filter(move |(path, _)| path.field() == Some(field) && path.slot_number().is_some())
            .map(|(path, text)| (*path, text.as_str()))
    }

    pub(crate) fn read(answer: &Value) -> Self {
        let mut leaves = BTreeMap::new();
        let mut unknown = Vec::new();
        let mut empty = Vec::new();
        walk(answer, &mut Vec::new(), &mut |steps, json| match Leaf::at(steps, json) {
            Leaf::Known(path) => {
                leaves.insert(path, known_text(json));
            }
            Leaf::Empty => empty.push(spell(steps)),
            Leaf::Plain | Leaf::Unknown => unknown.push(UnknownLeaf { path: spell(steps), json: json.clone() }),
        });
        let said = |path| leaves.get(&path).filter(|text: &&String| !text.is_empty()).cloned();
        Self {
            customer_id: said(CustomerPath::CUSTOMER_ID),
            partner_customer_id: said(CustomerPath::PARTNER_CUSTOMER_ID),
            status: said(CustomerPath::STATUS).map(|word| Status::of(&word)),
            created_at: said(CustomerPath::CREATED_AT),
            sections: Section::ALL.into_iter().filter(|section| answer.get(section_key(*section)).is_some()).collect(),
            persons: answer
                .get(section_key(Section::BusinessPersonList))
                .and_then(Value::as_array)
                .map_or(0, |persons| u32::try_from(persons.len()).unwrap_or(u32::MAX)),
            leaves,
            unknown,
            empty,
            is_of_one: false,
        }
    }
}

/// A known leaf's text: nothing where it came as `null` or an empty list.
fn known_text(json: &Value) -> String {
    match json {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => json.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

/// Calls `leaf` for every scalar, every empty object and every empty list, in the order of the answer.
pub(crate) fn walk<'a>(json: &'a Value, steps: &mut Vec<Step<'a>>, leaf: &mut impl FnMut(&[Step<'a>], &'a Value)) {
    match json {
        Value::Object(entries) if !entries.is_empty() => {
            for (key, value) in entries {
                steps.push(Step::Key(key));
                walk(value, steps, leaf);
                steps.pop();
            }
        }
        Value::Array(entries) if !entries.is_empty() => {
            for (at, value) in entries.iter().enumerate() {
                steps.push(Step::At(at));
                walk(value, steps, leaf);
                steps.pop();
            }
        }
        _ => leaf(steps, json),
    }
}

/// One answer about one customer, kept whole with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The answer, byte for byte.
    pub raw: String,
    /// What it says.
    pub customer: Customer,
    /// When it was read.
    pub read_at: DateTime<Utc>,
}

impl Reading {
    /// Reads an answer that came at a time.
    ///
    /// # Errors
    /// Where it is no customer.
    pub fn of(raw: String, read_at: DateTime<Utc>) -> Result<Self, NotACustomer> {
        Ok(Self { customer: Customer::from_text(&raw)?, raw, read_at })
    }
}
