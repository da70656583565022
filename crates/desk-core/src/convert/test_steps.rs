//! From what a test call found on its way to the steps that the page shows. The list ends at the first step that failed, and
//! that one's problem is the test's.

use desk_api::{CallError, CallErrorKind, Probe, Reach};

use crate::clock::instant;
use crate::ipc::Message;
use crate::views::{TestStep, TestStepView, no_params};

/// How far two clocks may be apart. Platforms that sign with the time refuse more than this.
const CLOCKS_APART_MS: i64 = 5 * 60 * 1000;
/// The platform says whole seconds: on the average it is half of one later than that.
const HALF_SECOND_MS: i64 = 500;
const MINUTE_MS: u64 = 60_000;

/// What the steps need to know beside the call.
pub(crate) struct Steps {
    /// TLS was to be set up.
    pub is_https: bool,
    /// This computer's clock, after the answer.
    pub now_ms: i64,
}

impl Steps {
    /// The steps in their order, and what stands in the way.
    pub(crate) fn of(&self, probe: &Probe) -> (Vec<TestStepView>, Option<Message>) {
        let refused = problem(probe);
        let mut steps = Vec::new();
        let ok = probe.reach >= Reach::Host;
        steps.push(TestStepView { millis: probe.address_ms.map(whole), ..step(TestStep::Address, ok) });
        if !ok {
            return (steps, refused);
        }
        // Asked for before the platform is spoken to: without one nothing is sent there.
        if let Some(token) = probe.token {
            let found = TestStepView { millis: Some(whole(token.millis)), ..step(TestStep::Token, token.works) };
            steps.push(TestStepView { status: token.status, ..found });
            if !token.works {
                return (steps, refused);
            }
        }
        if self.is_https {
            let ok = probe.reach >= Reach::Platform;
            steps.push(TestStepView {
                millis: probe.encryption_ms.map(whole).filter(|_| ok),
                expires_at: probe.certificate_until_ms.map(instant),
                ..step(TestStep::Encryption, ok)
            });
            if !ok {
                return (steps, refused);
            }
        }
        if let Some(platform_ms) = probe.platform_ms {
            let ahead_ms = self.now_ms - platform_ms - HALF_SECOND_MS;
            let ok = ahead_ms.abs() <= CLOCKS_APART_MS;
            steps.push(TestStepView { ahead_ms: Some(ahead_ms), ..step(TestStep::Clock, ok) });
            if !ok {
                return (steps, Some(clock_off(ahead_ms)));
            }
        }
        steps.push(TestStepView { status: probe.status, ..step(TestStep::SignIn, refused.is_none()) });
        (steps, refused)
    }
}

fn step(step: TestStep, ok: bool) -> TestStepView {
    TestStepView { step, ok, millis: None, expires_at: None, ahead_ms: None, status: None }
}

/// What the call ended with, unless that is the proof that everything works.
fn problem(probe: &Probe) -> Option<Message> {
    let Err(CallError { kind, answer, .. }) = &probe.result else { return None };
    // A web page that says 404 is a wrong address, not a platform without this customer.
    // Nor is a list that is not found any proof of a platform that lists its customers.
    let is_api = probe.token.is_none() && answer.as_ref().is_some_and(|answer| answer.readable);
    match kind {
        CallErrorKind::NotFound if is_api => None,
        CallErrorKind::NotFound => Some(Message { code: "answer.unreadable".to_owned(), params: no_params() }),
        kind => Some(Message { code: kind.code().to_owned(), params: kind.params() }),
    }
}

fn clock_off(ahead_ms: i64) -> Message {
    let minutes = ahead_ms.unsigned_abs().div_ceil(MINUTE_MS).to_string();
    let way = if ahead_ms > 0 { "ahead" } else { "behind" };
    let params = [("minutes", minutes), ("way", way.to_owned())];
    Message { code: "clock.off".to_owned(), params: params.map(|(name, value)| (name.to_owned(), value)).into() }
}

/// A count of milliseconds as the page gets it.
pub(crate) fn whole(millis: u64) -> u32 {
    u32::try_from(millis).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use desk_api::{ErrorAnswer, TokenProbe};
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    const NOW_MS: i64 = 1_763_700_000_000;

    fn probe(reach: Reach, kind: CallErrorKind, ahead_ms: Option<i64>) -> Probe {
        let answer = (reach == Reach::Platform).then(|| ErrorAnswer { readable: true, ..ErrorAnswer::default() });
        Probe {
            reach,
            address_ms: (reach > Reach::Nothing).then_some(38),
            encryption_ms: Some(61),
            certificate_until_ms: None,
            platform_ms: ahead_ms.map(|ahead| NOW_MS - HALF_SECOND_MS - ahead),
            token: None,
            status: (reach == Reach::Platform).then_some(404),
            result: Err(CallError { kind, trace_id: Uuid::nil(), answer, millis: 120 }),
        }
    }

    fn names(steps: &[TestStepView]) -> String {
        let name = |step: &TestStepView| serde_json::to_value(step.step).unwrap().as_str().unwrap().to_owned();
        steps.iter().map(|step| name(step) + if step.ok { "+" } else { "-" }).collect::<Vec<_>>().join(" ")
    }

    #[rstest]
    #[case::name(Reach::Nothing, CallErrorKind::Name, None, "address-", "network.name")]
    #[case::tls(Reach::Host, CallErrorKind::TlsExpired, None, "address+ encryption-", "tls.expired")]
    #[case::clock(Reach::Platform, CallErrorKind::NotFound, Some(300_001), "address+ encryption+ clock-", "clock.off")]
    #[case::behind(Reach::Platform, CallErrorKind::AuthRefused, Some(-300_001), "address+ encryption+ clock-", "clock.off")]
    #[case::keys(Reach::Platform, CallErrorKind::AuthRefused, Some(-300_000), "address+ encryption+ clock+ sign_in-", "auth.refused")]
    #[case::silent(Reach::Platform, CallErrorKind::Timeout { reached: true }, None, "address+ encryption+ sign_in-", "network.timeout")]
    #[case::works(Reach::Platform, CallErrorKind::NotFound, Some(300_000), "address+ encryption+ clock+ sign_in+", "")]
    fn the_list_ends_at_the_first_step_that_failed(
        #[case] reach: Reach,
        #[case] kind: CallErrorKind,
        #[case] ahead_ms: Option<i64>,
        #[case] expected: &str,
        #[case] code: &str,
    ) {
        let (steps, problem) = Steps { is_https: true, now_ms: NOW_MS }.of(&probe(reach, kind, ahead_ms));
        assert_eq!(names(&steps), expected);
        assert_eq!(problem.map(|problem| problem.code).unwrap_or_default(), code);
    }

    #[rstest]
    #[case::refused(false, CallErrorKind::TokenRefused { host: String::new() }, "address+ token-", "token.refused")]
    #[case::forbidden(
        true,
        CallErrorKind::AuthForbidden,
        "address+ token+ encryption+ clock+ sign_in-",
        "auth.forbidden"
    )]
    #[case::nowhere(true, CallErrorKind::NotFound, "address+ token+ encryption+ clock+ sign_in-", "answer.unreadable")]
    fn a_token_is_asked_for_before_the_platform_is_spoken_to(
        #[case] works: bool,
        #[case] kind: CallErrorKind,
        #[case] expected: &str,
        #[case] code: &str,
    ) {
        let reach = if works { Reach::Platform } else { Reach::Host };
        let token = Some(TokenProbe { works, millis: 9, status: Some(200) });
        let probe = Probe { token, ..probe(reach, kind, Some(0)) };
        let (steps, problem) = Steps { is_https: true, now_ms: NOW_MS }.of(&probe);
        assert_eq!(names(&steps), expected);
        assert_eq!(problem.map(|problem| problem.code).unwrap_or_default(), code);
    }

    #[test]
    fn without_tls_there_is_no_step_of_it() {
        let probe = probe(Reach::Platform, CallErrorKind::NotFound, None);
        let (steps, _) = Steps { is_https: false, now_ms: NOW_MS }.of(&probe);
        assert_eq!(steps.iter().map(|step| step.step).collect::<Vec<_>>(), [TestStep::Address, TestStep::SignIn]);
    }

    #[test]
    fn a_clock_says_by_how_many_minutes_and_which_way() {
        for (ahead_ms, minutes, way) in [(300_001, "6", "ahead"), (-3_600_000, "60", "behind")] {
            let params = clock_off(ahead_ms).params;
            assert_eq!((params["minutes"].as_str(), params["way"].as_str()), (minutes, way));
        }
    }
}
