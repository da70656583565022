//! The program's lives: it is started, asked, ended in the middle, and started again on the same folder.

use std::collections::VecDeque;

use serde_json::Value;
use tokio::sync::oneshot;

use super::{CALM_MS, HANG_MS, HOUR_MS, Run, SECOND_MS};
use crate::process::Trouble;
use crate::proxy::Arrival;
use crate::torture::case::{Case, Crash};
use crate::torture::child::Child;
use crate::torture::judge;
use crate::torture::random::Random;
use crate::torture::setup::{Ask, Setup};

impl Run<'_> {
    pub(super) async fn begin(&mut self) -> Result<(), Trouble> {
        let armed = match self.crashes.front() {
            Some(Crash::At(point)) => Some((*point).to_owned()),
            _ => None,
        };
        let setup = Setup {
            folder: self.folder.path().to_string_lossy().into_owned(),
            database: self.template.database,
            key: self.template.key.clone(),
            platform: format!("http://{}", self.proxy.addr),
            api_key: self.sandbox.axisfi_typed.api_key.clone(),
            api_secret: self.sandbox.axisfi_typed.api_secret.clone(),
            clock_ms: self.clock_ms,
            armed,
            total_ms: if self.plan.needs_patience() { HANG_MS } else { CALM_MS },
            rules: self.rules,
        };
        self.child = Some(Child::start(self.client, &setup)?);
        match self.ask(None).await? {
            Some(phase) if phase["state"] != "ready" => Err(format!("it does not open: {phase}").into()),
            // Ready; or it ended again at once, and the one after it is.
            _ => Ok(()),
        }
    }

    /// Asks; `None` where the program ended instead, and runs again.
    pub(super) async fn ask(&mut self, ask: Option<&Ask>) -> Result<Option<Value>, Trouble> {
        let child = self.child.as_mut().ok_or("no program runs")?;
        let answer = tokio::select! {
            biased;
            arrival = arrived(&mut self.arrival) => Err(arrival),
            answer = child.ask(ask) => Ok(answer?),
        };
        self.hear();
        match answer {
            Ok(Some(answer)) => Ok(Some(answer)),
            Ok(None) => {
                let ended = self.child.take().ok_or("no program runs")?.ended().await?;
                let expected = matches!(self.crashes.front(), Some(Crash::At(_)));
                if !expected {
                    return Err(format!("it ended by itself: {ended}").into());
                }
                Box::pin(self.after_crash()).await.map(|()| None)
            }
            Err(arrival) => Box::pin(self.kill(arrival)).await.map(|()| None),
        }
    }

    /// Asks, over as many ends of the program as it takes.
    pub(super) async fn sure(&mut self, ask: &Ask) -> Result<Value, Trouble> {
        loop {
            if let Some(answer) = self.ask(Some(ask)).await? {
                return match answer.get("refused") {
                    Some(refused) => Err(format!("{ask:?} was refused: {refused}").into()),
                    None => Ok(answer),
                };
            }
            // The clock of the one that was started has moved already.
            if matches!(ask, Ask::Advance { .. }) {
                return Ok(Value::Null);
            }
        }
    }

    /// Ends when no request is on its way to the platform.
    pub(super) async fn quiet(&mut self) -> Result<(), Trouble> {
        let killed = tokio::select! {
            () = self.proxy.idle() => None,
            arrival = arrived(&mut self.arrival) => Some(arrival),
        };
        match killed {
            Some(arrival) => self.kill(arrival).await,
            None => Ok(()),
        }
    }

    /// The whole request has left, nothing is answered.
    pub(super) async fn kill(&mut self, arrival: Arrival) -> Result<(), Trouble> {
        self.child.as_mut().ok_or("no program runs")?.kill().await?;
        self.child = None;
        let _ = arrival.send(());
        self.after_crash().await
    }

    pub(super) async fn after_crash(&mut self) -> Result<(), Trouble> {
        if let Some(crash) = self.crashes.pop_front() {
            self.say(format!("the program ends: {}", crash.name()));
            self.crashed.push(crash);
        }
        // What it had sent is at the platform, or will never be, before anything else happens.
        self.proxy.idle().await;
        self.hear();
        // The first miss may be the last thing it has done, and the second what it does first.
        if self.proxy.holds() && judge::has_missed(self.folder.path(), self.template)? {
            self.proxy.release().await?;
        }
        let down = self.random.one_of(&[0, 10 * SECOND_MS, 200 * SECOND_MS, 26 * HOUR_MS]);
        self.clock_ms += down;
        self.say(format!("it is started again after {} s", down / SECOND_MS));
        Box::pin(self.begin()).await
    }
}

/// The crash of the case; by the seed also one before it, while the draft is queued, and one after it, while it is looked
/// up.
pub(super) fn crashes(case: Case, random: &mut Random) -> VecDeque<Crash> {
    let mut crashes = VecDeque::from([case.crash]);
    if case.crash == Crash::None {
        return VecDeque::new();
    }
    if random.one_in(4) {
        crashes.push_front(Crash::At(random.one_of(&["before_queued_commit", "after_queued_commit"])));
    }
    if random.one_in(3) {
        crashes.push_back(Crash::At(random.one_of(&["before_lookup_commit", "after_lookup_commit"])));
    }
    crashes
}

async fn arrived(arrival: &mut Option<oneshot::Receiver<Arrival>>) -> Arrival {
    if let Some(waiting) = arrival.as_mut() {
        let come = waiting.await;
        *arrival = None;
        if let Ok(come) = come {
            return come;
        }
    }
    std::future::pending().await
}
