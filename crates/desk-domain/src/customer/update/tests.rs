use rstest::rstest;
use serde_json::json;

use super::*;

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
        "business_person_list": [{ "basic_info": { "first_name": "伟", "birth_date": "1990-01-15T00:00:00.000+00:00" } }],
        "tier": null
    }"#;
    serde_json::from_str(text).unwrap()
}

fn changes(changes: &[(&str, Option<&str>)]) -> Vec<Change> {
    changes.iter().map(|(path, text)| (path.parse().unwrap(), text.map(str::to_owned))).collect()
}

fn updated(given: &[(&str, Option<&str>)]) -> Result<Value, NoUpdate> {
    update_body(&base(), &changes(given))
}

#[test]
fn what_is_untouched_goes_out_as_it_came() {
    let body = updated(&[]).unwrap();
    let expected = r#"{"business_details":{"website":" HTTPS://A.example ","business_identifier_document_list":["f1","f2"],"business_identifier_start_date":"2019-05-05","risk":{"b":1.50,"a":null}},"registration_address":{"registration_address_city":"Sydney"},"account_usage":{"estimated_monthly_revenue_amount":12345678901234567.80},"business_person_list":[{"basic_info":{"first_name":"伟","birth_date":"1990-01-15T00:00:00.000+00:00"}}],"tier":null}"#;
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
#[case::new_group("business_person_list/0/identification/id_number", Some("E1"), "/business_person_list/0/identification", json!({ "id_number": "E1" }))]
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
    assert_eq!(update_body(&base, &[]), Err(NoUpdate::Missing(missing)));
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
    let base = base_of(&reading, Some(&sent)).unwrap();
    assert_eq!(base["business_details"], sent["business_details"]);
    assert_eq!(base["primary_contact"], reading["primary_contact"], "what the platform says goes first");
    let persons = json!([person("E2", &mei), person("E1", &wei)]);
    assert_eq!(base["business_person_list"], persons, "by who they are, and what came empty was left out");
    assert_eq!(base.get("partner_customer_id"), None);
}

#[test]
fn a_reading_never_takes_names_documents_or_addresses_away() {
    let persons = json!([person("E1", &json!({ "residential_address": {} }))]);
    let sparse = json!({ "customer_id": "cus_1", "business_person_list": persons });
    let paths = ["basic_info", "residential_address"].map(|group| format!("business_person_list/0/{group}"));
    let missing = Err(NoUpdate::Missing(paths.to_vec()));
    assert_eq!(base_of(&sparse, None), missing);
    let others = json!({ "first_name_english": "Somebody else" });
    let other = person("E9", &json!({ "basic_info": others, "residential_address": others }));
    let sent = json!({ "business_details": {}, "registration_address": {}, "business_person_list": [other] });
    assert_eq!(base_of(&sparse, Some(&sent)), missing, "nobody is found by their place");
    let whole = json!({ "business_details": {}, "registration_address": {}, "business_person_list": persons });
    assert_eq!(base_of(&whole, None), missing, "an answer that has all sections may leave groups of persons out too");
    let named =
        json!({ "basic_info": { "first_name": "伟" }, "residential_address": { "residential_address_city": "A" } });
    let nobody_known = json!({ "business_person_list": [named] });
    let missing = Err(NoUpdate::Missing(vec!["business_person_list/0/identification".to_owned()]));
    assert_eq!(base_of(&nobody_known, None), missing);
    let said = json!({ "business_person_list": [person("E1", &named)] });
    assert_eq!(base_of(&said, None), Ok(said.clone()));
}

#[test]
fn the_same_changes_are_made_on_another_base() {
    let base = json!({
        "business_details": { "website": "https://a.example", "business_identifier_document_list": ["f1"] },
        "registration_address": { "registration_address_city": "Sydney" },
        "business_person_list": [person("E1", &json!({})), person("E2", &json!({}))]
    });
    let given = changes(&[
        ("business_details/website", None),
        ("business_details/business_identifier_document_list/1", Some("f2")),
        ("business_person_list/1/basic_info/first_name", Some("美")),
        ("business_person_list/2/basic_info/first_name", Some("新")),
    ]);
    let body = update_body(&base, &given).unwrap();
    let now = json!({
        "business_details": { "website": "https://b.example", "business_identifier_document_list": ["f7", "f8", "f9"] },
        "registration_address": { "registration_address_city": "Perth" },
        "business_person_list": [person("E2", &json!({})), person("E1", &json!({}))]
    });
    let again = changes_again(&base, &body, &now).unwrap();
    let rebased = update_body(&now, &again).unwrap();
    let expected = json!({
        "business_details": { "business_identifier_document_list": ["f1", "f2"] },
        "registration_address": { "registration_address_city": "Perth" },
        "business_person_list": [
            person("E2", &json!({ "basic_info": { "first_name": "美" } })), person("E1", &json!({})),
            { "basic_info": { "first_name": "新" } }
        ]
    });
    assert_eq!(rebased, expected, "what was not changed stays the platform's");
}

#[test]
fn changes_of_somebody_who_is_not_there_are_not_made_on_another() {
    let base = json!({ "business_details": {}, "registration_address": {}, "business_person_list": [person("E1", &json!({}))] });
    let body = update_body(&base, &changes(&[("business_person_list/0/basic_info/first_name", Some("美"))])).unwrap();
    let now = json!({ "business_person_list": [person("E9", &json!({}))] });
    assert_eq!(changes_again(&base, &body, &now), None);
}
