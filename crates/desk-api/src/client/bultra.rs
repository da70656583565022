//! [`BultraClient`]: the calls of ../api/bultra.openapi.yaml, each with a token of its connection's [`Tokens`].
//!
//! A call is sent once. Only where the platform answers 401, which is never said of what was carried out, its token is thrown
//! away and the same call, to the byte, is sent with a new one.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;
use uuid::Uuid;

use super::answer::{self, Read, Refusal};
use super::blank::Blanks;
use super::options::Way;
use super::probe::millis_since;
use super::token_call;
use super::tokens::{Now, Token, Tokens};
use super::{Answer, ClientError, Line, Payload, ProxySettings, Timeouts, answered, header, trimmed};
use crate::base_url::BaseUrl;
use crate::call_error::{CallError, CallErrorKind};
use crate::wire::bultra::{is_page, is_patched, is_record};

/// Carries the id of an attempt to write (page 004: "certain endpoints" honour it).
const IDEMPOTENCY_HEADER: &str = "x-bultra-idempotency-id";

/// What a client of Bultra is made of.
#[derive(Debug)]
pub struct BultraOptions {
    /// The platform's address, `https://api.bultra.com/v1` and the like.
    pub base_url: BaseUrl,
    /// Where tokens come from, whole: a host of its own, by the same rules.
    pub token_url: BaseUrl,
    /// Sent to the token host alone, before the colon of Basic; so it holds none.
    pub client_id: SecretString,
    /// Sent to the token host alone, after the colon of Basic.
    pub client_secret: SecretString,
    /// What tokens are asked for; without it the token host decides.
    pub scope: Option<String>,
    /// Certificates of authorities to trust besides the system's, each a PEM file.
    pub extra_roots_pem: Vec<Vec<u8>>,
    /// A proxy that the user has set, for both hosts; none is used for this computer itself.
    pub proxy: Option<ProxySettings>,
    /// How long to wait; the whole of a call has its token in it.
    pub timeouts: Timeouts,
    /// The program's version, for the user agent `customer-desk/<version>`.
    pub version: String,
}

impl BultraOptions {
    pub(super) fn platform(&self) -> Way<'_> {
        Way {
            base_url: &self.base_url,
            extra_roots_pem: &self.extra_roots_pem,
            proxy: self.proxy.as_ref(),
            timeouts: self.timeouts,
            version: &self.version,
        }
    }

    pub(super) fn token_host(&self) -> Way<'_> {
        Way { base_url: &self.token_url, ..self.platform() }
    }

    pub(super) fn scope(&self) -> Option<&str> {
        self.scope.as_deref().map(str::trim).filter(|scope| !scope.is_empty())
    }

    /// The same with credentials that can be sent.
    pub(super) fn usable(mut self) -> Result<Self, ClientError> {
        self.client_id = trimmed(&self.client_id);
        self.client_secret = trimmed(&self.client_secret);
        header(&self.client_id).and(header(&self.client_secret))?;
        let has_colon = self.client_id.expose_secret().contains(':');
        if has_colon { Err(ClientError::Credentials) } else { Ok(self) }
    }

    /// What must not be kept of an answer: credentials, and the tokens that a call was sent with.
    pub(super) fn blanks(&self, tokens: &[Token]) -> Blanks {
        let basic = token_call::credentials(self);
        let own = [self.client_id.expose_secret(), self.client_secret.expose_secret(), basic.as_str()];
        Blanks::of(own.into_iter().chain(tokens.iter().map(Token::secret)))
    }
}

/// The client of one Bultra connection. Cheap to keep, holds a small pool of connections.
pub struct BultraClient {
    line: Line,
    options: BultraOptions,
    tokens: Arc<Tokens>,
}

/// Which part of the platform's list is asked for. What is `None` or blank is not sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListQuery<'a> {
    /// `type`: INDIVIDUAL or CORPORATION.
    pub party: Option<&'a str>,
    /// `status`: one of the six words of page 004.
    pub status: Option<&'a str>,
    /// How many rows; 20 where it is not said.
    pub limit: Option<u32>,
    /// Where to go on; the platform's own word.
    pub cursor: Option<&'a str>,
}

/// One call, as often as it is sent.
struct Request {
    method: Method,
    url: Option<Url>,
    /// The id of an attempt to write, and its body.
    write: Option<(String, Vec<u8>)>,
    recognise: fn(&Value) -> bool,
}

impl BultraClient {
    /// A client for these options. Opens no connection.
    ///
    /// # Errors
    /// [`ClientError`] where credentials cannot be sent, or proxy, roots or TLS cannot be set up.
    pub fn new(options: BultraOptions, tokens: Arc<Tokens>) -> Result<Self, ClientError> {
        let options = options.usable()?;
        let line = Line::to(&options.platform())?;
        Ok(Self { line, options, tokens })
    }

    /// One page of the customers, read by [`Page`](crate::wire::bultra::Page).
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn list(&self, query: &ListQuery<'_>, now_ms: i64) -> Result<Answer, CallError> {
        self.read(list_url(&self.options.base_url, query), is_page, now_ms).await
    }

    /// Reads one customer.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn customer(&self, id: &str, now_ms: i64) -> Result<Answer, CallError> {
        self.read(self.options.base_url.endpoint(&["customers", id]), is_record, now_ms).await
    }

    /// Reads one individual of a customer.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn individual(&self, customer: &str, id: &str, now_ms: i64) -> Result<Answer, CallError> {
        self.read(self.individual_url(customer, id), is_record, now_ms).await
    }

    /// Changes a customer's contact and address. The body is sent as it is, to the byte.
    ///
    /// # Errors
    /// [`CallError`]; what follows is [`outcome::of_patch`](crate::outcome::of_patch).
    pub async fn patch_customer(
        &self,
        id: &str,
        idempotency_id: &str,
        body: impl Into<Vec<u8>> + Send,
        now_ms: i64,
    ) -> Result<Answer, CallError> {
        let url = self.options.base_url.endpoint(&["customers", id]);
        self.patch(url, idempotency_id, body.into(), now_ms).await
    }

    /// The same of an individual.
    ///
    /// # Errors
    /// [`CallError`]; what follows is [`outcome::of_patch`](crate::outcome::of_patch).
    pub async fn patch_individual(
        &self,
        customer: &str,
        id: &str,
        idempotency_id: &str,
        body: impl Into<Vec<u8>> + Send,
        now_ms: i64,
    ) -> Result<Answer, CallError> {
        self.patch(self.individual_url(customer, id), idempotency_id, body.into(), now_ms).await
    }

    fn individual_url(&self, customer: &str, id: &str) -> Option<Url> {
        self.options.base_url.endpoint(&["customers", customer, "individuals", id])
    }

    async fn read(&self, url: Option<Url>, recognise: fn(&Value) -> bool, now_ms: i64) -> Result<Answer, CallError> {
        self.call(&Request { method: Method::GET, url, write: None, recognise }, now_ms).await
    }

    async fn patch(&self, url: Option<Url>, id: &str, body: Vec<u8>, now_ms: i64) -> Result<Answer, CallError> {
        let write = Some((id.to_owned(), body));
        self.call(&Request { method: Method::PATCH, url, write, recognise: is_patched }, now_ms).await
    }

    async fn call(&self, request: &Request, now_ms: i64) -> Result<Answer, CallError> {
        let (trace_id, now) = (Uuid::now_v7(), Now::of(now_ms));
        let mut used = Vec::new();
        let result = self.send(request, now, &mut used).await;
        let millis = millis_since(now.began());
        match result {
            Ok(read) => {
                let tokens = Blanks::of(used.iter().map(Token::secret));
                Ok(answered(tokens.in_success(read), trace_id, millis))
            }
            Err((kind, answer)) => {
                let blanks = self.options.blanks(&used);
                let answer = answer.map(|answer| blanks.in_answer(*answer));
                Err(CallError { kind, trace_id, answer, millis })
            }
        }
    }

    /// Sends a call, and once more where its token is refused. `used` gets the tokens that went along.
    async fn send(&self, request: &Request, now: Now, used: &mut Vec<Token>) -> Result<Read, Refusal> {
        // What cannot be sent needs no token.
        let first = self.prepared(request)?;
        let token = self.token(now).await?;
        used.push(token.clone());
        match self.send_with(first, request.recognise, &token, now).await {
            Err((CallErrorKind::AuthRefused, _)) => {}
            other => return other,
        }
        self.tokens.refused(&token);
        let second = self.prepared(request)?;
        let token = self.token(now).await?;
        used.push(token.clone());
        self.send_with(second, request.recognise, &token, now).await
    }

    fn prepared(&self, request: &Request) -> Result<Prepared, Refusal> {
        let unsendable = || (CallErrorKind::Unsendable, None);
        let url = request.url.clone().ok_or_else(unsendable)?;
        let prepared = self.line.request(request.method.clone(), url);
        let Some((id, body)) = &request.write else { return Ok((prepared, None)) };
        let id = HeaderValue::from_str(id).ok().filter(|id| !id.is_empty()).ok_or_else(unsendable)?;
        let prepared = prepared.header(HeaderName::from_static(IDEMPOTENCY_HEADER), id);
        Ok((prepared, Some(Payload::json(body.clone()))))
    }

    async fn send_with(
        &self,
        (request, body): Prepared,
        recognise: fn(&Value) -> bool,
        token: &Token,
        now: Now,
    ) -> Result<Read, Refusal> {
        // Asked when it came whether a header carries it.
        let bearer = token.header().ok_or((CallErrorKind::Unsendable, None))?;
        let Some(left) = self.left(now) else { return Err((CallErrorKind::Timeout { reached: false }, None)) };
        let response = self.line.send(request.header(AUTHORIZATION, bearer).timeout(left), body).await?;
        answer::read(response, recognise).await
    }

    async fn token(&self, now: Now) -> Result<Token, Refusal> {
        let ask = || async { token_call::ask(&self.options).await.result };
        let asked = tokio::time::timeout(self.left(now).unwrap_or_default(), self.tokens.get(now, ask));
        asked.await.unwrap_or_else(|_| Err(token_call::too_slow(&self.options)))
    }

    /// What is left of the time of a call.
    fn left(&self, now: Now) -> Option<Duration> {
        self.options.timeouts.total.checked_sub(now.began().elapsed()).filter(|left| !left.is_zero())
    }
}

/// A request without its token, and its body.
type Prepared = (reqwest::RequestBuilder, Option<Payload>);

/// The address of a page of the list.
pub(super) fn list_url(base_url: &BaseUrl, query: &ListQuery<'_>) -> Option<Url> {
    let mut url = base_url.endpoint(&["customers"])?;
    let limit = query.limit.map(|limit| limit.to_string());
    let pairs =
        [("type", query.party), ("status", query.status), ("limit", limit.as_deref()), ("cursor", query.cursor)];
    let said = pairs.into_iter().filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)));
    let said: Vec<(&str, &str)> = said.collect();
    if !said.is_empty() {
        url.query_pairs_mut().extend_pairs(said);
    }
    Some(url)
}

impl fmt::Debug for BultraClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BultraClient").field("base_url", &self.options.base_url.to_string()).finish_non_exhaustive()
    }
}
