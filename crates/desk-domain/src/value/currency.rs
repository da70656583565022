//! Currencies (ISO 4217).

use std::fmt;

use iso_currency::{Currency, IntoEnumIterator};

use super::Fault;
use super::text::fold;

/// Currencies by the power of ten nearest to what a US dollar costs in them (no rate is known here, only the
/// size matters, and of a currency that is missing it is that of the dollar).
const UNITS: &[(usize, &str)] = &[
    (
        1,
        "BOB BRL BWP CNY CZK DKK EGP ERN ETB GHS GMD GTQ HKD HNL LSL MAD MDL MOP MVR MXN MZN NAD NOK PEN SCR SEK SRD STN SZL TTD UAH UYU VES ZAR ZMW",
    ),
    (
        2,
        "AFN ALL BDT BTN CVE DJF DOP DZD HTG INR ISK JMD JPY KES KGS LRD MKD MRU MUR NIO NPR PHP PKR RSD RUB SSP THB TRY TWD VUV XPF",
    ),
    (3, "AMD AOA ARS BIF CDF CLP COP CRC GYD HUF IQD KMF KRW KZT LKR MMK MWK NGN RWF SDG SOS TZS XAF XOF YER"),
    (4, "GNF IDR KHR LAK MGA MNT PYG SYP UGX UZS VND"),
    (5, "IRR LBP"),
];

/// A currency of ISO 4217 that is money today: no fund, no metal, none that another one has replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CurrencyCode(Currency);

impl CurrencyCode {
    /// Reads a code in any case.
    ///
    /// # Errors
    /// `currency.unknown`.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        // Three letters, in any width and with spaces around: a pasted page is none.
        let code = if typed.len() > 100 { String::new() } else { fold(typed).to_ascii_uppercase() };
        Currency::from_code(&code)
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

    /// Zeros of the amount that is about one US dollar: 0 of EUR, 2 of JPY, 4 of VND.
    #[must_use]
    pub fn unit_zeros(self) -> usize {
        UNITS.iter().find(|(_, codes)| codes.split(' ').any(|code| code == self.code())).map_or(0, |(zeros, _)| *zeros)
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
