//! The drafts of the current environment.

use std::collections::HashMap;

use desk_domain::check::{CheckContext, check};
use desk_domain::field::Field;
use desk_domain::problem::Severity;
use desk_store::drafts;

use crate::clock::instant;
use crate::convert::connection::InUse;
use crate::convert::draft::{state, text_of};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{DraftListView, DraftRowView, Empty};

pub(crate) async fn run(desk: &Desk, _: Empty) -> Result<DraftListView, IpcError> {
    let in_use = InUse::read(desk).await?;
    let of_environment = in_use.environment();
    let rows = desk.read(move |db| drafts::list(db, &of_environment)).await?;
    let revisions: HashMap<_, _> = in_use.all.iter().filter_map(|row| Some((row.id, row.revision?))).collect();
    let today = desk.clock().today();
    let view = |row: &drafts::DraftRow| {
        let revision = *revisions.get(&row.connection_id)?;
        let found = check(&row.texts, &CheckContext { today, revision });
        let errors = found.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
        Some(DraftRowView {
            id: row.id.to_string(),
            connection: row.connection_id.to_string(),
            name: text_of(row, Field::BusinessNameEnglish),
            local_name: text_of(row, Field::BusinessName),
            state: state(row.state),
            required: found.required,
            filled: found.filled,
            errors: u32::try_from(errors).unwrap_or(u32::MAX),
            saved_at: instant(row.saved_at),
        })
    };
    Ok(DraftListView { drafts: rows.iter().filter_map(view).collect() })
}
