//! Names: of what the contract has, of what a platform is likely to call the same, and of what is not personal.

use serde_json::{Map, Value};

use crate::customer::CustomerPath;
use crate::field::Field;
use crate::path::FieldPath;

/// A part of an address: its field, its name in the contract, and other names it may come by, as [`plain`] spells them.
type AddressName = (Field, &'static str, &'static [&'static str]);

/// The parts of an address. Read by any of these names; sent by the contract's, the first.
pub(super) const ADDRESS: [AddressName; 5] = [
    (
        Field::RegistrationAddressLine1,
        "line1",
        &["line1", "addressline1", "address1", "street1", "street", "streetaddress", "addressline", "line"],
    ),
    (Field::RegistrationAddressCity, "city", &["city", "town", "locality"]),
    (Field::RegistrationAddressState, "state", &["state", "stateorprovince", "province", "region"]),
    (Field::RegistrationAddressPostcode, "postal_code", &["postalcode", "postcode", "zip", "zipcode"]),
    (Field::RegistrationAddressCountryCode, "country", &["country", "countrycode", "countryiso"]),
];

/// Likely names of a corporation's name, the best first; no page has any.
pub(super) const BUSINESS_NAMES: &[&str] = &[
    "legalname",
    "registeredname",
    "businessname",
    "companyname",
    "corporationname",
    "corporatename",
    "entityname",
    "name",
    "tradingname",
];

/// Likely names of a list of individuals; `individuals` alone is named (README of the API), by no page.
const PEOPLE: &[&str] = &[
    "individuals",
    "beneficial_owners",
    "ultimate_beneficial_owners",
    "owners",
    "shareholders",
    "directors",
    "officers",
    "representatives",
    "signatories",
    "persons",
    "people",
];

/// Leaves at the top that are known and not personal, and no fields.
const PLAIN: [&str; 4] = ["type", "role", "ownership_percentage", "id"];

/// Whether a key is that of a list of individuals.
pub(super) fn is_people(key: &str) -> bool {
    PEOPLE.contains(&key)
}

/// Whether a bare text in a list is an id. In a list whose meaning is guessed by its name it may be a person's name.
pub(super) fn is_of_ids(key: &str) -> bool {
    matches!(key, "individuals" | "accounts")
}

/// Whether a leaf of [`canonical`](super::canonical) that is no field is known and not personal. The path is spelled as that
/// of an [`UnknownLeaf`](crate::customer::UnknownLeaf).
pub(crate) fn is_plain(path: &str) -> bool {
    let steps: Vec<&str> = path.split('/').collect();
    match steps.as_slice() {
        [top] => PLAIN.contains(top),
        ["accounts", _, key] => matches!(*key, "id" | "currency" | "status"),
        // One without an id is no record of their own, where the role would be shown.
        [list, one, key] | ["corporation", list, one, key] => {
            is_people(list) && !one.starts_with('#') && matches!(*key, "id" | "role")
        }
        _ => false,
    }
}

/// A key without what spellings differ in: `postalCode`, `postal_code`, `Postal Code`.
pub(super) fn plain(key: &str) -> String {
    key.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The keys of an object that are one of these names, in the order of the names.
pub(super) fn keys_of<'a>(object: &'a Map<String, Value>, names: &[&str]) -> Vec<&'a str> {
    let spelled: Vec<(String, &str)> = object.keys().map(|key| (plain(key), key.as_str())).collect();
    let of =
        |name: &&str| spelled.iter().filter(move |(plain, _)| plain == name).map(|(_, key)| *key).collect::<Vec<_>>();
    names.iter().flat_map(of).collect()
}

/// The field of an address that a key may mean.
pub(super) fn address_field(key: &str) -> Option<Field> {
    let key = plain(key);
    ADDRESS.iter().find(|(_, _, names)| names.contains(&key.as_str())).map(|(field, ..)| *field)
}

/// The contract's name of a part of an address.
pub(super) fn address_key(path: CustomerPath) -> Option<&'static str> {
    ADDRESS.iter().find(|(field, ..)| path.field() == Some(*field)).map(|(_, key, _)| *key)
}

/// The field of the form that the platform means by a name of its own: `email`, `phone`, `address.line1` and the like.
///
/// The last step counts, and what stands before it must be something that holds a contact or an address; an `address` as
/// a whole is its first line, where the form shows what is wrong with it.
#[must_use]
pub fn form_field(name: &str) -> Option<FieldPath> {
    let steps: Vec<String> = name.split(['.', '/', '[', ']']).map(plain).filter(|step| !step.is_empty()).collect();
    let (last, before) = steps.split_last()?;
    let is_address = |step: &String| matches!(step.as_str(), "address" | "registeredaddress");
    let holds = |step: &String| {
        is_address(step)
            || matches!(step.as_str(), "body" | "data" | "customer" | "individual" | "corporation" | "contact")
    };
    if !before.iter().all(holds) {
        return None;
    }
    let in_address = before.iter().any(is_address);
    let field = match last.as_str() {
        "email" | "emailaddress" | "contactemail" if !in_address => Some(Field::ContactEmail),
        "phone" | "phonenumber" | "contactphone" if !in_address => Some(Field::ContactPhone),
        _ if is_address(last) => Some(Field::RegistrationAddressLine1),
        _ => address_field(last),
    };
    field.and_then(FieldPath::of)
}
