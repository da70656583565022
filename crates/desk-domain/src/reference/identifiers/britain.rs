//! The United Kingdom.

use super::check_digits::{digits, weighted};
use super::format::{Format, Read, has_shape, is_digits};

/// Companies House, "Company number prefixes" and Companies Act 2006, section 1066: eight characters. Digits for England and Wales; else
/// two letters and six digits (SC, NI, OC, SO, ...), `R` and seven digits (Northern Ireland before the partition), or two letters, five
/// digits and a letter (registered societies), of Scotland four digits and `RS`. Companies House writes zeros before a shorter number; so are they added here. The letters
/// are not held to a list, which Companies House changes from time to time.
pub(super) const GB_COMPANY: Format = Format {
    name: "gb_company",
    labels: &[
        "COMPANYNUMBER",
        "COMPANIESHOUSE",
        "INENGLANDANDWALES",
        "INENGLAND",
        "INSCOTLAND",
        "ENGLANDANDWALES",
        "ENGLAND",
        "CRN",
    ],
    read: |text| {
        let letters = text.len() - text.trim_start_matches(|char: char| char.is_ascii_uppercase()).len();
        let (prefix, digits) = text.split_at(letters);
        match (letters, digits.len()) {
            (0, 4..=8) | (2, 3..=6) | (1, 7) if is_digits(digits, digits.len()) && (letters != 1 || prefix == "R") => {
                Some(Read::new(format!("{prefix}{digits:0>0$}", 8 - letters), None))
            }
            (2, 6) if has_shape(digits, "99999A") || has_shape(digits, "9999RS") => Some(Read::new(text, None)),
            _ => None,
        }
    },
};

/// HM Revenue and Customs, VAT registration number: nine digits, or twelve with a branch; `GD` or `HA` and three digits for government
/// departments and health authorities (VATGPB9400). The first seven times 8 to 2 and the last two make 0 by 97; numbers since 2010 are
/// 55 beside that ("modulus 9755"), taken here on either side.
pub(super) const VAT_GB: Format = Format {
    name: "vat_gb",
    labels: &["VATREGISTRATION", "VATREG", "VAT"],
    read: |text| {
        let number = text.strip_prefix("GB").or_else(|| text.strip_prefix("XI")).unwrap_or(text);
        if has_shape(number, "GD999") || has_shape(number, "HA999") {
            return Some(Read::new(text, None));
        }
        if !is_digits(number, 9) && !is_digits(number, 12) {
            return None;
        }
        let check = digits(&number[7..9]).fold(0, |number, digit| number * 10 + digit);
        let rest = (weighted(&number[..7], &[8, 7, 6, 5, 4, 3, 2]) + check) % 97;
        Some(Read::new(text, Some(matches!(rest, 0 | 42 | 55))))
    },
};
