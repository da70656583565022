//! Mainland China.

use super::format::{Format, Read, is_digits};

/// The 31 characters of a code in the order of their values: digits and capitals without I, O, S, V and Z (GB 32100-2015, table 2).
const CHARACTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// GB 32100-2015 "Coding rule of the unified social credit identifier for legal entities and other organizations": 18 characters -
/// the registering department, the kind, six digits of the division, nine of the body, the check character. Each of the first 17 values
/// times 3 to the power of its place (from 0), summed; the check character's value makes the sum a multiple of 31 (GB/T 17710).
/// Codes with another check character have been issued, so a wrong one is not an error.
pub(super) const USCC: Format = Format {
    name: "uscc",
    labels: &["UNIFIEDSOCIALCREDITCODE", "UNIFIEDSOCIALCREDITIDENTIFIER", "SOCIALCREDITCODE", "USCC", "USCI", "USC"],
    read: |text| {
        let value = |char| CHARACTERS.find(char).and_then(|at| u32::try_from(at).ok());
        let values: Vec<u32> = text.chars().map_while(value).collect();
        if text.len() != 18 || values.len() != 18 || !is_digits(&text[2..8], 6) {
            return None;
        }
        let (sum, _) = values.iter().fold((0, 1), |(sum, weight), value| (sum + value * weight, weight * 3 % 31));
        // The eighteenth would weigh 3^17 = 22; it stands for itself.
        let sum = sum - values[17] * 22 + values[17];
        Some(Read::new(text, Some(sum.is_multiple_of(31))))
    },
};

/// The registration number that a business licence had before the unified code: 15 digits (GS 15-2006). Sole traders still have it.
pub(super) const CN_LICENCE: Format = Format {
    name: "cn_licence",
    labels: &["BUSINESSLICENCE", "BUSINESSLICENSE"],
    read: |text| is_digits(text, 15).then(|| Read::new(text, None)),
};
