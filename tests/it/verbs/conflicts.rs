//! A conflict shows both sides, and a person decides once (DECISIONS 9, 12, 14).

use desk_core::outbox::UpdateRequest;
use desk_sandbox::{CarriedOut, FaultRule, Route};
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{filled, filled_on, partner_id, practice, submission, submit};
use super::updates::{becomes, customer, held, request, update};

const NAME: &str = "business_details/business_name_english";
const NUMBER: &str = "business_person_list/0/identification/id_number";
const CITY: &str = "registration_address/registration_address_city";
const STATE: &str = "registration_address/registration_address_state";

/// The same account over another connection: another computer of the house, so to say.
async fn elsewhere(computer: &Computer, program: &Program) -> Value {
    let account = &computer.sandbox.axisfi_typed;
    let request = json!({
        "name": "Other", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": account.base_url, "api_key": account.api_key, "api_secret": account.api_secret,
    });
    program.call("connection_add", request).await["id"].clone()
}

/// A draft whose id the platform has under another customer; the draft, and that customer's id.
async fn conflicting_create(computer: &Computer, program: &Program) -> (Value, String) {
    let theirs = filled_on(program, &elsewhere(computer, program).await).await;
    let draft = filled(program).await;
    let ours = partner_id(&draft);
    let person = theirs["persons"][0].as_str().unwrap();
    let number = format!("business_person_list/{person}/identification/id_number");
    let texts =
        [("partner_customer_id", ours.as_str().unwrap()), (NAME, "Somebody Else Ltd"), (number.as_str(), "Z99999999")];
    program.save(&theirs["id"], &texts).await.unwrap();
    let made = submit(program, &theirs).await;
    assert_eq!(program.run("draft_submit", submission(&draft)).await["outcome"], "unknown");
    becomes(program, &draft["id"], "conflict").await;
    (draft, made["customer_id"].as_str().unwrap().to_owned())
}

/// An update whose customer was changed by somebody else while its outcome was unknown; its draft, and the customer's id.
async fn conflicting_update(computer: &Computer, program: &Program) -> (Value, String) {
    let id = customer(program).await;
    let lost = FaultRule::status(Route::Update, 502).carried_out(CarriedOut::No).times(1);
    computer.sandbox.set_faults(vec![lost]);
    let draft = update(program, &id, &[(CITY, Some("Perth"))]).await;
    becomes(program, &draft, "unknown").await;

    let other = elsewhere(computer, program).await;
    let theirs = [(CITY, Some("Hobart")), (STATE, Some("TAS")), (NUMBER, Some("Z99999999"))];
    changed_elsewhere(program, &other, &id, &theirs).await;
    program.run("submission_lookup", json!({ "draft": draft })).await;
    becomes(program, &draft, "conflict").await;
    (draft, id)
}

/// Somebody else changes a customer.
async fn changed_elsewhere(program: &Program, other: &Value, id: &str, changes: &[(&str, Option<&str>)]) {
    program.run("customer_lookup", json!({ "connection": other, "by": "customer_id", "value": id })).await;
    let ask = request(program, id, changes).await;
    let theirs = UpdateRequest { connection: other.as_str().unwrap().parse().unwrap(), ..ask };
    let theirs = json!(program.desk.queue_update(theirs).await.unwrap());
    becomes(program, &theirs, "accepted").await;
}

async fn open(program: &Program, draft: &Value) -> Value {
    program.call("conflict_open", json!({ "draft": draft })).await
}

async fn settle(program: &Program, draft: &Value, take: &str) -> Value {
    program.call("conflict_settle", json!({ "draft": draft, "take": take })).await
}

/// Tries to settle what cannot be settled so; the code. Nothing is written.
async fn unsettled(computer: &Computer, program: &Program, draft: &Value, take: &str) -> String {
    let written = |table: &str| {
        let sql = format!("SELECT json_group_array(json_array(id, state)) FROM {table}");
        computer.database().query_row(&sql, [], |row| row.get::<_, String>(0)).unwrap()
    };
    let trail =
        || computer.database().query_row("SELECT max(seq) FROM activity", [], |row| row.get::<_, i64>(0)).unwrap();
    let before = (written("drafts"), written("submissions"), trail());
    let error = program.refused("conflict_settle", json!({ "draft": draft, "take": take })).await;
    assert_eq!((written("drafts"), written("submissions"), trail()), before, "{take}");
    error.code
}

async fn trail_says(program: &Program, take: &str) {
    let rows = program.activity(json!({})).await;
    let newest = rows["rows"].as_array().unwrap().iter().find(|row| row["action"] == "draft.settle").unwrap().clone();
    assert_eq!((&newest["detail"], &newest["result"]), (&json!(take), &json!("ok")));
}

#[tokio::test]
async fn both_sides_of_a_create_ours_plain_and_theirs_masked() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (draft, theirs) = conflicting_create(&computer, &program).await;
    let view = open(&program, &draft["id"]).await;
    assert_eq!((&view["purpose"], &view["customer_id"]), (&json!("create"), &json!(theirs)));
    assert_eq!((&view["partner_customer_id"], &view["error"]), (&partner_id(&draft), &Value::Null));
    assert!(view["read_at"].is_string(), "the look-up has read it");
    let rows = json!([
        { "path": NAME, "section": "business_details", "person": null, "kind": "name_english",
          "ours": "Lantern Quay Trading Pty Ltd", "theirs": "Somebody Else Ltd", "masked": false },
        { "path": NUMBER, "section": "business_person_list", "person": 0, "kind": "text",
          "ours": "E12345678", "theirs": "••••••••9999", "masked": true },
    ]);
    assert_eq!(view["rows"], rows);
    assert_eq!(view["same"], 40, "41 fields and our id, but for these two");

    let connection = practice(&program, "typed").await;
    let reveal = json!({ "connection": connection, "customer_id": theirs, "path": NUMBER });
    assert_eq!(program.call("customer_reveal", reveal).await["value"], "Z99999999");
}

#[tokio::test]
async fn theirs_makes_the_platforms_customer_the_drafts() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (draft, theirs) = conflicting_create(&computer, &program).await;
    let posts = computer.posts();
    let view = settle(&program, &draft["id"], "theirs").await;
    assert_eq!((&view["state"], &view["outcome"]["customer_id"]), (&json!("accepted"), &json!(theirs)));
    assert_eq!(program.status().await["outbox"]["conflict"], 0);
    trail_says(&program, "theirs").await;
    for take in ["theirs", "new_id", "ours"] {
        assert_eq!(unsettled(&computer, &program, &draft["id"], take).await, "conflict.settled");
    }
    let error = program.refused("conflict_open", json!({ "draft": draft["id"] })).await;
    assert_eq!(error.code, "conflict.settled");
    assert_eq!(computer.posts(), posts, "nothing is sent for it");

    // What the platform holds was never ours: it is no stand-in for what a sparse reading lacks.
    assert_eq!(held(&computer, &theirs)["business_details"]["business_name_english"], "Somebody Else Ltd");
}

#[tokio::test]
async fn another_customer_gets_another_id() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (draft, _) = conflicting_create(&computer, &program).await;
    let view = settle(&program, &draft["id"], "new_id").await;
    assert_eq!((&view["state"], &view["outcome"], &view["delivery"]), (&json!("editing"), &Value::Null, &Value::Null));
    let (old, new) = (partner_id(&draft), partner_id(&view));
    assert!(new != old && new.as_str().unwrap().starts_with("cd-"));
    assert_eq!(view["texts"].as_array().unwrap().len(), draft["texts"].as_array().unwrap().len());
    trail_says(&program, "new_id").await;
    assert_eq!(unsettled(&computer, &program, &draft["id"], "theirs").await, "conflict.settled");

    assert_eq!(submit(&program, &draft).await["outcome"], "accepted");
    assert_eq!((computer.rows_with(&old), computer.rows_with(&new)), (1, 1));
}

#[tokio::test]
async fn a_choice_of_the_other_purpose_does_nothing() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (create, _) = conflicting_create(&computer, &program).await;
    assert_eq!(unsettled(&computer, &program, &create["id"], "ours").await, "unsupported");
    let (update, _) = conflicting_update(&computer, &program).await;
    assert_eq!(unsettled(&computer, &program, &update, "new_id").await, "unsupported");
    let nobody = json!("0190a1b2-0000-7000-8000-000000000001");
    assert_eq!(unsettled(&computer, &program, &nobody, "theirs").await, "draft.gone");
}

#[tokio::test]
async fn ours_goes_over_what_the_platform_has_now_and_over_nothing_else() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (draft, id) = conflicting_update(&computer, &program).await;
    let view = open(&program, &draft).await;
    let rows: Vec<_> =
        view["rows"].as_array().unwrap().iter().map(|row| (&row["path"], &row["ours"], &row["theirs"])).collect();
    assert_eq!(rows, [(&json!(CITY), &json!("Perth"), &json!("Hobart"))], "what we change, and nothing else");
    let text = view.to_string();
    for (canary, of) in [("E12345678", "the record as it was"), ("Z99999999", "the record as it is")] {
        assert!(!text.contains(canary), "the document number of {of} is shown by a reveal alone");
    }
    assert_eq!((&view["purpose"], &view["name"]), (&json!("update"), &json!("Lantern Quay Trading Pty Ltd")));

    let queued = settle(&program, &draft, "ours").await;
    assert_eq!(queued["delivery"]["purpose"], "update");
    trail_says(&program, "ours").await;
    becomes(&program, &draft, "accepted").await;
    let address = &held(&computer, &id)["registration_address"];
    assert_eq!(address["registration_address_city"], "Perth");
    assert_eq!(address["registration_address_state"], "TAS", "what we did not change stays as others changed it");
    assert_eq!(unsettled(&computer, &program, &draft, "ours").await, "conflict.settled");
}

#[tokio::test]
async fn theirs_of_an_update_puts_the_draft_away() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (draft, id) = conflicting_update(&computer, &program).await;
    let before = held(&computer, &id);
    settle(&program, &draft, "theirs").await;
    assert_eq!(program.drafts(json!({ "deleted": true })).await["total"], 1);
    assert_eq!(program.call("outbox_list", json!({})).await["rows"], json!([]));
    assert_eq!(unsettled(&computer, &program, &draft, "theirs").await, "conflict.settled");
    assert_eq!(held(&computer, &id)["registration_address"], before["registration_address"]);

    program.call("draft_restore", json!({ "draft": draft })).await;
    assert_eq!(open(&program, &draft).await["rows"].as_array().unwrap().len(), 1, "it is as undecided as before");
}

#[tokio::test]
async fn a_customer_that_is_gone_has_no_other_side() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Update, 404)]);
    let draft = update(&program, &id, &[(CITY, Some("Perth"))]).await;
    becomes(&program, &draft, "conflict").await;
    let view = open(&program, &draft).await;
    assert_eq!((&view["read_at"], &view["rows"], &view["error"]["status"]), (&Value::Null, &json!([]), &json!(404)));
    assert_eq!(unsettled(&computer, &program, &draft, "ours").await, "unsupported", "there is nothing to change");

    // The platform's words may repeat what was sent: they are with the draft, and in no list.
    let whole = program.call("draft_open", json!({ "draft": draft })).await["delivery"]["error"].clone();
    assert!(!whole["raw"].as_str().unwrap().is_empty() && whole["message"].is_string());
    let bare = json!({ "status": 404, "code": whole["code"], "message": null, "fields": [], "raw": "",
        "trace_id": whole["trace_id"] });
    let rows = program.call("outbox_list", json!({})).await["rows"].clone();
    assert_eq!(rows[0]["delivery"]["error"], bare);
    let drafts = program.drafts(json!({})).await["drafts"].clone();
    let listed = drafts.as_array().unwrap().iter().find(|row| row["id"] == draft).unwrap().clone();
    assert_eq!(listed["delivery"]["error"], bare);
    settle(&program, &draft, "theirs").await;
    assert_eq!(program.status().await["outbox"]["conflict"], 0);
}

#[tokio::test]
async fn ours_goes_over_nothing_that_nobody_has_compared() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (draft, id) = conflicting_update(&computer, &program).await;
    let other = elsewhere(&computer, &program).await;
    changed_elsewhere(&program, &other, &id, &[(CITY, Some("Darwin"))]).await;
    assert_eq!(unsettled(&computer, &program, &draft, "ours").await, "conflict.stale");
    assert_eq!(held(&computer, &id)["registration_address"]["registration_address_city"], "Darwin");
    assert_eq!(open(&program, &draft).await["rows"][0]["theirs"], "Darwin", "it has been read");

    // Without knowing what the platform has now nothing goes over it.
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Detail, 502).times(1)]);
    assert_eq!(unsettled(&computer, &program, &draft, "ours").await, "answer.error");
    settle(&program, &draft, "ours").await;
    becomes(&program, &draft, "accepted").await;
    assert_eq!(held(&computer, &id)["registration_address"]["registration_address_city"], "Perth");
}
