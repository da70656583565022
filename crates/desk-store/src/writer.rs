//! The one connection that writes, on a thread of its own with a queue.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::{Connection, Result, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use crate::error::{OpenError, StoreError};
use crate::intact::intact;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

enum Message {
    Write(Job),
    Close(oneshot::Sender<std::result::Result<(), StoreError>>),
}

/// The thread and the queue to it, which is `None` once the store is closed.
pub(crate) struct Writer {
    queue: Mutex<Option<Sender<Message>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(connection: Connection) -> std::result::Result<Self, OpenError> {
        let (queue, jobs) = channel();
        let thread = std::thread::Builder::new().name("store-writer".to_owned());
        let thread = thread.spawn(move || work(connection, &jobs))?;
        Ok(Self { queue: Mutex::new(Some(queue)), thread: Some(thread) })
    }

    /// Answers after the commit. A caller that goes away does not undo what it asked for.
    pub(crate) async fn write<T, F>(&self, f: F) -> std::result::Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| drop(answer.send(commit(connection, f))));
        {
            let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            let queue = queue.as_ref().ok_or(StoreError::Closed)?;
            queue.send(Message::Write(job)).map_err(|_| StoreError::Closed)?;
        }
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// Lets the queue run empty, moves the log into the file and ends the thread. Closing again does nothing.
    pub(crate) async fn close(&self) -> std::result::Result<(), StoreError> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(queue) = queue else { return Ok(()) };
        let (answer, answered) = oneshot::channel();
        queue.send(Message::Close(answer)).map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }
}

impl Drop for Writer {
    /// Waits for what was asked for. A process that ends while the thread still closes its connection would pull OpenSSL
    /// away under it.
    fn drop(&mut self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(thread) = self.thread.take().filter(|thread| thread.thread().id() != std::thread::current().id()) {
            // A job that panicked is caught where it ran; the thread itself has nothing to say.
            drop(thread.join());
        }
    }
}

fn work(mut connection: Connection, jobs: &Receiver<Message>) {
    while let Ok(message) = jobs.recv() {
        match message {
            Message::Write(job) => job(&mut connection),
            Message::Close(answer) => {
                let cut = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
                let closed = cut.and(connection.close().map_err(|(_, error)| error));
                drop(answer.send(closed.map_err(StoreError::from)));
                return;
            }
        }
    }
}

fn commit<T>(
    connection: &mut Connection,
    f: impl FnOnce(&Transaction<'_>) -> Result<T>,
) -> std::result::Result<T, StoreError> {
    // One verb that panics must not take every later save with it; its transaction is undone while unwinding.
    let done = catch_unwind(AssertUnwindSafe(|| {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = intact(&tx, || f(&tx))?;
        tx.commit()?;
        Ok::<T, rusqlite::Error>(value)
    }));
    match done {
        Ok(result) => result.map_err(StoreError::from),
        Err(_) => Err(StoreError::Failed("a write panicked".to_owned())),
    }
}
