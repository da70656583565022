//! Deleted drafts: they can be brought back for a while; then what was typed in them is forgotten.

use desk_store::{SqlResult, Transaction, activity, draft_purge, settings};

use crate::desk::Desk;
use crate::trail::Entry;

/// How long a deleted draft can be brought back, in days: longer than a holiday, and no longer than personal data that is
/// of no use to anybody should be kept.
const KEPT_DAYS: i64 = 30;

/// One day in milliseconds, and how often drafts are forgotten at most.
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// When drafts were last forgotten.
const PURGED_AT: &str = "drafts.purged_at";

/// What was deleted after this instant can be brought back at `now_ms`.
pub(crate) fn kept_after(now_ms: i64) -> i64 {
    now_ms - KEPT_DAYS * DAY_MS
}

/// Forgets what was deleted too long ago, once a day.
pub(crate) struct Purge {
    entry: Entry,
    now_ms: i64,
}

impl Purge {
    /// One that is to be done now.
    pub(crate) fn new(desk: &Desk) -> Self {
        Self { entry: Entry::new(desk, activity::PURGE, String::new(), "", "ok"), now_ms: desk.clock().now_ms() }
    }

    /// Does it, unless it was done within the last day. A clock that was set back delays it by no more than a day.
    pub(crate) fn run(&self, tx: &Transaction<'_>) -> SqlResult<()> {
        let last = settings::get(tx, PURGED_AT)?.and_then(|text| text.parse::<i64>().ok());
        if last.is_some_and(|last| (self.now_ms - DAY_MS + 1..=self.now_ms).contains(&last)) {
            return Ok(());
        }
        for draft in draft_purge::purge(tx, kept_after(self.now_ms))? {
            self.entry.about(activity::draft(draft.id), &draft.connection_id.to_string()).write(tx)?;
        }
        settings::set(tx, PURGED_AT, &self.now_ms.to_string())
    }
}
