//! The program that torture starts, kills and starts again: see `desk_tests::torture::client`.

use desk_tests::process::Trouble;
use desk_tests::torture::client;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Trouble> {
    let setup = std::env::args().nth(1).ok_or("one argument: how it is started, as JSON")?;
    client::run(serde_json::from_str(&setup)?).await?;
    // A thread still waits for its standard input, and would hold up an end in order; the database is closed already.
    std::process::exit(0)
}
