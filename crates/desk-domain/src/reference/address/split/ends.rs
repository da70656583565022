//! What stands at the ends of a block and has a form of its own: the country, the postcode, the region.

use super::{AddressPart, Known, LITTER, Pieces, is_big_endian, says_something};
use crate::reference::address::table::known;
use crate::reference::country_names;
use crate::value::CountryCode;

/// Where the postcode and the region were.
#[derive(Default)]
pub(super) struct Ends {
    /// Pieces that held the postcode or the region.
    pub(super) at: Vec<usize>,
    /// What is known of the region that was found.
    pub(super) by_name: bool,
}

/// Most words of a name.
const NAME_WORDS: usize = 5;

/// The country that a block ends with, or begins with in Han; its name is taken out where it is no place as well.
pub(super) fn take_country(pieces: &mut Pieces, given: Option<CountryCode>) -> Option<CountryCode> {
    let (first, last) = (pieces.left().next()?, pieces.left().next_back()?);
    for at in [last, first] {
        if let Some(country) = country(pieces.text(at), given, true).filter(|_| pieces.texts.len() > 1) {
            pieces.take(at);
            return Some(country);
        }
    }
    let text = pieces.text(last).to_owned();
    for (start, name) in trailing_words(&text) {
        if let Some(country) = country(name, given, false) {
            pieces.put(last, &text[..start]);
            return Some(country);
        }
    }
    // `Singapore 048616`: the country is the place, and stays.
    let is_code_of =
        |country: &CountryCode, rest: &str| known(*country).is_some_and(|known| known.postcode(rest).is_some());
    for (end, _) in text.match_indices(' ') {
        let (name, rest) = text.split_at(end);
        let country = country(name, given, false).filter(|country| is_code_of(country, rest));
        if country.is_some() {
            return country;
        }
    }
    let text = pieces.text(first).to_owned();
    let ends = text.char_indices().map(|(at, _)| at).skip(2).take(NAME_WORDS);
    for end in ends {
        let (name, rest) = text.split_at(end);
        let is_street = rest.starts_with(['大', '路', '街']);
        if let Some(country) = country(name, given, false).filter(|_| name.chars().all(is_big_endian) && !is_street) {
            pieces.put(first, rest);
            return Some(country);
        }
    }
    None
}

/// The country that a text names. Two letters are more often a region (`CA`, `DE`), and a name may be one of the country
/// that the form says (`Georgia`).
fn country(name: &str, given: Option<CountryCode>, whole: bool) -> Option<CountryCode> {
    let name = name.trim_matches(LITTER);
    let letters: String = name.chars().filter(|char| *char != '.').collect();
    let found = if letters.is_ascii() && letters.len() == 2 {
        let of = |code: &str| CountryCode::parse(code).ok();
        let is_state = ["US", "CA", "AU"].into_iter().filter_map(of).chain(given).any(|it| is_region(it, &letters));
        if letters == "UK" { of("GB") } else { of(&letters).filter(|_| whole && !is_state && is_upper(&letters)) }
    } else if letters.is_ascii() && letters.len() == 3 {
        CountryCode::parse(&letters).ok().filter(|_| is_upper(&letters))
    } else {
        country_names::find(name)
    }?;
    // Hong Kong, Macau and Taiwan stand among the regions of China, and have addresses of their own.
    let is_region = given.is_some_and(|given| given != found && given.code() != "CN" && is_region(given, name));
    (!is_region).then_some(found)
}

fn is_region(country: CountryCode, name: &str) -> bool {
    known(country).is_some_and(|known| known.region(name).is_some())
}

fn is_upper(text: &str) -> bool {
    text.chars().all(|char| char.is_ascii_uppercase())
}

/// The last words of a text, most first, each with where they begin; never all of them.
fn trailing_words(text: &str) -> Vec<(usize, &str)> {
    let is_gap = |char: char| matches!(char, ' ' | '-' | '\u{2013}' | '/' | '(' | '|');
    let gaps: Vec<usize> =
        text.char_indices().filter(|(_, char)| is_gap(*char)).map(|(at, char)| at + char.len_utf8()).collect();
    let from = gaps.len().saturating_sub(NAME_WORDS);
    gaps[from..]
        .iter()
        .map(|at| (*at, &text[*at..]))
        .filter(|(at, name)| says_something(name) && says_something(&text[..*at]))
        .collect()
}

/// The postcode as it stands, taken out.
pub(super) fn take_postcode(pieces: &mut Pieces, known: &Known, ends: &mut Ends) -> String {
    let Some(pattern) = &known.zip_inside else { return String::new() };
    let mut best: Option<(usize, usize, usize)> = None;
    for at in pieces.left() {
        let text = pieces.text(at);
        let plain: String = text.chars().map(plain).collect();
        for found in pattern.find_iter(&plain) {
            let start = with_country(known, &plain, found.start(), found.end());
            let (before, after) = (&plain[..start], &plain[found.end()..]);
            let is_apart = is_apart(before.chars().rev()) && is_apart(after.chars());
            let has_digit = found.as_str().contains(|char: char| char.is_ascii_digit());
            if is_apart && has_digit && stands_there(pieces, known, at, before, after) {
                // Characters of the plain text stand for those of the text one by one.
                let chars = |byte: usize| plain[..byte].chars().count();
                let first_wins = best.is_some_and(|(piece, start, _)| {
                    piece == 0 && start == 0 && known.is_before(AddressPart::Postcode, AddressPart::State)
                });
                if !first_wins {
                    best = Some((at, chars(start), chars(found.end())));
                }
            }
        }
    }
    let Some((at, start, end)) = best else { return String::new() };
    let chars: Vec<char> = pieces.text(at).chars().collect();
    let (postcode, before, after): (String, String, String) =
        (chars[start..end].iter().collect(), chars[..start].iter().collect(), chars[end..].iter().collect());
    let rest = [before.trim_matches(LITTER), after.trim_matches(LITTER)].join(" ");
    pieces.put(at, &rest);
    ends.at.push(at);
    postcode
}

/// Whether nothing beside a number, seen from it, makes another number or word of it. What follows in Han may be the
/// address itself.
fn is_apart(mut beside: impl Iterator<Item = char>) -> bool {
    match beside.next() {
        Some('-') => !beside.next().is_some_and(|char| char.is_ascii_digit()),
        next => !next.is_some_and(|char| char.is_ascii_alphanumeric()),
    }
}

/// Where a postcode may be taken for one: it ends a piece, or begins one in a country that writes it before the place. A
/// number in the first piece is the house's, but where the address begins with the postcode.
fn stands_there(pieces: &Pieces, known: &Known, at: usize, before: &str, after: &str) -> bool {
    let is_first = pieces.left().next() == Some(at);
    let is_only = is_first && pieces.left().nth(1).is_none();
    let (starts, ends) = (!says_something(before), !says_something(after));
    let big = after.trim_start_matches(LITTER).starts_with(is_big_endian);
    let begins_address = known.is_before(AddressPart::Postcode, AddressPart::Line1)
        || known.is_before(AddressPart::City, AddressPart::Line1)
        || big;
    let by_start = starts && (known.is_before(AddressPart::Postcode, AddressPart::City) || big || begins_address);
    let in_words = before.ends_with(char::is_alphanumeric) || after.starts_with(is_big_endian) && !starts;
    !in_words && if is_first && !is_only { by_start && begins_address } else { ends || by_start }
}

/// Where a postcode begins with the letters of its country: `D-80331`.
fn with_country(known: &Known, plain: &str, start: usize, end: usize) -> usize {
    let Some(before) = plain[..start].strip_suffix('-') else { return start };
    let letters = before.len() - before.chars().rev().take_while(char::is_ascii_alphabetic).count();
    let is_word = letters < before.len() && !before[..letters].ends_with(char::is_alphanumeric);
    if is_word && known.postcode(&plain[letters..end]).is_some() { letters } else { start }
}

/// The same character in capitals, of half width.
fn plain(char: char) -> char {
    let half = match char {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(char) - 0xFEE0).unwrap_or(char),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        char if char.is_whitespace() => ' ',
        char => char,
    };
    half.to_ascii_uppercase()
}

/// The region as it stands, taken out.
pub(super) fn take_region(pieces: &mut Pieces, known: &Known, ends: &mut Ends) -> String {
    if !known.writes(AddressPart::State) || known.format.regions.is_empty() {
        return String::new();
    }
    let first = pieces.left().next();
    let all: Vec<usize> = pieces.left().rev().collect();
    for at in all {
        let text = pieces.text(at).to_owned();
        if let Some((end, _)) = leading_region(known, &text) {
            let state = text[..end].to_owned();
            pieces.put(at, &text[end..]);
            ends.at.push(at);
            ends.by_name = true;
            return state;
        }
        // A street may be called after a region; the first piece is one only where it held the postcode.
        if Some(at) == first && !ends.at.contains(&at) {
            continue;
        }
        let whole = std::iter::once((0, text.as_str()));
        for (start, name) in whole.chain(trailing_words(&text)) {
            let name = name.trim_matches(|char| LITTER.contains(&char) && char != '.');
            let Some(region) = known.region(name) else { continue };
            let is_code = known.is_code(region, name);
            if is_code && !name.chars().filter(|char| char.is_alphabetic()).all(char::is_uppercase) {
                continue;
            }
            let state = name.to_owned();
            pieces.put(at, &text[..start]);
            ends.at.push(at);
            ends.by_name = !is_code;
            return state;
        }
    }
    String::new()
}

/// The region that a text in Han or Hangul begins with, the longest that it could be.
fn leading_region(known: &Known, text: &str) -> Option<(usize, usize)> {
    const NAME_CHARS: usize = 8;
    if !text.starts_with(is_big_endian) {
        return None;
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(2).take(NAME_CHARS).chain([text.len()]).collect();
    let fits = |end: usize| text[..end].chars().all(is_big_endian).then(|| known.region(&text[..end])).flatten();
    ends.into_iter()
        .rev()
        .filter(|end| text[..*end].chars().count() <= NAME_CHARS)
        .find_map(|end| Some((end, fits(end)?)))
}
