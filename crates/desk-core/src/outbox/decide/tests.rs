//! DECISIONS 12, row for row, and the rules of RELIABILITY "Exactly once".

#![expect(clippy::result_large_err, reason = "a case is what a call of the client gives")]

use desk_api::CallErrorKind;
use desk_api::outcome::{of_create, of_update};
use desk_domain::path::FieldPath;
use desk_store::submissions::{SubmissionPurpose, SubmissionState};
use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;

/// Some time after 1970 at which a submission was sent.
const SENT: i64 = 1_000_000_000;
const SECOND: i64 = 1_000;

pub(in crate::outbox) fn row(purpose: SubmissionPurpose) -> SubmissionRow {
    let update = purpose == SubmissionPurpose::Update;
    SubmissionRow {
        id: Uuid::nil(),
        draft_id: Uuid::nil(),
        connection_id: Uuid::nil(),
        purpose,
        partner_customer_id: "cd-1".to_owned(),
        draft_seq: 1,
        body: b"{}".to_vec(),
        persons: Vec::new(),
        idempotency_id: "i".to_owned(),
        state: SubmissionState::Unknown,
        tries: 1,
        looks: Looks::default(),
        customer_id: update.then(|| "cus_1".to_owned()),
        base_reading_id: update.then(Uuid::nil),
        may_wait: true,
        waits_for: None,
        leased_at: Some(SENT),
        unknown_at: None,
        answers: Vec::new(),
        created_at: SENT - 5 * SECOND,
        changed_at: SENT,
        due_at: SENT,
    }
}

fn create() -> SubmissionRow {
    row(SubmissionPurpose::New)
}

type Case = Result<Answer, CallError>;

fn answered(json: Value) -> Case {
    Ok(Answer { raw: json.to_string(), json, status: 200, trace_id: Uuid::nil(), platform_request_id: None, millis: 1 })
}

fn failed(kind: CallErrorKind) -> Case {
    Err(CallError { kind, trace_id: Uuid::nil(), answer: None, millis: 1 })
}

/// An answer of this status: of the API where it says something, of something in between where it does not.
fn said(kind: CallErrorKind, status: u16, message: &str) -> Case {
    let (readable, message) = (!message.is_empty(), Some(message.to_owned()).filter(|text| !text.is_empty()));
    let answer = ErrorAnswer { status, message, readable, ..ErrorAnswer::default() };
    Err(CallError { kind, trace_id: Uuid::nil(), answer: Some(answer), millis: 1 })
}

fn status(status: u16, message: &str) -> Case {
    said(CallErrorKind::Status { status }, status, message)
}

/// The decision in short, its time as seconds from the sending.
fn told(decision: &Decision) -> String {
    let after = (decision.due_at - SENT) / SECOND;
    let code = |reason: &Message| reason.code.clone();
    match &decision.view {
        OutcomeView::Accepted { customer_id, .. } => format!("accepted {customer_id}"),
        OutcomeView::Rejected { .. } => "rejected".to_owned(),
        OutcomeView::Unknown { .. } => format!("unknown, looked up after {after}"),
        OutcomeView::Conflict { customer_id, error, .. } => {
            let error = error.as_ref().map(|error| format!(" {}", error.status)).unwrap_or_default();
            format!("conflict {}{error}", customer_id.as_deref().unwrap_or("nobody"))
        }
        OutcomeView::Waiting { .. } => format!("queued for {:?}, sent after {after}", decision.waits_for),
        OutcomeView::Paused { reason, .. } => format!("paused {} {:?}", code(reason), decision.waits_for),
        OutcomeView::NotSent { reason, .. } => format!("not sent, {}", code(reason)),
    }
}

fn sent(row: &SubmissionRow, result: &Case) -> Decision {
    let outcome = match row.purpose {
        SubmissionPurpose::New => of_create(result),
        SubmissionPurpose::Update => of_update(result),
    };
    of_send(row, result, outcome, |_| Vec::new(), &OutboxRules::default(), SENT)
}

const UNKNOWN: &str = "unknown, looked up after 1";
const NETWORK: &str = "queued for Some(Network), sent after 5";
const PAUSED_401: &str = "paused auth.refused Some(Connection)";
const PAUSED_403: &str = "paused auth.forbidden Some(Connection)";

// One line a case: the answer, what follows for a create, what for an update. In the order of the table.
#[rstest]
#[case::readable(answered(json!({ "customer_id": "cus_9", "status": "Processing" })), "accepted cus_9", "accepted cus_9")]
#[case::readable_by_our_id(answered(json!({ "partner_customer_id": "cd-1" })), UNKNOWN, "accepted cus_1")]
#[case::no_name(failed(CallErrorKind::Name), NETWORK, NETWORK)]
#[case::refused(failed(CallErrorKind::Refused), NETWORK, NETWORK)]
#[case::no_tls(failed(CallErrorKind::TlsUntrusted), NETWORK, NETWORK)]
#[case::no_connection_in_time(failed(CallErrorKind::Timeout { reached: false }), NETWORK, NETWORK)]
#[case::time_out(failed(CallErrorKind::Timeout { reached: true }), UNKNOWN, UNKNOWN)]
#[case::reset(failed(CallErrorKind::Reset { reached: true }), UNKNOWN, UNKNOWN)]
#[case::s500(status(500, "Broken"), UNKNOWN, UNKNOWN)]
#[case::s502(status(502, ""), UNKNOWN, UNKNOWN)]
#[case::s503(status(503, ""), UNKNOWN, UNKNOWN)]
#[case::s301(said(CallErrorKind::Redirect { status: 301, host: None }, 301, ""), UNKNOWN, UNKNOWN)]
#[case::s408(status(408, "Slow"), UNKNOWN, UNKNOWN)]
#[case::s425(status(425, "Early"), UNKNOWN, UNKNOWN)]
#[case::unreadable(failed(CallErrorKind::Unreadable), UNKNOWN, UNKNOWN)]
#[case::another_shape(answered(json!({ "ok": true })), UNKNOWN, UNKNOWN)]
#[case::cut(failed(CallErrorKind::Cut), UNKNOWN, UNKNOWN)]
#[case::page(failed(CallErrorKind::Html), UNKNOWN, UNKNOWN)]
#[case::s400_unreadable(status(400, ""), UNKNOWN, UNKNOWN)]
#[case::s400(status(400, "No such country"), "rejected", "rejected")]
#[case::s422(status(422, "No such country"), "rejected", "rejected")]
#[case::s413(status(413, "Too large"), "rejected", "rejected")]
#[case::s401(said(CallErrorKind::AuthRefused, 401, "No"), PAUSED_401, PAUSED_401)]
#[case::s403(said(CallErrorKind::AuthForbidden, 403, ""), PAUSED_403, PAUSED_403)]
#[case::s409(status(409, "No"), UNKNOWN, "conflict cus_1 409")]
#[case::exists(status(422, "Partner customer id already exists"), UNKNOWN, "conflict cus_1 422")]
#[case::s404_of_a_gateway(said(CallErrorKind::NotFound, 404, ""), UNKNOWN, UNKNOWN)]
#[case::s404(said(CallErrorKind::NotFound, 404, "No"), "rejected", "conflict cus_1 404")]
#[case::s429_after(
    said(CallErrorKind::RateLimited { retry_after_s: Some(7) }, 429, "Slower"),
    "queued for Some(Rate), sent after 7",
    "queued for Some(Rate), sent after 7"
)]
#[case::s429(
    said(CallErrorKind::RateLimited { retry_after_s: None }, 429, "Slower"),
    "queued for Some(Rate), sent after 30",
    "queued for Some(Rate), sent after 30"
)]
#[case::s429_of_a_gateway(said(CallErrorKind::RateLimited { retry_after_s: None }, 429, ""), UNKNOWN, UNKNOWN)]
fn what_follows_from_an_answer(#[case] result: Case, #[case] of_create: &str, #[case] of_update: &str) {
    assert_eq!(told(&sent(&create(), &result)), of_create, "create");
    assert_eq!(told(&sent(&row(SubmissionPurpose::Update), &result)), of_update, "update");
}

#[test]
fn what_may_not_wait_goes_back_to_the_form() {
    let row = SubmissionRow { may_wait: false, ..create() };
    assert_eq!(told(&sent(&row, &failed(CallErrorKind::Refused))), "not sent, network.refused");
}

#[test]
fn a_rejection_stands_on_the_fields_it_names() {
    let path: FieldPath = "business_details/website".parse().unwrap();
    let said = |_: &ErrorAnswer| vec![PlatformSaid { path, message: "not a URL".to_owned() }];
    let result = status(400, "Wrong");
    let decision = of_send(&create(), &result, of_create(&result), said, &OutboxRules::default(), SENT);
    assert!(matches!(decision.view, OutcomeView::Rejected { fields, .. } if fields[0].path == path));
}

fn looked(row: &SubmissionRow, found: Found, at: i64) -> Decision {
    of_look(row, found, &OutboxRules::default(), at)
}

fn missing(status: u16) -> Found {
    let answer = said(CallErrorKind::NotFound, status, "No").unwrap_err();
    Found::Missing(crate::call::answer_view(&answer))
}

fn ours(customer_id: Option<&str>) -> Found {
    Found::Ours { customer_id: customer_id.map(str::to_owned), status: None }
}

fn other() -> Found {
    Found::Other { customer_id: Some("cus_9".to_owned()), differs: vec!["business_details/website".to_owned()] }
}

fn no_answer(limited: bool, retry_after_s: Option<u64>) -> Found {
    let reason = Message { code: "answer.error".to_owned(), params: crate::views::no_params() };
    Found::Failed { reason, error: None, offline: false, retry_after_s, limited }
}

// What was found of something unknown, 10 seconds after it was sent.
#[rstest]
#[case::the_same(ours(Some("cus_9")), "accepted cus_9", "accepted cus_9")]
#[case::the_same_without_an_id(ours(None), "unknown, looked up after 15", "accepted cus_1")]
#[case::different(other(), "unknown, looked up after 15", "conflict cus_9")]
#[case::not_there(missing(404), "unknown, looked up after 15", "conflict cus_1 404")]
#[case::as_before(Found::Base, "unknown, looked up after 15", "unknown, looked up after 15")]
#[case::no_answer(no_answer(false, None), "unknown, looked up after 15", "unknown, looked up after 15")]
#[case::left_alone(no_answer(true, Some(40)), "unknown, looked up after 50", "unknown, looked up after 50")]
#[case::left_alone_for_some_time(no_answer(true, None), "unknown, looked up after 40", "unknown, looked up after 40")]
fn what_follows_from_a_look_up(#[case] found: Found, #[case] of_create: &str, #[case] of_update: &str) {
    let at = SENT + 10 * SECOND;
    assert_eq!(told(&looked(&create(), found.clone(), at)), of_create, "create");
    assert_eq!(told(&looked(&row(SubmissionPurpose::Update), found, at)), of_update, "update");
}

/// Looks up as often as the decisions say, and misses; the seconds from the sending to each look-up, and the last decision.
fn misses(mut row: SubmissionRow, first: Decision, found: &Found) -> (Vec<i64>, Decision) {
    let (mut times, mut decision) = (Vec::new(), first);
    while matches!(decision.view, OutcomeView::Unknown { .. }) {
        let at = decision.due_at;
        times.push((at - SENT) / SECOND);
        decision = looked(&row, found.clone(), at);
        row.looks = decision.looks;
    }
    (times, decision)
}

#[rstest]
#[case::create(create(), missing(404))]
#[case::update(row(SubmissionPurpose::Update), Found::Base)]
fn it_is_sent_again_after_two_misses_the_first_not_before_the_quiet_time(
    #[case] row: SubmissionRow,
    #[case] found: Found,
) {
    let rules = OutboxRules::default();
    let soon = Decision::unknown(blocked("network.reset"), None, &row, &rules, SENT);
    let (times, decision) = misses(row.clone(), soon, &found);
    assert_eq!(times, [1, 6, 21, 51, 111, 120, 150], "those before two minutes prove nothing");
    assert_eq!(told(&decision), "queued for Some(Absence), sent after 150");
    assert_eq!((decision.looks.misses, decision.looks.absences), (2, 1));

    let late = Decision::unknown(blocked("network.timeout"), None, &row, &rules, SENT + 60 * SECOND);
    assert_eq!(misses(row, late, &found).0, [61, 66, 81, 111, 120, 150], "whenever the outcome became unknown");
}

#[test]
fn the_quiet_time_is_the_time_out_and_a_minute() {
    let (rules, timeouts) = (OutboxRules::default(), desk_api::Timeouts::default());
    let time_out = i64::try_from(timeouts.total.as_millis()).unwrap();
    assert!(rules.quiet_ms >= time_out + 60 * SECOND);
    assert_eq!((rules.apart_ms, rules.misses_needed), (30 * SECOND, 2));
}

#[rstest]
#[case::a_moment_too_early(29_999, 1)]
#[case::in_time(30_000, 2)]
fn two_misses_that_count_are_half_a_minute_apart(#[case] after_ms: i64, #[case] counted: i64) {
    let first = SENT + 120 * SECOND;
    let row = SubmissionRow { looks: Looks { misses: 1, missed_at: Some(first), ..Looks::default() }, ..create() };
    assert_eq!(looked(&row, missing(404), first + after_ms).looks.misses, counted);
}

#[rstest]
#[case::a_moment_before(120 * SECOND - 1, 0)]
#[case::at_its_end(120 * SECOND, 1)]
fn a_miss_in_the_quiet_time_does_not_count(#[case] after_ms: i64, #[case] counted: i64) {
    assert_eq!(looked(&create(), missing(404), SENT + after_ms).looks.misses, counted);
}

#[test]
fn a_look_up_without_an_answer_is_no_miss() {
    let row = SubmissionRow { looks: Looks { misses: 1, missed_at: Some(SENT), ..Looks::default() }, ..create() };
    let decision = looked(&row, no_answer(false, None), SENT + 600 * SECOND);
    assert_eq!((decision.looks.misses, decision.looks.lookups), (1, 1));
    assert!(matches!(decision.view, OutcomeView::Unknown { .. }));
}

#[rstest]
#[case::once_more(4, "queued for Some(Absence), sent after 600")]
#[case::enough(5, "paused queue.tired None")]
fn a_person_is_asked_when_the_platform_keeps_losing_it(#[case] absences: i64, #[case] follows: &str) {
    let looks = Looks { misses: 1, missed_at: Some(SENT), absences, ..Looks::default() };
    let row = SubmissionRow { looks, ..create() };
    assert_eq!(told(&looked(&row, missing(404), SENT + 600 * SECOND)), follows);
}

// Another customer under our id: our own write may still be running beside it, unless the platform has answered it.
#[rstest]
#[case::nothing_came_back(None, 10, "unknown, looked up after 15")]
#[case::it_was_answered(Some(409), 10, "conflict cus_9")]
#[case::a_gateway_gave_up(Some(502), 10, "unknown, looked up after 15")]
#[case::a_gateway_was_slow(Some(408), 10, "unknown, looked up after 15")]
#[case::the_quiet_time_is_over(None, 120, "conflict cus_9")]
fn another_customer_is_a_conflict_once_ours_cannot_come_any_more(
    #[case] answered: Option<u16>,
    #[case] after_s: i64,
    #[case] follows: &str,
) {
    let result = answered.map_or_else(|| failed(CallErrorKind::Reset { reached: true }), |code| status(code, "No"));
    let unknown = serde_json::to_value(sent(&create(), &result).view).unwrap();
    let answers =
        vec![desk_store::submissions::SubmissionAnswer { at: SENT, state: "unknown".to_owned(), detail: unknown }];
    let row = SubmissionRow { answers, ..create() };
    assert_eq!(told(&looked(&row, other(), SENT + after_s * SECOND)), follows);
}

#[test]
fn a_call_that_ended_late_begins_the_quiet_time_late() {
    let rules = OutboxRules::default();
    let slept = SubmissionRow { unknown_at: Some(SENT + 600 * SECOND), ..create() };
    assert_eq!(rules.quiet_until(&create()) - SENT, 120 * SECOND);
    assert_eq!(rules.quiet_until(&slept) - SENT, 660 * SECOND, "a computer that slept in the middle of it");
}

#[test]
fn an_unreached_platform_is_tried_less_and_less_often() {
    let waits = |tries| {
        let decision = sent(&SubmissionRow { tries, ..create() }, &failed(CallErrorKind::Refused));
        (decision.due_at - SENT) / SECOND
    };
    assert_eq!((1..=8).map(waits).collect::<Vec<_>>(), [5, 15, 30, 60, 120, 300, 300, 300]);
}

#[test]
fn a_pause_that_the_platform_asks_for_ends_within_a_day() {
    let kind = CallErrorKind::RateLimited { retry_after_s: Some(u64::MAX) };
    assert_eq!(sent(&create(), &said(kind, 429, "Slower")).due_at - SENT, 24 * 60 * 60 * SECOND);
}

#[test]
fn a_client_that_does_not_look_up_sends_at_once_and_is_a_control_only() {
    let rules = OutboxRules { looks: false, ..OutboxRules::default() };
    let decision = Decision::unknown(blocked("network.reset"), None, &create(), &rules, SENT);
    assert_eq!(told(&decision), "queued for Some(Absence), sent after 0");
    assert!(OutboxRules::default().looks);
}
