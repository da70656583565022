//! Bodies that are refused, each fault by its field, and how little is enough.

mod support;

use rstest::rstest;
use serde_json::{Value, json};
use support::*;

const ID: &str = "api-test-000000000001";

#[rstest]
#[case::nothing("", 400)]
#[case::cut("{\"partner_customer_id\": ", 400)]
#[case::a_list("[]", 400)]
#[case::a_text("\"x\"", 400)]
#[tokio::test]
async fn a_body_that_is_no_json_object_is_refused(#[case] body: &str, #[case] expected: u16) {
    let sandbox = started();
    let request = Api::new(&sandbox.axisfi_typed).post_text("/api/customers/create", body);
    let (status, error) = answer(request.send().await.expect("an answer")).await;
    assert_eq!((status, &error["error"]["code"]), (expected, &json!("MALFORMED_BODY")));
}

#[tokio::test]
async fn a_body_of_another_type_is_refused() {
    let sandbox = started();
    let request = Api::new(&sandbox.axisfi_typed).post("/api/customers/create").body(least(ID).to_string());
    assert_eq!(answer(request.send().await.expect("an answer")).await.0, 415);
}

#[rstest]
#[case("/partner_customer_id", json!("nineteen-characters"), "partner_customer_id")]
#[case("/partner_customer_id", json!("x".repeat(65)), "partner_customer_id")]
#[case("/partner_customer_id", json!(20), "partner_customer_id")]
#[case("/business_details", json!("text"), "business_details")]
#[case("/business_details", Value::Null, "business_details")]
#[case("/business_details/business_name", json!(7), "business_details.business_name")]
#[case("/business_details/website", json!("example.com"), "business_details.website")]
#[case("/business_details/business_identifier_country_code", json!("usa"), "business_details.business_identifier_country_code")]
#[case("/business_details/business_identifier_document_list", json!("file"), "business_details.business_identifier_document_list")]
#[case("/business_details/business_identifier_document_list/0", json!(1), "business_details.business_identifier_document_list[0]")]
#[case("/business_details/business_identifier_start_date", json!("2023-11-07"), "business_details.business_identifier_start_date")]
#[case("/registration_address/registration_address_country_code", json!(""), "registration_address.registration_address_country_code")]
#[case("/account_usage/estimated_monthly_revenue_amount", json!("99.99"), "account_usage.estimated_monthly_revenue_amount")]
#[case("/account_usage/estimated_monthly_revenue_currency", json!("usd"), "account_usage.estimated_monthly_revenue_currency")]
#[case("/primary_contact/contact_phone", json!("013800138000"), "primary_contact.contact_phone")]
#[case("/primary_contact/contact_email", json!("nobody"), "primary_contact.contact_email")]
#[case("/business_person_list", json!({}), "business_person_list")]
#[case("/business_person_list/0", json!("x"), "business_person_list[0]")]
#[case("/business_person_list/0/basic_info", json!([]), "business_person_list[0].basic_info")]
#[case("/business_person_list/0/basic_info/nationality", json!("U"), "business_person_list[0].basic_info.nationality")]
#[case("/business_person_list/0/identification/id_number", json!(1), "business_person_list[0].identification.id_number")]
#[tokio::test]
async fn a_field_that_cannot_be_taken_is_named(#[case] place: &str, #[case] value: Value, #[case] field: &str) {
    let sandbox = started();
    let api = Api::new(&sandbox.axisfi_typed);
    let mut body = page_body("001", ID);
    *body.pointer_mut(place).expect("a place in the body") = value;
    assert!(!Schema::of("CreateCustomerRequest", true).faults(&body).is_empty(), "the contract refuses it too");
    let (status, error) = api.create(&body).await;
    assert_eq!((status, named_fields(&error)), (400, vec![field.to_owned()]), "{error}");
    assert_eq!(sandbox.rows().len(), 300, "nothing was created");
}

#[tokio::test]
async fn every_field_at_fault_is_named_at_once() {
    let sandbox = started();
    let body = json!({
        "business_details": { "website": "x" },
        "business_person_list": [{}, { "identification": { "id_number": 7, "id_issue_date": "today" } }],
    });
    let (status, error) = Api::new(&sandbox.axisfi_typed).create(&body).await;
    let fields = [
        "partner_customer_id",
        "registration_address",
        "business_details.website",
        "business_person_list[1].identification.id_number",
        "business_person_list[1].identification.id_issue_date",
    ];
    assert_eq!((status, named_fields(&error)), (400, fields.map(str::to_owned).to_vec()));
}

#[rstest]
#[case(20, true)]
#[case(64, true)]
#[case(19, false)]
#[case(65, false)]
#[tokio::test]
async fn the_length_of_an_id_is_counted_in_characters(#[case] length: usize, #[case] taken: bool) {
    let sandbox = started();
    let (status, _) = Api::new(&sandbox.axisfi_typed).create(&least(&"鷺".repeat(length))).await;
    assert_eq!(status, if taken { 200 } else { 400 });
}

#[tokio::test]
async fn little_is_enough_and_empty_text_is_taken() {
    let sandbox = started();
    let api = Api::new(&sandbox.axisfi_typed);
    let mut body = least(ID);
    body["business_details"] = json!({
        "business_name_english": "", "business_name": "", "business_identifier_document_list": ["file_never_issued"],
    });
    let (status, created) = api.create(&body).await;
    assert_eq!(status, 200, "{created}");
    let (_, whole) = api.detail("partner_customer_id", ID).await;
    assert_eq!(whole["business_details"], body["business_details"], "empty text stays empty text");
    assert_eq!(whole.get("account_usage"), None, "what was not sent is not there");
}

#[tokio::test]
async fn type_fields_are_refused_by_name_on_the_untyped_account() {
    let sandbox = started();
    let (status, error) = Api::new(&sandbox.axisfi_untyped).create(&page_body("001", ID)).await;
    let fields = [
        "business_details.business_type",
        "business_details.business_identifier_type",
        "account_usage.account_usage_product_reference",
        "business_person_list[0].basic_info.role_type",
        "business_person_list[0].identification.id_type",
    ];
    assert_eq!((status, named_fields(&error)), (400, fields.map(str::to_owned).to_vec()));
}

#[rstest]
#[case(json!({ "registration_address": {} }), &["business_details"])]
#[case(json!({ "business_details": {} }), &["registration_address"])]
#[case(json!({ "business_details": {}, "registration_address": {}, "partner_customer_id": ID }), &["partner_customer_id"])]
#[tokio::test]
async fn an_update_is_checked_as_page_003_says(#[case] body: Value, #[case] fields: &[&str]) {
    let sandbox = started();
    let id = sandbox.rows()[0].customer_id.clone();
    let (status, error) = Api::new(&sandbox.axisfi_typed).update(&id, &body).await;
    assert_eq!((status, named_fields(&error)), (400, fields.iter().map(|&field| field.to_owned()).collect()));
}
