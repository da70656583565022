//! What becomes of one connection.

use std::io;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use super::http::Message;
use super::plan::{Instead, LookFault, Mode};
use super::{Busy, Shared, lock};

/// Bytes and pause of a drip that is slower than any patience here, and of one that comes to its end.
const SLOW_DRIP: (usize, Duration) = (4, Duration::from_millis(25));
const FAST_DRIP: (usize, Duration) = (256, Duration::from_millis(1));

/// What stands between a client and its platform says things like these.
const GATEWAYS: [(&str, &str, &str); 5] = [
    ("502 Bad Gateway", "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>"),
    ("502 Bad Gateway", "application/json", "{\"error\":{\"code\":\"BAD_GATEWAY\",\"message\":\"upstream failed\"}}"),
    ("503 Service Unavailable", "text/plain", ""),
    ("504 Gateway Timeout", "text/html", "<html><body>The upstream took too long.</body></html>"),
    ("500 Internal Server Error", "application/json", "{\"message\":\"something went wrong\"}"),
];

/// The same of what they do not find.
const ASTRAY: [(&str, &str); 3] = [
    ("content-type: text/html\r\n", "<html><head><title>404 Not Found</title></head><body>nginx</body></html>"),
    ("content-type: text/plain\r\n", "default backend - 404"),
    ("", ""),
];

const REDIRECTS: [&str; 5] =
    ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"];

/// Serves requests until one of them ends it.
pub(super) async fn connection(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    loop {
        // Begun before the first byte: what is still in a buffer may be a write that its client has given up.
        let mut first = [0; 5];
        let begun = stream.peek(&mut first).await?;
        if begun == 0 {
            return Ok(());
        }
        let busy = Busy::begin(shared);
        let writes = first.starts_with(b"P");
        if writes && unread(&mut stream, shared).await? {
            return Ok(());
        }
        let Some(request) = Message::read(&mut stream).await? else { return Ok(()) };
        if lock(&shared.key).as_ref().is_some_and(|key| !request.brings(key)) {
            return Ok(());
        }
        let goes_on = match request.is_write() {
            true => write(&mut stream, shared, &request, busy).await?,
            false => look(&mut stream, shared, &request, busy).await?,
        };
        if !goes_on {
            return Ok(());
        }
    }
}

/// Ends a connection before the whole write was read, where the plan says so; whether it did.
async fn unread(stream: &mut TcpStream, shared: &Shared) -> io::Result<bool> {
    let plan = &shared.plan;
    // Who waits for a whole write gets one.
    let waited_for = lock(&shared.arrival).is_some();
    let hit = shared.writes.load(Ordering::Relaxed) < plan.hits;
    let part = match plan.mode {
        Mode::Close if hit => 0,
        Mode::Drop if hit && !waited_for && plan.kind.is_multiple_of(2) => 1 + plan.permille,
        _ => return Ok(false),
    };
    let nth = shared.writes.fetch_add(1, Ordering::Relaxed);
    let mut read = AsyncReadExt::take(&mut *stream, part);
    let got = tokio::io::copy(&mut read, &mut tokio::io::sink()).await?;
    shared.say(&format!("write {nth}: the connection ends after {got} bytes of it"));
    end(stream, plan.permille.is_multiple_of(2))?;
    Ok(true)
}

async fn write(stream: &mut TcpStream, shared: &Shared, request: &Message, busy: Busy<'_>) -> io::Result<bool> {
    let plan = &shared.plan;
    let nth = shared.writes.fetch_add(1, Ordering::Relaxed);
    shared.say(&format!("write {nth} is here: {}", request.first_line()));
    arrived(shared).await;
    let hit = nth < plan.hits;
    match plan.mode {
        Mode::Drop if hit => {
            shared.say("it is dropped");
            end(stream, plan.permille.is_multiple_of(2))?;
            return Ok(false);
        }
        Mode::Redirect if hit && plan.kind.is_multiple_of(2) => {
            shared.say("it is not forwarded, and sent elsewhere");
            redirect(stream, shared).await?;
            return Ok(true);
        }
        Mode::Late if hit && nth + 1 < plan.hits => {
            shared.say("it is dropped");
            end(stream, false)?;
            return Ok(false);
        }
        Mode::Late if hit => {
            shared.say("it is held back");
            *lock(&shared.held) = Some(request.clone());
            drop(busy);
            return instead(stream, plan.instead).await;
        }
        _ => {}
    }
    let answer = forward(shared, request).await?;
    shared.say(&format!("the platform has it: {}", answer.first_line()));
    drop(busy);
    if !hit || matches!(plan.mode, Mode::Refuse | Mode::Drop | Mode::Close | Mode::Late) {
        stream.write_all(&answer.bytes).await?;
        return Ok(true);
    }
    let cut = plan.cut(answer.bytes.len());
    match plan.mode {
        Mode::Reset => {
            stream.write_all(&answer.bytes[..if plan.kind.is_multiple_of(2) { 0 } else { cut }]).await?;
            end(stream, true)?;
            Ok(false)
        }
        Mode::Hang => {
            stream.write_all(&answer.bytes[..if plan.kind.is_multiple_of(2) { 0 } else { cut }]).await?;
            hang(stream).await
        }
        Mode::BadGateway => {
            let (status, kind, body) = GATEWAYS[pick(plan.kind, GATEWAYS.len())];
            say(stream, status, &format!("content-type: {kind}\r\n"), body).await?;
            Ok(true)
        }
        Mode::Cut => {
            stream.write_all(&answer.bytes[..cut]).await?;
            end(stream, false)?;
            Ok(false)
        }
        Mode::Redirect => {
            redirect(stream, shared).await?;
            Ok(true)
        }
        _ => drip(stream, &answer, if plan.kind.is_multiple_of(4) { FAST_DRIP } else { SLOW_DRIP }).await,
    }
}

async fn look(stream: &mut TcpStream, shared: &Shared, request: &Message, busy: Busy<'_>) -> io::Result<bool> {
    let nth = shared.looks.fetch_add(1, Ordering::Relaxed);
    let answer = forward(shared, request).await?;
    let fault = shared.plan.look_fault(nth);
    let goes_wrong = fault.map_or_else(String::new, |fault| format!(", but {fault:?}"));
    shared.say(&format!("look-up {nth}: {}{goes_wrong}", answer.first_line()));
    drop(busy);
    let cut = shared.plan.cut(answer.bytes.len());
    match fault {
        None => stream.write_all(&answer.bytes).await.map(|()| true),
        Some(LookFault::Reset) => end(stream, true).map(|()| false),
        Some(LookFault::Hang) => hang(stream).await,
        Some(LookFault::Unavailable) => say(stream, "503 Service Unavailable", "", "").await.map(|()| true),
        Some(LookFault::Astray) => {
            let (kind, body) = ASTRAY[pick(shared.plan.kind, ASTRAY.len())];
            say(stream, "404 Not Found", kind, body).await.map(|()| true)
        }
        Some(LookFault::Limited) => {
            say(stream, "429 Too Many Requests", "content-type: application/json\r\n", "{\"message\":\"slow down\"}")
                .await
                .map(|()| true)
        }
        Some(LookFault::Cut) => {
            stream.write_all(&answer.bytes[..cut]).await?;
            end(stream, false).map(|()| false)
        }
    }
}

/// Tells who waits for it that a whole write is here, and waits for their word.
async fn arrived(shared: &Shared) {
    let waiting = lock(&shared.arrival).take();
    if let Some(waiting) = waiting {
        let (go_on, told) = oneshot::channel();
        // Who is gone does not hold it up.
        if waiting.send(go_on).is_ok() {
            let _ = told.await;
        }
    }
}

/// Gives the platform a request, to the byte, and takes its whole answer.
pub(super) async fn forward(shared: &Shared, request: &Message) -> io::Result<Message> {
    let mut upstream = TcpStream::connect(shared.upstream).await?;
    upstream.set_nodelay(true)?;
    upstream.write_all(&request.bytes).await?;
    if request.is_write() {
        shared.forwarded.fetch_add(1, Ordering::Relaxed);
    }
    Message::read(&mut upstream).await?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

async fn instead(stream: &mut TcpStream, instead: Instead) -> io::Result<bool> {
    match instead {
        Instead::Hang => hang(stream).await,
        Instead::Reset => end(stream, true).map(|()| false),
        Instead::End => end(stream, false).map(|()| false),
        Instead::Status => say(stream, "504 Gateway Timeout", "", "").await.map(|()| true),
    }
}

/// Says nothing until the client gives up.
async fn hang(stream: &mut TcpStream) -> io::Result<bool> {
    let _ = tokio::io::copy(stream, &mut tokio::io::sink()).await;
    Ok(false)
}

async fn drip(stream: &mut TcpStream, answer: &Message, (bytes, pause): (usize, Duration)) -> io::Result<bool> {
    for piece in answer.bytes.chunks(bytes) {
        stream.write_all(piece).await?;
        tokio::time::sleep(pause).await;
    }
    Ok(true)
}

async fn redirect(stream: &mut TcpStream, shared: &Shared) -> io::Result<()> {
    let status = REDIRECTS[pick(shared.plan.kind / 2, REDIRECTS.len())];
    let head = format!("location: {}/api/customers/create\r\n", shared.elsewhere);
    say(stream, status, &head, "").await
}

async fn say(stream: &mut TcpStream, status: &str, head: &str, body: &str) -> io::Result<()> {
    let text = format!("HTTP/1.1 {status}\r\n{head}content-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(text.as_bytes()).await
}

/// The connection ends when it is dropped: in order, or with a reset.
fn end(stream: &TcpStream, reset: bool) -> io::Result<()> {
    if reset { stream.set_zero_linger() } else { Ok(()) }
}

fn pick(kind: u64, length: usize) -> usize {
    let length = u64::try_from(length).unwrap_or(1);
    usize::try_from(kind.checked_rem(length).unwrap_or_default()).unwrap_or_default()
}
