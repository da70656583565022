//! A conflict, and its two sides for the page: ours as it was sent, the platform's as last read and masked like a record.

use desk_domain::customer::{Beside, Customer, Leaf, beside, beside_update};
use desk_domain::field::Field;
use desk_domain::platform::Kind;
use desk_store::connections::{self, ConnectionRow};
use desk_store::drafts::{self, DraftRow, DraftState};
use desk_store::readings::{self, ReadingRow};
use desk_store::submissions::{self, SubmissionPurpose, SubmissionRow, SubmissionState};
use desk_store::{Connection, SqlResult, customers};
use uuid::Uuid;

use crate::clock::instant;
use crate::convert::draft::text_of;
use crate::convert::{connection, customer, delivery, outcome, reading};
use crate::ipc::{ApiErrorView, IpcError};
use crate::outbox::update::{SentUpdate, sent_update};
use crate::views::{ConflictRowView, ConflictView, OutcomeView};

/// What the platform answers where it has no such customer.
const GONE: u16 = 404;

/// A conflict that nobody has decided.
pub(crate) struct Conflict {
    pub draft: DraftRow,
    pub connection: ConnectionRow,
    pub row: SubmissionRow,
    /// What the platform answered instead of showing what it has.
    pub error: Option<ApiErrorView>,
    /// The platform's side; none where it has no such customer, or none was read.
    pub reading: Option<ReadingRow>,
    /// Of an update: what it was made of, and what was sent.
    pub update: Option<SentUpdate>,
    name: String,
}

impl Conflict {
    /// The conflict of a draft. `draft.gone`; `conflict.settled` where there is none, or none any more.
    pub(crate) fn read(db: &Connection, draft: Uuid) -> SqlResult<Result<Self, IpcError>> {
        let Some(draft) = drafts::get(db, draft)? else { return Ok(Err(IpcError::of("draft.gone"))) };
        let settled = || Ok(Err(IpcError::of("conflict.settled")));
        if draft.state != DraftState::Conflict || draft.deleted_at.is_some() {
            return settled();
        }
        let Some(row) =
            submissions::newest_for_draft(db, draft.id)?.filter(|row| row.state == SubmissionState::Conflict)
        else {
            return settled();
        };
        let Some(connection) = connections::get(db, row.connection_id)? else {
            return Ok(Err(IpcError::of("connection.gone")));
        };
        let error = match outcome::view(&row) {
            Some(OutcomeView::Conflict { error, .. }) => error,
            _ => None,
        };
        let gone = row.purpose == SubmissionPurpose::Update && error.as_ref().is_some_and(|error| error.status == GONE);
        let (mut reading, mut name) = (None, text_of(&draft, Field::BusinessNameEnglish));
        if let Some(customer_id) = &row.customer_id {
            reading = readings::newest(db, connection.id, customer_id)?.filter(|_| !gone);
            let known = customers::get(db, connection.id, customer_id)?.map(|known| known.name);
            // An update holds what changes; the customer is known by name.
            name = known.filter(|_| row.purpose == SubmissionPurpose::Update).unwrap_or(name);
        }
        let update = sent_update(db, &row)?;
        Ok(Ok(Self { draft, connection, row, error, reading, update, name }))
    }

    /// Both sides.
    pub(crate) fn view(&self) -> Result<ConflictView, IpcError> {
        let pairs = self.pairs()?;
        let base = self.update.as_ref().and_then(|update| Customer::from_json(&update.base).ok());
        let kind = self.connection.kind;
        let (same, differing): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|pair| pair.same);
        Ok(ConflictView {
            draft: self.draft.id.to_string(),
            connection: connection::view(&self.connection),
            name: self.name.clone(),
            purpose: delivery::purpose(self.row.purpose),
            partner_customer_id: self.row.partner_customer_id.clone(),
            customer_id: self.row.customer_id.clone(),
            read_at: self.reading.as_ref().map(|reading| instant(reading.last_read_at)),
            error: self.error.clone(),
            // What an update takes over untouched is the platform's own record, which no screen shows without a reveal.
            rows: differing
                .iter()
                .filter(|pair| pair.changed)
                .filter_map(|pair| row(kind, pair, base.as_ref()))
                .collect(),
            same: u32::try_from(same.len()).unwrap_or(u32::MAX),
        })
    }

    fn pairs(&self) -> Result<Vec<Beside>, IpcError> {
        let Some(reading) = &self.reading else { return Ok(Vec::new()) };
        let theirs = reading::customer(reading)?;
        Ok(match (&self.update, self.row.base_reading_id) {
            (Some(update), _) => beside_update(&update.base, &update.body, &theirs),
            (None, Some(_)) => return Err(IpcError::of("store.failed")),
            (None, None) => {
                let body = serde_json::from_slice(&self.row.body).map_err(|_| IpcError::of("store.failed"))?;
                beside(&body, &theirs)
            }
        })
    }
}

fn row(kind: Kind, pair: &Beside, base: Option<&Customer>) -> Option<ConflictRowView> {
    let spec = pair.path.field()?.spec();
    let there = pair.there.unwrap_or(pair.path);
    let theirs = customer::veiled(kind, Leaf::Known(there), &pair.theirs);
    // Who a person was is not always certain: what the base has anywhere was not typed, whosever it looks to be now.
    let ours = match base {
        Some(base) if base.says_anywhere(pair.path, &pair.ours) => {
            customer::veiled(kind, Leaf::Known(pair.path), &pair.ours).text
        }
        _ => pair.ours.clone(),
    };
    Some(ConflictRowView {
        path: there.to_string(),
        section: spec.section,
        person: pair.path.person(),
        kind: Some(spec.kind),
        ours,
        theirs: (!pair.theirs.is_empty()).then_some(theirs.text),
        masked: theirs.masked,
    })
}
