//! Queues an update of a customer: another state of it, made of a reading (DECISIONS 8, 9). What is sent is settled here,
//! once, as `draft_submit` does it for a create; when and how often is the outbox's.

use desk_domain::customer::{Change, Customer, CustomerPath, NoUpdate, base_of, update_body};
use desk_domain::draft::Edit;
use desk_domain::field::Field;
use desk_domain::path::FieldPath;
use desk_store::drafts::{self, DraftState, NewDraft, Purpose};
use desk_store::readings::{self, ReadingRow};
use desk_store::submissions::{self, NewSubmission, SubmissionPurpose, SubmissionRow, WaitsFor};
use desk_store::{Connection, SqlResult, activity, connections, customers, outbox};
use serde_json::Value;
use uuid::Uuid;

use crate::call::revision;
use crate::convert::settings::Preferences;
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::WhenOffline;

/// What changes of a customer.
#[derive(Debug, Clone)]
pub struct UpdateRequest {
    /// The connection.
    pub connection: Uuid,
    /// The platform's id.
    pub customer_id: String,
    /// The leaves that change, with their text on the wire; `None` clears one.
    pub changes: Vec<(CustomerPath, Option<String>)>,
    /// It may wait for the network.
    pub may_wait: bool,
}

impl Desk {
    /// Queues it, and gives the id of its draft. Nothing is written where it cannot be queued.
    ///
    /// # Errors
    /// `connection.gone`, `connection.archived`, `unsupported`; `not_found` for a customer of whom this computer has no
    /// reading; `update.waiting` where something of the customer is on its way already: the second update would take
    /// the first one back; `update.incomplete` with what is missing as fields; `request.unreadable` with the changes that
    /// cannot be made as fields; `queue.offline` where it may not wait; the store's.
    pub async fn queue_update(&self, request: UpdateRequest) -> Result<Uuid, IpcError> {
        self.crash_points().reach("before_queued_commit");
        let (draft, now) = (new_id(), self.clock().now_ms());
        let entry = Entry::new(self, "draft.submit", activity::draft(draft), "", "ok");
        let write = self.write(move |tx| {
            let UpdateRequest { connection, customer_id, changes, may_wait } = request;
            let base = match base(tx, connection, &customer_id, now)? {
                Ok(base) => base,
                Err(error) => return Ok(Err(error)),
            };
            let body = match update_body(&base.json, &changes) {
                Ok(body) => body,
                Err(error) => return Ok(Err(refused(&error))),
            };
            let may_wait = may_wait || Preferences::read(tx)?.when_offline == WhenOffline::Wait;
            if !may_wait && holds(tx, connection, now)? {
                return Ok(Err(IpcError::of("queue.offline")));
            }
            let purpose = Purpose::Update { customer_id: customer_id.clone(), base_reading: base.reading.id };
            let first = changes.iter().filter_map(edit).collect();
            let new = NewDraft { id: draft, connection_id: connection, purpose, batch: new_id(), first };
            let made = drafts::insert(tx, &new, now)?;
            let new = frozen(made.id, made.seq, connection, customer_id, &base, &body, may_wait);
            submissions::insert(tx, &new, now)?;
            drafts::set_state(tx, draft, DraftState::Queued)?;
            entry.about(activity::draft(draft), &new.partner_customer_id).write(tx)?;
            Ok(Ok(draft))
        });
        let queued = write.await??;
        self.crash_points().reach("after_queued_commit");
        self.outbox().wake();
        Ok(queued)
    }
}

/// What an update begins with.
pub(crate) struct UpdateBase {
    /// The newest reading.
    pub reading: ReadingRow,
    /// The same, with what it lacks as last sent.
    pub json: Value,
    /// Our id of the customer.
    partner_customer_id: String,
}

/// The base of an update of a customer, if there may be one now.
pub(crate) fn base(
    db: &Connection,
    connection: Uuid,
    customer_id: &str,
    now: i64,
) -> SqlResult<Result<UpdateBase, IpcError>> {
    let Some(row) = connections::get(db, connection)? else { return Ok(Err(IpcError::of("connection.gone"))) };
    if row.archived_at.is_some() {
        return Ok(Err(IpcError::of("connection.archived")));
    }
    if let Err(error) = revision(&row) {
        return Ok(Err(error));
    }
    let Some(reading) = readings::newest(db, connection, customer_id)? else {
        return Ok(Err(IpcError::of("not_found")));
    };
    if outbox::changes_customer(db, connection, customer_id)? {
        return Ok(Err(IpcError::of("update.waiting")));
    }
    let json = match filled(db, &reading, now)? {
        Ok(json) => json,
        Err(error) => return Ok(Err(refused(&error))),
    };
    let known = customers::get(db, connection, customer_id)?.and_then(|row| row.partner_customer_id);
    let said = || Customer::from_json(&json).ok().and_then(|customer| customer.partner_customer_id);
    // A platform that never said ours goes by its own, as the update does.
    let partner_customer_id = known.or_else(said).unwrap_or_else(|| customer_id.to_owned());
    Ok(Ok(UpdateBase { reading, json, partner_customer_id }))
}

/// A reading with what it lacks taken from the body of ours that was accepted last, as known at a time.
pub(crate) fn filled(db: &Connection, reading: &ReadingRow, at: i64) -> SqlResult<Result<Value, NoUpdate>> {
    let Ok(json) = serde_json::from_str::<Value>(&reading.raw) else { return Ok(Err(NoUpdate::NotACustomer)) };
    let body = outbox::accepted_body(db, reading.connection_id, &reading.customer_id, at)?;
    let sent: Option<Value> = body.and_then(|body| serde_json::from_slice(&body).ok());
    Ok(base_of(&json, sent.as_ref()))
}

/// What the body of an update was made of; `None` of a create, and where the reading cannot be read.
pub(crate) fn base_of_submission(db: &Connection, row: &SubmissionRow) -> SqlResult<Option<Value>> {
    let Some(reading) = row.base_reading_id else { return Ok(None) };
    let Some(reading) = readings::get(db, reading)? else { return Ok(None) };
    let bare = || serde_json::from_str(&reading.raw).ok();
    Ok(filled(db, &reading, row.created_at)?.ok().or_else(bare))
}

/// The submission of an update, its body to the byte.
pub(crate) fn frozen(
    draft: Uuid,
    draft_seq: i64,
    connection: Uuid,
    customer_id: String,
    base: &UpdateBase,
    body: &Value,
    may_wait: bool,
) -> NewSubmission {
    NewSubmission {
        id: new_id(),
        draft_id: draft,
        connection_id: connection,
        purpose: SubmissionPurpose::Update,
        partner_customer_id: base.partner_customer_id.clone(),
        draft_seq,
        body: body.to_string().into_bytes(),
        persons: Vec::new(),
        idempotency_id: new_id().to_string(),
        customer_id: Some(customer_id),
        base_reading_id: Some(base.reading.id),
        may_wait,
    }
}

/// Why an update cannot be made, with the paths it is about.
pub(crate) fn refused(error: &NoUpdate) -> IpcError {
    match error {
        NoUpdate::NotACustomer => IpcError::of("update.incomplete"),
        NoUpdate::Missing(paths) => {
            paths.iter().fold(IpcError::of("update.incomplete"), |error, path| error.at(path, "field.required"))
        }
        NoUpdate::Place(path) | NoUpdate::Value(path) => {
            IpcError::of("request.unreadable").at(&path.to_string(), "request.unreadable")
        }
    }
}

/// Whether others of the connection wait for the network: one that may not wait is not put behind them.
pub(crate) fn holds(db: &Connection, connection: Uuid, now: i64) -> SqlResult<bool> {
    Ok(outbox::holding(db, connection, now)?.is_some_and(|row| row.waits_for == Some(WaitsFor::Network)))
}

/// A change as an edit of the draft, for fields outside the persons: those have no ids in a reading.
fn edit((path, text): &Change) -> Option<Edit> {
    let field = path.field().filter(|field| *field != Field::PartnerCustomerId)?;
    let path = match path.slot_number() {
        Some(slot) => FieldPath::slot(field, u16::try_from(slot).ok()?)?,
        None => FieldPath::of(field)?,
    };
    Some(Edit::Set { path, text: text.clone().unwrap_or_default() })
}
