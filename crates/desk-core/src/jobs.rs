//! Long work as jobs: an id at once, events through a sink, `job_cancel` to stop (ARCHITECTURE "The contract").

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::watch;
use uuid::Uuid;

use crate::ipc::IpcError;

/// Takes the events of a job to the page. The shell makes it a Tauri channel, tests a list.
pub trait ProgressSink: Send + Sync {
    /// One event, as JSON. A page that is gone is no error.
    fn send(&self, event: Value);
}

/// A sink for commands that are no jobs.
#[derive(Debug, Clone, Copy)]
pub struct NoSink;

impl ProgressSink for NoSink {
    fn send(&self, _event: Value) {}
}

/// What a job says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum JobEvent<T> {
    /// It began.
    Started {
        /// Steps in all.
        total: u32,
    },
    /// Some steps are done.
    Advanced {
        /// Steps done.
        done: u32,
    },
    /// It ended with its view.
    Finished {
        /// The view.
        view: T,
    },
    /// It ended with an error.
    Failed {
        /// The error.
        error: IpcError,
    },
    /// It was stopped before anything happened that would have to be said.
    Cancelled,
}

/// What a running job holds: tells progress, hears of a cancel.
#[derive(Clone)]
pub struct JobControl {
    sink: Arc<dyn ProgressSink>,
    cancelled: watch::Receiver<bool>,
}

impl JobControl {
    /// Says how many steps are done.
    pub fn advanced(&self, done: u32) {
        self.sink.send(event(&JobEvent::<()>::Advanced { done }));
    }

    /// Ends when the job is cancelled; never otherwise.
    pub async fn cancelled(&mut self) {
        if self.cancelled.wait_for(|cancelled| *cancelled).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// The jobs that run.
#[derive(Clone, Default)]
pub struct Jobs {
    running: Arc<Mutex<HashMap<Uuid, watch::Sender<bool>>>>,
}

impl Jobs {
    /// Starts work as a job of one step and gives its id. An error `cancelled` becomes the event of that name.
    pub fn start<T, W, F>(&self, sink: Arc<dyn ProgressSink>, work: W) -> Uuid
    where
        T: Serialize + Send + 'static,
        W: FnOnce(JobControl) -> F + Send + 'static,
        F: Future<Output = Result<T, IpcError>> + Send + 'static,
    {
        let id = Uuid::now_v7();
        let (cancel, cancelled) = watch::channel(false);
        self.lock().insert(id, cancel);
        let jobs = self.clone();
        tokio::spawn(async move {
            sink.send(event(&JobEvent::<()>::Started { total: 1 }));
            let control = JobControl { sink: Arc::clone(&sink), cancelled };
            let last = match work(control).await {
                Ok(view) => event(&JobEvent::Finished { view }),
                Err(error) if error.code == "cancelled" => event(&JobEvent::<()>::Cancelled),
                Err(error) => event(&JobEvent::<()>::Failed { error }),
            };
            jobs.lock().remove(&id);
            sink.send(last);
        });
        id
    }

    /// Asks a job to stop. A job that has ended already is left alone.
    pub fn cancel(&self, id: Uuid) {
        if let Some(cancel) = self.lock().get(&id) {
            cancel.send_replace(true);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, watch::Sender<bool>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn event<T: Serialize>(event: &JobEvent<T>) -> Value {
    serde_json::to_value(event).unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    struct Sent(mpsc::Sender<Value>);

    impl ProgressSink for Sent {
        fn send(&self, event: Value) {
            self.0.send(event).unwrap();
        }
    }

    async fn events_of<F>(cancel: bool, work: impl FnOnce(JobControl) -> F + Send + 'static) -> Vec<String>
    where
        F: Future<Output = Result<u8, IpcError>> + Send + 'static,
    {
        let (sender, receiver) = mpsc::channel();
        let jobs = Jobs::default();
        let id = jobs.start(Arc::new(Sent(sender)), work);
        if cancel {
            jobs.cancel(id);
        }
        tokio::task::spawn_blocking(move || receiver.iter().map(|e| e["event"].as_str().unwrap().to_owned()).collect())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_job_says_started_advanced_finished() {
        let seen = events_of(false, |control| async move {
            control.advanced(1);
            Ok(7)
        })
        .await;
        assert_eq!(seen, ["started", "advanced", "finished"], "in this order, each once");
    }

    #[tokio::test]
    async fn a_job_that_fails_says_so_and_not_that_it_finished() {
        let seen = events_of(false, |_| async { Err(IpcError::of("not_found")) }).await;
        assert_eq!(seen, ["started", "failed"]);
    }

    #[tokio::test]
    async fn a_cancelled_job_stops() {
        let seen = events_of(true, |mut control| async move {
            control.cancelled().await;
            Err(IpcError::of("cancelled"))
        })
        .await;
        assert_eq!(seen, ["started", "cancelled"], "cancel reaches work that waits");
    }
}
