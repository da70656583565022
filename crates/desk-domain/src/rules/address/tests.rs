//! What is sent of a region and a postcode, and when nothing is said of them.

use std::collections::BTreeSet;

use rstest::rstest;

use crate::application::Application;
use crate::check::check;
use crate::draft::Edit;
use crate::field::Field;
use crate::problem::Severity;
use crate::tests::sample::{CONTEXT, complete, path, problems_of, set, with};
use crate::update_form::check_update;

#[rstest]
#[case("AU", "nsw", Some("NSW"))]
#[case("AU", "New South Wales", Some("NSW"))]
#[case("AU", "N.S.W.", Some("NSW"))]
#[case("AU", "NSW", None)]
#[case("US", "california", Some("CA"))]
#[case("US", "Mass.", Some("MA"))]
#[case("US", "Washington State", Some("WA"))]
#[case("US", "new york", Some("NY"))]
#[case("CA", "Québec", Some("QC"))]
#[case("CA", "Nouveau-Brunswick", Some("NB"))]
#[case("JP", "東京", Some("東京都"))]
#[case("JP", "tokyo", Some("Tokyo"))]
#[case("JP", "Osaka Prefecture", Some("Osaka"))]
#[case("CN", "广东", Some("广东省"))]
#[case("VN", "Thừa Thiên Huế", Some("Thừa Thiên–Huế"))]
#[case("VN", "thua thien hue", Some("Thua Thien-Hue Province"))]
#[case("CN", "guangdong", Some("Guangdong Sheng"))]
#[case("HK", "九龍", Some("Kowloon"))]
#[case("AE", "Dubai", None)]
#[case("KR", "서울", Some("서울특별시"))]
#[case("KR", "seoul", Some("Seoul"))]
#[case("IE", "County Cork", Some("Co. Cork"))]
#[case("CL", "Araucania", Some("Araucanía"))]
#[case("MX", "Jalisco", Some("Jal."))]
#[case("TR", "istanbul", Some("İstanbul"))]
#[case("US", "U.S. Virgin Islands", Some("VI"))]
#[case("US", "Commonwealth of Virginia", Some("VA"))]
#[case("US", "California (CA)", Some("CA"))]
#[case("US", "US-CA", Some("CA"))]
#[case("US", "USA - Texas", Some("TX"))]
#[case("US", "New York NY, United States", Some("NY"))]
#[case("US", "Wash", Some("WA"))]
#[case("US", "Miss", Some("MS"))]
#[case("US", "W. Virginia", Some("WV"))]
#[case("US", "Vir", None)]
#[case("US", "Ontario, CA", None)]
#[case("CA", "Ont", Some("ON"))]
#[case("CA", "Sask", Some("SK"))]
#[case("CA", "Ontario, Canada", Some("ON"))]
#[case("CA", "ON CA", Some("ON"))]
#[case("CA", "Newfoundland & Labrador", Some("NL"))]
#[case("AU", "NSW, Australia", Some("NSW"))]
#[case("AU", "Vict", Some("VIC"))]
#[case("AU", "Western Australia", Some("WA"))]
#[case("AU", "South Australia", Some("SA"))]
#[case("BR", "São Paulo - SP", Some("SP"))]
#[case("BR", "Federal District", Some("DF"))]
#[case("BR", "BR-RJ", Some("RJ"))]
#[case("MX", "Chihuahua, Chih.", Some("Chih."))]
#[case("MX", "Q. Roo", Some("Q.R."))]
#[case("MX", "Mexico, Mexico", Some("Méx."))]
#[case("IN", "UK", Some("Uttarakhand"))]
#[case("IN", "CG", Some("Chhattisgarh"))]
#[case("IN", "OD", Some("Odisha"))]
#[case("IN", "Maharastra", Some("Maharashtra"))]
#[case("IN", "Daman and Diu", Some("Dadra and Nagar Haveli and Daman and Diu"))]
#[case("IN", "A&N Islands", Some("Andaman and Nicobar Islands"))]
#[case("JP", "JP-13", Some("Tokyo"))]
#[case("JP", "13", None)]
#[case("JP", "とうきょう", Some("東京都"))]
#[case("JP", "トウキョウ", Some("東京都"))]
#[case("JP", "Gumma", Some("Gunma"))]
#[case("CN", "Xinjiang Uyghur Autonomous Region", Some("Xinjiang Weiwuerzizhiqu"))]
#[case("CN", "Ningxia Hui Autonomous Region", Some("Ningxia Huizuzizhiqu"))]
#[case("CN", "Peking", Some("Beijing Shi"))]
#[case("CN", "Shanghai Municipality", Some("Shanghai Shi"))]
#[case("CN", "粤", Some("广东省"))]
#[case("CN", "Hong Kong, China", Some("Hong Kong"))]
#[case("CN", "江苏省苏州市", None)]
#[case("HK", "Kowloon, Hong Kong", Some("Kowloon"))]
#[case("HK", "Hong Kong", None)]
#[case("GB", "Greater London", None)]
#[case("AE", "Al Ain", None)]
fn a_region_is_sent_as_its_country_writes_it(#[case] country: &str, #[case] typed: &str, #[case] sent: Option<&str>) {
    echoed(country, Field::RegistrationAddressState, typed, "state", sent);
}

#[rstest]
#[case("GB", "sw1a1aa", Some("SW1A 1AA"))]
#[case("GB", "SW1A 1AA", None)]
#[case("GB", "m25bq", Some("M2 5BQ"))]
#[case("GB", "G12 8QQ", None)]
#[case("JP", "1000001", Some("100-0001"))]
#[case("JP", "100 0001", Some("100-0001"))]
#[case("JP", "〒１００−０００１", Some("100-0001"))]
#[case("CA", "h3z2y7", Some("H3Z 2Y7"))]
#[case("NL", "1234ab", Some("1234 AB"))]
#[case("BR", "01310100", Some("01310-100"))]
#[case("PL", "00950", Some("00-950"))]
#[case("PT", "1250096", Some("1250-096"))]
#[case("IE", "d02af30", Some("D02 AF30"))]
#[case("MT", "bzn1130", Some("BZN 1130"))]
#[case("LV", "1010", Some("LV-1010"))]
#[case("CH", "CH-8001", Some("8001"))]
#[case("DE", "D-80331", Some("80331"))]
#[case("SG", "S(049483)", Some("049483"))]
#[case("SE", "114 55", None)]
#[case("SE", "11455", None)]
#[case("US", "941031234", Some("94103-1234"))]
#[case("US", "94103", None)]
#[case("AU", "２０００", Some("2000"))]
#[case("TW", "110", None)]
#[case("KY", "ky11100", Some("KY1-1100"))]
#[case("AR", "c1070aam", Some("C1070AAM"))]
#[case("AU", "20000", None)]
#[case("US", "NY 10001", Some("10001"))]
#[case("US", "California, 94103", Some("94103"))]
#[case("US", "501", Some("00501"))]
#[case("US", "2101", Some("02101"))]
#[case("AU", "QLD 4000", Some("4000"))]
#[case("AU", "Australia 4000", Some("4000"))]
#[case("AU", "800", Some("0800"))]
#[case("AU", "500", None)]
#[case("CA", "ON M5V 3L9", Some("M5V 3L9"))]
#[case("CA", "ON m5v3l9", Some("M5V 3L9"))]
#[case("SG", "Singapore 049483", Some("049483"))]
#[case("SG", "49483", Some("049483"))]
#[case("SG", "04948", None)]
#[case("DE", "1067", Some("01067"))]
#[case("DE", "106", None)]
#[case("BR", "1310100", Some("01310-100"))]
#[case("FR", "75001 CEDEX 08", Some("75001"))]
#[case("FR", "75001 cedex", Some("75001"))]
#[case("FR", "75001 Paris", None)]
#[case("AT", "101", None)]
#[case("TH", "๑๐๒๐๐", Some("10200"))]
#[case("QA", "122104", None)]
fn a_postcode_is_sent_in_the_form_of_its_country(
    #[case] country: &str,
    #[case] typed: &str,
    #[case] sent: Option<&str>,
) {
    echoed(country, Field::ResidentialAddressPostcode, typed, "postcode", sent);
}

fn echoed(country: &str, field: Field, typed: &str, code: &str, sent: Option<&str>) {
    let draft = with(&[(super::country_field(field), country), (field, typed)]);
    let echoes = check(&draft, &CONTEXT).echoes;
    let found = echoes.iter().find(|echo| echo.path == path(field));
    assert_eq!(found.map(|echo| (echo.code.as_str(), echo.params[code].as_str())), sent.map(|sent| (code, sent)));
}

#[test]
fn the_application_has_what_the_echo_says() {
    let mut draft = complete();
    set(&mut draft, Field::RegistrationAddressState, "new south wales");
    set(&mut draft, Field::ResidentialAddressCountryCode, "uk");
    set(&mut draft, Field::ResidentialAddressState, "");
    set(&mut draft, Field::ResidentialAddressPostcode, "sw1a1aa");
    let sent = Application::of(&draft, &CONTEXT, false).unwrap();
    let text = |field| sent.get(path(field)).map(crate::value::Value::wire_text);
    assert_eq!(text(Field::RegistrationAddressState).as_deref(), Some("NSW"));
    assert_eq!(text(Field::ResidentialAddressPostcode).as_deref(), Some("SW1A 1AA"));
}

#[test]
fn a_postcode_of_another_region_says_which() {
    let draft = with(&[
        (Field::RegistrationAddressCountryCode, "US"),
        (Field::RegistrationAddressState, "nevada"),
        (Field::RegistrationAddressPostcode, "90210"),
    ]);
    let problems = problems_of(&draft);
    let params: Vec<_> = problems[0].params.values().map(String::as_str).collect();
    assert_eq!((problems[0].severity, params), (Severity::Warning, vec!["CA", "90210", "NV"]));
}

/// Of an update, only what was touched is in a problem, and what was read and is untouched raises none.
#[test]
fn what_was_read_is_in_no_problem_of_an_update() {
    let read = with(&[
        (Field::RegistrationAddressCountryCode, "US"),
        (Field::RegistrationAddressState, "Nowhere"),
        (Field::RegistrationAddressPostcode, "1"),
    ]);
    assert_eq!(check_update(&read, &read, &[], &CONTEXT).problems, vec![]);
    let mut draft = read.clone();
    draft.apply(&Edit::Set { path: path(Field::RegistrationAddressState), text: "Elsewhere".into() });
    let problems = check_update(&draft, &read, &[], &CONTEXT).problems;
    assert_eq!(problems.iter().map(|problem| problem.code.as_str()).collect::<Vec<_>>(), ["state.unknown"]);
    assert!(problems[0].params.is_empty(), "the country is the platform's");
    draft.apply(&Edit::Set { path: path(Field::RegistrationAddressCountryCode), text: "AU".into() });
    let codes: BTreeSet<_> =
        check_update(&draft, &read, &[], &CONTEXT).problems.into_iter().map(|it| it.code).collect();
    assert_eq!(codes, BTreeSet::from(["postcode.format".to_owned(), "state.unknown".to_owned()]));
}

#[test]
fn every_pattern_is_one() {
    assert!(super::po_box::is_in("p.o. box 1", None), "the pattern of boxes compiles");
}
