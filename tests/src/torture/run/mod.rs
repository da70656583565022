//! One run: a program on a copy of a template, with a proxy before its platform, until nothing moves by itself any more.
//! `lives` has its ends and starts, `person` what people do meanwhile.

mod lives;
mod person;

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use desk_sandbox::{Keys, Options, Sandbox};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

use self::lives::crashes;
use self::person::call;
use crate::process::Trouble;
use crate::proxy::{Arrival, Mode, Plan, Proxy};
use crate::torture::case::{Case, Crash, Purpose};
use crate::torture::child::Child;
use crate::torture::judge::{self, Facts};
use crate::torture::other;
use crate::torture::random::Random;
use crate::torture::setup::{Ask, Rules, Standing, StandingRow};
use crate::torture::template::Template;

/// How long a call may take: where one hangs on purpose, and where none does.
const HANG_MS: u64 = 300;
const CALM_MS: u64 = 10_000;

/// More moves of the clock than any run needs.
const MOVES_MAX: u32 = 120;

const SECOND_MS: i64 = 1_000;
const HOUR_MS: i64 = 3_600 * SECOND_MS;

/// What a run found.
pub struct Outcome {
    /// What is not as promised; empty where all is.
    pub failures: Vec<String>,
    /// What happened, in order.
    pub story: Vec<String>,
    /// What the judge saw.
    pub facts: Facts,
}

/// Runs one case.
///
/// # Errors
/// The harness itself fails: that says nothing about the program, and is no pass either.
pub async fn run(case: Case, template: &Template, client: &Path, rules: Rules) -> Result<Outcome, Trouble> {
    let mut run = Run::start(case, template, client, rules).await?;
    run.play().await.map_err(|trouble| format!("{trouble}\n{}", run.story.join("\n")))?;
    run.judged().await
}

struct Run<'a> {
    case: Case,
    template: &'a Template,
    client: &'a Path,
    rules: Rules,
    plan: Plan,
    random: Random,
    folder: TempDir,
    sandbox: Sandbox,
    proxy: Proxy,
    arrival: Option<oneshot::Receiver<Arrival>>,
    elsewhere: AnotherHost,
    child: Option<Child>,
    /// Where the program ends next.
    crashes: VecDeque<Crash>,
    crashed: Vec<Crash>,
    clock_ms: i64,
    moves: u32,
    /// Moves of the clock during which nobody listens.
    dark: Option<std::ops::Range<u32>>,
    /// A person who does not wait.
    impatient: bool,
    /// A person who gives up what waits for the network.
    gives_up: bool,
    /// Somebody else who writes to the customer before this move of the clock, while ours is unknown.
    other: Option<(u32, (&'static str, &'static str, &'static str))>,
    draft: String,
    story: Vec<String>,
}

impl<'a> Run<'a> {
    async fn start(case: Case, template: &'a Template, client: &'a Path, rules: Rules) -> Result<Self, Trouble> {
        let plan = Plan::draw(case.mode, &mut case.random("plan"));
        let mut random = case.random("run");
        let keys = keys();
        let sandbox = Sandbox::start(Options {
            mode: case.platform,
            snapshot: Some(template.snapshot.clone()),
            typed_keys: keys.clone(),
            untyped_keys: keys.clone(),
            ..Options::default()
        })?;
        let (tell, arrival) = oneshot::channel();
        let tell = (case.crash == Crash::AfterBytesLeft).then_some(tell);
        let arrival = tell.is_some().then_some(arrival);
        let elsewhere = AnotherHost::start().await?;
        let proxy = Proxy::start(plan.clone(), sandbox.addr, elsewhere.address.clone(), tell)?.for_key(&keys.api_key);
        let calm = rules == Rules::Ours && case.mode != Mode::Refuse;
        let dark = (calm && random.one_in(6)).then(|| {
            let from = u32::try_from(random.below(3)).unwrap_or_default();
            from..from + 1 + u32::try_from(random.below(3)).unwrap_or_default()
        });
        Ok(Self {
            crashes: crashes(case, &mut random),
            impatient: rules == Rules::Ours && random.one_in(4),
            gives_up: rules == Rules::Ours && case.crash == Crash::None && random.one_in(10),
            other: (case.purpose == Purpose::Update && random.one_in(2))
                .then(|| (u32::try_from(random.below(5)).unwrap_or_default(), random.one_of(&other::LEAVES))),
            case,
            template,
            client,
            rules,
            plan,
            folder: template.copy()?,
            sandbox,
            proxy,
            arrival,
            elsewhere,
            child: None,
            crashed: Vec::new(),
            clock_ms: 0,
            moves: 0,
            dark,
            draft: template.draft.clone(),
            story: Vec::new(),
            random,
        })
    }

    async fn play(&mut self) -> Result<(), Trouble> {
        self.say(format!("{:?}", self.plan));
        if self.other.is_some_and(|(at, _)| at == 0) {
            self.meddle().await?;
        }
        self.begin().await?;
        self.submit().await?;
        while self.moves < MOVES_MAX {
            let standing: Standing = serde_json::from_value(self.sure(&Ask::Settled).await?)?;
            self.quiet().await?;
            let rows: Vec<_> = standing.rows.iter().map(StandingRow::to_string).collect();
            self.say(format!("stands: {}", if rows.is_empty() { String::from("at its end") } else { rows.join("; ") }));
            let Some(row) = standing.rows.first() else {
                if self.again().await? {
                    continue;
                }
                return Ok(());
            };
            if row.state == "conflict" || row.state == "paused" {
                return Ok(());
            }
            let next = standing.next_ms.ok_or("nothing moves it any more, and nobody is asked")?;
            self.moves += 1;
            self.doors();
            if row.state == "unknown" && self.other.is_some_and(|(at, _)| at <= self.moves) {
                self.meddle().await?;
            }
            if self.proxy.holds() && self.is_time_for_the_late(row) {
                self.proxy.release().await?;
            }
            if self.impatient && self.random.one_in(2) {
                self.hurry(row).await?;
                continue;
            }
            if self.gives_up && row.state == "queued" {
                self.say(String::from("the person takes it out of the queue"));
                self.sure(&call("outbox_cancel", &self.draft)).await?;
                continue;
            }
            let wait = (next - standing.now_ms).max(0) + self.overshoot();
            self.say(format!("{} s pass", wait / SECOND_MS));
            self.clock_ms += wait;
            self.sure(&Ask::Advance { ms: wait }).await?;
        }
        Err(format!("still not at its end after {MOVES_MAX} moves of the clock").into())
    }

    /// Timers are late, and a computer may sleep.
    fn overshoot(&mut self) -> i64 {
        let up_to = if self.random.one_in(12) { 20 * HOUR_MS } else { 5 * SECOND_MS };
        i64::try_from(self.random.below(up_to.unsigned_abs())).unwrap_or_default()
    }

    /// After the first look-up that missed and counts, before the second; by the plan also after one that came too early.
    fn is_time_for_the_late(&self, row: &StandingRow) -> bool {
        row.state == "unknown" && (row.misses > 0 || self.plan.early && row.lookups > 0)
    }

    fn doors(&mut self) {
        if self.case.mode == Mode::Refuse {
            self.proxy.set_open(u64::from(self.moves) >= self.plan.hits);
        } else if let Some(dark) = &self.dark {
            self.proxy.set_open(!dark.contains(&(self.moves - 1)));
        }
    }

    async fn judged(mut self) -> Result<Outcome, Trouble> {
        let shown = self.sure(&call("draft_open", &self.draft)).await?;
        self.sure(&Ask::Quit).await?;
        self.child.take().ok_or("no program runs")?.ended().await?;
        let late = self.proxy.release().await?;
        self.hear();
        let facts = judge::facts(&judge::Scene {
            template: self.template,
            folder: self.folder.path(),
            sandbox: &self.sandbox,
            draft: &self.draft,
            shown: shown["state"].as_str().unwrap_or_default(),
            elsewhere: self.elsewhere.came.load(Ordering::Relaxed),
        })?;
        let mut failures = judge::failures(self.case.purpose, &facts, self.gives_up);
        // A conflict may be shown before either comes: its end is a person's.
        let ended = facts.shown != "conflict";
        if late && ended {
            failures.push(String::from("what was held back came after the end, not between two look-ups"));
        }
        if ended && self.case.crash != Crash::None && !self.crashed.contains(&self.case.crash) {
            failures.push(format!("it never came by {}", self.case.crash.name()));
        }
        if facts.posts != usize::try_from(self.proxy.forwarded())? {
            failures.push(String::from("the proxy and the platform count differently"));
        }
        Ok(Outcome { failures, story: self.story, facts })
    }

    fn say(&mut self, text: String) {
        self.hear();
        self.story.push(format!("{:>8} s  {text}", self.clock_ms / SECOND_MS));
    }

    /// What the proxy has to tell, at its place in the story.
    fn hear(&mut self) {
        let said = self.proxy.story();
        self.story.extend(said.into_iter().map(|text| format!("            proxy: {text}")));
    }
}

/// Of this run alone. A port is soon another's: a program of another test that tries again what its own platform did not
/// take may come by here, and must neither be served nor counted.
fn keys() -> Keys {
    let id = Uuid::now_v7();
    Keys { api_key: format!("torture-key-{id}"), api_secret: format!("torture-secret-{id}") }
}

/// A host that must not hear of anything.
struct AnotherHost {
    address: String,
    came: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl AnotherHost {
    async fn start() -> Result<Self, Trouble> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let came = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&came);
        let task = tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        Ok(Self { address, came, task })
    }
}

impl Drop for AnotherHost {
    fn drop(&mut self) {
        self.task.abort();
    }
}
