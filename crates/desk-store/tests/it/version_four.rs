//! A database of version 4, as the program of one platform left it, opens as one of this version and finds everything.

use desk_domain::platform::{Kind, Revision};
use desk_store::customers::{self, Listed, Listing, Order};
use desk_store::drafts::{self, Purpose};
use desk_store::{Store, connections, newest_version, platform_lists, readings};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::{KEY, NOW, id, open};

const FILES: [&str; 4] = [
    include_str!("../../migrations/0001_start.sql"),
    include_str!("../../migrations/0002_customer_lists.sql"),
    include_str!("../../migrations/0003_outbox.sql"),
    include_str!("../../migrations/0004_updates_and_files.sql"),
];

/// Two customers on their shelves, in an index of version 1 that this program would not write so: under their names alone.
/// The first has two readings, a change that nobody has looked at, a turn, and the draft of an update.
const ROWS: &str = r#"
INSERT INTO connections (id, name, kind, revision, environment, base_url, created_at, ask_after)
    VALUES ($C, 'A', 'axisfi', 'typed', 'sandbox', 'sandbox:typed', 1, 77);
INSERT INTO customer_shelves VALUES (1, $C, 'waiting', 1), (2, $C, 'unknown', 1);
INSERT INTO customers (number, connection_id, customer_id, partner_customer_id, name, local_name, country, status_raw,
        status_group, read_at, shelf, name_sort, seen_seq, changed_at, ask_at, asks)
    VALUES (7, $C, 'cus_old', 'cd-old', 'Żółw Traders', '灯码头', 'PL', 'Processing', 'waiting', 5, 1, 'zolw traders', 1, 6, 9, 2),
           (8, $C, 'cus/individuals/bare', NULL, '', '', NULL, NULL, NULL, 6, 2, '', NULL, NULL, NULL, 0);
INSERT INTO customers_parts (rowid, text) VALUES (1 << 40 | 7, 'zolw traders'), (2 << 40 | 8, '');
INSERT INTO customers_words (rowid, text) VALUES (1 << 40 | 7, 'zolw traders'), (2 << 40 | 8, '');
INSERT INTO settings VALUES ('search.version', '1');
INSERT INTO readings (id, connection_id, customer_id, raw, sha256, first_read_at, last_read_at)
    VALUES ($R, $C, 'cus_old', '{"primary_contact":{"contact_email":"a@zolw.example"}}', zeroblob(32), 1, 2),
           ($S, $C, 'cus_old', '{"business_details":{"business_identifier_number":"51 824"}}', zeroblob(32), 3, 4);
INSERT INTO drafts (id, connection_id, purpose, customer_id, base_reading_id, base_at, base_persons, state, seq, texts,
        persons, open, created_at, saved_at)
    VALUES ($D, $C, 'update', 'cus_old', $R, 2, '[]', 'editing', 0, '{}', '[]', 0, 3, 3);
"#;

fn of_version_four() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let db = Connection::open(folder.path().join("desk.db")).unwrap();
    db.execute_batch(&format!("PRAGMA key = \"x'{KEY}'\"; PRAGMA cipher_compatibility = 4; {}", FILES.concat()))
        .unwrap();
    let ids = [("$C", id(1)), ("$R", id(30)), ("$S", id(31)), ("$D", id(7))];
    let rows = ids.iter().fold(ROWS.to_owned(), |rows, (sign, id)| rows.replace(sign, &format!("'{id}'")));
    db.execute_batch(&rows).unwrap();
    db.pragma_update(None, "user_version", 4).unwrap();
    db.close().unwrap();
    folder
}

fn all(query: &str) -> Listing {
    Listing {
        connections: vec![id(1)],
        query: query.to_owned(),
        group: None,
        only: None,
        party: None,
        status: None,
        order: Order::Name,
        reversed: false,
        offset: 0,
        limit: 10,
    }
}

async fn found(store: &Store, query: &'static str) -> Vec<String> {
    let page = store.read(move |db| customers::page(db, &all(query))).await.unwrap();
    page.rows.into_iter().map(|row| row.customer_id).collect()
}

#[tokio::test]
async fn its_customers_are_found_listed_and_counted_at_each_opening() {
    let folder = of_version_four();
    for opening in ["first", "second"] {
        let store = open(&folder.path().join("desk.db")).unwrap();
        let version = store.read(|db| db.pragma_query_value(None, "user_version", |row| row.get(0))).await;
        assert_eq!(version, Ok(newest_version()));
        for query in ["zolw", "灯码", "cd-old", "a@zolw", "51824"] {
            assert_eq!(found(&store, query).await, ["cus_old"], "{query} at the {opening} opening");
        }
        assert_eq!(found(&store, "").await, ["cus_old", "cus/individuals/bare"], "whatever an id looks like");
        let page = store.read(|db| customers::page(db, &all(""))).await.unwrap();
        let groups: Vec<_> = page.groups.iter().map(|(group, count)| (group.code(), *count)).collect();
        assert_eq!((groups, page.all), (vec![("waiting", 1), ("attention", 1), ("unknown", 1)], 2));
        assert_eq!(store.check().await.unwrap(), [""; 0]);
        store.close().await.unwrap();
    }
}

#[tokio::test]
async fn what_it_knew_stays_as_it_was_and_what_it_did_not_know_is_nothing() {
    let folder = of_version_four();
    let store = open(&folder.path().join("desk.db")).unwrap();
    let read = store.read(|db| {
        let row = customers::get(db, id(1), "cus_old")?.unwrap();
        let upkeep = row.upkeep;
        assert_eq!((upkeep.seen_seq, upkeep.changed_at, upkeep.ask_at, upkeep.asks), (Some(1), Some(6), Some(9), 2));
        assert_eq!((row.party, row.individual_of, row.listed), (None, None, Listed::default()));
        assert_eq!(customers::due(db, id(1), NOW)?.map(|asked| asked.customer_id).as_deref(), Some("cus_old"));
        assert_eq!(customers::held_until(db, id(1))?, Some(77));
        assert_eq!(customers::unread_count(db, id(1))?, 0);
        assert_eq!(platform_lists::of_connection(db, id(1))?, []);
        let list = readings::list(db, id(1), "cus_old", 9)?;
        assert!(
            list.iter().map(|reading| (reading.id, reading.kind)).eq([(id(31), Kind::Axisfi), (id(30), Kind::Axisfi)])
        );
        assert_eq!(customers::seen_reading(db, id(1), "cus_old")?.map(|reading| reading.id), Some(id(30)));
        let draft = drafts::update_of(db, id(1), "cus_old")?.unwrap();
        let Purpose::Update { base_reading, base_persons, .. } = draft.purpose else { panic!("an update") };
        assert_eq!((base_reading, base_persons), (id(30), Some(vec![])));
        connections::get(db, id(1))
    });
    let connection = read.await.unwrap().unwrap();
    assert_eq!((connection.kind, connection.revision), (Kind::Axisfi, Some(Revision::Typed)));
    assert_eq!((connection.token_url, connection.token_scope), (None, None));
}
