//! One masked value shown: who asked and why is in the trail before the value leaves Rust (DECISIONS 14, 16).

use desk_store::activity::{self, Reveal};
use uuid::Uuid;

use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::RevealedView;

/// How long a value is shown: time to read or copy it, not to leave the desk (UX B3).
const SHOWN_S: u32 = 30;

/// A reason is a line, not a letter.
const REASON_CHARS: usize = 200;

/// Where a value stands.
pub(crate) struct Place<'a> {
    /// Its path in the reading.
    pub path: &'a str,
    /// The reading, if not the newest.
    pub reading: Option<Uuid>,
}

/// The reason that was given, as the trail keeps it: one line of 200 characters at most. To be asked before a value is read.
///
/// # Errors
/// `reveal.reason` at `reason` where the policy wants one and there is none.
pub(crate) fn reason_of(desk: &Desk, reason: Option<&str>) -> Result<Option<String>, IpcError> {
    let words: Vec<_> = reason.unwrap_or_default().split_whitespace().collect();
    let line: String = words.join(" ").chars().take(REASON_CHARS).collect();
    if line.is_empty() && desk.reveal_needs_reason() {
        return Err(IpcError::of("reveal.reason").at("reason", "reveal.reason"));
    }
    Ok((!line.is_empty()).then_some(line))
}

/// Writes down who was shown what of a customer and why, and only then gives it.
///
/// # Errors
/// The store's: what cannot be written down is not shown.
pub(crate) async fn logged(
    desk: &Desk,
    connection: Uuid,
    customer_id: &str,
    place: Place<'_>,
    reason: Option<String>,
    value: String,
) -> Result<RevealedView, IpcError> {
    let detail = Reveal { path: place.path.to_owned(), reading: place.reading, reason }.detail();
    let entry = Entry::new(desk, activity::REVEAL, activity::customer(connection, customer_id), &detail, "ok");
    desk.write(move |tx| entry.write(tx)).await?;
    Ok(RevealedView { path: place.path.to_owned(), value, hides_after_s: SHOWN_S })
}
