//! Rules that every text of the form has, whatever its section: what is not sent of it, its length, dates and codes that
//! cannot be read. The rules stand in `text.rs` and `choice.rs`, the reading in `value/`; here are their rows.

use super::rule::{Cases, Rule, at};
use crate::field::Field;
use crate::problem::Severity;

/// Fields whose text is sent as it stands, but for the one that has a limit of its own ([`Field::PartnerCustomerId`]).
const TEXTS: &[Field] = &[
    Field::BusinessNameEnglish,
    Field::BusinessName,
    Field::BusinessType,
    Field::BusinessIdentifierType,
    Field::BusinessIdentifierNumber,
    Field::BusinessIdentifierDocumentList,
    Field::RegistrationAddressLine1,
    Field::RegistrationAddressCity,
    Field::RegistrationAddressState,
    Field::RegistrationAddressPostcode,
    Field::IndustryCategoryCode,
    Field::AccountUsageProductReference,
    Field::FirstNameEnglish,
    Field::LastNameEnglish,
    Field::FirstName,
    Field::LastName,
    Field::RoleType,
    Field::ResidentialAddressLine1,
    Field::ResidentialAddressCity,
    Field::ResidentialAddressState,
    Field::ResidentialAddressPostcode,
    Field::IdType,
    Field::IdNumber,
    Field::IdDocumentFrontFileId,
    Field::IdDocumentBackFileId,
];
const DATES: &[Field] = &[
    Field::BusinessIdentifierStartDate,
    Field::BusinessIdentifierExpiryDate,
    Field::BirthDate,
    Field::IdIssueDate,
    Field::IdExpirationDate,
];

/// Fifty letters.
macro_rules! fifty {
    () => {
        "lantern-quay-lantern-quay-lantern-quay-lantern-qua"
    };
}
const LONG: &str = concat!(fifty!(), fifty!(), fifty!(), fifty!(), fifty!(), "lantern");
const SHORT_ENOUGH: &str = concat!(fifty!(), fifty!(), "lantern quay lantern quay lantern quay l");

/// The rows of the book.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "text.controls",
        severity: Severity::Warning,
        fields: TEXTS,
        asks: "No line break, control, zero-width or bidi character and no half of a character in a text: they are not sent",
        confirmed: None,
        params: &[],
        breaks: Cases::Alone(&[
            "lantern\nquay",
            "\u{202E}lantern",
            "lantern\u{0}quay",
            "lan\u{200B}tern",
            "half\u{FFFD}a",
        ]),
        keeps: Cases::Alone(&["  lantern quay \n", "Cafe\u{301}", "می\u{200C}خواهم", "灯码头", "X Æ A-12"]),
    },
    Rule {
        code: "text.controls",
        severity: Severity::Warning,
        fields: &[Field::PartnerCustomerId, Field::GoodsServiceDescription],
        asks: "No line break, control, zero-width or bidi character and no half of a character in a text: they are not sent",
        confirmed: None,
        params: &[],
        breaks: Cases::Alone(&["cd-0190a1b2-0000\u{200B}-7000-8000", "lamps and lanterns\nto many hotels"]),
        keeps: Cases::Alone(&["cd-0190a1b2-0000-7000-8000-00000000000f\n"]),
    },
    Rule {
        code: "text.long",
        severity: Severity::Warning,
        fields: TEXTS,
        asks: "A name has at most 140 characters, any other text at most 255",
        confirmed: None,
        params: &["found", "max"],
        breaks: Cases::Alone(&[LONG]),
        keeps: Cases::Alone(&[SHORT_ENOUGH]),
    },
    Rule {
        code: "name.script",
        severity: Severity::Warning,
        fields: &[Field::BusinessNameEnglish, Field::FirstNameEnglish, Field::LastNameEnglish],
        asks: "An English name is in Latin letters",
        confirmed: None,
        params: &[],
        breaks: Cases::Alone(&["灯码头贸易", "Zhаng"]),
        keeps: Cases::Alone(&["Łódź", "Nguyễn Thị Minh Khai", "O'Neill-Ångström", "Kaʻahumanu", "X"]),
    },
    Rule {
        code: "date.unreadable",
        severity: Severity::Error,
        fields: DATES,
        asks: "A date is a day of the calendar, in any usual way of writing one",
        confirmed: None,
        params: &[],
        breaks: Cases::Alone(&["30 feb 2020", "soon", "2021-13-01", "04/2021"]),
        keeps: Cases::Alone(&[
            "20210403",
            "2021-04-03",
            "3 Apr 2021",
            "03.04.2021",
            "2021年4月3日",
            "Sat, 3rd of April 2021",
            "3 avril 2021",
        ]),
    },
    Rule {
        code: "date.short_year",
        severity: Severity::Error,
        fields: DATES,
        asks: "A year has four digits: two are not guessed at",
        confirmed: None,
        params: &[],
        breaks: Cases::Alone(&["3 Apr 21", "3/4/21", "210403"]),
        keeps: Cases::Alone(&["3 Apr 2021"]),
    },
    Rule {
        code: "date.ambiguous",
        severity: Severity::Error,
        fields: DATES,
        asks: "A date in numbers says which is the month, where the setting for dates does not",
        confirmed: None,
        params: &["first", "second"],
        breaks: Cases::Alone(&["3/4/2020", "03-04-2020"]),
        keeps: Cases::Alone(&["25/12/2020", "12/25/2020", "4/4/2020", "03.04.2020"]),
    },
    Rule {
        code: "country.unknown",
        severity: Severity::Error,
        fields: &[
            Field::BusinessIdentifierCountryCode,
            Field::RegistrationAddressCountryCode,
            Field::OperatingCountry,
            Field::Nationality,
            Field::ResidentialAddressCountryCode,
            Field::IdIssuingCountryCode,
        ],
        asks: "A country is one of ISO 3166-1, by its code or a name of it",
        confirmed: Some("the contract"),
        params: &[],
        breaks: Cases::Alone(&["XX", "nowhere"]),
        keeps: Cases::Alone(&["au", "AUS", "australia", " ＣＮ "]),
    },
    Rule {
        code: "currency.unknown",
        severity: Severity::Error,
        fields: &[Field::EstimatedMonthlyRevenueCurrency],
        asks: "A currency is one of ISO 4217 that is money today",
        confirmed: None,
        params: &[],
        breaks: Cases::Alone(&["dollars", "XAU", "HRK"]),
        keeps: Cases::Alone(&["aud", " JPY "]),
    },
    Rule {
        code: "choice.other",
        severity: Severity::Warning,
        fields: &[
            Field::BusinessType,
            Field::BusinessIdentifierType,
            Field::IndustryCategoryCode,
            Field::AccountUsageProductReference,
            Field::RoleType,
            Field::IdType,
        ],
        asks: "A choice is one of its list: the platform's list is open, so another text is sent as it stands",
        confirmed: None,
        params: &[],
        breaks: Cases::Alone(&["Something else entirely"]),
        keeps: Cases::Beside(&[
            &[at(Field::BusinessType, "limited liability company")],
            &[at(Field::BusinessIdentifierType, "business registration")],
            &[at(Field::IndustryCategoryCode, "5072")],
            &[at(Field::AccountUsageProductReference, "financial services")],
            &[at(Field::RoleType, "director")],
            &[at(Field::IdType, "passport")],
        ]),
    },
    Rule {
        code: "file_id.characters",
        severity: Severity::Warning,
        fields: &[Field::BusinessIdentifierDocumentList, Field::IdDocumentFrontFileId, Field::IdDocumentBackFileId],
        asks: "A file id is one word of Latin letters, digits and the signs . _ - ~ : / + = @",
        confirmed: None,
        params: &[],
        breaks: Cases::Alone(&["file_1, file_2", "passport front.jpg", "护照"]),
        keeps: Cases::Alone(&["file_br_2019_0042", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "files/2026:x=y+z.pdf"]),
    },
];
