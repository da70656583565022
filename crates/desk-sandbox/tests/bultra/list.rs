//! The list: order, filters, pages, cursors, and what goes on meanwhile.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use desk_sandbox::{BultraRow, Churn, Options, Sandbox};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    api::{Bultra, code},
    support::*,
};

fn ids(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn it_is_newest_first_and_ends() {
    let sandbox = started();
    let api = Bultra::new(&sandbox).await;
    let (rows, pages) = api.all("limit=100").await;
    assert_eq!((rows.len(), pages), (2_000, 20), "the last page says so itself");
    assert_eq!(ids(&rows), sandbox.bultra_rows().into_iter().map(|row| row.id).collect::<Vec<_>>());
    let created: Vec<_> = rows.iter().map(|row| row["created_at"].as_str().expect("a time")).collect();
    assert!(created.is_sorted_by(|one, other| one >= other));
}

#[tokio::test]
async fn a_page_has_20_rows_unless_asked_otherwise() {
    let sandbox = started();
    let api = Bultra::new(&sandbox).await;
    for (query, rows) in [("", 20), ("limit=1", 1), ("limit=100", 100)] {
        let (status, page) = api.list(query).await;
        assert_eq!((status, page["data"].as_array().map(Vec::len)), (200, Some(rows)), "{query}");
    }
}

#[rstest]
#[case("limit=0", &["limit"])]
#[case("limit=101", &["limit"])]
#[case("limit=-1", &["limit"])]
#[case("limit=", &["limit"])]
#[case("limit=many", &["limit"])]
#[case("limit=5&limit=6", &["limit"])]
#[case("type=PERSON", &["type"])]
#[case("type=individual", &["type"])]
#[case("status=ACTIVE_L2F&type=", &["type", "status"])]
#[tokio::test]
async fn a_parameter_that_cannot_be_taken_is_named(#[case] query: &str, #[case] fields: &[&str]) {
    let sandbox = started();
    let (status, error) = Bultra::new(&sandbox).await.list(query).await;
    assert_eq!((status, code(&error)), (400, "INVALID_REQUEST"));
    assert_eq!(named_fields(&error), fields);
}

#[rstest]
#[case("type=CORPORATION", |row: &BultraRow| row.party == "CORPORATION")]
#[case("status=FROZEN", |row: &BultraRow| row.status.trim_end_matches("_L2F") == "FROZEN")]
#[case("type=INDIVIDUAL&status=EDD", |row: &BultraRow| row.party == "INDIVIDUAL" && row.status.starts_with("EDD"))]
#[tokio::test]
async fn filters_hold_over_all_pages(#[case] query: &str, #[case] wanted: fn(&BultraRow) -> bool) {
    let sandbox = started();
    let api = Bultra::new(&sandbox).await;
    let (rows, pages) = api.all(&format!("{query}&limit=37")).await;
    let expected: Vec<_> = sandbox.bultra_rows().into_iter().filter(wanted).map(|row| row.id).collect();
    assert!(pages > 1 && expected.len() < 2_000);
    assert_eq!(ids(&rows), expected);
}

#[tokio::test]
async fn a_list_whose_length_is_a_number_of_pages_has_no_empty_one() {
    let sandbox = started_with(Options { bultra_customers: 40, ..Options::default() });
    let api = Bultra::new(&sandbox).await;
    assert_eq!(api.all("").await.1, 2);
    sandbox.set_bultra_customers(0);
    assert_eq!(api.all("").await, (Vec::new(), 1));
}

async fn first_cursor(api: &Bultra, query: &str) -> String {
    let (_, page) = api.list(query).await;
    page["pagination"]["next_cursor"].as_str().expect("a cursor").to_owned()
}

#[tokio::test]
async fn a_cursor_expires_after_ten_minutes() {
    let sandbox = started();
    let api = Bultra::new(&sandbox).await;
    let cursor = first_cursor(&api, "").await;
    sandbox.advance_clock(Duration::from_secs(599));
    assert_eq!(api.list(&format!("cursor={cursor}")).await.0, 200, "and can be used again");
    assert_eq!(api.list(&format!("cursor={cursor}&limit=3")).await.0, 200);
    sandbox.advance_clock(Duration::from_secs(1));
    let (status, error) = api.list(&format!("cursor={cursor}")).await;
    assert_eq!((status, code(&error)), (400, "CURSOR_EXPIRED"));
}

#[tokio::test]
async fn a_cursor_that_was_not_given_for_this_list_is_refused() {
    let sandbox = started();
    let api = Bultra::new(&sandbox).await;
    let cursor = first_cursor(&api, "type=INDIVIDUAL").await;
    let cut = &cursor[..cursor.len() - 1];
    for query in [
        format!("cursor={cursor}"),
        format!("cursor={cut}&type=INDIVIDUAL"),
        "cursor=".into(),
        "cursor=cursor_abc123".into(),
    ] {
        let (status, error) = api.list(&query).await;
        assert_eq!((status, code(&error)), (400, "INVALID_CURSOR"), "{query}");
    }
    assert!(!cursor.contains("cust_"), "opaque");
}

#[tokio::test]
async fn a_cursor_outlives_a_restart() {
    let sandbox = started();
    let cursor = first_cursor(&Bultra::new(&sandbox).await, "limit=5").await;
    let again = started_with(Options { snapshot: Some(sandbox.snapshot()), ..Options::default() });
    let (_, page) = Bultra::new(&again).await.list(&format!("limit=5&cursor={cursor}")).await;
    let expected: Vec<_> = sandbox.bultra_rows().into_iter().skip(5).take(5).map(|row| row.id).collect();
    assert_eq!(ids(page["data"].as_array().expect("rows")), expected);
}

fn by_id(sandbox: &Sandbox) -> HashMap<String, BultraRow> {
    sandbox.bultra_rows().into_iter().map(|row| (row.id.clone(), row)).collect()
}

#[rstest]
#[case(1, "limit=100")]
#[case(2, "limit=7&status=EDD")]
#[case(3, "limit=20&type=CORPORATION")]
#[tokio::test]
async fn churn_neither_loses_nor_doubles_a_row_that_stays(#[case] seed: u64, #[case] query: &str) {
    let sandbox = started();
    let api = Bultra::new(&sandbox).await;
    let unchanged = api.all(query).await;
    let before = by_id(&sandbox);
    sandbox.set_churn(Some(Churn { seed, inserts: 5, changes: 5, deletes: 5 }));
    let (rows, pages) = api.all(query).await;
    let after = by_id(&sandbox);
    let read = ids(&rows);
    let once: BTreeSet<_> = read.iter().collect();
    assert_eq!(once.len(), read.len(), "no row comes twice");
    let stays = |id: &String| after.get(id).is_some_and(|row| row.status == before[id].status);
    let lost: Vec<_> = ids(&unchanged.0).into_iter().filter(|id| stays(id) && !once.contains(id)).collect();
    assert_eq!(lost, Vec::<String>::new());
    let (gone, came) = (
        before.keys().filter(|id| !after.contains_key(*id)).count(),
        after.keys().filter(|id| !before.contains_key(*id)).count(),
    );
    let moved = before.values().filter(|row| after.get(&row.id).is_some_and(|now| now.status != row.status)).count();
    let turns = pages - 1;
    assert!(gone > turns && came > turns && moved > turns, "{gone} gone, {came} came, {moved} moved in {turns} turns");
    assert!(came <= 5 * turns && gone <= 5 * turns && moved <= 5 * turns);
    sandbox.set_churn(None);
    assert_eq!(api.all(query).await.0, api.all(query).await.0, "nothing goes on any more");
}

#[tokio::test]
async fn churn_is_the_same_for_the_same_seed() {
    let mut seen = Vec::new();
    for seed in [7, 7, 8] {
        let sandbox = started();
        sandbox.set_churn(Some(Churn { seed, inserts: 2, changes: 2, deletes: 2 }));
        let rows = Bultra::new(&sandbox).await.all("limit=100").await.0;
        seen.push((rows, sandbox.bultra_rows()));
    }
    assert_eq!(seen[0], seen[1]);
    assert_ne!(seen[0], seen[2]);
}

#[tokio::test]
async fn churn_only_goes_on_between_pages() {
    let sandbox = started();
    let api = Bultra::new(&sandbox).await;
    sandbox.set_churn(Some(Churn { seed: 1, inserts: 1, changes: 1, deletes: 1 }));
    let rows = sandbox.bultra_rows();
    assert_eq!(api.list("").await.0, 200);
    assert_eq!(api.customer(&rows[0].id).await.0, 200);
    assert_eq!(sandbox.bultra_rows(), rows);
    let last = rows[19].id.clone();
    api.list(&format!("cursor={}", first_cursor(&api, "").await)).await;
    assert!(sandbox.bultra_rows().iter().all(|row| row.id != last), "the row under the cursor goes first");
    assert_eq!(sandbox.bultra_rows().len(), 2_000);
}

#[tokio::test]
async fn a_list_that_empties_under_the_cursor_ends() {
    let sandbox = started_with(Options { bultra_customers: 25, ..Options::default() });
    let api = Bultra::new(&sandbox).await;
    let cursor = first_cursor(&api, "").await;
    sandbox.bultra_rows().iter().for_each(|row| assert!(sandbox.delete_bultra(&row.id)));
    let (status, page) = api.list(&format!("cursor={cursor}")).await;
    assert_eq!((status, page), (200, json!({ "data": [], "pagination": { "has_more": false, "next_cursor": null } })));
}
