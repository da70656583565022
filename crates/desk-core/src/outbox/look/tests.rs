#![expect(clippy::result_large_err, reason = "a case is what a call of the client gives")]

use desk_api::ErrorAnswer;
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::outbox::decide::tests::row;

fn answered(json: Value) -> Result<Answer, CallError> {
    Ok(Answer { raw: json.to_string(), json, status: 200, trace_id: Uuid::nil(), platform_request_id: None, millis: 1 })
}

fn failed(kind: CallErrorKind, status: u16) -> Result<Answer, CallError> {
    let answer = (status > 0).then(|| ErrorAnswer { status, ..ErrorAnswer::default() });
    Err(CallError { kind, trace_id: Uuid::nil(), answer, millis: 1 })
}

fn not_found(raw: &str, readable: bool) -> Result<Answer, CallError> {
    let answer = ErrorAnswer { status: 404, raw: raw.to_owned(), readable, ..ErrorAnswer::default() };
    Err(CallError { kind: CallErrorKind::NotFound, trace_id: Uuid::nil(), answer: Some(answer), millis: 1 })
}

fn body(city: &str) -> Value {
    json!({ "business_details": {}, "registration_address": { "registration_address_city": city } })
}

fn customer(id: &str, city: &str) -> Value {
    let mut customer = body(city);
    customer["customer_id"] = json!(id);
    customer
}

fn told(found: &Found) -> String {
    match found {
        Found::Ours { customer_id, .. } => format!("ours {}", customer_id.as_deref().unwrap_or_default()),
        Found::Base => "base".to_owned(),
        Found::Other { differs, .. } => format!("other {}", differs.join(" ")),
        Found::Missing(error) => format!("missing {:?}", error.as_ref().map(|error| error.status)),
        Found::Failed { reason, offline, limited, .. } => format!("failed {} {offline} {limited}", reason.code),
    }
}

const DIFFERS: &str = "other registration_address/registration_address_city";

const ASTRAY: &str = "failed answer.error false false";

// Perth was sent where Sydney was.
#[rstest]
#[case::ours(answered(customer("cus_1", "Perth")), "ours cus_1", "ours cus_1")]
#[case::as_before(answered(customer("cus_1", "Sydney")), DIFFERS, "base")]
#[case::third(answered(customer("cus_1", "Hobart")), DIFFERS, DIFFERS)]
#[case::sparse(answered(json!({ "customer_id": "cus_1", "status": "Processing" })), "ours cus_1", "failed answer.unreadable false false")]
#[case::somebody_else(answered(customer("cus_2", "Perth")), "ours cus_2", "failed answer.unreadable false false")]
#[case::not_there(not_found(r#"{"message":"No"}"#, true), "missing Some(404)", "missing Some(404)")]
#[case::page_of_a_gateway(not_found("<html>404", false), ASTRAY, ASTRAY)]
#[case::line_of_a_gateway(not_found("default backend - 404", true), ASTRAY, ASTRAY)]
#[case::nothing_said(not_found("", false), ASTRAY, ASTRAY)]
#[case::not_reached(
    failed(CallErrorKind::Refused, 0),
    "failed network.refused true false",
    "failed network.refused true false"
)]
#[case::slow(failed(CallErrorKind::Timeout { reached: true }, 0), "failed network.timeout false false", "failed network.timeout false false")]
#[case::limited(failed(CallErrorKind::RateLimited { retry_after_s: Some(7) }, 429), "failed rate.limited false true", "failed rate.limited false true")]
#[case::refused_keys(
    failed(CallErrorKind::AuthRefused, 401),
    "failed auth.refused false false",
    "failed auth.refused false false"
)]
fn what_an_answer_says(#[case] result: Result<Answer, CallError>, #[case] of_create: &str, #[case] of_update: &str) {
    let sent = |purpose| SubmissionRow { body: body("Perth").to_string().into_bytes(), ..row(purpose) };
    assert_eq!(told(&found(Kind::Axisfi, &sent(SubmissionPurpose::New), None, &result)), of_create, "create");
    let update = SentUpdate { base: customer("cus_1", "Sydney"), body: body("Perth") };
    assert_eq!(
        told(&found(Kind::Axisfi, &sent(SubmissionPurpose::Update), Some(&update), &result)),
        of_update,
        "update"
    );
}
