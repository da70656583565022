//! What is sent of a contact.

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use rstest::rstest;
use serde_json::{Value, json};

use super::{acme, jane, john, with};
use crate::bultra::{carried, contact, patch, patched};
use crate::customer::{Change, Changes, Customer, CustomerPath, update_body};
use crate::field::{Field, Section};
use crate::value::text::clean;

/// What `ContactPatch` allows: email, phone and address alone, texts but for what of an address nobody knows.
pub(super) fn assert_is_of_the_contract(patch: &Value) -> Result<(), TestCaseError> {
    for (key, json) in patch.as_object().unwrap() {
        match key.as_str() {
            "email" | "phone" => prop_assert!(json.as_str().is_some_and(|text| !text.trim().is_empty())),
            "address" => {
                let known = ["line1", "city", "state", "postal_code", "country"];
                for key in known.into_iter().filter(|key| json.get(key).is_some()) {
                    // Something else by that name came with the answer, and goes back as it came.
                    prop_assert!(
                        json[key].is_string() || json[key].is_object() || json[key].is_array() || json[key].is_null()
                    );
                }
                prop_assert!(json.is_object());
            }
            other => prop_assert!(false, "{other}"),
        }
    }
    Ok(())
}

/// After a patch the contact says what was wanted, but for a contact that cannot be cleared.
pub(super) fn assert_says_the_same(after: &Value, before: &Value, wanted: &Value) -> Result<(), TestCaseError> {
    let [after, before, wanted] = [after, before, wanted].map(Customer::read);
    let said =
        |customer: &Customer, path: CustomerPath| customer.leaf(path).filter(|text| !text.trim().is_empty()).map(clean);
    for field in [
        Field::ContactEmail,
        Field::ContactPhone,
        Field::RegistrationAddressLine1,
        Field::RegistrationAddressCity,
        Field::RegistrationAddressState,
        Field::RegistrationAddressPostcode,
        Field::RegistrationAddressCountryCode,
    ] {
        let path = CustomerPath::of(field).unwrap();
        let is_cleared = field.spec().section == Section::PrimaryContact && said(&wanted, path).is_none();
        let expected = if is_cleared { said(&before, path) } else { said(&wanted, path) };
        prop_assert_eq!(said(&after, path), expected, "{}", path);
    }
    Ok(())
}

fn path(field: Field) -> CustomerPath {
    CustomerPath::of(field).unwrap()
}

fn set(field: Field, text: &str) -> Change {
    (path(field), (!text.is_empty()).then(|| text.to_owned()))
}

/// The body of an update of an answer, with these changes.
fn body(answer: &Value, changes: Vec<Change>) -> (Value, Value) {
    let base = contact(answer).unwrap();
    let body = update_body(&base, &Changes::from(changes)).unwrap();
    (base, body)
}

#[test]
fn a_contact_is_contact_and_address_alone() {
    let expected = json!({
        "business_details": {},
        "registration_address": {
            "registration_address_line1": "1 Pier", "registration_address_postcode": 94105,
            "registration_address_country_code": "US", "line2": "Floor 3"
        },
        "primary_contact": { "contact_email": "contact@acmecorp.com" }
    });
    assert_eq!(contact(&acme()), Some(expected));
    let empty = json!({ "business_details": {}, "registration_address": {}, "primary_contact": {} });
    for answer in
        [json!({ "id": "c" }), json!({ "id": "c", "address": null }), json!({ "id": "c", "address": [], "email": {} })]
    {
        assert_eq!(contact(&answer), Some(empty.clone()));
    }
    assert_eq!(contact(&json!({ "error": {} })), None);
}

#[rstest]
#[case::nothing(john(), vec![], json!({}))]
#[case::the_same_in_other_spelling(john(), vec![set(Field::ContactEmail, " john.doe@example.com ")], json!({}))]
#[case::email(john(), vec![set(Field::ContactEmail, "j@d.example")], json!({ "email": "j@d.example" }))]
#[case::a_first_phone(jane(), vec![set(Field::ContactPhone, "+14155550100")], json!({ "phone": "+14155550100" }))]
#[case::the_address_goes_whole(
    john(),
    vec![set(Field::RegistrationAddressCity, "Albany")],
    json!({ "address": { "line1": "123 Main St", "city": "Albany", "state": "NY", "postal_code": "10001", "country": "US" } })
)]
#[case::what_is_cleared_is_left_out(
    jane(),
    vec![set(Field::RegistrationAddressState, "")],
    json!({ "address": { "line1": "456 Oak Ave", "city": "San Francisco", "postal_code": "94102", "country": "US" } })
)]
#[case::by_the_names_of_the_contract_with_what_nobody_knows(
    acme(),
    vec![set(Field::RegistrationAddressCity, "Oakland")],
    json!({ "address": { "line1": "1 Pier", "postal_code": "94105", "country": "US", "line2": "Floor 3", "city": "Oakland" } })
)]
#[case::a_second_name_does_not_say_the_old_value(
    with(with(john(), "/individual/address/zip", json!("10001")), "/individual/address/region", json!("NY")),
    vec![set(Field::RegistrationAddressPostcode, "12207")],
    json!({ "address": { "line1": "123 Main St", "city": "New York", "state": "NY", "postal_code": "12207", "country": "US", "region": "NY" } })
)]
#[case::a_key_that_has_a_name_of_ours(
    with(john(), "/individual/address/registration_address_city", json!({ "a": 1 })),
    vec![set(Field::RegistrationAddressCity, "Albany")],
    json!({ "address": {
        "line1": "123 Main St", "city": "Albany", "state": "NY", "postal_code": "10001", "country": "US",
        "registration_address_city": { "a": 1 }
    } })
)]
fn what_is_sent(#[case] answer: Value, #[case] changes: Vec<Change>, #[case] expected: Value) {
    let (base, body) = body(&answer, changes);
    let made = patch(&base, &body);
    assert_eq!(made, expected);
    assert_says_the_same(&patched(&base, &made), &base, &body).unwrap();
}

#[test]
fn a_patch_of_a_patched_contact_is_nothing() {
    for answer in [john(), jane(), acme()] {
        let changes = vec![set(Field::ContactEmail, "new@a.example"), set(Field::RegistrationAddressLine1, "9 New St")];
        let (base, body) = body(&answer, changes);
        let after = patched(&base, &patch(&base, &body));
        assert_eq!(patch(&after, &body), json!({}));
        assert_eq!(patch(&body, &after), json!({}));
    }
}

#[rstest]
#[case(json!(null))]
#[case(json!("x"))]
#[case(json!({}))]
#[case(json!({ "address": "x" }))]
#[case(json!({ "other": 1 }))]
fn what_is_no_patch_changes_nothing(#[case] no_patch: Value) {
    let base = contact(&john()).unwrap();
    assert_eq!(patched(&base, &no_patch), base);
    assert_eq!(patched(&json!(null), &no_patch), json!(null));
}

#[rstest]
#[case::phone(json!({ "phone": "+12125550199" }), &["primary_contact/contact_phone"])]
#[case::both(json!({ "email": "a@b.example", "phone": "+12125550199" }), &["primary_contact/contact_phone", "primary_contact/contact_email"])]
#[case::nothing(json!({}), &[])]
#[case::no_patch(json!(null), &[])]
fn a_patch_is_about_what_it_carries(#[case] patch: Value, #[case] paths: &[&str]) {
    let base = contact(&john()).unwrap();
    let leaves = |json: &Value| Customer::read(json).leaves.keys().map(ToString::to_string).collect::<Vec<_>>();
    let of = carried(&base, &patch);
    assert_eq!(leaves(&of), paths);
    assert_eq!(leaves(&patched(&of, &patch)), paths);
    assert_eq!(carried(&json!(null), &patch), json!(null));
}

#[test]
fn an_address_is_carried_whole() {
    let base = contact(&john()).unwrap();
    let of = carried(&base, &json!({ "address": { "city": "Perth" } }));
    assert_eq!(of["registration_address"], base["registration_address"]);
    assert_eq!(of["primary_contact"], json!({}));
}
