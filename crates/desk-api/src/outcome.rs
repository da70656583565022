//! What follows from the answer to a write: the table of DECISIONS 12 as pure functions, one for each kind of write.

use desk_domain::bultra::Target;
use serde_json::Value;

use crate::call_error::{CallError, CallErrorKind, ErrorAnswer};
use crate::client::Answer;
use crate::wire::axisfi::Customer;
use crate::wire::bultra;

/// What became of a write, as far as one answer tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteOutcome {
    /// The platform took it; this is what it answered.
    Accepted(Box<Customer>),
    /// The platform cannot have seen it: queue it again.
    NotSent,
    /// It may or may not have happened: look first, send nothing.
    Unknown,
    /// The platform read it and does not want it: back to the form, with [`ErrorAnswer::fields`].
    Rejected,
    /// The keys are refused: nothing of this connection is sent until it works.
    Paused,
    /// The platform read nothing and wants to be left alone for a while.
    RateLimited {
        /// For how many seconds, where it says.
        retry_after_s: Option<u64>,
    },
    /// Of an update: the customer is not as the update takes it to be.
    Conflict,
    /// Of an update: a conflict too, the platform has no such customer.
    Gone,
}

impl WriteOutcome {
    /// The same, as far as it is about what was sent: what names another customer, or another id of ours, than was sent
    /// says nothing of this one. `None` where none was sent.
    #[must_use]
    pub fn if_about(self, customer_id: Option<&str>, partner_customer_id: Option<&str>) -> Self {
        let other = |sent: Option<&str>, said: Option<&str>| {
            let said = said.map(str::trim).filter(|said| !said.is_empty());
            sent.is_some_and(|sent| said.is_some_and(|said| said != sent.trim()))
        };
        match self {
            Self::Accepted(customer)
                if other(customer_id, customer.customer_id.as_deref())
                    || other(partner_customer_id, customer.partner_customer_id.as_deref()) =>
            {
                Self::Unknown
            }
            outcome => outcome,
        }
    }
}

/// What follows for a create.
#[must_use]
pub fn of_create(result: &Result<Answer, CallError>) -> WriteOutcome {
    match result {
        // Without the platform's id the customer cannot be kept; the look-up brings it.
        Ok(answer) => accepted(answer, |customer| named(customer.customer_id.as_deref())),
        Err(error) => refused(error, WriteOutcome::Unknown, WriteOutcome::Rejected, EXISTS_WORDS),
    }
}

/// What follows for an update.
#[must_use]
pub fn of_update(result: &Result<Answer, CallError>) -> WriteOutcome {
    match result {
        // Sections alone could also be what is wrong with them.
        Ok(answer) => accepted(answer, |customer| {
            named(customer.customer_id.as_deref()) || named(customer.partner_customer_id.as_deref())
        }),
        Err(error) => refused(error, WriteOutcome::Conflict, WriteOutcome::Gone, EXISTS_WORDS),
    }
}

/// What follows for a change of a Bultra customer or individual, `record` being its id as this program keeps it. The answer
/// to one is partial (page 004), so it is recognised by its `id`, and where it leaves that out by what it says was changed.
#[must_use]
pub fn of_patch(result: &Result<Answer, CallError>, record: &str) -> WriteOutcome {
    let target = Target::of(record);
    let answer = match result {
        Ok(answer) => &answer.json,
        // It carries no id of ours: what is there already is a value, and the platform's words stand at its field.
        Err(error) => return refused(error, WriteOutcome::Conflict, WriteOutcome::Gone, &[]),
    };
    let is_theirs = bultra::id(answer).is_none_or(|id| id == target.individual.unwrap_or(target.customer).trim());
    if !bultra::is_patched(answer) || !is_theirs {
        return WriteOutcome::Unknown;
    }
    WriteOutcome::Accepted(Box::new(Customer {
        customer_id: Some(record.to_owned()),
        status: answer.get("status").and_then(Value::as_str).map(str::to_owned),
        ..Customer::default()
    }))
}

fn accepted(answer: &Answer, is_ours: impl Fn(&Customer) -> bool) -> WriteOutcome {
    match Customer::recognise(&answer.json) {
        Some(customer) if is_ours(&customer) => WriteOutcome::Accepted(Box::new(customer)),
        _ => WriteOutcome::Unknown,
    }
}

fn named(id: Option<&str>) -> bool {
    id.is_some_and(|id| !id.trim().is_empty())
}

/// `words` are those that say `exists` whatever the status is.
fn refused(error: &CallError, exists: WriteOutcome, not_found: WriteOutcome, words: &[&str]) -> WriteOutcome {
    let answer = error.answer.as_ref();
    let readable = answer.is_some_and(|answer| answer.readable);
    match &error.kind {
        // Never to be sent as it is, so never to be queued again.
        CallErrorKind::Unsendable => WriteOutcome::Rejected,
        CallErrorKind::TokenRefused { .. } | CallErrorKind::TokenScope { .. } => WriteOutcome::Paused,
        // Whoever said it: the platform was not asked.
        CallErrorKind::TokenLimited { retry_after_s } => WriteOutcome::RateLimited { retry_after_s: *retry_after_s },
        kind if kind.certainly_not_sent() => WriteOutcome::NotSent,
        CallErrorKind::AuthRefused | CallErrorKind::AuthForbidden => WriteOutcome::Paused,
        // A 429 of something in between says nothing about what the API has done, whatever its headers say (RELIABILITY
        // "Exactly once", 4).
        CallErrorKind::RateLimited { retry_after_s } if readable => {
            WriteOutcome::RateLimited { retry_after_s: *retry_after_s }
        }
        CallErrorKind::Status { status: 409 } => exists,
        CallErrorKind::NotFound | CallErrorKind::Status { status: 400..=499 } if says_any(answer, words) => exists,
        // What stands before the API says 404 too, while the API is away or after it has taken the request.
        CallErrorKind::NotFound if readable => not_found,
        CallErrorKind::Status { status: 408 | 425 } => WriteOutcome::Unknown,
        CallErrorKind::Status { status: 400..=499 } if readable => WriteOutcome::Rejected,
        _ => WriteOutcome::Unknown,
    }
}

/// Words of an API that say a customer with this id is there already.
const EXISTS_WORDS: &[&str] = &[
    "already exist",
    "already been",
    "already registered",
    "already in use",
    "already used",
    "already taken",
    "already created",
    "already_exist",
    "already-exist",
    "alreadyexist",
    "has been taken",
    "has been used",
    "duplicate",
    "not unique",
    "must be unique",
    "unique constraint",
    "unique violation",
    "customer exists",
    "id exists",
    "已存在",
    "重复",
];

fn says_any(answer: Option<&ErrorAnswer>, words: &[&str]) -> bool {
    let Some(answer) = answer else { return false };
    let says = |text: &str| {
        let text = text.to_lowercase();
        words.iter().any(|words| text.contains(words))
    };
    // A document listed twice is no customer twice: of the fields, only our id counts.
    let ours = |field: &str| field.to_lowercase().replace('_', "").contains("partnercustomerid");
    answer.code.as_deref().is_some_and(says)
        || answer.message.as_deref().is_some_and(says)
        || answer.fields.iter().any(|(field, message)| ours(field) && says(message))
}

#[cfg(test)]
mod tests;
