//! What came in, for tests: the newest requests with their answers' statuses, keys left out.

use std::collections::VecDeque;

use crate::fault::Route;

/// How many requests are kept: more than a test makes, less than a bench would fill memory with.
const KEPT_REQUESTS: usize = 1_000;

/// What stands in place of a key.
const LEFT_OUT: &str = "(left out)";

/// Headers whose values are never kept.
const SECRET_HEADERS: [&str; 4] = ["x-api-key", "x-api-secret", "authorization", "cookie"];

/// Bytes of an upload that are remembered: what stands before the file. A thousand scans would fill the memory.
const REMEMBERED_BYTES: usize = 4 * 1024;

/// What of a token's form may be kept; a client that sends its secret there too is not remembered with it.
const PLAIN_PARAMETERS: [&str; 2] = ["grant_type", "scope"];

/// One request as it came, and the status it got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRecord {
    /// The `x-request-id` of its answer.
    pub request_id: String,
    /// The method.
    pub method: String,
    /// The path, as sent.
    pub path: String,
    /// The query, as sent, without the question mark; empty without one.
    pub query: String,
    /// Name and value of each header in the order it came; values of keys are left out.
    pub headers: Vec<(String, String)>,
    /// The body as text; bytes that are no UTF-8 are replaced.
    pub body: String,
    /// The status of the answer; `None` while there is none, or where a fault gave none.
    pub status: Option<u16>,
}

impl RequestRecord {
    /// The value of this header, by its lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }
}

/// A header as it may be kept.
pub(crate) fn kept_header(name: &str, value: &[u8]) -> (String, String) {
    let value = match SECRET_HEADERS.contains(&name) {
        true => LEFT_OUT.to_owned(),
        false => String::from_utf8_lossy(value).into_owned(),
    };
    (name.to_owned(), value)
}

/// A body as it may be kept.
pub(crate) fn kept_body(bytes: &[u8], route: Option<Route>) -> String {
    match route {
        Some(Route::Upload) => String::from_utf8_lossy(bytes.get(..REMEMBERED_BYTES).unwrap_or(bytes)).into_owned(),
        Some(Route::Token) => {
            let form = String::from_utf8_lossy(bytes);
            let kept = form.split('&').map(|parameter| match parameter.split_once('=') {
                Some((name, _)) if PLAIN_PARAMETERS.contains(&name) => parameter.to_owned(),
                Some((name, _)) => format!("{name}={LEFT_OUT}"),
                None if parameter.is_empty() => String::new(),
                None => LEFT_OUT.to_owned(),
            });
            kept.collect::<Vec<_>>().join("&")
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The newest requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Recorder(VecDeque<RequestRecord>);

impl Recorder {
    pub(crate) fn arrived(&mut self, record: RequestRecord) {
        if self.0.len() == KEPT_REQUESTS {
            self.0.pop_front();
        }
        self.0.push_back(record);
    }

    pub(crate) fn answered(&mut self, request_id: &str, status: u16) {
        if let Some(record) = self.0.iter_mut().rev().find(|record| record.request_id == request_id) {
            record.status = Some(status);
        }
    }

    pub(crate) fn all(&self) -> Vec<RequestRecord> {
        self.0.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
