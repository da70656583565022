//! What Bultra says of a customer or an individual (page 004), in the terms that this program has for customers: the same
//! screens, merges and masks serve both platforms.
//!
//! `pieces.rs` says where each part of an answer belongs, `claims.rs` which of several places has the value of a field,
//! `names.rs` by which names a part is known, `entries.rs` what the entries of a list go by, `contact.rs` what of a customer is sent, `about.rs`
//! what is said beside the fields.

mod about;
mod claims;
mod contact;
mod entries;
mod names;
mod pieces;

#[cfg(test)]
mod tests;

use serde_json::Value;

pub use about::{about, rows};
pub use contact::{carried, contact, patch, patched};
pub use names::form_field;
pub(crate) use names::is_plain;
pub(crate) use pieces::Pieces;

/// Parts an individual's id from its customer's, as in the paths of the API.
const BETWEEN: &str = "/individuals/";

/// An id of the platform: a text without the blanks around it, or a number that a careless server makes of it. No blank
/// one, and none that would be two ids in one.
#[must_use]
pub fn id_of(json: &Value) -> Option<String> {
    let id = match json {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!id.is_empty() && !id.contains(BETWEEN)).then_some(id)
}

/// Which record of the platform an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target<'a> {
    /// The platform's id of the customer.
    pub customer: &'a str,
    /// The platform's id of an individual of that customer; `None` for the customer.
    pub individual: Option<&'a str>,
}

impl<'a> Target<'a> {
    /// Reads an id as this program keeps it: `cust_1`, or `cust_1/individuals/ind_2`.
    #[must_use]
    pub fn of(id: &'a str) -> Self {
        match id.split_once(BETWEEN) {
            Some((customer, individual)) => Self { customer, individual: Some(individual) },
            None => Self { customer: id, individual: None },
        }
    }

    /// The id as this program keeps it.
    #[must_use]
    pub fn id(&self) -> String {
        match self.individual {
            Some(individual) => format!("{}{BETWEEN}{individual}", self.customer),
            None => self.customer.to_owned(),
        }
    }
}

/// One row of the platform's list (`CustomerRow` of the contract).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCustomer {
    /// The platform's id.
    pub customer_id: String,
    /// INDIVIDUAL, CORPORATION, or what it said.
    pub party: Option<String>,
    /// Its word for the status.
    pub status: Option<String>,
    /// As it came.
    pub email: Option<String>,
    /// As it came.
    pub created_at: Option<String>,
}

/// What is said of a customer or an individual beside its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// `type`.
    pub party: Option<String>,
    /// `updated_at` as it came.
    pub updated_at: Option<String>,
    /// `role` of an individual.
    pub role: Option<String>,
    /// `ownership_percentage` with every digit.
    pub ownership_percentage: Option<String>,
    /// `accounts`, each with an id of its own.
    pub accounts: Vec<Account>,
    /// The individuals that a customer names, by whatever lists it has of them: each once, and none without an id.
    pub individuals: Vec<NamedIndividual>,
}

/// An account of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The platform's id, as the paths of its leaves have it: a second account of one id is `acc_1 (2)`, one without `#1`.
    pub id: String,
    /// ISO 4217, as it came.
    pub currency: Option<String>,
    /// As it came.
    pub status: Option<String>,
}

/// An individual as its customer names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedIndividual {
    /// The platform's id.
    pub id: String,
    /// The names, where the customer has them.
    pub name: String,
    /// As it came.
    pub role: Option<String>,
}

/// An answer as a customer of this program: the shape that [`Customer`](crate::customer::Customer) reads. `None` where it is
/// no customer and no individual of Bultra: without an id, with one that is an individual's and a customer's in one, or an
/// error's body.
///
/// The address is that of `individual` or `corporation`, else the one at the top; a corporation's name is the first of its
/// likely names. What this program does not know stays where it is, in the address included; only `accounts` and lists of
/// individuals become objects with the ids as keys. `updated_at`, and an `individual`, a `corporation`, `accounts` or a list
/// of individuals that came empty, are not in it. An individual's `customer_id` is [`Target::id`], where the answer names
/// the customer; where not, the answer has none and `id` stays a leaf that is not known.
#[must_use]
pub fn canonical(answer: &Value) -> Option<Value> {
    Some(Pieces::of(answer)?.canonical())
}
