//! Post office boxes, which are no seat of a business. Words of many posts; a box's number need not follow, but where the
//! word alone means other things as well.

use std::sync::LazyLock;

use regex::Regex;

use crate::search;
use crate::value::CountryCode;

/// P.O. Box and its like in lower case without accents, and without a comment inside, for folding makes one line of it. Whole
/// words, so that `Apartamento`, `Casillas`, `Poboxstraat` and `Boxworth` are none.
const WORDS: &str = r"(?x)
    \b(?:
        (?: p \.? \s? o \.? \s? box | post \s? (?: office )? \s? box
          | (?: gpo | locked | private | postal | mail ) \s (?: post \s )? (?: box | bag )
          | postfach | postfack | postboks | postbus | postilokero | posta \s kutusu
          | boite \s postale | case \s postale | casella \s postale | caixa \s postal
          | apartado \s (?: postal | de \s correos | aereo ) | casilla \s (?: postal | de \s correo )
          | skrytka \s pocztowa | postafiok | postanski \s pretinac | hop \s thu ) (?: \b | \d )
      | (?: p \. \s? o \. \s? b | p \s o \s b | pob ) \.? \s? \d
      | (?: apartado | casilla | p \. \s? f \. ) \s? \d
    ) | а/я | абонентский\sящик | (?: 邮政 | 郵政 ) 信箱 | 信箱 \s? 第? \s? \d | 私書箱 | 私书箱 | 사서함 | صندوق\sبريد | ص\.\s?ب
      | ตู้\s?ปณ | ต\.?ปณ
";

/// BP and B.P. before a number: a box to those who write French, a name or initials elsewhere.
const FRENCH: &str = r"\bb\.?\s?p\.?\s?\d";

/// Countries where French is a language of the post.
const WRITE_FRENCH: &[&str] = &[
    "BE", "BF", "BI", "BJ", "BL", "CA", "CD", "CF", "CG", "CH", "CI", "CM", "DJ", "DZ", "FR", "GA", "GF", "GN", "GP",
    "GQ", "HT", "KM", "LB", "LU", "MA", "MC", "MF", "MG", "ML", "MQ", "MR", "MU", "NC", "NE", "PF", "PM", "RE", "SN",
    "TD", "TG", "TN", "WF", "YT",
];

/// C.P. before a number: a box to those who write French, Italian or Portuguese, the postcode to those who write Spanish.
const LATIN: &str = r"\bc\.\s?p\.\s?\d";
const WRITE_CP: &[&str] = &["AO", "BR", "CA", "CH", "IT", "MZ", "PT", "SM"];

/// Countries whose post brings nothing to a street, or did not until lately: a box is the address of every business there.
const BOXES_ONLY: &[&str] = &[
    "AE", "BH", "BW", "ET", "KE", "KW", "LS", "MW", "NA", "OM", "PG", "QA", "RW", "SB", "SZ", "TO", "TZ", "UG", "VU",
    "WS", "YE", "ZM",
];

/// Whether a line of an address is that of a box, where the country has streets instead.
pub(super) fn is_in(line: &str, country: Option<CountryCode>) -> bool {
    let code = country.map_or("", CountryCode::code);
    // A pasted page is no line of an address, and folding some letters makes eighteen of one.
    if line.len() > 2000 || BOXES_ONLY.contains(&code) {
        return false;
    }
    static BOX: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(WORDS));
    static BP: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(FRENCH));
    static CP: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(LATIN));
    let line = search::fold(line);
    let is = |words: &Option<Regex>| words.as_ref().is_some_and(|words| words.is_match(&line));
    is(&BOX) || (WRITE_FRENCH.contains(&code) && is(&BP)) || (WRITE_CP.contains(&code) && is(&CP))
}

/// Words, folded as a line is: letters of other scripts lose their marks too.
fn pattern(words: &str) -> Option<Regex> {
    Regex::new(&search::fold(words)).ok()
}
