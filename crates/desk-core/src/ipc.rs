//! What goes wrong, as the page gets it: codes and parameters, never prose, never a personal value.

use desk_domain::problem::Params;
use serde::{Deserialize, Serialize};

/// A code of the page's catalogue with what its words need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Message {
    /// The code.
    pub code: String,
    /// What the words need.
    pub params: Params,
}

/// Every code of an error or a reason that reaches the page. Parameters: `answer.redirect` { status, host },
/// `answer.too_large` { limit_mb }, `answer.error` { status }, `rate.limited` { retry_after_s? },
/// `database.newer` { found, known }, `field.url_insecure` { host }, `field.authority_leaf` { name },
/// `connection.busy` { count }, `clock.off` { minutes, way: `ahead` or `behind` }, `update.clash` { count },
/// `document.too_large` { size_mb, limit_mb }, `document.kind` { name }, `document.other_kind` { name, found },
/// `document.waiting` { count }, `token.refused` { host }, `token.scope` { scope }, `token.unreached` { reason, host },
/// `token.unreadable` { reason, status?, host }.
pub const CODES: &[&str] = &[
    "network.name",
    "network.refused",
    "network.timeout",
    "network.reset",
    "network.other",
    "network.proxy",
    "tls.expired",
    "tls.wrong_host",
    "tls.untrusted",
    "tls.other",
    "answer.redirect",
    "answer.html",
    "answer.cut",
    "answer.too_large",
    "answer.unreadable",
    "answer.error",
    "auth.refused",
    "auth.forbidden",
    "rate.limited",
    "clock.off",
    "not_found",
    "lookup.missed",
    "lookup.absent",
    "queue.offline",
    "queue.turn",
    "queue.paused",
    "queue.tired",
    "outbox.settled",
    "conflict.settled",
    "conflict.stale",
    "lookup.exists",
    "cancelled",
    "program.ended",
    "partner_customer_id.taken",
    "update.waiting",
    "update.incomplete",
    "update.nothing",
    "update.clash",
    "update.changed",
    "update.persons",
    "update.gone",
    "reveal.reason",
    "document.gone",
    "document.not_a_file",
    "document.unreadable",
    "document.empty",
    "document.too_large",
    "document.kind",
    "document.other_kind",
    "document.waiting",
    "document.stopped",
    "store.full",
    "store.failed",
    "store.closed",
    "keyring.missing",
    "keyring.locked",
    "keyring.slow",
    "keyring.key_lost",
    "keyring.key_wrong",
    "keyring.failed",
    "database.newer",
    "database.damaged",
    "database.unwritable",
    "token.refused",
    "token.scope",
    "token.unreadable",
    "token.unreached",
    "customer.unread",
    "platform.busy",
    "platform.stuck",
    "credentials.missing",
    "credentials.unusable",
    "draft.gone",
    "draft.read_only",
    "draft.id_frozen",
    "draft.changed",
    "draft.blocked",
    "draft.unconfirmed",
    "connection.gone",
    "connection.archived",
    "connection.busy",
    "connection.last",
    "field.required",
    "field.url",
    "field.url_insecure",
    "field.url_credentials",
    "field.url_extra",
    "field.proxy",
    "field.proxy_credentials",
    "field.authority",
    "field.authority_leaf",
    "field.authority_key",
    "host.fixed",
    "unsupported",
    "request.unreadable",
    "internal",
];

/// An error of a command. The catalogue of the page turns `code` into words, severity and next step.
/// See [`CODES`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct IpcError {
    /// The code.
    pub code: String,
    /// What the words need.
    pub params: Params,
    /// Errors at fields of the request.
    pub fields: Vec<FieldError>,
    /// The id of the call, to be quoted to the platform's support.
    pub trace_id: Option<String>,
    /// What the platform answered, where it did.
    pub answer: Option<Box<ApiErrorView>>,
}

/// An error at one field of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FieldError {
    /// The field's path, or the request's own name of it.
    pub path: String,
    /// The code.
    pub code: String,
    /// What the words need.
    pub params: Params,
}

/// What a platform answered when it did not accept: shown whole on demand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ApiErrorView {
    /// The HTTP status.
    pub status: u16,
    /// The platform's code, where one was found.
    pub code: Option<String>,
    /// The platform's message, where one was found.
    pub message: Option<String>,
    /// What it says of fields, in its own spelling of paths.
    pub fields: Vec<ApiFieldView>,
    /// The body as it came, cut at 64 KiB.
    pub raw: String,
    /// The id of the call.
    pub trace_id: String,
}

/// The platform's words about one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ApiFieldView {
    /// The platform's spelling of the path.
    pub field: String,
    /// Its words.
    pub message: String,
}

impl IpcError {
    /// An error with this code and nothing else.
    #[must_use]
    pub fn of(code: &str) -> Self {
        Self { code: code.to_owned(), params: Params::new(), fields: Vec::new(), trace_id: None, answer: None }
    }

    /// The same with one more parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// The same with one more error at a field of the request.
    #[must_use]
    pub fn at(mut self, path: &str, code: &str) -> Self {
        self.fields.push(FieldError { path: path.to_owned(), code: code.to_owned(), params: Params::new() });
        self
    }

    /// The code and its parameters alone.
    #[must_use]
    pub fn message(&self) -> Message {
        Message { code: self.code.clone(), params: self.params.clone() }
    }
}
