//! Keeps edits: they are on the disk when this answers (RELIABILITY promise 1).

use desk_domain::draft::Edit;
use desk_domain::field::Field;
use desk_domain::path::{FieldPath, PersonId};
use desk_store::drafts::{DraftRow, Purpose};
use desk_store::{SqlResult, Transaction, connections, draft_edits, drafts, submissions};

use crate::clock::instant;
use crate::convert;
use crate::convert::draft::{Whole, is_open};
use crate::desk::{Desk, new_id};
use crate::files::land_late;
use crate::ipc::IpcError;
use crate::update::{Base, is_personal};
use crate::views::{DraftSave, DraftSavedView};

pub(crate) async fn run(desk: &Desk, request: DraftSave) -> Result<DraftSavedView, IpcError> {
    let id = convert::id(&request.draft, "draft.gone")?;
    let (batch, now) = (new_id(), desk.clock().now_ms());
    let DraftSave { edits, position, closing, .. } = request;
    let write = desk.write(move |tx| {
        let mut landed = false;
        let Some(row) = drafts::get(tx, id)?.filter(|row| row.deleted_at.is_none()) else {
            return Ok(Err("draft.gone"));
        };
        if !edits.is_empty() {
            if !is_open(row.state) {
                return Ok(Err("draft.read_only"));
            }
            // DECISIONS 5: once something went out under this id, the same customer must not go out under another.
            // An update does not carry it.
            let is_update = row.purpose != Purpose::New;
            if edits.iter().any(renames) && (is_update || submissions::newest_for_draft(tx, id)?.is_some()) {
                return Ok(Err("draft.id_frozen"));
            }
            let back = come_back(&row, &edits);
            let edits = with_removed_again(tx, &row, edits)?;
            drafts::save_edits(tx, id, batch, &edits, now)?;
            if !back.is_empty() {
                let of_them = |path: FieldPath| path.person().is_some_and(|person| back.contains(&person));
                landed = land_late(tx, id, of_them, now)?;
            }
        }
        drafts::set_position(tx, id, position)?;
        drafts::set_open(tx, id, !closing)?;
        // Read where it was written: asking again afterwards would double the time until the page has its answer.
        let row = drafts::get(tx, id)?.unwrap_or(row);
        let connection = connections::get(tx, row.connection_id)?;
        let Some(connection) = connection else { return Ok(Err("connection.gone")) };
        Whole::of(tx, row, connection).map(|whole| Ok((whole, landed)))
    });
    let (whole, landed) = write.await?.map_err(IpcError::of)?;
    if landed {
        desk.outbox().changed();
    }
    Ok(DraftSavedView {
        seq: u64::try_from(whole.row.seq).unwrap_or_default(),
        saved_at: instant(whole.row.saved_at),
        check: whole.check(desk)?,
        changes: whole.base.as_ref().map(|base| base.changes(&whole.row.texts)).unwrap_or_default(),
    })
}

/// Persons whom edits add, be they new or removed before.
fn come_back(row: &DraftRow, edits: &[Edit]) -> Vec<PersonId> {
    let added = edits.iter().filter_map(|edit| match edit {
        Edit::AddPerson { person, .. } => Some(*person),
        _ => None,
    });
    added.filter(|person| !row.texts.persons.contains(person)).collect()
}

/// A person of an update who comes back after they were removed: the page gives their texts back, but for those that it was
/// never given.
fn with_removed_again(tx: &Transaction<'_>, row: &DraftRow, edits: Vec<Edit>) -> SqlResult<Vec<Edit>> {
    let Purpose::Update { base_persons: Some(persons), .. } = &row.purpose else { return Ok(edits) };
    let mut back = come_back(row, &edits);
    back.retain(|person| persons.contains(person));
    let Some(base) = (!back.is_empty()).then(|| Base::read(tx, row)).transpose()?.flatten() else { return Ok(edits) };
    let mut whole = Vec::new();
    for edit in edits {
        let person = match &edit {
            Edit::AddPerson { person, .. } if back.contains(person) => Some(*person),
            _ => None,
        };
        whole.push(edit);
        let Some(removed) = person.map(|person| draft_edits::newest_removed(tx, row.id, person)).transpose()?.flatten()
        else {
            continue;
        };
        let kind = base.reading.kind;
        let hidden = removed
            .texts
            .into_iter()
            .filter(|(path, text)| is_personal(kind, *path) && base.prefilled.text(*path) == text);
        whole.extend(hidden.map(|(path, text)| Edit::Set { path, text }));
    }
    Ok(whole)
}

/// Whether an edit touches the partner_customer_id.
fn renames(edit: &Edit) -> bool {
    matches!(edit, Edit::Set { path, .. } if path.field() == Field::PartnerCustomerId)
}
