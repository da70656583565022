//! What follows from an upload. Pure. Sending a file again does no harm, so nothing here is ever unknown: it is tried again
//! until the platform has it, or says that it does not take it.

use desk_api::{CallError, CallErrorKind, Uploaded};

use crate::ipc::Message;
use crate::outbox::OutboxRules;

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// The platform has it.
    Sent(String),
    /// It is tried again at this time.
    Again(i64, Message),
    /// Nothing of the connection is sent before this time.
    Limited(i64, Message),
    /// It waits until the connection works.
    WhenItWorks(Message),
    /// A person decides.
    Failed(Message),
}

/// What follows from what a call gave, after so many tries.
pub(super) fn next(result: &Result<Uploaded, CallError>, tries: i64, rules: &OutboxRules, now: i64) -> Next {
    use CallErrorKind as K;
    let error = match result {
        Ok(uploaded) => return Next::Sent(uploaded.file_id.clone()),
        Err(error) => error,
    };
    let reason = reason(error);
    match &error.kind {
        K::AuthRefused | K::AuthForbidden | K::TokenRefused { .. } | K::TokenScope { .. } => Next::WhenItWorks(reason),
        K::RateLimited { retry_after_s } | K::TokenLimited { retry_after_s } => Next::Limited(rules.after_limit(*retry_after_s, now), reason),
        K::Status { status: 408 | 425 | 500.. } => Next::Again(rules.next_try(tries, now), reason),
        K::Name
        | K::Refused
        | K::Proxy
        | K::Timeout { .. }
        | K::Reset { .. }
        | K::Network { .. }
        | K::TlsExpired
        | K::TlsWrongHost
        | K::TlsUntrusted
        | K::TlsOther
        // A portal in between, or a line that broke.
        | K::Html
        | K::Cut
        | K::TokenUnreached { .. }
        | K::TokenUnreadable { .. } => Next::Again(rules.next_try(tries, now), reason),
        // It would be answered the same for ever, and each time with the whole file.
        K::Redirect { .. } | K::TooLarge | K::Unreadable | K::Status { .. } | K::NotFound | K::Unsendable => {
            Next::Failed(reason)
        }
    }
}

/// The code of what went wrong, with the platform's own words as `message` where it said some.
fn reason(error: &CallError) -> Message {
    let mut params = error.kind.params();
    let said = error.answer.as_ref().filter(|answer| answer.readable).and_then(|answer| {
        let of_field = answer.fields.first().map(|(field, message)| format!("{field}: {message}"));
        of_field.or_else(|| answer.message.clone())
    });
    said.into_iter().for_each(|said| drop(params.insert("message".to_owned(), said)));
    Message { code: error.kind.code().to_owned(), params }
}

#[cfg(test)]
mod tests {
    use desk_api::ErrorAnswer;
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    const NOW: i64 = 1_000_000;

    fn after(kind: CallErrorKind) -> Next {
        let error = CallError { kind, trace_id: Uuid::nil(), answer: None, millis: 1 };
        next(&Err(error), 1, &OutboxRules::default(), NOW)
    }

    #[rstest]
    #[case(CallErrorKind::Refused)]
    #[case(CallErrorKind::Timeout { reached: true })]
    #[case(CallErrorKind::Reset { reached: true })]
    #[case(CallErrorKind::Cut)]
    #[case(CallErrorKind::Html)]
    #[case(CallErrorKind::Status { status: 408 })]
    #[case(CallErrorKind::Status { status: 500 })]
    #[case(CallErrorKind::Status { status: 503 })]
    fn what_may_pass_is_tried_again(#[case] kind: CallErrorKind) {
        assert!(matches!(after(kind.clone()), Next::Again(at, _) if at == NOW + 5_000), "{kind:?}");
    }

    #[rstest]
    #[case(CallErrorKind::Status { status: 400 })]
    #[case(CallErrorKind::Status { status: 413 })]
    #[case(CallErrorKind::Status { status: 422 })]
    #[case(CallErrorKind::NotFound)]
    #[case(CallErrorKind::Unreadable)]
    #[case(CallErrorKind::Redirect { status: 302, host: None })]
    fn what_does_not_pass_by_itself_is_for_a_person(#[case] kind: CallErrorKind) {
        assert!(matches!(after(kind.clone()), Next::Failed(_)), "{kind:?}");
    }

    #[test]
    fn keys_that_are_refused_wait_for_the_connection_and_a_limit_for_its_time() {
        assert!(matches!(after(CallErrorKind::AuthRefused), Next::WhenItWorks(_)));
        assert!(matches!(after(CallErrorKind::AuthForbidden), Next::WhenItWorks(_)));
        let limited = after(CallErrorKind::RateLimited { retry_after_s: Some(90) });
        assert!(matches!(limited, Next::Limited(at, _) if at == NOW + 90_000));
    }

    #[test]
    fn the_platforms_words_stand_in_the_reason() {
        let fields = vec![("fileType".to_owned(), "must be one of".to_owned())];
        let answer = ErrorAnswer { status: 400, fields, readable: true, ..ErrorAnswer::default() };
        let kind = CallErrorKind::Status { status: 400 };
        let error = CallError { kind, trace_id: Uuid::nil(), answer: Some(answer), millis: 1 };
        let Next::Failed(reason) = next(&Err(error), 1, &OutboxRules::default(), NOW) else { panic!("it failed") };
        assert_eq!(reason.params["message"], "fileType: must be one of");
    }
}
