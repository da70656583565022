//! [`PlatformClient`]: what the program needs of a platform of either kind.

use desk_api::{Answer, AxisfiClient, BultraClient, CallError, CallErrorKind, DetailBy, ListQuery};
use desk_domain::bultra::Target;
use desk_store::submissions::{SubmissionPurpose, SubmissionRow};
use uuid::Uuid;

use crate::clock::Clock;

/// A client of one connection.
pub(crate) enum PlatformClient {
    /// Pages 000 to 003.
    Axisfi(AxisfiClient),
    /// Page 004. Its tokens end by the program's clock.
    Bultra(Box<BultraClient>, Clock),
}

impl PlatformClient {
    /// Reads one customer. Of Bultra the id may be that of an individual, as this program keeps it.
    ///
    /// # Errors
    /// [`CallError`]; `Unsendable` where this platform knows no such id.
    pub(crate) async fn detail(&self, by: DetailBy<'_>) -> Result<Answer, CallError> {
        match (self, by) {
            (Self::Axisfi(client), by) => client.detail(by).await,
            (Self::Bultra(client, clock), DetailBy::CustomerId(id)) => {
                let Target { customer, individual } = Target::of(id);
                match individual {
                    Some(individual) => client.individual(customer, individual, clock.now_ms()).await,
                    None => client.customer(customer, clock.now_ms()).await,
                }
            }
            (Self::Bultra(..), DetailBy::PartnerCustomerId(_)) => Err(unsendable()),
        }
    }

    /// Reads one page of the platform's list.
    ///
    /// # Errors
    /// [`CallError`]; `Unsendable` where this platform has no list.
    pub(crate) async fn list(&self, query: &ListQuery<'_>, now_ms: i64) -> Result<Answer, CallError> {
        match self {
            Self::Axisfi(_) => Err(unsendable()),
            Self::Bultra(client, _) => client.list(query, now_ms).await,
        }
    }

    /// Writes what a submission has frozen, to the byte; of Bultra with the id that the submission keeps over restarts.
    ///
    /// # Errors
    /// [`CallError`]; `Unsendable` where this platform takes no such thing.
    pub(crate) async fn write(&self, row: &SubmissionRow) -> Result<Answer, CallError> {
        let body = row.body.clone();
        // An update without an id cannot be queued; an empty one is refused before anything is sent.
        let id = row.customer_id.as_deref().unwrap_or_default();
        match (self, row.purpose) {
            (Self::Axisfi(client), SubmissionPurpose::New) => client.create(body).await,
            (Self::Axisfi(client), SubmissionPurpose::Update) => client.update(id, body).await,
            // Customers come out of the platform's application process (page 004).
            (Self::Bultra(..), SubmissionPurpose::New) => Err(unsendable()),
            (Self::Bultra(client, clock), SubmissionPurpose::Update) => {
                let attempt = row.idempotency_id.as_str();
                let Target { customer, individual } = Target::of(id);
                match individual {
                    Some(one) => client.patch_individual(customer, one, attempt, body, clock.now_ms()).await,
                    None => client.patch_customer(customer, attempt, body, clock.now_ms()).await,
                }
            }
        }
    }
}

/// Nothing was sent.
fn unsendable() -> CallError {
    CallError { kind: CallErrorKind::Unsendable, trace_id: Uuid::now_v7(), answer: None, millis: 0 }
}
