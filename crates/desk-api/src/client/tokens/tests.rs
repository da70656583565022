use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rstest::rstest;
use tokio::sync::Semaphore;

use super::*;
use crate::call_error::CallErrorKind;

const START_MS: i64 = 1_763_700_000_000;
const MINUTE_MS: i64 = 60_000;

fn given(number: u32, life_ms: i64) -> Given {
    Given { token: format!("token-{number}").into(), life_ms }
}

fn unreached() -> Refusal {
    (CallErrorKind::TokenUnreached { reason: "network.refused", host: "h.example".to_owned() }, None)
}

/// What a call at this time gets, and how often it asked.
async fn at(tokens: &Tokens, ms: i64, life_ms: i64, number: u32) -> (String, u32) {
    let asked = AtomicU32::new(0);
    let ask = || async {
        asked.fetch_add(1, Ordering::SeqCst);
        Ok(given(number, life_ms))
    };
    let token = tokens.get(Now::of(ms), ask).await.unwrap();
    (token.secret().to_owned(), asked.load(Ordering::SeqCst))
}

#[rstest]
#[case::at_once(15, 0, false)]
#[case::long_before(15, 13 * MINUTE_MS, false)]
#[case::a_minute_before(15, 14 * MINUTE_MS, true)]
#[case::at_its_end(15, 15 * MINUTE_MS, true)]
#[case::clock_ten_minutes_forward_early(15, 10 * MINUTE_MS, false)]
#[case::clock_forward_past_its_end(15, 60 * MINUTE_MS, true)]
#[case::short_life_within(1, 53_000, false)]
#[case::short_life_in_its_last_tenth(1, 54_000, true)]
#[case::clock_back_by_less_than_the_margin(15, -30_000, false)]
#[case::clock_back_ten_minutes(15, -10 * MINUTE_MS, true)]
#[case::clock_at_nothing(15, -START_MS, true)]
#[tokio::test]
async fn a_token_is_asked_for_anew_before_its_end_and_when_the_clock_was_set_back(
    #[case] life_min: i64,
    #[case] later_ms: i64,
    #[case] anew: bool,
) {
    let tokens = Tokens::default();
    assert_eq!(at(&tokens, START_MS, life_min * MINUTE_MS, 1).await, ("token-1".to_owned(), 1));
    let then = at(&tokens, START_MS + later_ms, life_min * MINUTE_MS, 2).await;
    assert_eq!(then, if anew { ("token-2".to_owned(), 1) } else { ("token-1".to_owned(), 0) });
}

#[tokio::test]
async fn a_clock_that_goes_back_after_it_had_gone_forward_is_noticed() {
    let tokens = Tokens::default();
    at(&tokens, START_MS, 15 * MINUTE_MS, 1).await;
    assert_eq!(at(&tokens, START_MS + 12 * MINUTE_MS, 15 * MINUTE_MS, 2).await.1, 0);
    // It was asked for two minutes ago by this clock, and lives for thirteen more by it: nobody knows how long it does.
    assert_eq!(at(&tokens, START_MS + 2 * MINUTE_MS, 15 * MINUTE_MS, 3).await, ("token-3".to_owned(), 1));
}

#[tokio::test]
async fn no_clock_and_no_life_is_too_far() {
    let tokens = Tokens::default();
    at(&tokens, START_MS, i64::MAX, 1).await;
    assert_eq!(at(&tokens, START_MS + 1_000_000 * MINUTE_MS, i64::MAX, 2).await.0, "token-1");
    assert_eq!(at(&tokens, i64::MIN, 1, 3).await.0, "token-3");
    assert_eq!(at(&tokens, i64::MAX, i64::MAX, 4).await.0, "token-4");
}

#[tokio::test]
async fn only_the_token_that_was_refused_is_thrown_away() {
    let tokens = Tokens::default();
    let ask = |number| move || async move { Ok(given(number, 15 * MINUTE_MS)) };
    let first = tokens.get(Now::of(START_MS), ask(1)).await.unwrap();
    tokens.refused(&first);
    let second = tokens.get(Now::of(START_MS), ask(2)).await.unwrap();
    assert_eq!(second.secret(), "token-2");
    // Of many calls that the first one went along with, each is told that it is refused.
    tokens.refused(&first);
    assert_eq!(tokens.get(Now::of(START_MS), ask(3)).await.unwrap().secret(), "token-2");
}

/// Fifty calls while one token call is under way, which ends with `result`; how many asked, and what they got.
async fn fifty(
    result: impl Fn() -> Result<Given, Refusal> + Clone + Send + Sync + 'static,
) -> (u32, Vec<Option<String>>) {
    let (tokens, asked, gate) = (Arc::new(Tokens::default()), Arc::new(AtomicU32::new(0)), Arc::new(Semaphore::new(0)));
    let mut calls = Vec::new();
    for _ in 0..50 {
        let (tokens, asked, gate, result) =
            (Arc::clone(&tokens), Arc::clone(&asked), Arc::clone(&gate), result.clone());
        calls.push(tokio::spawn(async move {
            let ask = || async {
                asked.fetch_add(1, Ordering::SeqCst);
                gate.acquire().await.unwrap().forget();
                result()
            };
            tokens.get(Now::of(START_MS), ask).await.ok().map(|token| token.secret().to_owned())
        }));
        tokio::task::yield_now().await;
    }
    // As many as want to may ask: it is not the gate that keeps them.
    gate.add_permits(50);
    let mut got = Vec::new();
    for call in calls {
        got.push(call.await.unwrap());
    }
    (asked.load(Ordering::SeqCst), got)
}

#[rstest]
#[case::a_token(15 * MINUTE_MS)]
#[case::a_token_that_ends_at_once(0)]
#[tokio::test]
async fn fifty_calls_at_once_ask_once(#[case] life_ms: i64) {
    let (asked, got) = fifty(move || Ok(given(1, life_ms))).await;
    assert_eq!((asked, got), (1, vec![Some("token-1".to_owned()); 50]));
}

#[tokio::test]
async fn who_waited_shares_the_failure_and_who_comes_later_asks_again() {
    let (asked, got) = fifty(|| Err(unreached())).await;
    assert_eq!((asked, got), (1, vec![None; 50]));

    let tokens = Tokens::default();
    assert!(tokens.get(Now::of(START_MS), || async { Err(unreached()) }).await.is_err());
    assert_eq!(at(&tokens, START_MS, MINUTE_MS, 2).await, ("token-2".to_owned(), 1));
}

#[tokio::test]
async fn a_call_that_is_given_up_while_it_asks_leaves_the_asking_to_the_next() {
    let tokens = Arc::new(Tokens::default());
    let kept = Arc::clone(&tokens);
    let hanging = tokio::spawn(async move {
        let _ = kept.get(Now::of(START_MS), std::future::pending).await;
    });
    tokio::task::yield_now().await;
    let kept = Arc::clone(&tokens);
    let waiting = tokio::spawn(async move { at(&kept, START_MS, MINUTE_MS, 2).await });
    tokio::task::yield_now().await;
    hanging.abort();
    assert_eq!(waiting.await.unwrap(), ("token-2".to_owned(), 1));
}

#[test]
fn no_debug_shows_a_token() {
    let tokens = Tokens::default();
    let kept = Kept::of(given(1, MINUTE_MS), 1, START_MS);
    let header = format!("{:?}", kept.token.header());
    tokens.state().last = Some(Ok(kept));
    let shown = format!("{tokens:?} {header}");
    assert!(!shown.contains("token-1"), "{shown}");
}
