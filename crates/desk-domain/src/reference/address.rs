//! How each country writes an address (Google's Address Data Service, `data/addresses.txt`): its parts in their order, what
//! it calls them, which it requires, its regions and its postcodes.
//!
//! [`table`] reads the file, a country at a time; [`region`] and [`postcode`] read what was typed; [`split`](mod@split) takes
//! a pasted block apart.

mod postcode;
mod region;
mod split;
mod table;

pub use split::split;

use serde::{Deserialize, Serialize};

use crate::value::CountryCode;

/// A part of an address that the contract has a field for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AddressPart {
    /// `line1`: street, house, level.
    Line1,
    /// `city`.
    City,
    /// `state`.
    State,
    /// `postcode`.
    Postcode,
}

/// A region of a country, as the address data has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// What is sent: `NSW`, `Kowloon`, `\u{6771}\u{4eac}\u{90fd}`.
    pub key: &'static str,
    /// Its name in the country's language, where that differs.
    pub name: Option<&'static str>,
    /// Its name in Latin letters, where the key is in others.
    pub latin: Option<&'static str>,
}

/// How a country writes an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressFormat {
    /// The parts in the order of the country's envelope. A street and a place are always among them, because the contract
    /// has no address without; a region and a code only where the country writes them.
    pub order: Vec<AddressPart>,
    /// The parts that it requires.
    pub required: Vec<AddressPart>,
    /// What it calls the region: `state`, `province`, `prefecture`, `area` and so on.
    pub state_word: &'static str,
    /// What it calls the place: `city`, `suburb`, `district`, `post_town`.
    pub city_word: &'static str,
    /// What it calls the code: `postcode`, `zip`, `pin`, `eircode`.
    pub postcode_word: &'static str,
    /// Postcodes as examples.
    pub postcode_examples: Vec<&'static str>,
    /// Its regions, in the order of the data; empty where any text stands for one.
    pub regions: Vec<Region>,
    /// Whether the list of regions is known to be whole, so that what is not in it is no region ([`table::CLOSED`]).
    pub regions_closed: bool,
    /// The place that every address of the country is in, as of Singapore.
    pub only_city: Option<&'static str>,
}

/// The format of a country; `None` where nothing is known of it.
#[must_use]
pub fn of(country: CountryCode) -> Option<AddressFormat> {
    Some(table::known(country)?.format.clone())
}

/// Other names of the region at a place of [`AddressFormat::regions`]: its part of ISO 3166-2, spellings that people use.
#[must_use]
pub fn other_names(country: CountryCode, at: usize) -> &'static [&'static str] {
    table::known(country).and_then(|known| known.also.get(at)).map_or(&[], Vec::as_slice)
}

/// Whether a country requires a part of an address; false where nothing is known of it.
#[must_use]
pub fn requires(country: CountryCode, part: AddressPart) -> bool {
    table::known(country).is_some_and(|known| known.format.required.contains(&part))
}

/// Whether a country writes a part of an address; true where nothing is known of it.
#[must_use]
pub fn writes(country: CountryCode, part: AddressPart) -> bool {
    table::known(country).is_none_or(|known| known.format.order.contains(&part))
}

/// What is sent of a region: its key, or the spelling that was meant where the key is in other than ASCII letters.
/// `None` where the country's regions are not known or it is none of them.
#[must_use]
pub fn region(country: CountryCode, typed: &str) -> Option<&'static str> {
    let known = table::known(country)?;
    Some(known.sent(known.region_of_field(typed)?, typed))
}

/// What the list of a country's regions says of a text that is not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Regions {
    /// Nothing is known: any text may be a region.
    Unknown,
    /// The list may lack some, or spell them in one of several ways.
    Open,
    /// The list is whole.
    Closed,
}

/// What is known of a country's regions.
#[must_use]
pub fn regions(country: CountryCode) -> Regions {
    match table::known(country) {
        Some(known) if !known.format.regions.is_empty() && known.format.regions_closed => Regions::Closed,
        Some(known) if !known.format.regions.is_empty() => Regions::Open,
        _ => Regions::Unknown,
    }
}

/// A postcode in its country's own form: capitals, half width, its separator, without the letters that name the country,
/// its region before it or CEDEX behind it, with the zero that a spreadsheet took from its front.
///
/// # Errors
/// Where it has not the form; then an example of one. `Ok(None)` where no form is known.
pub fn postcode(country: CountryCode, typed: &str) -> Result<Option<String>, &'static str> {
    match table::known(country) {
        Some(known) if known.zip.is_some() => match known.postcode(typed) {
            Some(postcode) => Ok(Some(postcode)),
            None => Err(known.format.postcode_examples.first().copied().unwrap_or_default()),
        },
        _ => Ok(None),
    }
}

/// Two regions that a postcode is between: the one that was said, and the one that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere {
    /// The region beside the postcode.
    pub region: &'static str,
    /// The one region whose postcodes begin so.
    pub other: &'static str,
}

/// Whether a postcode belongs to another region than the one beside it. Only where the data has patterns for both and
/// exactly one other region fits: near a border, or where the data is silent, nothing is said.
#[must_use]
pub fn elsewhere(country: CountryCode, state: &str, postcode: &str) -> Option<Elsewhere> {
    let known = table::known(country)?;
    let at = known.region_of_field(state)?;
    let postcode = known.postcode(postcode)?;
    if known.has_postcode(at, &postcode)? {
        return None;
    }
    let mut others =
        (0..known.format.regions.len()).filter(|other| known.has_postcode(*other, &postcode) == Some(true));
    let (other, more) = (others.next()?, others.next());
    more.is_none().then(|| Elsewhere { region: known.sent(at, state), other: known.sent(other, state) })
}

/// An address as parts, out of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SplitAddress {
    /// Its country.
    pub country: Option<CountryCode>,
    /// What no other part took, joined by commas.
    pub line1: String,
    /// The place.
    pub city: String,
    /// The region.
    pub state: String,
    /// The code.
    pub postcode: String,
}

#[cfg(test)]
mod tests;
