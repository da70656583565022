//! Reads and writes of the whole store: what an answer means, a full disk, closing.

use desk_store::{SqlError, StoreError, settings};

use crate::support::{Desk, NOW, connection, files, new_draft, open};

#[tokio::test]
async fn what_was_answered_survives_the_end_of_the_program_at_that_moment() {
    let desk = Desk::new();
    for number in 0..20 {
        desk.store.write(move |tx| settings::set(tx, "count", &number.to_string())).await.unwrap();
        let copy = desk.crash(false);
        let store = open(&copy.path().join("desk.db")).unwrap();
        let count = store.read(|db| settings::get(db, "count")).await.unwrap();
        assert_eq!(count, Some(number.to_string()));
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_write_that_fails_leaves_nothing_behind() {
    let desk = Desk::new();
    let failed = desk.store.write(|tx| {
        settings::set(tx, "theme", "dark")?;
        Err::<(), _>(SqlError::QueryReturnedNoRows)
    });
    assert_eq!(failed.await, Err(StoreError::NotFound));
    assert_eq!(desk.store.read(|db| settings::get(db, "theme")).await.unwrap(), None);
}

#[tokio::test]
async fn a_verb_that_panics_takes_neither_reads_nor_writes_with_it() {
    let desk = Desk::new();
    let write = desk.store.write(|tx| {
        settings::set(tx, "theme", "dark")?;
        panic!("a fault of a verb") as desk_store::SqlResult<()>
    });
    assert!(matches!(write.await, Err(StoreError::Failed(_))));
    for _ in 0..10 {
        let read = desk.store.read(|_| panic!("a fault of a verb") as desk_store::SqlResult<()>);
        assert!(matches!(read.await, Err(StoreError::Failed(_))));
    }
    assert_eq!(desk.store.read(|db| settings::get(db, "theme")).await.unwrap(), None, "its transaction is undone");
    desk.store.write(|tx| settings::set(tx, "theme", "light")).await.unwrap();
}

#[tokio::test]
async fn a_full_disk_is_said_and_the_next_write_is_kept_once_there_is_room() {
    let desk = Desk::new();
    desk.store.write(|tx| settings::set(tx, "note", "before")).await.unwrap();
    let pages = |count: i64| move |tx: &desk_store::Transaction<'_>| tx.pragma_update(None, "max_page_count", count);
    desk.store.write(pages(1)).await.unwrap();
    let long = "x".repeat(1_000_000);
    let text = long.clone();
    assert_eq!(desk.store.write(move |tx| settings::set(tx, "note", &text)).await, Err(StoreError::Full));
    let kept = desk.store.read(|db| settings::get(db, "note")).await.unwrap();
    assert_eq!(kept.as_deref(), Some("before"), "what was kept stays");
    desk.store.write(pages(1_000_000)).await.unwrap();
    let text = long.clone();
    desk.store.write(move |tx| settings::set(tx, "note", &text)).await.unwrap();
    let copy = desk.crash(false);
    let again = open(&copy.path().join("desk.db")).unwrap();
    assert_eq!(again.read(|db| settings::get(db, "note")).await.unwrap(), Some(long));
}

#[tokio::test]
async fn a_read_sees_every_write_that_was_answered_and_one_moment_only() {
    let desk = Desk::new();
    desk.store.write(|tx| settings::set(tx, "count", "1")).await.unwrap();
    let (go, wait) = std::sync::mpsc::channel();
    let store = desk.store.clone();
    let (started, has_started) = tokio::sync::oneshot::channel();
    let reading = tokio::spawn(async move {
        let read = store.read(move |db| {
            let first = settings::get(db, "count")?;
            started.send(()).unwrap();
            wait.recv().unwrap();
            Ok((first, settings::get(db, "count")?))
        });
        read.await
    });
    has_started.await.unwrap();
    desk.store.write(|tx| settings::set(tx, "count", "2")).await.unwrap();
    go.send(()).unwrap();
    let one = Some("1".to_owned());
    assert_eq!(reading.await.unwrap().unwrap(), (one.clone(), one));
    assert_eq!(desk.store.read(|db| settings::get(db, "count")).await.unwrap().as_deref(), Some("2"));
}

#[tokio::test]
async fn many_readers_wait_for_each_other_and_all_get_an_answer() {
    let desk = Desk::new();
    let reads = (0..50).map(|_| {
        let store = desk.store.clone();
        tokio::spawn(async move { store.read(|db| db.query_row("SELECT 7", [], |row| row.get::<_, i64>(0))).await })
    });
    for read in reads.collect::<Vec<_>>() {
        assert_eq!(read.await.unwrap(), Ok(7));
    }
}

#[tokio::test]
async fn writes_happen_in_the_order_in_which_they_were_asked_for_and_without_their_caller() {
    let desk = Desk::new();
    {
        let (a, b) = ("1", "2");
        let first = desk.store.write(move |tx| settings::set(tx, "count", a));
        let second = desk.store.write(move |tx| settings::set(tx, "count", b));
        let mut both = Box::pin(async { tokio::join!(first, second) });
        // Asked once, and dropped: both are in the queue.
        assert!(matches!(polled_once(&mut both).await, None | Some((Ok(()), Ok(())))));
    }
    desk.store.write(|tx| settings::set(tx, "end", "")).await.unwrap();
    assert_eq!(desk.store.read(|db| settings::get(db, "count")).await.unwrap().as_deref(), Some("2"));
}

async fn polled_once<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    std::future::poll_fn(|context| match std::pin::Pin::new(&mut *future).poll(context) {
        std::task::Poll::Ready(value) => std::task::Poll::Ready(Some(value)),
        std::task::Poll::Pending => std::task::Poll::Ready(None),
    })
    .await
}

#[tokio::test]
async fn a_closed_store_says_so_and_leaves_one_file() {
    let desk = Desk::with_draft().await;
    desk.store.close().await.unwrap();
    assert_eq!(files(desk.folder.path()).into_keys().collect::<Vec<_>>(), ["desk.db"]);
    assert_eq!(desk.store.write(|tx| settings::set(tx, "a", "b")).await, Err(StoreError::Closed));
    assert_eq!(desk.store.read(|db| settings::get(db, "a")).await, Err(StoreError::Closed));
    assert_eq!(desk.store.close().await, Ok(()), "closing again does nothing");
    let again = open(&desk.path()).unwrap();
    let same = again.write(|tx| desk_store::drafts::insert(tx, &new_draft(2, 1, vec![]), NOW)).await;
    assert!(matches!(same, Err(StoreError::Constraint(_))), "the draft is there: {same:?}");
}

#[tokio::test]
async fn an_error_never_quotes_a_value() {
    let desk = Desk::with_draft().await;
    let mut row = connection(1);
    row.name = "CANARY".to_owned();
    let twice = desk.store.write(move |tx| desk_store::connections::insert(tx, &row)).await.unwrap_err();
    let other = desk.store.write(|tx| {
        tx.execute("UPDATE drafts SET texts = '{\"CANARY\": 1}'", [])?;
        desk_store::drafts::get(tx, crate::support::id(2))
    });
    let other = other.await.unwrap_err();
    for error in [twice, other] {
        assert!(!format!("{error:?} {error}").contains("CANARY"), "{error:?}");
    }
}
