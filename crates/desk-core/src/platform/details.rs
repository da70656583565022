//! Reads each customer that is known from the platform's list alone. Who was read is no such customer any more, so that it
//! goes on by itself where it was stopped. Who could not be read is tried again behind all others, so that nobody is in
//! anybody's way.

use desk_api::CallErrorKind;
use desk_store::customers;
use uuid::Uuid;

use super::run::{Ask, Asked, CUSTOMERS_APART_MS, Run, is_the_same};
use super::{Filter, view};
use crate::call::call_error;
use crate::convert::answer::{self, Reading, Source};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::jobs::JobControl;
use crate::outbox::says_missing;
use crate::views::PlatformListView;
use crate::watch::Day;

/// Ids that are in the memory at one time.
const AT_ONCE: u32 = 100;
/// So many customers one after the other that could not be read: then it is not for their sake.
const FAILURES_MOST: u32 = 3;

/// Reads all of them. Whom the platform does not have any more is said not to be listed, and stays unread; a customer that
/// cannot be read is passed over.
///
/// # Errors
/// `cancelled`, those of the connection, the store's; of the call where it would be the next customer's too.
pub(crate) async fn read_details(
    desk: &Desk,
    connection: Uuid,
    control: &mut JobControl,
) -> Result<PlatformListView, IpcError> {
    let mut run = Run::new(desk, control, connection, CUSTOMERS_APART_MS, true);
    let end = read_all(desk, connection, &mut run).await;
    // Whatever shows customers asks again, and those that wait have their turns.
    desk.outbox().changed();
    desk.watch().wake();
    end?;
    view(desk, connection, &Filter::default()).await
}

async fn read_all(desk: &Desk, connection: Uuid, run: &mut Run<'_>) -> Result<(), IpcError> {
    let (mut done, mut failures) = (0_u32, 0);
    // From behind the one that failed last to the end, and from the beginning to that one.
    let failed = desk.platforms().failed(connection);
    for (mut after, end) in [(failed, i64::MAX), (0, failed)] {
        loop {
            let mut unread = desk.read(move |db| customers::unread(db, connection, after, AT_ONCE)).await?;
            unread.retain(|(number, _)| *number <= end);
            if unread.is_empty() {
                break;
            }
            for (number, id) in unread {
                after = number;
                match read_one(desk, connection, run, &id).await? {
                    One::Done => (done, failures) = (done.saturating_add(1), 0),
                    One::Passed => {}
                    One::Failed(error) => {
                        desk.platforms().has_failed(connection, number);
                        failures += 1;
                        if failures == FAILURES_MOST {
                            return Err(*error);
                        }
                    }
                }
                run.advanced(done);
            }
        }
    }
    Ok(())
}

/// What came of one customer.
enum One {
    Done,
    /// Somebody else has read it meanwhile.
    Passed,
    Failed(Box<IpcError>),
}

async fn read_one(desk: &Desk, connection: Uuid, run: &mut Run<'_>, id: &str) -> Result<One, IpcError> {
    loop {
        let of = id.to_owned();
        let there = desk.read(move |db| customers::get(db, connection, &of)).await?;
        if !there.is_some_and(|there| there.listed.unread) {
            return Ok(One::Passed);
        }
        let asked = run.call(Ask::Customer(id)).await?;
        let found = match &asked.result {
            Ok(answer) => answer::reading(&asked.row, &answer.raw, &answer.json, Some(id), asked.at),
            Err(error) if says_missing(error) => None,
            Err(error) if is_its_own(&error.kind) => return Ok(One::Failed(Box::new(call_error(error)))),
            Err(error) => return Err(call_error(error)),
        };
        if found.is_none()
            && let Ok(answer) = &asked.result
        {
            let trace_id = Some(answer.trace_id.to_string());
            return Ok(One::Failed(Box::new(IpcError { trace_id, ..IpcError::of("answer.unreadable") })));
        }
        if keep(desk, &asked, found, id).await? {
            return Ok(One::Done);
        }
    }
}

/// Keeps what was said, or that there is no such customer any more. `false`, and nothing kept, where the connection is
/// another by now.
async fn keep(desk: &Desk, asked: &Asked, found: Option<Reading>, id: &str) -> Result<bool, IpcError> {
    let (row, day, id, now) = (asked.row.clone(), Day::of(desk), id.to_owned(), desk.clock().now_ms());
    let write = desk.write(move |tx| {
        if !is_the_same(tx, &row)? {
            return Ok(false);
        }
        let is_news = match &found {
            Some(reading) => reading.keep(tx, Source::Asked)?.is_news,
            None => {
                customers::unlist(tx, row.id, &id, now)?;
                customers::schedule(tx, row.id, &id, None, 0)?;
                false
            }
        };
        day.count(tx, row.id, is_news)?;
        Ok(true)
    });
    Ok(write.await?)
}

/// Whether what went wrong may be so of this customer alone: the platform answered, and did not refuse the keys. That they
/// may not read one customer says nothing of the next.
fn is_its_own(kind: &CallErrorKind) -> bool {
    matches!(
        kind,
        CallErrorKind::Status { .. }
            | CallErrorKind::AuthForbidden
            | CallErrorKind::NotFound
            | CallErrorKind::Unreadable
            | CallErrorKind::Html
            | CallErrorKind::TooLarge
            | CallErrorKind::Cut
            | CallErrorKind::Unsendable
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_the_next_customers_too_ends_it() {
        for kind in [CallErrorKind::AuthRefused, CallErrorKind::Name] {
            assert!(!is_its_own(&kind), "{kind:?}");
        }
        for kind in [CallErrorKind::AuthForbidden, CallErrorKind::Status { status: 500 }] {
            assert!(is_its_own(&kind), "{kind:?}");
        }
    }
}
