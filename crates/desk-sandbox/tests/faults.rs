//! Answers that go wrong on purpose, as a client sees them, and what was carried out all the same.

mod support;

use std::time::{Duration, Instant};

use desk_sandbox::{CarriedOut, Fault, FaultRule, Options, Route, Sandbox};
use rstest::rstest;
use serde_json::json;
use support::*;

const ID: &str = "fault-test-000000000001";

/// Longer than an answer takes, shorter than anyone waits.
const A_WHILE: Duration = Duration::from_millis(300);

fn created(sandbox: &Sandbox) -> usize {
    sandbox.rows().iter().filter(|row| row.partner_customer_id == ID).count()
}

#[rstest]
#[case(400)]
#[case(401)]
#[case(408)]
#[case(500)]
#[case(502)]
#[tokio::test]
async fn a_status_is_answered_and_nothing_done(#[case] status: u16) {
    let sandbox =
        started_with(Options { faults: vec![FaultRule::status(Route::Create, status)], ..Options::default() });
    let (answered, error) = Api::new(&sandbox.axisfi_typed).create(&least(ID)).await;
    assert_eq!((answered, &error["error"]["code"], created(&sandbox)), (status, &json!("FAULT"), 0));
    assert_eq!(sandbox.requests()[0].status, Some(status));
}

#[tokio::test]
async fn a_429_says_when_to_come_back() {
    let sandbox = started();
    let fault = Fault::Status {
        status: 429,
        content_type: "text/plain".to_owned(),
        body: "slow down".to_owned(),
        retry_after_seconds: Some(7),
    };
    sandbox.set_faults(vec![FaultRule::new(Route::Any, fault).times(1)]);
    let api = Api::new(&sandbox.axisfi_typed);
    let response = api.get("/api/customers/detail").send().await.expect("an answer");
    assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (429, &"7".parse().expect("a value")));
    assert_eq!(response.text().await.expect("a body"), "slow down");
    assert_eq!(api.detail("customer_id", "cus_1").await.0, 404, "once only");
}

#[rstest]
#[case(CarriedOut::No, 0)]
#[case(CarriedOut::Yes, 1)]
#[tokio::test]
async fn a_reset_arrives_as_one(#[case] carried_out: CarriedOut, #[case] rows: usize) {
    let sandbox = started();
    sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Reset).carried_out(carried_out)]);
    let request = Api::new(&sandbox.axisfi_typed).post_text("/api/customers/create", least(ID).to_string());
    let error = request.send().await.expect_err("no answer");
    assert!(!error.is_connect() && format!("{error:?}").contains("ConnectionReset"), "{error:?}");
    assert_eq!(created(&sandbox), rows);
    assert_eq!(sandbox.requests()[0].status, None);
}

#[rstest]
#[case(CarriedOut::No, 0)]
#[case(CarriedOut::Yes, 1)]
#[tokio::test]
async fn a_hang_answers_nothing_until_the_stop(#[case] carried_out: CarriedOut, #[case] rows: usize) {
    let sandbox = started();
    sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Hang).carried_out(carried_out)]);
    let api = Api::new(&sandbox.axisfi_typed);
    let request = || api.post_text("/api/customers/create", least(ID).to_string());
    let error = request().timeout(A_WHILE).send().await.expect_err("no answer");
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!((created(&sandbox), sandbox.requests()[0].status), (rows, None));
    let hanging = tokio::spawn(request().send());
    tokio::time::sleep(A_WHILE).await;
    let before = Instant::now();
    sandbox.stop().await;
    assert!(before.elapsed() < Duration::from_secs(2), "a stop does not wait for who hangs");
    hanging.await.expect("a task").expect_err("severed");
}

#[tokio::test]
async fn a_cut_answer_ends_in_its_body() {
    let sandbox = started();
    sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Cut { body_bytes: 10 })]);
    let request = Api::new(&sandbox.axisfi_typed).post_text("/api/customers/create", least(ID).to_string());
    let mut response = request.send().await.expect("a head");
    assert_eq!(response.status().as_u16(), 200);
    let (mut bytes, error) = (Vec::new(), loop_to_error(&mut response).await);
    bytes.extend(error.0);
    assert_eq!(String::from_utf8_lossy(&bytes), r#"{"customer"#, "ten bytes, then nothing");
    assert_eq!(created(&sandbox), 1, "it was carried out");
}

async fn loop_to_error(response: &mut reqwest::Response) -> (Vec<u8>, reqwest::Error) {
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => panic!("the body was whole"),
            Err(error) => return (bytes, error),
        }
    }
}

#[tokio::test]
async fn a_page_in_place_of_json() {
    let sandbox = started();
    sandbox.set_faults(vec![FaultRule::new(Route::Detail, Fault::Html)]);
    let response = Api::new(&sandbox.axisfi_typed).get("/api/customers/detail").send().await.expect("an answer");
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (200, &"text/html; charset=utf-8".parse().expect("a value"))
    );
    assert!(response.text().await.expect("a body").starts_with("<!doctype html>"));
}

#[tokio::test]
async fn an_answer_larger_than_a_client_reads() {
    let sandbox = started();
    sandbox.set_faults(vec![FaultRule::new(Route::Detail, Fault::TooLarge { body_bytes: 6_000_000 })]);
    let response = Api::new(&sandbox.axisfi_typed).get("/api/customers/detail").send().await.expect("an answer");
    assert!(response.bytes().await.expect("a body").len() > 6_000_000);
}

#[tokio::test]
async fn json_of_another_shape() {
    let sandbox = started();
    sandbox.set_faults(vec![FaultRule::new(Route::Detail, Fault::OtherShape)]);
    let (status, body) = Api::new(&sandbox.axisfi_typed).detail("customer_id", "cus_1").await;
    assert!(status == 200 && body.is_array(), "{body}");
}

#[rstest]
#[case(301)]
#[case(302)]
#[case(303)]
#[case(307)]
#[case(308)]
#[tokio::test]
async fn a_redirect_names_its_target(#[case] status: u16) {
    let sandbox = started();
    let target = "http://127.0.0.1:9/elsewhere".to_owned();
    sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Redirect { status, target: target.clone() })]);
    let request = Api::new(&sandbox.axisfi_typed).post_text("/api/customers/create", least(ID).to_string());
    let response = request.send().await.expect("an answer");
    assert_eq!(
        (response.status().as_u16(), &response.headers()["location"]),
        (status, &target.parse().expect("a value"))
    );
}

#[tokio::test]
async fn a_slow_drip_is_whole_in_the_end() {
    let sandbox = started();
    let drip = Fault::Drip { bytes: 40, pause: Duration::from_millis(20) };
    sandbox.set_faults(vec![FaultRule::new(Route::Create, drip).times(1)]);
    let api = Api::new(&sandbox.axisfi_typed);
    let before = Instant::now();
    let (status, body) = api.create(&least(ID)).await;
    assert_eq!((status, &body["partner_customer_id"]), (200, &json!(ID)));
    assert!(before.elapsed() > Duration::from_millis(100), "it came in pieces: {:?}", before.elapsed());
    assert_eq!(api.detail("customer_id", "cus_1").await.0, 404, "the connection is whole again after it");
}

#[tokio::test]
async fn a_delay_and_a_latency_add_up() {
    let sandbox = started_with(Options { latency: Duration::from_millis(100), ..Options::default() });
    sandbox.set_faults(vec![FaultRule::new(Route::Any, Fault::Delay(Duration::from_millis(100)))]);
    let before = Instant::now();
    assert_eq!(Api::new(&sandbox.axisfi_typed).create(&least(ID)).await.0, 200);
    assert!(before.elapsed() >= Duration::from_millis(200));
}

#[tokio::test]
async fn a_late_create_appears_with_the_clock() {
    let sandbox = started();
    let late = CarriedOut::Later(Duration::from_secs(90));
    sandbox.set_faults(vec![FaultRule::status(Route::Create, 502).times(1).carried_out(late)]);
    let api = Api::new(&sandbox.axisfi_typed);
    assert_eq!(api.create(&least(ID)).await.0, 502);
    sandbox.advance_clock(Duration::from_secs(89));
    assert_eq!((api.detail("partner_customer_id", ID).await.0, created(&sandbox)), (404, 0));
    sandbox.advance_clock(Duration::from_secs(1));
    assert_eq!((api.detail("partner_customer_id", ID).await.0, created(&sandbox)), (200, 1));
    assert_eq!(api.create(&least(ID)).await.0, 409, "it is there once");
}

#[tokio::test]
async fn a_call_that_is_not_signed_in_is_never_carried_out() {
    let sandbox = started();
    sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Delay(Duration::ZERO))]);
    let mut account = sandbox.axisfi_typed.clone();
    account.api_secret = "something else".to_owned();
    assert_eq!(Api::new(&account).create(&least(ID)).await.0, 401);
    assert_eq!(created(&sandbox), 0);
}
