//! One answer about one customer: read, compared with what somebody has seen, and kept.

use desk_domain::bultra::{self, Target};
use desk_domain::customer::{Became, Customer, CustomerPath, compare_readings};
use desk_domain::field::Field;
use desk_domain::platform::Kind;
use desk_store::connections::ConnectionRow;
use desk_store::customers::{self, CustomerRow, Listed, Upkeep};
use desk_store::readings::{self, NewReading};
use desk_store::{SqlResult, Transaction};
use serde_json::Value;

use crate::convert::reading::names;
use crate::desk::new_id;
use crate::watch::next_ask;

/// Who wanted an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// A person asked the platform.
    Asked,
    /// The program did, to keep up.
    Polled,
    /// It answers a write of ours, or is what was read to know what became of one: what differs is what we sent.
    Ours,
}

/// One answer about one customer, ready to be kept.
#[derive(Clone)]
pub(crate) struct Reading {
    row: CustomerRow,
    new: NewReading,
    kind: Kind,
    at: i64,
}

/// What came of keeping an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kept {
    /// It says something that nobody has seen, and nothing of this customer was waiting to be looked at before.
    pub is_news: bool,
    /// The status is another, or what is to be looked at.
    pub shows: bool,
}

impl Reading {
    /// The platform's id.
    pub(crate) fn customer_id(&self) -> &str {
        &self.row.customer_id
    }

    /// Keeps it with the transaction it belongs to, marks the customer as changed where nobody has seen what it says, and
    /// sets when the program asks again (DECISIONS 13).
    pub(crate) fn keep(&self, tx: &Transaction<'_>, source: Source) -> SqlResult<Kept> {
        let (connection, id) = (self.row.connection_id, self.row.customer_id.as_str());
        let before = customers::get(tx, connection, id)?;
        let seen = customers::seen_reading(tx, connection, id)?;
        customers::upsert(tx, &self.row)?;
        readings::keep(tx, &self.new, self.at)?;
        let difference = seen.map_or(Difference::None, |seen| Difference::of(self.kind, &seen.raw, &self.new.raw));
        let upkeep = before.as_ref().map(|before| before.upkeep).unwrap_or_default();
        // What came before a write of ours and was not looked at is still to be looked at after it.
        let ours = source == Source::Ours && upkeep.changed_at.is_none();
        let is_news = match difference {
            Difference::Values if !ours => customers::mark_changed(tx, connection, id, self.at)?,
            // What is to be looked at may stand in what this one leaves out.
            Difference::Silence if upkeep.changed_at.is_some() => false,
            difference => {
                customers::mark_seen(tx, connection, id, ours || difference != Difference::Silence)?;
                false
            }
        };
        let now = customers::get(tx, connection, id)?;
        let status = now.as_ref().and_then(|now| now.status.as_ref());
        let moved = status != before.as_ref().and_then(|before| before.status.as_ref());
        let asks = if source == Source::Polled && !moved { upkeep.asks.saturating_add(1) } else { 0 };
        customers::schedule(tx, connection, id, next_ask(status.map(|status| status.group), asks, id, self.at), asks)?;
        let looked_at = now.as_ref().is_some_and(|now| now.upkeep.changed_at == upkeep.changed_at);
        Ok(Kept { is_news, shows: moved || !looked_at })
    }
}

/// What an answer says beside the one that somebody has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Difference {
    /// The same, and maybe more than was said before.
    None,
    /// The same as far as it goes; it leaves out what the other says.
    Silence,
    /// Another value, or one more or less.
    Values,
}

impl Difference {
    fn of(kind: Kind, seen: &str, new: &str) -> Self {
        if seen == new {
            return Self::None;
        }
        let read = |raw| Customer::of_text(kind, raw);
        let (Ok(seen), Ok(new)) = (read(seen), read(new)) else { return Self::Values };
        let compared = compare_readings(&seen, &new);
        if compared.changes() > 0 {
            Self::Values
        } else if compared.rows.iter().any(|row| row.became == Became::NotSaid && row.after.is_none()) {
            Self::Silence
        } else {
            Self::None
        }
    }
}

/// Reads an answer. `asked` is the id that was asked for, as this program keeps it: an answer about another customer or
/// individual is none. One that leaves its id out is taken to be the asked one of AxisFI, and is none of Bultra; an
/// individual may leave out whose it is. `None` for JSON of another shape.
pub(crate) fn reading(
    connection: &ConnectionRow,
    raw: &str,
    json: &Value,
    asked: Option<&str>,
    now: i64,
) -> Option<Reading> {
    let kind = connection.kind;
    let customer = Customer::of(kind, json).ok()?;
    let customer_id = whose(kind, &customer, json, asked)?;
    let individual_of = (kind == Kind::Bultra).then(|| Target::of(&customer_id)).filter(|id| id.individual.is_some());
    let individual_of = individual_of.map(|target| target.customer.to_owned());
    let text = |field| CustomerPath::of(field).and_then(|path| customer.leaf(path)).unwrap_or_default().to_owned();
    let country = [Field::RegistrationAddressCountryCode, Field::OperatingCountry].map(text);
    let names = match (text(Field::BusinessNameEnglish), kind) {
        // A person is a customer under the name of the person.
        (name, Kind::Bultra) if name.is_empty() => names(&customer, 0),
        (name, _) => (name, text(Field::BusinessName)),
    };
    let status = customer.status.filter(|_| individual_of.is_none());
    let row = CustomerRow {
        connection_id: connection.id,
        customer_id: customer_id.clone(),
        partner_customer_id: customer.partner_customer_id,
        name: names.0,
        local_name: names.1,
        country: country.into_iter().find(|country| !country.is_empty()),
        status: status.clone(),
        read_at: now,
        upkeep: Upkeep::default(),
        party: (kind == Kind::Bultra && individual_of.is_none()).then(|| bultra::about(json).party).flatten(),
        individual_of,
        listed: Listed::default(),
    };
    let new = NewReading { id: new_id(), connection_id: connection.id, customer_id, raw: raw.to_owned(), status };
    Some(Reading { row, new, kind, at: now })
}

/// The id of an answer as this program keeps it, where that of its record was asked for; `None` where it is about somebody
/// else, or about nobody knows whom.
pub(crate) fn whose(kind: Kind, customer: &Customer, json: &Value, asked: Option<&str>) -> Option<String> {
    let (said, expected) = match (kind, asked) {
        (Kind::Bultra, Some(asked)) => {
            let target = Target::of(asked);
            let id = |key| json.get(key).and_then(bultra::id_of);
            // An individual that says whose it is belongs to the customer that was asked for.
            let of = target.individual.and_then(|_| id("customer_id"));
            if of.is_some_and(|of| of != target.customer) {
                return None;
            }
            (id("id"), Some(target.individual.unwrap_or(target.customer)))
        }
        (_, asked) => (customer.customer_id.clone(), asked),
    };
    if said.as_deref().zip(expected).is_some_and(|(said, expected)| said != expected) {
        return None;
    }
    asked.map(str::to_owned).or(said)
}
