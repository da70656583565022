//! Platforms that answer badly on purpose, with real sockets and real TLS.

use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::process::Trouble;

/// What is wrong with a platform's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certificate {
    /// Its time is over; the authority is trusted.
    Expired,
    /// It is for another host; the authority is trusted.
    WrongHost,
    /// No authority that this computer trusts has signed it.
    SelfSigned,
}

/// The authority of the tests, made anew for each run.
static AUTHORITY: LazyLock<Option<CertifiedIssuer<'static, KeyPair>>> = LazyLock::new(|| {
    let mut params = CertificateParams::new(Vec::new()).ok()?;
    params.distinguished_name.push(DnType::CommonName, "Authority of the tests");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().ok()?).ok()
});

impl Certificate {
    /// The certificate of the authority, as PEM.
    #[must_use]
    pub fn authority_pem() -> String {
        AUTHORITY.as_ref().map(|authority| authority.pem()).unwrap_or_default()
    }

    fn config(self) -> Result<ServerConfig, Trouble> {
        let name = if self == Self::WrongHost { "another.example" } else { "localhost" };
        let mut params = CertificateParams::new(vec![name.to_owned()])?;
        if self == Self::Expired {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2021, 1, 1);
        }
        let key = KeyPair::generate()?;
        let certificate = match (self, AUTHORITY.as_ref()) {
            (Self::SelfSigned, _) | (_, None) => params.self_signed(&key)?,
            (_, Some(authority)) => params.signed_by(&key, authority)?,
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let chain = vec![CertificateDer::from(certificate.der().to_vec())];
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        Ok(config.with_no_client_auth().with_single_cert(chain, key)?)
    }
}

/// A platform on the loopback address.
pub struct Platform {
    scheme: &'static str,
    port: u16,
    connections: Arc<AtomicUsize>,
}

impl Platform {
    /// Answers every request with this.
    ///
    /// # Errors
    /// No socket.
    pub async fn answering(status: u16, kind: &str, body: &str) -> Result<Self, Trouble> {
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
        );
        Self::saying(head + body).await
    }

    /// Says less than it announced.
    ///
    /// # Errors
    /// No socket.
    pub async fn cutting() -> Result<Self, Trouble> {
        let head =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\nconnection: close\r\n\r\n";
        Self::saying(format!("{head}{{\"customer_id\": \"cus_")).await
    }

    /// Sends every request elsewhere.
    ///
    /// # Errors
    /// No socket.
    pub async fn redirecting(to: &Self) -> Result<Self, Trouble> {
        let head = "HTTP/1.1 307 X\r\ncontent-length: 0\r\nconnection: close\r\nlocation: ";
        Self::saying(format!("{head}{}/api/customers/create\r\n\r\n", to.base_url())).await
    }

    /// Only counts who comes.
    ///
    /// # Errors
    /// No socket.
    pub async fn watching() -> Result<Self, Trouble> {
        Self::answering(200, "application/json", "{}").await
    }

    /// Speaks TLS with something wrong.
    ///
    /// # Errors
    /// No socket, or a certificate that cannot be made.
    pub async fn tls(certificate: Certificate) -> Result<Self, Trouble> {
        let acceptor = TlsAcceptor::from(Arc::new(certificate.config()?));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let (port, connections) = (listener.local_addr()?.port(), Arc::new(AtomicUsize::new(0)));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        let _ = answer(stream, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
                    }
                });
            }
        });
        Ok(Self { scheme: "https", port, connections })
    }

    /// What a user types as base URL.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}://localhost:{}", self.scheme, self.port)
    }

    /// How often somebody connected.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    async fn saying(text: String) -> Result<Self, Trouble> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let (port, connections) = (listener.local_addr()?.port(), Arc::new(AtomicUsize::new(0)));
        let (count, text) = (Arc::clone(&connections), Arc::new(text));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::Relaxed);
                let text = Arc::clone(&text);
                tokio::spawn(async move { answer(stream, &text).await });
            }
        });
        Ok(Self { scheme: "http", port, connections })
    }
}

/// Reads a whole request, so that the client is never reset while it still writes, and answers.
async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin, text: &str) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let read = stream.read(&mut piece).await?;
        request.extend_from_slice(&piece[..read]);
        if read == 0 || is_whole(&request) {
            break;
        }
    }
    stream.write_all(text.as_bytes()).await?;
    stream.shutdown().await
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(str::to_owned));
    length.and_then(|length| length.trim().parse::<usize>().ok()).is_none_or(|length| body.len() >= length)
}
