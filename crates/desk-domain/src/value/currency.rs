//! Currencies (ISO 4217).

use std::fmt;

use iso_currency::{Currency, IntoEnumIterator};

use super::Fault;
use super::text::fold;

/// A currency of ISO 4217 that is money today: no fund, no metal, none that another one has replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CurrencyCode(Currency);

impl CurrencyCode {
    /// Reads a code in any case.
    ///
    /// # Errors
    /// `currency.unknown`.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        Currency::from_code(&fold(typed).to_ascii_uppercase())
            .filter(|currency| currency.flags().is_empty())
            .map(Self)
            .ok_or_else(|| Fault::new("currency.unknown"))
    }

    /// The three letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Digits after the decimal point: 2 for USD, 0 for JPY, 3 for KWD.
    #[must_use]
    pub fn fraction_digits(self) -> usize {
        self.0.exponent().map_or(0, usize::from)
    }

    /// Every currency that is read, in the order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        let mut all: Vec<_> = Currency::iter().filter(|currency| currency.flags().is_empty()).map(Self).collect();
        all.sort_unstable_by_key(|currency| currency.code());
        all.into_iter()
    }
}

impl fmt::Display for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("aud", "AUD", 2)]
    #[case("ＪＰＹ", "JPY", 0)]
    #[case(" Kwd ", "KWD", 3)]
    fn codes_are_read_with_their_digits(#[case] typed: &str, #[case] code: &str, #[case] digits: usize) {
        let currency = CurrencyCode::parse(typed).unwrap();
        assert_eq!((currency.code(), currency.fraction_digits()), (code, digits));
    }

    #[rstest]
    #[case::none("AAA")]
    #[case::a_name("dollar")]
    #[case::replaced("HRK")]
    #[case::metal("XAU")]
    #[case::test_code("XTS")]
    #[case::fund("CLF")]
    fn anything_else_is_unknown(#[case] typed: &str) {
        assert_eq!(CurrencyCode::parse(typed).unwrap_err().code, "currency.unknown");
    }

    #[test]
    fn the_list_holds_what_is_read() {
        assert!(CurrencyCode::all().count() > 140);
        assert!(CurrencyCode::all().all(|currency| CurrencyCode::parse(currency.code()) == Ok(currency)));
    }
}
