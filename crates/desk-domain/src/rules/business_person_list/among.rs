//! Persons beside each other: nobody stands there twice, and somebody runs the business.

use super::{Person, Placed};
use crate::field::Field;
use crate::path::FieldPath;
use crate::rules::{Found, Sheet};
use crate::value::text::fold;
use crate::value::{CivilDate, Fault, Value};

/// Entries of the built-in list for persons who do not run the business. Of any other role nobody can say.
const NOT_IN_CHARGE: [&str; 4] = ["Shareholder", "Beneficial Owner", "Authorised Signatory", "Company Secretary"];
/// Entries of the built-in list for businesses that have no directors.
const WITHOUT_DIRECTORS: [&str; 7] = [
    "Sole Proprietorship",
    "Partnership",
    "Limited Partnership",
    "Trust",
    "Foundation",
    "Non-Profit Organisation",
    "Government Entity",
];

pub(super) fn rules(sheet: &Sheet<'_>, persons: &[Person<'_>], found: &mut Found<'_>) {
    let documents: Vec<_> = persons.iter().map(document).collect();
    let names: Vec<_> = persons.iter().map(name).collect();
    for later in 1..persons.len() {
        if let Some((path, other, at)) = twice(&documents, later, found, is_same_document) {
            found.warning_beside(path, other, Fault::new("person.same_id").with("other", at + 1));
        }
        if let Some((path, other, at)) = twice(&names, later, found, |a, b| a == b) {
            found.warning_beside(path, other, Fault::new("person.same_name").with("other", at + 1));
        }
    }
    director(sheet, persons, found);
}

/// The first person before a later one who is the same, of those who have something of the user's between them: the places
/// of both that say so, of the later one and of the other, and which one it is.
fn twice<T>(
    all: &[Option<Known<T>>],
    later: usize,
    found: &Found<'_>,
    same: impl Fn(&T, &T) -> bool,
) -> Option<(FieldPath, FieldPath, usize)> {
    let this = all.get(later)?.as_ref()?;
    all.iter().take(later).enumerate().find_map(|(at, other)| {
        let other = other.as_ref().filter(|other| same(&other.what, &this.what))?;
        let touched = this.from.iter().chain(&other.from).copied().find(|path| found.counts(*path))?;
        Some((this.at, touched, at))
    })
}

/// What a person is known by.
struct Known<T> {
    what: T,
    /// Where it is said.
    at: FieldPath,
    /// The places that it comes from.
    from: Vec<FieldPath>,
}

struct Document {
    number: String,
    kind: Option<String>,
    country: Option<&'static str>,
}

fn document(person: &Person<'_>) -> Option<Known<Document>> {
    let (at, number) = person.text(Field::IdNumber)?;
    let number = letters(number);
    let (kind, country) = (person.text(Field::IdType), person.country(Field::IdIssuingCountryCode));
    let from = [Some(at), kind.map(|(path, _)| path), country.map(|(path, _)| path)].into_iter().flatten().collect();
    let kind = kind.map(|(_, text)| fold(text).to_lowercase());
    let what = Document { number, kind, country: country.map(|(_, country)| country.code()) };
    (!what.number.is_empty()).then_some(Known { what, at, from })
}

/// Two countries may give one number to two persons, and so may two kinds of document: both must fit, where both are known.
fn is_same_document(a: &Document, b: &Document) -> bool {
    fn fits<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
        a.zip(b).is_none_or(|(a, b)| a == b)
    }
    a.number == b.number && fits(a.kind.as_ref(), b.kind.as_ref()) && fits(a.country.as_ref(), b.country.as_ref())
}

/// Somebody with one name only may have it in either field, so one of the two is enough.
fn name(person: &Person<'_>) -> Option<Known<(Vec<String>, CivilDate)>> {
    let (birth_at, birth) = person.date(Field::BirthDate)?;
    let parts: Vec<_> = [Field::LastNameEnglish, Field::FirstNameEnglish].map(|field| person.text(field)).into();
    let (at, _) = parts.iter().flatten().next().copied()?;
    let text = |part: &Placed<&str>| part.map_or_else(String::new, |(_, text)| fold(text).to_lowercase());
    let what = (parts.iter().map(text).collect(), birth);
    Some(Known { what, at, from: parts.iter().flatten().map(|(path, _)| *path).chain([birth_at]).collect() })
}

fn letters(number: &str) -> String {
    fold(number).to_uppercase().chars().filter(|char| char.is_alphanumeric()).collect()
}

/// Said at the first role, once every person has one.
fn director(sheet: &Sheet<'_>, persons: &[Person<'_>], found: &mut Found<'_>) {
    let Some(roles) = persons.iter().map(|person| person.text(Field::RoleType)).collect::<Option<Vec<_>>>() else {
        return;
    };
    let nobody = roles.iter().all(|(_, role)| NOT_IN_CHARGE.contains(role));
    let Some((path, _)) = roles.first().copied().filter(|_| nobody) else { return };
    let kind = FieldPath::of(Field::BusinessType);
    let of_business = kind.and_then(|path| sheet.value(path));
    let has_none = matches!(of_business, Some(Value::Text(kind)) if WITHOUT_DIRECTORS.contains(&kind.as_str()));
    let touched = roles.iter().map(|(path, _)| *path).chain(kind).find(|path| found.counts(*path));
    if let Some(touched) = touched.filter(|_| !has_none) {
        found.warning_beside(path, touched, Fault::new("persons.no_director"));
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::draft::{Draft, Edit};
    use crate::field::Field;
    use crate::path::FieldPath;
    use crate::tests::sample::{person, problems_of, set};

    /// Persons in their order, each with what is typed of them.
    fn persons(all: &[&[(Field, &str)]]) -> Draft {
        let mut draft = Draft::default();
        for (number, texts) in (1..).zip(all) {
            draft.apply(&Edit::AddPerson { person: person(number), at: u32::MAX });
            for (field, text) in *texts {
                let path = FieldPath::of_person(person(number), *field).unwrap();
                draft.apply(&Edit::Set { path, text: (*text).to_owned() });
            }
        }
        draft
    }

    /// Who is said to be whom, by number.
    fn said(draft: &Draft, code: &str) -> Vec<(usize, String)> {
        let number = |path: FieldPath| draft.persons.iter().position(|id| Some(*id) == path.person()).unwrap() + 1;
        let problems = problems_of(draft).into_iter().filter(|problem| problem.code == code);
        problems.map(|problem| (number(problem.path), problem.params["other"].clone())).collect()
    }

    const PASSPORT: &[(Field, &str)] =
        &[(Field::IdType, "Passport"), (Field::IdNumber, "E12345678"), (Field::IdIssuingCountryCode, "CN")];

    #[rstest]
    #[case::as_typed(&[(Field::IdNumber, "e 1234-5678")], true)]
    #[case::all_the_same(PASSPORT, true)]
    #[case::of_another_country(&[(Field::IdNumber, "E12345678"), (Field::IdIssuingCountryCode, "KR")], false)]
    #[case::of_another_kind(&[(Field::IdNumber, "E12345678"), (Field::IdType, "Driving Licence")], false)]
    #[case::another_number(&[(Field::IdNumber, "E12345679")], false)]
    #[case::nothing(&[], false)]
    #[case::no_letter_or_digit(&[(Field::IdNumber, "-")], false)]
    fn one_document_is_of_one_person(#[case] third: &[(Field, &str)], #[case] wrong: bool) {
        let draft = persons(&[&[], PASSPORT, third]);
        let expected = wrong.then(|| (3, "2".to_owned()));
        assert_eq!(said(&draft, "person.same_id"), Vec::from_iter(expected));
    }

    #[rstest]
    #[case::in_other_letters("ZHANG", "wei", "3 apr 1988", true)]
    #[case::another_first_name("Zhang", "Min", "1988-04-03", false)]
    #[case::one_name_only("Zhang", "", "1988-04-03", false)]
    #[case::father_and_son("Zhang", "Wei", "1958-04-03", false)]
    #[case::birth_unknown("Zhang", "Wei", "", false)]
    fn one_name_and_birth_date_is_of_one_person(
        #[case] last: &str,
        #[case] first: &str,
        #[case] birth: &str,
        #[case] warned: bool,
    ) {
        let person = |last, first, birth| {
            [(Field::LastNameEnglish, last), (Field::FirstNameEnglish, first), (Field::BirthDate, birth)]
        };
        let draft = persons(&[&person("Zhang", "Wei", "1988-04-03"), &person(last, first, birth)]);
        assert_eq!(said(&draft, "person.same_name"), Vec::from_iter(warned.then(|| (2, "1".to_owned()))));
    }

    #[test]
    fn of_three_alike_each_later_one_names_the_first() {
        let draft = persons(&[PASSPORT, PASSPORT, PASSPORT]);
        assert_eq!(said(&draft, "person.same_id"), [(2, "1".to_owned()), (3, "1".to_owned())]);
    }

    #[rstest]
    #[case::owners_only("", &["Shareholder", "beneficial owner"], true)]
    #[case::a_director("", &["Shareholder", "Director"], false)]
    #[case::a_partner("", &["Partner"], false)]
    #[case::own_words("", &["Shareholder", "Geschäftsführer"], false)]
    #[case::not_all_are_typed("", &["Shareholder", ""], false)]
    #[case::nobody("", &[], false)]
    #[case::company("Corporation", &["Shareholder"], true)]
    #[case::without_directors("trust", &["Beneficial Owner"], false)]
    fn somebody_runs_the_business(#[case] kind: &str, #[case] roles: &[&str], #[case] warned: bool) {
        let all: Vec<_> = roles.iter().map(|role| [(Field::RoleType, *role)]).collect();
        let mut draft = persons(&all.iter().map(<[_; 1]>::as_slice).collect::<Vec<_>>());
        set(&mut draft, Field::BusinessType, kind);
        let found: Vec<_> =
            problems_of(&draft).into_iter().filter(|problem| problem.code == "persons.no_director").collect();
        assert_eq!(found.len(), usize::from(warned));
        assert!(found.iter().all(|problem| problem.path.person() == Some(person(1))), "said at the first person");
    }
}
