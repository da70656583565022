//! What each answer to a create makes of a draft (DECISIONS 12).

use std::time::Duration;

use desk_sandbox::{Fault, FaultRule, Route};
use rstest::rstest;
use serde_json::{Value, json};

use super::computer::Computer;
use super::form::{filled, partner_id, submission, submit};

fn answer(status: u16, retry_after_seconds: Option<u64>) -> Fault {
    let body = json!({ "error": { "code": "TOLD", "message": "Told to." } }).to_string();
    Fault::Status { status, content_type: String::from("application/json"), body, retry_after_seconds }
}

fn redirect() -> Fault {
    Fault::Redirect { status: 307, target: String::from("https://elsewhere.example/") }
}

/// Outcome, its reason, the draft's state afterwards.
#[rstest]
#[case::keys_unknown(answer(401, None), "paused", "auth.refused", "paused")]
#[case::not_allowed(answer(403, None), "paused", "auth.forbidden", "paused")]
#[case::rate_limited(answer(429, Some(7)), "waiting", "rate.limited", "queued")]
#[case::exists(answer(409, None), "unknown", "answer.error", "unknown")]
#[case::timeout_there(answer(408, None), "unknown", "answer.error", "unknown")]
#[case::broken(answer(500, None), "unknown", "answer.error", "unknown")]
#[case::gateway(answer(502, None), "unknown", "answer.error", "unknown")]
#[case::elsewhere(redirect(), "unknown", "answer.redirect", "unknown")]
#[case::reset(Fault::Reset, "unknown", "network.reset", "unknown")]
#[case::page(Fault::Html, "unknown", "answer.html", "unknown")]
#[case::other_shape(Fault::OtherShape, "unknown", "answer.unreadable", "unknown")]
#[case::huge(Fault::TooLarge { body_bytes: 5_000_001 }, "unknown", "answer.too_large", "unknown")]
#[case::cut(Fault::Cut { body_bytes: 20 }, "unknown", "answer.cut", "unknown")]
#[tokio::test]
async fn an_answer_decides_and_what_may_have_left_is_never_sent_again_unasked(
    #[case] fault: Fault,
    #[case] outcome: &str,
    #[case] reason: &str,
    #[case] state: &str,
) {
    let computer = Computer::new();
    let program = computer.start().await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, fault)]);
    let draft = filled(&program).await;
    let view = program.run("draft_submit", submission(&draft)).await;
    assert_eq!((&view["outcome"], &view["reason"]["code"]), (&json!(outcome), &json!(reason)), "{view}");
    if reason == "rate.limited" {
        assert_eq!(view["reason"]["params"]["retry_after_s"], "7");
    }

    let after = program.draft(&draft["id"]).await;
    assert_eq!((&after["state"], &after["outcome"], &after["texts"]), (&json!(state), &view, &draft["texts"]));
    let posts = computer.posts();
    let edit = program.save(&draft["id"], &[("business_details/website", "lantern.example")]).await;
    assert_eq!(edit.unwrap_err().code, "draft.read_only", "what is frozen is not edited");
    assert_eq!(program.fails("draft_submit", submission(&after)).await["code"], "draft.read_only");
    assert_eq!(computer.posts(), posts, "never sent again before a look-up, a limit or a connection that works");
}

#[tokio::test]
async fn a_rejection_names_the_fields_and_the_correction_goes_under_the_same_id() {
    let computer = Computer::new();
    let program = computer.start().await;
    let details = json!([
        { "field": "business_details.website", "message": "unreachable" },
        { "field": "business_person_list[0].identification.id_number", "message": "unknown document" },
        { "field": "risk_score", "message": "too high" },
    ]);
    let body = json!({ "error": { "code": "INVALID", "message": "No.", "details": details } }).to_string();
    let content_type = String::from("application/json");
    let fault = Fault::Status { status: 400, content_type, body, retry_after_seconds: None };
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, fault).times(1)]);
    let draft = filled(&program).await;
    let number = format!("business_person_list/{}/identification/id_number", draft["persons"][0].as_str().unwrap());

    let view = program.run("draft_submit", submission(&draft)).await;
    assert_eq!(view["outcome"], "rejected", "{view}");
    let said = json!([
        { "path": "business_details/website", "message": "unreachable" },
        { "path": number, "message": "unknown document" },
    ]);
    assert_eq!(view["fields"], said, "fields of the form, persons by their ids");
    let raw: Vec<_> = view["error"]["fields"].as_array().unwrap().iter().map(|said| &said["field"]).collect();
    assert_eq!(raw.last().unwrap(), &"risk_score", "what no field of ours is meant by is shown all the same");
    assert_eq!(program.draft(&draft["id"]).await["state"], "rejected");

    program.save(&draft["id"], &[(&number, "E87654321")]).await.unwrap();
    let accepted = submit(&program, &draft).await;
    let ours = partner_id(&draft);
    assert_eq!((&accepted["outcome"], &accepted["partner_customer_id"]), (&json!("accepted"), &ours));
    assert_eq!((computer.posts(), computer.rows_with(&ours)), (2, 1));
}

#[tokio::test]
async fn the_id_stays_once_something_went_out_under_it() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    program.save(&draft["id"], &[("partner_customer_id", "cd-before-anything-was-sent")]).await.unwrap();
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Create, 422)]);
    submit(&program, &program.draft(&draft["id"]).await).await;
    let draft = program.draft(&draft["id"]).await;
    assert_eq!(draft["id_frozen"], true);
    let refused =
        program.save(&draft["id"], &[("partner_customer_id", "cd-another-one-000000000000")]).await.unwrap_err();
    assert_eq!(refused.code, "draft.id_frozen");
    program.save(&draft["id"], &[("business_details/website", "another.example")]).await.unwrap();
}

#[tokio::test]
async fn a_platform_that_is_off_changes_nothing_and_the_strip_says_since_when() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    assert_eq!(program.status().await["network"], json!({ "online": true, "offline_since": null }));
    computer.sandbox.stop().await;

    let view = program.run("draft_submit", submission(&draft)).await;
    assert_eq!((&view["outcome"], &view["reason"]["code"]), (&json!("not_sent"), &json!("network.refused")));
    let network = program.status().await["network"].clone();
    assert_eq!(network["online"], false);
    let since = network["offline_since"].as_str().unwrap().to_owned();
    program.run("draft_submit", submission(&draft)).await;
    assert_eq!(program.status().await["network"]["offline_since"], since, "since the first call that failed");
    let after = program.draft(&draft["id"]).await;
    let what = |draft: &Value| (draft["state"].clone(), draft["texts"].clone(), draft["seq"].clone());
    assert_eq!(what(&after), what(&draft), "untouched");
    assert!(program.save(&draft["id"], &[("business_details/website", "lantern.example")]).await.is_ok());
    assert_eq!(after["connection"]["host_fixed"], true, "of a practice connection the address is never the user's");
}

#[tokio::test]
async fn a_slow_answer_is_waited_for() {
    let computer = Computer::new();
    let program = computer.start().await;
    let slowly = Fault::Drip { bytes: 200, pause: Duration::from_millis(5) };
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, slowly)]);
    let draft = filled(&program).await;
    assert_eq!(submit(&program, &draft).await["outcome"], "accepted");
}
