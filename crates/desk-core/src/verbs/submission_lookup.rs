//! Looks once whether the platform has what was sent with an unknown outcome. Never sends anything.

use desk_api::{Answer, CallErrorKind, DetailBy};
use desk_domain::customer::{Customer, same_as_sent};
use desk_store::activity;
use desk_store::submissions::{SubmissionRow, SubmissionState};

use crate::call::{answer_view, call_error, client, note_network};
use crate::clock::instant;
use crate::convert::draft::Whole;
use crate::convert::outcome;
use crate::desk::{Desk, blocked};
use crate::ipc::IpcError;
use crate::jobs::JobControl;
use crate::settle::Settlement;
use crate::trail::Entry;
use crate::views::{DraftRef, OutcomeView};

pub(crate) async fn run(desk: &Desk, request: DraftRef, mut control: JobControl) -> Result<OutcomeView, IpcError> {
    let whole = Whole::read(desk, &request.draft).await?;
    let submission = whole.submission.clone().filter(|row| row.state == SubmissionState::Unknown);
    let submission = submission.ok_or_else(|| IpcError::of("draft.read_only"))?;
    let client = client(desk, &whole.connection).await?;
    let result = tokio::select! {
        () = control.cancelled() => return Err(IpcError::of("cancelled")),
        result = client.detail(DetailBy::PartnerCustomerId(&submission.partner_customer_id)) => result,
    };
    note_network(desk, &whole.connection, &result);
    let at = instant(desk.clock().now_ms());
    let view = match &result {
        Ok(answer) => match found(&submission, answer, at) {
            Some(view) => view,
            None => return Err(nothing_learned(desk, &whole, IpcError::of("answer.unreadable")).await?),
        },
        // One miss proves nothing: the create may still be running there (RELIABILITY "Exactly once", 7).
        Err(error) if error.kind == CallErrorKind::NotFound => {
            OutcomeView::Unknown { reason: blocked("lookup.missed"), error: answer_view(error), at }
        }
        Err(error) => return Err(nothing_learned(desk, &whole, call_error(error)).await?),
    };
    let settlement = Settlement::new(desk, &whole, (submission.id, submission.state), &view, result.as_ref().ok());
    if settlement.commit(desk).await? {
        return Ok(view);
    }
    // Another look-up was faster: what it found stands.
    let whole = Whole::read(desk, &request.draft).await?;
    whole.submission.as_ref().and_then(outcome::view).ok_or_else(|| IpcError::of("draft.read_only"))
}

/// Not known any better than before: nothing to keep but that it was asked.
async fn nothing_learned(desk: &Desk, whole: &Whole, error: IpcError) -> Result<IpcError, IpcError> {
    let entry = Entry::new(desk, "draft.lookup", activity::draft(whole.row.id), "", &error.code);
    desk.write(move |tx| entry.write(tx)).await?;
    Ok(error)
}

fn found(submission: &SubmissionRow, answer: &Answer, at: String) -> Option<OutcomeView> {
    let customer = Customer::from_json(&answer.json).ok()?;
    let sent = serde_json::from_slice(&submission.body).ok()?;
    let differs = same_as_sent(&sent, &customer);
    if !differs.is_empty() {
        return Some(OutcomeView::Conflict {
            customer_id: customer.customer_id,
            differs: differs.iter().map(ToString::to_string).collect(),
            at,
        });
    }
    Some(OutcomeView::Accepted {
        customer_id: customer.customer_id?,
        partner_customer_id: submission.partner_customer_id.clone(),
        status: customer.status,
        at,
    })
}
