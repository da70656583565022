//! Singapore.

use super::check_digits::weighted;
use super::format::{Format, Read, has_shape};

/// Characters of a "T08PQ1234A" number in the order of their values.
const CHARACTERS: &str = "ABCDEFGHJKLMNPQRSTUVWX0123456789";

/// ACRA, "Unique Entity Number" (uen.gov.sg): businesses `nnnnnnnnX`, local companies `yyyynnnnnX`, all others `TyyPQnnnnX` with T, S or R
/// for the century and PQ for the kind. Numbers from before 2009 (`52912345`, `199901234`, `F00236B`,
/// a foreign company's with blanks where zeros stand) are not these: they go as typed, with a warning. ACRA does not publish
/// how the last letter is made; the weights are those that every number it has published keeps, so a wrong letter is a warning.
pub(super) const UEN: Format = Format {
    name: "uen",
    labels: &["UNIQUEENTITYNUMBER", "UEN", "ACRA", "ROC", "ROB"],
    read: |text| {
        let check = text.bytes().last()?;
        let right = if has_shape(text, "99999999A") {
            let sum = weighted(&text[..8], &[10, 4, 9, 3, 8, 2, 7, 1]);
            Some(b"XMKECAWLJDB"[rest(sum)] == check)
        } else if has_shape(text, "999999999A") && (1800..2100).contains(&text[..4].parse().unwrap_or(0)) {
            let sum = weighted(&text[..9], &[10, 8, 6, 4, 9, 7, 5, 3, 1]);
            Some(b"ZKCMDNERGWH"[rest(sum)] == check)
        } else if has_shape(text, "A99**9999A") && text.starts_with(['R', 'S', 'T']) {
            other(text)
        } else {
            return None;
        };
        Some(Read::new(text, right))
    },
};

fn rest(sum: u32) -> usize {
    (sum % 11) as usize
}

/// `None` where the kind has a letter without a value: ACRA may add kinds.
fn other(text: &str) -> Option<bool> {
    let value = |char| CHARACTERS.find(char).and_then(|at| u32::try_from(at).ok());
    let mut sum = 0;
    for (char, weight) in text.chars().zip([4, 3, 5, 3, 10, 2, 2, 5, 7]) {
        sum += value(char)? * weight;
    }
    let expected = CHARACTERS.as_bytes()[rest(sum + 11 - 5)];
    Some(text.bytes().last() == Some(expected))
}
