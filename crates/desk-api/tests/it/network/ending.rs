//! How a call may end: slow, broken off, cut, too large, something else, an error.

use std::time::Duration;

use desk_api::{CallErrorKind, Timeouts, WriteOutcome, outcome};
use rstest::rstest;

use super::{CUSTOMER, client, detail_error, impatient};
use crate::support::servers::{Server, Step, answer, json};

#[test]
fn the_time_limits_are_those_of_the_design() {
    let seconds = |timeouts: Timeouts| (timeouts.connect.as_secs(), timeouts.read.as_secs(), timeouts.total.as_secs());
    assert_eq!(seconds(Timeouts::default()), (10, 30, 60));
}

#[tokio::test]
async fn a_server_that_never_answers_is_a_timeout_after_everything_was_sent() {
    let server = Server::following(vec![Step::Hang]).await;
    let created = impatient(&server.url()).create("{}").await;
    assert_eq!(outcome::of_create(&created), WriteOutcome::Unknown);
    assert_eq!(created.unwrap_err().kind, CallErrorKind::Timeout { reached: true });
}

#[tokio::test]
async fn a_slow_drip_ends_with_the_total_time() {
    let mut steps = vec![Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n".to_vec())];
    steps.extend((0..100).flat_map(|_| [Step::Send(b" ".to_vec()), Step::Wait(Duration::from_millis(100))]));
    let server = Server::following(steps).await;
    let error = detail_error(&impatient(&server.url())).await;
    assert_eq!(error.kind, CallErrorKind::Timeout { reached: true });
    assert!((2_400..6_000).contains(&error.millis), "{} ms: each piece came in time, the whole did not", error.millis);
}

#[rstest]
#[case::reset(vec![Step::Reset])]
#[case::closed(vec![])]
#[case::closed_in_the_head(vec![Step::Send(b"HTTP/1.1 200 OK\r\ncontent-le".to_vec())])]
#[tokio::test]
async fn a_connection_that_breaks_before_an_answer(#[case] steps: Vec<Step>) {
    let server = Server::following(steps).await;
    let created = client(&server.url()).create("{}").await;
    assert_eq!(outcome::of_create(&created), WriteOutcome::Unknown);
    assert_eq!(created.unwrap_err().kind, CallErrorKind::Reset { reached: true });
    assert_eq!(server.requests().len(), 1, "nothing is sent twice by itself");
}

#[tokio::test]
async fn a_kept_connection_that_breaks_is_not_tried_again() {
    let server = Server::following(vec![Step::Send(json("200 OK", CUSTOMER)), Step::Read, Step::Reset]).await;
    let client = client(&server.url());
    client.create("{}").await.unwrap();
    let created = client.create("{}").await;
    assert_eq!(created.unwrap_err().kind, CallErrorKind::Reset { reached: true });
    assert_eq!((server.connections(), server.requests().len()), (1, 2));
}

#[rstest]
#[case::length(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"customer_id\":\"cus_1\"}".to_vec(), vec![])]
#[case::length_and_reset(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"customer_id\":\"cus_1\"}".to_vec(), vec![Step::Wait(Duration::from_millis(100)), Step::Reset])]
#[case::in_a_chunk(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n40\r\n{\"customer_id\":\"cus_1\"}".to_vec(), vec![])]
#[case::after_a_chunk(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n17\r\n{\"customer_id\":\"cus_1\"}\r\n".to_vec(), vec![])]
#[tokio::test]
async fn a_cut_answer_is_noticed(#[case] bytes: Vec<u8>, #[case] then: Vec<Step>) {
    let server = Server::following([vec![Step::Send(bytes)], then].concat()).await;
    let created = client(&server.url()).create("{}").await;
    assert_eq!(outcome::of_create(&created), WriteOutcome::Unknown);
    let error = created.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Cut);
    assert_eq!(error.answer.unwrap().raw, r#"{"customer_id":"cus_1"}"#, "what came is kept");
}

#[rstest]
#[case::announced(true)]
#[case::not_announced(false)]
#[tokio::test]
async fn six_megabytes_are_refused(#[case] announced: bool) {
    let body = format!(r#"{{"customer_id":"{}"}}"#, "x".repeat(6_000_000));
    let answer = if announced {
        json("200 OK", &body)
    } else {
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{body}").into_bytes()
    };
    let server = Server::answering(answer).await;
    let error = detail_error(&client(&server.url())).await;
    assert_eq!(error.kind, CallErrorKind::TooLarge);
    assert_eq!(error.kind.params().get("limit_mb").map(String::as_str), Some("5"));
    let kept = error.answer.unwrap().raw.len();
    assert!(if announced { kept == 0 } else { kept == 64 * 1024 }, "{kept} bytes were kept");
}

#[rstest]
#[case::page(
    answer("200 OK", "content-type: text/html\r\n", "<html><title>Sign in</title></html>"),
    CallErrorKind::Html
)]
#[case::page_called_json(json("200 OK", "<!doctype html><title>Sign in</title>"), CallErrorKind::Html)]
#[case::nothing(json("200 OK", ""), CallErrorKind::Unreadable)]
#[case::no_content(answer("204 No Content", "", ""), CallErrorKind::Unreadable)]
#[case::text(answer("200 OK", "content-type: text/plain\r\n", "OK"), CallErrorKind::Unreadable)]
#[case::half(json("200 OK", r#"{"customer_id":"cus_1""#), CallErrorKind::Unreadable)]
#[case::list(json("200 OK", "[]"), CallErrorKind::Unreadable)]
#[case::null(json("200 OK", "null"), CallErrorKind::Unreadable)]
#[case::other_object(json("200 OK", r#"{"ok":true}"#), CallErrorKind::Unreadable)]
#[case::error_with_success(json("200 OK", r#"{"code":17,"message":"No"}"#), CallErrorKind::Unreadable)]
#[case::broken_chunk(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_vec(), CallErrorKind::Unreadable)]
#[tokio::test]
async fn a_success_that_is_no_customer(#[case] answer: Vec<u8>, #[case] kind: CallErrorKind) {
    let server = Server::answering(answer).await;
    let created = client(&server.url()).create("{}").await;
    assert_eq!(outcome::of_create(&created), WriteOutcome::Unknown);
    let error = created.unwrap_err();
    assert_eq!(error.kind, kind);
    assert!(error.answer.is_some(), "what came is shown");
}

#[rstest]
#[case::created("201 Created")]
#[case::accepted("202 Accepted")]
#[tokio::test]
async fn any_success_with_a_customer_is_one(#[case] status: &str) {
    let server = Server::answering(json(status, CUSTOMER)).await;
    let created = client(&server.url()).create("{}").await;
    assert!(matches!(outcome::of_create(&created), WriteOutcome::Accepted(_)), "{created:?}");
}

const WORDS: &str = r#"{"error":{"code":"E1","message":"No","details":[{"field":"website","message":"not a URL"}]}}"#;

#[rstest]
#[case("400 Bad Request", "", "answer.error", WriteOutcome::Rejected)]
#[case("401 Unauthorized", "", "auth.refused", WriteOutcome::Paused)]
#[case("403 Forbidden", "", "auth.forbidden", WriteOutcome::Paused)]
#[case("404 Not Found", "", "not_found", WriteOutcome::Rejected)]
#[case("409 Conflict", "", "answer.error", WriteOutcome::Unknown)]
#[case("422 Unprocessable Content", "", "answer.error", WriteOutcome::Rejected)]
#[case("429 Too Many Requests", "retry-after: 17\r\n", "rate.limited", WriteOutcome::RateLimited { retry_after_s: Some(17) })]
#[case("500 Internal Server Error", "", "answer.error", WriteOutcome::Unknown)]
#[case("503 Service Unavailable", "retry-after: 17\r\n", "answer.error", WriteOutcome::Unknown)]
#[tokio::test]
async fn an_error_is_typed(#[case] status: &str, #[case] more: &str, #[case] code: &str, #[case] then: WriteOutcome) {
    let headers = format!("content-type: application/json\r\nx-request-id: req-9\r\n{more}");
    let server = Server::answering(answer(status, &headers, WORDS)).await;
    let created = client(&server.url()).create("{}").await;
    assert_eq!(outcome::of_create(&created), then);

    let error = created.unwrap_err();
    assert_eq!(error.kind.code(), code);
    let answer = error.answer.unwrap();
    assert_eq!(answer.status.to_string(), status[..3]);
    assert_eq!((answer.code.as_deref(), answer.message.as_deref()), (Some("E1"), Some("No")));
    assert_eq!(answer.fields, [("website".to_owned(), "not a URL".to_owned())]);
    assert_eq!((answer.raw.as_str(), answer.platform_request_id.as_deref()), (WORDS, Some("req-9")));
    assert_eq!(answer.retry_after_s, (!more.is_empty()).then_some(17));
}

#[tokio::test]
async fn a_cut_400_is_no_rejection() {
    let bytes = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 500\r\n\r\nwebsite is not a".to_vec();
    let server = Server::answering(bytes).await;
    let created = client(&server.url()).create("{}").await;
    assert_eq!(outcome::of_create(&created), WriteOutcome::Unknown);
}

#[tokio::test]
async fn a_large_error_is_kept_in_part() {
    let body = "x".repeat(200_000);
    let server = Server::answering(answer("500 Internal Server Error", "", &body)).await;
    let error = detail_error(&client(&server.url())).await;
    assert_eq!(error.answer.unwrap().raw.len(), 64 * 1024);
}
