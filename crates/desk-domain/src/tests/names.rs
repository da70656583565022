//! Names of people and businesses that a rule too strict would refuse: none is refused, none is changed.

use crate::check::check;
use crate::field::Field;
use crate::problem::Severity;
use crate::tests::sample::{CONTEXT, path, problems_of, with};
use crate::value::text::{clean, is_latin};

/// Names as they stand on papers, one a line.
const NAMES: &[&str] = &[
    // One letter, one name, no vowel.
    "O",
    "E",
    "Ng",
    "Ei",
    "Å",
    "Ø",
    "I",
    "Y",
    "Sukarno",
    "Suharto",
    "Teller",
    "Mononymous",
    "Nguyen",
    "Brfxx",
    // Signs inside and at the ends.
    "O'Neill",
    "O\u{2019}Neill",
    "D'Angelo",
    "d'Arc",
    "L'Oréal",
    "N'Golo",
    "Smith-Jones",
    "Saint-Exupéry",
    "Jean-Luc",
    "Al-Fayed",
    "Abd al-Rahman",
    "Ta'Rhonda",
    "Kaʻahumanu",
    "Hawaiʻi",
    "J.",
    "J. R. R.",
    "John Jr.",
    "Martin Luther King, Jr.",
    "Mary-Kate & Ashley",
    "van der Berg",
    "von und zu Liechtenstein",
    "de la Cruz",
    "da Silva e Souza",
    "bin Ahmad",
    "binti Abdullah",
    "a/l Subramaniam",
    "s/o Raman",
    "MacDonald",
    "McDonald",
    "DiCaprio",
    "deVries",
    "X Æ A-12",
    "Dr. No",
    "Sister Mary (Agnes)",
    "María José",
    "Ana Mª",
    "Mᶜ Gregor",
    "Null",
    "None",
    "Test",
    "True",
    "NaN",
    "Doe",
    "undefined",
    // Letters beyond ASCII.
    "Łódź",
    "Wałęsa",
    "Dvořák",
    "Škoda",
    "Şahin",
    "Güneş",
    "Çelik",
    "Ğ",
    "Yılmaz",
    "İbrahim",
    "Ólafur",
    "Þórdís",
    "Ðuro",
    "Björk Guðmundsdóttir",
    "Sørensen",
    "Ångström",
    "Müller",
    "Groß",
    "Weiß",
    "Zoë",
    "Chloë",
    "Renée",
    "François",
    "Nuñez",
    "Peña",
    "João",
    "Conceição",
    "Bùi Xuân Phái",
    "Nguyễn Thị Minh Khai",
    "Đặng",
    "Ān",
    "Māori",
    "Żółć",
    "Őrsi",
    "Țepeș",
    "Ōe",
    "Ŋ",
    "Ħ",
    "Ɓa",
    "Ƙofar",
    "Ẹ̀kọ́",
    "Cafe\u{301}",
    "A\u{30A}ngstro\u{308}m",
    "Z\u{327}",
    // Han, kana, Hangul.
    "张",
    "张伟",
    "欧阳修",
    "司馬遷",
    "龘",
    "𠮷野家",
    "髙橋",
    "葛\u{E0100}城",
    "山田 太郎",
    "ヤマダ タロウ",
    "やまだ",
    "ジョン・スミス",
    "김",
    "김철수",
    "남궁민수",
    "灯码头贸易",
    "阿凡提·买买提",
    "迪丽热巴·迪力木拉提",
    // Arabic, Hebrew, Persian, Urdu: right to left, with vowels and joiners.
    "محمد",
    "عبد الله",
    "فاطمة الزهراء",
    "مُحَمَّد",
    "می\u{200C}خواهم",
    "علی‌رضا",
    "נועם",
    "בֶּן־גּוּרְיוֹן",
    "משה דיין",
    "خدیجہ",
    // Indic, Thai, Lao, Khmer, Burmese, Tibetan.
    "राम",
    "श्री\u{200D}मती",
    "அ",
    "சுப்பிரமணியன்",
    "రాముడు",
    "ಶ್ರೀ",
    "മോഹൻ",
    "বঙ্গবন্ধু",
    "ਸਿੰਘ",
    "ශ්\u{200D}රී",
    "สมชาย",
    "ใจดี",
    "ສົມ",
    "សុខ",
    "အောင်",
    "བསྟན་འཛིན",
    // Cyrillic, Greek, Armenian, Georgian, Ethiopic, Cherokee.
    "Иван",
    "Ёлкин",
    "Щукин-Объедков",
    "Ірина",
    "Ђорђе",
    "Παπαδόπουλος",
    "Ἀλέξανδρος",
    "Գրիգոր",
    "გიორგი",
    "አበበ",
    "ᏣᎳᎩ",
    // Long, and many words.
    "Wolfeschlegelsteinhausenbergerdorff",
    "Uvuvwevwevwe Onyetenyevwe Ugwemuhwem Osas",
    "Pablo Diego José Francisco de Paula Juan Nepomuceno María de los Remedios Cipriano de la Santísima Trinidad Ruiz",
];

/// Businesses: signs, digits and words that look like something else.
const BUSINESSES: &[&str] = &[
    "7-Eleven",
    "3M",
    "99 Ranch",
    "1&1",
    "A",
    "X",
    "H&M",
    "AT&T",
    "C&A",
    "Yahoo!",
    "E*TRADE",
    "Toys \"R\" Us",
    "A/S Norske",
    "Søren & Sønner ApS",
    "Müller GmbH & Co. KG",
    "S.à r.l. Étoile",
    "Sp. z o.o. Łódź",
    "Pty Ltd",
    "No. 1 Trading (HK) Ltd.",
    "株式会社 灯",
    "(株)灯",
    "有限公司",
    "شركة النور",
    "ООО «Ромашка»",
    "[solidcore]",
    "Ke$ha #1",
    "+More",
    "100% Pure",
    "Café del Mar, S.L.",
    "Dot.com",
    "info@work",
    "Qué?",
    "¡Sí!",
    "Ærø™",
    "Coca‑Cola",
    "n/a Studios",
    "N/A",
];

#[test]
fn no_name_is_refused_or_changed() {
    for (name, fields) in NAMES
        .iter()
        .map(|name| (*name, &[Field::FirstName, Field::LastName, Field::FirstNameEnglish, Field::LastNameEnglish][..]))
        .chain(BUSINESSES.iter().map(|name| (*name, &[Field::BusinessName, Field::BusinessNameEnglish][..])))
    {
        for field in fields {
            let draft = with(&[(*field, name)]);
            let refused: Vec<_> = problems_of(&draft).into_iter().filter(|p| p.severity == Severity::Error).collect();
            assert_eq!(refused, vec![], "{name} at {field:?}");
            assert_eq!(draft.text(path(*field)), name, "what was typed stays");
            assert!(!clean(name).is_empty(), "{name}");
        }
    }
}

/// What is warned of although somebody is called so: each is said why (digits, the wrong script), and a tick sends it.
const WARNED: &[&str] = &["X Æ A-12"];

#[test]
fn a_latin_name_is_not_even_warned_of() {
    for name in NAMES.iter().filter(|name| is_latin(&clean(name)) && !WARNED.contains(name)) {
        for field in [Field::FirstNameEnglish, Field::LastNameEnglish] {
            assert_eq!(check(&with(&[(field, name)]), &CONTEXT).problems, vec![], "{name}");
        }
    }
    for name in BUSINESSES.iter().filter(|name| is_latin(&clean(name))) {
        assert_eq!(check(&with(&[(Field::BusinessNameEnglish, name)]), &CONTEXT).problems, vec![], "{name}");
    }
}

#[test]
fn a_local_name_is_not_even_warned_of() {
    for name in NAMES.iter().filter(|name| !WARNED.contains(name)) {
        for field in [Field::FirstName, Field::LastName] {
            assert_eq!(check(&with(&[(field, name)]), &CONTEXT).problems, vec![], "{name}");
        }
    }
}
