//! The trail, newest first: what was done in the current environment, and what concerns none.

use desk_domain::search;
use desk_store::activity::{COPY, REVEAL, Reveal};
use desk_store::activity_list::{self, NamedActivity, ObjectKind, Part};
use desk_store::{Connection, SqlResult};

use crate::clock::instant;
use crate::convert::connection::InUse;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{ActivityListRequest, ActivityListView, ActivityObjectKind, ActivityRowView};

/// Rows of one answer, at most: what a page shows without being slow to draw.
const ROWS: u32 = 200;

/// Rows that a search reads at a time: names are looked up for each of them, so no more than a page may need.
const CHUNK_ROWS: u32 = 500;

/// Rows that one search looks through, at most, before it says how far it came: a tenth of a second's work.
const SEARCHED_ROWS: u32 = 20_000;

pub(crate) async fn run(desk: &Desk, request: ActivityListRequest) -> Result<ActivityListView, IpcError> {
    let environment = InUse::read(desk).await?.current.map(|row| row.environment);
    let part = Part { environment, kind: request.kind.map(stored_kind), before: request.before.map(i64::from) };
    let words = search::words(&request.query);
    let limit = request.limit.clamp(1, ROWS) as usize;
    let found = desk.read(move |db| read(db, part, &words, limit)).await?;
    Ok(ActivityListView {
        more: found.next.is_some(),
        next: found.next.and_then(|next| u32::try_from(next).ok()),
        rows: found.rows.into_iter().map(view).collect(),
    })
}

struct Found {
    rows: Vec<NamedActivity>,
    next: Option<i64>,
}

/// Reads until the page is full, the trail is at its beginning, or the search has had its share. One row more than asked
/// for tells whether there are others.
fn read(db: &Connection, mut part: Part, words: &[String], limit: usize) -> SqlResult<Found> {
    let mut rows: Vec<NamedActivity> = Vec::new();
    let wanted = u32::try_from(limit + 1).unwrap_or(CHUNK_ROWS);
    let (chunk, most) = if words.is_empty() { (wanted, wanted) } else { (CHUNK_ROWS, SEARCHED_ROWS) };
    let mut read = 0;
    loop {
        let found = activity_list::list_named(db, &part, chunk)?;
        let at_the_end = found.len() < chunk as usize;
        read += chunk;
        for row in found {
            part.before = Some(row.seq);
            if has_all(&row, words) {
                rows.push(row);
            }
            if rows.len() > limit {
                rows.truncate(limit);
                return Ok(Found { next: rows.last().map(|row| row.seq), rows });
            }
        }
        if at_the_end {
            return Ok(Found { rows, next: None });
        }
        if read >= most {
            return Ok(Found { rows, next: part.before });
        }
    }
}

fn has_all(row: &NamedActivity, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let said = &row.activity;
    let text = [&row.name, &row.id, &said.actor, &said.action, &said.detail].map(|text| search::fold(text));
    words.iter().all(|word| text.iter().any(|text| text.contains(word)))
}

fn view(row: NamedActivity) -> ActivityRowView {
    let (connection, connection_name, environment) = match row.connection {
        Some((id, name, environment)) => (Some(id.to_string()), Some(name), Some(environment)),
        None => (None, None, None),
    };
    let activity = row.activity;
    let shown = [REVEAL, COPY].contains(&activity.action.as_str()).then(|| Reveal::from_detail(&activity.detail));
    let (detail, reason, reading) = match shown {
        Some(Reveal { path, reading, reason }) => (path, reason, reading),
        None => (activity.detail, None, None),
    };
    ActivityRowView {
        seq: u32::try_from(row.seq).unwrap_or(u32::MAX),
        at: instant(activity.at),
        actor: activity.actor,
        action: activity.action,
        kind: kind(row.kind),
        id: row.id,
        name: row.name,
        connection,
        connection_name,
        environment,
        detail,
        reason,
        reading: reading.map(|id| id.to_string()),
        result: activity.result,
    }
}

fn kind(kind: ObjectKind) -> ActivityObjectKind {
    match kind {
        ObjectKind::Customer => ActivityObjectKind::Customer,
        ObjectKind::Draft => ActivityObjectKind::Draft,
        ObjectKind::Connection => ActivityObjectKind::Connection,
        ObjectKind::Program => ActivityObjectKind::Program,
    }
}

fn stored_kind(kind: ActivityObjectKind) -> ObjectKind {
    match kind {
        ActivityObjectKind::Customer => ObjectKind::Customer,
        ActivityObjectKind::Draft => ObjectKind::Draft,
        ActivityObjectKind::Connection => ObjectKind::Connection,
        ActivityObjectKind::Program => ObjectKind::Program,
    }
}
