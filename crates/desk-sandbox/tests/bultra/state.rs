//! Snapshots, resets, and what somebody else does there.

use desk_sandbox::{Churn, Options};
use serde_json::json;

use crate::{api::Bultra, support::*};

#[tokio::test]
async fn a_snapshot_has_nothing_of_what_is_as_it_was_made() {
    let sandbox = started();
    let before = sandbox.snapshot();
    assert!(before.get("bultra").is_none());
    let api = Bultra::new(&sandbox).await;
    api.all("limit=100").await;
    assert_eq!(sandbox.snapshot(), before, "reading changes nothing");
    let id = sandbox.bultra_rows().into_iter().find(|row| row.status == "ACTIVE").expect("one").id;
    api.patch(&id, &json!({ "email": "a@b.example" })).await;
    let kept = sandbox.snapshot()["bultra"].to_string();
    assert!(kept.contains(&id) && kept.len() < 4_000, "one customer: {} bytes", kept.len());
}

#[tokio::test]
async fn a_snapshot_brings_the_state_back() {
    let sandbox = started_with(Options { bultra_customers: 300, ..Options::default() });
    let api = Bultra::new(&sandbox).await;
    sandbox.set_churn(Some(Churn { seed: 3, inserts: 3, changes: 3, deletes: 3 }));
    api.all("limit=50").await;
    let row = sandbox.bultra_rows().into_iter().find(|row| row.individuals.len() > 1 && row.status == "ACTIVE");
    let row = row.expect("one");
    let individual = row.individuals[1]["id"].as_str().expect("an id");
    assert_eq!(api.patch_individual(&row.id, individual, &json!({ "email": "a@b.example" })).await.0, 200);
    let (rows, snapshot) = (sandbox.bultra_rows(), sandbox.snapshot());
    let text = snapshot.to_string();
    let options = || Options { snapshot: serde_json::from_str(&text).expect("JSON"), ..Options::default() };
    let restored = started_with(options());
    assert_eq!(restored.snapshot(), snapshot, "nobody asked for Bultra yet, and nothing is lost");
    assert_eq!(restored.bultra_rows(), rows);
    assert_eq!(restored.snapshot(), snapshot);
    restored.reset();
    assert_eq!(restored.bultra_rows().len(), 2_000);
    assert!(restored.snapshot().get("bultra").is_none(), "reset forgets");
}

#[tokio::test]
async fn somebody_else_changes_and_deletes_without_a_call() {
    let sandbox = started();
    let row = sandbox.bultra_rows().into_iter().find(|row| !row.individuals.is_empty()).expect("one");
    let individual = row.individuals[0]["id"].as_str().expect("an id");
    let there = |id: &str, individual: Option<&str>| {
        sandbox.change_bultra(id, individual, |body| {
            body.insert("email".to_owned(), "new@there.example".into());
            body.insert("created_at".to_owned(), "1999-01-01T00:00:00Z".into());
        })
    };
    assert!(there(&row.id, None) && there(&row.id, Some(individual)));
    assert!(!there("cust_nobody", None) && !there(&row.id, Some("ind_nobody")));
    let now = sandbox.bultra_rows().into_iter().find(|now| now.id == row.id).expect("it is there");
    for body in [&now.customer, &now.individuals[0]] {
        assert_eq!([&body["email"], &body["updated_at"]], ["new@there.example", "2026-06-01T12:00:00Z"]);
    }
    assert_eq!((&now.customer["created_at"], now.writes), (&row.customer["created_at"], 0));
    assert!(sandbox.delete_bultra(&row.id) && !sandbox.delete_bultra(&row.id));
    assert_eq!(Bultra::new(&sandbox).await.customer(&row.id).await.0, 404);
    assert_eq!(sandbox.requests().len(), 2, "the token and the call alone");
}

#[tokio::test]
async fn a_reset_keeps_the_tokens() {
    let sandbox = started();
    let api = Bultra::new(&sandbox).await;
    sandbox.reset();
    assert_eq!(api.list("").await.0, 200);
}
