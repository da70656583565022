//! What a platform says of a customer beside the fields of a form: its accounts, its individuals, and the facts of one.

use std::collections::BTreeSet;

use desk_domain::bultra::{self, About, Account, NamedIndividual, Target};
use desk_domain::platform::Kind;
use desk_store::customers::{self, CustomerRow};
use desk_store::readings::{self, ReadingRow};
use desk_store::{Connection, SqlResult, drafts};
use uuid::Uuid;

use crate::clock::instant;
use crate::views::{AccountView, CustomerLeafView, CustomerNameView, IndividualView};

/// What a reading says beside the fields; nothing of a platform whose answers have nothing else.
pub(crate) fn about(reading: &ReadingRow) -> About {
    let json = serde_json::from_str(&reading.raw).ok().filter(|_| reading.kind == Kind::Bultra);
    json.as_ref().map(bultra::about).unwrap_or_default()
}

/// The facts of an individual.
pub(crate) fn facts(about: &About) -> Vec<CustomerLeafView> {
    let fact = |path: &str, value: &Option<String>| {
        let value = value.clone()?;
        Some(CustomerLeafView { path: path.to_owned(), kind: None, value: Some(value), masked: false })
    };
    let known = [fact("role", &about.role), fact("ownership_percentage", &about.ownership_percentage)];
    known.into_iter().flatten().collect()
}

/// An account for the page.
pub(crate) fn account(account: Account) -> AccountView {
    AccountView { id: account.id, currency: account.currency, status: account.status }
}

/// The other records that a record names.
pub(crate) struct Related {
    /// Of an individual: its customer.
    pub of: Option<CustomerNameView>,
    /// Of a customer: those that it names, in its order, then those that were asked for by their id.
    pub individuals: Vec<IndividualView>,
}

impl Related {
    /// Reads what is known of them here.
    pub(crate) fn read(db: &Connection, row: &CustomerRow, about: &About) -> SqlResult<Self> {
        let connection = row.connection_id;
        if let Some(customer_id) = row.individual_of.clone() {
            let name = customers::get(db, connection, &customer_id)?.map(|customer| customer.name).unwrap_or_default();
            return Ok(Self { of: Some(CustomerNameView { customer_id, name }), individuals: Vec::new() });
        }
        let known = customers::individuals_of(db, connection, &row.customer_id)?;
        let mut individuals = Vec::new();
        let mut named = BTreeSet::new();
        for said in &about.individuals {
            let id = Target { customer: &row.customer_id, individual: Some(&said.id) }.id();
            if named.insert(id.clone()) {
                let there = known.iter().find(|row| row.customer_id == id);
                individuals.push(view(db, connection, id, Some(said), there)?);
            }
        }
        for row in known.iter().filter(|row| !named.contains(&row.customer_id)) {
            individuals.push(view(db, connection, row.customer_id.clone(), None, Some(row))?);
        }
        Ok(Self { of: None, individuals })
    }
}

/// What was read of an individual counts before what its customer says of it.
fn view(
    db: &Connection,
    connection: Uuid,
    customer_id: String,
    said: Option<&NamedIndividual>,
    row: Option<&CustomerRow>,
) -> SqlResult<IndividualView> {
    let newest = match row {
        Some(_) => readings::newest(db, connection, &customer_id)?,
        None => None,
    };
    let read = newest.as_ref().map(about).unwrap_or_default();
    let name = row.map(|row| row.name.clone()).filter(|name| !name.is_empty());
    Ok(IndividualView {
        individual_id: Target::of(&customer_id).individual.unwrap_or_default().to_owned(),
        name: name.or_else(|| said.map(|said| said.name.clone())).unwrap_or_default(),
        role: read.role.or_else(|| said.and_then(|said| said.role.clone())),
        ownership_percentage: read.ownership_percentage,
        read_at: newest.map(|newest| instant(newest.last_read_at)),
        named: said.is_some(),
        update: drafts::update_of(db, connection, &customer_id)?.map(|draft| draft.id.to_string()),
        customer_id,
    })
}
