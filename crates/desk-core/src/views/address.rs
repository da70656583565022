//! How a country writes an address, and an address taken apart.

use desk_domain::reference::address::AddressPart;

use crate::views::CodeEntry;

views! {
    /// Names a country.
    struct AddressFormRequest {
        /// As typed: a code or a name.
        pub country: String,
    }

    /// The address block of a country.
    struct AddressFormView {
        /// ISO 3166-1 alpha-2; empty where what was asked is no country.
        pub country: String,
        /// The parts in the order that the country writes them. Those that it does not write are left out.
        pub parts: Vec<AddressPartView>,
        /// The place that every address of the country is in, as of Singapore.
        pub only_city: Option<String>,
        /// What a phone number of the country begins with when it is dialled from abroad, like `+61`.
        pub calling_code: Option<String>,
    }

    /// One part of an address.
    struct AddressPartView {
        /// The part.
        pub part: AddressPart,
        /// What the country calls it, as a word of the page's catalogue: `state`, `prefecture`, `suburb`, `zip`.
        pub word: String,
        /// The country requires it.
        pub required: bool,
        /// Its regions; empty where any text stands.
        pub options: Vec<CodeEntry>,
        /// An example, of a postcode.
        pub example: Option<String>,
    }

    /// A pasted address to take apart.
    struct AddressSplit {
        /// The block, with its line breaks.
        pub text: String,
        /// The country that the form says, as typed; may be empty.
        pub country: String,
    }

    /// An address as the texts of its fields. Empty ones were not in the block.
    struct AddressSplitView {
        /// Whether more than one field came of it.
        pub found: bool,
        /// ISO 3166-1 alpha-2, where the block named a country.
        pub country: String,
        /// Street, house, level.
        pub line1: String,
        /// The place.
        pub city: String,
        /// The region.
        pub state: String,
        /// The code.
        pub postcode: String,
    }
}
