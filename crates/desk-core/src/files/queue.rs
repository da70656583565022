//! Who is sent next: the oldest file of each connection that is due, one at a time. `sending` is committed before a socket
//! opens, and after a start it waits again: sending a file twice does no harm.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use desk_store::StoreError;
use desk_store::documents::{self, DueDocument};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::send;
use crate::desk::{Desk, WeakDesk};
use crate::outbox::STORE_PATIENCE;

/// What sends files. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Files(Arc<Shared>);

#[derive(Default)]
struct Shared {
    // Of its own, so that a worker that sleeps keeps nothing else of the program.
    wake: Arc<Notify>,
    // No sending begins any more.
    stopping: AtomicBool,
    // Connections that a file is being sent over.
    busy: Mutex<HashSet<Uuid>>,
    calls: Mutex<HashMap<Uuid, Call>>,
    reached: Mutex<HashSet<Uuid>>,
    // Counts what ended, for whoever waits for that.
    ended: watch::Sender<u64>,
    worker: Mutex<Option<JoinHandle<()>>>,
}

/// A file that is on its way.
#[derive(Clone)]
pub(super) struct Call {
    /// Set to stop it.
    pub(super) stop: watch::Sender<bool>,
    /// How many of its bytes have left.
    pub(super) sent: Arc<AtomicU64>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        if let Some(worker) = lock(&self.worker).take() {
            worker.abort();
        }
    }
}

impl Files {
    /// Begins to work. While it does, a second call is ignored.
    pub(crate) fn start(&self, desk: &Desk) {
        self.0.stopping.store(false, Ordering::SeqCst);
        let mut worker = lock(&self.0.worker);
        if worker.is_none() {
            *worker = Some(tokio::spawn(work(desk.downgrade())));
        }
    }

    /// Begins nothing any more and stops what is on its way. Ends when nothing is.
    pub(crate) async fn stop(&self) {
        self.0.stopping.store(true, Ordering::SeqCst);
        let worker = lock(&self.0.worker).take();
        if let Some(worker) = worker {
            worker.abort();
            let _ = worker.await;
        }
        let mut ended = self.0.ended.subscribe();
        for call in lock(&self.0.calls).values() {
            call.stop.send_replace(true);
        }
        while !lock(&self.0.busy).is_empty() {
            if ended.changed().await.is_err() {
                return;
            }
        }
    }

    /// Something waits, or its time has changed.
    pub(crate) fn wake(&self) {
        self.0.wake.notify_one();
    }

    /// The host of a connection was reached: what waits for that need not wait longer.
    pub(crate) fn reached(&self, connection: Uuid) {
        lock(&self.0.reached).insert(connection);
        self.wake();
    }

    /// Stops the call that sends a file, if there is one.
    pub(crate) fn stop_one(&self, document: Uuid) {
        if let Some(call) = lock(&self.0.calls).get(&document) {
            call.stop.send_replace(true);
        }
    }

    /// How many bytes of a file have left.
    pub(crate) fn progress(&self, document: Uuid) -> u64 {
        lock(&self.0.calls).get(&document).map_or(0, |call| call.sent.load(Ordering::Relaxed))
    }

    /// Whether the program is closing.
    pub(super) fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::SeqCst)
    }
}

async fn work(desk: WeakDesk) {
    loop {
        let Some(strong) = desk.upgrade() else { return };
        let (wake, clock) = (Arc::clone(&strong.files().0.wake), strong.clock().clone());
        let next = round(&strong).await;
        // Nothing of the program is held while nothing is to do: it may end meanwhile.
        drop(strong);
        let time = async {
            match next {
                Ok(Some(next)) => clock.until(next).await,
                Ok(None) => std::future::pending().await,
                Err(_) => tokio::time::sleep(STORE_PATIENCE).await,
            }
        };
        tokio::select! {
            () = wake.notified() => {}
            () = time => {}
        }
    }
}

/// Starts what is due; the time at which something will be.
async fn round(desk: &Desk) -> Result<Option<i64>, StoreError> {
    let now = desk.clock().now_ms();
    let reached: Vec<_> = lock(&desk.files().0.reached).drain().collect();
    for connection in reached {
        // Asked first: every look-up of a customer comes by here, and most find nothing that waits.
        if desk.read(move |db| documents::waits_for_network(db, connection)).await? {
            desk.write(move |tx| documents::hasten(tx, connection, now)).await?;
        }
    }
    let read = desk.read(move |db| Ok((documents::sendable(db, now)?, documents::next_due(db, now)?)));
    let (sendable, next) = read.await?;
    sendable.into_iter().for_each(|due| begin(desk, due));
    Ok(next)
}

/// Begins to send one file, unless its connection is at one.
fn begin(desk: &Desk, due: DueDocument) {
    if desk.files().is_stopping() || !lock(&desk.files().0.busy).insert(due.connection) {
        return;
    }
    let desk = desk.clone();
    tokio::spawn(async move {
        let call = Call { stop: watch::Sender::new(false), sent: Arc::default() };
        lock(&desk.files().0.calls).insert(due.document, call.clone());
        // Whoever closes the program sets this first, and then stops what is on its way.
        if desk.files().is_stopping() {
            call.stop.send_replace(true);
        }
        let done = send::run(&desk, due.document, call).await;
        lock(&desk.files().0.calls).remove(&due.document);
        if done.is_err() && !desk.files().is_stopping() {
            tokio::time::sleep(STORE_PATIENCE).await;
        }
        lock(&desk.files().0.busy).remove(&due.connection);
        desk.files().0.ended.send_modify(|count| *count = count.wrapping_add(1));
        desk.files().wake();
        desk.outbox().changed();
    });
}

/// Whatever waits for a connection is sent: it works, or has other keys.
///
/// # Errors
/// The store's.
pub(crate) async fn resume(desk: &Desk, connection: Uuid) -> Result<(), StoreError> {
    let now = desk.clock().now_ms();
    if desk.write(move |tx| documents::resume(tx, connection, now)).await? > 0 {
        desk.files().wake();
        desk.outbox().changed();
    }
    Ok(())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
