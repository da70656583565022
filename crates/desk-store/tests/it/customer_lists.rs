//! Lists of customers: order, pages, counts, by sorting few and by walking an index for many.

use std::collections::BTreeMap;

use desk_domain::search::fold;
use desk_domain::status::{Status, StatusGroup};
use desk_store::customers::{self, CustomerRow, Listing, Order, Page};
use desk_store::{SqlResult, Transaction, connections};
use rstest::rstest;

use crate::support::{Desk, NOW, connection, id};

const ORDERS: [Order; 5] = [Order::ReadAt, Order::Name, Order::Country, Order::Status, Order::CreatedAt];

fn customer(number: u32) -> CustomerRow {
    let names = ["Żółw", "zebra", "Ängel", "angel", "Ørsted", "", "ONE", "one", "灯"];
    let words = ["Processing", "Succeeded", "pending", "Suspended", "Failed", "odd", "active"];
    let pick = |list: &[&str], by: u32| list[usize::try_from(by).unwrap() % list.len()].to_owned();
    let name = pick(&names, number * 7 / 3);
    CustomerRow {
        connection_id: id(1 + u128::from(number % 3)),
        customer_id: format!("C-{number:05}"),
        partner_customer_id: None,
        name: if name.is_empty() { name } else { format!("{name} {}", number % 50) },
        local_name: String::new(),
        country: (!number.is_multiple_of(4)).then(|| pick(&["SG", "AU", "DE"], number / 3)),
        status: (!number.is_multiple_of(11)).then(|| Status::of(&pick(&words, number / 2))),
        read_at: NOW + i64::from(number * 37 % 101),
        upkeep: customers::Upkeep::default(),
        party: None,
        individual_of: None,
        listed: customers::Listed::default(),
    }
}

async fn with(customers: u32) -> Desk {
    let desk = Desk::new();
    let fill = move |tx: &Transaction<'_>| -> SqlResult<()> {
        for number in [1, 2, 3] {
            connections::insert(tx, &connection(number))?;
        }
        (0..customers).try_for_each(|number| customers::upsert(tx, &customer(number)))
    };
    desk.store.write(fill).await.unwrap();
    desk
}

fn all(order: Order, reversed: bool) -> Listing {
    Listing {
        connections: vec![id(1), id(2)],
        query: String::new(),
        group: None,
        only: None,
        party: None,
        status: None,
        order,
        reversed,
        offset: 0,
        limit: u32::MAX,
    }
}

/// The same list out of the rows themselves, as the words of [`Order`] say it.
fn expected(count: u32, listing: &Listing) -> Vec<String> {
    let mut rows: Vec<_> = (0..count)
        .map(|number| (number, customer(number)))
        .filter(|(_, row)| listing.connections.contains(&row.connection_id))
        .filter(|(_, row)| listing.group.is_none_or(|group| group == group_of(row)))
        .filter(|(_, row)| fold(&row.name).contains(&listing.query))
        .collect();
    let last = |text: Option<String>| text.unwrap_or_else(|| "~".to_owned());
    rows.sort_by_cached_key(|(number, row)| {
        let name = Some(fold(&row.name)).filter(|name| !name.is_empty()).unwrap_or_else(|| "\u{10FFFD}".to_owned());
        match listing.order {
            Order::ReadAt => (String::new(), String::new(), -row.read_at, -i64::from(*number)),
            Order::Name => (String::new(), name, 0, i64::from(*number)),
            // No platform's list named them.
            Order::CreatedAt => (String::new(), String::new(), 0, -i64::from(*number)),
            Order::Country => (last(row.country.clone()), name, 0, i64::from(*number)),
            Order::Status => {
                (last(row.status.as_ref().map(|status| status.raw.to_lowercase())), name, 0, i64::from(*number))
            }
        }
    });
    if listing.reversed {
        rows.reverse();
    }
    rows.into_iter().map(|(_, row)| row.customer_id).collect()
}

fn group_of(row: &CustomerRow) -> StatusGroup {
    row.status.as_ref().map_or(StatusGroup::Unknown, |status| status.group)
}

fn ids(page: &Page) -> Vec<String> {
    page.rows.iter().map(|row| row.customer_id.clone()).collect()
}

async fn page(desk: &Desk, listing: &Listing) -> Page {
    let listing = listing.clone();
    desk.store.read(move |db| customers::page(db, &listing)).await.unwrap()
}

/// Few are sorted; of 3,300 customers the two connections have more than are, and the index of the order is walked.
#[rstest]
#[case::few(90)]
#[case::many(3_300)]
#[tokio::test]
async fn each_order_is_that_of_its_words(#[case] count: u32) {
    let desk = with(count).await;
    let groups = [None, Some(StatusGroup::Active), Some(StatusGroup::Unknown)];
    for (order, reversed) in ORDERS.into_iter().flat_map(|order| [(order, false), (order, true)]) {
        for (group, query) in groups.into_iter().flat_map(|group| [(group, ""), (group, "ang")]) {
            let listing = Listing { group, query: query.to_owned(), ..all(order, reversed) };
            let page = page(&desk, &listing).await;
            let what = format!("{order:?} reversed {reversed} of {group:?} with {query:?}");
            let expected = expected(count, &listing);
            assert!(!expected.is_empty(), "{what}: the control");
            assert_eq!(ids(&page), expected, "{what}");
            assert_eq!(usize::try_from(page.total).unwrap(), expected.len(), "{what}");
        }
    }
}

#[rstest]
#[case::few(90)]
#[case::many(3_300)]
#[tokio::test]
async fn pages_put_together_are_the_list(#[case] count: u32) {
    let desk = with(count).await;
    let whole = Listing { reversed: true, ..all(Order::Country, false) };
    let rows = expected(count, &whole);
    for (offset, limit) in [(0, 7), (7, 7), (20, 30), (u32::try_from(rows.len()).unwrap() - 3, 50)] {
        let found = page(&desk, &Listing { offset, limit, ..whole.clone() }).await;
        let from = usize::try_from(offset).unwrap();
        let to = rows.len().min(from + usize::try_from(limit).unwrap());
        assert_eq!(ids(&found), rows[from..to], "{limit} from {offset}");
        assert_eq!(usize::try_from(found.total).unwrap(), rows.len(), "the total is that of all pages");
    }
    for (offset, limit) in [(u32::MAX, 10), (0, 0)] {
        let found = page(&desk, &Listing { offset, limit, ..whole.clone() }).await;
        assert_eq!((found.rows.len(), found.total > 0), (0, true), "beyond the end there is no row, and no error");
    }
}

#[tokio::test]
async fn counts_are_those_of_the_query_whatever_group_is_listed() {
    let desk = with(330).await;
    for (query, group) in
        [("", None), ("", Some(StatusGroup::Stopped)), ("ang", None), ("ang", Some(StatusGroup::Active))]
    {
        let listing = Listing { query: query.to_owned(), group, limit: 5, ..all(Order::Name, false) };
        let found = page(&desk, &listing).await;
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for row in (0..330).map(customer).filter(|row| listing.connections.contains(&row.connection_id)) {
            if fold(&row.name).contains(query) {
                *counts.entry(group_of(&row).code()).or_default() += 1;
            }
        }
        let found_counts: BTreeMap<_, _> = found.groups.iter().map(|(group, count)| (group.code(), *count)).collect();
        assert_eq!(found_counts, counts, "{query:?} {group:?}");
        let listed = group.map_or(counts.values().sum(), |group| counts[group.code()]);
        assert_eq!((found.total, found.all), (listed, 220));
    }
}

#[tokio::test]
async fn a_customer_that_changes_its_status_is_counted_once() {
    let desk = with(0).await;
    for (word, group) in [
        (None, StatusGroup::Unknown),
        (Some("Processing"), StatusGroup::Waiting),
        (Some("pending"), StatusGroup::Waiting),
        (None, StatusGroup::Waiting),
        (Some("Succeeded"), StatusGroup::Active),
        (Some("Escalated"), StatusGroup::Unknown),
    ] {
        let row = CustomerRow { connection_id: id(1), status: word.map(Status::of), ..customer(1) };
        desk.store.write(move |tx| customers::upsert(tx, &row)).await.unwrap();
        let found = page(&desk, &all(Order::Name, false)).await;
        assert_eq!((found.groups, found.all), (vec![(group, 1)], 1), "{word:?}");
    }
}
