//! Tokens: who gets one, how long, and what for.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use desk_sandbox::TokenRules;
use reqwest::Method;
use rstest::rstest;
use serde_json::json;

use crate::{
    api::{Bultra, CUSTOMER, checked, code, few},
    support::*,
};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_token_lives_15_minutes_by_the_sandboxs_clock() {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let (_, given) = api.ask_token(None).await;
    assert_eq!((&given["token_type"], &given["expires_in"]), (&json!("Bearer"), &json!(900)));
    sandbox.advance_clock(15 * MINUTE - Duration::from_secs(1));
    assert_eq!(api.list("").await.0, 200);
    sandbox.advance_clock(Duration::from_secs(1));
    let (status, error) = api.list("").await;
    assert_eq!((status, code(&error)), (401, "UNAUTHORIZED"));
}

#[tokio::test]
async fn many_tokens_are_valid_at_once_and_all_can_be_ended() {
    let sandbox = few();
    let (one, other) = (Bultra::new(&sandbox).await, Bultra::new(&sandbox).await);
    assert_ne!(one.token, other.token);
    assert_eq!((one.list("").await.0, other.list("").await.0, one.list("").await.0), (200, 200, 200));
    sandbox.revoke_tokens();
    assert_eq!((one.list("").await.0, other.list("").await.0), (401, 401));
    assert_eq!(Bultra::new(&sandbox).await.list("").await.0, 200);
}

#[tokio::test]
async fn how_long_a_token_lives_can_be_set_and_left_unsaid() {
    let sandbox = few();
    sandbox.set_token_rules(TokenRules { lifetime: 12 * 60 * MINUTE, says_expires_in: false });
    let api = Bultra::new(&sandbox).await;
    assert!(api.ask_token(None).await.1.get("expires_in").is_none());
    sandbox.advance_clock(11 * 60 * MINUTE);
    assert_eq!(api.list("").await.0, 200);
}

#[rstest]
#[case("grant_type=client_credentials", 200, "")]
#[case("scope=&grant_type=client_credentials", 200, "")]
#[case("grant_type=client_credentials&scope=customers%3Aread", 200, "")]
#[case("grant_type=client_credentials&scope=customers:read+customers:write", 200, "")]
#[case("grant_type=client_credentials&scope=customers:read+cards:write", 400, "invalid_scope")]
#[case("grant_type=password", 400, "unsupported_grant_type")]
#[case("grant_type=client_credentials&grant_type=client_credentials", 400, "invalid_request")]
#[case("scope=customers:read", 400, "invalid_request")]
#[case("", 400, "invalid_request")]
#[case(r#"{"grant_type":"client_credentials"}"#, 400, "invalid_request")]
#[tokio::test]
async fn the_form_of_a_token_is_checked(#[case] form: &str, #[case] status: u16, #[case] error: &str) {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let response = api.token_request(form).send().await.expect("an answer");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let (answered, body) = answer(response).await;
    assert_eq!((answered, body["error"].as_str().unwrap_or_default()), (status, error), "{body}");
    assert_eq!(body.get("error_description").is_some(), status != 200, "RFC 6749, 5.2");
}

#[tokio::test]
async fn a_form_is_not_taken_as_json() {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let request =
        api.client.post(&api.account.token_url).basic_auth(&api.account.client_id, Some(&api.account.client_secret));
    let request = request.header("Content-Type", "application/json").body("grant_type=client_credentials");
    assert_eq!(answer(request.send().await.expect("an answer")).await.0, 400);
}

#[rstest]
#[case::none(None)]
#[case::no_basic(Some("Bearer abc"))]
#[case::no_base64(Some("Basic ???"))]
#[case::wrong(Some("wrong"))]
#[tokio::test]
async fn who_is_not_the_client_gets_no_token(#[case] authorization: Option<&str>) {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let mut request = api.client.post(&api.account.token_url).body("grant_type=client_credentials");
    request = request.header("Content-Type", "application/x-www-form-urlencoded");
    let wrong = format!("Basic {}", STANDARD.encode(format!("{}:something", api.account.client_id)));
    if let Some(value) = authorization {
        request = request.header("Authorization", if value == "wrong" { wrong.as_str() } else { value });
    }
    let response = request.send().await.expect("an answer");
    assert_eq!(response.headers()["www-authenticate"], "Basic realm=\"bultra\"");
    let (status, body) = answer(response).await;
    assert_eq!((status, &body["error"]), (401, &json!("invalid_client")));
}

#[rstest]
#[case("customers:read", 200, 403)]
#[case("customers:write", 403, 422)]
#[case("customers:write customers:read", 200, 422)]
#[tokio::test]
async fn a_token_is_for_its_scopes(#[case] scope: &str, #[case] read: u16, #[case] write: u16) {
    let sandbox = few();
    let api = Bultra::with_scope(&sandbox, Some(scope)).await;
    let row = sandbox.bultra_rows().into_iter().find(|row| !row.individuals.is_empty()).expect("one");
    let individual = row.individuals[0]["id"].as_str().expect("an id");
    let nothing = json!({});
    let calls = [
        (read, api.list("").await),
        (read, api.customer(&row.id).await),
        (read, api.individual(&row.id, individual).await),
        (write, api.patch(&row.id, &nothing).await),
        (write, api.patch_individual(&row.id, individual, &nothing).await),
    ];
    for (expected, (status, body)) in calls {
        assert_eq!((status, status == 403), (expected, code(&body) == "FORBIDDEN"), "{body}");
    }
}

#[rstest]
#[case::none("")]
#[case::unknown("Bearer bult_0000")]
#[case::keys_of_the_client("Basic abc")]
#[tokio::test]
async fn nothing_is_answered_without_a_token(#[case] authorization: &str) {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let id = sandbox.bultra_rows().remove(0).id;
    for (method, path) in [(Method::GET, "/customers".to_owned()), (Method::PATCH, format!("/customers/{id}"))] {
        let mut request = api.client.request(method, format!("{}{path}", api.account.base_url));
        if !authorization.is_empty() {
            request = request.header("Authorization", authorization);
        }
        let response = request.body("{}").send().await.expect("an answer");
        assert_eq!(response.headers()["www-authenticate"], "Bearer realm=\"bultra\"");
        let (status, error) = checked(response, CUSTOMER, "get").await;
        assert_eq!((status, code(&error)), (401, "UNAUTHORIZED"));
    }
}

#[tokio::test]
async fn nothing_secret_is_recorded() {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    api.list("").await;
    let form =
        format!("grant_type=client_credentials&client_secret={}&scope=customers:read&x", api.account.client_secret);
    api.token_request(&form).send().await.expect("an answer");
    let requests = sandbox.requests();
    assert_eq!(requests[0].body, "grant_type=client_credentials");
    assert_eq!(requests[1].header("authorization"), Some("(left out)"));
    assert_eq!(
        requests[2].body,
        "grant_type=client_credentials&client_secret=(left out)&scope=customers:read&(left out)"
    );
    let text = format!("{requests:?}{}", sandbox.snapshot());
    let basic = STANDARD.encode(format!("{}:{}", api.account.client_id, api.account.client_secret));
    for secret in [&api.account.client_secret, &api.token, &basic] {
        assert!(!text.contains(secret.as_str()));
    }
}
