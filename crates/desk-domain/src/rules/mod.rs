//! The rules of the form, one file a section of the [`book`]: the rows ([`rule`]) and the pure functions that keep them.
//!
//! [`Sheet`] reads every text once. Formats are faults of reading; the files here say what is wrong with texts that can
//! be read, alone or beside others: of any text ([`every_text`]), then [`business_details`], [`address`],
//! [`account_usage`], [`primary_contact`] and [`business_person_list`]. What several sections share is apart ([`text`],
//! [`choice`], [`date`], [`file_id`], [`partner_customer_id`]). [`tally`] counts, [`echo`] says what was understood.

mod account_usage;
pub(crate) mod address;
pub mod book;
mod business_details;
mod business_person_list;
mod choice;
mod date;
pub(crate) mod echo;
mod every_text;
mod file_id;
mod partner_customer_id;
mod primary_contact;
pub mod rule;
pub(crate) mod tally;
mod text;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::check::CheckContext;
use crate::draft::Draft;
use crate::field::{Field, FieldKind};
use crate::form;
use crate::path::FieldPath;
use crate::problem::{Problem, Severity};
use crate::reference::identity::{self, DocumentNumber};
use crate::value::{
    CivilDate, CountryCode, CurrencyCode, DecimalAmount, E164, EmailAddress, Fault, FileId, PartnerCustomerId,
    PlainText, Value, WebsiteUrl, is_never,
};

/// A draft with every text read that its revision carries.
pub(crate) struct Sheet<'a> {
    pub(crate) draft: &'a Draft,
    pub(crate) context: &'a CheckContext<'a>,
    /// The fields that raise something; `None` for all.
    pub(crate) touched: Option<&'a BTreeSet<FieldPath>>,
    /// Places that hold something, in the order of the form.
    pub(crate) entries: Vec<Entry<'a>>,
    /// Where each of them stands in `entries`.
    at: HashMap<FieldPath, usize>,
}

/// A text that is not blank, and what it was understood as.
pub(crate) struct Entry<'a> {
    pub(crate) path: FieldPath,
    pub(crate) typed: &'a str,
    pub(crate) understood: Result<Value, Fault>,
}

impl Entry<'_> {
    /// Whether a value of it stands on the wire.
    pub(crate) fn is_sent(&self) -> bool {
        self.understood.as_ref().is_ok_and(Value::is_sent)
    }
}

impl<'a> Sheet<'a> {
    pub(crate) fn read(draft: &'a Draft, context: &'a CheckContext<'a>) -> Self {
        let beside = Beside::of(draft, context);
        let entries: Vec<Entry<'_>> = form::places(draft, context.form)
            .into_iter()
            .filter_map(|path| {
                let typed = draft.text(path);
                Some(Entry { path, typed, understood: read(path, typed, &beside)? })
            })
            .collect();
        let at = entries.iter().enumerate().map(|(at, entry)| (entry.path, at)).collect();
        Self { draft, context, touched: None, entries, at }
    }

    /// The same of a form in which only these fields are the user's.
    pub(crate) fn only(self, touched: &'a BTreeSet<FieldPath>) -> Self {
        Self { touched: Some(touched), ..self }
    }

    /// Whether what is typed in a field is the user's.
    pub(crate) fn counts(&self, path: FieldPath) -> bool {
        self.touched.is_none_or(|touched| touched.contains(&path))
    }

    /// The value at a path, where one was understood.
    pub(crate) fn value(&self, path: FieldPath) -> Option<&Value> {
        self.entries.get(*self.at.get(&path)?)?.understood.as_ref().ok()
    }
}

/// What a text is read beside: the fields that say how it is meant.
pub(crate) struct Beside<'a> {
    pub(crate) draft: &'a Draft,
    pub(crate) context: &'a CheckContext<'a>,
    /// Of the amount.
    pub(crate) currency: Option<CurrencyCode>,
    /// Of a phone number without a calling code: the country of registration, else the one the business works in.
    pub(crate) region: Option<CountryCode>,
}

impl<'a> Beside<'a> {
    fn of(draft: &'a Draft, context: &'a CheckContext<'a>) -> Self {
        let text = |field| FieldPath::of(field).map(|path| draft.text(path)).unwrap_or_default();
        let country = |field| CountryCode::parse(text(field)).ok();
        Self {
            draft,
            context,
            currency: CurrencyCode::parse(text(Field::EstimatedMonthlyRevenueCurrency)).ok(),
            region: country(Field::RegistrationAddressCountryCode).or_else(|| country(Field::OperatingCountry)),
        }
    }

    /// The country in another field: of the same person for a field of persons.
    pub(crate) fn country(&self, near: FieldPath, field: Field) -> Option<CountryCode> {
        CountryCode::parse(self.text(near, field)).ok()
    }

    /// The entry of a list in another field, as the list spells it; other text as typed, nothing where the form has no such field.
    pub(crate) fn choice(&self, near: FieldPath, field: Field) -> &'a str {
        if !form::carries(self.context.form, field.spec()) {
            return "";
        }
        let text = self.text(near, field).trim();
        let entry = self.context.house.list(field).and_then(|list| list.entry(text));
        entry.map_or(text, |entry| &entry.value)
    }

    /// The text in another field: of the same person for a field of persons.
    pub(crate) fn text(&self, near: FieldPath, field: Field) -> &'a str {
        let path = FieldPath::of(field).or_else(|| FieldPath::of_person(near.person()?, field));
        path.map(|path| self.draft.text(path)).unwrap_or_default()
    }
}

/// What is known of a number of an identity document, by the type and the country beside it.
pub(crate) fn document(path: FieldPath, typed: &str, beside: &Beside<'_>) -> Option<DocumentNumber> {
    let country = beside.country(path, Field::IdIssuingCountryCode);
    identity::read(typed, beside.choice(path, Field::IdType), country)
}

/// What a text of a field is understood as; `None` where it is blank.
fn read(path: FieldPath, typed: &str, beside: &Beside<'_>) -> Option<Result<Value, Fault>> {
    if crate::value::text::is_blank(typed) {
        return None;
    }
    let (field, order) = (path.field(), beside.context.date_order);
    Some(match field.spec().kind {
        FieldKind::PartnerCustomerId => PartnerCustomerId::parse(typed).map(Value::PartnerCustomerId),
        FieldKind::Text if address::part(field).is_some() => Ok(Value::Text(address::read(path, typed, beside)?)),
        FieldKind::Text if field == Field::BusinessIdentifierNumber => {
            let number = business_details::identifier(path, typed, beside).map(|found| found.number);
            Ok(Value::Text(number.as_deref().and_then(PlainText::parse).or_else(|| PlainText::parse(typed))?))
        }
        FieldKind::Text if field == Field::IdNumber => {
            let number = document(path, typed, beside).map(|found| found.number);
            Ok(Value::Text(number.as_deref().and_then(PlainText::parse).or_else(|| PlainText::parse(typed))?))
        }
        FieldKind::Text | FieldKind::NameEnglish | FieldKind::NameLocal => Ok(Value::Text(PlainText::parse(typed)?)),
        FieldKind::Choice => {
            let text = PlainText::parse(typed)?;
            let listed = beside.context.house.list(field).and_then(|list| list.entry(text.as_str()));
            let listed = listed.and_then(|entry| PlainText::parse(&entry.value));
            Ok(Value::Text(listed.unwrap_or(text)))
        }
        FieldKind::Country => CountryCode::parse(typed).map(Value::Country),
        FieldKind::Currency => CurrencyCode::parse(typed).map(Value::Currency),
        FieldKind::Amount => DecimalAmount::parse(typed, beside.currency).map(Value::Amount),
        FieldKind::Date if has_no_end(field) && is_never(typed) => Ok(Value::Never),
        FieldKind::Date => CivilDate::parse(typed, order).map(Value::Date),
        FieldKind::Phone => E164::parse(typed, beside.region).map(Value::Phone),
        FieldKind::Email => EmailAddress::parse(typed).map(Value::Email),
        FieldKind::Website => WebsiteUrl::parse(typed).map(Value::Website),
        FieldKind::FileId => Ok(Value::FileId(FileId::parse(typed)?)),
    })
}

/// Dates that a document may lack for good.
fn has_no_end(field: Field) -> bool {
    matches!(field, Field::BusinessIdentifierExpiryDate | Field::IdExpirationDate)
}

/// What the rules say, in the order of the form: of each field the gravest, and of equally grave ones the first here.
/// What is wrong between two fields is said where one of them counts; the value of one that does not is in nothing.
pub(crate) fn problems(sheet: &Sheet<'_>) -> Vec<Problem> {
    let mut found = Found { touched: sheet.touched, worst: BTreeMap::new() };
    let currency = FieldPath::of(Field::EstimatedMonthlyRevenueCurrency);
    for entry in &sheet.entries {
        match (&entry.understood, currency) {
            (Err(fault), Some(currency)) if fault.code == "amount.digits" => {
                let fault = if found.counts(currency) { fault.clone() } else { fault.clone().without("currency") };
                found.error_beside(entry.path, currency, fault);
            }
            (Err(fault), _) if fault.code == "phone.length" => {
                let fault = primary_contact::length_fault(sheet, fault, entry.typed, &found);
                found.error(entry.path, fault);
            }
            (Err(fault), _) => found.error(entry.path, fault.clone()),
            (Ok(value), _) => {
                text::rules(entry, &mut found);
                partner_customer_id::rules(entry.path, value, &mut found);
                choice::rules(entry.path, value, sheet.context.house, &mut found);
            }
        }
    }
    business_details::rules(sheet, &mut found);
    address::rules(sheet, &mut found);
    account_usage::rules(sheet, &mut found);
    primary_contact::rules(sheet, &mut found);
    business_person_list::rules(sheet, &mut found);
    date::rules(sheet, &mut found);
    file_id::rules(sheet, &mut found);
    sheet.entries.iter().filter_map(|entry| found.worst.remove(&entry.path)).collect()
}

/// The gravest problem of each field so far.
pub(crate) struct Found<'a> {
    touched: Option<&'a BTreeSet<FieldPath>>,
    worst: BTreeMap<FieldPath, Problem>,
}

impl Found<'_> {
    fn counts(&self, path: FieldPath) -> bool {
        self.touched.is_none_or(|touched| touched.contains(&path))
    }

    fn say(&mut self, path: FieldPath, severity: Severity, fault: Fault) {
        // `Severity` orders from the gravest down.
        if self.worst.get(&path).is_none_or(|problem| severity < problem.severity) {
            self.worst.insert(path, Problem { path, code: fault.code.to_owned(), params: fault.params, severity });
        }
    }

    fn error(&mut self, path: FieldPath, fault: Fault) {
        self.error_beside(path, path, fault);
    }

    fn warning(&mut self, path: FieldPath, fault: Fault) {
        self.warning_beside(path, path, fault);
    }

    /// A field is wrong beside another.
    fn error_beside(&mut self, path: FieldPath, other: FieldPath, fault: Fault) {
        if self.counts(path) || self.counts(other) {
            self.say(path, Severity::Error, fault);
        }
    }

    fn warning_beside(&mut self, path: FieldPath, other: FieldPath, fault: Fault) {
        if self.counts(path) || self.counts(other) {
            self.say(path, Severity::Warning, fault);
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::tests::sample::{CONTEXT, problem_at, problems_of, with};
    use crate::value::DateOrder;

    #[rstest]
    #[case(Field::BusinessIdentifierStartDate, "30 feb 2020", "date.unreadable")]
    #[case(Field::BusinessIdentifierStartDate, "3/4/2020", "date.ambiguous")]
    #[case(Field::RegistrationAddressCountryCode, "austral", "country.unknown")]
    #[case(Field::EstimatedMonthlyRevenueCurrency, "dollars", "currency.unknown")]
    #[case(Field::EstimatedMonthlyRevenueAmount, "a lot", "amount.unreadable")]
    #[case(Field::EstimatedMonthlyRevenueAmount, "1.234", "amount.ambiguous")]
    #[case(Field::EstimatedMonthlyRevenueAmount, "0", "amount.not_positive")]
    #[case(Field::EstimatedMonthlyRevenueAmount, "0.555", "amount.digits")]
    #[case(Field::ContactPhone, "02 5550 1234", "phone.country_code")]
    #[case(Field::ContactPhone, "+61 2 CALL US", "phone.letters")]
    #[case(Field::ContactPhone, "+61 2", "phone.length")]
    #[case(Field::ContactEmail, "accounts", "email.format")]
    #[case(Field::Website, "localhost", "website.format")]
    #[case(Field::PartnerCustomerId, "cd-1", "partner_customer_id.length")]
    fn a_text_that_cannot_be_read_is_an_error(#[case] field: Field, #[case] typed: &str, #[case] code: &str) {
        assert_eq!(problem_at(field, typed), Some((code.to_owned(), Severity::Error)));
    }

    #[rstest]
    #[case(DateOrder::Ask, Some("date.ambiguous"))]
    #[case(DateOrder::DayFirst, Some("date.future"))]
    #[case(DateOrder::MonthFirst, None)]
    fn a_numeric_date_is_read_in_the_order_of_the_context(#[case] date_order: DateOrder, #[case] code: Option<&str>) {
        // Today is 21 November 2026: 12 January is gone by, 1 December is to come.
        let draft = with(&[(Field::BusinessIdentifierStartDate, "1/12/2026")]);
        let found = crate::check::check(&draft, &CheckContext { date_order, ..CONTEXT }).problems;
        assert_eq!(found.first().map(|problem| problem.code.as_str()), code);
    }

    #[test]
    fn fraction_digits_are_those_of_the_typed_currency() {
        let of = |currency, amount| {
            problems_of(&with(&[
                (Field::EstimatedMonthlyRevenueCurrency, currency),
                (Field::EstimatedMonthlyRevenueAmount, amount),
            ]))
        };
        assert_eq!(of("kwd", "0.555"), vec![]);
        let yen = of("jpy", "99.99");
        assert_eq!((yen[0].code.as_str(), yen[0].params["digits"].as_str()), ("amount.digits", "0"));
        assert_eq!(of("nope", "0.5555").len(), 1, "an unreadable currency says nothing of the amount");
    }

    #[test]
    fn one_problem_a_field_and_the_gravest() {
        // Too long and with a line break are warnings; a repeated file within one person is an error.
        let long = format!("file\n{}", "9".repeat(300));
        let draft = with(&[(Field::IdDocumentFrontFileId, &long), (Field::IdDocumentBackFileId, &long)]);
        let problems = problems_of(&draft);
        let codes: Vec<_> = problems.iter().map(|problem| (problem.code.as_str(), problem.severity)).collect();
        assert_eq!(codes, [("text.controls", Severity::Warning), ("file_id.repeated", Severity::Error)]);
    }
}
