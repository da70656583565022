//! Reads a customer again once a write of ours was accepted. An answer to a write may leave sections out (pages 000, 001
//! and 003), and a platform may keep what it was to change: the user hears of it (DECISIONS 8).

use desk_api::DetailBy;
use desk_domain::customer::{Customer, beside_update};
use desk_domain::platform::Kind;
use desk_store::connections::ConnectionRow;
use desk_store::submissions::{self, SubmissionPurpose, SubmissionRow, SubmissionState};
use desk_store::{SqlResult, Transaction, outbox};
use serde_json::Value;
use uuid::Uuid;

use super::update::sent_update;
use crate::call::{client, note_network};
use crate::clock::instant;
use crate::convert::answer::{self, Source};
use crate::convert::outcome;
use crate::desk::Desk;
use crate::views::{OutcomeView, ReadBackView};

/// Behind the user's back: if it cannot be read, what was answered is there.
pub(super) async fn read_back(desk: &Desk, connection: &ConnectionRow, submission: Uuid, customer_id: &str) {
    let Ok(client) = client(desk, connection).await else { return };
    let result = client.detail(DetailBy::CustomerId(customer_id)).await;
    note_network(desk, connection, &result);
    let Ok(answer) = result else { return };
    let now = desk.clock().now_ms();
    let Some(reading) = answer::reading(connection, &answer.raw, &answer.json, Some(customer_id), now) else {
        return;
    };
    let kind = connection.kind;
    let write = desk.write(move |tx| {
        reading.keep(tx, Source::Ours)?;
        compare(tx, submission, kind, &answer.json, now)
    });
    if write.await.is_ok() {
        desk.outbox().changed();
    }
}

/// Keeps with the outcome of an update which values the platform has otherwise.
fn compare(tx: &Transaction<'_>, submission: Uuid, kind: Kind, answer: &Value, now: i64) -> SqlResult<()> {
    let is_update =
        |row: &SubmissionRow| row.purpose == SubmissionPurpose::Update && row.state == SubmissionState::Accepted;
    let Some(row) = submissions::get(tx, submission)?.filter(is_update) else { return Ok(()) };
    let Some(mut view @ OutcomeView::Accepted { .. }) = outcome::view(&row) else { return Ok(()) };
    let Some(update) = sent_update(tx, &row)? else { return Ok(()) };
    let Ok(customer) = Customer::of(kind, answer) else { return Ok(()) };
    let pairs = beside_update(&update.base, &update.body, &customer);
    let differs = pairs.iter().filter(|pair| !pair.same).map(|pair| pair.path.to_string()).collect();
    if let OutcomeView::Accepted { read_back, .. } = &mut view {
        *read_back = Some(ReadBackView { at: instant(now), differs });
    }
    match serde_json::to_value(&view) {
        Ok(detail) => outbox::amend_answer(tx, row.id, &detail),
        Err(_) => Ok(()),
    }
}
