//! A thousand random customers with random changes on both sides, merged, and held against a model: one flat list of
//! values for each side, persons by who they are.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::RngAlgorithm;
use serde_json::{Map, Value, json};

use super::{merged, three};
use crate::customer::{Side, merge};

/// Leaves outside the persons, with values they take; some are the same after normalising.
const LEAVES: [(&str, &[&str]); 13] = [
    ("business_details/business_name_english", &["\"A\"", "\" A \"", "\"B\"", "\"C\""]),
    (
        "business_details/business_identifier_start_date",
        &["\"2019-05-05\"", "\"2019-05-05T00:00:00Z\"", "\"2020-06-07\""],
    ),
    ("business_details/risk", &["1.50", "null", "2"]),
    ("business_details/scores", &["[1, 2]", "[]", "[{ \"a\": 1 }]"]),
    ("business_details/checks/pep", &["true", "false"]),
    ("business_details/checks/by", &["\"x\"", "\"y\""]),
    ("registration_address/registration_address_city", &["\"Perth\"", "\"Perth\\n\"", "\"Sydney\""]),
    ("registration_address/registration_address_line1", &["\"1 A\"", "\"2 B\""]),
    ("account_usage/estimated_monthly_revenue_amount", &["100.50", "100.5", "12345678901234567.80"]),
    ("primary_contact/contact_email", &["\"a@b.example\"", "\"c@d.example\""]),
    ("tier", &["\"gold\"", "\"tin\"", "3"]),
    ("flags/a~b", &["1", "2"]),
    ("flags/c", &["null", "\"\""]),
];
const OF_PERSON: [(&str, &[&str]); 7] = [
    ("basic_info/role_type", &["\"Director\"", "\" Director\"", "\"Owner\""]),
    ("basic_info/first_name", &["\"伟\"", "\"美\""]),
    ("residential_address/residential_address_city", &["\"Perth\"", "\"Hobart\""]),
    ("identification/id_type", &["\"Passport\"", "\"Card\""]),
    ("identification/watch", &["true", "[true]"]),
    ("note", &["\"n\"", "1.0"]),
    ("alerts", &["[1]", "[2, 3]"]),
];
/// What an answer may leave out.
const PARTS: [&str; 10] = [
    "business_details",
    "registration_address",
    "account_usage",
    "primary_contact",
    "business_person_list",
    "tier",
    "flags",
    "business_details/scores",
    "business_details/checks",
    "business_details/business_identifier_document_list",
];
const PARTS_OF_PERSON: [&str; 3] = ["basic_info", "residential_address", "alerts"];
/// Persons that the base may have; the others are added.
const OF_BASE: usize = 3;

type Object = Map<String, Value>;

/// A customer before it is JSON: persons by their number.
#[derive(Debug, Clone, Default)]
struct Model {
    leaves: BTreeMap<String, Value>,
    documents: Vec<String>,
    persons: Vec<(usize, BTreeMap<String, Value>)>,
}

#[derive(Debug, Clone)]
enum Op {
    Leaf(usize, usize),
    OfPerson(usize, usize, usize),
    Remove(usize),
    Add(usize, usize),
    Document(usize),
    Turn,
}

fn value((_, values): (&str, &[&str]), pick: usize) -> Option<Value> {
    // The last pick is none.
    values.get(pick % (values.len() + 1)).map(|text| serde_json::from_str(text).unwrap())
}

fn put(leaves: &mut BTreeMap<String, Value>, path: &str, value: Option<Value>) {
    match value {
        Some(value) => drop(leaves.insert(path.to_owned(), value)),
        None => drop(leaves.remove(path)),
    }
}

fn new_person(number: usize, pick: usize) -> (usize, BTreeMap<String, Value>) {
    let mut leaves = BTreeMap::from([
        ("basic_info/first_name_english".to_owned(), json!(format!("N{number}"))),
        ("basic_info/last_name_english".to_owned(), json!("L")),
        ("basic_info/birth_date".to_owned(), json!(format!("199{number}-01-15"))),
        ("identification/id_number".to_owned(), json!(format!("E{number}"))),
        ("identification/id_issuing_country_code".to_owned(), json!("CN")),
        ("residential_address/residential_address_line1".to_owned(), json!("1 A")),
    ]);
    for (at, leaf) in OF_PERSON.iter().enumerate() {
        put(&mut leaves, leaf.0, value(*leaf, pick + at));
    }
    (number, leaves)
}

fn model() -> impl Strategy<Value = Model> {
    let leaves = prop::collection::vec(0..12_usize, LEAVES.len());
    let persons = prop::collection::vec(prop::option::weighted(0.8, 0..8_usize), OF_BASE);
    (leaves, persons, prop::collection::vec(any::<bool>(), 4)).prop_map(|(leaves, persons, documents)| {
        let mut model = Model::default();
        for (leaf, pick) in LEAVES.iter().zip(leaves) {
            put(&mut model.leaves, leaf.0, value(*leaf, pick));
        }
        model.documents = (0..4).filter(|at| documents[*at]).map(|at| format!("f{at}")).collect();
        model.persons = (0..OF_BASE).filter_map(|at| Some(new_person(at, persons[at]?))).collect();
        model
    })
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let op = prop_oneof![
        6 => (0..LEAVES.len(), 0..12_usize).prop_map(|(leaf, pick)| Op::Leaf(leaf, pick)),
        6 => (0..OF_BASE, 0..OF_PERSON.len(), 0..12_usize).prop_map(|(who, leaf, pick)| Op::OfPerson(who, leaf, pick)),
        1 => (0..OF_BASE).prop_map(Op::Remove),
        2 => (OF_BASE..OF_BASE + 2, 0..3_usize).prop_map(|(who, pick)| Op::Add(who, pick)),
        2 => (0..6_usize).prop_map(Op::Document),
        1 => Just(Op::Turn),
    ];
    prop::collection::vec(op, 0..8)
}

impl Model {
    fn after(&self, ops: &[Op]) -> Self {
        let mut model = self.clone();
        for op in ops {
            match *op {
                Op::Leaf(leaf, pick) => put(&mut model.leaves, LEAVES[leaf].0, value(LEAVES[leaf], pick)),
                Op::OfPerson(who, leaf, pick) => {
                    for (_, leaves) in model.persons.iter_mut().filter(|(number, _)| *number == who) {
                        put(leaves, OF_PERSON[leaf].0, value(OF_PERSON[leaf], pick));
                    }
                }
                Op::Remove(who) => model.persons.retain(|(number, _)| *number != who),
                Op::Add(who, pick) if model.persons.iter().all(|(number, _)| *number != who) => {
                    model.persons.insert(0, new_person(who, pick));
                }
                Op::Add(..) => {}
                Op::Document(at) => {
                    let file = format!("f{at}");
                    match model.documents.iter().position(|known| *known == file) {
                        Some(at) => drop(model.documents.remove(at)),
                        None => model.documents.insert(0, file),
                    }
                }
                Op::Turn => model.persons.reverse(),
            }
        }
        model
    }

    /// As an answer, with some parts left out.
    fn json(&self, without: &BTreeSet<usize>) -> Value {
        let mut customer = object(&self.leaves);
        let details = customer.entry("business_details").or_insert_with(|| json!({}));
        details["business_identifier_document_list"] = json!(self.documents);
        let persons = self.persons.iter().map(|(number, leaves)| {
            let mut person = object(leaves);
            let parts = PARTS_OF_PERSON.iter().enumerate().filter(|_| *number < OF_BASE);
            for (_, part) in
                parts.filter(|(at, _)| without.contains(&(PARTS.len() + number * PARTS_OF_PERSON.len() + at)))
            {
                person.shift_remove(*part);
            }
            Value::Object(person)
        });
        let persons: Vec<_> = persons.collect();
        customer.insert("business_person_list".to_owned(), json!(persons));
        for (_, part) in PARTS.iter().enumerate().filter(|(at, _)| without.contains(at)) {
            match part.split_once('/') {
                Some((section, key)) => {
                    drop(customer.get_mut(section).and_then(Value::as_object_mut).map(|o| o.shift_remove(key)));
                }
                None => drop(customer.shift_remove(*part)),
            }
        }
        customer.insert("customer_id".to_owned(), json!("c"));
        Value::Object(customer)
    }
}

fn object(leaves: &BTreeMap<String, Value>) -> Object {
    let mut object = Object::new();
    for (path, value) in leaves {
        let mut keys: Vec<_> = path.split('/').collect();
        let last = keys.pop().unwrap();
        let holder = keys
            .iter()
            .fold(&mut object, |at, key| at.entry(*key).or_insert_with(|| json!({})).as_object_mut().unwrap());
        holder.insert(last.to_owned(), value.clone());
    }
    object
}

/// What a customer says, value by value: persons by their number, documents each for itself, other lists whole.
fn flat(customer: &Value) -> BTreeMap<String, Value> {
    fn add(at: &str, json: &Value, flat: &mut BTreeMap<String, Value>) {
        match json {
            Value::Object(object) => object.iter().for_each(|(key, json)| add(&format!("{at}/{key}"), json, flat)),
            Value::Array(list) if at.ends_with("business_identifier_document_list") => {
                flat.extend(list.iter().map(|file| (format!("{at}/{}", file.as_str().unwrap()), json!(true))));
            }
            Value::Array(list) if at == "/business_person_list" => {
                for person in list {
                    let number = &person["identification"]["id_number"].as_str().unwrap()[1..];
                    flat.insert(format!("person {number}"), json!(true));
                    add(&format!("person {number}"), person, flat);
                }
            }
            scalar => drop(flat.insert(at.to_owned(), scalar.clone())),
        }
    }
    let mut leaves = BTreeMap::new();
    add("", customer, &mut leaves);
    leaves
}

/// A side with what it does not say as it was in the base.
fn filled(base: &BTreeMap<String, Value>, side: &Value) -> BTreeMap<String, Value> {
    let mut leaves = flat(side);
    let parts = ["tier", "flags", "account_usage", "primary_contact", "registration_address", "business_details"];
    let below =
        ["business_details/scores", "business_details/checks", "business_details/business_identifier_document_list"];
    let mut unsaid: Vec<String> = parts.iter().chain(&below).map(|part| format!("/{part}")).collect();
    let lists = side.get("business_person_list").is_some();
    for number in 0..OF_BASE + 2 {
        let person = format!("person {number}");
        if !lists {
            unsaid.push(person);
        } else if leaves.contains_key(&person) {
            unsaid.extend(
                ["basic_info", "residential_address", "identification", "alerts"]
                    .map(|part| format!("{person}/{part}")),
            );
        }
    }
    let is_list =
        |path: &&String| base[*path].is_array() && leaves.contains_key(path.split('/').next().unwrap_or_default());
    unsaid.extend(base.keys().filter(is_list).cloned());
    for part in unsaid {
        let prefix = format!("{part}/");
        let within = |path: &str| path == part || path.starts_with(&prefix);
        let at = part.strip_prefix('/').and_then(|part| side.pointer(&format!("/{part}")));
        // A list that came empty has no leaf, and is said all the same: so is the section that holds nothing else.
        let holds = |said: &Value| said.as_object().is_some_and(|held| held.values().any(Value::is_array));
        let says = at.is_some_and(|said| said.is_array() || holds(said)) || leaves.keys().any(|path| within(path));
        if !says {
            leaves.extend(
                base.iter().filter(|(path, _)| within(path)).map(|(path, value)| (path.clone(), value.clone())),
            );
        }
    }
    leaves
}

/// The same after normalising, by the values of the tables above.
fn plain(path: &str, value: Option<&Value>) -> Option<String> {
    let known =
        !["risk", "scores", "checks", "tier", "flags", "watch", "note", "alerts"].iter().any(|key| path.contains(key));
    match value? {
        Value::String(text) if known => Some(text.trim().chars().take(10).collect()),
        Value::Number(number) if known => Some(number.to_string().trim_end_matches('0').to_owned()),
        other => Some(other.to_string()),
    }
}

#[derive(Debug, PartialEq)]
enum Expected {
    Same(Option<String>),
    Clash,
}

fn expected(base: Option<String>, mine: Option<String>, theirs: Option<String>) -> Expected {
    match (mine == base, theirs == base) {
        (true, _) => Expected::Same(theirs),
        (_, true) => Expected::Same(mine),
        _ if mine == theirs => Expected::Same(mine),
        _ => Expected::Clash,
    }
}

proptest! {
    // Half the time went into seeds of ChaCha, one for each branch of each choice.
    #![proptest_config(ProptestConfig { cases: 1_000, rng_algorithm: RngAlgorithm::XorShift, ..ProptestConfig::default() })]

    #[test]
    fn a_merge_loses_nothing_and_invents_nothing(
        model in model(), my_ops in ops(), their_ops in ops(),
        parts in prop::collection::vec(prop::collection::btree_set(0..PARTS.len() + OF_BASE * PARTS_OF_PERSON.len(), 0..3), 3),
    ) {
        let base = model.json(&parts[0]);
        let (mine, theirs) = (model.after(&my_ops).json(&parts[1]), model.after(&their_ops).json(&parts[2]));
        let sides = three(&base, &mine, &theirs);
        let merge = merge(&sides);
        let swapped = merged(&base, &theirs, &mine);
        if !merge.uncertain.is_empty() {
            // Nothing is decided before it is said who they are, but nothing is lost either.
            prop_assert_eq!(merge.settle(&sides, &vec![Side::Mine; merge.clashes.len()]), None);
            prop_assert_eq!(swapped.uncertain.len(), merge.uncertain.len());
            return Ok(());
        }

        let was = flat(&base);
        let (ours, platform, now) = (filled(&was, &mine), filled(&was, &theirs), flat(&merge.value));
        let paths: BTreeSet<&String> = was.keys().chain(ours.keys()).chain(platform.keys()).chain(now.keys()).collect();
        let mut clashes = 0;
        let mut clashing: BTreeSet<&str> = BTreeSet::new();
        let mut gone: BTreeSet<&str> = BTreeSet::new();
        for person in paths.iter().filter(|path| path.starts_with("person ") && !path.contains('/')) {
            let prefix = format!("{person}/");
            let changed = |side: &BTreeMap<String, Value>| paths.iter()
                .filter(|path| path.starts_with(&prefix))
                .any(|path| plain(path, side.get(*path)) != plain(path, was.get(*path)));
            match (was.contains_key(*person), ours.contains_key(*person), platform.contains_key(*person)) {
                (true, true, false) if changed(&ours) => drop(clashing.insert(person)),
                (true, false, true) if changed(&platform) => drop(clashing.insert(person)),
                (true, false, _) | (true, _, false) => drop(gone.insert(person)),
                _ => {}
            }
        }
        clashes += clashing.len();
        for path in &paths {
            let person = path.split('/').next().unwrap_or_default();
            let values = [&was, &ours, &platform].map(|side| side.get(*path));
            let found = now.get(*path);
            prop_assert!(found.is_none() || values.contains(&found), "{} = {:?} stands nowhere else", path, found);
            let text = |at: usize| plain(path, values[at]);
            let expected = match () {
                () if clashing.contains(person) => Expected::Same(text(0)),
                () if gone.contains(person) => Expected::Same(None),
                () => expected(text(0), text(1), text(2)),
            };
            match expected {
                Expected::Same(text) => prop_assert_eq!(plain(path, found), text, "{}", path),
                Expected::Clash => {
                    clashes += 1;
                    prop_assert_eq!(found, values[0], "nothing is decided of {}", path);
                }
            }
        }
        prop_assert_eq!(merge.clashes.len(), clashes, "{:?}", merge.clashes);

        prop_assert_eq!(swapped.clashes.len(), clashes);
        prop_assert_eq!((swapped.mine.len(), swapped.taken.len()), (merge.taken.len(), merge.mine.len()));
        prop_assert_eq!(&swapped.value, &merge.value, "whichever side is called mine");
        let mine_first = merge.settle(&sides, &vec![Side::Mine; clashes]);
        prop_assert!(mine_first.is_some());
        prop_assert_eq!(mine_first, swapped.settle(&three(&base, &theirs, &mine), &vec![Side::Theirs; clashes]));
    }
}
