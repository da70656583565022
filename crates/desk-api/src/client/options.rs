//! [`ClientOptions`] and how they become a reqwest client.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::{Certificate, Client, ClientBuilder, Proxy, redirect, retry, tls};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::base_url::BaseUrl;

/// Name, TCP and TLS together: a host that takes longer is down.
pub const CONNECT_TIMEOUT_S: u64 = 10;
/// Between two pieces of an answer, and before the first one.
pub const READ_TIMEOUT_S: u64 = 30;
/// The whole call. RELIABILITY "Exactly once" counts its quiet time from here.
pub const TOTAL_TIMEOUT_S: u64 = 60;
/// A kept connection is given up before most servers do, since one that a server closes while we write is an unknown
/// outcome.
pub const IDLE_CONNECTION_S: u64 = 15;

/// What a client is made of.
#[derive(Debug)]
pub struct ClientOptions {
    /// The platform's address.
    pub base_url: BaseUrl,
    /// Sent as `X-API-Key`, to that address alone.
    pub api_key: SecretString,
    /// Sent as `X-API-Secret`, to that address alone.
    pub api_secret: SecretString,
    /// Certificates of authorities to trust besides the system's, each a PEM file.
    pub extra_roots_pem: Vec<Vec<u8>>,
    /// A proxy that the user has set; none is taken from the environment, and none is used for this computer itself.
    pub proxy: Option<ProxySettings>,
    /// How long to wait.
    pub timeouts: Timeouts,
    /// The program's version, for the user agent `customer-desk/<version>`.
    pub version: String,
}

impl ClientOptions {
    pub(super) fn way(&self) -> Way<'_> {
        Way {
            base_url: &self.base_url,
            extra_roots_pem: &self.extra_roots_pem,
            proxy: self.proxy.as_ref(),
            timeouts: self.timeouts,
            version: &self.version,
        }
    }
}

/// A host, and how it is spoken to.
#[derive(Clone, Copy)]
pub(super) struct Way<'a> {
    pub(super) base_url: &'a BaseUrl,
    pub(super) extra_roots_pem: &'a [Vec<u8>],
    pub(super) proxy: Option<&'a ProxySettings>,
    pub(super) timeouts: Timeouts,
    pub(super) version: &'a str,
}

impl Way<'_> {
    /// Whether the proxy stands between the client and this host.
    pub(super) fn is_proxied(&self) -> bool {
        self.proxy.is_some() && !self.base_url.is_loopback()
    }
}

/// A proxy that the user has set.
#[derive(Debug, Clone)]
pub struct ProxySettings {
    /// Its http or https address, without credentials.
    pub address: Url,
    /// User name and password, where it wants them.
    pub credentials: Option<(String, SecretString)>,
}

/// Why a text is no proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProxyError {
    /// Not an http or https address of a host and a port alone.
    #[error("not the address of a proxy")]
    Unreadable,
    /// A user name or password stands in it: the address is kept and shown.
    #[error("credentials in the address")]
    Credentials,
}

impl ProxyError {
    /// The code of the page's catalogue.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "field.proxy",
            Self::Credentials => "field.proxy_credentials",
        }
    }
}

impl ProxySettings {
    /// Reads what a user typed, for a proxy that wants no credentials. White space around it is ignored; nothing is
    /// guessed, a missing scheme least of all.
    ///
    /// # Errors
    /// [`ProxyError`] says which rule the text breaks.
    pub fn parse(typed: &str) -> Result<Self, ProxyError> {
        let typed = typed.trim();
        if typed.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(ProxyError::Unreadable);
        }
        let address = Url::parse(typed).map_err(|_| ProxyError::Unreadable)?;
        if !matches!(address.scheme(), "http" | "https") || address.host_str().is_none_or(str::is_empty) {
            return Err(ProxyError::Unreadable);
        }
        if !address.username().is_empty() || address.password().is_some() {
            return Err(ProxyError::Credentials);
        }
        if address.path() != "/" || address.query().is_some() || address.fragment().is_some() {
            return Err(ProxyError::Unreadable);
        }
        Ok(Self { address, credentials: None })
    }
}

/// How long a call may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Until the connection stands.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub read: Duration,
    /// The whole call.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(CONNECT_TIMEOUT_S),
            read: Duration::from_secs(READ_TIMEOUT_S),
            total: Duration::from_secs(TOTAL_TIMEOUT_S),
        }
    }
}

/// Why a client cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// A key is empty.
    #[error("a key that is missing")]
    NoCredentials,
    /// A key holds characters that no header carries.
    #[error("a key that cannot be sent")]
    Credentials,
    /// The proxy's address is of no use.
    #[error("a proxy that cannot be used")]
    Proxy,
    /// An extra root is no certificate.
    #[error("an extra root that is no certificate")]
    Roots,
    /// TLS could not be set up; on a computer without any root certificate, for one.
    #[error("TLS cannot be set up")]
    Tls,
}

impl ClientError {
    /// The code of the page's catalogue.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoCredentials => "credentials.missing",
            Self::Credentials => "credentials.unusable",
            Self::Proxy => "network.proxy",
            Self::Roots | Self::Tls => "tls.other",
        }
    }
}

/// reqwest takes the process's provider of cryptography.
pub(crate) fn install_provider() {
    // An error means that one is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// The reqwest client, with nothing left to a default that another crate's features could change.
pub(super) fn build(way: &Way<'_>) -> Result<ClientBuilder, ClientError> {
    install_provider();
    let Way { base_url, timeouts, .. } = *way;
    let mut builder = Client::builder()
        .user_agent(format!("customer-desk/{}", way.version))
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .https_only(base_url.is_https())
        .http1_only()
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .no_proxy()
        .connect_timeout(timeouts.connect)
        .read_timeout(timeouts.read)
        .timeout(timeouts.total)
        .pool_idle_timeout(Duration::from_secs(IDLE_CONNECTION_S));

    if base_url.is_loopback() {
        // "localhost" is this computer whatever the resolver says; port 0 stands for the port of the address.
        let here = [SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), SocketAddr::from((Ipv6Addr::LOCALHOST, 0))];
        builder = builder.resolve_to_addrs("localhost", &here);
    } else if let Some(settings) = way.proxy {
        builder = builder.proxy(proxy(settings)?);
    }

    let roots = roots(way.extra_roots_pem)?;
    builder = builder.tls_version_min(tls::Version::TLS_1_2);
    Ok(if base_url.is_https() {
        if roots.is_empty() { builder } else { builder.tls_certs_merge(roots) }
    } else {
        // No TLS will be spoken, so the system's certificates are not read: the sandbox also starts where there are none.
        builder.tls_certs_only(roots)
    })
}

fn proxy(settings: &ProxySettings) -> Result<Proxy, ClientError> {
    if !matches!(settings.address.scheme(), "http" | "https") {
        return Err(ClientError::Proxy);
    }
    let proxy = Proxy::all(settings.address.clone()).map_err(|_| ClientError::Proxy)?;
    Ok(match &settings.credentials {
        Some((user, password)) => proxy.basic_auth(user, password.expose_secret()),
        None => proxy,
    })
}

fn roots(files: &[Vec<u8>]) -> Result<Vec<Certificate>, ClientError> {
    let mut roots = Vec::new();
    for file in files {
        let found = Certificate::from_pem_bundle(file).map_err(|_| ClientError::Roots)?;
        if found.is_empty() {
            return Err(ClientError::Roots);
        }
        roots.extend(found);
    }
    Ok(roots)
}
