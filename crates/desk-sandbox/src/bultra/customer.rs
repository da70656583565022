//! One customer and its individuals as the platform holds them: whole answers, from which a call takes what it shows.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(super) type Object = Map<String, Value>;

/// What a row of the list holds (page 004): no name.
const LISTED: [&str; 5] = ["id", "type", "status", "email", "created_at"];

/// The suffix that a status may carry; no page says what it means.
pub(super) const SUFFIX: &str = "_L2F";

/// Newest last: the second of its making, then the id.
pub(super) type Key = (i64, String);

/// One customer. Its answers are its body.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Customer {
    pub(super) id: String,
    /// Seconds since 1970.
    pub(super) created: i64,
    pub(super) body: Object,
    /// Each as its own answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) individuals: Vec<Object>,
    /// Patches that took effect, those of its individuals too.
    #[serde(default)]
    pub(super) writes: u32,
}

impl Customer {
    pub(super) fn key(&self) -> Key {
        (self.created, self.id.clone())
    }

    pub(super) fn status(&self) -> &str {
        text(&self.body, "status")
    }

    pub(super) fn party(&self) -> &str {
        text(&self.body, "type")
    }

    /// Whether it is of this status, with the suffix or without.
    pub(super) fn has_status(&self, status: &str) -> bool {
        self.status().strip_suffix(SUFFIX).unwrap_or_else(|| self.status()) == status
    }

    pub(super) fn listed(&self) -> Value {
        let row = LISTED.iter().filter_map(|&key| self.body.get_key_value(key));
        Value::Object(row.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    pub(super) fn individual(&self, id: &str) -> Option<&Object> {
        self.individuals.iter().find(|individual| text(individual, "id") == id)
    }

    /// The customer's object, or that of one of its individuals.
    pub(super) fn object(&mut self, individual: Option<&str>) -> Option<&mut Object> {
        match individual {
            None => Some(&mut self.body),
            Some(id) => self.individuals.iter_mut().find(|individual| text(individual, "id") == id),
        }
    }

    /// The customer as a judge sees it.
    pub(super) fn judged(&self) -> BultraRow {
        let ids = |list: &str| -> Vec<String> {
            let items = self.body.get(list).and_then(Value::as_array).into_iter().flatten();
            items.filter_map(|item| item["id"].as_str().map(str::to_owned)).collect()
        };
        BultraRow {
            id: self.id.clone(),
            party: self.party().to_owned(),
            status: self.status().to_owned(),
            name: self.name(),
            individuals: self.individuals.iter().cloned().map(Value::Object).collect(),
            accounts: ids("accounts"),
            writes: self.writes,
            customer: Value::Object(self.body.clone()),
        }
    }

    fn name(&self) -> String {
        let of = |part: &str, key: &str| {
            self.body.get(part).and_then(|part| part.get(key)).and_then(Value::as_str).unwrap_or_default()
        };
        let names = ["legal_name", "name", "registered_name", "business_name"];
        match names.iter().map(|key| of("corporation", key)).find(|name| !name.is_empty()) {
            Some(name) => name.to_owned(),
            None => format!("{} {}", of("individual", "first_name"), of("individual", "last_name")).trim().to_owned(),
        }
    }
}

/// The text under this key; empty where there is none.
pub(super) fn text<'a>(object: &'a Object, key: &str) -> &'a str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A time as the pages write it.
pub(super) fn written(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Says that something changed: later than before, whatever the clock says, so that a client can tell.
pub(super) fn touch(object: &mut Object, now: DateTime<Utc>) {
    let before = DateTime::parse_from_rfc3339(text(object, "updated_at")).ok();
    let next = before.and_then(|before| before.to_utc().checked_add_signed(TimeDelta::seconds(1)));
    object.insert("updated_at".to_owned(), written(next.map_or(now, |next| next.max(now))).into());
}

/// The object under this key, made where there is none.
pub(super) fn object_at<'a>(holder: &'a mut Object, key: &str) -> &'a mut Object {
    let value = holder.entry(key).or_insert_with(|| Value::Object(Object::new()));
    if !value.is_object() {
        *value = Value::Object(Object::new());
    }
    match value {
        Value::Object(object) => object,
        _ => unreachable!("it was made an object"),
    }
}

/// A customer of Bultra as a judge sees it: what is really there, whatever an answer said.
#[derive(Debug, Clone, PartialEq)]
pub struct BultraRow {
    /// The platform's id.
    pub id: String,
    /// INDIVIDUAL or CORPORATION.
    pub party: String,
    /// The status now.
    pub status: String,
    /// First and last name, or the name of the corporation; empty where it has none.
    pub name: String,
    /// Its individuals in their order, each as a call for it answers; empty where it is no corporation.
    pub individuals: Vec<Value>,
    /// The ids of its accounts.
    pub accounts: Vec<String>,
    /// How many patches took effect, those of its individuals too.
    pub writes: u32,
    /// The whole customer, as a call for it answers.
    pub customer: Value,
}
