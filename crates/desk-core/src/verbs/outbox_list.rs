//! What waits, is unknown or in conflict in the current environment.

use std::collections::HashMap;

use desk_domain::field::Field;
use desk_store::submissions::SubmissionPurpose;
use desk_store::{customers, drafts, outbox};

use crate::convert::connection::{self, InUse};
use crate::convert::delivery::Delivery;
use crate::convert::draft::text_of;
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{Empty, OutboxRowView, OutboxView};

pub(crate) async fn run(desk: &Desk, _: Empty) -> Result<OutboxView, IpcError> {
    let read = desk.read(|db| {
        let in_use = InUse::of(db)?;
        let connections: HashMap<_, _> = in_use.all.iter().map(|row| (row.id, row.clone())).collect();
        let mut found = Vec::new();
        for row in outbox::unsettled(db, &in_use.environment())? {
            let Some(draft) = drafts::get(db, row.draft_id)? else { continue };
            let Some(connection) = connections.get(&row.connection_id).cloned() else { continue };
            // An update holds what changes; the customer is known by name. What a new one is in conflict with is not it.
            let known = match &row.customer_id {
                Some(id) if row.purpose == SubmissionPurpose::Update => customers::get(db, connection.id, id)?,
                _ => None,
            };
            let names = known.map(|customer| (customer.name, customer.local_name));
            let names = names
                .unwrap_or_else(|| (text_of(&draft, Field::BusinessNameEnglish), text_of(&draft, Field::BusinessName)));
            found.push((connection, names, Delivery::read(db, row)?));
        }
        Ok(found)
    });
    let rows = read.await?.into_iter().filter_map(|(connection, (name, local_name), delivery)| {
        Some(OutboxRowView {
            draft: delivery.row.draft_id.to_string(),
            connection: connection::view(&connection),
            name,
            local_name,
            partner_customer_id: delivery.row.partner_customer_id.clone(),
            delivery: delivery.listed(desk)?,
        })
    });
    Ok(OutboxView { rows: rows.collect() })
}
