//! Bultra's customers (page 004): what the platform does with a call, and the adapter to HTTP.
//!
//! Reading order: `call`, `token`, `customer`, `book` (the customers in their order), `cursor`, `list`, `patch`,
//! `churn`, `made` and `corporation` (the made-up customers), `kept` (the snapshot), `http`.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{call::Answer, options::Keys};

mod book;
mod call;
mod churn;
mod corporation;
mod cursor;
mod customer;
mod http;
mod kept;
mod list;
mod made;
mod patch;
mod token;

pub use churn::Churn;
pub use customer::BultraRow;
pub use patch::AddressRule;
pub use token::TokenRules;

pub(crate) use book::Book;
pub(crate) use http::routes;
pub(crate) use kept::Kept;
pub(crate) use token::Tokens;

use call::{Call, Target};
use churn::Churning;

/// The platform's state.
pub(crate) struct Bultra {
    keys: Keys,
    /// How many customers are made.
    count: u32,
    /// What a snapshot had, until the customers are made.
    kept: Option<Kept>,
    /// The customers; made when somebody asks for the first time, so that a start costs nothing.
    book: Option<Book>,
    pub(crate) tokens: Tokens,
    churning: Option<Churning>,
    /// Calls that a fault put off, and when they take effect.
    put_off: Vec<(DateTime<Utc>, Call)>,
}

impl Bultra {
    /// The state of a snapshot, or so many made-up customers.
    pub(crate) fn new(keys: Keys, count: u32, kept: Option<Kept>) -> Self {
        Self { keys, count, kept, book: None, tokens: Tokens::default(), churning: None, put_off: Vec::new() }
    }

    /// Back to the made-up customers, so many of them. Tokens stay valid: a client keeps working.
    pub(crate) fn reset(&mut self, count: Option<u32>) {
        self.count = count.unwrap_or(self.count);
        self.kept = None;
        self.book = None;
        self.churning = None;
        self.put_off.clear();
    }

    /// The customers, made now if nobody asked before.
    pub(crate) fn book(&mut self) -> &mut Book {
        let (count, kept) = (self.count, &mut self.kept);
        self.book.get_or_insert_with(|| Book::made(count, kept.take()))
    }

    /// What a snapshot keeps: nothing while everything is as it was made.
    pub(crate) fn kept(&self) -> Option<Kept> {
        match &self.book {
            Some(book) => book.kept(),
            None => self.kept.clone(),
        }
    }

    pub(crate) fn set_churn(&mut self, churn: Option<Churn>) {
        self.churning = churn.map(Churning::new);
    }

    fn put_off(&mut self, at: DateTime<Utc>, call: Call) {
        self.put_off.push((at, call));
    }

    /// Lets the calls take effect whose time has come, in the order of their times.
    pub(crate) fn catch_up(&mut self, now: DateTime<Utc>) {
        if self.put_off.is_empty() {
            return;
        }
        let (mut due, waiting): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.put_off).into_iter().partition(|(at, _)| *at <= now);
        self.put_off = waiting;
        due.sort_by_key(|(at, _)| *at);
        for (at, call) in due {
            self.answer(&call, at);
        }
    }

    /// Does what the call asks for. Whoever calls has shown a token for it, unless it is the call for one.
    fn answer(&mut self, call: &Call, now: DateTime<Utc>) -> Answer {
        let result = match &call.target {
            Target::Token => return self.tokens.answer(call, &self.keys, now),
            Target::List => self.list(call, now),
            Target::Customer { id } => self.book().customer(id).map(|customer| customer.body.clone().into()),
            Target::Individual { id, individual_id } => self.book().individual(id, individual_id),
            Target::PatchCustomer { id } => return self.patch(call, id, None, now),
            Target::PatchIndividual { id, individual_id } => return self.patch(call, id, Some(individual_id), now),
        };
        result.map_or_else(|refused| refused, Answer::ok)
    }

    fn list(&mut self, call: &Call, now: DateTime<Utc>) -> Result<Value, Answer> {
        let asked = list::Asked::of(&call.query, now)?;
        self.book();
        let Some(book) = &mut self.book else { return Err(patch::unknown("customer")) };
        if let (Some(after), Some(churning)) = (&asked.after, &mut self.churning) {
            churning.turn(book, after, now);
        }
        Ok(asked.page(book, now))
    }

    fn patch(&mut self, call: &Call, id: &str, individual: Option<&str>, now: DateTime<Utc>) -> Answer {
        patch::answer(self.book(), call, id, individual, now)
    }
}
