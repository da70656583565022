//! The duplicate guard: who else has the number of the business, the document of a person, or our id. A warning beside
//! those of the rules, in the one check that every answer carries; it names the other one, never a person.

use std::collections::{BTreeMap, BTreeSet};

use desk_domain::check::Check;
use desk_domain::draft::Draft;
use desk_domain::form::{Form, carries, places};
use desk_domain::identity_keys::{DraftKey, of_draft};
use desk_domain::path::FieldPath;
use desk_domain::problem::{Problem, Severity};
use desk_store::connections::ConnectionRow;
use desk_store::drafts::{DraftRow, Purpose};
use desk_store::identity_keys::{self, Holder, Scope, customers_with, drafts_with};
use desk_store::{Connection, SqlResult};

use crate::clock::instant;
use crate::convert::draft::is_open;
use crate::desk::Desk;
use crate::update::Base;

/// Customers or drafts that get their keys in one transaction: few enough that no key press waits behind it.
const AT_ONCE: u32 = 50;

/// Makes the keys that are missing after an update of the program, beside all other work.
pub(crate) fn fill(desk: &Desk) {
    let desk = desk.downgrade();
    tokio::spawn(async move {
        while let Some(desk) = desk.upgrade() {
            // What fails is tried again at the next start: until then somebody is overlooked, and nothing else.
            if !matches!(desk.write(|tx| identity_keys::fill(tx, AT_ONCE)).await, Ok(true)) {
                break;
            }
        }
    });
}

/// The warnings of a draft, one a field. One that cannot be edited has none: what was sent was confirmed. Of an update, only
/// what was typed counts, and neither its customer nor a draft of that customer is another one.
pub(crate) fn of(
    db: &Connection,
    row: &DraftRow,
    base: Option<&Base>,
    connection: &ConnectionRow,
) -> SqlResult<Vec<Problem>> {
    if !is_open(row.state) || row.deleted_at.is_some() {
        return Ok(Vec::new());
    }
    let typed: Option<BTreeSet<_>> = base.map(|base| base.changes(&row.texts).into_iter().collect());
    let scope = Scope { environment: connection.environment, connection: connection.id };
    let mut found: BTreeMap<FieldPath, Problem> = BTreeMap::new();
    for DraftKey { key, path, country } in of_draft(&row.texts) {
        let is_typed = |path: FieldPath| typed.as_ref().is_none_or(|typed| typed.contains(&path));
        let counts =
            carries(connection.form(), path.field().spec()) && (is_typed(path) || country.is_some_and(is_typed));
        if !counts || found.contains_key(&path) {
            continue;
        }
        let is_other = |holder: &Holder| !is_own(row, holder);
        let other = match customers_with(db, scope, &key)?.into_iter().find(is_other) {
            Some(customer) => Some(customer),
            None => drafts_with(db, scope, &key)?.into_iter().find(is_other),
        };
        if let Some(other) = other {
            found.insert(path, problem(path, key.kind.problem(), &other));
        }
    }
    Ok(found.into_values().collect())
}

fn is_own(row: &DraftRow, holder: &Holder) -> bool {
    let of_its_customer = match &row.purpose {
        Purpose::New => false,
        Purpose::Update { customer_id, .. } => {
            holder.connection_id == row.connection_id && holder.customer_id.as_ref() == Some(customer_id)
        }
    };
    holder.draft == Some(row.id) || of_its_customer
}

fn problem(path: FieldPath, code: &str, other: &Holder) -> Problem {
    let customer = other.customer_id.clone().filter(|_| other.draft.is_none());
    let params = [
        ("what", if other.draft.is_some() { "draft" } else { "customer" }.to_owned()),
        ("draft", other.draft.map(|id| id.to_string()).unwrap_or_default()),
        ("connection", other.connection_id.to_string()),
        ("customer", customer.unwrap_or_default()),
        ("name", other.name.clone()),
        ("at", instant(other.at)),
    ];
    Problem {
        path,
        code: code.to_owned(),
        params: params.map(|(name, value)| (name.to_owned(), value)).into(),
        severity: Severity::Warning,
    }
}

/// Puts the warnings among what the rules say: one problem a field, in the order of the form. An error of the same field
/// stays; a warning or a note gives way, since this one is news.
pub(crate) fn add(check: &mut Check, draft: &Draft, form: Form, duplicates: &[Problem]) {
    if duplicates.is_empty() {
        return;
    }
    let said = std::mem::take(&mut check.problems);
    let mut at: BTreeMap<FieldPath, Problem> = said.into_iter().map(|problem| (problem.path, problem)).collect();
    for duplicate in duplicates {
        if at.get(&duplicate.path).is_none_or(|problem| problem.severity != Severity::Error) {
            at.insert(duplicate.path, duplicate.clone());
        }
    }
    check.problems = places(draft, form).into_iter().filter_map(|path| at.remove(&path)).collect();
}
