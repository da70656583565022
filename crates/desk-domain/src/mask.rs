//! Masks: what of a personal value may leave Rust before someone asks (DECISIONS 14).
//!
//! The number of bullets never depends on the value, so that not even its length shows.

use crate::field::Masking;
use crate::value::CivilDate;

/// A value of which nothing shows; also how a leaf is shown that this program does not know.
pub const WHOLE: &str = "••••••••";

/// Characters at the end of an id that may show.
const TAIL_CHARS: usize = 4;
/// Fewest digits of a phone number after its calling code for the last two of them to show.
const PHONE_MIN_NATIONAL_DIGITS: usize = 5;

/// The masked form of a value as it came from a platform. An empty value stays empty: there is nothing to hide.
///
/// `Tail` `••••••••618X`, never more than half of a short value; `Phone` `+86 ••• •••• ••29`; `Email` `s•••@•••.example`;
/// `Date` `•• ••• 1979`; `Whole`, and whatever has not the shape that its masking expects, `••••••••`.
#[must_use]
pub fn mask(masking: Masking, text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let masked = match masking {
        Masking::Plain => Some(text.to_owned()),
        Masking::Tail => Some(tail(text)),
        Masking::Phone => phone(text),
        Masking::Email => email(text),
        Masking::Date => CivilDate::from_wire(text).map(|date| format!("•• ••• {}", date.day().format("%Y"))),
        Masking::Whole => None,
    };
    masked.unwrap_or_else(|| WHOLE.to_owned())
}

fn tail(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let shown = TAIL_CHARS.min(chars.len() / 2);
    format!("{WHOLE}{}", chars[chars.len() - shown..].iter().collect::<String>())
}

fn phone(text: &str) -> Option<String> {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    let code = if text.starts_with('+') { calling_code_digits(&digits)? } else { 0 };
    let national = digits.get(code..).filter(|national| national.len() >= PHONE_MIN_NATIONAL_DIGITS)?;
    let last: String = national[national.len() - 2..].iter().collect();
    let code: String = digits[..code].iter().collect();
    Some(if code.is_empty() {
        format!("••• •••• ••{last}")
    } else {
        format!("+{code} ••• •••• ••{last}")
    })
}

/// How many digits a calling code has (ITU-T E.164, list of assigned codes): one for 1 and 7, two for those below, else
/// three.
fn calling_code_digits(digits: &[char]) -> Option<usize> {
    let (first, second) = (*digits.first()?, *digits.get(1)?);
    Some(match (first, second) {
        ('1' | '7', _) => 1,
        ('2', '0' | '7' | '8')
        | ('3', '0'..='4' | '6' | '9')
        | ('4', '0' | '1' | '3'..='9')
        | ('5', '1'..='8')
        | ('6', '0'..='6')
        | ('8', '1' | '2' | '4' | '6')
        | ('9', '0'..='5' | '8') => 2,
        _ => 3,
    })
}

fn email(text: &str) -> Option<String> {
    let (local, host) = text.rsplit_once('@')?;
    let (_, end) = host.rsplit_once('.')?;
    // One character would be the whole of a local part of one.
    let first = local.chars().next().filter(|_| local.chars().count() > 1).map(String::from).unwrap_or_default();
    Some(format!("{first}•••@•••.{end}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Masking::Plain, " Zhang ", "Zhang")]
    #[case(Masking::Tail, "11010119790307618X", "••••••••618X")]
    #[case(Masking::Tail, "E12345678", "••••••••5678")]
    #[case(Masking::Tail, "1234567", "••••••••567")]
    #[case(Masking::Tail, "1234", "••••••••34")]
    #[case(Masking::Tail, "1", "••••••••")]
    #[case(Masking::Tail, "身份证号码", "••••••••号码")]
    #[case(Masking::Phone, "+8651288001229", "+86 ••• •••• ••29")]
    #[case(Masking::Phone, "+14155550100", "+1 ••• •••• ••00")]
    #[case(Masking::Phone, "+852 2123 4567", "+852 ••• •••• ••67")]
    #[case(Masking::Phone, "02 5550 1234", "••• •••• ••34")]
    #[case(Masking::Phone, "+8612", "••••••••")]
    #[case(Masking::Phone, "ask Mei", "••••••••")]
    #[case(Masking::Email, "shen@mingyue-textile.example", "s•••@•••.example")]
    #[case(Masking::Email, "s@mingyue.example", "•••@•••.example")]
    #[case(Masking::Email, "shen@localhost", "••••••••")]
    #[case(Masking::Email, "shen", "••••••••")]
    #[case(Masking::Date, "1979-03-07T00:00:00Z", "•• ••• 1979")]
    #[case(Masking::Date, "7 March 1979", "••••••••")]
    #[case(Masking::Whole, "Level 3, 18 Harbour Street", "••••••••")]
    #[case(Masking::Whole, "x", "••••••••")]
    #[case(Masking::Tail, "", "")]
    #[case(Masking::Whole, "  ", "")]
    fn what_a_mask_shows(#[case] masking: Masking, #[case] text: &str, #[case] shown: &str) {
        assert_eq!(mask(masking, text), shown);
    }

    proptest! {
        #[test]
        fn a_tail_never_shows_more_than_half(text in "\\PC{1,40}") {
            let shown = mask(Masking::Tail, &text).chars().filter(|char| *char != '•').count();
            prop_assert!(shown <= 4 && shown * 2 <= text.trim().chars().count());
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            for masking in [Masking::Plain, Masking::Tail, Masking::Phone, Masking::Email, Masking::Date, Masking::Whole] {
                let _ = mask(masking, &text);
            }
        }

        #[test]
        fn two_values_of_one_ending_look_alike(a in "[A-Z0-9]{8,40}", b in "[A-Z0-9]{8,40}", end in "[A-Z0-9]{4}") {
            prop_assert_eq!(mask(Masking::Tail, &format!("{a}{end}")), mask(Masking::Tail, &format!("{b}{end}")));
        }
    }
}
