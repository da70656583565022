//! Rules of the contact: numbers that nobody has, extensions, and hosts of mail one letter beside a known one.

use super::rule::{Cases, Rule, at};
use super::{Found, Sheet};
use crate::field::Field;
use crate::path::FieldPath;
use crate::problem::Severity;
use crate::value::{CountryCode, E164, Fault, Value, extension};

const PHONE: &[Field] = &[Field::ContactPhone];
const EMAIL: &[Field] = &[Field::ContactEmail];

macro_rules! fifty {
    () => {
        "accounts.accounts.accounts.accounts.accounts.accou"
    };
}
const LONG: &str = concat!(fifty!(), fifty!(), fifty!(), fifty!(), fifty!(), "@lanternquay.example");

/// The rows of the book.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "phone.letters",
        severity: Severity::Error,
        fields: PHONE,
        asks: "A phone number is digits, with spaces, hyphens, dots and brackets as people write them",
        confirmed: None,
        params: &[],
        breaks: Cases::Alone(&["+61 2 CALL US", "+61+2", "ask Mr Shen"]),
        keeps: Cases::Alone(&["Tel: +61 (0)2 5550-1234", "+61 2 5550 1234 ext 7", "+６１ ２ ５５５０ １２３４"]),
    },
    Rule {
        code: "phone.country_code",
        severity: Severity::Error,
        fields: PHONE,
        asks: "A phone number begins with + and a calling code where no country says which one is meant",
        confirmed: None,
        params: &[],
        breaks: Cases::Alone(&["02 5550 1234", "+999 1234 5678"]),
        keeps: Cases::Beside(&[
            &[at(Field::RegistrationAddressCountryCode, "AU"), at(Field::ContactPhone, "02 5550 1234")],
            &[at(Field::OperatingCountry, "AU"), at(Field::ContactPhone, "02 5550 1234")],
            &[at(Field::ContactPhone, "0061 2 5550 1234")],
        ]),
    },
    Rule {
        code: "phone.length",
        severity: Severity::Error,
        fields: PHONE,
        asks: "A phone number has as many digits as numbers of its country have",
        confirmed: None,
        params: &["found", "max", "min", "region"],
        breaks: Cases::Beside(&[
            &[at(Field::ContactPhone, "+852 2123 456")],
            &[at(Field::ContactPhone, "+1234567890123456")],
            &[at(Field::RegistrationAddressCountryCode, "US"), at(Field::ContactPhone, "555 0100")],
        ]),
        keeps: Cases::Alone(&["+852 2123 4567", "+49 30 123456", "+800 1234 5678", "+290 22158"]),
    },
    Rule {
        code: "phone.unassigned",
        severity: Severity::Warning,
        fields: PHONE,
        asks: "A phone number is of a range that its country gives out",
        confirmed: None,
        params: &["region"],
        breaks: Cases::Alone(&["+1 115 555 0100", "+61 9 5550 1234"]),
        keeps: Cases::Alone(&["+1 415 555 0100", "+61 2 5550 1234", "+86 138 0013 8000"]),
    },
    Rule {
        code: "phone.extension",
        severity: Severity::Warning,
        fields: PHONE,
        asks: "An extension is not sent: the number alone is",
        confirmed: None,
        params: &["extension"],
        breaks: Cases::Alone(&[
            "+61 2 5550 1234 ext 7",
            "+61 2 5550 1234x7",
            "+61 2 5550 1234 #7",
            "+61 2 5550 1234 内线7",
            "+86 21 6234 5678-801",
        ]),
        keeps: Cases::Alone(&["+61 2 5550 1234"]),
    },
    Rule {
        code: "email.format",
        severity: Severity::Error,
        fields: EMAIL,
        asks: "An email address is a name, @ and a host with a dot",
        confirmed: None,
        params: &[],
        breaks: Cases::Alone(&["accounts", "a@b", "a@b@c.co", "x@[127.0.0.1]", "a@x.co, b@x.co", "沈@example.com"]),
        keeps: Cases::Alone(&["a@b.co", "Shen <a@b.co>", "mailto:a@b.co", "o'neill+tag@münchen.example"]),
    },
    Rule {
        code: "email.long",
        severity: Severity::Error,
        fields: EMAIL,
        asks: "An email address has at most 254 characters (RFC 5321)",
        confirmed: None,
        params: &["found", "max"],
        breaks: Cases::Alone(&[LONG]),
        keeps: Cases::Alone(&["a@b.co"]),
    },
    Rule {
        code: "email.typo",
        severity: Severity::Warning,
        fields: EMAIL,
        asks: "A host one letter beside a well-known one is looked at twice",
        confirmed: None,
        params: &["suggestion"],
        breaks: Cases::Alone(&["a@gmial.com", "a@hotmail.con"]),
        keeps: Cases::Alone(&["a@gmail.com", "a@gmx.com", "a@ymail.com", "a@mail.com", "a@hotmail.co.uk"]),
    },
];

pub(super) fn rules(sheet: &Sheet<'_>, found: &mut Found<'_>) {
    if let Some(path) = FieldPath::of(Field::ContactPhone)
        && let Some(Value::Phone(number)) = sheet.value(path)
    {
        phone(sheet, path, number, found);
    }
    if let Some(path) = FieldPath::of(Field::ContactEmail)
        && let Some(Value::Email(email)) = sheet.value(path)
        && let Some(suggestion) = email.near_miss()
    {
        found.warning(path, Fault::new("email.typo").with("suggestion", suggestion));
    }
}

fn phone(sheet: &Sheet<'_>, path: FieldPath, number: &E164, found: &mut Found<'_>) {
    if !number.is_assigned() {
        let region = number.region().map_or("", CountryCode::code);
        found.warning(path, Fault::new("phone.unassigned").with("region", region));
    }
    if let Some(extension) = extension(sheet.draft.text(path), number.region()) {
        found.warning(path, Fault::new("phone.extension").with("extension", extension));
    }
}

/// A number of the wrong length as it is said: the region came from the text of another field, and is in nothing that is
/// said where that one does not count.
pub(super) fn length_fault(sheet: &Sheet<'_>, fault: &Fault, typed: &str, found: &Found<'_>) -> Fault {
    let near = [Field::RegistrationAddressCountryCode, Field::OperatingCountry];
    let own = typed.contains(['+', '＋']) || near.into_iter().filter_map(FieldPath::of).all(|path| found.counts(path));
    if own || sheet.touched.is_none() { fault.clone() } else { fault.clone().without("region") }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::field::Field;
    use crate::tests::sample::{problems_of, with};

    #[rstest]
    #[case("AU", "", "02 5550 1234", None)]
    #[case("", "AU", "02 5550 1234", None)]
    #[case("HK", "AU", "02 5550 1234", Some("phone.length HK"))]
    #[case("HK", "AU", "2123 4567", None)]
    #[case("", "", "02 5550 1234", Some("phone.country_code "))]
    #[case("nowhere", "AU", "02 5550 1234", None)]
    fn a_national_number_is_read_by_registration_then_by_operation(
        #[case] registration: &str,
        #[case] operating: &str,
        #[case] typed: &str,
        #[case] said: Option<&str>,
    ) {
        let draft = with(&[
            (Field::RegistrationAddressCountryCode, registration),
            (Field::OperatingCountry, operating),
            (Field::ContactPhone, typed),
        ]);
        let problems = problems_of(&draft);
        let of_phone = problems.iter().find(|problem| problem.path.field() == Field::ContactPhone);
        let region = |params: &crate::problem::Params| params.get("region").cloned().unwrap_or_default();
        assert_eq!(of_phone.map(|p| format!("{} {}", p.code, region(&p.params))).as_deref(), said);
    }

    #[test]
    fn a_slip_says_the_address_that_was_meant() {
        let problems = problems_of(&with(&[(Field::ContactEmail, "Wei.Zhang@Gmial.com")]));
        assert_eq!(
            (problems[0].code.as_str(), problems[0].params["suggestion"].as_str()),
            ("email.typo", "Wei.Zhang@gmail.com")
        );
    }
}
