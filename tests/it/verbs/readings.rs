//! Every answer that differs is kept, and any two can be put side by side: masked, and with persons matched by who they are.

use serde_json::{Map, Value, json};

use super::computer::{Computer, Program};
use super::form::practice;
use super::updates::{customer, read};

const PHONE: &str = "primary_contact/contact_phone";
const CITY: &str = "registration_address/registration_address_city";

/// Changes what the platform holds, and reads it.
async fn changes(computer: &Computer, program: &Program, id: &str, change: impl FnOnce(&mut Map<String, Value>)) {
    assert!(computer.sandbox.change(id, change), "{id} is a customer");
    read(program, id).await;
}

fn set(section: &'static str, key: &'static str, value: Value) -> impl FnOnce(&mut Map<String, Value>) {
    move |body| body[section][key] = value
}

async fn list(program: &Program, id: &str) -> Vec<Value> {
    let request = json!({ "connection": practice(program, "typed").await, "customer_id": id });
    program.call("reading_list", request).await["readings"].as_array().unwrap().clone()
}

async fn request(program: &Program, id: &str, otherwise: Value) -> Value {
    let connection = practice(program, "typed").await;
    let mut request =
        json!({ "connection": connection, "customer_id": id, "before": null, "after": null, "all": false });
    request.as_object_mut().unwrap().extend(otherwise.as_object().unwrap().clone());
    request
}

async fn compare(program: &Program, id: &str, otherwise: Value) -> Value {
    program.call("reading_compare", request(program, id, otherwise).await).await
}

fn row<'a>(view: &'a Value, path: &str) -> &'a Value {
    let rows = view["rows"].as_array().unwrap();
    rows.iter().find(|row| row["after_path"] == path || row["before_path"] == path).unwrap_or_else(|| panic!("{path}"))
}

#[tokio::test]
async fn every_answer_that_differs_is_in_the_list_with_how_much_it_does() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let before = list(&program, &id).await.len();
    changes(&computer, &program, &id, |body| {
        body["registration_address"]["registration_address_city"] = json!("Perth");
        body.insert("risk".to_owned(), json!({ "level": "low" }));
        body["business_details"].as_object_mut().unwrap().shift_remove("website");
    })
    .await;
    read(&program, &id).await;
    let readings = list(&program, &id).await;
    assert_eq!(readings.len(), before + 1, "the same answer again is no reading of its own");
    assert_eq!(readings[0]["changes"], 3, "one changed, one added, one removed: {}", readings[0]);
    assert_eq!(readings.last().unwrap()["changes"], Value::Null, "there is none before the first");
    assert!(readings[0]["first_read_at"].as_str() > readings[1]["first_read_at"].as_str(), "newest first");
    let request = json!({ "connection": practice(&program, "typed").await, "customer_id": "nobody" });
    assert_eq!(program.refused("reading_list", request).await.code, "not_found");
}

#[tokio::test]
async fn two_readings_side_by_side_say_what_changed_and_nothing_unmasked() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    changes(&computer, &program, &id, set("primary_contact", "contact_phone", json!("+61255509876"))).await;
    changes(&computer, &program, &id, |body| {
        body["registration_address"]["registration_address_city"] = json!("Perth");
        body.insert("passport".to_owned(), json!({ "mrz": "P<CANARY" }));
    })
    .await;
    let readings = list(&program, &id).await;
    let view = compare(&program, &id, json!({ "before": readings[2]["id"] })).await;
    assert_eq!((&view["before"], &view["after"]), (&readings[2], &readings[0]), "each as in the list");
    assert_eq!(view["changed"], 3);
    let changed: Vec<_> =
        view["rows"].as_array().unwrap().iter().map(|row| row["after_path"].as_str().unwrap()).collect();
    assert_eq!(changed, [CITY, PHONE, "passport/mrz"], "in the order of the form, then what nobody knows");

    let city = row(&view, CITY);
    assert_eq!((&city["before"], &city["after"], &city["masked"]), (&json!("Sydney"), &json!("Perth"), &json!(false)));
    assert_eq!((&city["section"], &city["kind"]), (&json!("registration_address"), &json!("text")));
    let phone = row(&view, PHONE);
    assert_eq!((&phone["before"], &phone["after"]), (&json!("+61 ••• •••• ••34"), &json!("+61 ••• •••• ••76")));
    assert_eq!((&phone["masked"], &phone["change"]), (&json!(true), &json!("changed")));
    let unknown = row(&view, "passport/mrz");
    assert_eq!((&unknown["before"], &unknown["after"]), (&Value::Null, &json!("••••••••")));
    assert_eq!((&unknown["masked"], &unknown["change"]), (&json!(true), &json!("added")));
    assert!(!view.to_string().contains("CANARY"), "{view}");

    let all = compare(&program, &id, json!({ "before": readings[2]["id"], "all": true })).await;
    let same = all["rows"].as_array().unwrap().iter().filter(|row| row["change"] == "same").count();
    assert_eq!((json!(same), &all["changed"]), (view["same"].clone(), &view["changed"]));
    assert!(same > 30, "the rest of the form: {same}");
    let turned = compare(&program, &id, json!({ "before": readings[0]["id"], "after": readings[2]["id"] })).await;
    assert_eq!(row(&turned, "passport/mrz")["change"], "removed");
}

#[tokio::test]
async fn without_being_told_it_is_the_newest_beside_what_was_looked_at_or_the_one_before() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    for city in ["Perth", "Hobart", "Darwin"] {
        changes(&computer, &program, &id, set("registration_address", "registration_address_city", json!(city))).await;
    }
    let readings = list(&program, &id).await;
    let ids = |view: &Value| (view["before"]["id"].clone(), view["after"]["id"].clone());
    let looked_at = |at: usize| {
        let sql = "UPDATE customers SET seen_seq = (SELECT seq FROM readings WHERE id = ?1) WHERE customer_id = ?2";
        computer.database().execute(sql, (readings[at]["id"].as_str().unwrap(), &id)).unwrap();
    };
    looked_at(2);
    let view = compare(&program, &id, json!({})).await;
    assert_eq!(ids(&view), (readings[2]["id"].clone(), readings[0]["id"].clone()), "since it was looked at");
    assert_eq!(row(&view, CITY)["before"], "Perth");
    looked_at(0);
    let view = compare(&program, &id, json!({})).await;
    assert_eq!(ids(&view), (readings[1]["id"].clone(), readings[0]["id"].clone()), "the last change");
    let view = compare(&program, &id, json!({ "after": readings[1]["id"] })).await;
    assert_eq!(ids(&view), (readings[2]["id"].clone(), readings[1]["id"].clone()));
    let first = readings.last().unwrap()["id"].clone();
    let view = compare(&program, &id, json!({ "after": first })).await;
    assert_eq!((ids(&view), &view["changed"]), ((first.clone(), first), &json!(0)), "nothing came before the first");
}

#[tokio::test]
async fn a_record_says_what_changed_since_it_was_looked_at() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let open = json!({ "connection": practice(&program, "typed").await, "customer_id": id });
    let seen = list(&program, &id).await.remove(0);
    assert_eq!(program.call("customer_preview", open.clone()).await["changed"], Value::Null, "nothing did");
    changes(&computer, &program, &id, |body| {
        body["registration_address"]["registration_address_city"] = json!("Perth");
        body["business_details"].as_object_mut().unwrap().shift_remove("website");
    })
    .await;
    let looked_at = |id: Option<&str>| {
        let sql = "UPDATE customers SET seen_seq = (SELECT seq FROM readings WHERE id = ?1)";
        computer.database().execute(sql, [id]).unwrap();
    };
    looked_at(seen["id"].as_str());
    let changed = program.call("customer_preview", open.clone()).await["changed"].clone();
    assert_eq!((&changed["fields"], &changed["paths"]), (&json!(2), &json!([CITY])), "what is gone has no path");
    assert_eq!((&changed["reading"], &changed["since"]), (&seen["id"], &seen["last_read_at"]));
    let newest = list(&program, &id).await.remove(0);
    looked_at(newest["id"].as_str());
    let nothing = program.call("customer_preview", open.clone()).await["changed"].clone();
    assert_eq!(
        (&nothing["fields"], &nothing["reading"]),
        (&json!(0), &newest["id"]),
        "it waits, but no reading says why"
    );
    computer.database().execute_batch("UPDATE customers SET changed_at = NULL").unwrap();
    assert_eq!(program.call("customer_preview", open.clone()).await["changed"], Value::Null);
    looked_at(None);
    assert_eq!(program.call("customer_preview", open).await["changed"], Value::Null, "nobody ever looked");
}

#[tokio::test]
async fn persons_are_matched_by_who_they_are() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    changes(&computer, &program, &id, |body| {
        let persons = body["business_person_list"].as_array_mut().unwrap();
        let mut other = persons[0].clone();
        other["identification"]["id_number"] = json!("E87654321");
        other["basic_info"]["first_name_english"] = json!("Mei");
        persons[0]["residential_address"]["residential_address_city"] = json!("Launceston");
        persons.insert(0, other);
    })
    .await;
    let view = compare(&program, &id, json!({})).await;
    let persons = view["persons"].as_array().unwrap();
    assert_eq!((&persons[0]["name"], &persons[0]["before"]), (&json!("Mei Zhang"), &Value::Null), "{view}");
    assert_eq!((&persons[1]["name"], &persons[1]["local_name"]), (&json!("Wei Zhang"), &json!("张伟")));
    assert_eq!((&persons[1]["before"], &persons[1]["after"]), (&json!(0), &json!(1)));
    let moved = row(&view, "business_person_list/1/residential_address/residential_address_city");
    assert_eq!(moved["before_path"], "business_person_list/0/residential_address/residential_address_city");
    assert_eq!((&moved["change"], &moved["person"], &moved["masked"]), (&json!("changed"), &json!(1), &json!(true)));
    let of_wei = view["rows"].as_array().unwrap().iter().filter(|row| row["person"] == 1).count();
    assert_eq!(of_wei, 1, "whoever was there before is the same but for that");
}

#[tokio::test]
async fn a_reading_of_another_customer_is_none_of_this_one() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (one, other) = (customer(&program).await, customer(&program).await);
    let foreign = list(&program, &other).await[0]["id"].clone();
    for otherwise in [json!({ "before": foreign }), json!({ "after": foreign }), json!({ "after": "no id" })] {
        let request = request(&program, &one, otherwise).await;
        assert_eq!(program.refused("reading_compare", request).await.code, "not_found");
    }
    let unknown = request(&program, "nobody", json!({})).await;
    assert_eq!(program.refused("reading_compare", unknown).await.code, "not_found");
}
