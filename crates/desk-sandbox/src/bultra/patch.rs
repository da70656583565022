//! Changes of contact and address: checked, done once for each idempotency id, answered in part.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    book::Book,
    call::Call,
    customer::{Customer, Object, object_at},
    kept::Answered,
};
use crate::{
    call::{Answer, FieldFault},
    format::Kind,
};

/// The header of an attempt (public overview), as a field at fault.
pub(super) const IDEMPOTENCY_ID: &str = "x-bultra-idempotency-id";

/// What can be changed, in the order it is answered.
const FIELDS: [&str; 3] = ["email", "phone", "address"];

/// The keys of an address that the contract names; others are kept as they come.
const ADDRESS: [(&str, Kind); 5] = [
    ("line1", Kind::Text),
    ("city", Kind::Text),
    ("state", Kind::Text),
    ("postal_code", Kind::Text),
    ("country", Kind::Country),
];

/// What becomes of the keys of an address that a patch leaves out. No page says; a client must cope with both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AddressRule {
    /// They stay.
    #[default]
    Merges,
    /// They go.
    Replaces,
}

/// 404 for a customer or an individual.
pub(super) fn unknown(what: &str) -> Answer {
    Answer::error(404, "NOT_FOUND", &format!("No {what} has this id."))
}

/// Does it, or answers as the first call with the same idempotency id was answered.
pub(super) fn answer(book: &mut Book, call: &Call, id: &str, individual: Option<&str>, now: DateTime<Utc>) -> Answer {
    let attempt = match Attempt::of(call, id, individual) {
        Ok(attempt) => attempt,
        Err(refused) => return refused,
    };
    match attempt.before(book) {
        Some(answer) => answer,
        None => match patched(book, call, id, individual, now) {
            Ok(body) => {
                attempt.remember(book, &body);
                Answer::ok(body)
            }
            Err(refused) => refused,
        },
    }
}

/// One attempt, where it has an id. Refused calls are not remembered: they changed nothing.
struct Attempt {
    id: Option<String>,
    asked: String,
}

impl Attempt {
    fn of(call: &Call, id: &str, individual: Option<&str>) -> Result<Self, Answer> {
        let mut asked = Sha256::new();
        // The ids cannot hold a line end, so that no two targets are written alike.
        asked.update(format!("{id}\n{}\n", individual.unwrap_or_default()));
        asked.update(call.body.as_deref().unwrap_or_default());
        let read = |given: &String| {
            let fault = FieldFault::new(IDEMPOTENCY_ID, "must be a UUID");
            Uuid::parse_str(given).map(|id| id.to_string()).map_err(|_| Answer::bad_request(&[fault]))
        };
        Ok(Self { id: call.idempotency_id.as_ref().map(read).transpose()?, asked: hex::encode(asked.finalize()) })
    }

    /// The answer that this attempt had before, or why it cannot be had again.
    fn before(&self, book: &Book) -> Option<Answer> {
        let answered = book.answered.get(self.id.as_ref()?)?;
        Some(match answered.asked == self.asked {
            true => Answer::ok(answered.body.clone()),
            false => Answer::error(409, "IDEMPOTENCY_CONFLICT", "This id was sent with another call before."),
        })
    }

    fn remember(self, book: &mut Book, body: &Value) {
        if let Some(id) = self.id {
            book.answered.insert(id, Answered { asked: self.asked, body: body.clone() });
        }
    }
}

fn patched(
    book: &mut Book,
    call: &Call,
    id: &str,
    individual: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Value, Answer> {
    let body = object(call)?;
    let customer = book.customer(id)?;
    if individual.is_some_and(|individual| customer.individual(individual).is_none()) {
        return Err(unknown("individual"));
    }
    let faults = faults(&body);
    if !faults.is_empty() {
        return Err(Answer::fields(422, "INVALID_FIELDS", "Some fields cannot be taken.", &faults));
    }
    if customer.has_status("CLOSED") {
        return Err(Answer::error(409, "CUSTOMER_CLOSED", "A closed customer cannot be changed."));
    }
    let place = individual.map_or_else(|| Place::of(customer), |_| Place::Own);
    let rule = book.address_rule;
    let written = book.change(id, individual, now, |object| place.write(object, &body, rule));
    book.wrote(id);
    let holder = match individual {
        None => book.customer(id)?.body.clone(),
        Some(individual) => book.customer(id)?.individual(individual).cloned().unwrap_or_default(),
    };
    // Page 004: a customer's answer has the changed fields, an individual's id and updated_at alone.
    let mut answer = Object::new();
    answer.extend(holder.get_key_value("id").map(|(key, value)| (key.clone(), value.clone())));
    if individual.is_none() {
        answer.extend(written.unwrap_or_default());
    }
    answer.extend(holder.get_key_value("updated_at").map(|(key, value)| (key.clone(), value.clone())));
    Ok(Value::Object(answer))
}

fn object(call: &Call) -> Result<Object, Answer> {
    let Some(body) = &call.body else {
        return Err(Answer::error(413, "TOO_LARGE", "The body is larger than this platform takes."));
    };
    if !call.is("application/json") {
        return Err(Answer::broken_body("The body must be application/json."));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Answer::broken_body("The body must be a JSON object.")),
        Err(error) => Err(Answer::broken_body(&format!("The body is not JSON: {error}."))),
    }
}

/// Everything wrong with a body.
fn faults(body: &Object) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if body.is_empty() {
        faults.push(FieldFault::new("", format!("must hold one of {}", FIELDS.join(", "))));
    }
    for (key, value) in body {
        match (key.as_str(), value) {
            ("email", value) => faults.extend(fault("email", value, Kind::Email)),
            ("phone", value) => faults.extend(fault("phone", value, Kind::Phone)),
            ("address", Value::Object(address)) => {
                let known = ADDRESS.iter().filter_map(|&(key, kind)| Some((key, address.get(key)?, kind)));
                faults.extend(known.filter_map(|(key, value, kind)| fault(&format!("address.{key}"), value, kind)));
            }
            ("address", _) => faults.push(FieldFault::new("address", "must be an object")),
            _ => faults.push(FieldFault::new(key, "is not a field that can be changed")),
        }
    }
    faults
}

fn fault(place: &str, value: &Value, kind: Kind) -> Option<FieldFault> {
    match value {
        Value::String(text) => kind.fault_of(text).map(|why| FieldFault::new(place, why)),
        _ => Some(FieldFault::new(place, "must be a text")),
    }
}

/// Where an object keeps its address.
#[derive(Clone, Copy)]
enum Place {
    /// Under its own `address`.
    Own,
    /// In `individual` or `corporation`.
    In(&'static str),
}

impl Place {
    fn of(customer: &Customer) -> Self {
        let is_object = |value: Option<&Value>| value.is_some_and(Value::is_object);
        let inner = customer.body.get("corporation").and_then(|corporation| corporation.get("address"));
        match customer.party() {
            "CORPORATION" if !is_object(inner) && is_object(customer.body.get("address")) => Self::Own,
            "CORPORATION" => Self::In("corporation"),
            _ => Self::In("individual"),
        }
    }

    /// Writes what was sent, and gives it as it is now.
    fn write(self, object: &mut Object, body: &Object, rule: AddressRule) -> Map<String, Value> {
        let mut written = Map::new();
        for field in FIELDS {
            let now = match (field, body.get(field)) {
                (_, None) => continue,
                ("address", Some(Value::Object(sent))) => {
                    let holder = match self {
                        Self::Own => &mut *object,
                        Self::In(key) => object_at(object, key),
                    };
                    let address = object_at(holder, "address");
                    if rule == AddressRule::Replaces {
                        address.clear();
                    }
                    address.extend(sent.clone());
                    Value::Object(address.clone())
                }
                (_, Some(value)) => {
                    object.insert(field.to_owned(), value.clone());
                    value.clone()
                }
            };
            written.insert(field.to_owned(), now);
        }
        written
    }
}
