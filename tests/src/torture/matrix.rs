//! All runs of a promise, some at a time, and what they come to.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use desk_sandbox::{Mode as Platform, Revision};
use tokio::task::JoinSet;

use crate::process::Trouble;
use crate::proxy::Mode;
use crate::torture::case::{Case, Crash, Purpose};
use crate::torture::run::{Outcome, run};
use crate::torture::setup::Rules;
use crate::torture::template::Template;

/// A run that takes longer than this waits for something that it should not.
const SLOW: Duration = Duration::from_secs(30);

/// Failures of which the story is told.
const STORIES_MAX: usize = 3;

/// Where the programs are, and what they begin with.
pub struct Ground {
    client: PathBuf,
    templates: Vec<Template>,
    workers: usize,
}

/// Runs with the same rules, and what they must come to.
pub struct Promise {
    /// In words.
    pub what: &'static str,
    /// What the outbox goes by.
    pub rules: Rules,
    /// The runs.
    pub cases: Vec<Case>,
}

/// What became of a promise.
pub struct Verdict {
    what: &'static str,
    rules: Rules,
    runs: usize,
    seeds: (u64, u64),
    absences: i64,
    conflicts: usize,
    second_rows: usize,
    failed: Vec<(Case, Vec<String>, Vec<String>)>,
    took: Duration,
    slowest: Option<(Duration, Case)>,
}

impl Promise {
    /// The matrix for creating customers on one platform.
    #[must_use]
    pub fn create(platform: Platform, seeds: impl Iterator<Item = u64> + Clone) -> Self {
        let what = match platform {
            Platform::CreatesSecondRow => "created once, where a repeated id makes a second customer",
            Platform::Conflict409 => "created once, where a repeated id gets 409",
        };
        Self { what, rules: Rules::Ours, cases: matrix(Purpose::Create, platform, seeds) }
    }

    /// The matrix for updates. What a repeated id gets plays no part in it.
    #[must_use]
    pub fn update(seeds: impl Iterator<Item = u64> + Clone) -> Self {
        let cases = matrix(Purpose::Update, Platform::CreatesSecondRow, seeds);
        Self { what: "updated to ours, or shown as a conflict", rules: Rules::Ours, cases }
    }

    /// The clients that must fail: one that does not look up, one that takes a single miss as proof.
    #[must_use]
    pub fn controls(seeds: impl Iterator<Item = u64> + Clone) -> [Self; 2] {
        let of = |modes: &[Mode]| {
            let case = |mode, seed| Case {
                purpose: Purpose::Create,
                platform: Platform::CreatesSecondRow,
                mode,
                crash: Crash::None,
                seed,
            };
            modes.iter().flat_map(|mode| seeds.clone().map(move |seed| case(*mode, seed))).collect()
        };
        [
            Self { what: "control: no look-up", rules: Rules::Blind, cases: of(&[Mode::Reset, Mode::Late]) },
            Self { what: "control: one miss is proof", rules: Rules::Hasty, cases: of(&[Mode::Late]) },
        ]
    }
}

fn matrix(purpose: Purpose, platform: Platform, seeds: impl Iterator<Item = u64> + Clone) -> Vec<Case> {
    let mut cases = Vec::new();
    for mode in Mode::ALL {
        for crash in Crash::ALL {
            cases.extend(seeds.clone().map(|seed| Case { purpose, platform, mode, crash, seed }));
        }
    }
    cases
}

impl Ground {
    /// Makes the templates. `client` is the program `torture_client`.
    ///
    /// # Errors
    /// A template cannot be made.
    pub async fn prepare(client: &Path, workers: usize) -> Result<Arc<Self>, Trouble> {
        Ok(Arc::new(Self { client: client.to_owned(), templates: Template::all().await?, workers }))
    }

    /// One run; its revision is the seed's choice.
    ///
    /// # Errors
    /// The harness fails.
    pub async fn run(&self, case: Case, rules: Rules) -> Result<Outcome, Trouble> {
        let revision = case.random("revision").one_of(&[Revision::Typed, Revision::Untyped]);
        let mut templates = self.templates.iter();
        let template = templates.find(|one| one.purpose == case.purpose && one.revision == revision);
        run(case, template.ok_or("no template")?, &self.client, rules).await
    }

    /// All runs of a promise. `heard` hears how many are done, and of each failure as it comes.
    pub async fn keep(
        self: &Arc<Self>,
        promise: Promise,
        heard: impl Fn(usize, Option<&str>) + Send + Sync + 'static,
    ) -> Verdict {
        let begun = Instant::now();
        let Promise { what, rules, cases } = promise;
        let seeds = cases.iter().map(|case| case.seed);
        let seeds = (seeds.clone().min().unwrap_or_default(), seeds.max().unwrap_or_default());
        let (cases, next, heard) = (Arc::new(cases), Arc::new(AtomicUsize::new(0)), Arc::new(heard));
        let done = Arc::new(Mutex::new(Vec::new()));
        let mut workers = JoinSet::new();
        for _ in 0..self.workers {
            let (ground, cases, next) = (Arc::clone(self), Arc::clone(&cases), Arc::clone(&next));
            let (heard, done) = (Arc::clone(&heard), Arc::clone(&done));
            workers.spawn(async move {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
                    let begun = Instant::now();
                    let outcome = Box::pin(ground.run(case, rules)).await;
                    let took = begun.elapsed();
                    let failed = match &outcome {
                        Ok(outcome) if rules != Rules::Ours || outcome.failures.is_empty() => None,
                        Ok(outcome) => Some(outcome.failures.join("; ")),
                        Err(trouble) => trouble.to_string().lines().next().map(str::to_owned),
                    };
                    let failed = failed.map(|why| format!("{}: {why}", case.command()));
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    done.push((case, outcome, took));
                    heard(done.len(), failed.as_deref());
                }
            });
        }
        // A worker that panicked has left its run undone, which is seen below.
        while workers.join_next().await.is_some() {}
        let mut verdict = Verdict {
            what,
            rules,
            runs: 0,
            seeds,
            absences: 0,
            conflicts: 0,
            second_rows: 0,
            failed: Vec::new(),
            took: begun.elapsed(),
            slowest: None,
        };
        let done = std::mem::take(&mut *done.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(case) = cases.first().filter(|_| done.len() < cases.len()) {
            verdict.failed.push((
                *case,
                vec![format!("only {} of {} runs came to an end", done.len(), cases.len())],
                Vec::new(),
            ));
        }
        verdict.slowest = done.iter().map(|(case, _, took)| (*took, *case)).max_by_key(|(took, _)| *took);
        done.into_iter().for_each(|(case, outcome, _)| verdict.add(case, outcome));
        verdict
    }
}

impl Verdict {
    fn add(&mut self, case: Case, outcome: Result<Outcome, Trouble>) {
        self.runs += 1;
        match outcome {
            Ok(Outcome { failures, story, facts }) => {
                self.absences += facts.absences;
                self.conflicts += usize::from(facts.shown == "conflict");
                self.second_rows += usize::from(facts.rows.len() > 1);
                if !failures.is_empty() {
                    self.failed.push((case, failures, story));
                }
            }
            Err(trouble) => self.failed.push((case, vec![trouble.to_string()], Vec::new())),
        }
    }

    /// Whether it is kept; of a control, whether a second customer came of it.
    #[must_use]
    pub fn kept(&self) -> bool {
        if self.rules == Rules::Ours { self.runs > 0 && self.failed.is_empty() } else { self.second_rows > 0 }
    }

    /// What failed and how to repeat it, the first of them with what happened.
    #[must_use]
    pub fn details(&self) -> String {
        if self.rules != Rules::Ours {
            return String::new();
        }
        let told = self.failed.iter().enumerate().map(|(at, (case, failures, story))| {
            let story = if at < STORIES_MAX { story.join("\n    ") } else { String::new() };
            format!("{}\n  {}\n    {story}\n", case.command(), failures.join("\n  "))
        });
        told.collect()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, runs, seeds: (first, last), absences, conflicts, second_rows, failed, .. } = self;
        let (seconds, failed) = (self.took.as_secs(), failed.len());
        let kept = match (self.rules, self.kept()) {
            (Rules::Ours, true) => String::from("kept"),
            (Rules::Ours, false) => format!("BROKEN in {failed}"),
            (_, true) => format!("fails as it must: {second_rows} second customers"),
            (_, false) => String::from("DOES NOT FAIL: this proves nothing"),
        };
        write!(f, "{what:<58} {runs:>5} runs, seeds {first} to {last}, {seconds:>4} s: {kept}")?;
        if let Some((took, case)) = self.slowest.filter(|(took, _)| *took > SLOW) {
            write!(f, " (slow: {} s for {case})", took.as_secs())?;
        }
        if self.rules == Rules::Ours {
            write!(f, " ({second_rows} second customers, {absences} proven absences, {conflicts} conflicts)")?;
        }
        Ok(())
    }
}
