use rstest::rstest;
use serde_json::json;

use super::*;
use crate::customer::{Base, MissingPart};

const CITY: &str = "registration_address/registration_address_city";
const DOCUMENTS: &str = "business_details/business_identifier_document_list";

fn base() -> Value {
    let text = r#"{
        "customer_id": "cus_1", "partner_customer_id": "cd-1", "status": "Failed", "created_at": "2026-01-02T03:04:05Z",
        "business_details": { "website": " HTTPS://A.example ", "business_identifier_document_list": ["f1", "f2"],
            "business_identifier_start_date": "2019-05-05", "risk": { "b": 1.50, "a": null } },
        "registration_address": { "registration_address_city": "Sydney", "registration_address_state": null },
        "account_usage": { "estimated_monthly_revenue_amount": 12345678901234567.80 },
        "primary_contact": null,
        "business_person_list": [{ "basic_info": { "first_name": "伟", "birth_date": "1990-01-15T00:00:00.000+00:00" },
            "residential_address": { "residential_address_city": "Perth" }, "identification": { "id_issuing_country_code": "CN" }, "pep": false }],
        "tier": null
    }"#;
    serde_json::from_str(text).unwrap()
}

fn changes(changes: &[(&str, Option<&str>)]) -> Changes {
    let change = |(path, text): &(&str, Option<&str>)| (path.parse().unwrap(), text.map(str::to_owned));
    Changes::from(changes.iter().map(change).collect::<Vec<Change>>())
}

fn updated(given: &[(&str, Option<&str>)]) -> Result<Value, NoUpdate> {
    update_body(&base(), &changes(given))
}

#[test]
fn what_is_untouched_goes_out_as_it_came() {
    let body = updated(&[]).unwrap();
    let expected = r#"{"business_details":{"website":" HTTPS://A.example ","business_identifier_document_list":["f1","f2"],"business_identifier_start_date":"2019-05-05","risk":{"b":1.50,"a":null}},"registration_address":{"registration_address_city":"Sydney"},"account_usage":{"estimated_monthly_revenue_amount":12345678901234567.80},"business_person_list":[{"basic_info":{"first_name":"伟","birth_date":"1990-01-15T00:00:00.000+00:00"},"residential_address":{"residential_address_city":"Perth"},"identification":{"id_issuing_country_code":"CN"},"pep":false}],"tier":null}"#;
    assert_eq!(body.to_string(), expected);
}

// One change, then the place that it makes different, and what stands there.
#[rstest]
#[case::text(CITY, Some("Perth"), "/registration_address/registration_address_city", json!("Perth"))]
#[case::same_text("business_details/website", Some("HTTPS://A.example"), "/business_details/website", json!(" HTTPS://A.example "))]
#[case::date("business_details/business_identifier_start_date", Some("2020-06-07"), "/business_details/business_identifier_start_date", json!("2020-06-07T00:00:00Z"))]
#[case::same_date("business_details/business_identifier_start_date", Some("2019-05-05T00:00:00Z"), "/business_details/business_identifier_start_date", json!("2019-05-05"))]
#[case::amount("account_usage/estimated_monthly_revenue_amount", Some("98765432109876543.210"), "/account_usage/estimated_monthly_revenue_amount", serde_json::from_str("98765432109876543.210").unwrap())]
#[case::same_amount("account_usage/estimated_monthly_revenue_amount", Some("12345678901234567.8"), "/account_usage/estimated_monthly_revenue_amount", serde_json::from_str("12345678901234567.80").unwrap())]
#[case::cleared("business_details/website", None, "/business_details/website", Value::Null)]
#[case::blank_is_cleared("business_details/website", Some(" \u{200b}"), "/business_details/website", Value::Null)]
#[case::cleared_twice("business_details/business_name", None, "/business_details/business_name", Value::Null)]
#[case::new_key("business_details/business_name", Some("灯"), "/business_details/business_name", json!("灯"))]
#[case::new_section("primary_contact/contact_email", Some("a@b.example"), "/primary_contact", json!({ "contact_email": "a@b.example" }))]
#[case::person("business_person_list/0/basic_info/first_name", Some("美"), "/business_person_list/0/basic_info/first_name", json!("美"))]
#[case::new_leaf_of_a_person("business_person_list/0/identification/id_number", Some("E1"), "/business_person_list/0/identification/id_number", json!("E1"))]
#[case::new_person("business_person_list/1/basic_info/first_name", Some("美"), "/business_person_list/1", json!({ "basic_info": { "first_name": "美" } }))]
#[case::entry("business_details/business_identifier_document_list/1", Some("f9"), "/business_details/business_identifier_document_list", json!(["f1", "f9"]))]
#[case::new_entry("business_details/business_identifier_document_list/2", Some("f3"), "/business_details/business_identifier_document_list", json!(["f1", "f2", "f3"]))]
#[case::entry_gone("business_details/business_identifier_document_list/0", None, "/business_details/business_identifier_document_list", json!(["f2"]))]
#[case::list_gone(DOCUMENTS, None, "/business_details/business_identifier_document_list", Value::Null)]
fn one_change_makes_one_difference(
    #[case] path: &str,
    #[case] text: Option<&str>,
    #[case] at: &str,
    #[case] there: Value,
) {
    let body = updated(&[(path, text)]).unwrap();
    assert_eq!(body.pointer(at).cloned().unwrap_or_default(), there);
    // Put back, it is the body of no change at all.
    let (mut with, mut without) = (body, updated(&[]).unwrap());
    for side in [&mut with, &mut without] {
        let (holder, key) = at.rsplit_once('/').unwrap();
        match side.pointer_mut(holder) {
            Some(Value::Object(object)) => drop(object.shift_remove(key)),
            Some(Value::Array(list)) => list.truncate(1),
            _ => {}
        }
    }
    if at != "/business_person_list/1" {
        assert_eq!(with, without);
    }
}

#[test]
fn entries_keep_their_places_while_others_go() {
    let given =
        [(format!("{DOCUMENTS}/0"), None), (format!("{DOCUMENTS}/1"), None), (format!("{DOCUMENTS}/2"), Some("f3"))];
    let given: Vec<_> = given.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    assert_eq!(updated(&given).unwrap()["business_details"]["business_identifier_document_list"], json!(["f3"]));
}

#[test]
fn the_last_change_of_a_leaf_counts() {
    let body = updated(&[(CITY, Some("Perth")), (CITY, Some("Hobart"))]).unwrap();
    assert_eq!(body["registration_address"]["registration_address_city"], "Hobart");
}

#[rstest]
#[case::status("status", Some("Succeeded"), NoUpdate::Place("status".parse().unwrap()))]
#[case::ours("partner_customer_id", Some("cd-2"), NoUpdate::Place(CustomerPath::PARTNER_CUSTOMER_ID))]
#[case::theirs("customer_id", None, NoUpdate::Place(CustomerPath::CUSTOMER_ID))]
#[case::far_person("business_person_list/2/basic_info/first_name", Some("x"), NoUpdate::Place("business_person_list/2/basic_info/first_name".parse().unwrap()))]
#[case::far_entry("business_details/business_identifier_document_list/3", Some("x"), NoUpdate::Place("business_details/business_identifier_document_list/3".parse().unwrap()))]
#[case::list_as_text(DOCUMENTS, Some("x"), NoUpdate::Place(DOCUMENTS.parse().unwrap()))]
#[case::no_date("business_details/business_identifier_expiry_date", Some("soon"), NoUpdate::Value("business_details/business_identifier_expiry_date".parse().unwrap()))]
#[case::no_amount("account_usage/estimated_monthly_revenue_amount", Some("12k"), NoUpdate::Value("account_usage/estimated_monthly_revenue_amount".parse().unwrap()))]
fn what_cannot_be_changed_is_said(#[case] path: &str, #[case] text: Option<&str>, #[case] error: NoUpdate) {
    assert_eq!(updated(&[(path, text)]), Err(error));
}

#[rstest]
#[case(json!({ "business_details": {} }), &["registration_address"])]
#[case(json!({ "business_details": null, "registration_address": {} }), &["business_details"])]
#[case(json!({ "customer_id": "cus_1" }), &["business_details", "registration_address"])]
fn what_the_contract_requires_is_named(#[case] base: Value, #[case] missing: &[&str]) {
    let missing = missing.iter().map(|key| (*key).to_owned()).collect();
    assert_eq!(update_body(&base, &Changes::default()), Err(NoUpdate::Missing(missing)));
}

#[test]
fn a_section_that_the_changes_make_is_not_missing() {
    let base = json!({ "business_details": {} });
    let body = update_body(&base, &changes(&[(CITY, Some("Perth"))])).unwrap();
    assert_eq!(body["registration_address"], json!({ "registration_address_city": "Perth" }));
}

fn person(number: &str, more: &Value) -> Value {
    let mut person = json!({ "identification": { "id_number": number, "id_issuing_country_code": "CN" } });
    person.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    person
}

#[test]
fn a_sparse_reading_is_filled_by_what_was_accepted() {
    let address = json!({ "residential_address_country_code": "CN" });
    let wei = json!({ "basic_info": { "first_name_english": "Wei" }, "residential_address": address });
    let mei = json!({ "basic_info": { "first_name_english": "Mei" }, "residential_address": address });
    let sent = json!({
        "partner_customer_id": "cd-1", "business_details": { "website": "https://a.example" }, "registration_address": {},
        "primary_contact": { "contact_email": "old@a.example" }, "business_person_list": [person("E1", &wei), person("E2", &mei)]
    });
    let reading = json!({
        "customer_id": "cus_1", "primary_contact": { "contact_email": "new@a.example" },
        "business_person_list": [person("E2", &json!({ "basic_info": {} })), person("E1", &json!({}))]
    });
    let base = Base::of(&reading, Some(&sent)).unwrap().json;
    assert_eq!(base["business_details"], sent["business_details"]);
    assert_eq!(base["primary_contact"], reading["primary_contact"], "what the platform says goes first");
    let persons = json!([person("E2", &mei), person("E1", &wei)]);
    assert_eq!(base["business_person_list"], persons, "by who they are, and what came empty was left out");
    assert_eq!(base.get("partner_customer_id"), None);
}

/// The groups of persons that nobody knows.
fn unknown(reading: &Value, sent: Option<&Value>) -> Vec<String> {
    let base = Base::of(reading, sent).unwrap();
    let of_persons = base.missing.iter().filter_map(|part| part.person.map(|at| group_path(at, part.group)));
    of_persons.collect()
}

#[test]
fn a_reading_never_takes_names_documents_or_addresses_away() {
    let persons = json!([person("E1", &json!({ "residential_address": {} }))]);
    let sparse = json!({ "customer_id": "cus_1", "business_person_list": persons });
    let paths = ["basic_info", "residential_address"].map(|group| format!("business_person_list/0/{group}"));
    assert_eq!(unknown(&sparse, None), paths);
    let others = json!({ "first_name_english": "Somebody else" });
    let other = person("E9", &json!({ "basic_info": others, "residential_address": others }));
    let sent = json!({ "business_details": {}, "registration_address": {}, "business_person_list": [other] });
    assert_eq!(unknown(&sparse, Some(&sent)), paths, "nobody is found by their place");
    let whole = json!({ "business_details": {}, "registration_address": {}, "business_person_list": persons });
    assert_eq!(unknown(&whole, None), paths, "an answer that has all sections may leave groups of persons out too");
    let named =
        json!({ "basic_info": { "first_name": "伟" }, "residential_address": { "residential_address_city": "A" } });
    let nobody_known = json!({ "business_person_list": [named] });
    assert_eq!(unknown(&nobody_known, None), ["business_person_list/0/identification"]);
    let said = json!({ "business_person_list": [person("E1", &named)] });
    assert_eq!((unknown(&said, None), Base::of(&said, None).unwrap().json), (vec![], said));
}

/// Each person as the last letter of their id number; `+` is one who was added, with what was typed of them.
fn order(body: &Value) -> String {
    let letter = |person: &Value| match person.pointer("/identification/id_number") {
        Some(number) => number.as_str().unwrap().to_owned(),
        None => format!("+{}", person["basic_info"]["first_name"].as_str().unwrap_or_default()),
    };
    body["business_person_list"].as_array().map_or_else(String::new, |list| list.iter().map(letter).collect())
}

fn three() -> Value {
    let more = json!({ "basic_info": { "first_name": "伟" }, "residential_address": { "residential_address_city": "A" },
                       "risk": { "level": [1.50, null] } });
    let persons = ["A", "B", "C"].map(|number| person(number, &more));
    json!({ "business_details": {}, "registration_address": {}, "business_person_list": persons })
}

#[rstest]
#[case::as_they_were(&[Some(0), Some(1), Some(2)], "ABC")]
#[case::removed(&[Some(0), Some(2)], "AC")]
#[case::turned(&[Some(2), Some(0), Some(1)], "CAB")]
#[case::added_between(&[Some(0), None, Some(2), Some(1)], "A+美CB")]
#[case::only_new(&[None, None], "++美")]
fn persons_are_removed_added_and_turned(#[case] persons: &[Option<u32>], #[case] expected: &str) {
    let text = ("business_person_list/1/basic_info/first_name", Some("美"));
    let given = Changes { persons: Some(persons.to_vec()), ..changes(&[text]) };
    let body = update_body(&three(), &given).unwrap();
    assert_eq!(order(&body), expected);
    for (at, place) in persons.iter().enumerate() {
        let Some(place) = place else { continue };
        let mut expected = three()["business_person_list"][*place as usize].clone();
        if at == 1 {
            expected["basic_info"]["first_name"] = json!("美");
        }
        assert_eq!(
            body["business_person_list"][at], expected,
            "with all that nobody knows, and changes by the new place"
        );
    }
    assert_eq!(given.places(&three()), persons);
}

#[test]
fn without_persons_the_list_is_left_out() {
    let body = update_body(&three(), &Changes { persons: Some(vec![]), ..Changes::default() }).unwrap();
    assert_eq!(body, json!({ "business_details": {}, "registration_address": {} }));
}

#[rstest]
#[case::not_there(&[Some(0), Some(3)], 3)]
#[case::twice(&[Some(1), Some(0), Some(1)], 1)]
fn a_person_who_cannot_be_kept_is_said(#[case] persons: &[Option<u32>], #[case] who: u32) {
    let given = Changes { persons: Some(persons.to_vec()), ..Changes::default() };
    assert_eq!(update_body(&three(), &given), Err(NoUpdate::Person(who)));
}

#[test]
fn a_part_of_a_kept_person_that_nobody_knows_must_be_filled_in() {
    let mut base = three();
    base["business_person_list"][2]["residential_address"] = json!({});
    let group = "business_person_list/1/residential_address".to_owned();
    let kept = Changes { persons: Some(vec![None, Some(2)]), ..Changes::default() };
    assert_eq!(update_body(&base, &kept), Err(NoUpdate::Missing(vec![group])), "by the place in the body");
    let city = changes(&[("business_person_list/1/residential_address/residential_address_city", Some("Perth"))]);
    assert!(update_body(&base, &Changes { leaves: city.leaves, ..kept }).is_ok());
    let removed = Changes { persons: Some(vec![Some(0), Some(1)]), ..Changes::default() };
    assert!(update_body(&base, &removed).is_ok(), "whoever goes needs nothing");
    let cleared = changes(&[("business_person_list/0/basic_info/first_name", None)]);
    let names = "business_person_list/0/basic_info".to_owned();
    assert_eq!(update_body(&three(), &cleared), Err(NoUpdate::Missing(vec![names])), "nor can one be taken away");
}

#[test]
fn a_base_says_what_is_as_we_sent_it_and_what_nobody_knows() {
    let named = json!({ "basic_info": { "first_name": "伟" } });
    let sent = json!({ "business_details": { "website": "https://a.example" }, "registration_address": {},
        "business_person_list": [person("E1", &named)] });
    let reading = json!({ "customer_id": "cus_1", "primary_contact": {}, "business_details": null,
        "business_person_list": [person("E9", &named), person("E1", &json!({}))] });
    let base = Base::of(&reading, Some(&sent)).unwrap();
    let as_sent: Vec<_> = base.as_sent.iter().map(ToString::to_string).collect();
    assert_eq!(as_sent, ["business_details/website", "business_person_list/1/basic_info/first_name"]);
    let part = |section, person, group| MissingPart { section, person, group };
    let expected = [
        part(Section::AccountUsage, None, ""),
        part(Section::PrimaryContact, None, ""),
        part(Section::BusinessPersonList, Some(0), "residential_address"),
        part(Section::BusinessPersonList, Some(1), "residential_address"),
    ];
    assert_eq!(base.missing, expected, "what we sent as empty is known to be empty");
    let files =
        |files: &Value| json!({ "business_details": { "website": "w", "business_identifier_document_list": files } });
    let list = |base: &Base| base.json["business_details"]["business_identifier_document_list"].clone();
    let unsaid = json!({ "business_details": { "website": "w" } });
    let filled = Base::of(&unsaid, Some(&files(&json!(["f1"])))).unwrap();
    assert_eq!((list(&filled), filled.as_sent.len()), (json!(["f1"]), 1), "a list that is left out was not said");
    assert_eq!(list(&Base::of(&files(&json!([])), Some(&files(&json!(["f1"])))).unwrap()), json!([]), "this one was");
    let older = [
        json!({ "primary_contact": { "contact_email": "new" } }),
        json!({ "primary_contact": { "contact_email": "old" } }),
    ];
    assert_eq!(
        Base::of(&unsaid, &older).unwrap().json["primary_contact"],
        older[0]["primary_contact"],
        "the first that has it"
    );
    let alone = Base::of(&json!({ "customer_id": "cus_1" }), None).unwrap();
    assert_eq!(alone.missing.len(), 5);
    assert_eq!(Base::of(&json!([]), None), Err(crate::customer::NotACustomer::NotAnObject));
}
