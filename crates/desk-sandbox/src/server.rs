//! The adapter to HTTP: a request becomes a call, an answer becomes a response, and faults come between.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Multipart, Path, Query, Request, State},
    http::{HeaderMap, Response, StatusCode, header},
    routing::{get, post},
};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    call::{Answer, Call, Content, Part, Target},
    clock::Clock,
    connection::{Fate, FateHandle},
    fault::{CarriedOut, Fault, FaultRule, Faults, Route},
    options::{Keys, Revision},
    platform::{Platform, Rules},
    recorder::{Recorder, RequestRecord, kept_header},
};

/// Most bytes of a request that are read: the largest document that a client may be set to send, 100 MB, in base64.
const REQUEST_CAP_BYTES: usize = 140 * 1024 * 1024;

/// Bytes of an upload that are remembered: what stands before the file. A thousand scans would fill the memory.
const REMEMBERED_BYTES: usize = 4 * 1024;

const JSON: &str = "application/json";

/// Everything that calls and the sandbox's handle share.
pub(crate) struct Shared {
    pub(crate) inner: Mutex<Inner>,
    pub(crate) clock: Clock,
    pub(crate) advanced_ms: AtomicI64,
    pub(crate) typed_keys: Keys,
    pub(crate) untyped_keys: Keys,
    pub(crate) stopped: watch::Receiver<bool>,
}

/// What changes while the sandbox runs.
pub(crate) struct Inner {
    pub(crate) platform: Platform,
    pub(crate) rules: Rules,
    pub(crate) latency: Duration,
    pub(crate) faults: Faults,
    pub(crate) recorder: Recorder,
}

impl Shared {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The sandbox's time: its clock, and what it was advanced by.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        let now = (self.clock)();
        let advanced = TimeDelta::milliseconds(self.advanced_ms.load(Ordering::Relaxed));
        now.checked_add_signed(advanced).unwrap_or(now)
    }

    /// The state with everything in it that has come due.
    pub(crate) fn caught_up(&self) -> (MutexGuard<'_, Inner>, DateTime<Utc>) {
        let mut inner = self.lock();
        let now = self.now();
        let rules = inner.rules;
        inner.platform.catch_up(now, rules);
        (inner, now)
    }

    fn signed_in(&self, revision: Revision, headers: &HeaderMap) -> bool {
        let keys = match revision {
            Revision::Typed => &self.typed_keys,
            Revision::Untyped => &self.untyped_keys,
        };
        let is =
            |name: &str, value: &str| headers.get(name).is_some_and(|header| header.as_bytes() == value.as_bytes());
        is("x-api-key", &keys.api_key) && is("x-api-secret", &keys.api_secret)
    }

    async fn until_stopped(&self) {
        // A sender that is gone is a sandbox that was dropped, which ends the wait as well.
        let _ = self.stopped.clone().wait_for(|stopped| *stopped).await;
    }
}

type Handle = State<Arc<Shared>>;
type Fated = ConnectInfo<FateHandle>;

/// The paths of both accounts; anything else is 404, bultra's too until it is served.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    [Revision::Typed, Revision::Untyped]
        .into_iter()
        .fold(Router::new(), account)
        .fallback(|state: Handle, fate: Fated, request: Request| async {
            serve(state, fate, None, Target::Nowhere, request).await
        })
        .method_not_allowed_fallback(|state: Handle, fate: Fated, request: Request| async {
            serve(state, fate, None, Target::WrongMethod, request).await
        })
        .with_state(shared)
}

fn account(router: Router<Arc<Shared>>, revision: Revision) -> Router<Arc<Shared>> {
    let prefix = revision.prefix();
    let on = Some(revision);
    router
        .route(
            &format!("{prefix}/api/customers/create"),
            post(move |state: Handle, fate: Fated, request: Request| serve(state, fate, on, Target::Create, request)),
        )
        .route(
            &format!("{prefix}/api/customers/{{customer_id}}/update"),
            post(move |state: Handle, fate: Fated, Path(customer_id): Path<String>, request: Request| {
                serve(state, fate, on, Target::Update { customer_id }, request)
            }),
        )
        .route(
            &format!("{prefix}/api/customers/detail"),
            get(move |state: Handle, fate: Fated, request: Request| {
                // A query that cannot be read names no customer, which the platform answers with 400.
                let query = Query::<Vec<(String, String)>>::try_from_uri(request.uri());
                let query = query.map(|Query(query)| query).unwrap_or_default();
                serve(state, fate, on, Target::Detail { query }, request)
            }),
        )
        .route(
            &format!("{prefix}/api/files/upload"),
            post(move |state: Handle, fate: Fated, request: Request| serve(state, fate, on, Target::Upload, request)),
        )
}

async fn serve(
    State(shared): Handle,
    ConnectInfo(fate): Fated,
    revision: Option<Revision>,
    target: Target,
    request: Request,
) -> Response<Body> {
    fate.set(Fate::Whole);
    let request_id = Uuid::now_v7().to_string();
    let (head, body) = request.into_parts();
    let bytes = to_bytes(body, REQUEST_CAP_BYTES).await.ok();
    let route = target.route();
    let (latency, rule) = {
        let mut inner = shared.lock();
        inner.recorder.arrived(RequestRecord {
            request_id: request_id.clone(),
            method: head.method.to_string(),
            path: head.uri.path().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head.headers.iter().map(|(name, value)| kept_header(name.as_str(), value.as_bytes())).collect(),
            body: bytes.as_deref().map(|bytes| remembered(bytes, route)).unwrap_or_default(),
            status: None,
        });
        (inner.latency, inner.faults.take(route))
    };
    if !latency.is_zero() {
        pause(&shared, latency).await;
    }
    let content = content(&head.headers, bytes).await;
    let answer = match revision {
        Some(revision) if !shared.signed_in(revision, &head.headers) => {
            Answer::error(401, "UNAUTHORIZED", "X-API-Key and X-API-Secret do not name an account.")
        }
        revision => {
            let call = Call { revision: revision.unwrap_or(Revision::Typed), target, content };
            carry_out(&shared, call, rule.as_ref())
        }
    };
    let response = match rule {
        None => json_response(&answer),
        Some(rule) => match spoil(&shared, &fate, rule.fault, &answer).await {
            Some(response) => response,
            None => {
                shared.until_stopped().await;
                json_response(&answer)
            }
        },
    };
    finish(&shared, &fate, &request_id, response)
}

/// A body as it is recorded.
fn remembered(bytes: &[u8], route: Option<Route>) -> String {
    let head = if route == Some(Route::Upload) { bytes.get(..REMEMBERED_BYTES) } else { None };
    String::from_utf8_lossy(head.unwrap_or(bytes)).into_owned()
}

/// Does what the call asks for, later or not at all where a fault says so.
fn carry_out(shared: &Shared, call: Call, rule: Option<&FaultRule>) -> Answer {
    let (mut inner, now) = shared.caught_up();
    let rules = inner.rules;
    match rule.map_or(CarriedOut::Yes, |rule| rule.carried_out) {
        CarriedOut::Yes => return inner.platform.answer(call, now, rules),
        CarriedOut::No => {}
        CarriedOut::Later(wait) => {
            let at = TimeDelta::from_std(wait).ok().and_then(|wait| now.checked_add_signed(wait));
            if let Some(at) = at {
                inner.platform.put_off(at, call);
            }
        }
    }
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

/// Notes the status and puts the trace on the answer.
fn finish(shared: &Shared, fate: &FateHandle, request_id: &str, mut response: Response<Body>) -> Response<Body> {
    if fate.get() != Fate::Reset {
        shared.lock().recorder.answered(request_id, response.status().as_u16());
    }
    if let Ok(value) = request_id.parse() {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

async fn pause(shared: &Shared, time: Duration) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        () = shared.until_stopped() => {}
    }
}

fn json_response(answer: &Answer) -> Response<Body> {
    response(answer.status, JSON, answer.body.to_string().into())
}

fn response(status: u16, content_type: &str, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let (false, Ok(content_type)) = (content_type.is_empty(), content_type.parse()) {
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    }
    response
}

/// The body as the platform reads it; a form is taken apart.
async fn content(headers: &HeaderMap, bytes: Option<Bytes>) -> Content {
    let Some(bytes) = bytes else { return Content::TooLarge };
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Content::Whole { content_type: content_type.to_owned(), bytes };
    }
    let mut request = Request::new(Body::from(bytes));
    // The cap above holds already; axum's own is lower than a document is large.
    DefaultBodyLimit::disable().apply(&mut request);
    request.headers_mut().extend(headers.get(header::CONTENT_TYPE).map(|value| (header::CONTENT_TYPE, value.clone())));
    let mut form = match Multipart::from_request(request, &()).await {
        Ok(form) => form,
        Err(error) => return Content::BrokenForm(error.body_text()),
    };
    let mut parts = Vec::new();
    loop {
        match form.next_field().await {
            Ok(None) => return Content::Form(parts),
            Ok(Some(field)) => {
                let name = field.name().unwrap_or_default().to_owned();
                let file_name = field.file_name().map(str::to_owned);
                match field.bytes().await {
                    Ok(bytes) => parts.push(Part { name, file_name, bytes }),
                    Err(error) => return Content::BrokenForm(error.body_text()),
                }
            }
            Err(error) => return Content::BrokenForm(error.body_text()),
        }
    }
}
