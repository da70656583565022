//! What is sent of the form of an update: the touched fields, and nothing else.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{check_update, parts, prefill, touched};
use crate::application::Blocked;
use crate::check::CheckContext;
use crate::customer::{Base, Changes, Customer, CustomerPath, same};
use crate::draft::Draft;
use crate::field::{FIELDS, Field, FieldSpec};
use crate::form::carries;
use crate::path::{PersonId, section_key};
use crate::rules::Sheet;
use crate::value::Value;

/// What a draft changes of its base, for [`update_body`](crate::customer::update_body): touched fields only, as they are
/// sent; what is the same after normalising, and what the revision does not carry, is not among them. A new person without
/// any value is not sent. `persons` are the ids of the base's persons in their order.
///
/// # Errors
/// What blocks, of what [`check_update`](super::check_update) says; `send_anyway` lets fields stay empty which only the
/// house requires.
pub fn changes(
    draft: &Draft,
    base: &Base,
    persons: &[PersonId],
    context: &CheckContext<'_>,
    send_anyway: bool,
) -> Result<Changes, Blocked> {
    let prefill = prefill(&base.json, persons);
    let touched = touched(draft, &prefill);
    let missing = parts(&base.missing, persons);
    let blocked = Blocked::of(check_update(draft, &prefill, &missing, context), send_anyway);
    if !blocked.is_empty() {
        return Err(blocked);
    }
    let sheet = Sheet::read(draft, context).only(&touched);
    let customer = Customer::read(&base.json);
    let order = order(&sheet, &customer, persons);
    let place =
        |id: PersonId| order.iter().position(|(person, _)| *person == Some(id)).and_then(|at| at.try_into().ok());
    let mut leaves = Vec::new();
    let mut slots = Slots::of(&base.json);
    for path in touched.iter().copied().filter(|path| carries(context.form, path.field().spec())) {
        let sent = sheet.value(path).filter(|value| value.is_sent()).map(Value::wire_text);
        let Some(at) = (match (path.person(), path.slot_number()) {
            (Some(person), _) => place(person).and_then(|at| CustomerPath::of_person(at, path.field())),
            (None, Some(slot)) => slots.place(path.field(), slot, sent.is_some()),
            (None, None) => CustomerPath::of(path.field()),
        }) else {
            continue;
        };
        let read = path.person().map_or(Some(at), |id| {
            let was = persons.iter().position(|known| *known == id)?;
            Some(at.at_person(was.try_into().ok()?))
        });
        let was = read.and_then(|read| customer.leaf(read)).unwrap_or_default();
        if !same(at.kind(), sent.as_deref().unwrap_or_default(), was) {
            leaves.push((at, sent));
        }
    }
    leaves.sort_by_key(|(path, _)| *path);
    let order: Vec<Option<u32>> = order.into_iter().map(|(_, place)| place).collect();
    let as_it_was = order.iter().copied().eq((0..customer.persons).map(Some));
    Ok(Changes { leaves, persons: (!as_it_was).then_some(order) })
}

/// The persons of the body: their ids, and their places in the base. Whoever of the base has no id cannot have been
/// removed, and stays at the end.
fn order(sheet: &Sheet<'_>, base: &Customer, persons: &[PersonId]) -> Vec<(Option<PersonId>, Option<u32>)> {
    let place = |id: &PersonId| persons.iter().position(|known| known == id).and_then(|at| u32::try_from(at).ok());
    let has_values =
        |id: &PersonId| sheet.entries.iter().any(|entry| entry.path.person() == Some(*id) && entry.is_sent());
    let nameless = u32::try_from(persons.len()).unwrap_or(u32::MAX)..base.persons;
    let in_form = sheet.draft.persons.iter().map(|id| (id, place(id)));
    in_form
        .filter(|(id, place)| place.map_or_else(|| has_values(id), |place| place < base.persons))
        .map(|(id, place)| (Some(*id), place))
        .chain(nameless.map(|place| (None, Some(place))))
        .collect()
}

/// Where the slots of the form stand in the list of a body: those that were read where they were, all others after them.
struct Slots {
    there: BTreeMap<Field, u32>,
    next: BTreeMap<Field, u32>,
}

impl Slots {
    fn of(base: &Json) -> Self {
        let length = |spec: &FieldSpec| {
            let list = base.get(section_key(spec.section)).and_then(|section| section.get(spec.key));
            list.and_then(Json::as_array).and_then(|list| u32::try_from(list.len()).ok()).unwrap_or(0)
        };
        let lists = FIELDS.iter().filter(|spec| spec.list);
        let there: BTreeMap<_, _> = lists.map(|spec| (spec.field, length(spec))).collect();
        Self { next: there.clone(), there }
    }

    fn place(&mut self, field: Field, slot: u16, holds: bool) -> Option<CustomerPath> {
        let slot = u32::from(slot);
        if self.there.get(&field).is_some_and(|length| slot < *length) {
            return CustomerPath::slot(field, slot);
        }
        let next = self.next.get_mut(&field).filter(|_| holds)?;
        *next += 1;
        CustomerPath::slot(field, *next - 1)
    }
}
