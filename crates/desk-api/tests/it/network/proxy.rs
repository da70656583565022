//! Behind a proxy: the platform is reached by its name alone, over TLS from end to end, and faults of the way to the proxy
//! are told apart from those of the platform.

use desk_api::{AxisfiClient, CallErrorKind, ClientOptions, DetailBy, ProxyError, ProxySettings, Reach, probe};
use rstest::rstest;
use tokio::net::TcpListener;

use super::{CUSTOMER, KEY, SECRET, detail_error, options};
use crate::support::certificates::Authority;
use crate::support::proxy::ConnectProxy;
use crate::support::servers::{Server, Step, answer, json};

/// A platform that no resolver knows.
const PLATFORM: &str = "https://platform.example.invalid";
const NAME: &str = "platform.example.invalid";

fn through(proxy: &str, authorities: &[&Authority]) -> ClientOptions {
    ClientOptions {
        proxy: Some(ProxySettings::parse(proxy).unwrap()),
        extra_roots_pem: authorities.iter().map(|authority| authority.pem.clone()).collect(),
        ..options(PLATFORM)
    }
}

async fn platform(authority: &Authority, status: &str, body: &str) -> Server {
    Server::over_tls(vec![Step::Send(json(status, body))], authority.server(NAME, 2020, 2090)).await
}

#[tokio::test]
async fn the_platform_is_reached_and_the_proxy_sees_its_name_alone() {
    let authority = Authority::new();
    let server = platform(&authority, "200 OK", CUSTOMER).await;
    let proxy = ConnectProxy::to(server.address).await;
    let client = AxisfiClient::new(through(&proxy.url(), &[&authority])).unwrap();
    assert_eq!(client.detail(DetailBy::CustomerId("cus_1")).await.unwrap().raw, CUSTOMER);
    let asked = proxy.asked().concat();
    assert!(asked.starts_with(&format!("CONNECT {NAME}:443 HTTP/1.1\r\n")), "{asked}");
    assert!(!asked.contains(KEY) && !asked.contains(SECRET) && !asked.contains("cus_1"), "{asked}");
    assert!(server.requests().concat().contains(KEY), "the platform got the key, through the tunnel");
}

#[tokio::test]
async fn a_test_behind_a_proxy_goes_the_same_way() {
    let authority = Authority::new();
    let server = platform(&authority, "404 Not Found", r#"{"message":"no such customer"}"#).await;
    let proxy = ConnectProxy::to(server.address).await;
    let probed = probe(through(&proxy.url(), &[&authority]), DetailBy::CustomerId("cus_1")).await.unwrap();
    assert_eq!((probed.reach, probed.status), (Reach::Platform, Some(404)));
    assert_eq!(probed.address_ms, None, "nobody asks for the platform's address but the proxy");
    assert_eq!((proxy.asked().len(), server.connections()), (1, 1), "one way, gone once");
}

#[tokio::test]
async fn the_certificate_is_the_platforms_own_behind_a_proxy_too() {
    let (trusted, other) = (Authority::new(), Authority::new());
    let server = platform(&other, "200 OK", CUSTOMER).await;
    let proxy = ConnectProxy::to(server.address).await;
    let client = AxisfiClient::new(through(&proxy.url(), &[&trusted])).unwrap();
    assert_eq!(detail_error(&client).await.kind, CallErrorKind::TlsUntrusted);
    let probed = probe(through(&proxy.url(), &[&trusted]), DetailBy::CustomerId("cus_1")).await.unwrap();
    assert_eq!(probed.reach, Reach::Host);
    assert!(server.requests().is_empty(), "a key was sent to a host that is not who it says");
}

#[tokio::test]
async fn several_authorities_are_trusted_at_once() {
    let (one, other) = (Authority::new(), Authority::new());
    for authority in [&one, &other] {
        let server = platform(authority, "200 OK", CUSTOMER).await;
        let proxy = ConnectProxy::to(server.address).await;
        let client = AxisfiClient::new(through(&proxy.url(), &[&one, &other])).unwrap();
        client.detail(DetailBy::CustomerId("cus_1")).await.unwrap();
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_or_refuses_is_no_fault_of_the_platform() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let refusing = Server::answering(answer("502 Bad Gateway", "", "")).await;
    let asking = Server::answering(answer("407 Proxy Authentication Required", "", "")).await;
    let nowhere = format!("http://{nobody}");
    for url in [nowhere, "http://no-such-proxy.invalid:8080".to_owned(), refusing.url(), asking.url()] {
        let client = AxisfiClient::new(through(&url, &[])).unwrap();
        let kind = detail_error(&client).await.kind;
        assert_eq!((&kind, kind.certainly_not_sent()), (&CallErrorKind::Proxy, true), "{url}");
        let probed = probe(through(&url, &[]), DetailBy::CustomerId("cus_1")).await.unwrap();
        assert_eq!(probed.reach, Reach::Nothing, "{url}");
    }
}

#[rstest]
#[case("http://proxy.example:8080")]
#[case(" https://proxy.example/ ")]
#[case("http://[::1]:3128")]
#[case("HTTP://10.0.0.1")]
fn an_address_of_a_proxy(#[case] typed: &str) {
    assert!(ProxySettings::parse(typed).unwrap().credentials.is_none());
}

#[rstest]
#[case("", ProxyError::Unreadable)]
#[case("proxy.example:8080", ProxyError::Unreadable)]
#[case("socks5://proxy.example:1080", ProxyError::Unreadable)]
#[case("http://", ProxyError::Unreadable)]
#[case("http://proxy.example:99999", ProxyError::Unreadable)]
#[case("http://proxy.example/path", ProxyError::Unreadable)]
#[case("http://proxy.example?a=b", ProxyError::Unreadable)]
#[case("http://proxy.example#a", ProxyError::Unreadable)]
#[case("http://proxy\n.example", ProxyError::Unreadable)]
#[case("http:\\\\proxy.example", ProxyError::Unreadable)]
#[case("http://me@proxy.example", ProxyError::Credentials)]
#[case("http://me:secret@proxy.example:8080", ProxyError::Credentials)]
#[case("http://:secret@proxy.example/path", ProxyError::Credentials)]
fn what_is_no_address_of_a_proxy(#[case] typed: &str, #[case] why: ProxyError) {
    assert_eq!(ProxySettings::parse(typed).unwrap_err(), why);
}
