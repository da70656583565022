//! Begins a draft for a new customer: an id of ours, and one person, since the house requires one.

use desk_domain::draft::Edit;
use desk_domain::field::Field;
use desk_domain::path::{FieldPath, PersonId};
use desk_store::activity;
use desk_store::drafts::{self, NewDraft, Purpose};

use crate::call::revision;
use crate::convert::connection;
use crate::convert::draft::Whole;
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::trail::Entry;
use crate::views::{ConnectionRef, DraftView};

pub(crate) async fn run(desk: &Desk, request: ConnectionRef) -> Result<DraftView, IpcError> {
    let row = connection::row_in_use(desk, &request.connection).await?;
    revision(&row)?;
    let person = Edit::AddPerson { person: PersonId(new_id()), at: 0 };
    let new = NewDraft {
        id: new_id(),
        connection_id: row.id,
        purpose: Purpose::New,
        batch: new_id(),
        first: new_partner_id().into_iter().chain([person]).collect(),
    };
    let now = desk.clock().now_ms();
    let entry = Entry::new(desk, "draft.create", activity::draft(new.id), "", "ok");
    let write = desk.write(move |tx| {
        let made = drafts::insert(tx, &new, now)?;
        drafts::set_open(tx, made.id, true)?;
        entry.write(tx)?;
        Whole::of(tx, made, row)
    });
    write.await?.view(desk, false)
}

/// The edit that gives a draft an id of ours: 39 characters of the platform's 20 to 64 (DECISIONS 5).
pub(crate) fn new_partner_id() -> Option<Edit> {
    FieldPath::of(Field::PartnerCustomerId).map(|path| Edit::Set { path, text: format!("cd-{}", new_id()) })
}
