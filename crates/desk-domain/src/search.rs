//! How a text is spelled in an index, and in the question that is asked of it: both go through [`fold`].

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Most words of a query that are looked for. What is pasted beyond them could only narrow what few words found.
const WORDS: usize = 8;

/// Most characters of a word that are looked for: longer than any word of a name, an id or an email address.
const WORD_CHARS: usize = 64;

/// The combining class of the voicing marks of kana (Unicode 17, table 4-3): が and か are two letters, not one with and
/// without an accent.
const KANA_VOICING: u8 = 8;

/// A text without what people leave out, or cannot type, when they look for it: case, marks on letters, widths, the shape
/// of dashes and quotes; ł is l, ß is ss. Characters that nobody sees go, a line break is a space. What has been folded
/// stays as it is.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let plain = text.nfkd().filter(|char| matches!(canonical_combining_class(*char), 0 | KANA_VOICING));
    for char in plain.flat_map(char::to_lowercase) {
        match char {
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ŧ' => folded.push('t'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            '\u{2018}' | '\u{2019}' | '\u{2BB}' | '\u{2BC}' => folded.push('\''),
            '\u{201C}' | '\u{201D}' => folded.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
            char if char.is_whitespace() => folded.push(' '),
            char if is_unseen(char) => {}
            char => folded.push(char),
        }
    }
    // Hangul was taken apart, and kana from its voicing; whole letters are what an index counts. A lower-case letter that
    // only came apart after its case went (İ) has lost its mark by now.
    let whole: String = folded.nfc().collect();
    if whole == text { whole } else { settled(whole) }
}

/// Folding once more, where that still changes something: taking a mark away may bring together what it parted.
fn settled(once: String) -> String {
    let needs = once.chars().any(|char| !matches!(canonical_combining_class(char), 0 | KANA_VOICING));
    if needs { fold(&once) } else { once }
}

/// The words of a query, folded: each of them has to be found. Most queries have one or two; of a pasted page only the
/// beginning counts.
#[must_use]
pub fn words(query: &str) -> Vec<String> {
    let folded = fold(query);
    let mut words: Vec<String> = Vec::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        let word: String = word.chars().take(WORD_CHARS).collect();
        if !words.contains(&word) {
            words.push(word);
        }
        if words.len() == WORDS {
            break;
        }
    }
    words
}

/// Whether a letter is a word by itself to an index: Han, kana, bopomofo and Hangul, whose words are short and stand
/// without spaces between them.
#[must_use]
pub fn stands_alone(char: char) -> bool {
    matches!(char,
        '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{3035}'
        | '\u{3041}'..='\u{30FA}' | '\u{30FC}'..='\u{31BF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{1B000}'..='\u{1B16F}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Controls, joiners, directions, soft hyphens, variation selectors, tags, and the stroke that stretches Arabic words.
fn is_unseen(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{AD}' | '\u{61C}' | '\u{640}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::case("LANTERN Quay", "lantern quay")]
    #[case::marks("Söhne Ångström Nguyễn Żółć", "sohne angstrom nguyen zolc")]
    #[case::composed_or_not("Cafe\u{301}", "cafe")]
    #[case::strokes("Łódź Ørsted Đurić Þór", "lodz orsted duric thor")]
    #[case::ligatures("Straße STRAẞE Æsir œuvre ﬁn", "strasse strasse aesir oeuvre fin")]
    #[case::dots("İstanbul ısı", "istanbul isi")]
    #[case::full_width("ＡＢＣ　１２３＠", "abc 123@")]
    #[case::half_width_kana("ｶﾞｽ", "ガス")]
    #[case::kana_keep_their_voice("が か", "が か")]
    #[case::hangul_stays_whole("삼성", "삼성")]
    #[case::han_variants("葛\u{E0100}城", "葛城")]
    #[case::greek("ΣΟΦΙΑΣ", "σοφιασ")]
    #[case::cyrillic("ЁЛКА", "елка")]
    #[case::arabic("مـحـمـد أحمدُ", "محمد احمد")]
    #[case::quotes_and_dashes("O’Neill — “x”", "o'neill - \"x\"")]
    #[case::unseen("Lan\u{200B}tern\u{FEFF}\0\u{202E}", "lantern")]
    #[case::breaks("a\tb\r\nc", "a b  c")]
    fn one_spelling_of_many(#[case] text: &str, #[case] folded: &str) {
        assert_eq!(fold(text), folded);
    }

    #[rstest]
    #[case("", &[])]
    #[case(" \t\u{3000} ", &[])]
    #[case(" Lantern  QUAY lantern", &["lantern", "quay"])]
    #[case("灯码头\u{3000}ltd", &["灯码头", "ltd"])]
    #[case("a b c d e f g h i j", &["a", "b", "c", "d", "e", "f", "g", "h"])]
    fn each_word_of_a_query_once(#[case] query: &str, #[case] found: &[&str]) {
        assert_eq!(words(query), found);
    }

    #[test]
    fn of_a_pasted_page_the_beginning_counts() {
        let page = "x".repeat(10_000);
        assert_eq!(words(&page), ["x".repeat(64)]);
    }

    proptest! {
        #[test]
        fn what_was_folded_stays_as_it_is(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(&fold(&once), &once);
        }

        #[test]
        fn case_and_composition_make_no_difference(text in "[\\p{Latin}\\p{Greek}\\p{Cyrillic} ]{0,20}") {
            let composed: String = text.nfc().collect();
            let apart: String = text.nfd().collect();
            prop_assert_eq!(fold(&composed), fold(&apart));
        }

        #[test]
        fn a_word_has_no_space_and_is_not_empty(query in any::<String>()) {
            prop_assert!(words(&query).iter().all(|word| !word.is_empty() && !word.contains(char::is_whitespace)));
        }
    }
}
