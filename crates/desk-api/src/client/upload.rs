//! Files to the platform (`POST /api/files/upload`), in either of the encodings that its page leaves open.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{AxisfiClient, Payload, Timeouts};
use crate::call_error::CallError;

/// How many bytes a second of more patience is given for: the pace of a line on which a scan still arrives.
const BYTES_A_SECOND: u64 = 100_000;
/// How much is handed to the network at a time, so that progress is told in steps that show.
const PIECE_BYTES: usize = 64 * 1024;
/// An id is a word; what is longer is none, and would not fit where it is to stand.
const FILE_ID_LIMIT_CHARS: usize = 200;

/// A file to be sent.
pub struct Upload<'a> {
    /// Its name; in JSON the contract has no place for it.
    pub name: &'a str,
    /// What its bytes are.
    pub media_type: &'a str,
    /// What it is to the platform: `FileType` of the contract.
    pub file_type: &'a str,
    /// Its bytes.
    pub content: Vec<u8>,
    /// How it is written.
    pub encoding: UploadEncoding,
}

/// The two encodings of the files page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadEncoding {
    /// `multipart/form-data` with the parts `file` and `fileType`.
    Multipart,
    /// `application/json`, the file as base64.
    Json,
}

/// A file that the platform has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uploaded {
    /// The id it gave.
    pub file_id: String,
    /// The id of the call; ours alone, never sent.
    pub trace_id: Uuid,
    /// How long the call took, in milliseconds.
    pub millis: u64,
}

impl Timeouts {
    /// Time enough for a call that sends so many bytes: a second more for each 100 kB, and no end before the whole, since
    /// the platform says nothing until it has all of it.
    #[must_use]
    pub fn for_upload(self, bytes: u64) -> Self {
        let total = self.total + Duration::from_secs(bytes / BYTES_A_SECOND);
        Self { read: total, total, ..self }
    }
}

impl AxisfiClient {
    /// Sends a file. `progress` hears how many bytes of the request have been handed to the network, and of how many. The
    /// client should be made with [`Timeouts::for_upload`].
    ///
    /// # Errors
    /// [`CallError`]; an answer without an id is unreadable. Sending it again does no harm: it gives another id.
    pub async fn upload(
        &self,
        file: Upload<'_>,
        progress: impl Fn(u64, u64) + Send + Sync + 'static,
    ) -> Result<Uploaded, CallError> {
        let url = self.base_url.endpoint(&["api", "files", "upload"]);
        let (content_type, bytes) = match file.encoding {
            UploadEncoding::Multipart => multipart(&file),
            UploadEncoding::Json => as_json(&file),
        };
        let body = Pieces { total: bytes.len() as u64, rest: Bytes::from(bytes), progress: Arc::new(progress) };
        let payload = Payload { content_type, body: reqwest::Body::wrap(body) };
        let answer = self.call_for(Method::POST, url, Some(payload), |json| file_id(json).is_some()).await?;
        // Asked a moment ago; an empty id lands nowhere.
        let file_id = file_id(&answer.json).unwrap_or_default().to_owned();
        Ok(Uploaded { file_id, trace_id: answer.trace_id, millis: answer.millis })
    }
}

/// The id in an answer: a word without blanks.
fn file_id(json: &Value) -> Option<&str> {
    let id = json.get("file_id")?.as_str()?.trim();
    let is_word = !id.is_empty() && !id.chars().any(|c| c.is_control() || c.is_whitespace());
    (is_word && id.chars().count() <= FILE_ID_LIMIT_CHARS).then_some(id)
}

fn as_json(file: &Upload<'_>) -> (String, Vec<u8>) {
    let body = json!({ "file": STANDARD.encode(&file.content), "fileType": file.file_type });
    ("application/json".to_owned(), body.to_string().into_bytes())
}

/// A form of RFC 7578. Its boundary is random: nobody who makes a file knows it.
fn multipart(file: &Upload<'_>) -> (String, Vec<u8>) {
    let boundary = format!("customer-desk-{}", Uuid::now_v7().simple());
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"fileType\"\r\n\r\n{}\r\n--{boundary}\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
        file.file_type,
        quoted(file.name),
        file.media_type,
    );
    let mut body = Vec::with_capacity(head.len() + file.content.len() + boundary.len() + 8);
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(&file.content);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

/// A file name inside quotes, as browsers write it (HTML, "multipart form data"): nothing of it ends the quotes or the line.
/// A backslash would begin an escape for some readers.
fn quoted(name: &str) -> String {
    let shown = |c: char| match c {
        '"' => "%22".to_owned(),
        '\r' => "%0D".to_owned(),
        '\n' => "%0A".to_owned(),
        '\\' => "_".to_owned(),
        other => other.to_string(),
    };
    name.chars().map(shown).collect()
}

/// A body that tells how much of it was taken.
struct Pieces {
    rest: Bytes,
    total: u64,
    progress: Arc<dyn Fn(u64, u64) + Send + Sync>,
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        // Whoever asks for the next piece has taken the ones before.
        let left = self.rest.len();
        (self.progress)(self.total - left as u64, self.total);
        let piece = self.rest.split_to(left.min(PIECE_BYTES));
        Poll::Ready((!piece.is_empty()).then(|| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(json!({ "file_id": "file_1" }), Some("file_1"))]
    #[case(json!({ "file_id": " file_1 ", "more": 1 }), Some("file_1"))]
    #[case(json!({ "file_id": "" }), None)]
    #[case(json!({ "file_id": 7 }), None)]
    #[case(json!({ "file_id": "two words" }), None)]
    #[case(json!({ "id": "file_1" }), None)]
    #[case(json!(["file_1"]), None)]
    #[case(json!({ "file_id": "x".repeat(201) }), None)]
    fn an_id_is_one_word(#[case] answer: Value, #[case] id: Option<&str>) {
        assert_eq!(file_id(&answer), id);
    }

    #[rstest]
    #[case("passport.pdf", "passport.pdf")]
    #[case("a\"; name=\"fileType", "a%22; name=%22fileType")]
    #[case("a\r\nX-Evil: 1\\", "a%0D%0AX-Evil: 1_")]
    #[case("护照.png", "护照.png")]
    fn a_name_ends_neither_its_quotes_nor_its_line(#[case] name: &str, #[case] written: &str) {
        assert_eq!(quoted(name), written);
    }

    #[test]
    fn a_large_file_is_given_more_time() {
        let timeouts = Timeouts::default().for_upload(10_000_000);
        assert_eq!((timeouts.total.as_secs(), timeouts.read.as_secs()), (160, 160));
        assert_eq!(timeouts.connect, Timeouts::default().connect);
    }
}
