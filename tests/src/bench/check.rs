//! The whole check of a draft with five complete persons, every field typed: what each pause in typing costs.

use std::hint::black_box;
use std::time::Instant;

use chrono::NaiveDate;
use desk_domain::check::{CheckContext, check};
use desk_domain::draft::{Draft, Edit};
use desk_domain::field::{FIELDS, FieldKind, FieldSpec};
use desk_domain::form::Form;
use desk_domain::house::HOUSE;
use desk_domain::path::{FieldPath, PersonId};
use desk_domain::platform::Revision;
use desk_domain::value::DateOrder;
use serde_json::Value;
use uuid::Uuid;

use crate::bench::figure::{Bar, Figure, quantile};
use crate::page::repository;
use crate::process::Trouble;

/// Checks that are taken, and those before them that fill what is read once.
const ROUNDS: usize = 2_000;
const WARM_UP: usize = 50;

/// What it may take, in microseconds: an absolute bar, since nothing else does the same work.
const BAR_MICROSECONDS: f64 = 200.0;

/// How many persons the customer of the fixture has.
const PERSONS: usize = 5;

/// Measures it.
///
/// # Errors
/// The fixture is of another shape.
pub fn measure() -> Result<Figure, Trouble> {
    let draft = hard_customer()?;
    let context = CheckContext {
        today: NaiveDate::from_ymd_opt(2026, 11, 21).ok_or("no such day")?,
        form: Form::Whole(Revision::Typed),
        date_order: DateOrder::DayFirst,
        house: &HOUSE,
    };
    if draft.persons.len() != PERSONS {
        return Err(format!("{} persons", draft.persons.len()).into());
    }
    for _ in 0..WARM_UP {
        black_box(check(black_box(&draft), &context));
    }
    let mut taken = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let started = Instant::now();
        black_box(check(black_box(&draft), &context));
        taken.push(started.elapsed().as_secs_f64() * 1_000_000.0);
    }
    Ok(Figure {
        what: "check of five persons, us, against its bar",
        ours: quantile(&mut taken, 0.5),
        baseline: BAR_MICROSECONDS,
        bar: Bar::AtMost(1.0),
    })
}

/// The draft of the hard customer, as the form holds it once all of it is typed.
fn hard_customer() -> Result<Draft, Trouble> {
    let text = std::fs::read_to_string(repository().join("tests/fixtures/hard-customer.json"))?;
    let customer: Value = serde_json::from_str(&text)?;
    let mut draft = Draft::default();
    for field in customer["fields"].as_array().ok_or("no fields")? {
        let at = field["path"].as_str().ok_or("a field without a path")?;
        let (spec, path) = place(at).ok_or_else(|| format!("no field {at}"))?;
        if let Some(person) = path.person() {
            draft.apply(&Edit::AddPerson { person, at: u32::MAX });
        }
        // Of a list the form holds what was chosen, of all else what was typed.
        let chosen = matches!(spec.kind, FieldKind::Choice | FieldKind::Country | FieldKind::Currency);
        let text = if chosen { &field["wire"] } else { &field["typed"] };
        draft.apply(&Edit::Set { path, text: text.as_str().unwrap_or_default().to_owned() });
    }
    let id = FieldPath::of(FIELDS[0].field).ok_or("our id has no place")?;
    draft.apply(&Edit::Set { path: id, text: String::from("cd-0190a1b2-0000-7000-8000-00000000000f") });
    Ok(draft)
}

/// The place of a path of the fixture: `section/key`, `section/key/slot`, `business_person_list/number/group/key`.
fn place(at: &str) -> Option<(&'static FieldSpec, FieldPath)> {
    let parts: Vec<&str> = at.split('/').collect();
    let spec = FIELDS.iter().find(|spec| parts.contains(&spec.key))?;
    let path = match (spec.list, spec.group) {
        (true, _) => FieldPath::slot(spec.field, parts.last()?.parse().ok()?),
        (false, "") => FieldPath::of(spec.field),
        _ => FieldPath::of_person(PersonId(Uuid::from_u128(parts.get(1)?.parse().ok()?)), spec.field),
    };
    Some((spec, path?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_draft_that_is_checked_has_five_persons_and_every_text_of_the_fixture() {
        let draft = hard_customer().unwrap();
        assert_eq!(draft.persons.len(), PERSONS);
        assert!(draft.texts.len() > 115, "{} texts", draft.texts.len());
        assert!(draft.texts.values().all(|text| !text.is_empty()));
    }
}
