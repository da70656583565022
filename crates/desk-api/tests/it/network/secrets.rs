//! Keys: in no `Debug`, in no answer that is kept.

use desk_api::{AxisfiClient, ClientOptions, DetailBy, can_be_sent, probe};
use rstest::rstest;

use super::{CUSTOMER, KEY, SECRET, detail_error, options};
use crate::support::servers::{Server, answer, header, json};

#[tokio::test]
async fn no_debug_and_no_kept_answer_holds_a_key() {
    let echo = format!(r#"{{"code":"{KEY}","message":"key {KEY} is wrong","errors":{{"{SECRET}":"{SECRET}"}}}}"#);
    let headers = format!("x-request-id: {KEY}\r\n");
    let server = Server::answering(answer("400 Bad Request", &headers, &echo)).await;
    let options = options(&server.url());
    let debug_of_options = format!("{options:?}");
    let client = AxisfiClient::new(options).unwrap();
    let error = detail_error(&client).await;
    let answer = error.answer.clone().unwrap();
    let all = format!(
        "{debug_of_options} {client:?} {error:?} {error} {answer:?} {} {:?} {:?} {:?} {:?}",
        answer.raw, answer.code, answer.message, answer.fields, answer.platform_request_id
    );
    assert!(!all.contains("canary"), "{all}");
    assert!(answer.raw.contains("is wrong"), "the rest of the answer is kept");
}

#[rstest]
#[case::empty("", "credentials.missing")]
#[case::blank("  ", "credentials.missing")]
#[case::line_end_inside("a\r\nX-Evil: 1", "credentials.unusable")]
#[case::tab_inside("a\tb", "credentials.unusable")]
#[case::script("ключ", "credentials.unusable")]
#[tokio::test]
async fn a_key_that_no_header_carries_makes_no_client(#[case] key: &str, #[case] code: &str) {
    let with = || ClientOptions { api_key: key.into(), ..options("https://api.example.com") };
    assert_eq!(AxisfiClient::new(with()).unwrap_err().code(), code);
    assert_eq!(probe(with(), DetailBy::CustomerId("cus_1")).await.unwrap_err().code(), code);
    assert_eq!(can_be_sent(&key.into()), code == "credentials.missing", "what is missing is another rule's");
}

#[tokio::test]
async fn white_space_around_a_pasted_key_is_dropped() {
    let server = Server::answering(json("200 OK", CUSTOMER)).await;
    let options = ClientOptions { api_key: format!(" {KEY}\n").into(), ..options(&server.url()) };
    AxisfiClient::new(options).unwrap().create("{}").await.unwrap();
    assert_eq!(header(&server.requests()[0], "x-api-key").as_deref(), Some(KEY));
}

#[test]
fn a_root_that_is_no_certificate_makes_no_client() {
    for pem in [&b"not a certificate"[..], b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let options = ClientOptions { extra_roots_pem: vec![pem.to_vec()], ..options("https://api.example.com") };
        assert!(AxisfiClient::new(options).is_err());
    }
}
