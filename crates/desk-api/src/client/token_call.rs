//! The token call: `POST` of the client credentials grant (RFC 6749 4.4) to the token URL of a connection, and what may come
//! of it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::form_urlencoded::Serializer;

use super::answer::{self, Refusal};
use super::tokens::Given;
use super::{BultraOptions, Line, Payload};
use crate::call_error::{CallErrorKind, ErrorAnswer};

/// The life of a token whose answer does not say it in a way that anybody can mean (../api/README.md, "Bultra").
const LIFE_S: f64 = 900.0;
/// No token is trusted for longer than a day; the longest that the pages name is 12 hours.
const LIFE_LIMIT_S: f64 = 86_400.0;
/// Of the time of a whole call, at most this part goes to its token.
const TIME_PART: u32 = 2;

/// What came of it.
pub(super) struct Asked {
    pub(super) result: Result<Given, Refusal>,
    /// The HTTP status, where there was an answer.
    pub(super) status: Option<u16>,
    /// The token host's clock, where it says.
    pub(super) host_ms: Option<i64>,
}

/// Asks for a token.
pub(super) async fn ask(options: &BultraOptions) -> Asked {
    let mut asked = Asked { result: Err((CallErrorKind::Unsendable, None)), status: None, host_ms: None };
    let read = match send(options).await {
        Ok(response) => {
            asked.status = Some(response.status().as_u16());
            asked.host_ms = answer::date_ms(response.headers());
            answer::read(response, |json| token(json).is_some()).await
        }
        Err(refusal) => Err(refusal),
    };
    // Asked a moment ago whether there is one.
    asked.result = read.map(|read| given(&read.json)).map_err(|refusal| refused(refusal, options));
    asked
}

async fn send(options: &BultraOptions) -> Result<reqwest::Response, Refusal> {
    let mut way = options.token_host();
    way.timeouts.total /= TIME_PART;
    let line = Line::to(&way).map_err(|_| (CallErrorKind::TlsOther, None))?;
    // Not kept over the call: what writes a form is for one thread.
    let form = {
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        if let Some(scope) = options.scope() {
            form.append_pair("scope", scope);
        }
        form.finish()
    };
    let mut basic = HeaderValue::from_str(&format!("Basic {}", credentials(options)))
        .map_err(|_| (CallErrorKind::Unsendable, None))?;
    basic.set_sensitive(true);
    let request = line.request(Method::POST, options.token_url.url()).header(AUTHORIZATION, basic);
    let content_type = "application/x-www-form-urlencoded".to_owned();
    line.send(request, Some(Payload { content_type, body: form.into() })).await
}

/// Client id and secret as Basic has them (RFC 7617). The contract says no more; that RFC 6749 2.3.1 would have each of them
/// encoded as a form first makes a difference for signs that such ids and secrets do not have.
pub(super) fn credentials(options: &BultraOptions) -> String {
    STANDARD.encode(format!("{}:{}", options.client_id.expose_secret(), options.client_secret.expose_secret()))
}

/// The token in an answer: one word of visible signs (RFC 6750 2.1), of the type that we can use.
fn token(json: &Value) -> Option<&str> {
    let is_bearer = match json.get("token_type") {
        None | Some(Value::Null) => true,
        Some(kind) => kind.as_str().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("bearer")),
    };
    let token = json.get("access_token")?.as_str()?.trim();
    (is_bearer && !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())).then_some(token)
}

fn given(json: &Value) -> Given {
    let token = SecretString::from(token(json).unwrap_or_default());
    Given { token, life_ms: life_ms(json.get("expires_in")) }
}

/// How long a token lives. A number as text is read as one; what no life can be (nothing, zero, less, words) is as if it
/// were not said, since a 401 tells in time when it was meant.
fn life_ms(expires_in: Option<&Value>) -> i64 {
    let seconds = match expires_in {
        Some(Value::Number(number)) => number.to_string().parse::<f64>().ok(),
        Some(Value::String(text)) => text.trim().parse::<f64>().ok(),
        _ => None,
    };
    let seconds = seconds.filter(|seconds| *seconds > 0.0).unwrap_or(LIFE_S);
    (seconds.min(LIFE_LIMIT_S) * 1000.0) as i64
}

/// What a failed token call is for the call that needed it.
fn refused((kind, answer): Refusal, options: &BultraOptions) -> Refusal {
    let host = options.token_url.host();
    let reason = kind.code();
    let said = answer.as_deref().filter(|answer| answer.readable);
    let is_of_scope = said.and_then(|said| said.code.as_deref()).is_some_and(is_of_scope);
    let kind = match kind {
        CallErrorKind::RateLimited { retry_after_s } => CallErrorKind::TokenLimited { retry_after_s },
        CallErrorKind::AuthRefused | CallErrorKind::AuthForbidden | CallErrorKind::Status { status: 400..=499 }
            if is_of_scope =>
        {
            CallErrorKind::TokenScope { scope: options.scope().unwrap_or_default().to_owned() }
        }
        CallErrorKind::AuthRefused | CallErrorKind::AuthForbidden => CallErrorKind::TokenRefused { host },
        // What only says that something is too slow or is not done here says nothing of the client.
        CallErrorKind::Status { status } if !matches!(status, 405 | 408 | 425) && status < 500 && said.is_some() => {
            CallErrorKind::TokenRefused { host }
        }
        CallErrorKind::Status { status } | CallErrorKind::Redirect { status, .. } => {
            CallErrorKind::TokenUnreadable { reason, status: Some(status), host }
        }
        CallErrorKind::NotFound => CallErrorKind::TokenUnreadable { reason: "answer.error", status: Some(404), host },
        CallErrorKind::Html | CallErrorKind::Cut | CallErrorKind::TooLarge | CallErrorKind::Unreadable => {
            CallErrorKind::TokenUnreadable { reason, status: None, host }
        }
        _ => CallErrorKind::TokenUnreached { reason, host },
    };
    (kind, answer.map(kept))
}

fn is_of_scope(code: &str) -> bool {
    ["invalid_scope", "insufficient_scope"].iter().any(|known| code.eq_ignore_ascii_case(known))
}

/// What is kept of an answer. Of a success nothing but its status: there may be a token in what could not be read.
fn kept(answer: Box<ErrorAnswer>) -> Box<ErrorAnswer> {
    if !(200..300).contains(&answer.status) {
        return answer;
    }
    let ErrorAnswer { status, platform_request_id, .. } = *answer;
    Box::new(ErrorAnswer { status, platform_request_id, ..ErrorAnswer::default() })
}

/// Nobody waits longer for a token than for the whole call.
pub(super) fn too_slow(options: &BultraOptions) -> Refusal {
    let timeout = CallErrorKind::Timeout { reached: true };
    (CallErrorKind::TokenUnreached { reason: timeout.code(), host: options.token_url.host() }, None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::said(json!({ "expires_in": 900 }), 900_000)]
    #[case::twelve_hours(json!({ "expires_in": 43_200 }), 43_200_000)]
    #[case::part_of_a_second(json!({ "expires_in": 0.5 }), 500)]
    #[case::text(json!({ "expires_in": " 120 " }), 120_000)]
    #[case::nothing(json!({}), 900_000)]
    #[case::null(json!({ "expires_in": null }), 900_000)]
    #[case::zero(json!({ "expires_in": 0 }), 900_000)]
    #[case::negative(json!({ "expires_in": -5 }), 900_000)]
    #[case::words(json!({ "expires_in": "soon" }), 900_000)]
    #[case::no_number(json!({ "expires_in": "NaN" }), 900_000)]
    #[case::list(json!({ "expires_in": [900] }), 900_000)]
    #[case::huge(json!({ "expires_in": u64::MAX }), 86_400_000)]
    #[case::no_end(json!({ "expires_in": "1e999" }), 86_400_000)]
    fn a_life_is_one_that_somebody_can_mean(#[case] answer: Value, #[case] life: i64) {
        assert_eq!(life_ms(answer.get("expires_in")), life);
    }

    #[rstest]
    #[case(json!({ "access_token": "abc.D-_~+/=" }), Some("abc.D-_~+/="))]
    #[case(json!({ "access_token": " abc\n", "token_type": "bearer" }), Some("abc"))]
    #[case(json!({ "access_token": "abc", "token_type": null }), Some("abc"))]
    #[case(json!({ "access_token": "abc", "token_type": "mac" }), None)]
    #[case(json!({ "access_token": "abc", "token_type": 1 }), None)]
    #[case(json!({ "access_token": "a c" }), None)]
    #[case(json!({ "access_token": "a\u{7f}c" }), None)]
    #[case(json!({ "access_token": "ключ" }), None)]
    #[case(json!({ "access_token": "" }), None)]
    #[case(json!({ "access_token": 7 }), None)]
    #[case(json!({ "token": "abc" }), None)]
    #[case(json!("abc"), None)]
    fn a_token_is_one_word_of_the_type_that_we_can_use(#[case] answer: Value, #[case] found: Option<&str>) {
        assert_eq!(token(&answer), found);
    }
}
