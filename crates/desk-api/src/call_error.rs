//! [`CallError`]: what may come of a call instead of a customer. Codes and parameters, never prose, never a key.

use std::fmt;

use desk_domain::problem::Params;
use uuid::Uuid;

use crate::client::ANSWER_LIMIT_BYTES;

/// A call that gave no customer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} (call {trace_id})", kind.code())]
pub struct CallError {
    /// What happened.
    pub kind: CallErrorKind,
    /// The id of the call, to be quoted; ours alone, never sent.
    pub trace_id: Uuid,
    /// What the platform answered, where it did.
    pub answer: Option<ErrorAnswer>,
    /// How long the call took, in milliseconds.
    pub millis: u64,
}

/// What happened. `reached` says whether a byte of the request may have left this computer for the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallErrorKind {
    /// The host's name was not found.
    Name,
    /// The host refused the connection.
    Refused,
    /// The proxy that the user has set was not reached, or would not reach the host.
    Proxy,
    /// Too slow; without `reached`, the connection was never made.
    Timeout {
        /// Whether a byte of the request may have left.
        reached: bool,
    },
    /// The connection broke before an answer; without `reached`, while it was being made.
    Reset {
        /// Whether a byte of the request may have left.
        reached: bool,
    },
    /// Any other fault of the network, such as no way to the host.
    Network {
        /// Whether a byte of the request may have left.
        reached: bool,
    },
    /// The certificate's time is over, or has not begun.
    TlsExpired,
    /// The certificate is for another host.
    TlsWrongHost,
    /// The certificate is not one that this computer trusts.
    TlsUntrusted,
    /// TLS could not be set up for another reason.
    TlsOther,
    /// The platform sent us elsewhere. Not followed: the keys would go along.
    Redirect {
        /// The HTTP status.
        status: u16,
        /// The host it named, where it named one.
        host: Option<String>,
    },
    /// A web page came with a success status: a portal or a wrong address.
    Html,
    /// The answer ended before its end.
    Cut,
    /// The answer is larger than [`ANSWER_LIMIT_BYTES`].
    TooLarge,
    /// A success status with nothing that can be read as a customer.
    Unreadable,
    /// An HTTP status that has no kind of its own.
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// 401: the platform does not know the keys, or does not take a token that was given a moment ago.
    AuthRefused,
    /// 403: the keys may not do this.
    AuthForbidden,
    /// 429.
    RateLimited {
        /// After how many seconds the platform wants to hear from us again, where it says.
        retry_after_s: Option<u64>,
    },
    /// 404.
    NotFound,
    /// The request cannot be put into an address (an id that is empty or walks in the path); nothing was sent.
    Unsendable,
    /// The token host does not know the client, or gives it no tokens. Of this and of all that follow: no token, so nothing
    /// was carried out by the platform.
    TokenRefused {
        /// The token host.
        host: String,
    },
    /// The token host does not give the scope that the connection asks for.
    TokenScope {
        /// The scope; empty where none is asked for.
        scope: String,
    },
    /// The token host answered, but with nothing that is a token.
    TokenUnreadable {
        /// The code of what came instead: one of `answer.*`.
        reason: &'static str,
        /// The HTTP status, where it says more than the reason.
        status: Option<u16>,
        /// The token host.
        host: String,
    },
    /// The token host was not reached, or did not answer.
    TokenUnreached {
        /// The code of the fault: one of `network.*` or `tls.*`.
        reason: &'static str,
        /// The token host.
        host: String,
    },
    /// 429 of the token host. Another kind than [`Self::RateLimited`], since of this one it is certain that the call was not sent.
    TokenLimited {
        /// After how many seconds the token host wants to hear from us again, where it says.
        retry_after_s: Option<u64>,
    },
}

impl CallErrorKind {
    /// The code of the page's catalogue (`CODES` in desk-core's ipc.rs).
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Name => "network.name",
            Self::Refused => "network.refused",
            Self::Proxy => "network.proxy",
            Self::Timeout { .. } => "network.timeout",
            Self::Reset { .. } => "network.reset",
            Self::Network { .. } => "network.other",
            Self::TlsExpired => "tls.expired",
            Self::TlsWrongHost => "tls.wrong_host",
            Self::TlsUntrusted => "tls.untrusted",
            Self::TlsOther => "tls.other",
            Self::Redirect { .. } => "answer.redirect",
            Self::Html => "answer.html",
            Self::Cut => "answer.cut",
            Self::TooLarge => "answer.too_large",
            Self::Unreadable => "answer.unreadable",
            Self::Status { .. } => "answer.error",
            Self::AuthRefused => "auth.refused",
            Self::AuthForbidden => "auth.forbidden",
            Self::RateLimited { .. } | Self::TokenLimited { .. } => "rate.limited",
            Self::NotFound => "not_found",
            Self::Unsendable => "request.unreadable",
            Self::TokenRefused { .. } => "token.refused",
            Self::TokenScope { .. } => "token.scope",
            Self::TokenUnreadable { .. } => "token.unreadable",
            Self::TokenUnreached { .. } => "token.unreached",
        }
    }

    /// What the words of the code need.
    #[must_use]
    pub fn params(&self) -> Params {
        let mut params = Params::new();
        let mut add = |name: &str, value: String| params.insert(name.to_owned(), value);
        match self {
            Self::Redirect { status, host } => {
                add("status", status.to_string());
                add("host", host.clone().unwrap_or_default());
            }
            Self::Status { status } => {
                add("status", status.to_string());
            }
            Self::TooLarge => {
                add("limit_mb", (ANSWER_LIMIT_BYTES / 1_000_000).to_string());
            }
            Self::RateLimited { retry_after_s: Some(seconds) }
            | Self::TokenLimited { retry_after_s: Some(seconds) } => {
                add("retry_after_s", seconds.to_string());
            }
            Self::TokenRefused { host } => {
                add("host", host.clone());
            }
            Self::TokenScope { scope } => {
                add("scope", scope.clone());
            }
            Self::TokenUnreadable { reason, status, host } => {
                add("reason", (*reason).to_owned());
                status.map(|status| add("status", status.to_string()));
                add("host", host.clone());
            }
            Self::TokenUnreached { reason, host } => {
                add("reason", (*reason).to_owned());
                add("host", host.clone());
            }
            _ => {}
        }
        params
    }

    /// Whether the platform does not want our credentials, or not for this: until they are changed, nothing else comes of it.
    #[must_use]
    pub fn refuses_us(&self) -> bool {
        matches!(self, Self::AuthRefused | Self::AuthForbidden | Self::TokenRefused { .. } | Self::TokenScope { .. })
    }

    /// Whether the platform, or its token host, wants to be left alone, and for how many seconds where it says.
    #[must_use]
    pub fn rate_limit(&self) -> Option<Option<u64>> {
        match self {
            Self::RateLimited { retry_after_s } | Self::TokenLimited { retry_after_s } => Some(*retry_after_s),
            _ => None,
        }
    }

    /// Whether the platform cannot have carried out the request: the connection was never made (RELIABILITY "Exactly once",
    /// 3), or there was no token for it (a call that was answered 401 before was not carried out either).
    #[must_use]
    pub fn certainly_not_sent(&self) -> bool {
        match self {
            Self::Name
            | Self::Refused
            | Self::Proxy
            | Self::TlsExpired
            | Self::TlsWrongHost
            | Self::TlsUntrusted
            | Self::TlsOther
            | Self::Unsendable
            | Self::TokenRefused { .. }
            | Self::TokenScope { .. }
            | Self::TokenUnreadable { .. }
            | Self::TokenUnreached { .. }
            | Self::TokenLimited { .. } => true,
            Self::Timeout { reached } | Self::Reset { reached } | Self::Network { reached } => !reached,
            Self::Redirect { .. }
            | Self::Html
            | Self::Cut
            | Self::TooLarge
            | Self::Unreadable
            | Self::Status { .. }
            | Self::AuthRefused
            | Self::AuthForbidden
            | Self::RateLimited { .. }
            | Self::NotFound => false,
        }
    }
}

/// What the platform answered when it gave no customer.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ErrorAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The platform's code, where one was found.
    pub code: Option<String>,
    /// The platform's message, where one was found.
    pub message: Option<String>,
    /// What it says of fields, in its own spelling.
    pub fields: Vec<(String, String)>,
    /// The body as it came, cut at [`RAW_LIMIT_BYTES`]; bytes that are no UTF-8 are replaced, and so is a key of ours that
    /// the platform repeats.
    pub raw: String,
    /// `Retry-After`, in seconds.
    pub retry_after_s: Option<u64>,
    /// Whether the API itself said something: a message, a code or fields in a whole body that is no web page.
    pub readable: bool,
    /// `x-request-id` of the platform, where it sent one.
    pub platform_request_id: Option<String>,
}

/// Enough of a body to show or to quote, and little enough to keep in a row of the database.
pub const RAW_LIMIT_BYTES: usize = 64 * 1024;

impl fmt::Debug for ErrorAnswer {
    /// Without what the platform said: it may repeat personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorAnswer")
            .field("status", &self.status)
            .field("fields", &self.fields.len())
            .field("raw_bytes", &self.raw.len())
            .field("retry_after_s", &self.retry_after_s)
            .field("readable", &self.readable)
            .finish_non_exhaustive()
    }
}
