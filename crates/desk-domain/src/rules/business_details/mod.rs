//! Rules of the business and its identifier: names beside each other, the number beside its type and country. What
//! one text alone breaks is said elsewhere ([`super::partner_customer_id`], [`super::date`], [`super::file_id`]); its
//! rows are here, in [`rows`].

mod rows;

pub(super) use self::rows::RULES;
use super::{Beside, Found, Sheet};
use crate::field::Field;
use crate::path::FieldPath;
use crate::problem::Severity;
use crate::reference::identifiers::{self, Identifier};
use crate::reference::scripts::local_script;
use crate::value::text::is_latin;
use crate::value::{CountryCode, Fault, Value};

const TYPE: Field = Field::BusinessIdentifierType;
const COUNTRY: Field = Field::BusinessIdentifierCountryCode;
const NUMBER: Field = Field::BusinessIdentifierNumber;

pub(super) fn rules(sheet: &Sheet<'_>, found: &mut Found<'_>) {
    let beside = Beside::of(sheet.draft, sheet.context);
    names(sheet, found);
    type_of_country(sheet, &beside, found);
    number(sheet, &beside, found);
}

/// What is known of the number, by the type and the country beside it.
pub(super) fn identifier(path: FieldPath, typed: &str, beside: &Beside<'_>) -> Option<Identifier> {
    identifiers::read(typed, beside.choice(path, TYPE), beside.country(path, COUNTRY))
}

/// The local name beside the English one and the countries, of which the one of registration says more.
fn names(sheet: &Sheet<'_>, found: &mut Found<'_>) {
    let (Some(path), Some(english)) = (FieldPath::of(Field::BusinessName), FieldPath::of(Field::BusinessNameEnglish))
    else {
        return;
    };
    let Some(Value::Text(name)) = sheet.value(path) else { return };
    let country = |field| match sheet.value(FieldPath::of(field)?)? {
        Value::Country(country) => Some((*country, FieldPath::of(field)?)),
        _ => None,
    };
    let country = country(Field::RegistrationAddressCountryCode).or_else(|| country(COUNTRY));
    let Some((script, country)) = country.and_then(|(country, at)| Some((local_script(country)?, at))) else { return };
    let same = |other: &Value| matches!(other, Value::Text(other) if other.as_str().to_lowercase() == name.as_str().to_lowercase());
    if sheet.value(english).is_some_and(same) {
        found.warning_beside(path, english, Fault::new("name.same"));
    } else if is_latin(name.as_str()) && name.as_str().chars().any(char::is_alphabetic) {
        let fault = Fault::new("name.local_latin");
        let fault = if found.counts(country) { fault.with("script", script) } else { fault };
        found.warning_beside(path, country, fault);
    }
}

fn type_of_country(sheet: &Sheet<'_>, beside: &Beside<'_>, found: &mut Found<'_>) {
    let (Some(path), Some(other)) = (FieldPath::of(TYPE), FieldPath::of(COUNTRY)) else { return };
    let Some(country) = country_of(sheet, other) else { return };
    if sheet.value(path).is_some() && !identifiers::is_given(beside.choice(path, TYPE), country) {
        let fault = Fault::new("identifier.type_country");
        let fault = if found.counts(other) { fault.with("country", country) } else { fault };
        found.warning_beside(path, other, fault);
    }
}

fn country_of(sheet: &Sheet<'_>, path: FieldPath) -> Option<CountryCode> {
    match sheet.value(path)? {
        Value::Country(country) => Some(*country),
        _ => None,
    }
}

fn number(sheet: &Sheet<'_>, beside: &Beside<'_>, found: &mut Found<'_>) {
    let Some(path) = FieldPath::of(NUMBER) else { return };
    let Some(entry) = sheet.entries.iter().find(|entry| entry.path == path) else { return };
    let Some(known) = identifier(path, entry.typed, beside) else { return };
    let beside_it =
        [TYPE, COUNTRY].into_iter().filter_map(FieldPath::of).find(|other| found.counts(*other)).unwrap_or(path);
    let named = [TYPE, COUNTRY].into_iter().filter_map(FieldPath::of);
    let named = named.filter(|other| sheet.value(*other).is_some()).all(|other| found.counts(other));
    let params = Params { named, typed: found.counts(path) };
    match fault(&known, path, beside, params) {
        Some((Severity::Error, fault)) => found.error_beside(path, beside_it, fault),
        Some((_, fault)) => found.warning_beside(path, beside_it, fault),
        None => {}
    }
}

/// What a problem of the number may name: nothing of a field that is not the user's.
#[derive(Clone, Copy)]
struct Params {
    /// The format, which tells the type and the country.
    named: bool,
    /// A part of the number.
    typed: bool,
}

fn fault(known: &Identifier, path: FieldPath, beside: &Beside<'_>, params: Params) -> Option<(Severity, Fault)> {
    let of_format = |code| {
        let fault = Fault::new(code);
        if params.named { fault.with("format", known.format) } else { fault }
    };
    let wrong = known.checks == Some(false);
    match known.format {
        _ if !known.fits && known.strict => Some((Severity::Error, of_format("identifier.format"))),
        _ if !known.fits && !params.named => Some((Severity::Warning, Fault::new("identifier.unusual"))),
        _ if !known.fits => {
            let formats = identifiers::formats(beside.choice(path, TYPE), beside.country(path, COUNTRY));
            let formats = formats.collect::<Vec<_>>().join(",");
            Some((Severity::Warning, Fault::new("identifier.unusual").with("formats", formats)))
        }
        "lei" if wrong => Some((Severity::Error, Fault::new("identifier.lei"))),
        "ein" if wrong => {
            let prefix: String = known.number.chars().take(2).collect();
            let fault = of_format("identifier.prefix");
            let fault = if params.typed { fault.with("prefix", prefix) } else { fault };
            Some((Severity::Warning, fault))
        }
        _ if wrong => Some((Severity::Warning, of_format("identifier.check_digit"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rstest::rstest;

    use super::*;
    use crate::check::{CheckContext, check};
    use crate::form::Form;
    use crate::platform::Revision;
    use crate::tests::sample::{CONTEXT, path, problem_at, problems_of, with};

    #[test]
    fn without_types_the_country_says_what_the_number_is() {
        let context = CheckContext { form: Form::Whole(Revision::Untyped), ..CONTEXT };
        let of = |number| {
            let draft = with(&[(TYPE, "Legal Entity Identifier"), (COUNTRY, "AU"), (NUMBER, number)]);
            let problems = check(&draft, &context).problems;
            problems.first().map(|problem| (problem.code.clone(), problem.params.clone()))
        };
        assert_eq!(of("51 824 753 556"), None, "a kept type that is not sent says nothing");
        assert_eq!(of("51 824 753 557").unwrap().0, "identifier.check_digit");
        let (code, params) = of("A0012345B").unwrap();
        assert_eq!((code.as_str(), params["formats"].as_str()), ("identifier.unusual", "abn,acn"));
    }

    #[test]
    fn a_number_alone_is_right() {
        assert_eq!(problem_at(NUMBER, "51 824 753 557"), None);
    }

    #[test]
    fn a_type_may_be_written_in_any_case() {
        let draft = with(&[(TYPE, "legal ENTITY identifier"), (NUMBER, "529900T8BM49AURSDO56")]);
        assert_eq!(problems_of(&draft)[0].code, "identifier.lei");
    }

    /// An update says what is wrong where the user has a hand in it, and tells nothing of what is not theirs.
    #[test]
    fn in_an_update_one_of_the_three_is_the_users() {
        let draft = with(&[(TYPE, "Unified Social Credit Code"), (COUNTRY, "AU"), (NUMBER, "12345")]);
        let of = |field: Option<Field>| {
            let touched: BTreeSet<_> = field.into_iter().map(path).collect();
            let problems = super::super::problems(&Sheet::read(&draft, &CONTEXT).only(&touched));
            problems.into_iter().map(|problem| (problem.code, problem.params.len())).collect::<Vec<_>>()
        };
        let both = [("identifier.type_country".to_owned(), 0), ("identifier.format".to_owned(), 0)];
        assert_eq!(of(Some(TYPE)), both);
        assert_eq!(of(Some(NUMBER)), both[1..]);
        assert_eq!(of(Some(COUNTRY))[0], ("identifier.type_country".to_owned(), 1));
        assert_eq!(of(None), []);
    }

    /// The format tells the type and the country, a prefix the number, a script the country: of fields that are not
    /// the user's nothing is told.
    #[rstest]
    #[case::number("07-1234567", &[NUMBER], "identifier.prefix", &["prefix"])]
    #[case::kind("07-1234567", &[TYPE], "identifier.prefix", &[])]
    #[case::all("07-1234567", &[TYPE, COUNTRY, NUMBER], "identifier.prefix", &["format", "prefix"])]
    #[case::all_but_the_number("07-1234567", &[TYPE, COUNTRY], "identifier.prefix", &["format"])]
    #[case::form("12345", &[NUMBER, COUNTRY], "identifier.format", &[])]
    #[case::form_of_both("12345", &[TYPE, COUNTRY], "identifier.format", &["format"])]
    fn an_update_names_what_the_user_touched(
        #[case] number: &str,
        #[case] touched: &[Field],
        #[case] code: &str,
        #[case] params: &[&str],
    ) {
        let draft = with(&[(TYPE, "Employer Identification Number"), (COUNTRY, "US"), (NUMBER, number)]);
        let touched: BTreeSet<_> = touched.iter().copied().map(path).collect();
        let problems = super::super::problems(&Sheet::read(&draft, &CONTEXT).only(&touched));
        let found: Vec<_> = problems.iter().map(|problem| problem.code.as_str()).collect();
        assert_eq!(found, [code]);
        assert!(problems[0].params.keys().map(String::as_str).eq(params.iter().copied()), "{problems:?}");
    }

    #[test]
    fn a_script_is_named_where_the_country_is_the_users() {
        let country = Field::RegistrationAddressCountryCode;
        let draft = with(&[(Field::BusinessName, "OOO Fonar"), (country, "RU")]);
        let named = |field: Field| {
            let touched = BTreeSet::from([path(field)]);
            let problems = super::super::problems(&Sheet::read(&draft, &CONTEXT).only(&touched));
            problems.iter().find(|problem| problem.code == "name.local_latin").map(|problem| problem.params.len())
        };
        assert_eq!((named(Field::BusinessName), named(country)), (Some(0), Some(1)));
    }
}
