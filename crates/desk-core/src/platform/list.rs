//! Reads the pages of a platform's list, and goes on where it was stopped. Only one page is ever in the memory; rows are
//! customers, so that the same row of two pages is one.

use desk_api::wire::bultra::{Cursors, Next, Page};
use desk_api::{CallError, CallErrorKind, ListQuery};
use desk_domain::bultra::{self, ListedCustomer};
use desk_domain::status::StatusGroup;
use desk_store::connections::{self, ConnectionRow};
use desk_store::customers::Moved;
use desk_store::platform_lists::{self, ListKey, PlatformListRow};
use desk_store::{Connection, SqlResult, Transaction, activity, customers};
use uuid::Uuid;

use super::run::{Ask, Asked, PAGES_APART_MS, Run, is_the_same};
use crate::call::call_error;
use crate::clock::instant;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::jobs::JobControl;
use crate::trail::Entry;
use crate::views::PlatformListView;
use crate::watch::{LISTED_ASKS, next_ask};

/// Rows of a page. No page says how many a platform gives at most: one that refuses so many is asked for as many as it
/// likes.
const LIMIT: u32 = 100;

/// A place of a list is gone on from for so long, by the program's clock. After that a reading begins anew: who came or
/// went meanwhile would be told apart by nothing.
const RESUMED_MS: i64 = 60 * 60 * 1_000;

/// How many pages are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pages {
    /// The next one.
    One,
    /// All that are left.
    All,
}

/// Which part of the list; empty texts are no filter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Filter {
    party: String,
    status: String,
}

impl Filter {
    /// As the page asks for it.
    pub(crate) fn of(party: Option<&str>, status: Option<&str>) -> Self {
        let text = |typed: Option<&str>| typed.unwrap_or_default().trim().to_owned();
        Self { party: text(party), status: text(status) }
    }

    fn key(&self, connection: Uuid) -> ListKey<'_> {
        ListKey { connection, party: &self.party, status: &self.status }
    }

    fn is_none(&self) -> bool {
        self.party.is_empty() && self.status.is_empty()
    }
}

/// How far it was read.
///
/// # Errors
/// The store's.
pub(crate) async fn view(desk: &Desk, connection: Uuid, filter: &Filter) -> Result<PlatformListView, IpcError> {
    let of = filter.clone();
    let read = desk.read(move |db| Ok((stored(db, connection, &of)?, customers::unread_count(db, connection)?)));
    let (list, unread) = read.await?;
    let begun = list.as_ref().filter(|list| list.next_cursor.is_some() || list.complete_at.is_some());
    Ok(PlatformListView {
        connection: connection.to_string(),
        party: said(&filter.party).map(str::to_owned),
        status: said(&filter.status).map(str::to_owned),
        rows: begun.map_or(0, |list| list.rows_read),
        has_more: begun.is_none_or(|list| list.complete_at.is_none()),
        read_at: begun.map(|list| instant(list.read_at)),
        complete_at: begun.and_then(|list| list.complete_at).map(instant),
        unread,
    })
}

/// Reads the next page, or all that are left; a list that was read to its end begins anew. What was read stays, however it
/// ends, and the trail has one row for it.
///
/// # Errors
/// `cancelled`, `platform.stuck`, those of the connection, of the call, the store's.
pub(crate) async fn read_pages(
    desk: &Desk,
    connection: Uuid,
    filter: &Filter,
    pages: Pages,
    control: &mut JobControl,
) -> Result<PlatformListView, IpcError> {
    let run = Run::new(desk, control, connection, PAGES_APART_MS, pages == Pages::All);
    let mut pass = Pass {
        desk,
        filter,
        connection,
        run,
        cursors: Cursors::default(),
        limit: Some(LIMIT),
        begun_anew: false,
        rows: 0,
    };
    let end = pass.read(pages).await;
    let rows = pass.rows;
    if rows > 0 || end.is_ok() {
        let words: Vec<_> = [rows.to_string(), filter.party.clone(), filter.status.clone()]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        let result = end.as_ref().err().map_or("ok", |error| error.code.as_str());
        let entry = Entry::new(desk, "platform.list", activity::connection(connection), &words.join(" "), result);
        let told = desk.write(move |tx| entry.write(tx)).await;
        // Whatever shows customers asks again, and those that wait have their turns.
        desk.outbox().changed();
        desk.watch().wake();
        end.and(told.map_err(IpcError::from))?;
    } else {
        end?;
    }
    view(desk, connection, filter).await
}

/// One reading of a list, from where it stands.
struct Pass<'a> {
    desk: &'a Desk,
    filter: &'a Filter,
    connection: Uuid,
    run: Run<'a>,
    cursors: Cursors,
    limit: Option<u32>,
    /// The place where it stood is not there any more: that happens once.
    begun_anew: bool,
    rows: u32,
}

impl Pass<'_> {
    async fn read(&mut self, pages: Pages) -> Result<(), IpcError> {
        let of = (self.connection, self.filter.clone());
        let now = self.desk.clock().now_ms();
        let is_fresh = |list: &PlatformListRow| now.saturating_sub(list.started_at) <= RESUMED_MS;
        let mut list = self.desk.read(move |db| stored(db, of.0, &of.1)).await?.filter(is_fresh);
        loop {
            let cursor = list.as_ref().and_then(|list| list.next_cursor.clone());
            let query = ListQuery {
                party: said(&self.filter.party),
                status: said(&self.filter.status),
                limit: self.limit,
                cursor: cursor.as_deref(),
            };
            let asked = self.run.call(Ask::Page(query)).await?;
            let answer = match &asked.result {
                Ok(answer) => answer,
                Err(error) if self.limit.is_some() && is_about_limit(error) => {
                    self.limit = None;
                    continue;
                }
                Err(error) if cursor.is_some() && !self.begun_anew && refuses_cursor(error) => {
                    self.begun_anew = true;
                    self.cursors = Cursors::default();
                    list = None;
                    continue;
                }
                Err(error) => return Err(list_error(error)),
            };
            let unreadable =
                || IpcError { trace_id: Some(answer.trace_id.to_string()), ..IpcError::of("answer.unreadable") };
            let page = Page::read(&answer.json).ok_or_else(unreadable)?;
            let next = self.cursors.after(cursor.as_deref(), &page);
            let Some(kept) = self.keep(&asked, bultra::rows(&answer.json), cursor, &next).await? else {
                // Another host or other keys meanwhile: asked again.
                continue;
            };
            self.run.advanced(kept.rows_read);
            let more = kept.next_cursor.is_some();
            list = Some(kept);
            match next {
                Next::Stuck => return Err(IpcError::of("platform.stuck")),
                Next::End => return Ok(()),
                Next::More(_) if pages == Pages::One || !more => return Ok(()),
                Next::More(_) => {}
            }
        }
    }

    /// Keeps a page and where it ends in one transaction. `None`, and nothing kept, where the connection is another by now.
    async fn keep(
        &mut self,
        asked: &Asked,
        rows: Vec<ListedCustomer>,
        cursor: Option<String>,
        next: &Next,
    ) -> Result<Option<PlatformListRow>, IpcError> {
        let (filter, row, next) = (self.filter.clone(), asked.row.clone(), next.clone());
        let (count, now) = (u32::try_from(rows.len()).unwrap_or(u32::MAX), self.desk.clock().now_ms());
        let write = self.desk.write(move |tx| {
            if !is_the_same(tx, &row)? {
                return Ok(None);
            }
            take_in(tx, &row, &filter, &rows, (cursor.is_none(), &next), now)
        });
        let kept = write.await?;
        if kept.is_some() {
            self.rows = self.rows.saturating_add(count);
        }
        Ok(kept)
    }
}

fn take_in(
    tx: &Transaction<'_>,
    row: &ConnectionRow,
    filter: &Filter,
    rows: &[ListedCustomer],
    (is_first, next): (bool, &Next),
    now: i64,
) -> SqlResult<Option<PlatformListRow>> {
    let key = filter.key(row.id);
    if is_first {
        platform_lists::begin(tx, key, now)?;
    }
    let started_at = platform_lists::get(tx, key)?.map_or(now, |list| list.started_at);
    // A clock that was set back must not make a customer look as if the list had not named it.
    let now = now.max(started_at);
    let listed = customers::list_in(tx, row.id, rows, now)?;
    listed.moved.iter().try_for_each(|moved| schedule(tx, row.id, moved, now))?;
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    match next {
        Next::More(cursor) => platform_lists::advance(tx, key, cursor, count, now)?,
        Next::End => {
            platform_lists::complete(tx, key, count, now)?;
            // Who is in no filter's list may be in another's.
            if filter.is_none() {
                customers::mark_unlisted(tx, row.id, started_at, now)?;
            }
        }
        // Nobody knows where it goes on: the next reading begins anew.
        Next::Stuck => platform_lists::begin(tx, key, now)?,
    }
    // From now on the connection has records of this host, which never move to another (DECISIONS 1).
    connections::mark_sent(tx, row.id, now)?;
    platform_lists::get(tx, key)
}

/// A customer whose status the list says otherwise. One that was read is asked for at once, so that what else changed is
/// seen; one that never was only where something is still to come of it, and behind all others.
fn schedule(tx: &Transaction<'_>, connection: Uuid, moved: &Moved, now: i64) -> SqlResult<()> {
    let id = moved.customer_id.as_str();
    if !moved.unread {
        return customers::schedule(tx, connection, id, Some(now), 0);
    }
    let group = Some(moved.status.group).filter(|group| matches!(group, StatusGroup::Waiting | StatusGroup::Attention));
    let ask_at = group.and_then(|group| next_ask(Some(group), LISTED_ASKS, id, now));
    customers::schedule(tx, connection, id, ask_at, LISTED_ASKS)
}

fn stored(db: &Connection, connection: Uuid, filter: &Filter) -> SqlResult<Option<PlatformListRow>> {
    platform_lists::get(db, filter.key(connection))
}

fn said(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// Whether a page was refused for how many rows it was asked for.
fn is_about_limit(error: &CallError) -> bool {
    let Some(answer) = error.answer.as_ref().filter(|answer| matches!(answer.status, 400 | 422)) else { return false };
    let named = |text: &String| text.to_ascii_lowercase().contains("limit");
    answer.fields.iter().any(|(field, _)| named(field)) || answer.message.as_ref().is_some_and(named)
}

/// Whether a page was refused in a way that a place of the list gets that is not there any more.
fn refuses_cursor(error: &CallError) -> bool {
    error.answer.as_ref().is_some_and(|answer| matches!(answer.status, 400 | 404 | 410 | 422))
}

/// "Not found" of a list is no word about a customer.
fn list_error(error: &CallError) -> IpcError {
    if error.kind != CallErrorKind::NotFound {
        return call_error(error);
    }
    call_error(&CallError { kind: CallErrorKind::Status { status: 404 }, ..error.clone() })
}
