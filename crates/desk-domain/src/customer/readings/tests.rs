//! Tables of what becomes of a value, and what holds for any two answers.

use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use super::*;

fn customer(mut answer: Value) -> Customer {
    answer["customer_id"] = json!("cus_1");
    Customer::from_json(&answer).unwrap()
}

/// What became of each value that is not the same, by its path after, else before.
fn became(before: Value, after: Value) -> Vec<String> {
    let found = compare_readings(&customer(before), &customer(after));
    let rows = found.rows.iter().filter(|row| row.became != Became::Same);
    rows.map(|row| {
        let path = |said: &Option<LeafSaid>| said.as_ref().map(|said| said.path.clone());
        format!("{:?} {}", row.became, path(&row.after).or(path(&row.before)).unwrap())
    })
    .collect()
}

fn number(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap()
}

fn person(number: &str, name: &str) -> Value {
    json!({
        "basic_info": { "first_name_english": name, "last_name_english": "Chan", "birth_date": "1990-01-15" },
        "identification": { "id_number": number, "id_issuing_country_code": "HK" }
    })
}

fn persons(persons: &[&Value]) -> Value {
    json!({ "business_person_list": persons })
}

const CITY: &str = "registration_address/registration_address_city";

#[rstest]
#[case::same(json!("Sydney"), json!(" Sydney "), None)]
#[case::other(json!("Sydney"), json!("Perth"), Some("Changed"))]
#[case::emptied(json!("Sydney"), json!(""), Some("Removed"))]
#[case::nulled(json!("Sydney"), Value::Null, Some("Removed"))]
#[case::filled(Value::Null, json!("Sydney"), Some("Added"))]
#[case::nothing_either_way(Value::Null, json!(" "), None)]
fn a_text(#[case] before: Value, #[case] after: Value, #[case] expected: Option<&str>) {
    let of = |city: Value| json!({ "registration_address": { "registration_address_city": city } });
    let expected: Vec<_> = expected.map(|became| format!("{became} {CITY}")).into_iter().collect();
    assert_eq!(became(of(before), of(after)), expected);
}

#[rstest]
#[case::left_out_of_a_section(json!({ "registration_address": { "registration_address_city": "Perth" } }),
    json!({ "registration_address": { "registration_address_line1": "" } }), "Removed")]
#[case::section_left_out(json!({ "registration_address": { "registration_address_city": "Perth" } }),
    json!({}), "NotSaid")]
#[case::section_empty(json!({ "registration_address": { "registration_address_city": "Perth" } }),
    json!({ "registration_address": {} }), "Removed")]
#[case::section_null(json!({ "registration_address": { "registration_address_city": "Perth" } }),
    json!({ "registration_address": null }), "Removed")]
#[case::section_comes(json!({}),
    json!({ "registration_address": { "registration_address_city": "Perth" } }), "NotSaid")]
fn a_section_that_is_left_out_was_not_said(#[case] before: Value, #[case] after: Value, #[case] expected: &str) {
    assert_eq!(became(before, after), [format!("{expected} {CITY}")]);
}

#[rstest]
#[case::date("1990-01-15T00:00:00Z", "1990-01-15", true)]
#[case::another_date("1990-01-15T00:00:00Z", "1990-01-16T00:00:00Z", false)]
fn a_date_by_its_calendar_date(#[case] before: &str, #[case] after: &str, #[case] same: bool) {
    let of = |date: &str| json!({ "business_details": { "business_identifier_start_date": date } });
    assert_eq!(became(of(before), of(after)).is_empty(), same);
}

#[rstest]
#[case("12345678901234567.80", "12345678901234567.8", true)]
#[case("120000", "1.2e5", true)]
#[case("12345678901234567.80", "12345678901234567.81", false)]
fn an_amount_by_its_value(#[case] before: &str, #[case] after: &str, #[case] same: bool) {
    let of = |amount: &str| json!({ "account_usage": { "estimated_monthly_revenue_amount": number(amount) } });
    assert_eq!(became(of(before), of(after)).is_empty(), same);
    let unknown = |amount: &str| json!({ "risk": { "score": number(amount) } });
    assert_eq!(became(unknown(before), unknown(after)).is_empty(), same, "unknown numbers, too");
}

#[rstest]
#[case::moved(&["a", "b"], &["b", "a"], &[])]
#[case::one_more(&["a"], &["b", "a"], &["Added 0"])]
#[case::one_less(&["a", "b"], &["b"], &["Removed 0"])]
#[case::another(&["a"], &["b"], &["Removed 0", "Added 0"])]
#[case::twice(&["a", "a"], &["a"], &[])]
#[case::emptied(&["a"], &[], &["Removed 0"])]
fn a_list_by_its_entries(#[case] before: &[&str], #[case] after: &[&str], #[case] expected: &[&str]) {
    let list = "business_details/business_identifier_document_list";
    let of = |ids: &[&str]| json!({ "business_details": { "business_identifier_document_list": ids } });
    let expected: Vec<_> = expected
        .iter()
        .map(|row| row.split_once(' ').unwrap())
        .map(|(became, slot)| format!("{became} {list}/{slot}"))
        .collect();
    assert_eq!(became(of(before), of(after)), expected);
}

#[test]
fn ids_status_and_time_of_creation_are_compared_where_both_say_them() {
    let of =
        |status: &str, at: &str, ours: &str| json!({ "status": status, "created_at": at, "partner_customer_id": ours });
    let before = of("Processing", "2026-01-01T00:00:00Z", "cd-1");
    let after = of("Succeeded", "2026-01-01T00:00:00.000+00:00", "cd-2");
    assert_eq!(became(before.clone(), after), ["Changed status", "Changed partner_customer_id"]);
    let less = became(before, json!({}));
    assert_eq!(less, ["NotSaid status", "NotSaid created_at", "NotSaid partner_customer_id"]);
}

#[test]
fn persons_are_the_same_wherever_they_stand() {
    let (ada, ben) = (person("E1", "Ada"), person("E2", "Ben"));
    assert_eq!(became(persons(&[&ada, &ben]), persons(&[&ben, &ada])), Vec::<String>::new());
    let mut older = ada.clone();
    older["basic_info"]["birth_date"] = json!("1980-01-15");
    let found = compare_readings(&customer(persons(&[&ada, &ben])), &customer(persons(&[&ben, &older])));
    assert_eq!(
        found.persons,
        [ComparedPerson { before: Some(1), after: Some(0) }, ComparedPerson { before: Some(0), after: Some(1) }]
    );
    let row = found.rows.iter().find(|row| row.became != Became::Same).unwrap();
    let path = |said: &Option<LeafSaid>| said.as_ref().map(|said| said.path.clone()).unwrap();
    assert_eq!(path(&row.before), "business_person_list/0/basic_info/birth_date");
    assert_eq!(path(&row.after), "business_person_list/1/basic_info/birth_date");
    assert_eq!((row.person, row.became, found.changes()), (Some(1), Became::Changed, 1));
}

#[test]
fn a_person_of_one_answer_only_comes_or_goes_with_all_that_is_said_of_them() {
    let (ada, ben) = (person("E1", "Ada"), person("E2", "Ben"));
    let of = |became: &str, place: u32| {
        [
            "basic_info/first_name_english",
            "basic_info/last_name_english",
            "basic_info/birth_date",
            "identification/id_number",
            "identification/id_issuing_country_code",
        ]
        .map(|leaf| format!("{became} business_person_list/{place}/{leaf}"))
    };
    let sorted = |mut rows: Vec<String>| {
        rows.sort();
        rows
    };
    let expected = sorted([of("Added", 0), of("Removed", 0)].concat());
    assert_eq!(sorted(became(persons(&[&ada]), persons(&[&ben]))), expected, "nobody is matched by position");
    assert_eq!(sorted(became(persons(&[&ada]), persons(&[]))), sorted(of("Removed", 0).to_vec()));
    assert_eq!(sorted(became(persons(&[&ada]), json!({}))), sorted(of("NotSaid", 0).to_vec()), "the list was left out");
    assert_eq!(sorted(became(json!({}), persons(&[&ada]))), sorted(of("NotSaid", 0).to_vec()));
}

#[test]
fn a_group_that_is_left_out_was_not_said() {
    let ada = person("E1", "Ada");
    let mut less = ada.clone();
    less.as_object_mut().unwrap().remove("basic_info");
    let names = ["first_name_english", "last_name_english", "birth_date"];
    let mut expected = names.map(|key| format!("NotSaid business_person_list/0/basic_info/{key}"));
    let mut found = became(persons(&[&ada]), persons(&[&less]));
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    less["basic_info"] = json!({});
    assert!(
        became(persons(&[&ada]), persons(&[&less])).iter().all(|row| row.starts_with("Removed")),
        "said to be empty"
    );
}

#[test]
fn one_of_two_with_the_same_id_is_not_certain_from_either_side() {
    let (ada, twin) = (person("E1", "Ada"), person("E1", "Eve"));
    let found = compare_readings(&customer(persons(&[&ada, &twin])), &customer(persons(&[&person("E1", "Una")])));
    assert_eq!(found.persons.len(), 3, "{:?}", found.persons);
    let turned = compare_readings(&customer(persons(&[&person("E1", "Una")])), &customer(persons(&[&ada, &twin])));
    assert_eq!(turned.persons.len(), 3, "{:?}", turned.persons);
}

#[rstest]
#[case::changed(json!({ "risk": { "level": "low" } }), json!({ "risk": { "level": "high" } }), &["Changed risk/level"])]
#[case::same_text(json!({ "risk": "low" }), json!({ "risk": " low" }), &[])]
#[case::gone(json!({ "risk": "low", "b": 1 }), json!({ "b": 1 }), &["Removed risk"])]
#[case::new(json!({}), json!({ "risk": [true, null] }), &["Added risk/0", "Added risk/1"])]
#[case::of_a_section(json!({ "business_details": { "x": 1 } }), json!({ "business_details": {} }),
    &["Removed business_details/x"])]
#[case::of_a_section_left_out(json!({ "business_details": { "x": 1 } }), json!({}), &["NotSaid business_details/x"])]
fn what_this_program_does_not_know(#[case] before: Value, #[case] after: Value, #[case] expected: &[&str]) {
    assert_eq!(became(before, after), expected);
}

#[test]
fn what_is_not_known_of_a_person_goes_with_the_person() {
    let (mut ada, ben) = (person("E1", "Ada"), person("E2", "Ben"));
    ada["pep"] = json!("no");
    let mut later = ada.clone();
    later["pep"] = json!("yes");
    let found = compare_readings(&customer(persons(&[&ada, &ben])), &customer(persons(&[&ben, &later])));
    let row = found.rows.iter().find(|row| row.became == Became::Changed).unwrap();
    assert_eq!((row.known, row.person), (None, Some(1)));
    assert_eq!(row.before.as_ref().unwrap().path, "business_person_list/0/pep");
    assert_eq!(row.after.as_ref().unwrap().path, "business_person_list/1/pep");
    ada["identification"]["x"] = json!(1);
    later.as_object_mut().unwrap().remove("identification");
    let left_out = became(persons(&[&ada]), persons(&[&later]));
    assert!(left_out.contains(&"NotSaid business_person_list/0/identification/x".to_owned()), "{left_out:?}");
}

#[test]
fn rows_stand_in_the_order_of_the_form_with_what_is_not_known_at_the_end() {
    let of = |text: &str| {
        json!({
            "a": text, "primary_contact": { "contact_email": text }, "status": text, "business_person_list":
            [{ "basic_info": { "first_name": text }, "identification": { "id_number": "E1", "id_issuing_country_code": "HK" } }],
            "business_details": { "website": text, "b": text, "business_identifier_document_list": [text] }
        })
    };
    let list = "business_details/business_identifier_document_list/0";
    let expected = [
        "Changed status",
        "Changed business_details/website",
        &format!("Removed {list}"),
        &format!("Added {list}"),
        "Changed primary_contact/contact_email",
        "Changed business_person_list/0/basic_info/first_name",
    ];
    let mut found = became(of("1"), of("2"));
    let unknown = found.split_off(6);
    found[1..4].sort();
    let mut expected = expected.map(str::to_owned);
    expected[1..4].sort();
    assert_eq!(found, expected);
    assert_eq!(unknown, ["Changed a", "Changed business_details/b"]);
}

fn text() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!("")),
        Just(json!("A")),
        Just(json!("B")),
        Just(json!("2020-01-01")),
        Just(json!(1.5))
    ]
}

fn object(keys: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let entries = proptest::collection::vec(proptest::option::of(text()), keys.len());
    entries.prop_map(move |texts| {
        keys.iter()
            .zip(texts)
            .filter_map(|(key, text)| Some(((*key).to_owned(), text?)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    })
}

fn someone() -> impl Strategy<Value = Value> {
    let groups = (
        proptest::option::of(object(&["first_name_english", "last_name_english", "birth_date", "x"])),
        proptest::option::of(object(&["id_number", "id_issuing_country_code"])),
        proptest::option::of(text()),
    );
    groups.prop_map(|(basic, identification, other)| {
        let groups = [("basic_info", basic), ("identification", identification), ("other", other)];
        let said = groups.into_iter().filter_map(|(key, group)| Some((key.to_owned(), group?)));
        said.collect::<serde_json::Map<_, _>>().into()
    })
}

fn answer() -> impl Strategy<Value = Value> {
    let list = proptest::collection::vec(text(), 0..4).prop_map(Value::from);
    let parts = (
        object(&["status", "created_at", "partner_customer_id", "risk", "business_details"]),
        proptest::option::of(object(&["website", "business_identifier_start_date", "y"])),
        proptest::option::of(list),
        proptest::option::of(proptest::collection::vec(someone(), 0..4)),
    );
    parts.prop_map(|(mut answer, details, list, persons)| {
        if let Some(mut details) = details {
            if let Some(list) = list {
                details["business_identifier_document_list"] = list;
            }
            answer["business_details"] = details;
        }
        if let Some(persons) = persons {
            answer["business_person_list"] = persons.into();
        }
        answer
    })
}

proptest! {
    #[test]
    fn an_answer_beside_itself_is_the_same_in_everything(answer in answer()) {
        let customer = customer(answer);
        let found = compare_readings(&customer, &customer);
        for row in &found.rows {
            prop_assert_eq!(row.became, Became::Same, "{:?}", row);
        }
        prop_assert!(found.persons.iter().all(|person| person.before.is_some() && person.after.is_some()));
    }

    #[test]
    fn the_other_way_round_added_is_removed(before in answer(), after in answer()) {
        let (before, after) = (customer(before), customer(after));
        let turned = |row: &ComparedLeaf| match row.became {
            Became::Added => "removed",
            Became::Removed => "added",
            Became::Changed => "changed",
            Became::Same => "same",
            Became::NotSaid => "not said",
        };
        let plain = |row: &ComparedLeaf| match row.became {
            Became::Added => "added",
            Became::Removed => "removed",
            Became::Changed => "changed",
            Became::Same => "same",
            Became::NotSaid => "not said",
        };
        let said = |said: &Option<LeafSaid>| said.as_ref().map(|said| (said.path.clone(), said.text.clone()));
        let mut there: Vec<_> = compare_readings(&before, &after).rows.iter()
            .map(|row| (plain(row), said(&row.before), said(&row.after))).collect();
        let mut back: Vec<_> = compare_readings(&after, &before).rows.iter()
            .map(|row| (turned(row), said(&row.after), said(&row.before))).collect();
        there.sort();
back.sort();
        prop_assert_eq!(there, back);
    }

    #[test]
    fn no_value_of_either_is_left_out_or_there_twice(before in answer(), after in answer()) {
        let (before, after) = (customer(before), customer(after));
        let rows = compare_readings(&before, &after).rows;
        for (customer, of) in [(&before, true), (&after, false)] {
            let said = rows.iter().filter_map(|row| if of { row.before.as_ref() } else { row.after.as_ref() });
            let mut said: Vec<_> = said.map(|said| (said.path.clone(), said.text.clone())).collect();
            let known = customer.leaves.iter().filter(|(_, text)| !clean(text).is_empty());
            let known = known.map(|(path, text)| (path.to_string(), text.clone()));
            let mut all: Vec<_> = known.chain(customer.unknown.iter().map(|leaf| (leaf.path.clone(), leaf.text()))).collect();
            said.sort();
all.sort();
            prop_assert_eq!(said, all);
        }
    }
}
