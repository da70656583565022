//! The adapter to HTTP.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Path, Request, State},
    http::{HeaderMap, Response, header},
    routing::{get, post},
};

use super::{
    call::{Call, Target},
    patch::IDEMPOTENCY_ID,
};
use crate::{
    call::Answer,
    exchange::{Arrived, When, not_answered},
    server::{Fated, Handle, Shared},
};

type Two = Path<(String, String)>;

/// The paths below `/bultra` (DECISIONS 2).
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/bultra/oauth2/token", post(|s: Handle, f: Fated, r: Request| serve(s, f, Target::Token, r)))
        .route("/bultra/v1/customers", get(|s: Handle, f: Fated, r: Request| serve(s, f, Target::List, r)))
        .route(
            "/bultra/v1/customers/{id}",
            get(|s: Handle, f: Fated, Path(id): Path<String>, r: Request| serve(s, f, Target::Customer { id }, r))
                .patch(|s: Handle, f: Fated, Path(id): Path<String>, r: Request| {
                    serve(s, f, Target::PatchCustomer { id }, r)
                }),
        )
        .route(
            "/bultra/v1/customers/{id}/individuals/{individual_id}",
            get(|s: Handle, f: Fated, Path((id, individual_id)): Two, r: Request| {
                serve(s, f, Target::Individual { id, individual_id }, r)
            })
            .patch(|s: Handle, f: Fated, Path((id, individual_id)): Two, r: Request| {
                serve(s, f, Target::PatchIndividual { id, individual_id }, r)
            }),
        )
}

async fn serve(State(shared): Handle, ConnectInfo(fate): Fated, target: Target, request: Request) -> Response<Body> {
    let arrived = Arrived::of(&shared, fate, Some(target.route()), request).await;
    let answer = carry_out(&shared, target, &arrived);
    arrived.answered(&shared, &answer).await
}

/// Does what the call asks for, later or not at all where a fault says so. Who has no token is never carried out.
fn carry_out(shared: &Shared, target: Target, arrived: &Arrived) -> Answer {
    let (mut inner, now) = shared.caught_up();
    let bultra = &mut inner.bultra;
    let headers = &arrived.head.headers;
    let mut authorization = text(headers, header::AUTHORIZATION.as_str());
    if let Some(needs) = target.needs() {
        if let Err(refused) = bultra.tokens.allow(authorization.as_deref(), needs, now) {
            return refused;
        }
        authorization = None;
    }
    let call = Call {
        target,
        query: arrived.head.uri.query().unwrap_or_default().to_owned(),
        authorization,
        idempotency_id: text(headers, IDEMPOTENCY_ID),
        content_type: text(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default(),
        body: arrived.bytes.clone(),
    };
    match arrived.when(now) {
        When::Now => return bultra.answer(&call, now),
        When::At(time) => bultra.put_off(time, call),
        When::Never => {}
    }
    not_answered()
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}
