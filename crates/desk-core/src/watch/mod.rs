//! Keeping up (DECISIONS 13): asks again for customers that are not at their end, one of a connection at a time, and says
//! what changed.
//!
//! `rules.rs` says when and how often, `ask.rs` makes one ask and keeps what came of it, `polls.rs` sums them for the
//! trail, this file decides who is next. When a customer's turn is stands in the store, so that a restart keeps it.

mod ask;
mod polls;
mod rules;
#[cfg(test)]
mod tests;

pub(crate) use polls::Day;
pub(crate) use rules::{LISTED_ASKS, next_ask};

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use desk_store::connections::{self, ConnectionRow};
use desk_store::customers::{self, Asked};
use desk_store::{Connection, SqlResult, StoreError, outbox};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};
use uuid::Uuid;

use crate::call::MadeOf;
use crate::desk::{Desk, WeakDesk};
use crate::outbox::STORE_PATIENCE;
use crate::practice::PRACTICE_URL;
use crate::views::Phase;
use ask::End;
use rules::{News, PROBE_MS, Pace};

/// What keeps customers of a program up. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Watch(Arc<Shared>);

#[derive(Default)]
struct Shared {
    // Of its own, so that a worker that sleeps keeps nothing else of the program.
    wake: Arc<Notify>,
    state: Mutex<State>,
    worker: Mutex<Option<JoinHandle<()>>>,
}

/// What is known since the program started.
#[derive(Default)]
struct State {
    paces: HashMap<Uuid, Pace>,
    /// What the platform refused: it is not asked again before something of it is another.
    refused: HashMap<Uuid, Asking>,
    news: News,
}

impl Drop for Shared {
    fn drop(&mut self) {
        if let Some(worker) = lock(&self.worker).take() {
            worker.abort();
        }
    }
}

impl Watch {
    /// Begins to work. While it does, a second call is ignored.
    pub(crate) fn start(&self, desk: &Desk) {
        let mut worker = lock(&self.0.worker);
        if worker.is_none() {
            *lock(&self.0.state) = State::default();
            *worker = Some(tokio::spawn(work(desk.downgrade())));
        }
    }

    /// Begins nothing any more, and drops what is on the wire: an answer that nobody kept is asked for again.
    pub(crate) async fn stop(&self) {
        let worker = lock(&self.0.worker).take();
        if let Some(worker) = worker {
            worker.abort();
            let _ = worker.await;
        }
    }

    /// Somebody's turn has changed, or a connection.
    pub(crate) fn wake(&self) {
        self.0.wake.notify_one();
    }
}

/// Whether anything may be asked at all: not before the program is open, and not while it closes. The lock belongs here too
/// (DECISIONS 15: nothing starts while locked).
fn may_work(desk: &Desk) -> bool {
    !desk.outbox().is_stopping() && desk.phase() == Phase::Ready
}

async fn work(desk: WeakDesk) {
    // Dropped with the worker, and what is under way with it.
    let mut asks = JoinSet::new();
    let mut started = false;
    loop {
        let Some(strong) = desk.upgrade() else { return };
        let (wake, clock) = (Arc::clone(&strong.watch().0.wake), strong.clock().clone());
        // What is sent goes first: where the outbox is done, somebody's turn may have come.
        let mut sent = strong.outbox().watch();
        if !started {
            started = begin(&strong).await.is_ok();
        }
        let next = round(&strong, &mut asks).await;
        while asks.try_join_next().is_some() {}
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
            _ = sent.changed() => {}
            () = time => {}
        }
    }
}

async fn begin(desk: &Desk) -> Result<(), StoreError> {
    let (now, day) = (desk.clock().now_ms(), Day::of(desk));
    let write = desk.write(move |tx| {
        customers::heed_clock(tx, now, rules::LONGEST_MS)?;
        day.tell_earlier(tx)
    });
    write.await
}

/// A connection, and who of it is next.
struct Seat {
    row: ConnectionRow,
    held_until: Option<i64>,
    /// Something is to be sent or is on the wire, or the outbox has found that the connection does not work.
    busy: bool,
    due: Option<Asked>,
    next: Option<i64>,
}

fn seats(db: &Connection, now: i64) -> SqlResult<Vec<Seat>> {
    let mut seats = Vec::new();
    for row in connections::list(db)? {
        if row.archived_at.is_some() || !has_keys(&row) {
            continue;
        }
        seats.push(Seat {
            held_until: customers::held_until(db, row.id)?,
            busy: outbox::is_busy(db, row.id)?,
            due: customers::due(db, row.id, now)?,
            next: customers::next_due(db, row.id, now)?,
            row,
        });
    }
    Ok(seats)
}

fn has_keys(row: &ConnectionRow) -> bool {
    row.base_url == PRACTICE_URL || row.api_key_set_at.is_some() && row.api_secret_set_at.is_some()
}

/// What an ask depends on, and when it was last tested.
type Asking = (MadeOf, Option<i64>);

fn asking(row: &ConnectionRow) -> Asking {
    (MadeOf::of(row), row.tested_at)
}

/// Starts what is due and says what changed; the time at which something will be.
async fn round(desk: &Desk, asks: &mut JoinSet<()>) -> Result<Option<i64>, StoreError> {
    if !may_work(desk) {
        return Ok(None);
    }
    let now = desk.clock().now_ms();
    let seats = desk.read(move |db| seats(db, now)).await?;
    let (mut times, mut quiet) = (Vec::new(), true);
    let say = {
        let state = &mut *lock(&desk.watch().0.state);
        for seat in seats {
            times.extend(seat.next);
            let Some(asked) = seat.due else { continue };
            if state.refused.get(&seat.row.id).is_some_and(|refused| *refused == asking(&seat.row)) {
                continue;
            }
            let online = desk.network().view(Some(seat.row.id)).online;
            let pace = state.paces.entry(seat.row.id).or_default();
            quiet &= !online;
            match pace.may_ask_at(online, seat.held_until, now) {
                None => {}
                Some(at) if at > now => times.push(at),
                // The outbox wakes whoever waits for it; who practises does not.
                Some(_) if seat.busy || seat.row.base_url == PRACTICE_URL && !desk.practice().runs() => {
                    times.push(now.saturating_add(PROBE_MS));
                }
                Some(_) => {
                    pace.begin(now);
                    asks.spawn(ask_one(desk.clone(), seat.row, asked));
                }
            }
        }
        state.news.take(quiet, now)
    };
    match say {
        Ok(customers) => desk.shell().notify(customers),
        Err(later) => times.extend(later),
    }
    Ok(times.into_iter().min())
}

async fn ask_one(desk: Desk, row: ConnectionRow, asked: Asked) {
    let end = match ask::ask(&desk, &row, &asked).await {
        Ok(end) => end,
        Err(_) => {
            tokio::time::sleep(STORE_PATIENCE).await;
            End::default()
        }
    };
    let now = desk.clock().now_ms();
    {
        let state = &mut *lock(&desk.watch().0.state);
        state.paces.entry(row.id).or_default().end(end.silent, now);
        if end.refused {
            state.refused.insert(row.id, asking(&row));
        }
        if end.is_news {
            state.news.add(now);
        }
    }
    desk.watch().wake();
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
