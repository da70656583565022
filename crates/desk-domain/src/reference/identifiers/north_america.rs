//! The United States and Canada.

use super::check_digits::luhn;
use super::format::{Format, Read, has_shape, is_digits};

/// Two digits that no campus has been given (IRS, "How EINs are assigned and valid EIN prefixes").
const NEVER_ASSIGNED: &[&str] =
    &["00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96", "97"];

/// 26 CFR 301.6109-1: the employer identification number has nine digits, `12-3456789`; the first two are a campus's (IRS, as above). It
/// has no check digit; that the first two were never assigned counts as one, because the list grows.
pub(super) const EIN: Format = Format {
    name: "ein",
    labels: &["EMPLOYERIDENTIFICATIONNUMBER", "FEDERALTAXID", "EIN", "FEIN", "TIN", "IRS"],
    read: |text| is_digits(text, 9).then(|| Read::new(text, NEVER_ASSIGNED.contains(&&text[..2]).then_some(false))),
};

/// Canada Revenue Agency, "Business number": nine digits, the last by Luhn; a program account goes on with two letters and four digits
/// (`RC0001`).
pub(super) const CA_BN: Format = Format {
    name: "ca_bn",
    labels: &["BUSINESSNUMBER", "BN", "GST", "HST", "CRA"],
    read: |text| {
        let fits = is_digits(text, 9) || has_shape(text, "999999999AA9999");
        fits.then(|| Read::new(text, Some(luhn(&text[..9]))))
    },
};
