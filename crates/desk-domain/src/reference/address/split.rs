//! A pasted block of lines taken apart: the country by its name, the postcode by its pattern, the region by its names, the
//! place by where it stands; the rest is the street.

mod ends;
mod place;

use super::table::{Known, known};
use super::{AddressPart, SplitAddress};
use crate::value::CountryCode;
use crate::value::text::clean;
use ends::{Ends, take_country, take_postcode, take_region};
use place::take_place;

/// Longest block that is taken apart: no address is longer, and the work grows with it.
const LONGEST_CHARS: usize = 2000;

/// Takes apart a pasted block of lines, or one line with commas. `country` is what the form says; a country in the block
/// goes before it. `None` where nothing but one line would come of it. No letter or digit of the block is lost.
#[must_use]
pub fn split(text: &str, country: Option<CountryCode>) -> Option<SplitAddress> {
    if text.chars().nth(LONGEST_CHARS).is_some() {
        return None;
    }
    let mut pieces = Pieces::of(text);
    let named = take_country(&mut pieces, country);
    let country = named.or(country)?;
    let mut found = SplitAddress { country: named, ..SplitAddress::default() };
    if let Some(known) = known(country) {
        let mut ends = Ends::default();
        found.postcode = take_postcode(&mut pieces, known, &mut ends);
        found.state = take_region(&mut pieces, known, &mut ends);
        take_place(&mut pieces, known, &ends, named.is_some(), &mut found);
    }
    found.line1 = pieces.joined();
    let is_more = named.is_some() || !found.city.is_empty() || !found.state.is_empty() || !found.postcode.is_empty();
    is_more.then_some(found)
}

/// The lines of a block, cut at commas. What was taken out of it leaves an empty piece, so that the others keep their place.
pub(super) struct Pieces {
    pub(super) texts: Vec<String>,
    /// Whether the block had several lines.
    pub(super) lines: bool,
}

/// What stands between the parts of an address, and says nothing once they are apart.
const LITTER: &[char] =
    &[' ', ',', ';', '-', '\u{2013}', '\u{2014}', '/', '(', ')', '[', ']', '.', ':', '·', '|', '〒', '、', '，', '。'];

impl Pieces {
    fn of(text: &str) -> Self {
        let is_break =
            |char: char| matches!(char, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let lines: Vec<String> = text.split(is_break).map(clean).filter(|line| says_something(line)).collect();
        let texts = lines.iter().flat_map(|line| cut(line)).filter(|piece| says_something(piece)).collect();
        Self { texts, lines: lines.len() > 1 }
    }

    /// Places of pieces that still hold something.
    pub(super) fn left(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.texts.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(|(at, _)| at)
    }

    pub(super) fn text(&self, at: usize) -> &str {
        self.texts.get(at).map(String::as_str).unwrap_or_default()
    }

    /// Puts a text in a piece's place, without what only parted it from the rest.
    pub(super) fn put(&mut self, at: usize, text: &str) {
        if let Some(piece) = self.texts.get_mut(at) {
            let text = text.trim_matches(LITTER);
            piece.clear();
            piece.push_str(text);
        }
    }

    pub(super) fn take(&mut self, at: usize) -> String {
        self.texts.get_mut(at).map(std::mem::take).unwrap_or_default()
    }

    fn joined(&self) -> String {
        self.texts.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    }
}

fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Cuts a line at its commas, but for one between two digits: `12,14 Main Street`.
fn cut(line: &str) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let mut pieces = vec![String::new()];
    for (at, char) in chars.iter().enumerate() {
        let parts = matches!(char, ',' | '，' | '、' | ';' | '；');
        if parts && !(is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1))) {
            pieces.push(String::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(*char);
        }
    }
    pieces.into_iter().map(|piece| piece.trim().to_owned()).collect()
}

/// Han, kana and Hangul: scripts whose addresses begin with the region.
fn is_big_endian(char: char) -> bool {
    crate::search::stands_alone(char)
}

impl Known {
    fn writes(&self, part: AddressPart) -> bool {
        self.format.order.contains(&part)
    }

    /// Whether one part stands before another on the envelope.
    fn is_before(&self, first: AddressPart, second: AddressPart) -> bool {
        let at = |part| self.format.order.iter().position(|it| *it == part);
        at(first).zip(at(second)).is_some_and(|(first, second)| first < second)
    }
}

#[cfg(test)]
mod tests;
