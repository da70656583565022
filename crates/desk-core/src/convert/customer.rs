//! Customers as the page gets them: the masked record (DECISIONS 14). `answer.rs` reads what a platform says of one.

use desk_domain::customer::{Customer, CustomerPath, Leaf, UnknownLeaf, is_plain_unknown, text_at};
use desk_domain::field::{FIELDS, Field, FieldSpec, Masking, Section};
use desk_domain::form::{Form, carries};
use desk_domain::mask::{WHOLE, mask};
use desk_domain::platform::{Kind, Revision};
use desk_domain::status::Status;
use desk_store::connections::ConnectionRow;
use desk_store::customers::{self, CustomerRow};
use desk_store::readings::{self, ReadingRow};
use desk_store::{Connection, SqlResult, activity, drafts};

use crate::clock::{instant, local_midnight};
use crate::convert::individual::{self, Related};
use crate::convert::{connection, reading};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{CustomerLeafView, CustomerSectionView, CustomerView, ShownView, StatusSeen};

/// Readings in which a record looks for what changed: more than come before somebody looks.
const LOOKED_THROUGH: u32 = 20;

/// The record of a customer as last read.
///
/// # Errors
/// `not_found` for one that this computer does not know, `customer.unread` for one that the platform's list alone has
/// named, or the store's.
pub(crate) async fn view(desk: &Desk, connection: &ConnectionRow, customer_id: &str) -> Result<CustomerView, IpcError> {
    let (id, customer_id, actor) = (connection.id, customer_id.to_owned(), desk.actor().to_owned());
    let today = local_midnight(desk.clock().now_ms());
    let read = desk.read(move |db| {
        let Some(row) = customers::get(db, id, &customer_id)? else { return Ok(Err(IpcError::of("not_found"))) };
        let Some(newest) = readings::newest(db, id, &customer_id)? else {
            return Ok(Err(IpcError::of(if row.listed.unread { "customer.unread" } else { "not_found" })));
        };
        let known = Known::read(db, &row, &actor, today)?;
        let about = individual::about(&newest);
        let related = Related::read(db, &row, &about)?;
        Ok(Ok((row, newest, known, about, related)))
    });
    let (row, newest, known, about, related) = read.await??;
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
        readings: known.readings,
        sections: sections(&customer, connection),
        unknown: unknown(&customer, connection.kind),
        history: known.history.into_iter().map(|(status, at)| StatusSeen { status, at: instant(at) }).collect(),
        shown: known.shown.into_iter().map(|(path, at)| ShownView { path, at: instant(at) }).collect(),
        changed: reading::changed(known.seen.as_ref(), &newest, &known.waiting)?,
        update: known.update,
        ask_at: row.upkeep.ask_at.map(instant),
        party: row.party,
        facts: individual::facts(&about),
        updated_at: about.updated_at,
        individual_of: related.of,
        accounts: about.accounts.into_iter().map(individual::account).collect(),
        individuals: related.individuals,
        unlisted_at: row.listed.unlisted_at.map(instant),
    })
}

/// What is known of a customer beside its newest reading.
struct Known {
    readings: u32,
    history: Vec<(Status, i64)>,
    shown: Vec<(String, i64)>,
    seen: Option<ReadingRow>,
    waiting: Vec<ReadingRow>,
    update: Option<String>,
}

impl Known {
    fn read(db: &Connection, row: &CustomerRow, actor: &str, today: i64) -> SqlResult<Self> {
        let (id, customer_id) = (row.connection_id, row.customer_id.as_str());
        let waits = row.upkeep.changed_at.is_some();
        Ok(Self {
            readings: readings::count(db, id, customer_id)?,
            history: readings::status_history(db, id, customer_id)?,
            shown: activity::shown(db, id, customer_id, actor, today)?,
            seen: customers::seen_reading(db, id, customer_id)?,
            waiting: if waits { readings::list(db, id, customer_id, LOOKED_THROUGH)? } else { Vec::new() },
            update: drafts::update_of(db, id, customer_id)?.map(|draft| draft.id.to_string()),
        })
    }
}

/// One value of a reading, unmasked: for a reveal, which writes the trail. A value has its place in the record; what the
/// raw answer calls otherwise is found by that as well.
///
/// # Errors
/// `not_found` for a value that the reading does not have.
pub(crate) fn value(of: &ReadingRow, path: &str) -> Result<String, IpcError> {
    let customer = reading::customer(of)?;
    let known = customer.leaves.iter().find(|(at, _)| at.to_string() == path).map(|(_, text)| text.clone());
    let unknown = || customer.unknown.iter().find(|leaf| leaf.path == path).map(UnknownLeaf::text);
    let raw = || text_at(of.kind, &serde_json::from_str(&of.raw).ok()?, path);
    let found = known.or_else(unknown).or_else(raw);
    found.ok_or_else(|| IpcError::of("not_found"))
}

/// The sections of the form; of a customer that has no form of its own those that say something of it.
fn sections(customer: &Customer, connection: &ConnectionRow) -> Vec<CustomerSectionView> {
    let of = |section: Section, person: Option<u32>| CustomerSectionView {
        section,
        person,
        said: customer.sections.contains(&section),
        leaves: leaves(customer, section, person, connection),
    };
    let all = Section::ALL.into_iter().flat_map(|section| match section {
        Section::BusinessPersonList if customer.persons > 0 => {
            (0..customer.persons).map(|person| of(section, Some(person))).collect()
        }
        section => vec![of(section, None)],
    });
    all.filter(|section| connection.kind == Kind::Axisfi || !section.leaves.is_empty()).collect()
}

fn leaves(
    customer: &Customer,
    section: Section,
    person: Option<u32>,
    connection: &ConnectionRow,
) -> Vec<CustomerLeafView> {
    let fields = FIELDS.iter().filter(|spec| spec.section == section && spec.field != Field::PartnerCustomerId);
    // The role of an individual is one of its facts.
    let fields = fields.filter(|spec| connection.kind == Kind::Axisfi || spec.field != Field::RoleType);
    let leaf = |spec, path, text| leaf(connection.kind, spec, path, text);
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
            // A field of another form is no gap of this record.
            let belongs = carries(connection.form(), spec);
            match customer.leaf(path) {
                None if !belongs => Vec::new(),
                text => vec![leaf(spec, path, text)],
            }
        })
        .collect()
}

fn leaf(kind: Kind, spec: &FieldSpec, path: CustomerPath, text: Option<&str>) -> CustomerLeafView {
    let veiled = text.map(|text| veiled(kind, Leaf::Known(path), text));
    let masked = veiled.as_ref().is_some_and(|veiled| veiled.masked);
    let value = veiled.map(|veiled| veiled.text);
    CustomerLeafView { path: path.to_string(), kind: Some(spec.kind), value, masked }
}

/// What this program does not know. What is known and no field (type, accounts, individuals) stands elsewhere in the record.
fn unknown(customer: &Customer, kind: Kind) -> Vec<CustomerLeafView> {
    let leaves = customer.unknown.iter().filter(|leaf| !is_plain_unknown(kind, &leaf.path));
    let view = |leaf: &UnknownLeaf| {
        let Veiled { text, masked } = veiled(kind, Leaf::Unknown, "");
        CustomerLeafView { path: leaf.path.clone(), kind: None, value: Some(text), masked }
    };
    leaves.map(view).collect()
}

/// A value as it may leave Rust unasked.
pub(crate) struct Veiled {
    pub text: String,
    pub masked: bool,
}

/// The one rule of what is masked of a reading (DECISIONS 14), for the record and for the raw answer alike.
pub(crate) fn veiled(kind: Kind, leaf: Leaf, text: &str) -> Veiled {
    let masking = match leaf {
        Leaf::Known(path) => path.masking_in(form_of(kind)),
        Leaf::Empty | Leaf::Plain => Masking::Plain,
        // A leaf that nobody knows may be anything, a passport number too.
        Leaf::Unknown => return Veiled { text: WHOLE.to_owned(), masked: true },
    };
    let masked = masking != Masking::Plain && !text.is_empty();
    Veiled { text: if masked { mask(masking, text) } else { text.to_owned() }, masked }
}

/// The same for what is no field, by where it stands in the record: some of it says nothing of a person.
pub(crate) fn veiled_unknown(kind: Kind, path: &str, text: &str) -> Veiled {
    let leaf = if is_plain_unknown(kind, path) { Leaf::Plain } else { Leaf::Unknown };
    veiled(kind, leaf, text)
}

/// How a field is masked in a record of a platform.
pub(crate) fn masking(kind: Kind, field: Field) -> Masking {
    form_of(kind).masking(field)
}

/// A form of a platform: which revision it is makes no difference to what is masked.
fn form_of(kind: Kind) -> Form {
    match kind {
        Kind::Axisfi => Form::Whole(Revision::Typed),
        Kind::Bultra => Form::Contact,
    }
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
