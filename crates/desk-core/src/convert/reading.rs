//! Readings and what changed between them, for the page: masked as the record is.

use desk_domain::customer::{
    Became, ComparedLeaf, ComparedPerson, Comparison, Customer, CustomerPath, Leaf, LeafSaid, compare_readings,
};
use desk_domain::field::Field;
use desk_domain::platform::Kind;
use desk_domain::search::stands_alone;
use desk_store::connections::ConnectionRow;
use desk_store::readings::{self, ReadingRow};

use crate::clock::instant;
use crate::convert;
use crate::convert::customer::{veiled, veiled_unknown};
use crate::desk::Desk;
use crate::ipc::IpcError;
use crate::views::{ChangeKind, ChangedView, ComparedPersonView, ComparisonRowView, ReadingView};

/// A reading by an id that the page sent.
///
/// # Errors
/// `not_found` where it is no reading of this customer, or the store's.
pub(crate) async fn of_customer(
    desk: &Desk,
    connection: &ConnectionRow,
    customer_id: &str,
    id: &str,
) -> Result<ReadingRow, IpcError> {
    let id = convert::id(id, "not_found")?;
    let found = desk.read(move |db| readings::get(db, id)).await?;
    let theirs = |row: &ReadingRow| row.connection_id == connection.id && row.customer_id == customer_id;
    found.filter(theirs).ok_or_else(|| IpcError::of("not_found"))
}

/// What a reading says.
///
/// # Errors
/// `store.failed`: what was kept was a customer.
pub(crate) fn customer(row: &ReadingRow) -> Result<Customer, IpcError> {
    Customer::of_text(row.kind, &row.raw).map_err(|_| IpcError::of("store.failed"))
}

/// A reading of a list. `before` is the one before it.
pub(crate) fn view(row: &ReadingRow, before: Option<&ReadingRow>) -> Result<ReadingView, IpcError> {
    let changes = match before {
        Some(before) => Some(compare_readings(&customer(before)?, &customer(row)?).changes()),
        None => None,
    };
    Ok(ReadingView {
        id: row.id.to_string(),
        first_read_at: instant(row.first_read_at),
        last_read_at: instant(row.last_read_at),
        status: row.status.clone(),
        changes,
    })
}

/// What changed since the reading that was looked at; `None` where nothing did. `waiting` are the newest readings, newest
/// first, of a customer that waits to be looked at: the newest of all may leave out what another said, and none may say
/// anything where the platform has no such customer any more.
pub(crate) fn changed(
    seen: Option<&ReadingRow>,
    newest: &ReadingRow,
    waiting: &[ReadingRow],
) -> Result<Option<ChangedView>, IpcError> {
    let view = |since: &ReadingRow, fields, paths| ChangedView {
        fields: u32::try_from(fields).unwrap_or(u32::MAX),
        reading: since.id.to_string(),
        since: instant(since.last_read_at),
        paths,
    };
    let nothing = || (!waiting.is_empty()).then(|| view(newest, 0, Vec::new()));
    let Some(seen) = seen else { return Ok(nothing()) };
    let before = customer(seen)?;
    for after in [newest].into_iter().chain(waiting).filter(|after| after.seq > seen.seq) {
        let found = compare_readings(&before, &customer(after)?);
        let paths = found.rows.into_iter().filter(|row| differs(row.became));
        let paths: Vec<_> = paths.map(|row| row.after.map(|said| said.path)).collect();
        if !paths.is_empty() {
            let of_newest = paths.iter().flatten().filter(|_| after.id == newest.id).cloned().collect();
            return Ok(Some(view(seen, paths.len(), of_newest)));
        }
    }
    Ok(nothing())
}

/// The rows of a comparison, those that are the same or were not said only where `all` are asked for.
pub(crate) fn rows(kind: Kind, comparison: &Comparison, all: bool) -> Vec<ComparisonRowView> {
    let rows = comparison.rows.iter().filter(|row| all || differs(row.became));
    rows.map(|compared| row(kind, compared)).collect()
}

fn row(of: Kind, row: &ComparedLeaf) -> ComparisonRowView {
    let veil = |said: &LeafSaid| match row.known {
        Some(path) => veiled(of, Leaf::Known(path), &said.text),
        None => veiled_unknown(of, &said.path, &said.text),
    };
    let (before, after) = (row.before.as_ref().map(veil), row.after.as_ref().map(veil));
    let masked = [&before, &after].into_iter().flatten().any(|veiled| veiled.masked);
    let path = |said: &Option<LeafSaid>| said.as_ref().map(|said| said.path.clone());
    let field = row.known.and_then(CustomerPath::field).filter(|field| *field != Field::PartnerCustomerId);
    ComparisonRowView {
        before_path: path(&row.before),
        after_path: path(&row.after),
        section: field.map(|field| field.spec().section),
        person: row.person,
        kind: row.known.and_then(CustomerPath::kind),
        masked,
        before: before.map(|veiled| veiled.text),
        after: after.map(|veiled| veiled.text),
        change: kind(row.became),
    }
}

fn differs(became: Became) -> bool {
    matches!(became, Became::Added | Became::Removed | Became::Changed)
}

fn kind(became: Became) -> ChangeKind {
    match became {
        Became::Added => ChangeKind::Added,
        Became::Removed => ChangeKind::Removed,
        Became::Changed => ChangeKind::Changed,
        Became::Same => ChangeKind::Same,
        Became::NotSaid => ChangeKind::NotSaid,
    }
}

/// A person of two readings, by the names that the newer one has.
pub(crate) fn person(person: &ComparedPerson, before: &Customer, after: &Customer) -> ComparedPersonView {
    let names = |customer, place: Option<u32>| place.map(|place| names(customer, place)).unwrap_or_default();
    let (old, new) = (names(before, person.before), names(after, person.after));
    let or = |new: String, old: String| if new.is_empty() { old } else { new };
    ComparedPersonView {
        name: or(new.0, old.0),
        local_name: or(new.1, old.1),
        before: person.before,
        after: person.after,
    }
}

/// The names of a person of a reading, in English and in local script: there the family name first and joined where it is
/// written so.
pub(crate) fn names(customer: &Customer, person: u32) -> (String, String) {
    let name = |field| {
        let path = CustomerPath::of_person(person, field);
        path.and_then(|path| customer.leaf(path)).unwrap_or_default().trim().to_owned()
    };
    let [first, last, given, family] =
        [Field::FirstNameEnglish, Field::LastNameEnglish, Field::FirstName, Field::LastName].map(name);
    let spaced = |one: &str, other: &str| format!("{one} {other}").trim().to_owned();
    let local = if family.contains(stands_alone) { format!("{family}{given}") } else { spaced(&given, &family) };
    (spaced(&first, &last), local)
}
