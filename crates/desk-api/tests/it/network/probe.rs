//! A test of a connection says how far it came.

use desk_api::{CallErrorKind, ClientOptions, DetailBy, Probe, Reach, probe};
use rstest::rstest;
use tokio::net::TcpListener;

use super::{CUSTOMER, options};
use crate::support::certificates::Authority;
use crate::support::servers::{Server, Step, answer, json};

const BY: DetailBy<'_> = DetailBy::PartnerCustomerId("cd-test");
/// Friday 2 January 2026, 10:00:00 UTC.
const DATE: &str = "date: Fri, 02 Jan 2026 10:00:00 GMT\r\n";
const DATE_MS: i64 = 1_767_348_000_000;

async fn probed(options: ClientOptions) -> Probe {
    probe(options, BY).await.unwrap()
}

#[tokio::test]
async fn over_tls_every_step_is_measured_and_the_certificate_read() {
    let authority = Authority::new();
    let steps = vec![Step::Send(answer("401 Unauthorized", DATE, ""))];
    let server = Server::over_tls(steps, authority.server("localhost", 2020, 2090)).await;
    let extra_roots_pem = vec![authority.pem.clone()];
    let probed = probed(ClientOptions { extra_roots_pem, ..options(&server.tls_url()) }).await;
    assert_eq!((probed.reach, probed.status), (Reach::Platform, Some(401)));
    assert!(probed.address_ms.is_some() && probed.encryption_ms.is_some(), "{probed:?}");
    assert_eq!(probed.certificate_until_ms, Some(3_786_912_000_000), "1 January 2090");
    assert_eq!(probed.platform_ms, Some(DATE_MS));
    assert_eq!(probed.result.unwrap_err().kind, CallErrorKind::AuthRefused);
    assert_eq!(server.requests().len(), 1, "the keys were sent once");
}

#[tokio::test]
async fn on_this_computer_there_is_no_certificate_to_speak_of() {
    let server = Server::answering(json("200 OK", CUSTOMER)).await;
    let probed = probed(options(&server.url())).await;
    assert_eq!((probed.reach, probed.status), (Reach::Platform, Some(200)));
    assert!(probed.address_ms.is_some());
    assert_eq!((probed.encryption_ms, probed.certificate_until_ms, probed.platform_ms), (None, None, None));
    assert_eq!(probed.result.unwrap().raw, CUSTOMER);
}

#[tokio::test]
async fn who_is_not_found_or_refuses_was_not_reached() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for (url, kind) in [
        (format!("http://{nobody}"), CallErrorKind::Refused),
        (format!("https://localhost:{}", nobody.port()), CallErrorKind::Refused),
        ("https://no-such-host.invalid".to_owned(), CallErrorKind::Name),
    ] {
        let probed = probed(options(&url)).await;
        assert_eq!((probed.reach, probed.address_ms, probed.status), (Reach::Nothing, None, None), "{url}");
        assert_eq!(probed.result.unwrap_err().kind, kind, "{url}");
    }
}

#[rstest]
#[case::expired("localhost", 2021, true, CallErrorKind::TlsExpired)]
#[case::wrong_host("other.example", 2090, true, CallErrorKind::TlsWrongHost)]
#[case::untrusted("localhost", 2090, false, CallErrorKind::TlsUntrusted)]
#[tokio::test]
async fn a_bad_certificate_ends_at_encryption_and_no_key_is_sent(
    #[case] name: &str,
    #[case] until: i32,
    #[case] trusted: bool,
    #[case] kind: CallErrorKind,
) {
    let authority = Authority::new();
    let server =
        Server::over_tls(vec![Step::Send(json("200 OK", CUSTOMER))], authority.server(name, 2020, until)).await;
    let extra_roots_pem = if trusted { vec![authority.pem.clone()] } else { Vec::new() };
    let probed = probed(ClientOptions { extra_roots_pem, ..options(&server.tls_url()) }).await;
    assert_eq!(probed.reach, Reach::Host);
    assert!(probed.address_ms.is_some(), "the host was reached");
    assert_eq!(probed.result.unwrap_err().kind, kind);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn who_speaks_no_tls_is_a_host_and_no_platform() {
    let server = Server::deaf_to_tls().await;
    let probed = probed(options(&server.tls_url())).await;
    assert_eq!((probed.reach, probed.result.unwrap_err().kind), (Reach::Host, CallErrorKind::TlsOther));
}

#[rstest]
#[case::hangs(vec![Step::Hang], CallErrorKind::Timeout { reached: true })]
#[case::resets(vec![Step::Reset], CallErrorKind::Reset { reached: true })]
#[tokio::test]
async fn a_platform_that_says_nothing_was_reached(#[case] steps: Vec<Step>, #[case] kind: CallErrorKind) {
    let server = Server::following(steps).await;
    let mut options = options(&server.url());
    options.timeouts.read = std::time::Duration::from_millis(400);
    let probed = probed(options).await;
    assert_eq!((probed.reach, probed.status), (Reach::Platform, None));
    assert_eq!(probed.result.unwrap_err().kind, kind);
}
