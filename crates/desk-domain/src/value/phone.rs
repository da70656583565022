//! Phone numbers in the international form of E.164.

use super::text::fold;
use super::{Fault, text_value};

/// Fewest digits of a number, calling code included: the contract's `^\+[1-9][0-9]{5,14}$`.
pub const PHONE_MIN_DIGITS: usize = 6;
/// Most digits of a number, calling code included: E.164, and the contract's pattern.
pub const PHONE_MAX_DIGITS: usize = 15;

/// A number with its calling code: `+8613800138000`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct E164(String);
text_value!(E164);

impl E164 {
    /// Reads a number that begins with `+` or `00`, with spaces, hyphens, dots, slashes and brackets anywhere, and the
    /// `(0)` that is dialled inside a country left out. A national number is not guessed at: it needs its region.
    ///
    /// # Errors
    /// `phone.letters`, then `phone.country_code`, then `phone.length` { min, max, found }.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let text = fold(typed).replace("(0)", "");
        let mut kept: String =
            text.chars().filter(|char| !matches!(char, ' ' | '-' | '.' | '/' | '(' | ')' | '[' | ']')).collect();
        if let Some(rest) = kept.strip_prefix("00") {
            kept = format!("+{rest}");
        }
        let international = kept.strip_prefix('+');
        let digits = international.unwrap_or(&kept);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Fault::new("phone.letters"));
        }
        if international.is_none() || digits.starts_with('0') {
            return Err(Fault::new("phone.country_code"));
        }
        if !(PHONE_MIN_DIGITS..=PHONE_MAX_DIGITS).contains(&digits.len()) {
            return Err(Fault::new("phone.length")
                .with("min", PHONE_MIN_DIGITS)
                .with("max", PHONE_MAX_DIGITS)
                .with("found", digits.len()));
        }
        Ok(Self(format!("+{digits}")))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("+8613800138000", "+8613800138000")]
    #[case("+86 138-0013.8000", "+8613800138000")]
    #[case("0086 (138) 0013 8000", "+8613800138000")]
    #[case("＋８６１３８００１３８０００", "+8613800138000")]
    #[case::trunk_zero("+44 (0)20 7946 0958", "+442079460958")]
    #[case::bidi_marks_of_an_address_book("\u{202A}+1 415 555 0100\u{202C}", "+14155550100")]
    #[case::non_breaking("+61\u{A0}2\u{2011}5550\u{A0}1234", "+61255501234")]
    #[case::shortest("+123456", "+123456")]
    #[case::longest("+123456789012345", "+123456789012345")]
    fn international_numbers_are_read(#[case] typed: &str, #[case] e164: &str) {
        assert_eq!(E164::parse(typed).unwrap().as_str(), e164);
    }

    #[rstest]
    #[case::national("02 5550 1234", "phone.country_code")]
    #[case::no_calling_code_begins_with_zero("+0 255 501 234", "phone.country_code")]
    #[case::letters("+1 800 FLOWERS", "phone.letters")]
    #[case::extension("+61 2 5550 1234 ext 7", "phone.letters")]
    #[case::two_pluses("+61+2", "phone.letters")]
    #[case::other_digits("+٦١٢٣٤٥٦٧", "phone.letters")]
    #[case::short("+12345", "phone.length")]
    #[case::long("+1234567890123456", "phone.length")]
    fn what_is_wrong_with_a_number(#[case] typed: &str, #[case] code: &str) {
        assert_eq!(E164::parse(typed).unwrap_err().code, code);
    }
}
