//! Sends one submission, once. `sending` is committed before a socket opens, and what nobody knows afterwards is unknown.

use desk_api::outcome::{of_create, of_patch, of_update};
use desk_api::wire::axisfi::WirePlaces;
use desk_api::{Answer, CallError, ErrorAnswer, WriteOutcome, field_map};
use desk_domain::application::Application;
use desk_domain::form::Form;
use desk_domain::platform::Kind;
use desk_store::connections::ConnectionRow;
use desk_store::submissions::{self, SubmissionPurpose, SubmissionRow, SubmissionState, WaitsFor};
use desk_store::{StoreError, activity, connections, drafts};
use tokio::sync::watch;
use uuid::Uuid;

use super::decide::{Decision, of_send};
use super::fresh::is_fresh;
use super::lock;
use super::read_back::read_back;
use crate::call::{MadeOf, client, note_network, practice_snapshot};
use crate::convert::draft::Whole;
use crate::desk::{Desk, blocked};
use crate::ipc::IpcError;
use crate::settle::Settlement;
use crate::trail::Entry;
use crate::views::{OutcomeView, PlatformSaid};

/// Sends it, if it still waits. What goes wrong with the call is an outcome, not an error.
///
/// # Errors
/// The store's: nothing was sent, or the outcome is tried to be kept until it is.
pub(super) async fn run(desk: &Desk, submission: Uuid) -> Result<(), StoreError> {
    let (stop, stopped) = watch::channel(false);
    lock(&desk.outbox().0.on_the_wire).insert(submission, stop.clone());
    // Whoever closes the program sets this first, and then stops what is on the wire.
    if desk.outbox().is_stopping() {
        stop.send_replace(true);
    }
    let done = match read(desk, submission).await {
        Ok(Some((row, whole))) => send(desk, &row, &whole, stopped).await,
        Ok(None) => Ok(()),
        Err(error) => Err(error),
    };
    lock(&desk.outbox().0.on_the_wire).remove(&submission);
    done
}

async fn read(desk: &Desk, submission: Uuid) -> Result<Option<(SubmissionRow, Whole)>, StoreError> {
    let now = desk.clock().now_ms();
    let read = desk.read(move |db| {
        // Asked again: between the question who is due and this one it may just have been put off.
        let due = |row: &SubmissionRow| row.state == SubmissionState::Queued && row.due_at <= now;
        let Some(row) = submissions::get(db, submission)?.filter(due) else { return Ok(None) };
        let Some(draft) = drafts::get(db, row.draft_id)? else { return Ok(None) };
        let Some(connection) = connections::get(db, row.connection_id)? else { return Ok(None) };
        Ok(Some((row, Whole::of(db, draft, connection)?)))
    });
    read.await
}

async fn send(
    desk: &Desk,
    row: &SubmissionRow,
    whole: &Whole,
    mut stopped: watch::Receiver<bool>,
) -> Result<(), StoreError> {
    let client = tokio::select! {
        // A keyring may ask its user first: nothing is leased yet, so nothing has to be said.
        _ = stopped.wait_for(|stopped| *stopped) => return Ok(()),
        client = client(desk, &whole.connection) => client,
    };
    let client = match client {
        Ok(client) => client,
        Err(error) => return cannot(desk, row, whole, error).await,
    };
    let fresh = tokio::select! {
        // Nothing is leased for a look either.
        _ = stopped.wait_for(|stopped| *stopped) => return Ok(()),
        fresh = is_fresh(desk, row, whole, &client) => fresh?,
    };
    if !fresh {
        return Ok(());
    }
    desk.crash_points().reach("before_sending_commit");
    let leased = lease(desk, row, &whole.connection).await;
    // A submission that waits for a disk is not sent without a word.
    desk.outbox().kept(row.id, leased.as_ref().err().cloned());
    let Some(row) = leased? else { return Ok(()) };
    desk.crash_points().reach("after_sending_commit");
    let result = tokio::select! {
        biased;
        // The request may be on the wire: cancelling makes it unknown, never "not sent" (RELIABILITY "Exactly once", 10).
        _ = stopped.wait_for(|stopped| *stopped) => None,
        result = client.write(&row) => Some(result),
    };
    desk.crash_points().reach("after_answer");
    let (now, rules) = (desk.clock().now_ms(), desk.outbox_rules());
    let decision = match &result {
        Some(result) => {
            note_network(desk, &whole.connection, result);
            let (outcome, form) = (outcome(whole.connection.kind, &row, result), whole.connection.form());
            let places = places(desk, whole, &row);
            of_send(&row, result, outcome, |answer| said(answer, form, &places), rules, now)
        }
        None => Decision::unknown(blocked("cancelled"), None, &row, rules, now),
    };
    desk.crash_points().reach("before_outcome_commit");
    // The answer to a PATCH is partial (page 004): what the record is by now is read back.
    let answer = result.as_ref().filter(|_| whole.connection.kind == Kind::Axisfi);
    let answer = answer.and_then(|result| result.as_ref().ok());
    let accepted = match &decision.view {
        OutcomeView::Accepted { customer_id, .. } => Some(customer_id.clone()),
        // The platform's side of a conflict is what it holds now.
        OutcomeView::Conflict { customer_id, .. } => customer_id.clone(),
        _ => None,
    };
    let paused = matches!(decision.view, OutcomeView::Paused { .. });
    let practice = practice_snapshot(desk, &whole.connection).await;
    let settlement = Settlement::new(desk, &row, &whole.connection, decision, answer).with_practice(practice);
    settlement.commit_in_the_end(desk).await?;
    desk.crash_points().reach("after_outcome_commit");
    if paused {
        // Other keys may have been saved while these were refused: whoever saves resumes after its commit, this one
        // compares after its own, so one of both sees the other.
        let of = row.connection_id;
        let there = desk.read(move |db| connections::get(db, of)).await?;
        if there.is_some_and(|there| MadeOf::of(&there) != MadeOf::of(&whole.connection)) {
            super::resume(desk, of).await?;
        }
    }
    if let Some(id) = accepted {
        let (desk, connection, submission) = (desk.clone(), whole.connection.clone(), row.id);
        tokio::spawn(async move { read_back(&desk, &connection, submission, &id).await });
    }
    Ok(())
}

/// What follows from an answer of this platform, as far as it is about what was sent.
fn outcome(kind: Kind, row: &SubmissionRow, result: &Result<Answer, CallError>) -> WriteOutcome {
    match (kind, row.purpose) {
        (_, SubmissionPurpose::New) => of_create(result).if_about(None, Some(&row.partner_customer_id)),
        (Kind::Axisfi, SubmissionPurpose::Update) => of_update(result).if_about(row.customer_id.as_deref(), None),
        (Kind::Bultra, SubmissionPurpose::Update) => of_patch(result, row.customer_id.as_deref().unwrap_or_default()),
    }
}

/// It cannot even be tried: nothing was leased, nothing left this computer.
async fn cannot(desk: &Desk, row: &SubmissionRow, whole: &Whole, error: IpcError) -> Result<(), StoreError> {
    let (now, rules) = (desk.clock().now_ms(), desk.outbox_rules());
    let decision = match error.code.as_str() {
        "store.full" => return Err(StoreError::Full),
        "store.closed" | "store.failed" => return Err(StoreError::Closed),
        "network.refused" => Decision::not_reached(error.message(), row, rules, now),
        _ => Decision::paused(error.message(), None, row, now),
    };
    Settlement::new(desk, row, &whole.connection, decision, None).commit_in_the_end(desk).await.map(|_| ())
}

/// Commits `sending`: from here on only a look-up, or a connection that was never made, says that it was not sent.
/// Nothing is leased where the connection is not the one any more that the client was made for: the keyring may have
/// taken seconds, and what goes to one host is looked up at no other (DECISIONS 1).
async fn lease(
    desk: &Desk,
    row: &SubmissionRow,
    connection: &ConnectionRow,
) -> Result<Option<SubmissionRow>, StoreError> {
    let (id, made_for, now) = (row.id, MadeOf::of(connection), desk.clock().now_ms());
    let entry = Entry::new(desk, "draft.send", activity::draft(row.draft_id), &row.partner_customer_id, "ok");
    // Trying to reach a platform is told once.
    let entry = (row.waits_for != Some(WaitsFor::Network)).then_some(entry);
    let (outbox, of) = (desk.outbox().clone(), row.connection_id);
    let write = desk.write(move |tx| {
        let there = connections::get(tx, of)?;
        if outbox.is_stopping() || there.is_none_or(|there| MadeOf::of(&there) != made_for) {
            return Ok(None);
        }
        let Some(row) = submissions::lease(tx, id, now)? else { return Ok(None) };
        drafts::set_state(tx, row.draft_id, drafts::DraftState::Sending)?;
        if let Some(entry) = entry {
            entry.write(tx)?;
        }
        Ok(Some(row))
    });
    write.await
}

/// Where the body's list entries stand in the draft. The draft is as it was frozen: it cannot be edited meanwhile.
fn places(desk: &Desk, whole: &Whole, row: &SubmissionRow) -> WirePlaces {
    let of_create = || {
        let application =
            whole.context(desk).ok().and_then(|rules| Application::of(&whole.row.texts, &rules, true).ok());
        application.map(|application| WirePlaces::of(&application).document_slots)
    };
    let slots = match row.purpose {
        SubmissionPurpose::New => of_create().unwrap_or_default(),
        SubmissionPurpose::Update => whole.row.texts.texts.keys().filter_map(|path| path.slot_number()).collect(),
    };
    WirePlaces { persons: row.persons.clone(), document_slots: slots }
}

fn said(answer: &ErrorAnswer, form: Form, places: &WirePlaces) -> Vec<PlatformSaid> {
    let said = |(field, message): (String, String)| {
        Some(PlatformSaid { path: field_map::field_of(form, &field, places)?, message })
    };
    answer.fields.iter().cloned().filter_map(said).collect()
}
