//! Japan.

use super::check_digits::digits;
use super::format::{Format, Read, is_digits};

/// National Tax Agency, "Check digit of the corporate number" (houjin-bangou.nta.go.jp, checkdigit.pdf; Ministry of Finance ordinance 70 of
/// 2014, article 2): 13 digits, the first the check digit. From the right, digits at odd places count once, at even places twice; 9
/// less the rest of the sum by 9. A qualified invoice issuer's number is the same after a T.
pub(super) const JP_CORPORATE: Format = Format {
    name: "jp_corporate",
    labels: &["CORPORATENUMBER", "HOJINBANGO", "HOUJINBANGOU"],
    read: |text| {
        let number = text.strip_prefix('T').unwrap_or(text);
        if !is_digits(number, 13) {
            return None;
        }
        let sum: u32 =
            digits(&number[1..]).rev().zip([1, 2].into_iter().cycle()).map(|(digit, times)| digit * times).sum();
        Some(Read::new(text, Some(digits(number).next() == Some(9 - sum % 9))))
    },
};

/// Commercial Registration Act, the company's number in the register (Ministry of Justice): 12 digits, often written `0100-01-012345`. It
/// is the corporate number without its check digit.
pub(super) const JP_COMPANY: Format =
    Format { name: "jp_company", labels: &[], read: |text| is_digits(text, 12).then(|| Read::new(text, None)) };
