//! Answers that go wrong on purpose.

use std::time::Duration;

use desk_sandbox::{CarriedOut, Fault, FaultRule, Route, Sandbox};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    api::{Bultra, few},
    support::*,
};

const ATTEMPT: &str = "0198a1b2-0000-7000-8000-00000000000a";

fn corporation(sandbox: &Sandbox) -> (String, String) {
    let rows = sandbox.bultra_rows();
    let row = rows.iter().find(|row| row.status == "ACTIVE" && !row.individuals.is_empty()).expect("one");
    (row.id.clone(), row.individuals[0]["id"].as_str().expect("an id").to_owned())
}

fn body() -> Value {
    json!({ "email": "a@b.example" })
}

async fn status_of(api: &Bultra, route: Route, id: &str, individual: &str) -> u16 {
    match route {
        Route::Token => api.ask_token(None).await.0,
        Route::List => api.list("").await.0,
        Route::Customer => api.customer(id).await.0,
        Route::PatchCustomer => api.patch(id, &body()).await.0,
        Route::Individual => api.individual(id, individual).await.0,
        _ => api.patch_individual(id, individual, &body()).await.0,
    }
}

#[tokio::test]
async fn a_fault_is_for_its_route_alone() {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let (id, individual) = corporation(&sandbox);
    let routes =
        [Route::Token, Route::List, Route::Customer, Route::PatchCustomer, Route::Individual, Route::PatchIndividual];
    for wrong in routes {
        sandbox.set_faults(vec![FaultRule::status(wrong, 503)]);
        for route in routes {
            let expected = if route == wrong { 503 } else { 200 };
            assert_eq!(status_of(&api, route, &id, &individual).await, expected, "{route:?} while {wrong:?} is wrong");
        }
    }
}

#[tokio::test]
async fn a_429_says_when_to_come_back() {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let fault = Fault::Status {
        status: 429,
        content_type: "application/json".to_owned(),
        body: r#"{"error":{"code":"RATE_LIMITED","message":"Slow down."}}"#.to_owned(),
        retry_after_seconds: Some(7),
    };
    sandbox.set_faults(vec![FaultRule::new(Route::List, fault).times(1)]);
    let response = api.request(reqwest::Method::GET, "/customers").send().await.expect("an answer");
    assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (429, &"7".parse().expect("a value")));
    assert_eq!(api.list("").await.0, 200, "once only");
}

#[rstest]
#[case(CarriedOut::No, 0)]
#[case(CarriedOut::Yes, 1)]
#[tokio::test]
async fn a_patch_whose_answer_is_lost_is_done_or_not(#[case] carried_out: CarriedOut, #[case] writes: u32) {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let (id, _) = corporation(&sandbox);
    sandbox.set_faults(vec![FaultRule::new(Route::PatchCustomer, Fault::Reset).carried_out(carried_out)]);
    let request = api.patch_request(&format!("/customers/{id}"), &body());
    request.send().await.expect_err("no answer");
    assert_eq!(written(&sandbox, &id), writes);
}

fn written(sandbox: &Sandbox, id: &str) -> u32 {
    sandbox.bultra_rows().into_iter().find(|row| row.id == id).expect("it is there").writes
}

#[tokio::test]
async fn a_late_patch_appears_with_the_clock_and_once() {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let (id, _) = corporation(&sandbox);
    let late = CarriedOut::Later(Duration::from_secs(90));
    sandbox.set_faults(vec![FaultRule::status(Route::PatchCustomer, 502).times(1).carried_out(late)]);
    assert_eq!(api.patch_as(ATTEMPT, &id, &body()).await.0, 502);
    sandbox.advance_clock(Duration::from_secs(89));
    assert_ne!(api.customer(&id).await.1["email"], "a@b.example");
    assert_eq!(written(&sandbox, &id), 0);
    sandbox.advance_clock(Duration::from_secs(1));
    assert_eq!(api.customer(&id).await.1["email"], "a@b.example");
    let (status, answer) = api.patch_as(ATTEMPT, &id, &body()).await;
    assert_eq!((status, &answer["updated_at"]), (200, &json!("2026-06-01T12:01:30Z")), "the late one's answer");
    assert_eq!(written(&sandbox, &id), 1);
}

#[tokio::test]
async fn an_attempt_that_was_sent_again_is_not_done_late_as_well() {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let (id, _) = corporation(&sandbox);
    let late = CarriedOut::Later(Duration::from_secs(90));
    sandbox.set_faults(vec![FaultRule::new(Route::PatchCustomer, Fault::Reset).times(1).carried_out(late)]);
    let request = api.patch_request(&format!("/customers/{id}"), &body()).header("x-bultra-idempotency-id", ATTEMPT);
    request.send().await.expect_err("no answer");
    assert_eq!(api.patch_as(ATTEMPT, &id, &body()).await.0, 200);
    sandbox.advance_clock(Duration::from_secs(90));
    assert_eq!(written(&sandbox, &id), 1);
}

#[tokio::test]
async fn a_call_without_a_token_is_never_carried_out() {
    let sandbox = few();
    let mut api = Bultra::new(&sandbox).await;
    let (id, _) = corporation(&sandbox);
    sandbox.set_faults(vec![FaultRule::new(Route::PatchCustomer, Fault::Delay(Duration::ZERO))]);
    api.token.push('x');
    assert_eq!(api.patch(&id, &body()).await.0, 401);
    assert_eq!(written(&sandbox, &id), 0);
}

#[rstest]
#[case("POST", "/v1/customers", 405)]
#[case("DELETE", "/v1/customers/cust_1", 405)]
#[case("GET", "/oauth2/token", 405)]
#[case("GET", "/v1/customers/cust_1/individuals", 404)]
#[case("GET", "/v1/accounts", 404)]
#[tokio::test]
async fn what_the_contract_does_not_name_is_not_there(#[case] method: &str, #[case] path: &str, #[case] status: u16) {
    let sandbox = few();
    let method = method.parse::<reqwest::Method>().expect("a method");
    let request = client().request(method, format!("http://{}/bultra{path}", sandbox.addr));
    assert_eq!(answer(request.send().await.expect("an answer")).await.0, status);
}
