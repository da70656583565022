//! What is sent: method, path, headers and body, to the byte.

use desk_api::{CallErrorKind, DetailBy};
use rstest::rstest;

use super::{CUSTOMER, KEY, SECRET, client};
use crate::support::servers::{Server, header, json};

#[tokio::test]
async fn a_create_is_sent_to_the_byte_under_the_path_of_the_base_url() {
    let server = Server::answering(json("200 OK", CUSTOMER)).await;
    let body = r#"{"partner_customer_id":"cd-1","n":12345678901234567.80}"#;
    let answer = client(&format!("{}/untyped/", server.url())).create(body).await.unwrap();

    let sent = server.requests().remove(0);
    assert!(sent.starts_with("POST /untyped/api/customers/create HTTP/1.1\r\n"), "{sent}");
    assert!(sent.ends_with(&format!("\r\n\r\n{body}")), "{sent}");
    assert_eq!(header(&sent, "x-api-key").as_deref(), Some(KEY));
    assert_eq!(header(&sent, "x-api-secret").as_deref(), Some(SECRET));
    assert_eq!(header(&sent, "user-agent").as_deref(), Some("customer-desk/0.1.0"));
    assert_eq!(header(&sent, "content-type").as_deref(), Some("application/json"));
    assert_eq!(header(&sent, "accept-encoding").as_deref(), Some("identity"));
    assert_eq!(header(&sent, "x-request-id"), None, "no page names such a header");
    assert!(!sent.contains(&answer.trace_id.to_string()), "the trace id is ours alone");
    assert_eq!((answer.raw.as_str(), answer.status, answer.trace_id.get_version_num()), (CUSTOMER, 200, 7));
    assert_eq!(answer.json.to_string(), CUSTOMER, "every digit of the amount");
}

#[rstest]
#[case::plain("cus_1", "/api/customers/cus_1/update")]
#[case::climbing("../../admin", "/api/customers/..%2F..%2Fadmin/update")]
#[case::query("a?b=c", "/api/customers/a%3Fb=c/update")]
#[tokio::test]
async fn an_update_names_its_customer_in_one_segment(#[case] id: &str, #[case] path: &str) {
    let server = Server::answering(json("200 OK", CUSTOMER)).await;
    client(&server.url()).update(id, "{}").await.unwrap();
    let sent = server.requests().remove(0);
    assert!(sent.starts_with(&format!("POST {path} HTTP/1.1\r\n")), "{sent}");
}

#[rstest]
#[case::theirs(DetailBy::CustomerId("cus_1"), "customer_id=cus_1")]
#[case::ours(DetailBy::PartnerCustomerId("cd-1"), "partner_customer_id=cd-1")]
#[case::with_signs(DetailBy::CustomerId("a&partner_customer_id=b"), "customer_id=a%26partner_customer_id%3Db")]
#[tokio::test]
async fn a_detail_names_exactly_one_id(#[case] by: DetailBy<'_>, #[case] query: &str) {
    let server = Server::answering(json("200 OK", CUSTOMER)).await;
    client(&server.url()).detail(by).await.unwrap();
    let sent = server.requests().remove(0);
    assert!(sent.starts_with(&format!("GET /api/customers/detail?{query} HTTP/1.1\r\n")), "{sent}");
}

#[rstest]
#[case::nothing("")]
#[case::one_dot(".")]
#[case::two_dots("..")]
#[tokio::test]
async fn an_id_that_no_address_can_carry_is_not_sent(#[case] id: &str) {
    let server = Server::answering(json("200 OK", CUSTOMER)).await;
    let error = client(&server.url()).update(id, "{}").await.unwrap_err();
    assert_eq!((error.kind, server.connections()), (CallErrorKind::Unsendable, 0));
}

#[tokio::test]
async fn an_empty_id_asks_for_nobody() {
    let server = Server::answering(json("200 OK", CUSTOMER)).await;
    let error = client(&server.url()).detail(DetailBy::PartnerCustomerId("")).await.unwrap_err();
    assert_eq!((error.kind, server.connections()), (CallErrorKind::Unsendable, 0));
}
