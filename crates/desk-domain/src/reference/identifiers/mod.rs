//! Identifiers of businesses by country, each from its registry's own description: how they look, and their check
//! digits.
//!
//! [`format`] what a format is and how it is found in what was typed, [`written`] its words; one file a country;
//! [`which`] what may stand for a type and a country.

mod australia;
pub(super) mod brazil;
mod britain;
pub(super) mod check_digits;
mod china;
mod europe;
pub(super) mod format;
mod france;
mod germany;
mod hong_kong;
mod india;
mod japan;
mod lei;
mod north_america;
mod singapore;
#[cfg(test)]
mod tests;
mod which;
pub(super) mod written;

use self::format::Labels;
use self::which::Holds;
use self::written::Written;
use crate::value::CountryCode;
use crate::value::text::clean;

/// What is known of an identifier that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// What is sent: without the separators that people write, in upper case. As typed where it has no form that is
    /// known.
    pub number: String,
    /// Its format's name: `abn`, `uscc`, `lei`. Of several that may stand there, the first where none fits.
    pub format: &'static str,
    /// Whether it has the form of its format.
    pub fits: bool,
    /// Whether its check digits are right; `None` where the format has none. Of an EIN: whether its first two digits
    /// were ever given.
    pub checks: Option<bool>,
    /// Nothing else may stand for the type and the country: a number that does not fit is an error, else only
    /// unusual. Where the number stands among other words, those are unusual.
    pub strict: bool,
}

/// Reads a number by the type and the country beside it; `None` where no format is known for them, or where numbers
/// without a known form are as good and this is one. Without a type (`""`) the country says what it may be.
#[must_use]
pub fn read(number: &str, kind: &str, country: Option<CountryCode>) -> Option<Identifier> {
    let known = which::known(kind, country)?;
    let written = Written::new(number);
    let mut best = None;
    for format in known.formats {
        let Some(read) = format.read_in(&written, Labels::Any) else { continue };
        let right = read.checks != Some(false);
        if right || (best.is_none() && known.holds != Holds::Among) {
            best = Some((format.name, read));
        }
        if right {
            break;
        }
    }
    let strict = known.holds == Holds::Only;
    if let Some((format, read)) = best {
        let number = read.number.unwrap_or_else(|| clean(number));
        return Some(Identifier { number, format, fits: true, checks: read.checks, strict });
    }
    let first = known.formats.first().filter(|_| known.holds != Holds::Among)?;
    let strict = strict && !known.formats.iter().any(|format| format.stands_in(&written));
    Some(Identifier { number: clean(number), format: first.name, fits: false, checks: None, strict })
}

/// The names of the formats that may stand for a type and a country, the most usual first.
pub fn formats(kind: &str, country: Option<CountryCode>) -> impl Iterator<Item = &'static str> {
    which::known(kind, country).into_iter().flat_map(|known| known.formats).map(|format| format.name)
}

/// Whether a type of identifier is given in a country at all: an EIN is not in Australia. What is not known is.
#[must_use]
pub fn is_given(kind: &str, country: CountryCode) -> bool {
    which::is_given(kind, country)
}
