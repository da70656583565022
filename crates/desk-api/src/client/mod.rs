//! [`AxisfiClient`]: one call, hardened as RELIABILITY "The network client" says. Read `options`, this file, `answer`
//! (from a response to a verdict), `failure` (from a fault of the network to its kind), `upload` (files), `probe` (how far a
//! call comes).

pub(crate) mod answer;
mod failure;
mod options;
mod probe;
mod upload;

use std::fmt;
use std::net::SocketAddr;
use std::time::Instant;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder, Response};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;
use uuid::Uuid;

use crate::base_url::BaseUrl;
use crate::call_error::{CallError, CallErrorKind, ErrorAnswer};
use crate::wire::axisfi::Customer;

pub(crate) use options::install_provider;
pub use options::{
    CONNECT_TIMEOUT_S, ClientError, ClientOptions, IDLE_CONNECTION_S, ProxyError, ProxySettings, READ_TIMEOUT_S,
    TOTAL_TIMEOUT_S, Timeouts,
};
pub use probe::{Probe, Reach, probe};
pub use upload::{Upload, UploadEncoding, Uploaded};

/// A customer is some kilobytes; more than this is no customer, and should not fill the memory.
pub const ANSWER_LIMIT_BYTES: usize = 5_000_000;

/// The client of one AxisFI connection. Cheap to keep, holds a small pool of connections.
pub struct AxisfiClient {
    http: reqwest::Client,
    proxied: bool,
    base_url: BaseUrl,
    api_key: SecretString,
    api_secret: SecretString,
}

/// A customer as the platform answered.
#[derive(Clone)]
pub struct Answer {
    /// The body as it came.
    pub raw: String,
    /// The body as JSON, with every digit and every key; recognised by
    /// [`Customer::recognise`](crate::wire::axisfi::Customer::recognise).
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
        let http = options::build(&options)?.build().map_err(|_| ClientError::Tls)?;
        Self::with(http, options)
    }

    /// The same, for one call whose way is measured: to `address` where it is known, with `timed` beside its connection.
    fn measured(
        options: ClientOptions,
        address: Option<SocketAddr>,
        timed: &probe::Timed,
    ) -> Result<Self, ClientError> {
        let mut builder = options::build(&options)?.tls_info(true).connector_layer(timed.clone());
        if let Some(address) = address {
            builder = builder.resolve(&options.base_url.host(), address);
        }
        Self::with(builder.build().map_err(|_| ClientError::Tls)?, options)
    }

    fn with(http: reqwest::Client, options: ClientOptions) -> Result<Self, ClientError> {
        let proxied = options.is_proxied();
        let ClientOptions { base_url, api_key, api_secret, .. } = options;
        let client = Self { http, proxied, base_url, api_key: trimmed(&api_key), api_secret: trimmed(&api_secret) };
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
        let json = |body: Vec<u8>| Payload { content_type: "application/json".to_owned(), body: body.into() };
        self.call_for(method, url, body.map(json), is_customer).await
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
        CallError { kind, trace_id, answer: answer.map(|answer| self.without_keys(*answer)), millis }
    }

    /// Sends a request and waits for the head of its answer.
    async fn send(&self, method: Method, url: Option<Url>, body: Option<Payload>) -> Result<Response, answer::Refusal> {
        let url = url.ok_or((CallErrorKind::Unsendable, None))?;
        let request = self.signed(self.http.request(method, url));
        let request = match body {
            Some(Payload { content_type, body }) => request.header(CONTENT_TYPE, content_type).body(body),
            None => request,
        };
        request.send().await.map_err(|fault| (failure::before_answer(&fault, self.proxied), None))
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        // No compression: the limit counts what arrives, and a small answer cannot unfold into a large one.
        let request = request.header(ACCEPT, "application/json").header(ACCEPT_ENCODING, "identity");
        match self.keys() {
            Ok((key, secret)) => request.header("X-API-Key", key).header("X-API-Secret", secret),
            // Tried in `new`, and unchanged since: without keys the platform answers 401.
            Err(_) => request,
        }
    }

    fn keys(&self) -> Result<(HeaderValue, HeaderValue), ClientError> {
        Ok((header(&self.api_key)?, header(&self.api_secret)?))
    }

    /// The answer with our keys blanked, should the platform repeat them: answers are kept and shown.
    fn without_keys(&self, mut answer: ErrorAnswer) -> ErrorAnswer {
        for secret in [self.api_key.expose_secret(), self.api_secret.expose_secret()] {
            if secret.len() < KEY_BLANKED_FROM_BYTES {
                continue;
            }
            let blank = |text: &mut String| {
                if text.contains(secret) {
                    *text = text.replace(secret, KEY_BLANKED);
                }
            };
            blank(&mut answer.raw);
            answer.message.iter_mut().for_each(blank);
            answer.code.iter_mut().for_each(blank);
            answer.platform_request_id.iter_mut().for_each(blank);
            answer.fields.iter_mut().for_each(|(field, message)| {
                blank(field);
                blank(message);
            });
        }
        answer
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

/// A call that gave a customer, for its caller.
fn answered(read: answer::Read, trace_id: Uuid, millis: u64) -> Answer {
    let answer::Read { raw, json, status, platform_request_id } = read;
    Answer { raw, json, status, trace_id, platform_request_id, millis }
}

/// A shorter key would blank ordinary words with it.
const KEY_BLANKED_FROM_BYTES: usize = 6;
/// Stands where the platform repeated a key of ours.
const KEY_BLANKED: &str = "\u{2022}\u{2022}\u{2022}\u{2022}";

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
