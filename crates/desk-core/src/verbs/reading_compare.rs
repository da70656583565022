//! Two readings of a customer side by side, masked as the record is.

use desk_domain::customer::{Became, compare_readings};
use desk_store::connections::ConnectionRow;
use desk_store::readings::{self, ReadingRow};
use desk_store::{Connection, SqlResult, customers};
use uuid::Uuid;

use crate::convert;
use crate::convert::{connection, reading};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{ComparisonView, ReadingCompare};

pub(crate) async fn run(desk: &Desk, request: ReadingCompare) -> Result<ComparisonView, IpcError> {
    let row = connection::row(desk, &request.connection).await?;
    let id = |text: &Option<String>| text.as_deref().map(|text| convert::id(text, "not_found")).transpose();
    let (before, after, all) = (id(&request.before)?, id(&request.after)?, request.all);
    let read = desk.read(move |db| {
        let Some(pair) = pair(db, &row, &request.customer_id, before, after)? else { return Ok(None) };
        // How much each differs from the one before it, as in the list.
        let earlier = [readings::before(db, &pair[0])?, readings::before(db, &pair[1])?];
        Ok(Some((pair, earlier)))
    });
    let ([before, after], earlier) = read.await?.ok_or_else(|| IpcError::of("not_found"))?;
    let (old, new) = (reading::customer(&before)?, reading::customer(&after)?);
    let found = compare_readings(&old, &new);
    Ok(ComparisonView {
        before: reading::view(&before, earlier[0].as_ref())?,
        after: reading::view(&after, earlier[1].as_ref())?,
        rows: reading::rows(after.kind, &found, all),
        persons: found.persons.iter().map(|person| reading::person(person, &old, &new)).collect(),
        changed: found.changes(),
        same: found.count(|became| became == Became::Same),
    })
}

/// The two that were asked for. `None` where the customer has no such reading.
fn pair(
    db: &Connection,
    connection: &ConnectionRow,
    customer_id: &str,
    before: Option<Uuid>,
    after: Option<Uuid>,
) -> SqlResult<Option<[ReadingRow; 2]>> {
    let theirs = |row: &ReadingRow| row.connection_id == connection.id && row.customer_id == customer_id;
    let after = match after {
        Some(id) => readings::get(db, id)?.filter(theirs),
        None => readings::newest(db, connection.id, customer_id)?,
    };
    let Some(after) = after else { return Ok(None) };
    let before = match before {
        Some(id) => readings::get(db, id)?.filter(theirs),
        None => {
            // Of what was looked at already nothing is new: then it is the last change that is asked for.
            let seen = customers::seen_reading(db, connection.id, customer_id)?.filter(|seen| seen.seq < after.seq);
            match seen {
                Some(seen) => Some(seen),
                // The only one has nothing before it, and nothing of it has changed.
                None => Some(readings::before(db, &after)?.unwrap_or_else(|| after.clone())),
            }
        }
    };
    Ok(before.map(|before| [before, after]))
}
