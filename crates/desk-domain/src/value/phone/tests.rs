//! Numbers as people write and paste them, and the example numbers of every region.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn of(code: &str) -> Option<CountryCode> {
    CountryCode::parse(code).ok()
}

#[rstest]
#[case("+8613800138000", "+8613800138000")]
#[case("+86 138-0013.8000", "+8613800138000")]
#[case("0086 (138) 0013 8000", "+8613800138000")]
#[case("＋８６１３８００１３８０００", "+8613800138000")]
#[case::trunk_zero("+44 (0)20 7946 0958", "+442079460958")]
#[case::trunk_zero_typed("+44 020 7946 0958", "+442079460958")]
#[case::trunk_zero_that_stays("+39 (0)6 698 12345", "+390669812345")]
#[case::bidi_marks_of_an_address_book("\u{202A}+1 415 555 0100\u{202C}", "+14155550100")]
#[case::non_breaking("+61\u{A0}2\u{2011}5550\u{A0}1234", "+61255501234")]
#[case::label("Tel: +61 2 5550 1234", "+61255501234")]
#[case::label_without_colon("Ph. +61 2 5550 1234", "+61255501234")]
#[case::link("tel:+61-2-5550-1234", "+61255501234")]
#[case::sign("\u{260E} +61 2 5550 1234", "+61255501234")]
#[case::quotes("\u{201C}+61 2 5550 1234\u{201D}", "+61255501234")]
#[case::bracketed_code("(+61) 2 5550 1234", "+61255501234")]
#[case::arabic_digits("+٦١ ٢ ٥٥٥٠ ١٢٣٤", "+61255501234")]
#[case::label_behind("+1 212 555 0100 (office)", "+12125550100")]
#[case::label_behind("+1 212 555 0100 mobile", "+12125550100")]
#[case::label_behind("+1 212 555 0100 - Work", "+12125550100")]
#[case::label_behind("+86 138 0013 8000（手机）", "+8613800138000")]
#[case::old_mexican_mobile("+52 1 55 1234 5678", "+525512345678")]
#[case::old_mexican_mobile("00 52 1 55 1234 5678", "+525512345678")]
#[case::mexican("+52 55 1234 5678", "+525512345678")]
#[case::of_no_country("+800 1234 5678", "+80012345678")]
fn international_numbers_are_read(#[case] typed: &str, #[case] e164: &str) {
    for region in [None, of("AU"), of("HK"), of("US")] {
        assert_eq!(E164::parse(typed, region).unwrap().as_str(), e164, "{region:?}");
    }
}

#[rstest]
#[case("AU", "02 5550 1234", "+61255501234")]
#[case("AU", "(02) 5550 1234", "+61255501234")]
#[case("AU", "(0)2 5550 1234", "+61255501234")]
#[case("AU", "2 5550 1234", "+61255501234")]
#[case("AU", "61 2 5550 1234", "+61255501234")]
#[case("AU", "0011 86 138 0013 8000", "+8613800138000")]
#[case("AU", "0086 138 0013 8000", "+8613800138000")]
#[case("AU", "0061 2 5550 1234", "+61255501234")]
#[case("HK", "2123 4567", "+85221234567")]
#[case("MX", "55 1234 5678", "+525512345678")]
#[case("MX", "1 55 1234 5678", "+525512345678")]
#[case("MX", "01 55 1234 5678", "+525512345678")]
#[case("MX", "044 55 1234 5678", "+525512345678")]
#[case("MX", "045 55 1234 5678", "+525512345678")]
#[case("MX", "52 1 55 1234 5678", "+525512345678")]
#[case("CN", "021-62345678-801", "+862162345678")]
#[case("CN", "021-62345678-8012 (office)", "+862162345678")]
#[case("HK", "001 61 2 5550 1234", "+61255501234")]
#[case("US", "(415) 555-0100", "+14155550100")]
#[case("US", "1-415-555-0100", "+14155550100")]
#[case("US", "011 44 20 7946 0958", "+442079460958")]
#[case("CN", "010-12345678", "+861012345678")]
#[case("CN", "138 0013 8000", "+8613800138000")]
#[case("JP", "010 61 2 5550 1234", "+61255501234")]
#[case("IT", "06 698 12345", "+390669812345")]
#[case("IM", "01624 756789", "+441624756789")]
fn national_numbers_are_read_by_the_region(#[case] region: &str, #[case] typed: &str, #[case] e164: &str) {
    assert_eq!(E164::parse(typed, of(region)).unwrap().as_str(), e164);
}

#[rstest]
#[case("+61 2 5550 1234 ext 7", Some("7"))]
#[case("+61 2 5550 1234 ext. 7", Some("7"))]
#[case("+61 2 5550 1234, extension: 12", Some("12"))]
#[case("+61 2 5550 1234 (ext 7)", Some("7"))]
#[case("+61 2 5550 1234x7", Some("7"))]
#[case("+61 2 5550 1234 #7", Some("7"))]
#[case("+61 2 5550 1234 内线 702", Some("702"))]
#[case("tel:+61-2-5550-1234;ext=7", Some("7"))]
#[case("+61 2 5550 1234", None)]
#[case("+61 2 5550 1234 x", None)]
#[case("x7", None)]
fn an_extension_stands_apart(#[case] typed: &str, #[case] apart: Option<&str>) {
    assert_eq!(extension(typed, None).as_deref(), apart);
    if apart.is_some() {
        assert_eq!(E164::parse(typed, None).unwrap().as_str(), "+61255501234");
    }
}

#[rstest]
#[case("CN", "021-62345678-801", Some("801"))]
#[case("CN", "+86 21 6234 5678-801", Some("801"))]
#[case("", "+86 21 6234 5678-8011", Some("8011"))]
#[case("CN", "021-62345678-801 (office)", Some("801"))]
#[case("CN", "021-6234-5678", None)]
#[case("US", "212-555-0100", None)]
fn digits_too_many_behind_a_hyphen_are_an_extension(
    #[case] region: &str,
    #[case] typed: &str,
    #[case] apart: Option<&str>,
) {
    assert!(E164::parse(typed, of(region)).unwrap().is_assigned());
    assert_eq!(extension(typed, of(region)).as_deref(), apart);
}

#[test]
fn a_pasted_page_is_no_number() {
    let code = |text: &str| E164::parse(text, of("AU")).unwrap_err().code;
    assert_eq!(code(&format!("+61 2 5550 1234{}", " ".repeat(2_000))), "phone.letters");
    assert_eq!(code(&"5".repeat(2_000)), "phone.length");
    assert_eq!(extension(&format!("+61 2 5550 1234 ext 7{}", " ".repeat(2_000)), None), None);
}

#[rstest]
#[case::too_long_without_its_last_group("+1-415-55501-1234", "AU", "phone.length")]
#[case::national("02 5550 1234", "", "phone.country_code")]
#[case::no_calling_code_begins_with_zero("+0 255 501 234", "AU", "phone.country_code")]
#[case::nobodys_code("+999 1234 5678", "", "phone.country_code")]
#[case::of_a_country_without_numbers("02 5550 1234", "AQ", "phone.country_code")]
#[case::letters("+1 800 FLOWERS", "US", "phone.letters")]
#[case::words("call me", "AU", "phone.letters")]
#[case::two_pluses("+61+2", "AU", "phone.letters")]
#[case::other_numerals("二五五五", "CN", "phone.letters")]
#[case::two_numbers("02 5550 1234 / 02 5550 1235", "AU", "phone.length")]
#[case::nothing("()", "AU", "phone.length")]
#[case::short("+12345", "", "phone.length")]
#[case::local_only("555 0100", "US", "phone.length")]
#[case::long("+1234567890123456", "", "phone.length")]
#[case::very_long("1234567890123456789012345678901234567890", "AU", "phone.length")]
fn what_is_wrong_with_a_number(#[case] typed: &str, #[case] region: &str, #[case] code: &str) {
    assert_eq!(E164::parse(typed, of(region)).unwrap_err().code, code);
}

#[rstest]
#[case("2123 456", "HK", "HK 7 8 9")]
#[case("+852 2123 456", "AU", "HK 7 8 9")]
#[case("(415) 555-010", "US", "US 9 10 10")]
#[case("555 010", "CA", "CA 6 10 10")]
#[case("1234567890123456789012345", "HK", " 25 6 15")]
fn the_fault_says_how_many_digits_the_region_has(#[case] typed: &str, #[case] region: &str, #[case] said: &str) {
    let params = E164::parse(typed, of(region)).unwrap_err().params;
    assert_eq!(["region", "found", "min", "max"].map(|key| params[key].as_str()).join(" "), said);
}

#[rstest]
#[case("+61255501234", true, "AU")]
#[case("+14155550100", true, "US")]
#[case("+11155550100", false, "US")]
#[case("+80012345678", true, "")]
fn numbers_nobody_has_are_known(#[case] e164: &str, #[case] assigned: bool, #[case] region: &str) {
    let number = E164::parse(e164, None).unwrap();
    assert_eq!((number.is_assigned(), number.region().map_or("", CountryCode::code)), (assigned, region));
}

#[rstest]
#[case("AU", Some("+61"))]
#[case("CA", Some("+1"))]
#[case("HK", Some("+852"))]
#[case("AQ", None)]
fn calling_codes(#[case] country: &str, #[case] code: Option<&str>) {
    assert_eq!(calling_code(of(country).unwrap()).as_deref(), code);
}

/// What the crate gives as an example of each kind, typed nationally in its region and internationally anywhere.
#[test]
fn the_example_numbers_of_every_region_are_read() {
    use rlibphonenumber::PhoneNumberType as Kind;
    let mut read = 0;
    for country in CountryCode::all() {
        let Some(region) = known(country) else { continue };
        for kind in [Kind::FixedLine, Kind::Mobile, Kind::TollFree, Kind::VoIP] {
            let Ok(number) = BOOK.get_example_number_for_type_and_region(region, kind) else { continue };
            let e164 = BOOK.format(&number, PhoneNumberFormat::E164).into_owned();
            let national = BOOK.format(&number, PhoneNumberFormat::National).into_owned();
            let international = BOOK.format(&number, PhoneNumberFormat::International).into_owned();
            let zeros = format!("00{}", &e164[1..]);
            for (typed, near) in [
                (national, Some(country)),
                (international.clone(), Some(country)),
                (international, None),
                (zeros, None),
            ] {
                let parsed = E164::parse(&typed, near).unwrap_or_else(|fault| panic!("{typed} {near:?} {fault:?}"));
                assert_eq!(parsed.as_str(), e164, "{typed} in {near:?}");
                assert!(parsed.is_assigned(), "{typed}");
                assert_eq!(extension(&typed, near), None, "{typed}");
            }
            read += 1;
        }
    }
    assert!(read > 600, "{read}");
}

proptest! {
    #[test]
    fn what_is_sent_fits_the_contract(typed in r"[+0-9 ()x-]{1,24}", region in "[A-Z]{2}") {
        if let Ok(number) = E164::parse(&typed, of(&region)) {
            let digits = number.as_str().strip_prefix('+').unwrap();
            prop_assert!((6..=15).contains(&digits.len()) && !digits.starts_with('0'));
            prop_assert!(digits.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }

    #[test]
    fn no_text_makes_it_panic(typed in any::<String>()) {
        let _ = (E164::parse(&typed, None), E164::parse(&typed, of("AU")), extension(&typed, of("CN")));
    }
}
