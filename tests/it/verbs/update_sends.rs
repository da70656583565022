//! What is sent of an update is what the review shows, a customer loses nothing by it, and what the platform made of it is
//! said (DECISIONS 8, 9).

use std::time::Duration;

use desk_sandbox::{FaultRule, Route};
use serde_json::{Value, json};

use super::computer::Computer;
use super::form::{filled, leaves, submission, submit};
use super::update_forms::{begin, last_body, of_person, reference, review, says_nothing_personal, send};
use super::updates::{customer, held, posts, read};

const NAME: &str = "business_details/business_name_english";
const CITY: &str = "registration_address/registration_address_city";
const EMAIL: &str = "primary_contact/contact_email";
const WEBSITE: &str = "business_details/website";

fn without_status(mut customer: Value) -> Value {
    customer.as_object_mut().unwrap().shift_remove("status");
    customer
}

#[tokio::test]
async fn what_is_sent_is_what_the_review_shows_and_nothing_else() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let before = held(&computer, &id);
    let draft = begin(&program, &id).await;
    assert_eq!(review(&program, &draft).await["problem"], "update.nothing");
    let nothing = program.draft(&draft["id"]).await;
    assert_eq!(program.fails("draft_submit", submission(&nothing)).await["code"], "update.nothing");

    let birth = of_person(&draft, "basic_info/birth_date");
    let texts =
        [(CITY, "Perth"), (WEBSITE, ""), (birth.as_str(), "3 feb 1991"), (NAME, "Lantern Quay Trading Pty Ltd")];
    program.save(&draft["id"], &texts).await.unwrap();
    let shown = review(&program, &draft).await;
    let rows: Vec<_> =
        shown["changes"].as_array().unwrap().iter().map(|row| json!([row["path"], row["old"], row["new"]])).collect();
    let expected = [
        json!([WEBSITE, "https://lanternquay.example", null]),
        json!([CITY, "Sydney", "Perth"]),
        json!([birth, "•• ••• 1990", "1991-02-03T00:00:00Z"]),
    ];
    assert_eq!((rows, &shown["problem"]), (expected.to_vec(), &Value::Null));
    assert_eq!(shown["untouched"], 38, "41 leaves, without the one that goes and the two that change");

    let outcome = send(&program, &draft).await;
    assert_eq!((&outcome["outcome"], &outcome["customer_id"]), (&json!("accepted"), &json!(id)));
    let (body, was) = (leaves(&last_body(&computer)), leaves(&before));
    let mut differs: Vec<_> =
        body.iter().filter(|(path, text)| was.get(*path) != Some(text)).map(|(path, _)| path.as_str()).collect();
    differs.extend(was.keys().filter(|path| !body.contains_key(*path)).map(String::as_str));
    differs.sort_unstable();
    let platforms = ["created_at", "customer_id", "partner_customer_id", "status"];
    differs.retain(|path| !platforms.contains(path));
    assert_eq!(differs, [WEBSITE, "business_person_list/0/basic_info/birth_date", CITY]);
    assert_eq!(held(&computer, &id)["registration_address"]["registration_address_city"], "Perth");

    // Read again, and the platform has what was sent.
    let told = || async { !program.draft(&draft["id"]).await["outcome"]["read_back"].is_null() };
    program.until("the customer is read again", told).await;
    assert_eq!(program.draft(&draft["id"]).await["outcome"]["read_back"]["differs"], json!([]));
    let open = program.call("customer_open", reference(&program, &id).await).await;
    assert_eq!((&open["update"], &open["changed"]), (&Value::Null, &Value::Null), "and our own change is no news");
    assert_ne!(begin(&program, &id).await["id"], draft["id"], "the next one is another");
}

#[tokio::test]
async fn what_the_platform_kept_is_said() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = begin(&program, &id).await;
    program.save(&draft["id"], &[(CITY, "Perth"), (WEBSITE, "")]).await.unwrap();
    // The platform takes the update, and puts its own in place of one value before anybody reads it again.
    computer.sandbox.set_latency(Duration::from_millis(150));
    let sent = program.begin("draft_submit", submission(&program.draft(&draft["id"]).await)).await;
    program.until("the update reaches the platform", || async { posts(&computer) == 1 }).await;
    let arrived = || async { held(&computer, &id)["registration_address"]["registration_address_city"] == "Perth" };
    program.until("the platform has it", arrived).await;
    computer.sandbox.change(&id, |body| body["business_details"]["website"] = json!("https://kept.example"));
    assert_eq!(sent.last().await["view"]["outcome"], "accepted");
    let told = || async { !program.draft(&draft["id"]).await["outcome"]["read_back"].is_null() };
    program.until("the customer is read again", told).await;
    let read_back = program.draft(&draft["id"]).await["outcome"]["read_back"].clone();
    assert_eq!(read_back["differs"], json!([WEBSITE]), "it was to be cleared");
}

#[tokio::test]
async fn a_sparse_customer_is_updated_without_losing_a_leaf() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    // The answer to the create is as the samples, and the whole customer cannot be read then.
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Detail, 500)]);
    let view = submit(&program, &draft).await;
    let id = view["customer_id"].as_str().unwrap();
    let before = held(&computer, id);
    let draft = begin(&program, id).await;
    assert_eq!(draft["update"]["missing"], json!([]));
    let as_sent = draft["update"]["as_sent"].as_array().unwrap();
    assert!(as_sent.contains(&json!(CITY)) && as_sent.contains(&json!(of_person(&draft, "basic_info/birth_date"))));
    says_nothing_personal("what was sent is no less personal", &draft);
    program.save(&draft["id"], &[(EMAIL, "new@lanternquay.example")]).await.unwrap();
    let request = json!({ "draft": draft["id"], "seq": program.draft(&draft["id"]).await["seq"], "send_anyway": false,
        "confirmed": [], "may_wait": true });
    computer.sandbox.set_faults(vec![]);
    assert_eq!(program.run("draft_submit", request).await["outcome"], "accepted");
    let mut expected = before;
    expected["primary_contact"]["contact_email"] = json!("new@lanternquay.example");
    assert_eq!(without_status(held(&computer, id)), without_status(expected));
}

#[tokio::test]
async fn what_nobody_knows_is_named_and_nothing_is_sent_before_it_is_filled_in() {
    let computer = Computer::new();
    let program = computer.start().await;
    let sparse = computer.sandbox.rows().into_iter().find(|row| row.sparse).unwrap();
    read(&program, &sparse.customer_id).await;
    let draft = begin(&program, &sparse.customer_id).await;
    let missing = draft["update"]["missing"].as_array().unwrap();
    assert!(
        missing.iter().any(|part| part["section"] == "business_details" && part["person"].is_null()),
        "{missing:?}"
    );
    assert!(missing.iter().any(|part| part["group"] == "basic_info" && part["person"] == draft["persons"][0]));
    program
        .save(&draft["id"], &[("account_usage/goods_service_description", "Wholesale of lamps for hotels")])
        .await
        .unwrap();
    let reviewed = program.call("draft_review", json!({ "draft": draft["id"] })).await;
    assert!(
        reviewed["blocked"] == true || reviewed["update"]["problem"] == "update.incomplete",
        "{}",
        reviewed["update"]
    );
    let now = program.draft(&draft["id"]).await;
    let request =
        json!({ "draft": now["id"], "seq": now["seq"], "send_anyway": true, "confirmed": [], "may_wait": false });
    let code = program.fails("draft_submit", request).await["code"].clone();
    assert!(["update.incomplete", "draft.blocked"].contains(&code.as_str().unwrap()), "{code}");
    assert_eq!(posts(&computer), 0);
}

#[tokio::test]
async fn what_a_sparse_answer_leaves_out_is_as_it_was_last_known_whoever_said_it() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    // Somebody else moved the customer since we sent it; the next answer says nothing of it.
    computer.sandbox.change(&id, |body| body["registration_address"]["registration_address_city"] = json!("Hobart"));
    read(&program, &id).await;
    computer.sandbox.answer_sparsely(&id, true);
    read(&program, &id).await;
    let draft = begin(&program, &id).await;
    let texts = draft["texts"].as_array().unwrap();
    assert_eq!(texts.iter().find(|row| row["path"] == CITY).unwrap()["text"], "Hobart", "not what we sent before that");
    assert!(
        draft["update"]["as_sent"].as_array().unwrap().contains(&json!(CITY)),
        "and it is said that it was not read"
    );
    let before = held(&computer, &id);
    program.save(&draft["id"], &[(EMAIL, "new@lanternquay.example")]).await.unwrap();
    assert_eq!(send(&program, &draft).await["outcome"], "accepted");
    let mut expected = before;
    expected["primary_contact"]["contact_email"] = json!("new@lanternquay.example");
    assert_eq!(without_status(held(&computer, &id)), without_status(expected));
}
