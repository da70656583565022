use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::customer::{Change, update_body};

fn base() -> Value {
    json!({
        "customer_id": "cus_1", "partner_customer_id": "cd-1", "status": "Failed", "created_at": "2026-01-02T03:04:05Z",
        "business_details": { "website": "https://a.example", "business_name": "灯", "business_identifier_document_list": ["f1", "f2"] },
        "registration_address": { "registration_address_city": "Sydney", "registration_address_state": "NSW" },
        "account_usage": { "estimated_monthly_revenue_amount": 100.50 },
        "business_person_list": [person("E1", "Wei"), person("E2", "Mei")],
        "risk": "low"
    })
}

fn person(number: &str, name: &str) -> Value {
    json!({ "basic_info": { "first_name_english": name },
            "identification": { "id_number": number, "id_issuing_country_code": "CN" } })
}

fn changes(given: &[(&str, Option<&str>)]) -> Vec<Change> {
    given.iter().map(|(path, text)| (path.parse().unwrap(), text.map(str::to_owned))).collect()
}

/// The body of these changes; what the persons of the tests lack does not stand in its way.
fn body_of(base: &Value, given: Vec<Change>) -> Value {
    fn each(customer: &mut Value, group: impl Fn(&mut Value)) {
        for person in customer["business_person_list"].as_array_mut().into_iter().flatten() {
            ["basic_info", "residential_address", "identification"].into_iter().for_each(|key| group(&mut person[key]));
        }
    }
    let mut whole = base.clone();
    if whole.get("business_person_list").is_some() {
        each(&mut whole, |group| group["known"] = json!(true));
    }
    let mut body = update_body(&whole, &given.into()).unwrap();
    if body.get("business_person_list").is_some() {
        each(&mut body, |group| drop(group.as_object_mut().and_then(|group| group.shift_remove("known"))));
    }
    body
}

fn judge(body: &Value, answer: &Value) -> String {
    match seen_after_update(&base(), body, &Customer::from_json(answer).unwrap()) {
        Seen::Ours => "ours".to_owned(),
        Seen::Base => "base".to_owned(),
        Seen::Nothing => "nothing".to_owned(),
        Seen::Other(paths) => {
            assert!(!paths.is_empty(), "a conflict says what differs");
            paths.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        }
    }
}

/// The base with some places set, and with `null` taken out.
fn with(places: &[(&str, Value)]) -> Value {
    let mut answer = base();
    for (at, value) in places {
        let (holder, key) = at.rsplit_once('/').unwrap();
        match answer.pointer_mut(holder).unwrap() {
            Value::Object(object) if value.is_null() => drop(object.shift_remove(key)),
            Value::Object(object) => drop(object.insert(key.to_owned(), value.clone())),
            Value::Array(list) => list[key.parse::<usize>().unwrap()] = value.clone(),
            _ => panic!("{at}"),
        }
    }
    answer
}

const CITY: (&str, Option<&str>) = ("registration_address/registration_address_city", Some("Perth"));
const WEBSITE: (&str, Option<&str>) = ("business_details/website", None);
const NAME: (&str, Option<&str>) = ("business_details/business_name_english", Some("Lantern"));
const NUMBER: (&str, Option<&str>) = ("business_person_list/0/identification/id_number", Some("E7"));
const DOCUMENT: (&str, Option<&str>) = ("business_details/business_identifier_document_list/1", None);
const ADDED: (&str, Option<&str>) = ("business_person_list/2/basic_info/first_name_english", Some("Bo"));

const AT_CITY: &str = "/registration_address/registration_address_city";
const AT_STATE: &str = "/registration_address/registration_address_state";
const AT_ADDRESS: &str = "/registration_address";
const AT_DETAILS: &str = "/business_details";
const AT_WEBSITE: &str = "/business_details/website";
const AT_NAME: &str = "/business_details/business_name_english";
const AT_PERSONS: &str = "/business_person_list";
const AT_NUMBER: &str = "/business_person_list/0/identification/id_number";
const AT_DOCUMENTS: &str = "/business_details/business_identifier_document_list";

#[rstest]
// A change.
#[case::made(&[CITY], &[(AT_CITY, json!(" Perth"))], "ours")]
#[case::not_made(&[CITY], &[], "base")]
#[case::third_value(&[CITY], &[(AT_CITY, json!("Hobart"))], "registration_address/registration_address_city")]
#[case::made_and_more(&[CITY], &[(AT_CITY, json!("Perth")), (AT_STATE, json!("WA"))], "registration_address/registration_address_state")]
#[case::not_made_and_more(&[CITY], &[(AT_STATE, json!("WA"))], "registration_address/registration_address_city registration_address/registration_address_state")]
#[case::said_to_be_empty(&[CITY], &[(AT_CITY, json!(""))], "registration_address/registration_address_city")]
#[case::lacking_in_its_section(&[CITY], &[(AT_CITY, Value::Null)], "nothing")]
#[case::section_not_said(&[CITY], &[(AT_ADDRESS, Value::Null)], "nothing")]
#[case::section_empty(&[CITY], &[(AT_ADDRESS, json!({}))], "nothing")]
#[case::one_as_before_one_not_said(&[CITY, WEBSITE], &[(AT_ADDRESS, Value::Null)], "base")]
#[case::section_not_said_but_others_otherwise(&[CITY], &[(AT_ADDRESS, Value::Null), (AT_WEBSITE, json!("https://b.example"))], "business_details/website")]
#[case::the_platforms_own(&[CITY], &[(AT_CITY, json!("Perth")), ("/status", json!("Processing")), ("/created_at", json!("2026-11-21T00:00:00Z")), ("/risk", json!("high"))], "ours")]
#[case::the_platforms_own_alone(&[CITY], &[("/status", json!("Processing")), ("/risk", json!("high"))], "base")]
// Something cleared.
#[case::cleared(&[WEBSITE], &[(AT_WEBSITE, Value::Null)], "ours")]
#[case::cleared_as_empty(&[WEBSITE], &[(AT_WEBSITE, json!(""))], "ours")]
#[case::not_cleared(&[WEBSITE], &[], "base")]
#[case::cleared_by_nobody(&[WEBSITE], &[(AT_DETAILS, Value::Null)], "nothing")]
#[case::cleared_in_an_empty_section(&[WEBSITE], &[(AT_DETAILS, json!({}))], "nothing")]
#[case::one_of_two(&[CITY, WEBSITE], &[(AT_CITY, json!("Perth"))], "business_details/website")]
#[case::other_of_two(&[CITY, WEBSITE], &[(AT_WEBSITE, Value::Null)], "registration_address/registration_address_city")]
#[case::one_seen_one_not(&[CITY, WEBSITE], &[(AT_CITY, json!("Perth")), (AT_DETAILS, Value::Null)], "ours")]
#[case::both(&[CITY, WEBSITE], &[(AT_CITY, json!("Perth")), (AT_WEBSITE, Value::Null)], "ours")]
// Something added.
#[case::added(&[NAME], &[(AT_NAME, json!("Lantern"))], "ours")]
#[case::not_added(&[NAME], &[], "base")]
#[case::added_otherwise(&[NAME], &[(AT_NAME, json!("Lamp"))], "business_details/business_name_english")]
#[case::added_unseen(&[NAME], &[(AT_DETAILS, Value::Null)], "nothing")]
#[case::changed_but_not_added(&[CITY, NAME], &[(AT_CITY, json!("Perth"))], "business_details/business_name_english")]
// Persons.
#[case::person(&[NUMBER], &[(AT_NUMBER, json!("E7"))], "ours")]
#[case::person_not(&[NUMBER], &[], "base")]
#[case::person_moved(&[NUMBER], &[(AT_PERSONS, json!([person("E2", "Mei"), person("E7", "Wei")]))], "ours")]
#[case::person_moved_not(&[NUMBER], &[(AT_PERSONS, json!([person("E2", "Mei"), person("E1", "Wei")]))], "base")]
#[case::persons_not_said(&[NUMBER], &[(AT_PERSONS, Value::Null)], "nothing")]
#[case::added_person_and_persons_not_said(&[ADDED], &[(AT_PERSONS, Value::Null)], "nothing")]
#[case::person_added(&[ADDED], &[(AT_PERSONS, json!([person("E1", "Wei"), person("E2", "Mei"), { "basic_info": { "first_name_english": "Bo" } }]))], "ours")]
#[case::person_not_added(&[ADDED], &[], "base")]
#[case::changed_but_person_not_added(&[CITY, ADDED], &[(AT_CITY, json!("Perth"))], "business_person_list/2/basic_info/first_name_english")]
// Lists.
#[case::entry_gone(&[DOCUMENT], &[(AT_DOCUMENTS, json!(["f1"]))], "ours")]
#[case::entry_there(&[DOCUMENT], &[], "base")]
#[case::entries_gone(&[DOCUMENT], &[(AT_DOCUMENTS, json!([]))], "business_details/business_identifier_document_list/0")]
// Nothing that could tell.
#[case::no_change(&[], &[], "ours")]
#[case::no_change_and_little_said(&[], &[(AT_DETAILS, Value::Null), (AT_PERSONS, Value::Null)], "ours")]
#[case::no_change_but_other(&[], &[(AT_CITY, json!("Hobart"))], "registration_address/registration_address_city")]
fn what_a_customer_is_after_an_update(
    #[case] given: &[(&str, Option<&str>)],
    #[case] places: &[(&str, Value)],
    #[case] seen: &str,
) {
    let body = body_of(&base(), changes(given));
    assert_eq!(judge(&body, &with(places)), seen);
}

// The persons that the body keeps, those that the answer has (with little of them, where in small letters), what is seen.
#[rstest]
#[case::gone("B", "B", "ours")]
#[case::there("B", "AB", "base")]
#[case::there_and_turned("B", "BA", "base")]
#[case::last_one_gone("A", "A", "ours")]
#[case::nobody_said("B", "", "nothing")]
#[case::there_with_little_said("B", "ab", "nothing")]
#[case::one_with_little_said("B", "aB", "nothing")]
#[case::turned("BA", "AB", "ours")]
#[case::turned_there("BA", "BA", "ours")]
fn a_removed_person_is_gone_where_all_others_are_known(#[case] kept: &str, #[case] there: &str, #[case] seen: &str) {
    let of = |names: &str| -> Vec<Value> {
        let one = |name: char| match name {
            'A' => person("E1", "Wei"),
            'B' => person("E2", "Mei"),
            _ => json!({ "basic_info": {}, "pep": true }),
        };
        names.chars().map(one).collect()
    };
    let mut body = base();
    body["business_person_list"] = json!(of(kept));
    assert_eq!(judge(&body, &json!({ "customer_id": "cus_1", "business_person_list": of(there) })), seen);
}

#[test]
fn ids_alone_prove_nothing() {
    for given in [&[CITY, WEBSITE, NAME][..], &[]] {
        let body = body_of(&base(), changes(given));
        assert_eq!(judge(&body, &json!({ "customer_id": "cus_1", "status": "Succeeded" })), "nothing");
    }
}

#[test]
fn both_sides_show_what_was_cleared_and_what_is_missing() {
    let body = body_of(&base(), changes(&[CITY, WEBSITE, NAME]));
    let customer = Customer::from_json(&with(&[(AT_CITY, json!("Hobart"))])).unwrap();
    let differing = beside_update(&base(), &body, &customer).into_iter().filter(|pair| !pair.same);
    let rows: Vec<_> =
        differing.map(|pair| (pair.path.to_string(), pair.there.is_some(), pair.ours, pair.theirs)).collect();
    let row =
        |path: &str, there, ours: &str, theirs: &str| (path.to_owned(), there, ours.to_owned(), theirs.to_owned());
    let expected = [
        row("business_details/business_name_english", false, "Lantern", ""),
        row("business_details/website", true, "", "https://a.example"),
        row("registration_address/registration_address_city", true, "Perth", "Hobart"),
    ];
    assert_eq!(rows, expected);
}

/// Leaves to play with, each in its own object or beside others.
const LEAVES: [&str; 7] = [
    "business_details/business_name_english",
    "business_details/website",
    "registration_address/registration_address_city",
    "registration_address/registration_address_state",
    "account_usage/goods_service_description",
    "primary_contact/contact_email",
    "business_person_list/0/basic_info/first_name_english",
];

fn customer_of(texts: &[Option<&str>], said: &[bool]) -> Value {
    let mut answer = json!({ "customer_id": "cus_1", "status": "Processing" });
    for ((path, text), said) in LEAVES.iter().zip(texts).zip(said) {
        let section = path.split('/').next().unwrap();
        if !said {
            answer.as_object_mut().unwrap().shift_remove(section);
            continue;
        }
        let steps: Vec<_> = path.split('/').collect();
        let holder = match steps.as_slice() {
            [section, _] => &mut answer[*section],
            [section, _, group, _] => {
                if answer[*section].is_null() {
                    answer[*section] = json!([{}]);
                }
                &mut answer[*section][0][*group]
            }
            _ => unreachable!(),
        };
        if holder.is_null() {
            *holder = json!({});
        }
        if let Some(text) = text {
            holder[*steps.last().unwrap()] = json!(text);
        }
    }
    answer
}

fn texts() -> impl Strategy<Value = Vec<Option<&'static str>>> {
    prop::collection::vec(prop::option::of(prop::sample::select(vec!["a", "b", "c"])), LEAVES.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn ours_is_never_said_of_a_customer_that_lacks_a_visible_change(
        before in texts(), wanted in texts(), theirs in texts(), mixed in prop::collection::vec(0..3_u8, LEAVES.len()),
        sections in prop::collection::vec(any::<bool>(), 5),
    ) {
        let section = |at: usize| [0, 0, 1, 1, 2, 3, 4][at];
        let said: Vec<_> = (0..LEAVES.len()).map(|at| sections[section(at)]).collect();
        let base = customer_of(&before, &[true; LEAVES.len()]);
        let given: Vec<Change> =
            LEAVES.iter().zip(&wanted).map(|(path, text)| (path.parse().unwrap(), text.map(str::to_owned))).collect();
        let body = body_of(&base, given);
        let there: Vec<_> = (0..LEAVES.len())
            .map(|at| match mixed[at] { 0 => wanted[at], 1 => before[at], _ => theirs[at] })
            .collect();
        let answer = customer_of(&there, &said);
        let seen = seen_after_update(&base, &body, &Customer::from_json(&answer).unwrap());

        // The object that holds a leaf shows only where the answer has any leaf of it.
        let shows = |at: usize| said[at] && (0..LEAVES.len()).any(|other| section(other) == section(at) && there[other].is_some());
        let changed: Vec<_> = (0..LEAVES.len()).filter(|at| wanted[*at] != before[*at]).collect();
        let visible: Vec<_> = changed.iter().copied().filter(|at| shows(*at)).collect();
        let otherwise = (0..LEAVES.len())
            .any(|at| said[at] && there[at].is_some() && wanted[at].is_some() && there[at] != wanted[at]);
        let none_wanted = changed.is_empty() && (0..LEAVES.len()).any(|at| said[at] && wanted[at].is_some() && there[at].is_some());
        if (visible.is_empty() && !none_wanted) || visible.iter().any(|at| there[*at] != wanted[*at]) || otherwise {
            prop_assert_ne!(&seen, &Seen::Ours);
        } else {
            prop_assert_eq!(&seen, &Seen::Ours);
        }
        let as_before = (0..LEAVES.len()).all(|at| !said[at] || there[at] == before[at]);
        if as_before && !none_wanted {
            let proven = changed.iter().any(|at| shows(*at));
            prop_assert_eq!(&seen, if proven { &Seen::Base } else { &Seen::Nothing }, "it is sent again on proof alone");
        }
        if let Seen::Other(paths) = seen {
            prop_assert!(!paths.is_empty());
        }
    }
}

/// Somebody who was removed is told from the others by who they are, wherever they stood.
#[test]
fn a_removed_person_is_gone_or_still_there() {
    let person = |number: &str, name: &str| {
        json!({ "basic_info": { "first_name_english": name },
                "identification": { "id_number": number, "id_issuing_country_code": "CN" } })
    };
    let (wei, mei, jun) = (person("E1", "Wei"), person("E2", "Mei"), person("E3", "Jun"));
    let of = |persons: &[&Value]| json!({ "business_person_list": persons });
    let seen = |sent: &[&Value], now: &[&Value]| {
        let customer = Customer::from_json(&of(now)).unwrap();
        match seen_after_update(&of(&[&wei, &mei]), &of(sent), &customer) {
            Seen::Ours => "ours",
            Seen::Base => "base",
            Seen::Nothing => "nothing",
            Seen::Other(_) => "other",
        }
    };
    assert_eq!(seen(&[&mei], &[&wei, &mei]), "base");
    assert_eq!(seen(&[&mei], &[&mei, &wei]), "base");
    assert_eq!(seen(&[&mei], &[&mei]), "ours");
    assert_eq!(seen(&[&wei], &[&wei]), "ours");
    assert_eq!(seen(&[&mei], &[&mei, &jun]), "other", "somebody else was added, or the removed one became another");
    assert_eq!(seen(&[&mei, &jun], &[&wei, &mei]), "base");
    assert_eq!(seen(&[&mei, &jun], &[&mei, &jun]), "ours");
    assert_eq!(seen(&[&mei, &wei], &[&wei, &mei]), "ours", "the order is no change");
}
