//! A small Bultra: one record of each kind, tokens that can be revoked, and answers that a test puts in between. What it was
//! asked, and what it answers by itself, must fit the contract, or the test ends.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::panicking;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::form_urlencoded;

use super::contract::{Contract, Exchange};

/// An answer that a test puts in place of the next one.
#[derive(Clone)]
pub struct Odd {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl Odd {
    pub fn json(status: u16, body: &Value) -> Self {
        Self { status, headers: vec![("content-type", "application/json".to_owned())], body: body.to_string() }
    }
}

/// What it was asked, beside the exchange.
#[derive(Clone)]
pub struct Seen {
    pub target: String,
    pub authorization: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub exchange: Exchange,
    /// It was answered by what a test had put in place.
    pub is_odd: bool,
}

#[derive(Default)]
struct State {
    seen: Vec<Seen>,
    /// The tokens that are good.
    good: Vec<String>,
    given: u32,
    expires_in: Option<Value>,
    odd_tokens: VecDeque<Odd>,
    odd_answers: VecDeque<Odd>,
}

/// The servers of a platform and of its tokens in one. Ends when dropped.
pub struct Bultra {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

pub const TOKEN: &str = "token-canary-5d0e";

impl Bultra {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state: Arc<Mutex<State>> = Arc::default();
        state.lock().unwrap().expires_in = Some(json!(900));
        let shared = Arc::clone(&state);
        let app = Router::new().fallback(move |request| answer(Arc::clone(&shared), request));
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { address, state, task }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub fn base_url(&self) -> String {
        format!("http://{}/bultra/v1", self.address)
    }

    pub fn token_url(&self) -> String {
        format!("http://{}/oauth2/token", self.address)
    }

    /// `expires_in` of the tokens from now on; none where it is `None`.
    pub fn set_expires_in(&self, expires_in: Option<Value>) {
        self.state().expires_in = expires_in;
    }

    /// No token that was given is good any more.
    pub fn revoke(&self) {
        self.state().good.clear();
    }

    /// The next token call is answered so.
    pub fn next_token(&self, odd: Odd) {
        self.state().odd_tokens.push_back(odd);
    }

    /// The next call of the platform is answered so, whatever its token.
    pub fn next_answer(&self, odd: Odd) {
        self.state().odd_answers.push_back(odd);
    }

    /// The token calls.
    pub fn token_calls(&self) -> Vec<Seen> {
        self.state().seen.iter().filter(|seen| seen.exchange.path == "/oauth2/token").cloned().collect()
    }

    /// All other calls.
    pub fn calls(&self) -> Vec<Seen> {
        self.state().seen.iter().filter(|seen| seen.exchange.path != "/oauth2/token").cloned().collect()
    }

    /// How often it was asked: for tokens, for all else.
    pub fn counts(&self) -> (usize, usize) {
        (self.token_calls().len(), self.calls().len())
    }
}

impl Drop for Bultra {
    fn drop(&mut self) {
        self.task.abort();
        if panicking() {
            return;
        }
        let contract = Contract::bultra();
        for seen in &self.state.lock().unwrap().seen {
            assert_eq!(contract.request_faults(&seen.exchange), Vec::<String>::new(), "{:?}", seen.exchange);
            if !seen.is_odd {
                assert_eq!(contract.answer_faults(&seen.exchange), Vec::<String>::new(), "{:?}", seen.exchange);
            }
        }
    }
}

async fn answer(state: Arc<Mutex<State>>, request: Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let header = |name: &str| head.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    let body = String::from_utf8(to_bytes(body, 1_000_000).await.unwrap().to_vec()).unwrap();
    let path = template(head.uri.path());
    let is_token = path == "/oauth2/token";
    if is_token {
        // So that others come while it is at work.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let authorization = header("authorization").unwrap_or_default();
    let mut state = state.lock().unwrap();
    let odd = if is_token { state.odd_tokens.pop_front() } else { state.odd_answers.pop_front() };
    let is_odd = odd.is_some() || state.expires_in.as_ref().is_some_and(|life| !life.is_number());
    let odd = odd.unwrap_or_else(|| {
        let (status, body) =
            if is_token { state.token(&authorization) } else { state.record(path, &head.method, &authorization) };
        Odd::json(status, &body)
    });
    let pairs = |text: &str| form_urlencoded::parse(text.as_bytes()).into_owned().collect::<Vec<_>>();
    let content_type = header("content-type");
    let sent = content_type.map(|kind| {
        let is_form = kind == "application/x-www-form-urlencoded";
        let object = || pairs(&body).into_iter().map(|(name, value)| (name, Value::from(value))).collect();
        let body = if is_form { Value::Object(object()) } else { serde_json::from_str(&body).unwrap() };
        (kind, body)
    });
    let exchange = Exchange {
        path,
        method: head.method.as_str().to_lowercase(),
        query: pairs(head.uri.query().unwrap_or_default()),
        idempotency_id: header("x-bultra-idempotency-id"),
        sent,
        status: odd.status,
        answered: serde_json::from_str(&odd.body).unwrap_or_default(),
    };
    let headers = head.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    let headers = headers.collect();
    state.seen.push(Seen { target: head.uri.to_string(), authorization, headers, body, exchange, is_odd });
    let mut response = Response::builder().status(odd.status);
    for (name, value) in odd.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(odd.body)).unwrap()
}

/// The path of the contract.
fn template(path: &str) -> &'static str {
    let rest = path.strip_prefix("/bultra/v1").unwrap_or(path);
    match rest.split('/').skip(1).collect::<Vec<_>>().as_slice() {
        ["oauth2", "token"] => "/oauth2/token",
        ["customers"] => "/customers",
        ["customers", _] => "/customers/{id}",
        ["customers", _, "individuals", _] => "/customers/{id}/individuals/{individual_id}",
        _ => "elsewhere",
    }
}

impl State {
    fn token(&mut self, authorization: &str) -> (u16, Value) {
        if !authorization.starts_with("Basic ") {
            return (401, json!({ "error": { "code": "INVALID_CLIENT", "message": "No such client" } }));
        }
        self.given += 1;
        let token = format!("{TOKEN}-{}", self.given);
        self.good.push(token.clone());
        let mut answer = json!({ "access_token": token, "token_type": "Bearer" });
        if let Some(expires_in) = &self.expires_in {
            answer["expires_in"] = expires_in.clone();
        }
        (200, answer)
    }

    fn record(&self, path: &str, method: &axum::http::Method, authorization: &str) -> (u16, Value) {
        if !self.good.iter().any(|good| authorization == format!("Bearer {good}")) {
            return (401, json!({ "error": { "code": "UNAUTHORIZED", "message": "The token has ended" } }));
        }
        let at = "2026-01-15T17:00:00Z";
        let body = match (path, method.as_str()) {
            ("/customers", _) => json!({
                "data": [{ "id": "cust_1", "type": "INDIVIDUAL", "status": "ACTIVE", "created_at": at }],
                "pagination": { "has_more": true, "next_cursor": "cursor_2" },
            }),
            ("/customers/{id}", "GET") => json!({ "id": "cust_1", "type": "CORPORATION", "status": "ACTIVE_L2F",
                "corporation": { "name": "Lantern Quay" }, "created_at": at }),
            ("/customers/{id}", _) => json!({ "id": "cust_1", "email": "a@b.example", "updated_at": at }),
            (_, "GET") => {
                json!({ "id": "ind_2", "customer_id": "cust_1", "ownership_percentage": 30, "created_at": at })
            }
            _ => json!({ "id": "ind_2", "updated_at": at }),
        };
        (200, body)
    }
}
