//! Rules of an address, of the registration and of each person, by the address data of its country. Where the data knows
//! nothing of a country, they say nothing.

mod po_box;
mod rows;

use super::{Beside, Entry, Found, Sheet};
use crate::field::Field;
use crate::path::FieldPath;
use crate::reference::address::{self, AddressPart, Regions};
use crate::value::{CountryCode, Fault, PlainText, Value};
pub(super) use rows::RULES;

/// The field beside another one of the same address.
fn beside(field: Field, part: AddressField) -> Field {
    use AddressField::{Country, State};
    let is_registration = matches!(
        field,
        Field::RegistrationAddressCountryCode
            | Field::RegistrationAddressLine1
            | Field::RegistrationAddressState
            | Field::RegistrationAddressPostcode
    );
    match (is_registration, part) {
        (true, Country) => Field::RegistrationAddressCountryCode,
        (true, State) => Field::RegistrationAddressState,
        (false, Country) => Field::ResidentialAddressCountryCode,
        (false, State) => Field::ResidentialAddressState,
    }
}

#[derive(Clone, Copy)]
enum AddressField {
    Country,
    State,
}

/// The path of another field of the same address.
fn of_same(path: FieldPath, field: Field) -> Option<FieldPath> {
    FieldPath::of(field).or_else(|| FieldPath::of_person(path.person()?, field))
}

/// The part of an address that its country may require, and whose spelling the country's data knows.
pub(crate) fn part(field: Field) -> Option<AddressPart> {
    match field {
        Field::RegistrationAddressState | Field::ResidentialAddressState => Some(AddressPart::State),
        Field::RegistrationAddressPostcode | Field::ResidentialAddressPostcode => Some(AddressPart::Postcode),
        _ => None,
    }
}

/// The field with the country of an address.
pub(crate) fn country_field(field: Field) -> Field {
    beside(field, AddressField::Country)
}

/// A region or postcode as its country spells it; as typed where the country does not know it.
pub(super) fn read(path: FieldPath, typed: &str, near: &Beside<'_>) -> Option<PlainText> {
    let known = near.country(path, country_field(path.field())).and_then(|country| match part(path.field())? {
        AddressPart::State => address::region(country, typed).map(str::to_owned),
        AddressPart::Postcode => address::postcode(country, typed).ok().flatten(),
        AddressPart::Line1 | AddressPart::City => None,
    });
    known.as_deref().and_then(PlainText::parse).or_else(|| PlainText::parse(typed))
}

pub(super) fn rules(sheet: &Sheet<'_>, found: &mut Found<'_>) {
    for entry in &sheet.entries {
        let field = entry.path.field();
        match (&entry.understood, part(field)) {
            (Ok(Value::Country(country)), _)
                if is_of_place(field) && sheet.context.house.closed_countries.contains(country) =>
            {
                found.error(entry.path, Fault::new("country.closed").with("country", country));
            }
            (Ok(Value::Text(text)), None) if field == Field::RegistrationAddressLine1 => {
                of_street(sheet, entry.path, text.as_str(), found);
            }
            (Ok(Value::Text(text)), Some(part)) => of_part(sheet, entry, part, text.as_str(), found),
            _ => {}
        }
    }
}

/// Fields with a country that the house may do no business in; a nationality is none.
fn is_of_place(field: Field) -> bool {
    matches!(
        field,
        Field::RegistrationAddressCountryCode | Field::ResidentialAddressCountryCode | Field::OperatingCountry
    )
}

/// The registered street is no box, where the country brings its post to streets.
fn of_street(sheet: &Sheet<'_>, path: FieldPath, line: &str, found: &mut Found<'_>) {
    let country = match of_same(path, country_field(path.field())).and_then(|path| sheet.value(path)) {
        Some(Value::Country(country)) => Some(*country),
        _ => None,
    };
    if po_box::is_in(line, country) {
        found.warning(path, Fault::new("address.po_box"));
    }
}

fn of_part(sheet: &Sheet<'_>, entry: &Entry<'_>, part: AddressPart, text: &str, found: &mut Found<'_>) {
    let path = entry.path;
    let Some(country_path) = of_same(path, country_field(path.field())) else { return };
    let Some(Value::Country(country)) = sheet.value(country_path) else { return };
    // A country that is not the user's is in nothing that is said of another field.
    let named = |fault: Fault, found: &Found<'_>| {
        if found.counts(country_path) { fault.with("country", country) } else { fault }
    };
    if !address::writes(*country, part) {
        let fault = named(Fault::new("address.not_used"), found);
        return found.warning_beside(path, country_path, fault);
    }
    if part == AddressPart::State {
        let is_known = address::region(*country, text).is_some();
        match address::regions(*country) {
            Regions::Closed if !is_known => {
                let fault = named(Fault::new("state.unknown"), found);
                found.error_beside(path, country_path, fault);
            }
            Regions::Open if !is_known => {
                let fault = named(Fault::new("state.other"), found);
                found.warning_beside(path, country_path, fault);
            }
            Regions::Closed | Regions::Open | Regions::Unknown => {}
        }
    } else if let Err(example) = address::postcode(*country, text) {
        let fault = named(Fault::new("postcode.format"), found).with("example", example);
        found.error_beside(path, country_path, fault);
    } else {
        elsewhere(sheet, path, *country, text, found);
    }
}

/// A postcode of another region than the one beside it.
fn elsewhere(sheet: &Sheet<'_>, path: FieldPath, country: CountryCode, postcode: &str, found: &mut Found<'_>) {
    let Some(state_path) = of_same(path, beside(path.field(), AddressField::State)) else { return };
    let Some(Value::Text(state)) = sheet.value(state_path) else { return };
    let Some(between) = address::elsewhere(country, state.as_str(), postcode) else { return };
    let mut fault = Fault::new("postcode.region");
    if found.counts(path) {
        fault = fault.with("postcode", postcode).with("other", between.other);
    }
    if found.counts(state_path) {
        fault = fault.with("region", between.region);
    }
    found.warning_beside(path, state_path, fault);
}

#[cfg(test)]
mod tests;
