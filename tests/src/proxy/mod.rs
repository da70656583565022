//! A proxy between the real client and the real sandbox, on real sockets, that goes wrong as a [`Plan`] says.
//!
//! Read in this order: [`plan`] (what goes wrong), this file (what a run can ask of it), `serve` (what becomes of one
//! connection), [`http`] (where a message ends). Beside what the plan says it can be shut and opened, tells when the first
//! whole write has arrived, and gives a write that it holds back to the platform when it is told to.

pub mod http;
pub mod plan;
mod serve;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

pub use http::Message;
pub use plan::{Instead, LookFault, Mode, Plan};

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 64;

/// Tells a run that the whole write is here; the proxy goes on when the run says so.
pub type Arrival = oneshot::Sender<()>;

/// A running proxy. Dropping it ends it and all its connections.
pub struct Proxy {
    /// Where the client finds it.
    pub addr: SocketAddr,
    shared: Arc<Shared>,
    // Keeps the port while the door is shut.
    _place: TcpSocket,
    task: JoinHandle<()>,
}

struct Shared {
    plan: Plan,
    upstream: SocketAddr,
    elsewhere: String,
    open: watch::Sender<bool>,
    ended: watch::Sender<bool>,
    busy: watch::Sender<u64>,
    writes: AtomicU64,
    looks: AtomicU64,
    forwarded: AtomicU64,
    held: Mutex<Option<Message>>,
    released: AtomicU64,
    arrival: Mutex<Option<oneshot::Sender<Arrival>>>,
    key: Mutex<Option<String>>,
    story: Mutex<Vec<String>>,
}

impl Proxy {
    /// Begins, shut in [`Mode::Refuse`]. `elsewhere` is the address of another host, `arrival` hears of the first whole
    /// write.
    ///
    /// # Errors
    /// No socket.
    pub fn start(
        plan: Plan,
        upstream: SocketAddr,
        elsewhere: String,
        arrival: Option<oneshot::Sender<Arrival>>,
    ) -> io::Result<Self> {
        let place = socket((Ipv4Addr::LOCALHOST, 0).into())?;
        let addr = place.local_addr()?;
        let shared = Arc::new(Shared {
            upstream,
            elsewhere,
            open: watch::Sender::new(plan.mode != Mode::Refuse),
            plan,
            ended: watch::Sender::new(false),
            busy: watch::Sender::new(0),
            writes: AtomicU64::new(0),
            looks: AtomicU64::new(0),
            forwarded: AtomicU64::new(0),
            held: Mutex::default(),
            released: AtomicU64::new(0),
            arrival: Mutex::new(arrival),
            key: Mutex::default(),
            story: Mutex::default(),
        });
        // Open before this answers: a client that comes at once must not find a door that is only about to open.
        let first = if *shared.open.borrow() { Some(listen(addr)?) } else { None };
        let task = tokio::spawn(accept(addr, first, Arc::clone(&shared)));
        Ok(Self { addr, shared, _place: place, task })
    }

    /// Serves only who brings this key; nobody else is counted.
    #[must_use]
    pub fn for_key(self, key: &str) -> Self {
        *lock(&self.shared.key) = Some(key.to_owned());
        self
    }

    /// Opens the door, or shuts it: then connections are refused. What is connected stays so.
    pub fn set_open(&self, open: bool) {
        if *self.shared.open.borrow() != open {
            self.shared.say(if open { "the proxy listens" } else { "the proxy refuses" });
            self.shared.open.send_replace(open);
        }
    }

    /// Whether connections are taken.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self.shared.open.borrow()
    }

    /// Whether a write is held back.
    #[must_use]
    pub fn holds(&self) -> bool {
        lock(&self.shared.held).is_some()
    }

    /// Gives the platform what is held back; whether there was something. The platform has it when this answers.
    ///
    /// # Errors
    /// The platform is gone.
    pub async fn release(&self) -> io::Result<bool> {
        let Some(held) = lock(&self.shared.held).take() else { return Ok(false) };
        let answer = serve::forward(&self.shared, &held).await?;
        self.shared.released.fetch_add(1, Ordering::Relaxed);
        self.shared.say(&format!("what was held back reaches the platform: {}", answer.first_line()));
        Ok(true)
    }

    /// How many writes that were held back the platform has now.
    #[must_use]
    pub fn released(&self) -> u64 {
        self.shared.released.load(Ordering::Relaxed)
    }

    /// Ends when no request is on its way to the platform.
    pub async fn idle(&self) {
        let _ = self.shared.busy.subscribe().wait_for(|busy| *busy == 0).await;
    }

    /// How many writes went to the platform.
    #[must_use]
    pub fn forwarded(&self) -> u64 {
        self.shared.forwarded.load(Ordering::Relaxed)
    }

    /// Takes what there is to tell since the last time.
    #[must_use]
    pub fn story(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.shared.story))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
        self.shared.ended.send_replace(true);
    }
}

impl Shared {
    fn say(&self, text: &str) {
        lock(&self.story).push(text.to_owned());
    }
}

/// Counts as a request on its way until it is dropped.
struct Busy<'a>(&'a Shared);

impl<'a> Busy<'a> {
    fn begin(shared: &'a Shared) -> Self {
        shared.busy.send_modify(|busy| *busy += 1);
        Self(shared)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.busy.send_modify(|busy| *busy -= 1);
    }
}

/// Bound, not listening: a port of which the system says "refused". Shared, so that a listener can come and go on it.
fn socket(addr: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseport(true)?;
    socket.bind(addr)?;
    Ok(socket)
}

fn listen(addr: SocketAddr) -> io::Result<TcpListener> {
    socket(addr)?.listen(BACKLOG)
}

async fn accept(addr: SocketAddr, mut listener: Option<TcpListener>, shared: Arc<Shared>) {
    let mut open = shared.open.subscribe();
    loop {
        let wanted = *open.borrow_and_update();
        if wanted != listener.is_some() {
            listener = if wanted { listen(addr).ok() } else { None };
        }
        let next = async {
            match &listener {
                Some(listener) => listener.accept().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            changed = open.changed() => if changed.is_err() { return },
            accepted = next => if let Ok((stream, _)) = accepted {
                let shared = Arc::clone(&shared);
                tokio::spawn(async move {
                    let mut ended = shared.ended.subscribe();
                    tokio::select! {
                        _ = ended.wait_for(|ended| *ended) => {}
                        // What goes wrong with a connection is what it is for.
                        _ = serve::connection(stream, &shared) => {}
                    }
                });
            },
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
