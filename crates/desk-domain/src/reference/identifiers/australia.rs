//! Australia.

use super::check_digits::{digits, weighted};
use super::format::{Format, Read, is_digits};

/// Australian Business Register, "Format of the ABN" (abr.business.gov.au): 11 digits. One less at the first, each times its weight; the sum
/// is a multiple of 89. The first digit is never 0.
pub(super) const ABN: Format = Format {
    name: "abn",
    labels: &["AUSTRALIANBUSINESSNUMBER", "ABN"],
    read: |text| {
        let fits = is_digits(text, 11) && !text.starts_with('0');
        fits.then(|| {
            let sum = weighted(text, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10;
            Read::new(text, Some(sum.is_multiple_of(89)))
        })
    },
};

/// ASIC, "Australian Company Number (ACN) digit check" (asic.gov.au): 9 digits; the first eight times 8 to 1, and the last makes the sum a
/// multiple of 10. Registered bodies have the same form (ARBN).
pub(super) const ACN: Format = Format {
    name: "acn",
    labels: &["AUSTRALIANCOMPANYNUMBER", "ACN", "ARBN"],
    read: |text| {
        is_digits(text, 9).then(|| {
            let sum = weighted(&text[..8], &[8, 7, 6, 5, 4, 3, 2, 1]);
            Read::new(text, Some(digits(&text[8..]).next() == Some((10 - sum % 10) % 10)))
        })
    },
};

/// Australian Taxation Office, Tax File Number: 8 or 9 digits (OECD, "Australia: information on tax identification numbers"). How it is
/// checked is not published.
pub(super) const TFN: Format = Format {
    name: "tfn",
    labels: &["TAXFILENUMBER", "TFN"],
    read: |text| (is_digits(text, 8) || is_digits(text, 9)).then(|| Read::new(text, None)),
};
