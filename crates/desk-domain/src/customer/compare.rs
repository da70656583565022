//! Whether a customer is the one that was sent (DECISIONS 12): no leaf present on both sides differs after normalising.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Customer, CustomerPath};
use crate::field::{Field, FieldKind};
use crate::value::text::clean;
use crate::value::{CivilDate, same_number};

/// The leaves of a body that was sent, by their paths in the body, whose values the customer has otherwise. Empty means
/// "the same". Dates are compared as calendar dates, amounts as decimal numbers, texts as they would be sent.
///
/// What the answer lacks differs in nothing; what it has as `null` or `[]` was said to be empty, and differs. Persons are
/// compared with the one of the same issuing country and id number, where there is exactly one, else by their place.
#[must_use]
pub fn same_as_sent(body: &Value, customer: &Customer) -> Vec<CustomerPath> {
    let sent = Customer::read(body);
    let places = matching_persons(&sent, customer);
    let differs = |path: CustomerPath, ours: &str| {
        let there = match path.person() {
            Some(person) => places.get(&person).map(|place| path.at_person(*place)),
            None => Some(path),
        };
        let theirs = there.and_then(|path| customer.leaf(path));
        let list_came_empty =
            || path.slot_number().and(path.field()).and_then(CustomerPath::of).and_then(|p| customer.leaf(p));
        theirs.or_else(list_came_empty).is_some_and(|theirs| !same(path.kind(), ours, theirs))
    };
    sent.leaves.iter().filter(|(path, ours)| differs(**path, ours)).map(|(path, _)| *path).collect()
}

fn same(kind: Option<FieldKind>, ours: &str, theirs: &str) -> bool {
    let alike = match kind {
        Some(FieldKind::Date) => {
            CivilDate::from_wire(ours).is_some_and(|date| CivilDate::from_wire(theirs) == Some(date))
        }
        Some(FieldKind::Amount) => same_number(ours, theirs),
        _ => false,
    };
    alike || clean(ours) == clean(theirs)
}

/// For each person that was sent the place of the same person in the customer.
fn matching_persons(sent: &Customer, customer: &Customer) -> BTreeMap<u32, u32> {
    let mut places = BTreeMap::new();
    for ours in 0..sent.persons {
        let Some(key) = identity(sent, ours) else { continue };
        let mut same = (0..customer.persons).filter(|theirs| identity(customer, *theirs).as_ref() == Some(&key));
        if let (Some(theirs), None) = (same.next(), same.next())
            && !places.values().any(|taken| *taken == theirs)
        {
            places.insert(ours, theirs);
        }
    }
    for ours in 0..sent.persons.min(customer.persons) {
        if !places.contains_key(&ours) && !places.values().any(|taken| *taken == ours) {
            places.insert(ours, ours);
        }
    }
    places
}

fn identity(customer: &Customer, person: u32) -> Option<(String, String)> {
    let text = |field| {
        let text = clean(customer.leaf(CustomerPath::of_person(person, field)?)?);
        (!text.is_empty()).then_some(text)
    };
    Some((text(Field::IdIssuingCountryCode)?, text(Field::IdNumber)?))
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
