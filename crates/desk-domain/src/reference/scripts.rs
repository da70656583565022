//! The script in which names are registered, for countries where that is not Latin.

use crate::value::CountryCode;

/// Countries by script (ISO 15924 code), from the scripts of their official languages (Unicode CLDR, supplementalData, `languageData` and
/// `territoryInfo`). Left out: countries whose registers take names in Latin letters as a matter of course - Hong Kong, Singapore, India,
/// Israel, Serbia, the Maghreb.
const SCRIPTS: &[(&str, &[&str])] = &[
    ("Arab", &["AE", "AF", "BH", "EG", "IQ", "IR", "JO", "KW", "LY", "OM", "QA", "SA", "SY", "YE"]),
    ("Armn", &["AM"]),
    ("Cyrl", &["BG", "BY", "KG", "KZ", "MK", "MN", "RU", "TJ", "UA"]),
    ("Geor", &["GE"]),
    ("Grek", &["GR"]),
    ("Hani", &["CN", "MO", "TW"]),
    ("Jpan", &["JP"]),
    ("Khmr", &["KH"]),
    ("Kore", &["KP", "KR"]),
    ("Laoo", &["LA"]),
    ("Mymr", &["MM"]),
    ("Thai", &["TH"]),
];

/// The script in which a country's local names are expected, as its ISO 15924 code; `None` where Latin letters are as good.
#[must_use]
pub fn local_script(country: CountryCode) -> Option<&'static str> {
    SCRIPTS.iter().find(|(_, countries)| countries.contains(&country.code())).map(|(script, _)| *script)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("CN", Some("Hani"))]
    #[case("JP", Some("Jpan"))]
    #[case("HK", None)]
    #[case("AU", None)]
    fn the_script_of_a_country(#[case] country: &str, #[case] script: Option<&str>) {
        assert_eq!(local_script(CountryCode::parse(country).unwrap()), script);
    }

    #[test]
    fn every_country_exists_and_has_one_script() {
        let all: Vec<_> = SCRIPTS.iter().flat_map(|(_, countries)| *countries).collect();
        for code in &all {
            assert!(CountryCode::parse(code).is_ok(), "{code}");
            assert_eq!(all.iter().filter(|other| *other == code).count(), 1, "{code}");
        }
    }
}
