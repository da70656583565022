//! How the questions of the queue are answered: by the indexes that were made for them, and by nothing else.

use rstest::rstest;
use rusqlite::Connection;
use rusqlite::types::Null;

use super::*;
use crate::migrations;

fn opened() -> Connection {
    let mut db = Connection::open_in_memory().unwrap();
    migrations::migrate(&mut db).unwrap();
    db
}

/// The steps in which SQLite answers a question, those of them that touch a table.
fn plan(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let holes = vec![Null; statement.parameter_count()];
    let steps = statement.query_map(rusqlite::params_from_iter(holes), |row| row.get::<_, String>("detail")).unwrap();
    steps.map(Result::unwrap).filter(|step| step.starts_with("SCAN") || step.starts_with("SEARCH")).collect()
}

/// Steps that cost no more for all that has ended.
const CHEAP: &[&str] = &[
    "USING COVERING INDEX submissions_alive",
    "USING INDEX submissions_alive",
    "USING INDEX submissions_of_customer (connection_id=? AND customer_id=?",
    "USING COVERING INDEX submissions_of_draft (draft_id=?)",
    "USING INDEX submissions_of_draft (draft_id=?)",
    "USING COVERING INDEX drafts_listed (connection_id=? AND deleted_at=? AND state=?)",
    "USING INDEX sqlite_autoindex_submissions_1 (id=?)",
];

/// Of what is no table of the store: what a step before it has made, and the ids that were asked for.
const MADE: &[&str] =
    &["SCAN lined", "SCAN heads", "SCAN (subquery", "SEARCH (subquery", "SCAN json_each", "SCAN CONSTANT ROW"];

#[rstest]
#[case::sendable(&sendable_sql())]
#[case::next_due(&next_due_sql())]
#[case::lookable(LOOKABLE)]
#[case::holding(HOLDING)]
#[case::is_behind(IS_BEHIND)]
#[case::unsettled(UNSETTLED)]
#[case::hasten(HASTEN)]
#[case::waits_for_network(WAITS_FOR_NETWORK)]
#[case::in_state(IN_STATE)]
#[case::changes_customer(CHANGES_CUSTOMER)]
#[case::accepted_body(ACCEPTED_BODY)]
fn no_question_of_the_queue_walks_what_has_ended(#[case] sql: &str) {
    let steps = plan(&opened(), sql);
    assert!(steps.iter().any(|step| CHEAP.iter().any(|cheap| step.contains(cheap))), "{steps:#?}");
    for step in &steps {
        let cheap = CHEAP.iter().any(|cheap| step.contains(cheap)) || MADE.iter().any(|made| step.starts_with(made));
        assert!(cheap, "{step} of {steps:#?}");
    }
}

#[test]
fn a_question_without_the_index_would_be_seen() {
    let db = opened();
    let walks = "SELECT id FROM submissions WHERE connection_id = ?1 AND state IN ('queued', 'paused')";
    let steps = plan(&db, walks);
    assert!(!CHEAP.iter().any(|cheap| steps[0].contains(cheap)), "{steps:#?}");
}
