//! The whole round on both revisions: filled, reviewed, accepted, looked up; what arrives is what was typed.

use std::collections::BTreeMap;

use rstest::rstest;
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{AMOUNT, FORM, filled_on, is_typed_only, leaves, partner_id, practice, submission};

/// What must arrive for a revision, by its path on the wire.
fn expected(revision: &str) -> BTreeMap<String, String> {
    let carried = FORM.iter().filter(|(path, ..)| revision == "typed" || !is_typed_only(path));
    carried.map(|(path, _, wire)| (path.replace('*', "0"), (*wire).to_owned())).collect()
}

/// The record, once the whole of it was read behind the user's back.
async fn whole_record(program: &Program, connection: &Value, customer_id: &Value) -> Value {
    let request = json!({ "connection": connection, "customer_id": customer_id });
    let said = || async { program.call("customer_open", request.clone()).await["sections"][0]["said"] == true };
    program.until("the whole record is read after an acceptance", said).await;
    program.call("customer_open", request.clone()).await
}

#[rstest]
#[case::typed("typed")]
#[case::untyped("untyped")]
#[tokio::test]
async fn what_is_typed_arrives_leaf_by_leaf(#[case] revision: &str) {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program, revision).await;
    let draft = filled_on(&program, &connection).await;
    let ours = partner_id(&draft);

    let review = program.call("draft_review", json!({ "draft": draft["id"] })).await;
    assert_eq!((&review["blocked"], &review["house_missing"]), (&json!(false), &json!(false)), "{review}");
    let person = draft["persons"][0].as_str().unwrap();
    let sends: BTreeMap<_, _> = review["sends"].as_array().unwrap().iter().map(sent).collect();
    let mut wire = expected(revision);
    wire.insert(String::from("partner_customer_id"), ours.as_str().unwrap().to_owned());
    let on_wire: BTreeMap<_, _> = sends.into_iter().map(|(path, text)| (path.replace(person, "0"), text)).collect();
    assert_eq!(on_wire, wire, "the review shows what will be sent");
    let not_sent: Vec<_> = review["not_sent"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    assert_eq!(not_sent.len(), if revision == "typed" { 0 } else { 5 }, "{not_sent:?}");
    assert!(not_sent.iter().all(|path| is_typed_only(path)));

    let outcome = program.run("draft_submit", submission(&draft)).await;
    assert_eq!((&outcome["outcome"], &outcome["partner_customer_id"]), (&json!("accepted"), &ours), "{outcome}");
    assert_eq!(outcome["status"]["group"], "waiting");
    assert_eq!(program.draft(&draft["id"]).await["outcome"], outcome, "a restart shows what was shown before");

    let rows = computer.sandbox.rows();
    let row = rows.iter().find(|row| outcome["customer_id"] == row.customer_id).unwrap();
    let mut arrived = leaves(&row.customer);
    ["customer_id", "status", "created_at"].iter().for_each(|key| drop(arrived.remove(*key)));
    assert_eq!(arrived, wire, "each leaf, and no other");
    let post = computer.sandbox.requests().into_iter().find(|request| request.method == "POST").unwrap();
    let amount = format!("\"estimated_monthly_revenue_amount\":{AMOUNT}");
    assert!(post.body.contains(&amount), "a number, with every digit: {}", post.body);

    let record = whole_record(&program, &connection, &outcome["customer_id"]).await;
    for (path, shown, masked) in values(&record) {
        assert!(masked || wire.get(&path) == Some(&shown), "{path} is shown as {shown}");
    }
    let amount = values(&record).into_iter().find(|(path, ..)| path.ends_with("revenue_amount")).unwrap();
    assert_eq!(amount.1, AMOUNT);
    let shown = values(&record).len();
    assert_eq!(shown, wire.len() - 1, "every leaf but our id, which stands in the record's head, is in the record");
}

#[tokio::test]
async fn a_customer_is_found_by_either_id_and_kept() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program, "typed").await;
    let rows = computer.sandbox.rows();
    let row = rows.iter().find(|row| !row.sparse && row.revision == desk_sandbox::Revision::Typed).unwrap();
    for (by, value) in [("customer_id", &row.customer_id), ("partner_customer_id", &row.partner_customer_id)] {
        // Pasted from a mail: with white space around it.
        let request = json!({ "connection": connection, "by": by, "value": format!(" {value}\n") });
        let view = program.run("customer_lookup", request).await;
        assert_eq!((&view["customer_id"], &view["readings"]), (&json!(row.customer_id), &json!(1)), "{by}");
        assert_eq!(view["status"]["raw"], row.status);
    }
    let list = program.customers(json!({})).await;
    let listed: Vec<_> = list["customers"].as_array().unwrap().iter().map(|row| &row["customer_id"]).collect();
    assert_eq!(listed, [&json!(row.customer_id)], "one customer, whichever id was asked for");

    computer.sandbox.stop().await;
    let offline = json!({ "connection": connection, "customer_id": row.customer_id });
    assert_eq!(program.call("customer_open", offline).await["name"], list["customers"][0]["name"], "read offline");
}

#[rstest]
#[case::nobody("customer_id", "cus_nobody", "not_found")]
#[case::blank("customer_id", "  ", "request.unreadable")]
#[case::walks("partner_customer_id", "../../etc", "not_found")]
#[tokio::test]
async fn a_look_up_that_finds_nobody_keeps_nothing(#[case] by: &str, #[case] value: &str, #[case] code: &str) {
    let computer = Computer::new();
    let program = computer.start().await;
    let request = json!({ "connection": practice(&program, "typed").await, "by": by, "value": value });
    assert_eq!(program.fails("customer_lookup", request).await["code"], code);
    assert_eq!(program.customers(json!({})).await["customers"], json!([]));
}

fn sent(row: &Value) -> (String, String) {
    (row["path"].as_str().unwrap().to_owned(), row["text"].as_str().unwrap().to_owned())
}

/// Path, text, and whether it is masked, of each value that the reading has.
fn values(record: &Value) -> Vec<(String, String, bool)> {
    let sections = record["sections"].as_array().unwrap().iter();
    let leaves = sections.flat_map(|section| section["leaves"].as_array().unwrap());
    let said = leaves.filter(|leaf| !leaf["value"].is_null());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    said.map(|leaf| (text(&leaf["path"]), text(&leaf["value"]), leaf["masked"] == true)).collect()
}
