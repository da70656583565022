//! A person decides about a conflict. Nothing of it is sent again as it was: an update is put beside what the platform has
//! now, and submitted anew.

use desk_store::drafts::{self, DraftState};
use desk_store::submissions::{self, SubmissionPurpose};
use desk_store::{SqlResult, Transaction, activity, customers};

use crate::clock::instant;
use crate::convert;
use crate::convert::conflict::Conflict;
use crate::convert::draft::Whole;
use crate::convert::outcome;
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::outbox::Decision;
use crate::trail::Entry;
use crate::verbs::draft_create::new_partner_id;
use crate::views::{ConflictChoice, ConflictSettle, DraftView, OutcomeView};

pub(crate) async fn run(desk: &Desk, request: ConflictSettle) -> Result<DraftView, IpcError> {
    let (id, take) = (convert::id(&request.draft, "draft.gone")?, request.take);
    let now = desk.clock().now_ms();
    let entry = Entry::new(desk, "draft.settle", activity::draft(id), word(take), "ok");
    let write = desk.write(move |tx| {
        // Asked inside the transaction: what is decided is what nobody else has decided.
        let conflict = match Conflict::read(tx, id)? {
            Ok(conflict) => conflict,
            Err(error) => return Ok(Err(error)),
        };
        let settled = match (conflict.row.purpose, take) {
            (SubmissionPurpose::New, ConflictChoice::Theirs) => accept(tx, &conflict, now)?,
            (SubmissionPurpose::New, ConflictChoice::NewId) => open_again(tx, &conflict, now)?,
            (SubmissionPurpose::Update, ConflictChoice::Theirs) => put_away(tx, &conflict, now)?,
            (SubmissionPurpose::Update, ConflictChoice::Open) => put_beside(tx, &conflict)?,
            (SubmissionPurpose::New, ConflictChoice::Open) | (SubmissionPurpose::Update, ConflictChoice::NewId) => {
                Err(IpcError::of("unsupported"))
            }
        };
        if let Err(error) = settled {
            return Ok(Err(error));
        }
        entry.write(tx)?;
        let row = drafts::get(tx, id)?.unwrap_or(conflict.draft);
        Whole::of(tx, row, conflict.connection).map(Ok)
    });
    let whole = write.await??;
    if whole.row.deleted_at.is_some() {
        // Whoever brings it back knows why it was gone.
        desk.take_restorable(id);
    }
    desk.outbox().wake();
    whole.view(desk, false)
}

fn word(take: ConflictChoice) -> &'static str {
    match take {
        ConflictChoice::Theirs => "theirs",
        ConflictChoice::NewId => "new_id",
        ConflictChoice::Open => "open",
    }
}

type Settled = SqlResult<Result<(), IpcError>>;

/// The platform's customer is this one.
fn accept(tx: &Transaction<'_>, conflict: &Conflict, now: i64) -> Settled {
    let row = &conflict.row;
    // Without the platform's id nobody knows which customer that is.
    let Some(customer_id) = row.customer_id.clone() else { return Ok(Err(IpcError::of("unsupported"))) };
    let status = customers::get(tx, row.connection_id, &customer_id)?.and_then(|known| known.status);
    let partner_customer_id = row.partner_customer_id.clone();
    let view = OutcomeView::Accepted { customer_id, partner_customer_id, status, at: instant(now), read_back: None };
    submissions::set_state(tx, row.id, &outcome::kept(Decision::end(view, row, now)), now)?;
    drafts::set_state(tx, conflict.draft.id, DraftState::Accepted)?;
    Ok(Ok(()))
}

/// The platform's customer is another one: ours needs another id.
fn open_again(tx: &Transaction<'_>, conflict: &Conflict, now: i64) -> Settled {
    let edits: Vec<_> = new_partner_id().into_iter().collect();
    drafts::save_edits(tx, conflict.draft.id, new_id(), &edits, now)?;
    drafts::set_state(tx, conflict.draft.id, DraftState::Editing)?;
    Ok(Ok(()))
}

/// The customer stays as the platform has it; the draft can be brought back for 30 days.
fn put_away(tx: &Transaction<'_>, conflict: &Conflict, now: i64) -> Settled {
    drafts::set_deleted(tx, conflict.draft.id, Some(now))?;
    drafts::set_open(tx, conflict.draft.id, false)?;
    Ok(Ok(()))
}

/// The draft is put beside what the platform has now. A customer that the platform has no more cannot be changed.
fn put_beside(tx: &Transaction<'_>, conflict: &Conflict) -> Settled {
    if conflict.reading.is_none() {
        return Ok(Err(IpcError::of("unsupported")));
    }
    drafts::set_state(tx, conflict.draft.id, DraftState::Editing)?;
    Ok(Ok(()))
}
