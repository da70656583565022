//! [`FieldPath`]: the API's names, with ids for persons (DECISIONS 3). Stored for years: its text never changes meaning.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::field::{FIELDS, Field, Section};

/// A person of a draft, stable over reordering and removal. A UUID v7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub Uuid);

/// Where a text of a draft stands.
///
/// ```text
/// partner_customer_id
/// business_details/business_name_english
/// business_details/business_identifier_document_list/0     a slot, never a position
/// business_person_list/0190a1b2-…/identification/id_number
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath {
    person: Option<PersonId>,
    field: Field,
    slot: Option<u16>,
}

/// Why a text is no [`FieldPath`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a path of a field: {0:?}")]
pub struct FieldPathError(pub String);

impl FieldPath {
    /// The path of a field outside the persons; slot 0 where the field is a list. `None` for a field of a person.
    #[must_use]
    pub fn of(field: Field) -> Option<Self> {
        let spec = field.spec();
        (spec.section != Section::BusinessPersonList).then_some(Self {
            person: None,
            field,
            slot: spec.list.then_some(0),
        })
    }

    /// The path of a list's slot. `None` where the field is no list.
    #[must_use]
    pub fn slot(field: Field, slot: u16) -> Option<Self> {
        field.spec().list.then_some(Self { person: None, field, slot: Some(slot) })
    }

    /// The path of a person's field. `None` for a field outside the persons.
    #[must_use]
    pub fn of_person(person: PersonId, field: Field) -> Option<Self> {
        (field.spec().section == Section::BusinessPersonList).then_some(Self {
            person: Some(person),
            field,
            slot: None,
        })
    }

    /// The person, for a field of a person.
    #[must_use]
    pub fn person(self) -> Option<PersonId> {
        self.person
    }

    /// The field.
    #[must_use]
    pub fn field(self) -> Field {
        self.field
    }

    /// The slot, for a field that is a list.
    #[must_use]
    pub fn slot_number(self) -> Option<u16> {
        self.slot
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spec = self.field.spec();
        if self.field == Field::PartnerCustomerId {
            return f.write_str(spec.key);
        }
        match (self.person, self.slot) {
            (Some(PersonId(id)), _) => write!(f, "business_person_list/{id}/{}/{}", spec.group, spec.key),
            (None, Some(slot)) => write!(f, "{}/{}/{slot}", section_key(spec.section), spec.key),
            (None, None) => write!(f, "{}/{}", section_key(spec.section), spec.key),
        }
    }
}

impl FromStr for FieldPath {
    type Err = FieldPathError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text.split('/').collect();
        let found = match parts.as_slice() {
            ["partner_customer_id"] => Self::of(Field::PartnerCustomerId),
            ["business_person_list", id, group, key] => {
                let id = id.parse().ok().map(PersonId);
                let spec = FIELDS.iter().find(|s| s.group == *group && s.key == *key);
                id.zip(spec).and_then(|(id, spec)| Self::of_person(id, spec.field))
            }
            [section, key] => by_key(section, key).filter(|f| !f.spec().list).and_then(Self::of),
            [section, key, slot] => by_key(section, key).zip(slot.parse().ok()).and_then(|(f, n)| Self::slot(f, n)),
            _ => None,
        };
        // Only the one spelling that Display writes is a path: "00" or an upper-case uuid would be a second row in the store.
        found.filter(|path| path.to_string() == text).ok_or_else(|| FieldPathError(text.to_owned()))
    }
}

impl Serialize for FieldPath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FieldPath {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The key of a section's object on the wire.
#[must_use]
pub fn section_key(section: Section) -> &'static str {
    match section {
        Section::BusinessDetails => "business_details",
        Section::RegistrationAddress => "registration_address",
        Section::AccountUsage => "account_usage",
        Section::PrimaryContact => "primary_contact",
        Section::BusinessPersonList => "business_person_list",
    }
}

fn by_key(section: &str, key: &str) -> Option<Field> {
    FIELDS
        .iter()
        .find(|spec| {
            spec.group.is_empty()
                && spec.field != Field::PartnerCustomerId
                && section_key(spec.section) == section
                && spec.key == key
        })
        .map(|spec| spec.field)
}
