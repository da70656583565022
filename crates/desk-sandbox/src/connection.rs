//! A connection that can be told to go wrong below HTTP, where axum cannot: reset, cut, drip, and severed by a stop.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::watch,
    time::{Instant, Sleep, sleep_until},
};

/// What becomes of the next bytes of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Fate {
    #[default]
    Whole,
    /// Reset before a byte is written.
    Reset,
    /// Closed after the head and this many bytes of the body.
    Cut { body_bytes: usize },
    /// So many bytes, a pause, and again.
    Drip { bytes: usize, pause: Duration },
}

/// How a handler tells its connection what to do.
#[derive(Debug, Clone, Default)]
pub(crate) struct FateHandle(Arc<Mutex<Fate>>);

impl FateHandle {
    pub(crate) fn set(&self, fate: Fate) {
        *self.lock() = fate;
    }

    pub(crate) fn get(&self) -> Fate {
        *self.lock()
    }

    fn lock(&self) -> MutexGuard<'_, Fate> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Accepts connections that can go wrong.
pub(crate) struct FaultyListener {
    pub(crate) listener: TcpListener,
    pub(crate) stopped: watch::Receiver<bool>,
}

impl Listener for FaultyListener {
    type Io = FaultyConnection;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, addr) = Listener::accept(&mut self.listener).await;
        // Small answers leave at once; a failure costs time only.
        let _ = stream.set_nodelay(true);
        (FaultyConnection::new(stream, self.stopped.clone()), addr)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, FaultyListener>> for FateHandle {
    fn connect_info(stream: IncomingStream<'_, FaultyListener>) -> Self {
        stream.io().fate.clone()
    }
}

/// One connection.
pub(crate) struct FaultyConnection {
    stream: TcpStream,
    fate: FateHandle,
    /// Done when the sandbox stops; polled with every read, so that an idle connection closes too.
    stopped: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    head: HeadEnd,
    body_written: usize,
    pause: Option<Pin<Box<Sleep>>>,
}

impl FaultyConnection {
    fn new(stream: TcpStream, mut stopped: watch::Receiver<bool>) -> Self {
        let stopped = Box::pin(async move {
            // A sandbox that was dropped has stopped as well.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        });
        let (fate, head) = (FateHandle::default(), HeadEnd::default());
        Self { stream, fate, stopped: Some(stopped), head, body_written: 0, pause: None }
    }

    /// Writes what is left before the cut, and fails once nothing is.
    fn write_until_cut(&mut self, cx: &mut Context<'_>, bytes: &[u8], body_bytes: usize) -> Poll<io::Result<usize>> {
        let allowed = match self.head.clone().find(bytes) {
            None => bytes.len(),
            Some(body_start) => (body_start + body_bytes.saturating_sub(self.body_written)).min(bytes.len()),
        };
        if allowed == 0 && !bytes.is_empty() {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let written = ready!(Pin::new(&mut self.stream).poll_write(cx, &bytes[..allowed]))?;
        if let Some(body_start) = self.head.find(&bytes[..written]) {
            self.body_written += written - body_start;
        }
        Poll::Ready(Ok(written))
    }

    fn write_drop(
        &mut self,
        cx: &mut Context<'_>,
        bytes: &[u8],
        most: usize,
        pause: Duration,
    ) -> Poll<io::Result<usize>> {
        let sleep = self.pause.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + pause)));
        ready!(sleep.as_mut().poll(cx));
        self.pause = None;
        Pin::new(&mut self.stream).poll_write(cx, &bytes[..most.max(1).min(bytes.len())])
    }
}

impl AsyncRead for FaultyConnection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if let Some(stopped) = &mut self.stopped
            && stopped.as_mut().poll(cx).is_ready()
        {
            self.stopped = None;
        }
        if self.stopped.is_none() {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for FaultyConnection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.fate.get() {
            Fate::Whole => Pin::new(&mut self.stream).poll_write(cx, bytes),
            Fate::Reset => {
                // Closing with a linger of zero sends RST in place of FIN.
                self.stream.set_zero_linger()?;
                Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
            }
            Fate::Cut { body_bytes } => self.write_until_cut(cx, bytes, body_bytes),
            Fate::Drip { bytes: most, pause } => self.write_drop(cx, bytes, most, pause),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// Finds where the head of an answer ends, over any number of writes.
#[derive(Debug, Clone, Default)]
struct HeadEnd {
    matched: usize,
}

impl HeadEnd {
    const PATTERN: &[u8] = b"\r\n\r\n";

    /// Where the body begins in these bytes: 0 if it began before them, `None` if it has not begun yet.
    fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while self.matched < Self::PATTERN.len() {
            let byte = *bytes.get(at)?;
            self.matched = match byte {
                _ if byte == Self::PATTERN[self.matched] => self.matched + 1,
                b'\r' => 1,
                _ => 0,
            };
            at += 1;
        }
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_head_is_found_however_it_is_split() {
        let answer = b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody";
        for split in 0..answer.len() {
            let mut head = HeadEnd::default();
            let (first, second) = answer.split_at(split);
            let body = match head.find(first) {
                Some(start) => first.len() - start + second.len(),
                None => second.len() - head.find(second).expect("the head ends in the second part"),
            };
            assert_eq!(body, 4, "split at {split}");
        }
    }
}
