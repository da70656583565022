//! Queues an update of a customer without a form: for tests and tools that know what changes. It is made as the form's
//! are: a draft of the newest reading, its edits, and a body of what they change (DECISIONS 8, 9).

use desk_domain::application::PersonIndex;
use desk_domain::bultra;
use desk_domain::check::CheckContext;
use desk_domain::customer::{Customer, CustomerPath, NoUpdate};
use desk_domain::draft::Edit;
use desk_domain::field::Field;
use desk_domain::platform::Kind;
use desk_store::connections::ConnectionRow;
use desk_store::drafts::{self, DraftState, NewDraft, Purpose};
use desk_store::readings;
use desk_store::submissions::{self, SubmissionRow, WaitsFor};
use desk_store::{Connection, SqlResult, Transaction, activity, connections, customers, outbox};
use serde_json::Value;
use uuid::Uuid;

use crate::convert::settings::Preferences;
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::update::plan::{NoPlan, Plan};
use crate::update::{Base, freeze, made_of};
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
        let (today, date_order, house) = (self.clock().today(), self.date_order(), self.house());
        let write = self.write(move |tx| {
            let connection = match connection_of(tx, request.connection)? {
                Ok(connection) => connection,
                Err(error) => return Ok(Err(error)),
            };
            let context = CheckContext { today, form: connection.form(), date_order, house };
            queue(tx, draft, request, &context, &entry, now)
        });
        let queued = write.await??;
        self.crash_points().reach("after_queued_commit");
        self.outbox().wake();
        Ok(queued)
    }
}

/// A connection over which something may be sent.
fn connection_of(db: &Connection, id: Uuid) -> SqlResult<Result<ConnectionRow, IpcError>> {
    Ok(match connections::get(db, id)? {
        None => Err(IpcError::of("connection.gone")),
        Some(row) if row.archived_at.is_some() => Err(IpcError::of("connection.archived")),
        Some(row) => Ok(row),
    })
}

fn queue(
    tx: &Transaction<'_>,
    draft: Uuid,
    request: UpdateRequest,
    context: &CheckContext<'_>,
    entry: &Entry,
    now: i64,
) -> SqlResult<Result<Uuid, IpcError>> {
    let UpdateRequest { connection, customer_id, changes, may_wait } = request;
    let Some(reading) = readings::newest(tx, connection, &customer_id)? else {
        return Ok(Err(IpcError::of("not_found")));
    };
    if outbox::changes_customer(tx, connection, &customer_id)? {
        return Ok(Err(IpcError::of("update.waiting")));
    }
    let Some(base) = Base::new(tx, reading, None, now)? else { return Ok(Err(IpcError::of("update.incomplete"))) };
    let edits = match edits(&base, &changes) {
        Ok(edits) => edits,
        Err(error) => return Ok(Err(error)),
    };
    let mut typed = base.prefilled.clone();
    edits.iter().for_each(|edit| typed.apply(edit));
    let plan = match Plan::of(&base, &typed, context, true) {
        Ok(plan) => plan,
        Err(no) => return Ok(Err(refused(&base, no))),
    };
    let may_wait = may_wait || Preferences::read(tx)?.when_offline == WhenOffline::Wait;
    if !may_wait && holds(tx, connection, now)? {
        return Ok(Err(IpcError::of("queue.offline")));
    }
    let purpose = Purpose::Update {
        customer_id,
        base_reading: base.reading.id,
        base_persons: Some(base.persons.clone()),
        base_at: now,
    };
    let first = base.first_edits().into_iter().chain(edits).collect();
    let new = NewDraft { id: draft, connection_id: connection, purpose, batch: new_id(), first };
    let made = drafts::insert(tx, &new, now)?;
    let new = freeze::freeze(&made, &base, &plan, partner_customer_id(tx, &base)?, may_wait);
    submissions::insert(tx, &new, now)?;
    drafts::set_state(tx, draft, DraftState::Queued)?;
    entry.about(activity::draft(draft), &new.partner_customer_id).write(tx)?;
    Ok(Ok(draft))
}

/// Our id of the customer of an update. A platform that never said ours goes by its own, as the update does.
pub(crate) fn partner_customer_id(db: &Connection, base: &Base) -> SqlResult<String> {
    let (connection, customer_id) = (base.reading.connection_id, &base.reading.customer_id);
    let known = customers::get(db, connection, customer_id)?.and_then(|row| row.partner_customer_id);
    let said = || Customer::from_json(&base.made.json).ok().and_then(|customer| customer.partner_customer_id);
    Ok(known.or_else(said).unwrap_or_else(|| customer_id.clone()))
}

/// What a frozen update was made of and what it makes of that, both in the shape of a customer. Of a platform that takes
/// what changes alone, nothing else is in them: what a patch does not carry is never compared with what others made of it.
pub(crate) struct SentUpdate {
    pub base: Value,
    pub body: Value,
}

/// The update that a submission has frozen; `None` of a create, and where what was kept cannot be read.
pub(crate) fn sent_update(db: &Connection, row: &SubmissionRow) -> SqlResult<Option<SentUpdate>> {
    let Some(reading) = row.base_reading_id else { return Ok(None) };
    let Some(reading) = readings::get(db, reading)? else { return Ok(None) };
    let bare = || serde_json::from_str(&reading.raw).ok().filter(|_| reading.kind == Kind::Axisfi);
    let Some(base) = made_of(db, &reading, row.created_at)?.map(|made| made.json).or_else(bare) else {
        return Ok(None);
    };
    let Ok(wire) = serde_json::from_slice(&row.body) else { return Ok(None) };
    Ok(Some(match reading.kind {
        Kind::Axisfi => SentUpdate { base, body: wire },
        Kind::Bultra => {
            let base = bultra::carried(&base, &wire);
            SentUpdate { body: bultra::patched(&base, &wire), base }
        }
    }))
}

/// Why an update cannot be made, with the paths it is about.
fn refused(base: &Base, no: NoPlan) -> IpcError {
    let unreadable = |path: &str| IpcError::of("request.unreadable").at(path, "request.unreadable");
    match no {
        NoPlan::Blocked(blocked) => {
            let at = |problem: &desk_domain::problem::Problem| base.place(problem.path).map(|path| path.to_string());
            blocked
                .errors
                .first()
                .and_then(at)
                .map_or_else(|| IpcError::of("update.incomplete"), |path| unreadable(&path))
        }
        NoPlan::Incomplete(NoUpdate::Missing(paths)) => {
            paths.iter().fold(IpcError::of("update.incomplete"), |error, path| error.at(path, "field.required"))
        }
        NoPlan::Incomplete(NoUpdate::Place(path) | NoUpdate::Value(path)) => unreadable(&path.to_string()),
        NoPlan::Incomplete(NoUpdate::NotACustomer | NoUpdate::Person(_)) => IpcError::of("update.incomplete"),
    }
}

/// Whether others of the connection wait for the network: one that may not wait is not put behind them.
pub(crate) fn holds(db: &Connection, connection: Uuid, now: i64) -> SqlResult<bool> {
    Ok(outbox::holding(db, connection, now)?.is_some_and(|row| row.waits_for == Some(WaitsFor::Network)))
}

/// The changes as edits of the draft.
fn edits(base: &Base, changes: &[(CustomerPath, Option<String>)]) -> Result<Vec<Edit>, IpcError> {
    let index = PersonIndex::new(base.persons.clone());
    let edit = |(path, text): &(CustomerPath, Option<String>)| {
        let at = index.field_path(*path).filter(|path| path.field() != Field::PartnerCustomerId);
        let unreadable = || IpcError::of("request.unreadable").at(&path.to_string(), "request.unreadable");
        Ok(Edit::Set { path: at.ok_or_else(unreadable)?, text: text.clone().unwrap_or_default() })
    };
    changes.iter().map(edit).collect()
}
