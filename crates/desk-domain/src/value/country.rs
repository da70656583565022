//! Countries (ISO 3166-1).

use std::fmt;

use super::Fault;
use super::text::fold;
use crate::reference::country_names;

/// Most bytes of a typed name that is looked at.
const MOST_TYPED: usize = 400;

/// A country of ISO 3166-1, as its two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode(&'static str);

impl CountryCode {
    /// Reads a code of two or three letters in any case, a whole name (that of ISO 3166-1, or one of [`country_names`]), an
    /// English word for a nationality, or a code beside the name of the same country (`HK - Hong Kong`); case, accents and
    /// punctuation folded. A name of several countries is none.
    ///
    /// # Errors
    /// `country.unknown`.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        // No name is so long; a pasted page is read beside every field of an address.
        if typed.len() > MOST_TYPED {
            return Err(Fault::new("country.unknown"));
        }
        let text = fold(typed);
        Self::of_name(&text).or_else(|| Self::of_code_and_name(&text)).ok_or_else(|| Fault::new("country.unknown"))
    }

    /// A code, a name, a nationality.
    fn of_name(text: &str) -> Option<Self> {
        Self::of_code(text).or_else(|| country_names::find(text)).or_else(|| country_names::of_nationality(text))
    }

    /// `Australia (AU)`, `HK - Hong Kong`, `AUS: Australia`.
    fn of_code_and_name(text: &str) -> Option<Self> {
        let text = text.trim_matches(|char: char| !char.is_alphanumeric());
        let of =
            |code: &str, name: &str| Self::of_code(code).filter(|country| country_names::find(name) == Some(*country));
        let is_cut = |char: char| !char.is_alphanumeric() && char != '\'';
        let (first, rest) = text.split_once(is_cut)?;
        let (front, last) = text.rsplit_once(is_cut)?;
        of(first, rest).or_else(|| of(last, front))
    }

    fn of_code(text: &str) -> Option<Self> {
        let upper = text.to_ascii_uppercase();
        match upper.len() {
            2 => Self::of_alpha2(&upper),
            3 => rust_iso3166::from_alpha3(&upper).map(|country| Self(country.alpha2)),
            _ => None,
        }
    }

    /// The country of a code of two capital letters.
    pub(crate) fn of_alpha2(code: &str) -> Option<Self> {
        rust_iso3166::from_alpha2(code).map(|country| Self(country.alpha2))
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
    #[case("Holland", "NL")]
    #[case("uk", "GB")]
    #[case("中国", "CN")]
    #[case(" ＵＡＥ ", "AE")]
    #[case("HK - Hong Kong", "HK")]
    #[case("Australia (AU)", "AU")]
    #[case("AUS: Australia", "AU")]
    #[case("Hong Kong, China", "HK")]
    #[case("Korea, North", "KP")]
    #[case("british", "GB")]
    #[case("American", "US")]
    fn codes_and_whole_names_are_read(#[case] typed: &str, #[case] code: &str) {
        assert_eq!(CountryCode::parse(typed).unwrap().code(), code);
    }

    #[rstest]
    #[case::no_country("XX")]
    #[case::part_of_a_name("austral")]
    #[case::a_code_with_more("AU1")]
    #[case::two_countries("Virgin Islands")]
    #[case::both_congos("Congo")]
    #[case::both_koreas("Korean")]
    #[case::no_code_of_the_standard("Kosovo")]
    #[case::a_users_code("XK")]
    #[case::a_code_of_another("AU - Austria")]
    #[case::a_nationality_and_more("British Airways")]
    #[case::more_than_a_name("中国人")]
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
