//! A draft out of another one.

use std::collections::BTreeMap;

use desk_sandbox::{FaultRule, Route};
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{filled, filled_on, partner_id, submit};

async fn duplicate(program: &Program, draft: &Value) -> Value {
    program.call("draft_duplicate", json!({ "draft": draft["id"] })).await
}

/// The texts by their paths, persons by their places, without our id.
fn texts(draft: &Value) -> BTreeMap<String, String> {
    let mut texts: BTreeMap<_, _> = draft["texts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["path"].as_str().unwrap().to_owned(), row["text"].as_str().unwrap().to_owned()))
        .collect();
    texts.remove("partner_customer_id");
    for (place, person) in draft["persons"].as_array().unwrap().iter().enumerate() {
        let (id, place) = (person.as_str().unwrap(), place.to_string());
        texts = texts.into_iter().map(|(path, text)| (path.replace(id, &place), text)).collect();
    }
    texts
}

#[tokio::test]
async fn a_copy_holds_everything_but_the_ids() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    let second = "0190a1b2-0000-7000-8000-000000000002";
    let path = format!("business_person_list/{second}/basic_info/first_name_english");
    let edits = json!([
        { "op": "add_person", "person": second, "at": 0 },
        { "op": "set", "path": path, "text": "Wrong as typed 1" },
    ]);
    let save = json!({ "draft": draft["id"], "edits": edits, "position": path, "closing": true });
    program.call("draft_save", save).await;
    let original = program.draft(&draft["id"]).await;

    let copy = duplicate(&program, &original).await;
    assert_eq!(texts(&copy), texts(&original));
    assert_eq!(copy["persons"].as_array().unwrap().len(), 2);
    let persons = |draft: &Value| draft["persons"].as_array().unwrap().clone();
    assert!(persons(&copy).iter().all(|person| !persons(&original).contains(person)), "persons of their own");
    assert_ne!(partner_id(&copy), partner_id(&original));
    assert_ne!(copy["id"], original["id"]);
    assert_eq!(copy["connection"]["id"], original["connection"]["id"]);
    let state = (&copy["state"], &copy["position"], &copy["restored"], &copy["outcome"]);
    assert_eq!(state, (&json!("editing"), &Value::Null, &json!(false), &Value::Null));
    assert_eq!(program.draft(&copy["id"]).await["texts"], copy["texts"], "it is kept");
    let but_the_check = |mut draft: Value| draft.as_object_mut().unwrap().remove("check").map(|_| draft);
    let now = but_the_check(program.draft(&original["id"]).await);
    assert_eq!(now, but_the_check(original), "and the original is as it was, but that there is another one");
}

#[tokio::test]
async fn a_draft_in_any_state_can_be_copied() {
    let computer = Computer::new();
    let program = computer.start().await;
    for (status, state) in [(None, "accepted"), (Some(500), "unknown"), (Some(422), "rejected")] {
        computer
            .sandbox
            .set_faults(status.map(|status| FaultRule::status(Route::Create, status)).into_iter().collect());
        let draft = filled(&program).await;
        submit(&program, &draft).await;
        assert_eq!(program.draft(&draft["id"]).await["state"], state);
        let copy = duplicate(&program, &draft).await;
        assert_eq!((&copy["state"], &copy["id_frozen"]), (&json!("editing"), &json!(false)), "{state}");
        computer.sandbox.set_faults(Vec::new());
        assert_eq!(submit(&program, &copy).await["outcome"], "accepted", "a copy of one that was {state}");
    }
}

#[tokio::test]
async fn a_connection_that_is_archived_gets_no_new_draft() {
    let computer = Computer::new();
    let program = computer.start().await;
    let account = &computer.sandbox.axisfi_typed;
    let request = json!({
        "name": "Bank", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": account.base_url, "api_key": account.api_key, "api_secret": account.api_secret,
    });
    let bank = program.call("connection_add", request).await;
    let draft = filled_on(&program, &bank["id"]).await;
    program.call("connection_archive", json!({ "connection": bank["id"] })).await;
    let copy = program.refused("draft_duplicate", json!({ "draft": draft["id"] })).await;
    assert_eq!(copy.code, "connection.archived");
    let new = program.refused("draft_create", json!({ "connection": bank["id"] })).await;
    assert_eq!(new.code, "connection.archived");
}
