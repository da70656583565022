//! Rules of the persons: each alone ([`names`], [`documents`]) and all of them together ([`among`]). The rows of the book are
//! in [`rows`]. Dates beside today and beside each other are in `date.rs`, files in `file_id.rs`.

mod among;
mod documents;
mod names;
mod rows;

pub(super) use rows::RULES;

use super::{Entry, Found, Sheet};
use crate::field::Field;
use crate::path::{FieldPath, PersonId};
use crate::value::{CivilDate, CountryCode, Value};

pub(super) fn rules(sheet: &Sheet<'_>, found: &mut Found<'_>) {
    let persons: Vec<_> = sheet.draft.persons.iter().map(|id| Person::of(sheet, *id)).collect();
    // First: of two warnings of a field the first is said, and that it is somebody else's says more than a slip in it.
    among::rules(sheet, &persons, found);
    for person in &persons {
        names::rules(person, found);
        documents::rules(person, found);
    }
}

/// A person of the form, as far as the form carries them.
struct Person<'a> {
    id: PersonId,
    /// What is theirs of the sheet: there it stands together.
    entries: &'a [Entry<'a>],
}

/// A place and what stands there.
type Placed<T> = Option<(FieldPath, T)>;

impl<'a> Person<'a> {
    fn of(sheet: &'a Sheet<'a>, id: PersonId) -> Self {
        let theirs = |entry: &Entry<'_>| entry.path.person() == Some(id);
        let all = sheet.entries.chunk_by(|a, b| theirs(a) == theirs(b));
        Self { id, entries: all.into_iter().find(|entries| entries.first().is_some_and(theirs)).unwrap_or_default() }
    }

    fn value(&self, field: Field) -> Placed<&'a Value> {
        let entry = self.entries.iter().find(|entry| entry.path.field() == field)?;
        Some((entry.path, entry.understood.as_ref().ok()?))
    }

    fn text(&self, field: Field) -> Placed<&'a str> {
        match self.value(field)? {
            (path, Value::Text(text)) => Some((path, text.as_str())),
            _ => None,
        }
    }

    fn date(&self, field: Field) -> Placed<CivilDate> {
        match self.value(field)? {
            (path, Value::Date(date)) => Some((path, *date)),
            _ => None,
        }
    }

    fn country(&self, field: Field) -> Placed<CountryCode> {
        match self.value(field)? {
            (path, Value::Country(country)) => Some((path, *country)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::draft::{Draft, Edit};
    use crate::field::Field;
    use crate::path::FieldPath;
    use crate::tests::sample::{CONTEXT, person};
    use crate::update_form::check_update;

    /// Two persons as a platform may have them: one document, one name, no director, a card without its back.
    const READ: &[(Field, &str)] = &[
        (Field::FirstNameEnglish, "Wei 2"),
        (Field::LastNameEnglish, "Zhang"),
        (Field::FirstName, "Wei 2"),
        (Field::RoleType, "Shareholder"),
        (Field::BirthDate, "1988-04-03"),
        (Field::Nationality, "TW"),
        (Field::IdType, "National ID"),
        (Field::IdNumber, "11010519491231002X"),
        (Field::IdIssuingCountryCode, "CN"),
        (Field::IdIssueDate, "2016-11-20"),
        (Field::IdExpirationDate, "2046-11-20"),
        (Field::IdDocumentFrontFileId, "front"),
    ];

    fn read() -> Draft {
        let mut draft = Draft::default();
        for number in 1..=2 {
            draft.apply(&Edit::AddPerson { person: person(number), at: u32::MAX });
            READ.iter().for_each(|(field, text)| set(&mut draft, number, *field, text));
        }
        draft
    }

    fn set(draft: &mut Draft, number: u128, field: Field, text: &str) {
        let path = FieldPath::of_person(person(number), field).unwrap();
        draft.apply(&Edit::Set { path, text: text.to_owned() });
    }

    /// What is said of an update in which this was typed of the second person: whose field, the code, the parameters.
    fn said(field: Field, text: &str) -> Vec<String> {
        let mut draft = read();
        set(&mut draft, 2, field, text);
        let problems = check_update(&draft, &read(), &[], &CONTEXT).problems;
        let line = |problem: crate::problem::Problem| {
            let owner = if problem.path.person() == Some(person(1)) { 1 } else { 2 };
            let params: String = problem.params.iter().map(|(key, value)| format!(" {key}={value}")).collect();
            format!("{owner} {}: {}{params}", problem.path.field().spec().key, problem.code)
        };
        problems.into_iter().map(line).collect()
    }

    #[rstest]
    #[case::nothing(Field::LastNameEnglish, "Zhang", &[])]
    #[case::another_name(Field::LastNameEnglish, "Wang", &[])]
    #[case::the_same_name(Field::LastNameEnglish, "ZHANG", &["2 last_name_english: person.same_name other=1"])]
    #[case::birth(Field::BirthDate, "1978-04-03", &["2 id_number: id_number.birth_date"])]
    #[case::nationality(Field::Nationality, "KR", &["2 first_name: name.same", "2 id_issuing_country_code: id.country country=KR"])]
    #[case::role(Field::RoleType, "Beneficial Owner", &["1 role_type: persons.no_director"])]
    #[case::back_taken_from_the_front(Field::IdDocumentFrontFileId, "front_2", &["2 id_type: id.back_missing"])]
    #[case::issue(Field::IdIssueDate, "2016-11-21", &["2 id_expiration_date: id.long_validity years=20"])]
    #[case::number(Field::IdNumber, "11010519491231002x ", &[
        "2 id_number: person.same_id other=1",
    ])]
    #[case::a_wrong_number(Field::IdNumber, "1101051949123100", &["2 id_number: id_number.format"])]
    fn of_an_update_only_what_somebody_touched_is_said(
        #[case] field: Field,
        #[case] text: &str,
        #[case] expected: &[&str],
    ) {
        assert_eq!(said(field, text), expected);
    }
}
