//! How far a host is: whether its name is found and it takes a connection, and how long that and TLS take.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Instant;

use tokio::task::JoinSet;
use tower_layer::Layer;
use tower_service::Service;

use super::options::Way;
use super::probe::millis_since;
use crate::base_url::BaseUrl;
use crate::call_error::CallErrorKind;

/// A host that took a connection.
pub(super) struct Found {
    pub(super) address: SocketAddr,
    /// From the name to the connection.
    pub(super) found_ms: u64,
    /// The connection alone.
    pub(super) connected_ms: u64,
}

pub(super) async fn reach(way: &Way<'_>) -> Result<Found, CallErrorKind> {
    let started = Instant::now();
    let find = async {
        let addresses = addresses(way.base_url).await?;
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
                    return Ok(Found { address, found_ms: millis_since(started), connected_ms });
                }
                Ok(Err(error)) => last = kind_of(&error),
                Err(_) => last = CallErrorKind::Network { reached: false },
            }
        }
        Err(last)
    };
    let timeout = CallErrorKind::Timeout { reached: false };
    tokio::time::timeout(way.timeouts.connect, find).await.unwrap_or(Err(timeout))
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

/// How long the first connection of a client took, TLS included.
#[derive(Clone, Default)]
pub(super) struct Timed(Arc<OnceLock<u64>>);

impl Timed {
    pub(super) fn get(&self) -> Option<u64> {
        self.0.get().copied()
    }
}

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
