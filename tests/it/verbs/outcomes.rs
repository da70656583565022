//! What nobody knows is looked up before anything is sent again (RELIABILITY "Exactly once").

use std::time::Duration;

use desk_sandbox::{CarriedOut, Fault, FaultRule, Route};
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{filled, filled_on, partner_id, submission, submit, submitting};

async fn look_up(program: &Program, draft: &Value) -> Value {
    program.run("submission_lookup", json!({ "draft": draft["id"] })).await
}

#[tokio::test]
async fn a_customer_made_behind_a_broken_answer_is_found_and_not_made_twice() {
    let computer = Computer::new();
    let program = computer.start().await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Reset).carried_out(CarriedOut::Yes)]);
    let draft = filled(&program).await;
    let view = program.run("draft_submit", submission(&draft)).await;
    assert_eq!((&view["outcome"], &view["reason"]["code"]), (&json!("unknown"), &json!("network.reset")));

    let found = look_up(&program, &draft).await;
    let ours = partner_id(&draft);
    assert_eq!((&found["outcome"], &found["partner_customer_id"]), (&json!("accepted"), &ours), "{found}");
    assert_eq!((computer.posts(), computer.rows_with(&ours)), (1, 1));
    let after = program.draft(&draft["id"]).await;
    assert_eq!((&after["state"], &after["outcome"]), (&json!("accepted"), &found));
    let list = program.customers(json!({})).await;
    assert_eq!(list["customers"][0]["customer_id"], found["customer_id"], "what was found is kept");
}

#[tokio::test]
async fn one_miss_proves_nothing() {
    let computer = Computer::new();
    let program = computer.start().await;
    let late = CarriedOut::Later(Duration::from_secs(60));
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Create, 500).carried_out(late)]);
    let draft = filled(&program).await;
    assert_eq!(program.run("draft_submit", submission(&draft)).await["outcome"], "unknown");

    let missed = look_up(&program, &draft).await;
    assert_eq!((&missed["outcome"], &missed["reason"]["code"]), (&json!("unknown"), &json!("lookup.missed")));
    let after = program.draft(&draft["id"]).await;
    assert_eq!(after["state"], "unknown");
    assert_eq!(program.fails("draft_submit", submission(&after)).await["code"], "draft.read_only");

    computer.sandbox.advance_clock(Duration::from_secs(61));
    assert_eq!(look_up(&program, &draft).await["outcome"], "accepted", "it was still running there");
    assert_eq!((computer.posts(), computer.rows_with(&partner_id(&draft))), (1, 1));
}

#[tokio::test]
async fn a_look_up_that_fails_makes_nothing_known_and_nothing_lost() {
    let computer = Computer::new();
    let program = computer.start().await;
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Any, 500)]);
    let draft = filled(&program).await;
    let view = program.run("draft_submit", submission(&draft)).await;
    let failed = program.fails("submission_lookup", json!({ "draft": draft["id"] })).await;
    assert_eq!(failed["code"], "answer.error");
    assert_eq!(program.draft(&draft["id"]).await["outcome"], view, "what was known stays");
}

#[tokio::test]
async fn a_slower_look_up_never_undoes_what_a_faster_one_found() {
    let computer = Computer::new();
    let program = computer.start().await;
    let late = CarriedOut::Later(Duration::from_secs(60));
    let slow = FaultRule::new(Route::Detail, Fault::Delay(Duration::from_millis(800))).times(1);
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Create, 500).carried_out(late), slow]);
    let draft = filled(&program).await;
    program.run("draft_submit", submission(&draft)).await;

    // The first look-up is answered with a miss, which arrives after the second one has found the customer.
    let first = program.begin("submission_lookup", json!({ "draft": draft["id"] })).await;
    let asked = || async { computer.sandbox.requests().len() == 2 };
    program.until("the first look-up reaches the platform", asked).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    computer.sandbox.advance_clock(Duration::from_secs(61));
    let found = look_up(&program, &draft).await;
    assert_eq!(found["outcome"], "accepted");
    assert_eq!(first.last().await["view"], found, "the slower one says what is known by now");
    assert_eq!(program.draft(&draft["id"]).await["state"], "accepted");
}

#[tokio::test]
async fn a_cancel_on_the_way_is_unknown_and_nothing_is_sent_again() {
    let computer = Computer::new();
    let program = computer.start().await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Hang)]);
    let draft = filled(&program).await;
    let job = submitting(&computer, &program, &draft).await;
    assert_eq!(program.draft(&draft["id"]).await["state"], "sending");
    let edit = program.save(&draft["id"], &[("business_details/website", "lantern.example")]).await;
    assert_eq!(edit.unwrap_err().code, "draft.read_only", "what is on its way is not edited");

    program.call("job_cancel", json!({ "job": job.id })).await;
    let last = job.last().await;
    assert_eq!(last["event"], "finished", "it is said, not passed over: {last}");
    let view = &last["view"];
    assert_eq!((&view["outcome"], &view["reason"]["code"]), (&json!("unknown"), &json!("cancelled")));
    let after = program.draft(&draft["id"]).await;
    assert_eq!(after["state"], "unknown");
    assert_eq!(program.fails("draft_submit", submission(&after)).await["code"], "draft.read_only");
    assert_eq!(look_up(&program, &draft).await["reason"]["code"], "lookup.missed");
    assert_eq!(computer.posts(), 1);
    program.call("job_cancel", json!({ "job": json!("0190a1b2-0000-7000-8000-000000000001") })).await;
}

#[tokio::test]
async fn another_customer_under_our_id_is_a_conflict_with_what_differs() {
    let computer = Computer::new();
    let program = computer.start().await;
    // The same account over another connection: another computer of the house, so to say.
    let account = &computer.sandbox.axisfi_typed;
    let other = program
        .call(
            "connection_add",
            json!({
                "name": "Other", "kind": "axisfi", "revision": "typed", "environment": "test",
                "base_url": account.base_url, "api_key": account.api_key, "api_secret": account.api_secret,
            }),
        )
        .await;
    let theirs = filled_on(&program, &other["id"]).await;
    let draft = filled(&program).await;
    let ours = partner_id(&draft);
    let number = format!("business_person_list/{}/identification/id_number", theirs["persons"][0].as_str().unwrap());
    let texts = [
        ("partner_customer_id", ours.as_str().unwrap()),
        ("business_details/business_name_english", "Somebody Else Ltd"),
        (number.as_str(), "Z99999999"),
    ];
    program.save(&theirs["id"], &texts).await.unwrap();
    assert_eq!(submit(&program, &theirs).await["outcome"], "accepted");

    let view = program.run("draft_submit", submission(&draft)).await;
    assert_eq!((&view["outcome"], &view["error"]["status"]), (&json!("unknown"), &json!(409)), "{view}");
    let conflict = look_up(&program, &draft).await;
    assert_eq!(conflict["outcome"], "conflict", "{conflict}");
    let differs = ["business_details/business_name_english", "business_person_list/0/identification/id_number"];
    assert_eq!(conflict["differs"], json!(differs));
    assert!(conflict["customer_id"].as_str().unwrap().starts_with("cus_"));
    let after = program.draft(&draft["id"]).await;
    assert_eq!((&after["state"], &after["outcome"]), (&json!("conflict"), &conflict));
    let edit = program.save(&draft["id"], &[("business_details/website", "lantern.example")]).await;
    assert_eq!(edit.unwrap_err().code, "draft.read_only", "a person decides first");
    assert_eq!(computer.rows_with(&ours), 1);
}
