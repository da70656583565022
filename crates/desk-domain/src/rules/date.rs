//! Dates beside today and beside each other (UX D).

use super::{Found, Sheet};
use crate::field::Field;
use crate::path::FieldPath;
use crate::value::{CivilDate, Fault, Value};

/// Age in years beyond which a birth date is taken for a slip of the pen.
const MAXIMUM_AGE_YEARS: u32 = 120;
/// Days before the last one in which a document is about to expire (UX D).
const SOON_DAYS: i64 = 60;

pub(super) fn rules(sheet: &Sheet<'_>, found: &mut Found<'_>) {
    let of_business = |field| date(sheet, FieldPath::of(field));
    let start = of_business(Field::BusinessIdentifierStartDate);
    let expiry = of_business(Field::BusinessIdentifierExpiryDate);
    not_future(sheet, start, found);
    after(expiry, start, found);
    not_expired(sheet, expiry, found);
    not_soon(sheet, expiry, found);

    for person in &sheet.draft.persons {
        let of_person = |field| date(sheet, FieldPath::of_person(*person, field));
        let birth = of_person(Field::BirthDate);
        let issue = of_person(Field::IdIssueDate);
        let expiry = of_person(Field::IdExpirationDate);
        not_future(sheet, birth, found);
        age(sheet, birth, found);
        not_future(sheet, issue, found);
        after(issue, birth, found);
        after(expiry, issue, found);
        not_expired(sheet, expiry, found);
        not_soon(sheet, expiry, found);
    }
}

type Dated = Option<(FieldPath, CivilDate)>;

fn date(sheet: &Sheet<'_>, path: Option<FieldPath>) -> Dated {
    match sheet.value(path?)? {
        Value::Date(date) => Some((path?, *date)),
        _ => None,
    }
}

fn not_future(sheet: &Sheet<'_>, dated: Dated, found: &mut Found<'_>) {
    if let Some((path, date)) = dated
        && date.day() > sheet.context.today
    {
        found.error(path, Fault::new("date.future").with("date", date));
    }
}

fn not_expired(sheet: &Sheet<'_>, dated: Dated, found: &mut Found<'_>) {
    if let Some((path, date)) = dated
        && date.day() < sheet.context.today
    {
        found.error(path, Fault::new("date.expired").with("date", date));
    }
}

fn not_soon(sheet: &Sheet<'_>, dated: Dated, found: &mut Found<'_>) {
    let Some((path, date)) = dated else { return };
    let days = date.day().signed_duration_since(sheet.context.today).num_days();
    if (0..=SOON_DAYS).contains(&days) {
        found.warning(path, Fault::new("date.expires_soon").with("date", date).with("days", days));
    }
}

fn after(later: Dated, earlier: Dated, found: &mut Found<'_>) {
    if let (Some((path, later)), Some((other, earlier))) = (later, earlier)
        && later <= earlier
    {
        let fault = Fault::new("date.order").with("other", other.field().spec().key);
        let fault = if found.counts(other) { fault.with("date", earlier) } else { fault };
        found.error_beside(path, other, fault);
    }
}

fn age(sheet: &Sheet<'_>, birth: Dated, found: &mut Found<'_>) {
    let Some((path, birth)) = birth else { return };
    let least = sheet.context.house.minimum_age_years;
    match sheet.context.today.years_since(birth.day()) {
        Some(years) if years < least => {
            found.error(path, Fault::new("age.minor").with("age", least));
        }
        Some(years) if years > MAXIMUM_AGE_YEARS => {
            found.error(path, Fault::new("age.over").with("age", MAXIMUM_AGE_YEARS));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::check::{CheckContext, check};
    use crate::field::Field;
    use crate::house::House;
    use crate::problem::Severity;
    use crate::tests::sample::{CONTEXT, problem_at, problems_of, with};

    /// Today is 21 November 2026.
    #[rstest]
    #[case::today(Field::BusinessIdentifierStartDate, "2026-11-21", None)]
    #[case::tomorrow(Field::BusinessIdentifierStartDate, "2026-11-22", Some("date.future"))]
    #[case::over(Field::BusinessIdentifierExpiryDate, "2026-11-20", Some("date.expired"))]
    #[case::id_over(Field::IdExpirationDate, "2026-11-20", Some("date.expired"))]
    #[case::issued_today(Field::IdIssueDate, "2026-11-21", None)]
    #[case::issued_tomorrow(Field::IdIssueDate, "2026-11-22", Some("date.future"))]
    #[case::born_tomorrow(Field::BirthDate, "2026-11-22", Some("date.future"))]
    #[case::eighteen_today(Field::BirthDate, "2008-11-21", None)]
    #[case::eighteen_tomorrow(Field::BirthDate, "2008-11-22", Some("age.minor"))]
    #[case::hundred_and_twenty(Field::BirthDate, "1905-11-22", None)]
    #[case::hundred_and_twenty_one(Field::BirthDate, "1905-11-21", Some("age.over"))]
    fn a_date_beside_today(#[case] field: Field, #[case] typed: &str, #[case] code: Option<&str>) {
        assert_eq!(problem_at(field, typed), code.map(|code| (code.to_owned(), Severity::Error)));
    }

    #[rstest]
    #[case::last_day("2026-11-21", Some("0"))]
    #[case::sixty_days("2027-01-20", Some("60"))]
    #[case::sixty_one_days("2027-01-21", None)]
    fn a_document_about_to_expire_is_warned_of(#[case] typed: &str, #[case] days: Option<&str>) {
        for field in [Field::BusinessIdentifierExpiryDate, Field::IdExpirationDate] {
            let problems = problems_of(&with(&[(field, typed)]));
            let soon: Vec<_> =
                problems.iter().map(|p| (p.code.as_str(), p.severity, p.params["days"].as_str())).collect();
            let expected = days.map(|days| ("date.expires_soon", Severity::Warning, days));
            assert_eq!(soon, Vec::from_iter(expected), "{field:?}");
        }
    }

    #[rstest]
    #[case(21, "2005-11-22", Some("21"))]
    #[case(21, "2005-11-21", None)]
    #[case(16, "2010-11-21", None)]
    fn the_house_says_the_least_age(#[case] years: u32, #[case] birth: &str, #[case] age: Option<&str>) {
        let house = House { minimum_age_years: years, ..House::default() };
        let problems = check(&with(&[(Field::BirthDate, birth)]), &CheckContext { house: &house, ..CONTEXT }).problems;
        assert_eq!(problems.first().map(|problem| problem.params["age"].as_str()), age);
    }

    #[rstest]
    #[case(Field::BusinessIdentifierStartDate, "2020-01-01", Field::BusinessIdentifierExpiryDate, "2020-01-01")]
    #[case(Field::BusinessIdentifierStartDate, "2020-01-01", Field::BusinessIdentifierExpiryDate, "2019-12-31")]
    #[case(Field::IdIssueDate, "2020-01-01", Field::IdExpirationDate, "2020-01-01")]
    #[case(Field::BirthDate, "1988-04-03", Field::IdIssueDate, "1988-04-03")]
    fn a_date_beside_another(#[case] first: Field, #[case] a: &str, #[case] second: Field, #[case] b: &str) {
        let problems = problems_of(&with(&[(first, a), (second, b)]));
        assert_eq!(problems.len(), 1, "only the later field is marked, and the order comes before the expiry");
        assert_eq!((problems[0].path.field(), problems[0].code.as_str()), (second, "date.order"));
        assert_eq!(problems[0].params["other"], first.spec().key);
        assert_eq!(problems[0].params["date"], a);
    }

    #[test]
    fn dates_in_order_are_fine() {
        let draft = with(&[
            (Field::BusinessIdentifierStartDate, "2019-05-05"),
            (Field::BusinessIdentifierExpiryDate, "2039-05-05"),
            (Field::BirthDate, "1988-04-03"),
            (Field::IdIssueDate, "2024-06-12"),
            (Field::IdExpirationDate, "2034-06-11"),
        ]);
        assert_eq!(problems_of(&draft), vec![]);
    }
}
