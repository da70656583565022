//! Servers that misbehave, each on a port of its own, and what they saw.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// What a server does once it has read a request, in order; afterwards it closes.
#[derive(Clone)]
pub enum Step {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Waits.
    Wait(Duration),
    /// Reads one more request on the same connection.
    Read,
    /// Cuts the connection with a reset.
    Reset,
    /// Keeps the connection open and says no more.
    Hang,
}

/// A server and what it saw. Ends when dropped.
pub struct Server {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Follows the steps on every connection.
    pub async fn following(steps: Vec<Step>) -> Self {
        Self::start(steps, None).await
    }

    /// The same over TLS.
    pub async fn over_tls(steps: Vec<Step>, tls: Arc<rustls::ServerConfig>) -> Self {
        Self::start(steps, Some(TlsAcceptor::from(tls))).await
    }

    /// Answers every request with these bytes.
    pub async fn answering(answer: impl Into<Vec<u8>>) -> Self {
        Self::following(vec![Step::Send(answer.into())]).await
    }

    /// Takes connections and reads nothing.
    pub async fn deaf() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        let task = tokio::spawn(async move {
            let mut kept = Vec::new();
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                kept.push(stream);
            }
        });
        Self { address, connections, requests: Arc::default(), task }
    }

    /// Answers whatever comes first in plain text, as an http port does to a TLS greeting.
    pub async fn deaf_to_tls() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(&answer("400 Bad Request", "", "")).await;
            }
        });
        Self { address, connections: Arc::default(), requests: Arc::default(), task }
    }

    async fn start(steps: Vec<Step>, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (count, seen) = (Arc::clone(&connections), Arc::clone(&requests));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                let (steps, seen, tls) = (steps.clone(), Arc::clone(&seen), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                follow(stream, &steps, &seen, |_| {}).await;
                            }
                        }
                        None => {
                            let abort = |stream: &TcpStream| stream.set_zero_linger().unwrap();
                            follow(stream, &steps, &seen, abort).await;
                        }
                    }
                });
            }
        });
        Self { address, connections, requests, task }
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The requests, each as it came: head and body.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// Its address as a base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same over TLS, by a name that certificates can be for.
    pub fn tls_url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn follow<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    steps: &[Step],
    seen: &Mutex<Vec<String>>,
    before_reset: impl Fn(&S),
) {
    if !read_request(&mut stream, seen).await {
        return;
    }
    for step in steps {
        match step {
            Step::Send(bytes) => {
                // The client may well have left already.
                let _ = stream.write_all(bytes).await;
                let _ = stream.flush().await;
            }
            Step::Wait(time) => tokio::time::sleep(*time).await,
            Step::Read => {
                if !read_request(&mut stream, seen).await {
                    return;
                }
            }
            Step::Reset => return before_reset(&stream),
            Step::Hang => tokio::time::sleep(Duration::from_secs(600)).await,
        }
    }
    let _ = stream.shutdown().await;
}

async fn read_request<S: AsyncRead + Unpin>(stream: &mut S, seen: &Mutex<Vec<String>>) -> bool {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return false,
            Ok(n) => bytes.extend_from_slice(&buffer[..n]),
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = header(head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
            if body.len() >= length {
                seen.lock().unwrap().push(text);
                return true;
            }
        }
    }
}

/// A header of a head or of a whole request.
pub fn header(request: &str, name: &str) -> Option<String> {
    let lines = request.lines().take_while(|line| !line.is_empty());
    let mut pairs = lines.filter_map(|line| line.split_once(':'));
    pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
}

/// An answer with a content length.
pub fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n{body}").into_bytes()
}

/// A JSON answer.
pub fn json(status: &str, body: &str) -> Vec<u8> {
    answer(status, "content-type: application/json\r\n", body)
}
