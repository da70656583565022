//! The customers known here: listed, searched, previewed, and raw to the last leaf.

use std::collections::BTreeMap;

use desk_sandbox::{CustomerRow, Revision};
use rstest::rstest;
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::practice;

async fn look_up(program: &Program, connection: &Value, row: &CustomerRow) -> Value {
    let by = json!({ "connection": connection, "by": "customer_id", "value": row.customer_id });
    program.run("customer_lookup", by).await
}

/// The first customers of an account, looked up.
async fn known(computer: &Computer, program: &Program, count: usize) -> (Value, Vec<CustomerRow>) {
    let connection = practice(program, "typed").await;
    let rows: Vec<_> = computer.sandbox.rows().into_iter().filter(|row| !row.sparse).take(count).collect();
    for row in &rows {
        look_up(program, &connection, row).await;
    }
    (connection, rows)
}

fn ids(list: &Value) -> Vec<String> {
    let text = |row: &Value| row["customer_id"].as_str().unwrap().to_owned();
    list["customers"].as_array().unwrap().iter().map(text).collect()
}

#[tokio::test]
async fn a_customer_is_found_by_name_id_number_email_and_person() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (_, rows) = known(&computer, &program, 30).await;
    for row in &rows {
        let at = |path: &str| row.customer.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
        let person = "/business_person_list/0/basic_info";
        let name = [at(&format!("{person}/first_name_english")), at(&format!("{person}/last_name_english"))].join(" ");
        for query in [
            at("/business_details/business_name_english"),
            at("/business_details/business_name_english").to_uppercase(),
            at("/business_details/business_name"),
            row.customer_id.clone(),
            row.partner_customer_id.clone(),
            at("/business_details/business_identifier_number"),
            at("/primary_contact/contact_email"),
            name,
        ] {
            let found = ids(&program.customers(json!({ "query": query })).await);
            assert!(found.contains(&row.customer_id), "{query} finds {found:?}");
        }
        let unique = ids(&program.customers(json!({ "query": row.customer_id })).await);
        assert_eq!(unique, std::slice::from_ref(&row.customer_id), "and nobody else");
    }
}

#[tokio::test]
async fn a_list_comes_in_pages_with_its_counts() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (_, rows) = known(&computer, &program, 30).await;
    let all = program.customers(json!({ "sort": "name" })).await;
    assert_eq!((&all["total"], &all["all"]), (&json!(30), &json!(30)));
    let counts = all["groups"].as_array().unwrap().iter().map(|count| count["count"].as_u64().unwrap()).sum::<u64>();
    assert_eq!(counts, 30, "each customer in one group");
    let mut paged = Vec::new();
    for offset in [0, 12, 24] {
        let page = program.customers(json!({ "sort": "name", "offset": offset, "limit": 12 })).await;
        assert_eq!(page["total"], 30);
        paged.extend(ids(&page));
    }
    assert_eq!(paged, ids(&all), "pages put together are the list");
    let mut turned = ids(&program.customers(json!({ "sort": "name", "reversed": true })).await);
    turned.reverse();
    assert_eq!(turned, paged);
    let latest = ids(&program.customers(json!({ "limit": 1 })).await);
    assert_eq!(latest, [rows[29].customer_id.clone()], "the one read last first");
    let waiting = program.customers(json!({ "group": "waiting" })).await;
    let groups = waiting["customers"].as_array().unwrap().iter().map(|row| &row["status"]["group"]);
    assert!(waiting["total"].as_u64() > Some(0) && groups.into_iter().all(|group| group == "waiting"), "{waiting}");
    assert_eq!(waiting["groups"], all["groups"], "the counts are those of all groups");
}

#[tokio::test]
async fn a_page_has_two_hundred_rows_at_most() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program, "typed").await;
    let sql = "WITH RECURSIVE some (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM some WHERE at < 250)
        INSERT INTO customers (connection_id, customer_id, name, local_name, read_at)
            SELECT ?1, 'cus_' || at, 'Name ' || at, '', at FROM some";
    computer.database().execute(sql, [connection.as_str()]).unwrap();
    computer.database().execute("DELETE FROM settings WHERE key = 'search.version'", []).unwrap();
    program.desk.close().await;
    let program = computer.start().await;
    let list = program.customers(json!({ "limit": u32::MAX })).await;
    assert_eq!((list["customers"].as_array().unwrap().len(), &list["total"]), (200, &json!(250)));
}

#[rstest]
#[case("\"")]
#[case("*")]
#[case("NEAR(a b)")]
#[case("'; DROP TABLE customers; --")]
#[tokio::test]
async fn no_query_is_an_error(#[case] query: &str) {
    let computer = Computer::new();
    let program = computer.start().await;
    known(&computer, &program, 1).await;
    assert_eq!(program.customers(json!({ "query": query })).await["all"], 1);
    assert_eq!(program.customers(json!({ "query": query.repeat(5_000) })).await["all"], 1);
}

#[tokio::test]
async fn opening_a_record_is_in_the_trail_once_and_a_preview_is_not() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (connection, rows) = known(&computer, &program, 1).await;
    let request = json!({ "connection": connection, "customer_id": rows[0].customer_id });
    let openings = || async {
        let list = program.activity(json!({ "query": "customer.open" })).await;
        list["rows"].as_array().unwrap().len()
    };
    let preview = program.call("customer_preview", request.clone()).await;
    program.call("customer_raw", request.clone()).await;
    assert_eq!(openings().await, 0);
    let record = program.call("customer_open", request.clone()).await;
    assert_eq!(openings().await, 1);
    assert_eq!(record, preview, "the same record");
    let nobody = json!({ "connection": connection, "customer_id": "cus_nobody" });
    for command in ["customer_open", "customer_preview", "customer_raw"] {
        assert_eq!(program.refused(command, nobody.clone()).await.code, "not_found", "{command}");
    }
    assert_eq!(openings().await, 1, "nobody was opened");
}

/// Path, depth and key of every object, list and leaf, with a leaf as its text and the others as their length.
fn walk(json: &Value, path: &str, key: &str, depth: u64, lines: &mut Vec<(String, String, u64, String)>) {
    let text = match json {
        Value::Object(entries) => entries.len().to_string(),
        Value::Array(entries) => entries.len().to_string(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    lines.push((path.to_owned(), key.to_owned(), depth, text));
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") };
    match json {
        Value::Object(entries) => entries.iter().for_each(|(k, json)| walk(json, &below(k), k, depth + 1, lines)),
        Value::Array(entries) => (entries.iter().enumerate())
            .for_each(|(at, json)| walk(json, &below(&at.to_string()), &at.to_string(), depth + 1, lines)),
        _ => {}
    }
}

/// All made-up customers of an account, in parts, so that they are walked side by side.
#[rstest]
#[tokio::test]
async fn every_leaf_of_an_answer_is_in_the_raw_view_and_can_be_seen(
    #[values(Revision::Typed, Revision::Untyped)] revision: Revision,
    #[values(0, 1, 2)] part: usize,
) {
    let computer = Computer::new();
    let program = computer.start().await;
    let word = if revision == Revision::Typed { "typed" } else { "untyped" };
    let connection = practice(&program, word).await;
    let rows: Vec<_> = computer.sandbox.rows().into_iter().filter(|row| row.revision == revision).collect();
    let mine = rows.into_iter().enumerate().filter(|(at, _)| at % 3 == part).map(|(_, row)| row);
    for row in mine {
        let looked_up = look_up(&program, &connection, &row).await;
        let request = json!({ "connection": connection, "customer_id": row.customer_id });
        let raw = program.call("customer_raw", request.clone()).await;
        let kept = "SELECT raw FROM readings WHERE customer_id = ?1 ORDER BY seq DESC LIMIT 1";
        let kept: String = computer.database().query_row(kept, [&row.customer_id], |row| row.get(0)).unwrap();
        let answer: Value = serde_json::from_str(&kept).unwrap();
        assert!(row.sparse || answer == row.customer, "{}: the control", row.customer_id);

        let mut expected = Vec::new();
        walk(&answer, "", "", 0, &mut expected);
        let lines = raw["lines"].as_array().unwrap();
        assert_eq!(lines.len(), expected.len(), "{}", row.customer_id);
        let mut masked = BTreeMap::new();
        for (line, (path, key, depth, text)) in lines.iter().zip(&expected) {
            let place = (line["path"].as_str(), line["key"].as_str(), line["depth"].as_u64());
            assert_eq!(place, (Some(path.as_str()), Some(key.as_str()), Some(*depth)));
            if line["masked"] == true {
                let shows = line["text"].as_str().unwrap();
                assert!(shows != text && shows.contains('•'), "{path} is masked as {shows}");
                // Where a list came empty, it is the value.
                let value = if line["kind"] == "array" { "[]" } else { text.as_str() };
                masked.insert(path.clone(), value.to_owned());
            } else {
                assert_eq!(line["text"].as_str(), Some(text.as_str()), "{path}");
            }
        }

        let sections = looked_up["sections"].as_array().unwrap().iter();
        let of_record = sections.flat_map(|section| section["leaves"].as_array().unwrap());
        let of_record: Vec<_> = of_record.chain(looked_up["unknown"].as_array().unwrap()).collect();
        let veiled = of_record.iter().filter(|leaf| leaf["masked"] == true);
        let veiled: Vec<_> = veiled.map(|leaf| leaf["path"].as_str().unwrap().to_owned()).collect();
        let mut once = veiled.clone();
        once.sort();
        assert_eq!(once, masked.keys().cloned().collect::<Vec<_>>(), "the record masks the same");
        for (path, text) in masked {
            let reveal = json!({ "connection": connection, "customer_id": row.customer_id, "path": path });
            assert_eq!(program.call("customer_reveal", reveal).await["value"], json!(text), "{path}");
        }
    }
}

#[tokio::test]
async fn an_unknown_list_that_came_empty_can_be_shown_and_digits_are_those_of_the_answer() {
    let computer = Computer::new();
    let program = computer.start().await;
    let body = r#"{"customer_id":"cus_1","risk":{"none":[],"nothing":null,"much":1.500,"yes":true},
        "account_usage":{"estimated_monthly_revenue_amount":12345678901234567.80},
        "primary_contact":{"contact_phone":null,"contact_email":""}}"#;
    computer.sandbox.set_faults(vec![desk_sandbox::FaultRule::new(
        desk_sandbox::Route::Detail,
        desk_sandbox::Fault::Status {
            status: 200,
            content_type: String::from("application/json"),
            body: body.to_owned(),
            retry_after_seconds: None,
        },
    )]);
    let connection = practice(&program, "typed").await;
    let by = json!({ "connection": connection, "by": "customer_id", "value": "cus_1" });
    program.run("customer_lookup", by).await;
    let raw = program.call("customer_raw", json!({ "connection": connection, "customer_id": "cus_1" })).await;
    let line = |path: &str| raw["lines"].as_array().unwrap().iter().find(|line| line["path"] == path).unwrap();
    for (path, kind, text) in [
        ("account_usage/estimated_monthly_revenue_amount", "number", "12345678901234567.80"),
        ("primary_contact/contact_phone", "null", "null"),
        ("primary_contact/contact_email", "string", ""),
        ("risk", "object", "4"),
    ] {
        let line = line(path);
        assert_eq!(
            (&line["kind"], &line["text"], &line["masked"]),
            (&json!(kind), &json!(text), &json!(false)),
            "{path}"
        );
    }
    for (path, value) in [("risk/none", "[]"), ("risk/nothing", "null"), ("risk/much", "1.500"), ("risk/yes", "true")] {
        assert_eq!(line(path)["masked"], true, "{path}: nobody knows what it says");
        let reveal = json!({ "connection": connection, "customer_id": "cus_1", "path": path });
        assert_eq!(program.call("customer_reveal", reveal).await["value"], value);
    }
}
