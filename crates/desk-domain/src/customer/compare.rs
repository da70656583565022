//! Whether a customer is the one that was sent (DECISIONS 12): no leaf present on both sides differs after normalising.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Customer, CustomerPath};
use crate::field::{Field, FieldKind};
use crate::value::text::clean;
use crate::value::{CivilDate, same_number};

/// A value that was sent beside what the customer has in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Its path in what was sent.
    pub path: CustomerPath,
    /// Its path in the customer; `None` where the customer has no such place.
    pub there: Option<CustomerPath>,
    /// What was sent; empty for a value that was cleared.
    pub ours: String,
    /// What the customer has; empty where it came empty or not at all.
    pub theirs: String,
    /// They are the same after normalising.
    pub same: bool,
    /// It is no value that was there before and went out again as it came: of a create, all that was sent.
    pub changed: bool,
}

/// Every value of a body that was sent and that the customer has as well, in the order of the form.
///
/// What the answer lacks is beside nothing; what it has as `null` or `[]` was said to be empty, and differs. Persons are
/// beside the one of the same issuing country and id number, where there is exactly one, else of the same names and birth
/// date, else at the same place.
#[must_use]
pub fn beside(body: &Value, customer: &Customer) -> Vec<Beside> {
    let sent = Customer::read(body);
    let places = Places::of(&[&sent], customer).or_by_place(sent.persons, customer.persons);
    let pair = |(path, ours): (&CustomerPath, &String)| {
        let (there, theirs) = places.find(customer, *path)?;
        let same = same(path.kind(), ours, theirs);
        let (ours, theirs) = (ours.clone(), theirs.to_owned());
        Some(Beside { path: *path, there: Some(there), ours, theirs, same, changed: true })
    };
    sent.leaves.iter().filter_map(pair).collect()
}

/// The leaves of a body that was sent, by their paths in the body, whose values the customer has otherwise. Empty means
/// "the same". Dates are compared as calendar dates, amounts as decimal numbers, texts as they would be sent.
#[must_use]
pub fn same_as_sent(body: &Value, customer: &Customer) -> Vec<CustomerPath> {
    beside(body, customer).into_iter().filter(|pair| !pair.same).map(|pair| pair.path).collect()
}

/// Whether two values of a kind are the same after normalising.
pub(crate) fn same(kind: Option<FieldKind>, ours: &str, theirs: &str) -> bool {
    let alike = match kind {
        Some(FieldKind::Date) => {
            CivilDate::from_wire(ours).is_some_and(|date| CivilDate::from_wire(theirs) == Some(date))
        }
        Some(FieldKind::Amount) => same_number(ours, theirs),
        _ => false,
    };
    alike || clean(ours) == clean(theirs)
}

/// For each person of one side the place of the same person on the other.
#[derive(Debug, Default)]
pub(super) struct Places(BTreeMap<u32, u32>);

impl Places {
    /// The persons that are the same for certain (DECISIONS 9): by issuing country and id number, then by names and birth
    /// date, where there is exactly one such person. `ours` are states of the same persons at the same places: whoever is
    /// not found as they are in the first may be found as they are in the next.
    pub(super) fn of(ours: &[&Customer], customer: &Customer) -> Self {
        Self::after(&[], ours, customer)
    }

    /// The same, where somebody decided who some of ours are; `None` for nobody.
    pub(super) fn after(decided: &[(u32, Option<u32>)], ours: &[&Customer], customer: &Customer) -> Self {
        let mut places = Self::default();
        decided
            .iter()
            .filter_map(|(ours, place)| Some((*ours, (*place)?)))
            .for_each(|(ours, place)| places.put(ours, place));
        let open = |person: &u32| decided.iter().all(|(decided, _)| decided != person);
        if customer.is_of_one && ours.iter().all(|state| state.is_of_one) && open(&0) {
            places = places.or_by_place(ours.iter().map(|state| state.persons).min().unwrap_or(0), customer.persons);
        }
        for key in [identity, names] {
            for state in ours {
                for person in (0..state.persons).filter(open) {
                    let Some(wanted) = key(state, person) else { continue };
                    let mut same =
                        (0..customer.persons).filter(|theirs| key(customer, *theirs).as_ref() == Some(&wanted));
                    if let (Some(theirs), None) = (same.next(), same.next()) {
                        places.put(person, theirs);
                    }
                }
            }
        }
        places
    }

    /// The same, and whoever is left with the one at the same place.
    pub(super) fn or_by_place(mut self, ours: u32, theirs: u32) -> Self {
        (0..ours.min(theirs)).for_each(|person| self.put(person, person));
        self
    }

    fn put(&mut self, ours: u32, theirs: u32) {
        if !self.0.contains_key(&ours) && !self.0.values().any(|taken| *taken == theirs) {
            self.0.insert(ours, theirs);
        }
    }

    /// The place of a person.
    pub(super) fn person(&self, ours: u32) -> Option<u32> {
        self.0.get(&ours).copied()
    }

    /// Whether somebody is at a place of the other side.
    pub(super) fn holds(&self, theirs: u32) -> bool {
        self.0.values().any(|taken| *taken == theirs)
    }

    /// The path on the other side.
    pub(super) fn there(&self, path: CustomerPath) -> Option<CustomerPath> {
        match path.person() {
            Some(person) => self.person(person).map(|place| path.at_person(place)),
            None => Some(path),
        }
    }

    /// What the customer has there: a list that came empty says so of each of its entries.
    pub(super) fn find<'a>(&self, customer: &'a Customer, path: CustomerPath) -> Option<(CustomerPath, &'a str)> {
        let there = self.there(path)?;
        let list = || path.slot_number().and(path.field()).and_then(CustomerPath::of);
        let at = |path: CustomerPath| customer.leaf(path).map(|text| (path, text));
        at(there).or_else(|| list().and_then(at))
    }
}

/// Whether a customer says of a person who they are.
pub(super) fn says_who(customer: &Customer, person: u32) -> bool {
    identity(customer, person).or_else(|| names(customer, person)).is_some()
}

fn identity(customer: &Customer, person: u32) -> Option<Vec<String>> {
    all(customer, person, &[Field::IdIssuingCountryCode, Field::IdNumber])
}

fn names(customer: &Customer, person: u32) -> Option<Vec<String>> {
    let mut key = all(customer, person, &[Field::FirstNameEnglish, Field::LastNameEnglish, Field::BirthDate])?;
    let born = key.pop().and_then(|text| CivilDate::from_wire(&text))?;
    key.push(born.to_string());
    Some(key)
}

fn all(customer: &Customer, person: u32, fields: &[Field]) -> Option<Vec<String>> {
    let text = |field: &Field| {
        let text = clean(customer.leaf(CustomerPath::of_person(person, *field)?)?);
        (!text.is_empty()).then_some(text)
    };
    fields.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn differing(body: &Value, answer: &Value) -> Vec<String> {
        let customer = Customer::from_json(answer).unwrap();
        same_as_sent(body, &customer).iter().map(CustomerPath::to_string).collect()
    }

    fn number(digits: &str) -> Value {
        serde_json::from_str(digits).unwrap()
    }

    #[rstest]
    #[case::same("Sydney", "Sydney", true)]
    #[case::trimmed("Sydney", " Sydney ", true)]
    #[case::composed("Café", "Cafe\u{301}", true)]
    #[case::other("Sydney", "Perth", false)]
    #[case::case_matters("Sydney", "SYDNEY", false)]
    fn texts(#[case] ours: &str, #[case] theirs: &str, #[case] same: bool) {
        let of = |city: &str| json!({ "registration_address": { "registration_address_city": city } });
        assert_eq!(differing(&of(ours), &of(theirs)).is_empty(), same);
    }

    #[rstest]
    #[case("1990-01-15T00:00:00Z", "1990-01-15", true)]
    #[case("1990-01-15T00:00:00Z", "1990-01-15T00:00:00.000+00:00", true)]
    #[case("1990-01-15T00:00:00Z", "1990-01-14T23:00:00Z", false)]
    #[case("1990-01-15T00:00:00Z", "15.01.1990", false)]
    fn dates_by_calendar_date(#[case] ours: &str, #[case] theirs: &str, #[case] same: bool) {
        let of = |date: &str| json!({ "business_person_list": [{ "basic_info": { "birth_date": date } }] });
        assert_eq!(differing(&of(ours), &of(theirs)).is_empty(), same);
    }

    #[rstest]
    #[case(number("12345678901234567.80"), number("12345678901234567.8"), true)]
    #[case(number("120000"), number("1.2e5"), true)]
    #[case(number("99.90"), json!("99.9"), true)]
    #[case(number("12345678901234567.80"), number("12345678901234568"), false)]
    fn amounts_by_value(#[case] ours: Value, #[case] theirs: Value, #[case] same: bool) {
        let of = |amount: &Value| json!({ "account_usage": { "estimated_monthly_revenue_amount": amount } });
        assert_eq!(differing(&of(&ours), &of(&theirs)).is_empty(), same);
    }

    #[test]
    fn what_only_one_side_has_differs_in_nothing() {
        let body = json!({
            "partner_customer_id": "cd-1", "business_details": { "website": "https://a.example" },
            "business_person_list": [{ "basic_info": { "first_name": "伟" } }]
        });
        let answer = json!({
            "partner_customer_id": "cd-1", "customer_id": "cus_1", "status": "Processing", "business_details": null,
            "business_person_list": [{ "basic_info": {}, "identification": { "id_number": "E1" } }], "risk": "low"
        });
        assert_eq!(differing(&body, &answer), Vec::<String>::new());
    }

    #[test]
    fn what_came_empty_differs() {
        let body = json!({ "business_details": { "website": "https://a.example", "business_identifier_document_list": ["f"] } });
        let answer = json!({ "business_details": { "website": null, "business_identifier_document_list": [] } });
        let paths = ["business_details/website", "business_details/business_identifier_document_list/0"];
        assert_eq!(differing(&body, &answer), paths);
    }

    #[test]
    fn persons_in_another_order_are_the_same_persons() {
        let person = |number: &str, name: &str| {
            json!({ "basic_info": { "first_name_english": name },
                    "identification": { "id_number": number, "id_issuing_country_code": "CN" } })
        };
        let body = json!({ "business_person_list": [person("E1", "Wei"), person("E2", "Mei")] });
        let turned = json!({ "business_person_list": [person("E2", "Mei"), person("E1", "Wei")] });
        assert_eq!(differing(&body, &turned), Vec::<String>::new());
        let changed = json!({ "business_person_list": [person("E2", "Mei"), person("E1", "Wang")] });
        assert_eq!(differing(&body, &changed), ["business_person_list/0/basic_info/first_name_english"]);
        let other = json!({ "business_person_list": [person("E9", "Wei"), person("E2", "Mei")] });
        assert_eq!(differing(&body, &other), ["business_person_list/0/identification/id_number"]);
    }
}
