//! What a body may hold: the contract's sections as a table, and the walk that names every field at fault.

use serde_json::{Map, Value};

use crate::{call::FieldFault, format::Kind, options::Revision};

/// Limits of partner_customer_id in characters (pages 001 and 002: "20 - 64").
const PARTNER_CUSTOMER_ID_CHARS: std::ops::RangeInclusive<usize> = 20..=64;

/// Keys that belong to the platform; a body that carries them is taken without them.
pub(crate) const PLATFORM_KEYS: [&str; 3] = ["customer_id", "status", "created_at"];

/// One key of an object of the contract.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// One of the five keys that the untyped revision does not have.
    pub(crate) typed_only: bool,
}

const fn key(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, typed_only: false }
}

const fn typed(name: &'static str) -> Key {
    Key { name, kind: Kind::Text, typed_only: true }
}

/// The sections that are one object, each with its keys.
pub(crate) const SECTIONS: &[(&str, &[Key])] = &[
    (
        "business_details",
        &[
            key("business_name_english", Kind::Text),
            typed("business_type"),
            key("website", Kind::Uri),
            typed("business_identifier_type"),
            key("business_identifier_number", Kind::Text),
            key("business_identifier_country_code", Kind::Country),
            key("business_identifier_document_list", Kind::FileIds),
            key("business_name", Kind::Text),
            key("business_identifier_start_date", Kind::DateTime),
            key("business_identifier_expiry_date", Kind::DateTime),
        ],
    ),
    (
        "registration_address",
        &[
            key("registration_address_line1", Kind::Text),
            key("registration_address_city", Kind::Text),
            key("registration_address_state", Kind::Text),
            key("registration_address_postcode", Kind::Text),
            key("registration_address_country_code", Kind::Country),
        ],
    ),
    (
        "account_usage",
        &[
            key("operating_country", Kind::Country),
            key("goods_service_description", Kind::Text),
            key("industry_category_code", Kind::Text),
            typed("account_usage_product_reference"),
            key("estimated_monthly_revenue_currency", Kind::Currency),
            key("estimated_monthly_revenue_amount", Kind::Number),
        ],
    ),
    ("primary_contact", &[key("contact_phone", Kind::Phone), key("contact_email", Kind::Email)]),
];

/// The objects of one person, each with its keys.
pub(crate) const PERSON: &[(&str, &[Key])] = &[
    (
        "basic_info",
        &[
            key("first_name_english", Kind::Text),
            key("last_name_english", Kind::Text),
            key("birth_date", Kind::DateTime),
            key("nationality", Kind::Country),
            typed("role_type"),
            key("first_name", Kind::Text),
            key("last_name", Kind::Text),
        ],
    ),
    (
        "residential_address",
        &[
            key("residential_address_line1", Kind::Text),
            key("residential_address_city", Kind::Text),
            key("residential_address_postcode", Kind::Text),
            key("residential_address_country_code", Kind::Country),
            key("residential_address_state", Kind::Text),
        ],
    ),
    (
        "identification",
        &[
            typed("id_type"),
            key("id_number", Kind::Text),
            key("id_issuing_country_code", Kind::Country),
            key("id_expiration_date", Kind::DateTime),
            key("id_issue_date", Kind::DateTime),
            key("id_document_front_file_id", Kind::Text),
            key("id_document_back_file_id", Kind::Text),
        ],
    ),
];

/// Everything wrong with the body of a create.
pub(crate) fn create(revision: Revision, body: &Map<String, Value>) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    match body.get("partner_customer_id") {
        None => faults.push(FieldFault::new("partner_customer_id", "is required")),
        Some(Value::String(id)) if PARTNER_CUSTOMER_ID_CHARS.contains(&id.chars().count()) => {}
        Some(Value::String(_)) => {
            faults.push(FieldFault::new("partner_customer_id", "must be 20 to 64 characters long"));
        }
        Some(_) => faults.push(FieldFault::new("partner_customer_id", "must be a text")),
    }
    sections(revision, body, &mut faults);
    faults
}

/// Everything wrong with the body of an update.
pub(crate) fn update(revision: Revision, body: &Map<String, Value>) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if body.contains_key("partner_customer_id") {
        faults.push(FieldFault::new("partner_customer_id", "is not part of an update"));
    }
    sections(revision, body, &mut faults);
    faults
}

fn sections(revision: Revision, body: &Map<String, Value>, faults: &mut Vec<FieldFault>) {
    for required in ["business_details", "registration_address"] {
        if !body.contains_key(required) {
            faults.push(FieldFault::new(required, "is required"));
        }
    }
    objects(revision, SECTIONS, body, "", faults);
    match body.get("business_person_list") {
        None => {}
        Some(Value::Array(persons)) => {
            for (index, person) in persons.iter().enumerate() {
                let place = format!("business_person_list[{index}]");
                match person {
                    Value::Object(person) => objects(revision, PERSON, person, &format!("{place}."), faults),
                    _ => faults.push(FieldFault::new(place, "must be an object")),
                }
            }
        }
        Some(_) => faults.push(FieldFault::new("business_person_list", "must be a list")),
    }
}

/// Walks the objects that this table names; keys no page names are let through.
fn objects(
    revision: Revision,
    table: &[(&str, &[Key])],
    holder: &Map<String, Value>,
    place: &str,
    faults: &mut Vec<FieldFault>,
) {
    for (name, keys) in table {
        match holder.get(*name) {
            None => {}
            Some(Value::Object(object)) => {
                for key in *keys {
                    if let Some(value) = object.get(key.name) {
                        field(revision, key, value, &format!("{place}{name}.{}", key.name), faults);
                    }
                }
            }
            Some(_) => faults.push(FieldFault::new(format!("{place}{name}"), "must be an object")),
        }
    }
}

fn field(revision: Revision, key: &Key, value: &Value, place: &str, faults: &mut Vec<FieldFault>) {
    if key.typed_only && revision == Revision::Untyped {
        faults.push(FieldFault::new(place, "is not a field of this account's revision"));
        return;
    }
    match (key.kind, value) {
        (Kind::Number, Value::Number(_)) => {}
        (Kind::Number, _) => faults.push(FieldFault::new(place, "must be a number")),
        (Kind::FileIds, Value::Array(ids)) => {
            let wrong = ids.iter().enumerate().filter(|(_, id)| !id.is_string());
            faults.extend(wrong.map(|(index, _)| FieldFault::new(format!("{place}[{index}]"), "must be a text")));
        }
        (Kind::FileIds, _) => faults.push(FieldFault::new(place, "must be a list of file ids")),
        (kind, Value::String(text)) => faults.extend(kind.fault_of(text).map(|why| FieldFault::new(place, why))),
        _ => faults.push(FieldFault::new(place, "must be a text")),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The contract's properties of an object: name and what holds it to a format, `text` where nothing does.
    fn properties(contract: &Value, schema: &str) -> BTreeMap<String, String> {
        let schemas = &contract["components"]["schemas"];
        let properties = schemas[schema]["properties"].as_object().expect("an object schema");
        let rule = |property: &Value| {
            let property = match property.get("$ref").and_then(Value::as_str) {
                Some(reference) => &schemas[reference.rsplit('/').next().expect("a name")],
                None => property,
            };
            let rule = ["format", "pattern"].iter().find_map(|&rule| property.get(rule).and_then(Value::as_str));
            match (rule, property["type"].as_str()) {
                (Some(rule), _) => rule.to_owned(),
                (None, Some("string")) => "text".to_owned(),
                (None, kind) => kind.unwrap_or_default().to_owned(),
            }
        };
        properties.iter().map(|(name, property)| (name.clone(), rule(property))).collect()
    }

    fn rule_of(kind: Kind) -> &'static str {
        match kind {
            Kind::Text => "text",
            Kind::Country => "^[A-Z]{2}$",
            Kind::Currency => "^[A-Z]{3}$",
            Kind::DateTime => "date-time",
            Kind::Uri => "uri",
            Kind::Email => "email",
            Kind::Phone => r"^\+[1-9][0-9]{5,14}$",
            Kind::Number => "number",
            Kind::FileIds => "array",
        }
    }

    #[test]
    fn the_table_is_the_contracts() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/contracts/axisfi.openapi.yaml");
        let text = std::fs::read_to_string(path).expect("tests/contracts holds the contract");
        let contract: Value = serde_norway::from_str(&text).expect("YAML");
        for (section, keys) in SECTIONS.iter().chain(PERSON) {
            let schema: String = section.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
            let table: BTreeMap<_, _> =
                keys.iter().map(|key| (key.name.to_owned(), rule_of(key.kind).to_owned())).collect();
            assert_eq!(table, properties(&contract, &schema), "{section}");
        }
        let typed_only = SECTIONS.iter().chain(PERSON).flat_map(|(_, keys)| *keys).filter(|key| key.typed_only);
        assert_eq!(typed_only.count(), 5, "the five type fields");
    }
}
