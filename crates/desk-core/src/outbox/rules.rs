//! How long the outbox waits, and how much it takes as proof (RELIABILITY "Exactly once", 7). Pure.

use desk_store::submissions::SubmissionRow;

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;

/// What the outbox goes by. The default is what the program promises; torture runs other ones as controls that must fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRules {
    /// From the last sending to the first miss that proves anything: the total time-out of a call, and a minute more for
    /// what the platform may still be doing with it.
    pub quiet_ms: i64,
    /// Between two misses that count.
    pub apart_ms: i64,
    /// Misses that it takes until the same body is sent again.
    pub misses_needed: i64,
    /// How often it is sent again by itself; after that a person is asked.
    pub absences_most: i64,
    /// From an unknown outcome to the look-ups before the quiet time is over: most of what was committed is found here.
    pub early_looks_ms: Vec<i64>,
    /// Between tries to reach a platform that is not reached; the last one repeats.
    pub backoff_ms: Vec<i64>,
    /// How long a platform is left alone that answers 429 without saying for how long.
    pub limit_ms: i64,
    /// Whether it looks up at all before it sends again. Only a control does not.
    pub looks: bool,
}

impl Default for OutboxRules {
    fn default() -> Self {
        Self {
            quiet_ms: 2 * MINUTE_MS,
            apart_ms: 30 * SECOND_MS,
            misses_needed: 2,
            absences_most: 5,
            early_looks_ms: [1, 5, 15, 30, 60].map(|seconds| seconds * SECOND_MS).to_vec(),
            backoff_ms: [5, 15, 30, 60, 120, 300].map(|seconds| seconds * SECOND_MS).to_vec(),
            limit_ms: 30 * SECOND_MS,
            looks: true,
        }
    }
}

/// The longest a `Retry-After` is honoured: what says more than a day says that something is wrong.
const LIMIT_MOST_MS: i64 = 24 * 60 * MINUTE_MS;

impl OutboxRules {
    /// From when on a miss of this submission proves anything: the quiet time after the sending began, and half of it
    /// after the call came to its end without an answer.
    #[must_use]
    pub fn quiet_until(&self, row: &SubmissionRow) -> i64 {
        let from_sending = row.leased_at.unwrap_or(row.created_at).saturating_add(self.quiet_ms);
        // A computer that slept in the middle of a call sent the rest of it when it woke.
        let from_unknown = row.unknown_at.map(|at| at.saturating_add(self.quiet_ms / 2));
        from_unknown.map_or(from_sending, |from_unknown| from_unknown.max(from_sending))
    }

    /// When it is looked up next, after so many look-ups that missed.
    #[must_use]
    pub fn next_look(&self, row: &SubmissionRow, lookups: i64, now: i64) -> i64 {
        let quiet = self.quiet_until(row);
        if now >= quiet {
            return now.saturating_add(self.apart_ms);
        }
        now.saturating_add(at_or_last(&self.early_looks_ms, lookups)).min(quiet)
    }

    /// When a platform is tried again that was not reached, after so many tries.
    #[must_use]
    pub fn next_try(&self, tries: i64, now: i64) -> i64 {
        now.saturating_add(at_or_last(&self.backoff_ms, tries.saturating_sub(1)))
    }

    /// When a platform is asked again that wants to be left alone.
    #[must_use]
    pub fn after_limit(&self, retry_after_s: Option<u64>, now: i64) -> i64 {
        let asked = retry_after_s.map(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(SECOND_MS));
        now.saturating_add(asked.unwrap_or(self.limit_ms).min(LIMIT_MOST_MS))
    }
}

fn at_or_last(steps: &[i64], at: i64) -> i64 {
    let at = usize::try_from(at).unwrap_or_default();
    steps.get(at).or(steps.last()).copied().unwrap_or(MINUTE_MS)
}
