//! Begins a draft for a new customer: an id of ours, and one person, since the house requires one.

use desk_domain::draft::Edit;
use desk_domain::field::Field;
use desk_domain::path::{FieldPath, PersonId};
use desk_store::drafts::{self, NewDraft, Purpose};

use crate::call::revision;
use crate::convert::connection;
use crate::convert::draft::Whole;
use crate::desk::{Desk, new_id};
use crate::ipc::IpcError;
use crate::views::{ConnectionRef, DraftView};

pub(crate) async fn run(desk: &Desk, request: ConnectionRef) -> Result<DraftView, IpcError> {
    let row = connection::row(desk, &request.connection).await?;
    revision(&row)?;
    let prefilled = FieldPath::of(Field::PartnerCustomerId).map(|path| {
        // DECISIONS 5: 39 characters of the platform's 20 to 64.
        Edit::Set { path, text: format!("cd-{}", new_id()) }
    });
    let person = Edit::AddPerson { person: PersonId(new_id()), at: 0 };
    let new = NewDraft {
        id: new_id(),
        connection_id: row.id,
        purpose: Purpose::New,
        batch: new_id(),
        first: prefilled.into_iter().chain([person]).collect(),
    };
    let now = desk.clock().now_ms();
    let write = desk.write(move |tx| {
        let made = drafts::insert(tx, &new, now)?;
        drafts::set_open(tx, made.id, true)?;
        Ok(made)
    });
    let made = write.await?;
    Whole { row: made, connection: row, submission: None }.view(desk, false)
}
