//! What a submission is refused for before a byte leaves this computer.

use std::time::Duration;

use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{filled, filled_on, partner_id, submission, submit};

const NAME: &str = "business_details/business_name_english";
const WEBSITE: &str = "business_details/website";
const TYPE: &str = "business_details/business_type";
const PARTNER: &str = "partner_customer_id";

#[tokio::test]
async fn what_only_the_house_requires_goes_with_one_tick() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    program.save(&draft["id"], &[(NAME, "")]).await.unwrap();
    let draft = program.draft(&draft["id"]).await;
    let review = program.call("draft_review", json!({ "draft": draft["id"] })).await;
    assert_eq!((&review["blocked"], &review["house_missing"]), (&json!(false), &json!(true)));
    assert_eq!(program.fails("draft_submit", submission(&draft)).await["code"], "draft.blocked");
    assert_eq!(computer.posts(), 0);

    let mut anyway = submission(&draft);
    anyway["send_anyway"] = json!(true);
    assert_eq!(program.run("draft_submit", anyway).await["outcome"], "accepted");
}

#[tokio::test]
async fn an_error_blocks_whatever_is_ticked() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    for (path, text) in [(WEBSITE, "localhost"), (PARTNER, "")] {
        let before = program.draft(&draft["id"]).await;
        program.save(&draft["id"], &[(path, text)]).await.unwrap();
        let mut anyway = submission(&program.draft(&draft["id"]).await);
        anyway["send_anyway"] = json!(true);
        let review = program.call("draft_review", json!({ "draft": draft["id"] })).await;
        assert_eq!((&review["blocked"], &review["sends"]), (&json!(true), &json!([])), "{path}");
        assert_eq!(program.fails("draft_submit", anyway).await["code"], "draft.blocked", "{path}");
        let texts = before["texts"].as_array().unwrap();
        let old = texts.iter().find(|row| row["path"] == path).unwrap()["text"].as_str().unwrap();
        program.save(&draft["id"], &[(path, old)]).await.unwrap();
    }
    assert_eq!(computer.posts(), 0);
    assert_eq!(submit(&program, &draft).await["outcome"], "accepted");
}

#[tokio::test]
async fn a_warning_wants_its_own_tick() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    program.save(&draft["id"], &[(TYPE, "Guild")]).await.unwrap();
    let mut request = submission(&program.draft(&draft["id"]).await);
    let refused = program.fails("draft_submit", request.clone()).await;
    assert_eq!((&refused["code"], &refused["params"]["count"]), (&json!("draft.unconfirmed"), &json!("1")));
    let also = |tick: &str, request: &mut Value| request["confirmed"].as_array_mut().unwrap().push(json!(tick));
    also(&format!("{TYPE} text.long"), &mut request);
    also(&format!("{NAME} choice.other"), &mut request);
    assert_eq!(program.fails("draft_submit", request.clone()).await["code"], "draft.unconfirmed", "another's tick");
    assert_eq!(computer.posts(), 0);
    also(&format!("{TYPE} choice.other"), &mut request);
    assert_eq!(program.run("draft_submit", request).await["outcome"], "accepted");
}

#[tokio::test]
async fn only_what_was_reviewed_is_sent() {
    let computer = Computer::new();
    let program = computer.start().await;
    let reviewed = filled(&program).await;
    program.save(&reviewed["id"], &[(NAME, "Typed after the review")]).await.unwrap();
    assert_eq!(program.fails("draft_submit", submission(&reviewed)).await["code"], "draft.changed");
    assert_eq!(computer.posts(), 0);
    assert_eq!(program.draft(&reviewed["id"]).await["state"], "editing");
}

#[tokio::test]
async fn two_presses_make_one_customer() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    let first = program.begin("draft_submit", submission(&draft)).await;
    let second = program.begin("draft_submit", submission(&draft)).await;
    let ends = [first.last().await, second.last().await];
    let accepted = ends.iter().filter(|end| end["view"]["outcome"] == "accepted").count();
    let refused = ends.iter().filter(|end| end["error"]["code"] == "draft.read_only").count();
    assert_eq!((accepted, refused), (1, 1), "{ends:?}");
    assert_eq!((computer.posts(), computer.rows_with(&partner_id(&draft))), (1, 1));
}

#[tokio::test]
async fn our_id_belongs_to_the_first_draft_that_used_it() {
    let computer = Computer::new();
    let program = computer.start().await;
    // A platform that would make a second row: nothing but this rule stands in the way.
    computer.sandbox.set_mode(desk_sandbox::Mode::CreatesSecondRow);
    let (first, second) = (filled(&program).await, filled(&program).await);
    let ours = partner_id(&first);
    program.save(&second["id"], &[(PARTNER, ours.as_str().unwrap())]).await.unwrap();
    assert_eq!(submit(&program, &first).await["outcome"], "accepted");

    let again = submission(&program.draft(&second["id"]).await);
    let refused = program.fails("draft_submit", again).await;
    assert_eq!(refused["code"], "draft.blocked");
    let at = &refused["fields"][0];
    assert_eq!((&at["path"], &at["code"]), (&json!(PARTNER), &json!("partner_customer_id.taken")));
    assert_eq!((computer.posts(), computer.rows_with(&ours)), (1, 1), "nothing was sent");
    assert_eq!(program.draft(&second["id"]).await["state"], "editing", "and it can be mended");
}

/// A filled draft of a connection whose credentials the keyring gives slowly.
async fn behind_a_slow_keyring(computer: &Computer, program: &Program) -> Value {
    let account = &computer.sandbox.axisfi_typed;
    let request = json!({
        "name": "Bank", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": account.base_url, "api_key": account.api_key, "api_secret": account.api_secret,
    });
    let connection = program.call("connection_add", request).await;
    let draft = filled_on(program, &connection["id"]).await;
    computer.keyring.slow_by(Duration::from_millis(250));
    draft
}

#[tokio::test]
async fn an_edit_while_the_keyring_is_asked_is_refused_and_not_lost_on_the_way() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = behind_a_slow_keyring(&computer, &program).await;
    let job = program.begin("draft_submit", submission(&draft)).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let edit = program.save(&draft["id"], &[(NAME, "Typed meanwhile")]).await;
    assert_eq!(edit.unwrap_err().code, "draft.read_only", "the page keeps the text and says so");
    let last = job.last().await;
    assert_eq!(last["view"]["outcome"], "accepted", "{last}");
    assert!(
        computer.sandbox.rows().iter().all(|row| !row.customer.to_string().contains("Typed meanwhile")),
        "as reviewed"
    );
}

#[tokio::test]
async fn a_cancel_before_anything_was_sent_opens_the_draft_as_it_was() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = behind_a_slow_keyring(&computer, &program).await;
    let job = program.begin("draft_submit", submission(&draft)).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    program.call("job_cancel", json!({ "job": job.id })).await;
    let last = job.last().await;
    let said = (&last["view"]["outcome"], &last["view"]["reason"]["code"]);
    assert_eq!(said, (&json!("not_sent"), &json!("cancelled")), "{last}");
    let after = program.draft(&draft["id"]).await;
    assert_eq!((&after["state"], &after["texts"]), (&json!("editing"), &draft["texts"]));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(computer.posts(), 0);
}
