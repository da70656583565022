//! Long because: each way in which two sides differ is played through to what the platform holds in the end.
//! What others changed while an update was written or waited: taken over where nothing clashes, chosen by a person where
//! something does, and never written over unseen (DECISIONS 9, 12).

use desk_sandbox::{Fault, FaultRule, Route};
use rstest::rstest;
use serde_json::{Map, Value, json};

use super::computer::{Computer, Program};
use super::files::{LIST, PDF, add, row, until};
use super::form::{leaves, submission};
use super::reveals::{policy, with_policy};
use super::update_forms::{begin, last_body, of_person, review, send};
use super::updates::{customer, held, posts, read};

const CITY: &str = "registration_address/registration_address_city";
const STATE: &str = "registration_address/registration_address_state";
const NUMBER: &str = "identification/id_number";

/// Somebody else writes a text on the platform.
pub fn elsewhere(computer: &Computer, id: &str, path: &str, text: &str) {
    let pointer = format!("/{path}");
    let changed = computer.sandbox.change(id, |body: &mut Map<String, Value>| {
        let mut whole = Value::Object(std::mem::take(body));
        *whole.pointer_mut(&pointer).unwrap() = json!(text);
        *body = whole.as_object().unwrap().clone();
    });
    assert!(changed);
}

/// The draft beside what the platform has.
pub async fn merge(program: &Program, draft: &Value) -> Value {
    program.call("update_merge", json!({ "draft": draft["id"] })).await
}

/// Decides.
pub async fn settle(program: &Program, draft: &Value, merged: &Value, choices: &[(&str, bool)]) -> Value {
    let choices: Vec<_> = choices.iter().map(|(path, mine)| json!({ "path": path, "mine": mine })).collect();
    let request = json!({ "draft": draft["id"], "reading": merged["reading"], "choices": choices, "persons": [] });
    program.call("update_settle", request).await
}

/// What the platform holds.
pub fn city(computer: &Computer, id: &str) -> Value {
    held(computer, id)["registration_address"]["registration_address_city"].clone()
}

/// A draft that changes the city.
pub async fn moving(program: &Program, id: &str, to: &str) -> Value {
    let draft = begin(program, id).await;
    program.save(&draft["id"], &[(CITY, to)]).await.unwrap();
    program.draft(&draft["id"]).await
}

#[tokio::test]
async fn another_field_that_others_changed_is_taken_and_ours_is_sent() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = moving(&program, &id, "Perth").await;
    elsewhere(&computer, &id, STATE, "WA");
    let shown = review(&program, &draft).await;
    assert_eq!(program.run("draft_submit", submission(&draft)).await["outcome"], "accepted");
    let body = last_body(&computer);
    assert_eq!(
        (&body["registration_address"]["registration_address_state"], city(&computer, &id)),
        (&json!("WA"), json!("Perth"))
    );
    assert_eq!(shown["changes"].as_array().unwrap().len(), 1);
    let rows = program.activity(json!({})).await;
    let row = rows["rows"].as_array().unwrap().iter().find(|row| row["action"] == "update.rebase").unwrap();
    assert_eq!(row["detail"], "1", "the trail says how many were taken over");
}

#[tokio::test]
async fn the_same_field_clashes_and_the_platforms_is_chosen() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = begin(&program, &id).await;
    let number = of_person(&draft, NUMBER);
    program.save(&draft["id"], &[(CITY, "Perth"), (&number, "N7654321")]).await.unwrap();
    elsewhere(&computer, &id, "business_person_list/0/basic_info/first_name", "大伟");
    elsewhere(&computer, &id, CITY, "Hobart");
    let told = send(&program, &draft).await;
    assert_eq!((&told["outcome"], &told["reason"]["code"]), (&json!("not_sent"), &json!("update.clash")), "{told}");
    assert_eq!(told["reason"]["params"]["count"], "1");
    assert_eq!(posts(&computer), 0, "nothing is sent until it is chosen");
    assert_eq!(program.draft(&draft["id"]).await["state"], "editing");

    let merged = merge(&program, &draft).await;
    let clashes = merged["clashes"].as_array().unwrap();
    assert_eq!(clashes.len(), 1, "{merged}");
    let clash = &clashes[0];
    assert_eq!(
        (&clash["path"], &clash["original"], &clash["mine"], &clash["theirs"]),
        (&json!(CITY), &json!("Sydney"), &json!("Perth"), &json!("Hobart"))
    );
    assert_eq!((&merged["taken"], &merged["mine"], &merged["persons"]), (&json!(1), &json!(1), &json!([])));

    let missing = json!({ "draft": draft["id"], "reading": merged["reading"], "choices": [], "persons": [] });
    assert_eq!(program.refused("update_settle", missing).await.code, "update.clash");
    let old = json!({ "draft": draft["id"], "reading": merged["base"], "choices": [], "persons": [] });
    assert_eq!(program.refused("update_settle", old).await.code, "update.changed");
    let settled = settle(&program, &draft, &merged, &[(CITY, false)]).await;
    assert_eq!(settled["update"]["changes"], json!([number]), "what was left to the platform is no change any more");
    assert_eq!(settled["update"]["reading"], merged["reading"]);
    assert_eq!(send(&program, &draft).await["outcome"], "accepted");
    let body = leaves(&last_body(&computer));
    assert_eq!(
        (body[CITY].as_str(), body["business_person_list/0/identification/id_number"].as_str()),
        ("Hobart", "N7654321")
    );
    assert_eq!(body["business_person_list/0/basic_info/first_name"], "大伟");
}

#[tokio::test]
async fn ours_is_chosen_and_the_review_shows_the_platforms_as_old() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = moving(&program, &id, "Perth").await;
    elsewhere(&computer, &id, CITY, "Hobart");
    assert_eq!(send(&program, &draft).await["reason"]["code"], "update.clash");
    let merged = merge(&program, &draft).await;
    settle(&program, &draft, &merged, &[(CITY, true)]).await;
    let shown = review(&program, &draft).await;
    let row = &shown["changes"][0];
    assert_eq!((&row["old"], &row["new"]), (&json!("Hobart"), &json!("Perth")));
    // Changed once more in the meantime: what was settled is not what is there.
    elsewhere(&computer, &id, CITY, "Darwin");
    assert_eq!(send(&program, &draft).await["reason"]["code"], "update.clash");
    let merged = merge(&program, &draft).await;
    settle(&program, &draft, &merged, &[(CITY, true)]).await;
    assert_eq!(send(&program, &draft).await["outcome"], "accepted");
    assert_eq!((city(&computer, &id), posts(&computer)), (json!("Perth"), 1));
    let rows = program.activity(json!({})).await;
    assert_eq!(rows["rows"].as_array().unwrap().iter().filter(|row| row["action"] == "update.settle").count(), 2);
}

#[tokio::test]
async fn a_newer_reading_is_said_and_a_gone_customer_is_not_sent_to() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = moving(&program, &id, "Perth").await;
    assert_eq!(draft["update"]["newer"], Value::Null);
    elsewhere(&computer, &id, STATE, "WA");
    read(&program, &id).await;
    assert!(program.draft(&draft["id"]).await["update"]["newer"].is_string());
    computer.sandbox.set_faults(vec![FaultRule::new(
        Route::Detail,
        Fault::Status {
            status: 404,
            content_type: String::from("application/json"),
            body: String::from(r#"{"code":"NOT_FOUND","message":"No such customer."}"#),
            retry_after_seconds: None,
        },
    )]);
    let told = send(&program, &draft).await;
    assert_eq!((&told["outcome"], &told["reason"]["code"]), (&json!("not_sent"), &json!("update.gone")));
    assert_eq!(posts(&computer), 0);
}

#[tokio::test]
async fn persons_are_found_by_who_they_are() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = begin(&program, &id).await;
    program.save(&draft["id"], &[(&of_person(&draft, "basic_info/first_name"), "小伟")]).await.unwrap();
    // Somebody else puts another person before ours.
    computer.sandbox.change(&id, |body| {
        let list = body["business_person_list"].as_array_mut().unwrap();
        let mut other = list[0].clone();
        other["basic_info"]["first_name_english"] = json!("Mei");
        other["basic_info"]["birth_date"] = json!("1988-08-08T00:00:00Z");
        other["identification"]["id_number"] = json!("M11111111");
        list.insert(0, other);
    });
    assert_eq!(send(&program, &draft).await["outcome"], "accepted");
    let list = held(&computer, &id)["business_person_list"].clone();
    assert_eq!(
        (&list[0]["basic_info"]["first_name_english"], &list[0]["basic_info"]["first_name"]),
        (&json!("Mei"), &json!("伟"))
    );
    assert_eq!(list[1]["basic_info"]["first_name"], "小伟");
    assert_eq!(program.draft(&draft["id"]).await["persons"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_person_who_is_removed_goes_and_one_who_is_added_comes() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = begin(&program, &id).await;
    let new = "0190a1b2-0000-7000-8000-0000000000aa";
    let edits = json!([{ "op": "add_person", "person": new, "at": 1 }]);
    program
        .call("draft_save", json!({ "draft": draft["id"], "edits": edits, "position": null, "closing": false }))
        .await;
    let form = super::form::FORM.iter().filter(|(path, ..)| path.contains('*'));
    let texts: Vec<_> = form.map(|(path, typed, _)| (path.replace('*', new), *typed)).collect();
    let mut texts: Vec<_> = texts.iter().map(|(path, typed)| (path.as_str(), *typed)).collect();
    let (number, front) = (
        format!("business_person_list/{new}/{NUMBER}"),
        format!("business_person_list/{new}/identification/id_document_front_file_id"),
    );
    texts.retain(|(path, _)| *path != number && *path != front);
    texts.extend([(number.as_str(), "K99887766"), (front.as_str(), "file_pp_front_0043")]);
    program.save(&draft["id"], &texts).await.unwrap();
    let edits = json!([{ "op": "remove_person", "person": draft["persons"][0] }]);
    program
        .call("draft_save", json!({ "draft": draft["id"], "edits": edits, "position": null, "closing": false }))
        .await;
    let shown = review(&program, &draft).await;
    let whole: Vec<_> = shown["changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["kind"].is_null())
        .map(|row| row["path"].clone())
        .collect();
    assert_eq!(whole.len(), 2, "{shown}");
    let now = program.draft(&draft["id"]).await;
    let mut request = submission(&now);
    let warned = now["check"]["problems"].as_array().unwrap().iter();
    let warned = warned.map(|p| json!(format!("{} {}", p["path"].as_str().unwrap(), p["code"].as_str().unwrap())));
    request["confirmed"] = Value::Array(warned.collect());
    assert_eq!(program.run("draft_submit", request).await["outcome"], "accepted");
    let list = held(&computer, &id)["business_person_list"].clone();
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["identification"]["id_number"], "K99887766");
}

#[tokio::test]
async fn who_a_person_is_now_is_asked_where_it_is_not_certain() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = begin(&program, &id).await;
    let person = draft["persons"][0].clone();
    program.save(&draft["id"], &[(&of_person(&draft, "basic_info/first_name"), "小伟")]).await.unwrap();
    for (path, text) in [("identification/id_number", "N1"), ("basic_info/last_name_english", "Wang")] {
        elsewhere(&computer, &id, &format!("business_person_list/0/{path}"), text);
    }
    assert_eq!(send(&program, &draft).await["reason"]["code"], "update.clash");
    let merged = merge(&program, &draft).await;
    let asked = &merged["persons"][0];
    assert_eq!((&asked["person"], &asked["name"]), (&person, &json!("Wei Zhang")), "{merged}");
    assert_eq!((&asked["maybe"][0]["place"], &asked["maybe"][0]["name"]), (&json!(0), &json!("Wei Wang")));
    let request = |persons: Value| json!({ "draft": draft["id"], "reading": merged["reading"], "choices": [], "persons": persons });
    assert_eq!(program.refused("update_settle", request(json!([]))).await.code, "update.persons");
    let settled = program.call("update_settle", request(json!([{ "person": person, "place": 0 }]))).await;
    assert_eq!(settled["persons"], json!([person]));
    assert_eq!(settled["update"]["changes"].as_array().unwrap().len(), 1);
    assert_eq!(send(&program, &draft).await["outcome"], "accepted");
    let held = held(&computer, &id)["business_person_list"][0].clone();
    assert_eq!(
        (&held["basic_info"]["first_name"], &held["basic_info"]["last_name_english"]),
        (&json!("小伟"), &json!("Wang"))
    );
    assert_eq!(held["identification"]["id_number"], "N1");
}

/// What clashes only once it is said who a person is, is shown and chosen: nothing is stuck.
#[rstest]
#[case::the_same_whose_name_both_changed(Some(0), "basic_info/first_name", ("first_name", "小伟", "大伟"))]
#[case::nobody_and_ours_stays(None, "", ("last_name_english", "Zhang", "Wang"))]
#[tokio::test]
async fn what_clashes_with_who_a_person_is_is_chosen(
    #[case] place: Option<u32>,
    #[case] path: &str,
    #[case] (key, ours, theirs): (&str, &str, &str),
    #[values(true, false)] mine: bool,
) {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = begin(&program, &id).await;
    let person = draft["persons"][0].clone();
    program.save(&draft["id"], &[(&of_person(&draft, "basic_info/first_name"), "小伟")]).await.unwrap();
    let other = [(NUMBER, "N1"), ("basic_info/last_name_english", "Wang"), ("basic_info/first_name", "大伟")];
    for (path, text) in other {
        elsewhere(&computer, &id, &format!("business_person_list/0/{path}"), text);
    }
    read(&program, &id).await;
    let before = merge(&program, &draft).await;
    assert_eq!((&before["clashes"], &before["persons"][0]["person"]), (&json!([]), &person));

    let said = json!([{ "person": person, "place": place }]);
    let merged = program.call("update_merge", json!({ "draft": draft["id"], "persons": said })).await;
    let at = of_person(&draft, path);
    let at = at.strip_suffix('/').unwrap_or(&at);
    assert_eq!((&merged["clashes"][0]["path"], &merged["persons"]), (&json!(at), &json!([])), "{merged}");
    let settle = |choices: Value| json!({ "draft": draft["id"], "reading": merged["reading"], "choices": choices, "persons": said });
    assert_eq!(program.refused("update_settle", settle(json!([]))).await.code, "update.clash");
    let settled = program.call("update_settle", settle(json!([{ "path": at, "mine": mine }]))).await;
    let texts = settled["texts"].as_array().unwrap();
    let found: Vec<_> = texts.iter().filter(|row| row["path"].as_str().unwrap().ends_with(key)).collect();
    let has = |text: &str| found.iter().any(|row| row["text"] == text);
    let alone = place.is_some();
    assert_eq!((has(ours), has(theirs)), (mine, !mine || !alone), "{found:?}");

    let nobody = json!({ "draft": draft["id"], "persons": [{ "person": draft["id"], "place": 0 }] });
    assert_eq!(program.refused("update_merge", nobody).await.code, "update.persons");
}

/// Somebody else adds a file.
fn filed(computer: &Computer, id: &str, file: &str) {
    computer.sandbox.change(id, |body| {
        let list = body["business_details"]["business_identifier_document_list"].as_array_mut().unwrap();
        list.push(json!(file));
    });
}

#[tokio::test]
async fn a_file_on_its_way_is_waited_for_and_stands_where_its_id_went() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = moving(&program, &id, "Perth").await;
    let (second, third) = (LIST.replace("/0", "/1"), LIST.replace("/0", "/2"));
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Upload, Fault::Hang)]);
    let file = json!({ "document": add(&program, &draft, &second, "articles.pdf", PDF).await["id"] });
    program.call("document_cancel", file.clone()).await;
    computer.sandbox.set_faults(Vec::new());
    elsewhere(&computer, &id, CITY, "Hobart");
    filed(&computer, &id, "file_theirs");
    read(&program, &id).await;

    let merged = merge(&program, &draft).await;
    let choices = json!([{ "path": CITY, "mine": true }]);
    let request = json!({ "draft": draft["id"], "reading": merged["reading"], "choices": choices, "persons": [] });
    let refused = program.refused("update_settle", request.clone()).await;
    assert_eq!((refused.code.as_str(), refused.params["count"].as_str()), ("document.waiting", "1"));
    let now = program.draft(&draft["id"]).await;
    assert_eq!(program.fails("draft_submit", submission(&now)).await["code"], "document.waiting");
    assert_eq!(program.draft(&draft["id"]).await["update"]["reading"], draft["update"]["reading"], "nothing was moved");

    program.call("document_retry", file).await;
    let ours = until(&program, &draft, &second, "sent").await["file_id"].clone();
    program.call("update_settle", request).await;
    let entries = |draft: &Value| -> Vec<Value> {
        let texts = draft["texts"].as_array().unwrap().iter();
        texts
            .filter(|row| row["path"].as_str().unwrap().contains("_document_list/"))
            .map(|row| row["text"].clone())
            .collect()
    };
    let settled = program.draft(&draft["id"]).await;
    assert!(entries(&settled).ends_with(&[json!("file_theirs"), ours.clone()]), "{settled}");
    assert_eq!(
        (&row(&program, &draft, &second).await, row(&program, &draft, &third).await["file_id"].clone()),
        (&Value::Null, ours.clone())
    );

    // And once more by itself, where nothing clashes.
    filed(&computer, &id, "file_of_theirs_as_well");
    read(&program, &id).await;
    assert_eq!(send(&program, &draft).await["outcome"], "accepted");
    let sent = last_body(&computer)["business_details"]["business_identifier_document_list"].clone();
    assert!(sent.as_array().unwrap().contains(&ours), "{sent}");
    assert_eq!(row(&program, &draft, &LIST.replace("/0", "/3")).await["file_id"], ours);
}

#[tokio::test]
async fn whom_the_platform_has_no_more_is_kept_for_a_reason_where_the_policy_wants_one() {
    let (_folder, path, owner) = policy("reveal_needs_reason = true\n", 0o644);
    let computer = with_policy(&path, owner);
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = begin(&program, &id).await;
    let person = draft["persons"][0].as_str().unwrap();
    program.save(&draft["id"], &[(&of_person(&draft, "basic_info/first_name"), "小伟")]).await.unwrap();
    for (path, text) in [(NUMBER, "M11111111"), ("basic_info/birth_date", "1988-08-08T00:00:00Z")] {
        elsewhere(&computer, &id, &format!("business_person_list/0/{path}"), text);
    }
    elsewhere(&computer, &id, "business_person_list/0/basic_info/first_name_english", "Mei");
    read(&program, &id).await;
    let merged = merge(&program, &draft).await;
    let path = format!("business_person_list/{person}");
    assert_eq!(merged["clashes"][0]["path"], path, "{merged}");
    let request = |mine: bool, reason: Value| {
        let choices = json!([{ "path": path, "mine": mine }]);
        json!({ "draft": draft["id"], "reading": merged["reading"], "choices": choices, "persons": [], "reason": reason })
    };
    assert_eq!(program.refused("update_settle", request(true, Value::Null)).await.code, "reveal.reason");
    let now = program.draft(&draft["id"]).await;
    assert_eq!((&now["update"]["reading"], &now["seq"]), (&merged["base"], &json!(draft["seq"].as_u64().unwrap() + 1)));
    program.call("update_settle", request(true, json!("The bank asked for it."))).await;
    let rows = program.activity(json!({ "query": "customer.reveal" })).await["rows"].clone();
    let rows = rows.as_array().unwrap();
    assert!(rows.iter().any(|row| row["detail"] == "business_person_list/0/identification/id_number"), "{rows:?}");
    assert!(rows.iter().all(|row| row.to_string().contains("The bank asked for it.")), "{rows:?}");

    // What shows nothing needs none.
    let other = begin_again(&program, &draft, &id).await;
    elsewhere(&computer, &id, CITY, "Darwin");
    read(&program, &id).await;
    let merged = merge(&program, &other).await;
    settle(&program, &other, &merged, &[(CITY, false)]).await;
}

/// An update that was begun instead of another, and changes the city.
async fn begin_again(program: &Program, draft: &Value, id: &str) -> Value {
    program.call("draft_delete", json!({ "draft": draft["id"] })).await;
    moving(program, id, "Perth").await
}
