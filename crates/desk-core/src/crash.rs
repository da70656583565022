//! Points at which a test may end the program, to see what a start finds afterwards (RELIABILITY promise 4).

#[cfg(feature = "test-hooks")]
use std::sync::{Arc, Mutex, PoisonError};

/// Names of the points, in the order of a submission.
pub const POINTS: [&str; 9] = [
    "before_queued_commit",
    "after_queued_commit",
    "before_sending_commit",
    "after_sending_commit",
    "after_answer",
    "before_outcome_commit",
    "after_outcome_commit",
    "before_lookup_commit",
    "after_lookup_commit",
];

/// The point at which this program ends, if a test armed one.
#[derive(Clone, Default)]
pub struct CrashPoints {
    #[cfg(feature = "test-hooks")]
    armed: Arc<Mutex<Option<String>>>,
}

impl CrashPoints {
    /// Ends the program at once when this point is armed. Nothing at all in a release build.
    pub fn reach(&self, point: &str) {
        debug_assert!(POINTS.contains(&point), "{point} is not on the list");
        #[cfg(feature = "test-hooks")]
        if self.armed.lock().unwrap_or_else(PoisonError::into_inner).as_deref() == Some(point) {
            std::process::abort();
        }
    }

    /// Arms a point; false for a name that is not on the list.
    #[cfg(feature = "test-hooks")]
    #[must_use]
    pub fn arm(&self, point: &str) -> bool {
        let known = POINTS.contains(&point);
        if known {
            *self.armed.lock().unwrap_or_else(PoisonError::into_inner) = Some(point.to_owned());
        }
        known
    }
}
