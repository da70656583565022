//! Which formats may stand for a type and a country.

use super::format::Format;
use super::{
    australia, brazil, britain, china, europe, france, germany, hong_kong, india, japan, lei, north_america, singapore,
};
use crate::value::CountryCode;
use Holds::{Among, Only, Usual};
use Kind::{Any, Business, Company, Employer, Incorporation, Lei, Tax, Uscc, Vat};

/// What a type asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Business,
    Incorporation,
    Company,
    Tax,
    Employer,
    Uscc,
    Vat,
    Lei,
    /// Without a type: what the country gives.
    Any,
}

/// How sure it is that nothing else may stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Nothing else does: another number is wrong.
    Only,
    /// Something else would be unusual.
    Usual,
    /// Other numbers, whose form nobody describes, are as good.
    Among,
}

/// The formats of a type and a country.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) formats: &'static [&'static Format],
    pub(super) holds: Holds,
}

struct Row {
    country: &'static str,
    kinds: &'static [Kind],
    known: Known,
}

const fn row(country: &'static str, kinds: &'static [Kind], holds: Holds, formats: &'static [&'static Format]) -> Row {
    Row { country, kinds, known: Known { formats, holds } }
}

/// Where nothing stands here, the number goes as it is typed. `Only` stands where the law of the country gives that type one form.
const ROWS: &[Row] = &[
    row("AU", &[Business, Company, Incorporation, Any], Usual, &[&australia::ABN, &australia::ACN]),
    row("AU", &[Tax], Usual, &[&australia::ABN, &australia::TFN]),
    row("AU", &[Vat], Only, &[&australia::ABN]),
    row("BR", &[Business, Company, Incorporation, Vat, Any], Usual, &[&brazil::CNPJ]),
    row("BR", &[Tax], Only, &[&brazil::CNPJ, &brazil::CPF]),
    row("CA", &[Tax, Vat], Usual, &[&north_america::CA_BN]),
    row("CA", &[Business, Company, Incorporation, Any], Among, &[&north_america::CA_BN]),
    row("CH", &[Business, Company, Incorporation, Tax, Vat, Any], Usual, &[&europe::CH_UID]),
    row("CN", &[Business, Company, Incorporation, Tax, Vat, Any], Usual, &[&china::USCC, &china::CN_LICENCE]),
    row("DE", &[Company, Incorporation], Usual, &[&germany::DE_REGISTER]),
    row("DE", &[Business, Any], Among, &[&germany::DE_REGISTER, &germany::VAT_DE]),
    row("DE", &[Tax], Among, &[&germany::VAT_DE]),
    row("DE", &[Vat], Only, &[&germany::VAT_DE]),
    row("ES", &[Business, Company, Incorporation, Tax, Vat, Any], Usual, &[&europe::ES_NIF]),
    row("FR", &[Business, Company, Incorporation], Usual, &[&france::SIREN, &france::SIRET]),
    row("FR", &[Any], Usual, &[&france::SIREN, &france::SIRET, &france::VAT_FR]),
    row("FR", &[Tax], Among, &[&france::SIREN, &france::SIRET, &france::VAT_FR]),
    row("FR", &[Vat], Only, &[&france::VAT_FR]),
    row("GB", &[Company, Incorporation, Business], Usual, &[&britain::GB_COMPANY]),
    row("GB", &[Any], Usual, &[&britain::GB_COMPANY, &britain::VAT_GB]),
    row("GB", &[Tax], Among, &[&britain::VAT_GB]),
    row("GB", &[Vat], Only, &[&britain::VAT_GB]),
    row("HK", &[Business], Usual, &[&hong_kong::HK_BR, &hong_kong::HK_COMPANY]),
    row("HK", &[Company, Incorporation], Usual, &[&hong_kong::HK_COMPANY, &hong_kong::HK_BR]),
    row("HK", &[Any], Usual, &[&hong_kong::HK_BR, &hong_kong::HK_COMPANY]),
    row("HK", &[Tax], Among, &[&hong_kong::HK_BR]),
    row("IN", &[Company, Incorporation], Usual, &[&india::IN_CIN]),
    row("IN", &[Tax, Vat], Usual, &[&india::IN_PAN, &india::IN_GSTIN]),
    row("IN", &[Business, Any], Among, &[&india::IN_CIN, &india::IN_GSTIN, &india::IN_PAN]),
    row("IT", &[Vat], Only, &[&europe::IT_PIVA]),
    row("IT", &[Business, Company, Incorporation, Tax, Any], Among, &[&europe::IT_PIVA]),
    row("JP", &[Business, Company, Incorporation, Any], Usual, &[&japan::JP_CORPORATE, &japan::JP_COMPANY]),
    row("JP", &[Tax, Vat], Usual, &[&japan::JP_CORPORATE]),
    row("NL", &[Business, Company, Incorporation], Usual, &[&europe::NL_KVK]),
    row("NL", &[Vat], Only, &[&europe::VAT_NL]),
    row("NL", &[Tax, Any], Among, &[&europe::VAT_NL, &europe::NL_KVK]),
    row("SG", &[Business, Company, Incorporation], Usual, &[&singapore::UEN]),
    row("SG", &[Tax, Any], Usual, &[&singapore::UEN]),
    row("SG", &[Vat], Among, &[&singapore::UEN]),
    row("US", &[Tax, Any], Among, &[&north_america::EIN]),
];

/// Types by the texts of the list `business_identifier_type`.
const KINDS: &[(&str, Kind)] = &[
    ("Business Registration", Business),
    ("Certificate of Incorporation", Incorporation),
    ("Company Registration Number", Company),
    ("Tax Identification Number", Tax),
    ("Employer Identification Number", Employer),
    ("Unified Social Credit Code", Uscc),
    ("VAT Number", Vat),
    ("Legal Entity Identifier", Lei),
    ("", Any),
];

/// Where employers have identification numbers of the United States.
const EIN_COUNTRIES: &[&str] = &["AS", "GU", "MP", "PR", "UM", "US", "VI"];
/// Countries without a value added tax or one of its kind, so without its numbers.
const NO_VAT_COUNTRIES: &[&str] = &["HK", "MO", "US"];

impl Kind {
    fn of(text: &str) -> Option<Self> {
        KINDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text.trim())).map(|(_, kind)| *kind)
    }
}

/// The formats of a type's text and a country; a text that is no type of ours may be the name of a format (`ABN`, `SIREN`).
pub(super) fn known(kind: &str, country: Option<CountryCode>) -> Option<Known> {
    let country = country.map(CountryCode::code);
    match Kind::of(kind) {
        Some(Uscc) => Some(Known { formats: &[&china::USCC], holds: Only }),
        Some(Lei) => Some(Known { formats: &[&lei::LEI], holds: Only }),
        // Other countries give employers numbers under the same name.
        Some(Employer) => {
            let here = country.is_none_or(|country| EIN_COUNTRIES.contains(&country));
            Some(Known { formats: &[&north_america::EIN], holds: if here { Only } else { Among } })
        }
        Some(kind) => {
            ROWS.iter().find(|row| Some(row.country) == country && row.kinds.contains(&kind)).map(|row| row.known)
        }
        None => named(kind, country?),
    }
}

/// The format of a country that a text is the name of.
fn named(kind: &str, country: &str) -> Option<Known> {
    let same = |label: &&str| {
        let letters = kind.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_uppercase());
        letters.eq(label.bytes())
    };
    let rows = ROWS.iter().filter(|row| row.country == country);
    rows.flat_map(|row| row.known.formats.iter().zip(0..).map(|(format, at)| (format, &row.known.formats[at..=at])))
        .find(|(format, _)| format.labels.iter().any(&same))
        .map(|(_, formats)| Known { formats, holds: Usual })
}

/// Whether a type of identifier is given in a country at all. What is not known is.
pub(super) fn is_given(kind: &str, country: CountryCode) -> bool {
    match Kind::of(kind) {
        Some(Uscc) => country.code() == "CN",
        Some(Employer) => EIN_COUNTRIES.contains(&country.code()),
        Some(Vat) => !NO_VAT_COUNTRIES.contains(&country.code()),
        _ => true,
    }
}

/// Whether a text is one of the types that the program has words for.
#[cfg(test)]
pub(super) fn is_known(kind: &str) -> bool {
    Kind::of(kind).is_some()
}
