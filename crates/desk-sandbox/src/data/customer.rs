//! One made-up customer out of its country's words. What is rare comes by position, not by chance, so that it is there.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Number, Value, json};

use super::{
    LOCALES,
    locale::{Locale, TRADES, Word},
    random::Random,
};
use crate::{
    options::Revision,
    row::{Row, Stage},
};

/// 2023-02-01T00:00:00Z, when the first of them came.
const FIRST_CREATED_UNIX_S: i64 = 1_675_209_600;

/// They came within this time, all in the past: a little over two years and a half.
const CREATED_WITHIN_S: u64 = 80_000_000;

/// Statuses that no page names.
const UNKNOWN_STATUSES: [&str; 5] = ["on_hold_l2", "UNDER_REVIEW", "EDD_L2F", "awaiting_documents", "Escalated"];

/// An amount that no binary floating point can hold.
const LONG_AMOUNT: &str = "12345678901234567.80";

/// Further than any seed, so that a second turn starts where no first one does.
const TURN_SEEDS: u64 = 10_000;

type Object = Map<String, Value>;

/// The customer with this number in its account. `seed` is its number among all; another `turn` is another customer.
pub(super) fn row(revision: Revision, index: u64, seed: u64, turn: u64, locale: &Locale) -> Row {
    let mut random = Random::new(1 + seed + TURN_SEEDS * turn);
    let partner_customer_id = partner_customer_id(&mut random, revision, seed, locale);
    let created = random.between(0, CREATED_WITHIN_S) as i64;
    Row {
        revision,
        customer_id: format!("cus_{}", random.hex32()),
        partner_customer_id,
        status: status(revision, index).to_owned(),
        created_at: DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds(FIRST_CREATED_UNIX_S + created),
        settles: None,
        sparse: revision == Revision::Typed && index % 9 == 4,
        body: Customer { random, locale, typed: revision == Revision::Typed, index }.body(),
    }
}

fn status(revision: Revision, index: u64) -> &'static str {
    match index % 20 {
        3 | 9 => Stage::Waiting.word(revision),
        7 => Stage::Stopped.word(revision),
        12 => Stage::Suspended.word(revision),
        17 => UNKNOWN_STATUSES[(index / 20) as usize % UNKNOWN_STATUSES.len()],
        _ => Stage::Active.word(revision),
    }
}

/// Ids as partners make them: ours, a CRM's, an onboarding number.
fn partner_customer_id(random: &mut Random, revision: Revision, seed: u64, locale: &Locale) -> String {
    let country = locale.country;
    match (seed % 3, revision) {
        (0, _) => {
            let hex = random.hex32();
            format!("cd-018f{}-{}-7{}-a{}-{}", &hex[..4], &hex[4..8], &hex[8..11], &hex[11..14], &hex[14..26])
        }
        (1, Revision::Typed) => format!("ONB-{country}-2024-{seed:08}"),
        (1, Revision::Untyped) => format!("onboarding.{}.{seed:010}", country.to_lowercase()),
        _ => format!("crm_{}_{seed:06}_business", country.to_lowercase()),
    }
}

struct Customer<'a> {
    random: Random,
    locale: &'a Locale,
    typed: bool,
    index: u64,
}

impl Customer<'_> {
    fn body(mut self) -> Object {
        let trade = self.random.between(0, TRADES.len() as u64) as usize;
        let (local, english, slug) = self.business_names(trade);
        let place = self.address("registration_address", self.locale, self.locale.streets);
        let mut body = Object::new();
        body.insert("business_details".to_owned(), self.business_details(local, &english, &slug));
        body.insert("registration_address".to_owned(), Value::Object(place));
        if self.index % 31 != 10 {
            body.insert("account_usage".to_owned(), self.account_usage(trade));
        }
        let persons: Vec<Value> = (0..self.person_count()).map(|number| self.person(number)).collect();
        if self.index % 29 != 8 {
            let phone = self.random.pick(self.locale.phones);
            let mailbox = *self.random.pick(&["accounts", "office", "hello", "finance", "ops"]);
            let contact = json!({
                "contact_phone": self.random.fill(phone),
                "contact_email": format!("{mailbox}@{slug}.example"),
            });
            body.insert("primary_contact".to_owned(), contact);
        }
        body.insert("business_person_list".to_owned(), Value::Array(persons));
        if self.index % 11 == 6 {
            body.insert("risk_tier".to_owned(), (*self.random.pick(&["standard", "elevated"])).into());
            body.insert("review".to_owned(), json!({ "team": "L2", "score": 0.75, "flags": [] }));
        }
        body
    }

    fn business_names(&mut self, trade: usize) -> (String, String, String) {
        let (stem_local, stem) = *self.random.pick(self.locale.stems);
        let (name_local, name) = *self.random.pick(self.locale.businesses);
        let named = |pattern: &str, stem: &str, trade: &str| pattern.replace("{stem}", stem).replace("{trade}", trade);
        let local = match stem_local.is_empty() {
            true => String::new(),
            false => named(name_local, stem_local, self.locale.trades[trade]),
        };
        let english = named(name, stem, TRADES[trade].english);
        (local, english, slug(&format!("{stem} {}", TRADES[trade].english)))
    }

    fn business_details(&mut self, local: String, english: &str, slug: &str) -> Value {
        let mut details = Object::new();
        let mut put = |key: &str, value: Value| {
            details.insert(key.to_owned(), value);
        };
        put("business_name_english", english.into());
        if self.typed {
            let usual = self.random.percent(80);
            let kind =
                if usual { "Limited Liability Company" } else { *self.random.pick(&["Partnership", "Corporation"]) };
            put("business_type", kind.into());
        }
        if self.random.percent(85) {
            put("website", format!("https://www.{slug}.example").into());
        }
        if self.typed {
            put("business_identifier_type", "Business Registration".into());
        }
        put("business_identifier_number", self.random.fill(self.locale.business_id).into());
        put("business_identifier_country_code", self.locale.country.into());
        let files: Vec<Value> = (0..self.random.between(1, 3)).map(|_| self.file_id()).collect();
        put("business_identifier_document_list", files.into());
        // A name that was left empty is not the same as none.
        if !local.is_empty() || self.index % 23 == 5 {
            put("business_name", local.into());
        }
        let (start, expiry) = (self.date(1985, 2024), self.date(2027, 2046));
        put("business_identifier_start_date", start.into());
        if self.random.percent(40) {
            put("business_identifier_expiry_date", expiry.into());
        }
        if self.index % 11 == 6 {
            put("registry_status", "live".into());
        }
        Value::Object(details)
    }

    fn account_usage(&mut self, trade: usize) -> Value {
        let mut usage = Object::new();
        let mut put = |key: &str, value: Value| {
            usage.insert(key.to_owned(), value);
        };
        put("operating_country", self.locale.country.into());
        put("goods_service_description", TRADES[trade].description.into());
        put("industry_category_code", TRADES[trade].code.into());
        if self.typed {
            put("account_usage_product_reference", "Financial Services".into());
        }
        put("estimated_monthly_revenue_currency", self.locale.currency.into());
        let amount = match (self.index % 40, self.locale.currency) {
            (7, _) => LONG_AMOUNT.to_owned(),
            (_, "JPY" | "KRW") => self.random.fill("%###0000"),
            _ => {
                let shape = *self.random.pick(&["%##000", "%####.##", "%###00.00", "%#####.#0"]);
                self.random.fill(shape)
            }
        };
        put("estimated_monthly_revenue_amount", number(&amount));
        Value::Object(usage)
    }

    /// One to five; one in fifty has all five.
    fn person_count(&mut self) -> u64 {
        match self.random.between(0, 20) {
            _ if self.index.is_multiple_of(50) => 5,
            0..10 => 1,
            10..16 => 2,
            16..18 => 3,
            18 => 4,
            _ => 5,
        }
    }

    fn person(&mut self, number: u64) -> Value {
        let home = if self.random.percent(85) { self.locale } else { *self.random.pick(LOCALES) };
        let birth = self.day(1949, 2005);
        let mut person = Object::new();
        person.insert("basic_info".to_owned(), Value::Object(self.basic_info(home, number, &birth)));
        let lives_in = if self.random.percent(90) { self.locale } else { home };
        let address = self.address("residential_address", lives_in, lives_in.homes);
        person.insert("residential_address".to_owned(), Value::Object(address));
        if self.index % 37 != 14 {
            person.insert("identification".to_owned(), Value::Object(self.identification(home, &birth)));
        }
        Value::Object(person)
    }

    fn basic_info(&mut self, home: &Locale, number: u64, birth: &str) -> Object {
        let (last_local, last): Word = *self.random.pick(home.surnames);
        let (first_local, first): Word = *self.random.pick(home.given);
        let mut info = Object::new();
        let mut put = |key: &str, value: Value| {
            info.insert(key.to_owned(), value);
        };
        put("first_name_english", first.into());
        put("last_name_english", last.into());
        put("birth_date", self.written(birth).into());
        put("nationality", home.country.into());
        if self.typed {
            let others = ["Beneficial Owner", "Legal Representative", "Authorised Signatory"];
            put("role_type", if number == 0 { "Director" } else { *self.random.pick(&others) }.into());
        }
        // A name half in one script is nobody's name.
        if !last_local.is_empty() && !first_local.is_empty() {
            put("first_name", first_local.into());
            put("last_name", last_local.into());
        }
        if self.index % 11 == 6 {
            put("preferred_language", home.country.to_lowercase().into());
        }
        info
    }

    fn identification(&mut self, home: &Locale, birth: &str) -> Object {
        let passport = self.random.percent(40);
        let pattern = if passport { home.passport } else { home.national_id };
        let ymd = birth.replace('-', "");
        let number = self.random.fill(pattern);
        let number = number.replace("{ymd}", &ymd).replace("{y2md}", &ymd[2..]).replace("{y4}", &ymd[..4]);
        let issued_in = self.random.between(2016, 2026);
        let issued = self.day(issued_in, issued_in + 1);
        let expires = format!("{}{}", issued_in + 10, &issued[4..]);
        let mut identification = Object::new();
        let mut put = |key: &str, value: Value| {
            identification.insert(key.to_owned(), value);
        };
        if self.typed {
            put("id_type", if passport { "Passport" } else { "National ID" }.into());
        }
        put("id_number", number.into());
        put("id_issuing_country_code", home.country.into());
        put("id_expiration_date", self.written(&expires).into());
        if self.random.percent(70) {
            put("id_issue_date", self.written(&issued).into());
        }
        put("id_document_front_file_id", self.file_id());
        if !passport {
            put("id_document_back_file_id", self.file_id());
        }
        identification
    }

    fn address(&mut self, section: &str, locale: &Locale, lines: &[&str]) -> Object {
        let (city, state, postcode) = *self.random.pick(locale.places);
        let line = self.random.pick(lines);
        let mut address = Object::new();
        let mut put = |key: &str, value: String| {
            if !value.is_empty() {
                address.insert(format!("{section}_{key}"), value.into());
            }
        };
        put("line1", self.random.fill(line));
        put("city", city.to_owned());
        put("state", state.to_owned());
        put("postcode", self.random.fill(postcode));
        put("country_code", locale.country.to_owned());
        address
    }

    fn date(&mut self, from: u64, to: u64) -> String {
        let day = self.day(from, to);
        self.written(&day)
    }

    /// A day of the years from `from` up to, not including, `to`.
    fn day(&mut self, from: u64, to: u64) -> String {
        let year = self.random.between(from, to);
        format!("{year:04}-{:02}-{:02}", self.random.between(1, 13), self.random.between(1, 29))
    }

    /// Some customers' dates come without a time, which no page documents and a client must read.
    fn written(&self, day: &str) -> String {
        if self.index % 13 == 5 { day.to_owned() } else { format!("{day}T00:00:00Z") }
    }

    fn file_id(&mut self) -> Value {
        format!("file_{}", self.random.hex32()).into()
    }
}

/// The number with the digits of this text.
fn number(text: &str) -> Value {
    text.parse::<Number>().map_or(Value::Null, Value::Number)
}

/// A text as part of a domain.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().map(|c| c.to_ascii_lowercase()) {
        match c {
            _ if c.is_ascii_alphanumeric() => slug.push(c),
            '\'' => {}
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').to_owned()
}
