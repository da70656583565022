//! Answers of any shape: nothing panics, nothing is lost, nothing is invented.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngAlgorithm;
use serde_json::{Map, Value, json};

use super::{acme, jane, john};
use crate::bultra::{about, contact, patch, patched, rows};
use crate::customer::{Customer, Leaf, lines_of, text_at, walk};
use crate::platform::Kind;

const KEYS: &[&str] = &[
    "id",
    "type",
    "status",
    "email",
    "phone",
    "individual",
    "corporation",
    "accounts",
    "individuals",
    "created_at",
    "updated_at",
    "customer_id",
    "role",
    "first_name",
    "last_name",
    "date_of_birth",
    "ownership_percentage",
    "address",
    "registered_address",
    "line1",
    "street",
    "city",
    "state",
    "postal_code",
    "zip",
    "country",
    "country_code",
    "line2",
    "legal_name",
    "name",
    "directors",
    "owners",
    "currency",
    "a/b",
    "~",
    "",
    "0",
    "#1",
    "business_details",
    "registration_address",
    "registration_address_city",
    "business_person_list",
    "primary_contact",
    "contact_email",
    "partner_customer_id",
    "bultra:id",
    "basic_info",
    "error",
];

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        select(vec!["1.50", "1e5", "12345678901234567890.10"]).prop_map(|digits| serde_json::from_str(digits).unwrap()),
        select(vec!["", " ", "c/individuals/i", "US", "INDIVIDUAL", "acc_1", "#1", "CORPORATION"])
            .prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![vec(inner.clone(), 0..4).prop_map(Value::from), vec((select(KEYS), inner), 0..5).prop_map(object),]
    })
}

fn object(entries: Vec<(&'static str, Value)>) -> Value {
    Value::Object(entries.into_iter().map(|(key, json)| (key.to_owned(), json)).collect())
}

/// A documented answer with some of its parts taken away or made another kind of thing.
fn any_answer() -> impl Strategy<Value = Value> {
    let whole = prop_oneof![Just(john()), Just(jane()), Just(acme()), Just(json!({ "id": "c" }))];
    let broken = vec((any::<prop::sample::Index>(), proptest::option::of(any_json())), 0..6);
    let more = vec((select(KEYS), any_json()), 0..6);
    (whole, broken, more).prop_map(|(mut answer, broken, more)| {
        for (which, instead) in broken {
            let mut places = Vec::new();
            pointers(&answer, &mut String::new(), &mut places);
            let pointer = which.get(&places).clone();
            let (holder, key) = pointer.rsplit_once('/').unwrap();
            let key = key.replace("~1", "/").replace("~0", "~");
            match (answer.pointer_mut(holder), instead) {
                (Some(Value::Object(holder)), None) => drop(holder.shift_remove(&key)),
                (Some(Value::Object(holder)), Some(json)) => drop(holder.insert(key, json)),
                (Some(Value::Array(holder)), Some(json)) => holder.push(json),
                _ => {}
            }
        }
        if let Value::Object(answer) = &mut answer {
            answer.extend(more.into_iter().map(|(key, json)| (key.to_owned(), json)).collect::<Map<_, _>>());
            answer.entry("id").or_insert_with(|| "c".into());
        }
        answer
    })
}

fn pointers(json: &Value, at: &mut String, found: &mut Vec<String>) {
    let below: Vec<(String, &Value)> = match json {
        Value::Object(entries) => {
            entries.iter().map(|(key, json)| (key.replace('~', "~0").replace('/', "~1"), json)).collect()
        }
        Value::Array(entries) => entries.iter().enumerate().map(|(at, json)| (at.to_string(), json)).collect(),
        _ => Vec::new(),
    };
    for (key, json) in below {
        let length = at.len();
        at.push('/');
        at.push_str(&key);
        found.push(at.clone());
        pointers(json, at, found);
        at.truncate(length);
    }
    if found.is_empty() {
        found.push("/id".to_owned());
    }
}

/// The scalars that say something, in any order.
fn scalars(json: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(json, &mut Vec::new(), &mut |_, json| {
        if !json.is_null() && !json.is_object() && !json.is_array() {
            found.push(json.to_string());
        }
    });
    found.sort();
    found
}

fn is_nothing(json: &Value) -> bool {
    json.is_null() || *json == json!({}) || *json == json!([])
}

fn known_text(json: &Value) -> String {
    json.as_str().map_or_else(|| if json.is_null() { String::new() } else { json.to_string() }, str::to_owned)
}

proptest! {
    // Half the time went into seeds of ChaCha, one for each branch of each choice.
    #![proptest_config(ProptestConfig { cases: 1_000, rng_algorithm: RngAlgorithm::XorShift, ..ProptestConfig::default() })]

    #[test]
    fn every_leaf_is_somewhere_and_none_is_invented(answer in any_answer()) {
        let _ = (about(&answer), rows(&answer));
        let Ok(customer) = Customer::of(Kind::Bultra, &answer) else {
            let id = known_text(&answer["id"]);
            let no_id = id.trim().is_empty() || id.contains("/individuals/") || answer["id"].is_boolean()
                || answer["id"].is_object() || answer["id"].is_array();
            prop_assert!(no_id || answer["error"].is_object(), "{answer}");
            return Ok(());
        };
        let canonical = super::super::canonical(&answer).unwrap();
        let mut rest = answer;
        let mut of_canonical = canonical.clone();
        let parts = rest.as_object_mut().unwrap();
        parts.remove("updated_at");
        if let Some(id) = &customer.customer_id {
            prop_assert!(id.ends_with(&known_text(&parts.remove("id").unwrap())));
            of_canonical.as_object_mut().unwrap().remove("customer_id");
            if let Some((of, _)) = id.split_once("/individuals/") {
                prop_assert_eq!(of, known_text(&parts.remove("customer_id").unwrap()));
            }
        }
        prop_assert_eq!(scalars(&rest), scalars(&of_canonical), "{}", canonical);
        let leaves = customer.leaves.len() + customer.unknown.len() + customer.empty.len();
        let mut count = 0;
        walk(&canonical, &mut Vec::new(), &mut |_, _| count += 1);
        prop_assert_eq!(leaves, count, "no two leaves of one place");
    }

    #[test]
    fn each_line_is_what_the_customer_has(answer in any_answer()) {
        let customer = Customer::of(Kind::Bultra, &answer).ok();
        let mut unknown: Vec<_> =
            customer.iter().flat_map(|customer| &customer.unknown).map(|leaf| leaf.json.to_string()).collect();
        for line in lines_of(Kind::Bultra, &answer).into_iter() {
            let text = text_at(Kind::Bultra, &answer, &line.path);
            let Some(customer) = &customer else {
                prop_assert!(matches!(line.leaf, None | Some(Leaf::Unknown)));
                continue;
            };
            match line.leaf {
                // An empty key at the top has the path of the whole.
                None => prop_assert!(text.is_none() || line.path.is_empty()),
                Some(Leaf::Known(path)) => {
                    let (said, text) = (customer.leaf(path).unwrap(), text.unwrap());
                    prop_assert!(said == text || path.to_string() == "customer_id" && said.contains(&text));
                }
                Some(Leaf::Empty) => prop_assert!(is_nothing(line.json)),
                Some(Leaf::Plain | Leaf::Unknown) => {
                    prop_assert!(text.is_some());
                    if line.path.split('/').next() == Some("updated_at") {
                        let is_time = !answer["updated_at"].is_object() && !answer["updated_at"].is_array();
                        prop_assert_eq!(line.leaf == Some(Leaf::Plain), is_time);
                    } else if !is_nothing(line.json) {
                        let json = line.json.to_string();
                        let at = unknown.iter().position(|unknown| *unknown == json);
                        prop_assert!(at.is_some(), "{}", line.path);
                        unknown.remove(at.unwrap());
                    }
                }
            }
        }
        unknown.retain(|json| !matches!(json.as_str(), "null" | "{}" | "[]"));
        prop_assert_eq!(unknown, Vec::<String>::new());
    }

    #[test]
    fn ids_in_lists_are_unique(answer in any_answer()) {
        let about = about(&answer);
        let accounts: BTreeSet<_> = about.accounts.iter().map(|account| &account.id).collect();
        let individuals: BTreeSet<_> = about.individuals.iter().map(|one| &one.id).collect();
        prop_assert_eq!((accounts.len(), individuals.len()), (about.accounts.len(), about.individuals.len()));
    }

    #[test]
    fn a_contact_of_any_answer_is_patched_into_any_other(a in any_answer(), b in any_answer()) {
        let (Some(a), Some(b)) = (contact(&a), contact(&b)) else { return Ok(()) };
        prop_assert_eq!(patch(&a, &a), json!({}));
        let patch = patch(&a, &b);
        let after = patched(&a, &patch);
        super::contact::assert_says_the_same(&after, &a, &b)?;
        super::contact::assert_is_of_the_contract(&patch)?;
    }
}
