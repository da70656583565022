//! A test of a Bultra connection says how far it came: to the platform, to a token, to a list.

use desk_api::{BultraOptions, CallErrorKind, Probe, Reach, TokenProbe, probe_bultra};
use rstest::rstest;
use serde_json::json;
use tokio::net::TcpListener;

use super::bultra_options;
use crate::support::bultra::{Bultra, Odd};
use crate::support::certificates::Authority;
use crate::support::servers::{Server, Step, answer, header, json as json_answer};

/// Friday 2 January 2026, 10:00:00 UTC, and an hour later.
const DATE: &str = "date: Fri, 02 Jan 2026 10:00:00 GMT\r\n";
const DATE_MS: i64 = 1_767_348_000_000;
const LATER: &str = "date: Fri, 02 Jan 2026 11:00:00 GMT\r\n";

async fn probed(base_url: &str, token_url: &str) -> Probe {
    probe_bultra(bultra_options(base_url, token_url)).await.unwrap()
}

fn token(probe: &Probe) -> Option<(bool, Option<u16>)> {
    probe.token.map(|TokenProbe { works, status, .. }| (works, status))
}

#[tokio::test]
async fn a_connection_that_works_gets_a_token_and_one_row() {
    let bultra = Bultra::start().await;
    let probe = probed(&bultra.base_url(), &bultra.token_url()).await;
    assert_eq!((probe.reach, token(&probe), probe.status), (Reach::Platform, Some((true, Some(200))), Some(200)));
    assert!(probe.result.is_ok() && probe.address_ms.is_some());
    assert_eq!(bultra.calls()[0].target, "/bultra/v1/customers?limit=1");
    assert_eq!(bultra.counts(), (1, 1));
}

#[rstest]
#[case::refused(json_answer("401 Unauthorized", r#"{"error":"invalid_client"}"#), "token.refused", Some(401))]
#[case::scope(json_answer("400 Bad Request", r#"{"error":"invalid_scope"}"#), "token.scope", Some(400))]
#[case::page(answer("200 OK", "content-type: text/html\r\n", "<html>"), "token.unreadable", Some(200))]
#[case::silent(Vec::new(), "token.unreached", None)]
#[tokio::test]
async fn without_a_token_the_platform_is_found_and_not_asked(
    #[case] bytes: Vec<u8>,
    #[case] code: &str,
    #[case] status: Option<u16>,
) {
    let (platform, host) = (Server::answering(json_answer("200 OK", "{}")).await, Server::answering(bytes).await);
    let probe = probed(&platform.url(), &host.url()).await;
    assert_eq!((probe.reach, token(&probe), probe.status), (Reach::Host, Some((false, status)), None));
    assert!(probe.address_ms.is_some() && probe.encryption_ms.is_none());
    let error = probe.result.unwrap_err();
    assert_eq!(error.kind.code(), code);
    assert!(platform.requests().is_empty());
}

#[tokio::test]
async fn a_platform_that_is_not_there_needs_no_token() {
    let host = Server::answering(json_answer("200 OK", r#"{"access_token":"t"}"#)).await;
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let probe = probed(&format!("http://{nobody}/v1"), &host.url()).await;
    assert_eq!((probe.reach, probe.token, host.connections()), (Reach::Nothing, None, 0));
    assert_eq!(probe.result.unwrap_err().kind, CallErrorKind::Refused);
}

#[tokio::test]
async fn a_token_that_the_platform_does_not_take_is_tried_once() {
    let bultra = Bultra::start().await;
    bultra.next_answer(Odd::json(401, &json!({ "error": { "code": "UNAUTHORIZED", "message": "No" } })));
    let probe = probed(&bultra.base_url(), &bultra.token_url()).await;
    assert_eq!((probe.reach, token(&probe), probe.status), (Reach::Platform, Some((true, Some(200))), Some(401)));
    assert_eq!(probe.result.unwrap_err().kind, CallErrorKind::AuthRefused);
    assert_eq!(bultra.counts(), (1, 1));
}

#[rstest]
#[case::of_the_platform(LATER, Some(DATE_MS + 3_600_000))]
#[case::of_the_token_host("", Some(DATE_MS))]
#[tokio::test]
async fn the_clock_is_the_platforms_or_else_the_token_hosts(#[case] date: &str, #[case] clock: Option<i64>) {
    let host = Server::answering(answer("200 OK", DATE, r#"{"access_token":"t"}"#)).await;
    let platform = Server::answering(answer("200 OK", date, r#"{"data":[]}"#)).await;
    let probe = probed(&platform.url(), &host.url()).await;
    assert_eq!((probe.result.is_ok(), probe.platform_ms), (true, clock));
    assert_eq!(header(&platform.requests()[0], "authorization").as_deref(), Some("Bearer t"));
}

#[tokio::test]
async fn the_clock_of_a_token_host_that_refuses_is_known_too() {
    let host = Server::answering(answer("401 Unauthorized", DATE, "")).await;
    let platform = Server::answering(json_answer("200 OK", "{}")).await;
    assert_eq!(probed(&platform.url(), &host.url()).await.platform_ms, Some(DATE_MS));
}

#[tokio::test]
async fn over_tls_every_step_of_the_platform_is_measured() {
    let authority = Authority::new();
    let host = Server::answering(json_answer("200 OK", r#"{"access_token":"t"}"#)).await;
    let steps = vec![Step::Send(json_answer("200 OK", r#"{"data":[]}"#))];
    let platform = Server::over_tls(steps, authority.server("localhost", 2020, 2090)).await;
    let extra_roots_pem = vec![authority.pem.clone()];
    let options = BultraOptions { extra_roots_pem, ..bultra_options(&platform.tls_url(), &host.url()) };
    let probe = probe_bultra(options).await.unwrap();
    assert_eq!((probe.reach, probe.result.is_ok()), (Reach::Platform, true));
    assert!(probe.address_ms.is_some() && probe.encryption_ms.is_some());
    assert_eq!(probe.certificate_until_ms, Some(3_786_912_000_000), "1 January 2090");
}

#[tokio::test]
async fn a_bad_certificate_of_the_platform_ends_at_encryption_and_no_token_is_sent() {
    let authority = Authority::new();
    let host = Server::answering(json_answer("200 OK", r#"{"access_token":"t"}"#)).await;
    let steps = vec![Step::Send(json_answer("200 OK", r#"{"data":[]}"#))];
    let platform = Server::over_tls(steps, authority.server("localhost", 2020, 2090)).await;
    let probe = probed(&platform.tls_url(), &host.url()).await;
    assert_eq!((probe.reach, token(&probe)), (Reach::Host, Some((true, Some(200)))));
    assert_eq!(probe.result.unwrap_err().kind, CallErrorKind::TlsUntrusted);
    assert!(platform.requests().is_empty());
}
