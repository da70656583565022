//! A call to Bultra, without a network.

use axum::body::Bytes;

use super::token::Scope;
use crate::fault::Route;

/// What a call asks for.
#[derive(Clone)]
pub(super) enum Target {
    Token,
    List,
    Customer { id: String },
    PatchCustomer { id: String },
    Individual { id: String, individual_id: String },
    PatchIndividual { id: String, individual_id: String },
}

impl Target {
    pub(super) fn route(&self) -> Route {
        match self {
            Self::Token => Route::Token,
            Self::List => Route::List,
            Self::Customer { .. } => Route::Customer,
            Self::PatchCustomer { .. } => Route::PatchCustomer,
            Self::Individual { .. } => Route::Individual,
            Self::PatchIndividual { .. } => Route::PatchIndividual,
        }
    }

    /// What a token must be for; `None` where no token is asked for.
    pub(super) fn needs(&self) -> Option<Scope> {
        match self {
            Self::Token => None,
            Self::List | Self::Customer { .. } | Self::Individual { .. } => Some(Scope::Read),
            Self::PatchCustomer { .. } | Self::PatchIndividual { .. } => Some(Scope::Write),
        }
    }
}

/// One call.
pub(super) struct Call {
    pub(super) target: Target,
    /// The query, as sent.
    pub(super) query: String,
    /// `Authorization`, of a call for a token alone.
    pub(super) authorization: Option<String>,
    /// `x-bultra-idempotency-id`, as sent.
    pub(super) idempotency_id: Option<String>,
    pub(super) content_type: String,
    /// `None` where it is larger than anybody takes.
    pub(super) body: Option<Bytes>,
}

impl Call {
    /// Whether the body says it is of this type.
    pub(super) fn is(&self, mime: &str) -> bool {
        self.content_type.split(';').next().is_some_and(|said| said.trim().eq_ignore_ascii_case(mime))
    }
}

/// Names and values of a query or a form; `None` where it is neither.
pub(super) fn parameters(text: &str) -> Option<Vec<(String, String)>> {
    let uri = format!("/?{text}").parse().ok()?;
    axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).ok().map(|query| query.0)
}
