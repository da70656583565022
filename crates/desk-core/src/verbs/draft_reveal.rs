//! Shows a personal value of an update that is as it was read, to be looked at or changed. The trail says so before the
//! value leaves Rust (DECISIONS 14).

use crate::convert::draft::Whole;
use crate::convert::reveal::{self, Place};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{DraftField, RevealedView};

pub(crate) async fn run(desk: &Desk, request: DraftField) -> Result<RevealedView, IpcError> {
    let reason = reveal::reason_of(desk, request.reason.as_deref())?;
    let whole = Whole::read(desk, &request.draft).await?;
    let base = whole.base.as_ref().ok_or_else(|| IpcError::of("unsupported"))?;
    // What was typed here is no secret to who types.
    if !base.untouched(&whole.row.texts).contains(&request.path) {
        return Err(IpcError::of("not_found"));
    }
    let at = base.place(request.path).ok_or_else(|| IpcError::of("not_found"))?.to_string();
    let value = base.prefilled.text(request.path).to_owned();
    let place = Place { path: &at, reading: Some(base.reading.id) };
    let shown = reveal::logged(desk, whole.connection.id, &base.reading.customer_id, place, reason, value).await?;
    Ok(RevealedView { path: request.path.to_string(), ..shown })
}
