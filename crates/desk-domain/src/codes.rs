//! Every code that the rules give, with an example of its parameters: what the page's catalogue must have words for.

use serde::Serialize;

use crate::problem::Severity;

/// A code of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CodeExample {
    /// The code.
    pub code: &'static str,
    /// How much it weighs; `file_id.repeated` is a warning where two persons share the file.
    pub severity: Severity,
    /// Its parameters, with example values.
    pub params: &'static [(&'static str, &'static str)],
}

/// All codes of problems, in the order of the alphabet.
#[must_use]
pub fn codes() -> &'static [CodeExample] {
    CODES
}

/// All codes of echoes ([`crate::check::Echo`]), each with the name of its one parameter and an example.
pub const ECHO_CODES: &[(&str, &str, &str)] = &[
    ("amount", "amount", "120000"),
    ("country", "code", "AU"),
    ("currency", "code", "AUD"),
    ("date", "date", "2021-04-03"),
    ("phone", "e164", "+8613800138000"),
    ("website", "url", "https://lanternquay.example"),
];

const CODES: &[CodeExample] = &[
    error("age.minor", &[("age", "18")]),
    error("age.over", &[("age", "120")]),
    error("amount.ambiguous", &[("a", "1234"), ("b", "1.23")]),
    error("amount.digits", &[("currency", "JPY"), ("digits", "0")]),
    error("amount.not_positive", &[]),
    error("amount.unreadable", &[]),
    warning("choice.other", &[]),
    error("country.unknown", &[]),
    error("currency.unknown", &[]),
    error("date.ambiguous", &[("first", "2021-04-03"), ("second", "2021-03-04")]),
    error("date.expired", &[("date", "2026-05-01")]),
    error("date.future", &[("date", "2031-05-01")]),
    error("date.order", &[("date", "2021-04-03"), ("other", "business_identifier_start_date")]),
    error("date.unreadable", &[]),
    error("email.format", &[]),
    error("file_id.repeated", &[("other", "id_document_front_file_id")]),
    warning("name.script", &[]),
    warning("partner_customer_id.characters", &[]),
    error("partner_customer_id.length", &[("found", "12"), ("max", "64"), ("min", "20")]),
    error("phone.country_code", &[]),
    error("phone.length", &[("found", "4"), ("max", "15"), ("min", "6")]),
    error("phone.letters", &[]),
    warning("text.controls", &[]),
    warning("text.long", &[("found", "212"), ("max", "140")]),
    error("website.format", &[]),
];

const fn error(code: &'static str, params: &'static [(&'static str, &'static str)]) -> CodeExample {
    CodeExample { code, severity: Severity::Error, params }
}

const fn warning(code: &'static str, params: &'static [(&'static str, &'static str)]) -> CodeExample {
    CodeExample { code, severity: Severity::Warning, params }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_stands_once_and_in_order() {
        assert!(CODES.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(ECHO_CODES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
