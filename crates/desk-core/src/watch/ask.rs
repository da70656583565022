//! Asks for one customer, and keeps what came of it.

use desk_api::{Answer, CallError, CallErrorKind, DetailBy};
use desk_store::connections::ConnectionRow;
use desk_store::customers::{self, Asked};
use desk_store::{SqlResult, StoreError, Transaction, activity};

use super::next_ask;
use super::polls::Day;
use crate::call::{client, note_network};
use crate::convert::answer::{self, Reading, Source};
use crate::convert::settings::Preferences;
use crate::desk::Desk;
use crate::outbox::says_missing;
use crate::trail::Entry;

/// What the next ask of the connection depends on.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    /// Nobody was there to answer: no network, or a keyring that is closed.
    pub silent: bool,
    /// The platform does not take these keys, or there are none.
    pub refused: bool,
    /// A customer changed, and the system is to say it.
    pub is_news: bool,
}

const SILENT: End = End { silent: true, refused: false, is_news: false };
const REFUSED: End = End { silent: false, refused: true, is_news: false };

/// Asks for it. What goes wrong with the call moves its next turn on.
///
/// # Errors
/// The store's.
pub(super) async fn ask(desk: &Desk, row: &ConnectionRow, asked: &Asked) -> Result<End, StoreError> {
    let client = match client(desk, row).await {
        Ok(client) => client,
        Err(error) => match error.code.as_str() {
            "store.full" => return Err(StoreError::Full),
            "store.closed" | "store.failed" => return Err(StoreError::Closed),
            "credentials.missing" | "connection.archived" | "unsupported" => return Ok(REFUSED),
            _ => return Ok(SILENT),
        },
    };
    let result = client.detail(DetailBy::CustomerId(&asked.customer_id)).await;
    note_network(desk, row, &result);
    // A host that refuses to give tokens has said something, though nothing was asked of the platform.
    let said = |kind: &CallErrorKind| kind.refuses_us() || kind.rate_limit().is_some();
    if result.as_ref().is_err_and(|error| error.kind.certainly_not_sent() && !said(&error.kind)) {
        return Ok(SILENT);
    }
    let found = Found::of(desk, row, asked, &result);
    let refused = matches!(found, Found::Refused);
    let (connection, asked, now) = (row.id, asked.clone(), desk.clock().now_ms());
    let gone = Entry::new(desk, "customer.gone", activity::customer(connection, &asked.customer_id), "", "ok");
    let day = Day::of(desk);
    let write = desk.write(move |tx| {
        // A person may have asked meanwhile: the turn is the one that follows from that.
        let Some(there) = customers::get(tx, connection, &asked.customer_id)? else { return Ok((false, false)) };
        let (is_news, shows) = match &found {
            Found::Reading(reading) => {
                let kept = reading.keep(tx, Source::Polled)?;
                (kept.is_news, kept.shows)
            }
            // Nobody has ever seen it: that it is gone is no news.
            Found::Gone if there.listed.unread => {
                customers::unlist(tx, connection, &asked.customer_id, now)?;
                customers::schedule(tx, connection, &asked.customer_id, None, 0)?;
                (false, true)
            }
            Found::Gone => {
                gone.write(tx)?;
                customers::schedule(tx, connection, &asked.customer_id, None, 0)?;
                let is_news = customers::mark_changed(tx, connection, &asked.customer_id, now)?;
                (is_news, is_news)
            }
            Found::Held(until) => {
                customers::hold(tx, connection, *until)?;
                (false, false)
            }
            // Asked again as soon as the keys are others.
            Found::Refused => (false, false),
            Found::Nothing => {
                put_off(tx, &there, now)?;
                (false, false)
            }
        };
        day.count(tx, connection, is_news)?;
        Ok((is_news && Preferences::read(tx)?.notify, shows))
    });
    let (is_news, shows) = write.await?;
    if shows {
        // Whatever shows customers asks again.
        desk.outbox().changed();
    }
    Ok(End { silent: false, refused, is_news })
}

fn put_off(tx: &Transaction<'_>, there: &customers::CustomerRow, now: i64) -> SqlResult<()> {
    let asks = there.upkeep.asks.saturating_add(1);
    let group = there.status.as_ref().map(|status| status.group);
    let ask_at = next_ask(group, asks, &there.customer_id, now);
    customers::schedule(tx, there.connection_id, &there.customer_id, ask_at, asks)
}

/// What the platform said.
enum Found {
    Reading(Box<Reading>),
    /// It does not have the customer any more.
    Gone,
    /// It wants to be left alone until then.
    Held(i64),
    Refused,
    /// Nothing that says anything about the customer.
    Nothing,
}

impl Found {
    fn of(desk: &Desk, row: &ConnectionRow, asked: &Asked, result: &Result<Answer, CallError>) -> Self {
        let now = desk.clock().now_ms();
        match result {
            Ok(answer) => {
                let reading = answer::reading(row, &answer.raw, &answer.json, Some(&asked.customer_id), now);
                reading.map_or(Self::Nothing, |reading| Self::Reading(Box::new(reading)))
            }
            Err(error) if says_missing(error) => Self::Gone,
            Err(error) if error.kind.refuses_us() => Self::Refused,
            Err(error) => match error.kind.rate_limit() {
                Some(retry_after_s) => Self::Held(desk.outbox_rules().after_limit(retry_after_s, now)),
                None => Self::Nothing,
            },
        }
    }
}
