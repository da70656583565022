//! The trail: what was done or seen, by whom (DECISIONS 16). Ids and paths, never a personal value.

use desk_store::activity::{self, Activity};
use desk_store::{SqlResult, Transaction};

use crate::desk::Desk;

/// One row to be written with the transaction of what it tells.
#[derive(Clone)]
pub(crate) struct Entry(Activity);

impl Entry {
    /// Something done to an object: `result` is `ok` or the code of an error.
    pub(crate) fn new(desk: &Desk, action: &str, object: String, detail: &str, result: &str) -> Self {
        Self(Activity {
            actor: desk.actor().to_owned(),
            action: action.to_owned(),
            object,
            detail: detail.to_owned(),
            result: result.to_owned(),
            at: desk.clock().now_ms(),
        })
    }

    /// The same done to another object.
    pub(crate) fn about(&self, object: String, detail: &str) -> Self {
        Self(Activity { object, detail: detail.to_owned(), ..self.0.clone() })
    }

    /// The same with another end.
    pub(crate) fn with_result(self, result: &str) -> Self {
        Self(Activity { result: result.to_owned(), ..self.0 })
    }

    /// Writes it.
    pub(crate) fn write(&self, tx: &Transaction<'_>) -> SqlResult<()> {
        activity::append(tx, &self.0).map(|_| ())
    }
}
