//! One customer as the sandbox holds it, and the three ways it is shown: whole, as the samples, and to a judge.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::options::Revision;

/// Sections and keys in the order page 002 answers them.
const ANSWER_ORDER: [&str; 5] =
    ["business_details", "registration_address", "account_usage", "primary_contact", "business_person_list"];

/// What the samples of 000, 001 and 003 leave out.
const LEFT_OUT_BY_SAMPLES: [&str; 2] = ["business_details", "registration_address"];

/// Where a customer stands on its way; the word for it depends on the revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Waiting,
    Active,
    Stopped,
    Suspended,
}

impl Stage {
    pub(crate) fn word(self, revision: Revision) -> &'static str {
        match (revision, self) {
            (Revision::Typed, Self::Waiting) => "Processing",
            (Revision::Typed, Self::Active) => "Succeeded",
            (Revision::Typed, Self::Stopped) => "Failed",
            (Revision::Typed, Self::Suspended) => "Suspended",
            (Revision::Untyped, Self::Waiting) => "pending",
            (Revision::Untyped, Self::Active) => "active",
            (Revision::Untyped, Self::Stopped) => "rejected",
            (Revision::Untyped, Self::Suspended) => "suspended",
        }
    }

    /// Where a customer of this body ends, and whether a trigger of the crate's documentation says so.
    pub(crate) fn decided_by(body: &Map<String, Value>) -> (Self, bool) {
        let name = body.get("business_details").and_then(|d| d.get("business_name_english")).and_then(Value::as_str);
        match name {
            Some(name) if name.contains("[fails]") => (Self::Stopped, true),
            Some(name) if name.contains("[suspends]") => (Self::Suspended, true),
            _ => (Self::Active, false),
        }
    }
}

/// The status a customer moves to, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settles {
    pub(crate) at: DateTime<Utc>,
    pub(crate) status: String,
}

/// One customer. `body` holds what was sent, without the keys that belong to the platform.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) revision: Revision,
    pub(crate) customer_id: String,
    pub(crate) partner_customer_id: String,
    pub(crate) status: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) settles: Option<Settles>,
    /// Detail answers as the samples do.
    pub(crate) sparse: bool,
    pub(crate) body: Map<String, Value>,
}

impl Row {
    /// The status at this time.
    pub(crate) fn status_at(&self, now: DateTime<Utc>) -> &str {
        match &self.settles {
            Some(settles) if settles.at <= now => &settles.status,
            _ => &self.status,
        }
    }

    /// The customer with every section it has.
    pub(crate) fn whole(&self, now: DateTime<Utc>) -> Value {
        let mut answer = self.ids(now);
        let known = ANSWER_ORDER.iter().filter_map(|&key| self.body.get_key_value(key));
        let others = self.body.iter().filter(|(key, _)| !ANSWER_ORDER.contains(&key.as_str()));
        answer.extend(known.chain(others).map(|(key, value)| (key.clone(), value.clone())));
        Value::Object(answer)
    }

    /// The customer as the samples of 000, 001 and 003 show one: without business_details, registration_address and
    /// basic_info.
    pub(crate) fn as_samples(&self, now: DateTime<Utc>) -> Value {
        let mut answer = self.whole(now);
        if let Some(answer) = answer.as_object_mut() {
            LEFT_OUT_BY_SAMPLES.iter().for_each(|&key| {
                answer.shift_remove(key);
            });
            let persons = answer.get_mut("business_person_list").and_then(Value::as_array_mut);
            persons.into_iter().flatten().filter_map(Value::as_object_mut).for_each(|person| {
                person.shift_remove("basic_info");
            });
        }
        answer
    }

    fn ids(&self, now: DateTime<Utc>) -> Map<String, Value> {
        let mut ids = Map::new();
        ids.insert("customer_id".to_owned(), self.customer_id.clone().into());
        ids.insert("partner_customer_id".to_owned(), self.partner_customer_id.clone().into());
        ids.insert("status".to_owned(), self.status_at(now).into());
        ids.insert("created_at".to_owned(), self.created_at.to_rfc3339_opts(SecondsFormat::Secs, true).into());
        ids
    }
}

/// A customer as a judge sees it: what is really there, whatever an answer said.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerRow {
    /// The account it belongs to.
    pub revision: Revision,
    /// The platform's id.
    pub customer_id: String,
    /// The client's id; twice in one account only where [`Mode::CreatesSecondRow`](crate::Mode) allowed it.
    pub partner_customer_id: String,
    /// The status now.
    pub status: String,
    /// Detail leaves sections out.
    pub sparse: bool,
    /// The whole customer, as a detail that leaves nothing out would answer.
    pub customer: Value,
}
