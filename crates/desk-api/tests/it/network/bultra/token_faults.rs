//! What a token host may do instead of giving a token: each has its kind, and of none of them anything reaches the platform.

use std::sync::Arc;
use std::time::Duration;

use desk_api::{BultraOptions, CallError, CallErrorKind, ProxySettings, WriteOutcome, outcome};
use rstest::rstest;
use tokio::net::TcpListener;

use super::{ATTEMPT, NOW_MS, bultra_client, bultra_options};
use crate::network::IMPATIENT;
use crate::support::certificates::Authority;
use crate::support::servers::{Server, Step, answer, json};

/// A change with tokens from there: what follows of it, and why. The platform must see nothing of it.
async fn patched(token_url: &str) -> (WriteOutcome, CallError) {
    let platform = Server::answering(json("200 OK", r#"{"id":"cust_1"}"#)).await;
    let options = bultra_options(&platform.url(), token_url);
    let scope = Some("customers:write".to_owned());
    let client = bultra_client(BultraOptions { scope, timeouts: IMPATIENT, ..options });
    let result = client.patch_customer("cust_1", ATTEMPT, r#"{"phone":"1"}"#, NOW_MS).await;
    assert_eq!(platform.connections(), 0, "the platform saw something");
    let outcome = outcome::of_patch(&result, "cust_1");
    let error = result.unwrap_err();
    assert!(error.kind.certainly_not_sent(), "{error:?}");
    (outcome, error)
}

const HTML: &str = "content-type: text/html\r\n";
const PAGE: &str = "<html><title>Sign in</title></html>";

// The answer of the token host; the code, its parameters, and what follows for a write.
#[rstest]
#[case::invalid_client(
    json("401 Unauthorized", r#"{"error":"invalid_client","error_description":"No such client"}"#),
    "token.refused host=127.0.0.1",
    WriteOutcome::Paused
)]
#[case::invalid_client_400(
    json("400 Bad Request", r#"{"error":"invalid_client"}"#),
    "token.refused host=127.0.0.1",
    WriteOutcome::Paused
)]
#[case::unauthorized_client(
    json("400 Bad Request", r#"{"error":"unauthorized_client"}"#),
    "token.refused host=127.0.0.1",
    WriteOutcome::Paused
)]
#[case::envelope(
    json("401 Unauthorized", r#"{"error":{"code":"UNAUTHORIZED","message":"No such client"}}"#),
    "token.refused host=127.0.0.1",
    WriteOutcome::Paused
)]
#[case::refused_without_a_word(
    answer("401 Unauthorized", "", ""),
    "token.refused host=127.0.0.1",
    WriteOutcome::Paused
)]
#[case::forbidden(answer("403 Forbidden", HTML, PAGE), "token.refused host=127.0.0.1", WriteOutcome::Paused)]
#[case::invalid_scope(
    json("400 Bad Request", r#"{"error":"invalid_scope"}"#),
    "token.scope scope=customers:write",
    WriteOutcome::Paused
)]
#[case::invalid_scope_in_the_envelope(
    json("403 Forbidden", r#"{"error":{"code":"INVALID_SCOPE","message":"No"}}"#),
    "token.scope scope=customers:write",
    WriteOutcome::Paused
)]
#[case::limited(
    answer("429 Too Many Requests", "retry-after: 9\r\n", ""),
    "rate.limited retry_after_s=9", WriteOutcome::RateLimited { retry_after_s: Some(9) })]
#[case::limited_by_a_gateway(
    answer("429 Too Many Requests", HTML, PAGE), "rate.limited", WriteOutcome::RateLimited { retry_after_s: None })]
#[case::page(answer("200 OK", HTML, PAGE), "token.unreadable host=127.0.0.1 reason=answer.html", WriteOutcome::NotSent)]
#[case::nothing(json("200 OK", ""), "token.unreadable host=127.0.0.1 reason=answer.unreadable", WriteOutcome::NotSent)]
#[case::no_token(
    json("200 OK", r#"{"token_type":"Bearer"}"#),
    "token.unreadable host=127.0.0.1 reason=answer.unreadable",
    WriteOutcome::NotSent
)]
#[case::another_type(
    json("200 OK", r#"{"access_token":"t-canary","token_type":"mac"}"#),
    "token.unreadable host=127.0.0.1 reason=answer.unreadable",
    WriteOutcome::NotSent
)]
#[case::line_end_in_it(
    json("200 OK", r#"{"access_token":"t-canary\r\nX-Evil: 1"}"#),
    "token.unreadable host=127.0.0.1 reason=answer.unreadable",
    WriteOutcome::NotSent
)]
#[case::cut(
    b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"access_token\":\"t-canary".to_vec(),
    "token.unreadable host=127.0.0.1 reason=answer.cut", WriteOutcome::NotSent)]
#[case::gateway_400(
    answer("400 Bad Request", HTML, PAGE),
    "token.unreadable host=127.0.0.1 reason=answer.error status=400",
    WriteOutcome::NotSent
)]
#[case::wrong_path(
    json("404 Not Found", r#"{"message":"No route"}"#),
    "token.unreadable host=127.0.0.1 reason=answer.error status=404",
    WriteOutcome::NotSent
)]
#[case::wrong_method(
    json("405 Method Not Allowed", r#"{"message":"No"}"#),
    "token.unreadable host=127.0.0.1 reason=answer.error status=405",
    WriteOutcome::NotSent
)]
#[case::down(
    json("503 Service Unavailable", r#"{"error":"temporarily_unavailable"}"#),
    "token.unreadable host=127.0.0.1 reason=answer.error status=503",
    WriteOutcome::NotSent
)]
#[tokio::test]
async fn an_answer_that_is_no_token_says_what_it_is(
    #[case] bytes: Vec<u8>,
    #[case] expected: &str,
    #[case] then: WriteOutcome,
) {
    let host = Server::answering(bytes).await;
    let (outcome, error) = patched(&host.url()).await;
    let params = error.kind.params().into_iter().map(|(name, value)| format!(" {name}={value}")).collect::<String>();
    assert_eq!(error.kind.code().to_owned() + &params, expected);
    assert_eq!((outcome, host.requests().len()), (then, 1), "asked once");
    let answer = error.answer.unwrap();
    assert!(!answer.raw.contains("canary"), "no half token is kept: {}", answer.raw);
    assert!(answer.status != 200 || answer.raw.is_empty());
}

#[rstest]
#[case::hangs(vec![Step::Hang], "network.timeout")]
#[case::hangs_in_the_body(
    vec![Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{".to_vec()), Step::Hang], "network.timeout")]
#[case::resets(vec![Step::Reset], "network.reset")]
#[case::closes(vec![], "network.reset")]
#[case::slow(vec![Step::Wait(Duration::from_secs(5)), Step::Send(json("200 OK", r#"{"access_token":"t"}"#))], "network.timeout")]
#[tokio::test]
async fn a_host_that_gives_no_answer_was_not_reached(#[case] steps: Vec<Step>, #[case] reason: &'static str) {
    let host = Server::following(steps).await;
    let (outcome, error) = patched(&host.url()).await;
    assert_eq!(error.kind, CallErrorKind::TokenUnreached { reason, host: "127.0.0.1".to_owned() });
    assert_eq!((outcome, host.connections()), (WriteOutcome::NotSent, 1));
}

#[tokio::test]
async fn a_host_that_is_not_there_was_not_reached() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for (url, reason, host) in [
        (format!("http://{nobody}"), "network.refused", "127.0.0.1"),
        ("https://no-such-host.invalid/oauth2/token".to_owned(), "network.name", "no-such-host.invalid"),
    ] {
        let (outcome, error) = patched(&url).await;
        assert_eq!(error.kind, CallErrorKind::TokenUnreached { reason, host: host.to_owned() });
        assert_eq!((outcome, error.answer), (WriteOutcome::NotSent, None));
    }
}

#[rstest]
#[case::expired("localhost", 2021, "tls.expired")]
#[case::wrong_host("other.example", 2090, "tls.wrong_host")]
#[tokio::test]
async fn a_host_with_a_bad_certificate_gets_no_secret(
    #[case] name: &str,
    #[case] until: i32,
    #[case] reason: &'static str,
) {
    let authority = Authority::new();
    let steps = vec![Step::Send(json("200 OK", r#"{"access_token":"t"}"#))];
    let host = Server::over_tls(steps, authority.server(name, 2020, until)).await;
    let options = bultra_options("https://localhost:1", &host.tls_url());
    let options = BultraOptions { extra_roots_pem: vec![authority.pem.clone()], ..options };
    let error = bultra_client(options).customer("cust_1", NOW_MS).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::TokenUnreached { reason, host: "localhost".to_owned() });
    assert!(host.requests().is_empty());
}

#[tokio::test]
async fn a_proxy_that_fails_sees_the_token_host_and_no_secret() {
    let proxy = Server::answering(answer("502 Bad Gateway", "", "")).await;
    let settings = ProxySettings { address: proxy.url().parse().unwrap(), credentials: None };
    let options = bultra_options("https://localhost:1", "https://auth.example.com/oauth2/token");
    let client = bultra_client(BultraOptions { proxy: Some(settings), ..options });
    let error = client.customer("cust_1", NOW_MS).await.unwrap_err();
    let host = "auth.example.com".to_owned();
    assert_eq!(error.kind, CallErrorKind::TokenUnreached { reason: "network.proxy", host });
    let seen = proxy.requests().concat();
    assert!(seen.starts_with("CONNECT auth.example.com:443 HTTP/1.1\r\n"), "{seen}");
    assert!(!seen.contains("canary") && !seen.to_lowercase().contains("authorization"), "{seen}");
}

#[tokio::test]
async fn a_redirect_of_the_token_host_is_not_followed() {
    let second = Server::answering(json("200 OK", r#"{"access_token":"t"}"#)).await;
    for status in ["302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let location = format!("location: http://localhost:{}/oauth2/token\r\n", second.address.port());
        let first = Server::answering(answer(status, &location, "")).await;
        let (outcome, error) = patched(&first.url()).await;
        let expected = CallErrorKind::TokenUnreadable {
            reason: "answer.redirect",
            status: status[..3].parse().ok(),
            host: "127.0.0.1".to_owned(),
        };
        assert_eq!((error.kind, outcome), (expected, WriteOutcome::NotSent));
    }
    assert_eq!(second.connections(), 0, "the second host saw something");
}

#[tokio::test]
async fn fifty_calls_ask_a_dead_host_once() {
    let (host, platform) = (Server::deaf().await, Server::deaf().await);
    let options = bultra_options(&platform.url(), &host.url());
    let client = Arc::new(bultra_client(BultraOptions { timeouts: IMPATIENT, ..options }));
    let call = |_| {
        let client = Arc::clone(&client);
        tokio::spawn(async move { client.customer("cust_1", NOW_MS).await.unwrap_err().kind.code() })
    };
    for call in (0..50).map(call).collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap(), "token.unreached");
    }
    assert_eq!((host.connections(), platform.connections()), (1, 0));
}
