//! Open lists of the platform. The pages show one sample of each (first here); the rest are what such platforms take.
//! Any other text is accepted with the warning `choice.other`.

use crate::field::Field;

/// Of `business_type`.
pub const BUSINESS_TYPES: &[&str] = &[
    "Limited Liability Company",
    "Public Limited Company",
    "Private Company Limited by Shares",
    "Corporation",
    "Partnership",
    "Limited Partnership",
    "Sole Proprietorship",
    "Trust",
    "Foundation",
    "Non-Profit Organisation",
    "Government Entity",
];

/// Of `business_identifier_type`.
pub const BUSINESS_IDENTIFIER_TYPES: &[&str] = &[
    "Business Registration",
    "Certificate of Incorporation",
    "Company Registration Number",
    "Tax Identification Number",
    "Employer Identification Number",
    "Unified Social Credit Code",
    "VAT Number",
    "Legal Entity Identifier",
];

/// Of `account_usage_product_reference`.
pub const PRODUCT_REFERENCES: &[&str] = &[
    "Financial Services",
    "Global Accounts",
    "Payments and Collections",
    "Payouts",
    "Foreign Exchange",
    "Card Issuing",
    "Card Acquiring",
];

/// Of `role_type`.
pub const ROLE_TYPES: &[&str] = &[
    "Director",
    "Shareholder",
    "Beneficial Owner",
    "Authorised Signatory",
    "Legal Representative",
    "Company Secretary",
    "Partner",
    "Trustee",
];

/// Of `id_type`.
pub const ID_TYPES: &[&str] = &["National ID", "Passport", "Driving Licence", "Residence Permit"];

/// The list of a field; `None` for a field without one.
#[must_use]
pub fn of(field: Field) -> Option<&'static [&'static str]> {
    match field {
        Field::BusinessType => Some(BUSINESS_TYPES),
        Field::BusinessIdentifierType => Some(BUSINESS_IDENTIFIER_TYPES),
        Field::AccountUsageProductReference => Some(PRODUCT_REFERENCES),
        Field::RoleType => Some(ROLE_TYPES),
        Field::IdType => Some(ID_TYPES),
        _ => None,
    }
}

/// The list's own spelling of a text, case ignored; `None` where the list lacks it.
#[must_use]
pub fn entry(field: Field, text: &str) -> Option<&'static str> {
    of(field)?.iter().copied().find(|entry| entry.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{FIELDS, FieldKind};

    #[test]
    fn every_choice_has_a_list_and_nothing_else_has() {
        for spec in FIELDS {
            assert_eq!(of(spec.field).is_some(), spec.kind == FieldKind::Choice, "{}", spec.key);
        }
    }

    #[test]
    fn the_samples_of_the_pages_come_first() {
        let first: Vec<_> = FIELDS.iter().filter_map(|spec| of(spec.field)).map(|list| list[0]).collect();
        let samples =
            ["Limited Liability Company", "Business Registration", "Financial Services", "Director", "National ID"];
        assert_eq!(first, samples);
    }

    #[test]
    fn an_entry_is_found_in_any_case() {
        assert_eq!(entry(Field::RoleType, "direCTOR"), Some("Director"));
        assert_eq!(entry(Field::RoleType, "direc"), None);
        assert_eq!(entry(Field::Website, "Director"), None);
    }
}
