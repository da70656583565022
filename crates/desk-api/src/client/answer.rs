//! From a response to a verdict: a customer, or the kind of what came instead.

use chrono::DateTime;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderName, LOCATION, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use serde_json::Value;
use url::Url;

use super::ANSWER_LIMIT_BYTES;
use super::failure::{self, BodyFault};
use crate::call_error::{CallErrorKind, ErrorAnswer, RAW_LIMIT_BYTES};
use crate::error_body;

/// A platform that asks for a longer pause than a day is asked again after a day.
const RETRY_AFTER_LIMIT_S: u64 = 86_400;
/// The longest id of a platform that is kept.
const REQUEST_ID_LIMIT_CHARS: usize = 200;

/// A readable success.
pub(super) struct Read {
    pub(super) raw: String,
    pub(super) json: Value,
    pub(super) status: u16,
    pub(super) platform_request_id: Option<String>,
}

/// What came instead of a customer.
pub(crate) type Refusal = (CallErrorKind, Option<Box<ErrorAnswer>>);

/// What came of a body.
struct Body {
    bytes: Vec<u8>,
    end: End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    TooLarge,
    Fault(BodyFault),
}

/// Reads a response to its end, or as far as it may be read. What is not recognised in it is unreadable.
pub(super) async fn read(mut response: Response, recognise: fn(&Value) -> bool) -> Result<Read, Refusal> {
    let status = response.status();
    let url = response.url().clone();
    let headers = std::mem::take(response.headers_mut());
    if status.is_redirection() {
        let host = redirect_host(&url, &headers);
        let kind = CallErrorKind::Redirect { status: status.as_u16(), host };
        return Err((kind, Some(Box::new(ErrorAnswer { status: status.as_u16(), ..ErrorAnswer::default() }))));
    }
    let body = read_body(&mut response).await;
    if !status.is_success() {
        let answer = error_answer(status, &headers, &body);
        return Err((error_kind(status, answer.retry_after_s), Some(answer)));
    }
    let refuse = |kind| Err((kind, Some(error_answer(status, &headers, &body))));
    match body.end {
        End::Whole => {}
        End::TooLarge => return refuse(CallErrorKind::TooLarge),
        End::Fault(BodyFault::Timeout) => return refuse(CallErrorKind::Timeout { reached: true }),
        End::Fault(BodyFault::Cut) => return refuse(CallErrorKind::Cut),
        End::Fault(BodyFault::Garbled) => return refuse(CallErrorKind::Unreadable),
    }
    if error_body::is_html(&body.bytes, content_type(&headers)) {
        return refuse(CallErrorKind::Html);
    }
    match recognised(&body.bytes, recognise) {
        Some((raw, json)) => {
            Ok(Read { raw, json, status: status.as_u16(), platform_request_id: platform_request_id(&headers) })
        }
        None => refuse(CallErrorKind::Unreadable),
    }
}

async fn read_body(response: &mut Response) -> Body {
    let mut bytes = Vec::new();
    let limit = u64::try_from(ANSWER_LIMIT_BYTES).unwrap_or(u64::MAX);
    if response.content_length().is_some_and(|announced| announced > limit) {
        return Body { bytes, end: End::TooLarge };
    }
    loop {
        match response.chunk().await {
            Ok(Some(piece)) => {
                if bytes.len() + piece.len() > ANSWER_LIMIT_BYTES {
                    return Body { bytes, end: End::TooLarge };
                }
                bytes.extend_from_slice(&piece);
            }
            Ok(None) => return Body { bytes, end: End::Whole },
            Err(fault) => return Body { bytes, end: End::Fault(failure::within_body(&fault)) },
        }
    }
}

fn recognised(bytes: &[u8], recognise: fn(&Value) -> bool) -> Option<(String, Value)> {
    let raw = String::from_utf8(bytes.to_vec()).ok()?;
    let json: Value = serde_json::from_str(raw.trim_start_matches('\u{feff}')).ok()?;
    recognise(&json).then_some((raw, json))
}

pub(crate) fn error_kind(status: StatusCode, retry_after_s: Option<u64>) -> CallErrorKind {
    match status.as_u16() {
        401 => CallErrorKind::AuthRefused,
        403 => CallErrorKind::AuthForbidden,
        404 => CallErrorKind::NotFound,
        429 => CallErrorKind::RateLimited { retry_after_s },
        status => CallErrorKind::Status { status },
    }
}

fn error_answer(status: StatusCode, headers: &HeaderMap, body: &Body) -> Box<ErrorAnswer> {
    let found = error_body::read(&body.bytes, content_type(headers));
    let kept = body.bytes.get(..RAW_LIMIT_BYTES).unwrap_or(&body.bytes);
    Box::new(ErrorAnswer {
        status: status.as_u16(),
        code: found.code,
        message: found.message,
        fields: found.fields,
        raw: String::from_utf8_lossy(kept).into_owned(),
        retry_after_s: retry_after_s(headers),
        readable: found.readable && body.end == End::Whole,
        platform_request_id: platform_request_id(headers),
    })
}

fn redirect_host(url: &Url, headers: &HeaderMap) -> Option<String> {
    let location = headers.get(LOCATION)?.to_str().ok()?;
    url.join(location).ok()?.host_str().map(str::to_owned)
}

fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()
}

fn platform_request_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(HeaderName::from_static("x-request-id"))?.to_str().ok()?;
    Some(id.chars().take(REQUEST_ID_LIMIT_CHARS).collect())
}

/// The clock of who answered, where it says: whole seconds, as milliseconds since 1970 UTC.
pub(super) fn date_ms(headers: &HeaderMap) -> Option<i64> {
    let date = DateTime::parse_from_rfc2822(headers.get(DATE)?.to_str().ok()?).ok()?;
    Some(date.timestamp_millis())
}

/// Seconds, or a date; a date counts from the platform's own `Date`, so that neither clock has to be right.
fn retry_after_s(headers: &HeaderMap) -> Option<u64> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = match text.parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => {
            let now = DateTime::parse_from_rfc2822(headers.get(DATE)?.to_str().ok()?).ok()?;
            let until = DateTime::parse_from_rfc2822(text).ok()?;
            u64::try_from((until - now).num_seconds()).unwrap_or(0)
        }
    };
    Some(seconds.min(RETRY_AFTER_LIMIT_S))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::seconds("17", None, Some(17))]
    #[case::spaces(" 17 ", None, Some(17))]
    #[case::date("Fri, 02 Jan 2026 10:01:30 GMT", Some("Fri, 02 Jan 2026 10:00:00 GMT"), Some(90))]
    #[case::date_gone_by("Fri, 02 Jan 2026 09:00:00 GMT", Some("Fri, 02 Jan 2026 10:00:00 GMT"), Some(0))]
    #[case::date_without_a_clock("Fri, 02 Jan 2026 10:01:30 GMT", None, None)]
    #[case::years("99999999", None, Some(RETRY_AFTER_LIMIT_S))]
    #[case::negative("-1", None, None)]
    #[case::words("soon", Some("Fri, 02 Jan 2026 10:00:00 GMT"), None)]
    fn retry_after_is_seconds_or_a_date(#[case] text: &str, #[case] date: Option<&str>, #[case] seconds: Option<u64>) {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(text).unwrap());
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_str(date).unwrap());
        }
        assert_eq!(retry_after_s(&headers), seconds);
    }
}
