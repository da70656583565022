//! The rules of the form, one file a kind, each a pure function with the table of its cases beside it.
//!
//! [`Sheet`] reads every text once. Formats are faults of reading; the files here say what is wrong with texts that can
//! be read, alone ([`text`], [`choice`], [`partner_customer_id`]) or beside others ([`date`], [`file_id`]). [`tally`]
//! counts, [`echo`] says what was understood.

mod choice;
mod date;
pub(crate) mod echo;
mod file_id;
mod partner_customer_id;
pub(crate) mod tally;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use crate::check::CheckContext;
use crate::draft::Draft;
use crate::field::{Field, FieldKind};
use crate::form;
use crate::lists;
use crate::path::FieldPath;
use crate::problem::{Problem, Severity};
use crate::value::{
    CivilDate, CountryCode, CurrencyCode, DateOrder, DecimalAmount, E164, EmailAddress, Fault, FileId,
    PartnerCustomerId, PlainText, Value, WebsiteUrl,
};

/// A draft with every text read that its revision carries.
pub(crate) struct Sheet<'a> {
    pub(crate) draft: &'a Draft,
    pub(crate) context: &'a CheckContext,
    /// The fields that raise something; `None` for all.
    pub(crate) touched: Option<&'a BTreeSet<FieldPath>>,
    /// Places that hold something, in the order of the form.
    pub(crate) entries: Vec<Entry<'a>>,
}

/// A text that is not blank, and what it was understood as.
pub(crate) struct Entry<'a> {
    pub(crate) path: FieldPath,
    pub(crate) typed: &'a str,
    pub(crate) understood: Result<Value, Fault>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn read(draft: &'a Draft, context: &'a CheckContext) -> Self {
        let currency = FieldPath::of(Field::EstimatedMonthlyRevenueCurrency)
            .and_then(|path| CurrencyCode::parse(draft.text(path)).ok());
        let entries = form::places(draft, context.form)
            .into_iter()
            .filter_map(|path| {
                let typed = draft.text(path);
                Some(Entry { path, typed, understood: read(path.field(), typed, currency, context.date_order)? })
            })
            .collect();
        Self { draft, context, touched: None, entries }
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
        self.entries.iter().find(|entry| entry.path == path)?.understood.as_ref().ok()
    }
}

/// What a text of a field is understood as; `None` where it is blank.
fn read(field: Field, typed: &str, currency: Option<CurrencyCode>, order: DateOrder) -> Option<Result<Value, Fault>> {
    if crate::value::text::is_blank(typed) {
        return None;
    }
    Some(match field.spec().kind {
        FieldKind::PartnerCustomerId => PartnerCustomerId::parse(typed).map(Value::PartnerCustomerId),
        FieldKind::Text | FieldKind::NameEnglish | FieldKind::NameLocal => Ok(Value::Text(PlainText::parse(typed)?)),
        FieldKind::Choice => {
            let text = PlainText::parse(typed)?;
            let listed = lists::entry(field, text.as_str()).and_then(PlainText::parse);
            Ok(Value::Text(listed.unwrap_or(text)))
        }
        FieldKind::Country => CountryCode::parse(typed).map(Value::Country),
        FieldKind::Currency => CurrencyCode::parse(typed).map(Value::Currency),
        FieldKind::Amount => DecimalAmount::parse(typed, currency).map(Value::Amount),
        FieldKind::Date => CivilDate::parse(typed, order).map(Value::Date),
        FieldKind::Phone => E164::parse(typed).map(Value::Phone),
        FieldKind::Email => EmailAddress::parse(typed).map(Value::Email),
        FieldKind::Website => WebsiteUrl::parse(typed).map(Value::Website),
        FieldKind::FileId => Ok(Value::FileId(FileId::parse(typed)?)),
    })
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
            (Err(fault), _) => found.error(entry.path, fault.clone()),
            (Ok(value), _) => {
                partner_customer_id::rules(entry.path, value, &mut found);
                text::rules(entry, &mut found);
                choice::rules(entry.path, value, &mut found);
            }
        }
    }
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
