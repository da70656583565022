//! What the rules know of the world: addresses of countries, other names of countries, identifiers of registries. The data
//! stands in `data/`, each file with its source, date, licence and hash in `data/SOURCES.md`.

pub mod address;
pub mod country_names;
pub mod identifiers;
pub mod identity;
pub mod scripts;
pub mod sources;
