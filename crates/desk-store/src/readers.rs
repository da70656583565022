//! The connections that read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Result};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::error::StoreError;
use crate::intact::intact;

/// Idle connections, and a permit for each of them.
pub(crate) struct Readers {
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
    count: u32,
}

impl Readers {
    pub(crate) fn new(connections: Vec<Connection>) -> Self {
        let count = connections.len();
        Self {
            idle: Arc::new(Mutex::new(connections)),
            permits: Arc::new(Semaphore::new(count)),
            count: u32::try_from(count).unwrap_or(u32::MAX),
        }
    }

    /// Runs `f` on one snapshot of the database.
    pub(crate) async fn read<T, F>(&self, f: F) -> std::result::Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| StoreError::Closed)?;
        let idle = Arc::clone(&self.idle);
        let task = spawn_blocking(move || {
            let taken = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut connection = taken.ok_or(StoreError::Closed)?;
            let answer = catch_unwind(AssertUnwindSafe(|| {
                let snapshot = connection.transaction()?;
                intact(&snapshot, || f(&snapshot))
            }));
            // Back before the permit goes, also after a panic: the next one finds a connection.
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            drop(permit);
            match answer {
                Ok(result) => result.map_err(StoreError::from),
                Err(_) => Err(StoreError::Failed("a read panicked".to_owned())),
            }
        });
        task.await.map_err(|_| StoreError::Closed)?
    }

    /// Waits for reads under way and closes the connections.
    pub(crate) async fn close(&self) {
        if let Ok(all) = self.permits.acquire_many(self.count).await {
            self.permits.close();
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
            drop(all);
        }
    }
}
