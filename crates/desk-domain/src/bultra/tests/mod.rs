//! Bultra's answers as customers of this program.

mod answers;
mod contact;
mod random;
mod raw;
mod readings;

use serde_json::{Value, json};

use crate::customer::Customer;
use crate::platform::Kind;

/// The customer of page 004.
fn john() -> Value {
    json!({
        "id": "cust_987654321", "type": "INDIVIDUAL", "status": "ACTIVE", "email": "john.doe@example.com",
        "phone": "+1234567890",
        "individual": {
            "first_name": "John", "last_name": "Doe", "date_of_birth": "1990-01-15",
            "address": { "line1": "123 Main St", "city": "New York", "state": "NY", "postal_code": "10001", "country": "US" }
        },
        "accounts": [{ "id": "acc_123456789", "currency": "USD", "status": "ACTIVE" }],
        "created_at": "2026-01-15T10:30:00Z", "updated_at": "2026-01-15T14:45:00Z"
    })
}

/// The individual of page 004.
fn jane() -> Value {
    json!({
        "id": "ind_456789", "customer_id": "cust_123456789", "role": "BENEFICIAL_OWNER", "first_name": "Jane",
        "last_name": "Smith", "email": "jane.smith@acmecorp.com", "ownership_percentage": 30,
        "address": { "line1": "456 Oak Ave", "city": "San Francisco", "state": "CA", "postal_code": "94102", "country": "US" },
        "created_at": "2026-01-10T08:00:00Z"
    })
}

/// A corporation of a shape that no page has.
fn acme() -> Value {
    json!({
        "id": "cust_123456789", "type": "CORPORATION", "status": "ACTIVE", "email": "contact@acmecorp.com",
        "corporation": {
            "legal_name": "Acme Corp", "trading_name": "Acme", "registration_number": "12-3456",
            "registered_address": { "street": "1 Pier", "zip": 94105, "country_code": "US", "line2": "Floor 3" },
            "directors": [{ "id": "ind_2", "name": "Jo Bo" }]
        },
        "individuals": [{ "id": "ind_456789", "role": "BENEFICIAL_OWNER", "first_name": "Jane", "last_name": "Smith" }],
        "accounts": []
    })
}

fn read(answer: &Value) -> Customer {
    Customer::of(Kind::Bultra, answer).unwrap()
}

/// A value of this answer, changed.
fn with(mut answer: Value, pointer: &str, value: Value) -> Value {
    match answer.pointer_mut(pointer) {
        Some(place) => *place = value,
        None => {
            let (holder, key) = pointer.rsplit_once('/').unwrap();
            answer.pointer_mut(holder).unwrap().as_object_mut().unwrap().insert(key.to_owned(), value);
        }
    }
    answer
}

/// Each known leaf of a customer, each unknown one after it, and what came empty.
fn said(customer: &Customer) -> Vec<String> {
    let known = customer.leaves.iter().map(|(path, text)| format!("{path} = {text}"));
    let unknown = customer.unknown.iter().map(|leaf| format!("? {} = {}", leaf.path, leaf.text()));
    known.chain(unknown).chain(customer.empty.iter().map(|path| format!("{path} is empty"))).collect()
}
