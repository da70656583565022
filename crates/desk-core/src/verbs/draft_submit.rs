//! Sends a draft to the platform, once (RELIABILITY "Exactly once", DECISIONS 12).
//!
//! `sending` is committed before a socket opens. Whatever comes after that is settled by a [`Settlement`]; what nobody
//! knows is `unknown`, and is looked up before anything is sent again.

use desk_api::outcome::of_create;
use desk_api::wire::axisfi::{WirePlaces, create_bytes};
use desk_api::{Answer, CallError, WriteOutcome, field_map};
use desk_domain::application::Application;
use desk_domain::problem::Severity;
use desk_store::drafts::{self, DraftState};
use desk_store::submissions::{self, NewSubmission, SubmissionPurpose, SubmissionState};
use desk_store::{StoreError, activity, connections};
use uuid::Uuid;

use crate::call::{answer_view, client, keep_practice, note_network};
use crate::clock::instant;
use crate::convert::customer;
use crate::convert::draft::{Whole, is_open};
use crate::desk::{Desk, blocked, new_id};
use crate::ipc::{IpcError, Message};
use crate::jobs::JobControl;
use crate::settle::Settlement;
use crate::trail::Entry;
use crate::views::{DraftSubmit, OutcomeView, PlatformSaid};

pub(crate) async fn run(desk: &Desk, request: DraftSubmit, mut control: JobControl) -> Result<OutcomeView, IpcError> {
    let whole = Whole::read(desk, &request.draft).await?;
    let application = ready(desk, &whole, &request)?;
    let client = tokio::select! {
        // Nothing is frozen yet, so nothing has to be said.
        () = control.cancelled() => return Err(IpcError::of("cancelled")),
        client = client(desk, &whole.connection) => client,
    };
    let client = match client {
        Ok(client) => client,
        // Nothing was frozen and nothing left this computer: the draft is as it was.
        Err(error) if error.code == "network.refused" => {
            return Ok(OutcomeView::NotSent {
                reason: error.message(),
                error: None,
                at: instant(desk.clock().now_ms()),
            });
        }
        Err(error) => return Err(error),
    };
    let body = create_bytes(&application);
    let places = WirePlaces::of(&application);
    desk.crash_points().reach("before_sending_commit");
    let submission = freeze(desk, &whole, &application, &body, &places).await?;
    desk.crash_points().reach("after_sending_commit");
    let result = tokio::select! {
        // The request may be on the wire: cancelling makes it unknown, never "not sent" (RELIABILITY "Exactly once", 10).
        () = control.cancelled() => None,
        result = client.create(body) => Some(result),
    };
    desk.crash_points().reach("after_answer");
    let now = desk.clock().now_ms();
    let view = match &result {
        Some(result) => {
            note_network(desk, &whole.connection, result);
            view_of(result, &application, &places, now)
        }
        None => OutcomeView::Unknown { reason: blocked("cancelled"), error: None, at: instant(now) },
    };
    desk.crash_points().reach("before_outcome_commit");
    let answer = result.as_ref().and_then(|result| result.as_ref().ok());
    let settlement = Settlement::new(desk, &whole, (submission, SubmissionState::Sending), &view, answer);
    if let Err(error) = settlement.commit(desk).await {
        settlement.keep_trying(desk);
        return Err(error.into());
    }
    desk.crash_points().reach("after_outcome_commit");
    // The outcome is committed: that the practice platform will have forgotten it is no failure of the submission.
    let _ = keep_practice(desk, &whole.connection).await;
    if let OutcomeView::Accepted { customer_id, .. } = &view {
        // An answer to create may leave sections out (pages 000 and 001): the whole record is read behind the user's back,
        // and if it cannot be, what was answered is there.
        let (desk, connection, id) = (desk.clone(), whole.connection.clone(), customer_id.clone());
        tokio::spawn(async move { customer::read_again(&desk, &connection, &id).await });
    }
    Ok(view)
}

/// The application, if the draft is what the user saw on the review and nothing stands in the way.
fn ready(desk: &Desk, whole: &Whole, request: &DraftSubmit) -> Result<Application, IpcError> {
    if !is_open(whole.row.state) {
        return Err(IpcError::of("draft.read_only"));
    }
    if u64::try_from(whole.row.seq) != Ok(request.seq) {
        return Err(IpcError::of("draft.changed"));
    }
    let warnings = whole.check(desk)?.problems.into_iter().filter(|problem| problem.severity == Severity::Warning);
    let unconfirmed = warnings.filter(|p| !request.confirmed.contains(&format!("{} {}", p.path, p.code))).count();
    if unconfirmed > 0 {
        return Err(IpcError::of("draft.unconfirmed").with("count", unconfirmed));
    }
    Application::of(&whole.row.texts, &whole.context(desk)?, request.send_anyway)
        .map_err(|_| IpcError::of("draft.blocked"))
}

/// Freezes the body and commits `sending`, in one transaction.
async fn freeze(
    desk: &Desk,
    whole: &Whole,
    application: &Application,
    body: &[u8],
    places: &WirePlaces,
) -> Result<Uuid, IpcError> {
    let new = NewSubmission {
        id: new_id(),
        draft_id: whole.row.id,
        connection_id: whole.connection.id,
        purpose: SubmissionPurpose::New,
        partner_customer_id: application.partner_customer_id().to_string(),
        draft_seq: whole.row.seq,
        body: body.to_vec(),
        persons: places.persons.clone(),
        idempotency_id: new_id().to_string(),
    };
    let (id, draft, now) = (new.id, whole.row.id, desk.clock().now_ms());
    let entry = Entry::new(desk, "draft.submit", activity::draft(draft), &new.partner_customer_id, "ok");
    let write = desk.write(move |tx| {
        // Asked again inside the transaction: two presses of the button must not make two submissions, and an edit that
        // came while the keyring was asked must not be lost between what was reviewed and what is sent.
        if connections::get(tx, new.connection_id)?.is_none_or(|connection| connection.archived_at.is_some()) {
            return Ok(Some("connection.archived"));
        }
        match drafts::get(tx, draft)? {
            Some(row) if is_open(row.state) && row.seq == new.draft_seq => {}
            Some(row) if is_open(row.state) => return Ok(Some("draft.changed")),
            _ => return Ok(Some("draft.read_only")),
        }
        submissions::insert(tx, &new, now)?;
        if submissions::lease(tx, id, now)?.is_none() {
            // Cannot be, right after its insert. Were it so, a row that waits for ever must not stay behind: undone.
            return Err(desk_store::SqlError::QueryReturnedNoRows);
        }
        drafts::set_state(tx, draft, DraftState::Sending)?;
        entry.write(tx)?;
        Ok(None)
    });
    match write.await {
        Ok(None) => Ok(id),
        Ok(Some(code)) => Err(IpcError::of(code)),
        Err(StoreError::Constraint(_)) => {
            Err(IpcError::of("draft.blocked").at("partner_customer_id", "partner_customer_id.taken"))
        }
        Err(error) => Err(error.into()),
    }
}

/// What the user is told of an answer.
fn view_of(
    result: &Result<Answer, CallError>,
    application: &Application,
    places: &WirePlaces,
    now: i64,
) -> OutcomeView {
    let at = instant(now);
    let error = result.as_ref().err();
    let answer = error.and_then(answer_view);
    let reason = error.map_or_else(
        || blocked("answer.unreadable"),
        |error| Message { code: error.kind.code().to_owned(), params: error.kind.params() },
    );
    match of_create(result) {
        WriteOutcome::Accepted(customer) => OutcomeView::Accepted {
            customer_id: customer.customer_id.clone().unwrap_or_default(),
            partner_customer_id: application.partner_customer_id().to_string(),
            status: customer.status.as_deref().map(desk_domain::status::Status::of),
            at,
        },
        WriteOutcome::Rejected => match answer {
            Some(error) => {
                let said = |field: &crate::ipc::ApiFieldView| {
                    let path = field_map::field_path(&field.field, places)?;
                    Some(PlatformSaid { path, message: field.message.clone() })
                };
                OutcomeView::Rejected { fields: error.fields.iter().filter_map(said).collect(), error, at }
            }
            // Without an answer it is rejected by this computer: an address that cannot be made.
            None => OutcomeView::NotSent { reason, error: None, at },
        },
        WriteOutcome::NotSent | WriteOutcome::Paused | WriteOutcome::RateLimited { .. } => {
            OutcomeView::NotSent { reason, error: answer, at }
        }
        WriteOutcome::Unknown | WriteOutcome::Conflict | WriteOutcome::Gone => {
            OutcomeView::Unknown { reason, error: answer, at }
        }
    }
}
