//! Begins a draft with what another one holds: everything but the ids of ours, which are new.

use std::collections::HashMap;

use desk_domain::draft::{Draft, Edit};
use desk_domain::field::Field;
use desk_domain::path::{FieldPath, PersonId};
use desk_store::drafts::{self, NewDraft, Purpose};
use desk_store::{activity, connections};

use crate::call::revision;
use crate::convert;
use crate::convert::draft::Whole;
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::update::Base;
use crate::verbs::draft_create::new_partner_id;
use crate::views::{DraftRef, DraftView};

pub(crate) async fn run(desk: &Desk, request: DraftRef) -> Result<DraftView, IpcError> {
    let original = convert::id(&request.draft, "draft.gone")?;
    let (id, batch, now) = (new_id(), new_id(), desk.clock().now_ms());
    let entry = Entry::new(desk, "draft.duplicate", activity::draft(id), &original.to_string(), "ok");
    let write = desk.write(move |tx| {
        let Some(row) = drafts::get(tx, original)?.filter(|row| row.deleted_at.is_none()) else {
            return Ok(Err("draft.gone"));
        };
        let Some(connection) = connections::get(tx, row.connection_id)? else { return Ok(Err("connection.gone")) };
        if connection.archived_at.is_some() {
            return Ok(Err("connection.archived"));
        }
        if revision(&connection).is_err() {
            return Ok(Err("unsupported"));
        }
        // What an update has masked, a new draft would show unasked: that is left out.
        let hidden = Base::read(tx, &row)?.map(|base| base.untouched(&row.texts)).unwrap_or_default();
        let mut known = row.texts;
        known.texts.retain(|path, _| !hidden.contains(path));
        let first = copied(&known);
        let new = NewDraft { id, connection_id: connection.id, purpose: Purpose::New, batch, first };
        let made = drafts::insert(tx, &new, now)?;
        entry.write(tx)?;
        Whole::of(tx, made, connection).map(Ok)
    });
    write.await?.map_err(IpcError::of)?.view(desk, false)
}

/// The edits that make a draft of the same texts and persons, in the same order, under new ids.
pub(crate) fn copied(draft: &Draft) -> Vec<Edit> {
    let ids: HashMap<_, _> = draft.persons.iter().map(|person| (*person, PersonId(new_id()))).collect();
    let persons = draft.persons.iter().filter_map(|person| ids.get(person));
    let persons = (0..).zip(persons).map(|(at, person)| Edit::AddPerson { person: *person, at });
    let texts = draft.texts.iter().filter(|(path, _)| path.field() != Field::PartnerCustomerId);
    let texts = texts.filter_map(|(path, text)| {
        let path = match path.person() {
            Some(person) => FieldPath::of_person(*ids.get(&person)?, path.field())?,
            None => *path,
        };
        Some(Edit::Set { path, text: text.clone() })
    });
    new_partner_id().into_iter().chain(persons).chain(texts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_the_same_texts_and_persons_under_other_ids() {
        let field = |field| FieldPath::of(field).unwrap();
        let mut original = Draft::default();
        original.apply(&Edit::Set { path: field(Field::PartnerCustomerId), text: "cd-the-first".to_owned() });
        original.apply(&Edit::Set { path: field(Field::Website), text: " as typed ".to_owned() });
        for name in ["Ada", "Bo", "Cy"] {
            let person = PersonId(new_id());
            original.apply(&Edit::AddPerson { person, at: 0 });
            let path = FieldPath::of_person(person, Field::FirstNameEnglish).unwrap();
            original.apply(&Edit::Set { path, text: name.to_owned() });
        }
        let mut copy = Draft::default();
        copied(&original).iter().for_each(|edit| copy.apply(edit));
        let names = |draft: &Draft| {
            let path = |person: &PersonId| FieldPath::of_person(*person, Field::FirstNameEnglish).unwrap();
            draft.persons.iter().map(|person| draft.text(path(person)).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(&copy), ["Cy", "Bo", "Ada"]);
        assert!(copy.persons.iter().all(|person| !original.persons.contains(person)));
        assert_eq!(copy.text(field(Field::Website)), " as typed ");
        assert_eq!(copy.texts.len(), original.texts.len());
        assert_ne!(copy.text(field(Field::PartnerCustomerId)), "cd-the-first");
    }
}
