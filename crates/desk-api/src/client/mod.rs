//! [`AxisfiClient`]: one call, hardened as RELIABILITY "The network client" says. Read `options`, this file, `answer`
//! (from a response to a verdict), `failure` (from a fault of the network to its kind), `blank` (keys out of what is kept),
//! `upload` (files), `probe` (how far a call comes); then `bultra`, the client of the other platform, with `tokens` (one for
//! many calls) and `token_call` (how one is asked for).

pub(crate) mod answer;
mod blank;
mod bultra;
mod failure;
mod options;
mod probe;
mod token_call;
mod tokens;
mod upload;
mod way;

use std::fmt;
use std::time::Instant;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder, Response};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;
use uuid::Uuid;

use crate::base_url::BaseUrl;
use crate::call_error::{CallError, CallErrorKind};
use crate::wire::axisfi::Customer;

use blank::Blanks;
pub use bultra::{BultraClient, BultraOptions, ListQuery};
pub(crate) use options::install_provider;
pub use options::{
    CONNECT_TIMEOUT_S, ClientError, ClientOptions, IDLE_CONNECTION_S, ProxyError, ProxySettings, READ_TIMEOUT_S,
    TOTAL_TIMEOUT_S, Timeouts,
};
pub use probe::{Probe, Reach, TokenProbe, probe, probe_bultra};
pub use tokens::Tokens;
pub use upload::{Upload, UploadEncoding, Uploaded};

/// A customer is some kilobytes; more than this is no customer, and should not fill the memory.
pub const ANSWER_LIMIT_BYTES: usize = 5_000_000;

/// The client of one AxisFI connection. Cheap to keep, holds a small pool of connections.
pub struct AxisfiClient {
    line: Line,
    base_url: BaseUrl,
    api_key: SecretString,
    api_secret: SecretString,
}

/// A customer as the platform answered; of Bultra also an individual or a page of its list.
#[derive(Clone)]
pub struct Answer {
    /// The body as it came.
    pub raw: String,
    /// The body as JSON, with every digit and every key; recognised by
    /// [`Customer::recognise`](crate::wire::axisfi::Customer::recognise), or by [`crate::wire::bultra`].
    pub json: Value,
    /// The HTTP status, 200 to 299.
    pub status: u16,
    /// The id of the call; ours alone, never sent.
    pub trace_id: Uuid,
    /// `x-request-id` of the platform, where it sent one.
    pub platform_request_id: Option<String>,
    /// How long the call took, in milliseconds.
    pub millis: u64,
}

/// Which customer a detail call asks for: exactly one id, since no page says what both or neither would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailBy<'a> {
    /// The platform's id.
    CustomerId(&'a str),
    /// Our id.
    PartnerCustomerId(&'a str),
}

impl AxisfiClient {
    /// A client for these options. Opens no connection.
    ///
    /// # Errors
    /// [`ClientError`] where a key cannot be sent, or proxy, roots or TLS cannot be set up.
    pub fn new(options: ClientOptions) -> Result<Self, ClientError> {
        let line = Line::to(&options.way())?;
        Self::with(line, options)
    }

    fn with(line: Line, options: ClientOptions) -> Result<Self, ClientError> {
        let ClientOptions { base_url, api_key, api_secret, .. } = options;
        let client = Self { line, base_url, api_key: trimmed(&api_key), api_secret: trimmed(&api_secret) };
        client.keys().map(|_| client)
    }

    /// Creates a customer. The body is sent as it is, to the byte.
    ///
    /// # Errors
    /// [`CallError`]; what follows is [`outcome::of_create`](crate::outcome::of_create).
    pub async fn create(&self, body: impl Into<Vec<u8>> + Send) -> Result<Answer, CallError> {
        let url = self.base_url.endpoint(&["api", "customers", "create"]);
        self.call(Method::POST, url, Some(body.into())).await
    }

    /// Updates a customer. The body is sent as it is, to the byte.
    ///
    /// # Errors
    /// [`CallError`]; what follows is [`outcome::of_update`](crate::outcome::of_update).
    pub async fn update(&self, customer_id: &str, body: impl Into<Vec<u8>> + Send) -> Result<Answer, CallError> {
        let url = self.base_url.endpoint(&["api", "customers", customer_id, "update"]);
        self.call(Method::POST, url, Some(body.into())).await
    }

    /// Reads one customer.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn detail(&self, by: DetailBy<'_>) -> Result<Answer, CallError> {
        self.call(Method::GET, self.detail_url(by), None).await
    }

    fn detail_url(&self, by: DetailBy<'_>) -> Option<Url> {
        let (name, id) = match by {
            DetailBy::CustomerId(id) => ("customer_id", id),
            DetailBy::PartnerCustomerId(id) => ("partner_customer_id", id),
        };
        // An empty id would ask for any customer at all.
        let url = self.base_url.endpoint(&["api", "customers", "detail"]).filter(|_| !id.is_empty());
        url.map(|mut url| {
            url.query_pairs_mut().append_pair(name, id);
            url
        })
    }

    async fn call(&self, method: Method, url: Option<Url>, body: Option<Vec<u8>>) -> Result<Answer, CallError> {
        self.call_for(method, url, body.map(Payload::json), is_customer).await
    }

    /// The same for whatever is recognised in an answer.
    async fn call_for(
        &self,
        method: Method,
        url: Option<Url>,
        body: Option<Payload>,
        recognise: fn(&Value) -> bool,
    ) -> Result<Answer, CallError> {
        let trace_id = Uuid::now_v7();
        let started = Instant::now();
        let read = match self.send(method, url, body).await {
            Ok(response) => answer::read(response, recognise).await,
            Err(refusal) => Err(refusal),
        };
        let millis = probe::millis_since(started);
        read.map(|read| answered(read, trace_id, millis)).map_err(|refusal| self.failed(refusal, trace_id, millis))
    }

    /// A call that gave no customer, for its caller.
    fn failed(&self, (kind, answer): answer::Refusal, trace_id: Uuid, millis: u64) -> CallError {
        let keys = Blanks::of([self.api_key.expose_secret(), self.api_secret.expose_secret()]);
        CallError { kind, trace_id, answer: answer.map(|answer| keys.in_answer(*answer)), millis }
    }

    /// Sends a request and waits for the head of its answer.
    async fn send(&self, method: Method, url: Option<Url>, body: Option<Payload>) -> Result<Response, answer::Refusal> {
        let url = url.ok_or((CallErrorKind::Unsendable, None))?;
        let request = self.line.request(method, url);
        let request = match self.keys() {
            Ok((key, secret)) => request.header("X-API-Key", key).header("X-API-Secret", secret),
            // Tried in `new`, and unchanged since: without keys the platform answers 401.
            Err(_) => request,
        };
        self.line.send(request, body).await
    }

    fn keys(&self) -> Result<(HeaderValue, HeaderValue), ClientError> {
        Ok((header(&self.api_key)?, header(&self.api_secret)?))
    }
}

fn is_customer(answer: &Value) -> bool {
    Customer::recognise(answer).is_some()
}

/// What a request carries.
struct Payload {
    content_type: String,
    body: reqwest::Body,
}

impl Payload {
    fn json(body: Vec<u8>) -> Self {
        Self { content_type: "application/json".to_owned(), body: body.into() }
    }
}

/// What speaks to one host.
struct Line {
    http: reqwest::Client,
    proxied: bool,
}

impl Line {
    fn to(way: &options::Way<'_>) -> Result<Self, ClientError> {
        let http = options::build(way)?.build().map_err(|_| ClientError::Tls)?;
        Ok(Self { http, proxied: way.is_proxied() })
    }

    fn request(&self, method: Method, url: Url) -> RequestBuilder {
        // No compression: the limit counts what arrives, and a small answer cannot unfold into a large one.
        self.http.request(method, url).header(ACCEPT, "application/json").header(ACCEPT_ENCODING, "identity")
    }

    /// Sends a request and waits for the head of its answer.
    async fn send(&self, request: RequestBuilder, body: Option<Payload>) -> Result<Response, answer::Refusal> {
        let request = match body {
            Some(Payload { content_type, body }) => request.header(CONTENT_TYPE, content_type).body(body),
            None => request,
        };
        request.send().await.map_err(|fault| (failure::before_answer(&fault, self.proxied), None))
    }
}

/// A call that gave a customer, for its caller.
fn answered(read: answer::Read, trace_id: Uuid, millis: u64) -> Answer {
    let answer::Read { raw, json, status, platform_request_id } = read;
    Answer { raw, json, status, trace_id, platform_request_id, millis }
}

/// A key as a header that no `Debug` prints. It lives as long as the request.
fn header(secret: &SecretString) -> Result<HeaderValue, ClientError> {
    let text = secret.expose_secret();
    if text.trim().is_empty() {
        return Err(ClientError::NoCredentials);
    }
    if !can_be_sent(secret) {
        return Err(ClientError::Credentials);
    }
    let mut value = HeaderValue::from_str(text.trim()).map_err(|_| ClientError::Credentials)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Whether a header carries a key, white space around it left out.
#[must_use]
pub fn can_be_sent(key: &SecretString) -> bool {
    // Other bytes would pass as a header, and every server reads them differently.
    key.expose_secret().trim().bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

/// A pasted key often brings a line end along, which no header can carry.
fn trimmed(secret: &SecretString) -> SecretString {
    SecretString::from(secret.expose_secret().trim())
}

impl fmt::Debug for AxisfiClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AxisfiClient").field("base_url", &self.base_url.to_string()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Answer {
    /// Without the customer: personal data belongs in no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("trace_id", &self.trace_id)
            .field("raw_bytes", &self.raw.len())
            .field("millis", &self.millis)
            .finish_non_exhaustive()
    }
}
