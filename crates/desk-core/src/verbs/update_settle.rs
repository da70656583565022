//! A person decides about what both sides changed: the draft is made of the newest reading from then on, and is submitted
//! like any other.

use desk_domain::check::CheckContext;
use desk_domain::draft::Draft;
use desk_domain::path::{FieldPath, PersonId};
use desk_domain::update_form::Theirs;
use desk_store::drafts::{self, DraftState};
use desk_store::{SqlResult, Transaction, activity, connections, documents};
use uuid::Uuid;

use crate::convert;
use crate::convert::draft::{Whole, is_open};
use crate::convert::merge;
use crate::convert::reveal;
use crate::convert::update::person_path;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::update::Base;
use crate::update::onto::{Beside, matches};
use crate::views::{DraftView, UpdateSettle};

pub(crate) async fn run(desk: &Desk, request: UpdateSettle) -> Result<DraftView, IpcError> {
    let id = convert::id(&request.draft, "draft.gone")?;
    let trail = Trail {
        settled: Entry::new(desk, "update.settle", activity::draft(id), "", "ok"),
        shown: Entry::new(desk, activity::REVEAL, String::new(), "", "ok"),
        reason: reveal::reason_of(desk, request.reason.as_deref()),
    };
    let (today, date_order, house) = (desk.clock().today(), desk.date_order(), desk.house());
    let now = desk.clock().now_ms();
    let write = desk.write(move |tx| {
        let Some(row) = drafts::get(tx, id)?.filter(|row| row.deleted_at.is_none()) else {
            return Ok(Err(IpcError::of("draft.gone")));
        };
        let Some(connection) = connections::get(tx, row.connection_id)? else {
            return Ok(Err(IpcError::of("connection.gone")));
        };
        let form = connection.form();
        if !is_open(row.state) && row.state != DraftState::Conflict {
            return Ok(Err(IpcError::of("draft.read_only")));
        }
        if let Err(error) = settle(tx, &row, &request, &CheckContext { today, form, date_order, house }, &trail, now)? {
            return Ok(Err(error));
        }
        let row = drafts::get(tx, id)?.unwrap_or(row);
        Whole::of(tx, row, connection).map(Ok)
    });
    let whole = write.await??;
    desk.outbox().changed();
    whole.view(desk, false)
}

/// What is written down.
struct Trail {
    settled: Entry,
    shown: Entry,
    /// Why something is shown, or that nobody said so.
    reason: Result<Option<String>, IpcError>,
}

fn settle(
    tx: &Transaction<'_>,
    row: &drafts::DraftRow,
    request: &UpdateSettle,
    context: &CheckContext<'_>,
    trail: &Trail,
    now: i64,
) -> SqlResult<Result<(), IpcError>> {
    let Some(base) = Base::read(tx, row)? else { return Ok(Err(IpcError::of("unsupported"))) };
    let Some(matches) = matches(&base, &request.persons) else { return Ok(Err(IpcError::of("update.persons"))) };
    let beside = match Beside::read(tx, &base, &row.texts, context, &matches, now)? {
        Ok(Some(beside)) => beside,
        Ok(None) => return Ok(Err(IpcError::of("update.changed"))),
        Err(no) => return Ok(Err(no.into())),
    };
    if beside.newest.reading.id.to_string() != request.reading {
        return Ok(Err(IpcError::of("update.changed")));
    }
    // Where one that is on its way belongs is known once its id is in the form.
    match documents::unsent(tx, row.id)? {
        0 => {}
        count => return Ok(Err(IpcError::of("document.waiting").with("count", count))),
    }
    if !beside.merge.uncertain.is_empty() {
        return Ok(Err(IpcError::of("update.persons")));
    }
    let Some(theirs) = chosen(&base, &beside, request) else {
        return Ok(Err(IpcError::of("update.clash").with("count", beside.merge.clashes.len())));
    };
    let edits = beside.edits(&base, &row.texts, &theirs);
    let mut moved = row.texts.clone();
    edits.iter().for_each(|edit| moved.apply(edit));
    // Somebody whom the platform has no more is a new person of the form, who is not masked.
    let open = laid_open(&base, &beside.newest, &moved);
    let reason = match &trail.reason {
        Ok(reason) => reason,
        Err(_) if open.is_empty() => &None,
        Err(error) => return Ok(Err(error.clone())),
    };
    beside.keep(tx, row.id, &edits, &moved, now)?;
    drafts::set_state(tx, row.id, DraftState::Editing)?;
    trail.settled.write(tx)?;
    for path in open {
        let object = activity::customer(row.connection_id, &base.reading.customer_id);
        let Some(place) = base.place(path) else { continue };
        let detail =
            activity::Reveal { path: place.to_string(), reading: Some(base.reading.id), reason: reason.clone() };
        trail.shown.about(object, &detail.detail()).write(tx)?;
    }
    Ok(Ok(()))
}

/// What was decided for the platform. `None` where a choice is missing.
fn chosen(base: &Base, beside: &Beside, request: &UpdateSettle) -> Option<Theirs> {
    let mut theirs = Theirs::default();
    for clash in &beside.merge.clashes {
        let key = merge::key(base, beside, clash)?;
        let choice = request.choices.iter().find(|choice| choice.path == key)?;
        if choice.mine {
            continue;
        }
        if let Ok(path) = key.parse::<FieldPath>() {
            theirs.fields.insert(path);
        } else if let Some(person) = person_of(&key) {
            theirs.persons.insert(person);
        }
    }
    Some(theirs)
}

fn person_of(key: &str) -> Option<PersonId> {
    let id = key.rsplit('/').next()?.parse::<Uuid>().ok().map(PersonId)?;
    (person_path(id) == key).then_some(id)
}

/// Personal fields that were masked, of persons who stay in the form and are none of the newest reading.
fn laid_open(base: &Base, newest: &Base, draft: &Draft) -> Vec<FieldPath> {
    let stays = |person: PersonId| draft.persons.contains(&person) && !newest.persons.contains(&person);
    let paths = base.untouched(draft).into_iter();
    paths.filter(|path| path.person().is_some_and(stays)).collect()
}
