//! Answers that go wrong on purpose: which call, what happens to it, and whether it was carried out all the same.

use std::time::Duration;

/// The calls a fault can be put on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Every call of every platform, for tokens too.
    Any,
    /// `POST /api/customers/create`.
    Create,
    /// `POST /api/customers/{customer_id}/update`.
    Update,
    /// `GET /api/customers/detail`.
    Detail,
    /// `POST /api/files/upload`.
    Upload,
    /// Bultra: `POST /oauth2/token`.
    Token,
    /// Bultra: `GET /customers`.
    List,
    /// Bultra: `GET /customers/{id}`.
    Customer,
    /// Bultra: `PATCH /customers/{id}`.
    PatchCustomer,
    /// Bultra: `GET /customers/{id}/individuals/{individual_id}`.
    Individual,
    /// Bultra: `PATCH /customers/{id}/individuals/{individual_id}`.
    PatchIndividual,
}

/// Whether the platform did what the call asked for, whatever its answer looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CarriedOut {
    /// The call never took effect.
    No,
    /// It took effect before the answer went wrong.
    Yes,
    /// It takes effect this much later by the sandbox's clock.
    Later(Duration),
}

/// What becomes of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// This status, with a body of this type.
    Status {
        /// The status.
        status: u16,
        /// The content type; empty leaves the header out.
        content_type: String,
        /// The body.
        body: String,
        /// `Retry-After` in seconds.
        retry_after_seconds: Option<u64>,
    },
    /// Nothing is answered and the connection stays open.
    Hang,
    /// The connection is reset before anything is answered.
    Reset,
    /// The connection closes after the head and this many bytes of the body.
    Cut {
        /// Bytes of the body that still arrive.
        body_bytes: usize,
    },
    /// 200 with a page, as a proxy or a sign-in page would answer.
    Html,
    /// 200 with a JSON object of at least this many bytes.
    TooLarge {
        /// Bytes of the body.
        body_bytes: usize,
    },
    /// 200 with JSON of another shape than the contract's.
    OtherShape,
    /// A redirect.
    Redirect {
        /// 301, 302, 303, 307 or 308.
        status: u16,
        /// Value of `Location`.
        target: String,
    },
    /// The right answer, a few bytes at a time.
    Drip {
        /// Bytes a piece.
        bytes: usize,
        /// Time before each piece.
        pause: Duration,
    },
    /// The right answer, this much later.
    Delay(Duration),
}

/// One rule: which calls, how many of them, and what becomes of them. Rules are taken in order, one for a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultRule {
    /// The calls it is for.
    pub route: Route,
    /// Fitting calls that are answered rightly first.
    pub skip: u32,
    /// How often it is applied; `None` for always.
    pub times: Option<u32>,
    /// Whether the call takes effect.
    pub carried_out: CarriedOut,
    /// What becomes of the answer.
    pub fault: Fault,
}

impl FaultRule {
    /// A rule for every such call. Faults that change a right answer on its way carry the call out, the others do not.
    #[must_use]
    pub fn new(route: Route, fault: Fault) -> Self {
        let carried_out = match fault {
            Fault::Cut { .. } | Fault::Drip { .. } | Fault::Delay(_) => CarriedOut::Yes,
            _ => CarriedOut::No,
        };
        Self { route, skip: 0, times: None, carried_out, fault }
    }

    /// A rule that answers with this status and the sandbox's own error object.
    #[must_use]
    pub fn status(route: Route, status: u16) -> Self {
        let body = format!(r#"{{"error":{{"code":"FAULT","message":"The sandbox was told to answer {status}."}}}}"#);
        let content_type = "application/json".to_owned();
        Self::new(route, Fault::Status { status, content_type, body, retry_after_seconds: None })
    }

    /// Answers this many fitting calls rightly first.
    #[must_use]
    pub fn skip(mut self, calls: u32) -> Self {
        self.skip = calls;
        self
    }

    /// Applies the rule this often only.
    #[must_use]
    pub fn times(mut self, calls: u32) -> Self {
        self.times = Some(calls);
        self
    }

    /// Says whether the call takes effect.
    #[must_use]
    pub fn carried_out(mut self, carried_out: CarriedOut) -> Self {
        self.carried_out = carried_out;
        self
    }
}

/// The rules that are still to be applied.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<FaultRule>);

impl Faults {
    pub(crate) fn new(rules: Vec<FaultRule>) -> Self {
        Self(rules)
    }

    /// The rule for this call, counted down.
    pub(crate) fn take(&mut self, route: Option<Route>) -> Option<FaultRule> {
        for rule in &mut self.0 {
            if rule.times == Some(0) || !(rule.route == Route::Any || Some(rule.route) == route) {
                continue;
            }
            if rule.skip > 0 {
                rule.skip -= 1;
                continue;
            }
            if let Some(times) = &mut rule.times {
                *times -= 1;
            }
            return Some(rule.clone());
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_skips_then_applies_then_is_used_up() {
        let mut faults = Faults::new(vec![FaultRule::new(Route::Create, Fault::Reset).skip(1).times(1)]);
        assert_eq!(faults.take(Some(Route::Detail)), None, "another route is untouched and not counted");
        assert_eq!(faults.take(Some(Route::Create)), None, "the first is skipped");
        assert!(faults.take(Some(Route::Create)).is_some(), "the second goes wrong");
        assert_eq!(faults.take(Some(Route::Create)), None, "the third is right again");
    }

    #[test]
    fn a_rule_that_is_used_up_leaves_the_call_to_the_next() {
        let mut faults =
            Faults::new(vec![FaultRule::status(Route::Any, 500).times(1), FaultRule::status(Route::Any, 502)]);
        let statuses: Vec<_> = (0..3)
            .filter_map(|_| match faults.take(Some(Route::Detail))?.fault {
                Fault::Status { status, .. } => Some(status),
                _ => None,
            })
            .collect();
        assert_eq!(statuses, [500, 502, 502]);
    }
}
