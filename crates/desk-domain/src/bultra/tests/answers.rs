//! What each part of an answer is to this program.

use rstest::rstest;
use serde_json::{Value, json};

use super::{acme, jane, john, read, said, with};
use crate::bultra::{Account, NamedIndividual, Target, about, canonical, form_field, id_of, rows};
use crate::customer::{Customer, NotACustomer, text_at};
use crate::platform::Kind;

#[test]
fn an_individual_customer_has_the_person_and_their_address() {
    let expected = [
        "customer_id = cust_987654321",
        "status = ACTIVE",
        "created_at = 2026-01-15T10:30:00Z",
        "registration_address/registration_address_country_code = US",
        "registration_address/registration_address_line1 = 123 Main St",
        "registration_address/registration_address_city = New York",
        "registration_address/registration_address_state = NY",
        "registration_address/registration_address_postcode = 10001",
        "primary_contact/contact_phone = +1234567890",
        "primary_contact/contact_email = john.doe@example.com",
        "business_person_list/0/basic_info/first_name_english = John",
        "business_person_list/0/basic_info/last_name_english = Doe",
        "business_person_list/0/basic_info/birth_date = 1990-01-15",
        "? type = INDIVIDUAL",
        "? accounts/acc_123456789/id = acc_123456789",
        "? accounts/acc_123456789/currency = USD",
        "? accounts/acc_123456789/status = ACTIVE",
    ];
    assert_eq!(said(&read(&john())), expected);
}

#[test]
fn an_individual_is_a_record_of_their_own() {
    let expected = [
        "customer_id = cust_123456789/individuals/ind_456789",
        "created_at = 2026-01-10T08:00:00Z",
        "registration_address/registration_address_country_code = US",
        "registration_address/registration_address_line1 = 456 Oak Ave",
        "registration_address/registration_address_city = San Francisco",
        "registration_address/registration_address_state = CA",
        "registration_address/registration_address_postcode = 94102",
        "primary_contact/contact_email = jane.smith@acmecorp.com",
        "business_person_list/0/basic_info/first_name_english = Jane",
        "business_person_list/0/basic_info/last_name_english = Smith",
        "business_person_list/0/basic_info/role_type = BENEFICIAL_OWNER",
        "? ownership_percentage = 30",
    ];
    assert_eq!(said(&read(&jane())), expected);
}

#[test]
fn a_corporation_shows_whatever_it_holds() {
    let expected = [
        "customer_id = cust_123456789",
        "status = ACTIVE",
        "business_details/business_name_english = Acme Corp",
        "registration_address/registration_address_country_code = US",
        "registration_address/registration_address_line1 = 1 Pier",
        "registration_address/registration_address_postcode = 94105",
        "primary_contact/contact_email = contact@acmecorp.com",
        "? type = CORPORATION",
        "? corporation/trading_name = Acme",
        "? corporation/registration_number = 12-3456",
        "? corporation/directors/ind_2/id = ind_2",
        "? corporation/directors/ind_2/name = Jo Bo",
        "? registration_address/line2 = Floor 3",
        "? individuals/ind_456789/id = ind_456789",
        "? individuals/ind_456789/role = BENEFICIAL_OWNER",
        "? individuals/ind_456789/first_name = Jane",
        "? individuals/ind_456789/last_name = Smith",
    ];
    let mut found = said(&read(&acme()));
    let mut expected: Vec<_> = expected.into_iter().map(str::to_owned).collect();
    assert_eq!(found[..7], expected[..7]);
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

/// Whose answer it is, and which id it has then; `None` where the answer does not name it.
#[rstest]
#[case(json!({ "id": "c" }), Some("c"))]
#[case(json!({ "id": 42, "customer_id": 7 }), Some("7/individuals/42"))]
#[case(json!({ "id": "c", "customer_id": "c" }), Some("c"))]
#[case(json!({ "id": "c", "customer_id": null, "type": "INDIVIDUAL", "first_name": "Jo" }), Some("c"))]
#[case(json!({ "id": "i", "customer_id": null, "first_name": "Jo" }), None)]
#[case(json!({ "id": "i", "role": "DIRECTOR" }), None)]
#[case(json!({ "id": "i", "ownership_percentage": 12.50 }), None)]
#[case(json!({ "id": "c", "role": "DIRECTOR", "accounts": [] }), Some("c"))]
fn who_an_answer_is_of(#[case] answer: Value, #[case] id: Option<&str>) {
    let customer = read(&answer);
    assert_eq!(customer.customer_id.as_deref(), id);
    let unnamed = id.is_none().then(|| text_at(Kind::Bultra, &answer, "id")).flatten();
    assert_eq!(unnamed.is_some(), customer.unknown.iter().any(|leaf| leaf.path == "id"), "the id is somewhere");
}

#[rstest]
#[case(json!({}), NotACustomer::NothingKnown)]
#[case(json!([]), NotACustomer::NotAnObject)]
#[case(json!({ "id": null, "status": "ACTIVE" }), NotACustomer::NothingKnown)]
#[case(json!({ "id": "" }), NotACustomer::NothingKnown)]
#[case(json!({ "id": " " }), NotACustomer::NothingKnown)]
#[case(json!({ "id": ["c"] }), NotACustomer::NothingKnown)]
#[case(json!({ "id": "c/individuals/i" }), NotACustomer::NothingKnown)]
#[case(json!({ "id": "req_1", "error": { "code": "NOT_FOUND" } }), NotACustomer::NothingKnown)]
#[case(json!({ "data": [{ "id": "c" }] }), NotACustomer::NothingKnown)]
fn what_is_no_customer(#[case] answer: Value, #[case] why: NotACustomer) {
    assert_eq!(Customer::of(Kind::Bultra, &answer), Err(why));
    assert_eq!(canonical(&answer), None);
}

/// Of several places of an address the one that says something.
#[rstest]
#[case("/individual/address", json!({ "line1": "A" }), "A")]
#[case("/individual/address", json!({}), "top")]
#[case("/individual/address", json!(null), "top")]
#[case("/individual/address", json!("A 1"), "top")]
#[case("/individual/address", json!(["A"]), "top")]
fn the_address_is_the_first_that_says_something(#[case] pointer: &str, #[case] value: Value, #[case] line1: &str) {
    let answer = json!({ "id": "c", "individual": {}, "address": { "line1": "top" } });
    let customer = read(&with(answer, pointer, value));
    assert_eq!(customer.leaf("registration_address/registration_address_line1".parse().unwrap()), Some(line1));
}

#[test]
fn an_address_that_came_empty_is_said_to_be_empty() {
    let customer = read(&json!({ "id": "c", "address": {} }));
    assert_eq!(said(&customer), ["customer_id = c", "registration_address is empty"]);
}

/// Other names of an address' parts; the contract's own comes first, and a second name stays what it is.
#[rstest]
#[case(json!({ "street": "A", "zip": "1", "countryCode": "AU" }), &["country_code = AU", "line1 = A", "postcode = 1"], &[])]
#[case(json!({ "address_line_1": "A", "postCode": "1" }), &["line1 = A", "postcode = 1"], &[])]
#[case(json!({ "zip": "2", "postal_code": "1" }), &["postcode = 1"], &["zip = 2"])]
#[case(json!({ "zip": "2", "postal_code": null }), &["postcode = 2"], &["postal_code = null"])]
#[case(json!({ "city": { "name": "A" } }), &[], &["city/name = A"])]
#[case(json!({ "registration_address_city": "A", "line2": "B" }), &[], &["bultra:registration_address_city = A", "line2 = B"])]
fn an_address_by_other_names(#[case] address: Value, #[case] known: &[&str], #[case] unknown: &[&str]) {
    let known = known.iter().map(|leaf| format!("registration_address/registration_address_{leaf}"));
    let unknown = unknown.iter().map(|leaf| format!("? registration_address/{leaf}"));
    let expected: Vec<_> = std::iter::once("customer_id = c".to_owned()).chain(known).chain(unknown).collect();
    assert_eq!(said(&read(&json!({ "id": "c", "address": address }))), expected);
}

#[rstest]
#[case(json!({ "corporation": { "name": "N", "legal_name": "L" } }), Some("L"))]
#[case(json!({ "corporation": { "companyName": "N", "legal_name": " " } }), Some("N"))]
#[case(json!({ "corporation": {}, "business_name": "N" }), Some("N"))]
#[case(json!({ "type": "INDIVIDUAL", "name": "N" }), None)]
#[case(json!({ "individual": {}, "name": "N" }), None)]
#[case(json!({ "corporation": { "name": { "en": "N" } } }), None)]
#[case(json!({ "corporation": ["N"] }), None)]
fn the_name_of_a_corporation(#[case] answer: Value, #[case] name: Option<&str>) {
    let customer = read(&with(answer, "/id", json!("c")));
    assert_eq!(customer.leaf("business_details/business_name_english".parse().unwrap()), name);
}

#[test]
fn keys_that_have_a_name_of_ours_are_not_taken_for_ours() {
    let customer = read(&json!({
        "id": "c", "business_details": { "business_name_english": "trap" }, "business_person_list": [{}],
        "partner_customer_id": "cd-1", "bultra:x": 1, "a/b~c": 2, "accounts": [{ "id": "a/b~c", "status": "ACTIVE" }],
        "created_at": ["2026"]
    }));
    let expected = [
        "customer_id = c",
        "? bultra:business_details/business_name_english = trap",
        "? bultra:business_person_list/0 = {}",
        "? bultra:partner_customer_id = cd-1",
        "? bultra:bultra:x = 1",
        "? a~1b~0c = 2",
        "? accounts/a~1b~0c/id = a/b~c",
        "? accounts/a~1b~0c/status = ACTIVE",
        "? created_at/0 = 2026",
    ];
    assert_eq!(said(&customer), expected);
    assert_eq!((customer.partner_customer_id, customer.persons, customer.sections.len()), (None, 0, 0));
}

#[test]
fn accounts_of_one_id_and_of_none_stay_apart() {
    let answer = json!({ "id": "c", "accounts": [
        { "id": "a", "status": "ACTIVE" }, { "id": "a", "status": "CLOSED" }, { "currency": "USD" }, 7, null, {}
    ] });
    let expected = [
        "customer_id = c",
        "? accounts/a/id = a",
        "? accounts/a/status = ACTIVE",
        "? accounts/a (2)/id = a",
        "? accounts/a (2)/status = CLOSED",
        "? accounts/#3/currency = USD",
        "? accounts/7/id = 7",
        "? accounts/#5 = null",
        "? accounts/#6 = {}",
    ];
    assert_eq!(said(&read(&answer)), expected);
    let ids: Vec<_> = about(&answer).accounts.into_iter().map(|account| account.id).collect();
    assert_eq!(ids, ["a", "a (2)", "#3", "7", "#6"]);
}

#[test]
fn what_is_said_beside_the_fields() {
    let john = about(&john());
    assert_eq!((john.party.as_deref(), john.updated_at.as_deref()), (Some("INDIVIDUAL"), Some("2026-01-15T14:45:00Z")));
    let usd = Account { id: "acc_123456789".into(), currency: Some("USD".into()), status: Some("ACTIVE".into()) };
    assert_eq!(john.accounts, [usd]);
    let jane = about(&with(jane(), "/ownership_percentage", serde_json::from_str("33.330").unwrap()));
    assert_eq!(
        (jane.role.as_deref(), jane.ownership_percentage.as_deref()),
        (Some("BENEFICIAL_OWNER"), Some("33.330"))
    );
    let of_acme = with(acme(), "/individuals", json!([null, acme()["individuals"][0]]));
    let of_acme = with(of_acme, "/corporation/owners", json!(["ind_456789", { "id": 9 }, { "name": "no id" }, 8]));
    let named = |id: &str, name: &str, role: Option<&str>| NamedIndividual {
        id: id.into(),
        name: name.into(),
        role: role.map(Into::into),
    };
    let expected = [
        named("ind_456789", "Jane Smith", Some("BENEFICIAL_OWNER")),
        named("ind_2", "Jo Bo", None),
        named("9", "", None),
    ];
    assert_eq!(about(&of_acme).individuals, expected);
}

#[test]
fn rows_of_the_list() {
    let page = json!({ "data": [
        { "id": "c1", "type": "CORPORATION", "status": "EDD_L2F", "email": "a@b.example", "created_at": "2026-01-10T08:00:00Z" },
        { "id": 2, "status": null, "email": 5 }, { "status": "ACTIVE" }, null, "c3", { "id": "a/individuals/b" }, { "id": "" }
    ], "pagination": { "has_more": false } });
    let rows = rows(&page);
    assert_eq!(rows.iter().map(|row| row.customer_id.as_str()).collect::<Vec<_>>(), ["c1", "2"]);
    assert_eq!(rows[0].status.as_deref(), Some("EDD_L2F"));
    assert_eq!((rows[1].status.as_deref(), rows[1].email.as_deref()), (None, Some("5")));
    for no_page in [json!({}), json!({ "data": {} }), json!(null), json!([{ "id": "c" }])] {
        assert_eq!(super::super::rows(&no_page), []);
    }
}

#[rstest]
#[case("email", Some("primary_contact/contact_email"))]
#[case("/phone", Some("primary_contact/contact_phone"))]
#[case("body.phone_number", Some("primary_contact/contact_phone"))]
#[case("address", Some("registration_address/registration_address_line1"))]
#[case("address.line1", Some("registration_address/registration_address_line1"))]
#[case("address/postal_code", Some("registration_address/registration_address_postcode"))]
#[case("individual.address.country", Some("registration_address/registration_address_country_code"))]
#[case("address[state]", Some("registration_address/registration_address_state"))]
#[case("address.countryCode", Some("registration_address/registration_address_country_code"))]
#[case("city", Some("registration_address/registration_address_city"))]
#[case("address.email", None)]
#[case("bank.city", None)]
#[case("type", None)]
#[case("", None)]
#[case("...", None)]
fn a_field_by_the_platforms_name(#[case] name: &str, #[case] path: Option<&str>) {
    assert_eq!(form_field(name).map(|path| path.to_string()).as_deref(), path);
}

#[rstest]
#[case("cust_1", "cust_1", None)]
#[case("cust_1/individuals/ind_2", "cust_1", Some("ind_2"))]
fn an_id_names_a_record(#[case] id: &str, #[case] customer: &str, #[case] individual: Option<&str>) {
    assert_eq!(Target::of(id), Target { customer, individual });
    assert_eq!(Target::of(id).id(), id);
}

#[rstest]
#[case::text(json!("cust_1"), Some("cust_1"))]
#[case::with_gaps(json!(" cust_1\n"), Some("cust_1"))]
#[case::number(json!(17), Some("17"))]
#[case::blank(json!(" "), None)]
#[case::two_in_one(json!("cust_1/individuals/ind_2"), None)]
#[case::null(json!(null), None)]
#[case::object(json!({ "id": "cust_1" }), None)]
fn what_an_id_is(#[case] said: Value, #[case] id: Option<&str>) {
    assert_eq!(id_of(&said).as_deref(), id);
    let answer = json!({ "id": said, "type": "INDIVIDUAL" });
    assert_eq!(
        canonical(&answer).and_then(|customer| customer["customer_id"].as_str().map(str::to_owned)).as_deref(),
        id
    );
}
