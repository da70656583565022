//! Where it is sent: to the host of the base URL and nowhere else.

use std::time::Duration;

use desk_api::{
    AxisfiClient, BaseUrl, BaseUrlError, CallErrorKind, ClientOptions, DetailBy, ProxySettings, WriteOutcome, outcome,
};
use rstest::rstest;
use tokio::net::TcpListener;

use super::{CUSTOMER, client, detail_error, options};
use crate::support::servers::{Server, answer, json};

#[tokio::test]
async fn http_to_another_host_is_refused_before_any_socket() {
    let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
    let typed = format!("http://0.0.0.0:{}", listener.local_addr().unwrap().port());
    // The type of the options leaves no other way to a client.
    assert_eq!(BaseUrl::parse(&typed), Err(BaseUrlError::Insecure { host: "0.0.0.0".to_owned() }));
    let nobody = tokio::time::timeout(Duration::from_millis(100), listener.accept()).await;
    assert!(nobody.is_err(), "a connection was made");
}

#[rstest]
#[case(301, "Moved Permanently")]
#[case(302, "Found")]
#[case(303, "See Other")]
#[case(307, "Temporary Redirect")]
#[case(308, "Permanent Redirect")]
#[tokio::test]
async fn a_redirect_is_not_followed(#[case] status: u16, #[case] reason: &str) {
    let second = Server::answering(json("200 OK", CUSTOMER)).await;
    let location = format!("location: http://localhost:{}/api\r\n", second.address.port());
    let first = Server::answering(answer(&format!("{status} {reason}"), &location, "")).await;
    let client = client(&first.url());
    let redirect = CallErrorKind::Redirect { status, host: Some("localhost".to_owned()) };

    let created = client.create("{}").await;
    assert_eq!(outcome::of_create(&created), WriteOutcome::Unknown);
    assert_eq!(created.unwrap_err().kind, redirect);
    assert_eq!(detail_error(&client).await.kind, redirect);
    assert_eq!(second.connections(), 0, "the second host saw something");
}

#[tokio::test]
async fn a_redirect_without_a_host_is_one_too() {
    let server = Server::answering(answer("304 Not Modified", "", "")).await;
    let kind = detail_error(&client(&server.url())).await.kind;
    assert_eq!(kind, CallErrorKind::Redirect { status: 304, host: None });
}

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let kind = detail_error(&client(&url)).await.kind;
    assert_eq!((&kind, kind.certainly_not_sent()), (&CallErrorKind::Refused, true));
}

#[tokio::test]
async fn a_host_that_is_not_found() {
    let kind = detail_error(&client("https://no-such-host.invalid")).await.kind;
    assert_eq!((&kind, kind.certainly_not_sent()), (&CallErrorKind::Name, true));
}

#[tokio::test]
async fn localhost_is_this_computer() {
    let server = Server::answering(json("200 OK", CUSTOMER)).await;
    let answer = client(&format!("http://localhost:{}", server.address.port())).detail(DetailBy::CustomerId("1")).await;
    assert_eq!((answer.unwrap().status, server.connections()), (200, 1));
}

/// Runs itself once more with every proxy variable set, since this process must not change its own environment.
#[tokio::test]
async fn a_proxy_of_the_environment_is_ignored() {
    const CHILD: &str = "DESK_API_TEST_TARGET";
    if let Ok(target) = std::env::var(CHILD) {
        client(&target).detail(DetailBy::CustomerId("cus_1")).await.unwrap();
        let _ = detail_error(&client("https://no-such-host.invalid")).await;
        return;
    }
    let proxy = Server::answering(json("502 Bad Gateway", "")).await;
    let target = Server::answering(json("200 OK", CUSTOMER)).await;
    let mut child = tokio::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "network::host::a_proxy_of_the_environment_is_ignored"]).env(CHILD, target.url());
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        child.env(name, proxy.url());
    }
    let ended = child.env_remove("NO_PROXY").env_remove("no_proxy").output().await.unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stdout));
    assert_eq!((target.connections(), proxy.connections()), (1, 0));
}

#[tokio::test]
async fn a_proxy_of_the_user_sees_the_host_and_no_key_and_nothing_for_this_computer() {
    let proxy = Server::answering(answer("502 Bad Gateway", "", "")).await;
    let target = Server::answering(json("200 OK", CUSTOMER)).await;
    let through = |base_url: &str| {
        let address = proxy.url().parse().unwrap();
        let proxy = Some(ProxySettings { address, credentials: Some(("me".to_owned(), "proxy-canary".into())) });
        AxisfiClient::new(ClientOptions { proxy, ..options(base_url) }).unwrap()
    };
    through(&target.url()).detail(DetailBy::CustomerId("cus_1")).await.unwrap();
    assert_eq!(proxy.connections(), 0, "this computer needs no proxy");

    let kind = detail_error(&through("https://no-such-host.invalid")).await.kind;
    let seen = proxy.requests().concat();
    assert!(seen.starts_with("CONNECT no-such-host.invalid:443 HTTP/1.1\r\n"), "{seen}");
    assert!(!seen.contains("canary"), "{seen}");
    assert!(kind.certainly_not_sent(), "{kind:?}");
}
