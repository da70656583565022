//! Names of a person. All warnings: a name is what its bearer says it is.

use super::Person;
use crate::field::Field;
use crate::reference::scripts::local_script;
use crate::rules::Found;
use crate::value::Fault;
use crate::value::text::{fold, is_latin};

/// Each name in the country's own script with the one in Latin letters.
const PAIRS: [(Field, Field); 2] =
    [(Field::FirstName, Field::FirstNameEnglish), (Field::LastName, Field::LastNameEnglish)];

pub(super) fn rules(person: &Person<'_>, found: &mut Found<'_>) {
    let expects_local = person.country(Field::Nationality).filter(|(_, country)| local_script(*country).is_some());
    for (local, english) in PAIRS {
        let (local, english) = (person.text(local), person.text(english));
        for (path, text) in [local, english].into_iter().flatten() {
            if text.chars().any(is_digit) {
                found.warning(path, Fault::new("name.digits"));
            }
        }
        // What is wrong is the local name: it is the one in the other script's place.
        if let (Some((path, local)), Some((other, english)), Some((nationality, _))) = (local, english, expects_local)
            && is_latin(local)
            && fold(local).to_lowercase() == fold(english).to_lowercase()
        {
            let other = if found.counts(other) { other } else { nationality };
            found.warning_beside(path, other, Fault::new("name.same"));
        }
    }
}

/// The digits 0 to 9 as people of any script write them. Numerals that are letters (`Ⅲ`, `三`, `〇`) do stand in names.
fn is_digit(char: char) -> bool {
    /// The zeros of ASCII, Arabic, Persian, Devanagari, Bengali, Thai, Lao, Burmese, Khmer, and of full width.
    const ZEROS: [char; 10] =
        ['0', '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{E50}', '\u{ED0}', '\u{1040}', '\u{17E0}', '\u{FF10}'];
    ZEROS.iter().any(|zero| (0..10).contains(&u32::from(char).wrapping_sub(u32::from(*zero))))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::field::Field;
    use crate::problem::Severity;
    use crate::tests::sample::{path, problem_at, problems_of, with};

    #[rstest]
    #[case::one_letter("I", None)]
    #[case::numeral_of_letters("Louis XIV", None)]
    #[case::apostrophe("O’Neil-d'Este", None)]
    #[case::polish("Łódź", None)]
    #[case::zero_for_o("R0bert", Some("name.digits"))]
    #[case::full_width("Robert２", Some("name.digits"))]
    fn digits_in_a_name(#[case] typed: &str, #[case] code: Option<&str>) {
        for field in [Field::FirstNameEnglish, Field::LastNameEnglish, Field::FirstName, Field::LastName] {
            assert_eq!(problem_at(field, typed), code.map(|code| (code.to_owned(), Severity::Warning)), "{field:?}");
        }
    }

    #[rstest]
    #[case::han("周〇三", None)]
    #[case::roman_sign("卡尔Ⅲ", None)]
    #[case::arabic("عبدالرحمن", None)]
    #[case::arabic_digit("عبد٣", Some("name.digits"))]
    #[case::thai_digit("สมชาย๒", Some("name.digits"))]
    fn digits_in_a_name_of_another_script(#[case] typed: &str, #[case] code: Option<&str>) {
        assert_eq!(problem_at(Field::FirstName, typed), code.map(|code| (code.to_owned(), Severity::Warning)));
    }

    #[rstest]
    #[case::chinese("CN", "Wei", "WEI", true)]
    #[case::chinese_in_han("CN", "伟", "Wei", false)]
    #[case::other_latin("CN", "Wei Guo", "Wei", false)]
    #[case::vietnamese_is_latin("VN", "Ánh Tuyết", "Ánh Tuyết", false)]
    #[case::british("GB", "Wei", "Wei", false)]
    fn the_local_name_where_another_script_is_expected(
        #[case] nationality: &str,
        #[case] local: &str,
        #[case] english: &str,
        #[case] warned: bool,
    ) {
        let texts = [(Field::Nationality, nationality), (Field::FirstName, local), (Field::FirstNameEnglish, english)];
        let problems = problems_of(&with(&texts));
        let found: Vec<_> =
            problems.iter().map(|problem| (problem.path, problem.code.as_str(), problem.severity)).collect();
        let expected = (path(Field::FirstName), "name.same", Severity::Warning);
        assert_eq!(found, Vec::from_iter(warned.then_some(expected)));
    }
}
