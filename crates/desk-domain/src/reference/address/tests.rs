//! The data as a whole: it is read, and nothing in it is refused.

use rstest::rstest;

use super::table::{CLOSED, known};
use super::*;
use crate::search::fold;

fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).unwrap()
}

fn all() -> impl Iterator<Item = &'static table::Known> {
    CountryCode::all().filter_map(known)
}

#[rstest]
#[case("AU", &["line1", "city", "state", "postcode"], &["line1", "city", "state", "postcode"], ["state", "suburb", "postcode"])]
#[case("US", &["line1", "city", "state", "postcode"], &["line1", "city", "state", "postcode"], ["state", "city", "zip"])]
#[case("HK", &["state", "city", "line1"], &["line1", "state"], ["area", "district", "postcode"])]
#[case("JP", &["postcode", "state", "city", "line1"], &["line1", "state", "postcode"], ["prefecture", "city", "postcode"])]
#[case("SG", &["line1", "city", "postcode"], &["line1", "postcode"], ["province", "city", "postcode"])]
#[case("GB", &["line1", "city", "postcode"], &["line1", "city", "postcode"], ["province", "post_town", "postcode"])]
#[case("IN", &["line1", "city", "postcode", "state"], &["line1", "city", "state", "postcode"], ["state", "city", "pin"])]
#[case("IE", &["line1", "city", "state", "postcode"], &[], ["county", "city", "eircode"])]
#[case("AE", &["line1", "city", "state"], &["line1", "state"], ["emirate", "city", "postcode"])]
#[case("KR", &["state", "city", "line1", "postcode"], &["line1", "city", "state", "postcode"], ["do_si", "city", "postcode"])]
#[case("MO", &["line1", "city"], &["line1"], ["province", "city", "postcode"])]
fn the_parts_of_a_country(
    #[case] code: &str,
    #[case] order: &[&str],
    #[case] required: &[&str],
    #[case] words: [&str; 3],
) {
    let format = of(country(code)).unwrap();
    let name = |part: &AddressPart| serde_json::to_value(part).unwrap().as_str().unwrap().to_owned();
    assert_eq!(format.order.iter().map(name).collect::<Vec<_>>(), order);
    let mut sorted = format.required.clone();
    sorted.sort_unstable();
    assert_eq!(sorted.iter().map(name).collect::<Vec<_>>(), required);
    assert_eq!([format.state_word, format.city_word, format.postcode_word], words);
}

#[rstest]
#[case("SG", Some("Singapore"))]
#[case("MO", Some("Macau"))]
#[case("GI", Some("Gibraltar"))]
#[case("HK", None)]
#[case("AE", None)]
fn a_city_that_is_a_country(#[case] code: &str, #[case] city: Option<&str>) {
    assert_eq!(of(country(code)).unwrap().only_city, city);
}

#[test]
fn nothing_is_said_of_a_country_that_the_data_does_not_know() {
    let unknown = country("QA");
    assert_eq!(of(unknown), None);
    assert!(!requires(unknown, AddressPart::Postcode) && writes(unknown, AddressPart::Postcode));
    assert_eq!((region(unknown, "Doha"), regions(unknown), postcode(unknown, "1")), (None, Regions::Unknown, Ok(None)));
}

#[test]
fn every_country_that_writes_an_address_is_read_whole() {
    assert!(all().count() > 170, "{} countries", all().count());
    for known in all() {
        let format = &known.format;
        let has = |part| format.order.contains(&part);
        assert!(has(AddressPart::Line1) && has(AddressPart::City), "{}", known.country);
        assert!(format.required.iter().all(|part| has(*part)), "{} requires what it does not write", known.country);
        assert_eq!(known.zip.is_some(), !format.postcode_examples.is_empty(), "{}", known.country);
        assert!(format.regions.iter().all(|region| !region.key.is_empty()), "{}", known.country);
        assert!(known.format.regions.is_empty() || has(AddressPart::State), "{}", known.country);
        for (at, zips) in known.zips.iter().enumerate() {
            assert_eq!(known.has_postcode(at, "-").is_some(), !zips.pattern.is_empty(), "{}", known.country);
        }
    }
}

#[test]
fn every_example_of_a_postcode_is_read_as_it_stands() {
    for known in all() {
        for example in &known.format.postcode_examples {
            assert_eq!(postcode(known.country, example), Ok(Some((*example).to_owned())), "{}", known.country);
            let bare: String = example.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
            assert_eq!(postcode(known.country, &bare), Ok(Some((*example).to_owned())), "{} {bare}", known.country);
        }
    }
}

#[test]
fn every_name_of_a_region_means_it() {
    for known in all() {
        for (at, entry) in known.format.regions.iter().enumerate() {
            for name in [Some(entry.key), entry.name, entry.latin].into_iter().flatten() {
                for spelled in [name.to_owned(), name.to_lowercase(), name.to_uppercase(), fold(name)] {
                    assert_eq!(known.region(&spelled), Some(at), "{} {spelled}", known.country);
                }
                let sent = region(known.country, name).unwrap();
                assert!(sent == entry.key || Some(sent) == entry.latin, "{} {name}", known.country);
                assert_eq!(region(known.country, sent), Some(sent), "what is sent is read as the same");
            }
        }
    }
}

/// The criterion of [`CLOSED`], as far as a machine can judge it.
#[test]
fn a_closed_list_is_required_and_has_one_latin_spelling_a_region() {
    for code in CLOSED {
        let format = of(country(code)).unwrap();
        assert!(format.required.contains(&AddressPart::State) && !format.regions.is_empty(), "{code}");
        assert!(
            format
                .regions
                .iter()
                .all(|region| region.key.is_ascii() || region.latin.is_some() || region.name.is_some())
        );
        let known = rust_iso3166::iso3166_2::SUBDIVISION_COUNTRY_MAP.get(code).map_or(0, |all| all.len());
        assert!(format.regions.len() >= known, "{code} has {known} subdivisions, the data {}", format.regions.len());
    }
}

#[rstest]
#[case("TW", "新竹", None)]
#[case("US", "New", None)]
#[case("US", "", None)]
#[case("US", "state", None)]
#[case("AR", "tierra", None)]
fn what_means_several_regions_means_none(#[case] code: &str, #[case] typed: &str, #[case] sent: Option<&str>) {
    assert_eq!(region(country(code), typed), sent);
}
