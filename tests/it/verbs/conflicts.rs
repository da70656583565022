//! A conflict shows both sides, and a person decides once (DECISIONS 9, 12, 14).

use desk_sandbox::{CarriedOut, FaultRule, Route};
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{filled, filled_on, partner_id, practice, submission, submit};
use super::update_forms::begin;
use super::updates::{becomes, customer, held, read, update};

const NAME: &str = "business_details/business_name_english";
const NUMBER: &str = "business_person_list/0/identification/id_number";
const CITY: &str = "registration_address/registration_address_city";

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

    changed_elsewhere(computer, &id, "Hobart");
    program.run("submission_lookup", json!({ "draft": draft })).await;
    becomes(program, &draft, "conflict").await;
    (draft, id)
}

/// Somebody else changes a customer: a value that we change too, and others.
fn changed_elsewhere(computer: &Computer, id: &str, city: &str) {
    let changed = computer.sandbox.change(id, |body| {
        body["registration_address"]["registration_address_city"] = json!(city);
        body["registration_address"]["registration_address_state"] = json!("TAS");
        body["business_person_list"][0]["residential_address"]["residential_address_line1"] = json!("Z99999999");
    });
    assert!(changed);
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
    for take in ["theirs", "new_id", "open"] {
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
    assert_eq!(unsettled(&computer, &program, &create["id"], "open").await, "unsupported");
    let (update, _) = conflicting_update(&computer, &program).await;
    assert_eq!(unsettled(&computer, &program, &update, "new_id").await, "unsupported");
    let nobody = json!("0190a1b2-0000-7000-8000-000000000001");
    assert_eq!(unsettled(&computer, &program, &nobody, "theirs").await, "draft.gone");
}

#[tokio::test]
async fn ours_is_put_beside_what_the_platform_has_now_and_goes_over_nothing_else() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (draft, id) = conflicting_update(&computer, &program).await;
    let view = open(&program, &draft).await;
    let rows: Vec<_> =
        view["rows"].as_array().unwrap().iter().map(|row| (&row["path"], &row["ours"], &row["theirs"])).collect();
    assert_eq!(rows, [(&json!(CITY), &json!("Perth"), &json!("Hobart"))], "what we change, and nothing else");
    let text = view.to_string();
    for (canary, of) in [("E12345678", "the record as it was"), ("Z99999999", "the record as it is")] {
        assert!(!text.contains(canary), "a personal value of {of} is shown by a reveal alone");
    }
    assert_eq!((&view["purpose"], &view["name"]), (&json!("update"), &json!("Lantern Quay Trading Pty Ltd")));

    let opened = settle(&program, &draft, "open").await;
    assert_eq!((&opened["state"], &opened["delivery"]), (&json!("editing"), &Value::Null));
    trail_says(&program, "open").await;
    assert_eq!(unsettled(&computer, &program, &draft, "open").await, "conflict.settled");
    let merged = program.call("update_merge", json!({ "draft": draft })).await;
    assert!(!merged.to_string().contains("Z99999999"), "no less here");
    let choices = json!([{ "path": CITY, "mine": true }]);

    // Changed once more, and read: what was compared is not what is there.
    changed_elsewhere(&computer, &id, "Darwin");
    read(&program, &id).await;
    let request =
        |merged: &Value| json!({ "draft": draft, "reading": merged["reading"], "choices": choices, "persons": [] });
    assert_eq!(program.refused("update_settle", request(&merged)).await.code, "update.changed");
    let merged = program.call("update_merge", json!({ "draft": draft })).await;
    assert_eq!(merged["clashes"][0]["theirs"], "Darwin");
    let settled = program.call("update_settle", request(&merged)).await;
    assert_eq!(submit(&program, &settled).await["outcome"], "accepted");
    let address = &held(&computer, &id)["registration_address"];
    assert_eq!(address["registration_address_city"], "Perth");
    assert_eq!(address["registration_address_state"], "TAS", "what we did not change stays as others changed it");
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
    assert_eq!(unsettled(&computer, &program, &draft, "open").await, "unsupported", "there is nothing to change");

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
async fn what_the_user_did_not_type_is_masked_on_their_side_too() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    computer.sandbox.change(&id, |body| {
        let list = body["business_person_list"].as_array_mut().unwrap();
        let mut other = list[0].clone();
        other["basic_info"]["first_name_english"] = json!("Mei");
        other["basic_info"]["birth_date"] = json!("1988-08-08T00:00:00Z");
        other["identification"]["id_number"] = json!("M11111111");
        other["residential_address"]["residential_address_line1"] = json!("9 Mill Lane");
        list.push(other);
    });
    read(&program, &id).await;
    // The first goes, and the other one becomes somebody whom nobody can tell from a stranger.
    let draft = begin(&program, &id).await;
    let persons = draft["persons"].as_array().unwrap();
    let other = |path: &str| format!("business_person_list/{}/{path}", persons[1].as_str().unwrap());
    let typed = [("identification/id_number", "T22222222"), ("basic_info/first_name_english", "Ling")];
    let texts = typed.map(|(path, text)| (other(path), text));
    let texts: Vec<_> = texts.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    program.save(&draft["id"], &texts).await.unwrap();
    let edits = json!([{ "op": "remove_person", "person": persons[0] }]);
    let request = json!({ "draft": draft["id"], "edits": edits, "position": null, "closing": false });
    program.call("draft_save", request).await;
    let lost = FaultRule::status(Route::Update, 502).carried_out(CarriedOut::No).times(1);
    computer.sandbox.set_faults(vec![lost]);
    assert_eq!(submit(&program, &draft).await["outcome"], "unknown");
    computer.sandbox.change(&id, |body| {
        let list = body["business_person_list"].as_array_mut().unwrap();
        for (person, number) in list.iter_mut().zip(["S1", "S2"]) {
            person["identification"]["id_number"] = json!(number);
            person["basic_info"]["last_name_english"] = json!("Stranger");
        }
    });
    program.run("submission_lookup", json!({ "draft": draft["id"] })).await;
    becomes(&program, &draft["id"], "conflict").await;

    let view = open(&program, &draft["id"]).await;
    let ours: Vec<_> = view["rows"].as_array().unwrap().iter().map(|row| row["ours"].as_str().unwrap()).collect();
    assert!(ours.contains(&"T22222222") && ours.contains(&"Ling"), "what was typed is shown: {view}");
    assert!(ours.iter().any(|text| text.contains('•')), "what was not typed has a row: {view}");
    for canary in ["9 Mill Lane", "1988-08-08", "M11111111"] {
        assert!(!view.to_string().contains(canary), "{canary} is shown by a reveal alone: {view}");
    }
}
