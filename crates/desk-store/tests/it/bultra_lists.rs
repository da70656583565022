//! Lists of customers by the platform's words, the order of the platform's list, and how far that was read.

use desk_domain::bultra::ListedCustomer;
use desk_domain::status::{Status, StatusGroup};
use desk_store::customers::{self, CustomerRow, Listing, Order};
use desk_store::platform_lists::{self, ListKey, PlatformListRow};
use desk_store::{SqlResult, StoreError, Transaction};
use rstest::rstest;

use crate::bultra::{all, desk, individual, page, row};
use crate::support::{Desk, NOW, id};

const PARTIES: [Option<&str>; 4] = [Some("CORPORATION"), Some("INDIVIDUAL"), Some("Trust"), None];
const WORDS: [Option<&str>; 6] =
    [Some("ACTIVE"), Some("PENDING"), Some("ACTIVE_L2F"), Some("Active"), None, Some("FROZEN")];

fn listed(number: usize) -> ListedCustomer {
    let own = |text: Option<&str>| text.map(str::to_owned);
    ListedCustomer {
        customer_id: format!("cust_{number:05}"),
        party: own(PARTIES[number % 4]),
        status: own(WORDS[number / 4 % 6]),
        email: (!number.is_multiple_of(3)).then(|| format!("lantern{number}@b.example")),
        created_at: (!number.is_multiple_of(5)).then(|| format!("2026-01-02T{:02}:00:00Z", number * 7 % 24)),
    }
}

/// So many of Bultra, the half of them of the other platform, and individuals.
async fn with(count: usize) -> Desk {
    let desk = desk().await;
    let fill = move |tx: &Transaction<'_>| -> SqlResult<()> {
        let rows: Vec<_> = (0..count).map(listed).collect();
        customers::list_in(tx, id(1), &rows, NOW)?;
        for number in 0..count / 2 {
            let status = WORDS[number % 6].map(Status::of);
            customers::upsert(
                tx,
                &CustomerRow { connection_id: id(2), status, ..row(&format!("C-{number}"), "Lantern") },
            )?;
        }
        for number in (0..count).step_by(10) {
            let of_it =
                CustomerRow { party: Some("INDIVIDUAL".to_owned()), ..individual(&listed(number).customer_id, "i") };
            customers::upsert(tx, &of_it)?;
            customers::mark_changed(tx, id(1), &listed(number).customer_id, NOW)?;
        }
        Ok(())
    };
    desk.store.write(fill).await.unwrap();
    desk
}

fn answers(row: &ListedCustomer, party: Option<&str>, status: Option<&str>) -> bool {
    let is = |said: &Option<String>, asked: &str| said.as_ref().is_some_and(|said| said.eq_ignore_ascii_case(asked));
    party.is_none_or(|party| is(&row.party, party))
        && status.is_none_or(|word| is(&row.status, word) || is(&row.status, &format!("{word}_L2F")))
}

/// Few are sorted, for many the index of the order is walked.
#[rstest]
#[case::few(120)]
#[case::many(3_300)]
#[tokio::test]
async fn a_filter_by_the_platforms_words_lists_and_counts_exactly_those(#[case] count: usize) {
    let desk = with(count).await;
    let asked = [
        (Some("INDIVIDUAL"), None),
        (Some("corporation"), Some("ACTIVE")),
        (Some("Trust"), Some("frozen")),
        (None, Some("active_l2f")),
        (Some("INDIVIDUAL"), Some("NO SUCH WORD")),
    ];
    for (party, status) in asked {
        for query in ["", "lantern"] {
            let [party_asked, status_asked] = [party, status].map(|text| text.map(str::to_owned));
            let filter = Listing {
                party: party_asked,
                status: status_asked,
                only: Some(id(1)),
                query: query.to_owned(),
                ..all()
            };
            let expected: Vec<_> = (0..count)
                .map(|number| (number, listed(number)))
                .filter(|(_, row)| answers(row, party, status) && (query.is_empty() || row.email.is_some()))
                .collect();
            let ids: Vec<_> = expected.iter().map(|(_, row)| row.customer_id.clone()).collect();
            let what = format!("{party:?} {status:?} {query:?}");
            let found = page(&desk.store, Listing { limit: u32::MAX, ..filter.clone() }).await;
            let found_ids: Vec<_> = found.rows.iter().map(|row| row.customer_id.clone()).collect();
            assert_eq!(found_ids, ids, "{what}: nobody has a name, so that they come as they became known");
            assert_eq!(usize::try_from(found.total).unwrap(), ids.len(), "{what}");
            assert_eq!(usize::try_from(found.all).unwrap(), count + count / 2, "all are those of the connections");
            let group_of =
                |row: &ListedCustomer| row.status.as_deref().map_or(StatusGroup::Unknown, |it| Status::of(it).group);
            for group in [StatusGroup::Active, StatusGroup::Attention, StatusGroup::Unknown, StatusGroup::Waiting] {
                let changed = |number: usize| group == StatusGroup::Attention && number.is_multiple_of(10);
                let in_it = expected.iter().filter(|(number, row)| group_of(row) == group || changed(*number)).count();
                let counted = found.groups.iter().find(|(of, _)| *of == group).map_or(0, |(_, count)| *count);
                let listed = page(&desk.store, Listing { group: Some(group), limit: 3, ..filter.clone() }).await;
                assert_eq!(
                    [counted, listed.total].map(|it| usize::try_from(it).unwrap()),
                    [in_it; 2],
                    "{what} {group:?}"
                );
                assert_eq!(listed.rows.len(), in_it.min(3));
            }
        }
    }
}

#[tokio::test]
async fn one_connection_and_one_word_each_do_without_the_other() {
    let desk = with(120).await;
    let only = page(&desk.store, Listing { only: Some(id(2)), ..all() }).await;
    assert!(only.total == 60 && only.rows.iter().all(|row| row.connection_id == id(2)));
    let frozen = page(&desk.store, Listing { status: Some("Frozen".to_owned()), ..all() }).await;
    assert_eq!(frozen.total, 20 + 10, "the word of either platform");
    let elsewhere = Listing { connections: vec![id(1)], only: Some(id(2)), ..all() };
    let elsewhere = page(&desk.store, elsewhere).await;
    assert_eq!((elsewhere.total, elsewhere.groups.len(), elsewhere.all), (0, 0, 120), "none of those asked for");
}

#[rstest]
#[case::few(120)]
#[case::many(3_300)]
#[tokio::test]
async fn the_one_that_the_platform_made_last_comes_first_and_who_has_no_day_last(#[case] count: usize) {
    let desk = with(count).await;
    let listing = Listing { order: Order::CreatedAt, only: Some(id(1)), limit: u32::MAX, ..all() };
    let found = page(&desk.store, listing.clone()).await;
    let made: Vec<_> = found.rows.iter().map(|row| row.listed.created_at.clone().unwrap_or_default()).collect();
    assert_eq!(made.len(), count);
    assert!(made.is_sorted_by(|one, other| one >= other) && made.first() > made.last());
    let second = page(&desk.store, Listing { offset: 30, limit: 20, ..listing.clone() }).await;
    assert_eq!(second.rows, found.rows[30..50]);
    let mut reversed = page(&desk.store, Listing { reversed: true, ..listing }).await.rows;
    reversed.reverse();
    assert_eq!(reversed, found.rows);
}

const WHOLE: ListKey<'static> = ListKey { connection: id_of_bultra(), party: "", status: "" };
const PART: ListKey<'static> = ListKey { party: "INDIVIDUAL", status: "PENDING", ..WHOLE };

const fn id_of_bultra() -> uuid::Uuid {
    uuid::Uuid::from_u128(0x0190_a1b2_c3d4_7000_8000_0000_0000_0001)
}

#[tokio::test]
async fn how_far_a_list_was_read_is_kept_by_its_filters_and_goes_on_after_a_restart() {
    let desk = desk().await;
    let done = desk.store.write(|tx| {
        assert_eq!(platform_lists::get(tx, WHOLE)?, None);
        platform_lists::begin(tx, WHOLE, NOW)?;
        platform_lists::begin(tx, PART, NOW + 1)?;
        platform_lists::advance(tx, WHOLE, "c1", 20, NOW + 2)?;
        platform_lists::advance(tx, WHOLE, "c2", 20, NOW + 3)?;
        platform_lists::complete(tx, PART, 4, NOW + 4)
    });
    done.await.unwrap();
    desk.store.close().await.unwrap();
    let store = crate::support::open(&desk.path()).unwrap();
    let whole = PlatformListRow {
        connection_id: id(1),
        party: String::new(),
        status: String::new(),
        next_cursor: Some("c2".to_owned()),
        rows_read: 40,
        started_at: NOW,
        read_at: NOW + 3,
        complete_at: None,
    };
    let part = PlatformListRow {
        party: PART.party.to_owned(),
        status: PART.status.to_owned(),
        next_cursor: None,
        rows_read: 4,
        started_at: NOW + 1,
        read_at: NOW + 4,
        complete_at: Some(NOW + 4),
        ..whole.clone()
    };
    let lists = |of| store.read(move |db| platform_lists::of_connection(db, of));
    assert_eq!(lists(id(1)).await.unwrap(), [whole.clone(), part.clone()]);
    assert_eq!(lists(id(2)).await.unwrap(), []);
    store.write(|tx| platform_lists::complete(tx, WHOLE, 7, NOW + 5)).await.unwrap();
    let end = PlatformListRow {
        next_cursor: None,
        rows_read: 47,
        complete_at: Some(NOW + 5),
        read_at: NOW + 5,
        ..whole.clone()
    };
    assert_eq!(store.read(|db| platform_lists::get(db, WHOLE)).await.unwrap(), Some(end));
    store.write(|tx| platform_lists::begin(tx, WHOLE, NOW + 9)).await.unwrap();
    let anew = PlatformListRow { next_cursor: None, rows_read: 0, started_at: NOW + 9, read_at: NOW + 9, ..whole };
    assert_eq!(lists(id(1)).await.unwrap(), [anew, part], "the other one stays");
}

#[tokio::test]
async fn what_was_never_begun_has_no_next_page_and_no_end() {
    let desk = desk().await;
    let advanced = desk.store.write(|tx| platform_lists::advance(tx, WHOLE, "c1", 1, NOW)).await;
    let completed = desk.store.write(|tx| platform_lists::complete(tx, WHOLE, 1, NOW)).await;
    assert_eq!([advanced, completed], [Err(StoreError::NotFound), Err(StoreError::NotFound)]);
    let nowhere = ListKey { connection: id(9), ..WHOLE };
    let begun = desk.store.write(move |tx| platform_lists::begin(tx, nowhere, NOW)).await;
    assert!(matches!(begun, Err(StoreError::Constraint(_))), "{begun:?}");
}
