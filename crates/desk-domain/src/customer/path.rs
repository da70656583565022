//! [`CustomerPath`]: where a leaf stands in an answer: the API's names, persons and list entries by their index.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::field::{FIELDS, Field, FieldKind, FieldSpec, Masking, Section};
use crate::form::Form;
use crate::path::section_key;

/// Where a known leaf stands in an answer.
///
/// ```text
/// customer_id, partner_customer_id, status, created_at
/// business_details/business_name_english
/// business_details/business_identifier_document_list       the list itself, where it came empty
/// business_details/business_identifier_document_list/0
/// business_person_list/0/identification/id_number
/// ```
///
/// Ordered as the record is read: ids and status, the fields in the order of the form, then person after person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomerPath {
    person: Option<u32>,
    place: Place,
    slot: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Place {
    CustomerId,
    Status,
    CreatedAt,
    Field(Field),
}

/// Why a text is no [`CustomerPath`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a path of a known leaf: {0:?}")]
pub struct CustomerPathError(pub String);

impl CustomerPath {
    /// The platform's id.
    pub const CUSTOMER_ID: Self = Self::top(Place::CustomerId);
    /// Ours.
    pub const PARTNER_CUSTOMER_ID: Self = Self::top(Place::Field(Field::PartnerCustomerId));
    /// The status.
    pub const STATUS: Self = Self::top(Place::Status);
    /// When the platform made the customer.
    pub const CREATED_AT: Self = Self::top(Place::CreatedAt);

    const fn top(place: Place) -> Self {
        Self { person: None, place, slot: None }
    }

    /// The path of a field outside the persons; for a list, of the list itself. `None` for a field of a person.
    #[must_use]
    pub fn of(field: Field) -> Option<Self> {
        (field.spec().section != Section::BusinessPersonList).then_some(Self::top(Place::Field(field)))
    }

    /// The path of a list's entry. `None` where the field is no list.
    #[must_use]
    pub fn slot(field: Field, slot: u32) -> Option<Self> {
        field.spec().list.then_some(Self { slot: Some(slot), ..Self::top(Place::Field(field)) })
    }

    /// The path of a field of the person at a place, from 0. `None` for a field outside the persons.
    #[must_use]
    pub fn of_person(person: u32, field: Field) -> Option<Self> {
        let of_persons = field.spec().section == Section::BusinessPersonList;
        of_persons.then_some(Self { person: Some(person), ..Self::top(Place::Field(field)) })
    }

    /// The field; `None` for the platform's id, the status and the time of creation.
    #[must_use]
    pub fn field(self) -> Option<Field> {
        match self.place {
            Place::Field(field) => Some(field),
            Place::CustomerId | Place::Status | Place::CreatedAt => None,
        }
    }

    /// The person's place in the answer, from 0.
    #[must_use]
    pub fn person(self) -> Option<u32> {
        self.person
    }

    /// The place in a list, from 0.
    #[must_use]
    pub fn slot_number(self) -> Option<u32> {
        self.slot
    }

    /// The same field of the person at another place; itself for a field outside the persons.
    #[must_use]
    pub fn at_person(self, person: u32) -> Self {
        Self { person: self.person.map(|_| person), ..self }
    }

    /// What the leaf holds; the time of creation has no kind of its own among the fields.
    #[must_use]
    pub fn kind(self) -> Option<FieldKind> {
        self.field().map(|field| field.spec().kind)
    }

    /// How the leaf is masked in a record of a connection with this form.
    #[must_use]
    pub fn masking_in(self, form: Form) -> Masking {
        self.field().map_or(Masking::Plain, |field| form.masking(field))
    }
}

impl fmt::Display for CustomerPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spec = match self.place {
            Place::CustomerId => return f.write_str("customer_id"),
            Place::Status => return f.write_str("status"),
            Place::CreatedAt => return f.write_str("created_at"),
            Place::Field(Field::PartnerCustomerId) => return f.write_str("partner_customer_id"),
            Place::Field(field) => field.spec(),
        };
        let section = section_key(spec.section);
        match (self.person, self.slot) {
            (Some(person), _) => write!(f, "{section}/{person}/{}/{}", spec.group, spec.key),
            (None, Some(slot)) => write!(f, "{section}/{}/{slot}", spec.key),
            (None, None) => write!(f, "{section}/{}", spec.key),
        }
    }
}

impl FromStr for CustomerPath {
    type Err = CustomerPathError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // No known key is a number, so every number is an index.
        let steps: Vec<_> = text.split('/').map(|step| step.parse().map_or(Step::Key(step), Step::At)).collect();
        match known(&steps) {
            Known::Leaf(path) | Known::List(path) if path.to_string() == text => Ok(path),
            _ => Err(CustomerPathError(text.to_owned())),
        }
    }
}

impl Serialize for CustomerPath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CustomerPath {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// One step from the top of an answer to a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Step<'a> {
    Key(&'a str),
    At(usize),
}

/// What is expected at a place of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// A scalar.
    Leaf(CustomerPath),
    /// A list of scalars.
    List(CustomerPath),
    /// A section, a person, or a group of a person.
    Object,
    /// The list of persons.
    Persons,
    /// Nothing that this program knows.
    Nothing,
}

/// What the contract expects at a place.
pub(crate) fn known(steps: &[Step<'_>]) -> Known {
    use Step::{At, Key};
    const PERSONS: &str = "business_person_list";
    let leaf = |path: Option<CustomerPath>| path.map_or(Known::Nothing, Known::Leaf);
    let number = |at: usize| u32::try_from(at).ok();
    match *steps {
        [Key("customer_id")] => Known::Leaf(CustomerPath::CUSTOMER_ID),
        [Key("partner_customer_id")] => Known::Leaf(CustomerPath::PARTNER_CUSTOMER_ID),
        [Key("status")] => Known::Leaf(CustomerPath::STATUS),
        [Key("created_at")] => Known::Leaf(CustomerPath::CREATED_AT),
        [Key(PERSONS)] => Known::Persons,
        [Key(PERSONS), At(_)] => Known::Object,
        [Key(PERSONS), At(_), Key(group)] if FIELDS.iter().any(|spec| !group.is_empty() && spec.group == group) => {
            Known::Object
        }
        [Key(PERSONS), At(at), Key(group), Key(key)] => {
            let spec = FIELDS.iter().find(|spec| !group.is_empty() && spec.group == group && spec.key == key);
            leaf(number(at).zip(spec).and_then(|(at, spec)| CustomerPath::of_person(at, spec.field)))
        }
        [Key(section)] if Section::ALL.into_iter().any(|known| section_key(known) == section) => Known::Object,
        [Key(section), Key(key)] => match spec_in(section, key) {
            Some(spec) if spec.list => CustomerPath::of(spec.field).map_or(Known::Nothing, Known::List),
            spec => leaf(spec.and_then(|spec| CustomerPath::of(spec.field))),
        },
        [Key(section), Key(key), At(at)] => {
            leaf(spec_in(section, key).zip(number(at)).and_then(|(spec, at)| CustomerPath::slot(spec.field, at)))
        }
        _ => Known::Nothing,
    }
}

fn spec_in(section: &str, key: &str) -> Option<&'static FieldSpec> {
    FIELDS.iter().find(|spec| {
        spec.group.is_empty()
            && spec.field != Field::PartnerCustomerId
            && section_key(spec.section) == section
            && spec.key == key
    })
}

/// The path as text, for leaves that no [`CustomerPath`] names.
pub(crate) fn spell(steps: &[Step<'_>]) -> String {
    let step = |step: &Step<'_>| match step {
        Step::Key(key) => key.replace('~', "~0").replace('/', "~1"),
        Step::At(at) => at.to_string(),
    };
    steps.iter().map(step).collect::<Vec<_>>().join("/")
}
