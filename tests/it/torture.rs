//! A small form of `cargo xtask torture`: each fault of the wire with each end of the program, once.
//!
//! The whole matrix has fifty seeds of each (docs/reliability.md); what fails here is repeated with the line that is printed.

use std::path::Path;
use std::sync::Arc;

use desk_sandbox::Mode as Platform;
use desk_tests::process::Trouble;
use desk_tests::torture::matrix::{Ground, Promise};

/// Runs at a time.
const WORKERS: usize = 2;

async fn ground() -> Result<Arc<Ground>, Trouble> {
    Ground::prepare(Path::new(env!("CARGO_BIN_EXE_torture_client")), WORKERS).await
}

/// Every second run of the matrix, so that two platforms share it, and each still sees each fault and each end.
fn dealt(mut promise: Promise, from: usize) -> Promise {
    promise.cases = promise.cases.into_iter().skip(from).step_by(2).collect();
    promise
}

async fn kept(promise: Promise) -> Result<(), Trouble> {
    let verdict = ground().await?.keep(promise, |_, _| {}).await;
    assert!(verdict.kept(), "{verdict}\n{}", verdict.details());
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn torture_creates_each_customer_once_where_a_repeated_id_makes_a_second_one() -> Result<(), Trouble> {
    kept(dealt(Promise::create(Platform::CreatesSecondRow, 1..=1), 0)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn torture_creates_each_customer_once_where_a_repeated_id_gets_409() -> Result<(), Trouble> {
    kept(dealt(Promise::create(Platform::Conflict409, 1..=1), 1)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn torture_updates_to_ours_or_shows_a_conflict() -> Result<(), Trouble> {
    kept(dealt(Promise::update(1..=1), 0)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn torture_sees_a_client_fail_that_does_not_look_up_or_takes_one_miss_as_proof() -> Result<(), Trouble> {
    for control in Promise::controls(1..=3) {
        kept(control).await?;
    }
    Ok(())
}
