//! [`Pieces`]: where each part of an answer belongs in the shape that this program has for customers.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::Target;
use super::claims::{ADDRESSES, address, address_claims, claims, is_empty_object, is_nothing};
use super::entries::keyed;
use super::id_of;
use super::names::{ADDRESS, address_field, is_of_ids, is_people, is_plain};
use crate::customer::{CustomerPath, Leaf, Step, spell};
use crate::field::{Field, Section};
use crate::path::section_key;

/// What only a customer has.
const OF_CUSTOMERS: [&str; 5] = ["type", "individual", "corporation", "accounts", "individuals"];
/// What only an individual has at the top.
const OF_INDIVIDUALS: [&str; 4] = ["role", "ownership_percentage", "first_name", "last_name"];
/// Stands before a key of the platform that has the name of one of ours.
const RENAMED: &str = "bultra:";

/// An answer taken apart: every leaf of it is in one piece.
pub(crate) struct Pieces<'a> {
    customer_id: Option<String>,
    pieces: Vec<Piece<'a>>,
    /// The place of each among the pieces, by where it is from: none of those is within another.
    places: HashMap<Vec<Step<'a>>, usize>,
}

struct Piece<'a> {
    from: Vec<Step<'a>>,
    to: To<'a>,
    json: &'a Value,
}

enum To<'a> {
    /// The id, or the customer's of an individual.
    Id,
    /// The value of a field.
    Known(CustomerPath),
    /// What is no field: with all that is in it, at these keys.
    Elsewhere(Vec<Cow<'a, str>>),
    /// Nowhere.
    Left(Leaf),
}

impl<'a> Pieces<'a> {
    /// `None` where the answer is no customer and no individual.
    pub(crate) fn of(answer: &'a Value) -> Option<Self> {
        let answer = answer.as_object()?;
        let id = id_of(answer.get("id")?)?;
        if answer.get("error").is_some_and(Value::is_object) {
            return None;
        }
        let customer = answer.get("customer_id").and_then(id_of).filter(|customer| *customer != id);
        let has = |keys: &[&str]| keys.iter().any(|key| answer.contains_key(*key));
        let is_individual = customer.is_some() || (!has(&OF_CUSTOMERS) && has(&OF_INDIVIDUALS));
        let customer_id = match &customer {
            Some(customer) => Some(Target { customer, individual: Some(&id) }.id()),
            None => Some(id).filter(|_| !is_individual),
        };
        let mut work = Work { claims: claims(answer, is_individual), address: address(answer), pieces: Vec::new() };
        for (key, json) in answer {
            let is_id = match key.as_str() {
                "id" => customer_id.is_some(),
                "customer_id" => customer.is_some(),
                _ => false,
            };
            match (key.as_str(), json) {
                _ if is_id => work.put(&[key], To::Id, json),
                // What is no time may be anything.
                ("updated_at", Value::Object(_) | Value::Array(_)) => work.put(&[key], To::Left(Leaf::Unknown), json),
                ("updated_at", _) => work.put(&[key], To::Left(Leaf::Plain), json),
                ("individual" | "corporation", json) if is_nothing(json) => {
                    work.put(&[key], To::Left(Leaf::Empty), json);
                }
                ("individual" | "corporation", Value::Object(below)) => {
                    below.iter().for_each(|(inner, json)| work.add(&[key, inner], json));
                }
                _ => work.add(&[key], json),
            }
        }
        let places = work.pieces.iter().enumerate().map(|(at, piece)| (piece.from.clone(), at)).collect();
        Some(Self { customer_id, pieces: work.pieces, places })
    }

    /// The answer in the shape of a customer.
    pub(crate) fn canonical(&self) -> Value {
        let mut canonical = Map::new();
        let mut put = |keys: &[&str], json: Value| {
            let Some((last, holders)) = keys.split_last() else { return };
            let mut at = &mut canonical;
            for key in holders {
                let below = at.entry(*key).or_insert_with(|| Value::Object(Map::new()));
                let Value::Object(below) = below else { return };
                at = below;
            }
            at.insert((*last).to_owned(), json);
        };
        for piece in &self.pieces {
            match &piece.to {
                To::Id => put(&["customer_id"], self.customer_id.clone().into()),
                To::Known(path) => put(&path.to_string().split('/').collect::<Vec<_>>(), piece.json.clone()),
                To::Elsewhere(keys) => put(&keys.iter().map(AsRef::as_ref).collect::<Vec<_>>(), piece.json.clone()),
                To::Left(_) => {}
            }
        }
        if let Some(persons) = canonical.get_mut(section_key(Section::BusinessPersonList))
            && let Value::Object(by_place) = persons.take()
        {
            *persons = by_place.into_iter().map(|(_, person)| person).collect();
        }
        Value::Object(canonical)
    }

    /// What a leaf of the answer is.
    pub(crate) fn leaf(&self, steps: &[Step<'_>], json: &Value) -> Leaf {
        let place = (1..=steps.len()).find_map(|length| self.places.get(&steps[..length]));
        let Some(piece) = place.and_then(|place| self.pieces.get(*place)) else { return Leaf::Unknown };
        match &piece.to {
            To::Id => Leaf::Known(CustomerPath::CUSTOMER_ID),
            To::Known(path) => Leaf::Known(*path),
            To::Left(leaf) => *leaf,
            To::Elsewhere(keys) => {
                let top = keys.iter().map(|key| Step::Key(key));
                let there: Vec<_> = top.chain(steps[piece.from.len()..].iter().copied()).collect();
                match Leaf::at(&there, json) {
                    Leaf::Unknown if is_plain(&spell(&there)) => Leaf::Plain,
                    leaf => leaf,
                }
            }
        }
    }
}

/// An address in the shape of [`canonical`](super::canonical).
pub(super) fn canonical_address(address: &Map<String, Value>) -> Map<String, Value> {
    let claims = address_claims(address);
    let place = |key: &str| match claims.get(key) {
        Some(path) => path.to_string().rsplit('/').next().unwrap_or_default().to_owned(),
        None => renamed(key, is_address_field).into_owned(),
    };
    address.iter().map(|(key, json)| (place(key), json.clone())).collect()
}

/// A key of an address of ours that is no field, as the platform has it.
pub(super) fn original(key: &str) -> &str {
    key.strip_prefix(RENAMED).unwrap_or(key)
}

struct Work<'a> {
    /// The places whose values are those of fields.
    claims: BTreeMap<Vec<&'a str>, CustomerPath>,
    /// Where the address stands.
    address: Option<&'static [&'static str]>,
    pieces: Vec<Piece<'a>>,
}

impl<'a> Work<'a> {
    fn put(&mut self, from: &[&'a str], to: To<'a>, json: &'a Value) {
        self.pieces.push(Piece { from: from.iter().map(|key| Step::Key(key)).collect(), to, json });
    }

    fn add(&mut self, from: &[&'a str], json: &'a Value) {
        if let Some(path) = self.claims.get(from) {
            let path = *path;
            return self.put(from, To::Known(path), json);
        }
        let is_list = match from {
            [key] => *key == "accounts" || is_people(key),
            ["corporation", key] => is_people(key),
            _ => false,
        };
        match json {
            _ if self.address == Some(from) => self.address(from, json),
            json if is_empty_object(json) && ADDRESSES.contains(&from) => self.put(from, To::Left(Leaf::Empty), json),
            json if is_list && is_nothing(json) => self.put(from, To::Left(Leaf::Plain), json),
            Value::Array(entries) if is_list => self.entries(from, entries),
            _ => self.put(from, To::Elsewhere(elsewhere(from)), json),
        }
    }

    fn address(&mut self, from: &[&'a str], json: &'a Value) {
        let section = section_key(Section::RegistrationAddress);
        let Value::Object(parts) = json else { return self.put(from, To::Elsewhere(vec![section.into()]), json) };
        if parts.is_empty() {
            return self.put(from, To::Elsewhere(vec![section.into()]), json);
        }
        let claims = address_claims(parts);
        for (key, json) in parts {
            let to = match claims.get(key.as_str()) {
                Some(path) => To::Known(*path),
                None => To::Elsewhere(vec![section.into(), renamed(key, is_address_field)]),
            };
            self.put(&[from, &[key.as_str()]].concat(), to, json);
        }
    }

    /// A list of things with ids becomes an object with the ids as keys: a thing is the same one wherever it stands.
    fn entries(&mut self, from: &[&'a str], entries: &'a [Value]) {
        let top: Vec<Step<'a>> = from.iter().map(|key| Step::Key(key)).collect();
        let bare = from.last().is_some_and(|key| is_of_ids(key));
        for (at, (key, json)) in keyed(entries, bare).into_iter().enumerate() {
            let mut keys = elsewhere(from);
            keys.push(key.into());
            if bare && id_of(json).is_some() {
                keys.push("id".into());
            }
            let from = [top.as_slice(), &[Step::At(at)]].concat();
            self.pieces.push(Piece { from, to: To::Elsewhere(keys), json });
        }
    }
}

/// The place of something that is no field: where it is, unless this program means something else by its name.
fn elsewhere<'a>(from: &[&'a str]) -> Vec<Cow<'a, str>> {
    let ours = |key: &str| {
        matches!(key, "customer_id" | "partner_customer_id") || Section::ALL.into_iter().any(|s| section_key(s) == key)
    };
    let top = from.first().map(|key| renamed(key, ours));
    top.into_iter().chain(from.iter().skip(1).map(|key| Cow::from(*key))).collect()
}

fn is_address_field(key: &str) -> bool {
    let fields = ADDRESS.iter().filter_map(|(field, ..)| CustomerPath::of(*field));
    fields.map(|path| path.to_string()).any(|path| path.rsplit('/').next() == Some(key))
}

fn renamed<'a>(key: &'a str, is_ours: impl Fn(&str) -> bool) -> Cow<'a, str> {
    if is_ours(key) || key.starts_with(RENAMED) { format!("{RENAMED}{key}").into() } else { key.into() }
}

/// Whether a key of an address may mean the same as a field that another key has.
pub(super) fn may_mean(key: &str) -> Option<Field> {
    address_field(original(key))
}
