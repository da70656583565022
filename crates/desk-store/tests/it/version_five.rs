//! A database of version 5, as the program without a duplicate guard left it, opens as one of this version; whoever has a
//! number is found once the keys are made, however many openings that takes.

use desk_domain::identity_keys::{IdentityKey, IdentityKind};
use desk_domain::platform::Environment;
use desk_store::identity_keys::{Scope, customers_with, drafts_with, fill};
use desk_store::{Store, newest_version};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::{KEY, id, open};

const FILES: [&str; 5] = [
    include_str!("../../migrations/0001_start.sql"),
    include_str!("../../migrations/0002_customer_lists.sql"),
    include_str!("../../migrations/0003_outbox.sql"),
    include_str!("../../migrations/0004_updates_and_files.sql"),
    include_str!("../../migrations/0005_bultra.sql"),
];

/// A customer whose newest reading says no number any more, one that nothing is known of, a draft with a person, and one
/// that was forgotten.
const ROWS: &str = r#"
INSERT INTO connections (id, name, kind, revision, environment, base_url, created_at)
    VALUES ($C, 'A', 'axisfi', 'typed', 'sandbox', 'sandbox:typed', 1);
INSERT INTO customer_shelves VALUES (1, $C, 'unknown', 2);
INSERT INTO customers (number, connection_id, customer_id, partner_customer_id, name, local_name, read_at, shelf, name_sort)
    VALUES (7, $C, 'cus_old', 'cd-old', '', '灯码头', 5, 1, '灯码头'), (9, $C, 'cus_bare', NULL, '', '', 6, 1, '');
INSERT INTO settings VALUES ('search.version', '2');
INSERT INTO readings (id, connection_id, customer_id, raw, sha256, first_read_at, last_read_at)
    VALUES ($R, $C, 'cus_old', '{"business_details":{"business_identifier_number":"51 824",
                "business_identifier_country_code":"AU"}}', zeroblob(32), 1, 2),
           ($S, $C, 'cus_old', '{"customer_id":"cus_old","status":"Active"}', zeroblob(32), 3, 4);
INSERT INTO drafts (id, connection_id, purpose, state, seq, texts, persons, open, created_at, saved_at)
    VALUES ($D, $C, 'new', 'editing', 3, '{"business_details/business_name_english":"Lantern Quay",
                "business_person_list/$P/identification/id_number":"PA-99 12",
                "business_person_list/$P/identification/id_issuing_country_code":"Portugal"}', '["$P"]', 0, 3, 33),
           ($E, $C, 'new', 'accepted', 3, '{}', '[]', 0, 3, 3);
"#;

fn of_version_five() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let db = Connection::open(folder.path().join("desk.db")).unwrap();
    db.execute_batch(&format!("PRAGMA key = \"x'{KEY}'\"; PRAGMA cipher_compatibility = 4; {}", FILES.concat()))
        .unwrap();
    let rows = ROWS.replace("$P", &id(40).to_string());
    let ids = [("$C", id(1)), ("$R", id(30)), ("$S", id(31)), ("$D", id(7)), ("$E", id(8))];
    let rows = ids.iter().fold(rows, |rows, (sign, id)| rows.replace(sign, &format!("'{id}'")));
    db.execute_batch(&rows).unwrap();
    db.pragma_update(None, "user_version", 5).unwrap();
    db.close().unwrap();
    folder
}

/// Who has the number of the business, who the document.
async fn found(store: &Store) -> (Vec<(String, i64)>, Vec<(String, i64)>) {
    let scope = Scope { environment: Environment::Sandbox, connection: id(1) };
    let of = |kind, key: &str| IdentityKey { kind, key: key.to_owned() };
    let (number, document) = (of(IdentityKind::Identifier, "AU 51824"), of(IdentityKind::IdDocument, "PT PA9912"));
    let read = store.read(move |db| Ok((customers_with(db, scope, &number)?, drafts_with(db, scope, &document)?)));
    let (customers, drafts) = read.await.unwrap();
    let said = |found: Vec<desk_store::identity_keys::Holder>| found.into_iter().map(|it| (it.name, it.at)).collect();
    (said(customers), said(drafts))
}

#[tokio::test]
async fn the_keys_of_what_it_knew_are_made_one_by_one_over_several_openings() {
    let folder = of_version_five();
    let mut steps = 0;
    loop {
        let store = open(&folder.path().join("desk.db")).unwrap();
        let version = store.read(|db| db.pragma_query_value(None, "user_version", |row| row.get(0))).await;
        assert_eq!(version, Ok(newest_version()));
        let more = store.write(|tx| fill(tx, 1)).await.unwrap();
        steps += 1;
        assert_eq!(store.check().await.unwrap(), [""; 0]);
        if !more {
            let (customers, drafts) = found(&store).await;
            assert_eq!(customers, [("灯码头".to_owned(), 5)], "the number that an earlier reading said");
            assert_eq!(drafts, [("Lantern Quay".to_owned(), 33)]);
            break;
        }
        store.close().await.unwrap();
    }
    // Two customers and that there are no more, two drafts and that there are no more.
    assert_eq!(steps, 6);
}

#[tokio::test]
async fn once_they_are_made_nothing_is_made_again() {
    let folder = of_version_five();
    for expected in [vec![true, true, true, false], vec![false]] {
        let store = open(&folder.path().join("desk.db")).unwrap();
        for more in expected {
            assert_eq!(store.write(|tx| fill(tx, 100)).await, Ok(more));
        }
        assert_eq!(found(&store).await.0.len(), 1);
        store.close().await.unwrap();
    }
}
