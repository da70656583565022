//! The draft of an update: what it is made of, what it changes, and how it comes onto what the platform has by now
//! (DECISIONS 8, 9). The rules of that are the domain's; this reads and keeps what they need.
//!
//! `plan.rs` makes the body, `onto.rs` brings a draft onto a newer reading, `read.rs` asks the platform before anything is
//! sent, `freeze.rs` makes the submission, `submit.rs` does all of it for the review.

pub(crate) mod freeze;
pub(crate) mod onto;
pub(crate) mod plan;
pub(crate) mod read;
pub(crate) mod submit;

use std::collections::BTreeSet;

use desk_domain::bultra;
use desk_domain::check::{Check, CheckContext, check};
use desk_domain::customer::{self, Customer, CustomerPath};
use desk_domain::draft::{Draft, Edit};
use desk_domain::field::{Field, Masking};
use desk_domain::path::{FieldPath, PersonId};
use desk_domain::platform::Kind;
use desk_domain::problem::Problem;
use desk_domain::update_form::{FormPart, check_update, parts, prefill, touched};
use desk_store::drafts::{DraftRow, DraftState, Purpose};
use desk_store::readings::{self, ReadingRow};
use desk_store::{Connection, SqlResult, customers, outbox};
use serde_json::Value;

use crate::convert::customer::masking;
use crate::convert::draft::is_open;
use crate::desk::new_id;
use crate::duplicates;

/// How many older readings may fill what the newest one leaves out: one that says it is mostly right before it.
const OLDER_READINGS: u32 = 20;

/// What the draft of an update is made of.
pub(crate) struct Base {
    /// The reading.
    pub reading: ReadingRow,
    /// The same, with what it lacks as last sent.
    pub made: customer::Base,
    /// The persons of the form, by their places in the base.
    pub persons: Vec<PersonId>,
    /// What the form holds before anything is typed.
    pub prefilled: Draft,
    /// The names of the customer, in English and in local script.
    pub names: (String, String),
    /// When a newer reading came that says something else.
    pub newer: Option<i64>,
}

impl Base {
    /// Whether a draft is one of an update that has a form: those of version 3 have none.
    pub(crate) fn has_form(row: &DraftRow) -> bool {
        matches!(&row.purpose, Purpose::Update { base_persons: Some(_), .. })
    }

    /// What a draft is made of; `None` of a new customer, and of an update without a form.
    pub(crate) fn read(db: &Connection, row: &DraftRow) -> SqlResult<Option<Self>> {
        let Purpose::Update { base_reading, base_persons: Some(persons), base_at, customer_id } = &row.purpose else {
            return Ok(None);
        };
        let Some(reading) = readings::get(db, *base_reading)? else { return Ok(None) };
        let newest = readings::newest(db, row.connection_id, customer_id)?.filter(|newest| newest.id != reading.id);
        // Once it was accepted, what is newer is what it has changed itself.
        let newest = newest.filter(|_| is_open(row.state) || row.state == DraftState::Conflict);
        let Some(mut base) = Self::new(db, reading, Some(persons.clone()), *base_at)? else { return Ok(None) };
        base.newer = newest.filter(|newest| says_otherwise(&base.reading, newest)).map(|newest| newest.first_read_at);
        Ok(Some(base))
    }

    /// What an update of a reading is made of at a time; its persons get new ids, where they have none. `None` where the
    /// reading is no customer.
    pub(crate) fn new(
        db: &Connection,
        reading: ReadingRow,
        persons: Option<Vec<PersonId>>,
        at: i64,
    ) -> SqlResult<Option<Self>> {
        let Some(made) = made_of(db, &reading, at)? else { return Ok(None) };
        let count = Customer::from_json(&made.json).map_or(0, |customer| customer.persons);
        let persons = persons.unwrap_or_else(|| (0..count).map(|_| PersonId(new_id())).collect());
        let prefilled = prefill(&made.json, &persons);
        let names = names(db, &reading, &prefilled)?;
        Ok(Some(Self { reading, made, persons, prefilled, names, newer: None }))
    }

    /// The first edits of a draft that is made of it.
    pub(crate) fn first_edits(&self) -> Vec<Edit> {
        let persons = (0..).zip(&self.prefilled.persons).map(|(at, person)| Edit::AddPerson { person: *person, at });
        let texts = self.prefilled.texts.iter().map(|(path, text)| Edit::Set { path: *path, text: text.clone() });
        persons.chain(texts).collect()
    }

    /// The edits that make an untouched draft of another base one of this.
    pub(crate) fn edits_instead_of(&self, before: &Draft) -> Vec<Edit> {
        let persons = before.persons.iter().map(|person| Edit::RemovePerson { person: *person });
        let gone =
            before.texts.keys().filter(|path| path.person().is_none() && !self.prefilled.texts.contains_key(path));
        let texts = gone.map(|path| Edit::Set { path: *path, text: String::new() });
        persons.chain(texts).chain(self.first_edits()).collect()
    }

    /// The fields that are not as they were read.
    pub(crate) fn changes(&self, draft: &Draft) -> Vec<FieldPath> {
        touched(draft, &self.prefilled).into_iter().collect()
    }

    /// Personal fields that are as they were read: their texts do not leave Rust unasked.
    pub(crate) fn untouched(&self, draft: &Draft) -> Vec<FieldPath> {
        let kind = self.reading.kind;
        let is_untouched = |path: &FieldPath, text: &String| is_personal(kind, *path) && draft.text(*path) == text;
        self.prefilled.texts.iter().filter(|(path, text)| is_untouched(path, text)).map(|(path, _)| *path).collect()
    }

    /// Where a field stands in the base.
    pub(crate) fn place(&self, path: FieldPath) -> Option<CustomerPath> {
        match (path.person(), path.slot_number()) {
            (Some(person), _) => {
                let at = self.persons.iter().position(|known| *known == person)?;
                CustomerPath::of_person(u32::try_from(at).ok()?, path.field())
            }
            (None, Some(slot)) => CustomerPath::slot(path.field(), u32::from(slot)),
            (None, None) => CustomerPath::of(path.field()),
        }
    }

    /// Parts that nobody knows.
    pub(crate) fn missing(&self) -> Vec<FormPart> {
        parts(&self.made.missing, &self.persons)
    }

    /// What the rules say of a draft that is made of it.
    pub(crate) fn check(&self, draft: &Draft, context: &CheckContext<'_>) -> Check {
        check_update(draft, &self.prefilled, &self.missing(), context)
    }
}

/// The names of a customer as the form has them; what the form leaves out is known from the record.
fn names(db: &Connection, reading: &ReadingRow, prefilled: &Draft) -> SqlResult<(String, String)> {
    let text = |field| FieldPath::of(field).map(|path| prefilled.text(path).to_owned()).unwrap_or_default();
    let names = (text(Field::BusinessNameEnglish), text(Field::BusinessName));
    if reading.kind == Kind::Axisfi {
        return Ok(names);
    }
    let known = customers::get(db, reading.connection_id, &reading.customer_id)?;
    Ok(known.map(|known| (known.name, known.local_name)).unwrap_or(names))
}

/// What the rules say of a draft, be it an update or a new customer, with what [`duplicates`] found: the one place that
/// every answer with a check comes from.
pub(crate) fn check_draft(
    base: Option<&Base>,
    draft: &Draft,
    duplicates: &[Problem],
    context: &CheckContext<'_>,
) -> Check {
    let mut check = base.map_or_else(|| check(draft, context), |base| base.check(draft, context));
    duplicates::add(&mut check, draft, context.form, duplicates);
    check
}

/// Whether a field's value is masked in a record of a platform.
pub(crate) fn is_personal(kind: Kind, path: FieldPath) -> bool {
    masking(kind, path.field()) != Masking::Plain
}

/// A reading with what it lacks taken from what is known besides, as of a time: older readings and the body of ours that
/// was accepted last, whichever is newer first. `None` where it is no customer.
///
/// Of Bultra it is what a `ContactPatch` can change, as the reading says it: what is left out there stays as it is.
pub(crate) fn made_of(db: &Connection, reading: &ReadingRow, at: i64) -> SqlResult<Option<customer::Base>> {
    let Ok(json) = serde_json::from_str::<Value>(&reading.raw) else { return Ok(None) };
    if reading.kind == Kind::Bultra {
        let alone = |json| customer::Base { json, as_sent: BTreeSet::new(), missing: Vec::new() };
        return Ok(bultra::contact(&json).map(alone));
    }
    let accepted = outbox::accepted_body(db, reading.connection_id, &reading.customer_id, at)?;
    let since = accepted.as_ref().map_or(i64::MIN, |(_, at)| *at);
    let (newer, older): (Vec<_>, Vec<_>) =
        readings::older(db, reading, OLDER_READINGS)?.into_iter().partition(|older| older.last_read_at >= since);
    let raw = |rows: Vec<ReadingRow>| rows.into_iter().filter_map(|row| serde_json::from_str(&row.raw).ok());
    let sent = accepted.and_then(|(body, _)| serde_json::from_slice(&body).ok());
    let known: Vec<Value> = raw(newer).chain(sent).chain(raw(older)).collect();
    Ok(customer::Base::of(&json, &known).ok())
}

/// Whether two readings differ in what an update carries: status and times are the platform's.
fn says_otherwise(before: &ReadingRow, after: &ReadingRow) -> bool {
    let (Some(before), Some(after)) = (carried_by(before), carried_by(after)) else { return true };
    let carried = |row: &customer::ComparedLeaf| row.known.is_none_or(|path| path.field().is_some());
    let differs = |row: &customer::ComparedLeaf| {
        matches!(row.became, customer::Became::Added | customer::Became::Removed | customer::Became::Changed)
    };
    customer::compare_readings(&before, &after).rows.iter().any(|row| carried(row) && differs(row))
}

/// What a reading says of what an update carries.
fn carried_by(reading: &ReadingRow) -> Option<Customer> {
    match reading.kind {
        Kind::Axisfi => Customer::from_text(&reading.raw).ok(),
        Kind::Bultra => {
            let json = serde_json::from_str(&reading.raw).ok()?;
            Customer::from_json(&bultra::contact(&json)?).ok()
        }
    }
}
