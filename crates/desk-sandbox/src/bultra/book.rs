//! The customers in the order of the list, and what of them is no longer as it was made.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::{
    customer::{BultraRow, Customer, Key, touch, written},
    kept::{Answered, Kept},
    made,
    patch::{self, AddressRule},
};
use crate::call::Answer;

/// The customers.
pub(crate) struct Book {
    /// How many were made.
    count: u32,
    pub(super) customers: BTreeMap<Key, Customer>,
    keys: HashMap<String, Key>,
    changed: BTreeSet<String>,
    removed: BTreeSet<String>,
    pub(crate) address_rule: AddressRule,
    /// What was answered to which idempotency id.
    pub(super) answered: BTreeMap<String, Answered>,
}

impl Book {
    /// So many customers, or as a snapshot had them.
    pub(super) fn made(count: u32, kept: Option<Kept>) -> Self {
        let kept = kept.unwrap_or_else(|| Kept::nothing(count));
        let mut book = Self {
            count: kept.count,
            customers: BTreeMap::new(),
            keys: HashMap::new(),
            changed: BTreeSet::new(),
            removed: BTreeSet::new(),
            address_rule: AddressRule::default(),
            answered: kept.answered,
        };
        (0..u64::from(kept.count)).for_each(|number| book.put(made::customer(number)));
        kept.removed.iter().for_each(|id| {
            book.remove(id);
        });
        kept.changed.into_iter().for_each(|customer| book.insert(customer));
        book
    }

    /// What is no longer as it was made; `None` where everything is.
    pub(super) fn kept(&self) -> Option<Kept> {
        if self.changed.is_empty() && self.removed.is_empty() && self.answered.is_empty() {
            return None;
        }
        Some(Kept {
            count: self.count,
            changed: self.changed.iter().filter_map(|id| self.customer(id).ok().cloned()).collect(),
            removed: self.removed.iter().cloned().collect(),
            answered: self.answered.clone(),
        })
    }

    /// All that are there, newest first.
    pub(crate) fn judged(&self) -> Vec<BultraRow> {
        self.customers.values().rev().map(Customer::judged).collect()
    }

    /// The one with this id.
    pub(crate) fn judged_of(&self, id: &str) -> Option<BultraRow> {
        self.customer(id).ok().map(Customer::judged)
    }

    pub(super) fn customer(&self, id: &str) -> Result<&Customer, Answer> {
        self.keys.get(id).and_then(|key| self.customers.get(key)).ok_or_else(|| patch::unknown("customer"))
    }

    pub(super) fn individual(&self, id: &str, individual_id: &str) -> Result<Value, Answer> {
        let found = self.customer(id)?.individual(individual_id);
        found.map(|individual| Value::Object(individual.clone())).ok_or_else(|| patch::unknown("individual"))
    }

    /// Changes a customer or one of its individuals: the customer, for good. `None` where there is no such one.
    pub(super) fn change<T>(
        &mut self,
        id: &str,
        individual: Option<&str>,
        now: DateTime<Utc>,
        change: impl FnOnce(&mut Map<String, Value>) -> T,
    ) -> Option<T> {
        let customer = self.keys.get(id).and_then(|key| self.customers.get_mut(key))?;
        let created = customer.created;
        let object = customer.object(individual)?;
        let result = change(object);
        touch(object, now);
        if individual.is_none() {
            // The order of the list is made of these two.
            object.insert("id".to_owned(), id.into());
            if let Some(created) = DateTime::from_timestamp(created, 0) {
                object.insert("created_at".to_owned(), written(created).into());
            }
        }
        self.changed.insert(id.to_owned());
        Some(result)
    }

    /// As somebody else changes it there.
    pub(crate) fn changed_there(
        &mut self,
        id: &str,
        individual: Option<&str>,
        now: DateTime<Utc>,
        change: impl FnOnce(&mut Map<String, Value>),
    ) -> bool {
        self.change(id, individual, now, change).is_some()
    }

    /// Counts a patch that took effect.
    pub(super) fn wrote(&mut self, id: &str) {
        if let Some(customer) = self.keys.get(id).and_then(|key| self.customers.get_mut(key)) {
            customer.writes += 1;
        }
    }

    /// A customer that was not made with the others, or not like this.
    pub(super) fn insert(&mut self, customer: Customer) {
        self.removed.remove(&customer.id);
        self.changed.insert(customer.id.clone());
        self.put(customer);
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.keys.contains_key(id)
    }

    /// Takes a customer away.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let Some(key) = self.keys.remove(id) else { return false };
        self.customers.remove(&key);
        self.changed.remove(id);
        self.removed.insert(id.to_owned());
        true
    }

    fn put(&mut self, customer: Customer) {
        if let Some(before) = self.keys.insert(customer.id.clone(), customer.key()) {
            self.customers.remove(&before);
        }
        self.customers.insert(customer.key(), customer);
    }
}
