//! A customer with two persons, things nobody knows, and values that the rules would not take.

mod changes;
mod check;
mod differences;
mod rebase;
mod rebased;

use rstest::rstest;
use serde_json::{Value, json};

use super::*;
use crate::customer::Base;
use crate::draft::{Draft, Edit};
use crate::field::Field;
use crate::path::{FieldPath, PersonId};
use crate::tests::sample::person;

/// The second person has an id that is over and was issued before the birth, and the contact is no address.
fn reading() -> Value {
    let text = r#"{
        "customer_id": "cus_1", "partner_customer_id": "cd-1", "status": "Failed", "created_at": "2026-01-02T03:04:05Z",
        "business_details": { "business_name_english": "Lantern Quay", "website": " HTTPS://A.example ", "business_name": null,
            "business_identifier_start_date": "2019-05-05T00:00:00.000+00:00", "risk": { "b": 1.50, "a": null },
            "business_identifier_document_list": ["f1", "f2"] },
        "registration_address": { "registration_address_city": "Sydney", "registration_address_country_code": "australia" },
        "account_usage": { "estimated_monthly_revenue_currency": "AUD", "estimated_monthly_revenue_amount": 12345678901234567.80 },
        "primary_contact": { "contact_email": "nobody", "contact_phone": "02 5550 1234" },
        "business_person_list": [
            { "basic_info": { "first_name_english": "Wei", "last_name_english": "Zhang", "birth_date": "1988-04-03" },
              "residential_address": { "residential_address_city": "Perth" },
              "identification": { "id_number": "E1", "id_issuing_country_code": "CN", "id_document_front_file_id": "p1" }, "pep": [1.50] },
            { "basic_info": { "first_name_english": "Mei", "last_name_english": "Li", "birth_date": "1990-01-15T00:00:00Z" },
              "residential_address": { "residential_address_city": "Hobart" },
              "identification": { "id_number": "E2", "id_issuing_country_code": "CN", "id_issue_date": "1989-01-01",
                  "id_expiration_date": "2001-01-01", "id_document_front_file_id": "f1" } }
        ],
        "tier": null
    }"#;
    serde_json::from_str(text).unwrap()
}

fn ids() -> [PersonId; 2] {
    [person(1), person(2)]
}

fn base() -> Base {
    Base::of(&reading(), None).unwrap()
}

fn form() -> Draft {
    prefill(&reading(), &ids())
}

/// A path with `1`, `2`, `3` for the ids of persons.
fn path(text: &str) -> FieldPath {
    let mut steps: Vec<String> = text.split('/').map(str::to_owned).collect();
    if steps[0] == "business_person_list" {
        steps[1] = person(steps[1].parse().unwrap()).0.to_string();
    }
    steps.join("/").parse().unwrap()
}

fn short(path: FieldPath) -> String {
    let text = path.to_string();
    (1..9).fold(text, |text, number| text.replace(&person(number).0.to_string(), &number.to_string()))
}

fn typed(mut draft: Draft, texts: &[(&str, &str)]) -> Draft {
    for (at, text) in texts {
        draft.apply(&Edit::Set { path: path(at), text: (*text).to_owned() });
    }
    draft
}

#[rstest]
#[case::text("business_details/website", " HTTPS://A.example ")]
#[case::our_id("partner_customer_id", "cd-1")]
#[case::date("business_details/business_identifier_start_date", "2019-05-05")]
#[case::amount("account_usage/estimated_monthly_revenue_amount", "12345678901234567.80")]
#[case::slot("business_details/business_identifier_document_list/1", "f2")]
#[case::person("business_person_list/2/basic_info/birth_date", "1990-01-15")]
#[case::null("business_details/business_name", "")]
fn the_form_shows_what_was_read(#[case] at: &str, #[case] text: &str) {
    assert_eq!(form().text(path(at)), text);
}

#[test]
fn the_form_has_every_known_leaf_and_no_other() {
    assert_eq!((form().texts.len(), form().persons), (28, ids().to_vec()));
    let nameless = prefill(&reading(), &[person(1)]);
    assert_eq!((nameless.texts.len(), nameless.persons.len()), (19, 1), "who has no id is not in it");
    assert_eq!(prefill(&json!({ "customer_id": "c" }), &ids()), Draft::default());
}

#[test]
fn a_field_is_touched_where_its_text_is_not_as_read() {
    let draft = typed(
        form(),
        &[
            ("business_details/website", "HTTPS://A.example"),
            ("registration_address/registration_address_city", ""),
            ("registration_address/registration_address_state", " \u{200b}"),
            ("business_details/business_identifier_document_list/5", "f3"),
            ("business_person_list/2/basic_info/first_name", "美"),
            ("business_person_list/1/basic_info/first_name_english", "Wei"),
            ("partner_customer_id", "cd-2"),
        ],
    );
    let found: Vec<_> = touched(&draft, &form()).into_iter().map(short).collect();
    let expected = [
        "business_details/website",
        "business_details/business_identifier_document_list/5",
        "registration_address/registration_address_city",
        "business_person_list/2/basic_info/first_name",
    ];
    assert_eq!(found, expected);
    let mut removed = form();
    removed.apply(&Edit::RemovePerson { person: person(2) });
    assert_eq!(touched(&removed, &form()).len(), 0, "what went with a person has no field");
}
