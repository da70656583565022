//! The submission of an update, its body to the byte.

use desk_store::drafts::DraftRow;
use desk_store::submissions::{NewSubmission, SubmissionPurpose, SubmissionRow};

use super::Base;
use super::plan::Plan;
use crate::desk::new_id;

/// Freezes what a draft sends.
pub(crate) fn freeze(
    draft: &DraftRow,
    base: &Base,
    plan: &Plan,
    partner_customer_id: String,
    may_wait: bool,
) -> NewSubmission {
    NewSubmission {
        id: new_id(),
        draft_id: draft.id,
        connection_id: draft.connection_id,
        purpose: SubmissionPurpose::Update,
        partner_customer_id,
        draft_seq: draft.seq,
        body: plan.wire.clone(),
        persons: plan.persons.clone(),
        idempotency_id: new_id().to_string(),
        customer_id: Some(base.reading.customer_id.clone()),
        base_reading_id: Some(base.reading.id),
        may_wait,
    }
}

/// The same for a draft that came onto another reading while its submission waited.
pub(crate) fn again(waited: &SubmissionRow, draft: &DraftRow, base: &Base, plan: &Plan) -> NewSubmission {
    // Whoever said that it may be sent was told that it waits.
    freeze(draft, base, plan, waited.partner_customer_id.clone(), waited.may_wait)
}
