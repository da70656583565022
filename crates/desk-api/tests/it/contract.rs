//! Every body that we make validates against the contract, and the sandbox's error shape is read by the client.

use desk_api::wire::axisfi::{
    AccountUsage, BusinessDetails, CreateCustomerRequest, Customer, RegistrationAddress, UpdateCustomerRequest,
};
use desk_domain::field::FIELDS;
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::contract::Contract;

#[test]
fn the_types_carry_every_property_of_the_contract() {
    let contract = Contract::axisfi();
    let listed: [(&str, &[&str]); 11] = [
        ("BusinessDetails", BusinessDetails::KEYS),
        ("RegistrationAddress", RegistrationAddress::KEYS),
        ("AccountUsage", AccountUsage::KEYS),
        ("PrimaryContact", desk_api::wire::axisfi::PrimaryContact::KEYS),
        ("BasicInfo", desk_api::wire::axisfi::BasicInfo::KEYS),
        ("ResidentialAddress", desk_api::wire::axisfi::ResidentialAddress::KEYS),
        ("Identification", desk_api::wire::axisfi::Identification::KEYS),
        ("BusinessPerson", desk_api::wire::axisfi::BusinessPerson::KEYS),
        ("CreateCustomerRequest", CreateCustomerRequest::KEYS),
        ("UpdateCustomerRequest", UpdateCustomerRequest::KEYS),
        ("Customer", Customer::KEYS),
    ];
    for (schema, keys) in listed {
        let mut ours: Vec<&str> = keys.to_vec();
        ours.sort_unstable();
        assert_eq!(ours, contract.properties(schema), "{schema}");
    }
}

#[test]
fn the_table_of_fields_has_every_leaf_of_the_contract_once() {
    let contract = Contract::axisfi();
    let schemas = [
        "BusinessDetails",
        "RegistrationAddress",
        "AccountUsage",
        "PrimaryContact",
        "BasicInfo",
        "ResidentialAddress",
        "Identification",
    ];
    let mut leaves: Vec<String> = schemas.iter().flat_map(|schema| contract.properties(schema)).collect();
    leaves.push("partner_customer_id".to_owned());
    leaves.sort_unstable();
    let mut keys: Vec<String> = FIELDS.iter().map(|spec| spec.key.to_owned()).collect();
    keys.sort_unstable();
    assert_eq!(keys, leaves);
}

#[rstest]
#[case::no_details(json!({"partner_customer_id": "cd-00000000000000000000", "registration_address": {}}))]
#[case::no_address(json!({"partner_customer_id": "cd-00000000000000000000", "business_details": {}}))]
#[case::short_id(json!({"partner_customer_id": "cd-1", "business_details": {}, "registration_address": {}}))]
#[case::text_for_an_amount(json!({"partner_customer_id": "cd-00000000000000000000", "business_details": {},
    "registration_address": {}, "account_usage": {"estimated_monthly_revenue_amount": "99.99"}}))]
#[case::bare_date(json!({"partner_customer_id": "cd-00000000000000000000", "registration_address": {},
    "business_details": {"business_identifier_start_date": "2019-05-05"}}))]
fn the_contract_refuses_what_it_should(#[case] body: Value) {
    let faults = Contract::axisfi().faults("CreateCustomerRequest", &body);
    assert!(!faults.is_empty(), "the check itself would not notice: {body}");
}

#[test]
fn an_answer_comes_back_as_it_was_with_every_digit_and_every_unknown_key() {
    let text = r#"{"customer_id":"cus_1","status":"Processing","account_usage":{"operating_country":"AU","estimated_monthly_revenue_amount":12345678901234567.80,"limit":98765432109876543.210},"business_person_list":[{"identification":{"id_number":"1","more":[1.10,null]}}],"risk":{"score":0.10}}"#;
    let customer: Customer = serde_json::from_str(text).unwrap();
    let usage = customer.account_usage.clone().unwrap();
    assert_eq!(usage.estimated_monthly_revenue_amount.unwrap().to_string(), "12345678901234567.80");
    assert_eq!(serde_json::to_string(&customer).unwrap(), text);
    assert_eq!(Value::from(customer).to_string(), text);
}

#[test]
fn a_leaf_of_another_type_is_kept_and_named() {
    let body = json!({
        "partner_customer_id": 5,
        "business_details": {"website": ["a"], "business_identifier_document_list": ["f1", 2], "business_name": null},
        "registration_address": "here",
        "business_person_list": [{}, {"identification": {"id_number": 7}, "basic_info": []}],
    });
    let request: CreateCustomerRequest = serde_json::from_value(body.clone()).unwrap();
    assert_eq!(
        request.misfit_paths(),
        [
            "partner_customer_id",
            "registration_address",
            "business_details.website",
            "business_details.business_identifier_document_list",
            "business_details.business_name",
            "business_person_list[1].basic_info",
            "business_person_list[1].identification.id_number",
        ]
    );
    assert_eq!(serde_json::to_value(&request).unwrap(), body);
}

#[rstest]
#[case::sparse(json!({"customer_id": "cus_1"}), true)]
#[case::our_id_alone(json!({"partner_customer_id": "cd-1"}), true)]
#[case::odd_leaf(json!({"customer_id": "cus_1", "created_at": 5}), true)]
#[case::odd_section(json!({"customer_id": "cus_1", "account_usage": "none"}), true)]
#[case::section_alone(json!({"primary_contact": {}}), true)]
#[case::section_of_another_type(json!({"primary_contact": 5}), false)]
#[case::empty(json!({}), false)]
#[case::blank_id(json!({"customer_id": " "}), false)]
#[case::list(json!([{"customer_id": "cus_1"}]), false)]
#[case::text(json!("cus_1"), false)]
#[case::error(json!({"error": {"code": "x"}}), false)]
#[case::enveloped(json!({"data": {"customer_id": "cus_1"}}), false)]
fn a_customer_is_recognised_by_an_id_or_a_section(#[case] answer: Value, #[case] is_customer: bool) {
    assert_eq!(Customer::recognise(&answer).is_some(), is_customer);
}

#[cfg(feature = "client")]
#[test]
fn our_servers_error_is_read_by_the_client() {
    let body = desk_api::wire::axisfi::error_body("invalid_request", "Some fields are wrong", &[("a.b", "empty")]);
    let found = desk_api::error_body::read(&serde_json::to_vec(&body).unwrap(), None);
    assert_eq!(found.code.as_deref(), Some("invalid_request"));
    assert_eq!(found.message.as_deref(), Some("Some fields are wrong"));
    assert_eq!(found.fields, [("a.b".to_owned(), "empty".to_owned())]);
}

#[cfg(feature = "client")]
mod of_bultra {
    use rstest::rstest;
    use serde_json::{Value, json};

    use crate::support::contract::{Contract, Exchange};

    fn patch(sent: Value, idempotency_id: &str) -> Exchange {
        Exchange {
            path: "/customers/{id}",
            method: "patch".to_owned(),
            query: Vec::new(),
            idempotency_id: Some(idempotency_id.to_owned()),
            sent: Some(("application/json".to_owned(), sent)),
            status: 200,
            answered: json!({ "id": "cust_1" }),
        }
    }

    fn list(name: &str, value: &str) -> Exchange {
        let query = vec![(name.to_owned(), value.to_owned())];
        let method = "get".to_owned();
        let answered = json!({ "data": [], "pagination": { "has_more": false } });
        Exchange { path: "/customers", method, query, idempotency_id: None, sent: None, status: 200, answered }
    }

    const UUID: &str = "0190a1b2-c3d4-7000-8000-00000000000f";

    #[rstest]
    #[case::patch(patch(json!({ "phone": "1" }), UUID), true)]
    #[case::empty_patch(patch(json!({}), UUID), false)]
    #[case::another_key(patch(json!({ "status": "CLOSED" }), UUID), false)]
    #[case::country_in_words(patch(json!({ "address": { "country": "Australia" } }), UUID), false)]
    #[case::no_uuid(patch(json!({ "phone": "1" }), "1"), false)]
    #[case::body_to_a_list(Exchange { sent: patch(json!({}), UUID).sent, ..list("limit", "1") }, false)]
    #[case::no_body_to_a_patch(Exchange { sent: None, ..patch(json!({}), UUID) }, false)]
    #[case::list(list("limit", "1"), true)]
    #[case::no_rows_asked_for(list("limit", "0"), false)]
    #[case::no_number(list("limit", "all"), false)]
    #[case::suffix_in_a_filter(list("status", "ACTIVE_L2F"), false)]
    #[case::another_filter(list("party", "CORPORATION"), false)]
    #[case::another_path(Exchange { path: "elsewhere", ..list("limit", "1") }, false)]
    #[case::another_method(Exchange { method: "delete".to_owned(), ..list("limit", "1") }, false)]
    fn the_contract_refuses_what_it_should(#[case] exchange: Exchange, #[case] fits: bool) {
        let faults = Contract::bultra().request_faults(&exchange);
        assert_eq!(faults.is_empty(), fits, "{faults:?}");
    }

    #[rstest]
    #[case::page(200, json!({ "data": [{ "id": "cust_1" }], "pagination": { "has_more": true, "next_cursor": "c" } }), true)]
    #[case::no_pagination(200, json!({ "data": [] }), false)]
    #[case::error(400, json!({ "error": { "code": "X", "message": "No", "details": [] } }), true)]
    #[case::error_as_a_word(400, json!({ "error": "X" }), false)]
    fn an_answer_is_held_against_the_contract(#[case] status: u16, #[case] answered: Value, #[case] fits: bool) {
        let faults = Contract::bultra().answer_faults(&Exchange { status, answered, ..list("limit", "1") });
        assert_eq!(faults.is_empty(), fits, "{faults:?}");
    }
}
