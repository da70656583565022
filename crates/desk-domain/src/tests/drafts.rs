//! Drafts and paths: what is stored for years keeps its meaning.

use proptest::prelude::*;
use rstest::rstest;

use super::sample::{complete, person};
use crate::customer::CustomerPath;
use crate::draft::{Draft, Edit};
use crate::field::{FIELDS, Field, Section};
use crate::path::{FieldPath, PersonId};
use crate::status::{Status, StatusGroup};

/// A path of any field, of one of three persons, in one of twelve slots.
fn any_path() -> impl Strategy<Value = FieldPath> {
    (0..FIELDS.len(), 0_u128..3, 0_u16..12).prop_map(|(at, number, slot)| {
        let field = FIELDS[at].field;
        FieldPath::slot(field, slot)
            .or_else(|| FieldPath::of(field))
            .or_else(|| FieldPath::of_person(person(number), field))
            .unwrap()
    })
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => (any_path(), any::<String>()).prop_map(|(path, text)| Edit::Set { path, text }),
        1 => (any_path(), Just(String::new())).prop_map(|(path, text)| Edit::Set { path, text }),
        2 => (0_u128..3, 0_u32..4).prop_map(|(number, at)| Edit::AddPerson { person: person(number), at }),
        1 => (0_u128..3).prop_map(|number| Edit::RemovePerson { person: person(number) }),
        1 => (0_u128..3, 0_u32..4).prop_map(|(number, at)| Edit::MovePerson { person: person(number), at }),
    ]
}

proptest! {
    #[test]
    fn a_path_is_its_text(path in any_path()) {
        prop_assert_eq!(path.to_string().parse::<FieldPath>().unwrap(), path);
        let json = serde_json::to_string(&path).unwrap();
        prop_assert_eq!(serde_json::from_str::<FieldPath>(&json).unwrap(), path);
    }

    #[test]
    fn a_draft_and_its_edits_survive_storing(edits in proptest::collection::vec(any_edit(), 0..30)) {
        let mut draft = Draft::default();
        for edit in &edits {
            let stored: Edit = serde_json::from_str(&serde_json::to_string(edit).unwrap()).unwrap();
            prop_assert_eq!(&stored, edit);
            draft.apply(&stored);
        }
        let stored: Draft = serde_json::from_str(&serde_json::to_string(&draft).unwrap()).unwrap();
        prop_assert_eq!(&stored, &draft);
        let has_its_person = |path: &FieldPath| path.person().is_none_or(|person| draft.persons.contains(&person));
        let all_belong = draft.texts.iter().all(|(path, text)| !text.is_empty() && has_its_person(path));
        prop_assert!(all_belong);
    }

    #[test]
    fn a_repeated_edit_changes_nothing(edits in proptest::collection::vec(any_edit(), 1..30)) {
        let mut draft = Draft::default();
        for edit in &edits {
            draft.apply(edit);
            let before = draft.clone();
            draft.apply(edit);
            prop_assert_eq!(&draft, &before);
        }
    }

    #[test]
    fn rules_never_change_what_is_typed(edits in proptest::collection::vec(any_edit(), 0..20)) {
        let mut draft = Draft::default();
        edits.iter().for_each(|edit| draft.apply(edit));
        let before = draft.clone();
        let check = crate::check::check(&draft, &super::sample::CONTEXT);
        prop_assert_eq!(&draft, &before);
        prop_assert!(check.filled <= check.required);
        prop_assert_eq!(check.required - check.filled, u32::try_from(check.missing.len()).unwrap());
    }
}

#[rstest]
#[case::down(1, 2, [2, 3, 1])]
#[case::up(3, 0, [3, 1, 2])]
#[case::next_place(2, 2, [1, 3, 2])]
#[case::where_they_are(2, 1, [1, 2, 3])]
#[case::beyond_the_end(1, 99, [2, 3, 1])]
#[case::a_stranger(9, 0, [1, 2, 3])]
fn a_moved_person_has_the_place_that_was_said(#[case] who: u128, #[case] at: u32, #[case] order: [u128; 3]) {
    let mut draft = Draft::default();
    for number in 1..=3 {
        draft.apply(&Edit::AddPerson { person: person(number), at: 9 });
        let path = FieldPath::of_person(person(number), Field::LastName).unwrap();
        draft.apply(&Edit::Set { path, text: number.to_string() });
    }
    let texts = draft.texts.clone();
    draft.apply(&Edit::MovePerson { person: person(who), at });
    assert_eq!(draft.persons, order.map(person));
    assert_eq!(draft.texts, texts, "texts belong to persons, not to places");
}

#[test]
fn every_field_has_a_path_and_a_text_of_its_own() {
    let mut texts = std::collections::BTreeSet::new();
    for spec in FIELDS {
        let path = super::sample::path(spec.field);
        assert_eq!(path.field(), spec.field);
        assert!(texts.insert(path.to_string()), "{path} twice");
        assert_eq!(FieldPath::of(spec.field).is_none(), spec.section == Section::BusinessPersonList);
    }
    // The contract has 43 fields: the id, ten business details, five lines of address, six of usage, two of contact, and
    // nineteen of a person.
    assert_eq!(texts.len(), 43);
}

#[rstest]
#[case("partner_customer_id/0")]
#[case("business_details/partner_customer_id")]
#[case("business_details/business_identifier_document_list")]
#[case("business_details/business_identifier_document_list/00")]
#[case("business_details/business_identifier_document_list/65536")]
#[case("business_details/contact_email")]
#[case("business_person_list/1/identification/id_number")]
#[case("business_person_list/0190A1B2-0000-7000-8000-000000000001/identification/id_number")]
#[case("business_person_list/0190a1b2-0000-7000-8000-000000000001/basic_info/id_number")]
#[case("")]
fn other_texts_are_no_paths(#[case] text: &str) {
    assert!(text.parse::<FieldPath>().is_err());
}

#[test]
fn paths_are_spelled_as_decided() {
    let id: PersonId = person(1);
    let spelled = [
        (FieldPath::of(Field::PartnerCustomerId), "partner_customer_id"),
        (FieldPath::of(Field::Website), "business_details/website"),
        (
            FieldPath::slot(Field::BusinessIdentifierDocumentList, 2),
            "business_details/business_identifier_document_list/2",
        ),
        (
            FieldPath::of_person(id, Field::IdNumber),
            "business_person_list/0190a1b2-0000-7000-8000-000000000001/identification/id_number",
        ),
    ];
    for (path, text) in spelled {
        assert_eq!(path.unwrap().to_string(), text);
    }
}

#[test]
fn the_form_has_its_places_in_order() {
    let mut draft = complete();
    for slot in [7, 2] {
        let path = FieldPath::slot(Field::BusinessIdentifierDocumentList, slot).unwrap();
        draft.apply(&Edit::Set { path, text: "file".into() });
    }
    draft.apply(&Edit::AddPerson { person: person(0), at: 9 });
    let places = crate::form::places(&draft, crate::form::Form::Whole(crate::platform::Revision::Typed));
    let slots: Vec<_> = places.iter().filter_map(|path| path.slot_number()).collect();
    assert_eq!(slots, [0, 2, 7]);
    let persons: Vec<_> = places.iter().filter_map(|path| path.person()).collect();
    assert!(persons[..19].iter().all(|p| *p == person(1)) && persons[19..].iter().all(|p| *p == person(0)));
    assert_eq!(places.len(), 43 + 2 + 19);
}

#[test]
fn a_path_of_an_answer_is_its_text() {
    let mut paths = vec![CustomerPath::CUSTOMER_ID, CustomerPath::STATUS, CustomerPath::CREATED_AT];
    for spec in FIELDS {
        paths.extend(CustomerPath::of(spec.field));
        paths.extend(CustomerPath::slot(spec.field, 3));
        paths.extend(CustomerPath::of_person(1, spec.field));
    }
    for path in paths {
        assert_eq!(path.to_string().parse::<CustomerPath>().unwrap(), path);
    }
    for no_path in ["business_person_list/+1/identification/id_number", "risk", "business_details", "status/0", ""] {
        assert!(no_path.parse::<CustomerPath>().is_err(), "{no_path}");
    }
}

#[rstest]
#[case("Processing", StatusGroup::Waiting)]
#[case("pending", StatusGroup::Waiting)]
#[case("Succeeded", StatusGroup::Active)]
#[case("ACTIVE", StatusGroup::Active)]
#[case("Suspended", StatusGroup::Attention)]
#[case("EDD", StatusGroup::Attention)]
#[case("FROZEN", StatusGroup::Attention)]
#[case("ACTIVE_L2F", StatusGroup::Attention)]
#[case("Failed", StatusGroup::Stopped)]
#[case("rejected", StatusGroup::Stopped)]
#[case("DORMANT", StatusGroup::Stopped)]
#[case("CLOSED", StatusGroup::Stopped)]
#[case("Processing,Succeeded,Failed,Suspended", StatusGroup::Unknown)]
#[case("", StatusGroup::Unknown)]
fn status_groups_as_decided(#[case] word: &str, #[case] group: StatusGroup) {
    let status = Status::of(word);
    assert_eq!((status.group, status.raw.as_str()), (group, word));
}
