//! Customers that are known from the list of a platform alone: told apart, read one by one or all, asked for while they wait,
//! and said to be gone where they are.

use std::collections::BTreeSet;
use std::time::Duration;

use desk_sandbox::{Fault, FaultRule, Route};
use rstest::rstest;
use serde_json::{Value, json};

use super::bultra_lists::{fast, fast_to_its_end, known, list, trail};
use super::bultra_records::practice;
use super::computer::Computer;

const HOUR_MS: i64 = 3_600_000;

fn details(computer: &Computer) -> Vec<String> {
    let requests = computer.sandbox.requests().into_iter();
    requests.filter(|request| request.path.contains("/v1/customers/")).map(|request| request.path).collect()
}

/// So many customers, of which nothing more is to come: the program does not ask for them by itself.
fn at_rest(computer: &Computer, count: u32) {
    computer.sandbox.set_bultra_customers(count);
    for row in computer.sandbox.bultra_rows() {
        computer
            .sandbox
            .change_bultra(&row.id, None, |customer| drop(customer.insert("status".into(), json!("ACTIVE"))));
    }
}

#[tokio::test]
async fn who_is_gone_is_said_to_be_wherever_that_is_found() {
    let computer = Computer::new();
    computer.sandbox.set_bultra_customers(60);
    let program = computer.start().await;
    let connection = practice(&program).await;
    fast_to_its_end(&program, "platform_read", list(&connection)).await;
    let (rows, all) = (computer.sandbox.bultra_rows(), known(&computer).len());
    assert!(rows.iter().all(|row| computer.sandbox.delete_bultra(&row.id)));
    let by = json!({ "connection": connection, "by": "customer_id", "value": rows[0].id });
    assert_eq!(program.fails("customer_lookup", by).await["code"], "not_found");
    assert_eq!(known(&computer).len(), all - 1, "who opens it finds it");
    program.desk.clock().advance(6 * HOUR_MS);
    program.until("the program finds it", || async { known(&computer).len() < all - 1 }).await;
    assert_eq!(program.status().await["changed_customers"], 0, "nobody has ever seen it: that is no news");
}

#[tokio::test]
async fn details_are_read_once_each_behind_each_other_and_go_on_where_they_were() {
    let computer = Computer::new();
    at_rest(&computer, 30);
    let program = computer.start().await;
    let connection = practice(&program).await;
    fast_to_its_end(&program, "platform_read", list(&connection)).await;
    let named = json!({ "connection": connection });
    let gone = computer.sandbox.bultra_rows()[20].id.clone();
    assert!(computer.sandbox.delete_bultra(&gone));

    computer.sandbox.set_faults(vec![FaultRule::status(Route::Customer, 403).skip(10)]);
    let last = fast(&program, "platform_details", named.clone()).await;
    assert_eq!(last["error"]["code"], "auth.forbidden", "{last}");
    assert_eq!(program.call("platform_list", list(&connection)).await["unread"], 20);
    computer.sandbox.set_faults(Vec::new());
    let view = fast_to_its_end(&program, "platform_details", named.clone()).await;
    assert_eq!(view["unread"], 0, "{view}");
    let asked = details(&computer);
    assert_eq!(
        (asked.len(), asked.iter().collect::<BTreeSet<_>>().len()),
        (33, 30),
        "each once, and the three that were refused"
    );
    let rows = program.customers(json!({})).await["customers"].as_array().unwrap().clone();
    let unread: Vec<_> = rows.iter().filter(|row| row["unread"] == true).collect();
    assert_eq!((unread.len(), &unread[0]["customer_id"]), (1, &json!(gone)), "who is gone was never read");
    assert!(unread[0]["unlisted_at"].is_string());
    fast_to_its_end(&program, "platform_details", named).await;
    assert_eq!(details(&computer).len(), 33, "nobody is left to ask for");

    program.desk.clock().advance(48 * HOUR_MS);
    let new = computer.sandbox.bultra_rows().len() + 1;
    at_rest(&computer, u32::try_from(new).unwrap());
    fast_to_its_end(&program, "platform_read", list(&connection)).await;
    let named = json!({ "connection": connection });
    fast_to_its_end(&program, "platform_details", named).await;
    let days = trail(&program, "customer.poll").await;
    assert_eq!(days.len(), 1, "summed by the day, told on a later one: {days:?}");
}

#[tokio::test]
async fn customers_that_cannot_be_read_are_passed_over_unless_none_can() {
    let computer = Computer::new();
    at_rest(&computer, 12);
    let program = computer.start().await;
    let connection = practice(&program).await;
    fast_to_its_end(&program, "platform_read", list(&connection)).await;
    let named = json!({ "connection": connection });
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Customer, Fault::OtherShape).skip(2).times(2)]);
    let view = fast_to_its_end(&program, "platform_details", named.clone()).await;
    assert_eq!(view["unread"], 2);
    at_rest(&computer, 40);
    fast_to_its_end(&program, "platform_read", list(&connection)).await;
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Customer, 500)]);
    let before = details(&computer).len();
    let last = fast(&program, "platform_details", named).await;
    assert_eq!(last["error"]["code"], "answer.error", "{last}");
    assert_eq!(details(&computer).len() - before, 3 * 4, "three customers, each asked for again three times");
}

/// Those that cannot be read come first, by their number: whoever is behind them is read all the same.
#[rstest]
#[case::one_may_not_be_read(1, 403, 1)]
#[case::three_may_not_be_read(3, 403, 1)]
#[case::three_are_broken(3, 500, 4)]
#[tokio::test]
async fn who_cannot_be_read_is_in_nobodys_way(#[case] bad: u32, #[case] status: u16, #[case] calls_each: u32) {
    let computer = Computer::new();
    at_rest(&computer, 12);
    let program = computer.start().await;
    let connection = practice(&program).await;
    fast_to_its_end(&program, "platform_read", list(&connection)).await;
    let named = json!({ "connection": connection });
    let unread = async || program.call("platform_list", list(&connection)).await["unread"].clone();
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Customer, status).times(bad * calls_each)]);
    let last = fast(&program, "platform_details", named.clone()).await;
    assert_eq!(last["event"] != "finished", bad == 3, "{last}");
    if bad == 3 {
        assert_eq!(unread().await, 12, "three in a row, and nobody between: it is given up");
        // It begins behind those, which come last and fail again.
        let first = details(&computer).len();
        computer.sandbox.set_faults(vec![FaultRule::status(Route::Customer, status).skip(9)]);
        fast(&program, "platform_details", named.clone()).await;
        let asked = details(&computer);
        assert!(!asked[..first].contains(&asked[first]) && asked[..first].contains(asked.last().unwrap()));
    }
    assert_eq!(unread().await, bad);
    computer.sandbox.set_faults(Vec::new());
    assert_eq!(fast_to_its_end(&program, "platform_details", named).await["unread"], 0);
}

#[tokio::test]
async fn who_was_never_read_is_told_apart_by_a_masked_address_and_opening_it_reads_it() {
    let computer = Computer::new();
    computer.sandbox.set_bultra_customers(40);
    let program = computer.start().await;
    let connection = practice(&program).await;
    fast_to_its_end(&program, "platform_read", list(&connection)).await;
    let of =
        |row: &Value| computer.sandbox.bultra_rows().into_iter().find(|there| row["customer_id"] == there.id).unwrap();
    let all = program.customers(json!({ "connection": connection })).await;
    assert_eq!(all["total"], 40);
    for row in all["customers"].as_array().unwrap() {
        let there = of(row);
        assert_eq!((&row["unread"], &row["name"], &row["party"]), (&json!(true), &json!(""), &json!(there.party)));
        let email = there.customer["email"].as_str().unwrap_or_default();
        assert!(email.is_empty() || row["email"].is_string() && row["email"] != email, "{row}");
    }
    let row = &all["customers"][0];
    let reference = json!({ "connection": connection, "customer_id": row["customer_id"] });
    for name in ["customer_open", "customer_preview"] {
        assert_eq!(program.refused(name, reference.clone()).await.code, "customer.unread");
    }
    let by = json!({ "connection": connection, "by": "customer_id", "value": row["customer_id"] });
    program.run("customer_lookup", by).await;
    program.call("customer_open", reference).await;
    let named = program.customers(json!({ "query": row["customer_id"] })).await["customers"][0].clone();
    assert_eq!((&named["unread"], &named["email"]), (&json!(false), &Value::Null), "it has a name: {named}");

    let count = |party: &str, status: &str| {
        let is = |there: &&desk_sandbox::BultraRow| {
            (party.is_empty() || there.party == party)
                && (status.is_empty() || there.status.trim_end_matches("_L2F") == status)
        };
        computer.sandbox.bultra_rows().iter().filter(is).count()
    };
    for (party, status) in [("CORPORATION", ""), ("INDIVIDUAL", "ACTIVE"), ("", "PENDING")] {
        let listed = program.customers(json!({ "connection": connection, "party": party, "status": status })).await;
        assert_eq!(listed["total"], json!(count(party, status)), "{party} {status}");
    }
    let axisfi = super::form::practice(&program, "typed").await;
    assert_eq!(program.customers(json!({ "connection": axisfi })).await["total"], 0);
    let gone = program.ask("customer_list", json!({
        "query": "", "group": null, "sort": "name", "reversed": false, "offset": 0, "limit": 1, "connection": "nobody",
    }));
    assert_eq!(gone.await.unwrap_err().code, "connection.gone");
}

#[tokio::test]
async fn who_waits_is_asked_for_though_nobody_has_read_it_and_the_others_are_not() {
    let computer = Computer::new();
    computer.sandbox.set_bultra_customers(60);
    let program = computer.start().await;
    let connection = practice(&program).await;
    fast_to_its_end(&program, "platform_read", list(&connection)).await;
    let database = computer.database();
    let asked_at = |status: &str| {
        let sql = "SELECT count(*), count(ask_at), coalesce(min(asks), 0) FROM customers WHERE status_raw = ?1";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?));
        database.query_row(sql, [status], row).unwrap()
    };
    let (pending, scheduled, asks) = asked_at("PENDING");
    assert!(pending > 0 && pending == scheduled && asks > 2, "behind whom somebody has just sent: {asks}");
    let (active, scheduled, _) = asked_at("ACTIVE");
    assert!(active > 0 && scheduled == 0);

    let before = details(&computer).len();
    program.desk.clock().advance(6 * HOUR_MS);
    program.until("it is asked for", || async { details(&computer).len() > before }).await;
    let path = details(&computer).last().unwrap().clone();
    let status = computer.sandbox.bultra_rows().into_iter().find(|row| path.ends_with(&row.id)).unwrap().status;
    assert_eq!(status, "PENDING");
}

#[tokio::test]
async fn an_individual_is_never_asked_for_by_itself_and_its_customer_is() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program).await;
    let rows = computer.sandbox.bultra_rows();
    let corporation = rows.iter().find(|row| row.status == "PENDING" && !row.individuals.is_empty()).unwrap();
    let individual = corporation.individuals[0]["id"].as_str().unwrap();
    let by = json!({ "connection": connection, "by": "customer_id", "value": corporation.id });
    program.run("customer_lookup", by.clone()).await;
    let mut one = by;
    one["individual"] = json!(individual);
    program.run("customer_lookup", one).await;
    let before = details(&computer).len();
    for _ in 0..8 {
        program.desk.clock().advance(8 * HOUR_MS);
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
    let asked = details(&computer).split_off(before);
    assert!(!asked.is_empty() && asked.iter().all(|path| path.ends_with(&corporation.id)), "{asked:?}");
}
