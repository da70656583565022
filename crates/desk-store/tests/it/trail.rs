//! The trail: what shows that it was touched.

use desk_domain::field::Field;
use desk_domain::platform::Environment;
use desk_store::activity::{self, Activity, Head, Reveal, Verdict};
use desk_store::activity_list::{self, NamedActivity, ObjectKind, Part};
use desk_store::connections::ConnectionRow;
use desk_store::{Connection, SqlResult, StoreError, Transaction, connections, draft_purge, drafts, settings};
use rstest::rstest;

use crate::support::{Desk, NOW, connection, id, new_draft, set};

fn shown(customer: &str, path: &str, at: i64) -> Activity {
    Activity {
        actor: "ada".to_owned(),
        action: activity::REVEAL.to_owned(),
        object: activity::customer(id(1), customer),
        detail: path.to_owned(),
        result: "ok".to_owned(),
        at,
    }
}

async fn with_rows() -> Desk {
    let desk = Desk::new();
    for number in 1..=5 {
        desk.store
            .write(move |tx| activity::append(tx, &shown("C-1", &format!("path/{number}"), NOW + number)))
            .await
            .unwrap();
    }
    desk
}

async fn verdict(desk: &Desk, known: Option<Head>) -> Verdict {
    desk.store.read(move |db| activity::verify(db, known)).await.unwrap()
}

#[tokio::test]
async fn an_untouched_trail_is_whole_and_lists_newest_first() {
    let desk = with_rows().await;
    let head = desk.store.read(activity::head).await.unwrap();
    assert_eq!(head.seq, 5);
    assert_eq!(verdict(&desk, Some(head)).await, Verdict::Whole(head));
    let page = |before| move |db: &Connection| activity::list(db, before, 2);
    let rows = desk.store.read(page(None)).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [5, 4]);
    assert_eq!(rows[0].activity, shown("C-1", "path/5", NOW + 5));
    let rows = desk.store.read(page(Some(4))).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [3, 2]);
}

#[tokio::test]
async fn an_empty_trail_is_whole() {
    let desk = Desk::new();
    assert!(matches!(verdict(&desk, None).await, Verdict::Whole(Head { seq: 0, .. })));
}

#[rstest]
#[case::actor("UPDATE activity SET actor = 'bob' WHERE seq = 3", 3)]
#[case::time("UPDATE activity SET at = at + 1 WHERE seq = 1", 1)]
#[case::result("UPDATE activity SET result = 'failed' WHERE seq = 5", 5)]
#[case::text_moved_to_the_next_column(
    "UPDATE activity SET object = object || 'p', detail = substr(detail, 2) WHERE seq = 2",
    2
)]
#[case::removed("DELETE FROM activity WHERE seq = 2", 2)]
#[case::first_removed("DELETE FROM activity WHERE seq = 1", 1)]
#[case::closed_up("DELETE FROM activity WHERE seq = 2; UPDATE activity SET seq = seq - 1 WHERE seq > 2", 2)]
#[tokio::test]
async fn a_changed_or_missing_row_shows(#[case] sql: &'static str, #[case] at: i64) {
    let desk = with_rows().await;
    let refused = desk.store.write(move |tx| tx.execute_batch(sql)).await;
    assert!(matches!(refused, Err(StoreError::Constraint(_))), "the table refuses it: {refused:?}");
    let forced = move |tx: &Transaction<'_>| -> SqlResult<()> {
        tx.execute_batch("DROP TRIGGER activity_never_changed; DROP TRIGGER activity_never_deleted")?;
        tx.execute_batch(sql)
    };
    desk.store.write(forced).await.unwrap();
    assert_eq!(verdict(&desk, None).await, Verdict::Broken { at }, "and the chain shows it");
}

#[tokio::test]
async fn a_trail_that_lost_its_end_shows_against_a_head_kept_elsewhere() {
    let desk = with_rows().await;
    let head = desk.store.read(activity::head).await.unwrap();
    let cut = |tx: &Transaction<'_>| -> SqlResult<()> {
        tx.execute_batch("DROP TRIGGER activity_never_deleted; DELETE FROM activity WHERE seq > 3")
    };
    desk.store.write(cut).await.unwrap();
    assert!(matches!(verdict(&desk, None).await, Verdict::Whole(_)), "the chain alone cannot know");
    assert_eq!(verdict(&desk, Some(head)).await, Verdict::Cut { after: 5 });
    for number in 4..=6 {
        let other = shown("C-2", "x", NOW + number);
        desk.store.write(move |tx| activity::append(tx, &other)).await.unwrap();
    }
    assert_eq!(verdict(&desk, Some(head)).await, Verdict::Cut { after: 5 }, "nor does writing it on hide it");
}

#[tokio::test]
async fn a_trail_whose_key_is_gone_is_not_given_another() {
    let desk = with_rows().await;
    desk.store.write(|tx| settings::remove(tx, "activity.key")).await.unwrap();
    desk.store.close().await.unwrap();
    let store = crate::support::open(&desk.path()).unwrap();
    assert!(store.read(|db| activity::verify(db, None)).await.is_err());
    assert!(store.write(|tx| activity::append(tx, &shown("C-1", "x", NOW))).await.is_err());
}

#[tokio::test]
async fn what_was_shown_of_a_customer_is_known_by_actor_and_day() {
    let desk = Desk::new();
    let rows = [
        shown("C-1", "old", NOW - 1),
        shown("C-1", "a", NOW),
        shown("C-1", "b", NOW + 1),
        shown("C-1", "a", NOW + 2),
        shown("C-2", "c", NOW),
        Activity { actor: "bob".to_owned(), ..shown("C-1", "d", NOW) },
        Activity { action: "customer.open".to_owned(), ..shown("C-1", "e", NOW) },
        Activity { result: "not_found".to_owned(), ..shown("C-1", "f", NOW) },
    ];
    desk.store.write(move |tx| rows.iter().try_for_each(|row| activity::append(tx, row).map(|_| ()))).await.unwrap();
    let found = desk.store.read(|db| activity::shown(db, id(1), "C-1", "ada", NOW)).await.unwrap();
    assert_eq!(found, [("a".to_owned(), NOW + 2), ("b".to_owned(), NOW + 1)]);
    let again = Reveal { path: "b".to_owned(), reading: Some(id(9)), reason: Some("asked".to_owned()) };
    let again = shown("C-1", &again.detail(), NOW + 3);
    desk.store.write(move |tx| activity::append(tx, &again)).await.unwrap();
    let found = desk.store.read(|db| activity::shown(db, id(1), "C-1", "ada", NOW)).await.unwrap();
    assert_eq!(found, [("b".to_owned(), NOW + 3), ("a".to_owned(), NOW + 2)], "the path alone says what");
}

#[rstest]
#[case::path("a/b", None, None)]
#[case::reason("a/b", None, Some("The bank asks"))]
#[case::reading("a/b", Some(id(7)), None)]
#[case::both("a/b", Some(id(7)), Some("The bank asks"))]
fn what_a_reveal_says_is_read_as_it_was_written(
    #[case] path: &str,
    #[case] reading: Option<uuid::Uuid>,
    #[case] reason: Option<&str>,
) {
    let reveal = Reveal { path: path.to_owned(), reading, reason: reason.map(str::to_owned) };
    assert_eq!(Reveal::from_detail(&reveal.detail()), reveal);
}

#[test]
fn a_key_of_a_platform_cannot_pose_as_a_reason() {
    let reveal = Reveal { path: format!("x\n{}\nasked", id(7)), reading: None, reason: None };
    let read = Reveal::from_detail(&reveal.detail());
    assert_eq!((read.reading, read.reason), (None, None), "{}", reveal.detail());
}

#[tokio::test]
async fn an_end_that_is_kept_elsewhere_is_known_again() {
    let desk = with_rows().await;
    let head = desk.store.read(activity::head).await.unwrap();
    assert_eq!(Head::from_text(&head.text()), Some(head));
    for text in ["", "5", "5:", "x:00", "5:zz", &format!("{}0", head.text())] {
        assert_eq!(Head::from_text(text), None, "{text}");
    }
    let has = async |head: Head| desk.store.read(move |db| activity::has(db, head)).await.unwrap();
    assert!(has(head).await);
    assert!(has(Head { seq: 0, mac: [0; 32] }).await, "every trail began with nothing");
    assert!(!has(Head { seq: 4, ..head }).await && !has(Head { mac: [7; 32], ..head }).await);
}

/// Two connections of two environments, a draft and a customer of the first one, and a row for each of them and the program.
async fn with_objects() -> Desk {
    let desk = Desk::new();
    let write = desk.store.write(|tx| {
        connections::insert(tx, &connection(1))?;
        let bank =
            ConnectionRow { environment: Environment::Test, base_url: "https://b.example".into(), ..connection(2) };
        connections::insert(tx, &bank)?;
        drafts::insert(tx, &new_draft(3, 1, vec![set(Field::BusinessNameEnglish, "Lantern Quay")]), NOW)?;
        drafts::insert(tx, &new_draft(4, 2, vec![set(Field::BusinessName, "灯码头")]), NOW)?;
        tx.execute_batch(&format!(
            "INSERT INTO customers (connection_id, customer_id, name, local_name, read_at)
             VALUES ('{}', 'C:1', 'Bay Ltd', '', 0)",
            id(1)
        ))?;
        let objects = [
            activity::customer(id(1), "C:1"),
            activity::draft(id(3)),
            activity::draft(id(4)),
            activity::connection(id(2)),
            activity::connection(id(1)),
            activity::PROGRAM.to_owned(),
        ];
        let row = |object| Activity { action: "done".to_owned(), object, ..shown("", "", NOW) };
        objects.into_iter().try_for_each(|object| activity::append(tx, &row(object)).map(|_| ()))
    });
    write.await.unwrap();
    desk
}

async fn named(desk: &Desk, environment: Environment, kind: Option<ObjectKind>) -> Vec<NamedActivity> {
    let part = Part { environment: Some(environment), kind, before: None };
    desk.store.read(move |db| activity_list::list_named(db, &part, 99)).await.unwrap()
}

#[tokio::test]
async fn a_row_says_what_it_is_about_and_stays_in_its_environment() {
    let desk = with_objects().await;
    let short = |rows: Vec<NamedActivity>| -> Vec<_> {
        let of = |row: NamedActivity| (row.seq, row.kind, row.id, row.name, row.connection.map(|(id, ..)| id));
        rows.into_iter().map(of).collect()
    };
    let row = |seq, kind, id: &str, name: &str, connection| (seq, kind, id.to_owned(), name.to_owned(), connection);
    let program = row(6, ObjectKind::Program, "", "", None);
    let sandbox = [
        program.clone(),
        row(5, ObjectKind::Connection, &id(1).to_string(), "Connection 1", Some(id(1))),
        row(2, ObjectKind::Draft, &id(3).to_string(), "Lantern Quay", Some(id(1))),
        row(1, ObjectKind::Customer, "C:1", "Bay Ltd", Some(id(1))),
    ];
    assert_eq!(short(named(&desk, Environment::Sandbox, None).await), sandbox);
    let test = [
        program,
        row(4, ObjectKind::Connection, &id(2).to_string(), "Connection 2", Some(id(2))),
        row(3, ObjectKind::Draft, &id(4).to_string(), "灯码头", Some(id(2))),
    ];
    assert_eq!(short(named(&desk, Environment::Test, None).await), test);
    let drafts = short(named(&desk, Environment::Sandbox, Some(ObjectKind::Draft)).await);
    assert_eq!(drafts, sandbox[2..3]);
    let part = Part { environment: Some(Environment::Sandbox), kind: None, before: Some(5) };
    let page = desk.store.read(move |db| activity_list::list_named(db, &part, 1)).await.unwrap();
    assert_eq!(short(page), sandbox[2..3], "a page goes on below the number it was given");
}

#[tokio::test]
async fn rows_of_a_draft_that_is_gone_stay_in_its_environment() {
    let desk = with_objects().await;
    let write = desk.store.write(|tx| {
        drafts::set_deleted(tx, id(4), Some(NOW))?;
        for gone in draft_purge::purge(tx, NOW)? {
            let (object, detail) = (activity::draft(gone.id), gone.connection_id.to_string());
            let row = Activity { action: activity::PURGE.to_owned(), object, ..shown("", &detail, NOW) };
            activity::append(tx, &row)?;
        }
        Ok(())
    });
    write.await.unwrap();
    let drafts = |rows: Vec<NamedActivity>| -> Vec<_> {
        let of = |row: NamedActivity| (row.seq, row.name, row.activity.detail, row.connection.map(|(id, ..)| id));
        rows.into_iter().map(of).collect()
    };
    let row = |seq| (seq, String::new(), String::new(), Some(id(2)));
    let found = drafts(named(&desk, Environment::Test, Some(ObjectKind::Draft)).await);
    assert_eq!(found, [row(7), row(3)], "nameless, and of its connection still");
    assert_eq!(named(&desk, Environment::Sandbox, Some(ObjectKind::Draft)).await.len(), 1);
    assert!(matches!(verdict(&desk, None).await, Verdict::Whole(Head { seq: 7, .. })));
}
