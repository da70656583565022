//! What a start finds after the program ended, or the disk failed, in the middle.

use std::sync::Arc;
use std::time::Duration;

use desk_core::Form;
use desk_core::practice::{Boxed, Practice, PracticeAccount, PracticeOff};
use desk_sandbox::{Fault, FaultRule, Options, Route, Sandbox};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::computer::{Computer, account};
use super::form::{filled, partner_id, submission, submit, submitting};

#[tokio::test]
async fn a_program_that_ended_while_sending_says_unknown_and_looks_it_up() {
    let computer = Computer::new();
    let program = computer.start().await;
    let taken_then_silent = FaultRule::new(Route::Create, Fault::Delay(Duration::from_secs(60)));
    computer.sandbox.set_faults(vec![taken_then_silent]);
    let draft = filled(&program).await;
    let _job = submitting(&computer, &program, &draft).await;

    let after = computer.cut_off();
    // Until it can be looked up: the outbox does so by itself.
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Detail, 500)]);
    let program = after.start().await;
    let found = program.draft(&draft["id"]).await;
    let outcome = &found["outcome"];
    assert_eq!(found["state"], "unknown", "never left in `sending`");
    assert_eq!((&outcome["outcome"], &outcome["reason"]["code"]), (&json!("unknown"), &json!("program.ended")));
    assert_eq!(program.fails("draft_submit", submission(&found)).await["code"], "draft.read_only");
    computer.sandbox.set_faults(Vec::new());
    let looked_up = program.run("submission_lookup", json!({ "draft": draft["id"] })).await;
    assert_eq!(looked_up["outcome"], "accepted");
    let again = program.run("submission_lookup", json!({ "draft": draft["id"] })).await;
    assert_eq!(again, looked_up, "whoever asks after it was found hears what was found");
    assert_eq!((computer.posts(), computer.rows_with(&partner_id(&draft))), (1, 1));
}

#[tokio::test]
async fn an_outcome_that_the_disk_did_not_take_is_written_when_it_does() {
    let computer = Computer::new();
    let program = computer.start().await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Delay(Duration::from_millis(500)))]);
    let draft = filled(&program).await;
    let job = submitting(&computer, &program, &draft).await;
    // Nothing can be written while another program holds the database.
    let other = computer.database();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let last = job.last().await;
    assert_eq!((&last["event"], &last["error"]["code"]), (&json!("failed"), &json!("store.failed")), "it is said");
    assert_eq!(program.draft_row(&draft["id"]).await["state"], "sending", "and nothing else is claimed");

    other.execute_batch("ROLLBACK").unwrap();
    let settled = || async { program.draft_row(&draft["id"]).await["state"] == "accepted" };
    program.until("the outcome is written without a restart", settled).await;
    assert_eq!(program.draft(&draft["id"]).await["outcome"]["outcome"], "accepted");
    assert_eq!((computer.posts(), computer.rows_with(&partner_id(&draft))), (1, 1));
}

/// A practice platform as the shell serves it: within the program, from the snapshot that was kept.
#[derive(Default)]
pub struct Served(pub Mutex<Option<Sandbox>>);

impl Practice for Served {
    fn account(&self, form: Form, snapshot: Option<Value>) -> Boxed<'_, Result<PracticeAccount, PracticeOff>> {
        Box::pin(async move {
            let mut running = self.0.lock().await;
            if running.is_none() {
                *running = Some(Sandbox::start(Options { snapshot, ..Options::default() }).map_err(|_| PracticeOff)?);
            }
            running.as_ref().map(|sandbox| account(sandbox, form)).ok_or(PracticeOff)
        })
    }

    fn snapshot(&self) -> Boxed<'_, Option<Value>> {
        Box::pin(async { self.0.lock().await.as_ref().map(Sandbox::snapshot) })
    }
}

#[tokio::test]
async fn the_practice_platform_remembers_over_a_restart() {
    let computer = Computer::new();
    let program = computer.start_with(Arc::new(Served::default())).await;
    let draft = filled(&program).await;
    let outcome = submit(&program, &draft).await;
    assert_eq!(outcome["outcome"], "accepted", "{outcome}");

    let after = computer.cut_off();
    let program = after.start_with(Arc::new(Served::default())).await;
    let connection = &draft["connection"]["id"];
    let by = json!({ "connection": connection, "by": "partner_customer_id", "value": partner_id(&draft) });
    assert_eq!(program.run("customer_lookup", by).await["customer_id"], outcome["customer_id"]);
}

/// A practice platform that does not start.
struct Off;

impl Practice for Off {
    fn account(&self, _: Form, _: Option<Value>) -> Boxed<'_, Result<PracticeAccount, PracticeOff>> {
        Box::pin(async { Err(PracticeOff) })
    }

    fn snapshot(&self) -> Boxed<'_, Option<Value>> {
        Box::pin(async { None })
    }
}

#[tokio::test]
async fn a_practice_platform_that_does_not_start_leaves_the_draft_as_it_was() {
    let computer = Computer::new();
    let program = computer.start_with(Arc::new(Off)).await;
    let draft = filled(&program).await;
    let view = program.run("draft_submit", submission(&draft)).await;
    assert_eq!((&view["outcome"], &view["reason"]["code"]), (&json!("not_sent"), &json!("network.refused")));
    assert_eq!(program.draft(&draft["id"]).await["texts"], draft["texts"]);
    assert_eq!(program.draft(&draft["id"]).await["state"], "editing");
}
