//! The list of drafts: what each of them needs, and how one is found.

use desk_sandbox::{Fault, FaultRule, Route};
use rstest::rstest;
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{filled, filled_on, partner_id, practice, submit};

const NAME: &str = "business_details/business_name_english";
const WEBSITE: &str = "business_details/website";
const TYPE: &str = "business_details/business_type";
const EMAIL: &str = "primary_contact/contact_email";

fn ids(list: &Value) -> Vec<&Value> {
    list["drafts"].as_array().unwrap().iter().map(|row| &row["id"]).collect()
}

fn groups(list: &Value) -> Vec<(&str, u64)> {
    let groups = list["groups"].as_array().unwrap().iter();
    groups.map(|row| (row["group"].as_str().unwrap(), row["count"].as_u64().unwrap())).collect()
}

async fn new_draft(program: &Program) -> Value {
    program.call("draft_create", json!({ "connection": practice(program, "typed").await })).await
}

/// A rejection that names the website and the first person's number.
fn rejection() -> Fault {
    let details = json!([
        { "field": "business_person_list[0].identification.id_number", "message": "unknown document" },
        { "field": "business_details.website", "message": "unreachable" },
        { "field": "risk_score", "message": "too high" },
    ]);
    let body = json!({ "error": { "code": "INVALID", "message": "No.", "details": details } }).to_string();
    Fault::Status { status: 400, content_type: String::from("application/json"), body, retry_after_seconds: None }
}

#[tokio::test]
async fn drafts_stand_by_what_they_need() {
    let computer = Computer::new();
    let program = computer.start().await;
    let accepted = filled(&program).await;
    let outcome = submit(&program, &accepted).await;
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Create, 500)]);
    let unknown = filled(&program).await;
    submit(&program, &unknown).await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, rejection())]);
    let rejected = filled(&program).await;
    submit(&program, &rejected).await;
    let (older, newer) = (new_draft(&program).await, new_draft(&program).await);
    program.save(&older["id"], &[(NAME, "Saved last")]).await.unwrap();

    let list = program.drafts(json!({})).await;
    let by_need = [&rejected, &unknown, &older, &newer, &accepted].map(|draft| &draft["id"]);
    assert_eq!(ids(&list), by_need, "by group, then the one saved last first");
    assert_eq!(groups(&list), [("needs_you", 2), ("being_written", 2), ("sent_today", 1)]);
    let of_rows: Vec<_> = list["drafts"].as_array().unwrap().iter().map(|row| row["group"].as_str().unwrap()).collect();
    assert_eq!(of_rows, ["needs_you", "needs_you", "being_written", "being_written", "sent_today"]);
    assert_eq!((&list["total"], &list["deleted"]), (&json!(5), &json!(0)));
    let customers: Vec<_> = list["drafts"].as_array().unwrap().iter().map(|row| &row["customer_id"]).collect();
    let id = &outcome["customer_id"];
    assert_eq!(customers, [&Value::Null, &Value::Null, &Value::Null, &Value::Null, id], "once it was accepted");

    let one = program.drafts(json!({ "group": "being_written", "offset": 1, "limit": 1 })).await;
    assert_eq!((ids(&one), &one["total"]), (vec![&newer["id"]], &json!(2)));
    assert_eq!(groups(&one), groups(&list), "the other groups are counted all the same");

    computer.days_pass(1);
    let tomorrow = program.drafts(json!({})).await;
    assert_eq!(groups(&tomorrow), [("needs_you", 2), ("being_written", 2), ("sent_before", 1)]);
}

#[tokio::test]
async fn what_is_on_its_way_stands_so() {
    let computer = Computer::new();
    let program = computer.start().await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Hang)]);
    let draft = filled(&program).await;
    let job = super::form::submitting(&computer, &program, &draft).await;
    assert_eq!(groups(&program.drafts(json!({})).await), [("on_the_way", 1)]);
    program.call("job_cancel", json!({ "job": job.id })).await;
    job.last().await;
    assert_eq!(groups(&program.drafts(json!({})).await), [("needs_you", 1)]);
}

#[tokio::test]
async fn a_row_says_how_far_its_draft_is() {
    let computer = Computer::new();
    let program = computer.start().await;
    let empty = new_draft(&program).await;
    let all = ["business_details", "registration_address", "account_usage", "primary_contact", "business_person_list"];
    let row = program.draft_row(&empty["id"]).await;
    assert_eq!((&row["sections"], &row["errors"], &row["warnings"]), (&json!(all), &json!(0), &json!(0)));
    assert_eq!((&row["filled"], &row["required"]), (&empty["check"]["filled"], &empty["check"]["required"]));

    let draft = filled(&program).await;
    assert_eq!(program.draft_row(&draft["id"]).await["sections"], json!([]), "all of it is there");
    program.save(&draft["id"], &[(WEBSITE, "localhost"), (TYPE, "Guild"), (EMAIL, "")]).await.unwrap();
    let row = program.draft_row(&draft["id"]).await;
    assert_eq!((&row["errors"], &row["warnings"]), (&json!(1), &json!(2)), "its type, and the amount of this form");
    assert_eq!(row["sections"], json!(["business_details", "primary_contact"]), "with a problem, or not filled");
}

#[tokio::test]
async fn what_the_platform_named_counts_until_it_is_changed() {
    let computer = Computer::new();
    let program = computer.start().await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, rejection()).times(1)]);
    let draft = filled(&program).await;
    let number = format!("business_person_list/{}/identification/id_number", draft["persons"][0].as_str().unwrap());
    assert_eq!(submit(&program, &draft).await["outcome"], "rejected");
    let row = program.draft_row(&draft["id"]).await;
    assert_eq!(row["rejected"], json!([WEBSITE, number]), "fields of the form, in its order");
    assert_eq!(row["errors"], 2);
    assert_eq!(row["sections"], json!(["business_details", "business_person_list"]));
    assert_eq!(program.draft(&draft["id"]).await["changed"], json!([]));

    program.save(&draft["id"], &[(WEBSITE, "localhost")]).await.unwrap();
    let row = program.draft_row(&draft["id"]).await;
    assert_eq!((&row["rejected"], &row["errors"]), (&json!([number]), &json!(2)), "one of the rules, one of theirs");
    assert_eq!(program.draft(&draft["id"]).await["changed"], json!([WEBSITE]));
    program.save(&draft["id"], &[(WEBSITE, "lantern.example"), (&number, "E87654321")]).await.unwrap();
    let row = program.draft_row(&draft["id"]).await;
    assert_eq!((&row["rejected"], &row["errors"], &row["sections"]), (&json!([]), &json!(0), &json!([])));
    assert_eq!(row["group"], "needs_you", "it is still to be sent again");

    assert_eq!(submit(&program, &draft).await["outcome"], "accepted");
    assert_eq!(program.draft(&draft["id"]).await["changed"], json!([]), "nothing since the newest submission");
}

#[tokio::test]
async fn a_field_that_both_complain_of_is_one_problem() {
    let computer = Computer::new();
    let program = computer.start().await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, rejection()).times(1)]);
    let draft = filled(&program).await;
    submit(&program, &draft).await;
    // The rules' own complaint about the text that was sent: a draft of long ago, when the rules were others.
    let worse = "UPDATE drafts SET texts = json_set(texts, '$.\"business_details/website\"', 'localhost')";
    computer.database().execute_batch(worse).unwrap();
    let row = program.draft_row(&draft["id"]).await;
    assert_eq!((row["rejected"].as_array().unwrap().len(), &row["errors"]), (2, &json!(2)));
}

#[rstest]
#[case::name("  QUÁY lantern ")]
#[case::local_name("码头")]
#[case::number("51 824 753 556")]
#[case::email("accounts@LanternQuay")]
#[tokio::test]
async fn a_draft_is_found_by(#[case] query: &str) {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    let other = new_draft(&program).await;
    program.save(&other["id"], &[(NAME, "Söhne GmbH"), (WEBSITE, "lantern.example")]).await.unwrap();
    let list = program.drafts(json!({ "query": query })).await;
    assert_eq!((ids(&list), &list["total"]), (vec![&draft["id"]], &json!(1)));
    assert_eq!(groups(&list), [("being_written", 1)], "only what matches is counted");
}

#[tokio::test]
async fn a_draft_is_found_by_either_id() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    new_draft(&program).await;
    let customer = submit(&program, &draft).await["customer_id"].clone();
    for id in [&partner_id(&draft), &customer] {
        let list = program.drafts(json!({ "query": id.as_str().unwrap().to_uppercase() })).await;
        assert_eq!(ids(&list), [&draft["id"]], "{id}");
    }
    let nothing = program.drafts(json!({ "query": "nobody" })).await;
    assert_eq!((ids(&nothing).len(), groups(&nothing).len(), &nothing["total"]), (0, 0, &json!(0)));
}

#[tokio::test]
async fn drafts_of_another_environment_are_on_another_list() {
    let computer = Computer::new();
    let program = computer.start().await;
    let account = &computer.sandbox.axisfi_typed;
    let request = json!({
        "name": "Bank", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": account.base_url, "api_key": account.api_key, "api_secret": account.api_secret,
    });
    let bank = program.call("connection_add", request).await;
    let theirs = filled_on(&program, &bank["id"]).await;
    let ours = filled(&program).await;
    assert_eq!(ids(&program.drafts(json!({})).await), [&ours["id"]]);
    assert_eq!(ids(&program.drafts(json!({ "query": "lantern" })).await), [&ours["id"]]);
    let elsewhere = program.draft(&theirs["id"]).await;
    assert_eq!(elsewhere["connection"]["id"], bank["id"], "there it is");
}
