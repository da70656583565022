//! [`Run`]: many calls of a platform one after the other, at a measured pace, behind whatever is to be sent, and only as
//! long as nobody cancels.

use desk_api::{Answer, CallError, CallErrorKind, ListQuery};
use desk_store::connections::{self, ConnectionRow};
use desk_store::submissions::SubmissionState;
use desk_store::{Connection, SqlResult, Transaction, customers, outbox};
use uuid::Uuid;

use super::PlatformClient;
use crate::call::{MadeOf, client, note_network};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::jobs::JobControl;

/// From one page of a list to the next: at most two a second.
pub(super) const PAGES_APART_MS: i64 = 500;
/// From one customer to the next: at most five a second.
pub(super) const CUSTOMERS_APART_MS: i64 = 200;

/// How long it is left to the outbox before it is asked again whether that is done; the outbox says so itself.
const OUTBOX_MS: i64 = 1_000;
/// A platform that wants to be left alone for longer than a day says that something is wrong.
const LONGEST_MS: i64 = 24 * 60 * 60 * 1_000;
/// A call that broke in the middle is made again so often: it only reads.
const FAULTS_MOST: i64 = 3;

/// What is asked.
#[derive(Clone, Copy)]
pub(super) enum Ask<'a> {
    /// One page of the list.
    Page(ListQuery<'a>),
    /// One customer by its id.
    Customer(&'a str),
}

/// Calls of one connection.
pub(super) struct Run<'a> {
    desk: &'a Desk,
    control: &'a mut JobControl,
    connection: Uuid,
    apart_ms: i64,
    /// Waits where the platform asks for it, and tries again what broke. A person who waits for one page is told instead.
    patient: bool,
    client: Option<(MadeOf, PlatformClient)>,
    called_at: Option<i64>,
}

/// What came of a call, and what the connection was then.
pub(super) struct Asked {
    pub row: ConnectionRow,
    pub result: Result<Answer, CallError>,
    pub at: i64,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        desk: &'a Desk,
        control: &'a mut JobControl,
        connection: Uuid,
        apart_ms: i64,
        patient: bool,
    ) -> Self {
        Self { desk, control, connection, apart_ms, patient, client: None, called_at: None }
    }

    pub(super) fn advanced(&self, done: u32) {
        self.control.advanced(done);
    }

    /// Makes one call when its turn has come.
    ///
    /// # Errors
    /// `cancelled`, also in the middle of it: it only reads. Those of the connection, the keyring's, the store's.
    pub(super) async fn call(&mut self, ask: Ask<'_>) -> Result<Asked, IpcError> {
        let mut faults = 0;
        loop {
            self.turn().await?;
            let row = self.row().await?;
            self.make_client(&row).await?;
            let at = self.desk.clock().now_ms();
            self.called_at = Some(at);
            let Some((_, client)) = &self.client else { return Err(IpcError::of("internal")) };
            let result = tokio::select! {
                () = self.control.cancelled() => return Err(IpcError::of("cancelled")),
                result = make(client, ask, at) => result,
            };
            note_network(self.desk, &row, &result);
            let Err(error) = &result else { return Ok(Asked { row, result, at }) };
            if let Some(retry_after_s) = error.kind.rate_limit() {
                let until = self.desk.outbox_rules().after_limit(retry_after_s, self.desk.clock().now_ms());
                let connection = self.connection;
                // Polls are held as well.
                self.desk.write(move |tx| customers::hold(tx, connection, until)).await?;
                if self.patient {
                    continue;
                }
            } else if self.patient && is_passing(&error.kind) && faults < FAULTS_MOST {
                faults += 1;
                let at = self.desk.outbox_rules().next_try(faults, self.desk.clock().now_ms());
                self.until(at).await?;
                continue;
            }
            return Ok(Asked { row, result, at });
        }
    }

    /// Waits until the pace, the platform and the outbox let the next call go.
    async fn turn(&mut self) -> Result<(), IpcError> {
        loop {
            let now = self.desk.clock().now_ms();
            let mut sent = self.desk.outbox().watch();
            let connection = self.connection;
            let read = self
                .desk
                .read(move |db| Ok((customers::held_until(db, connection)?, is_sending(db, connection, now)?)));
            let (held, busy) = read.await?;
            // Times that lie further ahead than they are ever put are of a clock that was set back.
            let paced =
                self.called_at.map(|at| at.saturating_add(self.apart_ms).min(now.saturating_add(self.apart_ms)));
            let held = held.filter(|_| self.patient).map(|at| at.min(now.saturating_add(LONGEST_MS)));
            match paced.max(held) {
                Some(at) if at > now => self.until(at).await?,
                _ if busy => {
                    let clock = self.desk.clock();
                    tokio::select! {
                        () = self.control.cancelled() => return Err(IpcError::of("cancelled")),
                        _ = sent.changed() => {}
                        () = clock.until(now.saturating_add(OUTBOX_MS)) => {}
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    async fn until(&mut self, at: i64) -> Result<(), IpcError> {
        tokio::select! {
            () = self.control.cancelled() => Err(IpcError::of("cancelled")),
            () = self.desk.clock().until(at) => Ok(()),
        }
    }

    /// The connection as it is now: it may be archived, or have other keys.
    async fn row(&self) -> Result<ConnectionRow, IpcError> {
        let id = self.connection;
        let found = self.desk.read(move |db| connections::get(db, id)).await?;
        let row = found.ok_or_else(|| IpcError::of("connection.gone"))?;
        if row.archived_at.is_some() { Err(IpcError::of("connection.archived")) } else { Ok(row) }
    }

    async fn make_client(&mut self, row: &ConnectionRow) -> Result<(), IpcError> {
        let of = MadeOf::of(row);
        if self.client.as_ref().is_some_and(|(made, _)| *made == of) {
            return Ok(());
        }
        let made = tokio::select! {
            // A keyring may ask its user first.
            () = self.control.cancelled() => return Err(IpcError::of("cancelled")),
            made = client(self.desk, row) => made?,
        };
        self.client = Some((of, made));
        Ok(())
    }
}

async fn make(client: &PlatformClient, ask: Ask<'_>, now: i64) -> Result<Answer, CallError> {
    match ask {
        Ask::Page(query) => client.list(&query, now).await,
        Ask::Customer(id) => client.detail(desk_api::DetailBy::CustomerId(id)).await,
    }
}

/// Whether something of the connection is on the wire, or would be as soon as it is let. What waits for a person or a time
/// holds nobody up.
fn is_sending(db: &Connection, connection: Uuid, now: i64) -> SqlResult<bool> {
    let on_the_wire = !outbox::in_state(db, connection, SubmissionState::Sending)?.is_empty();
    Ok(on_the_wire || outbox::sendable(db, now)?.iter().any(|due| due.connection == connection))
}

/// Whether the connection is still what a call was made over: what one host says is kept for no other (DECISIONS 1).
pub(super) fn is_the_same(tx: &Transaction<'_>, row: &ConnectionRow) -> SqlResult<bool> {
    Ok(connections::get(tx, row.id)?.is_some_and(|there| MadeOf::of(&there) == MadeOf::of(row)))
}

/// Whether the same call may well go through in a moment.
fn is_passing(kind: &CallErrorKind) -> bool {
    match kind {
        CallErrorKind::Timeout { reached } | CallErrorKind::Reset { reached } | CallErrorKind::Network { reached } => {
            *reached
        }
        CallErrorKind::Cut => true,
        CallErrorKind::Status { status } => *status >= 500 || matches!(*status, 408 | 425),
        _ => false,
    }
}
