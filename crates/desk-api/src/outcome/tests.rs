#![expect(clippy::result_large_err, reason = "a case is what a call of the client gives")]

use reqwest::StatusCode;
use rstest::rstest;
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::client::answer::error_kind;
use crate::error_body;

type Case = Result<Answer, CallError>;

fn answered(json: Value) -> Case {
    Ok(Answer { raw: json.to_string(), json, status: 200, trace_id: Uuid::nil(), platform_request_id: None, millis: 1 })
}

fn failed(kind: CallErrorKind) -> Case {
    Err(CallError { kind, trace_id: Uuid::nil(), answer: None, millis: 1 })
}

fn said_after(status: u16, body: &str, retry_after_s: Option<u64>) -> Case {
    let found = error_body::read(body.as_bytes(), None);
    let kind = error_kind(StatusCode::from_u16(status).unwrap(), retry_after_s);
    let answer = ErrorAnswer {
        status,
        code: found.code,
        message: found.message,
        fields: found.fields,
        readable: found.readable,
        retry_after_s,
        ..ErrorAnswer::default()
    };
    Err(CallError { kind, trace_id: Uuid::nil(), answer: Some(answer), millis: 1 })
}

fn said(status: u16, body: &str) -> Case {
    said_after(status, body, None)
}

fn name(outcome: &WriteOutcome) -> String {
    match outcome {
        WriteOutcome::Accepted(_) => "accepted".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn token_host() -> String {
    "auth.example".to_owned()
}

const PAGE: &str = "<html><title>Bad Gateway</title></html>";
const WORDS: &str = r#"{"message":"No such country"}"#;
const FIELD: &str = r#"{"errors":[{"field":"website","message":"not a URL"}]}"#;
const EXISTS: &str = r#"{"message":"Partner customer id already exists"}"#;
const EXISTS_FIELD: &str = r#"{"errors":[{"field":"partner_customer_id","message":"Duplicate value"}]}"#;
const EXISTS_CODE: &str = r#"{"error":{"code":"CUSTOMER_ALREADY_EXISTS","message":"No"}}"#;
const TWICE: &str =
    r#"{"message":"Wrong","errors":[{"field":"business_identifier_document_list","message":"duplicate"}]}"#;

// The table of DECISIONS 12: the answer, then what follows for a create and for an update.
#[rstest]
#[case::readable(answered(json!({"customer_id": "cus_1", "status": "Processing"})), "accepted", "accepted")]
#[case::readable_without_their_id(answered(json!({"partner_customer_id": "cd-1"})), "unknown", "accepted")]
#[case::sections_alone(answered(json!({"business_details": {"website": ["not a URL"]}})), "unknown", "unknown")]
#[case::other_shape(answered(json!({"ok": true})), "unknown", "unknown")]
#[case::no_name(failed(CallErrorKind::Name), "notsent", "notsent")]
#[case::refused(failed(CallErrorKind::Refused), "notsent", "notsent")]
#[case::connect_timeout(failed(CallErrorKind::Timeout { reached: false }), "notsent", "notsent")]
#[case::no_way_there(failed(CallErrorKind::Network { reached: false }), "notsent", "notsent")]
#[case::tls_expired(failed(CallErrorKind::TlsExpired), "notsent", "notsent")]
#[case::tls_wrong_host(failed(CallErrorKind::TlsWrongHost), "notsent", "notsent")]
#[case::tls_untrusted(failed(CallErrorKind::TlsUntrusted), "notsent", "notsent")]
#[case::tls_other(failed(CallErrorKind::TlsOther), "notsent", "notsent")]
#[case::tls_broken_off(failed(CallErrorKind::Reset { reached: false }), "notsent", "notsent")]
#[case::timeout(failed(CallErrorKind::Timeout { reached: true }), "unknown", "unknown")]
#[case::reset(failed(CallErrorKind::Reset { reached: true }), "unknown", "unknown")]
#[case::other_fault(failed(CallErrorKind::Network { reached: true }), "unknown", "unknown")]
#[case::redirect(failed(CallErrorKind::Redirect { status: 307, host: None }), "unknown", "unknown")]
#[case::page(failed(CallErrorKind::Html), "unknown", "unknown")]
#[case::cut(failed(CallErrorKind::Cut), "unknown", "unknown")]
#[case::too_large(failed(CallErrorKind::TooLarge), "unknown", "unknown")]
#[case::unreadable(failed(CallErrorKind::Unreadable), "unknown", "unknown")]
#[case::unsendable(failed(CallErrorKind::Unsendable), "rejected", "rejected")]
#[case::token_refused(failed(CallErrorKind::TokenRefused { host: token_host() }), "paused", "paused")]
#[case::token_scope(failed(CallErrorKind::TokenScope { scope: "a b".to_owned() }), "paused", "paused")]
#[case::token_unreached(
    failed(CallErrorKind::TokenUnreached { reason: "network.timeout", host: token_host() }),
    "notsent",
    "notsent"
)]
#[case::token_unreadable(
    failed(CallErrorKind::TokenUnreadable { reason: "answer.error", status: Some(503), host: token_host() }),
    "notsent",
    "notsent"
)]
#[case::token_limited(
    failed(CallErrorKind::TokenLimited { retry_after_s: Some(7) }),
    "ratelimited { retry_after_s: some(7) }",
    "ratelimited { retry_after_s: some(7) }"
)]
#[case::s101(said(101, ""), "unknown", "unknown")]
#[case::s400_words(said(400, WORDS), "rejected", "rejected")]
#[case::s400_field(said(400, FIELD), "rejected", "rejected")]
#[case::s400_nothing(said(400, ""), "unknown", "unknown")]
#[case::s400_page(said(400, PAGE), "unknown", "unknown")]
#[case::s400_exists(said(400, EXISTS), "unknown", "conflict")]
#[case::s400_exists_at_our_id(said(400, EXISTS_FIELD), "unknown", "conflict")]
#[case::s400_exists_as_code(said(400, EXISTS_CODE), "unknown", "conflict")]
#[case::s400_document_twice(said(400, TWICE), "rejected", "rejected")]
#[case::s401(said(401, WORDS), "paused", "paused")]
#[case::s401_nothing(said(401, ""), "paused", "paused")]
#[case::s403(said(403, WORDS), "paused", "paused")]
#[case::s403_page(said(403, PAGE), "paused", "paused")]
#[case::s404(said(404, WORDS), "rejected", "gone")]
#[case::s404_nothing(said(404, ""), "unknown", "unknown")]
#[case::s404_does_not_exist(said(404, r#"{"message":"Customer does not exist"}"#), "rejected", "gone")]
#[case::s405(said(405, WORDS), "rejected", "rejected")]
#[case::s405_nothing(said(405, ""), "unknown", "unknown")]
#[case::s408(said(408, WORDS), "unknown", "unknown")]
#[case::s409(said(409, WORDS), "unknown", "conflict")]
#[case::s409_nothing(said(409, ""), "unknown", "conflict")]
#[case::s413(said(413, "Too large"), "rejected", "rejected")]
#[case::s422(said(422, FIELD), "rejected", "rejected")]
#[case::s422_exists(said(422, EXISTS), "unknown", "conflict")]
#[case::s425(said(425, WORDS), "unknown", "unknown")]
#[case::s429(said(429, WORDS), "ratelimited { retry_after_s: none }", "ratelimited { retry_after_s: none }")]
#[case::s429_after(
    said_after(429, WORDS, Some(7)),
    "ratelimited { retry_after_s: some(7) }",
    "ratelimited { retry_after_s: some(7) }"
)]
#[case::s429_after_of_a_gateway(said_after(429, PAGE, Some(7)), "unknown", "unknown")]
#[case::s429_after_nothing(said_after(429, "", Some(7)), "unknown", "unknown")]
#[case::s429_of_a_gateway(said(429, PAGE), "unknown", "unknown")]
#[case::s429_nothing(said(429, ""), "unknown", "unknown")]
#[case::s500(said(500, WORDS), "unknown", "unknown")]
#[case::s500_exists(said(500, EXISTS), "unknown", "unknown")]
#[case::s501(said(501, WORDS), "unknown", "unknown")]
#[case::s502(said(502, PAGE), "unknown", "unknown")]
#[case::s503_after(said_after(503, "", Some(7)), "unknown", "unknown")]
#[case::s504(said(504, ""), "unknown", "unknown")]
fn what_follows_from_an_answer(#[case] result: Case, #[case] create: &str, #[case] update: &str) {
    assert_eq!((name(&of_create(&result)).as_str(), name(&of_update(&result)).as_str()), (create, update));
}

// What was answered, what was sent (their id, ours), and what follows.
#[rstest]
#[case::ours(json!({ "customer_id": "cus_1", "partner_customer_id": "cd-1" }), Some("cus_1"), Some("cd-1"), "accepted")]
#[case::with_gaps(json!({ "customer_id": " cus_1 ", "partner_customer_id": "cd-1" }), Some("cus_1"), None, "accepted")]
#[case::nothing_to_compare(json!({ "customer_id": "cus_1" }), None, Some("cd-1"), "accepted")]
#[case::empty_says_nothing(json!({ "customer_id": "cus_1", "partner_customer_id": "" }), None, Some("cd-1"), "accepted")]
#[case::another_customer(json!({ "customer_id": "cus_2" }), Some("cus_1"), None, "unknown")]
#[case::another_id_of_ours(json!({ "customer_id": "cus_2", "partner_customer_id": "cd-2" }), None, Some("cd-1"), "unknown")]
#[case::in_another_case(json!({ "customer_id": "CUS_1" }), Some("cus_1"), None, "unknown")]
fn an_answer_about_another_customer_is_no_answer(
    #[case] answer: Value,
    #[case] customer_id: Option<&str>,
    #[case] partner_customer_id: Option<&str>,
    #[case] follows: &str,
) {
    assert_eq!(name(&of_update(&answered(answer)).if_about(customer_id, partner_customer_id)), follows);
    let refused = of_create(&said(422, FIELD)).if_about(customer_id, partner_customer_id);
    assert_eq!(refused, WriteOutcome::Rejected, "what is no customer is not compared");
}

const IN_USE: &str = r#"{ "error": { "code": "DUPLICATE", "message": "The email address is already in use",
    "details": [{ "field": "email", "message": "already in use" }] } }"#;
const INDIVIDUAL: &str = "cust_1/individuals/ind_2";

// What was changed, what was answered, and what follows.
#[rstest]
#[case::partial("cust_1", answered(json!({ "id": "cust_1", "email": "a@b.example" })), "accepted")]
#[case::id_left_out("cust_1", answered(json!({ "updated_at": "2026-01-15T17:00:00Z" })), "accepted")]
#[case::id_as_a_number("17", answered(json!({ "id": 17 })), "accepted")]
#[case::individual(INDIVIDUAL, answered(json!({ "id": "ind_2" })), "accepted")]
#[case::individual_by_its_customer(INDIVIDUAL, answered(json!({ "id": "cust_1" })), "unknown")]
#[case::another_customer("cust_1", answered(json!({ "id": "cust_2" })), "unknown")]
#[case::in_another_case("cust_1", answered(json!({ "id": "CUST_1" })), "unknown")]
#[case::blank_id("cust_1", answered(json!({ "id": "" })), "unknown")]
#[case::nothing("cust_1", answered(json!({})), "unknown")]
#[case::words_of_something_else("cust_1", answered(json!({ "message": "down for maintenance" })), "unknown")]
#[case::an_error_after_all("cust_1", answered(json!({ "error": { "code": "X" } })), "unknown")]
#[case::list("cust_1", answered(json!([{ "id": "cust_1" }])), "unknown")]
#[case::word("cust_1", answered(json!("ok")), "unknown")]
#[case::timeout("cust_1", failed(CallErrorKind::Timeout { reached: true }), "unknown")]
#[case::refused("cust_1", failed(CallErrorKind::Refused), "notsent")]
#[case::s400("cust_1", said(400, FIELD), "rejected")]
#[case::s401("cust_1", said(401, WORDS), "paused")]
#[case::s403("cust_1", said(403, WORDS), "paused")]
#[case::s404("cust_1", said(404, WORDS), "gone")]
#[case::s404_of_a_gateway("cust_1", said(404, PAGE), "unknown")]
#[case::s409("cust_1", said(409, WORDS), "conflict")]
#[case::s422("cust_1", said(422, FIELD), "rejected")]
// What is there already is an email address of somebody else, never the customer.
#[case::s422_in_use("cust_1", said(422, IN_USE), "rejected")]
#[case::s400_in_use("cust_1", said(400, IN_USE), "rejected")]
#[case::s404_in_use("cust_1", said(404, IN_USE), "gone")]
#[case::s409_in_use("cust_1", said(409, IN_USE), "conflict")]
#[case::s500("cust_1", said(500, WORDS), "unknown")]
fn what_follows_from_the_answer_to_a_patch(#[case] record: &str, #[case] result: Case, #[case] follows: &str) {
    let outcome = of_patch(&result, record);
    assert_eq!(name(&outcome), follows);
    assert_eq!(outcome.clone().if_about(Some(record), None), outcome, "it is about this record");
}

#[test]
fn a_patch_is_of_the_record_as_this_program_calls_it() {
    let outcome = of_patch(&answered(json!({ "id": "ind_2", "status": "ACTIVE_L2F" })), INDIVIDUAL);
    let WriteOutcome::Accepted(customer) = outcome else { panic!("{outcome:?}") };
    assert_eq!(customer.customer_id.as_deref(), Some(INDIVIDUAL));
    assert_eq!(customer.status.as_deref(), Some("ACTIVE_L2F"));
}

#[test]
fn without_a_token_nothing_was_sent() {
    let (host, reason) = (token_host(), "network.refused");
    for (kind, refuses) in [
        (CallErrorKind::TokenRefused { host: host.clone() }, true),
        (CallErrorKind::TokenScope { scope: String::new() }, true),
        (CallErrorKind::TokenUnreadable { reason, status: None, host: host.clone() }, false),
        (CallErrorKind::TokenUnreached { reason, host }, false),
        (CallErrorKind::TokenLimited { retry_after_s: None }, false),
    ] {
        assert_eq!((kind.certainly_not_sent(), kind.refuses_us()), (true, refuses), "{kind:?}");
    }
    assert!(!CallErrorKind::RateLimited { retry_after_s: None }.certainly_not_sent(), "that one was asked");
}
