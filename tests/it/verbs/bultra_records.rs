//! A customer of Bultra and its individuals as the page gets them (page 004, DECISIONS 13, 14).

use desk_sandbox::BultraRow;
use serde_json::{Map, Value, json};

use super::computer::{Computer, Program};

/// Customers of the platform in these tests: enough for both types.
const CUSTOMERS: u32 = 40;

/// The practice connection of Bultra.
pub async fn practice(program: &Program) -> Value {
    let status = program.status().await;
    let connections = status["connections"].as_array().unwrap();
    connections.iter().find(|row| row["practice"] == true && row["kind"] == "bultra").unwrap()["id"].clone()
}

/// A computer whose platform has few customers.
pub fn computer() -> Computer {
    let computer = Computer::new();
    computer.sandbox.set_bultra_customers(CUSTOMERS);
    computer
}

/// An open customer of a type that the platform holds, with an email address, a phone number and an address.
pub fn somebody(computer: &Computer, party: &str) -> BultraRow {
    everybody(computer, party).remove(0)
}

/// All of those.
pub fn everybody(computer: &Computer, party: &str) -> Vec<BultraRow> {
    let says = |row: &BultraRow, key: &str| row.customer[key].as_str().is_some_and(|text| !text.is_empty());
    let whole = |row: &BultraRow| {
        row.party == party
            && !row.status.starts_with("CLOSED")
            && says(row, "email")
            && says(row, "phone")
            && (party != "INDIVIDUAL" || row.customer["individual"]["address"]["city"].is_string())
            && (party != "CORPORATION" || !row.individuals.is_empty())
    };
    computer.sandbox.bultra_rows().into_iter().filter(whole).collect()
}

/// An individual of a corporation: the id as the program keeps it.
pub fn individual(of: &BultraRow) -> String {
    format!("{}/individuals/{}", of.id, of.individuals[0]["id"].as_str().unwrap())
}

/// Changes what the platform holds of a record.
pub fn change(computer: &Computer, id: &str, change: impl FnOnce(&mut Map<String, Value>)) {
    let (customer, individual) = match id.split_once("/individuals/") {
        Some((customer, individual)) => (customer, Some(individual)),
        None => (id, None),
    };
    assert!(computer.sandbox.change_bultra(customer, individual, change), "{id} is there");
}

/// What the platform holds of a record.
pub fn held(computer: &Computer, id: &str) -> Value {
    let row = |id| computer.sandbox.bultra_row(id).unwrap();
    match id.split_once("/individuals/") {
        None => row(id).customer,
        Some((customer, individual)) => {
            row(customer).individuals.into_iter().find(|held| held["id"] == individual).unwrap()
        }
    }
}

/// Who is asked for.
pub async fn reference(program: &Program, id: &str) -> Value {
    json!({ "connection": practice(program).await, "customer_id": id })
}

/// Reads a record from the platform.
pub async fn read(program: &Program, id: &str) -> Value {
    let request = json!({ "connection": practice(program).await, "by": "customer_id", "value": id });
    program.run("customer_lookup", request).await
}

fn leaf<'a>(view: &'a Value, path: &str) -> &'a Value {
    let sections = view["sections"].as_array().unwrap().iter();
    let leaves = sections.flat_map(|section| section["leaves"].as_array().unwrap());
    leaves.into_iter().find(|leaf| leaf["path"] == path).unwrap_or_else(|| panic!("no {path}: {view}"))
}

fn paths(view: &Value, of: &str) -> Vec<String> {
    view[of].as_array().unwrap().iter().map(|leaf| leaf["path"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_person_is_shown_with_what_the_platform_says_and_nothing_else() {
    let computer = computer();
    let program = computer.start().await;
    let row = somebody(&computer, "INDIVIDUAL");
    let view = read(&program, &row.id).await;
    assert_eq!((&view["name"], &view["party"]), (&json!(row.name), &json!("INDIVIDUAL")));
    assert_eq!(view["status"]["raw"], json!(row.status));
    assert_eq!(view["updated_at"], row.customer["updated_at"]);
    let sections: Vec<_> =
        view["sections"].as_array().unwrap().iter().map(|section| section["section"].as_str().unwrap()).collect();
    assert_eq!(sections, ["registration_address", "primary_contact", "business_person_list"]);
    for path in ["registration_address/registration_address_city", "primary_contact/contact_email"] {
        assert_eq!(leaf(&view, path)["masked"], true, "{path} is personal");
    }
    assert_eq!(leaf(&view, "registration_address/registration_address_country_code")["masked"], false);
    let first = leaf(&view, "business_person_list/0/basic_info/first_name_english");
    assert_eq!(first["value"], row.customer["individual"]["first_name"]);
    let accounts: Vec<_> = view["accounts"].as_array().unwrap().iter().map(|account| account["id"].clone()).collect();
    assert_eq!(accounts, row.accounts.iter().map(|id| json!(id)).collect::<Vec<_>>());
    assert_eq!((&view["unknown"], &view["individuals"]), (&json!([]), &json!([])));
    let list = program.customers(json!({})).await;
    assert_eq!(
        (&list["customers"][0]["name"], &list["customers"][0]["party"]),
        (&json!(row.name), &json!("INDIVIDUAL"))
    );
}

#[tokio::test]
async fn an_individual_is_a_record_of_its_own_under_its_customer() {
    let computer = computer();
    let program = computer.start().await;
    let row = somebody(&computer, "CORPORATION");
    let id = individual(&row);
    let customer = read(&program, &row.id).await;
    assert_eq!((&customer["name"], &customer["party"]), (&json!(row.name), &json!("CORPORATION")));
    let named = |view: &Value| {
        let all = view["individuals"].as_array().unwrap().clone();
        all.into_iter().find(|one| one["customer_id"] == json!(id)).unwrap()
    };
    assert_eq!(named(&customer)["read_at"], Value::Null, "named, not read");
    let held = &row.individuals[0];
    let view = read(&program, &id).await;
    let name = format!("{} {}", held["first_name"].as_str().unwrap(), held["last_name"].as_str().unwrap());
    assert_eq!((&view["customer_id"], &view["name"]), (&json!(id), &json!(name)));
    assert_eq!(view["individual_of"], json!({ "customer_id": row.id, "name": row.name }));
    assert_eq!((&view["status"], &view["ask_at"], &view["party"]), (&Value::Null, &Value::Null, &Value::Null));
    let facts = view["facts"].as_array().unwrap();
    assert!(facts.iter().any(|fact| fact["path"] == "role" && fact["value"] == held["role"]), "{facts:?}");

    let again = program.call("customer_open", reference(&program, &row.id).await).await;
    let now = named(&again);
    assert!(now["read_at"].is_string() && now["named"] == true, "{now}");
    assert_eq!((&now["name"], &now["role"]), (&json!(name), &held["role"]));
    let list = program.customers(json!({})).await;
    assert_eq!((&list["total"], &list["all"]), (&json!(1), &json!(1)), "an individual is no row of the list");
    let due = computer.database().query_row(
        "SELECT count(ask_at) FROM customers WHERE individual_of IS NOT NULL",
        [],
        |row| row.get::<_, i64>(0),
    );
    assert_eq!(due.unwrap(), 0, "and is never asked for by itself");
    let update = program.call("update_begin", reference(&program, &id).await).await;
    let open = program.call("customer_open", reference(&program, &row.id).await).await;
    assert_eq!(named(&open)["update"], update["id"]);
}

#[tokio::test]
async fn an_answer_about_somebody_else_is_none() {
    let computer = computer();
    let program = computer.start().await;
    let row = somebody(&computer, "CORPORATION");
    let id = individual(&row);
    change(&computer, &id, |held| drop(held.insert("customer_id".to_owned(), json!("cust_another"))));
    let request = json!({ "connection": practice(&program).await, "by": "customer_id", "value": id });
    assert_eq!(program.fails("customer_lookup", request.clone()).await["code"], "answer.unreadable");
    change(&computer, &id, |held| drop(held.remove("customer_id")));
    let view = program.run("customer_lookup", request).await;
    assert_eq!(view["customer_id"], json!(id), "what it leaves out says nothing against it");
}

#[tokio::test]
async fn what_nobody_knows_is_masked_and_what_is_known_of_it_is_not_said_twice() {
    let computer = computer();
    let program = computer.start().await;
    let row = somebody(&computer, "CORPORATION");
    change(&computer, &row.id, |held| {
        held.insert("risk".to_owned(), json!({ "note": "whispered" }));
        let corporation = held.entry("corporation").or_insert_with(|| json!({}));
        corporation["chairwoman"] = json!("Ada Canary");
    });
    let view = read(&program, &row.id).await;
    let unknown = paths(&view, "unknown");
    assert!(unknown.contains(&"risk/note".to_owned()), "{unknown:?}");
    assert!(unknown.contains(&"corporation/chairwoman".to_owned()), "{unknown:?}");
    let said = |path: &String| path.starts_with("accounts/") || path == "type" || path.ends_with("/role");
    assert!(!unknown.iter().any(said), "{unknown:?}");
    assert!(!view.to_string().contains("Ada Canary") && !view.to_string().contains("whispered"));
    let at = reference(&program, &row.id).await;
    let raw = program.call("customer_raw", at.clone()).await;
    let lines = raw["lines"].as_array().unwrap();
    let line = |path: &str| lines.iter().find(|line| line["path"] == path).unwrap();
    assert_eq!((&line("type")["text"], &line("type")["masked"]), (&json!("CORPORATION"), &json!(false)));
    assert_eq!((&line("email")["masked"], &line("risk/note")["masked"]), (&json!(true), &json!(true)));
    for path in ["risk/note", "corporation/chairwoman", "email", "primary_contact/contact_email"] {
        let mut request = at.clone();
        request["path"] = json!(path);
        let shown = program.call("customer_reveal", request).await;
        let expected = match path {
            "risk/note" => json!("whispered"),
            "corporation/chairwoman" => json!("Ada Canary"),
            _ => row.customer["email"].clone(),
        };
        assert_eq!(shown["value"], expected, "{path}");
    }
}

#[tokio::test]
async fn what_changed_is_news_and_a_new_time_alone_is_not() {
    let computer = computer();
    let program = computer.start().await;
    let row = somebody(&computer, "INDIVIDUAL");
    let account = json!([{ "id": "acc_1", "currency": "USD", "status": "ACTIVE" }]);
    change(&computer, &row.id, |held| drop(held.insert("accounts".to_owned(), account)));
    read(&program, &row.id).await;
    change(&computer, &row.id, |_| {});
    let same = read(&program, &row.id).await;
    assert_eq!((&same["changed"], &same["readings"]), (&Value::Null, &json!(2)), "updated_at is another");
    change(&computer, &row.id, |held| held["accounts"][0]["status"] = json!("FROZEN"));
    let moved = read(&program, &row.id).await;
    assert_eq!(moved["changed"]["fields"], 1, "{}", moved["changed"]);
    let mut request = reference(&program, &row.id).await;
    request["before"] = Value::Null;
    request["after"] = Value::Null;
    request["all"] = json!(false);
    let compared = program.call("reading_compare", request).await;
    let rows = compared["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{compared}");
    assert_eq!((&rows[0]["after"], &rows[0]["masked"]), (&json!("FROZEN"), &json!(false)));
}

#[tokio::test]
async fn who_is_known_from_the_list_alone_is_still_to_be_read() {
    let computer = computer();
    let program = computer.start().await;
    let connection = practice(&program).await;
    program.run("platform_more", json!({ "connection": connection, "party": null, "status": null })).await;
    let rows = program.customers(json!({})).await["customers"].as_array().unwrap().clone();
    let row = rows.iter().find(|row| row["unread"] == true).unwrap();
    let id = row["customer_id"].as_str().unwrap();
    for command in ["customer_open", "customer_preview", "update_begin"] {
        assert_eq!(program.refused(command, reference(&program, id).await).await.code, "customer.unread");
    }
    assert_eq!(program.refused("update_begin", reference(&program, "cust_nobody").await).await.code, "not_found");
    read(&program, id).await;
    assert_eq!(program.call("customer_open", reference(&program, id).await).await["customer_id"], json!(id));
    assert_eq!(program.refused("customer_open", reference(&program, "cust_nobody").await).await.code, "not_found");
}
