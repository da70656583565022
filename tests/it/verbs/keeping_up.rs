//! Keeping up (DECISIONS 13): what is open is asked for again, and a change is one item that a look takes away.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use desk_core::practice::{Boxed, Practice, PracticeAccount, PracticeOff};
use desk_core::shell::Shell;
use desk_core::{Form, SecretString};
use desk_sandbox::{Fault, FaultRule, Route};
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::practice;
use super::updates;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// Longer than the program waits before it asks for somebody new the first time.
const FIRST_ASK_MS: i64 = 73_000;

/// Time in which an ask that must not come would come.
const QUIET: Duration = Duration::from_millis(250);

/// Looks up customers with a status and gives their ids.
async fn known(computer: &Computer, program: &Program, status: &str, count: usize) -> Vec<String> {
    let rows = computer.sandbox.rows();
    let typed = |row: &&desk_sandbox::CustomerRow| row.revision == desk_sandbox::Revision::Typed && !row.sparse;
    let ids: Vec<_> =
        rows.iter().filter(typed).filter(|row| row.status == status).map(|row| &row.customer_id).collect();
    let ids: Vec<_> = ids.into_iter().take(count).cloned().collect();
    assert_eq!(ids.len(), count, "the sandbox has {count} that are {status}");
    for id in &ids {
        updates::read(program, id).await;
    }
    ids
}

async fn preview(program: &Program, id: &str) -> Value {
    let connection = practice(program, "typed").await;
    program.call("customer_preview", json!({ "connection": connection, "customer_id": id })).await
}

async fn changed(program: &Program) -> Value {
    program.status().await["changed_customers"].clone()
}

fn asks(computer: &Computer) -> usize {
    computer.sandbox.requests().iter().filter(|request| request.path.ends_with("/detail")).count()
}

fn moves(computer: &Computer, id: &str, city: &str) {
    let there = computer.sandbox.change(id, |body| {
        body["registration_address"]["registration_address_city"] = json!(city);
    });
    assert!(there, "{id}");
}

/// Lets the first asks come, one after the other.
async fn until_asked(computer: &Computer, program: &Program, times: usize) {
    let before = asks(computer);
    program.desk.clock().advance(FIRST_ASK_MS);
    for asked in 1..=times {
        program.until("it is asked", || async { asks(computer) >= before + asked }).await;
        program.desk.clock().advance(6_000);
    }
}

async fn rows_of(program: &Program, action: &str) -> Vec<Value> {
    program.activity(json!({ "query": action })).await["rows"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_change_is_one_item_however_often_it_changes_and_a_look_takes_it_away() {
    let computer = Computer::new();
    let program = computer.start().await;
    let ids = known(&computer, &program, "Processing", 2).await;
    let attention = || async {
        let list = program.customers(json!({ "group": "attention" })).await;
        list["customers"].as_array().unwrap().iter().map(|row| row["customer_id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!((changed(&program).await, attention().await), (json!(0), vec![]), "a first reading is seen as it is");
    let mut reading = Value::Null;
    for city in ["Perth", "Hobart"] {
        moves(&computer, &ids[0], city);
        let readings = preview(&program, &ids[0]).await["readings"].as_u64().unwrap();
        program.desk.clock().advance(3 * MINUTE_MS);
        let is = || async {
            program.desk.clock().advance(6_000);
            preview(&program, &ids[0]).await["readings"].as_u64() > Some(readings)
        };
        program.until("the change is read", is).await;
        assert_eq!((changed(&program).await, attention().await), (json!(1), vec![json!(ids[0])]), "{city}");
        let at = program.customers(json!({ "query": ids[0] })).await["customers"][0]["changed_at"].clone();
        assert!(at.is_string() && (reading.is_null() || reading == at), "the time is that of the first change");
        reading = at;
    }
    let view = preview(&program, &ids[0]).await;
    assert_eq!(view["changed"]["fields"], 1, "{view}");
    let connection = practice(&program, "typed").await;
    let listed =
        program.call("reading_list", json!({ "connection": connection, "customer_id": ids[0] })).await["readings"]
            .clone();
    let seen = |reading: Value| json!({ "connection": connection, "customer_id": ids[0], "reading": reading });
    let view = program.call("customer_seen", seen(listed[1]["id"].clone())).await;
    assert_eq!(view["changed"]["fields"], 1, "there is a newer one to look at");
    let view = program.call("customer_seen", seen(listed[0]["id"].clone())).await;
    assert_eq!((&view["changed"], changed(&program).await), (&Value::Null, json!(0)));
    program.call("customer_seen", seen(listed[0]["id"].clone())).await;
    assert_eq!(attention().await, Vec::<Value>::new());
    assert_eq!(rows_of(&program, "customer.seen").await.len(), 2, "a second look at the same is none");
    let other = json!({ "connection": connection, "customer_id": ids[1], "reading": listed[0]["id"] });
    assert_eq!(program.refused("customer_seen", other).await.code, "not_found");
}

#[tokio::test]
async fn what_is_at_its_end_is_not_asked_for_and_what_comes_to_it_no_more() {
    let computer = Computer::new();
    let program = computer.start().await;
    let ended = known(&computer, &program, "Succeeded", 1).await;
    let open = known(&computer, &program, "Processing", 1).await;
    assert_eq!(preview(&program, &ended[0]).await["ask_at"], Value::Null);
    assert!(preview(&program, &open[0]).await["ask_at"].is_string());
    // Made anew, since what the sandbox begins with is never decided.
    let made = updates::customer(&program).await;
    computer.sandbox.advance_clock(Duration::from_secs(60));
    until_asked(&computer, &program, 2).await;
    program.until("it is read", || async { preview(&program, &made).await["status"]["raw"] == "Succeeded" }).await;
    assert_eq!(preview(&program, &made).await["ask_at"], Value::Null);
    assert_eq!(changed(&program).await, 1, "that it was decided is to be looked at");
    let asked = |id: &str| computer.sandbox.requests().iter().filter(|request| request.query.contains(id)).count();
    let before = [asked(&ended[0]), asked(&made)];
    for _ in 0..12 {
        program.desk.clock().advance(2 * HOUR_MS);
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    assert_eq!([asked(&ended[0]), asked(&made)], before);
    assert!(asked(&open[0]) > 3, "the control: what is open is");
}

#[tokio::test]
async fn an_update_of_ours_is_nothing_to_look_at() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = updates::customer(&program).await;
    let draft = updates::update(&program, &id, &[("business_details/website", Some("https://other.example"))]).await;
    updates::becomes(&program, &draft, "accepted").await;
    updates::read(&program, &id).await;
    let view = preview(&program, &id).await;
    assert_eq!((changed(&program).await, &view["changed"]), (json!(0), &Value::Null));
    assert!(view["readings"].as_u64() > Some(1), "the control: it is another reading");
}

/// A platform that nobody reaches.
#[derive(Default)]
struct Away(AtomicU32);

impl Practice for Away {
    fn account(&self, _: Form, _: Option<Value>) -> Boxed<'_, Result<PracticeAccount, PracticeOff>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        // The port of discarding, on which nothing listens.
        let base_url = String::from("http://127.0.0.1:9");
        let (api_key, api_secret) = (SecretString::from("key"), SecretString::from("secret"));
        Box::pin(async move { Ok(PracticeAccount { base_url, api_key, api_secret, token_url: None }) })
    }

    fn snapshot(&self) -> Boxed<'_, Option<Value>> {
        Box::pin(async { None })
    }
}

#[tokio::test]
async fn without_a_network_it_is_tried_every_five_minutes_and_no_more() {
    let computer = Computer::new();
    let program = computer.start().await;
    known(&computer, &program, "Processing", 5).await;
    program.desk.close().await;
    let away = Arc::new(Away::default());
    let program = computer.start_with(Arc::clone(&away) as Arc<dyn Practice>).await;
    program.desk.clock().advance(FIRST_ASK_MS);
    program.until("it is tried", || async { away.0.load(Ordering::SeqCst) == 1 }).await;
    program.until("that is known", || async { program.status().await["network"]["online"] == false }).await;
    for _ in 0..30 {
        program.desk.clock().advance(MINUTE_MS);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(QUIET).await;
    let tries = away.0.load(Ordering::SeqCst);
    assert!((3..=7).contains(&tries), "{tries} tries in half an hour");
    assert_eq!(changed(&program).await, 0);
}

#[tokio::test]
async fn a_platform_that_wants_to_be_left_alone_is_over_a_restart_too() {
    let computer = Computer::new();
    let program = computer.start().await;
    let ids = known(&computer, &program, "Processing", 3).await;
    let fault = Fault::Status {
        status: 429,
        content_type: String::from("application/json"),
        body: String::from("{}"),
        retry_after_seconds: Some(3_600),
    };
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Detail, fault).times(1)]);
    until_asked(&computer, &program, 1).await;
    let before = asks(&computer);
    program.desk.clock().advance(30 * MINUTE_MS);
    tokio::time::sleep(QUIET).await;
    assert_eq!(asks(&computer), before, "half an hour later");
    let at = preview(&program, &ids[2]).await["ask_at"].clone();
    program.desk.close().await;

    // A program that starts knows of no clock that was moved.
    let program = computer.start().await;
    assert_eq!(preview(&program, &ids[2]).await["ask_at"], at, "the turns are kept");
    program.desk.clock().advance(50 * MINUTE_MS);
    tokio::time::sleep(QUIET).await;
    assert_eq!(asks(&computer), before, "not yet");
    updates::read(&program, &ids[0]).await;
    assert_eq!(asks(&computer), before + 1, "what a person asks for is asked");
    program.desk.clock().advance(15 * MINUTE_MS);
    program.until("the hour is over", || async { asks(&computer) > before + 1 }).await;
}

#[tokio::test]
async fn keys_that_are_refused_are_not_tried_again_before_the_connection_is_tested() {
    let computer = Computer::new();
    let program = computer.start().await;
    known(&computer, &program, "Processing", 3).await;
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Detail, 401).times(1)]);
    until_asked(&computer, &program, 1).await;
    let before = asks(&computer);
    // Less than a test of a connection finds wrong with a clock.
    for _ in 0..6 {
        program.desk.clock().advance(30_000);
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    assert_eq!(asks(&computer), before);
    let connection = practice(&program, "typed").await;
    program.run("connection_test", json!({ "connection": connection })).await;
    program.until("it is asked again", || async { asks(&computer) > before + 1 }).await;
}

#[tokio::test]
async fn a_customer_that_the_platform_has_no_more_is_to_be_looked_at_and_not_asked_for_again() {
    let computer = Computer::new();
    let program = computer.start().await;
    let ids = known(&computer, &program, "Processing", 1).await;
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Detail, 404)]);
    until_asked(&computer, &program, 1).await;
    program.until("it is an item", || async { changed(&program).await == 1 }).await;
    let view = preview(&program, &ids[0]).await;
    assert_eq!(view["ask_at"], Value::Null);
    let rows = rows_of(&program, "customer.gone").await;
    assert_eq!((rows.len(), &rows[0]["id"]), (1, &json!(ids[0])), "{rows:?}");
    let connection = practice(&program, "typed").await;
    let listed = program.call("reading_list", json!({ "connection": connection, "customer_id": ids[0] })).await;
    let seen = json!({ "connection": connection, "customer_id": ids[0], "reading": listed["readings"][0]["id"] });
    program.call("customer_seen", seen).await;
    assert_eq!(changed(&program).await, 0);
}

#[tokio::test]
async fn asks_are_one_row_of_the_trail_a_day() {
    let computer = Computer::new();
    let program = computer.start().await;
    let ids = known(&computer, &program, "Processing", 2).await;
    moves(&computer, &ids[0], "Perth");
    until_asked(&computer, &program, 2).await;
    program.until("both are kept", || async { changed(&program).await == 1 }).await;
    assert_eq!(rows_of(&program, "customer.poll").await, Vec::<Value>::new(), "the day is not over");
    program.desk.close().await;
    let program = computer.start().await;
    let before = asks(&computer);
    program.desk.clock().advance(26 * HOUR_MS);
    program.until("it is asked the day after", || async { asks(&computer) > before }).await;
    program.until("there is a row", || async { !rows_of(&program, "customer.poll").await.is_empty() }).await;
    let rows = rows_of(&program, "customer.poll").await;
    let sum: Vec<_> = rows.iter().map(|row| row["detail"].as_str().unwrap().split_once(' ').unwrap().1).collect();
    assert_eq!(sum, ["asks=2 changes=1"]);
}

/// Counts what the system is to say.
#[derive(Default)]
struct Said(Mutex<Vec<u32>>);

impl Shell for Said {
    fn zoom(&self, _: u16) {}

    fn notify(&self, customers: u32) {
        self.0.lock().unwrap().push(customers);
    }

    fn parts(&self) -> Vec<(String, String)> {
        Vec::new()
    }
}

#[tokio::test]
async fn the_system_says_how_many_changed_once_for_all_and_only_where_it_may() {
    for may in [true, false] {
        let said = Arc::new(Said::default());
        let mut computer = Computer::new();
        computer.shell = Arc::clone(&said) as Arc<dyn Shell>;
        let program = computer.start().await;
        program.call("settings_save", json!({ "notify": may })).await;
        let ids = known(&computer, &program, "Processing", 3).await;
        ids.iter().for_each(|id| moves(&computer, id, "Perth"));
        until_asked(&computer, &program, 3).await;
        program.until("all are read", || async { changed(&program).await == 3 }).await;
        program.desk.clock().advance(2 * MINUTE_MS);
        if may {
            program.until("it is said", || async { !said.0.lock().unwrap().is_empty() }).await;
        }
        tokio::time::sleep(QUIET).await;
        let said = said.0.lock().unwrap().clone();
        assert_eq!(said, if may { vec![3] } else { vec![] });
    }
}
