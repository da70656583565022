//! One made-up customer out of its country's words. What is rare comes by position, not by chance, so that it is there.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Number, Value, json};

use super::{
    corporation,
    customer::{Customer, Object, SUFFIX, touch, written},
    list::STATUSES,
};
use crate::data::{LOCALES, locale::Locale, random::Random};

/// Chance begins elsewhere than for the customers of AxisFI, so that nobody is customer of both.
const FIRST_SEED: u64 = 7_000_000;

/// 2023-02-01T00:00:00Z, when the first of them came.
const FIRST_CREATED_UNIX_S: i64 = 1_675_209_600;

/// They came within this time, all in the past: a little over two years and a half.
const CREATED_WITHIN_S: u64 = 80_000_000;

/// Two in this many came within the same second.
const SAME_SECOND_EVERY: u64 = 50;

/// A status that no page names.
const UNKNOWN_STATUS: &str = "UNDER_REVIEW";

/// What a customer lacks that answers sparsely.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lacks {
    Nothing,
    Email,
    PhoneAndAccounts,
    Address,
    /// `individual` or `corporation`.
    Part,
    Times,
}

/// What a customer is made with.
pub(super) struct Maker {
    pub(super) random: Random,
    pub(super) locale: &'static Locale,
    pub(super) number: u64,
    pub(super) lacks: Lacks,
}

/// The customer with this number, the same every time.
pub(super) fn customer(number: u64) -> Customer {
    let locale = LOCALES[(number % LOCALES.len() as u64) as usize];
    let random = Random::new(FIRST_SEED + number);
    Maker { random, locale, number, lacks: lacks(number) }.customer()
}

/// One in 23, each lack in turn.
fn lacks(number: u64) -> Lacks {
    match (number % 23, number / 23 % 5) {
        (6, 0) => Lacks::Email,
        (6, 1) => Lacks::PhoneAndAccounts,
        (6, 2) => Lacks::Address,
        (6, 3) => Lacks::Part,
        (6, _) => Lacks::Times,
        _ => Lacks::Nothing,
    }
}

/// Half of them are active, every word is there, some carry the suffix, and one in 200 has a word of its own.
fn status(number: u64) -> String {
    let word = |at: u64| STATUSES[(at % STATUSES.len() as u64) as usize];
    match number % 20 {
        3 | 9 => word(1).to_owned(),
        1 | 5 => word(2).to_owned(),
        7 => word(3).to_owned(),
        11 => word(4).to_owned(),
        13 => word(5).to_owned(),
        17 if number / 20 % 10 == 4 => UNKNOWN_STATUS.to_owned(),
        15 | 17 => format!("{}{SUFFIX}", word(number / 20)),
        _ => word(0).to_owned(),
    }
}

fn created(number: u64) -> DateTime<Utc> {
    let same = if number % SAME_SECOND_EVERY == 1 { number - 1 } else { number };
    let after = Random::new(FIRST_SEED * 2 + same).between(0, CREATED_WITHIN_S) as i64;
    DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds(FIRST_CREATED_UNIX_S + after)
}

impl Maker {
    fn customer(mut self) -> Customer {
        let id = self.id("cust", 16);
        let created = created(self.number);
        let corporate = self.number % 7 >= 4;
        let mut body = Object::new();
        body.insert("id".to_owned(), id.clone().into());
        body.insert("type".to_owned(), if corporate { "CORPORATION" } else { "INDIVIDUAL" }.into());
        body.insert("status".to_owned(), status(self.number).into());
        let individuals = match corporate {
            true => corporation::fill(&mut self, &mut body, created),
            false => {
                self.person(&mut body);
                Vec::new()
            }
        };
        if self.lacks != Lacks::PhoneAndAccounts {
            body.insert("accounts".to_owned(), self.accounts());
        }
        body.insert("created_at".to_owned(), written(created).into());
        if self.lacks != Lacks::Times {
            let after = self.random.between(60, 5_000_000) as i64;
            touch(&mut body, created + TimeDelta::seconds(after));
        }
        Customer { id, created: created.timestamp(), body, individuals, writes: 0 }
    }

    fn person(&mut self, body: &mut Object) {
        let (first, last, mailbox) = self.names(self.locale);
        let host = *self.random.pick(&["mail.example", "post.example", "inbox.example"]);
        let number = self.number;
        self.contact(body, format!("{mailbox}{number}@{host}"));
        if self.lacks == Lacks::Part {
            return;
        }
        let mut person = Object::new();
        person.insert("first_name".to_owned(), first.into());
        person.insert("last_name".to_owned(), last.into());
        person.insert("date_of_birth".to_owned(), self.day(1949, 2006).into());
        if self.lacks != Lacks::Address {
            person.insert("address".to_owned(), self.address(self.locale, self.locale.homes));
        }
        if self.number % 11 == 6 {
            person.insert("nationality".to_owned(), self.locale.country.into());
            person.insert("employment".to_owned(), json!({ "occupation": "Engineer", "self_employed": false }));
        }
        body.insert("individual".to_owned(), Value::Object(person));
    }

    pub(super) fn contact(&mut self, body: &mut Object, email: String) {
        if self.lacks != Lacks::Email {
            body.insert("email".to_owned(), email.into());
        }
        if self.lacks != Lacks::PhoneAndAccounts {
            body.insert("phone".to_owned(), self.phone(self.locale));
        }
    }

    pub(super) fn phone(&mut self, locale: &Locale) -> Value {
        let pattern = *self.random.pick(locale.phones);
        self.random.fill(pattern).into()
    }

    /// First name, last name, and both as a part of an email address. One in three in its own script, where it has one.
    pub(super) fn names(&mut self, home: &Locale) -> (String, String, String) {
        let (last_local, last) = *self.random.pick(home.surnames);
        let (first_local, first) = *self.random.pick(home.given);
        let mailbox = mailbox(&format!("{first} {last}"));
        let local = self.number.is_multiple_of(3) && !last_local.is_empty() && !first_local.is_empty();
        let (first, last) = if local { (first_local, last_local) } else { (first, last) };
        (first.to_owned(), last.to_owned(), mailbox)
    }

    pub(super) fn address(&mut self, locale: &Locale, lines: &[&str]) -> Value {
        let (city, state, postal_code) = *self.random.pick(locale.places);
        let line = *self.random.pick(lines);
        let mut address = Object::new();
        let mut put = |key: &str, value: String| {
            if !value.is_empty() {
                address.insert(key.to_owned(), value.into());
            }
        };
        put("line1", self.random.fill(line));
        // No page names a second line.
        if self.number % 17 == 9 {
            put("line2", self.random.fill("Level %#"));
        }
        put("city", city.to_owned());
        put("state", state.to_owned());
        put("postal_code", self.random.fill(postal_code));
        put("country", locale.country.to_owned());
        Value::Object(address)
    }

    /// None to three.
    fn accounts(&mut self) -> Value {
        let others = ["USD", "EUR", "GBP", "HKD", "SGD"];
        let count = [1, 2, 1, 0, 3][(self.number / 2 % 5) as usize];
        let account = |at: usize| {
            let currency = if at == 0 { self.locale.currency } else { *self.random.pick(&others) };
            let status = *self.random.pick(&["ACTIVE", "ACTIVE", "ACTIVE", "PENDING", "FROZEN", "CLOSED"]);
            json!({ "id": self.id("acc", 12), "currency": currency, "status": status })
        };
        Value::Array((0..count).map(account).collect())
    }

    pub(super) fn id(&mut self, kind: &str, digits: usize) -> String {
        format!("{kind}_{}", &self.random.hex32()[..digits])
    }

    /// A day of the years from `from` up to, not including, `to`.
    pub(super) fn day(&mut self, from: u64, to: u64) -> String {
        let year = self.random.between(from, to);
        format!("{year:04}-{:02}-{:02}", self.random.between(1, 13), self.random.between(1, 29))
    }
}

/// The number with the digits of this text.
pub(super) fn number(text: &str) -> Value {
    text.parse::<Number>().map_or(Value::Null, Value::Number)
}

/// A text as part of an email address.
pub(super) fn mailbox(text: &str) -> String {
    let mut mailbox = String::new();
    for c in text.chars().map(|c| c.to_ascii_lowercase()) {
        match c {
            _ if c.is_ascii_alphanumeric() => mailbox.push(c),
            _ if mailbox.ends_with('.') || mailbox.is_empty() => {}
            _ => mailbox.push('.'),
        }
    }
    mailbox.trim_end_matches('.').to_owned()
}
