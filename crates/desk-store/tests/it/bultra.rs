//! Customers of the second platform: what its list says, and what a reading says.

use desk_domain::bultra::ListedCustomer;
use desk_domain::platform::Kind;
use desk_domain::status::Status;
use desk_store::connections::ConnectionRow;
use desk_store::customers::{self, CustomerRow, Listed, ListedIn, Listing, Moved, Order, Page, Upkeep};
use desk_store::readings::{self, NewReading};
use desk_store::{SqlResult, Store, StoreError, Transaction, connections};
use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Desk, NOW, connection, id};

/// Connection 1 is Bultra's, 2 the other platform's.
pub fn of_bultra(number: u128) -> ConnectionRow {
    ConnectionRow {
        kind: Kind::Bultra,
        revision: None,
        base_url: "sandbox:".to_owned(),
        token_url: Some("sandbox:".to_owned()),
        ..connection(number)
    }
}

/// Both connections and nobody.
pub async fn desk() -> Desk {
    let desk = Desk::new();
    let fill = |tx: &Transaction<'_>| {
        connections::insert(tx, &of_bultra(1))?;
        connections::insert(tx, &connection(2))
    };
    desk.store.write(fill).await.unwrap();
    desk
}

/// A row of the list; an empty text is one that the platform leaves out.
pub fn listed(customer_id: &str, party: &str, status: &str, email: &str) -> ListedCustomer {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    ListedCustomer {
        customer_id: customer_id.to_owned(),
        party: said(party),
        status: said(status),
        email: said(email),
        created_at: Some("2026-01-02T03:04:05Z".to_owned()),
    }
}

pub fn row(customer_id: &str, name: &str) -> CustomerRow {
    CustomerRow {
        connection_id: id(1),
        customer_id: customer_id.to_owned(),
        partner_customer_id: None,
        name: name.to_owned(),
        local_name: String::new(),
        country: None,
        status: Some(Status::of("ACTIVE")),
        read_at: NOW + 50,
        upkeep: Upkeep::default(),
        party: None,
        individual_of: None,
        listed: Listed::default(),
    }
}

pub fn individual(customer: &str, of_it: &str) -> CustomerRow {
    let customer_id = format!("{customer}/individuals/{of_it}");
    CustomerRow { individual_of: Some(customer.to_owned()), status: None, ..row(&customer_id, "Her Own Name") }
}

pub fn reading(customer_id: &str, raw: &Value) -> NewReading {
    let customer_id = customer_id.to_owned();
    NewReading { id: Uuid::now_v7(), connection_id: id(1), customer_id, raw: raw.to_string(), status: None }
}

pub async fn take_in(desk: &Desk, rows: Vec<ListedCustomer>, now: i64) -> ListedIn {
    desk.store.write(move |tx| customers::list_in(tx, id(1), &rows, now)).await.unwrap()
}

pub async fn get(desk: &Desk, customer_id: &'static str) -> CustomerRow {
    desk.store.read(move |db| customers::get(db, id(1), customer_id)).await.unwrap().unwrap()
}

pub fn all() -> Listing {
    Listing {
        connections: vec![id(1), id(2)],
        query: String::new(),
        group: None,
        only: None,
        party: None,
        status: None,
        order: Order::Name,
        reversed: false,
        offset: 0,
        limit: 200,
    }
}

pub async fn page(store: &Store, listing: Listing) -> Page {
    store.read(move |db| customers::page(db, &listing)).await.unwrap()
}

pub async fn found(store: &Store, query: &str) -> Vec<String> {
    let page = page(store, Listing { query: query.to_owned(), ..all() }).await;
    assert_eq!(usize::try_from(page.total).unwrap(), page.rows.len(), "the total is that of the rows");
    page.rows.into_iter().map(|row| row.customer_id).collect()
}

pub fn groups(page: &Page) -> Vec<(&str, u32)> {
    page.groups.iter().map(|(group, count)| (group.code(), *count)).collect()
}

#[tokio::test]
async fn a_row_of_the_list_becomes_a_customer_that_was_never_read() {
    let desk = desk().await;
    let done = take_in(&desk, vec![listed("cust_1", "CORPORATION", "PENDING_L2F", "a@b.example")], NOW).await;
    let status = Status::of("PENDING_L2F");
    let moved = Moved { customer_id: "cust_1".to_owned(), was: None, status: status.clone(), unread: true };
    assert_eq!(done, ListedIn { new: 1, moved: vec![moved] });
    let expected = CustomerRow {
        status: Some(status),
        read_at: NOW,
        party: Some("CORPORATION".to_owned()),
        listed: Listed {
            email: Some("a@b.example".to_owned()),
            created_at: Some("2026-01-02T03:04:05Z".to_owned()),
            listed_at: Some(NOW),
            unlisted_at: None,
            unread: true,
        },
        ..row("cust_1", "")
    };
    assert_eq!(get(&desk, "cust_1").await, expected);
    assert_eq!(groups(&page(&desk.store, all()).await), [("attention", 1)]);
    for query in ["cust_1", "a@b.example"] {
        assert_eq!(found(&desk.store, query).await, ["cust_1"], "{query}");
    }
}

#[tokio::test]
async fn the_same_row_again_is_the_same_customer_and_a_row_of_no_customer_is_none() {
    let desk = desk().await;
    let again = || listed("cust_1", "INDIVIDUAL", "ACTIVE", "");
    let rows = vec![again(), listed("", "INDIVIDUAL", "ACTIVE", ""), listed("cust_1/individuals/ind_1", "", "", "")];
    assert_eq!(take_in(&desk, [rows, vec![again()]].concat(), NOW).await.new, 1);
    assert_eq!(take_in(&desk, vec![again()], NOW + 9).await, ListedIn::default());
    let page = page(&desk.store, all()).await;
    assert_eq!((page.total, page.all, groups(&page)), (1, 1, vec![("active", 1)]));
    assert_eq!((page.rows[0].read_at, page.rows[0].listed.listed_at), (NOW, Some(NOW + 9)));
}

#[rstest]
#[case::word_as_it_was("ACTIVE", None, "ACTIVE")]
#[case::other_letters("Active", None, "Active")]
#[case::missing("", None, "ACTIVE")]
#[case::blank(" ", None, "ACTIVE")]
#[case::other_word("FROZEN", Some("FROZEN"), "FROZEN")]
#[case::held_back("ACTIVE_L2F", Some("ACTIVE_L2F"), "ACTIVE_L2F")]
#[case::word_nobody_knows("ON_HOLIDAY", Some("ON_HOLIDAY"), "ON_HOLIDAY")]
#[tokio::test]
async fn the_list_is_newer_than_a_reading_and_leaves_what_it_does_not_say(
    #[case] said: &str,
    #[case] moved: Option<&str>,
    #[case] after: &str,
) {
    let desk = desk().await;
    let kept = desk.store.write(|tx| {
        customers::upsert(tx, &CustomerRow { party: Some("CORPORATION".to_owned()), ..row("cust_1", "Harbour") })?;
        readings::keep(tx, &reading("cust_1", &json!({ "id": "cust_1", "email": "old@b.example" })), NOW)?;
        customers::mark_seen(tx, id(1), "cust_1", true)?;
        customers::schedule(tx, id(1), "cust_1", Some(NOW + 7), 4)
    });
    kept.await.unwrap();
    let before = get(&desk, "cust_1").await;
    let done = take_in(&desk, vec![listed("cust_1", "", said, "")], NOW + 90).await;
    assert_eq!((done.new, done.moved.first().map(|moved| moved.status.raw.as_str())), (0, moved));
    assert!(done.moved.iter().all(|moved| moved.was == Some(Status::of("ACTIVE")) && !moved.unread));
    let expected = CustomerRow {
        status: Some(Status::of(after)),
        upkeep: Upkeep { asks: if moved.is_some() { 0 } else { 4 }, ..before.upkeep },
        listed: Listed {
            email: Some("old@b.example".to_owned()),
            created_at: Some("2026-01-02T03:04:05Z".to_owned()),
            listed_at: Some(NOW + 90),
            ..Listed::default()
        },
        ..before
    };
    assert_eq!(get(&desk, "cust_1").await, expected);
    let page = page(&desk.store, all()).await;
    assert_eq!(groups(&page), [(Status::of(after).group.code(), 1)], "it stands where its status says");
}

#[tokio::test]
async fn a_reading_makes_it_read_and_its_email_address_is_the_one_said_last() {
    let desk = desk().await;
    take_in(&desk, vec![listed("cust_1", "INDIVIDUAL", "ACTIVE", "first@b.example")], NOW).await;
    let keep = |raw: Value| {
        move |tx: &Transaction<'_>| -> SqlResult<()> {
            customers::upsert(tx, &row("cust_1", "Mara Lind"))?;
            readings::keep(tx, &reading("cust_1", &raw), NOW + 1).map(|_| ())
        }
    };
    let is_found = async |now: &[&str], gone: &[&str]| {
        for query in now {
            assert_eq!(found(&desk.store, query).await, ["cust_1"], "{query}");
        }
        for query in gone {
            assert_eq!(found(&desk.store, query).await, [""; 0], "{query}");
        }
    };
    desk.store.write(keep(json!({ "id": "cust_1", "status": "ACTIVE" }))).await.unwrap();
    is_found(&["first@", "mara lind"], &[]).await;
    desk.store.write(keep(json!({ "id": "cust_1", "email": "second@b.example" }))).await.unwrap();
    is_found(&["second@"], &["first@"]).await;
    take_in(&desk, vec![listed("cust_1", "INDIVIDUAL", "ACTIVE", "third@b.example")], NOW + 2).await;
    is_found(&["third@", "mara"], &["second@", "first@"]).await;
    desk.store.write(keep(json!({ "id": "cust_1", "email": null }))).await.unwrap();
    is_found(&["mara"], &["third@", "second@", "first@"]).await;
    let row = get(&desk, "cust_1").await;
    assert_eq!((row.listed.unread, row.listed.email, row.party.as_deref()), (false, None, Some("INDIVIDUAL")));
}

#[tokio::test]
async fn who_was_never_read_is_given_in_turn_and_counted() {
    let desk = desk().await;
    let rows = (0..7).map(|number| listed(&format!("cust_{number}"), "", "ACTIVE", "")).collect();
    take_in(&desk, rows, NOW).await;
    let done = desk.store.write(|tx| {
        customers::upsert(tx, &row("cust_2", "Read"))?;
        customers::upsert(tx, &individual("cust_3", "ind_1"))?;
        customers::upsert(tx, &CustomerRow { connection_id: id(2), ..row("elsewhere", "") })?;
        customers::unlist(tx, id(1), "cust_4", NOW)?;
        let (mut after, mut given) = (0, Vec::new());
        while let Some((number, customer_id)) = customers::unread(tx, id(1), after, 1)?.pop() {
            (after, given) = (number, [given, vec![customer_id]].concat());
        }
        let whole: Vec<_> = customers::unread(tx, id(1), 0, 100)?.into_iter().map(|(_, id)| id).collect();
        assert_eq!(given, whole);
        Ok((whole, customers::unread_count(tx, id(1))?, customers::unread_count(tx, id(2))?))
    });
    let (whole, count, elsewhere) = done.await.unwrap();
    assert_eq!(whole, ["cust_0", "cust_1", "cust_3", "cust_5", "cust_6"]);
    assert_eq!((count, elsewhere), (5, 0));
}

#[tokio::test]
async fn whom_a_whole_list_does_not_name_any_more_is_said_once_and_taken_back() {
    let desk = desk().await;
    let rows = |ids: &[&str]| ids.iter().map(|id| listed(id, "", "ACTIVE", "")).collect();
    take_in(&desk, rows(&["stays", "goes", "comes_back"]), NOW).await;
    let by_hand = |tx: &Transaction<'_>| -> SqlResult<()> {
        customers::upsert(tx, &row("by_hand", "Looked up"))?;
        customers::upsert(tx, &individual("stays", "ind_1"))
    };
    desk.store.write(by_hand).await.unwrap();
    take_in(&desk, rows(&["stays"]), NOW + 100).await;
    let mark = |now| move |tx: &Transaction<'_>| customers::mark_unlisted(tx, id(1), NOW + 100, now);
    assert_eq!(desk.store.write(mark(NOW + 110)).await, Ok(2));
    assert_eq!(desk.store.write(mark(NOW + 120)).await, Ok(0), "it is news once");
    let unlisted_at = async |id| get(&desk, id).await.listed.unlisted_at;
    for (customer, at) in [("stays", None), ("goes", Some(NOW + 110)), ("by_hand", None)] {
        assert_eq!(unlisted_at(customer).await, at, "{customer}");
    }
    assert_eq!(unlisted_at("stays/individuals/ind_1").await, None);
    // A reading goes on for hours: who was read in them is there, whatever the page said that was read before.
    take_in(&desk, rows(&["read_before", "read_since"]), NOW).await;
    let read = |tx: &Transaction<'_>| -> SqlResult<u32> {
        customers::upsert(tx, &CustomerRow { read_at: NOW + 99, ..row("read_before", "Before") })?;
        customers::upsert(tx, &CustomerRow { read_at: NOW + 100, ..row("read_since", "Since") })?;
        customers::mark_unlisted(tx, id(1), NOW + 100, NOW + 130)
    };
    assert_eq!(desk.store.write(read).await, Ok(1));
    assert_eq!((unlisted_at("read_before").await, unlisted_at("read_since").await), (Some(NOW + 130), None));
    assert_eq!(take_in(&desk, rows(&["comes_back"]), NOW + 200).await.new, 0);
    assert_eq!(unlisted_at("comes_back").await, None, "named again");
    desk.store.write(|tx| customers::upsert(tx, &row("goes", "There"))).await.unwrap();
    assert_eq!(unlisted_at("goes").await, None, "the platform has it: it answered about it");
    let nobody = desk.store.write(|tx| customers::unlist(tx, id(1), "nobody", NOW)).await;
    assert_eq!(nobody, Err(StoreError::NotFound));
}
