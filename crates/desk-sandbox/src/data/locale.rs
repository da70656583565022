//! What a country's customers are made of: words in its own script with their English, and the shapes of its numbers.

/// A word in the local script and in Latin letters. An empty local word: nothing but Latin letters is used.
pub(crate) type Word = (&'static str, &'static str);

/// A city with its state (empty where addresses name none) and the pattern of its postcodes (empty where there are none).
pub(crate) type Place = (&'static str, &'static str, &'static str);

/// What a business does, in English; each locale has its words for these, in this order.
pub(crate) struct Trade {
    pub(crate) english: &'static str,
    pub(crate) description: &'static str,
    pub(crate) code: &'static str,
}

/// The trades; the codes are merchant category codes, as far as the pages let one guess.
pub(crate) const TRADES: [Trade; 10] = [
    Trade { english: "Trading", description: "Import and wholesale of household goods", code: "5099" },
    Trade { english: "Logistics", description: "Freight forwarding and customs handling", code: "4214" },
    Trade { english: "Software", description: "Accounting software sold by subscription", code: "7372" },
    Trade { english: "Textiles", description: "Woven fabrics for makers of clothing", code: "5131" },
    Trade { english: "Foods", description: "Dried and preserved foods for retailers", code: "5499" },
    Trade { english: "Design", description: "Product and packaging design", code: "7333" },
    Trade { english: "Machinery", description: "Machine tools and spare parts", code: "5085" },
    Trade { english: "Instruments", description: "Laboratory and measuring instruments", code: "5047" },
    Trade { english: "Packaging", description: "Paper, cartons and packing material", code: "5111" },
    Trade { english: "Travel", description: "Booking of business travel", code: "4722" },
];

/// One country. Patterns are those of `Random::fill`; in ids `{ymd}` is the birth date and `{y2md}` its short form.
pub(crate) struct Locale {
    pub(crate) country: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) surnames: &'static [Word],
    pub(crate) given: &'static [Word],
    /// What stands first in the name of a business. Invented, no name of a real one.
    pub(crate) stems: &'static [Word],
    /// The trades, in the order of [`TRADES`].
    pub(crate) trades: [&'static str; 10],
    /// With `{stem}` and `{trade}`; local and English belong together.
    pub(crate) businesses: &'static [Word],
    pub(crate) places: &'static [Place],
    pub(crate) streets: &'static [&'static str],
    pub(crate) homes: &'static [&'static str],
    pub(crate) phones: &'static [&'static str],
    pub(crate) business_id: &'static str,
    pub(crate) national_id: &'static str,
    pub(crate) passport: &'static str,
}
