//! The sandbox's own clock: a platform elsewhere has one too, which need not agree with the program's.

use std::sync::Arc;

use chrono::{DateTime, Utc};

/// Where the sandbox takes the time from; [`Sandbox::advance_clock`](crate::Sandbox::advance_clock) adds to it.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The clock of the machine.
#[expect(
    clippy::disallowed_methods,
    reason = "the sandbox stands for a platform elsewhere; the program's clock is not its clock"
)]
pub(crate) fn system() -> Clock {
    Arc::new(Utc::now)
}
