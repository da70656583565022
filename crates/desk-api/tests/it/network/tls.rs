//! TLS: a certificate that is not good is its own kind, and no key is sent.

use desk_api::{CallErrorKind, DetailBy, WriteOutcome, outcome};
use rstest::rstest;

use super::{CUSTOMER, client, detail_error, impatient, trusting};
use crate::support::certificates::{Authority, self_signed};
use crate::support::servers::{Server, Step, json};

#[tokio::test]
async fn a_good_certificate_is_taken() {
    let authority = Authority::new();
    let tls = authority.server("localhost", 2020, 2090);
    let server = Server::over_tls(vec![Step::Send(json("200 OK", CUSTOMER))], tls).await;
    let answer = trusting(&server.tls_url(), &authority).detail(DetailBy::CustomerId("cus_1")).await.unwrap();
    assert_eq!(answer.raw, CUSTOMER);
}

enum Certificate {
    Of(&'static str, i32, i32),
    OfAnotherAuthority,
    SelfSigned { as_authority: bool },
}

#[rstest]
#[case::expired(Certificate::Of("localhost", 2020, 2021), CallErrorKind::TlsExpired)]
#[case::not_yet(Certificate::Of("localhost", 2080, 2090), CallErrorKind::TlsExpired)]
#[case::wrong_host(Certificate::Of("other.example", 2020, 2090), CallErrorKind::TlsWrongHost)]
#[case::unknown_authority(Certificate::OfAnotherAuthority, CallErrorKind::TlsUntrusted)]
#[case::self_signed(Certificate::SelfSigned { as_authority: false }, CallErrorKind::TlsUntrusted)]
#[case::self_signed_authority(Certificate::SelfSigned { as_authority: true }, CallErrorKind::TlsUntrusted)]
#[tokio::test]
async fn a_bad_certificate_has_its_own_kind(#[case] certificate: Certificate, #[case] kind: CallErrorKind) {
    let authority = Authority::new();
    let tls = match certificate {
        Certificate::Of(name, from, to) => authority.server(name, from, to),
        Certificate::OfAnotherAuthority => Authority::new().server("localhost", 2020, 2090),
        Certificate::SelfSigned { as_authority } => self_signed("localhost", as_authority),
    };
    let server = Server::over_tls(vec![Step::Send(json("200 OK", CUSTOMER))], tls).await;
    let created = trusting(&server.tls_url(), &authority).create("{}").await;
    assert_eq!(outcome::of_create(&created), WriteOutcome::NotSent);
    assert_eq!(created.unwrap_err().kind, kind);
    assert!(server.requests().is_empty(), "a key was sent to a host that is not who it says");
}

#[tokio::test]
async fn a_server_that_speaks_no_tls() {
    let server = Server::deaf_to_tls().await;
    let kind = detail_error(&client(&server.tls_url())).await.kind;
    assert_eq!((&kind, kind.certainly_not_sent()), (&CallErrorKind::TlsOther, true));
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_a_timeout_before_anything_was_sent() {
    let server = Server::deaf().await;
    let created = impatient(&server.tls_url()).create("{}").await;
    assert_eq!(outcome::of_create(&created), WriteOutcome::NotSent);
    assert_eq!(created.unwrap_err().kind, CallErrorKind::Timeout { reached: false });
    assert_eq!(server.connections(), 1, "the client got as far as the handshake");
}
