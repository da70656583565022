//! An answer to a change that was lost, refused or never came: the record is read before anything is repeated, an attempt has
//! one id over restarts, and nothing is carried out twice (page 004, DECISIONS 12).

use std::collections::BTreeSet;
use std::time::Duration;

use desk_sandbox::{CarriedOut, Fault, FaultRule, Route};
use rstest::rstest;
use serde_json::{Value, json};

use super::bultra_records::{change, computer, held, practice, reference};
use super::bultra_updates::{NEW_PHONE, PHONE, Who, changing, ids, patches, send, waiting, writes};
use super::computer::{Computer, Program};
use super::updates::becomes;

/// A gateway that gave up, a line that broke, an answer of another shape: nobody knows what became of the change.
fn lost(who: Who, how: u32) -> FaultRule {
    match how {
        0 => FaultRule::status(who.patch(), 502),
        1 => FaultRule::new(who.patch(), Fault::Reset),
        2 => FaultRule::new(who.patch(), Fault::Html),
        _ => FaultRule::new(who.patch(), Fault::OtherShape),
    }
}

#[rstest]
#[tokio::test]
async fn a_change_whose_answer_was_lost_is_found_after_a_restart_and_never_made_twice(
    #[values(Who::Customer, Who::Individual)] who: Who,
    #[values(0, 1, 2, 3)] how: u32,
) {
    let computer = computer();
    let program = computer.start().await;
    let id = who.id(&computer);
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    // Nothing can be looked up before the program ends.
    computer.sandbox.set_faults(vec![lost(who, how).carried_out(CarriedOut::Yes).times(1)]);
    let sent = send(&program, &draft).await;
    assert_eq!(sent["outcome"], "unknown", "{sent}");
    drop(program);
    let computer = computer.cut_off();
    computer.sandbox.set_faults(vec![]);
    let program = computer.start().await;
    program.desk.clock().advance(5_000);
    let found = becomes(&program, &draft["id"], "accepted").await;
    assert_eq!(found["outcome"]["customer_id"], json!(id));
    assert_eq!((patches(&computer).len(), writes(&computer, &id)), (1, 1));
    let open = program.call("customer_open", reference(&program, &id).await).await;
    assert!(open["readings"].as_u64().unwrap() >= 2, "the record was read again");
}

#[rstest]
#[tokio::test]
async fn a_change_that_never_arrived_goes_out_again_under_the_same_id_after_two_looks(
    #[values(Who::Customer, Who::Individual)] who: Who,
    #[values(0, 1)] how: u32,
    #[values(false, true)] restarted: bool,
) {
    let mut computer = computer();
    let mut program = computer.start().await;
    let id = who.id(&computer);
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    computer.sandbox.set_faults(vec![lost(who, how).carried_out(CarriedOut::No).times(1)]);
    assert_eq!(send(&program, &draft).await["outcome"], "unknown");
    if restarted {
        drop(program);
        computer = computer.cut_off();
        program = computer.start().await;
    }
    let looks = |computer: &Computer| {
        let suffix = format!("/customers/{id}");
        let requests = computer.sandbox.requests();
        let last = requests.iter().position(|request| request.method == "PATCH").unwrap();
        requests[last..].iter().filter(|request| request.method == "GET" && request.path.ends_with(&suffix)).count()
    };
    sent_again(&computer, &program, &draft).await;
    becomes(&program, &draft["id"], "accepted").await;
    assert_eq!((patches(&computer).len(), writes(&computer, &id)), (2, 1));
    assert_eq!(ids(&computer).len(), 1, "the same attempt: {:?}", ids(&computer));
    assert!(looks(&computer) >= 2, "and the record was read before it was repeated");
    let bodies: BTreeSet<_> = patches(&computer).into_iter().map(|sent| sent.body).collect();
    assert_eq!(bodies.len(), 1, "to the byte");
    assert_eq!(held(&computer, &id)["phone"], NEW_PHONE);
}

#[rstest]
#[case(Who::Customer)]
#[case(Who::Individual)]
#[tokio::test]
async fn a_change_that_arrives_late_is_found_and_not_made_twice(#[case] who: Who) {
    let computer = computer();
    let program = computer.start().await;
    let id = who.id(&computer);
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    let late = CarriedOut::Later(Duration::from_secs(60));
    computer.sandbox.set_faults(vec![FaultRule::status(who.patch(), 502).carried_out(late).times(1)]);
    assert_eq!(send(&program, &draft).await["outcome"], "unknown");
    let looked = program.run("submission_lookup", json!({ "draft": draft["id"] })).await;
    assert_eq!(looked["outcome"], "unknown", "as before proves nothing yet: {looked}");
    computer.sandbox.advance_clock(Duration::from_secs(61));
    let found = program.run("submission_lookup", json!({ "draft": draft["id"] })).await;
    assert_eq!(found["outcome"], "accepted", "{found}");
    assert_eq!((patches(&computer).len(), writes(&computer, &id)), (1, 1));
}

#[rstest]
#[case(Who::Customer)]
#[case(Who::Individual)]
#[tokio::test]
async fn what_is_neither_ours_nor_as_before_is_a_conflict(#[case] who: Who) {
    let computer = computer();
    let program = computer.start().await;
    let id = who.id(&computer);
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    computer.sandbox.set_faults(vec![FaultRule::status(who.patch(), 502).times(1)]);
    assert_eq!(send(&program, &draft).await["outcome"], "unknown");
    change(&computer, &id, |held| drop(held.insert("phone".to_owned(), json!("+61255509999"))));
    let found = program.run("submission_lookup", json!({ "draft": draft["id"] })).await;
    assert_eq!((&found["outcome"], &found["differs"]), (&json!("conflict"), &json!([PHONE])), "{found}");
    assert_eq!((patches(&computer).len(), writes(&computer, &id)), (1, 0));
}

/// Waits for two misses, half a minute apart, after the quiet time: then it goes out once more.
async fn sent_again(computer: &Computer, program: &Program, draft: &Value) {
    for _ in 0..40 {
        if patches(computer).len() > 1 {
            return;
        }
        program.desk.clock().advance(16_000);
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
    panic!("it is sent again: {}", program.draft(&draft["id"]).await["delivery"]);
}

/// A colleague's change of something that the patch does not carry.
fn colleague(computer: &Computer, id: &str) {
    change(computer, id, |held| drop(held.insert("email".to_owned(), json!("theirs@elsewhere.example"))));
}

#[rstest]
#[tokio::test]
async fn what_a_lost_change_never_carried_says_nothing_of_it(
    #[values(Who::Customer, Who::Individual)] who: Who,
    #[values(false, true)] arrived: bool,
) {
    let computer = computer();
    let program = computer.start().await;
    let id = who.id(&computer);
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    let carried_out = if arrived { CarriedOut::Yes } else { CarriedOut::No };
    // The outbox looks by itself as soon as it can.
    let away = FaultRule::status(who.get(), 503).skip(1);
    computer.sandbox.set_faults(vec![lost(who, 0).carried_out(carried_out).times(1), away]);
    assert_eq!(send(&program, &draft).await["outcome"], "unknown");
    colleague(&computer, &id);
    computer.sandbox.set_faults(vec![]);
    let found = program.run("submission_lookup", json!({ "draft": draft["id"] })).await;
    let expected = if arrived { "accepted" } else { "unknown" };
    assert_eq!(found["outcome"], expected, "{found}");
    if arrived {
        assert_eq!(found["read_back"]["differs"], json!([]), "{found}");
    }
    assert_eq!((patches(&computer).len(), writes(&computer, &id)), (1, u32::from(arrived)));
}

#[rstest]
#[case(Who::Customer)]
#[case(Who::Individual)]
#[tokio::test]
async fn what_a_change_never_carried_is_no_value_that_the_platform_kept(#[case] who: Who) {
    let computer = computer();
    let program = computer.start().await;
    let id = who.id(&computer);
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    // Somebody else changes the record before our answer has come and it is read back.
    let slow = FaultRule::new(who.patch(), Fault::Delay(Duration::from_millis(600)));
    computer.sandbox.set_faults(vec![slow.times(1)]);
    let colleague = async {
        program.until("it arrived", || async { writes(&computer, &id) == 1 }).await;
        colleague(&computer, &id);
    };
    let (told, ()) = tokio::join!(send(&program, &draft), colleague);
    assert_eq!(told["outcome"], "accepted", "{told}");
    let read_back = || async { !program.draft(&draft["id"]).await["outcome"]["read_back"].is_null() };
    program.until("the record is read again", read_back).await;
    assert_eq!(program.draft(&draft["id"]).await["outcome"]["read_back"]["differs"], json!([]));
    assert_eq!(held(&computer, &id)["email"], "theirs@elsewhere.example");
}

#[rstest]
#[case(Who::Customer)]
#[case(Who::Individual)]
#[tokio::test]
async fn the_same_patch_keeps_its_id_whatever_else_somebody_changed_meanwhile(#[case] who: Who) {
    let computer = computer();
    let program = computer.start().await;
    let id = who.id(&computer);
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    computer.sandbox.set_faults(vec![lost(who, 0).carried_out(CarriedOut::No).times(1)]);
    assert_eq!(send(&program, &draft).await["outcome"], "unknown");
    colleague(&computer, &id);
    sent_again(&computer, &program, &draft).await;
    let after = becomes(&program, &draft["id"], "accepted").await;
    assert_eq!((patches(&computer).len(), writes(&computer, &id)), (2, 1));
    assert_eq!(ids(&computer).len(), 1, "the same attempt: {:?}", ids(&computer));
    let bodies: BTreeSet<_> = patches(&computer).into_iter().map(|sent| sent.body).collect();
    assert_eq!(bodies.len(), 1, "to the byte");
    assert_eq!((&after["changed"], &after["seq"]), (&json!([]), &draft["seq"]), "the draft is as it was sent");
    let now = held(&computer, &id);
    assert_eq!((&now["phone"], &now["email"]), (&json!(NEW_PHONE), &json!("theirs@elsewhere.example")));
}

fn answered(route: Route, status: u16, body: &Value) -> FaultRule {
    let content_type = "application/json".to_owned();
    FaultRule::new(route, Fault::Status { status, content_type, body: body.to_string(), retry_after_seconds: None })
}

#[tokio::test]
async fn what_the_platform_says_of_a_field_stands_at_the_field() {
    let computer = computer();
    let program = computer.start().await;
    let id = Who::Customer.id(&computer);
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    let details = json!([{ "field": "phone", "message": "Not reachable" }, { "field": "address.postal_code", "message": "No" },
        { "field": "shoe_size", "message": "?" }]);
    let body = json!({ "error": { "code": "INVALID_FIELDS", "message": "Look again", "details": details } });
    computer.sandbox.set_faults(vec![answered(Route::PatchCustomer, 422, &body).times(1)]);
    let told = send(&program, &draft).await;
    assert_eq!(told["outcome"], "rejected", "{told}");
    let at: Vec<_> = told["fields"].as_array().unwrap().iter().map(|said| said["path"].clone()).collect();
    assert_eq!(at, [PHONE, "registration_address/registration_address_postcode"]);
    program.save(&draft["id"], &[(PHONE, "+61255507767")]).await.unwrap();
    assert_eq!(send(&program, &draft).await["outcome"], "accepted");
    assert_eq!(ids(&computer).len(), 2, "another attempt has another id");
}

#[tokio::test]
async fn a_record_that_refuses_every_change_is_a_conflict() {
    let computer = computer();
    let program = computer.start().await;
    let id = Who::Customer.id(&computer);
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    let body = json!({ "error": { "code": "CUSTOMER_CLOSED", "message": "Closed" } });
    computer.sandbox.set_faults(vec![answered(Route::PatchCustomer, 409, &body).times(1)]);
    let told = send(&program, &draft).await;
    assert_eq!((&told["outcome"], &told["error"]["status"]), (&json!("conflict"), &json!(409)), "{told}");
    let view = program.call("conflict_open", json!({ "draft": draft["id"] })).await;
    assert_eq!((&view["customer_id"], &view["error"]["code"]), (&json!(id), &json!("CUSTOMER_CLOSED")));
    assert_eq!(writes(&computer, &id), 0);
}

#[rstest]
#[case(Who::Customer)]
#[case(Who::Individual)]
#[tokio::test]
async fn a_record_that_is_gone_is_not_changed(#[case] who: Who) {
    let computer = computer();
    let program = computer.start().await;
    let id = who.id(&computer);
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    let body = json!({ "error": { "code": "NOT_FOUND", "message": "No such record" } });
    computer.sandbox.set_faults(vec![answered(who.get(), 404, &body)]);
    let told = send(&program, &draft).await;
    assert_eq!((&told["outcome"], &told["reason"]["code"]), (&json!("not_sent"), &json!("update.gone")), "{told}");
    // It was there a moment ago.
    computer.sandbox.set_faults(vec![answered(who.patch(), 404, &body), answered(who.get(), 404, &body).skip(1)]);
    let told = send(&program, &draft).await;
    assert_eq!((&told["outcome"], &told["error"]["status"]), (&json!("conflict"), &json!(404)), "{told}");
    assert_eq!(writes(&computer, &id), 0);
}

#[tokio::test]
async fn a_scope_that_lacks_the_right_pauses_the_connection_and_sends_when_it_works() {
    let computer = computer();
    let program = computer.start().await;
    let id = Who::Customer.id(&computer);
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    let body = json!({ "error": { "code": "FORBIDDEN", "message": "customers:write is missing" } });
    computer.sandbox.set_faults(vec![answered(Route::PatchCustomer, 403, &body).times(1)]);
    let told = send(&program, &draft).await;
    assert_eq!((&told["outcome"], &told["reason"]["code"]), (&json!("paused"), &json!("auth.forbidden")), "{told}");
    program.run("connection_test", json!({ "connection": practice(&program).await })).await;
    becomes(&program, &draft["id"], "accepted").await;
    assert_eq!((writes(&computer, &id), ids(&computer).len()), (1, 1));
}

#[tokio::test]
async fn a_platform_that_wants_to_be_left_alone_is_and_gets_the_same_attempt_then() {
    let computer = computer();
    let program = computer.start().await;
    let id = Who::Individual.id(&computer);
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    let limit = Fault::Status {
        status: 429,
        content_type: "application/json".to_owned(),
        body: json!({ "error": { "code": "RATE_LIMITED", "message": "Slower" } }).to_string(),
        retry_after_seconds: Some(30),
    };
    computer.sandbox.set_faults(vec![FaultRule::new(Route::PatchIndividual, limit).times(1)]);
    let told = waiting(&program, &draft).await;
    assert_eq!((&told["outcome"], &told["reason"]["code"]), (&json!("waiting"), &json!("rate.limited")), "{told}");
    assert_eq!(patches(&computer).len(), 1);
    program.desk.clock().advance(31_000);
    becomes(&program, &draft["id"], "accepted").await;
    assert_eq!((writes(&computer, &id), ids(&computer).len()), (1, 1));
}

#[tokio::test]
async fn a_token_host_that_refuses_or_is_away_says_so_and_nothing_is_sent() {
    let refusal = json!({ "error": "invalid_client", "error_description": "Unknown client" });
    let cases = [
        (answered(Route::Token, 401, &refusal), "paused", "token.refused"),
        (FaultRule::new(Route::Token, Fault::Html), "not_sent", "token.unreadable"),
        (FaultRule::new(Route::Token, Fault::Reset), "not_sent", "token.unreached"),
    ];
    for (fault, outcome, code) in cases {
        let computer = computer();
        let program = computer.start().await;
        let id = Who::Customer.id(&computer);
        let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
        computer.sandbox.revoke_tokens();
        computer.sandbox.set_faults(vec![fault]);
        let told = send(&program, &draft).await;
        assert_eq!((&told["outcome"], &told["reason"]["code"]), (&json!(outcome), &json!(code)), "{told}");
        assert_eq!(writes(&computer, &id), 0);
        if outcome == "paused" {
            computer.sandbox.set_faults(vec![]);
            program.run("connection_test", json!({ "connection": practice(&program).await })).await;
            becomes(&program, &draft["id"], "accepted").await;
            assert_eq!((writes(&computer, &id), ids(&computer).len()), (1, 1));
        }
    }
}
