//! Search of customers: what is found by which words, that no text is an error, and that the index keeps up.

use std::path::Path;

use desk_domain::status::Status;
use desk_store::customers::{self, CustomerRow, Listing, Order, Page};
use desk_store::readings::{self, NewReading};
use desk_store::{SqlResult, Store, StoreError, Transaction, connections, settings};
use proptest::prelude::*;
use rstest::rstest;
use secrecy::SecretString;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Desk, KEY, NOW, connection, id};

fn row(customer_id: &str, name: &str, local_name: &str) -> CustomerRow {
    CustomerRow {
        connection_id: id(1),
        customer_id: customer_id.to_owned(),
        partner_customer_id: None,
        name: name.to_owned(),
        local_name: local_name.to_owned(),
        country: None,
        status: Some(Status::of("Succeeded")),
        read_at: NOW,
        upkeep: customers::Upkeep::default(),
        party: None,
        individual_of: None,
        listed: customers::Listed::default(),
    }
}

fn reading(number: u128, customer_id: &str, raw: &Value) -> NewReading {
    NewReading {
        id: id(number),
        connection_id: id(1),
        customer_id: customer_id.to_owned(),
        raw: raw.to_string(),
        status: None,
    }
}

fn person(names: [&str; 4], number: &str) -> Value {
    let [first, last, first_local, last_local] = names;
    json!({
        "basic_info": { "first_name_english": first, "last_name_english": last, "first_name": first_local,
                        "last_name": last_local },
        "identification": { "id_number": number }
    })
}

fn lantern() -> Value {
    json!({
        "business_details": { "business_identifier_number": "51 824 753 556" },
        "primary_contact": { "contact_email": "Accounts@LanternQuay.example", "contact_phone": "+61255501234" },
        "business_person_list": [
            person(["Wei", "Zhang", "伟", "张"], "E12345678"),
            person(["Łucja", "Nowak-Żak", "", ""], "ZA 77-001"),
        ]
    })
}

fn fill(tx: &Transaction<'_>) -> SqlResult<()> {
    connections::insert(tx, &connection(1))?;
    connections::insert(tx, &connection(2))?;
    let ours = Some("cd-018f_77".to_owned());
    customers::upsert(
        tx,
        &CustomerRow {
            partner_customer_id: ours, ..row("cus_LANTERN9", "Lantern Quay Trading Pty Ltd", "灯码头贸易")
        },
    )?;
    readings::keep(tx, &reading(30, "cus_LANTERN9", &lantern()), NOW)?;
    customers::upsert(tx, &row("cus_soehne", "Söhne & Straße GmbH \"Nord\" 🎉", ""))?;
    customers::upsert(tx, &row("cus_kana", "ＡＢＣ Gas", "㈱ガス貿易 ABC"))?;
    customers::upsert(tx, &row("cus_seoul", "O’Neill Seoul", "삼성전자 서울"))?;
    customers::upsert(tx, &row("cus_rare", "Rare", "𰻝麵"))?;
    customers::upsert(tx, &CustomerRow { connection_id: id(2), ..row("cus_other", "Lantern of elsewhere", "") })
}

async fn filled() -> Desk {
    let desk = Desk::new();
    desk.store.write(fill).await.unwrap();
    desk
}

fn asked(query: &str) -> Listing {
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
        limit: 200,
    }
}

async fn page(store: &Store, query: &str) -> Result<Page, StoreError> {
    let listing = asked(query);
    store.read(move |db| customers::page(db, &listing)).await
}

async fn found(store: &Store, query: &str) -> Vec<String> {
    let page = page(store, query).await.unwrap();
    assert_eq!(usize::try_from(page.total).unwrap(), page.rows.len(), "the total is that of the rows");
    page.rows.into_iter().map(|row| row.customer_id).collect()
}

const LANTERN: &[&str] = &["cus_LANTERN9"];
const NOBODY: &[&str] = &[];

#[rstest]
#[case::name("lantern", LANTERN)]
#[case::case_of_letters("LANTERN qUAY", LANTERN)]
#[case::words_in_any_order("trading lantern", LANTERN)]
#[case::part_of_a_word("antern", LANTERN)]
#[case::one_letter_begins_a_word("q", LANTERN)]
#[case::two_letters_begin_a_word("pt", LANTERN)]
#[case::two_letters_in_a_word_do_not("te", NOBODY)]
#[case::every_word_has_to_be_there("lantern kay", NOBODY)]
#[case::spaces_around("  lantern\t", LANTERN)]
#[case::local("灯码头", LANTERN)]
#[case::two_han("贸易", LANTERN)]
#[case::one_han("灯", LANTERN)]
#[case::han_in_another_order("易贸", NOBODY)]
#[case::han_and_latin("灯码头 ltd", LANTERN)]
#[case::han_and_latin_in_one_word("张q", LANTERN)]
#[case::platform_id("cus_lantern9", LANTERN)]
#[case::part_of_an_id("tern9", LANTERN)]
#[case::our_id("CD-018F_77", LANTERN)]
#[case::number_in_groups("51 824 753 556", LANTERN)]
#[case::number_without_gaps("51824753556", LANTERN)]
#[case::number_with_other_gaps("51-824-753-556", LANTERN)]
#[case::email("accounts@lanternquay.example", LANTERN)]
#[case::host("@lanternquay", LANTERN)]
#[case::person("wei zhang", LANTERN)]
#[case::person_in_local_script("张伟", LANTERN)]
#[case::second_person("nowak zak", LANTERN)]
#[case::strokes("lucja", LANTERN)]
#[case::number_of_a_person("e12345678", LANTERN)]
#[case::number_of_a_person_as_it_came("ZA 77-001", LANTERN)]
#[case::not_across_values("quay trading pty ltd灯", LANTERN)]
#[case::names_of_two_persons_are_not_one("张łucja伟", LANTERN)]
#[case::phone_is_not_asked("61255501234", NOBODY)]
#[case::other_connection("elsewhere", NOBODY)]
#[case::umlaut("söhne", &["cus_soehne"])]
#[case::without_the_umlaut("sohne strasse", &["cus_soehne"])]
#[case::sign_between("Söhne & Straße", &["cus_soehne"])]
#[case::quotes("\"nord\"", &["cus_soehne"])]
#[case::emoji("🎉", &["cus_soehne"])]
#[case::full_width("abc gas", &["cus_kana"])]
#[case::full_width_asked("ＧＡＳ", &["cus_kana"])]
#[case::kana("ガス", &["cus_kana"])]
#[case::half_width_kana("ｶﾞｽ", &["cus_kana"])]
#[case::unvoiced_is_another_word("カス", NOBODY)]
#[case::hangul("삼성", &["cus_seoul"])]
#[case::apostrophe("o'neill", &["cus_seoul"])]
#[case::han_beyond_the_first_plane("𰻝麵", &["cus_rare"])]
#[tokio::test]
async fn what_a_query_finds(#[case] query: &str, #[case] expected: &[&str]) {
    let desk = filled().await;
    assert_eq!(found(&desk.store, query).await, expected, "{query:?}");
}

#[tokio::test]
async fn values_of_two_fields_never_make_one_word() {
    let desk = Desk::new();
    desk.store
        .write(|tx| {
            connections::insert(tx, &connection(1))?;
            customers::upsert(tx, &row("cus_1", "Alpha", "甲乙"))?;
            let two = json!({ "business_person_list": [person(["A", "Bc", "乙", "丙"], "1"), person(["De", "F", "戊", "丁"], "2")] });
            readings::keep(tx, &reading(30, "cus_1", &two), NOW).map(|_| ())
        })
        .await
        .unwrap();
    for (query, says) in
        [("甲乙", true), ("丙乙", true), ("乙丙", false), ("乙丁", false), ("bcde", false), ("alphacus", false)]
    {
        assert_eq!(!found(&desk.store, query).await.is_empty(), says, "{query}");
    }
}

#[rstest]
#[case("\"")]
#[case("\"\"")]
#[case("'; DROP TABLE customers; --")]
#[case("*")]
#[case("***")]
#[case("-")]
#[case("- -x")]
#[case("^lantern")]
#[case("lantern NEAR quay")]
#[case("NEAR(lantern quay, 2)")]
#[case("lantern AND")]
#[case("OR")]
#[case("NOT lantern")]
#[case("text:lantern")]
#[case("(lantern")]
#[case("lantern\0quay")]
#[case("%")]
#[case("_")]
#[case("\\")]
#[case("🏳️‍🌈")]
#[case("\u{E000}")]
#[case("\u{FFFD}\u{10FFFF}")]
#[tokio::test]
async fn no_sign_of_a_query_is_a_command(#[case] query: &str) {
    let desk = filled().await;
    let page = page(&desk.store, query).await.unwrap();
    assert!(page.total < page.all, "{query:?} finds everybody");
}

#[rstest]
#[case("a".repeat(10_000))]
#[case("a b ".repeat(2_500))]
#[case("灯".repeat(10_000))]
#[case("\"".repeat(10_000))]
#[case("x🎉".repeat(5_000))]
#[tokio::test]
async fn a_long_query_is_no_error(#[case] query: String) {
    let desk = filled().await;
    page(&desk.store, &query).await.unwrap();
}

#[test]
fn no_text_at_all_is_an_error() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let desk = runtime.block_on(filled());
    proptest!(|(query in any::<String>())| {
        prop_assert!(runtime.block_on(page(&desk.store, &query)).is_ok(), "{query:?}");
    });
}

#[rstest]
#[case("")]
#[case(" \t\u{3000}\u{200B} ")]
#[case("\0")]
#[case("\u{301}\u{301}")]
#[tokio::test]
async fn a_blank_query_finds_everybody(#[case] query: &str) {
    let desk = filled().await;
    let page = page(&desk.store, query).await.unwrap();
    assert_eq!((page.total, page.all), (5, 5));
}

#[tokio::test]
async fn what_changes_is_found_as_it_is_now_and_not_as_it_was() {
    let desk = filled().await;
    let renamed = json!({
        "business_details": { "business_identifier_number": "99 000" },
        "primary_contact": { "contact_email": "new@quay.example" },
        "business_person_list": [person(["Mei", "Wang", "梅", "王"], "X900")]
    });
    desk.store
        .write(move |tx| {
            let status = Some(Status::of("Suspended"));
            customers::upsert(tx, &CustomerRow { status, ..row("cus_LANTERN9", "Harbour Light", "港灯") })?;
            readings::keep(tx, &reading(31, "cus_LANTERN9", &renamed), NOW + 1).map(|_| ())
        })
        .await
        .unwrap();
    for gone in ["trading", "码头", "51824753556", "accounts@", "zhang", "E12345678"] {
        assert_eq!(found(&desk.store, gone).await, NOBODY, "{gone}");
    }
    for new in ["harbour", "港灯", "99000", "new@quay", "王梅", "x900", "cd-018f_77"] {
        assert_eq!(found(&desk.store, new).await, LANTERN, "{new}");
    }
}

#[tokio::test]
async fn what_the_newest_reading_leaves_out_is_still_found() {
    let desk = filled().await;
    let sparse = json!({ "business_person_list": [{ "identification": { "id_number": "E12345678" } }] });
    let cleared = json!({ "primary_contact": { "contact_email": null } });
    let keep = |number, raw: Value| {
        move |tx: &Transaction<'_>| readings::keep(tx, &reading(number, "cus_LANTERN9", &raw), NOW)
    };
    desk.store.write(keep(31, sparse)).await.unwrap();
    for said in ["wei zhang", "51824753556", "accounts@", "e12345678"] {
        assert_eq!(found(&desk.store, said).await, LANTERN, "{said}: an answer that leaves it out does not clear it");
    }
    assert_eq!(found(&desk.store, "za 77-001").await, NOBODY, "the persons' numbers were said, and this one was not");
    desk.store.write(keep(32, cleared)).await.unwrap();
    assert_eq!(found(&desk.store, "accounts@").await, NOBODY, "said to be empty");
}

#[tokio::test]
async fn a_transaction_that_fails_leaves_the_index_as_it_was() {
    let desk = filled().await;
    let failed = desk.store.write(|tx| -> SqlResult<()> {
        customers::upsert(tx, &row("cus_LANTERN9", "Harbour Light", ""))?;
        customers::upsert(tx, &row("cus_new", "Novel", ""))?;
        Err(desk_store::SqlError::InvalidQuery)
    });
    failed.await.unwrap_err();
    assert_eq!(found(&desk.store, "harbour").await, NOBODY);
    assert_eq!(found(&desk.store, "novel").await, NOBODY);
    assert_eq!(found(&desk.store, "lantern quay").await, LANTERN);
    assert_eq!(page(&desk.store, "").await.unwrap().all, 5);
}

/// A database as the first version of the program left it.
fn of_the_first_version(path: &Path) {
    let old = desk_store::Connection::open(path).unwrap();
    old.execute_batch(&format!("PRAGMA key = \"x'{KEY}'\"; PRAGMA cipher_compatibility = 4;")).unwrap();
    old.execute_batch(include_str!("../../migrations/0001_start.sql")).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    let rows = "
        INSERT INTO connections (id, name, kind, revision, environment, base_url, created_at)
            VALUES ($1, 'x', 'axisfi', 'typed', 'sandbox', 'sandbox:', 0);
        INSERT INTO customers VALUES (7, $1, 'cus_old', 'cd-old', 'Żółw Old Traders', '灯码头', 'PL', 'Succeeded', 'active', 5);
        INSERT INTO customers VALUES (8, $1, 'cus_bare', NULL, '', '', NULL, NULL, NULL, 6);
        INSERT INTO readings VALUES (1, $2, $1, 'cus_old', $raw, zeroblob(32), NULL, NULL, 0, 0);";
    let raw = lantern().to_string();
    let rows = rows.replace("$1", &format!("'{}'", id(1))).replace("$2", &format!("'{}'", id(30)));
    old.execute_batch(&rows.replace("$raw", &format!("'{raw}'"))).unwrap();
}

#[tokio::test]
async fn the_rows_of_an_older_database_are_found_after_its_first_opening() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    of_the_first_version(&path);
    for opening in ["first", "second"] {
        let store = Store::open(&path, &SecretString::from(KEY)).unwrap();
        for query in ["zolw", "灯码", "cd-old", "wei zhang", "51824753556"] {
            assert_eq!(found(&store, query).await, ["cus_old"], "{query} after the {opening} opening");
        }
        let all = page(&store, "").await.unwrap();
        let groups: Vec<_> = all.groups.iter().map(|(group, count)| (group.code(), *count)).collect();
        assert_eq!((groups.as_slice(), all.all), ([("active", 1), ("unknown", 1)].as_slice(), 2));
        let ids: Vec<_> = all.rows.iter().map(|row| row.customer_id.as_str()).collect();
        assert_eq!(ids, ["cus_old", "cus_bare"], "the nameless after the others");
        store.close().await.unwrap();
    }
}

#[tokio::test]
async fn an_index_of_another_version_is_made_anew_and_one_of_this_is_not() {
    let desk = filled().await;
    let forget =
        |tx: &Transaction<'_>| tx.execute("INSERT INTO customers_parts (customers_parts) VALUES ('delete-all')", []);
    desk.store.write(forget).await.unwrap();
    desk.store.close().await.unwrap();
    let open = || Store::open(&desk.path(), &SecretString::from(KEY)).unwrap();
    let store = open();
    assert_eq!(found(&store, "lantern").await, NOBODY, "the control: the index is not made at each start");
    store.write(|tx| settings::set(tx, "search.version", "0")).await.unwrap();
    store.close().await.unwrap();
    let store = open();
    assert_eq!(found(&store, "lantern").await, LANTERN);
    assert_eq!(page(&store, "").await.unwrap().all, 5, "and nobody is counted twice");
}

#[tokio::test]
async fn another_environment_is_never_searched() {
    let desk = filled().await;
    let connections: [Vec<Uuid>; 3] = [vec![], vec![id(2)], vec![id(1), id(2)]];
    for (connections, expected) in connections.into_iter().zip([0, 1, 2]) {
        let listing = Listing { connections, ..asked("lantern") };
        let page = desk.store.read(move |db| customers::page(db, &listing)).await.unwrap();
        assert_eq!(page.total, expected);
    }
}
