//! The same comparison, update and look-up serve both platforms.

use rstest::rstest;
use serde_json::{Value, json};

use super::{acme, jane, john, read, with};
use crate::bultra::{contact, patch, patched};
use crate::customer::{
    Base, Became, Changes, CustomerPath, Seen, Side, Sides, Spot, beside_update, compare_readings, merge,
    seen_after_update, update_body,
};
use crate::field::Field;
use crate::status::StatusGroup;

/// What became of what, but for what stayed.
fn news(before: &Value, after: &Value) -> Vec<String> {
    let comparison = compare_readings(&read(before), &read(after));
    assert!(comparison.persons.len() <= 1, "the person is one");
    let changed = comparison.rows.into_iter().filter(|row| row.became != Became::Same);
    changed
        .map(|row| format!("{:?} {}", row.became, row.after.or(row.before).map(|said| said.path).unwrap_or_default()))
        .collect()
}

fn account(id: &str, status: &str) -> Value {
    json!({ "id": id, "currency": "USD", "status": status })
}

#[rstest]
#[case::nothing(john(), &[])]
#[case::the_time_of_the_last_change(with(john(), "/updated_at", json!("2026-02-01T00:00:00Z")), &[])]
#[case::a_name_of_the_person(
    with(john(), "/individual/last_name", json!("Roe")),
    &["Changed business_person_list/0/basic_info/last_name_english"]
)]
#[case::a_birth_date_not_said(
    with(john(), "/individual", json!({ "first_name": "John", "last_name": "Doe", "address": john()["individual"]["address"] })),
    &["Removed business_person_list/0/basic_info/birth_date"]
)]
#[case::the_address_at_another_place(
    with(with(john(), "/individual/address", json!(null)), "/address", john()["individual"]["address"].clone()),
    &[]
)]
#[case::a_part_of_the_address(
    with(john(), "/individual/address/city", json!("Albany")),
    &["Changed registration_address/registration_address_city"]
)]
#[case::an_address_not_said(
    with(john(), "/individual", json!({ "first_name": "John", "last_name": "Doe", "date_of_birth": "1990-01-15" })),
    &["NotSaid registration_address/registration_address_country_code", "NotSaid registration_address/registration_address_line1",
      "NotSaid registration_address/registration_address_city", "NotSaid registration_address/registration_address_state",
      "NotSaid registration_address/registration_address_postcode"]
)]
#[case::the_status(with(john(), "/status", json!("FROZEN")), &["Changed status"])]
#[case::a_suffix_of_the_status(with(john(), "/status", json!("ACTIVE_L2F")), &["Changed status"])]
#[case::a_new_account(
    with(john(), "/accounts", json!([account("acc_1", "ACTIVE"), account("acc_123456789", "ACTIVE")])),
    &["Added accounts/acc_1/id", "Added accounts/acc_1/currency", "Added accounts/acc_1/status"]
)]
#[case::the_status_of_an_account(
    with(john(), "/accounts", json!([account("acc_123456789", "FROZEN")])),
    &["Changed accounts/acc_123456789/status"]
)]
#[case::no_account_any_more(
    with(john(), "/accounts", json!([])),
    &["Removed accounts/acc_123456789/id", "Removed accounts/acc_123456789/currency", "Removed accounts/acc_123456789/status"]
)]
fn what_became_of_a_customer(#[case] after: Value, #[case] expected: &[&str]) {
    assert_eq!(news(&john(), &after), expected);
}

#[test]
fn accounts_and_individuals_in_another_order_are_no_news() {
    let one = json!([account("acc_1", "ACTIVE"), account("acc_2", "CLOSED"), "acc_3"]);
    let other = json!(["acc_3", account("acc_2", "CLOSED"), account("acc_1", "ACTIVE")]);
    assert_eq!(
        news(&with(acme(), "/accounts", one.clone()), &with(acme(), "/accounts", other.clone())),
        Vec::<String>::new()
    );
    assert_eq!(news(&with(acme(), "/individuals", one), &with(acme(), "/individuals", other)), Vec::<String>::new());
}

#[test]
fn an_individual_is_the_same_one_by_another_name_and_role() {
    let after = with(with(jane(), "/first_name", json!("Janet")), "/role", json!("DIRECTOR"));
    let expected = [
        "Changed business_person_list/0/basic_info/first_name_english",
        "Changed business_person_list/0/basic_info/role_type",
    ];
    assert_eq!(news(&jane(), &after), expected);
    assert_eq!(news(&jane(), &with(jane(), "/ownership_percentage", json!(30.0))), Vec::<String>::new());
    assert_eq!(news(&jane(), &with(jane(), "/ownership_percentage", json!(25.5))), ["Changed ownership_percentage"]);
}

#[test]
fn the_word_of_a_status_is_kept_with_its_group() {
    let of = |word: &str| read(&with(john(), "/status", json!(word))).status.unwrap();
    for (word, group) in
        [("ACTIVE", StatusGroup::Active), ("ACTIVE_L2F", StatusGroup::Attention), ("NEW", StatusGroup::Unknown)]
    {
        assert_eq!((of(word).raw.as_str(), of(word).group), (word, group));
    }
}

/// An update of John's email and city: its base and its body.
fn update() -> (Value, Value) {
    let base = contact(&john()).unwrap();
    let path = |field| CustomerPath::of(field).unwrap();
    let changes = vec![
        (path(Field::ContactEmail), Some("new@a.example".to_owned())),
        (path(Field::RegistrationAddressCity), Some("Albany".to_owned())),
        (path(Field::RegistrationAddressState), None),
    ];
    let body = update_body(&base, &Changes::from(changes)).unwrap();
    (base, body)
}

#[rstest]
#[case::not_yet(john(), Seen::Base)]
#[case::made(
    with(
        with(with(john(), "/email", json!("new@a.example")), "/individual/address/city", json!("Albany")),
        "/individual/address/state", json!(null)
    ),
    Seen::Ours
)]
#[case::otherwise(
    with(john(), "/email", json!("third@a.example")),
    Seen::Other(vec![
        CustomerPath::of(Field::RegistrationAddressCity).unwrap(), CustomerPath::of(Field::RegistrationAddressState).unwrap(),
        CustomerPath::of(Field::ContactEmail).unwrap()
    ])
)]
#[case::not_to_be_seen(json!({ "id": "cust_987654321" }), Seen::Nothing)]
fn whether_an_update_was_made(#[case] answer: Value, #[case] expected: Seen) {
    let (base, body) = update();
    // As it is frozen and as it is read again: by way of the patch.
    let frozen = patched(&base, &patch(&base, &body));
    for body in [&body, &frozen] {
        assert_eq!(seen_after_update(&base, body, &read(&answer)), expected);
    }
    assert_eq!(beside_update(&base, &frozen, &read(&john())).iter().filter(|pair| !pair.same).count(), 3);
}

#[test]
fn what_the_platform_changed_meanwhile_is_merged() {
    let (base, body) = update();
    let theirs =
        contact(&with(with(john(), "/phone", json!("+15550001111")), "/individual/address/city", json!("Buffalo")))
            .unwrap();
    let sides = Sides { base: &base, mine: &body, theirs: &theirs, persons: Some(&[]), matches: &[] };
    let merged = merge(&sides);
    let leaf = |field| Some(Spot::Leaf(CustomerPath::of(field).unwrap()));
    assert_eq!(
        merged.clashes.iter().map(|clash| clash.base.clone()).collect::<Vec<_>>(),
        [leaf(Field::RegistrationAddressCity)]
    );
    assert_eq!(merged.taken.iter().map(|taken| taken.base.clone()).collect::<Vec<_>>(), [leaf(Field::ContactPhone)]);
    assert_eq!(merged.mine.len(), 2, "the email and the cleared state");
    assert!(merged.uncertain.is_empty() && merged.persons.is_empty());
    let settled = merged.settle(&sides, &[Side::Mine]).unwrap();
    let expected = json!({
        "email": "new@a.example",
        "address": { "line1": "123 Main St", "city": "Albany", "postal_code": "10001", "country": "US" }
    });
    assert_eq!(patch(&theirs, &settled), expected);
}

#[test]
fn a_contact_is_a_base_that_lacks_no_part_of_its_form() {
    let base = Base { json: contact(&acme()).unwrap(), as_sent: Default::default(), missing: Vec::new() };
    assert_eq!(update_body(&base.json, &Changes::default()).unwrap(), base.json);
    assert_eq!(Changes::default().places(&base.json), []);
}
