//! A person decides about a conflict. Nothing of it is sent again as it was: ours of an update becomes another submission,
//! made of what the platform has now.

use desk_domain::customer::{changes_again, update_body};
use desk_store::drafts::{self, DraftState};
use desk_store::submissions::{self, SubmissionPurpose};
use desk_store::{SqlResult, Transaction, activity, customers};
use uuid::Uuid;

use crate::clock::instant;
use crate::convert;
use crate::convert::conflict::Conflict;
use crate::convert::draft::{Whole, newest_submission};
use crate::convert::{customer, outcome};
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::outbox::{Decision, update};
use crate::trail::Entry;
use crate::verbs::draft_create::new_partner_id;
use crate::views::{ConflictChoice, ConflictSettle, DraftView, OutcomeView};

pub(crate) async fn run(desk: &Desk, request: ConflictSettle) -> Result<DraftView, IpcError> {
    let (id, take) = (convert::id(&request.draft, "draft.gone")?, request.take);
    let compared = match take {
        ConflictChoice::Ours => compared(desk, id).await?,
        ConflictChoice::Theirs | ConflictChoice::NewId => None,
    };
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
            (SubmissionPurpose::Update, ConflictChoice::Ours) => send_ours(tx, &conflict, compared, now)?,
            (SubmissionPurpose::New, ConflictChoice::Ours) | (SubmissionPurpose::Update, ConflictChoice::NewId) => {
                Err(IpcError::of("unsupported"))
            }
        };
        if let Err(error) = settled {
            return Ok(Err(error));
        }
        entry.write(tx)?;
        let row = drafts::get(tx, id)?.unwrap_or(conflict.draft);
        let (submission, changed) = newest_submission(tx, &row)?;
        let behind = convert::delivery::is_behind(tx, submission.as_ref())?;
        Ok(Ok(Whole { row, connection: conflict.connection, submission, behind, changed }))
    });
    let whole = write.await??;
    if whole.row.deleted_at.is_some() {
        // Whoever brings it back knows why it was gone.
        desk.take_restorable(id);
    }
    desk.outbox().wake();
    whole.view(desk, false)
}

/// Reads the customer of an update anew, since ours goes over what the platform has now, not over what it had when
/// somebody last looked: the reading that was compared before, if there was one.
async fn compared(desk: &Desk, draft: Uuid) -> Result<Option<Uuid>, IpcError> {
    let conflict = desk.read(move |db| Conflict::read(db, draft)).await??;
    let (Some(reading), Some(customer_id), SubmissionPurpose::Update) =
        (conflict.reading, &conflict.row.customer_id, conflict.row.purpose)
    else {
        return Ok(None);
    };
    customer::read_now(desk, &conflict.connection, customer_id).await?;
    Ok(Some(reading.id))
}

fn word(take: ConflictChoice) -> &'static str {
    match take {
        ConflictChoice::Theirs => "theirs",
        ConflictChoice::NewId => "new_id",
        ConflictChoice::Ours => "ours",
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
    let view = OutcomeView::Accepted { customer_id, partner_customer_id, status, at: instant(now) };
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

/// The same changes go over what the platform has now; what was not changed stays the platform's. Only over what was
/// read after the conflict, and what the person has compared: another reading is to be compared first.
fn send_ours(tx: &Transaction<'_>, conflict: &Conflict, compared: Option<Uuid>, now: i64) -> Settled {
    let unsupported = || Ok(Err(IpcError::of("unsupported")));
    let (draft, row) = (&conflict.draft, &conflict.row);
    // A customer that the platform has no more cannot be changed.
    let (Some(reading), Some(old), Some(customer_id)) = (&conflict.reading, &conflict.base, row.customer_id.clone())
    else {
        return unsupported();
    };
    if reading.last_read_at < row.changed_at || Some(reading.id) != compared {
        return Ok(Err(IpcError::of("conflict.stale")));
    }
    let base = match update::base(tx, row.connection_id, &customer_id, now)? {
        Ok(base) => base,
        Err(error) if error.code.starts_with("update.") => return unsupported(),
        Err(error) => return Ok(Err(error)),
    };
    let sent = match conflict.body() {
        Ok(sent) => sent,
        Err(error) => return Ok(Err(error)),
    };
    let Some(changes) = changes_again(old, &sent, &base.json) else { return unsupported() };
    let Ok(body) = update_body(&base.json, &changes) else { return unsupported() };
    // A person has just said that it is to be sent: where the platform is not reached it waits, and is not given up.
    let may_wait = true;
    let new = update::frozen(draft.id, draft.seq, row.connection_id, customer_id, &base, &body, may_wait);
    submissions::insert(tx, &new, now)?;
    drafts::set_state(tx, draft.id, DraftState::Queued)?;
    Ok(Ok(()))
}
