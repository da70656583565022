//! Other names of countries: common English ones, their own, abbreviations. From the CLDR, and ours
//! (`data/country-names.txt`).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::search;
use crate::value::CountryCode;

static TEXT: &str = include_str!("../../data/country-names.txt");

/// Names of a country that people type, then what its people and things are called in English: `Holland`, `UK`,
/// `Deutschland`, `AUS`, `Dutch`. Not those of ISO 3166-1.
#[must_use]
pub fn aliases(country: CountryCode) -> &'static [&'static str] {
    static NAMES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
        lines()
            .map(|(country, names, adjectives)| {
                let code = country.code();
                let iso = rust_iso3166::from_alpha2(code);
                let is_iso = |name: &str| iso.is_some_and(|iso| letters(iso.name) == letters(name));
                let names = parts(names).chain(parts(adjectives)).filter(|name| !is_iso(name));
                (code, iso.map(|iso| iso.alpha3).into_iter().chain(names).collect())
            })
            .collect()
    });
    NAMES.get(country.code()).map_or(&[], Vec::as_slice)
}

/// Names of ISO 3166-1 that alone may mean another country as well: both Congos have longer ones.
const OF_SEVERAL: &[&str] = &["congo"];

/// Folded names, and the country of each; `None` where two countries have it.
type Index = HashMap<String, Option<CountryCode>>;

/// The country that a name of ISO 3166-1 or an alias means, case, accents and punctuation folded; `None` where it is none
/// or several. A word for a nationality is no name of a place.
#[must_use]
pub fn find(name: &str) -> Option<CountryCode> {
    static INDEX: LazyLock<Index> = LazyLock::new(|| {
        let mut index = Index::new();
        for country in CountryCode::all() {
            let iso = rust_iso3166::from_alpha2(country.code());
            for name in iso.iter().flat_map(|iso| [iso.name, iso.alpha3]) {
                put(&mut index, name, country);
            }
        }
        for (country, names, _) in lines() {
            for name in parts(names) {
                put(&mut index, name, country);
            }
        }
        for name in OF_SEVERAL {
            index.insert(letters(name), None);
        }
        index
    });
    let name = letters(name);
    // `The Gambia`, `The Philippines`.
    let found = INDEX.get(&name).or_else(|| INDEX.get(name.strip_prefix("the")?));
    *found?
}

/// The country of an English word for a nationality: `British`, `Chinese`, `Emirati`.
#[must_use]
pub fn of_nationality(word: &str) -> Option<CountryCode> {
    static INDEX: LazyLock<Index> = LazyLock::new(|| {
        let mut index = Index::new();
        for (country, _, adjectives) in lines() {
            for word in parts(adjectives) {
                put(&mut index, word, country);
            }
        }
        index
    });
    *INDEX.get(&letters(word))?
}

fn put(index: &mut Index, name: &str, country: CountryCode) {
    let of = index.entry(letters(name)).or_insert(Some(country));
    if *of != Some(country) {
        *of = None;
    }
}

/// The lines of the data: a country, its names, its adjectives.
fn lines() -> impl Iterator<Item = (CountryCode, &'static str, &'static str)> {
    TEXT.lines().filter_map(|line| {
        let (code, names) = line.split_once('\t')?;
        let (names, adjectives) = names.split_once('\t').unwrap_or((names, ""));
        Some((CountryCode::of_alpha2(code)?, names, adjectives))
    })
}

fn parts(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(';').filter(|name| !name.is_empty())
}

/// What two spellings of a name have in common: its letters and digits, folded; `&` is `and`.
fn letters(name: &str) -> String {
    search::fold(&name.replace('&', " and ")).chars().filter(|char| char.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("UK", "GB")]
    #[case("u.k.", "GB")]
    #[case("great britain", "GB")]
    #[case("England", "GB")]
    #[case("Scotland", "GB")]
    #[case("Holland", "NL")]
    #[case("the netherlands", "NL")]
    #[case("USA", "US")]
    #[case("U.S.A.", "US")]
    #[case("america", "US")]
    #[case("UAE", "AE")]
    #[case("burma", "MM")]
    #[case("Swaziland", "SZ")]
    #[case("Czechia", "CZ")]
    #[case("Czech Republic", "CZ")]
    #[case("ivory coast", "CI")]
    #[case("cote d'ivoire", "CI")]
    #[case("South Korea", "KR")]
    #[case("North Korea", "KP")]
    #[case("대한민국", "KR")]
    #[case("russia", "RU")]
    #[case("Россия", "RU")]
    #[case("vietnam", "VN")]
    #[case("Taiwan", "TW")]
    #[case("臺灣", "TW")]
    #[case("Hong Kong", "HK")]
    #[case("香港", "HK")]
    #[case("Macau", "MO")]
    #[case("macao", "MO")]
    #[case("turkey", "TR")]
    #[case("Turkiye", "TR")]
    #[case("Cape Verde", "CV")]
    #[case("East Timor", "TL")]
    #[case("deutschland", "DE")]
    #[case("ÖSTERREICH", "AT")]
    #[case("osterreich", "AT")]
    #[case("中国", "CN")]
    #[case("中國", "CN")]
    #[case("日本", "JP")]
    #[case("España", "ES")]
    #[case("espana", "ES")]
    #[case("Schweiz", "CH")]
    #[case("suisse", "CH")]
    #[case("Éire", "IE")]
    #[case("الإمارات العربية المتحدة", "AE")]
    #[case("भारत", "IN")]
    #[case("GBR", "GB")]
    #[case("Viet Nam", "VN")]
    #[case("Korea, North", "KP")]
    #[case("Hong Kong, China", "HK")]
    #[case("Cayman", "KY")]
    #[case("St. Kitts", "KN")]
    #[case("St Kitts and Nevis", "KN")]
    #[case("The Gambia", "GM")]
    #[case("the philippines", "PH")]
    #[case("Democratic Republic of the Congo", "CD")]
    #[case("Congo, Republic of the", "CG")]
    #[case("Congo-Brazzaville", "CG")]
    #[case("Niger", "NE")]
    #[case("Nigeria", "NG")]
    #[case("Guinea", "GN")]
    #[case("Dominica", "DM")]
    #[case("American Samoa", "AS")]
    #[case("British Indian Ocean Territory", "IO")]
    fn names_that_people_type(#[case] name: &str, #[case] code: &str) {
        assert_eq!(find(name).map(CountryCode::code), Some(code));
    }

    #[rstest]
    #[case::two_countries("Virgin Islands")]
    #[case::a_part_of_a_name("austral")]
    #[case::nothing("")]
    #[case::both_congos("Congo")]
    #[case::a_nationality("Dutch")]
    #[case::only_the("the")]
    #[case::welsh_for_uk("DU")]
    fn no_guess(#[case] name: &str) {
        assert_eq!(find(name), None);
    }

    #[rstest]
    #[case("British", Some("GB"))]
    #[case("scottish", Some("GB"))]
    #[case("American", Some("US"))]
    #[case("American Samoan", Some("AS"))]
    #[case("Chinese", Some("CN"))]
    #[case("AUSTRALIAN", Some("AU"))]
    #[case("Dutch", Some("NL"))]
    #[case("french", Some("FR"))]
    #[case("Emirati", Some("AE"))]
    #[case("Indian", Some("IN"))]
    #[case("Nigerian", Some("NG"))]
    #[case("Nigerien", Some("NE"))]
    #[case("Hong Konger", Some("HK"))]
    #[case("New Zealander", Some("NZ"))]
    #[case("South Korean", Some("KR"))]
    #[case("Curacaoan", Some("CW"))]
    #[case::of_two("Korean", None)]
    #[case::of_two("Congolese", None)]
    #[case::of_two("Dominican", None)]
    #[case::of_three("Guinean", None)]
    #[case::a_country("France", None)]
    #[case::nothing("", None)]
    fn words_for_nationalities(#[case] word: &str, #[case] code: Option<&str>) {
        assert_eq!(of_nationality(word).map(CountryCode::code), code);
    }

    #[test]
    fn a_word_for_a_nationality_is_of_one_country_and_no_name_of_another() {
        let mut countries = 0;
        for (country, _, adjectives) in lines() {
            countries += usize::from(!adjectives.is_empty());
            for word in parts(adjectives) {
                assert_eq!(of_nationality(word), Some(country), "{word}");
                assert!(find(word).is_none_or(|found| found == country), "{word} is {country}");
                assert!(aliases(country).contains(&word), "the page offers {word}");
            }
        }
        assert!(countries > 200, "{countries} countries have one");
    }

    #[test]
    fn every_country_is_found_by_each_of_its_names() {
        let mut several = Vec::new();
        for (country, names, _) in lines() {
            assert!(aliases(country).len() > 1, "{country} has a line and names");
            let iso = rust_iso3166::from_alpha2(country.code()).unwrap().name;
            for name in parts(names).chain([iso]) {
                match find(name) {
                    Some(found) => assert_eq!(found, country, "{name}"),
                    None => several.push(name),
                }
            }
        }
        assert_eq!(lines().count(), CountryCode::all().count());
        assert_eq!(several, ["Congo"], "a name that means several finds nobody");
    }
}
