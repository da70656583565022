//! Where a page of the list ended. A cursor names the last row by its place in the order, not by a number of rows, so
//! that inserts, changes and deletes between two pages neither lose nor double a row that stays.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::customer::Key;
use crate::call::Answer;

/// How long a cursor is good for. No page says; a client that stops in the middle must begin again.
const LIFETIME_S: i64 = 10 * 60;

/// Characters of the check that stand before a cursor's content: one that was cut or mixed up is told from an old one.
const CHECK_CHARS: usize = 8;

const PREFIX: &str = "cursor_";

/// What a cursor holds.
#[derive(Serialize, Deserialize)]
pub(super) struct Cursor {
    /// When it was given, in milliseconds since 1970.
    pub(super) given: i64,
    /// The last row of the page.
    pub(super) after: Key,
    /// `type` and `status` of the list it goes on.
    pub(super) filters: (Option<String>, Option<String>),
}

impl Cursor {
    pub(super) fn text(&self) -> String {
        // Numbers and texts always become JSON.
        let content = URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default());
        format!("{PREFIX}{}{content}", check(&content))
    }

    pub(super) fn read(text: &str, now: DateTime<Utc>) -> Result<Self, Answer> {
        let cursor = Self::decoded(text).ok_or_else(invalid)?;
        let age = TimeDelta::milliseconds(now.timestamp_millis().saturating_sub(cursor.given));
        if age >= TimeDelta::seconds(LIFETIME_S) {
            return Err(Answer::error(400, "CURSOR_EXPIRED", "This cursor has expired. Begin again without one."));
        }
        Ok(cursor)
    }

    fn decoded(text: &str) -> Option<Self> {
        let (said, content) = text.strip_prefix(PREFIX)?.split_at_checked(CHECK_CHARS)?;
        if said != check(content) {
            return None;
        }
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(content).ok()?).ok()
    }
}

pub(super) fn invalid() -> Answer {
    Answer::error(400, "INVALID_CURSOR", "This cursor was not given for this list.")
}

fn check(content: &str) -> String {
    hex::encode(Sha256::digest(content))[..CHECK_CHARS].to_owned()
}
