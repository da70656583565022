//! Customers and their readings.

use desk_domain::status::Status;
use desk_store::customers::{self, CustomerRow};
use desk_store::readings::{self, NewReading, ReadingRow};
use desk_store::{SqlResult, StoreError, Transaction, connections};

use crate::support::{Desk, NOW, connection, id};

fn customer(customer_id: &str) -> CustomerRow {
    CustomerRow {
        connection_id: id(1),
        customer_id: customer_id.to_owned(),
        partner_customer_id: Some("cd-1".to_owned()),
        name: "Ada Trading Ltd".to_owned(),
        local_name: "艾达贸易".to_owned(),
        country: Some("SG".to_owned()),
        status: Some(Status::of("Processing")),
        read_at: NOW,
        upkeep: customers::Upkeep::default(),
        party: None,
        individual_of: None,
        listed: customers::Listed::default(),
    }
}

fn reading(number: u128, raw: &str, status: Option<&str>) -> NewReading {
    NewReading {
        id: id(number),
        connection_id: id(1),
        customer_id: "C-1".to_owned(),
        raw: raw.to_owned(),
        status: status.map(Status::of),
    }
}

async fn with_customer() -> Desk {
    let desk = Desk::new();
    let start = |tx: &Transaction<'_>| -> SqlResult<()> {
        connections::insert(tx, &connection(1))?;
        connections::insert(tx, &connection(2))?;
        customers::upsert(tx, &customer("C-1"))
    };
    desk.store.write(start).await.unwrap();
    desk
}

#[tokio::test]
async fn a_customer_reads_back_as_it_was_kept() {
    let desk = with_customer().await;
    let row = desk.store.read(|db| customers::get(db, id(1), "C-1")).await.unwrap();
    assert_eq!(row, Some(customer("C-1")));
    assert_eq!(desk.store.read(|db| customers::get(db, id(2), "C-1")).await.unwrap(), None, "of another connection");
}

#[tokio::test]
async fn what_a_reading_does_not_say_stays_and_what_it_says_is_taken() {
    let desk = with_customer().await;
    let sparse = CustomerRow {
        partner_customer_id: None,
        name: String::new(),
        local_name: String::new(),
        country: None,
        status: None,
        read_at: NOW + 1,
        ..customer("C-1")
    };
    let row = desk.store.write(move |tx| {
        customers::upsert(tx, &sparse)?;
        customers::get(tx, id(1), "C-1")
    });
    assert_eq!(row.await.unwrap(), Some(CustomerRow { read_at: NOW + 1, ..customer("C-1") }));
    let whole = CustomerRow {
        name: "Other".to_owned(),
        status: Some(Status::of("ODD_L2F")),
        read_at: NOW + 2,
        ..customer("C-1")
    };
    let expected = whole.clone();
    let row = desk.store.write(move |tx| {
        customers::upsert(tx, &whole)?;
        customers::get(tx, id(1), "C-1")
    });
    assert_eq!(row.await.unwrap(), Some(expected));
}

#[tokio::test]
async fn our_id_finds_every_customer_that_has_it_newest_reading_first() {
    let desk = with_customer().await;
    let found = desk.store.write(|tx| {
        customers::upsert(tx, &CustomerRow { connection_id: id(2), ..customer("C-2") })?;
        customers::upsert(tx, &CustomerRow { read_at: NOW + 5, ..customer("C-3") })?;
        customers::upsert(tx, &CustomerRow { partner_customer_id: None, ..customer("C-4") })?;
        let ids = |rows: Vec<CustomerRow>| rows.into_iter().map(|row| row.customer_id).collect::<Vec<_>>();
        Ok([
            ids(customers::find_by_partner_id(tx, id(1), "cd-1")?),
            ids(customers::find_by_partner_id(tx, id(1), "cd-2")?),
        ])
    });
    let [known, unknown] = found.await.unwrap();
    assert_eq!((known, unknown), (vec!["C-3".to_owned(), "C-1".to_owned()], vec![]));
}

#[tokio::test]
async fn the_newest_reading_and_every_one_that_differs_are_kept() {
    let desk = with_customer().await;
    let kept = desk.store.write(|tx| {
        let mut ids = Vec::new();
        for (number, raw) in [(30, "{\"a\":1}"), (31, "{\"a\":1}"), (32, "{\"a\":2}"), (33, "{\"a\":1}")] {
            ids.push(readings::keep(tx, &reading(number, raw, None), NOW + i64::try_from(number).unwrap())?);
        }
        let newest = readings::newest(tx, id(1), "C-1")?;
        Ok((ids, readings::count(tx, id(1), "C-1")?, newest, readings::get(tx, id(30))?))
    });
    let (ids, count, newest, first) = kept.await.unwrap();
    assert_eq!(ids, [id(30), id(30), id(32), id(33)]);
    assert_eq!(count, 3, "going back to an older answer is a change");
    assert_eq!(newest.unwrap().id, id(33));
    let first = first.unwrap();
    assert_eq!((first.raw.as_str(), first.first_read_at, first.last_read_at), ("{\"a\":1}", NOW + 30, NOW + 31));
}

#[tokio::test]
async fn readings_are_listed_newest_first_each_with_the_one_before_it() {
    let desk = with_customer().await;
    let read = desk.store.write(|tx| {
        customers::upsert(tx, &customer("C-2"))?;
        for number in 30..34 {
            readings::keep(tx, &reading(number, &number.to_string(), None), NOW)?;
            let foreign = NewReading { customer_id: "C-2".to_owned(), ..reading(number + 10, "other", None) };
            readings::keep(tx, &foreign, NOW)?;
        }
        let list = readings::list(tx, id(1), "C-1", 3)?;
        let before = list.iter().map(|row| readings::before(tx, row)).collect::<Result<Vec<_>, _>>()?;
        let first = readings::get(tx, id(30))?.unwrap();
        Ok((list, before, readings::before(tx, &first)?))
    });
    let (list, before, nothing) = read.await.unwrap();
    let ids = |rows: &[ReadingRow]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(&list), [id(33), id(32), id(31)], "of this customer, and no more than asked for");
    assert_eq!(ids(&before.into_iter().flatten().collect::<Vec<_>>()), [id(32), id(31), id(30)]);
    assert_eq!(nothing, None, "before the first there is none");
}

#[tokio::test]
async fn the_newest_reading_is_the_one_that_came_last_whatever_the_clock_says() {
    let desk = with_customer().await;
    let newest = desk.store.write(|tx| {
        readings::keep(tx, &reading(30, "1", None), NOW)?;
        readings::keep(tx, &reading(31, "2", None), NOW - 3_600_000)?;
        readings::newest(tx, id(1), "C-1")
    });
    assert_eq!(newest.await.unwrap().unwrap().id, id(31));
}

#[tokio::test]
async fn the_history_has_each_status_once_with_the_time_it_was_first_read() {
    let desk = with_customer().await;
    let history = desk.store.write(|tx| {
        let words = [Some("Processing"), Some("Processing"), None, Some("Succeeded"), Some("Processing")];
        for (number, word) in (0_u8..).zip(words) {
            let new = reading(30 + u128::from(number), &number.to_string(), word);
            readings::keep(tx, &new, NOW + i64::from(number))?;
        }
        readings::status_history(tx, id(1), "C-1")
    });
    let history: Vec<_> = history.await.unwrap().into_iter().map(|(status, at)| (status.raw, at - NOW)).collect();
    let expected = [("Processing", 4), ("Succeeded", 3), ("Processing", 0)];
    assert_eq!(history, expected.map(|(word, at)| (word.to_owned(), at)));
}

#[tokio::test]
async fn a_reading_belongs_to_a_customer_that_is_known() {
    let desk = Desk::new();
    let refused = desk.store.write(|tx| readings::keep(tx, &reading(30, "1", None), NOW)).await;
    assert!(matches!(refused, Err(StoreError::Constraint(_))), "{refused:?}");
}
