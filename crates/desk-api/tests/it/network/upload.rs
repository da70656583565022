//! A file on the wire, in both encodings, against the contract; and what may come of it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use desk_api::{CallErrorKind, Upload, UploadEncoding};
use rstest::rstest;
use serde_json::{Value, json};

use super::{KEY, SECRET, client, impatient};
use crate::support::contract::Contract;
use crate::support::servers::{Server, Step, answer, header, json as json_answer};

const PDF: &[u8] = b"%PDF-1.4 \r\n--a line like a boundary--\r\n";

fn file(encoding: UploadEncoding) -> Upload<'static> {
    let (name, media_type) = ("pass\"port\r\n.pdf", "application/pdf");
    Upload { name, media_type, file_type: "Main page", content: PDF.to_vec(), encoding }
}

/// The parts of a form: head and content of each.
fn parts(sent: &str) -> Vec<(String, String)> {
    let boundary = header(sent, "content-type").unwrap().split_once("boundary=").unwrap().1.to_owned();
    let body = sent.split_once("\r\n\r\n").unwrap().1;
    // It ends as a form does.
    let body = body.strip_suffix(&format!("\r\n--{boundary}--\r\n")).unwrap();
    let between = format!("--{boundary}\r\n");
    let mut pieces = body.split(&between);
    assert_eq!(pieces.next(), Some(""), "nothing stands before the first part");
    let part = |piece: &str| {
        let (head, content) = piece.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), content.strip_suffix("\r\n").unwrap_or(content).to_owned())
    };
    // The end of the last part went with the end of the form.
    let mut parts: Vec<_> = pieces.map(part).collect();
    let last = parts.last_mut().unwrap();
    last.1 = body.rsplit_once("\r\n\r\n").unwrap().1.to_owned();
    parts
}

#[tokio::test]
async fn a_form_has_the_two_parts_of_the_contract_and_the_bytes_as_they_are() {
    let server = Server::answering(json_answer("200 OK", r#"{"file_id":"file_7"}"#)).await;
    let uploaded = client(&server.url()).upload(file(UploadEncoding::Multipart), |_, _| ()).await.unwrap();
    assert_eq!(uploaded.file_id, "file_7");
    let sent = server.requests().remove(0);
    assert!(sent.starts_with("POST /api/files/upload HTTP/1.1\r\n"), "{sent}");
    assert_eq!(header(&sent, "x-api-key").as_deref(), Some(KEY));
    assert_eq!(header(&sent, "x-api-secret").as_deref(), Some(SECRET));
    assert_eq!(header(&sent, "transfer-encoding"), None, "its length is known");
    let parts = parts(&sent);
    let named = |name: &str| {
        let is = |head: &str| head.starts_with(&format!("Content-Disposition: form-data; name=\"{name}\""));
        parts.iter().find(|(head, _)| is(head)).unwrap()
    };
    let (head, content) = named("file");
    assert!(head.contains("; filename=\"pass%22port%0D%0A.pdf\"\r\nContent-Type: application/pdf"), "{head}");
    assert_eq!(content.as_bytes(), PDF);
    let body: Value = json!({ "file": content, "fileType": named("fileType").1 });
    assert_eq!(Contract::axisfi().upload_faults("multipart/form-data", &body), Vec::<String>::new());
    assert_eq!((parts.len(), &body["fileType"]), (2, &json!("Main page")));
}

#[tokio::test]
async fn json_carries_the_same_as_base64() {
    let server = Server::answering(json_answer("200 OK", r#"{"file_id":"file_7"}"#)).await;
    client(&server.url()).upload(file(UploadEncoding::Json), |_, _| ()).await.unwrap();
    let sent = server.requests().remove(0);
    assert_eq!(header(&sent, "content-type").as_deref(), Some("application/json"));
    let body: Value = serde_json::from_str(sent.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(Contract::axisfi().upload_faults("application/json", &body), Vec::<String>::new());
    assert_eq!(body["file"], "JVBERi0xLjQgDQotLWEgbGluZSBsaWtlIGEgYm91bmRhcnktLQ0K");
}

#[test]
fn the_contract_refuses_another_file_type() {
    let body = json!({ "file": "x", "fileType": "main_page" });
    assert!(!Contract::axisfi().upload_faults("application/json", &body).is_empty(), "the check would notice");
}

#[tokio::test]
async fn progress_grows_to_the_whole() {
    let server = Server::answering(json_answer("200 OK", r#"{"file_id":"file_7"}"#)).await;
    let told: Arc<Mutex<Vec<(u64, u64)>>> = Arc::default();
    let heard = Arc::clone(&told);
    let large = Upload { content: vec![b'x'; 300_000], ..file(UploadEncoding::Multipart) };
    let progress = move |done, of| heard.lock().unwrap().push((done, of));
    client(&server.url()).upload(large, progress).await.unwrap();
    let told = told.lock().unwrap().clone();
    assert!(told.len() > 3 && told.is_sorted(), "in pieces: {told:?}");
    assert!(told.iter().all(|(done, of)| done <= of && *of > 300_000), "{told:?}");
}

#[rstest]
#[case::no_id(json_answer("200 OK", r#"{"id":"file_7"}"#), CallErrorKind::Unreadable)]
#[case::a_customer(json_answer("200 OK", r#"{"customer_id":"cus_1"}"#), CallErrorKind::Unreadable)]
#[case::a_page(answer("200 OK", "content-type: text/html\r\n", "<html>"), CallErrorKind::Html)]
#[case::refused(json_answer("401 Unauthorized", "{}"), CallErrorKind::AuthRefused)]
#[case::too_large(answer("413 Content Too Large", "", ""), CallErrorKind::Status { status: 413 })]
#[case::limited(answer("429 Too Many Requests", "retry-after: 9\r\n", ""), CallErrorKind::RateLimited { retry_after_s: Some(9) })]
#[case::moved(answer("307 Temporary Redirect", "location: http://elsewhere.example/\r\n", ""),
    CallErrorKind::Redirect { status: 307, host: Some("elsewhere.example".to_owned()) })]
#[tokio::test]
async fn what_is_no_id_is_an_error(#[case] answer: Vec<u8>, #[case] kind: CallErrorKind) {
    let server = Server::answering(answer).await;
    let error = client(&server.url()).upload(file(UploadEncoding::Json), |_, _| ()).await.unwrap_err();
    assert_eq!((error.kind, server.connections()), (kind, 1));
}

#[tokio::test]
async fn a_platform_that_hangs_is_left() {
    let server = Server::following(vec![Step::Wait(Duration::from_secs(60))]).await;
    let error = impatient(&server.url()).upload(file(UploadEncoding::Multipart), |_, _| ()).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Timeout { reached: true });
}
