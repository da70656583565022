//! What the house decides about the rules: its lists, and what its policy says of ages and countries.

use crate::field::Field;
use crate::lists::{self, List};
use crate::value::CountryCode;

/// Least age of a person in years, where no policy says another.
pub const MINIMUM_AGE_YEARS: u32 = 18;

/// What the rules take from outside the draft, but for the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct House {
    /// Lists that take the place of the built-in ones.
    pub lists: Vec<(Field, List)>,
    /// Least age of a person in years.
    pub minimum_age_years: u32,
    /// Countries that the house does no business in.
    pub closed_countries: Vec<CountryCode>,
}

/// A house that has decided nothing.
pub static HOUSE: House =
    House { lists: Vec::new(), minimum_age_years: MINIMUM_AGE_YEARS, closed_countries: Vec::new() };

impl House {
    /// The list of a field: its own, else the built-in one; `None` for a field without a list.
    #[must_use]
    pub fn list(&self, field: Field) -> Option<&List> {
        let own = self.lists.iter().find(|(of, _)| *of == field).map(|(_, list)| list);
        own.or_else(|| lists::built_in(field))
    }
}

impl Default for House {
    fn default() -> Self {
        HOUSE.clone()
    }
}
