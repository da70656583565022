//! What calls do: keys, ids, repeated ids, statuses, updates, snapshots, digits.

mod support;

use std::time::Duration;

use desk_sandbox::{Mode, Options, Sandbox};
use rstest::rstest;
use serde_json::{Value, json};
use support::*;

const ID: &str = "api-test-000000000001";

#[rstest]
#[case::no_key(None, Some(true))]
#[case::no_secret(Some(true), None)]
#[case::neither(None, None)]
#[case::wrong_key(Some(false), Some(true))]
#[case::wrong_secret(Some(true), Some(false))]
#[tokio::test]
async fn both_keys_are_checked(#[case] key: Option<bool>, #[case] secret: Option<bool>) {
    let sandbox = started();
    let account = &sandbox.axisfi_typed;
    let mut request = client().get(format!("{}/api/customers/detail?customer_id=cus_1", account.base_url));
    for (name, given, right) in [("X-API-Key", key, &account.api_key), ("X-API-Secret", secret, &account.api_secret)] {
        if let Some(is_right) = given {
            request = request.header(name, if is_right { right } else { "something else" });
        }
    }
    let (status, error) = answer(request.send().await.expect("an answer")).await;
    assert_eq!((status, &error["error"]["code"]), (401, &json!("UNAUTHORIZED")));
}

#[tokio::test]
async fn the_keys_of_one_account_do_not_open_the_other() {
    let sandbox = started();
    let mut mixed = sandbox.axisfi_typed.clone();
    mixed.base_url = sandbox.axisfi_untyped.base_url.clone();
    assert_eq!(Api::new(&mixed).create(&least(ID)).await.0, 401);
    assert_eq!(sandbox.rows().len(), 300, "a call that is not signed in does nothing");
}

#[rstest]
#[case::get_nowhere("GET", "/api/customers", 404)]
#[case::nowhere_at_bultra("GET", "/bultra/v1/documents", 404)]
#[case::root("GET", "/", 404)]
#[case::wrong_method("GET", "/api/customers/create", 405)]
#[case::wrong_method_untyped("POST", "/untyped/api/customers/detail", 405)]
#[tokio::test]
async fn other_paths_and_methods_are_refused(#[case] method: &str, #[case] path: &str, #[case] expected: u16) {
    let sandbox = started();
    let method = method.parse().expect("a method");
    let request = client().request(method, format!("http://{}{path}", sandbox.addr));
    assert_eq!(answer(request.send().await.expect("an answer")).await.0, expected);
}

#[rstest]
#[case::neither("", 400)]
#[case::both("?customer_id=a&partner_customer_id=b", 400)]
#[case::one_twice("?customer_id=a&customer_id=b", 400)]
#[case::unknown("?customer_id=a", 404)]
#[case::unknown_partner("?partner_customer_id=short", 404)]
#[case::empty("?customer_id=", 404)]
#[tokio::test]
async fn detail_takes_exactly_one_id(#[case] query: &str, #[case] expected: u16) {
    let sandbox = started();
    let request = Api::new(&sandbox.axisfi_typed).get(&format!("/api/customers/detail{query}"));
    assert_eq!(answer(request.send().await.expect("an answer")).await.0, expected);
}

#[tokio::test]
async fn a_repeated_id_is_a_conflict_or_a_second_row() {
    let sandbox = started();
    let api = Api::new(&sandbox.axisfi_typed);
    let copies = || sandbox.rows().iter().filter(|row| row.partner_customer_id == ID).count();
    let (_, first) = api.create(&least(ID)).await;
    let (status, error) = api.create(&least(ID)).await;
    assert_eq!((status, copies()), (409, 1));
    assert_eq!(named_fields(&error), ["partner_customer_id"]);
    sandbox.set_mode(Mode::CreatesSecondRow);
    let (status, second) = api.create(&least(ID)).await;
    assert_eq!((status, copies()), (200, 2));
    assert_ne!(first["customer_id"], second["customer_id"]);
    let (_, found) = api.detail("partner_customer_id", ID).await;
    assert_eq!(found["customer_id"], first["customer_id"], "the first is found by the id they share");
    assert_eq!(
        Api::new(&sandbox.axisfi_untyped).create(&least(ID)).await.0,
        200,
        "the other account has ids of its own"
    );
}

#[rstest]
#[case("Heron Trading Limited", true, ["Processing", "Succeeded"])]
#[case("Heron [fails] Limited", true, ["Processing", "Failed"])]
#[case("Heron [suspends] Limited", true, ["Processing", "Suspended"])]
#[case("Heron Trading Limited", false, ["pending", "active"])]
#[case("Heron [fails] Limited", false, ["pending", "rejected"])]
#[case("Heron [suspends] Limited", false, ["pending", "suspended"])]
#[tokio::test]
async fn a_status_moves_after_the_processing_time(
    #[case] name: &str,
    #[case] typed: bool,
    #[case] statuses: [&str; 2],
) {
    let sandbox = started();
    let api = Api::new(if typed { &sandbox.axisfi_typed } else { &sandbox.axisfi_untyped });
    let mut body = least(ID);
    body["business_details"]["business_name_english"] = name.into();
    let (_, created) = api.create(&body).await;
    assert_eq!(created["status"], statuses[0]);
    sandbox.advance_clock(Duration::from_millis(3_999));
    assert_eq!(api.detail("partner_customer_id", ID).await.1["status"], statuses[0]);
    sandbox.advance_clock(Duration::from_millis(1));
    assert_eq!(api.detail("partner_customer_id", ID).await.1["status"], statuses[1]);
}

#[tokio::test]
async fn the_clock_is_the_callers() {
    let hand = Hand::at_noon();
    let sandbox = Sandbox::start(Options { clock: hand.clock(), ..Options::default() }).expect("starts");
    let api = Api::new(&sandbox.axisfi_typed);
    let (_, created) = api.create(&least(ID)).await;
    assert_eq!(created["created_at"], "2026-06-01T12:00:00Z");
    hand.forward(4);
    assert_eq!(api.detail("partner_customer_id", ID).await.1["status"], "Succeeded");
}

#[tokio::test]
async fn an_update_replaces_what_is_sent_and_keeps_the_rest() {
    let sandbox = started();
    let api = Api::new(&sandbox.axisfi_typed);
    let mut body = page_body("001", ID);
    body["risk_tier"] = "standard".into();
    let (_, created) = api.create(&body).await;
    let id = created["customer_id"].as_str().expect("an id");
    let change = json!({
        "business_details": { "business_name_english": "Another Name" },
        "registration_address": { "registration_address_city": "Lyon" },
        "customer_id": "cus_of_another", "status": "Succeeded",
    });
    let (status, updated) = api.update(id, &change).await;
    assert_eq!((status, &updated["customer_id"]), (200, &created["customer_id"]));
    let (_, whole) = api.detail("customer_id", id).await;
    assert_eq!(whole["business_details"], change["business_details"], "a section that is sent is replaced whole");
    assert_eq!(whole["account_usage"], body["account_usage"], "a section left out stays");
    assert_eq!(whole["risk_tier"], "standard", "so does what no page names");
    assert_eq!((&whole["customer_id"], &whole["status"]), (&created["customer_id"], &json!("Processing")));
}

#[tokio::test]
async fn a_failed_customer_that_is_corrected_is_processed_again() {
    let sandbox = started();
    let api = Api::new(&sandbox.axisfi_untyped);
    let mut body = least(ID);
    body["business_details"]["business_name_english"] = "Heron [fails]".into();
    let (_, created) = api.create(&body).await;
    sandbox.advance_clock(Duration::from_secs(4));
    let id = created["customer_id"].as_str().expect("an id");
    let corrected = json!({ "business_details": { "business_name_english": "Heron" }, "registration_address": {} });
    assert_eq!(api.update(id, &corrected).await.1["status"], "pending");
    sandbox.advance_clock(Duration::from_secs(4));
    assert_eq!(api.detail("customer_id", id).await.1["status"], "active");
    assert_eq!(api.update(id, &corrected).await.1["status"], "active", "an active one stays active");
}

#[tokio::test]
async fn an_update_of_nobody_is_404() {
    let sandbox = started();
    let body = json!({ "business_details": {}, "registration_address": {} });
    let (status, error) = Api::new(&sandbox.axisfi_typed).update("cus_%2F..%20nobody", &body).await;
    assert_eq!((status, &error["error"]["code"]), (404, &json!("NOT_FOUND")));
}

#[tokio::test]
async fn unknown_keys_are_kept_at_every_depth() {
    let sandbox = started();
    let api = Api::new(&sandbox.axisfi_typed);
    let mut body = page_body("001", ID);
    body["x_top"] = json!({ "deep": [1.50, null] });
    body["business_details"]["x_in_section"] = json!(true);
    body["business_person_list"][0]["basic_info"]["x_in_person"] = json!("kept");
    assert_eq!(api.create(&body).await.0, 200);
    let (_, whole) = api.detail("partner_customer_id", ID).await;
    for (key, value) in body.as_object().expect("an object") {
        assert_eq!(&whole[key], value, "{key}");
    }
}

#[rstest]
#[case("12345678901234567.80")]
#[case("0.10")]
#[case("99.990000")]
#[case("1e+400")]
#[case("120000")]
#[tokio::test]
async fn an_amount_comes_back_with_its_digits(#[case] amount: &str) {
    let sandbox = started();
    let api = Api::new(&sandbox.axisfi_typed);
    let text = format!(
        r#"{{"partner_customer_id":"{ID}","business_details":{{}},"registration_address":{{}},
            "account_usage":{{"estimated_monthly_revenue_amount":{amount}}}}}"#
    );
    let expected = format!(r#""estimated_monthly_revenue_amount":{amount}}}"#);
    let created = api.post_text("/api/customers/create", text).send().await.expect("an answer");
    assert!(created.text().await.expect("a body").contains(&expected), "in the answer to the create");
    let again = Options { snapshot: Some(sandbox.snapshot()), ..Options::default() };
    for sandbox in [sandbox, started_with(again)] {
        let request =
            Api::new(&sandbox.axisfi_typed).get("/api/customers/detail").query(&[("partner_customer_id", ID)]);
        let text = request.send().await.expect("an answer").text().await.expect("a body");
        assert!(text.contains(&expected), "{text}");
    }
}

#[tokio::test]
async fn a_snapshot_brings_the_state_back() {
    let sandbox = started();
    let api = Api::new(&sandbox.axisfi_typed);
    api.create(&page_body("001", ID)).await;
    sandbox.advance_clock(Duration::from_secs(3));
    let upload = json!({ "file": "JVBERg==", "fileType": "Contract" });
    api.post_text("/api/files/upload", upload.to_string()).send().await.expect("an answer");
    let (snapshot, rows) = (sandbox.snapshot(), sandbox.rows());
    sandbox.stop().await;
    let text = snapshot.to_string();
    let restored = started_with(Options { snapshot: serde_json::from_str(&text).expect("JSON"), ..Options::default() });
    assert_eq!(restored.rows(), rows);
    assert_eq!(restored.snapshot(), snapshot, "through text and back");
    restored.advance_clock(Duration::from_secs(1));
    let (_, customer) = Api::new(&restored.axisfi_typed).detail("partner_customer_id", ID).await;
    assert_eq!(customer["status"], "Succeeded", "its time goes on where it was");
    assert_eq!(Api::new(&restored.axisfi_typed).create(&least(ID)).await.0, 409, "ids stay taken");
    restored.reset();
    assert_eq!(restored.rows(), started().rows(), "reset brings back the 300");
}

#[rstest]
#[case(json!({}))]
#[case(json!({ "version": 99, "advanced_ms": 0, "rows": [], "files": [] }))]
#[tokio::test]
async fn what_is_no_snapshot_is_refused(#[case] snapshot: Value) {
    let error = Sandbox::start(Options { snapshot: Some(snapshot), ..Options::default() }).err().expect("refused");
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
}

#[tokio::test]
async fn requests_are_recorded_without_keys() {
    let sandbox = started();
    let api = Api::new(&sandbox.axisfi_typed);
    api.detail("customer_id", "cus_1").await;
    api.create(&least(ID)).await;
    let requests = sandbox.requests();
    assert_eq!(requests.len(), 2);
    let shown = |at: usize| (requests[at].method.as_str(), requests[at].path.as_str(), requests[at].query.as_str());
    assert_eq!(shown(0), ("GET", "/api/customers/detail", "customer_id=cus_1"));
    assert_eq!(shown(1), ("POST", "/api/customers/create", ""));
    assert_eq!((requests[0].status, requests[1].status), (Some(404), Some(200)));
    assert_eq!(requests[1].body, least(ID).to_string());
    assert_eq!(requests[1].header("content-type"), Some("application/json"));
    assert_eq!(requests[1].header("x-api-key"), Some("(left out)"));
    let text = format!("{requests:?}");
    assert!(!text.contains(&sandbox.axisfi_typed.api_key) && !text.contains(&sandbox.axisfi_typed.api_secret));
}

#[tokio::test]
async fn a_stop_closes_the_port_and_idle_connections() {
    let sandbox = started();
    let api = Api::new(&sandbox.axisfi_typed);
    api.detail("customer_id", "cus_1").await;
    sandbox.stop().await;
    let error = api.get("/api/customers/detail").send().await.expect_err("nobody answers");
    assert!(error.is_connect(), "{error:?}");
    let port = sandbox.addr.port();
    let again = started_with(Options { port, ..Options::default() });
    assert_eq!(again.addr, sandbox.addr, "the port is free again");
    assert_eq!(api.detail("customer_id", "cus_1").await.0, 404);
}

#[tokio::test]
async fn a_taken_port_is_an_error() {
    let taken = started();
    let error = Sandbox::start(Options { port: taken.addr.port(), ..Options::default() }).err().expect("refused");
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
}

#[tokio::test]
async fn somebody_else_changes_a_customer_without_a_call() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let row = sandbox.rows().into_iter().find(|row| !row.sparse).unwrap();
    let there = sandbox
        .change(&row.customer_id, |body| body["registration_address"]["registration_address_city"] = "Perth".into());
    assert!(there && !sandbox.change("cus_nobody", |_| unreachable!()));
    let now = sandbox.rows().into_iter().find(|now| now.customer_id == row.customer_id).unwrap();
    assert_eq!(now.customer["registration_address"]["registration_address_city"], "Perth");
    assert!(sandbox.requests().is_empty());
}
