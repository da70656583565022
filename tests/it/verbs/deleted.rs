//! Deleted drafts: brought back as they were, or forgotten after 30 days.

use desk_sandbox::{FaultRule, Route};
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{filled, partner_id, practice, submission, submit};

const NAME: &str = "business_details/business_name_english";

async fn new_draft(program: &Program) -> Value {
    program.call("draft_create", json!({ "connection": practice(program, "typed").await })).await
}

async fn delete(program: &Program, draft: &Value) {
    program.call("draft_delete", json!({ "draft": draft["id"] })).await;
}

async fn restore(program: &Program, draft: &Value) {
    program.call("draft_restore", json!({ "draft": draft["id"] })).await;
}

/// How many rows a table has of a draft.
fn rows(computer: &Computer, table: &str, draft: &Value) -> i64 {
    let column = if table == "drafts" { "id" } else { "draft_id" };
    let sql = format!("SELECT count(*) FROM {table} WHERE {column} = ?1");
    computer.database().query_row(&sql, [draft["id"].as_str().unwrap()], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn a_deleted_draft_is_gone_and_comes_back_as_it_was() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    delete(&program, &draft).await;
    for name in ["draft_open", "draft_review", "draft_delete", "draft_duplicate"] {
        assert_eq!(program.refused(name, json!({ "draft": draft["id"] })).await.code, "draft.gone", "{name}");
    }
    let late = program.save(&draft["id"], &[(NAME, "Typed in an editor that was still open")]).await;
    assert_eq!(late.unwrap_err().code, "draft.gone");
    assert_eq!(program.fails("draft_submit", submission(&draft)).await["code"], "draft.gone");
    let list = program.drafts(json!({})).await;
    assert_eq!((&list["drafts"], &list["total"], &list["deleted"]), (&json!([]), &json!(0), &json!(1)));
    assert_eq!(program.status().await["drafts"], 0);
    let deleted = program.drafts(json!({ "deleted": true })).await;
    assert_eq!((&deleted["drafts"][0]["id"], &deleted["total"]), (&draft["id"], &json!(1)));
    assert!(deleted["drafts"][0]["deleted_at"].is_string());

    restore(&program, &draft).await;
    restore(&program, &draft).await;
    assert_eq!(program.draft(&draft["id"]).await, draft, "to the last letter, and not as a restored one");
    assert_eq!(program.drafts(json!({ "deleted": true })).await["total"], 0);
    assert_eq!(submit(&program, &draft).await["outcome"], "accepted");
}

#[tokio::test]
async fn what_a_platform_has_or_may_have_is_not_deleted() {
    let computer = Computer::new();
    let program = computer.start().await;
    let accepted = filled(&program).await;
    submit(&program, &accepted).await;
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Create, 500)]);
    let unknown = filled(&program).await;
    submit(&program, &unknown).await;
    for draft in [&accepted, &unknown] {
        assert_eq!(program.refused("draft_delete", json!({ "draft": draft["id"] })).await.code, "draft.read_only");
    }
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Create, 422)]);
    let rejected = filled(&program).await;
    assert_eq!(submit(&program, &rejected).await["outcome"], "rejected");
    delete(&program, &rejected).await;
    assert_eq!(program.drafts(json!({})).await["total"], 2);
    restore(&program, &rejected).await;
    assert_eq!(program.draft(&rejected["id"]).await["state"], "rejected");
}

#[tokio::test]
async fn a_deleted_draft_is_nothing_to_restore_after_a_crash() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = new_draft(&program).await;
    let program = computer.cut_off();
    let program = program.start().await;
    delete(&program, &draft).await;
    restore(&program, &draft).await;
    assert_eq!(program.draft(&draft["id"]).await["restored"], false, "its user brought it back, not the program");
}

#[tokio::test]
async fn an_id_that_was_taken_meanwhile_is_said_when_it_is_sent() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    delete(&program, &draft).await;
    let other = filled(&program).await;
    program.save(&other["id"], &[("partner_customer_id", partner_id(&draft).as_str().unwrap())]).await.unwrap();
    assert_eq!(submit(&program, &other).await["outcome"], "accepted");

    restore(&program, &draft).await;
    let back = program.draft(&draft["id"]).await;
    assert_eq!(back["texts"], draft["texts"], "nothing of it was changed");
    let refused = program.fails("draft_submit", submission(&back)).await;
    assert_eq!(refused["fields"][0]["code"], "partner_customer_id.taken");
}

#[tokio::test]
async fn a_draft_is_kept_for_thirty_days_and_then_forgotten() {
    let computer = Computer::new();
    let program = computer.start().await;
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Create, 422)]);
    let (typed, sent, in_use) = (filled(&program).await, filled(&program).await, filled(&program).await);
    submit(&program, &sent).await;
    delete(&program, &typed).await;
    delete(&program, &sent).await;
    program.desk.close().await;

    computer.days_pass(29);
    let program = computer.start().await;
    assert_eq!(program.drafts(json!({ "deleted": true })).await["total"], 2, "not yet");
    restore(&program, &typed).await;
    delete(&program, &typed).await;
    computer.days_pass(1);
    assert_eq!(program.drafts(json!({})).await["deleted"], 1, "the other one was deleted a day ago only");
    assert_eq!(program.refused("draft_restore", json!({ "draft": sent["id"] })).await.code, "draft.gone");
    program.desk.close().await;

    computer.days_pass(30);
    let program = computer.start().await;
    assert_eq!(program.drafts(json!({ "deleted": true })).await["total"], 0);
    assert_eq!((rows(&computer, "drafts", &typed), rows(&computer, "draft_edits", &typed)), (0, 0));
    assert_eq!((rows(&computer, "drafts", &sent), rows(&computer, "draft_edits", &sent)), (1, 0));
    assert_eq!(rows(&computer, "submissions", &sent), 1, "the record of what was sent stays");
    let texts = "SELECT texts FROM drafts WHERE id = ?1";
    let left: String = computer.database().query_row(texts, [sent["id"].as_str().unwrap()], |row| row.get(0)).unwrap();
    assert_eq!(left, "{}");
    assert_eq!(program.draft(&in_use["id"]).await["texts"], in_use["texts"], "what is in use is left alone");
    for draft in [&typed, &sent] {
        assert_eq!(program.refused("draft_restore", json!({ "draft": draft["id"] })).await.code, "draft.gone");
    }
    let purged = program.activity(json!({ "query": "draft.purge" })).await;
    assert_eq!(purged["rows"].as_array().unwrap().len(), 2, "and the trail says so, once for each: {purged}");
}

#[tokio::test]
async fn a_program_that_runs_for_weeks_forgets_as_well_and_once_a_day() {
    let computer = Computer::new();
    let program = computer.start().await;
    let drafts = [new_draft(&program).await, new_draft(&program).await, new_draft(&program).await];
    let left = || drafts.iter().map(|draft| rows(&computer, "drafts", draft)).collect::<Vec<_>>();
    delete(&program, &drafts[0]).await;
    computer.days_pass(31);
    delete(&program, &drafts[1]).await;
    assert_eq!(left(), [0, 1, 1]);
    let old = "UPDATE drafts SET deleted_at = 1 WHERE deleted_at IS NOT NULL";
    computer.database().execute_batch(old).unwrap();
    delete(&program, &drafts[2]).await;
    assert_eq!(left(), [0, 1, 1], "it was done today");
    program.desk.close().await;
    computer.start().await;
    assert_eq!(left(), [0, 1, 1], "a new start is no new day");
    computer.days_pass(1);
    computer.start().await;
    assert_eq!(left(), [0, 0, 1]);
}
