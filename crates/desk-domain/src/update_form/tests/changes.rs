use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::check::CheckContext;
use crate::customer::{Changes, update_body};
use crate::field::FIELDS;
use crate::form::Form;
use crate::platform::Revision;
use crate::tests::sample::CONTEXT;

fn of(draft: &Draft) -> Changes {
    changes(draft, &base(), &ids(), &CONTEXT, true).unwrap()
}

fn spelled(changes: &Changes) -> Vec<String> {
    changes.leaves.iter().map(|(path, text)| format!("{path} = {}", text.as_deref().unwrap_or("-"))).collect()
}

#[rstest]
#[case::as_it_is_sent("primary_contact/contact_phone", "+61 (2) 5550 1234", &["primary_contact/contact_phone = +61255501234"])]
#[case::date("business_person_list/1/basic_info/birth_date", "3 apr 1985", &["business_person_list/0/basic_info/birth_date = 1985-04-03T00:00:00Z"])]
#[case::the_same_date("business_person_list/1/basic_info/birth_date", "3 apr 1988", &[])]
#[case::the_same_amount("account_usage/estimated_monthly_revenue_amount", "12345678901234567.8", &[])]
#[case::the_same_text("business_details/business_name_english", " Lantern Quay", &[])]
#[case::a_better_spelling("registration_address/registration_address_country_code", "Australia", &["registration_address/registration_address_country_code = AU"])]
#[case::cleared("business_details/website", " ", &["business_details/website = -"])]
#[case::entry_replaced("business_details/business_identifier_document_list/0", "f9", &["business_details/business_identifier_document_list/0 = f9"])]
#[case::entry_cleared("business_details/business_identifier_document_list/0", "", &["business_details/business_identifier_document_list/0 = -"])]
#[case::entry_in_a_far_slot("business_details/business_identifier_document_list/7", "f9", &["business_details/business_identifier_document_list/2 = f9"])]
#[case::our_id("partner_customer_id", "cd-0190a1b2-0000-7000-8000-00000000000f", &[])]
fn only_what_was_touched_and_differs_is_sent(#[case] at: &str, #[case] text: &str, #[case] expected: &[&str]) {
    let changes = of(&typed(form(), &[(at, text)]));
    assert_eq!((spelled(&changes), changes.persons), (expected.iter().map(ToString::to_string).collect(), None));
}

#[test]
fn files_that_are_taken_away_and_added_stand_as_a_list() {
    let list = "business_details/business_identifier_document_list";
    let slots = [(format!("{list}/0"), ""), (format!("{list}/3"), "f3"), (format!("{list}/8"), "f8")];
    let texts: Vec<_> = slots.iter().map(|(at, text)| (at.as_str(), *text)).collect();
    let body = update_body(&base().json, &of(&typed(form(), &texts))).unwrap();
    assert_eq!(body["business_details"]["business_identifier_document_list"], json!(["f2", "f3", "f8"]));
}

#[test]
fn persons_go_out_in_the_order_of_the_form() {
    let mut draft = form();
    for number in [3, 4] {
        draft.apply(&Edit::AddPerson { person: person(number), at: 0 });
    }
    draft.apply(&Edit::RemovePerson { person: person(1) });
    let draft = typed(
        draft,
        &[
            ("business_person_list/3/basic_info/first_name", "新"),
            ("business_person_list/2/basic_info/first_name", "美"),
        ],
    );
    let changes = of(&draft);
    assert_eq!(changes.persons, Some(vec![None, Some(1)]), "nobody goes out without a value");
    assert_eq!(
        spelled(&changes),
        ["business_person_list/0/basic_info/first_name = 新", "business_person_list/1/basic_info/first_name = 美"]
            .map(str::to_owned)
            .into_iter()
            .collect::<Vec<_>>()
    );
    let body = update_body(&base().json, &changes).unwrap();
    assert_eq!(
        body["business_person_list"][1]["identification"],
        reading()["business_person_list"][1]["identification"]
    );
    // Whoever has no place in the form cannot have been removed by it.
    let form = prefill(&reading(), &[person(1)]);
    assert_eq!(super::super::changes(&form, &base(), &[person(1)], &CONTEXT, true).unwrap(), Changes::default());
}

const EXPIRY: &str = "business_details/business_identifier_expiry_date";

#[rstest]
#[case::a_day_that_was_read("2030-01-01", Some("business_details/business_identifier_expiry_date = -"))]
#[case::the_wire_form("2030-01-01T00:00:00Z", Some("business_details/business_identifier_expiry_date = -"))]
#[case::nothing_was_read("", None)]
fn a_document_without_a_last_day_is_sent_without_the_key(#[case] read: &str, #[case] expected: Option<&str>) {
    let mut json = reading();
    json["business_details"]["business_identifier_expiry_date"] = json!(read);
    let base = Base::of(&json, None).unwrap();
    let draft = typed(prefill(&json, &ids()), &[(EXPIRY, "none")]);
    let changes = changes(&draft, &base, &ids(), &CONTEXT, true).unwrap();
    assert_eq!(spelled(&changes), Vec::from_iter(expected));
    let body = update_body(&json, &changes).unwrap();
    let key = body["business_details"].get("business_identifier_expiry_date");
    assert_eq!(key.and_then(Value::as_str).unwrap_or_default(), "", "no day is sent");
    assert_eq!(key.is_none(), expected.is_some(), "a cleared key is left out");
}

#[test]
fn a_new_person_with_only_a_document_without_a_last_day_is_not_sent() {
    let expiry = "business_person_list/3/identification/id_expiration_date";
    let mut draft = form();
    draft.apply(&Edit::AddPerson { person: person(3), at: 0 });
    assert_eq!(of(&typed(draft.clone(), &[(expiry, "none")])), Changes::default());
    let day = of(&typed(draft, &[(expiry, "2040-01-01")]));
    assert_eq!(day.persons, Some(vec![None, Some(0), Some(1)]), "while one with a day is");
}

#[test]
fn a_turned_list_of_persons_is_sent_turned() {
    let mut draft = form();
    draft.apply(&Edit::MovePerson { person: person(2), at: 0 });
    assert_eq!(of(&draft), Changes { leaves: vec![], persons: Some(vec![Some(1), Some(0)]) });
}

#[test]
fn errors_of_touched_fields_block_and_what_the_house_requires_wants_a_tick() {
    let wrong = typed(form(), &[("primary_contact/contact_email", "somebody")]);
    let blocked = changes(&wrong, &base(), &ids(), &CONTEXT, true).unwrap_err();
    assert_eq!((blocked.errors.len(), blocked.errors[0].code.as_str()), (1, "email.format"));
    let cleared = typed(form(), &[("primary_contact/contact_email", "")]);
    let blocked = changes(&cleared, &base(), &ids(), &CONTEXT, false).unwrap_err();
    assert_eq!((blocked.errors.len(), blocked.platform_missing.len(), blocked.house_missing.len()), (0, 0, 1));
    assert_eq!(spelled(&of(&cleared)), ["primary_contact/contact_email = -"]);
}

#[test]
fn fields_of_the_other_revision_are_not_sent() {
    let draft = typed(
        form(),
        &[("business_details/business_type", "Partnership"), ("business_person_list/1/basic_info/role_type", "Owner")],
    );
    assert_eq!(of(&draft).leaves.len(), 2);
    let untyped = CheckContext { form: Form::Whole(Revision::Untyped), ..CONTEXT };
    assert_eq!(changes(&draft, &base(), &ids(), &untyped, true).unwrap(), Changes::default());
}

/// A customer in which some leaves hold some texts, known or not, of the expected kind or not.
fn any_base() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        Just(Value::Null),
        Just(json!("")),
        Just(json!(" A\t")),
        Just(json!("2019-05-05")),
        Just(json!("1990-01-15T10:00:00+08:00")),
        Just(json!(1.50)),
        Just(json!(true)),
        Just(json!({ "deep": [1, {}] })),
        Just(json!(["f1", null, "f2"])),
        Just(json!("somebody@else.example")),
        Just(json!("+61255501234")),
    ];
    let leaves = prop::collection::vec(prop::option::of(text), FIELDS.len() * 2);
    (leaves, 0..3_usize, any::<bool>()).prop_map(|(leaves, persons, unknown)| {
        let mut base = json!({ "customer_id": "c", "partner_customer_id": "cd-1", "status": "Failed",
            "business_details": {}, "registration_address": {}, "business_person_list": [] });
        let list = vec![json!({ "basic_info": { "n": 1 }, "residential_address": { "n": 1 }, "identification": { "n": 1 }, "pep": [1] }); persons];
        base["business_person_list"] = json!(list);
        for (at, leaf) in leaves.iter().enumerate() {
            let (spec, Some(leaf)) = (&FIELDS[at % FIELDS.len()], leaf) else { continue };
            let section = crate::path::section_key(spec.section);
            match (spec.group, at / FIELDS.len()) {
                ("", _) if spec.field == Field::PartnerCustomerId => {}
                ("", _) => base[section][spec.key] = leaf.clone(),
                (group, who) if who < persons => base[section][who][group][spec.key] = leaf.clone(),
                _ => {}
            }
        }
        if unknown {
            base["tier"] = json!({ "gold": null });
        }
        base
    })
}

proptest! {
    #[test]
    fn an_untouched_form_sends_the_base_as_it_came(json in any_base()) {
        let base = Base::of(&json, None).unwrap();
        let form = prefill(&json, &ids());
        let ids = &ids()[..form.persons.len()];
        let check = check_update(&form, &form, &[], &CONTEXT);
        prop_assert_eq!((check.problems, check.echoes, check.missing), (vec![], vec![], vec![]));
        let changes = changes(&form, &base, ids, &CONTEXT, true).unwrap();
        prop_assert_eq!(&changes, &Changes::default());
        let body = update_body(&json, &changes).unwrap();
        prop_assert_eq!(differences(&json, &body, &changes.places(&json)), vec![]);
        let mut expected = json;
        for key in ["customer_id", "partner_customer_id", "status"] {
            expected.as_object_mut().unwrap().shift_remove(key);
        }
        let mut nulls = Vec::new();
        crate::customer::walk(&expected, &mut Vec::new(), &mut |steps, json| {
            if json.is_null() && crate::customer::spell(steps).parse::<crate::customer::CustomerPath>().is_ok() {
                nulls.push(format!("/{}", crate::customer::spell(steps)));
            }
        });
        for at in nulls {
            let (holder, key) = at.rsplit_once('/').unwrap();
            if let Some(holder) = expected.pointer_mut(holder).and_then(Value::as_object_mut) {
                holder.shift_remove(key);
            }
        }
        prop_assert_eq!(body.to_string(), expected.to_string(), "to the byte, nulls of known fields left out");
    }
}
