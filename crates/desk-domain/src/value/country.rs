//! Countries (ISO 3166-1).

use std::fmt;

use super::Fault;
use super::text::fold;

/// A country of ISO 3166-1, as its two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode(&'static str);

impl CountryCode {
    /// Reads a code of two or three letters in any case, or the whole English name of ISO 3166-1.
    ///
    /// # Errors
    /// `country.unknown`.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let text = fold(typed);
        let upper = text.to_ascii_uppercase();
        let found = match upper.len() {
            2 => rust_iso3166::from_alpha2(&upper),
            3 => rust_iso3166::from_alpha3(&upper),
            _ => rust_iso3166::ALL_ALPHA2
                .iter()
                .filter_map(|code| rust_iso3166::from_alpha2(code))
                .find(|country| same_letters(country.name, &text)),
        };
        found.map(|country| Self(country.alpha2)).ok_or_else(|| Fault::new("country.unknown"))
    }

    /// The two letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Every country of the standard, in the order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        let mut codes: Vec<_> = rust_iso3166::ALL_ALPHA2.to_vec();
        codes.sort_unstable();
        codes.into_iter().map(Self)
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

fn same_letters(a: &str, b: &str) -> bool {
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("AU", "AU")]
    #[case("au", "AU")]
    #[case(" ａｕ ", "AU")]
    #[case("chn", "CN")]
    #[case("china", "CN")]
    #[case("Korea (Republic of)", "KR")]
    #[case("CÔTE D’IVOIRE", "CI")]
    fn codes_and_english_names_are_read(#[case] typed: &str, #[case] code: &str) {
        assert_eq!(CountryCode::parse(typed).unwrap().code(), code);
    }

    #[rstest]
    #[case::no_country("XX")]
    #[case::part_of_a_name("austral")]
    #[case::a_code_with_more("AU1")]
    #[case::han("中国")]
    fn anything_else_is_unknown(#[case] typed: &str) {
        assert_eq!(CountryCode::parse(typed).unwrap_err().code, "country.unknown");
    }

    #[test]
    fn the_list_holds_what_is_read_and_each_once() {
        let all: Vec<_> = CountryCode::all().collect();
        assert!(all.len() > 240 && all.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(all.iter().all(|country| CountryCode::parse(country.code()).as_ref() == Ok(country)));
    }
}
