//! `data/addresses.txt`, a country at a time, read when it is first asked for.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use regex::Regex;

use super::region::Index;
use super::{AddressFormat, AddressPart, Region};
use crate::value::CountryCode;

static TEXT: &str = include_str!("../../../data/addresses.txt");

/// Countries whose list of regions is whole: a text that is none of them is an error, elsewhere a warning. A country
/// stands here when its envelope requires the region, when the data has every subdivision of ISO 3166-2 that addresses are
/// written with, and when the list is short, with a code that everybody uses, so that what is not read is wrong, not merely
/// spelled otherwise. The regions of Brazil, China, India, Japan and Mexico have older names, other transcriptions and
/// abbreviations without end, and so have emirates, Korean and Russian regions; the provinces of Italy and Indonesia change.
pub(super) const CLOSED: [&str; 3] = ["AU", "CA", "US"];

/// Places that are their country, where its envelope writes no other.
const ONLY_CITY: [(&str, &str); 3] = [("GI", "Gibraltar"), ("MO", "Macau"), ("SG", "Singapore")];

/// What is known of a country.
pub(super) struct Known {
    pub(super) country: CountryCode,
    pub(super) format: AddressFormat,
    /// Whether its envelope has a line for the place: not in Singapore, nor in the Emirates.
    pub(super) writes_city: bool,
    /// The pattern of its postcodes; whole texts only.
    pub(super) zip: Option<Regex>,
    /// The same inside a text.
    pub(super) zip_inside: Option<Regex>,
    /// What its post writes before a postcode: `CH-`.
    pub(super) prefix: &'static str,
    /// Of each region, what its postcodes begin with.
    pub(super) zips: Vec<Zips>,
    /// Of each region, its part of ISO 3166-2 and its other names.
    pub(super) also: Vec<Vec<&'static str>>,
    pub(super) index: OnceLock<Index>,
}

/// The beginning of a region's postcodes, compiled when it is first asked for.
pub(super) struct Zips {
    pub(super) pattern: &'static str,
    pub(super) compiled: OnceLock<Option<Regex>>,
}

/// What is known of a country; `None` where the data has no format for it.
pub(super) fn known(country: CountryCode) -> Option<&'static Known> {
    const LETTERS: usize = 26;
    static KNOWN: [OnceLock<Option<Known>>; LETTERS * LETTERS] = [const { OnceLock::new() }; LETTERS * LETTERS];
    let at = country.code().bytes().fold(0, |at, byte| at * LETTERS + usize::from(byte.saturating_sub(b'A')));
    KNOWN.get(at)?.get_or_init(|| read(country, BLOCKS.get(country.code())?)).as_ref()
}

/// The lines of each country.
static BLOCKS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let mut blocks = HashMap::new();
    let mut rest = TEXT;
    while !rest.is_empty() {
        let end = rest.match_indices('\n').find(|(at, _)| !rest[at + 1..].starts_with('\t'));
        let (block, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at + 1));
        let code = block.split(['\t', '\n']).next().unwrap_or_default();
        blocks.insert(code, block);
        rest = after;
    }
    blocks
});

fn read(country: CountryCode, block: &'static str) -> Option<Known> {
    let mut lines = block.lines();
    let cells: HashMap<&str, &'static str> =
        lines.next()?.split('\t').filter_map(|cell| cell.split_once('=')).collect();
    let cell = |key: &str| cells.get(key).copied();
    let code = country.code();
    let order = order(cell("fmt")?);
    // Andorra has regions that no envelope writes.
    let has_regions = order.contains(&AddressPart::State);
    let rows: Vec<Vec<&'static str>> =
        lines.filter(|_| has_regions).map(|line| line.split('\t').skip(1).collect()).collect();
    let at = |row: &[&'static str], at: usize| row.get(at).copied().filter(|cell| !cell.is_empty());
    let format = AddressFormat {
        order,
        required: cell("require").unwrap_or_default().chars().filter_map(part).collect(),
        // The words of the data service for a country that names none (its record ZZ), as the form calls them.
        state_word: cell("state").unwrap_or("province"),
        city_word: cell("city").unwrap_or("city"),
        postcode_word: cell("postcode").unwrap_or("postcode"),
        postcode_examples: cell("examples").map(|all| all.split(',').collect()).unwrap_or_default(),
        regions: rows
            .iter()
            .map(|row| Region { key: row.first().copied().unwrap_or_default(), name: at(row, 1), latin: at(row, 2) })
            .collect(),
        regions_closed: CLOSED.contains(&code),
        only_city: ONLY_CITY.iter().find(|(of, _)| *of == code).map(|(_, city)| *city),
    };
    let zip = cell("zip").filter(|_| format.order.contains(&AddressPart::Postcode));
    let compiled = |pattern: String| Regex::new(&pattern).ok();
    Some(Known {
        country,
        format,
        writes_city: cell("fmt")?.contains("%C"),
        // Digits and letters of a postcode are ASCII ones: others are folded before.
        zip: zip.and_then(|zip| compiled(format!("^(?-u:{zip})$"))),
        zip_inside: zip.and_then(|zip| compiled(format!("(?-u:{zip})"))),
        prefix: cell("prefix").unwrap_or_default(),
        zips: rows
            .iter()
            .map(|row| Zips { pattern: at(row, 4).unwrap_or_default(), compiled: OnceLock::new() })
            .collect(),
        also: rows
            .iter()
            .map(|row| at(row, 3).into_iter().chain(at(row, 5).into_iter().flat_map(|all| all.split(';'))).collect())
            .collect(),
        index: OnceLock::new(),
    })
}

fn part(letter: char) -> Option<AddressPart> {
    match letter {
        'A' => Some(AddressPart::Line1),
        'C' => Some(AddressPart::City),
        'S' => Some(AddressPart::State),
        'Z' => Some(AddressPart::Postcode),
        _ => None,
    }
}

/// The parts of an envelope in their order. The contract wants a place of every country: where the envelope writes none, it
/// stands between the region and the street (Japan: in the street's line, before it; the Emirates: after it).
fn order(envelope: &str) -> Vec<AddressPart> {
    let mut order: Vec<_> = envelope.split('%').skip(1).filter_map(|field| part(field.chars().next()?)).collect();
    if !order.contains(&AddressPart::City) {
        let line1 = order.iter().position(|part| *part == AddressPart::Line1).unwrap_or_default();
        let state = order.iter().position(|part| *part == AddressPart::State);
        let after_street = usize::from(state.is_none_or(|state| state > line1));
        order.insert((line1 + after_street).min(order.len()), AddressPart::City);
    }
    order
}
