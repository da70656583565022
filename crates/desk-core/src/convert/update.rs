//! The draft of an update for the page: personal values that nobody touched are masked (DECISIONS 14).

use desk_domain::application::PersonIndex;
use desk_domain::customer::{Customer, CustomerPath, Leaf, Spot};
use desk_domain::draft::Draft;
use desk_domain::field::{Field, Section};
use desk_domain::mask::mask;
use desk_domain::path::{FieldPath, PersonId, section_key};
use desk_domain::update_form::Difference;

use crate::clock::instant;
use crate::convert::customer::{masking, veiled};
use crate::convert::reading::names;
use crate::update::Base;
use crate::update::plan::{NoPlan, Plan};
use crate::views::{ChangeView, FieldText, UntouchedView, UpdateMissingView, UpdateReviewView, UpdateView};

/// What an update is about.
pub(crate) fn view(base: &Base, draft: &Draft) -> UpdateView {
    let untouched = |path: FieldPath| {
        let masked = mask(masking(base.reading.kind, path.field()), base.prefilled.text(path));
        UntouchedView { path, masked }
    };
    let index = PersonIndex::new(base.persons.clone());
    let missing = base.missing().into_iter().map(|part| UpdateMissingView {
        section: part.section,
        person: part.person,
        group: part.group.to_owned(),
    });
    UpdateView {
        customer_id: base.reading.customer_id.clone(),
        name: base.names.0.clone(),
        local_name: base.names.1.clone(),
        reading: base.reading.id.to_string(),
        read_at: instant(base.reading.last_read_at),
        untouched: base.untouched(draft).into_iter().map(untouched).collect(),
        as_sent: base.made.as_sent.iter().filter_map(|path| index.field_path(*path)).collect(),
        missing: missing.collect(),
        changes: base.changes(draft),
        newer: base.newer.map(instant),
    }
}

/// The texts that the page may have.
pub(crate) fn texts(base: Option<&Base>, draft: &Draft) -> Vec<FieldText> {
    let hidden = base.map(|base| base.untouched(draft)).unwrap_or_default();
    let shown = draft.texts.iter().filter(|(path, _)| !hidden.contains(path));
    shown.map(|(path, text)| FieldText { path: *path, text: text.clone() }).collect()
}

/// What exactly an update changes.
pub(crate) fn review(base: &Base, plan: &Result<Plan, NoPlan>) -> UpdateReviewView {
    let plan = match plan {
        Ok(plan) => plan,
        Err(no) => {
            let problem = matches!(no, NoPlan::Incomplete(_)).then(|| no.code().to_owned());
            return UpdateReviewView { changes: Vec::new(), untouched: 0, problem };
        }
    };
    let (before, after) = (Customer::from_json(&base.made.json), Customer::from_json(&plan.body));
    let (Ok(before), Ok(after)) = (before, after) else {
        return UpdateReviewView { changes: Vec::new(), untouched: 0, problem: Some("update.incomplete".to_owned()) };
    };
    let ours = plan.differences.iter().filter(|difference| matches!(difference.body, Some(Spot::Leaf(_)))).count();
    let all = after.leaves.len() + after.unknown.len();
    UpdateReviewView {
        changes: plan.differences.iter().filter_map(|found| change(base, plan, &before, &after, found)).collect(),
        untouched: u32::try_from(all.saturating_sub(ours)).unwrap_or(u32::MAX),
        problem: plan.differences.is_empty().then(|| "update.nothing".to_owned()),
    }
}

fn change(base: &Base, plan: &Plan, before: &Customer, after: &Customer, found: &Difference) -> Option<ChangeView> {
    let path = form_path(base, plan, found)?;
    let spot = found.base.as_ref().or(found.body.as_ref())?;
    let person = match (&found.body, &found.base) {
        (Some(spot), _) => person_at(spot).map(|at| name(after, at)),
        (None, Some(spot)) => person_at(spot).map(|at| name(before, at)),
        (None, None) => None,
    };
    let was = match &found.base {
        Some(Spot::Leaf(path)) => Some(*path),
        _ => None,
    };
    let old = was.zip(found.old.as_deref()).map(|(path, old)| veiled(base.reading.kind, Leaf::Known(path), old));
    let spec = field_of(spot).map(Field::spec);
    Some(ChangeView {
        path,
        section: spec.map_or(Section::BusinessPersonList, |spec| spec.section),
        person,
        kind: spec.map(|spec| spec.kind),
        masked: old.as_ref().is_some_and(|old| old.masked),
        old: old.map(|old| old.text),
        old_path: was.filter(|path| !base.made.as_sent.contains(path)).map(|path| path.to_string()),
        new: found.new.clone(),
    })
}

/// The field of the form that a difference is about; a whole person has `business_person_list`, `/` and the id. `None` for
/// what this program does not know: an update changes nothing of it.
pub(crate) fn form_path(base: &Base, plan: &Plan, found: &Difference) -> Option<String> {
    match (&found.base, &found.body) {
        (Some(spot), _) => path_of(spot, &base.persons),
        (None, Some(spot)) => path_of(spot, &plan.persons),
        (None, None) => None,
    }
}

/// Where a spot stands in the form, by the ids of the persons of the customer that it is one of.
pub(crate) fn path_of(spot: &Spot, persons: &[PersonId]) -> Option<String> {
    match spot {
        Spot::Leaf(path) => PersonIndex::new(persons.to_vec()).field_path(*path).map(|path| path.to_string()),
        Spot::Person(at) => {
            let person = persons.get(usize::try_from(*at).ok()?)?;
            Some(person_path(*person))
        }
        Spot::Unknown(_) => None,
    }
}

/// How a whole person is named beside fields.
pub(crate) fn person_path(person: PersonId) -> String {
    format!("{}/{}", section_key(Section::BusinessPersonList), person.0)
}

/// The person that a spot is about.
pub(crate) fn person_at(spot: &Spot) -> Option<u32> {
    match spot {
        Spot::Leaf(path) => path.person(),
        Spot::Person(at) => Some(*at),
        Spot::Unknown(_) => None,
    }
}

/// The field that a spot is one of.
pub(crate) fn field_of(spot: &Spot) -> Option<Field> {
    match spot {
        Spot::Leaf(path) => CustomerPath::field(*path),
        Spot::Person(_) | Spot::Unknown(_) => None,
    }
}

/// The names of a person, in English, else in local script.
pub(crate) fn name(customer: &Customer, person: u32) -> String {
    let (english, local) = names(customer, person);
    if english.is_empty() { local } else { english }
}
