//! Drafts and their edits.

use desk_domain::draft::{Draft, Edit};
use desk_domain::field::Field;
use desk_domain::path::{FieldPath, PersonId};
use desk_store::draft_edits::{self, Op};
use desk_store::drafts::{self, DraftState, NewDraft, Purpose};
use desk_store::{StoreError, connections};
use proptest::prelude::*;
use rstest::rstest;

use crate::support::{Desk, NOW, connection, id, new_draft, open, path, set};

const BATCH: u128 = 901;

async fn save(desk: &Desk, edits: Vec<Edit>) -> Result<i64, StoreError> {
    desk.store.write(move |tx| drafts::save_edits(tx, id(2), id(BATCH), &edits, NOW + 1)).await
}

#[tokio::test]
async fn a_new_draft_has_what_was_filled_in_as_its_first_edits() {
    let desk = Desk::new();
    let row = desk.store.write(|tx| {
        connections::insert(tx, &connection(1))?;
        drafts::insert(tx, &new_draft(2, 1, vec![set(Field::PartnerCustomerId, "cd-1")]), NOW)
    });
    let row = row.await.unwrap();
    assert_eq!((row.seq, row.state, row.open, row.saved_at), (1, DraftState::Editing, false, NOW));
    assert_eq!(row.texts.text(path(Field::PartnerCustomerId)), "cd-1");
    assert_eq!(desk.store.read(|db| drafts::get(db, id(2))).await.unwrap(), Some(row));
}

#[tokio::test]
async fn each_edit_is_kept_with_old_and_new() {
    let desk = Desk::with_draft().await;
    let person = PersonId(id(7));
    let name = FieldPath::of_person(person, Field::FirstNameEnglish).unwrap();
    let edits = vec![
        set(Field::ContactEmail, "a@b.example"),
        Edit::AddPerson { person, at: 9 },
        Edit::Set { path: name, text: "Ada".to_owned() },
        set(Field::ContactEmail, ""),
        Edit::RemovePerson { person },
    ];
    assert_eq!(save(&desk, edits).await, Ok(5));
    let rows = desk.store.read(|db| draft_edits::list(db, id(2))).await.unwrap();
    let short: Vec<_> = rows
        .iter()
        .map(|row| {
            (row.seq, row.change.op, row.change.path.as_str(), row.change.old.as_deref(), row.change.new.as_deref())
        })
        .collect();
    let list = format!("business_person_list/{}", id(7));
    let name = name.to_string();
    let removed = format!("{{\"at\":0,\"texts\":{{\"{name}\":\"Ada\"}}}}");
    assert_eq!(
        short,
        [
            (1, Op::Set, "primary_contact/contact_email", None, Some("a@b.example")),
            (2, Op::Add, list.as_str(), None, Some("0")),
            (3, Op::Set, name.as_str(), None, Some("Ada")),
            (4, Op::Set, "primary_contact/contact_email", Some("a@b.example"), None),
            (5, Op::Remove, list.as_str(), Some(removed.as_str()), None),
        ]
    );
    assert!(rows.iter().all(|row| row.batch == id(BATCH) && row.at == NOW + 1));
    assert_eq!(rows[4].change.removed().unwrap().unwrap().texts.len(), 1, "a removed person can be brought back");
    let row = desk.store.read(|db| drafts::get(db, id(2))).await.unwrap().unwrap();
    assert_eq!((row.seq, row.saved_at, row.texts), (5, NOW + 1, Draft::default()));
}

#[tokio::test]
async fn a_moved_person_is_kept_as_the_order_before_and_after() {
    let desk = Desk::with_draft().await;
    let [a, b] = [7, 8].map(|number| PersonId(id(number)));
    let edits = vec![
        Edit::AddPerson { person: a, at: 0 },
        Edit::AddPerson { person: b, at: 1 },
        Edit::MovePerson { person: b, at: 0 },
        Edit::MovePerson { person: b, at: 0 },
    ];
    assert_eq!(save(&desk, edits).await, Ok(3), "moving to where they are leaves no row");
    let mut rows = desk.store.read(|db| draft_edits::list(db, id(2))).await.unwrap();
    let change = rows[2].change.clone();
    let order = |first: PersonId, second: PersonId| Some(format!("[\"{}\",\"{}\"]", first.0, second.0));
    assert_eq!((change.op, change.path.as_str()), (Op::Set, "business_person_list"));
    assert_eq!((change.old, change.new), (order(a, b), order(b, a)));
    assert_eq!(draft_edits::replay(&rows).unwrap().persons, [b, a]);
    for (old, new) in [(order(b, a), order(a, b)), (order(a, b), order(a, a)), (None, order(b, a))] {
        rows[2].change.old.clone_from(&old);
        rows[2].change.new.clone_from(&new);
        assert_eq!(draft_edits::replay(&rows), None, "an order that does not fit shows: {old:?} {new:?}");
    }
}

#[tokio::test]
async fn fields_that_were_set_after_an_edit_are_known() {
    let desk = Desk::with_draft().await;
    let person = PersonId(id(7));
    let name = FieldPath::of_person(person, Field::LastName).unwrap();
    let edits = vec![
        set(Field::Website, "a"),
        set(Field::ContactEmail, "a"),
        Edit::AddPerson { person, at: 0 },
        Edit::AddPerson { person: PersonId(id(8)), at: 0 },
        Edit::Set { path: name, text: "x".to_owned() },
        set(Field::ContactEmail, ""),
        set(Field::ContactEmail, "a"),
        Edit::MovePerson { person, at: 0 },
        Edit::RemovePerson { person: PersonId(id(8)) },
    ];
    assert_eq!(save(&desk, edits).await, Ok(9));
    let since = |seq| desk.store.read(move |db| draft_edits::changed_since(db, id(2), seq));
    assert_eq!(since(9).await.unwrap(), []);
    let mut found = since(2).await.unwrap();
    found.sort();
    let mut expected = [name, path(Field::ContactEmail)];
    expected.sort();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn an_edit_that_changes_nothing_is_acknowledged_and_leaves_no_row() {
    let desk = Desk::with_draft().await;
    let person = PersonId(id(7));
    let stranger = FieldPath::of_person(PersonId(id(8)), Field::IdNumber).unwrap();
    let edits = vec![set(Field::ContactEmail, "a@b.example"), Edit::AddPerson { person, at: 0 }];
    assert_eq!(save(&desk, edits.clone()).await, Ok(2));
    let mut repeated = edits;
    repeated.push(Edit::RemovePerson { person: PersonId(id(8)) });
    repeated.push(Edit::Set { path: stranger, text: "x".to_owned() });
    repeated.push(set(Field::ContactPhone, ""));
    assert_eq!(save(&desk, repeated).await, Ok(2), "a message repeated after a crash does no harm");
    assert_eq!(desk.store.read(|db| draft_edits::list(db, id(2))).await.unwrap().len(), 2);
}

#[rstest]
#[case::typed_at_the_end("字".repeat(3_000), "字".repeat(3_000) + "!", true)]
#[case::typed_in_the_middle("客户".repeat(2_000), "客户".repeat(900) + "X" + &"客户".repeat(1_100), true)]
#[case::letters_repeat("a".repeat(5_000), "a".repeat(5_001), true)]
#[case::nothing_in_common("x".repeat(3_000), "y".repeat(3_000), false)]
#[case::letters_share_bytes("é".repeat(3_000), "è".repeat(3_000), false)]
#[tokio::test]
async fn of_a_long_text_only_the_difference_is_kept(#[case] old: String, #[case] new: String, #[case] small: bool) {
    let desk = Desk::with_draft().await;
    save(&desk, vec![set(Field::GoodsServiceDescription, &old)]).await.unwrap();
    save(&desk, vec![set(Field::GoodsServiceDescription, &new)]).await.unwrap();
    let rows = desk.store.read(|db| draft_edits::list(db, id(2))).await.unwrap();
    let change = &rows[1].change;
    assert!(change.common.is_some());
    let kept = change.old.as_deref().unwrap_or("").len() + change.new.as_deref().unwrap_or("").len();
    assert_eq!(kept < 100, small, "{kept} bytes were kept");
    let replayed = draft_edits::replay(&rows).unwrap();
    assert_eq!(replayed.text(path(Field::GoodsServiceDescription)), new);
}

#[tokio::test]
async fn lists_have_the_drafts_of_their_connections_newest_first_and_no_deleted_ones() {
    let desk = Desk::new();
    let rows = desk.store.write(|tx| {
        for number in 1..=2 {
            connections::insert(tx, &connection(number))?;
        }
        for (number, owner) in [(10, 1), (11, 2), (12, 1), (13, 1)] {
            drafts::insert(tx, &new_draft(number, owner, vec![]), NOW + number as i64)?;
            drafts::set_open(tx, id(number), number != 12)?;
        }
        drafts::set_deleted(tx, id(13), Some(NOW))?;
        drafts::save_edits(tx, id(10), id(BATCH), &[set(Field::Website, "x")], NOW + 100)?;
        let ids = |rows: Vec<drafts::DraftRow>| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        Ok([
            ids(drafts::list(tx, &[id(1)])?),
            ids(drafts::list(tx, &[id(1), id(2)])?),
            ids(drafts::list(tx, &[])?),
            ids(drafts::list_open(tx)?),
        ])
    });
    assert_eq!(rows.await.unwrap(), [vec![id(10), id(12)], vec![id(10), id(12), id(11)], vec![], vec![id(10), id(11)]]);
}

#[tokio::test]
async fn state_position_and_openness_are_kept() {
    let desk = Desk::with_draft().await;
    let at = path(Field::ContactEmail);
    desk.store
        .write(move |tx| {
            drafts::set_state(tx, id(2), DraftState::Conflict)?;
            drafts::set_position(tx, id(2), Some(at))?;
            drafts::set_open(tx, id(2), true)
        })
        .await
        .unwrap();
    let again = desk.crash(false);
    let store = open(&again.path().join("desk.db")).unwrap();
    let row = store.read(drafts::list_open).await.unwrap().remove(0);
    assert_eq!((row.state, row.position, row.open, row.saved_at), (DraftState::Conflict, Some(at), true, NOW));
}

#[tokio::test]
async fn a_draft_that_is_gone_takes_no_edits() {
    let desk = Desk::with_draft().await;
    desk.store.write(|tx| drafts::set_deleted(tx, id(2), Some(NOW))).await.unwrap();
    assert_eq!(save(&desk, vec![set(Field::Website, "x")]).await, Err(StoreError::NotFound));
    desk.store.write(|tx| drafts::set_deleted(tx, id(2), None)).await.unwrap();
    assert_eq!(save(&desk, vec![set(Field::Website, "x")]).await, Ok(1), "brought back, it does");
    let nobody = desk.store.write(|tx| drafts::set_state(tx, id(3), DraftState::Queued)).await;
    assert_eq!(nobody, Err(StoreError::NotFound));
}

#[tokio::test]
async fn one_partner_id_in_two_drafts_is_still_saved() {
    let desk = Desk::with_draft().await;
    let saved = desk.store.write(|tx| {
        drafts::insert(tx, &new_draft(3, 1, vec![set(Field::PartnerCustomerId, "cd-1")]), NOW)?;
        drafts::save_edits(tx, id(2), id(BATCH), &[set(Field::PartnerCustomerId, "cd-1")], NOW)
    });
    assert_eq!(saved.await, Ok(1));
}

#[tokio::test]
async fn a_draft_of_an_update_names_its_customer_and_an_existing_reading() {
    let desk = Desk::with_draft().await;
    let purpose =
        Purpose::Update { customer_id: "C-1".to_owned(), base_reading: id(50), base_persons: None, base_at: NOW };
    let new = NewDraft { purpose, ..new_draft(3, 1, vec![]) };
    let refused = desk.store.write(move |tx| drafts::insert(tx, &new, NOW)).await;
    assert!(matches!(refused, Err(StoreError::Constraint(_))), "{refused:?}");
}

fn edit() -> impl Strategy<Value = Edit> {
    let person = (0_u128..3).prop_map(|n| PersonId(id(n)));
    let text = prop_oneof![
        Just(String::new()),
        "\\PC{0,6}",
        (0_usize..6_000, "[a-z客]{0,3}").prop_map(|(n, tail)| "ab客".repeat(n / 4) + &tail),
    ];
    let path = prop_oneof![
        Just(path(Field::Website)),
        Just(path(Field::BusinessIdentifierDocumentList)),
        person.clone().prop_map(|person| FieldPath::of_person(person, Field::LastName).unwrap()),
    ];
    prop_oneof![
        6 => (path, text).prop_map(|(path, text)| Edit::Set { path, text }),
        2 => (person.clone(), 0_u32..4).prop_map(|(person, at)| Edit::AddPerson { person, at }),
        1 => person.clone().prop_map(|person| Edit::RemovePerson { person }),
        1 => (person, 0_u32..4).prop_map(|(person, at)| Edit::MovePerson { person, at }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn kept_edits_replayed_give_the_snapshot(bursts in prop::collection::vec(prop::collection::vec(edit(), 0..6), 0..6)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (row, rows, expected) = runtime.block_on(async {
            let desk = Desk::with_draft().await;
            let mut expected = Draft::default();
            for burst in bursts {
                burst.iter().for_each(|edit| expected.apply(edit));
                save(&desk, burst).await.unwrap();
            }
            let row = desk.store.read(|db| drafts::get(db, id(2))).await.unwrap().unwrap();
            let rows = desk.store.read(|db| draft_edits::list(db, id(2))).await.unwrap();
            desk.store.close().await.unwrap();
            (row, rows, expected)
        });
        prop_assert_eq!(&row.texts, &expected);
        prop_assert_eq!(draft_edits::replay(&rows), Some(expected));
        prop_assert_eq!(row.seq, i64::try_from(rows.len()).unwrap());
        if rows.len() > 1 {
            prop_assert_eq!(draft_edits::replay(&rows[1..]), None, "a missing row shows");
        }
    }
}
