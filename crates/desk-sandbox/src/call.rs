//! A call that was signed in, and its answer, both without a network.

use axum::body::Bytes;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{fault::Route, options::Revision};

/// What a call asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Create,
    Update {
        customer_id: String,
    },
    Detail {
        query: Vec<(String, String)>,
    },
    Upload,
    /// No path of the contract.
    Nowhere,
    /// A path of the contract with another method.
    WrongMethod,
}

impl Target {
    pub(crate) fn route(&self) -> Option<Route> {
        match self {
            Self::Create => Some(Route::Create),
            Self::Update { .. } => Some(Route::Update),
            Self::Detail { .. } => Some(Route::Detail),
            Self::Upload => Some(Route::Upload),
            Self::Nowhere | Self::WrongMethod => None,
        }
    }
}

/// The body of a call.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// Anything but a form.
    Whole { content_type: String, bytes: Bytes },
    /// The parts of a multipart form.
    Form(Vec<Part>),
    /// A multipart form that could not be read.
    BrokenForm(String),
    /// More than is taken.
    TooLarge,
}

/// One part of a multipart form.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) bytes: Bytes,
}

/// One call to an account.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) revision: Revision,
    pub(crate) target: Target,
    pub(crate) content: Content,
}

/// What is wrong with one field of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FieldFault {
    /// Where, as `business_person_list[1].identification.id_number`.
    pub(crate) field: String,
    pub(crate) message: String,
}

impl FieldFault {
    pub(crate) fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// An answer: a status and a JSON body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    /// Headers beside those that every answer has.
    pub(crate) headers: &'static [(&'static str, &'static str)],
}

impl Answer {
    pub(crate) fn new(status: u16, body: Value) -> Self {
        Self { status, body, headers: &[] }
    }

    pub(crate) fn ok(body: Value) -> Self {
        Self::new(200, body)
    }

    pub(crate) fn with(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    pub(crate) fn error(status: u16, code: &str, message: &str) -> Self {
        Self::new(status, json!({ "error": { "code": code, "message": message } }))
    }

    pub(crate) fn fields(status: u16, code: &str, message: &str, details: &[FieldFault]) -> Self {
        Self::new(status, json!({ "error": { "code": code, "message": message, "details": details } }))
    }

    pub(crate) fn bad_request(details: &[FieldFault]) -> Self {
        Self::fields(400, "INVALID_REQUEST", "The request has fields that cannot be taken.", details)
    }

    pub(crate) fn broken_body(message: &str) -> Self {
        Self::error(400, "MALFORMED_BODY", message)
    }
}
