//! How a call of Bultra may end that was sent: an error, an answer that is lost, its time.

use std::time::Duration;

use desk_api::{BultraOptions, CallErrorKind, Timeouts, WriteOutcome, outcome};
use rstest::rstest;
use serde_json::json;

use super::{ATTEMPT, NOW_MS, PATCH, bultra_client, bultra_options, client_of};
use crate::network::IMPATIENT;
use crate::support::bultra::{Bultra, Odd};
use crate::support::servers::{Server, Step, answer, json as json_answer};

#[rstest]
#[case(400, "answer.error", WriteOutcome::Rejected)]
#[case(403, "auth.forbidden", WriteOutcome::Paused)]
#[case(404, "not_found", WriteOutcome::Gone)]
#[case(409, "answer.error", WriteOutcome::Conflict)]
#[case(422, "answer.error", WriteOutcome::Rejected)]
#[case(429, "rate.limited", WriteOutcome::RateLimited { retry_after_s: Some(9) })]
#[case(500, "answer.error", WriteOutcome::Unknown)]
#[case(503, "answer.error", WriteOutcome::Unknown)]
#[tokio::test]
async fn an_error_of_the_envelope_is_typed_and_nothing_is_sent_again(
    #[case] status: u16,
    #[case] code: &str,
    #[case] then: WriteOutcome,
) {
    let bultra = Bultra::start().await;
    let details = json!([{ "field": "address.postal_code", "message": "not of this country" }]);
    let body = json!({ "error": { "code": "E1", "message": "No", "details": details } });
    let mut odd = Odd::json(status, &body);
    odd.headers.push(("retry-after", "9".to_owned()));
    bultra.next_answer(odd);
    let result = client_of(&bultra).patch_customer("cust_1", ATTEMPT, PATCH, NOW_MS).await;
    assert_eq!(outcome::of_patch(&result, "cust_1"), then);
    let error = result.unwrap_err();
    assert_eq!((error.kind.code(), bultra.counts()), (code, (1, 1)));
    let answer = error.answer.unwrap();
    assert_eq!((answer.code.as_deref(), answer.message.as_deref()), (Some("E1"), Some("No")));
    assert_eq!(answer.fields, [("address.postal_code".to_owned(), "not of this country".to_owned())]);
}

#[rstest]
#[case::reset(vec![Step::Reset], CallErrorKind::Reset { reached: true })]
#[case::closed(vec![], CallErrorKind::Reset { reached: true })]
#[case::hangs(vec![Step::Hang], CallErrorKind::Timeout { reached: true })]
#[case::cut(vec![Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"id\":\"cust_1\"}".to_vec())], CallErrorKind::Cut)]
#[case::page(vec![Step::Send(answer("200 OK", "content-type: text/html\r\n", "<html>"))], CallErrorKind::Html)]
#[case::gateway(vec![Step::Send(answer("504 Gateway Timeout", "", ""))], CallErrorKind::Status { status: 504 })]
#[case::no_content(vec![Step::Send(answer("204 No Content", "", ""))], CallErrorKind::Unreadable)]
#[case::moved(
    vec![Step::Send(answer("307 Temporary Redirect", "location: http://localhost:1/\r\n", ""))],
    CallErrorKind::Redirect { status: 307, host: Some("localhost".to_owned()) }
)]
#[tokio::test]
async fn a_lost_answer_to_a_patch_is_unknown_and_it_went_out_once(
    #[case] steps: Vec<Step>,
    #[case] kind: CallErrorKind,
) {
    let (bultra, server) = (Bultra::start().await, Server::following(steps).await);
    let options = bultra_options(&server.url(), &bultra.token_url());
    let client = bultra_client(BultraOptions { timeouts: IMPATIENT, ..options });
    let result = client.patch_customer("cust_1", ATTEMPT, PATCH, NOW_MS).await;
    assert_eq!(outcome::of_patch(&result, "cust_1"), WriteOutcome::Unknown);
    assert_eq!(result.unwrap_err().kind, kind);
    let sent = server.requests();
    assert_eq!((sent.len(), sent[0].ends_with(PATCH), bultra.counts()), (1, true, (1, 0)));
}

#[tokio::test]
async fn a_platform_that_is_not_reached_has_nothing() {
    let bultra = Bultra::start().await;
    let client = bultra_client(bultra_options("https://no-such-host.invalid/v1", &bultra.token_url()));
    let result = client.patch_customer("cust_1", ATTEMPT, PATCH, NOW_MS).await;
    assert_eq!(outcome::of_patch(&result, "cust_1"), WriteOutcome::NotSent);
    assert_eq!(result.unwrap_err().kind, CallErrorKind::Name);
}

#[tokio::test]
async fn the_whole_of_a_call_ends_in_its_time_with_its_token_in_it() {
    let token = json_answer("200 OK", r#"{"access_token":"t"}"#);
    let slow = Server::following(vec![Step::Wait(Duration::from_millis(1_900)), Step::Send(token)]).await;
    let mut steps = vec![Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n".to_vec())];
    steps.extend((0..200).flat_map(|_| [Step::Send(b" ".to_vec()), Step::Wait(Duration::from_millis(100))]));
    let platform = Server::following(steps).await;
    let seconds = Duration::from_secs;
    let timeouts = Timeouts { connect: seconds(5), read: seconds(5), total: seconds(4) };
    let options = BultraOptions { timeouts, ..bultra_options(&platform.url(), &slow.url()) };
    let error = bultra_client(options).customer("cust_1", NOW_MS).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Timeout { reached: true });
    // Four seconds from the beginning of the token call, not from its end.
    assert!((3_900..5_800).contains(&error.millis), "{} ms", error.millis);
}
