//! Amounts: decimal text from key to wire, never binary floating point (DECISIONS 11).

use serde_json::Number;

use super::text::fold;
use super::{CurrencyCode, Fault};

/// Most digits of an amount: more than the money of the world in its smallest coin, and what every decimal type of 96
/// bits still carries.
const MAX_DIGITS: usize = 28;
/// Digits of a group: `1,234,567`.
const GROUP_DIGITS: usize = 3;
/// Fraction digits supposed where no currency is known: that of most.
const USUAL_FRACTION_DIGITS: usize = 2;

/// A decimal number greater than zero, with its digits as typed: `12345678901234567.80`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DecimalAmount(Number);

impl DecimalAmount {
    /// Reads an amount: `12k`, `1.2m`, `1,234.50`, `1.234,50`, `1 234.50`, `1'234.50`, `$ 99.99`, `USD 99.99`. A comma
    /// before three digits groups them, as in the house's own example `12,000`, unless the currency has three fraction
    /// digits. Zeros beyond the currency's fraction digits are left out; every other digit stays.
    ///
    /// # Errors
    /// `amount.unreadable`; `amount.ambiguous` { a, b } with two spellings that can be typed instead;
    /// `amount.not_positive`; `amount.digits` { currency, digits }.
    pub fn parse(typed: &str, currency: Option<CurrencyCode>) -> Result<Self, Fault> {
        let text = bare(&fold(typed), currency);
        let (minus, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text.strip_prefix('+').unwrap_or(&text)),
        };
        let (text, zeros) = match text.char_indices().next_back() {
            Some((at, 'k' | 'K')) => (text[..at].trim_end(), 3),
            Some((at, 'm' | 'M')) => (text[..at].trim_end(), 6),
            _ => (text, 0),
        };
        let (whole, fraction) = read(text, currency, zeros)?;
        let (whole, fraction) = shift(&whole, &fraction, zeros);
        if minus || (whole.is_empty() && fraction.bytes().all(|digit| digit == b'0')) {
            return Err(Fault::new("amount.not_positive"));
        }
        let fraction = within_currency(&fraction, currency)?;
        if whole.len() + fraction.len() > MAX_DIGITS {
            return Err(unreadable());
        }
        spell(&whole, fraction).parse().map(Self).map_err(|_| unreadable())
    }

    /// The digits, with a point: as they stand on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The JSON number with exactly these digits.
    #[must_use]
    pub fn to_number(&self) -> Number {
        self.0.clone()
    }
}

impl std::fmt::Display for DecimalAmount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether two decimal texts are the same number: `99.9`, `99.90` and `9.99e1` are. Texts that are no number are never.
#[must_use]
pub fn same_number(a: &str, b: &str) -> bool {
    significant(a).is_some_and(|a| significant(b) == Some(a))
}

/// Sign, digits without zeros at either end, and the place of the point from their left.
fn significant(text: &str) -> Option<(bool, String, i64)> {
    let (mantissa, exponent) = match text.trim().split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text.trim(), 0),
    };
    let (minus, mantissa) = mantissa.strip_prefix('-').map_or((false, mantissa), |rest| (true, rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if whole.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let leading = digits.len() - digits.trim_start_matches('0').len();
    let digits = digits.trim_matches('0').to_owned();
    if digits.is_empty() {
        return Some((false, digits, 0));
    }
    let point = i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()?;
    Some((minus, digits, point.checked_add(exponent)?))
}

/// Without currency signs, and without the code of the currency that is chosen anyway.
fn bare(text: &str, currency: Option<CurrencyCode>) -> String {
    let mut text =
        text.replace(['$', '€', '£', '¥', '￥', '₩', '₹', '￡', '￦', '฿', '₫', '₱', '₽', '₺', '₴', '₪'], "");
    if let Some(code) = currency.map(CurrencyCode::code) {
        let upper = text.to_ascii_uppercase();
        if upper.trim_start().starts_with(code) || upper.trim_end().ends_with(code) {
            text = upper.replacen(code, "", 1);
        }
    }
    text.trim().to_owned()
}

/// The digits before and after the point.
fn read(text: &str, currency: Option<CurrencyCode>, zeros: usize) -> Result<(String, String), Fault> {
    if text.is_empty() || !text.chars().all(|char| matches!(char, '0'..='9' | '.' | ',' | ' ' | '\'')) {
        return Err(unreadable());
    }
    let last_mark = text.rfind(['.', ',']);
    let Some((at, mark)) = last_mark.and_then(|at| text[at..].chars().next().map(|mark| (at, mark))) else {
        return grouped(text).map(|whole| (whole, String::new()));
    };
    let (before, after) = (&text[..at], &text[at + 1..]);
    if before.contains(mark) {
        // The same mark twice can only group, and then nothing else may follow.
        return grouped(text).map(|whole| (whole, String::new()));
    }
    let lone = before.bytes().all(|byte| byte.is_ascii_digit());
    if lone && after.len() == GROUP_DIGITS && !before.starts_with('0') && (1..=GROUP_DIGITS).contains(&before.len()) {
        let groups =
            mark == ',' && zeros == 0 && currency.is_none_or(|currency| currency.fraction_digits() < GROUP_DIGITS);
        let groups_after_suffix = mark == ',' && zeros > 0;
        if groups || groups_after_suffix {
            return Ok((format!("{before}{after}"), String::new()));
        }
        return Err(ambiguous(before, after, currency, zeros));
    }
    if !after.bytes().all(|byte| byte.is_ascii_digit()) || (before.is_empty() && after.is_empty()) {
        return Err(unreadable());
    }
    Ok((if before.is_empty() { String::new() } else { grouped(before)? }, after.to_owned()))
}

/// The digits of a whole number with one kind of mark between its groups: three digits each, or the Indian way (two
/// each, the last three).
fn grouped(text: &str) -> Result<String, Fault> {
    let mut marks = text.chars().filter(|char| !char.is_ascii_digit());
    let Some(mark) = marks.next() else { return Ok(text.to_owned()) };
    let groups: Vec<&str> = text.split(mark).collect();
    let (first, last) = (groups[0], groups[groups.len() - 1]);
    let middle = &groups[1..groups.len() - 1];
    let even = |digits: usize| middle.iter().all(|group| group.len() == digits);
    let fits = marks.all(|other| other == mark)
        && (1..=GROUP_DIGITS).contains(&first.len())
        && last.len() == GROUP_DIGITS
        && (even(GROUP_DIGITS) || (even(2) && first.len() <= 2 && mark == ','));
    if fits { Ok(groups.concat()) } else { Err(unreadable()) }
}

/// Moves the point to the right, and drops zeros at the left.
fn shift(whole: &str, fraction: &str, zeros: usize) -> (String, String) {
    let mut fraction: String = fraction.to_owned();
    while fraction.len() < zeros {
        fraction.push('0');
    }
    let rest = fraction.split_off(zeros);
    (format!("{whole}{fraction}").trim_start_matches('0').to_owned(), rest)
}

fn within_currency(fraction: &str, currency: Option<CurrencyCode>) -> Result<&str, Fault> {
    let Some(currency) = currency else { return Ok(fraction) };
    let digits = currency.fraction_digits();
    if fraction.len() <= digits {
        return Ok(fraction);
    }
    if fraction[digits..].bytes().all(|digit| digit == b'0') {
        return Ok(&fraction[..digits]);
    }
    Err(Fault::new("amount.digits").with("currency", currency).with("digits", digits))
}

fn spell(whole: &str, fraction: &str) -> String {
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

/// Both readings, spelled so that typing either is understood: `1.234` is 1234 or 1.23 (UX D); with three fraction digits
/// 1234 or 1.2340; `1.234k` is 1234000 or 1234.
fn ambiguous(before: &str, after: &str, currency: Option<CurrencyCode>, zeros: usize) -> Fault {
    let (a, _) = shift(&format!("{before}{after}"), "", zeros);
    let (whole, fraction) = shift(before, after, zeros);
    let digits = currency.map_or(USUAL_FRACTION_DIGITS, CurrencyCode::fraction_digits);
    let fraction = if digits < GROUP_DIGITS {
        fraction.get(..digits).unwrap_or(&fraction).to_owned()
    } else {
        format!("{fraction}0")
    };
    let b = if zeros > 0 { whole } else { spell(&whole, &fraction) };
    Fault::new("amount.ambiguous").with("a", a).with("b", b)
}

fn unreadable() -> Fault {
    Fault::new("amount.unreadable")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn currency(code: &str) -> Option<CurrencyCode> {
        CurrencyCode::parse(code).ok()
    }

    #[rstest]
    #[case("12345678901234567.80", "USD", "12345678901234567.80")]
    #[case("99.99", "USD", "99.99")]
    #[case("120k", "AUD", "120000")]
    #[case("12 K", "AUD", "12000")]
    #[case("1.2m", "USD", "1200000")]
    #[case("1,5m", "EUR", "1500000")]
    #[case("0.5k", "JPY", "500")]
    #[case("1.2345k", "USD", "1234.5")]
    #[case("1,200k", "USD", "1200000")]
    #[case("1,234.50", "USD", "1234.50")]
    #[case("1.234,50", "EUR", "1234.50")]
    #[case("1,234,567", "USD", "1234567")]
    #[case("1.234.567", "EUR", "1234567")]
    #[case("1.234.567,89", "EUR", "1234567.89")]
    #[case("12,34,567.50", "INR", "1234567.50")]
    #[case("12,000", "USD", "12000")]
    #[case("1 234 567,5", "EUR", "1234567.5")]
    #[case("1\u{202F}234\u{A0}567.5", "EUR", "1234567.5")]
    #[case("1'234.50", "CHF", "1234.50")]
    #[case("1’234’567", "CHF", "1234567")]
    #[case("１２３４．５０", "USD", "1234.50")]
    #[case("1234.567", "KWD", "1234.567")]
    #[case("0.123", "KWD", "0.123")]
    #[case("1.2340", "KWD", "1.234")]
    #[case("1000.00", "JPY", "1000")]
    #[case("$1,234.50", "USD", "1234.50")]
    #[case("￥12000", "JPY", "12000")]
    #[case("usd 1,234.50", "USD", "1234.50")]
    #[case("1,234.50 USD", "USD", "1234.50")]
    #[case("007", "USD", "7")]
    #[case(".5", "USD", "0.5")]
    #[case("5.", "USD", "5")]
    #[case("+5", "USD", "5")]
    fn amounts_are_read(#[case] typed: &str, #[case] code: &str, #[case] digits: &str) {
        assert_eq!(DecimalAmount::parse(typed, currency(code)).unwrap().as_str(), digits);
    }

    #[rstest]
    #[case("1.234", "USD", "1234", "1.23")]
    #[case("1.234", "JPY", "1234", "1")]
    #[case("1.234", "", "1234", "1.23")]
    #[case("1.234", "KWD", "1234", "1.2340")]
    #[case("1,234", "KWD", "1234", "1.2340")]
    #[case("1.234k", "USD", "1234000", "1234")]
    fn an_ambiguous_point_is_asked_for(#[case] typed: &str, #[case] code: &str, #[case] a: &str, #[case] b: &str) {
        let fault = DecimalAmount::parse(typed, currency(code)).unwrap_err();
        assert_eq!(fault, Fault::new("amount.ambiguous").with("a", a).with("b", b));
        for spelling in [a, b] {
            assert!(DecimalAmount::parse(spelling, currency(code)).is_ok(), "{spelling} can be typed instead");
        }
    }

    #[rstest]
    #[case("twelve", "amount.unreadable")]
    #[case("12,34", "amount.digits")]
    #[case("1,23,45", "amount.unreadable")]
    #[case("12 34", "amount.unreadable")]
    #[case("1.234,567.8", "amount.unreadable")]
    #[case("1,234.567,8", "amount.unreadable")]
    #[case("1 2,345.6", "amount.unreadable")]
    #[case("k", "amount.unreadable")]
    #[case("1e5", "amount.unreadable")]
    #[case("(5)", "amount.unreadable")]
    #[case("AUD 5", "amount.unreadable")]
    #[case("12345678901234567890123456789", "amount.unreadable")]
    #[case("0", "amount.not_positive")]
    #[case("0.00", "amount.not_positive")]
    #[case("-5", "amount.not_positive")]
    #[case("\u{2212}5", "amount.not_positive")]
    #[case("99.95", "amount.digits")]
    fn what_is_wrong_with_an_amount_of_yen(#[case] typed: &str, #[case] code: &str) {
        assert_eq!(DecimalAmount::parse(typed, currency("JPY")).unwrap_err().code, code);
    }

    #[rstest]
    #[case("99.9", "99.90", true)]
    #[case("99.90", "9.99e+1", true)]
    #[case("120000", "1.2E5", true)]
    #[case("0.010", "1e-2", true)]
    #[case("0", "-0.0", true)]
    #[case("12345678901234567.80", "12345678901234567.8", true)]
    #[case("12345678901234567.80", "12345678901234568", false)]
    #[case("10", "1", false)]
    #[case("-1", "1", false)]
    #[case("x", "x", false)]
    #[case("1e9999999999999999999", "1e9999999999999999999", false)]
    fn numbers_are_compared_by_value(#[case] a: &str, #[case] b: &str, #[case] same: bool) {
        assert_eq!(same_number(a, b), same);
    }

    proptest! {
        #[test]
        fn digits_arrive_as_typed(whole in "[1-9][0-9]{0,24}", fraction in "[0-9]{2}") {
            let typed = format!("{whole}.{fraction}");
            let amount = DecimalAmount::parse(&typed, currency("USD")).unwrap();
            let json = serde_json::to_string(&amount.to_number()).unwrap();
            prop_assert_eq!(&json, &typed);
            prop_assert_eq!(serde_json::from_str::<Number>(&json).unwrap().to_string(), typed);
        }

        #[test]
        fn no_text_makes_it_panic(typed in "[0-9.,' kKmM$e+-]{0,12}|\\PC*") {
            let _ = DecimalAmount::parse(&typed, currency("KWD"));
            let _ = same_number(&typed, &typed);
        }
    }
}
