//! Answers: tolerant reading, and no leaf is ever lost.

use chrono::{TimeZone, Utc};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use crate::customer::{Customer, CustomerPath, NotACustomer, Reading, spell, walk};
use crate::field::{Field, Section};
use crate::status::StatusGroup;

/// The sample answer of pages 000, 001 and 003: without business_details, registration_address and basic_info.
const SPARSE: &str = r#"{
    "customer_id": "cus_1", "partner_customer_id": "cd-1", "status": "Processing", "created_at": "2023-11-07T05:31:56Z",
    "account_usage": { "operating_country": "US", "estimated_monthly_revenue_amount": 12345678901234567.80 },
    "primary_contact": { "contact_phone": "+8613800138000" },
    "business_person_list": [{ "identification": { "id_number": "E1", "id_expiration_date": "2033-11-07T05:31:56Z" } }]
}"#;

fn leaf<'a>(customer: &'a Customer, path: &str) -> Option<&'a str> {
    customer.leaf(path.parse().unwrap())
}

#[test]
fn a_sparse_answer_says_what_it_says() {
    let customer = Customer::from_text(SPARSE).unwrap();
    assert_eq!(
        (customer.customer_id.as_deref(), customer.partner_customer_id.as_deref()),
        (Some("cus_1"), Some("cd-1"))
    );
    assert_eq!(customer.status.as_ref().map(|status| status.group), Some(StatusGroup::Waiting));
    assert_eq!(customer.created_at.as_deref(), Some("2023-11-07T05:31:56Z"));
    let said: Vec<_> = customer.sections.iter().copied().collect();
    assert_eq!(said, [Section::AccountUsage, Section::PrimaryContact, Section::BusinessPersonList]);
    assert_eq!(customer.persons, 1);
    assert_eq!(leaf(&customer, "account_usage/estimated_monthly_revenue_amount"), Some("12345678901234567.80"));
    assert_eq!(leaf(&customer, "business_person_list/0/identification/id_number"), Some("E1"));
    assert_eq!(leaf(&customer, "business_details/website"), None);
    assert_eq!((customer.unknown.len(), customer.empty.len()), (0, 0));
}

#[test]
fn a_date_stays_as_it_came() {
    let customer = Customer::from_text(SPARSE).unwrap();
    let expiry = CustomerPath::of_person(0, Field::IdExpirationDate).unwrap();
    assert_eq!(customer.leaf(expiry), Some("2033-11-07T05:31:56Z"));
}

#[test]
fn what_is_not_as_expected_is_kept_leaf_by_leaf() {
    let customer = Customer::from_json(&json!({
        "customer_id": 42, "status": null, "risk": { "level": "high", "scores": [1, 2.50] }, "a/b~c": true,
        "business_details": { "website": { "url": "https://a.example" }, "business_name": false,
                              "business_identifier_document_list": "file_1", "business_details/website": "trap" },
        "registration_address": "12 Main St",
        "account_usage": null,
        "primary_contact": [],
        "business_person_list": [{ "basic_info": null, "identification": { "id_number": ["E1"] } }, {}, null, "Zhang"]
    }))
    .unwrap();
    assert_eq!(customer.customer_id.as_deref(), Some("42"));
    assert_eq!(customer.status, None);
    assert_eq!(leaf(&customer, "status"), Some(""), "said, but empty");
    assert_eq!(leaf(&customer, "business_details/business_name"), Some("false"));
    let unknown: Vec<_> = customer.unknown.iter().map(|leaf| format!("{} = {}", leaf.path, leaf.text())).collect();
    assert_eq!(
        unknown,
        [
            "risk/level = high",
            "risk/scores/0 = 1",
            "risk/scores/1 = 2.5",
            "a~1b~0c = true",
            "business_details/website/url = https://a.example",
            "business_details/business_identifier_document_list = file_1",
            "business_details/business_details~1website = trap",
            "registration_address = 12 Main St",
            "primary_contact = []",
            "business_person_list/0/identification/id_number/0 = E1",
            "business_person_list/3 = Zhang",
        ]
    );
    let empty =
        ["account_usage", "business_person_list/0/basic_info", "business_person_list/1", "business_person_list/2"];
    assert_eq!(customer.empty, empty);
    assert_eq!((customer.persons, customer.sections.len()), (4, 5));
}

#[test]
fn an_object_with_numbers_for_keys_is_no_list() {
    let customer = Customer::from_json(&json!({
        "business_person_list": { "0": { "identification": { "id_number": "E1" } } },
        "business_details": { "business_identifier_document_list": { "0": "file_1" } }
    }))
    .unwrap();
    assert_eq!((customer.leaves.len(), customer.unknown.len(), customer.persons), (0, 2, 0));
}

#[test]
fn lists_keep_their_order_and_say_when_they_are_empty() {
    let list = |files: Value| {
        let answer = json!({ "business_details": { "business_identifier_document_list": files } });
        let customer = Customer::from_json(&answer).unwrap();
        let entries: Vec<_> =
            customer.entries(Field::BusinessIdentifierDocumentList).map(|(_, text)| text.to_owned()).collect();
        let itself = CustomerPath::of(Field::BusinessIdentifierDocumentList).unwrap();
        (entries, customer.leaf(itself).map(str::to_owned))
    };
    let many: Vec<_> = (0..12).map(|at| format!("file_{at}")).collect();
    assert_eq!(list(json!(many)), (many, None));
    assert_eq!(list(json!([])), (vec![], Some(String::new())));
    assert_eq!(list(json!(null)), (vec![], Some(String::new())));
}

#[rstest]
#[case("<html>", NotACustomer::NotJson)]
#[case(r#"{"customer_id": "cus_1""#, NotACustomer::NotJson)]
#[case("[]", NotACustomer::NotAnObject)]
#[case("\"Processing\"", NotACustomer::NotAnObject)]
#[case("null", NotACustomer::NotAnObject)]
#[case("{}", NotACustomer::NothingKnown)]
#[case(r#"{"data": {"customer_id": "cus_1"}}"#, NotACustomer::NothingKnown)]
#[case::error_body(r#"{"status": 404, "error": "Not Found"}"#, NotACustomer::NothingKnown)]
fn an_answer_of_another_shape_is_no_customer(#[case] raw: &str, #[case] why: NotACustomer) {
    assert_eq!(Customer::from_text(raw), Err(why));
}

#[test]
fn a_reading_keeps_the_answer_whole() {
    let at = Utc.with_ymd_and_hms(2026, 11, 21, 6, 0, 0).unwrap();
    let reading = Reading::of(SPARSE.to_owned(), at).unwrap();
    assert_eq!((reading.raw.as_str(), reading.read_at), (SPARSE, at));
    assert!(Reading::of("<html>".to_owned(), at).is_err());
}

/// Any JSON, with many keys of the contract at places where they may or may not belong.
fn any_json() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[0-9]{1,20}\\.[0-9]{1,5}"
            .prop_map(|digits| serde_json::from_str(digits.trim_start_matches('0')).unwrap_or(Value::Null)),
        any::<String>().prop_map(Value::from),
    ];
    let key = prop_oneof![
        8 => proptest::sample::select(vec![
            "customer_id", "partner_customer_id", "status", "created_at", "business_details", "registration_address",
            "account_usage", "primary_contact", "business_person_list", "basic_info", "residential_address",
            "identification", "website", "business_identifier_document_list", "registration_address_city",
            "estimated_monthly_revenue_amount", "contact_email", "birth_date", "id_number", "residential_address_city",
        ]).prop_map(str::to_owned),
        1 => "[0-3]",
        1 => any::<String>(),
    ];
    scalar.prop_recursive(5, 80, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_leaf_is_ever_lost(mut answer in any_json()) {
        if !answer.is_object() {
            answer = json!({ "business_person_list": answer });
        }
        let fields = answer.as_object_mut().unwrap();
        fields.entry("customer_id").or_insert_with(|| json!("cus_1"));

        let mut all = Vec::new();
        walk(&answer, &mut Vec::new(), &mut |steps, json| all.push((spell(steps), json.clone())));
        let customer = Customer::from_json(&answer).unwrap();
        prop_assert_eq!(customer.leaves.len() + customer.unknown.len() + customer.empty.len(), all.len(), "each once");
        for (path, json) in all {
            let as_leaf = path.parse().ok().and_then(|path| customer.leaf(path)).is_some_and(|text| match &json {
                Value::String(came) => text == came,
                Value::Null | Value::Array(_) => text.is_empty(),
                other => text == serde_json::to_string(other).unwrap(),
            });
            let as_unknown = customer.unknown.iter().any(|leaf| leaf.path == path && leaf.json == json);
            let as_empty = customer.empty.contains(&path) && !json.is_string() && !json.is_number();
            prop_assert!(as_leaf || as_unknown || as_empty, "{} = {}", path, json);
        }
    }
}
