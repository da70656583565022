//! What changed of customers that nobody has looked at, and who is asked for next.

use desk_domain::status::{Status, StatusGroup};
use desk_store::customers::{self, Asked, CustomerRow, Listed, Listing, Order, Page, Upkeep};
use desk_store::readings::{self, NewReading};
use desk_store::{SqlResult, Transaction, connections};
use rstest::rstest;
use uuid::Uuid;

use crate::support::{Desk, NOW, connection, id};

const WORDS: [&str; 4] = ["Processing", "Succeeded", "Suspended", "odd"];

fn customer(number: u32) -> CustomerRow {
    let at = usize::try_from(number).unwrap();
    CustomerRow {
        connection_id: id(1),
        customer_id: format!("C-{number:05}"),
        partner_customer_id: None,
        name: format!("{} {number:05}", ["Lantern", "Harbour", "Meadow"][at % 3]),
        local_name: String::new(),
        country: None,
        status: Some(Status::of(WORDS[at % 4])),
        read_at: NOW + i64::from(number * 37 % 101),
        upkeep: Upkeep::default(),
        party: None,
        individual_of: None,
        listed: Listed::default(),
    }
}

/// Customers of connection 1, every seventh of which changed.
async fn with(count: u32) -> Desk {
    let desk = Desk::new();
    let fill = move |tx: &Transaction<'_>| -> SqlResult<()> {
        connections::insert(tx, &connection(1))?;
        connections::insert(tx, &connection(2))?;
        for number in 0..count {
            let row = customer(number);
            customers::upsert(tx, &row)?;
            if number.is_multiple_of(7) {
                assert!(customers::mark_changed(tx, id(1), &row.customer_id, NOW + 1)?);
            }
        }
        Ok(())
    };
    desk.store.write(fill).await.unwrap();
    desk
}

async fn page(desk: &Desk, listing: Listing) -> Page {
    desk.store.read(move |db| customers::page(db, &listing)).await.unwrap()
}

fn all() -> Listing {
    Listing {
        connections: vec![id(1)],
        query: String::new(),
        group: None,
        only: None,
        party: None,
        status: None,
        order: Order::Name,
        reversed: false,
        offset: 0,
        limit: u32::MAX,
    }
}

fn needs_attention(number: u32) -> bool {
    number.is_multiple_of(7) || number % 4 == 2
}

/// Few are sorted, for many the index of the order is walked.
#[rstest]
#[case::few(60)]
#[case::many(3_300)]
#[tokio::test]
async fn what_changed_needs_attention_whatever_its_status_and_is_listed_once(#[case] count: u32) {
    let desk = with(count).await;
    for (query, order) in [("", Order::Name), ("lantern", Order::Name), ("", Order::ReadAt), ("", Order::Status)] {
        let listing = Listing { query: query.to_owned(), order, group: Some(StatusGroup::Attention), ..all() };
        let found = page(&desk, listing.clone()).await;
        let mut ids: Vec<_> = found.rows.iter().map(|row| row.customer_id.clone()).collect();
        ids.sort();
        let answers = |number: &u32| query.is_empty() || number.is_multiple_of(3);
        let expected: Vec<_> = (0..count).filter(|number| needs_attention(*number)).filter(answers).collect();
        let expected: Vec<_> = expected.into_iter().map(|number| customer(number).customer_id).collect();
        assert_eq!(ids, expected, "{query:?} {order:?}");
        assert_eq!(usize::try_from(found.total).unwrap(), expected.len());
        let counted = found.groups.iter().find(|(group, _)| *group == StatusGroup::Attention).unwrap().1;
        assert_eq!(counted, found.total, "the count beside the list is that of the list");
        let second = page(&desk, Listing { offset: 3, limit: 4, ..listing }).await;
        assert_eq!(second.rows, found.rows[3..7], "a page of it");
        let changed = found.rows.iter().filter(|row| row.upkeep.changed_at == Some(NOW + 1)).count();
        assert_eq!(changed, (0..count).filter(|number| number.is_multiple_of(7)).filter(answers).count());
    }
    let others = page(&desk, Listing { group: Some(StatusGroup::Active), ..all() }).await;
    let active: u32 = (0..count).filter(|number| number % 4 == 1).map(|_| 1).sum();
    assert_eq!(others.total, active, "and stands in its own group");
    let elsewhere = desk
        .store
        .read(|db| Ok([customers::count_changed(db, &[id(1), id(2)])?, customers::count_changed(db, &[id(2)])?]));
    assert_eq!(elsewhere.await, Ok([count.div_ceil(7), 0]));
}

#[tokio::test]
async fn a_change_keeps_its_first_time_and_ends_with_a_look_at_the_newest_reading() {
    let desk = with(1).await;
    let done = desk.store.write(|tx| {
        let keep = |number: u128, raw: &str| -> SqlResult<Uuid> {
            let customer_id = "C-00000".to_owned();
            let new =
                NewReading { id: id(number), connection_id: id(1), customer_id, raw: raw.to_owned(), status: None };
            readings::keep(tx, &new, NOW)
        };
        let upkeep = || customers::get(tx, id(1), "C-00000").map(|row| row.unwrap().upkeep);
        let seen = || customers::seen_reading(tx, id(1), "C-00000").map(|row| row.map(|row| row.id));
        let look = |number| customers::look_at(tx, id(1), "C-00000", id(number));
        keep(30, "1")?;
        customers::mark_seen(tx, id(1), "C-00000", true)?;
        assert_eq!((seen()?, upkeep()?.changed_at), (Some(id(30)), None));
        assert_eq!(look(30)?, Some(false), "nothing changed: no look");
        keep(31, "2")?;
        assert!(customers::mark_changed(tx, id(1), "C-00000", NOW + 5)?);
        keep(32, "3")?;
        assert!(!customers::mark_changed(tx, id(1), "C-00000", NOW + 9)?, "one item, however often it changes");
        assert_eq!((seen()?, upkeep()?.changed_at), (Some(id(30)), Some(NOW + 5)));
        assert_eq!(look(31)?, Some(true));
        assert_eq!((seen()?, upkeep()?.changed_at), (Some(id(31)), Some(NOW + 5)), "there is a newer one");
        assert_eq!(look(30)?, Some(false), "an older one takes nothing back");
        assert_eq!(look(32)?, Some(true));
        assert_eq!((seen()?, upkeep()?.changed_at), (Some(id(32)), None));
        assert_eq!(look(99)?, None, "no reading");
        assert_eq!(customers::look_at(tx, id(2), "C-00000", id(32))?, None, "of nobody else's");
        Ok(())
    });
    done.await.unwrap();
}

#[tokio::test]
async fn who_was_asked_for_seldom_goes_first_then_who_has_waited_longest() {
    let desk = with(8).await;
    let turns = [(1, 100, 9), (2, 50, 3), (3, 90, 0), (4, 60, 2), (5, 500, 0)];
    let order = desk.store.write(move |tx| {
        for (number, ask_at, asks) in turns {
            customers::schedule(tx, id(1), &customer(number).customer_id, Some(NOW + ask_at), asks)?;
        }
        assert_eq!(customers::next_due(tx, id(1), NOW)?, Some(NOW + 50));
        assert_eq!(customers::due(tx, id(2), NOW + 900)?, None, "of another connection");
        let mut order = Vec::new();
        while let Some(Asked { customer_id, asks }) = customers::due(tx, id(1), NOW + 100)? {
            customers::schedule(tx, id(1), &customer_id, None, asks)?;
            order.push(customer_id);
        }
        assert_eq!(customers::next_due(tx, id(1), NOW + 100)?, Some(NOW + 500));
        Ok(order)
    });
    assert_eq!(order.await.unwrap(), ["C-00004", "C-00003", "C-00002", "C-00001"]);
}

#[tokio::test]
async fn a_clock_that_was_set_back_brings_the_turns_back() {
    let desk = with(3).await;
    let done = desk.store.write(|tx| {
        customers::schedule(tx, id(1), "C-00001", Some(NOW + 9_000), 1)?;
        customers::schedule(tx, id(1), "C-00002", Some(NOW + 20), 1)?;
        customers::hold(tx, id(1), NOW + 9_000)?;
        customers::heed_clock(tx, NOW, 100)?;
        let ask_at = |id_of: &str| customers::get(tx, id(1), id_of).map(|row| row.unwrap().upkeep.ask_at);
        Ok([ask_at("C-00000")?, ask_at("C-00001")?, ask_at("C-00002")?, customers::held_until(tx, id(1))?])
    });
    assert_eq!(done.await.unwrap(), [None, Some(NOW), Some(NOW + 20), Some(NOW + 100)]);
}
