//! Amounts: decimal text from key to wire, never binary floating point (DECISIONS 11).

mod words;

use serde_json::Number;

use self::words::{Words, words};
use super::pasted::{MOST_PASTED, fold_digits, unwrap};
use super::{CurrencyCode, Fault};

/// Most digits of an amount: more than the money of the world in its smallest coin, and what every decimal type of 96
/// bits still carries.
const MAX_DIGITS: usize = 28;
/// Most characters of digits, marks and spaces that are looked at.
const MOST_TYPED: usize = 80;
/// Digits of a group: `1,234,567`.
const GROUP_DIGITS: usize = 3;
/// Digits of a group of Chinese and Japanese: `1,2345,6789`.
const LONG_GROUP_DIGITS: usize = 4;
/// Zeros of the amount in US dollars beyond which a revenue of a month is unusual (UX D: 10 million).
const LARGE_ZEROS: usize = 7;
/// Fraction digits supposed where no currency is known: that of most.
const USUAL_FRACTION_DIGITS: usize = 2;

/// A decimal number greater than zero, with its digits as typed: `12345678901234567.80`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DecimalAmount(Number);

impl DecimalAmount {
    /// Reads an amount: `12k`, `1.2m`, `12万`, `1,234.50`, `1.234,50`, `12,34,567`, `1 234.50`, `1'234.50`, `$ 99.99`,
    /// `USD 99.99`, `approx. 12k per month`. A comma
    /// before three digits groups them, as in the house's own example `12,000`, unless the currency has three fraction
    /// digits. A lone mark before more digits than the currency has may group or be the point, and is asked about:
    /// `10,0000` is a hundred thousand in China, `50,00000` a slip in India, `1000,000` either. Zeros beyond the currency's fraction digits are left out; every other digit stays.
    ///
    /// # Errors
    /// `amount.unreadable`; `amount.ambiguous` { a, b } with two spellings that can be typed instead;
    /// `amount.not_positive`; `amount.digits` { currency, digits }.
    pub fn parse(typed: &str, currency: Option<CurrencyCode>) -> Result<Self, Fault> {
        if typed.len() > MOST_PASTED {
            return Err(unreadable());
        }
        let folded = fold_digits(typed);
        let Words { digits, zeros, minus } = words(unwrap(&folded), currency);
        if digits.len() > MOST_TYPED {
            return Err(unreadable());
        }
        let (whole, fraction) = read(&digits, currency, zeros)?;
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

    /// Whether it is more than ten million US dollars, by the size of the currency's unit in powers of ten: no rate is
    /// known here, and the warning asks for a second look only.
    #[must_use]
    pub fn is_large(&self, currency: CurrencyCode) -> bool {
        let (whole, fraction) = self.as_str().split_once('.').unwrap_or((self.as_str(), ""));
        let zeros = LARGE_ZEROS + currency.unit_zeros();
        let exactly = whole.len() == zeros + 1
            && whole.strip_prefix('1').is_some_and(|rest| rest.bytes().all(|digit| digit == b'0'))
            && fraction.bytes().all(|digit| digit == b'0');
        whole.len() > zeros && !exactly
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
    if lone && may_group(before, mark, after, currency, zeros) {
        return Err(ambiguous(before, after, currency, zeros));
    }
    Ok((if before.is_empty() { String::new() } else { grouped(before)? }, after.to_owned()))
}

/// Whether a lone mark that is no usual one of groups may be meant as one: more digits follow it than the currency has, and
/// what stands before it is not zero.
fn may_group(before: &str, mark: char, after: &str, currency: Option<CurrencyCode>, zeros: usize) -> bool {
    let digits = currency.map_or(USUAL_FRACTION_DIGITS, CurrencyCode::fraction_digits);
    // `1.2345k`, and how a currency of three digits spells its own point apart from that of a group: `1.2340`.
    let is_point = mark == '.'
        && ((zeros > 0 && after.len() <= digits + zeros)
            || (digits == GROUP_DIGITS && after.len() == digits + 1 && after.ends_with('0')));
    after.len() >= GROUP_DIGITS
        && after.len() > digits
        && !is_point
        && !before.is_empty()
        && !before.starts_with('0')
        // What no amount is long enough for is no grouping.
        && before.len() + after.len() + zeros <= MAX_DIGITS
}

/// The digits of a whole number with one kind of mark between its groups: three digits each, four each, or the Indian way
/// (two each, the last three).
fn grouped(text: &str) -> Result<String, Fault> {
    let mut marks = text.chars().filter(|char| !char.is_ascii_digit());
    let Some(mark) = marks.next() else { return Ok(text.to_owned()) };
    let groups: Vec<&str> = text.split(mark).collect();
    let (first, last) = (groups[0], groups[groups.len() - 1]);
    let middle = &groups[1..groups.len() - 1];
    let even = |digits: usize| middle.iter().all(|group| group.len() == digits);
    let of_three = (1..=GROUP_DIGITS).contains(&first.len())
        && last.len() == GROUP_DIGITS
        && (even(GROUP_DIGITS) || (even(2) && first.len() <= 2 && mark == ','));
    let of_four = (1..=LONG_GROUP_DIGITS).contains(&first.len())
        && last.len() == LONG_GROUP_DIGITS
        && even(LONG_GROUP_DIGITS)
        && mark == ',';
    if marks.all(|other| other == mark) && (of_three || of_four) { Ok(groups.concat()) } else { Err(unreadable()) }
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
/// 1234 or 1.2340; `1.234k` is 1234000 or 1234; `1,2345k` is 12345000 or 1234.5.
fn ambiguous(before: &str, after: &str, currency: Option<CurrencyCode>, zeros: usize) -> Fault {
    let (a, _) = shift(&format!("{before}{after}"), "", zeros);
    let (whole, fraction) = shift(before, after, zeros);
    let digits = currency.map_or(USUAL_FRACTION_DIGITS, CurrencyCode::fraction_digits);
    let mut fraction = fraction.get(..digits).unwrap_or(&fraction).to_owned();
    if fraction.len() == GROUP_DIGITS {
        fraction.push('0');
    }
    let b = spell(&whole, &fraction);
    Fault::new("amount.ambiguous").with("a", a).with("b", b)
}

fn unreadable() -> Fault {
    Fault::new("amount.unreadable")
}

#[cfg(test)]
mod tests;
