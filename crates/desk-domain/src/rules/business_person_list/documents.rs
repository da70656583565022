//! Identity documents: their numbers beside type, country and birth, how long they stand, the back of a card.

use chrono::Months;

use super::Person;
use crate::field::Field;
use crate::path::FieldPath;
use crate::reference::identity;
use crate::rules::Found;
use crate::value::{CountryCode, Fault};

/// The entry of the built-in list for a card that a state gives to those who live in it.
const NATIONAL_ID: &str = "National ID";
/// Entries of the built-in list that are cards, with something on both sides.
const CARDS: [&str; 3] = [NATIONAL_ID, "Driving Licence", "Residence Permit"];
/// Years that no document stands for: beyond them one of its dates is taken for a slip of the pen (UX D).
const LONGEST_YEARS: u32 = 20;
/// Countries whose identity card is for everybody who lives there, of whatever nationality: the Hong Kong and Macao
/// resident cards, the NRIC of Singapore's permanent residents, the civil ID of the Gulf states.
const CARD_FOR_RESIDENTS: [&str; 8] = ["AE", "BH", "HK", "KW", "MO", "OM", "QA", "SG"];

pub(super) fn rules(person: &Person<'_>, found: &mut Found<'_>) {
    number(person, found);
    country(person, found);
    back(person, found);
    if let (Some((path, expiry)), Some((other, issue))) =
        (person.date(Field::IdExpirationDate), person.date(Field::IdIssueDate))
        && issue.day().checked_add_months(Months::new(LONGEST_YEARS * 12)).is_some_and(|last| expiry.day() > last)
    {
        found.warning_beside(path, other, Fault::new("id.long_validity").with("years", LONGEST_YEARS));
    }
}

fn number(person: &Person<'_>, found: &mut Found<'_>) {
    let Some((path, typed)) = person.text(Field::IdNumber) else { return };
    let (kind, country) = (person.text(Field::IdType), person.country(Field::IdIssuingCountryCode));
    let Some(number) = identity::read(typed, kind.map_or("", |(_, text)| text), country.map(|(_, code)| code)) else {
        return;
    };
    let beside = [kind.map(|(path, _)| path), country.map(|(path, _)| path)];
    let beside = beside.into_iter().flatten().find(|other| found.counts(*other)).unwrap_or(path);
    // The format tells the type and the country: it is said where nobody but the user chose them.
    let named = [kind.map(|(path, _)| path), country.map(|(path, _)| path)];
    let named = named.into_iter().flatten().all(|other| found.counts(other));
    let fault = |code| if named { Fault::new(code).with("format", number.format) } else { Fault::new(code) };
    if !number.fits {
        if number.strict {
            found.error_beside(path, beside, fault("id_number.format"));
        } else {
            found.warning_beside(path, beside, fault("id_number.unusual"));
        }
        return;
    }
    if number.checks == Some(false) {
        found.warning_beside(path, beside, fault("id_number.check_digit"));
    }
    if !number.begins {
        found.warning_beside(path, beside, fault("id_number.unusual"));
    }
    if let (Some(inside), Some((other, birth))) = (number.birth, person.date(Field::BirthDate))
        && inside != birth.day()
    {
        let fault = Fault::new("id_number.birth_date");
        // The date is a part of the number: it is said only of a number that the user typed.
        let fault = if found.counts(path) { fault.with("date", inside) } else { fault };
        found.warning_beside(path, if found.counts(other) { other } else { beside }, fault);
    }
}

fn country(person: &Person<'_>, found: &mut Found<'_>) {
    if let (Some((kind, NATIONAL_ID)), Some((path, issuing)), Some((other, nationality))) =
        (person.text(Field::IdType), person.country(Field::IdIssuingCountryCode), person.country(Field::Nationality))
        && issuing != nationality
        && !is_for_residents(issuing)
    {
        let fault = Fault::new("id.country");
        let fault = if found.counts(other) { fault.with("country", nationality) } else { fault };
        found.warning_beside(path, if found.counts(other) { other } else { kind }, fault);
    }
}

fn is_for_residents(country: CountryCode) -> bool {
    CARD_FOR_RESIDENTS.contains(&country.code())
}

/// An empty field is never a problem, so the type says it, once the front is there.
fn back(person: &Person<'_>, found: &mut Found<'_>) {
    let place = |field| FieldPath::of_person(person.id, field);
    if let (Some((path, kind)), Some((front, _)), Some(back)) =
        (person.text(Field::IdType), person.value(Field::IdDocumentFrontFileId), place(Field::IdDocumentBackFileId))
        && CARDS.contains(&kind)
        && person.entries.iter().all(|entry| entry.path != back)
    {
        let other = if found.counts(back) { back } else { front };
        found.warning_beside(path, other, Fault::new("id.back_missing"));
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::field::Field;
    use crate::problem::{Problem, Severity};
    use crate::tests::sample::{path, problems_of, with};

    fn at(field: Field, texts: &[(Field, &str)]) -> Option<Problem> {
        problems_of(&with(texts)).into_iter().find(|problem| problem.path == path(field))
    }

    fn numbered(kind: &str, country: &str, number: &str) -> Option<(String, Severity)> {
        let texts = [(Field::IdType, kind), (Field::IdIssuingCountryCode, country), (Field::IdNumber, number)];
        at(Field::IdNumber, &texts).map(|problem| (problem.code, problem.severity))
    }

    #[rstest]
    #[case::resident("National ID", "CN", "11010519491231002X", None)]
    #[case::in_groups("national id", "China", "110105 19491231 002x", None)]
    #[case::short("National ID", "CN", "110105194912310", Some(("id_number.format", Severity::Error)))]
    #[case::slip("National ID", "CN", "110105194912310020", Some(("id_number.check_digit", Severity::Warning)))]
    #[case::hong_kong("National ID", "HK", "a123456(3)", None)]
    #[case::hong_kong_slip("National ID", "HK", "A123456(0)", Some(("id_number.check_digit", Severity::Warning)))]
    #[case::passport("Passport", "CN", "E12345678", None)]
    #[case::no_province("National ID", "CN", "990105194912310023", Some(("id_number.unusual", Severity::Warning)))]
    #[case::mixed_letters("Passport", "UA", "ЕТ123456", Some(("id_number.unusual", Severity::Warning)))]
    #[case::passport_short("Passport", "CN", "E1", Some(("id_number.unusual", Severity::Warning)))]
    #[case::own_words("Seaman's book no. 2", "IS", "x-١٢٣", None)]
    #[case::unknown_country("National ID", "Narnia", "x", None)]
    fn the_number_of_a_document(
        #[case] kind: &str,
        #[case] country: &str,
        #[case] number: &str,
        #[case] expected: Option<(&str, Severity)>,
    ) {
        let expected = expected.map(|(code, severity)| (code.to_owned(), severity));
        assert_eq!(numbered(kind, country, number), expected);
    }

    #[test]
    fn the_date_in_a_number_is_the_date_of_birth() {
        let number = [
            (Field::IdType, "National ID"),
            (Field::IdIssuingCountryCode, "CN"),
            (Field::IdNumber, "11010519491231002X"),
        ];
        let born = |date| {
            let texts: Vec<_> = number.into_iter().chain([(Field::BirthDate, date)]).collect();
            at(Field::IdNumber, &texts).map(|problem| (problem.code, problem.params["date"].clone()))
        };
        assert_eq!(born("31 dec 1949"), None);
        assert_eq!(born("1949-12-30"), Some(("id_number.birth_date".to_owned(), "1949-12-31".to_owned())));
        assert_eq!(born("12/13/14"), None, "a date that cannot be read says nothing of the number");
    }

    #[rstest]
    #[case::own("CN", "National ID", "CN", false)]
    #[case::of_another("CN", "National ID", "FR", true)]
    #[case::for_residents("GB", "National ID", "HK", false)]
    #[case::passport("CN", "Passport", "FR", false)]
    #[case::permit("CN", "Residence Permit", "FR", false)]
    fn the_country_of_a_national_id(
        #[case] nationality: &str,
        #[case] kind: &str,
        #[case] country: &str,
        #[case] warned: bool,
    ) {
        let texts = [(Field::Nationality, nationality), (Field::IdType, kind), (Field::IdIssuingCountryCode, country)];
        let found =
            at(Field::IdIssuingCountryCode, &texts).map(|problem| (problem.code, problem.params["country"].clone()));
        assert_eq!(found, warned.then(|| ("id.country".to_owned(), nationality.to_owned())));
    }

    #[rstest]
    #[case::card("National ID", "front", "", true)]
    #[case::card_with_back("National ID", "front", "back", false)]
    #[case::card_without_front("National ID", "", "", false)]
    #[case::passport("Passport", "front", "", false)]
    fn the_back_of_a_card(#[case] kind: &str, #[case] front: &str, #[case] back: &str, #[case] warned: bool) {
        let texts = [(Field::IdType, kind), (Field::IdDocumentFrontFileId, front), (Field::IdDocumentBackFileId, back)];
        let found = at(Field::IdType, &texts).map(|problem| (problem.code, problem.severity));
        assert_eq!(found, warned.then(|| ("id.back_missing".to_owned(), Severity::Warning)));
    }

    #[rstest]
    #[case::twenty_years("2016-11-20", "2036-11-20", None)]
    #[case::a_day_more("2016-11-20", "2036-11-21", Some("id.long_validity"))]
    #[case::from_a_leap_day("2020-02-29", "2040-02-29", None)]
    #[case::for_good("2016-11-20", "permanent", None)]
    fn how_long_a_document_stands(#[case] issue: &str, #[case] expiry: &str, #[case] code: Option<&str>) {
        let texts = [(Field::IdIssueDate, issue), (Field::IdExpirationDate, expiry)];
        let found = at(Field::IdExpirationDate, &texts).map(|problem| problem.code);
        assert_eq!(found.as_deref(), code);
    }
}
