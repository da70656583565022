//! What people paste around a value: quotes, brackets, a label (`Tel: +61 2 …`, `Email: <a@b.co>`). UX P5.

use super::text::fold;

/// Most characters of a label before its colon.
const LABEL_MAX_CHARS: usize = 40;
/// Most bytes of a text that can be a date, an amount, a phone number or a code with all that is pasted around it. A longer
/// one is a pasted page, and is not read at all.
pub(crate) const MOST_PASTED: usize = 1_000;
/// Layers that are taken off: quotes in brackets behind a label and so on. People paste two or three.
const LAYERS: usize = 6;
/// Signs that stand on both sides of a pasted value.
const PAIRS: &[(char, char)] = &[
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('\u{201C}', '\u{201D}'),
    ('\u{201E}', '\u{201C}'),
    ('\u{201D}', '\u{201D}'),
    ('«', '»'),
    ('‹', '›'),
    ('<', '>'),
    ('[', ']'),
    ('{', '}'),
    ('\u{300C}', '\u{300D}'),
    ('\u{3010}', '\u{3011}'),
];

/// A folded text without quotes, brackets and label around it. Round brackets stay: they mean something in an amount and
/// in a phone number.
pub(crate) fn unwrap(folded: &str) -> &str {
    let mut text = folded;
    for _ in 0..LAYERS {
        let less = one_layer_less(text.trim());
        if less.len() == text.len() {
            break;
        }
        text = less;
    }
    text
}

/// [`unwrap`] with round brackets too, for values that never have any.
pub(crate) fn unwrap_round(folded: &str) -> &str {
    let text = unwrap(folded);
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner.filter(|inner| !inner.contains(['(', ')'])).map_or(text, unwrap)
}

fn one_layer_less(text: &str) -> &str {
    let text = text.trim_end_matches([',', ';', ' ']).trim_start_matches(['•', '·', '*', '\u{2610}', ' ']);
    for (open, close) in PAIRS {
        let inner = text.strip_prefix(*open).and_then(|text| text.strip_suffix(*close));
        // A pair inside means that the outer signs do not belong together.
        if let Some(inner) = inner.filter(|inner| !inner.contains([*open, *close])) {
            return inner.trim();
        }
    }
    without_label(text)
}

/// What stands after `Label:`. A colon before slashes belongs to an address of the web, one after digits to a time.
fn without_label(text: &str) -> &str {
    let Some((label, rest)) = text.split_once(':') else { return text };
    // A stop inside, as in `x.co:8080`, is that of a host.
    let label = label.trim_end().trim_end_matches('.');
    let worded = label.starts_with(char::is_alphabetic)
        && label.chars().count() <= LABEL_MAX_CHARS
        && label.chars().all(|char| char.is_alphabetic() || matches!(char, ' ' | '-' | '/' | '(' | ')' | '\''));
    if worded && !rest.starts_with("//") && !rest.trim().is_empty() { rest.trim_start() } else { text }
}

/// [`fold`], and the digits of other scripts to those of ASCII: how dates, amounts and phone numbers are read.
pub(crate) fn fold_digits(typed: &str) -> String {
    let folded = fold(typed);
    if folded.is_ascii() {
        return folded;
    }
    folded.chars().map(|char| ascii_digit(char).unwrap_or(char)).collect()
}

/// The ASCII digit of one of the scripts that people write numbers with: Arabic, Persian, those of India, Thai, Lao,
/// Burmese and Khmer; `None` of any other character, ASCII included.
pub(crate) fn ascii_digit(char: char) -> Option<char> {
    let zero = match char {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        '\u{966}'..='\u{96F}' => 0x966,
        '\u{9E6}'..='\u{9EF}' => 0x9E6,
        '\u{A66}'..='\u{A6F}' => 0xA66,
        '\u{AE6}'..='\u{AEF}' => 0xAE6,
        '\u{B66}'..='\u{B6F}' => 0xB66,
        '\u{BE6}'..='\u{BEF}' => 0xBE6,
        '\u{C66}'..='\u{C6F}' => 0xC66,
        '\u{CE6}'..='\u{CEF}' => 0xCE6,
        '\u{D66}'..='\u{D6F}' => 0xD66,
        '\u{E50}'..='\u{E59}' => 0xE50,
        '\u{ED0}'..='\u{ED9}' => 0xED0,
        '\u{1040}'..='\u{1049}' => 0x1040,
        '\u{17E0}'..='\u{17E9}' => 0x17E0,
        _ => return None,
    };
    char::from_digit(u32::from(char) - zero, 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("\"x@y.co\"", "x@y.co")]
    #[case("<x@y.co>,", "x@y.co")]
    #[case("Email: <x@y.co>;", "x@y.co")]
    #[case("E-mail (work): \u{201C}x@y.co\u{201D}", "x@y.co")]
    #[case("Tel.: +61 2", "+61 2")]
    #[case("\u{3010}+61 2\u{3011}", "+61 2")]
    #[case("https://x.co", "https://x.co")]
    #[case("Website: https://x.co", "https://x.co")]
    #[case("x.co:8080", "x.co:8080")]
    #[case("10:30", "10:30")]
    #[case("(02) 5550", "(02) 5550")]
    #[case("(5)", "(5)")]
    #[case("Label:", "Label:")]
    #[case("\"a\" and \"b\"", "\"a\" and \"b\"")]
    fn what_stands_around_a_value_is_taken_off(#[case] text: &str, #[case] inner: &str) {
        assert_eq!(unwrap(text), inner);
    }

    #[rstest]
    #[case("(3 Apr 2021)", "3 Apr 2021")]
    #[case("2021 (3) (4)", "2021 (3) (4)")]
    #[case("((x))", "((x))")]
    fn round_brackets_too(#[case] text: &str, #[case] inner: &str) {
        assert_eq!(unwrap_round(text), inner);
    }

    #[rstest]
    #[case("٠١٢٣٤٥٦٧٨٩", "0123456789")]
    #[case("۲۰۲۱", "2021")]
    #[case("２０२१", "2021")]
    #[case("๒๐", "20")]
    #[case("০৯੦੯૦૯୦୯௦௯౦౯೦೯൦൯໐໙၀၉០៩", "0909090909090909090909")]
    #[case("二〇", "二〇")]
    fn digits_of_other_scripts(#[case] typed: &str, #[case] ascii: &str) {
        assert_eq!(fold_digits(typed), ascii);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(typed in any::<String>()) {
            let folded = fold_digits(&typed);
            prop_assert!(unwrap(&folded).len() <= folded.len() && unwrap_round(&folded).len() <= folded.len());
        }
    }
}
