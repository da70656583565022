//! An update that waits is read again before it is sent, and nothing goes over what nobody has seen (DECISIONS 9, 12).

use std::time::Duration;

use desk_sandbox::{CarriedOut, Fault, FaultRule, Route};
use rstest::rstest;
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::submission;
use super::update_forms::{begin, reference, send};
use super::update_merges::{city, elsewhere, merge, moving, settle};
use super::updates::{becomes, customer, held, posts, read};

const CITY: &str = "registration_address/registration_address_city";
const STATE: &str = "registration_address/registration_address_state";

fn waiting(draft: &Value) -> Value {
    let mut request = submission(draft);
    request["may_wait"] = json!(true);
    request
}

/// Queues an update while the platform is away; what it was told.
async fn queued(computer: &Computer, program: &Program, draft: &Value) -> Value {
    let away = [Route::Detail, Route::Update].map(|route| FaultRule::status(route, 503));
    computer.sandbox.set_faults(away.to_vec());
    let job = program.begin("draft_submit", waiting(draft)).await;
    let told = job.last().await["view"].clone();
    // What is known of the customer is old by the time the platform is back.
    program.desk.clock().advance(120_000);
    told
}

#[tokio::test]
async fn what_waited_is_read_again_and_takes_over_what_does_not_clash() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = moving(&program, &id, "Perth").await;
    program.desk.clock().advance(120_000);
    let told = queued(&computer, &program, &draft).await;
    assert_eq!(told["outcome"], "waiting", "{told}");
    assert_eq!(posts(&computer), 0, "what cannot be read is not sent over");
    elsewhere(&computer, &id, STATE, "WA");
    computer.sandbox.set_faults(vec![]);
    program.desk.clock().advance(600_000);
    becomes(&program, &draft["id"], "accepted").await;
    let address = held(&computer, &id)["registration_address"].clone();
    assert_eq!(
        (&address["registration_address_state"], &address["registration_address_city"]),
        (&json!("WA"), &json!("Perth"))
    );
    assert_eq!(posts(&computer), 1);
}

#[tokio::test]
async fn what_waited_and_clashes_is_for_a_person() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = moving(&program, &id, "Perth").await;
    program.desk.clock().advance(120_000);
    assert_eq!(queued(&computer, &program, &draft).await["outcome"], "waiting");
    elsewhere(&computer, &id, CITY, "Hobart");
    computer.sandbox.set_faults(vec![]);
    program.desk.clock().advance(600_000);
    let conflict = becomes(&program, &draft["id"], "conflict").await;
    assert_eq!(conflict["delivery"]["state"], "conflict");
    assert_eq!((posts(&computer), city(&computer, &id)), (0, json!("Hobart")));
    let view = program.call("conflict_open", json!({ "draft": draft["id"] })).await;
    assert_eq!((&view["rows"][0]["ours"], &view["rows"][0]["theirs"]), (&json!("Perth"), &json!("Hobart")));

    let opened = program.call("conflict_settle", json!({ "draft": draft["id"], "take": "open" })).await;
    assert_eq!(opened["state"], "editing");
    let merged = merge(&program, &draft).await;
    assert_eq!(merged["clashes"].as_array().unwrap().len(), 1);
    settle(&program, &draft, &merged, &[(CITY, true)]).await;
    assert_eq!(send(&program, &draft).await["outcome"], "accepted");
    assert_eq!(city(&computer, &id), "Perth");
}

#[tokio::test]
async fn what_may_not_wait_and_cannot_be_read_is_not_sent() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = moving(&program, &id, "Perth").await;
    program.desk.clock().advance(120_000);
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Detail, 503)]);
    let told = send(&program, &draft).await;
    assert_eq!((&told["outcome"], &told["reason"]["code"]), (&json!("not_sent"), &json!("answer.error")), "{told}");
    assert_eq!(program.draft(&draft["id"]).await["state"], "editing");
    assert_eq!(posts(&computer), 0);
}

#[tokio::test]
async fn an_update_that_removes_a_person_and_whose_answer_was_lost_is_judged_by_who_is_there() {
    for carried_out in [CarriedOut::Yes, CarriedOut::No] {
        let computer = Computer::new();
        let program = computer.start().await;
        let id = customer(&program).await;
        computer.sandbox.change(&id, |body| {
            let list = body["business_person_list"].as_array_mut().unwrap();
            let mut other = list[0].clone();
            other["basic_info"]["first_name_english"] = json!("Mei");
            other["identification"]["id_number"] = json!("M11111111");
            list.push(other);
        });
        read(&program, &id).await;
        let draft = begin(&program, &id).await;
        let edits = json!([{ "op": "remove_person", "person": draft["persons"][0] }]);
        let request = json!({ "draft": draft["id"], "edits": edits, "position": null, "closing": false });
        program.call("draft_save", request).await;
        computer.sandbox.set_faults(vec![FaultRule::status(Route::Update, 502).carried_out(carried_out).times(1)]);
        assert_eq!(send(&program, &draft).await["outcome"], "unknown");
        let looked = program.run("submission_lookup", json!({ "draft": draft["id"] })).await;
        let arrived = held(&computer, &id)["business_person_list"].as_array().unwrap().len() == 1;
        let outcome = if arrived { "accepted" } else { "unknown" };
        assert_eq!((looked["outcome"].as_str(), arrived), (Some(outcome), carried_out == CarriedOut::Yes), "{looked}");
    }
}

/// How often the platform was asked for a customer.
fn asks(computer: &Computer) -> usize {
    computer.sandbox.requests().iter().filter(|request| request.path.ends_with("/detail")).count()
}

#[rstest]
#[case::error(FaultRule::status(Route::Detail, 503))]
#[case::page(FaultRule::new(Route::Detail, Fault::Html))]
#[case::reset(FaultRule::new(Route::Detail, Fault::Reset))]
#[case::unreadable(FaultRule::new(Route::Detail, Fault::OtherShape))]
#[tokio::test]
async fn what_cannot_be_read_is_asked_for_in_its_time_and_not_before(#[case] fault: FaultRule) {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    program.until("the new customer is read back", || async { asks(&computer) >= 2 }).await;
    let draft = moving(&program, &id, "Perth").await;
    program.desk.clock().advance(20_000);
    computer.sandbox.set_faults(vec![fault]);
    assert_eq!(program.run("draft_submit", waiting(&draft)).await["outcome"], "waiting");
    let delivery = program.draft(&draft["id"]).await["delivery"].clone();
    assert_eq!(delivery["next"], "try_again", "{delivery}");
    assert!(delivery["next_at"].is_string(), "and the page knows when");
    let before = asks(&computer);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(asks(&computer), before, "an answer of a host that is there hastens nothing");
    program.desk.clock().advance(5_000);
    program.until("it is asked for again", || async { asks(&computer) > before }).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(asks(&computer), before + 1);
    assert_eq!(posts(&computer), 0);
}

#[tokio::test]
async fn what_a_limit_held_back_is_read_again_before_it_is_sent() {
    for (path, text, state) in [(CITY, "Hobart", "conflict"), (STATE, "WA", "accepted")] {
        let computer = Computer::new();
        let program = computer.start().await;
        let id = customer(&program).await;
        let draft = moving(&program, &id, "Perth").await;
        computer.sandbox.set_faults(vec![FaultRule::status(Route::Update, 429).times(1)]);
        assert_eq!(program.run("draft_submit", waiting(&draft)).await["outcome"], "waiting");
        elsewhere(&computer, &id, path, text);
        program.desk.clock().advance(31_000);
        let after = becomes(&program, &draft["id"], state).await;
        let address = held(&computer, &id)["registration_address"].clone();
        assert_eq!(address[path.split('/').next_back().unwrap()], text, "nobody's change is undone: {after}");
        assert_eq!(posts(&computer), if state == "accepted" { 2 } else { 1 });
    }
}

#[tokio::test]
async fn what_was_read_for_another_reason_is_not_the_read_before_sending() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = moving(&program, &id, "Perth").await;
    program.desk.clock().advance(20_000);
    elsewhere(&computer, &id, CITY, "Hobart");
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Detail, 503).times(1)]);
    assert_eq!(program.run("draft_submit", waiting(&draft)).await["outcome"], "conflict");
    assert_eq!((posts(&computer), city(&computer, &id)), (0, json!("Hobart")));
}

#[tokio::test]
async fn what_is_sent_at_once_is_read_once() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = moving(&program, &id, "Perth").await;
    program.desk.clock().advance(20_000);
    let before = computer.sandbox.requests().len();
    assert_eq!(send(&program, &draft).await["outcome"], "accepted");
    let requests = computer.sandbox.requests();
    let until_sent = requests[before..].iter().take_while(|request| !request.path.ends_with("/update"));
    assert_eq!(until_sent.map(|request| request.path.rsplit('/').next().unwrap()).collect::<Vec<_>>(), ["detail"]);
}

#[tokio::test]
async fn what_arrived_late_is_the_customers_and_is_read() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = moving(&program, &id, "Perth").await;
    let late = FaultRule::status(Route::Update, 429).carried_out(CarriedOut::Yes).times(1);
    computer.sandbox.set_faults(vec![late]);
    assert_eq!(program.run("draft_submit", waiting(&draft)).await["outcome"], "waiting");
    program.desk.clock().advance(31_000);
    let outcome = becomes(&program, &draft["id"], "accepted").await["outcome"].clone();
    assert_eq!((&outcome["customer_id"], &outcome["read_back"]["differs"]), (&json!(id), &json!([])), "{outcome}");
    assert_eq!(posts(&computer), 1, "it is not sent over what it made");
    let kept = "SELECT count(*) FROM submissions WHERE state = 'accepted' AND purpose = 'update' AND customer_id = ?1";
    let kept = computer.database().query_row(kept, [&id], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(kept, 1, "what was sent is found by whose it is");
    let open = program.call("customer_open", reference(&program, &id).await).await;
    assert_eq!(open["changed"], Value::Null, "and our own change is no news");
}
