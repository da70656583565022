//! Who has a number already: found as soon as it is written, and no longer than it is there.

use desk_domain::draft::Edit;
use desk_domain::field::Field;
use desk_domain::identity_keys::{IdentityKey, IdentityKind};
use desk_domain::path::{FieldPath, PersonId};
use desk_domain::platform::Environment;
use desk_store::customers::{self, CustomerRow, Listed, Upkeep};
use desk_store::drafts::{self, NewDraft, Purpose};
use desk_store::identity_keys::{Holder, Scope, customers_with, drafts_with};
use desk_store::readings::{self, NewReading};
use desk_store::{connections, draft_purge};
use rstest::rstest;

use crate::support::{Desk, NOW, connection, id, new_draft, set};

const NUMBER: Field = Field::BusinessIdentifierNumber;
const COUNTRY: Field = Field::BusinessIdentifierCountryCode;
const NOBODY: [uuid::Uuid; 0] = [];

fn key(kind: IdentityKind, key: &str) -> IdentityKey {
    IdentityKey { kind, key: key.to_owned() }
}

fn scope(connection: u128) -> Scope {
    Scope { environment: Environment::Sandbox, connection: id(connection) }
}

/// Connections 1 and 2 of the sandbox, 3 of production.
async fn desk() -> Desk {
    let desk = Desk::new();
    let write = desk.store.write(|tx| {
        connections::insert(tx, &connection(1))?;
        connections::insert(tx, &connection(2))?;
        let production = connections::ConnectionRow { environment: Environment::Production, ..connection(3) };
        connections::insert(tx, &production)
    });
    write.await.unwrap();
    desk
}

async fn add(desk: &Desk, new: NewDraft) {
    desk.store.write(move |tx| drafts::insert(tx, &new, NOW)).await.unwrap();
}

async fn edit(desk: &Desk, draft: u128, edits: Vec<Edit>) {
    desk.store.write(move |tx| drafts::save_edits(tx, id(draft), id(901), &edits, NOW + 1)).await.unwrap();
}

async fn drafts_of(desk: &Desk, connection: u128, key: IdentityKey) -> Vec<Holder> {
    desk.store.read(move |db| drafts_with(db, scope(connection), &key)).await.unwrap()
}

async fn numbers(desk: &Desk, key_text: &str) -> Vec<uuid::Uuid> {
    let found = drafts_of(desk, 1, key(IdentityKind::Identifier, key_text)).await;
    found.into_iter().filter_map(|holder| holder.draft).collect()
}

#[tokio::test]
async fn a_draft_is_found_by_what_it_says_now() {
    let desk = desk().await;
    add(&desk, new_draft(10, 1, vec![set(NUMBER, "51 824"), set(COUNTRY, "AU")])).await;
    add(&desk, new_draft(11, 2, vec![set(NUMBER, "51824"), set(COUNTRY, "Australia")])).await;
    add(&desk, new_draft(12, 3, vec![set(NUMBER, "51824"), set(COUNTRY, "AU")])).await;
    assert_eq!(numbers(&desk, "AU 51824").await, [id(11), id(10)], "the newest first, and none of production");
    edit(&desk, 11, vec![set(NUMBER, "51 825")]).await;
    assert_eq!(numbers(&desk, "AU 51824").await, [id(10)]);
    assert_eq!(numbers(&desk, "AU 51825").await, [id(11)]);
    edit(&desk, 11, vec![set(COUNTRY, "")]).await;
    assert_eq!(numbers(&desk, "AU 51825").await, NOBODY, "a number without its country is nobody's");
    let names = [Field::BusinessName, Field::BusinessNameEnglish];
    for (field, name) in names.into_iter().zip(["灯码头", "Lantern Quay"]) {
        edit(&desk, 10, vec![set(field, name)]).await;
        let found = drafts_of(&desk, 1, key(IdentityKind::Identifier, "AU 51824")).await;
        assert_eq!((found[0].name.as_str(), found[0].at, found[0].connection_id), (name, NOW + 1, id(1)));
    }
}

#[tokio::test]
async fn a_person_who_is_removed_takes_their_document_along() {
    let desk = desk().await;
    let person = PersonId(id(40));
    let of =
        |field, text: &str| Edit::Set { path: FieldPath::of_person(person, field).unwrap(), text: text.to_owned() };
    let first =
        vec![Edit::AddPerson { person, at: 0 }, of(Field::IdNumber, "PA 12-34"), of(Field::IdIssuingCountryCode, "PT")];
    add(&desk, new_draft(10, 1, first)).await;
    let document = || key(IdentityKind::IdDocument, "PT PA1234");
    assert_eq!(drafts_of(&desk, 2, document()).await.len(), 1);
    edit(&desk, 10, vec![Edit::RemovePerson { person }]).await;
    assert_eq!(drafts_of(&desk, 2, document()).await, []);
}

#[tokio::test]
async fn our_id_counts_for_its_connection_alone_and_not_for_an_update() {
    let desk = desk().await;
    let ours = "cd-0190a1b2-c3d4-7000-8000";
    add(&desk, new_draft(10, 1, vec![set(Field::PartnerCustomerId, ours)])).await;
    let partner = || key(IdentityKind::PartnerId, ours);
    assert_eq!(drafts_of(&desk, 1, partner()).await.len(), 1);
    assert_eq!(drafts_of(&desk, 2, partner()).await, []);
    keep(&desk, 2, "cus_1", Some(ours), "{\"customer_id\":\"cus_1\"}").await;
    let purpose = Purpose::Update {
        customer_id: "cus_1".to_owned(),
        base_reading: id(500),
        base_persons: Some(Vec::new()),
        base_at: NOW,
    };
    add(&desk, NewDraft { purpose, ..new_draft(11, 2, vec![set(Field::PartnerCustomerId, ours)]) }).await;
    assert_eq!(drafts_of(&desk, 2, partner()).await, []);
    assert_eq!(customers_of(&desk, 2, partner()).await.len(), 1);
    assert_eq!(customers_of(&desk, 1, partner()).await, []);
}

#[rstest]
#[case::deleted(false)]
#[case::forgotten(true)]
#[tokio::test]
async fn a_draft_that_was_put_away_is_not_found_until_it_is_back(#[case] purged: bool) {
    let desk = desk().await;
    add(&desk, new_draft(10, 1, vec![set(NUMBER, "51 824"), set(COUNTRY, "AU")])).await;
    desk.store.write(|tx| drafts::set_deleted(tx, id(10), Some(NOW))).await.unwrap();
    assert_eq!(numbers(&desk, "AU 51824").await, NOBODY);
    if purged {
        desk.store.write(|tx| draft_purge::purge(tx, NOW)).await.unwrap();
        let left =
            desk.store.read(|db| db.query_row("SELECT count(*) FROM draft_keys", [], |row| row.get::<_, i64>(0)));
        assert_eq!(left.await, Ok(0));
        return;
    }
    desk.store.write(|tx| drafts::set_deleted(tx, id(10), None)).await.unwrap();
    assert_eq!(numbers(&desk, "AU 51824").await, [id(10)]);
}

async fn keep(desk: &Desk, connection: u128, customer: &str, ours: Option<&str>, raw: &str) {
    let row = CustomerRow {
        connection_id: id(connection),
        customer_id: customer.to_owned(),
        partner_customer_id: ours.map(str::to_owned),
        name: "Lantern Quay".to_owned(),
        local_name: String::new(),
        country: None,
        status: None,
        read_at: NOW + 7,
        upkeep: Upkeep::default(),
        party: None,
        individual_of: customer.split_once("/individuals/").map(|(customer, _)| customer.to_owned()),
        listed: Listed::default(),
    };
    let (raw, customer) = (raw.to_owned(), customer.to_owned());
    let write = desk.store.write(move |tx| {
        customers::upsert(tx, &row)?;
        let seen: i64 = tx.query_row("SELECT count(*) FROM readings", [], |row| row.get(0))?;
        let new = NewReading {
            id: id(500 + u128::try_from(seen).unwrap()),
            connection_id: row.connection_id,
            customer_id: customer,
            raw,
            status: None,
        };
        readings::keep(tx, &new, NOW)
    });
    write.await.unwrap();
}

async fn customers_of(desk: &Desk, connection: u128, key: IdentityKey) -> Vec<Holder> {
    desk.store.read(move |db| customers_with(db, scope(connection), &key)).await.unwrap()
}

#[tokio::test]
async fn a_customer_is_found_by_what_was_last_said_of_its_number() {
    let desk = desk().await;
    let said = |number: &str| {
        format!(
            r#"{{"business_details":{{"business_identifier_number":"{number}","business_identifier_country_code":"au"}}}}"#
        )
    };
    let of = |number: &str| key(IdentityKind::Identifier, number);
    keep(&desk, 1, "cus_1", None, &said("51 824")).await;
    keep(&desk, 1, "cus_1", None, r#"{"customer_id":"cus_1","status":"Active"}"#).await;
    keep(&desk, 2, "cus_1", None, &said("51824")).await;
    keep(&desk, 3, "cus_1", None, &said("51824")).await;
    let found = customers_of(&desk, 1, of("AU 51824")).await;
    let connections: Vec<_> = found.iter().map(|holder| holder.connection_id).collect();
    assert_eq!(connections, [id(2), id(1)], "what is not said stays; of production none");
    let expected = Holder {
        connection_id: id(2),
        draft: None,
        customer_id: Some("cus_1".to_owned()),
        name: "Lantern Quay".to_owned(),
        at: NOW + 7,
    };
    assert_eq!(found[0], expected);
    keep(&desk, 2, "cus_1", None, &said("51 825")).await;
    assert_eq!(customers_of(&desk, 1, of("AU 51824")).await.len(), 1, "it says another one now");
}

#[tokio::test]
async fn what_was_said_once_stays_however_many_readings_do_not_say_it() {
    let desk = desk().await;
    let ours = |number: u8| format!("cd-0190a1b2-c3d4-7000-800{number}");
    let number =
        r#"{"business_details":{"business_identifier_number":"51 824","business_identifier_country_code":"au"}}"#;
    keep(&desk, 1, "cus_1", Some(&ours(0)), number).await;
    for at in 0..12_u8 {
        let raw = format!(r#"{{"customer_id":"cus_1","status":"S{at}"}}"#);
        keep(&desk, 1, "cus_1", Some(&ours(at % 2)), &raw).await;
    }
    assert_eq!(customers_of(&desk, 1, key(IdentityKind::Identifier, "AU 51824")).await.len(), 1);
    let of_ours = |number| customers_of(&desk, 1, key(IdentityKind::PartnerId, &ours(number)));
    assert_eq!((of_ours(0).await.len(), of_ours(1).await.len()), (0, 1), "our id is that of today alone");
}

#[tokio::test]
async fn a_connection_that_was_put_away_names_nobody() {
    let desk = desk().await;
    add(&desk, new_draft(10, 2, vec![set(NUMBER, "51 824"), set(COUNTRY, "AU")])).await;
    assert_eq!(numbers(&desk, "AU 51824").await, [id(10)]);
    let archived = connections::ConnectionRow { archived_at: Some(NOW), ..connection(2) };
    desk.store.write(move |tx| connections::update(tx, &archived)).await.unwrap();
    assert_eq!(numbers(&desk, "AU 51824").await, NOBODY);
}
