//! An attempt that is sent again: answered again, done once.

use desk_sandbox::{Options, Sandbox};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    api::{Bultra, code, few},
    support::*,
};

const ATTEMPT: &str = "0198a1b2-0000-7000-8000-000000000001";

fn open(sandbox: &Sandbox) -> String {
    sandbox.bultra_rows().into_iter().find(|row| row.status == "ACTIVE").expect("one").id
}

fn writes(sandbox: &Sandbox, id: &str) -> u32 {
    sandbox.bultra_rows().into_iter().find(|row| row.id == id).expect("it is there").writes
}

fn body() -> Value {
    json!({ "email": "a@b.example" })
}

#[tokio::test]
async fn a_resent_id_answers_as_the_first_did_and_changes_nothing() {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let id = open(&sandbox);
    let first = api.patch_as(ATTEMPT, &id, &body()).await;
    sandbox.change_bultra(&id, None, |customer| customer["email"] = "somebody@else.example".into());
    assert_eq!(api.patch_as(&ATTEMPT.to_uppercase(), &id, &body()).await, first);
    assert_eq!(api.customer(&id).await.1["email"], "somebody@else.example");
    assert_eq!(writes(&sandbox, &id), 1);
    sandbox.change_bultra(&id, None, |customer| customer["status"] = "CLOSED".into());
    assert_eq!(api.patch_as(ATTEMPT, &id, &body()).await, first, "whatever became of it since");
    let again = started_with(Options { snapshot: Some(sandbox.snapshot()), ..Options::default() });
    assert_eq!(Bultra::new(&again).await.patch_as(ATTEMPT, &id, &body()).await, first, "after a restart too");
}

#[tokio::test]
async fn a_resent_id_with_another_call_is_409() {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let id = open(&sandbox);
    let other = sandbox.bultra_rows().into_iter().find(|row| row.status == "ACTIVE" && row.id != id).expect("one").id;
    assert_eq!(api.patch_as(ATTEMPT, &id, &body()).await.0, 200);
    for (target, body) in [(&id, json!({ "email": "c@d.example" })), (&id, json!([])), (&other, body())] {
        let (status, error) = api.patch_as(ATTEMPT, target, &body).await;
        assert_eq!((status, code(&error)), (409, "IDEMPOTENCY_CONFLICT"));
    }
    assert_eq!((writes(&sandbox, &id), writes(&sandbox, &other)), (1, 0));
}

#[tokio::test]
async fn another_id_or_none_is_another_attempt() {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let id = open(&sandbox);
    for attempt in [Some(ATTEMPT), Some("0198a1b2-0000-7000-8000-000000000002"), None, None] {
        let (status, _) = match attempt {
            Some(attempt) => api.patch_as(attempt, &id, &body()).await,
            None => api.patch(&id, &body()).await,
        };
        assert_eq!(status, 200);
    }
    assert_eq!(writes(&sandbox, &id), 4);
}

#[tokio::test]
async fn a_refused_call_is_not_remembered() {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let id = open(&sandbox);
    assert_eq!(api.patch_as(ATTEMPT, &id, &json!({ "email": "nobody" })).await.0, 422);
    assert_eq!(api.patch_as(ATTEMPT, &id, &body()).await.0, 200);
}

#[rstest]
#[case("")]
#[case("attempt-1")]
#[tokio::test]
async fn an_id_that_is_no_uuid_is_400(#[case] attempt: &str) {
    let sandbox = few();
    let api = Bultra::new(&sandbox).await;
    let (status, error) = api.patch_as(attempt, &open(&sandbox), &body()).await;
    assert_eq!((status, named_fields(&error)), (400, vec!["x-bultra-idempotency-id".to_owned()]));
}
