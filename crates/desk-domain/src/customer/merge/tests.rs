//! The rules of a merge, case by case; `random.rs` holds them against a model of their own.

mod random;

use rstest::rstest;
use serde_json::{Value, json};

use super::*;

const CITY: &str = "registration_address/registration_address_city";
const NAME: &str = "business_person_list/0/basic_info/first_name";

fn three<'a>(base: &'a Value, mine: &'a Value, theirs: &'a Value) -> Sides<'a> {
    Sides { base, mine, theirs, persons: None, matches: &[] }
}

fn merged(base: &Value, mine: &Value, theirs: &Value) -> Merge {
    merge(&three(base, mine, theirs))
}

fn spelled(spot: Option<&Spot>) -> String {
    match spot {
        Some(Spot::Leaf(path)) => path.to_string(),
        Some(Spot::Person(at)) => format!("person {at}"),
        Some(Spot::Unknown(path)) => format!("? {path}"),
        None => "-".to_owned(),
    }
}

fn changes(changed: &[Changed]) -> Vec<String> {
    let one = |changed: &Changed| format!("{} > {}", spelled(changed.base.as_ref()), spelled(changed.there.as_ref()));
    changed.iter().map(one).collect()
}

fn clashes(merge: &Merge) -> Vec<String> {
    let spots = |clash: &Clash| [&clash.base, &clash.mine, &clash.theirs].map(|spot| spelled(spot.as_ref())).join(" ");
    merge.clashes.iter().map(spots).collect()
}

// One leaf in the base, in ours, in theirs; then what comes of it, and who changed it (`x` for a clash).
#[rstest]
#[case::nobody(json!("A"), json!("A"), json!("A"), json!("A"), "")]
#[case::mine(json!("A"), json!("B"), json!("A"), json!("B"), "m")]
#[case::theirs(json!("A"), json!("A"), json!("B"), json!("B"), "t")]
#[case::both_the_same(json!("A"), json!("B"), json!("B"), json!("B"), "")]
#[case::both_the_same_after_normalising(json!("A"), json!("B "), json!("B"), json!("B"), "")]
#[case::both_otherwise(json!("A"), json!("B"), json!("C"), json!("A"), "x")]
#[case::mine_cleared(json!("A"), json!(null), json!("A"), json!(null), "m")]
#[case::theirs_cleared(json!("A"), json!("A"), json!(" "), json!(" "), "t")]
#[case::both_cleared(json!("A"), json!(null), json!(""), json!(""), "")]
#[case::cleared_and_changed(json!("A"), json!(null), json!("B"), json!("A"), "x")]
#[case::both_set_otherwise(json!(null), json!("B"), json!("C"), json!(null), "x")]
#[case::the_spelling_of_theirs(json!("A"), json!("A"), json!(" A"), json!(" A"), "")]
#[case::the_spelling_of_whom_changed_it(json!("A"), json!("B"), json!(" A"), json!("B"), "m")]
#[case::kinds(json!("1"), json!("1"), json!(1), json!(1), "")]
#[case::a_kind_of_its_own(json!("A"), json!("B"), json!({ "en": "A" }), json!("A"), "x")]
fn one_leaf(#[case] base: Value, #[case] mine: Value, #[case] theirs: Value, #[case] value: Value, #[case] by: &str) {
    // A `null` that is asked for is one that came so; the city beside it says that the section is there.
    let of = |value: &Value| json!({ "registration_address": { "registration_address_city": value, "registration_address_line1": "L" } });
    let merge = merged(&of(&base), &of(&mine), &of(&theirs));
    assert_eq!(merge.value, of(&value));
    let found = ["m".repeat(merge.mine.len()), "t".repeat(merge.taken.len()), "x".repeat(merge.clashes.len())].concat();
    assert_eq!(found, by);
}

#[rstest]
#[case::dates("/business_details/business_identifier_start_date", json!("2019-05-05"), json!("2019-05-05T00:00:00Z"))]
#[case::amounts("/account_usage/estimated_monthly_revenue_amount", json!(100.50), json!("100.5"))]
fn values_are_compared_as_their_kind(#[case] at: &str, #[case] base: Value, #[case] theirs: Value) {
    let of = |value: &Value| {
        let mut customer = json!({ "business_details": {}, "account_usage": {} });
        let (section, key) = at[1..].split_once('/').unwrap();
        customer[section][key] = value.clone();
        customer
    };
    let merge = merged(&of(&base), &of(&base), &of(&theirs));
    assert_eq!((merge.taken.len(), merge.value), (0, of(&theirs)));
}

#[test]
fn a_clash_says_where_and_what() {
    let of = |city: &str, number: &Value| json!({ "registration_address": { "registration_address_city": city }, "risk": { "a/b": number } });
    let (base, mine, theirs) = (of("A", &json!(1.50)), of("B", &json!(null)), of("C", &json!([1])));
    let sides = three(&base, &mine, &theirs);
    let merge = merge(&sides);
    assert_eq!(clashes(&merge), [[CITY; 3].join(" "), "? risk/a~1b ? risk/a~1b ? risk/a~1b".to_owned()]);
    let texts = |clash: &Clash| [clash.original.clone(), clash.ours.clone(), clash.platform.clone()];
    let said = |text: &str| Some(text.to_owned());
    assert_eq!(texts(&merge.clashes[0]), [said("A"), said("B"), said("C")]);
    assert_eq!(texts(&merge.clashes[1]), [said("1.5"), None, said("[1]")]);
    assert_eq!(merge.value, base, "nothing is decided");
    assert_eq!(merge.settle(&sides, &[Side::Mine]), None, "each is chosen");
    assert_eq!(merge.settle(&sides, &[Side::Mine, Side::Theirs]), Some(of("B", &json!([1]))));
}

#[rstest]
#[case::section(json!({ "customer_id": "c" }))]
#[case::null(json!({ "customer_id": "c", "registration_address": null, "business_person_list": null, "risk": {} }))]
#[case::empty(json!({ "customer_id": "c", "registration_address": {}, "business_person_list": [{ "basic_info": {}, "identification": { "id_number": "E1", "id_issuing_country_code": "CN" } }] }))]
fn what_is_left_out_was_not_said(#[case] theirs: Value) {
    let person = json!({ "basic_info": { "first_name": "伟" }, "identification": { "id_number": "E1", "id_issuing_country_code": "CN" }, "pep": [1] });
    let base = json!({ "customer_id": "c", "status": "Processing", "registration_address": { "registration_address_city": "A" },
        "business_person_list": [person], "risk": { "level": 1 }, "tier": "gold",
        "business_details": { "business_identifier_document_list": ["f1"], "scores": [1], "checks": { "a": 1 }, "website": "w" } });
    let mut theirs = theirs;
    theirs["business_details"] = json!({ "website": "w" });
    let merge = merged(&base, &base, &theirs);
    assert_eq!((&merge.value, merge.taken.len()), (&base, 0));
    assert_eq!(merged(&base, &theirs, &base).value, base, "of ours neither, where it is no body");
}

#[test]
fn a_leaf_that_is_left_out_of_what_was_said_was_cleared() {
    let base = json!({ "registration_address": { "registration_address_city": "A", "registration_address_line1": "L", "note": 1 } });
    let theirs = json!({ "registration_address": { "registration_address_line1": "L" } });
    let merge = merged(&base, &base, &theirs);
    assert_eq!(merge.value, theirs);
    assert_eq!(changes(&merge.taken), [format!("{CITY} > -"), "? registration_address/note > -".to_owned()]);
}

#[test]
fn what_a_body_leaves_out_was_cleared() {
    let person = |number: &str| json!({ "identification": { "id_number": number, "id_issuing_country_code": "CN" } });
    let base = json!({ "customer_id": "c", "status": "Processing", "tier": "gold",
        "primary_contact": { "contact_email": "a@b.example" }, "business_person_list": [person("E1")],
        "business_details": { "business_identifier_document_list": ["f1"], "website": null } });
    let body = json!({ "tier": "gold", "business_details": {} });
    let sides = Sides { persons: Some(&[]), ..three(&base, &body, &base) };
    let merge = merge(&sides);
    let expected = json!({ "customer_id": "c", "status": "Processing", "tier": "gold", "business_details": {}, "business_person_list": [] });
    assert_eq!(merge.value, expected, "but the platform's own is never ours to clear");
    assert_eq!(
        changes(&merge.mine),
        [
            "primary_contact/contact_email > -",
            "person 0 > -",
            "business_details/business_identifier_document_list/0 > -"
        ]
    );
}

fn list(files: &str) -> Value {
    let files: Vec<_> = files.split_whitespace().collect();
    json!({ "business_details": { "business_identifier_document_list": files, "website": "w" } })
}

#[rstest]
#[case::nobody("a b", "a b", "a b", "a b", 0, 0)]
#[case::turned("a b", "b a", "a b", "a b", 0, 0)]
#[case::both_add("a b", "a b z", "y a b", "a b y z", 1, 1)]
#[case::both_add_the_same("a", "a z", "z a", "a z", 0, 0)]
#[case::one_removes("a b", "a", "a b", "a", 1, 0)]
#[case::both_remove("a b", "a", "a", "a", 0, 0)]
#[case::each_removes_another("a b c", "b c", "a b", "b", 1, 1)]
#[case::one_replaces_one_adds("a b", "z b", "a b y", "b y z", 2, 1)]
#[case::all_gone("a", "", "a", "", 1, 0)]
fn documents_are_a_set(
    #[case] base: &str,
    #[case] mine: &str,
    #[case] theirs: &str,
    #[case] value: &str,
    #[case] by_me: usize,
    #[case] by_them: usize,
) {
    let (base, mine, theirs) = (list(base), list(mine), list(theirs));
    let merge = merged(&base, &mine, &theirs);
    assert_eq!(merge.value, list(value));
    assert_eq!((merge.mine.len(), merge.taken.len(), merge.clashes.len()), (by_me, by_them, 0));
    assert_eq!(merged(&base, &theirs, &mine).value, merge.value);
}

fn person(number: &str, name: &str) -> Value {
    json!({ "basic_info": { "first_name": name, "first_name_english": format!("N{number}"), "last_name_english": "L", "birth_date": "1990-01-15" },
            "identification": { "id_number": number, "id_issuing_country_code": "CN" }, "pep": [number] })
}

/// Persons as `E1:name`, parted by blanks.
fn persons(spelled: &str) -> Value {
    let parted = spelled.split_whitespace().map(|person| person.split_once(':').unwrap());
    json!({ "customer_id": "c", "business_person_list": parted.map(|(number, name)| person(number, name)).collect::<Vec<_>>() })
}

#[rstest]
#[case::turned("1:a 2:b", "2:b 1:a", "1:a 2:c", "1:a 2:c", "")]
#[case::each_changes_another("1:a 2:b", "1:x 2:b", "2:y 1:a", "1:x 2:y", "")]
#[case::both_change_one(
    "1:a 2:b",
    "1:a 2:x",
    "2:y 1:a",
    "1:a 2:b",
    "business_person_list/1/basic_info/first_name business_person_list/1/basic_info/first_name business_person_list/0/basic_info/first_name"
)]
#[case::removed("1:a 2:b", "1:a", "1:a 2:b", "1:a", "")]
#[case::removed_by_both("1:a 2:b", "1:a", "1:a", "1:a", "")]
#[case::removed_and_changed("1:a 2:b", "2:b", "2:b 1:x", "1:a 2:b", "person 0 - person 1")]
#[case::changed_and_removed("1:a 2:b", "2:b 1:x", "2:b", "1:a 2:b", "person 0 person 1 -")]
#[case::added("1:a", "1:a 9:z", "8:y 1:a", "1:a 9:z 8:y", "")]
#[case::the_same_added("1:a", "9:z 1:a", "1:a 9:z", "1:a 9:z", "")]
#[case::the_same_added_otherwise(
    "",
    "9:z",
    "9:y",
    "9:",
    "- business_person_list/0/basic_info/first_name business_person_list/0/basic_info/first_name"
)]
fn persons_are_found_by_who_they_are(
    #[case] base: &str,
    #[case] mine: &str,
    #[case] theirs: &str,
    #[case] value: &str,
    #[case] clash: &str,
) {
    let (base, mine, theirs) = (persons(base), persons(mine), persons(theirs));
    let merge = merged(&base, &mine, &theirs);
    let name = |person: &Value| {
        let text = |at: &str| person.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned();
        format!("{}:{}", text("/identification/id_number"), text("/basic_info/first_name"))
    };
    let found: Vec<_> = merge.value["business_person_list"].as_array().unwrap().iter().map(name).collect();
    let mut expected: Vec<_> = value.split_whitespace().collect();
    // Where the added ones stand is decided by their text.
    let mut sorted = found.clone();
    let first = base["business_person_list"].as_array().unwrap().len().min(found.len());
    sorted[first..].sort();
    expected[first..].sort_unstable();
    assert_eq!(sorted, expected);
    assert_eq!(clashes(&merge), Vec::from_iter((!clash.is_empty()).then_some(clash)));
    assert_eq!(merge.uncertain, []);
    if clash.is_empty() {
        assert_eq!(merged(&base, &theirs, &mine).value, merge.value);
    }
}

#[test]
fn a_person_who_clashes_goes_or_stays_as_chosen() {
    let (base, mine, mut theirs) = (persons("1:a 2:b"), persons("2:b"), persons("2:b 1:x"));
    // What theirs leave out of somebody was not said of them either.
    theirs["business_person_list"][1].as_object_mut().unwrap().shift_remove("pep");
    let sides = three(&base, &mine, &theirs);
    let merge = merge(&sides);
    let settled = |side: Side| merge.settle(&sides, &[side]).unwrap();
    assert_eq!(settled(Side::Mine), persons("2:b"));
    assert_eq!(settled(Side::Theirs), persons("1:x 2:b"));
    assert_eq!(merge.clashes[0].original, None, "a whole person has no text");
}

#[test]
fn who_is_not_certain_is_asked_for() {
    let base = persons("1:a 2:b");
    let mut theirs = persons("2:b 9:y");
    let mine = persons("1:x 2:b");
    let sides = three(&base, &mine, &theirs);
    let first = merge(&sides);
    assert_eq!(first.uncertain, [Uncertain { side: Side::Theirs, base: 0, maybe: vec![1] }]);
    assert_eq!(first.settle(&sides, &[]), None);
    // The same person under another number.
    let one = merge(&Sides { matches: &[(0, Some(1))], ..sides });
    assert_eq!((one.uncertain.len(), one.value["business_person_list"].as_array().unwrap().len()), (0, 2));
    let who = PersonPlaces { base: Some(0), mine: Some(0), theirs: Some(1) };
    assert_eq!(one.persons[0], who);
    assert_eq!(clashes(&one), [format!("{NAME} {NAME} business_person_list/1/basic_info/first_name")]);
    assert_eq!(
        changes(&one.taken)[1],
        "business_person_list/0/identification/id_number > business_person_list/1/identification/id_number"
    );
    // Somebody else: the first one is gone, and ours changed them.
    let other = merge(&Sides { matches: &[(0, None)], ..sides });
    assert_eq!((other.uncertain.len(), clashes(&other)), (0, vec!["person 0 person 0 -".to_owned()]));
    assert_eq!(changes(&other.taken), ["- > person 1"]);
    // With nobody left whom they could be, they are gone for certain.
    theirs = persons("2:b");
    assert_eq!(merged(&base, &base, &theirs).value, persons("2:b"));
}

#[test]
fn persons_of_a_body_are_those_that_it_was_made_of() {
    let base = persons("1:a 2:b");
    // Everything that says who they are was changed.
    let mut mine = persons("7:a 8:n");
    mine["business_person_list"][0]["pep"] = json!(["1"]);
    let theirs = persons("2:b 1:c");
    let merge = merge(&Sides { persons: Some(&[Some(0), None]), ..three(&base, &mine, &theirs) });
    let names: Vec<_> =
        (0..2).map(|at| merge.value["business_person_list"][at]["basic_info"]["first_name"].clone()).collect();
    assert_eq!(
        (names, merge.value["business_person_list"][0]["identification"]["id_number"].clone()),
        (vec![json!("c"), json!("n")], json!("7"))
    );
    let places: Vec<_> = merge.persons.iter().map(|who| (who.base, who.mine, who.theirs)).collect();
    assert_eq!(places, [(Some(0), Some(0), Some(1)), (Some(1), None, Some(0)), (None, Some(1), None)]);
}
