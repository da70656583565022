//! The calls of Bultra: what is sent, what is recognised, what is kept. The server holds every request and every
//! answer of its own against the contract.

use desk_api::wire::bultra::{Cursors, Next, Page};
use desk_api::{BaseUrl, BultraOptions, CallErrorKind, ListQuery, WriteOutcome, outcome};
use rstest::rstest;
use serde_json::{Value, json};

use super::{ATTEMPT, KEY, NOW_MS, PATCH, SECRET, bultra_client, bultra_options, client_of};
use crate::support::bultra::{Bultra, Odd, TOKEN};

#[tokio::test]
async fn a_token_is_asked_for_by_basic_and_goes_along_as_bearer_and_nothing_else_does() {
    let bultra = Bultra::start().await;
    let answer = client_of(&bultra).customer("cust_1", NOW_MS).await.unwrap();
    assert_eq!(answer.json["status"], "ACTIVE_L2F", "as it came");

    let (token, call) = (bultra.token_calls().remove(0), bultra.calls().remove(0));
    // printf 'key-canary-7f3a:secret-canary-91bc' | base64
    assert_eq!(token.authorization, "Basic a2V5LWNhbmFyeS03ZjNhOnNlY3JldC1jYW5hcnktOTFiYw==");
    assert_eq!((token.target.as_str(), token.body.as_str()), ("/oauth2/token", "grant_type=client_credentials"));
    assert_eq!(call.authorization, format!("Bearer {TOKEN}-1"));
    assert_eq!(call.target, "/bultra/v1/customers/cust_1");
    for seen in [&token, &call] {
        let header = |name: &str| seen.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
        assert_eq!(header("user-agent"), Some("customer-desk/0.1.0"));
        assert_eq!((header("accept"), header("accept-encoding")), (Some("application/json"), Some("identity")));
        assert_eq!((header("x-api-key"), header("cookie"), header("x-request-id")), (None, None, None));
    }
    let sent = format!("{:?} {}", call.headers, call.body);
    assert!(!sent.contains(KEY) && !sent.contains(SECRET), "{sent}");
}

#[rstest]
#[case::said(
    Some(" customers:read customers:write "),
    "grant_type=client_credentials&scope=customers%3Aread+customers%3Awrite"
)]
#[case::blank(Some(" "), "grant_type=client_credentials")]
#[tokio::test]
async fn a_scope_is_asked_for_where_there_is_one(#[case] scope: Option<&str>, #[case] form: &str) {
    let bultra = Bultra::start().await;
    let options = bultra_options(&bultra.base_url(), &bultra.token_url());
    let client = bultra_client(BultraOptions { scope: scope.map(str::to_owned), ..options });
    client.customer("cust_1", NOW_MS).await.unwrap();
    assert_eq!(bultra.token_calls()[0].body, form);
}

#[rstest]
#[case::nothing(ListQuery::default(), "/bultra/v1/customers")]
#[case::blank(ListQuery { party: Some(""), status: Some(""), cursor: Some(""), ..ListQuery::default() }, "/bultra/v1/customers")]
#[case::all(
    ListQuery { party: Some("CORPORATION"), status: Some("EDD"), limit: Some(50), cursor: Some("a+b/c=&limit=1") },
    "/bultra/v1/customers?type=CORPORATION&status=EDD&limit=50&cursor=a%2Bb%2Fc%3D%26limit%3D1"
)]
#[tokio::test]
async fn a_list_is_asked_for_with_its_filters_and_the_cursor_as_it_came(
    #[case] query: ListQuery<'_>,
    #[case] target: &str,
) {
    let bultra = Bultra::start().await;
    let answer = client_of(&bultra).list(&query, NOW_MS).await.unwrap();
    assert_eq!(bultra.calls()[0].target, target);
    let page = Page::read(&answer.json).unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(Cursors::default().after(query.cursor, &page), Next::More("cursor_2".to_owned()));
}

#[rstest]
#[case::plain("cust_1", "ind_2", "/customers/cust_1/individuals/ind_2")]
#[case::climbing("../admin", "a/b", "/customers/..%2Fadmin/individuals/a%2Fb")]
#[case::query("a?b", "c#d", "/customers/a%3Fb/individuals/c%23d")]
#[tokio::test]
async fn an_individual_is_named_by_its_customer_and_its_id(
    #[case] customer: &str,
    #[case] id: &str,
    #[case] path: &str,
) {
    let bultra = Bultra::start().await;
    let client = client_of(&bultra);
    client.individual(customer, id, NOW_MS).await.unwrap();
    client.patch_individual(customer, id, ATTEMPT, PATCH, NOW_MS).await.unwrap();
    let targets: Vec<String> = bultra.calls().into_iter().map(|seen| seen.target).collect();
    assert_eq!(targets, vec![format!("/bultra/v1{path}"); 2]);
}

#[tokio::test]
async fn a_patch_is_sent_to_the_byte_with_the_id_of_its_attempt() {
    let bultra = Bultra::start().await;
    let client = client_of(&bultra);
    let customer = client.patch_customer("cust_1", ATTEMPT, PATCH, NOW_MS).await;
    let individual = client.patch_individual("cust_1", "ind_2", ATTEMPT, PATCH, NOW_MS).await;
    for seen in bultra.calls() {
        assert_eq!((seen.exchange.method.as_str(), seen.body.as_str()), ("patch", PATCH));
        assert_eq!(seen.exchange.idempotency_id.as_deref(), Some(ATTEMPT));
        assert_eq!(seen.exchange.sent.unwrap().0, "application/json");
    }
    // Both answers are partial: an id and a time.
    assert!(matches!(outcome::of_patch(&customer, "cust_1"), WriteOutcome::Accepted(_)), "{customer:?}");
    let record = "cust_1/individuals/ind_2";
    assert!(matches!(outcome::of_patch(&individual, record), WriteOutcome::Accepted(_)), "{individual:?}");
    assert_eq!(outcome::of_patch(&individual, "cust_1/individuals/ind_3"), WriteOutcome::Unknown);
}

#[tokio::test]
async fn what_is_read_carries_no_id_of_an_attempt() {
    let bultra = Bultra::start().await;
    let client = client_of(&bultra);
    client.list(&ListQuery::default(), NOW_MS).await.unwrap();
    client.customer("cust_1", NOW_MS).await.unwrap();
    assert!(bultra.calls().iter().all(|seen| seen.exchange.idempotency_id.is_none() && seen.exchange.sent.is_none()));
}

#[rstest]
#[case::nothing("", ATTEMPT)]
#[case::two_dots("..", ATTEMPT)]
#[case::no_attempt("cust_1", "")]
#[case::attempt_with_a_line_end("cust_1", "a\r\nX-Evil: 1")]
#[tokio::test]
async fn what_no_request_can_carry_asks_for_no_token_either(#[case] id: &str, #[case] attempt: &str) {
    let bultra = Bultra::start().await;
    let error = client_of(&bultra).patch_customer(id, attempt, PATCH, NOW_MS).await.unwrap_err();
    assert_eq!((error.kind, bultra.counts()), (CallErrorKind::Unsendable, (0, 0)));
}

enum Call {
    List,
    Customer,
    Patch,
}

#[rstest]
#[case::no_rows(Call::List, json!({ "pagination": { "has_more": false } }), false)]
#[case::rows_of_another_type(Call::List, json!({ "data": {} }), false)]
#[case::rows_alone(Call::List, json!({ "data": [] }), true)]
#[case::a_customer_for_a_list(Call::List, json!({ "id": "cust_1" }), false)]
#[case::number_for_an_id(Call::Customer, json!({ "id": 5 }), true)]
#[case::unknown_shape(Call::Customer, json!({ "id": "cust_1", "corporation": [1, null], "accounts": "none" }), true)]
#[case::no_id(Call::Customer, json!({ "status": "ACTIVE" }), false)]
#[case::list_for_a_customer(Call::Customer, json!([{ "id": "cust_1" }]), false)]
#[case::id_left_out_of_a_patch(Call::Patch, json!({ "updated_at": "now" }), true)]
#[case::error_for_a_patch(Call::Patch, json!({ "error": { "code": "X" } }), false)]
#[tokio::test]
async fn an_answer_is_known_by_the_least_that_makes_it_one(
    #[case] call: Call,
    #[case] body: Value,
    #[case] known: bool,
) {
    let bultra = Bultra::start().await;
    let client = client_of(&bultra);
    bultra.next_answer(Odd::json(200, &body));
    let result = match call {
        Call::List => client.list(&ListQuery::default(), NOW_MS).await,
        Call::Customer => client.customer("cust_1", NOW_MS).await,
        Call::Patch => client.patch_customer("cust_1", ATTEMPT, PATCH, NOW_MS).await,
    };
    match result {
        Ok(answer) => assert_eq!((known, answer.json), (true, body)),
        Err(error) => assert_eq!((known, error.kind), (false, CallErrorKind::Unreadable)),
    }
}

#[tokio::test]
async fn no_debug_and_no_kept_answer_holds_a_secret_or_a_token() {
    let bultra = Bultra::start().await;
    let options = BultraOptions {
        scope: Some("customers:read".to_owned()),
        ..bultra_options(&bultra.base_url(), &bultra.token_url())
    };
    let debug_of_options = format!("{options:?}");
    let client = bultra_client(options);
    let basic = "a2V5LWNhbmFyeS03ZjNhOnNlY3JldC1jYW5hcnktOTFiYw==";
    let echo = format!("Bearer {TOKEN}-1, Basic {basic}, {KEY}:{SECRET}");
    let mut odd = Odd::json(
        400,
        &json!({ "error": { "code": echo, "message": echo, "details": [{ "field": echo, "message": echo }] } }),
    );
    odd.headers.push(("x-request-id", format!("{TOKEN}-1")));
    bultra.next_answer(odd);
    let error = client.patch_customer("cust_1", ATTEMPT, PATCH, NOW_MS).await.unwrap_err();
    // The token host knows no token of ours.
    let echo = format!("Basic {basic}, {KEY}:{SECRET}");
    bultra.next_token(Odd::json(401, &json!({ "error": "invalid_client", "error_description": echo })));
    let of_token =
        bultra_client(bultra_options(&bultra.base_url(), &bultra.token_url())).customer("cust_1", NOW_MS).await;
    let of_token = of_token.unwrap_err();
    let mut odd = Odd::json(200, &json!({ "id": "cust_1", "echo": format!("Bearer {TOKEN}-1"), "n": 1 }));
    odd.headers.push(("x-request-id", format!("{TOKEN}-1")));
    bultra.next_answer(odd);
    let success = client.customer("cust_1", NOW_MS).await.unwrap();

    let mut all = format!(
        "{debug_of_options} {client:?} {success:?} {} {} {:?}",
        success.raw, success.json, success.platform_request_id
    );
    for error in [error, of_token] {
        let answer = error.answer.clone().unwrap();
        all += &format!(
            "{error:?} {error} {:?} {answer:?} {} {:?} {:?} {:?} {:?}",
            error.kind.params(),
            answer.raw,
            answer.code,
            answer.message,
            answer.fields,
            answer.platform_request_id
        );
        assert!(answer.raw.contains("Basic \u{2022}\u{2022}"), "the rest is kept: {}", answer.raw);
    }
    assert!(!all.contains("canary") && !all.contains(basic), "{all}");
    assert_eq!(success.json["n"], 1, "the rest of a customer is as it came");
    assert_eq!(serde_json::from_str::<Value>(&success.raw).unwrap(), success.json);
}

#[rstest]
#[case::empty("", "credentials.missing")]
#[case::colon("a:b", "credentials.unusable")]
#[case::line_end_inside("a\r\nb", "credentials.unusable")]
#[case::script("ключ", "credentials.unusable")]
#[tokio::test]
async fn a_client_id_that_basic_does_not_carry_makes_no_client(#[case] id: &str, #[case] code: &str) {
    let options = || BultraOptions {
        client_id: id.into(),
        ..bultra_options("https://api.example.com/v1", "https://auth.example.com/oauth2/token")
    };
    assert_eq!(desk_api::BultraClient::new(options(), std::sync::Arc::default()).unwrap_err().code(), code);
    assert_eq!(desk_api::probe_bultra(options()).await.unwrap_err().code(), code);
}

#[test]
fn a_token_url_goes_by_the_rules_of_every_address() {
    for (typed, code) in [
        ("http://auth.example.com/oauth2/token", "field.url_insecure"),
        ("https://id:secret@auth.example.com/oauth2/token", "field.url_credentials"),
        ("https://auth.example.com/oauth2/token?scope=all", "field.url_extra"),
        ("", "field.required"),
    ] {
        assert_eq!(BaseUrl::parse(typed).unwrap_err().code(), code, "{typed}");
    }
}

/// A call may be waited for on any thread: the outbox and the jobs spawn them.
#[test]
fn every_call_can_be_spawned() {
    fn spawned<T: Send>(_: T) {}
    let client = bultra_client(bultra_options("https://api.example.com/v1", "https://auth.example.com/oauth2/token"));
    spawned(client.list(&ListQuery::default(), NOW_MS));
    spawned(client.customer("cust_1", NOW_MS));
    spawned(client.individual("cust_1", "ind_2", NOW_MS));
    spawned(client.patch_customer("cust_1", ATTEMPT, PATCH, NOW_MS));
    spawned(client.patch_individual("cust_1", "ind_2", ATTEMPT, PATCH, NOW_MS));
    spawned(desk_api::probe_bultra(bultra_options("https://api.example.com", "https://auth.example.com")));
}
