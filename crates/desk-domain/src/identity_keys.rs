//! What tells two customers to be one: the number of the business, the document of a person, our id, each as a key that
//! is the same however it was typed. The store keeps an index of them; the warning is the program's.

use std::collections::BTreeSet;

use crate::customer::{Customer, CustomerPath};
use crate::draft::Draft;
use crate::field::Field;
use crate::path::FieldPath;
use crate::problem::Severity;
use crate::reference::{identifiers, identity};
use crate::search::fold;
use crate::value::text::clean;
use crate::value::{CountryCode, PartnerCustomerId};

/// Letters and digits below which a number tells nobody apart.
const LEAST: usize = 3;

/// Letters and digits that no number has: more is a page.
const MOST: usize = 64;

/// What a key is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentityKind {
    /// The number of a business, with its country.
    Identifier,
    /// The document of a person, with the country that issued it. Its type does not count: two platforms, and two
    /// people, call the same document by different names.
    IdDocument,
    /// Our id.
    PartnerId,
}

impl IdentityKind {
    /// As it is stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::IdDocument => "id_document",
            Self::PartnerId => "partner_id",
        }
    }

    /// The code of the warning.
    #[must_use]
    pub fn problem(self) -> &'static str {
        match self {
            Self::Identifier => "duplicate.identifier",
            Self::IdDocument => "duplicate.id_document",
            Self::PartnerId => "duplicate.partner_id",
        }
    }
}

/// A key: two customers that have one of them in common are probably one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityKey {
    /// What it is of.
    pub kind: IdentityKind,
    /// `AU 51824753556`; our id as it is sent.
    pub key: String,
}

/// A key of a draft, and the fields that it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftKey {
    /// The key.
    pub key: IdentityKey,
    /// Where its number stands.
    pub path: FieldPath,
    /// Where its country stands.
    pub country: Option<FieldPath>,
}

/// A warning that the program adds to those of the rules: no rule, since it asks who else is there.
pub struct Duplicate {
    /// The code of its problem.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The fields that it speaks at.
    pub fields: &'static [Field],
    /// What it asks for, in a sentence.
    pub asks: &'static str,
    /// The parameters of its problem with examples, in the order of the alphabet. `draft` is empty where a customer
    /// has it already, `customer` where a draft has; `name` may be empty.
    pub params: &'static [(&'static str, &'static str)],
}

/// Of a draft that has it.
pub(crate) const OF_DRAFT: &[(&str, &str)] = &[
    ("at", "2026-11-20T08:15:00.000Z"),
    ("connection", "0190a1b2-c3d4-7000-8000-000000000001"),
    ("customer", ""),
    ("draft", "0190a1b2-c3d4-7000-8000-000000000002"),
    ("name", "Lantern Quay Trading"),
    ("what", "draft"),
];

/// Of a customer that has it.
pub(crate) const OF_CUSTOMER: &[(&str, &str)] = &[
    ("at", "2026-11-20T08:15:00.000Z"),
    ("connection", "0190a1b2-c3d4-7000-8000-000000000001"),
    ("customer", "cus_8f3k2"),
    ("draft", ""),
    ("name", "Lantern Quay Trading"),
    ("what", "customer"),
];

/// All of them, in the order of the alphabet.
pub const DUPLICATES: &[Duplicate] = &[
    Duplicate {
        code: "duplicate.id_document",
        severity: Severity::Warning,
        fields: &[Field::IdNumber],
        asks: "No other draft or customer of the environment has the same document number of the same country",
        params: OF_DRAFT,
    },
    Duplicate {
        code: "duplicate.identifier",
        severity: Severity::Warning,
        fields: &[Field::BusinessIdentifierNumber],
        asks: "No other draft or customer of the environment has the same number of the same country",
        params: OF_CUSTOMER,
    },
    Duplicate {
        code: "duplicate.partner_id",
        severity: Severity::Warning,
        fields: &[Field::PartnerCustomerId],
        asks: "No other draft or customer of the connection has the same id",
        params: OF_CUSTOMER,
    },
];

/// The keys of a draft, in the order of the form; a number that its format writes otherwise than the fallback has two.
#[must_use]
pub fn of_draft(draft: &Draft) -> Vec<DraftKey> {
    let mut found = Vec::new();
    if let Some(path) = FieldPath::of(Field::PartnerCustomerId)
        && let Some(key) = partner_id(draft.text(path))
    {
        found.push(DraftKey { key, path, country: None });
    }
    let mut add = |kind, fields: [Option<FieldPath>; 3]| {
        let [Some(number), Some(of), Some(country)] = fields else { return };
        let keys = keys(kind, draft.text(number), draft.text(of), draft.text(country));
        found.extend(keys.into_iter().map(|key| DraftKey { key, path: number, country: Some(country) }));
    };
    add(IdentityKind::Identifier, IDENTIFIER.map(FieldPath::of));
    for person in &draft.persons {
        add(IdentityKind::IdDocument, ID_DOCUMENT.map(|field| FieldPath::of_person(*person, field)));
    }
    found
}

/// Whether a text of this field is in a key.
#[must_use]
pub fn is_of_a_key(field: Field) -> bool {
    field == Field::PartnerCustomerId || IDENTIFIER.contains(&field) || ID_DOCUMENT.contains(&field)
}

/// What a customer says of the number of the business and of the documents of its persons. What it does not say, an
/// earlier reading may have said.
#[must_use]
pub fn of_customer(customer: &Customer) -> BTreeSet<IdentityKey> {
    let text = |path: Option<CustomerPath>| path.and_then(|path| customer.leaf(path)).unwrap_or_default();
    let of = |kind, [number, of, country]: [Option<CustomerPath>; 3]| keys(kind, text(number), text(of), text(country));
    let documents = (0..customer.persons).flat_map(|person| {
        of(IdentityKind::IdDocument, ID_DOCUMENT.map(|field| CustomerPath::of_person(person, field)))
    });
    of(IdentityKind::Identifier, IDENTIFIER.map(CustomerPath::of)).into_iter().chain(documents).collect()
}

/// The key of our id; `None` where there is none.
#[must_use]
pub fn partner_id(text: &str) -> Option<IdentityKey> {
    let id = PartnerCustomerId::parse(text).map_or_else(|_| clean(text), |id| id.as_str().to_owned());
    (!id.is_empty()).then_some(IdentityKey { kind: IdentityKind::PartnerId, key: id })
}

/// Number, type and country of a business.
const IDENTIFIER: [Field; 3] =
    [Field::BusinessIdentifierNumber, Field::BusinessIdentifierType, Field::BusinessIdentifierCountryCode];

/// Number, type and country of a document.
const ID_DOCUMENT: [Field; 3] = [Field::IdNumber, Field::IdType, Field::IdIssuingCountryCode];

/// The keys of a number: as its format writes it, its [`root`], and as it was typed. None without a country: the same
/// number of another one is another's.
fn keys(kind: IdentityKind, number: &str, of: &str, country: &str) -> BTreeSet<IdentityKey> {
    let Ok(country) = CountryCode::parse(country) else { return BTreeSet::new() };
    let (read, root) = match kind {
        IdentityKind::Identifier => {
            let read = identifiers::read(number, of, Some(country)).filter(|read| read.fits);
            let root = read.as_ref().and_then(|read| root(read.format, &read.number)).map(str::to_owned);
            (read.map(|read| read.number), root)
        }
        IdentityKind::IdDocument => (identity::read(number, of, Some(country)).map(|read| read.number), None),
        IdentityKind::PartnerId => (None, None),
    };
    let keys = [Some(number), read.as_deref(), root.as_deref()].into_iter().flatten().filter_map(bare);
    keys.map(|number| IdentityKey { kind, key: format!("{country} {number}") }).collect()
}

/// What a number of one business has in common with others of it: the number of a certificate without branch and
/// year, of an establishment without the establishment, of a tax number without the letters of the country before it.
fn root<'a>(format: &str, number: &'a str) -> Option<&'a str> {
    match format {
        "hk_br" => number.get(..8),
        "siret" => number.get(..9),
        "vat_fr" => number.get(number.len().checked_sub(9)?..),
        "vat_gb" => number.strip_prefix("GB").or_else(|| number.strip_prefix("XI")),
        "vat_de" => number.strip_prefix("DE"),
        "vat_nl" => number.strip_prefix("NL"),
        "it_piva" => number.strip_prefix("IT"),
        "es_nif" => number.strip_prefix("ES").filter(|rest| rest.len() == 9),
        "jp_corporate" => number.strip_prefix('T'),
        _ => None,
    }
}

/// The letters and digits of a number in upper case; `None` where that tells nobody apart: "none", "n/a", what a
/// platform has masked, and a page that somebody pasted.
fn bare(number: &str) -> Option<String> {
    let folded = fold(number);
    let masked = folded.contains(['*', '\u{2022}', '\u{25CF}', '\u{2026}']) || is_mask(&folded);
    let bare: String = folded.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let tells = (LEAST..=MOST).contains(&bare.chars().count()) && bare.contains(char::is_numeric);
    (tells && !masked).then_some(bare)
}

/// Whether its letters are nothing but the x of a mask: `xxxx3556`, where `92440300MA5XXXXX1Q` has others beside them.
fn is_mask(folded: &str) -> bool {
    folded.contains("xxxx") && folded.chars().filter(|char| char.is_alphabetic()).all(|char| char == 'x')
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::field::FIELDS;
    use crate::tests::sample::{complete, path, person, set, with};

    fn identifier(number: &str, country: &str) -> Vec<String> {
        let draft = with(&[(Field::BusinessIdentifierNumber, number), (Field::BusinessIdentifierCountryCode, country)]);
        of_draft(&draft).into_iter().map(|found| found.key.key).collect()
    }

    #[rstest]
    #[case::gaps("51 824 753 556")]
    #[case::no_gaps("51824753556")]
    #[case::points_and_hyphens("51.824-753/556")]
    #[case::full_width("\u{FF15}\u{FF11}824753556")]
    #[case::no_break_spaces("51\u{A0}824\u{A0}753\u{A0}556")]
    fn a_number_is_one_key_however_it_is_typed(#[case] typed: &str) {
        assert_eq!(identifier(typed, "Australia"), ["AU 51824753556"]);
    }

    #[rstest]
    #[case::case_of_letters("91310000ma1fl", "CN 91310000MA1FL")]
    #[case::one_more_digit("918", "CN 918")]
    #[case::with_a_row_of_x("92440300MA5XXXXX1Q", "CN 92440300MA5XXXXX1Q")]
    fn letters_and_digits_count(#[case] typed: &str, #[case] key: &str) {
        assert_eq!(identifier(typed, "cn"), [key]);
    }

    #[rstest]
    #[case::nothing("", "AU")]
    #[case::words("n/a", "AU")]
    #[case::none("None yet", "AU")]
    #[case::short("12", "AU")]
    #[case::masked("*****3556", "AU")]
    #[case::masked_by_letters("XXXX3556", "AU")]
    #[case::a_page("51824753556 51824753556 51824753556 51824753556 51824753556 51824753556", "AU")]
    #[case::no_country("51824753556", "")]
    #[case::no_such_country("51824753556", "Atlantis")]
    fn what_tells_nobody_apart_is_no_key(#[case] typed: &str, #[case] country: &str) {
        assert_eq!(identifier(typed, country), [""; 0]);
    }

    /// Two spellings of one business, which have a key in common.
    #[rstest]
    #[case::certificate("Business Registration", "HK", "12345678-000-05-26-A", "12345678")]
    #[case::two_certificates("Business Registration", "HK", "12345678-000-05-26-A", "12345678-000-05-27-1")]
    #[case::establishment("Business Registration", "FR", "732 829 320 00074", "732829320")]
    #[case::tax_number_of_france("VAT Number", "FR", "FR 44 732 829 320", "FR44732829320")]
    #[case::tax_number("VAT Number", "GB", "GB 339 0727 47", "339072747")]
    #[case::tax_number_of_italy("VAT Number", "IT", "IT03837530017", "038 375 300 17")]
    #[case::issuer("VAT Number", "JP", "T7123456789012", "7123456789012")]
    fn two_spellings_of_one_business_have_a_key_in_common(
        #[case] kind: &str,
        #[case] country: &str,
        #[case] one: &str,
        #[case] other: &str,
    ) {
        let of = |number| keys(IdentityKind::Identifier, number, kind, country);
        assert!(!of(one).is_disjoint(&of(other)), "{:?} {:?}", of(one), of(other));
    }

    #[test]
    fn the_same_number_of_two_countries_is_two_keys() {
        assert_ne!(identifier("123456789", "AU"), identifier("123456789", "GB"));
    }

    #[test]
    fn our_id_is_one_key_with_and_without_blanks_around_it() {
        let of = |typed| of_draft(&with(&[(Field::PartnerCustomerId, typed)])).into_iter().map(|found| found.key.key);
        assert!(of(" cd-0190a1b2-c3d4-7000-8000 ").eq(of("cd-0190a1b2-c3d4-7000-8000")));
        assert!(of("cd-0190A1b2-c3d4-7000-8000").ne(of("cd-0190a1b2-c3d4-7000-8000")), "an id has its case");
        assert_eq!(of("short").collect::<Vec<_>>(), ["short"], "the platform may take it all the same");
        assert_eq!(of("  ").count(), 0);
    }

    #[test]
    fn a_draft_gives_the_place_of_each_number() {
        let mut draft = complete();
        set(&mut draft, Field::BusinessIdentifierNumber, "51 824 753 556");
        set(&mut draft, Field::BusinessIdentifierCountryCode, "AU");
        set(&mut draft, Field::IdNumber, "P-123.456");
        set(&mut draft, Field::IdIssuingCountryCode, "Portugal");
        let found: BTreeSet<_> = of_draft(&draft).into_iter().map(|found| (found.key.kind, found.path)).collect();
        let document = FieldPath::of_person(person(1), Field::IdNumber).unwrap();
        let expected = [
            (IdentityKind::Identifier, path(Field::BusinessIdentifierNumber)),
            (IdentityKind::IdDocument, document),
            (IdentityKind::PartnerId, path(Field::PartnerCustomerId)),
        ];
        assert_eq!(found, BTreeSet::from(expected));
    }

    /// What was sent of a draft comes back as a customer with its keys.
    #[test]
    fn a_customer_has_the_keys_of_the_draft_that_became_it() {
        let mut draft = complete();
        set(&mut draft, Field::BusinessIdentifierNumber, "51 824 753 556");
        set(&mut draft, Field::BusinessIdentifierCountryCode, "Australia");
        set(&mut draft, Field::IdNumber, "PA 123456");
        set(&mut draft, Field::IdIssuingCountryCode, "pt");
        let customer = Customer::from_json(&json!({
            "business_details": { "business_identifier_number": "51824753556", "business_identifier_country_code": "AU" },
            "business_person_list": [
                { "identification": { "id_number": "PA123456", "id_issuing_country_code": "PT" } },
                { "identification": { "id_number": "PA123456" } }
            ]
        }));
        let of_draft: BTreeSet<_> = of_draft(&draft).into_iter().map(|found| found.key).collect();
        let of_customer = of_customer(&customer.unwrap());
        assert_eq!(of_customer.len(), 2, "a number without its country is no key: {of_customer:?}");
        assert!(of_customer.is_subset(&of_draft), "{of_customer:?} {of_draft:?}");
    }

    #[test]
    fn the_warnings_stand_in_order_and_each_kind_has_one() {
        assert!(DUPLICATES.windows(2).all(|pair| pair[0].code < pair[1].code));
        for kind in [IdentityKind::Identifier, IdentityKind::IdDocument, IdentityKind::PartnerId] {
            let row = DUPLICATES.iter().find(|row| row.code == kind.problem()).unwrap();
            assert!(row.params.windows(2).all(|pair| pair[0].0 < pair[1].0), "{}", row.code);
            assert!(row.fields.iter().all(|field| is_of_a_key(*field)));
        }
        assert_eq!(FIELDS.iter().filter(|spec| is_of_a_key(spec.field)).count(), 7);
    }
}
