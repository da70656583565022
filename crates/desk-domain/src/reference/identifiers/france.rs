//! France.

use super::check_digits::{digits, luhn};
use super::format::{Format, Read, has_shape, is_digits};

/// The SIREN of La Poste, whose establishments keep another rule.
const LA_POSTE: &str = "356000000";

/// INSEE, "Numéro SIREN": nine digits, the last by Luhn. The register of commerce has the same number after its town (`RCS Paris B ...`,
/// where A to D say of what kind the body is).
pub(super) const SIREN: Format = Format {
    name: "siren",
    labels: &["SIREN", "RCS", "A", "B", "C", "D"],
    read: |text| is_digits(text, 9).then(|| Read::new(text, Some(luhn(text)))),
};

/// INSEE, "Numéro SIRET": the SIREN and five digits of the establishment, all 14 by Luhn; of La Poste's establishments but its seat their
/// sum is a multiple of 5.
pub(super) const SIRET: Format = Format {
    name: "siret",
    labels: &["SIRET", "RCS"],
    read: |text| {
        is_digits(text, 14).then(|| {
            let of_la_poste = text.starts_with(LA_POSTE) && digits(text).sum::<u32>().is_multiple_of(5);
            Read::new(text, Some(luhn(&text[..9]) && (luhn(text) || of_la_poste)))
        })
    },
};

/// Code général des impôts, annexe 4; BOI-TVA-DECLA-20-10-20: `FR`, a key of two characters, the SIREN. A key of digits is 12 and three
/// times the rest of the SIREN by 97, by 97; one with letters is not checked here. Monaco's numbers have no SIREN inside.
pub(super) const VAT_FR: Format = Format {
    name: "vat_fr",
    labels: &["NUMERODETVA", "NTVA", "TVAINTRACOMMUNAUTAIRE", "TVA", "VAT"],
    read: |text| {
        let number = text.strip_prefix("FR").unwrap_or(text);
        if !has_shape(number, "**999999999") {
            return None;
        }
        let of = |digits: &str| digits.parse::<u32>().ok();
        let checks = of(&number[..2]).zip(of(&number[2..])).map(|(key, siren)| key == (12 + 3 * (siren % 97)) % 97);
        Some(Read::new(text, checks))
    },
};
