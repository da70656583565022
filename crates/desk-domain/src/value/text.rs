//! What is sent of a typed text: [`clean`], and the values that are any text.

use unicode_normalization::UnicodeNormalization;

use super::text_value;

/// The text that is sent of a typed one (UX D): NFC, no space at either end, no control, zero-width or bidi character, no half of one;
/// a line break or tab inside becomes one space, so that the words beside it stay apart. Spaces inside stay as typed.
#[must_use]
pub fn clean(typed: &str) -> String {
    if typed.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return typed.trim().to_owned();
    }
    let chars: Vec<char> = typed.nfc().collect();
    let mut sent = String::with_capacity(typed.len());
    for (at, &char) in chars.iter().enumerate() {
        match fate(char) {
            Fate::Sent => sent.push(char),
            Fate::Joiner if joins_letters(&chars, at) => sent.push(char),
            Fate::Break if !sent.is_empty() && !sent.ends_with(' ') => sent.push(' '),
            Fate::Joiner | Fate::Break | Fate::Dropped => {}
        }
    }
    sent.trim().to_owned()
}

/// Whether nothing of a typed text would be sent. Such a field counts as empty.
#[must_use]
pub fn is_blank(typed: &str) -> bool {
    typed.chars().all(|char| char.is_whitespace() || !matches!(fate(char), Fate::Sent))
}

/// Whether [`clean`] takes away more than the white space at the ends.
#[must_use]
pub fn has_controls(typed: &str) -> bool {
    let typed = typed.trim();
    if typed.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return false;
    }
    let chars: Vec<char> = typed.chars().collect();
    chars.iter().enumerate().any(|(at, &char)| match fate(char) {
        Fate::Sent => false,
        Fate::Joiner => !joins_letters(&chars, at),
        Fate::Break | Fate::Dropped => true,
    })
}

/// Whether every letter is of the Latin script; digits, marks and punctuation do not count.
#[must_use]
pub fn is_latin(text: &str) -> bool {
    text.chars().all(|char| !char.is_alphabetic() || is_latin_letter(char))
}

/// Full-width ASCII to ASCII, every space to the plain one, every dash to `-`, curly quotes to `'`: how people type codes,
/// digits and dates with an input method on, or paste them. For such fields only, never for names.
#[must_use]
pub(crate) fn fold(typed: &str) -> String {
    clean(typed)
        .chars()
        .map(|char| match char {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(char) - 0xFEE0).unwrap_or(char),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' => '-',
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{3002}' | '\u{FF61}' => '.',
            char if char.is_whitespace() => ' ',
            char => char,
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

enum Fate {
    Sent,
    Break,
    Dropped,
    /// U+200C and U+200D: spelling between letters of Persian or Indic scripts, invisible litter elsewhere.
    Joiner,
}

fn fate(char: char) -> Fate {
    match char {
        '\t' | '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Break,
        '\u{200C}' | '\u{200D}' => Fate::Joiner,
        '\u{AD}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'
        | '\u{200E}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFD}'
        | '\u{E0000}'..='\u{E007F}' => Fate::Dropped,
        char if char.is_control() => Fate::Dropped,
        _ => Fate::Sent,
    }
}

fn joins_letters(chars: &[char], at: usize) -> bool {
    let letter = |at: usize| chars.get(at).is_some_and(|&char| is_letter_of_joining_script(char));
    at > 0 && letter(at - 1) && letter(at + 1)
}

/// Arabic to Sinhala and beyond up to Khmer and Mongolian: the blocks whose spelling uses joiners. Vowel signs and
/// viramas stand in the same blocks as their letters.
fn is_letter_of_joining_script(char: char) -> bool {
    matches!(char, '\u{600}'..='\u{DFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{FB50}'..='\u{FEFC}')
        && !matches!(fate(char), Fate::Dropped)
}

/// The Latin blocks of Unicode, spacing modifier letters (ʻokina) included.
fn is_latin_letter(char: char) -> bool {
    matches!(char,
        'A'..='Z' | 'a'..='z' | 'ª' | 'º' | '\u{C0}'..='\u{2FF}' | '\u{1D00}'..='\u{1DBF}' | '\u{1E00}'..='\u{1EFF}'
        | '\u{2C60}'..='\u{2C7F}' | '\u{A720}'..='\u{A7FF}' | '\u{AB30}'..='\u{AB6F}' | '\u{FB00}'..='\u{FB06}'
        | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}')
}

/// Any text, as it is sent: never empty, no character that [`clean`] takes away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainText(String);
text_value!(PlainText);

impl PlainText {
    /// What is sent of a typed text; `None` where nothing is.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        Some(clean(typed)).filter(|text| !text.is_empty()).map(Self)
    }
}

/// An id that a file upload gave. No page says what it looks like, so every text is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(String);
text_value!(FileId);

impl FileId {
    /// What is sent of a typed text; `None` where nothing is.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        Some(clean(typed)).filter(|text| !text.is_empty()).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::ends("  Lantern Quay ", "Lantern Quay")]
    #[case::ideographic_space("\u{3000}灯码头\u{3000}", "灯码头")]
    #[case::spaces_inside_stay("Level 3,  18 Harbour", "Level 3,  18 Harbour")]
    #[case::nfc("Cafe\u{301}", "Café")]
    #[case::local_script_is_not_folded("ＡＢＣ貿易", "ＡＢＣ貿易")]
    #[case::line_break_becomes_a_space("12 Main St\r\nSydney", "12 Main St Sydney")]
    #[case::tab("a\tb", "a b")]
    #[case::zero_width("Lan\u{200B}tern\u{FEFF}", "Lantern")]
    #[case::bidi("\u{202A}+61 2\u{202C}", "+61 2")]
    #[case::escape("a\u{1b}[31mb", "a[31mb")]
    #[case::half_of_a_character("half\u{FFFD} a", "half a")]
    #[case::joiner_in_latin("Lan\u{200D}tern", "Lantern")]
    #[case::joiner_in_persian("می\u{200C}خواهم", "می\u{200C}خواهم")]
    #[case::variation_of_han("葛\u{E0100}城", "葛\u{E0100}城")]
    fn what_is_sent_of_a_text(#[case] typed: &str, #[case] sent: &str) {
        assert_eq!(clean(typed), sent);
    }

    #[rstest]
    #[case("plain", false)]
    #[case("ends with a newline\n", false)]
    #[case("Cafe\u{301}", false)]
    #[case("می\u{200C}خواهم", false)]
    #[case("two\nlines", true)]
    #[case("\u{202E}gnp.exe", true)]
    #[case("a\0b", true)]
    #[case::half_of_a_character("half\u{FFFD}", true)]
    fn characters_that_are_not_sent_are_noticed(#[case] typed: &str, #[case] noticed: bool) {
        assert_eq!(has_controls(typed), noticed);
    }

    #[rstest]
    #[case("O'Neill-Ångström 3 & Söhne (株)", false)]
    #[case("O'Neill-Ångström 3 & Söhne", true)]
    #[case("Nguyễn Thị Ánh", true)]
    #[case("Cafe\u{301}", true)]
    #[case("Kaʻahumanu", true)]
    #[case("Аlpha", false)]
    #[case("Αlpha", false)]
    #[case("12345", true)]
    fn latin_letters(#[case] text: &str, #[case] latin: bool) {
        assert_eq!(is_latin(text), latin);
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(typed in any::<String>()) {
            let once = clean(&typed);
            prop_assert_eq!(&clean(&once), &once);
        }

        #[test]
        fn blank_means_nothing_is_sent(typed in "[ \t\n\u{200B}\u{200C}\u{202E}\u{3000}a\u{301}\u{6a9}]{0,6}") {
            prop_assert_eq!(is_blank(&typed), clean(&typed).is_empty());
        }
    }
}
