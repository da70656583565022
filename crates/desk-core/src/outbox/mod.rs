//! The outbox (ARCHITECTURE "The outbox"): sends what is queued, one submission of a connection at a time and in order,
//! and looks up what nobody knows, on its own schedule.
//!
//! `rules.rs` says how long it waits, `decide.rs` what follows from an answer, `send.rs` and `look.rs` make one call each
//! and commit what came of it, `fresh.rs` looks at a customer before an update is sent and `read_back.rs` after it was
//! accepted, this file decides who is next. What may be sent is settled by the store (a lease), so that
//! a fault here can make something late, but never twice.

mod decide;
mod fresh;
mod look;
mod read_back;
mod rules;
mod send;
pub(crate) mod update;

pub use rules::OutboxRules;
pub use update::UpdateRequest;

pub(crate) use decide::Decision;
pub(crate) use look::{look_up, says_missing};

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use desk_store::outbox::{self, Due};
use desk_store::submissions::SubmissionState;
use desk_store::{StoreError, activity};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::desk::{Desk, WeakDesk};
use crate::trail::Entry;

/// Before the store is asked again after it failed: room on a full disk is made by a person, not in milliseconds.
pub(crate) const STORE_PATIENCE: Duration = Duration::from_secs(2);

/// What a connection does at one time: a look-up that hangs holds no sending up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Lane {
    Send,
    Look,
}

/// The outbox of a program. Clones are the same.
#[derive(Clone)]
pub(crate) struct Outbox(Arc<Shared>);

struct Shared {
    // Of its own, so that a worker that sleeps keeps nothing else of the program.
    wake: Arc<Notify>,
    // No sending begins any more.
    stopping: AtomicBool,
    // The newest page that watches; the ones before it are gone.
    watchers: watch::Sender<u64>,
    // Counts what changed, for the page and for whoever waits for an end.
    changes: watch::Sender<u64>,
    busy: Mutex<HashSet<(Uuid, Lane)>>,
    // Stops the call of a submission; what was on its way is unknown then.
    on_the_wire: Mutex<HashMap<Uuid, watch::Sender<bool>>>,
    reached: Mutex<HashSet<Uuid>>,
    // Outcomes that the store has not taken yet: what is known of these is not on the disk.
    not_kept: Mutex<HashMap<Uuid, StoreError>>,
    worker: Mutex<Option<JoinHandle<()>>>,
}

impl Default for Outbox {
    fn default() -> Self {
        Self(Arc::new(Shared {
            wake: Arc::default(),
            stopping: AtomicBool::new(false),
            watchers: watch::Sender::new(0),
            changes: watch::Sender::new(0),
            busy: Mutex::default(),
            on_the_wire: Mutex::default(),
            reached: Mutex::default(),
            not_kept: Mutex::default(),
            worker: Mutex::default(),
        }))
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        if let Some(worker) = lock(&self.worker).take() {
            worker.abort();
        }
    }
}

impl Outbox {
    /// Begins to work. While it does, a second call is ignored.
    pub(crate) fn start(&self, desk: &Desk) {
        self.0.stopping.store(false, Ordering::SeqCst);
        let mut worker = lock(&self.0.worker);
        if worker.is_none() {
            *worker = Some(tokio::spawn(work(desk.downgrade())));
        }
    }

    /// Begins nothing any more, and makes unknown what is on the wire. Ends when nothing is.
    pub(crate) async fn stop(&self) {
        self.0.stopping.store(true, Ordering::SeqCst);
        let worker = lock(&self.0.worker).take();
        if let Some(worker) = worker {
            worker.abort();
            // It may be in the middle of a round: what that begins is seen below.
            let _ = worker.await;
        }
        let mut changes = self.0.changes.subscribe();
        for stop in lock(&self.0.on_the_wire).values() {
            stop.send_replace(true);
        }
        while lock(&self.0.busy).iter().any(|(_, lane)| *lane == Lane::Send) {
            if changes.changed().await.is_err() {
                return;
            }
        }
    }

    /// Something was queued, or its time has changed.
    pub(crate) fn wake(&self) {
        self.changed();
        self.0.wake.notify_one();
    }

    /// Tells whoever watches.
    pub(crate) fn changed(&self) {
        self.0.changes.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// An outcome is on the disk, or the store did not take it.
    pub(crate) fn kept(&self, submission: Uuid, error: Option<StoreError>) {
        let was_not = match error {
            Some(error) => {
                lock(&self.0.not_kept).insert(submission, error);
                false
            }
            None => lock(&self.0.not_kept).remove(&submission).is_some(),
        };
        self.changed();
        if was_not {
            self.0.wake.notify_one();
        }
    }

    /// Whether the program is closing.
    pub(crate) fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::SeqCst)
    }

    /// The page watches from now on, and whichever did before does not: ends when another one comes.
    pub(crate) async fn newest_watcher(&self) {
        self.0.watchers.send_modify(|number| *number = number.wrapping_add(1));
        let mut watchers = self.0.watchers.subscribe();
        if watchers.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Why an outcome that is known is not on the disk yet.
    pub(crate) fn not_kept(&self, submission: Uuid) -> Option<StoreError> {
        lock(&self.0.not_kept).get(&submission).cloned()
    }

    /// Counts changes: each value that differs from the last one says that something did.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.0.changes.subscribe()
    }

    /// The host of a connection was reached: what waits for that need not wait longer.
    pub(crate) fn reached(&self, connection: Uuid) {
        lock(&self.0.reached).insert(connection);
        self.0.wake.notify_one();
    }

    /// Stops the call of a submission, if it is on the wire.
    pub(crate) fn stop_one(&self, submission: Uuid) {
        if let Some(stop) = lock(&self.0.on_the_wire).get(&submission) {
            stop.send_replace(true);
        }
    }
}

async fn work(desk: WeakDesk) {
    loop {
        let Some(strong) = desk.upgrade() else { return };
        let (wake, clock) = (Arc::clone(&strong.outbox().0.wake), strong.clock().clone());
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
    let reached: Vec<_> = lock(&desk.outbox().0.reached).drain().collect();
    for connection in reached {
        // Asked first: every look-up of a customer comes by here, and most find nothing that waits.
        if desk.read(move |db| outbox::waits_for_network(db, connection)).await? {
            desk.write(move |tx| outbox::hasten(tx, connection, now)).await?;
        }
    }
    let read =
        desk.read(move |db| Ok((outbox::sendable(db, now)?, outbox::lookable(db, now)?, outbox::next_due(db, now)?)));
    let (sendable, lookable, next) = read.await?;
    sendable.into_iter().for_each(|due| begin(desk, due, Lane::Send));
    lookable.into_iter().for_each(|due| begin(desk, due, Lane::Look));
    Ok(next)
}

/// Begins one piece of work, unless the connection is at one of this kind.
fn begin(desk: &Desk, due: Due, lane: Lane) {
    let key = (due.connection, lane);
    if desk.outbox().is_stopping() || !lock(&desk.outbox().0.busy).insert(key) {
        return;
    }
    let desk = desk.clone();
    tokio::spawn(async move {
        let done = match lane {
            Lane::Send => send::run(&desk, due.submission).await,
            Lane::Look => look::run(&desk, due.submission).await,
        };
        if done.is_err() {
            tokio::time::sleep(STORE_PATIENCE).await;
        }
        lock(&desk.outbox().0.busy).remove(&key);
        desk.outbox().wake();
    });
}

/// Takes a submission out of the queue, as long as nothing of it is on the way: its draft opens again.
///
/// # Errors
/// The store's.
pub(crate) async fn take_out(desk: &Desk, submission: Uuid) -> Result<bool, StoreError> {
    let taken = crate::settle::take_out(desk, submission).await?;
    desk.outbox().wake();
    Ok(taken)
}

/// Whatever of a connection is paused waits in the queue again: the connection works, or has other keys.
///
/// # Errors
/// The store's.
pub(crate) async fn resume(desk: &Desk, connection: Uuid) -> Result<(), StoreError> {
    desk.watch().wake();
    crate::files::resume(desk, connection).await?;
    let now = desk.clock().now_ms();
    let entry = Entry::new(desk, "draft.resume", String::new(), "", "ok");
    let read = desk.read(move |db| outbox::in_state(db, connection, SubmissionState::Paused)).await?;
    // What was sent again too often is for a person.
    let rows: Vec<_> = read.into_iter().filter(|row| row.waits_for.is_some()).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let write = desk.write(move |tx| {
        for row in &rows {
            if outbox::resume(tx, row, now)? {
                entry.about(activity::draft(row.draft_id), "").write(tx)?;
            }
        }
        Ok(())
    });
    write.await?;
    desk.outbox().wake();
    Ok(())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
