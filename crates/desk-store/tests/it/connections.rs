//! Connections and settings.

use desk_domain::platform::{Environment, Kind, Revision};
use desk_store::connections::{self, ConnectionRow};
use desk_store::{StoreError, settings};
use rstest::rstest;

use crate::support::{Desk, NOW, connection, id};

#[tokio::test]
async fn a_connection_reads_back_as_it_was_written_and_in_order() {
    let desk = Desk::new();
    let mut second = connection(2);
    second.kind = Kind::Bultra;
    second.revision = None;
    second.token_url = Some("https://auth.bultra.com/oauth2/token".to_owned());
    second.token_scope = Some("customers:read customers:write".to_owned());
    second.environment = Environment::Production;
    second.created_at = NOW + 1;
    second.archived_at = Some(NOW + 2);
    second.test_json = Some("{}".to_owned());
    let rows = vec![connection(1), second];
    let written = rows.clone();
    desk.store.write(move |tx| written.iter().rev().try_for_each(|row| connections::insert(tx, row))).await.unwrap();
    assert_eq!(desk.store.read(connections::list).await.unwrap(), rows);
    assert_eq!(desk.store.read(|db| connections::get(db, id(3))).await.unwrap(), None);
}

#[tokio::test]
async fn the_first_time_of_sending_stays() {
    let desk = Desk::new();
    let row = desk.store.write(|tx| {
        connections::insert(tx, &connection(1))?;
        connections::mark_sent(tx, id(1), NOW)?;
        connections::mark_sent(tx, id(1), NOW + 5)?;
        connections::update(tx, &ConnectionRow { name: "Other".to_owned(), ..connection(1) })?;
        connections::get(tx, id(1))
    });
    let row = row.await.unwrap().unwrap();
    assert_eq!((row.sent_at, row.name.as_str()), (Some(NOW), "Other"), "an update does not take it back");
}

#[rstest]
#[case::kind(|row: &mut ConnectionRow| { row.kind = Kind::Bultra; row.revision = None; })]
#[case::environment(|row: &mut ConnectionRow| row.environment = Environment::Test)]
#[case::revision_of_none(|row: &mut ConnectionRow| row.revision = None)]
#[case::whole_key_as_tail(|row: &mut ConnectionRow| row.api_key_tail = Some("abcde".to_owned()))]
#[tokio::test]
async fn what_must_not_change_is_refused_by_the_table(#[case] change: fn(&mut ConnectionRow)) {
    let desk = Desk::new();
    desk.store.write(|tx| connections::insert(tx, &connection(1))).await.unwrap();
    let mut row = connection(1);
    change(&mut row);
    let refused = desk.store.write(move |tx| connections::update(tx, &row)).await;
    assert!(matches!(refused, Err(StoreError::Constraint(_))), "{refused:?}");
}

#[tokio::test]
async fn where_tokens_come_from_and_their_scope_may_change() {
    let desk = Desk::new();
    let bultra = |token_url: &str, token_scope: Option<&str>| ConnectionRow {
        kind: Kind::Bultra,
        revision: None,
        token_url: Some(token_url.to_owned()),
        token_scope: token_scope.map(str::to_owned),
        ..connection(1)
    };
    let first = bultra("sandbox:", None);
    desk.store.write(move |tx| connections::insert(tx, &first)).await.unwrap();
    for row in [bultra("https://auth.a.example/t", Some("customers:read")), bultra("https://auth.b.example/t", None)] {
        let written = row.clone();
        desk.store.write(move |tx| connections::update(tx, &written)).await.unwrap();
        assert_eq!(desk.store.read(|db| connections::get(db, id(1))).await.unwrap(), Some(row));
    }
}

#[tokio::test]
async fn the_revision_of_a_connection_may_change() {
    let desk = Desk::new();
    let row = ConnectionRow { revision: Some(Revision::Untyped), ..connection(1) };
    let written = row.clone();
    desk.store
        .write(move |tx| {
            connections::insert(tx, &connection(1))?;
            connections::update(tx, &written)
        })
        .await
        .unwrap();
    assert_eq!(desk.store.read(|db| connections::get(db, id(1))).await.unwrap(), Some(row));
}

#[tokio::test]
async fn a_connection_is_never_deleted() {
    let desk = Desk::new();
    desk.store.write(|tx| connections::insert(tx, &connection(1))).await.unwrap();
    let refused = desk.store.write(|tx| tx.execute("DELETE FROM connections", [])).await;
    assert!(matches!(refused, Err(StoreError::Constraint(_))), "{refused:?}");
}

#[tokio::test]
async fn changing_a_connection_that_is_not_there_is_said() {
    let desk = Desk::new();
    assert_eq!(desk.store.write(|tx| connections::update(tx, &connection(1))).await, Err(StoreError::NotFound));
    assert_eq!(desk.store.write(|tx| connections::mark_sent(tx, id(1), NOW)).await, Err(StoreError::NotFound));
}

#[tokio::test]
async fn a_setting_is_its_newest_value_until_it_is_removed() {
    let desk = Desk::new();
    for value in ["dark", "客户 'light'\0"] {
        desk.store.write(move |tx| settings::set(tx, "theme", value)).await.unwrap();
        assert_eq!(desk.store.read(|db| settings::get(db, "theme")).await.unwrap().as_deref(), Some(value));
    }
    for _ in 0..2 {
        desk.store.write(|tx| settings::remove(tx, "theme")).await.unwrap();
        assert_eq!(desk.store.read(|db| settings::get(db, "theme")).await.unwrap(), None);
    }
}
