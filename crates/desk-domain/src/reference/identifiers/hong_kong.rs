//! Hong Kong.

use super::format::{Format, Read, has_shape, is_digits};

/// Inland Revenue Department, Business Registration Ordinance (Cap. 310): the number is the first eight digits of the certificate's,
/// which goes on with the branch, month, year and a check character (`12345678-000-05-26-A`). Companies Registry, "Unique Business
/// Identifier" (1823.gov.hk): a company without one has its old number after a letter, filled up to eight (`C0012345`).
/// A certificate's number keeps its hyphens: it names a branch and a year.
pub(super) const HK_BR: Format = Format {
    name: "hk_br",
    labels: &["BUSINESSREGISTRATION", "BRN", "BR", "UBI"],
    read: |text| match text.len() {
        8 if is_digits(text, 8) || has_shape(text, "A9999999") => Some(Read::new(text, None)),
        11 if is_digits(text, 11) => Some(Read::new(format!("{}-{}", &text[..8], &text[8..]), None)),
        16 if has_shape(text, "999999999999999*") => {
            let (number, branch, month, year, check) =
                (&text[..8], &text[8..11], &text[11..13], &text[13..15], &text[15..]);
            Some(Read::new(format!("{number}-{branch}-{month}-{year}-{check}"), None))
        }
        _ => None,
    },
};

/// Companies Registry: the company number up to 26 December 2023, up to seven digits, after a letter or two where it is no local
/// company (`F0001234`).
pub(super) const HK_COMPANY: Format = Format {
    name: "hk_company",
    labels: &["CRNUMBER", "CRNO", "CRN", "CR", "CI"],
    read: |text| {
        let digits = text.trim_start_matches(|char: char| char.is_ascii_uppercase());
        let fits = text.len() - digits.len() <= 2 && (3..=7).contains(&digits.len()) && is_digits(digits, digits.len());
        fits.then(|| Read::new(text, None))
    },
};
