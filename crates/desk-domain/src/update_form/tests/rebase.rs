use rstest::rstest;

use super::*;
use crate::customer::{Sides, merge};

/// A draft on the newest base; the edits are made one by one.
fn rebased(draft: &Draft, new: &Draft, theirs: &Theirs) -> Draft {
    let mut on = draft.clone();
    rebase(draft, &form(), new, theirs).iter().for_each(|edit| on.apply(edit));
    assert_eq!(rebase(&on, new, new, &Theirs::default()), [], "there is nothing more to do");
    on
}

const CITY: &str = "registration_address/registration_address_city";
const LIST: &str = "business_details/business_identifier_document_list";

#[rstest]
#[case::untouched(&[], &[(CITY, "Perth")], false, "Perth")]
#[case::untouched_and_cleared(&[], &[(CITY, "")], false, "")]
#[case::touched(&[(CITY, "Hobart")], &[], false, "Hobart")]
#[case::cleared(&[(CITY, "")], &[], false, "")]
#[case::mine_was_chosen(&[(CITY, "Hobart")], &[(CITY, "Perth")], false, "Hobart")]
#[case::theirs_was_chosen(&[(CITY, "Hobart")], &[(CITY, "Perth")], true, "Perth")]
fn a_field_on_a_newer_base(
    #[case] mine: &[(&str, &str)],
    #[case] new: &[(&str, &str)],
    #[case] theirs: bool,
    #[case] text: &str,
) {
    let chosen = Theirs { fields: theirs.then(|| path(CITY)).into_iter().collect(), ..Theirs::default() };
    let on = rebased(&typed(form(), mine), &typed(form(), new), &chosen);
    assert_eq!(on.text(path(CITY)), text);
    let others = |draft: &Draft| draft.texts.keys().filter(|at| **at != path(CITY)).count();
    assert_eq!(others(&on), others(&form()));
}

/// The files of a draft with their slots.
fn files(draft: &Draft) -> String {
    let of_list = draft.texts.iter().filter(|(path, _)| path.field() == Field::BusinessIdentifierDocumentList);
    of_list.map(|(path, text)| format!("{}:{text}", path.slot_number().unwrap())).collect::<Vec<_>>().join(" ")
}

#[rstest]
#[case::theirs_alone_left(&[(0, ""), (5, "m")], &[], "1:f2 5:m")]
#[case::both_added(&[(2, "m")], &[(2, "t")], "0:f1 1:f2 2:t 3:m")]
#[case::both_added_the_same(&[(2, "t")], &[(2, "t")], "0:f1 1:f2 2:t")]
#[case::mine_took_away(&[(0, "")], &[(2, "t")], "1:f2 2:t")]
#[case::they_took_away(&[(2, "m")], &[(0, "f2"), (1, "")], "0:f2 1:m")]
#[case::mine_replaced(&[(0, "m")], &[(2, "t")], "1:f2 2:t 3:m")]
fn the_list_of_files_is_a_set(#[case] mine: &[(u16, &str)], #[case] new: &[(u16, &str)], #[case] expected: &str) {
    let with = |slots: &[(u16, &str)]| {
        let slots: Vec<_> = slots.iter().map(|(slot, text)| (format!("{LIST}/{slot}"), *text)).collect();
        typed(form(), &slots.iter().map(|(at, text)| (at.as_str(), *text)).collect::<Vec<_>>())
    };
    assert_eq!(files(&rebased(&with(mine), &with(new), &Theirs::default())), expected);
}

/// The persons of a draft by their numbers, with their first names.
fn people(draft: &Draft) -> String {
    let one = |id: &PersonId| {
        let number = (1..9).find(|number| person(*number) == *id).unwrap();
        format!("{number}{}", draft.text(FieldPath::of_person(*id, Field::FirstName).unwrap()))
    };
    draft.persons.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn removed(mut draft: Draft, number: u128) -> Draft {
    draft.apply(&Edit::RemovePerson { person: person(number) });
    draft
}

fn added(mut draft: Draft, number: u128, at: u32, name: &str) -> Draft {
    draft.apply(&Edit::AddPerson { person: person(number), at });
    typed(draft, &[(&format!("business_person_list/{number}/basic_info/first_name"), name)])
}

fn moved(mut draft: Draft, number: u128, at: u32) -> Draft {
    draft.apply(&Edit::MovePerson { person: person(number), at });
    draft
}

fn changed(draft: Draft, number: u128) -> Draft {
    typed(draft, &[(&format!("business_person_list/{number}/basic_info/first_name"), "x")])
}

#[rstest]
#[case::nothing(form(), form(), 0, "1 2")]
#[case::they_added(form(), added(form(), 3, 0, "t"), 0, "3t 1 2")]
#[case::both_added(added(form(), 4, 0, "m"), added(form(), 3, 0, "t"), 0, "3t 1 2 4m")]
#[case::the_same_added(added(form(), 3, 9, "m"), added(form(), 3, 9, "t"), 0, "1 2 3m")]
#[case::they_removed(form(), removed(form(), 1), 0, "2")]
#[case::they_removed_whom_i_changed(changed(form(), 1), removed(form(), 1), 0, "2 1x")]
#[case::and_theirs_was_chosen(changed(form(), 1), removed(form(), 1), 1, "2")]
#[case::i_removed(removed(form(), 1), form(), 0, "2")]
#[case::i_removed_whom_they_changed(removed(form(), 1), changed(form(), 1), 0, "2")]
#[case::and_theirs_was_taken(removed(form(), 1), changed(form(), 1), 1, "1x 2")]
#[case::they_turned(form(), moved(form(), 2, 0), 0, "2 1")]
#[case::i_turned(moved(form(), 2, 0), form(), 0, "2 1")]
fn persons_on_a_newer_base(#[case] draft: Draft, #[case] new: Draft, #[case] theirs: u128, #[case] expected: &str) {
    let persons = (theirs > 0).then(|| person(theirs)).into_iter().collect();
    assert_eq!(people(&rebased(&draft, &new, &Theirs { persons, ..Theirs::default() })), expected);
}

#[test]
fn persons_of_the_newest_base_keep_their_ids() {
    let mut mine = reading();
    let added = json!({ "identification": { "id_number": "E3", "id_issuing_country_code": "CN" } });
    mine["business_person_list"].as_array_mut().unwrap().push(added.clone());
    let mut theirs = reading();
    let stranger = json!({ "identification": { "id_number": "E4", "id_issuing_country_code": "CN" }, "basic_info": { "birth_date": "1970-01-01" } });
    let persons = theirs["business_person_list"].as_array_mut().unwrap();
    persons.reverse();
    persons.insert(0, added);
    persons.push(stranger);
    let sides = Sides {
        base: &reading(),
        mine: &mine,
        theirs: &theirs,
        persons: Some(&[Some(0), Some(1), None]),
        matches: &[],
    };
    let found = persons_of_theirs(&merge(&sides), &ids(), &[person(1), person(2), person(3)], || person(8));
    assert_eq!(found, [person(3), person(2), person(1), person(8)]);
}
