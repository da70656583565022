//! The duplicate guard: who has the number of the business, the document of a person or our id already is said wherever a
//! check is, and wants a tick.

use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{filled, filled_on, partner_id, practice, submission, submit};
use super::update_forms::{begin, of_person};

const NUMBER: &str = "business_details/business_identifier_number";
const COUNTRY: &str = "business_details/business_identifier_country_code";
const PARTNER: &str = "partner_customer_id";
const ID_NUMBER: &str = "identification/id_number";
const NAME: &str = "Lantern Quay Trading Pty Ltd";

/// What the guard says, by the fields.
fn duplicates(check: &Value) -> Vec<(String, Value)> {
    let problems = check["problems"].as_array().unwrap().iter();
    let of_guard = problems.filter(|problem| problem["code"].as_str().unwrap().starts_with("duplicate."));
    of_guard.map(|problem| (problem["path"].as_str().unwrap().to_owned(), problem.clone())).collect()
}

/// Who the guard names at the number of the business: the draft or the customer.
fn named(draft: &Value) -> Option<(Value, Value)> {
    let found = duplicates(&draft["check"]).into_iter().find(|(path, _)| path == NUMBER)?;
    let params = &found.1["params"];
    Some((params["draft"].clone(), params["customer"].clone()))
}

async fn warnings(program: &Program, draft: &Value) -> Value {
    program.draft_row(&draft["id"]).await["warnings"].clone()
}

#[tokio::test]
async fn every_answer_with_a_check_names_the_other_draft_and_none_its_person() {
    let computer = Computer::new();
    let program = computer.start().await;
    let first = filled(&program).await;
    assert_eq!(duplicates(&first["check"]), []);
    let alone = warnings(&program, &first).await.as_u64().unwrap();
    let second = filled_on(&program, &practice(&program, "untyped").await).await;

    let found = duplicates(&second["check"]);
    let document = of_person(&second, ID_NUMBER);
    assert_eq!(found.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), [NUMBER, &document]);
    for ((_, problem), code) in found.iter().zip(["duplicate.identifier", "duplicate.id_document"]) {
        assert_eq!((&problem["code"], &problem["severity"]), (&json!(code), &json!("warning")));
        let params = json!({ "what": "draft", "draft": first["id"], "connection": first["connection"]["id"], "customer": "",
            "name": NAME, "at": first["saved_at"] });
        assert_eq!(problem["params"], params);
    }
    let saved = program.save(&second["id"], &[("account_usage/goods_service_description", "Lamps for hotels")]).await;
    assert_eq!(duplicates(&saved.unwrap()["check"]), found);
    let review = program.call("draft_review", json!({ "draft": second["id"] })).await;
    assert_eq!(duplicates(&review["draft"]["check"]), found);
    assert_eq!(warnings(&program, &first).await, alone + 2, "and the first one is named by the second");
    let mut request = submission(&program.draft(&second["id"]).await);
    request["confirmed"].as_array_mut().unwrap().retain(|tick| !tick.as_str().unwrap().contains("duplicate."));
    let refused = program.fails("draft_submit", request).await;
    assert_eq!((&refused["code"], &refused["params"]["count"]), (&json!("draft.unconfirmed"), &json!("2")));
    assert_eq!(submit(&program, &second).await["outcome"], "accepted", "with a tick it goes");
    assert_eq!(duplicates(&program.draft(&second["id"]).await["check"]), [], "what was sent was confirmed");
}

#[tokio::test]
async fn the_customer_goes_before_the_draft_that_became_it() {
    let computer = Computer::new();
    let program = computer.start().await;
    let first = filled(&program).await;
    let outcome = submit(&program, &first).await;
    let second = filled(&program).await;
    assert_eq!(named(&second), Some((json!(""), outcome["customer_id"].clone())), "{outcome}");
    let found = duplicates(&second["check"]);
    assert_eq!((&found[0].1["params"]["what"], &found[0].1["params"]["name"]), (&json!("customer"), &json!(NAME)));
}

#[tokio::test]
async fn it_is_gone_with_the_number_its_country_or_the_other_draft() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (first, second) = (filled(&program).await, filled(&program).await);
    let other = Some((first["id"].clone(), json!("")));
    assert_eq!(named(&second), other);
    for (path, text, back) in [(NUMBER, "51 824 753 557", "51-824-753-556"), (COUNTRY, "nz", "australia")] {
        program.save(&second["id"], &[(path, text)]).await.unwrap();
        assert_eq!(named(&program.draft(&second["id"]).await), None, "{path}");
        program.save(&second["id"], &[(path, back)]).await.unwrap();
        assert_eq!(named(&program.draft(&second["id"]).await), other, "{path}");
    }
    program.call("draft_delete", json!({ "draft": first["id"] })).await;
    assert_eq!(named(&program.draft(&second["id"]).await), None);
    program.call("draft_restore", json!({ "draft": first["id"] })).await;
    assert_eq!(named(&program.draft(&second["id"]).await), other);
}

#[tokio::test]
async fn an_error_of_the_same_field_stays_and_a_warning_gives_way() {
    let computer = Computer::new();
    let program = computer.start().await;
    let (first, second) = (filled(&program).await, filled(&program).await);
    let at = |draft: &Value| {
        let problems = draft["check"]["problems"].as_array().unwrap().iter();
        problems.filter(|problem| problem["path"] == PARTNER).map(|problem| problem["code"].clone()).collect::<Vec<_>>()
    };
    // Too short, which the contract forbids; then with a character that is only unusual.
    for (id, code) in [("cd-1", "partner_customer_id.length"), ("cd/0190a1b2-c3d4-7000", "duplicate.partner_id")] {
        for draft in [&first, &second] {
            program.save(&draft["id"], &[(PARTNER, id)]).await.unwrap();
        }
        assert_eq!(at(&program.draft(&second["id"]).await), [code]);
    }
}

#[tokio::test]
async fn our_id_is_asked_for_on_its_connection_alone() {
    let computer = Computer::new();
    let program = computer.start().await;
    let first = filled(&program).await;
    let here = filled(&program).await;
    let elsewhere = filled_on(&program, &practice(&program, "untyped").await).await;
    let id = partner_id(&first);
    for (draft, expected) in [(&here, 1), (&elsewhere, 0)] {
        let saved = program.save(&draft["id"], &[(PARTNER, id.as_str().unwrap())]).await.unwrap();
        let found = duplicates(&saved["check"]);
        assert_eq!(found.iter().filter(|(path, _)| path == PARTNER).count(), expected);
    }
}

#[tokio::test]
async fn another_environment_has_no_part_in_it() {
    let computer = Computer::new();
    let program = computer.start().await;
    filled(&program).await;
    let account = &computer.sandbox.axisfi_typed;
    let add = json!({ "name": "Harbour Bank", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": account.base_url, "api_key": account.api_key, "api_secret": account.api_secret });
    let connection = program.call("connection_add", add).await;
    let there = filled_on(&program, &connection["id"]).await;
    assert_eq!(duplicates(&there["check"]), []);
}

#[tokio::test]
async fn an_update_is_no_duplicate_of_its_customer_and_one_of_another_where_it_says_the_same() {
    let computer = Computer::new();
    let program = computer.start().await;
    let first = filled(&program).await;
    let id = submit(&program, &first).await["customer_id"].as_str().unwrap().to_owned();
    let update = begin(&program, &id).await;
    let document = of_person(&update, ID_NUMBER);
    let typed = [(NUMBER, "51 824 753 556"), (document.as_str(), "e 12345678")];
    let saved = program.save(&update["id"], &typed).await.unwrap();
    assert_eq!(duplicates(&saved["check"]), [], "neither the customer nor the draft that became it");

    let other = filled(&program).await;
    program.save(&other["id"], &[(NUMBER, "91 824 753 556")]).await.unwrap();
    let saved = program.save(&update["id"], &[(NUMBER, "91824753556")]).await.unwrap();
    let found = duplicates(&saved["check"]);
    let at_number =
        found.iter().find(|(path, _)| path == NUMBER).map(|(_, problem)| problem["params"]["draft"].clone());
    assert_eq!(at_number, Some(other["id"].clone()));
}

/// As after an update of the program: the database is there, and no key.
#[tokio::test]
async fn keys_of_a_database_from_before_are_made_after_the_opening() {
    let computer = Computer::new();
    let program = computer.start().await;
    let first = filled(&program).await;
    program.desk.close().await;
    computer
        .database()
        .execute_batch("DELETE FROM settings WHERE key = 'identity.version'; DELETE FROM draft_keys")
        .unwrap();
    let program = computer.start().await;
    let second = filled(&program).await;
    let other = Some((first["id"].clone(), json!("")));
    program.until("the other is found", || async { named(&program.draft(&second["id"]).await) == other }).await;
}
