//! The one place that asks the computer for the time. Instants are UTC milliseconds; "today" is the local date (DECISIONS 10).

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Local, NaiveDate, SecondsFormat, Utc};
use tokio::sync::watch;

/// The longest sleep at a stretch: a computer that was asleep, or whose clock was set, is noticed after this.
const STRETCH_MS: i64 = 60_000;

/// The clock of the program. Clones tell the same time.
#[derive(Debug, Clone)]
pub struct Clock {
    // Moved by tests only; 0 in every other program.
    offset_ms: Arc<watch::Sender<i64>>,
}

impl Default for Clock {
    fn default() -> Self {
        Self { offset_ms: Arc::new(watch::Sender::new(0)) }
    }
}

impl Clock {
    /// Now, in milliseconds since 1970-01-01 UTC.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.utc().timestamp_millis()
    }

    /// The local calendar date.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.utc().with_timezone(&Local).date_naive()
    }

    /// Moves the clock forward by so many milliseconds, from now on.
    #[cfg(feature = "test-hooks")]
    pub fn advance(&self, ms: i64) {
        self.offset_ms.send_modify(|offset| *offset += ms);
    }

    /// Ends when it is this time or later, at once where it is already.
    pub async fn until(&self, ms: i64) {
        let mut moved = self.offset_ms.subscribe();
        loop {
            let left = ms.saturating_sub(self.now_ms());
            let Ok(left @ 1..) = u64::try_from(left.min(STRETCH_MS)) else { return };
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(left)) => {}
                _ = moved.changed() => {}
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that asks the computer for the time")]
    fn utc(&self) -> DateTime<Utc> {
        Utc::now() + chrono::Duration::milliseconds(*self.offset_ms.borrow())
    }
}

/// An instant as it crosses to the page: RFC 3339 at UTC with milliseconds.
#[must_use]
pub fn instant(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The instant at which the local day of `ms` began.
#[must_use]
pub fn local_midnight(ms: i64) -> i64 {
    let local = DateTime::from_timestamp_millis(ms).unwrap_or_default().with_timezone(&Local);
    let midnight = local.date_naive().and_time(chrono::NaiveTime::MIN).and_local_timezone(Local);
    // A day that begins in a gap of the clock has no midnight: its first instant is as good.
    midnight.earliest().map_or(ms, |midnight| midnight.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_crosses_as_utc_with_milliseconds() {
        assert_eq!(instant(1_700_000_000_123), "2023-11-14T22:13:20.123Z");
    }

    #[test]
    fn midnight_is_never_after_the_instant_and_within_25_hours() {
        for ms in [0, 1_700_000_000_123, 1_763_700_000_000] {
            let midnight = local_midnight(ms);
            assert!(midnight <= ms && ms - midnight < 25 * 3_600_000, "{midnight} for {ms}");
        }
    }
}
