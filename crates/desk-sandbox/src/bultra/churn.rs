//! What goes on at a platform while somebody reads its list.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    book::Book,
    customer::{Key, text, written},
    list::STATUSES,
    made,
};
use crate::data::random::Random;

/// Numbers of inserted customers begin here, far from those that are made.
const FIRST_INSERTED: u64 = 1_000_000_000;

/// Inserts go back this far at most: a customer may come out of an application that began long before.
const INSERTED_WITHIN_S: u64 = 100_000_000;

/// What happens before each page that is asked for with a cursor. The same seed and the same calls, the same changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Churn {
    /// Where chance begins.
    pub seed: u64,
    /// Customers that come: every second one newer than all, the others anywhere in the order.
    pub inserts: u32,
    /// Customers whose status moves.
    pub changes: u32,
    /// Customers that go: first the one on which the cursor stands, the others anywhere.
    pub deletes: u32,
}

pub(super) struct Churning {
    churn: Churn,
    random: Random,
    inserted: u64,
}

impl Churning {
    pub(super) fn new(churn: Churn) -> Self {
        Self { churn, random: Random::new(churn.seed), inserted: 0 }
    }

    /// One turn, before the page after this row.
    pub(super) fn turn(&mut self, book: &mut Book, after: &Key, now: DateTime<Utc>) {
        for turn in 0..self.churn.deletes {
            match turn {
                0 if book.has(&after.1) => {
                    book.remove(&after.1);
                }
                _ => {
                    if let Some(id) = self.any(book) {
                        book.remove(&id);
                    }
                }
            }
        }
        for _ in 0..self.churn.changes {
            if let Some(id) = self.any(book) {
                let before = book.customer(&id).map(|customer| customer.status().to_owned()).unwrap_or_default();
                let others: Vec<_> = STATUSES.into_iter().filter(|status| *status != before).collect();
                let status = *self.random.pick(&others);
                book.change(&id, None, now, |body| body.insert("status".to_owned(), status.into()));
            }
        }
        (0..self.churn.inserts).for_each(|_| self.insert(book, now));
    }

    fn any(&mut self, book: &Book) -> Option<String> {
        let most = book.customers.len() as u64;
        let place = if most == 0 { 0 } else { self.random.between(0, most) };
        book.customers.values().nth(place as usize).map(|customer| customer.id.clone())
    }

    fn insert(&mut self, book: &mut Book, now: DateTime<Utc>) {
        // One that a snapshot brought back is there already.
        let customer = loop {
            let customer = made::customer(FIRST_INSERTED + self.churn.seed % 1_000 * 1_000_000 + self.inserted);
            self.inserted += 1;
            if !book.has(&customer.id) {
                break customer;
            }
        };
        let back = if self.inserted.is_multiple_of(2) { self.random.between(0, INSERTED_WITHIN_S) } else { 0 };
        let created = now.checked_sub_signed(TimeDelta::seconds(back as i64)).unwrap_or(now);
        let mut customer = customer;
        customer.created = created.timestamp();
        let times = [&mut customer.body].into_iter().chain(customer.individuals.iter_mut());
        for object in times {
            for key in ["created_at", "updated_at"] {
                if !text(object, key).is_empty() {
                    object.insert(key.to_owned(), written(created).into());
                }
            }
        }
        book.insert(customer);
    }
}
