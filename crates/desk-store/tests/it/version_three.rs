//! A database of version 3, as the program before updates and files left it, opens as one of this version.

use desk_domain::platform::{Environment, Kind, Revision};
use desk_store::customers::{self, Listing, Order, Upkeep};
use desk_store::drafts::{self, Purpose};
use desk_store::{connections, newest_version, readings};
use rstest::rstest;
use rusqlite::Connection;

use crate::support::{Desk, KEY, NOW, id, open};

const FILES: [&str; 3] = [
    include_str!("../../migrations/0001_start.sql"),
    include_str!("../../migrations/0002_customer_lists.sql"),
    include_str!("../../migrations/0003_outbox.sql"),
];

/// A status as two columns of its row.
type StatusColumns = Option<(&'static str, &'static str)>;

/// A status of each group, and none; with the number of its readings.
const CUSTOMERS: [(&str, StatusColumns, u32); 6] = [
    ("waiting", Some(("Processing", "waiting")), 2),
    ("attention", Some(("Suspended", "attention")), 1),
    ("unknown", Some(("UNDER_REVIEW", "unknown")), 3),
    ("none", None, 1),
    ("active", Some(("Succeeded", "active")), 2),
    ("stopped", Some(("Failed", "stopped")), 0),
];

fn of_version_three() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let db = Connection::open(&path).unwrap();
    let files = FILES.concat();
    db.execute_batch(&format!("PRAGMA key = \"x'{KEY}'\"; PRAGMA cipher_compatibility = 4; {files}")).unwrap();
    db.pragma_update(None, "user_version", 3).unwrap();
    let connection = id(1).to_string();
    let insert = "INSERT INTO connections (id, name, kind, revision, environment, base_url, created_at)
        VALUES (?1, 'A', 'axisfi', 'typed', 'sandbox', 'sandbox:typed', ?2)";
    db.execute(insert, (&connection, NOW)).unwrap();
    for (customer, status, count) in CUSTOMERS {
        let (raw, group) = status.unzip();
        let insert =
            "INSERT INTO customers (connection_id, customer_id, name, local_name, status_raw, status_group, read_at)
            VALUES (?1, ?2, ?2, '', ?3, ?4, ?5)";
        db.execute(insert, (&connection, customer, raw, group, NOW)).unwrap();
        for number in 0..count {
            let insert =
                "INSERT INTO readings (id, connection_id, customer_id, raw, sha256, first_read_at, last_read_at)
                VALUES (?1, ?2, ?3, ?4, zeroblob(32), ?5, ?5)";
            let reading = uuid::Uuid::now_v7().to_string();
            db.execute(insert, (reading, &connection, customer, format!("{{\"n\":{number}}}"), NOW)).unwrap();
        }
    }
    let update =
        "INSERT INTO drafts (id, connection_id, purpose, customer_id, base_reading_id, state, seq, texts, persons,
            open, created_at, saved_at)
        SELECT ?1, ?2, 'update', 'waiting', id, 'editing', 0, '{}', '[]', 0, ?3, ?3 FROM readings
            WHERE customer_id = 'waiting' ORDER BY seq LIMIT 1";
    db.execute(update, (id(7).to_string(), &connection, NOW)).unwrap();
    db.close().unwrap();
    Desk { store: open(&path).unwrap(), folder }
}

#[rstest]
#[case::waiting("waiting", true)]
#[case::attention("attention", true)]
#[case::word_nobody_knows("unknown", true)]
#[case::no_status("none", true)]
#[case::active("active", false)]
#[case::stopped("stopped", false)]
#[tokio::test]
async fn what_is_there_was_seen_as_it_is_and_what_is_open_is_asked_for(
    #[case] customer: &'static str,
    #[case] asked: bool,
) {
    let desk = of_version_three();
    let version = desk.store.read(|db| db.pragma_query_value(None, "user_version", |row| row.get(0))).await;
    assert_eq!(version, Ok(newest_version()));
    let read = desk.store.read(move |db| {
        let row = customers::get(db, id(1), customer)?.unwrap();
        let newest = readings::newest(db, id(1), customer)?;
        Ok((row.upkeep, customers::seen_reading(db, id(1), customer)?, newest))
    });
    let (upkeep, seen, newest) = read.await.unwrap();
    assert_eq!(seen, newest);
    let ask_at = asked.then_some(NOW);
    let asks = if asked { 3 } else { 0 };
    assert_eq!(upkeep, Upkeep { seen_seq: upkeep.seen_seq, ask_at, asks, ..Upkeep::default() });
}

#[tokio::test]
async fn whoever_is_sent_from_now_on_is_asked_for_before_all_that_is_there() {
    let desk = of_version_three();
    let write = desk.store.write(|tx| {
        customers::schedule(tx, id(1), "stopped", Some(NOW + 9), 0)?;
        let due = |tx: &_| customers::due(tx, id(1), NOW + 9);
        let first = due(tx)?.unwrap().customer_id;
        customers::schedule(tx, id(1), &first, None, 1)?;
        Ok((first, due(tx)?.map(|next| next.asks)))
    });
    assert_eq!(write.await.unwrap(), ("stopped".to_owned(), Some(3)));
}

#[tokio::test]
async fn nothing_of_it_needs_to_be_looked_at_and_nothing_is_held() {
    let desk = of_version_three();
    let all = Listing {
        connections: vec![id(1)],
        query: String::new(),
        group: None,
        only: None,
        party: None,
        status: None,
        order: Order::Name,
        reversed: false,
        offset: 0,
        limit: 10,
    };
    let read = desk.store.read(move |db| {
        let changed = customers::count_changed(db, &all.connections)?;
        Ok((changed, customers::held_until(db, id(1))?, customers::page(db, &all)?, connections::list(db)?))
    });
    let (changed, held, page, connections) = read.await.unwrap();
    assert_eq!((changed, held, page.total), (0, None, 6));
    let kept: Vec<_> = connections.iter().map(|row| (row.kind, row.revision, row.environment)).collect();
    assert_eq!(kept, [(Kind::Axisfi, Some(Revision::Typed), Environment::Sandbox)]);
}

#[tokio::test]
async fn the_draft_of_an_update_reads_back_without_the_form_that_it_never_had() {
    let desk = of_version_three();
    let draft = desk.store.read(|db| drafts::get(db, id(7))).await.unwrap().unwrap();
    let Purpose::Update { customer_id, base_persons, base_at, .. } = draft.purpose else { panic!("an update") };
    assert_eq!((customer_id.as_str(), base_persons, base_at), ("waiting", None, NOW));
}
