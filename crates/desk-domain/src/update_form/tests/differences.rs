use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::customer::{Spot, update_body};
use crate::field::FIELDS;
use crate::tests::sample::CONTEXT;

fn spelled(differences: &[Difference]) -> Vec<String> {
    let spot = |spot: &Option<Spot>| match spot {
        Some(Spot::Leaf(path)) => path.to_string(),
        Some(Spot::Person(at)) => format!("person {at}"),
        Some(Spot::Unknown(path)) => format!("? {path}"),
        None => String::new(),
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let one =
        |d: &Difference| format!("{:?} {}>{}: {}>{}", d.kind, spot(&d.base), spot(&d.body), text(&d.old), text(&d.new));
    differences.iter().map(one).collect()
}

fn of(draft: &Draft) -> Vec<String> {
    let changes = changes(draft, &base(), &ids(), &CONTEXT, true).unwrap();
    let body = update_body(&base().json, &changes).unwrap();
    spelled(&differences(&base().json, &body, &changes.places(&base().json)))
}

#[rstest]
#[case::set("business_details/website", "b.example", &["Set business_details/website>business_details/website:  HTTPS://A.example >https://b.example"])]
#[case::cleared("business_details/website", "", &["Cleared business_details/website>:  HTTPS://A.example >"])]
#[case::added("business_details/business_name", "灯", &["Added >business_details/business_name: >灯"])]
#[case::entry_gone("business_details/business_identifier_document_list/0", "", &["Cleared business_details/business_identifier_document_list/0>: f1>"])]
#[case::entry_added("business_details/business_identifier_document_list/4", "f9", &["Added >business_details/business_identifier_document_list/2: >f9"])]
#[case::entry_replaced("business_details/business_identifier_document_list/1", "f9", &["Set business_details/business_identifier_document_list/1>business_details/business_identifier_document_list/1: f2>f9"])]
#[case::of_a_person("business_person_list/2/basic_info/first_name_english", "Mae", &["Set business_person_list/1/basic_info/first_name_english>business_person_list/1/basic_info/first_name_english: Mei>Mae"])]
#[case::nothing("business_person_list/1/basic_info/birth_date", "3 apr 1988", &[])]
fn what_a_field_changes(#[case] at: &str, #[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(of(&typed(form(), &[(at, text)])), expected);
}

#[test]
fn persons_are_added_and_removed_as_a_whole() {
    let mut draft = form();
    draft.apply(&Edit::RemovePerson { person: person(1) });
    draft.apply(&Edit::AddPerson { person: person(3), at: 0 });
    let draft = typed(
        draft,
        &[
            ("business_person_list/3/basic_info/first_name", "新"),
            ("business_person_list/2/basic_info/first_name", "美"),
        ],
    );
    let expected = [
        "Added >person 0: >",
        "Added >business_person_list/0/basic_info/first_name: >新",
        "Added >business_person_list/1/basic_info/first_name: >美",
        "Cleared person 0>: >",
    ];
    assert_eq!(of(&draft), expected);
    let mut turned = form();
    turned.apply(&Edit::MovePerson { person: person(1), at: 1 });
    assert_eq!(of(&turned), [""; 0], "the order says nothing");
}

#[test]
fn a_body_that_is_not_made_of_the_base_shows_what_it_loses() {
    let body = json!({ "business_details": { "risk": { "b": 2 }, "new": true },
        "business_person_list": [{ "pep": [2] }], "registration_address": "12 Main St" });
    let found = spelled(&differences(
        &json!({ "status": { "a": 1 }, "tier": 1, "business_details": { "risk": { "b": 1 } },
        "business_person_list": [{}, { "pep": [1] }] }),
        &body,
        &[Some(1)],
    ));
    let expected = [
        "Cleared person 0>: >",
        "Set ? business_details/risk/b>? business_details/risk/b: 1>2",
        "Added >? business_details/new: >true",
        "Set ? business_person_list/1/pep/0>? business_person_list/0/pep/0: 1>2",
        "Added >? registration_address: >12 Main St",
        "Cleared ? tier>: 1>",
    ];
    assert_eq!(found, expected);
}

proptest! {
    /// What is shown, put on the base, is the body.
    #[test]
    fn the_body_is_the_base_with_what_was_shown(
        edits in prop::collection::vec((0..FIELDS.len(), 1..4_u128, 0..5_usize), 0..8), removed in prop::option::of(1..3_u128), turned in any::<bool>(),
    ) {
        let mut draft = form();
        draft.apply(&Edit::AddPerson { person: person(3), at: 1 });
        for (field, who, text) in edits {
            let field = FIELDS[field].field;
            let path = FieldPath::of(field).or_else(|| FieldPath::of_person(person(who), field)).unwrap();
            draft.apply(&Edit::Set { path, text: ["", "2031-03-03", "AU", "a@b.example", "12"][text].to_owned() });
        }
        if let Some(number) = removed {
            draft.apply(&Edit::RemovePerson { person: person(number) });
        }
        if turned {
            draft.apply(&Edit::MovePerson { person: person(2), at: 0 });
        }
        let base = base().json;
        let Ok(changes) = changes(&draft, &super::base(), &ids(), &CONTEXT, true) else { return Ok(()) };
        let Ok(body) = update_body(&base, &changes) else { return Ok(()) };
        let places = changes.places(&base);
        let was = crate::customer::Customer::read(&base);
        let now = crate::customer::Customer::read(&body);
        // Leaves of the base by their places in the body, without whoever went.
        let mut leaves = std::collections::BTreeMap::new();
        for (path, text) in was.leaves.iter().filter(|(path, text)| path.field().is_some_and(|f| f != Field::PartnerCustomerId && !f.spec().list) && !text.is_empty()) {
            let at = match path.person() {
                None => *path,
                Some(person) => match places.iter().position(|place| *place == Some(person)) {
                    Some(at) => path.at_person(u32::try_from(at).unwrap()),
                    None => continue,
                },
            };
            leaves.insert(at, text.clone());
        }
        let mut files: Vec<String> = was.entries(Field::BusinessIdentifierDocumentList).map(|(_, text)| text.to_owned()).collect();
        for difference in differences(&base, &body, &places) {
            let leaf = |spot: &Option<Spot>| match spot { Some(Spot::Leaf(path)) => Some(*path), _ => None };
            let list = |path: crate::customer::CustomerPath| path.slot_number().is_some();
            match (leaf(&difference.base), leaf(&difference.body)) {
                (Some(path), _) if list(path) => files.retain(|file| Some(file) != difference.old.as_ref()),
                (Some(path), None) => {
                    let at = path.person().and_then(|person| places.iter().position(|place| *place == Some(person)));
                    leaves.remove(&at.map_or(path, |at| path.at_person(u32::try_from(at).unwrap())));
                }
                _ => {}
            }
            if let (Some(path), Some(new)) = (leaf(&difference.body), difference.new) {
                if list(path) { files.push(new) } else { drop(leaves.insert(path, new)) }
            }
        }
        let mut sent: Vec<String> = now.entries(Field::BusinessIdentifierDocumentList).map(|(_, text)| text.to_owned()).collect();
        files.sort();
        sent.sort();
        prop_assert_eq!(files, sent);
        let known = now.leaves.into_iter().filter(|(path, _)| path.slot_number().is_none());
        prop_assert_eq!(leaves, known.collect());
    }
}
