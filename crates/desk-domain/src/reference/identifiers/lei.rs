//! The Legal Entity Identifier.

use super::check_digits::mod_97_10;
use super::format::{Format, Read, has_shape};

/// ISO 17442-1:2020, 4 and annex A: 18 letters and digits and two check digits, by ISO/IEC 7064 MOD 97-10.
pub(super) const LEI: Format = Format {
    name: "lei",
    labels: &["LEGALENTITYIDENTIFIER", "LEICODE", "LEI"],
    read: |text| has_shape(text, "******************99").then(|| Read::new(text, Some(mod_97_10(text)))),
};
