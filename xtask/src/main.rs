//! Every set-up step of Customer Desk: what is missing is installed, what is stale is built, then the thing is done.
//!
//! Read in this order: [`task`] (what can be asked for), [`checks`], [`shows`] and [`releases`] (what is done), [`packages`]
//! and [`page`] (what must be there first), [`host`], [`call`] and [`report`] (how a step runs and what is said of it).

mod call;
mod checks;
mod claim;
mod host;
mod packages;
mod page;
mod releases;
mod report;
mod shows;
mod task;

use std::process::ExitCode;

use claim::{Claim, Claimed};
use host::Host;
use report::{Report, Stop};
use task::Task;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut report = Report::new();
    match Task::parse(&words) {
        Ok(Task::Help) => {
            report.say(task::USAGE);
            ExitCode::SUCCESS
        }
        Ok(task) => {
            let outcome = perform(&task, &words, &mut report);
            report.finish(outcome)
        }
        Err(text) => {
            report.say(&format!("{text}\n\n{}", task::USAGE));
            ExitCode::from(2)
        }
    }
}

fn perform(task: &Task, words: &[String], report: &mut Report) -> Result<(), Stop> {
    let host = Host::find()?;
    let claim = match Claim::take(&host, report)? {
        Claimed::Ours(claim) => claim,
        Claimed::AfterAnother => return claim::start_again(&host, words),
    };
    match task {
        Task::Run => shows::run(&host, report, claim),
        Task::Demo => shows::demo(&host, report),
        Task::Test { quick, filter } => checks::test(&host, report, *quick, filter),
        Task::Bindings => checks::bindings(&host, report),
        Task::Licences => checks::licences(&host, report),
        Task::Torture { words } => checks::torture(&host, report, words),
        Task::Bench { words } => releases::bench(&host, report, words),
        Task::Dist => releases::dist(&host, report),
        Task::Help => Ok(()),
    }
}
