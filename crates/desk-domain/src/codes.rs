//! Every code that the rules give, with an example of its parameters: what the page's catalogue must have words for.

use serde::Serialize;

use crate::identity_keys;
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
    ("email", "email", "shen@example.com"),
    ("identifier", "number", "51824753556"),
    ("no_expiry", "none", "none"),
    ("phone", "e164", "+8613800138000"),
    ("postcode", "postcode", "SW1A 1AA"),
    ("state", "state", "NSW"),
    ("website", "url", "https://lanternquay.example"),
];

const CODES: &[CodeExample] = &[
    warning("address.not_used", &[("country", "HK")]),
    warning("address.po_box", &[]),
    error("age.minor", &[("age", "18")]),
    error("age.over", &[("age", "120")]),
    error("amount.ambiguous", &[("a", "1234"), ("b", "1.23")]),
    error("amount.digits", &[("currency", "JPY"), ("digits", "0")]),
    warning("amount.large", &[("amount", "12000000"), ("currency", "USD")]),
    error("amount.not_positive", &[]),
    error("amount.unreadable", &[]),
    warning("choice.other", &[]),
    error("country.closed", &[("country", "AQ")]),
    error("country.unknown", &[]),
    error("currency.unknown", &[]),
    error("date.ambiguous", &[("first", "2021-04-03"), ("second", "2021-03-04")]),
    error("date.expired", &[("date", "2026-05-01")]),
    warning("date.expires_soon", &[("date", "2027-01-10"), ("days", "50")]),
    error("date.future", &[("date", "2031-05-01")]),
    error("date.order", &[("date", "2021-04-03"), ("other", "business_identifier_start_date")]),
    error("date.short_year", &[]),
    error("date.unreadable", &[]),
    warning("description.length", &[("found", "7"), ("max", "500"), ("min", "10")]),
    warning("description.name", &[]),
    warning("description.words", &[("min", "2")]),
    warning("duplicate.id_document", identity_keys::OF_DRAFT),
    warning("duplicate.identifier", identity_keys::OF_CUSTOMER),
    warning("duplicate.partner_id", identity_keys::OF_CUSTOMER),
    error("email.format", &[]),
    error("email.long", &[("found", "260"), ("max", "254")]),
    warning("email.typo", &[("suggestion", "accounts@gmail.com")]),
    warning("file_id.characters", &[]),
    error("file_id.repeated", &[("other", "id_document_front_file_id")]),
    warning("id.back_missing", &[]),
    warning("id.country", &[("country", "CN")]),
    warning("id.long_validity", &[("years", "20")]),
    warning("id_number.birth_date", &[("date", "1949-12-31")]),
    warning("id_number.check_digit", &[("format", "cn_resident_id")]),
    error("id_number.format", &[("format", "cn_resident_id")]),
    warning("id_number.unusual", &[("format", "passport")]),
    warning("identifier.check_digit", &[("format", "abn")]),
    error("identifier.format", &[("format", "uscc")]),
    error("identifier.lei", &[]),
    warning("identifier.prefix", &[("format", "ein"), ("prefix", "07")]),
    warning("identifier.type_country", &[("country", "AU")]),
    warning("identifier.unusual", &[("formats", "abn,acn")]),
    warning("name.digits", &[]),
    warning("name.local_latin", &[("script", "Hani")]),
    warning("name.same", &[]),
    warning("name.script", &[]),
    warning("partner_customer_id.characters", &[]),
    error("partner_customer_id.length", &[("found", "12"), ("max", "64"), ("min", "20")]),
    warning("person.same_id", &[("other", "1")]),
    warning("person.same_name", &[("other", "1")]),
    warning("persons.no_director", &[]),
    error("phone.country_code", &[]),
    warning("phone.extension", &[("extension", "7")]),
    error("phone.length", &[("found", "7"), ("max", "9"), ("min", "8"), ("region", "HK")]),
    error("phone.letters", &[]),
    warning("phone.unassigned", &[("region", "AU")]),
    error("postcode.format", &[("country", "AU"), ("example", "2060")]),
    warning("postcode.region", &[("other", "CA"), ("postcode", "90210"), ("region", "NV")]),
    warning("state.other", &[("country", "AE")]),
    error("state.unknown", &[("country", "US")]),
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
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn each_code_stands_once_and_in_order() {
        assert!(CODES.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(ECHO_CODES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn the_list_holds_the_codes_of_the_book_and_of_duplicates() {
        let mut book: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for rule in crate::rules::book::rules() {
            book.insert(rule.code, rule.params.to_vec());
        }
        let listed: BTreeMap<&str, Vec<&str>> = CODES
            .iter()
            .filter(|code| !code.code.starts_with("duplicate."))
            .map(|code| (code.code, code.params.iter().map(|(key, _)| *key).collect()))
            .collect();
        assert_eq!(listed, book);
    }
}
