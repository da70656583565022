//! Every body that is made of an application fits the contract, and carries the application whole and nothing else.

use chrono::NaiveDate;
use desk_api::wire::axisfi::{CreateCustomerRequest, WirePlaces, create_body, create_bytes};
use desk_domain::application::Application;
use desk_domain::check::CheckContext;
use desk_domain::draft::{Draft, Edit};
use desk_domain::field::{FIELDS, Field, FieldKind, Section};
use desk_domain::form::Form;
use desk_domain::house::HOUSE;
use desk_domain::path::{FieldPath, PersonId};
use desk_domain::platform::Revision;
use desk_domain::value::DateOrder;
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::contract::Contract;

const OUR_ID: &str = "cd-0190a1b2-c3d4-7000-8000-00000000000f";

fn person(number: u8) -> PersonId {
    PersonId(Uuid::from_u128(0x0190_a1b2_c3d4_7000_8000_0000_0000_0000 + u128::from(number)))
}

/// What a person might type into a field, so that no rule has an error to say of it.
fn sample(field: Field) -> &'static str {
    match field {
        Field::PartnerCustomerId => OUR_ID,
        Field::BusinessIdentifierStartDate | Field::IdIssueDate => "2019-05-05",
        Field::BirthDate => "1990-01-15",
        Field::EstimatedMonthlyRevenueAmount => "12345678901234567.80",
        Field::RegistrationAddressState | Field::ResidentialAddressState => "NSW",
        Field::RegistrationAddressPostcode | Field::ResidentialAddressPostcode => "2000",
        // Front and back must not be the same file.
        Field::IdDocumentBackFileId => "file_0043",
        _ => match field.spec().kind {
            FieldKind::PartnerCustomerId | FieldKind::Text => "51824753556",
            FieldKind::NameEnglish => "Lantern Quay",
            FieldKind::NameLocal => "灯码头贸易",
            FieldKind::Country => "AU",
            FieldKind::Currency => "AUD",
            FieldKind::Amount => "120000",
            FieldKind::Date => "2039-05-05",
            FieldKind::Phone => "+61255501234",
            FieldKind::Email => "accounts@lanternquay.example",
            FieldKind::Website => "https://lanternquay.example",
            FieldKind::FileId => "file_0042",
            FieldKind::Choice => "Director",
        },
    }
}

/// A draft with these fields filled, for each of these persons.
fn draft(persons: u8, filled: impl Fn(Field, u8) -> bool) -> Draft {
    let mut draft = Draft::default();
    for number in 0..persons {
        draft.apply(&Edit::AddPerson { person: person(number), at: u32::from(number) });
    }
    let mut set = |path: Option<FieldPath>, field: Field| {
        draft.apply(&Edit::Set { path: path.unwrap(), text: sample(field).to_owned() });
    };
    for spec in FIELDS {
        if spec.section == Section::BusinessPersonList {
            for number in (0..persons).filter(|number| filled(spec.field, *number)) {
                set(FieldPath::of_person(person(number), spec.field), spec.field);
            }
        } else if spec.field == Field::PartnerCustomerId || filled(spec.field, 0) {
            set(FieldPath::of(spec.field), spec.field);
        }
    }
    draft
}

fn application(draft: &Draft, revision: Revision) -> Application {
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let context = CheckContext { today, form: Form::Whole(revision), date_order: DateOrder::Ask, house: &HOUSE };
    Application::of(draft, &context, true).unwrap()
}

fn leaves(value: &Value) -> usize {
    match value {
        Value::Object(object) => object.values().map(leaves).sum(),
        Value::Array(items) => items.iter().map(leaves).sum(),
        _ => 1,
    }
}

fn has_key(value: &Value, key: &str) -> bool {
    match value {
        Value::Object(object) => object.contains_key(key) || object.values().any(|value| has_key(value, key)),
        Value::Array(items) => items.iter().any(|item| has_key(item, key)),
        _ => false,
    }
}

fn has_empty_part(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.is_empty() || object.values().any(has_empty_part),
        Value::Array(items) => items.is_empty() || items.iter().any(has_empty_part),
        Value::String(text) => text.trim().is_empty(),
        other => other.is_null(),
    }
}

#[rstest]
#[case::typed(Revision::Typed, 24 + 2 * 19)]
#[case::untyped(Revision::Untyped, 24 - 3 + 2 * (19 - 2))]
fn every_field_arrives_at_its_place(#[case] revision: Revision, #[case] count: usize) {
    let application = application(&draft(2, |_, _| true), revision);
    let body = create_body(&application);
    assert_eq!(Contract::axisfi().faults("CreateCustomerRequest", &body), Vec::<String>::new());
    assert_eq!((application.iter().count(), leaves(&body)), (count, count));
    for (path, value) in application.iter() {
        let spec = path.field().spec();
        let section = desk_domain::path::section_key(spec.section);
        let pointer = match (path.person(), path.slot_number()) {
            (Some(whose), _) => {
                let index = u8::from(whose != person(0));
                format!("/{section}/{index}/{}/{}", spec.group, spec.key)
            }
            (None, Some(slot)) => format!("/{section}/{}/{slot}", spec.key),
            (None, None) if spec.field == Field::PartnerCustomerId => format!("/{}", spec.key),
            (None, None) => format!("/{section}/{}", spec.key),
        };
        assert_eq!(body.pointer(&pointer), Some(&value.to_json()), "{pointer}");
    }
}

#[test]
fn an_untyped_application_has_none_of_the_type_fields() {
    let body = create_body(&application(&draft(2, |_, _| true), Revision::Untyped));
    let typed =
        ["business_type", "business_identifier_type", "account_usage_product_reference", "role_type", "id_type"];
    for key in typed {
        assert!(!has_key(&body, key), "{key} was sent to a platform that has no such field");
    }
    let listed: Vec<_> = FIELDS.iter().filter(|spec| spec.typed_only).map(|spec| spec.key).collect();
    assert_eq!(listed, typed, "the table of fields and the contract's page 002 agree");
}

#[test]
fn a_body_with_our_id_alone_still_has_what_the_contract_requires() {
    let body = create_body(&application(&draft(1, |_, _| false), Revision::Typed));
    let least = json!({"partner_customer_id": OUR_ID, "business_details": {}, "registration_address": {}});
    assert_eq!(body, least);
    assert_eq!(Contract::axisfi().faults("CreateCustomerRequest", &body), Vec::<String>::new());
}

#[test]
fn the_digits_of_an_amount_are_the_bytes_that_are_sent() {
    let application = application(&draft(0, |_, _| true), Revision::Typed);
    let text = String::from_utf8(create_bytes(&application)).unwrap();
    assert!(text.contains(r#""estimated_monthly_revenue_amount":12345678901234567.80}"#), "{text}");
}

#[test]
fn keys_stand_in_the_order_of_the_contract() {
    let application = application(&draft(1, |_, _| true), Revision::Typed);
    let text = String::from_utf8(create_bytes(&application)).unwrap();
    let places = CreateCustomerRequest::KEYS.iter().map(|key| text.find(&format!("\"{key}\":")).unwrap());
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn blank_slots_of_the_document_list_close_up_and_are_remembered() {
    let mut draft = draft(0, |_, _| false);
    for (slot, text) in [(0, "file_a"), (1, "  "), (3, "file_b")] {
        let path = FieldPath::slot(Field::BusinessIdentifierDocumentList, slot).unwrap();
        draft.apply(&Edit::Set { path, text: text.to_owned() });
    }
    let application = application(&draft, Revision::Typed);
    let list = &create_body(&application)["business_details"]["business_identifier_document_list"];
    assert_eq!(list, &json!(["file_a", "file_b"]));
    assert_eq!(WirePlaces::of(&application).document_slots, [0, 3]);
}

#[test]
fn persons_stand_in_the_order_of_the_form_without_those_that_hold_nothing() {
    let mut draft = draft(3, |field, number| field == Field::FirstNameEnglish && number != 1);
    // Ids sort by time; the form's order is the user's.
    draft.persons.swap(0, 2);
    let name = FieldPath::of_person(person(2), Field::FirstNameEnglish).unwrap();
    draft.apply(&Edit::Set { path: name, text: "Zoe".to_owned() });
    let application = application(&draft, Revision::Typed);
    let body = create_body(&application);
    let names: Vec<_> = body["business_person_list"].as_array().unwrap().iter().collect();
    assert_eq!(
        names,
        [
            &json!({"basic_info": {"first_name_english": "Zoe"}}),
            &json!({"basic_info": {"first_name_english": "Lantern Quay"}})
        ]
    );
    assert_eq!(WirePlaces::of(&application).persons, [person(2), person(0)]);
}

proptest! {
    #[test]
    fn whatever_is_filled_the_body_fits_the_contract(
        bits in any::<[u64; 3]>(),
        persons in 0_u8..4,
        typed in any::<bool>(),
    ) {
        let filled = |field: Field, number: u8| bits[usize::from(number % 3)] >> (field as u32) & 1 == 1;
        let revision = if typed { Revision::Typed } else { Revision::Untyped };
        let application = application(&draft(persons, filled), revision);
        let body = create_body(&application);

        prop_assert_eq!(Contract::axisfi().faults("CreateCustomerRequest", &body), Vec::<String>::new());
        prop_assert_eq!(leaves(&body), application.iter().count(), "a value was lost or made up");
        prop_assert_eq!(create_bytes(&application), body.to_string().into_bytes(), "frozen bytes are the body");

        let request: CreateCustomerRequest = serde_json::from_value(body.clone()).unwrap();
        prop_assert_eq!(request.misfit_paths(), Vec::<String>::new());
        prop_assert!(request.extra.is_empty(), "only the contract's keys");
        prop_assert_eq!(&serde_json::to_value(&request).unwrap(), &body);

        let mut optional = body;
        let object = optional.as_object_mut().unwrap();
        for required in ["business_details", "registration_address"] {
            if object[required] == json!({}) {
                object.shift_remove(required);
            }
        }
        prop_assert!(!has_empty_part(&optional), "nothing blank, nothing empty: {optional}");
    }
}
