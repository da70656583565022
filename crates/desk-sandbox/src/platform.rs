//! What the platform does with a call: pure but for ids, no network, the time from the caller.

use std::{collections::HashMap, time::Duration};

use axum::body::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    bultra::Kept,
    call::{Answer, Call, Content, FieldFault, Target},
    check, data,
    options::{Mode, Revision},
    row::{CustomerRow, Row, Settles, Stage},
};

mod upload;

pub use upload::StoredFile;

/// The version of the snapshot's shape; another one is refused.
const SNAPSHOT_VERSION: u32 = 1;

/// What decides between answers that no page settles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    pub(crate) mode: Mode,
    pub(crate) processing: Duration,
}

/// Customers and files of both accounts.
#[derive(Debug, Default)]
pub(crate) struct Platform {
    rows: Vec<Row>,
    files: Vec<StoredFile>,
    by_id: HashMap<(Revision, String), usize>,
    /// The first row of each partner_customer_id.
    by_partner_id: HashMap<(Revision, String), usize>,
    /// Calls that a fault put off, and when they take effect.
    put_off: Vec<(DateTime<Utc>, Call)>,
}

/// The state as it is kept between two runs. Calls that were put off are not part of it.
#[derive(Serialize, Deserialize)]
struct Snapshot {
    version: u32,
    advanced_ms: i64,
    rows: Vec<Row>,
    files: Vec<StoredFile>,
    /// Only where something there is no longer as it was made; snapshots of older versions have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bultra: Option<Kept>,
}

impl Platform {
    /// The 300 customers.
    pub(crate) fn with_made_up_customers() -> Self {
        let mut platform = Self::default();
        data::customers().into_iter().for_each(|row| platform.insert(row));
        platform
    }

    /// The state of a snapshot, how far its clock was advanced in milliseconds, and what it has of Bultra.
    pub(crate) fn restored(snapshot: Value) -> Result<(Self, i64, Option<Kept>), String> {
        let snapshot: Snapshot = serde_json::from_value(snapshot).map_err(|error| error.to_string())?;
        if snapshot.version != SNAPSHOT_VERSION {
            return Err(format!("a snapshot of version {}, known is {SNAPSHOT_VERSION}", snapshot.version));
        }
        let mut platform = Self { files: snapshot.files, ..Self::default() };
        snapshot.rows.into_iter().for_each(|row| platform.insert(row));
        Ok((platform, snapshot.advanced_ms, snapshot.bultra))
    }

    /// The whole state as JSON. `advanced_ms` is how far the clock was advanced, `bultra` what is to be kept of it.
    pub(crate) fn snapshot(&self, advanced_ms: i64, bultra: Option<Kept>) -> Value {
        let (rows, files) = (self.rows.clone(), self.files.clone());
        let snapshot = Snapshot { version: SNAPSHOT_VERSION, advanced_ms, rows, files, bultra };
        // Rows and files hold text, numbers and JSON values only, which always become JSON.
        serde_json::to_value(snapshot).unwrap_or_default()
    }

    /// Every customer of both accounts, in the order they came.
    pub(crate) fn judged(&self, now: DateTime<Utc>) -> Vec<CustomerRow> {
        let judged = |row: &Row| CustomerRow {
            revision: row.revision,
            customer_id: row.customer_id.clone(),
            partner_customer_id: row.partner_customer_id.clone(),
            status: row.status_at(now).to_owned(),
            sparse: row.sparse,
            customer: row.whole(now),
        };
        self.rows.iter().map(judged).collect()
    }

    /// Keeps a call that takes effect later.
    pub(crate) fn put_off(&mut self, at: DateTime<Utc>, call: Call) {
        self.put_off.push((at, call));
    }

    /// Lets the calls take effect whose time has come, in the order of their times.
    pub(crate) fn catch_up(&mut self, now: DateTime<Utc>, rules: Rules) {
        if self.put_off.is_empty() {
            return;
        }
        let (mut due, waiting): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.put_off).into_iter().partition(|(at, _)| *at <= now);
        self.put_off = waiting;
        due.sort_by_key(|(at, _)| *at);
        for (at, call) in due {
            self.answer(call, at, rules);
        }
    }

    /// Does what the call asks for.
    pub(crate) fn answer(&mut self, call: Call, now: DateTime<Utc>, rules: Rules) -> Answer {
        let Call { revision, target, content } = call;
        match target {
            Target::Create => {
                answer_or_error(body_of(content).and_then(|body| self.create(revision, body, now, rules)))
            }
            Target::Update { customer_id } => {
                answer_or_error(body_of(content).and_then(|body| self.update(revision, customer_id, body, now, rules)))
            }
            Target::Detail { query } => answer_or_error(self.detail(revision, &query, now)),
            Target::Upload => answer_or_error(self.upload(revision, content)),
            Target::Nowhere => Answer::error(404, "NOT_FOUND", "There is nothing at this path."),
            Target::WrongMethod => Answer::error(405, "METHOD_NOT_ALLOWED", "This path is called with another method."),
        }
    }

    fn create(
        &mut self,
        revision: Revision,
        mut body: Map<String, Value>,
        now: DateTime<Utc>,
        rules: Rules,
    ) -> Result<Answer, Answer> {
        let faults = check::create(revision, &body);
        if !faults.is_empty() {
            return Err(Answer::bad_request(&faults));
        }
        let Some(Value::String(partner_customer_id)) = body.shift_remove("partner_customer_id") else {
            return Err(Answer::broken_body("partner_customer_id must be a text."));
        };
        let taken = self.by_partner_id.contains_key(&(revision, partner_customer_id.clone()));
        if taken && rules.mode == Mode::Conflict409 {
            let fault = FieldFault::new("partner_customer_id", "already exists");
            let message = "A customer with this partner_customer_id already exists.";
            return Err(Answer::fields(409, "ALREADY_EXISTS", message, &[fault]));
        }
        check::PLATFORM_KEYS.iter().for_each(|&key| {
            body.shift_remove(key);
        });
        let mut row = Row {
            revision,
            customer_id: format!("cus_{}", Uuid::now_v7().simple()),
            partner_customer_id,
            status: String::new(),
            created_at: now,
            settles: None,
            sparse: false,
            body,
        };
        process(&mut row, now, rules.processing);
        let answer = answer_to_write(&row, now);
        self.insert(row);
        Ok(answer)
    }

    fn update(
        &mut self,
        revision: Revision,
        customer_id: String,
        mut body: Map<String, Value>,
        now: DateTime<Utc>,
        rules: Rules,
    ) -> Result<Answer, Answer> {
        let row = self.by_id.get(&(revision, customer_id)).and_then(|&index| self.rows.get_mut(index));
        let row = row.ok_or_else(unknown_customer)?;
        let faults = check::update(revision, &body);
        if !faults.is_empty() {
            return Err(Answer::bad_request(&faults));
        }
        check::PLATFORM_KEYS.iter().for_each(|&key| {
            body.shift_remove(key);
        });
        row.body.extend(body);
        let status = row.status_at(now);
        let again = [Stage::Waiting, Stage::Stopped].iter().any(|stage| stage.word(revision) == status);
        if again || Stage::decided_by(&row.body).1 {
            process(row, now, rules.processing);
        }
        Ok(answer_to_write(row, now))
    }

    /// The body of a customer, for somebody who changes it without a call.
    pub(crate) fn change(&mut self, customer_id: &str, change: impl FnOnce(&mut Map<String, Value>)) -> bool {
        self.row(customer_id).map(|row| change(&mut row.body)).is_some()
    }

    pub(crate) fn answer_sparsely(&mut self, customer_id: &str, sparse: bool) -> bool {
        self.row(customer_id).map(|row| row.sparse = sparse).is_some()
    }

    fn row(&mut self, customer_id: &str) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.customer_id == customer_id)
    }

    fn detail(&self, revision: Revision, query: &[(String, String)], now: DateTime<Utc>) -> Result<Answer, Answer> {
        let values = |key: &str| query.iter().filter(|(name, _)| name == key).map(|(_, id)| id).collect::<Vec<_>>();
        let found = match (values("customer_id").as_slice(), values("partner_customer_id").as_slice()) {
            ([id], []) => self.by_id.get(&(revision, (*id).clone())),
            ([], [id]) => self.by_partner_id.get(&(revision, (*id).clone())),
            _ => {
                let message = "Exactly one of customer_id and partner_customer_id is needed, once.";
                let faults = ["customer_id", "partner_customer_id"].map(|key| FieldFault::new(key, "one of the two"));
                return Err(Answer::fields(400, "INVALID_REQUEST", message, &faults));
            }
        };
        let row = found.and_then(|&index| self.rows.get(index)).ok_or_else(unknown_customer)?;
        Ok(Answer::ok(if row.sparse { row.as_samples(now) } else { row.whole(now) }))
    }

    fn insert(&mut self, row: Row) {
        let index = self.rows.len();
        self.by_id.insert((row.revision, row.customer_id.clone()), index);
        self.by_partner_id.entry((row.revision, row.partner_customer_id.clone())).or_insert(index);
        self.rows.push(row);
    }
}

fn answer_or_error(result: Result<Answer, Answer>) -> Answer {
    result.unwrap_or_else(|error| error)
}

fn unknown_customer() -> Answer {
    Answer::error(404, "NOT_FOUND", "No customer has this id.")
}

/// Sends a row on its way: waiting now, its end after the processing time.
fn process(row: &mut Row, now: DateTime<Utc>, processing: Duration) {
    let (end, _) = Stage::decided_by(&row.body);
    let at = TimeDelta::from_std(processing).ok().and_then(|time| now.checked_add_signed(time));
    row.status = Stage::Waiting.word(row.revision).to_owned();
    // A processing time past the end of the calendar never ends.
    row.settles = at.map(|at| Settles { at, status: end.word(row.revision).to_owned() });
}

/// Pages 001 and 003 answer a write without some sections, page 002 with all.
fn answer_to_write(row: &Row, now: DateTime<Utc>) -> Answer {
    Answer::ok(match row.revision {
        Revision::Typed => row.as_samples(now),
        Revision::Untyped => row.whole(now),
    })
}

/// The JSON object that a write carries.
fn body_of(content: Content) -> Result<Map<String, Value>, Answer> {
    match content {
        Content::Whole { content_type, bytes } if is_json(&content_type) => object(&bytes),
        Content::TooLarge => Err(too_large()),
        _ => Err(Answer::error(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json.")),
    }
}

fn is_json(content_type: &str) -> bool {
    content_type.split(';').next().is_some_and(|mime| mime.trim().eq_ignore_ascii_case("application/json"))
}

fn object(bytes: &Bytes) -> Result<Map<String, Value>, Answer> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Answer::broken_body("The body must be a JSON object.")),
        Err(error) => Err(Answer::broken_body(&format!("The body is not JSON: {error}."))),
    }
}

fn too_large() -> Answer {
    Answer::error(413, "TOO_LARGE", "The body is larger than this platform takes.")
}
