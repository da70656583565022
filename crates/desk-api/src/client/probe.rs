//! [`probe`]: one call that says how far it came, for the test of a connection (UX B8).
//!
//! The way is gone twice. First a plain connection, which is closed at once: whether the host's name is found and the host
//! takes a connection, and how long that takes. Then the call itself, by the client that all other calls use, to the same
//! address. What that one's connection takes longer than the plain one is TLS.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Instant;

use chrono::DateTime;
use reqwest::header::DATE;
use reqwest::tls::TlsInfo;
use reqwest::{Method, Response};
use tokio::task::JoinSet;
use tower_layer::Layer;
use tower_service::Service;
use uuid::Uuid;

use super::{Answer, AxisfiClient, ClientError, ClientOptions, DetailBy, answer, answered, header, is_customer};
use crate::authority;
use crate::base_url::BaseUrl;
use crate::call_error::{CallError, CallErrorKind};

/// How far a call came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The host, or the proxy before it, was not found or took no connection.
    Nothing,
    /// The host took a connection, but TLS could not be set up.
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
    /// The platform's clock when it answered, where it says; whole seconds, as milliseconds since 1970 UTC.
    pub platform_ms: Option<i64>,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// What came of the call.
    pub result: Result<Answer, CallError>,
}

/// Asks for a customer, and notes what is found on the way.
///
/// # Errors
/// [`ClientError`] as for any other client; a call that fails is none, its [`Probe`] says so.
pub async fn probe(options: ClientOptions, by: DetailBy<'_>) -> Result<Probe, ClientError> {
    // Keys that cannot be sent need no connection.
    header(&options.api_key).and(header(&options.api_secret))?;
    let (trace_id, started) = (Uuid::now_v7(), Instant::now());
    let way = if options.is_proxied() { None } else { Some(reach(&options).await) };
    let way = match way {
        Some(Err(kind)) => {
            let error = CallError { kind, trace_id, answer: None, millis: millis_since(started) };
            return Ok(Probe::nowhere(error));
        }
        Some(Ok(way)) => Some(way),
        None => None,
    };
    let is_https = options.base_url.is_https();
    let timed = Timed::default();
    let client = AxisfiClient::measured(options, way.as_ref().map(|way| way.address), &timed)?;
    let sent = client.send(Method::GET, client.detail_url(by), None).await;
    let mut probe = Probe {
        reach: sent.as_ref().map_or_else(|(kind, _)| reached(kind, is_https && way.is_some()), |_| Reach::Platform),
        address_ms: way.as_ref().map(|way| way.found_ms),
        encryption_ms: None,
        certificate_until_ms: None,
        platform_ms: None,
        status: None,
        result: Err(CallError { kind: CallErrorKind::Unsendable, trace_id, answer: None, millis: 0 }),
    };
    if let (Some(way), Some(whole_ms), true) = (&way, timed.0.get(), is_https) {
        probe.encryption_ms = Some(whole_ms.saturating_sub(way.connected_ms));
    }
    let read = match sent {
        Ok(response) => {
            probe.look_at(&response);
            answer::read(response, is_customer).await
        }
        Err(refusal) => Err(refusal),
    };
    let millis = millis_since(started);
    probe.result =
        read.map(|read| answered(read, trace_id, millis)).map_err(|refusal| client.failed(refusal, trace_id, millis));
    Ok(probe)
}

impl Probe {
    fn nowhere(error: CallError) -> Self {
        Self {
            reach: Reach::Nothing,
            address_ms: None,
            encryption_ms: None,
            certificate_until_ms: None,
            platform_ms: None,
            status: None,
            result: Err(error),
        }
    }

    fn look_at(&mut self, response: &Response) {
        self.status = Some(response.status().as_u16());
        let date = response.headers().get(DATE).and_then(|date| date.to_str().ok());
        self.platform_ms =
            date.and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map(|date| date.timestamp_millis());
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

/// A host that took a connection.
struct Way {
    address: SocketAddr,
    /// From the name to the connection.
    found_ms: u64,
    /// The connection alone.
    connected_ms: u64,
}

async fn reach(options: &ClientOptions) -> Result<Way, CallErrorKind> {
    let started = Instant::now();
    let find = async {
        let addresses = addresses(&options.base_url).await?;
        // All at once: of two addresses of a host, one may lead nowhere and take its time to say so.
        let mut attempts = JoinSet::new();
        for address in addresses {
            attempts.spawn(async move {
                let begun = Instant::now();
                tokio::net::TcpStream::connect(address).await.map(|_| (address, millis_since(begun)))
            });
        }
        let mut last = CallErrorKind::Name;
        while let Some(attempt) = attempts.join_next().await {
            match attempt {
                Ok(Ok((address, connected_ms))) => {
                    return Ok(Way { address, found_ms: millis_since(started), connected_ms });
                }
                Ok(Err(error)) => last = kind_of(&error),
                Err(_) => last = CallErrorKind::Network { reached: false },
            }
        }
        Err(last)
    };
    let timeout = CallErrorKind::Timeout { reached: false };
    tokio::time::timeout(options.timeouts.connect, find).await.unwrap_or(Err(timeout))
}

/// The addresses that the client would try.
async fn addresses(base_url: &BaseUrl) -> Result<Vec<SocketAddr>, CallErrorKind> {
    let (host, port) = base_url.host_and_port().ok_or(CallErrorKind::Name)?;
    match host {
        url::Host::Ipv4(address) => Ok(vec![(address, port).into()]),
        url::Host::Ipv6(address) => Ok(vec![(address, port).into()]),
        url::Host::Domain(_) if base_url.is_loopback() => {
            Ok(vec![(Ipv4Addr::LOCALHOST, port).into(), (Ipv6Addr::LOCALHOST, port).into()])
        }
        url::Host::Domain(name) => {
            let found = tokio::net::lookup_host((name, port)).await.map_err(|_| CallErrorKind::Name)?;
            Ok(found.collect())
        }
    }
}

fn kind_of(error: &io::Error) -> CallErrorKind {
    let reached = false;
    match error.kind() {
        io::ErrorKind::ConnectionRefused => CallErrorKind::Refused,
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => CallErrorKind::Reset { reached },
        io::ErrorKind::TimedOut => CallErrorKind::Timeout { reached },
        _ => CallErrorKind::Network { reached },
    }
}

pub(super) fn millis_since(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// How long the first connection of a client took, TLS included.
#[derive(Clone, Default)]
pub(super) struct Timed(Arc<OnceLock<u64>>);

impl<S> Layer<S> for Timed {
    type Service = TimedConnector<S>;

    fn layer(&self, inner: S) -> Self::Service {
        TimedConnector { inner, timed: self.clone() }
    }
}

/// What makes the connections of a client, with a clock beside it.
#[derive(Clone)]
pub(super) struct TimedConnector<S> {
    inner: S,
    timed: Timed,
}

impl<S, R> Service<R> for TimedConnector<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let (connecting, timed, started) = (self.inner.call(request), self.timed.clone(), Instant::now());
        Box::pin(async move {
            let connected = connecting.await;
            // Only the first counts, and there is no other.
            let _ = timed.0.set(millis_since(started));
            connected
        })
    }
}
