//! India.

use super::format::{Format, Read, has_shape};

/// Ministry of Corporate Affairs, Corporate Identification Number: `L` or `U`, five digits of the industry, two letters of the state, four of
/// the year, three letters of the kind, six of the registration. A partnership's LLPIN is `AAA-9999`. Nothing is checked.
pub(super) const IN_CIN: Format = Format {
    name: "in_cin",
    labels: &["CORPORATEIDENTIFICATIONNUMBER", "CIN", "LLPIN"],
    read: |text| {
        let company = has_shape(text, "A99999AA9999AAA999999") && text.starts_with(['L', 'U']);
        (company || has_shape(text, "AAA9999")).then(|| Read::new(text, None))
    },
};

/// Income Tax Department, Permanent Account Number: five letters, four digits, a letter. How the last is made is not published.
pub(super) const IN_PAN: Format = Format {
    name: "in_pan",
    labels: &["PERMANENTACCOUNTNUMBER", "PAN"],
    read: |text| has_shape(text, "AAAAA9999A").then(|| Read::new(text, None)),
};

/// Central Goods and Services Tax Rules 2017, rule 10: two digits of the state, the PAN, the number of the registration, a character, a check
/// character. The check is by 36: values times 1 and 2 in turn, the quotient and the rest of each by 36 summed.
pub(super) const IN_GSTIN: Format = Format {
    name: "in_gstin",
    labels: &["GSTIN", "GST"],
    read: |text| {
        has_shape(text, "99AAAAA9999A***").then(|| {
            let value = |char: char| char.to_digit(36).unwrap_or_default();
            let product = |(char, times): (char, u32)| value(char) * times / 36 + value(char) * times % 36;
            let sum: u32 = text[..14].chars().zip([1, 2].into_iter().cycle()).map(product).sum();
            Read::new(text, Some(text.chars().last().map(value) == Some((36 - sum % 36) % 36)))
        })
    },
};
