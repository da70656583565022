//! The address block of a country.

use desk_domain::reference::address::{self, AddressFormat, AddressPart, Region};
use desk_domain::value::{CountryCode, calling_code};

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{AddressFormRequest, AddressFormView, AddressPartView, CodeEntry};

/// Of a country that cannot be told (yet), a form without parts: the page draws the block that every country has.
pub(crate) async fn run(_: &Desk, request: AddressFormRequest) -> Result<AddressFormView, IpcError> {
    let country = CountryCode::parse(&request.country).ok();
    let format = country.and_then(address::of);
    Ok(AddressFormView {
        country: country.map(|country| country.to_string()).unwrap_or_default(),
        only_city: format.as_ref().and_then(|format| format.only_city).map(str::to_owned),
        parts: country.zip(format).map(|(country, format)| parts(country, &format)).unwrap_or_default(),
        calling_code: country.and_then(calling_code),
    })
}

fn parts(country: CountryCode, format: &AddressFormat) -> Vec<AddressPartView> {
    let view = |part: &AddressPart| AddressPartView {
        part: *part,
        word: match part {
            AddressPart::Line1 => "line1",
            AddressPart::City => format.city_word,
            AddressPart::State => format.state_word,
            AddressPart::Postcode => format.postcode_word,
        }
        .to_owned(),
        required: format.required.contains(part),
        options: match part {
            AddressPart::State => (0..).zip(&format.regions).map(|(at, region)| option(country, at, region)).collect(),
            AddressPart::Line1 | AddressPart::City | AddressPart::Postcode => Vec::new(),
        },
        example: match part {
            AddressPart::Postcode => format.postcode_examples.first().map(|example| (*example).to_owned()),
            AddressPart::Line1 | AddressPart::City | AddressPart::State => None,
        },
    };
    format.order.iter().map(view).collect()
}

/// Its name in Latin letters goes before the others: the page shows it.
fn option(country: CountryCode, at: usize, region: &Region) -> CodeEntry {
    let aliases = region.latin.iter().chain(address::other_names(country, at));
    CodeEntry {
        value: region.key.to_owned(),
        label: region.name.map(str::to_owned),
        aliases: aliases.map(|alias| (*alias).to_owned()).collect(),
    }
}
