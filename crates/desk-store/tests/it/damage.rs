//! A damaged file never gives wrong data silently (RELIABILITY promise 16).

use std::path::Path;

use desk_domain::field::Field;
use desk_domain::status::Status;
use desk_store::customers::{self, CustomerRow};
use desk_store::drafts::DraftRow;
use desk_store::readings::{self, NewReading, ReadingRow};
use desk_store::{Connection, OpenError, SqlResult, StoreError, Transaction, drafts};
use rstest::rstest;

use crate::support::{Desk, NOW, id, open, set};

/// SQLCipher's pages.
const PAGE_BYTES: usize = 4096;

type Rows = (Vec<DraftRow>, Option<ReadingRow>);

/// Long texts, so that there are pages that hold nothing but a part of one.
async fn bytes_of_a_whole_database() -> (Vec<u8>, Rows) {
    let desk = Desk::with_draft().await;
    let long = set(Field::GoodsServiceDescription, &"描述".repeat(4_000));
    let fill = move |tx: &Transaction<'_>| -> SqlResult<()> {
        drafts::save_edits(tx, id(2), id(9), &[long], NOW)?;
        let status = Some(Status::of("Processing"));
        let (connection_id, customer_id, raw) = (id(1), "C-1".to_owned(), "\"x\"".repeat(9_000));
        let row = CustomerRow {
            connection_id,
            customer_id: customer_id.clone(),
            partner_customer_id: None,
            name: String::new(),
            local_name: String::new(),
            country: None,
            status: status.clone(),
            read_at: NOW,
            upkeep: customers::Upkeep::default(),
            party: None,
            individual_of: None,
            listed: customers::Listed::default(),
        };
        customers::upsert(tx, &row)?;
        readings::keep(tx, &NewReading { id: id(30), connection_id, customer_id, raw, status }, NOW)?;
        Ok(())
    };
    desk.store.write(fill).await.unwrap();
    desk.store.close().await.unwrap();
    let (whole, wrong) = rows_of(&desk.path()).await.unwrap();
    assert_eq!((whole.0.len(), wrong.len()), (1, 0), "the control: untouched, it is whole");
    (std::fs::read(desk.path()).unwrap(), whole)
}

fn rows(db: &Connection) -> SqlResult<Rows> {
    Ok((drafts::list(db, &[id(1)])?, readings::newest(db, id(1), "C-1")?))
}

async fn rows_of(path: &Path) -> Result<(Rows, Vec<String>), StoreError> {
    let store = open(path).map_err(|error| {
        assert!(matches!(error, OpenError::KeyWrong | OpenError::Damaged), "{error:?}");
        StoreError::Damaged
    })?;
    let written = store.write(|tx| rows(tx)).await;
    let read = store.read(rows).await;
    assert_eq!(written, read, "both connections see it alike");
    Ok((read?, store.check().await?))
}

#[rstest]
#[case::in_its_text(1_000)]
#[case::in_its_last_byte_of_text(4_015)]
#[case::in_what_proves_it(4_090)]
#[tokio::test]
async fn one_bit_of_any_page_changed_is_an_error_and_never_other_data(#[case] at: usize) {
    let (bytes, whole) = bytes_of_a_whole_database().await;
    let mut refused = 0;
    for page in 0..bytes.len() / PAGE_BYTES {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.db");
        let mut changed = bytes.clone();
        changed[page * PAGE_BYTES + at] ^= 0x01;
        std::fs::write(&path, &changed).unwrap();
        match rows_of(&path).await {
            Ok((rows, wrong)) => {
                assert_eq!(rows, whole, "page {page} gave other data");
                assert!(!wrong.is_empty(), "page {page} was not seen");
            }
            Err(error) => {
                assert_eq!(error, StoreError::Damaged, "page {page}");
                refused += 1;
            }
        }
    }
    assert!(refused > 20, "the control: the pages of long texts were among them, {refused} were refused");
}

#[tokio::test]
async fn a_cut_file_is_an_error_and_never_less_data() {
    let (bytes, whole) = bytes_of_a_whole_database().await;
    for pages in 1..bytes.len() / PAGE_BYTES {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.db");
        std::fs::write(&path, &bytes[..pages * PAGE_BYTES]).unwrap();
        match rows_of(&path).await {
            Ok((rows, wrong)) => {
                assert_eq!(rows, whole, "{pages} pages gave other data");
                assert!(!wrong.is_empty(), "a file cut to {pages} pages was not seen");
            }
            Err(error) => assert_eq!(error, StoreError::Damaged, "{pages} pages"),
        }
    }
}
