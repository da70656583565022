//! The error body that our own servers answer with. No page documents one (api/README "errors"): this is the shape of the
//! other platform, which the client reads like any other.

use serde::{Deserialize, Serialize};

/// `{"error":{"code","message","details":[{"field","message"}]}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// The one key.
    pub error: ErrorContent,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorContent {
    /// A word for programs.
    pub code: String,
    /// Words for people.
    pub message: String,
    /// One row a field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<ErrorDetail>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorDetail {
    /// Its place, spelled `business_person_list[0].identification.id_number`.
    pub field: String,
    /// Words for people.
    pub message: String,
}

/// An error body with a row for each of the fields.
#[must_use]
pub fn error_body(code: &str, message: &str, fields: &[(&str, &str)]) -> ErrorBody {
    let details = fields
        .iter()
        .map(|(field, message)| ErrorDetail { field: (*field).to_owned(), message: (*message).to_owned() });
    ErrorBody { error: ErrorContent { code: code.to_owned(), message: message.to_owned(), details: details.collect() } }
}
