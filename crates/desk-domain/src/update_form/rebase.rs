//! Brings a draft onto a newer base.

use std::collections::{BTreeMap, BTreeSet};

use super::touched;
use crate::customer::{Merge, PersonPlaces};
use crate::draft::{Draft, Edit};
use crate::field::{FIELDS, Field};
use crate::path::{FieldPath, PersonId};
use crate::value::text::{clean, is_blank};

/// Clashes that a person decided for the platform; all others stay as the draft has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Theirs {
    /// Fields.
    pub fields: BTreeSet<FieldPath>,
    /// Whole persons: one side changed them, the other removed them.
    pub persons: BTreeSet<PersonId>,
}

/// The ids of the newest base's persons in their order: whoever is the same as in the old base keeps their id, whoever both
/// sides added has the draft's, all others get `new` ones. `base` are the ids of the old base's persons, `mine` those of
/// the merged body's.
pub fn persons_of_theirs(
    merge: &Merge,
    base: &[PersonId],
    mine: &[PersonId],
    mut new: impl FnMut() -> PersonId,
) -> Vec<PersonId> {
    let id = |ids: &[PersonId], at: Option<u32>| ids.get(usize::try_from(at?).ok()?).copied();
    let known = |person: &PersonPlaces| id(base, person.base).or_else(|| id(mine, person.mine));
    let in_order: BTreeMap<u32, Option<PersonId>> =
        merge.persons.iter().filter_map(|person| Some((person.theirs?, known(person)))).collect();
    in_order.into_values().map(|id| id.unwrap_or_else(&mut new)).collect()
}

/// The edits that bring a draft onto a newer base: untouched fields take its text, touched ones stay unless `theirs` says
/// otherwise, persons that the platform added are added, and those it removed are removed unless the user changed them and
/// chose to keep them. The list of documents is merged as a set. `new_prefill` has the ids of [`persons_of_theirs`].
#[must_use]
pub fn rebase(draft: &Draft, old_prefill: &Draft, new_prefill: &Draft, theirs: &Theirs) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut now = draft.clone();
    let mut make = |now: &mut Draft, edit: Edit| {
        now.apply(&edit);
        edits.push(edit);
    };
    let (old, new) = (old_prefill, new_prefill);
    let wants = |person: &PersonId| theirs.persons.contains(person);
    // A person whom the platform removed: the draft's stays only where it was changed and chosen.
    for person in old.persons.iter().filter(|person| !new.persons.contains(person)) {
        if now.persons.contains(person) && (wants(person) || !is_changed(draft, old, *person)) {
            make(&mut now, Edit::RemovePerson { person: *person });
        }
    }
    for person in new.persons.iter().filter(|person| !draft.persons.contains(person)) {
        if !old.persons.contains(person) || wants(person) {
            make(&mut now, Edit::AddPerson { person: *person, at: u32::MAX });
        }
    }
    for (at, person) in (0..).zip(order(&now.persons, draft, old, new)) {
        if now.persons.iter().position(|there| *there == person) != usize::try_from(at).ok() {
            make(&mut now, Edit::MovePerson { person, at });
        }
    }
    let touched = touched(draft, old);
    let lists = FIELDS.iter().filter(|spec| spec.list).map(|spec| spec.field);
    let target: BTreeMap<FieldPath, String> = lists.flat_map(|field| list(draft, old, new, field)).collect();
    let paths: BTreeSet<FieldPath> = now.texts.keys().chain(new.texts.keys()).copied().collect();
    for path in paths.into_iter().chain(target.keys().copied()) {
        let gone = path.person().is_some_and(|person| !now.persons.contains(&person));
        // Whom the platform has no more is the draft's alone.
        let own = path.person().is_some_and(|person| !new.persons.contains(&person));
        let stays = touched.contains(&path) && !theirs.fields.contains(&path);
        let text = match path.slot_number() {
            _ if gone || path.field() == Field::PartnerCustomerId => continue,
            Some(_) => target.get(&path).map_or("", String::as_str),
            None if own || stays => continue,
            None => new.text(path),
        };
        if now.text(path) != text {
            let text = text.to_owned();
            make(&mut now, Edit::Set { path, text });
        }
    }
    edits
}

/// Whether the user changed somebody who was read.
fn is_changed(draft: &Draft, old: &Draft, person: PersonId) -> bool {
    touched(draft, old).iter().any(|path| path.person() == Some(person))
}

/// The order of the platform's persons, where the user did not make another; those whom only one side has come last.
fn order(persons: &[PersonId], draft: &Draft, old: &Draft, new: &Draft) -> Vec<PersonId> {
    let both = |a: &Draft, b: &Draft| -> Vec<PersonId> {
        a.persons.iter().filter(|person| b.persons.contains(person)).copied().collect()
    };
    if both(draft, old) != both(old, draft) {
        return persons.to_vec();
    }
    let theirs = new.persons.iter().filter(|person| persons.contains(person));
    let mine = persons.iter().filter(|person| !new.persons.contains(person));
    theirs.chain(mine).copied().collect()
}

/// The slots of a list as they are to be. What the newest base has stands where it has it, without what the user took
/// away; what the user added follows. A list that the platform left alone stays as the user has it.
fn list(draft: &Draft, old: &Draft, new: &Draft, field: Field) -> Vec<(FieldPath, String)> {
    let of = |draft: &Draft| -> BTreeMap<FieldPath, String> {
        let texts = draft.texts.iter().filter(|(path, text)| path.field() == field && !is_blank(text));
        texts.map(|(path, text)| (*path, text.clone())).collect()
    };
    let (mine, old, new) = (of(draft), of(old), of(new));
    if old == new {
        return mine.into_iter().collect();
    }
    let holds = |list: &BTreeMap<FieldPath, String>, text: &str| list.values().any(|other| clean(other) == clean(text));
    let length = new.keys().filter_map(|path| path.slot_number()).map(|slot| slot.saturating_add(1)).max().unwrap_or(0);
    let added = mine.values().filter(|text| !holds(&old, text) && !holds(&new, text));
    let added = (length..).zip(added).filter_map(|(slot, text)| Some((FieldPath::slot(field, slot)?, text.clone())));
    let kept = new.iter().filter(|(_, text)| !holds(&old, text) || holds(&mine, text));
    kept.map(|(path, text)| (*path, text.clone())).chain(added).collect()
}
