//! The place of a block: beside the postcode or the region, else before them.

use super::ends::Ends;
use super::{AddressPart, Known, Pieces, SplitAddress, is_big_endian};

/// Takes the place out of what is left. `named`: the block names its country.
pub(super) fn take_place(pieces: &mut Pieces, known: &Known, ends: &Ends, named: bool, found: &mut SplitAddress) {
    if let Some(city) = known.format.only_city {
        let at = pieces.left().rev().find(|at| pieces.text(*at).eq_ignore_ascii_case(city));
        found.city = at.map(|at| pieces.take(at)).unwrap_or_default();
        if found.city.is_empty() && (named || !ends.at.is_empty()) {
            found.city = city.to_owned();
        }
        return;
    }
    let han = pieces.left().find(|at| pieces.text(*at).starts_with(is_big_endian));
    if let Some(at) = han {
        let text = pieces.text(at).to_owned();
        let end = place_in_han(known, &text).unwrap_or_default();
        pieces.put(at, &text[end..]);
        found.city = text[..end].trim().to_owned();
    } else if let Some(at) = beside(pieces, ends).or_else(|| before(pieces, known, ends, named)) {
        found.city = pieces.take(at);
    }
    if found.city.is_empty() && ends.by_name && known.country.code() != "HK" {
        // Dubai, Shanghai and Madrid are both; where the country can do without a region, the name is the place's.
        found.city.clone_from(&found.state);
        if !known.format.required.contains(&AddressPart::State) {
            found.state.clear();
        }
    }
}

/// What was left in the piece of the postcode, or else of the region: `80331 München`, `Sydney NSW 2000`.
fn beside(pieces: &Pieces, ends: &Ends) -> Option<usize> {
    let has_letters = |at: &usize| pieces.text(*at).chars().any(char::is_alphabetic);
    ends.at.iter().copied().find(has_letters)
}

/// The piece before the postcode and the region; the first of all where the country writes the place before the street.
fn before(pieces: &Pieces, known: &Known, ends: &Ends, named: bool) -> Option<usize> {
    if !known.writes_city && !is_written_in_han(known) {
        return None;
    }
    let first = pieces.left().next()?;
    let several = pieces.left().nth(1).is_some();
    if known.is_before(AddressPart::City, AddressPart::Line1) && !is_written_in_han(known) {
        return (several && !ends.at.is_empty()).then_some(first);
    }
    let pivot = ends.at.iter().copied().min();
    let at = pieces.left().rev().find(|at| pivot.is_none_or(|pivot| *at < pivot))?;
    let text = pieces.text(at);
    let sure = pivot.is_some() || named || pieces.lines;
    (sure && !is_street(text) && (several || pivot.is_some())).then_some(at)
}

/// A number makes a street of it, but for a district's at the end: `Dublin 2`.
fn is_street(text: &str) -> bool {
    const DISTRICT_DIGITS: usize = 2;
    let starts = text.starts_with(char::is_alphabetic);
    let last = text.rsplit(' ').next().unwrap_or_default();
    let is_district = starts && last.len() <= DISTRICT_DIGITS && last.bytes().all(|byte| byte.is_ascii_digit());
    let others = if is_district { text.strip_suffix(last).unwrap_or(text) } else { text };
    others.chars().any(char::is_numeric)
}

/// In Latin letters these countries write the street first, whatever the envelope of the data says.
fn is_written_in_han(known: &Known) -> bool {
    matches!(known.country.code(), "CN" | "HK" | "JP" | "KP" | "KR" | "MO" | "TW")
}

/// Where the place ends in an address that begins with it.
fn place_in_han(known: &Known, text: &str) -> Option<usize> {
    const PLACE_CHARS: usize = 10;
    let chars: Vec<(usize, char)> = text.char_indices().take(PLACE_CHARS + 1).collect();
    let end = |at: usize| chars.get(at + 1).map_or(text.len(), |(byte, _)| *byte);
    // A name does not begin with the word for what it is; `四日市市` has it twice.
    let find = |ends: &str, from: usize| {
        let at = chars.iter().skip(from).position(|(_, char)| ends.contains(*char))? + from;
        let twice = chars.get(at + 1).is_some_and(|(_, next)| *next == '市');
        Some(at + usize::from(twice))
    };
    match known.country.code() {
        "JP" => {
            let at = find("市区郡町村", 1)?;
            let last = chars.get(at).map_or(' ', |(_, char)| *char);
            let inner = match last {
                // A ward of a city, a town of a county.
                '市' => find("区", at + 1).filter(|inner| *inner <= at + 4),
                '郡' => find("町村", at + 1),
                _ => None,
            };
            Some(end(inner.unwrap_or(at)))
        }
        "CN" => Some(end(find("市州盟", 1)?)),
        "TW" => Some(end(find("區区市鎮鄉", 1)?)),
        "KR" | "KP" => {
            // Words: 수원시 영통구, 중구.
            let word = |word: &str| word.ends_with(['시', '군', '구']);
            let mut at = 0;
            for part in text.split_inclusive(' ').take_while(|part| word(part.trim_end())) {
                at += part.len();
            }
            (at > 0).then_some(at)
        }
        _ => None,
    }
}
