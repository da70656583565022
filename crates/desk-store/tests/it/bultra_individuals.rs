//! Individuals: records of their own that no list has, by which search finds their customer.

use desk_domain::platform::{Environment, Kind};
use desk_domain::status::StatusGroup;
use desk_store::activity::{self, Activity};
use desk_store::activity_list::{self, Part};
use desk_store::customers::{self, Listing, Order};
use desk_store::draft_lists::{self, DraftFilter};
use desk_store::drafts::{self, NewDraft, Purpose};
use desk_store::{SqlResult, Transaction, readings, settings};
use rstest::rstest;
use serde_json::json;

use crate::bultra::{all, desk, found, groups, individual, listed, page, reading, row, take_in};
use crate::support::{Desk, NOW, id, open};

async fn with_individuals() -> Desk {
    let desk = desk().await;
    take_in(&desk, vec![listed("cust_1", "CORPORATION", "ACTIVE", "office@quay.example")], NOW).await;
    let fill = |tx: &Transaction<'_>| -> SqlResult<()> {
        for (of_it, first, email) in [("ind_1", "Łucja", "lucja@home.example"), ("ind_2", "Wei", "wei@home.example")] {
            let row = individual("cust_1", of_it);
            customers::upsert(tx, &row)?;
            let said = json!({ "id": of_it, "customer_id": "cust_1", "first_name": first, "last_name": "Nowak",
                "email": email, "phone": "+48 600 700 800" });
            readings::keep(tx, &reading(&row.customer_id, &said), NOW)?;
            customers::mark_changed(tx, id(1), &row.customer_id, NOW)?;
            customers::schedule(tx, id(1), &row.customer_id, Some(NOW), 0)?;
        }
        Ok(())
    };
    desk.store.write(fill).await.unwrap();
    desk
}

#[tokio::test]
async fn an_individual_is_a_row_with_readings_that_no_list_count_or_turn_has() {
    let desk = with_individuals().await;
    let read = desk.store.read(|db| {
        let of = customers::individuals_of(db, id(1), "cust_1")?;
        let none = [customers::individuals_of(db, id(2), "cust_1")?, customers::individuals_of(db, id(1), "ind_1")?];
        assert!(none.iter().all(Vec::is_empty), "of nobody else");
        assert_eq!(customers::count_changed(db, &[id(1)])?, 0);
        assert_eq!(customers::due(db, id(1), NOW + 9_999)?, None);
        assert_eq!(customers::next_due(db, id(1), NOW - 1)?, None);
        Ok((of, readings::newest(db, id(1), "cust_1/individuals/ind_2")?.unwrap()))
    });
    let (of, newest) = read.await.unwrap();
    let ids: Vec<_> = of.iter().map(|row| (row.customer_id.as_str(), row.individual_of.as_deref())).collect();
    let customer = Some("cust_1");
    assert_eq!(ids, [("cust_1/individuals/ind_1", customer), ("cust_1/individuals/ind_2", customer)]);
    assert_eq!((of[0].upkeep.changed_at, of[0].upkeep.ask_at), (Some(NOW), None), "its own record knows of the change");
    assert_eq!((newest.kind, newest.raw.contains("Wei")), (Kind::Bultra, true));
    for group in [None, Some(StatusGroup::Attention), Some(StatusGroup::Unknown)] {
        for order in [Order::Name, Order::ReadAt, Order::CreatedAt] {
            let page = page(&desk.store, Listing { group, order, ..all() }).await;
            let total = u32::from(group.is_none());
            assert_eq!((page.total, page.all, groups(&page)), (total, 1, vec![("active", 1)]), "{group:?} {order:?}");
        }
    }
}

#[rstest]
#[case::name("lucja nowak")]
#[case::name_of_the_other("wei")]
#[case::email("wei@home.example")]
#[case::own_id("ind_2")]
#[case::of_the_customer("office@quay")]
#[tokio::test]
async fn a_customer_is_found_by_what_its_individuals_say(#[case] query: &str) {
    let desk = with_individuals().await;
    assert_eq!(found(&desk.store, query).await, ["cust_1"]);
    desk.store.write(|tx| settings::set(tx, "search.version", "1")).await.unwrap();
    desk.store.close().await.unwrap();
    let store = open(&desk.path()).unwrap();
    assert_eq!(found(&store, query).await, ["cust_1"], "and by an index that was made anew");
    let page = page(&store, all()).await;
    assert_eq!((page.all, groups(&page)), (1, vec![("active", 1)]), "which counts customers alone");
}

#[tokio::test]
async fn a_new_reading_of_an_individual_is_found_as_it_is_now() {
    let desk = with_individuals().await;
    let moved = json!({ "id": "ind_1", "first_name": "Ana", "last_name": "Sol", "email": "ana@sol.example" });
    let keep = move |tx: &Transaction<'_>| readings::keep(tx, &reading("cust_1/individuals/ind_1", &moved), NOW + 1);
    desk.store.write(keep).await.unwrap();
    for (query, is) in [("ana sol", true), ("ana@sol", true), ("lucja", false), ("wei", true), ("600700800", false)] {
        assert_eq!(!found(&desk.store, query).await.is_empty(), is, "{query}");
    }
    let alone = json!({ "id": "ind_9", "first_name": "Nobody's" });
    let write = desk.store.write(move |tx| {
        customers::upsert(tx, &individual("cust_unknown", "ind_9"))?;
        readings::keep(tx, &reading("cust_unknown/individuals/ind_9", &alone), NOW)
    });
    write.await.unwrap();
    assert_eq!(found(&desk.store, "nobody").await, [""; 0], "its customer is not known");
    take_in(&desk, vec![listed("cust_unknown", "", "", "")], NOW).await;
    assert_eq!(found(&desk.store, "nobody").await, ["cust_unknown"], "from the moment on in which it is");
}

#[tokio::test]
async fn the_individuals_that_a_customer_names_are_found_before_anybody_reads_them() {
    let desk = desk().await;
    let names = json!({ "id": "cust_1", "type": "CORPORATION", "corporation": { "legal_name": "Quay Ltd" },
        "individuals": [{ "id": "ind_77", "first_name": "Aino", "last_name": "Koski", "role": "DIRECTOR" }] });
    let write = desk.store.write(move |tx| {
        customers::upsert(tx, &row("cust_1", "Quay Ltd"))?;
        readings::keep(tx, &reading("cust_1", &names), NOW)
    });
    write.await.unwrap();
    for query in ["ind_77", "aino koski", "quay"] {
        assert_eq!(found(&desk.store, query).await, ["cust_1"], "{query}");
    }
}

#[tokio::test]
async fn an_individual_has_drafts_of_its_own_which_are_listed_and_found() {
    let desk = with_individuals().await;
    const WHOSE: &str = "cust_1/individuals/ind_1";
    let done = desk.store.write(|tx| {
        let base_reading = readings::newest(tx, id(1), WHOSE)?.unwrap().id;
        let purpose =
            Purpose::Update { customer_id: WHOSE.to_owned(), base_reading, base_persons: Some(vec![]), base_at: NOW };
        let new = NewDraft { id: id(40), connection_id: id(1), purpose, batch: id(900), first: vec![] };
        let draft = drafts::insert(tx, &new, NOW)?;
        assert_eq!(drafts::update_of(tx, id(1), WHOSE)?, Some(draft));
        assert_eq!(drafts::update_of(tx, id(1), "cust_1")?, None, "its customer has none");
        let filter = DraftFilter { connections: vec![id(1)], deleted_after: None, today_from: NOW, only: None };
        let found = |word: &'static str| draft_lists::matching(tx, &filter, move |known| known.contains(word));
        assert_eq!([found("ind_1")?, found("Her Own Name")?, found("Wei")?], [vec![id(40)], vec![id(40)], vec![]]);
        let text = |text: &str| text.to_owned();
        let [actor, action, detail, result] = ["mara", "draft.create", "", "ok"].map(text);
        activity::append(tx, &Activity { actor, action, object: activity::draft(id(40)), detail, result, at: NOW })?;
        let part = Part { environment: Some(Environment::Sandbox), kind: None, before: None };
        let names: Vec<_> = activity_list::list_named(tx, &part, 9)?.into_iter().map(|row| row.name).collect();
        assert_eq!(names, ["Her Own Name"], "its form has no name of a business");
        draft_lists::page(tx, &filter, None, 0, 10)
    });
    let listed = done.await.unwrap();
    assert_eq!(listed.len(), 1);
}
