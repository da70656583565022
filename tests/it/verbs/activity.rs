//! The trail as the page reads it: what was done and seen, in which environment, and whether it is whole.

use desk_sandbox::{FaultRule, Route};
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{filled, filled_on, partner_id, practice, submission, submit};

/// What was done to an object, oldest first.
async fn deeds(program: &Program, id: &Value) -> Vec<(String, String)> {
    let list = program.activity(json!({})).await;
    let rows = list["rows"].as_array().unwrap().iter().rev().filter(|row| row["id"] == *id);
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    rows.map(|row| (text(row, "action"), text(row, "result"))).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(action, result)| ((*action).to_owned(), (*result).to_owned())).collect()
}

fn seqs(list: &Value) -> Vec<u64> {
    list["rows"].as_array().unwrap().iter().map(|row| row["seq"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn everything_done_to_a_draft_is_a_row() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Any, 500)]);
    submit(&program, &draft).await;
    program.fails("submission_lookup", json!({ "draft": draft["id"] })).await;
    let copy = program.call("draft_duplicate", json!({ "draft": draft["id"] })).await;
    program.call("draft_delete", json!({ "draft": copy["id"] })).await;
    program.call("draft_restore", json!({ "draft": copy["id"] })).await;
    program.refused("draft_delete", json!({ "draft": draft["id"] })).await;

    let done = [("draft.create", "ok"), ("draft.submit", "ok"), ("draft.send", "ok"), ("draft.outcome", "unknown")];
    let done = [done.as_slice(), &[("draft.lookup", "answer.error")]].concat();
    assert_eq!(deeds(&program, &draft["id"]).await, pairs(&done));
    let done = [("draft.duplicate", "ok"), ("draft.delete", "ok"), ("draft.restore", "ok")];
    assert_eq!(deeds(&program, &copy["id"]).await, pairs(&done));
    let list = program.activity(json!({ "query": "draft.submit" })).await;
    let row = &list["rows"][0];
    assert_eq!((&row["kind"], &row["name"]), (&json!("draft"), &json!("Lantern Quay Trading Pty Ltd")));
    assert_eq!((&row["connection"], &row["connection_name"]), (&draft["connection"]["id"], &json!("Practice")));
    assert_eq!((&row["detail"], &row["environment"]), (&partner_id(&draft), &json!("sandbox")));
    assert_eq!(row["actor"], program.desk.actor());
    let of_copy = program.activity(json!({ "query": "draft.duplicate" })).await;
    assert_eq!(of_copy["rows"][0]["detail"], draft["id"], "what it was copied from");
}

#[tokio::test]
async fn the_programs_own_starts_and_ends_are_rows() {
    let computer = Computer::new();
    computer.start().await.desk.close().await;
    // The second one ends as a crash does.
    let crashed = computer.start().await;
    let program = computer.cut_off();
    let program = program.start().await;
    drop(crashed);
    let list = program.activity(json!({ "kind": "program" })).await;
    let actions: Vec<_> = list["rows"].as_array().unwrap().iter().map(|row| &row["action"]).collect();
    assert_eq!(actions, ["program.start", "program.start", "program.end", "program.start"]);
    let row = &list["rows"][0];
    assert_eq!((&row["id"], &row["name"], &row["connection"]), (&json!(""), &json!(""), &Value::Null));
}

#[tokio::test]
async fn a_start_that_finds_something_on_its_way_says_what_became_of_it_once() {
    let computer = Computer::new();
    let program = computer.start().await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, desk_sandbox::Fault::Hang)]);
    let draft = filled(&program).await;
    let _job = super::form::submitting(&computer, &program, &draft).await;
    let after = computer.cut_off();
    after.start().await.desk.close().await;
    let program = after.start().await;
    let done = [("draft.create", "ok"), ("draft.submit", "ok"), ("draft.send", "ok"), ("draft.outcome", "unknown")];
    assert_eq!(deeds(&program, &draft["id"]).await, pairs(&done));
}

#[tokio::test]
async fn rows_of_another_environment_are_not_among_them() {
    let computer = Computer::new();
    let program = computer.start().await;
    let account = &computer.sandbox.axisfi_typed;
    let request = json!({
        "name": "Bank", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": account.base_url, "api_key": account.api_key, "api_secret": account.api_secret,
    });
    let bank = program.call("connection_add", request).await;
    let theirs = filled_on(&program, &bank["id"]).await;
    let customer = submit(&program, &theirs).await["customer_id"].clone();
    let lookup = json!({ "connection": bank["id"], "by": "customer_id", "value": customer });
    program.run("customer_lookup", lookup).await;
    let ours = filled(&program).await;

    let foreign = [&bank["id"], &theirs["id"], &customer];
    let here = program.activity(json!({})).await;
    let ids: Vec<_> = here["rows"].as_array().unwrap().iter().map(|row| &row["id"]).collect();
    assert!(ids.contains(&&ours["id"]) && foreign.iter().all(|id| !ids.contains(id)), "{ids:?}");
    for query in ["bank", customer.as_str().unwrap()] {
        assert_eq!(program.activity(json!({ "query": query })).await["rows"], json!([]), "nor found: {query}");
    }
    program.call("connection_archive", json!({ "connection": practice(&program, "untyped").await })).await;
    let still = program.activity(json!({ "kind": "connection" })).await;
    assert_eq!(still["rows"][0]["action"], "connection.archive", "an archived connection's rows stay");
}

#[tokio::test]
async fn the_trail_is_read_by_the_page_and_searched() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    program.save(&draft["id"], &[("business_details/business_name_english", "Söhne Ltd")]).await.unwrap();
    for _ in 0..3 {
        program.call("draft_create", json!({ "connection": draft["connection"]["id"] })).await;
    }
    let all = program.activity(json!({})).await;
    assert_eq!((seqs(&all), &all["more"], &all["next"]), (vec![5, 4, 3, 2, 1], &json!(false), &Value::Null));
    let first = program.activity(json!({ "limit": 2 })).await;
    assert_eq!((seqs(&first), &first["more"], &first["next"]), (vec![5, 4], &json!(true), &json!(4)));
    let last = program.activity(json!({ "limit": 3, "before": first["next"] })).await;
    assert_eq!((seqs(&last), &last["more"]), (vec![3, 2, 1], &json!(false)), "as many as there are is no more");

    for (query, found) in [
        ("SOHNE", vec![2]),
        ("sohne draft.create", vec![2]),
        (draft["id"].as_str().unwrap(), vec![2]),
        ("program.start", vec![1]),
        (program.desk.actor(), vec![5, 4, 3, 2, 1]),
        ("nobody", vec![]),
    ] {
        assert_eq!(seqs(&program.activity(json!({ "query": query })).await), found, "{query}");
    }
    let page = program.activity(json!({ "query": "draft", "limit": 2 })).await;
    assert_eq!((seqs(&page), &page["next"]), (vec![5, 4], &json!(4)), "a search has pages too");
    assert_eq!(seqs(&program.activity(json!({ "kind": "draft", "before": 4 })).await), [3, 2]);
}

#[tokio::test]
async fn a_search_through_a_long_trail_says_how_far_it_came() {
    let computer = Computer::new();
    let program = computer.start().await;
    let rows = "WITH RECURSIVE n (seq) AS (SELECT 2 UNION ALL SELECT seq + 1 FROM n WHERE seq < 20600)
        INSERT INTO activity (seq, at, actor, action, object, detail, result, mac)
        SELECT seq, 0, 'ada', 'x', 'program', '', 'ok', zeroblob(32) FROM n";
    computer.database().execute_batch(rows).unwrap();
    let list = program.activity(json!({ "query": "program.start" })).await;
    assert_eq!((&list["rows"], &list["more"], &list["next"]), (&json!([]), &json!(true), &json!(601)));
    let list = program.activity(json!({ "query": "program.start", "before": list["next"] })).await;
    assert_eq!((seqs(&list), &list["more"]), (vec![1], &json!(false)));
}

#[tokio::test]
async fn a_trail_that_was_touched_says_where() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    program.run("draft_submit", submission(&draft)).await;
    let whole = program.call("activity_check", json!({})).await;
    assert_eq!(whole["broken_at"], Value::Null);
    assert_eq!(whole["rows"].as_u64(), seqs(&program.activity(json!({})).await).first().copied());
    let forge = "DROP TRIGGER activity_never_changed; UPDATE activity SET actor = 'nobody' WHERE seq = 2";
    computer.database().execute_batch(forge).unwrap();
    let broken = program.call("activity_check", json!({})).await;
    assert_eq!((&broken["broken_at"], &broken["rows"]), (&json!(2), &whole["rows"]));
}
