//! From an application to the body of a create: the contract's nesting, blank keys left out (DECISIONS 8).

use desk_domain::application::Application;
use desk_domain::field::Field;
use desk_domain::path::{PersonId, section_key};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::CreateCustomerRequest;

/// Which person and which slot of the document list stand at which position of a body. Kept with the submission, so that
/// `business_person_list[1]` in an answer finds its person (DECISIONS 3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WirePlaces {
    /// Persons by their position on the wire; one without a single value is not on it.
    pub persons: Vec<PersonId>,
    /// Slots of `business_identifier_document_list` by their position on the wire.
    pub document_slots: Vec<u16>,
}

impl WirePlaces {
    /// The positions in the body that [`create_body`] makes of this application.
    #[must_use]
    pub fn of(application: &Application) -> Self {
        let document_slots = application.iter().filter_map(|(path, _)| path.slot_number()).collect();
        Self { persons: application.persons().to_vec(), document_slots }
    }
}

/// The body of a create. The same application gives the same body. What an [`Application`] leaves out (blank fields, the
/// five type fields of an untyped one, persons without a value) is not in it, and no section that would be empty but for
/// the two that the contract requires.
#[must_use]
pub fn create_body(application: &Application) -> Value {
    let mut body = Map::new();
    for section in ["business_details", "registration_address"] {
        body.insert(section.to_owned(), Value::Object(Map::new()));
    }
    let mut persons: Vec<Map<String, Value>> = vec![Map::new(); application.persons().len()];
    for (path, value) in application.iter() {
        let spec = path.field().spec();
        let object = if let Some(person) = path.person() {
            let at = application.persons().iter().position(|known| *known == person);
            at.and_then(|at| persons.get_mut(at)).and_then(|object| object_in(object, spec.group))
        } else if path.field() == Field::PartnerCustomerId {
            Some(&mut body)
        } else {
            object_in(&mut body, section_key(spec.section))
        };
        let Some(object) = object else { continue };
        if spec.list {
            let list = object.entry(spec.key).or_insert_with(|| Value::Array(Vec::new()));
            list.as_array_mut().into_iter().for_each(|list| list.push(value.to_json()));
        } else {
            object.insert(spec.key.to_owned(), value.to_json());
        }
    }
    if !persons.is_empty() {
        let persons = persons.into_iter().map(Value::Object).collect();
        body.insert("business_person_list".to_owned(), Value::Array(persons));
    }
    // Through the contract's types: its order of keys, whatever the order of the form.
    CreateCustomerRequest::from_object(body).into()
}

/// [`create_body`] as the bytes that are frozen in the outbox and sent as they are.
#[must_use]
pub fn create_bytes(application: &Application) -> Vec<u8> {
    create_body(application).to_string().into_bytes()
}

/// The object under a key, made where there is none.
fn object_in<'a>(parent: &'a mut Map<String, Value>, key: &str) -> Option<&'a mut Map<String, Value>> {
    parent.entry(key).or_insert_with(|| Value::Object(Map::new())).as_object_mut()
}
