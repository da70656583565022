//! The list of a platform: read page by page, stopped and gone on, while the platform changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use desk_sandbox::{Churn, Fault, FaultRule, RequestRecord, Route};
use serde_json::{Value, json};

use super::bultra_connections::to_sandbox;
use super::bultra_records::practice;
use super::bultra_updates::{NEW_PHONE, PHONE, Who, changing, patches};
use super::computer::{Computer, Program};
use super::form::submission;

const MINUTE_MS: i64 = 60_000;

/// Time in which a call that must not come would come.
const QUIET: Duration = Duration::from_millis(300);

pub(super) fn list(connection: &Value) -> Value {
    json!({ "connection": connection, "party": null, "status": null })
}

/// Runs a job while the program's clock goes a thousand times as fast; its last event.
pub(super) async fn fast(program: &Program, name: &str, request: Value) -> Value {
    let (job, done) = (program.begin(name, request).await, Arc::new(AtomicBool::new(false)));
    let (clock, ended) = (program.desk.clock().clone(), Arc::clone(&done));
    let ticks = tokio::spawn(async move {
        while !ended.load(Ordering::SeqCst) {
            clock.advance(500);
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    let last = job.last().await;
    done.store(true, Ordering::SeqCst);
    ticks.await.unwrap();
    last
}

pub(super) async fn fast_to_its_end(program: &Program, name: &str, request: Value) -> Value {
    let last = fast(program, name, request).await;
    assert_eq!(last["event"], "finished", "{name}: {last}");
    last["view"].clone()
}

/// What the program knows, whoever is not listed any more left out: id and status.
pub(super) fn known(computer: &Computer) -> BTreeMap<String, String> {
    let database = computer.database();
    let sql = "SELECT customer_id, coalesce(status_raw, '') FROM customers WHERE unlisted_at IS NULL AND individual_of IS NULL";
    let mut rows = database.prepare(sql).unwrap();
    let rows: Vec<(String, String)> =
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    let count = rows.len();
    let known: BTreeMap<_, _> = rows.into_iter().collect();
    assert_eq!(known.len(), count, "none is there twice");
    known
}

fn there(computer: &Computer) -> BTreeMap<String, String> {
    computer.sandbox.bultra_rows().into_iter().map(|row| (row.id, row.status)).collect()
}

fn pages(computer: &Computer) -> Vec<RequestRecord> {
    let requests = computer.sandbox.requests().into_iter();
    requests.filter(|request| request.path.ends_with("/bultra/v1/customers")).collect()
}

/// The most memory that this process has had, in kilobytes.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches("kB").trim().parse().unwrap()
}

pub(super) async fn trail(program: &Program, action: &str) -> Vec<Value> {
    program.activity(json!({ "query": action })).await["rows"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_ten_thousand_that_come_change_and_go_meanwhile_none_is_lost_or_doubled() {
    let computer = Computer::new();
    computer.sandbox.set_bultra_customers(10_000);
    let before = there(&computer);
    assert_eq!(before.len(), 10_000);
    let program = computer.start().await;
    let connection = practice(&program).await;
    computer.sandbox.set_churn(Some(Churn { seed: 7, inserts: 3, changes: 3, deletes: 3 }));
    let view = fast_to_its_end(&program, "platform_read", list(&connection)).await;
    computer.sandbox.set_churn(None);
    assert_eq!(view["has_more"], false, "{view}");
    let (ours, after) = (known(&computer), there(&computer));
    let stayed: Vec<_> = before.keys().filter(|id| after.contains_key(*id)).collect();
    assert!(stayed.len() < 9_900 && stayed.len() > 9_000, "the control: {} stayed", stayed.len());
    let lost: Vec<_> = stayed.iter().filter(|id| !ours.contains_key(**id)).collect();
    assert!(lost.is_empty(), "{lost:?}");

    let first = peak_kb();
    fast_to_its_end(&program, "platform_read", list(&connection)).await;
    assert_eq!(known(&computer), after, "read again in peace, it is the platform's list to the word");
    assert!(peak_kb() < first + 16_000, "one page is in the memory, not all: {first} and {} kB", peak_kb());
    let unlisted = program.customers(json!({ "limit": 1 })).await["total"].as_u64().unwrap();
    assert!(unlisted > u64::try_from(after.len()).unwrap(), "who is gone is kept, and said to be");
    let told = trail(&program, "platform.list").await;
    assert_eq!(told.len(), 2, "one row a job: {told:?}");
}

#[tokio::test]
async fn it_is_stopped_between_two_calls_and_in_one_and_goes_on_where_it_was() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program).await;
    let nothing = program.call("platform_list", list(&connection)).await;
    assert_eq!((&nothing["rows"], &nothing["has_more"], &nothing["read_at"]), (&json!(0), &json!(true), &Value::Null));
    let job = program.begin("platform_read", list(&connection)).await;
    let rows = || async { program.call("platform_list", list(&connection)).await["rows"].clone() };
    program.until("a page is kept", || async { rows().await != 0 }).await;
    program.call("job_cancel", json!({ "job": job.id })).await;
    assert_eq!(job.last().await["event"], "cancelled");
    let kept = rows().await;
    assert!(kept.as_u64().unwrap() < 2_000, "{kept}");

    computer.sandbox.set_faults(vec![FaultRule::new(Route::List, Fault::Hang)]);
    let before = pages(&computer).len();
    let job = program.begin("platform_read", list(&connection)).await;
    program.until("a call is under way", || async { pages(&computer).len() > before }).await;
    program.call("job_cancel", json!({ "job": job.id })).await;
    assert_eq!(job.last().await["event"], "cancelled");
    computer.sandbox.set_faults(Vec::new());
    assert_eq!(rows().await, kept, "what was read stays");

    program.desk.close().await;
    let program = computer.start().await;
    let view = program.call("platform_list", list(&connection)).await;
    assert_eq!((&view["rows"], &view["has_more"]), (&kept, &json!(true)), "over a restart too");
    let view = fast_to_its_end(&program, "platform_read", list(&connection)).await;
    assert_eq!((&view["rows"], &view["has_more"], &view["unread"]), (&json!(2_000), &json!(false), &json!(2_000)));
    let queries: BTreeSet<_> = pages(&computer).into_iter().map(|page| page.query).collect();
    assert_eq!(queries.len(), 20, "no page is read twice");
    assert!(pages(&computer).len() <= 20 + 2, "but for those that were stopped");
    assert_eq!(known(&computer), there(&computer));
    let results: Vec<_> = trail(&program, "platform.list").await.iter().map(|row| row["result"].clone()).collect();
    assert_eq!(results, ["ok", "cancelled"], "what was cancelled before its first page is not told");
}

#[tokio::test]
async fn a_place_that_is_not_there_any_more_begins_anew_once() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program).await;
    program.run("platform_more", list(&connection)).await;
    assert_eq!(program.run("platform_more", list(&connection)).await["rows"], 200);
    computer.sandbox.advance_clock(Duration::from_secs(11 * 60));
    let view = program.run("platform_more", list(&connection)).await;
    assert_eq!(
        (&view["rows"], known(&computer).len()),
        (&json!(100), 200),
        "from the beginning, and no row is doubled"
    );
    for status in [404, 410, 422] {
        let before = pages(&computer).len();
        computer.sandbox.set_faults(vec![FaultRule::status(Route::List, status)]);
        let error = program.fails("platform_more", list(&connection)).await;
        computer.sandbox.set_faults(Vec::new());
        assert_eq!(
            (&error["code"], pages(&computer).len() - before),
            (&json!("answer.error"), 2),
            "{status}: not for ever"
        );
    }
    assert_eq!(program.run("platform_more", list(&connection)).await["rows"], 200, "what failed changed nothing");
}

#[tokio::test]
async fn a_place_of_more_than_an_hour_ago_is_not_gone_on_from() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program).await;
    program.run("platform_more", list(&connection)).await;
    program.desk.clock().advance(59 * MINUTE_MS);
    assert_eq!(program.run("platform_more", list(&connection)).await["rows"], 200, "within the hour it goes on");
    program.desk.clock().advance(2 * MINUTE_MS);
    assert_eq!(program.run("platform_more", list(&connection)).await["rows"], 100);
    let cursors: Vec<_> = pages(&computer).iter().map(|page| page.query.contains("cursor")).collect();
    assert_eq!(cursors, [false, true, false]);
    assert_eq!(known(&computer).len(), 200, "and no row is doubled");
}

#[tokio::test]
async fn a_limit_that_is_refused_is_left_out() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program).await;
    let body =
        r#"{"error":{"code":"INVALID_REQUEST","message":"no","details":[{"field":"limit","message":"too many"}]}}"#;
    let (content_type, body) = (String::from("application/json"), body.to_owned());
    let refused = Fault::Status { status: 422, content_type, body, retry_after_seconds: None };
    computer.sandbox.set_faults(vec![FaultRule::new(Route::List, refused).times(1)]);
    assert_eq!(program.run("platform_more", list(&connection)).await["rows"], 20);
    let limits: Vec<_> = pages(&computer).iter().map(|page| page.query.contains("limit")).collect();
    assert_eq!(limits, [true, false]);
}

#[tokio::test]
async fn a_platform_that_wants_to_be_left_alone_is() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program).await;
    let limited = || {
        let (content_type, body) = (String::from("application/json"), String::from("{}"));
        let fault = Fault::Status { status: 429, content_type, body, retry_after_seconds: Some(60) };
        computer.sandbox.set_faults(vec![FaultRule::new(Route::List, fault).times(1)]);
    };
    limited();
    let error = program.fails("platform_more", list(&connection)).await;
    assert_eq!(
        (&error["code"], &error["params"]["retry_after_s"]),
        (&json!("rate.limited"), &json!("60")),
        "who waits for a page is told"
    );
    let held = "SELECT ask_after FROM connections WHERE kind = 'bultra'";
    let held: i64 = computer.database().query_row(held, [], |row| row.get(0)).unwrap();
    assert!(held > program.desk.clock().now_ms() + 50_000, "and the program's own asks wait");

    program.desk.clock().advance(2 * MINUTE_MS);
    limited();
    let job = program.begin("platform_read", list(&connection)).await;
    program.until("it is refused", || async { pages(&computer).len() == 2 }).await;
    tokio::time::sleep(QUIET).await;
    assert_eq!(pages(&computer).len(), 2, "the job waits");
    program.desk.clock().advance(MINUTE_MS + 1_000);
    program.until("and goes on by itself", || async { pages(&computer).len() > 2 }).await;
    program.call("job_cancel", json!({ "job": job.id })).await;
    job.last().await;

    program.desk.clock().advance(MINUTE_MS);
    limited();
    let before = pages(&computer).len();
    let job = program.begin("platform_read", list(&connection)).await;
    program.until("it is refused", || async { pages(&computer).len() > before }).await;
    program.call("job_cancel", json!({ "job": job.id })).await;
    assert_eq!(job.last().await["event"], "cancelled", "a job that waits can be cancelled");
}

#[tokio::test]
async fn a_list_that_leads_nowhere_ends_with_an_error_and_what_came_is_kept() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program).await;
    let page = |cursor: &str| {
        let row = json!({ "id": "cust_round", "type": "CORPORATION", "status": "ACTIVE", "email": "a@round.example" });
        let body = json!({ "data": [row], "pagination": { "has_more": true, "next_cursor": cursor } }).to_string();
        let content_type = String::from("application/json");
        FaultRule::new(Route::List, Fault::Status { status: 200, content_type, body, retry_after_seconds: None })
    };
    computer.sandbox.set_faults(vec![page("here")]);
    assert_eq!(fast(&program, "platform_read", list(&connection)).await["error"]["code"], "platform.stuck");
    assert!(pages(&computer).len() <= 3, "{}", pages(&computer).len());
    assert_eq!(known(&computer).len(), 1);
    computer.sandbox.set_faults(vec![page("one").times(1), page("two").times(1), page("one").times(1), page("two")]);
    assert_eq!(
        fast(&program, "platform_read", list(&connection)).await["error"]["code"],
        "platform.stuck",
        "in a circle too"
    );
    computer.sandbox.set_faults(Vec::new());
    let view = program.run("platform_more", list(&connection)).await;
    assert_eq!(view["rows"], 100, "and the next reading begins anew");
}

#[tokio::test]
async fn one_job_of_a_connection_at_a_time() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program).await;
    let other = to_sandbox(&computer, &program, json!({})).await;
    let job = program.begin("platform_read", list(&connection)).await;
    program.until("it reads", || async { !pages(&computer).is_empty() }).await;
    for name in ["platform_read", "platform_more"] {
        assert_eq!(program.fails(name, list(&connection)).await["code"], "platform.busy", "{name}");
    }
    let named = json!({ "connection": connection });
    assert_eq!(program.fails("platform_details", named).await["code"], "platform.busy");
    assert_eq!(program.run("platform_more", list(&other)).await["rows"], 100, "another connection is not concerned");
    program.call("job_cancel", json!({ "job": job.id })).await;
    job.last().await;
    program.run("platform_more", list(&connection)).await;
    let axisfi = super::form::practice(&program, "typed").await;
    assert_eq!(program.fails("platform_read", list(&axisfi)).await["code"], "unsupported");
    assert_eq!(program.refused("platform_list", list(&axisfi)).await.code, "unsupported");
}

#[tokio::test]
async fn what_is_to_be_sent_goes_first() {
    let computer = Computer::new();
    let id = Who::Customer.id(&computer);
    let program = computer.start().await;
    let connection = practice(&program).await;
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::PatchCustomer, Fault::Hang)]);
    let sending = program.begin("draft_submit", submission(&draft)).await;
    program.until("it is on the wire", || async { !patches(&computer).is_empty() }).await;
    let job = program.begin("platform_more", list(&connection)).await;
    tokio::time::sleep(QUIET).await;
    assert_eq!(pages(&computer).len(), 0, "nothing is asked beside it");
    program.call("job_cancel", json!({ "job": sending.id })).await;
    sending.last().await;
    assert_eq!(job.last().await["event"], "finished", "what waits for a look-up holds nobody up");
}

#[tokio::test]
async fn a_part_of_the_list_has_a_place_of_its_own_and_says_of_nobody_that_it_is_gone() {
    let computer = Computer::new();
    computer.sandbox.set_bultra_customers(60);
    let program = computer.start().await;
    let connection = practice(&program).await;
    fast_to_its_end(&program, "platform_read", list(&connection)).await;
    program.desk.clock().advance(MINUTE_MS);
    let part = json!({ "connection": connection, "party": "CORPORATION", "status": "" });
    let view = fast_to_its_end(&program, "platform_read", part).await;
    let corporations = computer.sandbox.bultra_rows().iter().filter(|row| row.party == "CORPORATION").count();
    assert_eq!((&view["rows"], &view["party"]), (&json!(corporations), &json!("CORPORATION")));
    assert_eq!(known(&computer).len(), 60, "who is in no part of it may be in another");

    let gone = computer.sandbox.bultra_rows()[3].id.clone();
    assert!(computer.sandbox.delete_bultra(&gone));
    program.desk.clock().advance(MINUTE_MS);
    fast_to_its_end(&program, "platform_read", list(&connection)).await;
    assert_eq!(known(&computer), there(&computer));
    let rows = program.customers(json!({ "query": gone })).await["customers"].clone();
    assert!(rows[0]["unlisted_at"].is_string(), "it is kept, and said: {rows}");
}
