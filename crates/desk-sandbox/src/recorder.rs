//! What came in, for tests: the newest requests with their answers' statuses, keys left out.

use std::collections::VecDeque;

/// How many requests are kept: more than a test makes, less than a bench would fill memory with.
const KEPT_REQUESTS: usize = 1_000;

/// What stands in place of a key.
const LEFT_OUT: &str = "(left out)";

/// Headers whose values are never kept.
const SECRET_HEADERS: [&str; 4] = ["x-api-key", "x-api-secret", "authorization", "cookie"];

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
