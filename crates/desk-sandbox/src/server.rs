//! The adapter to HTTP: a request becomes a call, an answer becomes a response ([`exchange`](crate::exchange)).

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Multipart, Path, Query, Request, State},
    http::{HeaderMap, Response, header},
    routing::{get, post},
};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::{
    bultra::{self, Bultra},
    call::{Answer, Call, Content, Part, Target},
    clock::Clock,
    connection::FateHandle,
    exchange::{Arrived, When, not_answered},
    fault::Faults,
    options::{Keys, Revision},
    platform::{Platform, Rules},
    recorder::Recorder,
};

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
    pub(crate) bultra: Bultra,
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
        inner.bultra.catch_up(now);
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

    pub(crate) async fn until_stopped(&self) {
        // A sender that is gone is a sandbox that was dropped, which ends the wait as well.
        let _ = self.stopped.clone().wait_for(|stopped| *stopped).await;
    }
}

pub(crate) type Handle = State<Arc<Shared>>;
pub(crate) type Fated = ConnectInfo<FateHandle>;

/// The paths of every account; anything else is 404.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    [Revision::Typed, Revision::Untyped]
        .into_iter()
        .fold(bultra::routes(), account)
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
    let arrived = Arrived::of(&shared, fate, target.route(), request).await;
    let content = content(&arrived.head.headers, arrived.bytes.clone()).await;
    let answer = match revision {
        Some(revision) if !shared.signed_in(revision, &arrived.head.headers) => {
            Answer::error(401, "UNAUTHORIZED", "X-API-Key and X-API-Secret do not name an account.")
        }
        revision => {
            let call = Call { revision: revision.unwrap_or(Revision::Typed), target, content };
            carry_out(&shared, call, &arrived)
        }
    };
    arrived.answered(&shared, &answer).await
}

/// Does what the call asks for, later or not at all where a fault says so.
fn carry_out(shared: &Shared, call: Call, arrived: &Arrived) -> Answer {
    let (mut inner, now) = shared.caught_up();
    let rules = inner.rules;
    match arrived.when(now) {
        When::Now => return inner.platform.answer(call, now, rules),
        When::At(time) => inner.platform.put_off(time, call),
        When::Never => {}
    }
    not_answered()
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
