//! Changes of contact and address.

use desk_sandbox::{AddressRule, BultraRow, Sandbox};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    api::{Bultra, CUSTOMER, checked, code, few, fits_a_patch},
    support::*,
};

fn find(sandbox: &Sandbox, wanted: impl Fn(&BultraRow) -> bool) -> BultraRow {
    let open = |row: &BultraRow| !row.status.starts_with("CLOSED") && row.customer.get("updated_at").is_some();
    sandbox.bultra_rows().into_iter().find(|row| open(row) && wanted(row)).expect("one")
}

fn person(row: &BultraRow) -> bool {
    row.customer.pointer("/individual/address/postal_code").is_some()
}

#[tokio::test]
async fn the_answer_is_id_what_was_changed_and_when() {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let row = find(&sandbox, person);
    let (status, answer) = api.patch(&row.id, &json!({ "email": "john.newemail@example.com" })).await;
    let expected = json!({
        "id": row.id, "email": "john.newemail@example.com", "updated_at": "2026-06-01T12:00:00Z"
    });
    assert_eq!((status, answer), (200, expected));
    let (_, now) = api.customer(&row.id).await;
    let mut before = row.customer;
    before["email"] = json!("john.newemail@example.com");
    before["updated_at"] = json!("2026-06-01T12:00:00Z");
    assert_eq!(now, before, "nothing else changed");
    let (_, answer) = api.patch(&row.id, &json!({ "phone": "+6581234567" })).await;
    assert_eq!(answer["updated_at"], "2026-06-01T12:00:01Z", "later, though the clock stands still");
}

#[rstest]
#[case::person("/individual/address", person)]
#[case::corporation("/corporation/address", |row: &BultraRow| row.customer.pointer("/corporation/address").is_some())]
#[case::beside("/address", |row: &BultraRow| row.customer.get("address").is_some())]
#[tokio::test]
async fn the_keys_of_an_address_that_are_sent_replace_and_others_stay(
    #[case] place: &str,
    #[case] wanted: fn(&BultraRow) -> bool,
) {
    let sandbox = started();
    let api = Bultra::new(&sandbox).await;
    let row = find(&sandbox, wanted);
    let body = json!({ "address": { "city": "Perth", "country": "AU", "floor": 3 } });
    assert!(fits_a_patch(&body));
    let (status, answer) = api.patch(&row.id, &body).await;
    let mut address = row.customer.pointer(place).expect("an address").clone();
    address["city"] = json!("Perth");
    address["country"] = json!("AU");
    address["floor"] = json!(3);
    assert_eq!((status, &answer["address"]), (200, &address));
    assert_eq!(api.customer(&row.id).await.1.pointer(place), Some(&address));
}

#[rstest]
#[case("/individual/address", |row: &BultraRow| row.party == "INDIVIDUAL" && row.customer.get("individual").is_none())]
#[case("/individual/address", |row: &BultraRow| row.customer["individual"]["first_name"].is_string()
    && row.customer["individual"].get("address").is_none())]
#[case("/corporation/address", |row: &BultraRow| row.customer["corporation"].get("business_name").is_some())]
#[case("/corporation/address", |row: &BultraRow| row.party == "CORPORATION" && row.customer.get("corporation").is_none())]
#[tokio::test]
async fn who_has_no_address_gets_one(#[case] place: &str, #[case] wanted: fn(&BultraRow) -> bool) {
    let sandbox = started();
    let api = Bultra::new(&sandbox).await;
    let row = find(&sandbox, wanted);
    let address = json!({ "line1": "1 Long Street", "city": "Perth", "country": "AU" });
    assert_eq!(api.patch(&row.id, &json!({ "address": address })).await.0, 200);
    assert_eq!(api.customer(&row.id).await.1.pointer(place), Some(&address));
}

#[tokio::test]
async fn a_platform_can_be_told_to_replace_an_address() {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    sandbox.set_address_rule(AddressRule::Replaces);
    let row = find(&sandbox, person);
    let body = json!({ "address": { "line1": "1 Long Street", "country": "AU" } });
    assert_eq!(api.patch(&row.id, &body).await.1["address"], body["address"]);
    assert_eq!(api.customer(&row.id).await.1.pointer("/individual/address"), Some(&body["address"]));
}

#[tokio::test]
async fn an_individual_is_answered_with_id_and_time_alone() {
    let sandbox = started();
    let api = Bultra::new(&sandbox).await;
    let row = find(&sandbox, |row| row.individuals.iter().any(|one| one.get("address").is_none()));
    let id = row.individuals[0]["id"].as_str().expect("an id");
    let body = json!({ "phone": "+85251234567", "address": { "city": "Osaka" }, "email": "jane@new.example" });
    let (status, answer) = api.patch_individual(&row.id, id, &body).await;
    let keys: Vec<_> = answer.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!((status, keys), (200, vec!["id", "updated_at"]));
    let (_, now) = api.individual(&row.id, id).await;
    assert_eq!([&now["phone"], &now["address"], &now["email"]], [&body["phone"], &body["address"], &body["email"]]);
    assert_eq!(now["updated_at"], answer["updated_at"]);
    assert_eq!(api.customer(&row.id).await.1, row.customer, "the customer itself is as it was");
    assert_eq!(find(&sandbox, |now| now.id == row.id).writes, 1);
}

#[rstest]
#[case(json!({ "email": "nobody" }), &["email"])]
#[case(json!({ "email": "" }), &["email"])]
#[case(json!({ "email": null }), &["email"])]
#[case(json!({ "phone": "13800138000" }), &["phone"])]
#[case(json!({ "phone": 6581234567_i64 }), &["phone"])]
#[case(json!({ "address": "1 Long Street" }), &["address"])]
#[case(json!({ "address": { "country": "Australia" } }), &["address.country"])]
#[case(json!({ "address": { "line1": 1, "country": "au" }, "phone": "+0" }), &["address.line1", "address.country", "phone"])]
#[case(json!({ "status": "ACTIVE", "email": "a@b.example" }), &["status"])]
#[case(json!({ "individual": { "first_name": "Jo" } }), &["individual"])]
#[case(json!({}), &[""])]
#[tokio::test]
async fn a_body_that_cannot_be_taken_is_422_that_names_the_fields(#[case] body: Value, #[case] fields: &[&str]) {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let row = find(&sandbox, |row| !row.individuals.is_empty());
    let individual = row.individuals[0]["id"].as_str().expect("an id");
    for (status, error) in [api.patch(&row.id, &body).await, api.patch_individual(&row.id, individual, &body).await] {
        assert_eq!((status, code(&error)), (422, "INVALID_FIELDS"));
        let mut named = named_fields(&error);
        named.sort_by_key(|name| fields.iter().position(|field| field == name));
        assert_eq!(named, fields);
    }
    assert_eq!(find(&sandbox, |now| now.id == row.id), row);
}

#[rstest]
#[case("application/json", "{")]
#[case("application/json", "")]
#[case("application/json", "[]")]
#[case("text/plain", r#"{"email":"a@b.example"}"#)]
#[tokio::test]
async fn a_body_that_is_no_json_object_is_400(#[case] content_type: &str, #[case] body: &'static str) {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let path = format!("/customers/{}", find(&sandbox, person).id);
    let request = api.request(reqwest::Method::PATCH, &path).header("Content-Type", content_type).body(body);
    let (status, error) = checked(request.send().await.expect("an answer"), CUSTOMER, "patch").await;
    assert_eq!((status, code(&error)), (400, "MALFORMED_BODY"));
}

#[rstest]
#[case("CLOSED")]
#[case("CLOSED_L2F")]
#[tokio::test]
async fn a_closed_customer_and_its_individuals_cannot_be_changed(#[case] status: &str) {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let row = find(&sandbox, |row| !row.individuals.is_empty());
    sandbox.change_bultra(&row.id, None, |customer| customer["status"] = status.into());
    let individual = row.individuals[0]["id"].as_str().expect("an id");
    let body = json!({ "email": "a@b.example" });
    for (status, error) in [api.patch(&row.id, &body).await, api.patch_individual(&row.id, individual, &body).await] {
        assert_eq!((status, code(&error)), (409, "CUSTOMER_CLOSED"));
    }
    assert_eq!(api.customer(&row.id).await.0, 200, "reading it is no trouble");
}
