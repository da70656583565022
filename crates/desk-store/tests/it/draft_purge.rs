//! The end of deleted drafts.

use desk_domain::draft::{Draft, Edit};
use desk_domain::field::Field;
use desk_domain::path::PersonId;
use desk_store::draft_purge::{self, Purged};
use desk_store::submissions::{self, NewSubmission, SubmissionPurpose};
use desk_store::{connections, draft_edits, drafts};

use crate::support::{Desk, NOW, connection, id, new_draft, path, set};

const TYPED: &str = "typed.example";

async fn with_deleted() -> Desk {
    let desk = Desk::new();
    let write = desk.store.write(|tx| {
        connections::insert(tx, &connection(1))?;
        // 2 and 3 were deleted then, 4 a millisecond later, 5 never; 3 was once sent.
        for number in 2..=5 {
            let first = vec![set(Field::Website, TYPED), Edit::AddPerson { person: PersonId(id(70)), at: 0 }];
            drafts::insert(tx, &new_draft(number, 1, first), NOW - 9)?;
            drafts::set_position(tx, id(number), Some(path(Field::Website)))?;
        }
        for (number, at) in [(2, NOW), (3, NOW), (4, NOW + 1)] {
            drafts::set_deleted(tx, id(number), Some(at))?;
        }
        let new = NewSubmission {
            id: id(20),
            draft_id: id(3),
            connection_id: id(1),
            purpose: SubmissionPurpose::New,
            partner_customer_id: "cd-3".to_owned(),
            draft_seq: 2,
            body: b"{\"sent\": 1}".to_vec(),
            persons: vec![],
            idempotency_id: "x".to_owned(),
            customer_id: None,
            base_reading_id: None,
            may_wait: false,
        };
        submissions::insert(tx, &new, NOW)
    });
    write.await.unwrap();
    desk
}

#[tokio::test]
async fn what_was_typed_goes_and_what_was_sent_stays() {
    let desk = with_deleted().await;
    let purged = desk.store.write(|tx| draft_purge::purge(tx, NOW)).await.unwrap();
    let of = |number| Purged { id: id(number), connection_id: id(1) };
    assert_eq!(purged, [of(2), of(3)]);
    let read = desk.store.read(|db| {
        let rows = [2, 3, 4, 5].map(|number| drafts::get(db, id(number)));
        let edits = [2, 3, 4, 5].map(|number| draft_edits::list(db, id(number)).map(|rows| rows.len()));
        Ok((rows.map(Result::unwrap), edits.map(Result::unwrap), submissions::newest_for_draft(db, id(3))?))
    });
    let ([gone, emptied, later, in_use], edits, submission) = read.await.unwrap();
    assert_eq!(gone, None);
    let emptied = emptied.unwrap();
    assert_eq!((emptied.texts, emptied.position, emptied.deleted_at), (Draft::default(), None, Some(NOW)));
    assert_eq!(submission.unwrap().body, b"{\"sent\": 1}");
    assert_eq!(edits, [0, 0, 2, 2]);
    for row in [later, in_use] {
        assert_eq!(row.unwrap().texts.text(path(Field::Website)), TYPED, "not yet, and never");
    }
}

#[tokio::test]
async fn each_draft_is_forgotten_once() {
    let desk = with_deleted().await;
    desk.store.write(|tx| draft_purge::purge(tx, NOW)).await.unwrap();
    assert_eq!(desk.store.write(|tx| draft_purge::purge(tx, NOW)).await.unwrap(), []);
}
