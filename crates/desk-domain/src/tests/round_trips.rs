//! From a key press to the wire and back: every field, every value.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::sample::{CONTEXT, complete, path, set};
use crate::application::Application;
use crate::customer::{Customer, CustomerPath, same_as_sent};
use crate::draft::Draft;
use crate::field::{FIELDS, Field, FieldKind, Section};
use crate::form::Form;
use crate::form::places;
use crate::path::{FieldPath, section_key};
use crate::platform::Revision;
use crate::value::{CountryCode, CurrencyCode};

/// The body of an application, built from the table of fields alone.
fn body(application: &Application) -> Value {
    let mut body = json!({});
    for (path, value) in application.iter() {
        let spec = path.field().spec();
        let mut at = &mut body;
        if spec.field != Field::PartnerCustomerId {
            at = &mut at[section_key(spec.section)];
        }
        if let Some(person) = path.person() {
            if at.is_null() {
                *at = Value::Array(vec![json!({}); application.persons().len()]);
            }
            let place = application.persons().iter().position(|id| *id == person).unwrap();
            at = &mut at[place][spec.group];
        }
        if at.is_null() {
            *at = Value::Object(Map::new());
        }
        match &mut at[spec.key] {
            slot if !spec.list => *slot = value.to_json(),
            Value::Array(entries) => entries.push(value.to_json()),
            list => *list = Value::Array(vec![value.to_json()]),
        }
    }
    body
}

/// A text that a field of this kind takes.
fn typed(field: Field) -> BoxedStrategy<String> {
    let text = "[A-Za-z0-9灯码é&'. -]{0,12}[A-Za-z灯]";
    match field.spec().kind {
        FieldKind::PartnerCustomerId => "[A-Za-z0-9._-]{20,64}".boxed(),
        FieldKind::Text | FieldKind::NameEnglish | FieldKind::NameLocal | FieldKind::Choice => text.boxed(),
        // Each place has files of its own: a repeated one is an error.
        FieldKind::FileId => text.prop_map(move |text| format!("{text}{}", field as usize)).boxed(),
        // Countries of which no address data knows a region or a postcode: each text is one there.
        FieldKind::Country
            if matches!(field.spec().section, Section::RegistrationAddress | Section::BusinessPersonList) =>
        {
            let open = CountryCode::all().filter(|country| crate::reference::address::of(*country).is_none());
            proptest::sample::select(open.map(|country| country.code().to_lowercase()).collect::<Vec<_>>()).boxed()
        }
        FieldKind::Country => {
            proptest::sample::select(CountryCode::all().map(|c| c.code().to_lowercase()).collect::<Vec<_>>()).boxed()
        }
        FieldKind::Currency => {
            proptest::sample::select(CurrencyCode::all().map(|c| c.code().to_owned()).collect::<Vec<_>>()).boxed()
        }
        FieldKind::Amount => "[1-9][0-9]{0,20}".boxed(),
        FieldKind::Date => {
            let years = match field {
                Field::BirthDate => 1920..2000,
                Field::BusinessIdentifierStartDate | Field::IdIssueDate => 2001..2026,
                _ => 2027..2100,
            };
            (years, 1..=12, 1..=28).prop_map(|(y, m, d)| format!("{d:02}.{m}.{y}")).boxed()
        }
        // Lengths that their countries have.
        FieldKind::Phone => {
            "\\+(61 ?[2-478]( ?[0-9]){8}|852 ?[2-9]( ?[0-9]){7}|1 ?[2-9][0-9]{2} ?[2-9]( ?[0-9]){6})".boxed()
        }
        FieldKind::Email => "[a-z][a-z0-9+_]{0,10}@[a-z]{1,10}\\.example".boxed(),
        FieldKind::Website => "(https?://)?[a-z]{1,10}\\.example(/[a-z0-9/]{0,8})?".boxed(),
    }
}

/// A draft in which every field of the contract holds something.
fn full_draft() -> impl Strategy<Value = Draft> {
    FIELDS.iter().map(|spec| typed(spec.field)).collect::<Vec<_>>().prop_map(|texts| {
        let mut draft = Draft::default();
        for (spec, text) in FIELDS.iter().zip(texts) {
            set(&mut draft, spec.field, &text);
        }
        draft
    })
}

proptest! {
    #[test]
    fn every_field_arrives_and_reads_back(draft in full_draft()) {
        let application = Application::of(&draft, &CONTEXT, false).map_err(|b| TestCaseError::fail(format!("{b:?}")))?;
        prop_assert_eq!(application.iter().count(), FIELDS.len());

        let raw = serde_json::to_string(&body(&application)).unwrap();
        let customer = Customer::from_text(&raw).unwrap();
        prop_assert_eq!(&customer.unknown, &vec![]);
        prop_assert_eq!(&customer.empty, &Vec::<String>::new());
        let index = application.person_index();
        for (path, text) in &customer.leaves {
            let sent = application.get(index.field_path(*path).unwrap()).unwrap();
            prop_assert_eq!(text, &sent.wire_text(), "{}", path);
        }
        prop_assert_eq!(customer.leaves.len(), FIELDS.len());
        prop_assert_eq!(same_as_sent(&body(&application), &customer), vec![]);
    }

    #[test]
    fn what_was_sent_is_read_again_as_the_same_value(draft in full_draft()) {
        let application = Application::of(&draft, &CONTEXT, false).unwrap();
        let mut again = Draft { persons: draft.persons, ..Draft::default() };
        for (path, value) in application.iter() {
            again.texts.insert(path, value.wire_text());
        }
        prop_assert_eq!(Application::of(&again, &CONTEXT, false).unwrap(), application);
    }

    #[test]
    fn one_changed_leaf_is_found(draft in full_draft(), at in 0..FIELDS.len()) {
        let application = Application::of(&draft, &CONTEXT, false).unwrap();
        let sent = body(&application);
        let mut customer = Customer::from_json(&sent).unwrap();
        let path: CustomerPath = *customer.leaves.keys().nth(at).unwrap();
        customer.leaves.insert(path, "something else".into());
        let identifies = matches!(path.field(), Some(Field::IdNumber | Field::IdIssuingCountryCode));
        prop_assert!(identifies || same_as_sent(&sent, &customer) == [path]);
        prop_assert!(same_as_sent(&sent, &customer).contains(&path));
    }
}

#[test]
fn a_large_amount_keeps_its_digits_from_key_to_reading() {
    let mut draft = complete();
    set(&mut draft, Field::EstimatedMonthlyRevenueAmount, "12345678901234567.80");
    let application = Application::of(&draft, &CONTEXT, false).unwrap();
    let raw = serde_json::to_string(&body(&application)).unwrap();
    assert!(raw.contains("\"estimated_monthly_revenue_amount\":12345678901234567.80"), "{raw}");
    let amount = CustomerPath::of(Field::EstimatedMonthlyRevenueAmount).unwrap();
    assert_eq!(Customer::from_text(&raw).unwrap().leaf(amount), Some("12345678901234567.80"));
}

#[test]
fn a_birth_date_is_one_day_everywhere() {
    let mut draft = complete();
    set(&mut draft, Field::BirthDate, "15 jan 1990");
    let application = Application::of(&draft, &CONTEXT, false).unwrap();
    assert_eq!(application.get(path(Field::BirthDate)).unwrap().wire_text(), "1990-01-15T00:00:00Z");
}

#[test]
fn a_place_of_the_form_is_a_place_of_the_body_and_back() {
    let application = Application::of(&complete(), &CONTEXT, false).unwrap();
    let index = application.person_index();
    for place in places(&complete(), Form::Whole(Revision::Typed)) {
        let field = place.field();
        let there = CustomerPath::slot(field, 0).or(CustomerPath::of(field)).or(CustomerPath::of_person(0, field));
        let back: Option<FieldPath> = index.field_path(there.unwrap());
        assert_eq!(back, Some(place));
    }
}
