//! One call on its way through the adapter, whichever platform it is for: recorded, held up, and its answer spoiled
//! where a fault says so.

use std::time::Duration;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{Response, StatusCode, header, request::Parts},
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    call::Answer,
    connection::{Fate, FateHandle},
    fault::{CarriedOut, Fault, FaultRule, Route},
    recorder::{RequestRecord, kept_body, kept_header},
    server::Shared,
};

/// Most bytes of a request that are read: the largest document that a client may be set to send, 100 MB, in base64.
const REQUEST_CAP_BYTES: usize = 140 * 1024 * 1024;

const JSON: &str = "application/json";

/// A call that came in.
pub(crate) struct Arrived {
    pub(crate) head: Parts,
    /// The body; `None` where it is larger than anybody takes.
    pub(crate) bytes: Option<Bytes>,
    rule: Option<FaultRule>,
    fate: FateHandle,
    request_id: String,
}

/// When a call takes effect.
pub(crate) enum When {
    Now,
    At(DateTime<Utc>),
    Never,
}

impl Arrived {
    /// Reads and records the call, takes the fault that is for it, and waits as long as every call does.
    pub(crate) async fn of(shared: &Shared, fate: FateHandle, route: Option<Route>, request: Request) -> Self {
        fate.set(Fate::Whole);
        let request_id = Uuid::now_v7().to_string();
        let (head, body) = request.into_parts();
        let bytes = to_bytes(body, REQUEST_CAP_BYTES).await.ok();
        let (latency, rule) = {
            let mut inner = shared.lock();
            let headers = head.headers.iter().map(|(name, value)| kept_header(name.as_str(), value.as_bytes()));
            inner.recorder.arrived(RequestRecord {
                request_id: request_id.clone(),
                method: head.method.to_string(),
                path: head.uri.path().to_owned(),
                query: head.uri.query().unwrap_or_default().to_owned(),
                headers: headers.collect(),
                body: bytes.as_deref().map(|bytes| kept_body(bytes, route)).unwrap_or_default(),
                status: None,
            });
            (inner.latency, inner.faults.take(route))
        };
        if !latency.is_zero() {
            pause(shared, latency).await;
        }
        Self { head, bytes, rule, fate, request_id }
    }

    /// When the call takes effect, counted from this time.
    pub(crate) fn when(&self, now: DateTime<Utc>) -> When {
        match self.rule.as_ref().map_or(CarriedOut::Yes, |rule| rule.carried_out) {
            CarriedOut::Yes => When::Now,
            CarriedOut::No => When::Never,
            // A time past the end of the calendar never comes.
            CarriedOut::Later(wait) => TimeDelta::from_std(wait)
                .ok()
                .and_then(|wait| now.checked_add_signed(wait))
                .map_or(When::Never, When::At),
        }
    }

    /// The response, as the fault leaves it, its status noted and the trace on it.
    pub(crate) async fn answered(self, shared: &Shared, answer: &Answer) -> Response<Body> {
        let Self { rule, fate, request_id, .. } = self;
        let mut response = match rule {
            None => json_response(answer),
            Some(rule) => match spoil(shared, &fate, rule.fault, answer).await {
                Some(response) => response,
                None => {
                    shared.until_stopped().await;
                    json_response(answer)
                }
            },
        };
        if fate.get() != Fate::Reset {
            shared.lock().recorder.answered(&request_id, response.status().as_u16());
        }
        if let Ok(value) = request_id.parse() {
            response.headers_mut().insert("x-request-id", value);
        }
        response
    }
}

/// What stands in for the answer of a call that does not take effect now; the fault says something else in its place.
pub(crate) fn not_answered() -> Answer {
    Answer::error(504, "NOT_ANSWERED", "The sandbox was told not to answer this call.")
}

/// The answer as the fault leaves it; `None` for no answer at all.
async fn spoil(shared: &Shared, fate: &FateHandle, fault: Fault, answer: &Answer) -> Option<Response<Body>> {
    let response = match fault {
        Fault::Status { status, content_type, body, retry_after_seconds } => {
            let mut response = response(status, &content_type, body.into());
            if let Some(seconds) = retry_after_seconds {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            response
        }
        Fault::Hang => return None,
        Fault::Reset => {
            fate.set(Fate::Reset);
            json_response(answer)
        }
        Fault::Cut { body_bytes } => {
            fate.set(Fate::Cut { body_bytes });
            json_response(answer)
        }
        Fault::Html => {
            let page = "<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>";
            response(200, "text/html; charset=utf-8", page.into())
        }
        Fault::TooLarge { body_bytes } => {
            let body = format!(r#"{{"padding":"{}"}}"#, "x".repeat(body_bytes));
            response(200, JSON, body.into())
        }
        Fault::OtherShape => response(200, JSON, r#"[{"customer":{"id":7}}, "of another shape"]"#.into()),
        Fault::Redirect { status, target } => {
            let mut response = response(status, "", Bytes::new());
            if let Ok(target) = target.parse() {
                response.headers_mut().insert(header::LOCATION, target);
            }
            response
        }
        Fault::Drip { bytes, pause } => {
            fate.set(Fate::Drip { bytes, pause });
            json_response(answer)
        }
        Fault::Delay(time) => {
            pause(shared, time).await;
            json_response(answer)
        }
    };
    Some(response)
}

async fn pause(shared: &Shared, time: Duration) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        () = shared.until_stopped() => {}
    }
}

fn json_response(answer: &Answer) -> Response<Body> {
    let mut response = response(answer.status, JSON, answer.body.to_string().into());
    for &(name, value) in answer.headers {
        response.headers_mut().insert(name, header::HeaderValue::from_static(value));
    }
    response
}

fn response(status: u16, content_type: &str, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let (false, Ok(content_type)) = (content_type.is_empty(), content_type.parse()) {
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    }
    response
}
