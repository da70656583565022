//! [`probe`] and [`probe_bultra`]: one call that says how far it came, for the test of a connection (UX B8).
//!
//! The way is gone twice. First a plain connection, which is closed at once: whether the host's name is found and the host
//! takes a connection, and how long that takes. Then the call itself, by the client that all other calls use, to the same
//! address. What that one's connection takes longer than the plain one is TLS. Of Bultra a token is asked for in between.

use std::time::Instant;

use reqwest::header::AUTHORIZATION;
use reqwest::tls::TlsInfo;
use reqwest::{Method, Response};
use serde_json::Value;
use uuid::Uuid;

use super::answer::{self, Refusal};
use super::bultra::{BultraOptions, ListQuery, list_url};
use super::options::{self, Way};
use super::tokens::Token;
use super::way::{Found, Timed, reach};
use super::{
    Answer, AxisfiClient, ClientError, ClientOptions, DetailBy, Line, answered, header, is_customer, token_call,
};
use crate::authority;
use crate::call_error::{CallError, CallErrorKind};
use crate::wire::bultra::is_page;

/// How far a call came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The host, or the proxy before it, was not found or took no connection.
    Nothing,
    /// The host took a connection, but TLS could not be set up; or was not tried, because there was no token.
    Host,
    /// A request could be sent.
    Platform,
}

/// What a call found on its way.
#[derive(Debug)]
pub struct Probe {
    /// How far it came.
    pub reach: Reach,
    /// How long it took until the host had taken a connection; not known behind a proxy.
    pub address_ms: Option<u64>,
    /// How long TLS took to be set up; not known behind a proxy.
    pub encryption_ms: Option<u64>,
    /// The end of the certificate's time, in milliseconds since 1970 UTC; not known behind a proxy.
    pub certificate_until_ms: Option<i64>,
    /// The platform's clock when it answered, or else the token host's, where one of them says; whole seconds, as
    /// milliseconds since 1970 UTC.
    pub platform_ms: Option<i64>,
    /// What came of the token call; `None` where none was made.
    pub token: Option<TokenProbe>,
    /// The HTTP status of the platform, where there was an answer.
    pub status: Option<u16>,
    /// What came of the call, or of the token call where there was no token.
    pub result: Result<Answer, CallError>,
}

/// What came of a token call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenProbe {
    /// Whether there is a token. Where there is none, nothing was sent to the platform, and the result says why.
    pub works: bool,
    /// How long it took.
    pub millis: u64,
    /// The HTTP status of the token host, where there was an answer.
    pub status: Option<u16>,
}

/// Asks for a customer, and notes what is found on the way.
///
/// # Errors
/// [`ClientError`] as for any other client; a call that fails is none, its [`Probe`] says so.
pub async fn probe(options: ClientOptions, by: DetailBy<'_>) -> Result<Probe, ClientError> {
    // Keys that cannot be sent need no connection.
    header(&options.api_key).and(header(&options.api_secret))?;
    let mut walk = match Walk::begin(&options.way()).await {
        Ok(walk) => walk,
        Err(nowhere) => return Ok(*nowhere),
    };
    let client = AxisfiClient::with(walk.line(&options.way())?, options)?;
    let sent = client.send(Method::GET, client.detail_url(by), None).await;
    let read = walk.read(sent, is_customer).await;
    let trace_id = walk.trace_id;
    Ok(walk.end(read.map_err(|refusal| client.failed(refusal, trace_id, 0))))
}

/// Asks for a token, always for a new one, and then for one row of the list; notes what is found on the way.
///
/// # Errors
/// [`ClientError`] as for any other client; a call that fails is none, its [`Probe`] says so.
pub async fn probe_bultra(options: BultraOptions) -> Result<Probe, ClientError> {
    let options = options.usable()?;
    let mut walk = match Walk::begin(&options.platform()).await {
        Ok(walk) => walk,
        Err(nowhere) => return Ok(*nowhere),
    };
    let begun = Instant::now();
    let asked = token_call::ask(&options).await;
    let works = asked.result.is_ok();
    walk.probe.token = Some(TokenProbe { works, millis: millis_since(begun), status: asked.status });
    walk.probe.platform_ms = asked.host_ms;
    let trace_id = walk.trace_id;
    let failed = |(kind, answer): Refusal, tokens: &[Token]| {
        let blanks = options.blanks(tokens);
        CallError { kind, trace_id, answer: answer.map(|answer| blanks.in_answer(*answer)), millis: 0 }
    };
    let token = match asked.result {
        Ok(given) => Token::once(given),
        Err(refusal) => {
            walk.probe.reach = Reach::Host;
            return Ok(walk.end(Err(failed(refusal, &[]))));
        }
    };
    let line = walk.line(&options.platform())?;
    let query = ListQuery { limit: Some(1), ..ListQuery::default() };
    let sent = match (list_url(&options.base_url, &query), token.header()) {
        (Some(url), Some(bearer)) => {
            line.send(line.request(Method::GET, url).header(AUTHORIZATION, bearer), None).await
        }
        _ => Err((CallErrorKind::Unsendable, None)),
    };
    let read = walk.read(sent, is_page).await;
    Ok(walk.end(read.map_err(|refusal| failed(refusal, &[token]))))
}

/// A probe under way.
struct Walk {
    trace_id: Uuid,
    started: Instant,
    /// Not known behind a proxy.
    found: Option<Found>,
    timed: Timed,
    is_https: bool,
    probe: Probe,
}

impl Walk {
    /// Looks for the host. A probe that ends there is the error.
    async fn begin(way: &Way<'_>) -> Result<Self, Box<Probe>> {
        let (trace_id, started) = (Uuid::now_v7(), Instant::now());
        let nothing = CallError { kind: CallErrorKind::Unsendable, trace_id, answer: None, millis: 0 };
        let mut probe = Probe {
            reach: Reach::Nothing,
            address_ms: None,
            encryption_ms: None,
            certificate_until_ms: None,
            platform_ms: None,
            token: None,
            status: None,
            result: Err(nothing),
        };
        let found = if way.is_proxied() { None } else { Some(reach(way).await) };
        let found = match found {
            Some(Err(kind)) => {
                probe.result = Err(CallError { kind, trace_id, answer: None, millis: millis_since(started) });
                return Err(Box::new(probe));
            }
            Some(Ok(found)) => Some(found),
            None => None,
        };
        probe.address_ms = found.as_ref().map(|found| found.found_ms);
        let is_https = way.base_url.is_https();
        Ok(Self { trace_id, started, found, timed: Timed::default(), is_https, probe })
    }

    /// What the call is sent by: to the address that was found, with a clock beside its connection.
    fn line(&self, way: &Way<'_>) -> Result<Line, ClientError> {
        let mut builder = options::build(way)?.tls_info(true).connector_layer(self.timed.clone());
        if let Some(found) = &self.found {
            builder = builder.resolve(&way.base_url.host(), found.address);
        }
        Ok(Line { http: builder.build().map_err(|_| ClientError::Tls)?, proxied: way.is_proxied() })
    }

    /// Notes how far it came, and reads what was answered.
    async fn read(
        &mut self,
        sent: Result<Response, Refusal>,
        recognise: fn(&Value) -> bool,
    ) -> Result<answer::Read, Refusal> {
        let connected = self.is_https && self.found.is_some();
        self.probe.reach = sent.as_ref().map_or_else(|(kind, _)| reached(kind, connected), |_| Reach::Platform);
        if let (Some(found), Some(whole_ms), true) = (&self.found, self.timed.get(), self.is_https) {
            self.probe.encryption_ms = Some(whole_ms.saturating_sub(found.connected_ms));
        }
        let response = sent?;
        self.probe.look_at(&response);
        answer::read(response, recognise).await
    }

    fn end(self, result: Result<answer::Read, CallError>) -> Probe {
        let (trace_id, millis) = (self.trace_id, millis_since(self.started));
        let result = match result {
            Ok(read) => Ok(answered(read, trace_id, millis)),
            Err(error) => Err(CallError { millis, ..error }),
        };
        Probe { result, ..self.probe }
    }
}

impl Probe {
    fn look_at(&mut self, response: &Response) {
        self.status = Some(response.status().as_u16());
        self.platform_ms = answer::date_ms(response.headers()).or(self.platform_ms);
        let certificate = response.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate);
        self.certificate_until_ms = certificate.and_then(authority::until_ms);
    }
}

/// How far a call came that ended before an answer. `connected`: a connection was made right before, so that what failed
/// now is TLS.
fn reached(kind: &CallErrorKind, connected: bool) -> Reach {
    match kind {
        CallErrorKind::TlsExpired
        | CallErrorKind::TlsWrongHost
        | CallErrorKind::TlsUntrusted
        | CallErrorKind::TlsOther => Reach::Host,
        kind if !kind.certainly_not_sent() => Reach::Platform,
        _ if connected => Reach::Host,
        _ => Reach::Nothing,
    }
}

pub(super) fn millis_since(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}
