//! Words in dates: months in the languages of the papers, days of the week, and what stands between the parts.

use unicode_normalization::UnicodeNormalization;

/// Fewest letters of a month's name.
const FEWEST_LETTERS: usize = 3;

/// Names of the months without accents: English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Turkish,
/// Russian, and short forms that are no beginning of one.
const MONTHS: [&[&str]; 12] = [
    &[
        "january",
        "januar",
        "janner",
        "janvier",
        "enero",
        "janeiro",
        "gennaio",
        "januari",
        "stycznia",
        "styczen",
        "ocak",
        "января",
        "январь",
    ],
    &[
        "february",
        "februar",
        "feber",
        "fevrier",
        "febrero",
        "fevereiro",
        "febbraio",
        "februari",
        "lutego",
        "luty",
        "subat",
        "февраля",
        "февраль",
    ],
    &["march", "marz", "mars", "marzo", "marco", "maart", "mrt", "maerz", "marca", "marzec", "mart", "марта"],
    &["april", "avril", "abril", "aprile", "kwietnia", "kwiecien", "nisan", "апреля", "апрель"],
    &["may", "mai", "mayo", "maio", "maggio", "mei", "maja", "mayis", "мая", "маи"],
    &["june", "juni", "juin", "junio", "junho", "giugno", "czerwca", "czerwiec", "haziran", "июня", "июнь"],
    &["july", "juli", "juillet", "julio", "julho", "luglio", "lipca", "lipiec", "temmuz", "июля", "июль"],
    &["august", "aout", "agosto", "augustus", "sierpnia", "sierpien", "agustos", "августа"],
    &[
        "september",
        "septembre",
        "septiembre",
        "setiembre",
        "setembro",
        "settembre",
        "wrzesnia",
        "wrzesien",
        "eylul",
        "сентября",
        "сентябрь",
    ],
    &["october", "oktober", "octobre", "octubre", "outubro", "ottobre", "pazdziernika", "ekim", "октября", "октябрь"],
    &["november", "novembre", "noviembre", "novembro", "listopada", "kasim", "ноября", "ноябрь"],
    &[
        "december",
        "dezember",
        "decembre",
        "diciembre",
        "dezembro",
        "dicembre",
        "grudnia",
        "grudzien",
        "aralik",
        "декабря",
        "декабрь",
    ],
];
/// Months in Roman numbers, as Polish, Hungarian and Russian papers have them: whole, or not at all.
const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
/// Days of the week without accents, by their beginnings of three letters or in whole.
const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "tues",
    "thurs",
    "weds",
    "mo",
    "tu",
    "we",
    "th",
    "fr",
    "sa",
    "su",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "di",
    "mi",
    "do",
    "so",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "segunda",
    "terca",
    "quarta",
    "quinta",
    "sexta",
    "feira",
    "星期",
    "星期一",
    "星期二",
    "星期三",
    "星期四",
    "星期五",
    "星期六",
    "星期天",
    "周一",
    "周二",
    "周三",
    "周四",
    "周五",
    "周六",
    "周",
    "週一",
    "週二",
    "週三",
    "週四",
    "週五",
    "週六",
    "週",
    "月曜",
    "火曜",
    "水曜",
    "木曜",
    "金曜",
    "土曜",
    "月",
    "火",
    "水",
    "木",
    "金",
    "土",
    "曜",
    "월요",
    "화요",
    "수요",
    "목요",
    "금요",
    "토요",
    "요",
];
/// Words that say nothing about the day.
const FILLERS: &[&str] = &[
    "the", "of", "on", "de", "del", "d", "den", "der", "el", "le", "am", "dated", "since", "from", "until", "as", "at",
    "г", "год", "года", "r", "roku",
];
/// What follows the day's number.
const ENDINGS: &[&str] = &["st", "nd", "rd", "th", "er", "º", "ª", "o"];

/// The month of a name or of its beginning; `None` where it is that of none, or of several.
pub(super) fn month(word: &str) -> Option<u32> {
    let word = plain(word);
    if let Some((month, _)) = (1..).zip(ROMAN).find(|(_, roman)| *roman == word) {
        return Some(month);
    }
    if word.chars().count() < FEWEST_LETTERS {
        return None;
    }
    let mut fitting = (1..).zip(MONTHS).filter(|(_, names)| names.iter().any(|name| name.starts_with(&word)));
    let (month, _) = fitting.next()?;
    fitting.next().is_none().then_some(month)
}

/// Whether a word may stand in a date without saying anything of it.
pub(super) fn is_idle(word: &str) -> bool {
    let word = plain(word);
    // "Mar" is a month before it is a Tuesday.
    let short = word.is_ascii() && word.len() >= FEWEST_LETTERS && month(&word).is_none();
    let begins = |day: &&str| short && day.starts_with(&word);
    FILLERS.contains(&word.as_str()) || WEEKDAYS.contains(&word.as_str()) || WEEKDAYS.iter().any(begins)
}

/// Whether a word is the ending of a day's number, as `rd` of `3rd`.
pub(super) fn is_ending(word: &str) -> bool {
    ENDINGS.contains(&word)
}

fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    // Composed again: the letters of Korean are marks to each other.
    let plain = word.nfd().filter(|char| !matches!(char, '\u{300}'..='\u{36F}')).nfc();
    // The dotless letter of Turkish, which has no accent to lose.
    plain.map(|char| if char == 'ı' { 'i' } else { char }).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("apr", Some(4))]
    #[case("sept", Some(9))]
    #[case("märz", Some(3))]
    #[case("août", Some(8))]
    #[case("décembre", Some(12))]
    #[case("dez", Some(12))]
    #[case("março", Some(3))]
    #[case("ene", Some(1))]
    #[case("okt", Some(10))]
    #[case("out", Some(10))]
    #[case("juil", Some(7))]
    #[case("października", Some(10))]
    #[case("wrz", Some(9))]
    #[case("mayıs", Some(5))]
    #[case("ağustos", Some(8))]
    #[case("май", Some(5))]
    #[case("мая", Some(5))]
    #[case("июл", Some(7))]
    #[case("iv", Some(4))]
    #[case("xii", Some(12))]
    #[case::no_such_roman("xiii", None)]
    #[case::june_or_july("jui", None)]
    #[case::two_letters("ju", None)]
    #[case("month", None)]
    fn months(#[case] word: &str, #[case] number: Option<u32>) {
        assert_eq!(month(word), number);
    }

    #[test]
    fn a_name_in_whole_is_one_month() {
        for (number, names) in (1..).zip(MONTHS) {
            for name in names {
                assert_eq!(month(name), Some(number), "{name}");
                assert!(!is_idle(name), "{name}");
            }
        }
    }

    #[rstest]
    #[case("saturday", true)]
    #[case("sat", true)]
    #[case("wed", true)]
    #[case("mié", true)]
    #[case("星期六", true)]
    #[case("the", true)]
    #[case("tomorrow", false)]
    #[case("mar", false)]
    #[case("expired", false)]
    #[case("before", false)]
    fn words_that_say_nothing(#[case] word: &str, #[case] idle: bool) {
        assert_eq!(is_idle(word), idle);
    }
}
