//! `cargo xtask torture`: no customer is created twice, no change is lost on the way. See `desk_tests::torture`.

use std::io::Write;
use std::process::ExitCode;

use desk_sandbox::Mode as Platform;
use desk_tests::process::Trouble;
use desk_tests::torture::matrix::{Ground, Promise, Verdict};
use desk_tests::torture::words::Words;

/// How often it is said how far it is.
const TOLD_EVERY: usize = 500;

#[tokio::main]
async fn main() -> Result<ExitCode, Trouble> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words = match Words::parse(&words) {
        Ok(words) => words,
        Err(text) => {
            say(&text);
            return Ok(ExitCode::from(2));
        }
    };
    let here = std::env::current_exe()?;
    let client = here.with_file_name(format!("torture_client{}", std::env::consts::EXE_SUFFIX));
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let ground = Ground::prepare(&client, words.workers.unwrap_or(cores)).await?;
    let mut promises = vec![
        Promise::create(Platform::CreatesSecondRow, words.seeds()),
        Promise::create(Platform::Conflict409, words.seeds()),
        Promise::update(words.seeds()),
    ];
    for promise in &mut promises {
        promise.rules = words.rules;
        promise.cases.retain(|case| words.take(case));
    }
    promises.retain(|promise| !promise.cases.is_empty());
    if words.is_whole() {
        promises.extend(Promise::controls(words.seeds()));
    }
    if words.seed.is_some() {
        return stories(&ground, &promises).await;
    }
    let mut verdicts = Vec::new();
    for promise in promises {
        let (what, all) = (promise.what, promise.cases.len());
        let heard = move |done: usize, failed: Option<&str>| {
            if let Some(failed) = failed {
                say(failed);
            }
            if done.is_multiple_of(TOLD_EVERY) {
                say(&format!("  {what}: {done} of {all}"));
            }
        };
        let verdict = ground.keep(promise, heard).await;
        say(&verdict.details());
        verdicts.push(verdict);
    }
    verdicts.iter().for_each(|verdict| say(&verdict.to_string()));
    Ok(if verdicts.iter().all(Verdict::kept) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A run or a few, each told from its beginning to its end.
async fn stories(ground: &Ground, promises: &[Promise]) -> Result<ExitCode, Trouble> {
    let mut kept = true;
    for promise in promises {
        for case in &promise.cases {
            let outcome = ground.run(*case, promise.rules).await?;
            let failures =
                if outcome.failures.is_empty() { String::from("as promised") } else { outcome.failures.join("\n") };
            say(&format!("{case}\n{}\n{:#?}\n{failures}\n", outcome.story.join("\n"), outcome.facts));
            kept &= outcome.failures.is_empty();
        }
    }
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Nobody there to read it is no reason to stop.
fn say(text: &str) {
    if !text.is_empty() {
        let _ = writeln!(std::io::stdout().lock(), "{text}");
    }
}
