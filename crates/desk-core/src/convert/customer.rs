//! Customers as the page gets them: the masked record (DECISIONS 14). `answer.rs` reads what a platform says of one.

use desk_domain::customer::{Customer, CustomerPath, Leaf};
use desk_domain::field::{FIELDS, Field, FieldSpec, Masking, Section};
use desk_domain::form::carries;
use desk_domain::mask::{WHOLE, mask};
use desk_domain::platform::Revision;
use desk_store::connections::ConnectionRow;
use desk_store::customers;
use desk_store::readings::{self, ReadingRow};
use desk_store::{activity, drafts};

use crate::clock::{instant, local_midnight};
use crate::convert::{connection, reading};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{CustomerLeafView, CustomerSectionView, CustomerView, ShownView, StatusSeen};

/// Readings in which a record looks for what changed: more than come before somebody looks.
const LOOKED_THROUGH: u32 = 20;

/// The record of a customer as last read.
///
/// # Errors
/// `not_found` for one that this computer does not know, or the store's.
pub(crate) async fn view(desk: &Desk, connection: &ConnectionRow, customer_id: &str) -> Result<CustomerView, IpcError> {
    let (id, customer_id, actor) = (connection.id, customer_id.to_owned(), desk.actor().to_owned());
    let today = local_midnight(desk.clock().now_ms());
    let read = desk.read(move |db| {
        let Some(row) = customers::get(db, id, &customer_id)? else { return Ok(None) };
        let Some(newest) = readings::newest(db, id, &customer_id)? else { return Ok(None) };
        let count = readings::count(db, id, &customer_id)?;
        let history = readings::status_history(db, id, &customer_id)?;
        let shown = activity::shown(db, id, &customer_id, &actor, today)?;
        let seen = customers::seen_reading(db, id, &customer_id)?;
        let update = drafts::update_of(db, id, &customer_id)?.map(|draft| draft.id);
        let waits = row.upkeep.changed_at.is_some();
        let waiting = if waits { readings::list(db, id, &customer_id, LOOKED_THROUGH)? } else { Vec::new() };
        Ok(Some((row, newest, count, history, shown, (seen, waiting), update)))
    });
    let (row, newest, count, history, shown, (seen, waiting), update) =
        read.await?.ok_or_else(|| IpcError::of("not_found"))?;
    let customer = reading::customer(&newest)?;
    Ok(CustomerView {
        connection: connection::view(connection),
        customer_id: row.customer_id,
        partner_customer_id: row.partner_customer_id,
        name: row.name,
        local_name: row.local_name,
        status: row.status,
        created_at: customer.created_at.clone(),
        read_at: instant(newest.last_read_at),
        readings: count,
        sections: sections(&customer, connection.revision),
        unknown: customer.unknown.iter().map(|leaf| hidden(&leaf.path)).collect(),
        history: history.into_iter().map(|(status, at)| StatusSeen { status, at: instant(at) }).collect(),
        shown: shown.into_iter().map(|(path, at)| ShownView { path, at: instant(at) }).collect(),
        changed: reading::changed(seen.as_ref(), &newest, &waiting)?,
        update: update.map(|id| id.to_string()),
        ask_at: row.upkeep.ask_at.map(instant),
    })
}

/// One value of a reading, unmasked: for a reveal, which writes the trail.
///
/// # Errors
/// `not_found` for a value that the reading does not have.
pub(crate) fn value(of: &ReadingRow, path: &str) -> Result<String, IpcError> {
    let customer = reading::customer(of)?;
    let known = customer.leaves.iter().find(|(at, _)| at.to_string() == path).map(|(_, text)| text.clone());
    let unknown = || customer.unknown.iter().find(|leaf| leaf.path == path).map(|leaf| leaf.text());
    known.or_else(unknown).ok_or_else(|| IpcError::of("not_found"))
}

fn sections(customer: &Customer, revision: Option<Revision>) -> Vec<CustomerSectionView> {
    let of = |section: Section, person: Option<u32>| CustomerSectionView {
        section,
        person,
        said: customer.sections.contains(&section),
        leaves: leaves(customer, section, person, revision),
    };
    Section::ALL
        .into_iter()
        .flat_map(|section| match section {
            Section::BusinessPersonList if customer.persons > 0 => {
                (0..customer.persons).map(|person| of(section, Some(person))).collect()
            }
            section => vec![of(section, None)],
        })
        .collect()
}

fn leaves(
    customer: &Customer,
    section: Section,
    person: Option<u32>,
    revision: Option<Revision>,
) -> Vec<CustomerLeafView> {
    let fields = FIELDS.iter().filter(|spec| spec.section == section && spec.field != Field::PartnerCustomerId);
    fields
        .filter_map(|spec| {
            let path = match person {
                Some(person) => CustomerPath::of_person(person, spec.field),
                None => CustomerPath::of(spec.field),
            }?;
            Some((spec, path))
        })
        .flat_map(|(spec, path)| {
            if spec.list && customer.leaf(path).is_none() {
                let entries: Vec<_> = customer.entries(spec.field).collect();
                if !entries.is_empty() {
                    return entries.into_iter().map(|(path, text)| leaf(spec, path, Some(text))).collect();
                }
            }
            // A field of the other revision is no gap of this record.
            let belongs = revision.is_none_or(|revision| carries(revision, spec));
            match customer.leaf(path) {
                None if !belongs => Vec::new(),
                text => vec![leaf(spec, path, text)],
            }
        })
        .collect()
}

fn leaf(spec: &FieldSpec, path: CustomerPath, text: Option<&str>) -> CustomerLeafView {
    let veiled = text.map(|text| veiled(Leaf::Known(path), text));
    let masked = veiled.as_ref().is_some_and(|veiled| veiled.masked);
    let value = veiled.map(|veiled| veiled.text);
    CustomerLeafView { path: path.to_string(), kind: Some(spec.kind), value, masked }
}

fn hidden(path: &str) -> CustomerLeafView {
    let Veiled { text, masked } = veiled(Leaf::Unknown, "");
    CustomerLeafView { path: path.to_owned(), kind: None, value: Some(text), masked }
}

/// A value as it may leave Rust unasked.
pub(crate) struct Veiled {
    pub text: String,
    pub masked: bool,
}

/// The one rule of what is masked of a reading (DECISIONS 14), for the record and for the raw answer alike.
pub(crate) fn veiled(leaf: Leaf, text: &str) -> Veiled {
    let masking = match leaf {
        Leaf::Known(path) => path.masking(),
        Leaf::Empty => Masking::Plain,
        // A leaf that nobody knows may be anything, a passport number too.
        Leaf::Unknown => return Veiled { text: WHOLE.to_owned(), masked: true },
    };
    let masked = masking != Masking::Plain && !text.is_empty();
    Veiled { text: if masked { mask(masking, text) } else { text.to_owned() }, masked }
}

/// The newest reading of a customer.
///
/// # Errors
/// `not_found` for one that this computer does not know, or the store's.
pub(crate) async fn newest(desk: &Desk, connection: &ConnectionRow, customer_id: &str) -> Result<ReadingRow, IpcError> {
    let (id, customer_id) = (connection.id, customer_id.to_owned());
    let newest = desk.read(move |db| readings::newest(db, id, &customer_id)).await?;
    newest.ok_or_else(|| IpcError::of("not_found"))
}
