//! One token for many calls: asked for once, renewed before its end, thrown away when it is refused.

use std::sync::Arc;

use desk_api::{BultraClient, CallErrorKind, Tokens, WriteOutcome, outcome};
use rstest::rstest;
use serde_json::{Value, json};

use super::{ATTEMPT, MINUTE_MS, NOW_MS, bultra_client, bultra_options, client_of};
use crate::support::bultra::{Bultra, Odd, TOKEN};
use crate::support::servers::{Server, json as json_answer};

async fn many(client: &Arc<BultraClient>, calls: usize, now_ms: i64) -> usize {
    let read = |_| {
        let client = Arc::clone(client);
        tokio::spawn(async move { client.customer("cust_1", now_ms).await.is_ok() })
    };
    let calls: Vec<_> = (0..calls).map(read).collect();
    let mut worked = 0;
    for call in calls {
        worked += usize::from(call.await.unwrap());
    }
    worked
}

#[rstest]
#[case(2)]
#[case(50)]
#[tokio::test]
async fn calls_at_once_make_one_token_call(#[case] calls: usize) {
    let bultra = Bultra::start().await;
    let client = Arc::new(client_of(&bultra));
    assert_eq!(many(&client, calls, NOW_MS).await, calls);
    assert_eq!(bultra.counts(), (1, calls));
}

#[tokio::test]
async fn two_clients_of_a_connection_share_its_token() {
    let bultra = Bultra::start().await;
    let tokens = Arc::new(Tokens::default());
    let client = || {
        let options = bultra_options(&bultra.base_url(), &bultra.token_url());
        BultraClient::new(options, Arc::clone(&tokens)).unwrap()
    };
    client().customer("cust_1", NOW_MS).await.unwrap();
    client().customer("cust_1", NOW_MS + 10_000).await.unwrap();
    assert_eq!(bultra.counts(), (1, 2));
}

// `expires_in`, then minutes later and whether a second token is asked for.
#[rstest]
#[case::within(Some(json!(900)), 13, false)]
#[case::before_its_end(Some(json!(900)), 14, true)]
#[case::after_its_end(Some(json!(900)), 20, true)]
#[case::twelve_hours(Some(json!(43_200)), 11 * 60, false)]
#[case::missing(None, 13, false)]
#[case::missing_after(None, 14, true)]
#[case::zero(Some(json!(0)), 13, false)]
#[case::zero_after(Some(json!(0)), 14, true)]
#[case::negative(Some(json!(-900)), 13, false)]
#[case::huge(Some(json!(u64::MAX)), 23 * 60, false)]
#[case::huge_after_a_day(Some(json!(u64::MAX)), 24 * 60, true)]
#[case::text(Some(json!("3600")), 58, false)]
#[case::text_after(Some(json!("3600")), 59, true)]
#[case::words(Some(json!("soon")), 14, true)]
#[case::clock_back_ten_minutes(Some(json!(900)), -10, true)]
#[case::clock_forward_ten_minutes(Some(json!(900)), 10, false)]
#[tokio::test]
async fn a_token_is_renewed_before_its_end(
    #[case] expires_in: Option<Value>,
    #[case] later_min: i64,
    #[case] anew: bool,
) {
    let bultra = Bultra::start().await;
    bultra.set_expires_in(expires_in);
    let client = client_of(&bultra);
    client.customer("cust_1", NOW_MS).await.unwrap();
    client.customer("cust_1", NOW_MS + later_min * MINUTE_MS).await.unwrap();
    assert_eq!(bultra.counts(), (1 + usize::from(anew), 2), "no call was refused on the way");
    let last = if anew { 2 } else { 1 };
    assert_eq!(bultra.calls()[1].authorization, format!("Bearer {TOKEN}-{last}"));
}

#[tokio::test]
async fn a_clock_that_is_off_by_ten_minutes_and_set_right_costs_no_call() {
    let bultra = Bultra::start().await;
    let client = client_of(&bultra);
    for minutes in [0, 10, 0, -10, 0, 13] {
        client.customer("cust_1", NOW_MS + minutes * MINUTE_MS).await.unwrap();
    }
    assert_eq!(bultra.calls().len(), 6, "each was sent once");
}

#[tokio::test]
async fn a_revoked_token_is_replaced_and_the_call_sent_once_more_to_the_byte() {
    let bultra = Bultra::start().await;
    let client = client_of(&bultra);
    client.customer("cust_1", NOW_MS).await.unwrap();
    bultra.revoke();
    let body = r#"{"phone":"+61255501234"}"#;
    let result = client.patch_customer("cust_1", ATTEMPT, body, NOW_MS).await;
    assert!(matches!(outcome::of_patch(&result, "cust_1"), WriteOutcome::Accepted(_)), "{result:?}");
    assert_eq!(bultra.counts(), (2, 3));
    let patches = bultra.calls().split_off(1);
    for (seen, token) in patches.iter().zip(1..) {
        assert_eq!(seen.authorization, format!("Bearer {TOKEN}-{token}"));
        assert_eq!(seen.exchange.idempotency_id.as_deref(), Some(ATTEMPT), "the same attempt");
        assert_eq!((seen.body.as_str(), seen.target.as_str()), (body, "/bultra/v1/customers/cust_1"));
    }
    let statuses: Vec<u16> = patches.iter().map(|seen| seen.exchange.status).collect();
    assert_eq!(statuses, [401, 200]);
}

#[tokio::test]
async fn of_fifty_calls_with_a_revoked_token_one_asks_for_another() {
    let bultra = Bultra::start().await;
    let client = Arc::new(client_of(&bultra));
    client.customer("cust_1", NOW_MS).await.unwrap();
    bultra.revoke();
    assert_eq!(many(&client, 50, NOW_MS).await, 50);
    let (token_calls, calls) = bultra.counts();
    assert_eq!(token_calls, 2);
    let refused = bultra.calls().iter().filter(|seen| seen.exchange.status == 401).count();
    // Who came after the new token was not refused at all.
    assert!(refused >= 1 && calls == 1 + 50 + refused, "{calls} calls, {refused} of them refused");
}

#[tokio::test]
async fn a_second_401_is_a_refusal_and_nothing_is_sent_a_third_time() {
    let bultra = Bultra::start().await;
    let refusal = Odd::json(401, &json!({ "error": { "code": "UNAUTHORIZED", "message": "No" } }));
    bultra.next_answer(refusal.clone());
    bultra.next_answer(refusal);
    let result = client_of(&bultra).patch_customer("cust_1", ATTEMPT, r#"{"phone":"1"}"#, NOW_MS).await;
    assert_eq!(outcome::of_patch(&result, "cust_1"), WriteOutcome::Paused);
    let error = result.unwrap_err();
    assert_eq!((error.kind, bultra.counts()), (CallErrorKind::AuthRefused, (2, 2)));
    assert_eq!(error.answer.unwrap().code.as_deref(), Some("UNAUTHORIZED"));
}

#[tokio::test]
async fn a_scope_that_lacks_asks_for_no_other_token() {
    let bultra = Bultra::start().await;
    let client = client_of(&bultra);
    bultra.next_answer(Odd::json(403, &json!({ "error": { "code": "FORBIDDEN", "message": "No" } })));
    assert_eq!(client.customer("cust_1", NOW_MS).await.unwrap_err().kind, CallErrorKind::AuthForbidden);
    client.customer("cust_1", NOW_MS).await.unwrap();
    assert_eq!(bultra.counts(), (1, 2));
}

#[tokio::test]
async fn a_token_host_that_is_gone_after_a_401_leaves_the_call_uncarried_out() {
    let bultra = Bultra::start().await;
    let client = client_of(&bultra);
    client.customer("cust_1", NOW_MS).await.unwrap();
    bultra.revoke();
    bultra.next_token(Odd::json(503, &json!({})));
    let result = client.patch_customer("cust_1", ATTEMPT, r#"{"phone":"1"}"#, NOW_MS).await;
    assert_eq!(outcome::of_patch(&result, "cust_1"), WriteOutcome::NotSent);
    assert_eq!(result.unwrap_err().kind.code(), "token.unreadable");
    assert_eq!(bultra.counts(), (2, 2), "refused once, and not sent again");
    client.customer("cust_1", NOW_MS).await.unwrap();
    assert_eq!(bultra.counts(), (3, 3), "the token that was refused is not tried again");
}

#[tokio::test]
async fn a_token_is_sent_to_no_host_but_the_platforms() {
    let elsewhere = Server::answering(json_answer("200 OK", r#"{"id":"cust_1"}"#)).await;
    let bultra = Bultra::start().await;
    let mut odd = Odd::json(307, &json!({}));
    odd.headers.push(("location", format!("{}/v1/customers/cust_1", elsewhere.url())));
    bultra.next_answer(odd);
    let client = bultra_client(bultra_options(&bultra.base_url(), &bultra.token_url()));
    let kind = client.customer("cust_1", NOW_MS).await.unwrap_err().kind;
    assert_eq!(kind, CallErrorKind::Redirect { status: 307, host: Some("127.0.0.1".to_owned()) });
    assert_eq!((elsewhere.connections(), bultra.counts()), (0, (1, 1)));
}
