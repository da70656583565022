//! Numbers of identity documents by type and issuing country, each from its issuer's own description.

use chrono::NaiveDate;

use super::identifiers::brazil::CPF;
use super::identifiers::check_digits::{digits, weighted};
use super::identifiers::format::{Format, Labels, Read, has_shape, is_digits};
use super::identifiers::written::Written;
use crate::value::CountryCode;
use crate::value::text::clean;

/// What is known of a document's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentNumber {
    /// What is sent: in upper case, without the separators that people write. As typed where it has no form that is
    /// known.
    pub number: String,
    /// Its format's name: `cn_resident_id`, `hkid`, `passport`.
    pub format: &'static str,
    /// Whether it has the form of its format.
    pub fits: bool,
    /// Whether its check digit is right; `None` where the format has none.
    pub checks: Option<bool>,
    /// Whether it begins as its issuer's numbers do: of China with a province.
    pub begins: bool,
    /// The birth date in it.
    pub birth: Option<NaiveDate>,
    /// Nothing else may stand for the type and the country: a number that does not fit is an error, else only unusual.
    pub strict: bool,
}

/// GB 11643-1999 "Citizen identification number": six digits of the division, eight of the birth date, three of the
/// order, a check character by ISO 7064 MOD 11-2. Permits of residence of Hong Kong, Macao and Taiwan residents and,
/// since 2023, of foreigners keep it too.
const CN_RESIDENT_ID: Format = Format {
    name: "cn_resident_id",
    labels: &["RESIDENTID", "IDENTITYCARD", "IDCARD", "ID"],
    read: |text| {
        if !has_shape(text, "99999999999999999*") || text.starts_with('0') || birth(text).is_none() {
            return None;
        }
        let check = match text.as_bytes()[17] {
            b'X' => 10,
            byte => u32::from(byte.checked_sub(b'0').filter(|digit| *digit <= 9)?),
        };
        let rest = digits(&text[..17]).fold(0, |rest, digit| (rest + digit) * 2 % 11);
        Some(Read::new(text, Some((rest + check) % 11 == 1)))
    },
};

/// The first two digits of a division: GB/T 2260 (provinces, 71 Taiwan, 81 Hong Kong, 82 Macao), 83 on permits of
/// residents of Taiwan. Foreigners' numbers since 2023 begin with 9 and go on with the province's digits.
const PROVINCES: &[&str] = &[
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83", "91", "92", "93",
    "94", "95", "96", "97", "98",
];

/// Hong Kong Immigration Department, "Hong Kong identity card": one or two letters, six digits, a check digit in
/// brackets, which are left out. Letters count 10 to 35, a missing first one 36; times 9 down to 1 they make a
/// multiple of 11, A being 10. The department does not publish the rule, so a wrong digit is a warning.
const HKID: Format = Format {
    name: "hkid",
    labels: &["HKIDNO", "HKID", "HKIC"],
    read: |text| {
        let letters = text.len().checked_sub(7).filter(|letters| matches!(letters, 1 | 2))?;
        let (prefix, number) = text.split_at(letters);
        let check = number.chars().last().filter(|char| *char == 'A' || char.is_ascii_digit())?.to_digit(36)?;
        if !has_shape(prefix, &"AA"[..letters]) || !is_digits(&number[..6], 6) {
            return None;
        }
        let first = if letters == 1 { 36 * 9 } else { 0 };
        let values = prefix.chars().rev().zip([8, 9]).map(|(letter, weight)| letter.to_digit(36).unwrap_or(0) * weight);
        let sum = first + values.sum::<u32>() + weighted(&number[..6], &[7, 6, 5, 4, 3, 2]) + check;
        Some(Read::new(text, Some(sum.is_multiple_of(11))))
    },
};

/// Immigration and Checkpoints Authority of Singapore, NRIC and FIN: S or T, F, G or M, seven digits, a letter. The
/// authority does not publish how the letter is made; the rule is that of every number it has shown, and a wrong
/// letter is a warning.
const SG_NRIC: Format = Format {
    name: "sg_nric",
    labels: &["NRIC", "FIN"],
    read: |text| {
        let (added, letters) = match text.bytes().next()? {
            b'S' => (0, b"JZIHGFEDCBA"),
            b'T' => (4, b"JZIHGFEDCBA"),
            b'F' => (0, b"XWUTRQPNMLK"),
            b'G' => (4, b"XWUTRQPNMLK"),
            b'M' => (3, b"XWUTRQPNJLK"),
            _ => return None,
        };
        has_shape(text, "A9999999A").then(|| {
            let sum = added + weighted(&text[1..8], &[2, 7, 6, 5, 4, 3, 2]);
            Read::new(text, Some(letters[(sum % 11) as usize] == text.as_bytes()[8]))
        })
    },
};

/// Ministry of the Interior of Taiwan, national identification card: a letter of the place, nine digits. The letter's
/// two digits and the others times 1 9 8 7 6 5 4 3 2 1 1 make a multiple of 10.
const TW_ID: Format = Format {
    name: "tw_id",
    labels: &[],
    read: |text| {
        let of_letter = "ABCDEFGHJKLMNPQRSTUVXYWZIO".find(text.chars().next()?)?;
        has_shape(text, "A999999999").then(|| {
            let value = u32::try_from(of_letter + 10).unwrap_or_default();
            let sum = value / 10 + value % 10 * 9 + weighted(&text[1..], &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
            Read::new(text, Some(sum.is_multiple_of(10)))
        })
    },
};

/// ICAO Doc 9303-4, 4.2.2: a passport's number has at most nine letters and digits; states use six to nine.
const PASSPORT: Format = Format {
    name: "passport",
    labels: &["PASSPORT"],
    read: |text| {
        let fits = (6..=9).contains(&text.len()) && text.bytes().any(|byte| byte.is_ascii_digit());
        fits.then(|| Read::new(text, None))
    },
};

/// How a type is called in the list `id_type`, where it is issued (`""` anywhere), its format, whether nothing else
/// may stand there, and whether another number is at least unusual.
const ROWS: &[(&str, &str, &Format, Holds)] = &[
    ("National ID", "BR", &CPF, Holds::Among),
    ("National ID", "CN", &CN_RESIDENT_ID, Holds::Only),
    ("National ID", "HK", &HKID, Holds::Only),
    ("National ID", "SG", &SG_NRIC, Holds::Only),
    ("National ID", "TW", &TW_ID, Holds::Usual),
    ("Residence Permit", "CN", &CN_RESIDENT_ID, Holds::Among),
    ("Residence Permit", "HK", &HKID, Holds::Among),
    ("Residence Permit", "SG", &SG_NRIC, Holds::Among),
    ("Passport", "", &PASSPORT, Holds::Usual),
    ("", "BR", &CPF, Holds::Among),
    ("", "CN", &CN_RESIDENT_ID, Holds::Among),
    ("", "HK", &HKID, Holds::Among),
    ("", "SG", &SG_NRIC, Holds::Among),
];

/// What a number that does not fit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Only,
    Usual,
    /// Not known: other numbers are as good, and so is one whose check digit is wrong.
    Among,
}

/// Reads a number by the type and the issuing country beside it; `None` where no format is known for them, or where
/// numbers without a known form are as good and this is one. Without a type (`""`) the country says what it may be.
#[must_use]
pub fn read(number: &str, kind: &str, country: Option<CountryCode>) -> Option<DocumentNumber> {
    let country = country.map_or("", CountryCode::code);
    let is = |name: &str, of: &str| name.eq_ignore_ascii_case(kind.trim()) && (of.is_empty() || of == country);
    let (_, _, format, holds) = ROWS.iter().find(|(name, of, ..)| is(name, of))?;
    let strict = *holds == Holds::Only;
    let written = Written::new(number);
    let read = format.read_in(&written, Labels::Own);
    match read.filter(|read| *holds != Holds::Among || read.checks != Some(false)) {
        Some(Read { number: sent, checks }) => {
            let sent = sent.unwrap_or_else(|| clean(number));
            let birth = birth(&sent).filter(|_| format.name == CN_RESIDENT_ID.name);
            let begins = format.name != CN_RESIDENT_ID.name || PROVINCES.contains(&sent.get(..2).unwrap_or_default());
            Some(DocumentNumber { number: sent, format: format.name, fits: true, checks, begins, birth, strict })
        }
        None if *holds == Holds::Among => None,
        None => Some(DocumentNumber {
            number: clean(number),
            format: format.name,
            fits: false,
            checks: None,
            begins: true,
            birth: None,
            strict: strict && !format.stands_in(&written),
        }),
    }
}

/// The birth date in a resident's number.
fn birth(number: &str) -> Option<NaiveDate> {
    let part = |range: std::ops::Range<usize>| number.get(range)?.parse::<u16>().ok();
    let (year, month, day) = (part(6..10)?, part(10..12)?, part(12..14)?);
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).filter(|_| number.len() == 18)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn of(number: &str, kind: &str, country: &str) -> Option<DocumentNumber> {
        read(number, kind, CountryCode::parse(country).ok())
    }

    /// What is sent of what is typed: every letter and digit, but those of a label that stands as a word of its own.
    #[rstest]
    #[case::india("N1234567", "Passport", "IN", "N1234567")]
    #[case::norway("NO123456", "Passport", "NO", "NO123456")]
    #[case::indonesia("ID1234567", "Passport", "ID", "ID1234567")]
    #[case::netherlands("NR123456", "Passport", "NL", "NR123456")]
    #[case::czechia("CODE12345", "Passport", "CZ", "CODE12345")]
    #[case::poland("AB123456N", "Passport", "PL", "AB123456N")]
    #[case::letter_apart("N 1234567", "Passport", "IN", "N1234567")]
    #[case::letters_apart("ab 123 4567", "Passport", "GB", "AB1234567")]
    #[case::letters_like_a_label("NO 123456", "Passport", "IT", "NO123456")]
    #[case::label("Passport N1234567", "Passport", "IN", "N1234567")]
    #[case::label_and_letters("Passport: NO123456", "Passport", "IT", "NO123456")]
    #[case::label_of_two("passport no. N1234567", "Passport", "IN", "N1234567")]
    #[case::shown_label("No. 1234567", "Passport", "IN", "1234567")]
    #[case::ordinal("Nº 1234567", "Passport", "ES", "1234567")]
    #[case::han_word("护照 E12345678", "Passport", "CN", "E12345678")]
    #[case::filler("N0000000<", "Passport", "US", "N0000000")]
    #[case::nric("NRIC/FIN No: s1234567d", "National ID", "SG", "S1234567D")]
    #[case::hkid("HKID No. A123456(3)", "National ID", "HK", "A1234563")]
    #[case::cn("身份证：11010519491231002X", "National ID", "CN", "11010519491231002X")]
    #[case::cn_glued("身份证11010519491231002X号", "National ID", "CN", "11010519491231002X")]
    #[case::arabic_digits("٣٩٠.٥٣٣.٤٤٧-٠٥", "National ID", "BR", "39053344705")]
    fn of_a_number_every_letter_is_sent(
        #[case] typed: &str,
        #[case] kind: &str,
        #[case] country: &str,
        #[case] sent: &str,
    ) {
        let found = of(typed, kind, country).unwrap();
        assert_eq!((found.fits, found.number.as_str()), (true, sent));
    }

    /// A word that mixes letters of two scripts, two numbers, words that are no label: nothing is taken out of them.
    #[rstest]
    #[case::cyrillic("ЕТ123456", "Passport", "UA")]
    #[case::spanish("ÑA123456", "Passport", "ES")]
    #[case::letters_apart("АБ 123456", "Passport", "RU")]
    #[case::of_two_words("I-AБ 123456", "Passport", "RU")]
    #[case::mark("N\u{308}A123456", "Passport", "ES")]
    #[case::glued_before("粤A1234567", "Passport", "CN")]
    #[case::glued_behind("E12345678号", "Passport", "CN")]
    #[case::words_between("A123456 of 2019", "Passport", "GB")]
    #[case::two("A123456/B12", "Passport", "GB")]
    #[case::in_brackets("N1234567 (issued 2019)", "Passport", "IN")]
    #[case::unknown_word("Seafarer 1234567", "Passport", "IN")]
    #[case::masked("****3456789", "Passport", "IN")]
    #[case::long("AB1234567N", "Passport", "PL")]
    #[case::card_and_words("A123456(3) since 2019", "National ID", "HK")]
    fn what_may_lose_a_letter_goes_as_typed(#[case] typed: &str, #[case] kind: &str, #[case] country: &str) {
        let found = of(typed, kind, country).unwrap();
        assert_eq!((found.fits, found.strict, found.number), (false, false, clean(typed)));
    }

    #[rstest]
    #[case::beijing("11010519491231002X", true)]
    #[case::foreigner("911124198108030024", true)]
    #[case::no_province("990105194912310023", false)]
    #[case::none_of_sixty("600105194912310026", false)]
    fn a_number_of_china_begins_with_a_province(#[case] number: &str, #[case] begins: bool) {
        assert_eq!(of(number, "National ID", "CN").unwrap().begins, begins);
    }

    /// Made-up numbers and the samples that the issuers show.
    #[rstest]
    #[case("11010519491231002X", "National ID", "CN", "cn_resident_id", Some(true))]
    #[case("１１０１０５ １９４９１２３１ ００２ｘ", "national id", "CN", "cn_resident_id", Some(true))]
    #[case("110105194912310021", "National ID", "CN", "cn_resident_id", Some(false))]
    #[case("A123456(3)", "National ID", "HK", "hkid", Some(true))]
    #[case("ab 987654 (3)", "National ID", "HK", "hkid", Some(true))]
    #[case("HKID: A123456(4)", "National ID", "HK", "hkid", Some(false))]
    #[case("S1234567D", "National ID", "SG", "sg_nric", Some(true))]
    #[case("M1234567K", "Residence Permit", "SG", "sg_nric", Some(true))]
    #[case("A123456789", "National ID", "TW", "tw_id", Some(true))]
    #[case("A123456788", "National ID", "TW", "tw_id", Some(false))]
    #[case("390.533.447-05", "National ID", "BR", "cpf", Some(true))]
    #[case("e12345678", "Passport", "CN", "passport", None)]
    #[case("Passport no. C01X00T47", "Passport", "DE", "passport", None)]
    #[case("123456789", "Passport", "US", "passport", None)]
    #[case("X1234567", "Passport", "", "passport", None)]
    fn numbers_that_fit(
        #[case] number: &str,
        #[case] kind: &str,
        #[case] country: &str,
        #[case] format: &str,
        #[case] checks: Option<bool>,
    ) {
        let found = of(number, kind, country).unwrap();
        assert_eq!((found.format, found.fits, found.checks), (format, true, checks), "{found:?}");
        assert!(found.number.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()), "{found:?}");
    }

    #[rstest]
    #[case::seventeen("11010519491231002", "National ID", "CN", true)]
    #[case::no_such_day("11010519490231002X", "National ID", "CN", true)]
    #[case::no_letter("1234567", "National ID", "HK", true)]
    #[case::passport_of_ten("E123456789", "Passport", "CN", false)]
    #[case::passport_without_digits("unknown", "Passport", "CN", false)]
    fn numbers_that_do_not_go_as_typed(
        #[case] number: &str,
        #[case] kind: &str,
        #[case] country: &str,
        #[case] strict: bool,
    ) {
        let found = of(number, kind, country).unwrap();
        assert_eq!((found.fits, found.strict, found.number.as_str()), (false, strict, number));
    }

    #[rstest]
    #[case("MG-12.345.678", "National ID", "BR")]
    #[case("39053344704", "National ID", "BR")]
    #[case("12345", "National ID", "DE")]
    #[case("DL 7711 22", "Driving Licence", "CN")]
    #[case("E12345678", "", "CN")]
    #[case("E12345678", "Work pass", "SG")]
    fn what_is_not_known_says_nothing(#[case] number: &str, #[case] kind: &str, #[case] country: &str) {
        assert_eq!(of(number, kind, country), None);
    }

    #[test]
    fn the_birth_date_is_in_the_number_of_china_only() {
        assert_eq!(of("11010519491231002X", "National ID", "CN").unwrap().birth, NaiveDate::from_ymd_opt(1949, 12, 31));
        assert_eq!(of("A123456(3)", "National ID", "HK").unwrap().birth, None);
    }
}
