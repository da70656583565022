//! One line per step: what is happening, and how long it took. Of a step that failed, what it printed and what to type.

use std::io::{IsTerminal, Read, Write};
use std::process::ExitCode;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::call::Call;

/// How often a terminal shows how long the step has run.
const TICK: Duration = Duration::from_secs(1);

/// How long to wait for the last of a program's output after its end. A grandchild that stays keeps the pipe open, and
/// must not keep us.
const LAST_OUTPUT: Duration = Duration::from_secs(2);

/// Why a task stopped.
#[derive(Debug)]
pub struct Stop {
    reason: String,
    output: String,
    to_type: Vec<String>,
}

impl Stop {
    /// Stops with a sentence.
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), output: String::new(), to_type: Vec::new() }
    }

    /// Adds what to type.
    #[must_use]
    pub fn typing(mut self, line: &str) -> Self {
        self.to_type.push(line.to_owned());
        self
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::new(format!("A file could not be read or written: {error}"))
    }
}

/// What was done so far.
pub struct Report {
    started: Instant,
    steps: Vec<(String, Duration)>,
    left_out: Vec<String>,
    live: bool,
}

impl Report {
    /// Begins; a terminal also sees the seconds of the step that runs.
    pub fn new() -> Self {
        let live = std::io::stdout().is_terminal();
        Self { started: Instant::now(), steps: Vec::new(), left_out: Vec::new(), live }
    }

    /// Prints lines of text.
    pub fn say(&self, text: &str) {
        show(&format!("{text}\n"));
    }

    /// Says what is not done here and why, now and in the summary.
    pub fn leave_out(&mut self, text: &str) {
        show(&format!("  {text}\n"));
        self.left_out.push(text.to_owned());
    }

    /// Runs a step whose output is only seen when it fails.
    ///
    /// # Errors
    /// It cannot be started, or fails.
    pub fn step(&mut self, what: &str, call: &Call) -> Result<(), Stop> {
        let begun = Instant::now();
        show(&format!("  {what} ... "));
        let outcome = self.run_quietly(what, call, begun);
        let (took, clear) = (begun.elapsed(), if self.live { "\r\x1b[K" } else { "" });
        let again = if self.live { format!("{clear}  {what} ... ") } else { String::new() };
        match outcome {
            Ok((true, _)) => {
                show(&format!("{again}{}\n", spoken(took)));
                self.steps.push((what.to_owned(), took));
                Ok(())
            }
            Ok((false, output)) => {
                show(&format!("{again}failed after {}\n", spoken(took)));
                Err(Stop { output, ..Stop::new(format!("{what}: failed.")) }.typing(&call.line()))
            }
            Err(error) => {
                show(&format!("{again}not started\n"));
                Err(Stop::new(format!("{what}: {error}.")).typing(&call.line()))
            }
        }
    }

    /// Runs a step whose output is seen as it comes.
    ///
    /// # Errors
    /// It cannot be started, or fails.
    pub fn open_step(&mut self, what: &str, call: &Call) -> Result<(), Stop> {
        let begun = Instant::now();
        show(&format!("  {what} ...\n"));
        let status = call.command().status();
        let took = begun.elapsed();
        match status {
            Ok(status) if status.success() => {
                show(&format!("  {what} ... {}\n", spoken(took)));
                self.steps.push((what.to_owned(), took));
                Ok(())
            }
            Ok(_) => {
                show(&format!("  {what} ... failed after {}\n", spoken(took)));
                Err(Stop::new(format!("{what}: failed.")).typing(&call.line()))
            }
            Err(error) => Err(Stop::new(format!("{what}: {error}.")).typing(&call.line())),
        }
    }

    /// Says how it went, and gives the code the program ends with.
    pub fn finish(&self, outcome: Result<(), Stop>) -> ExitCode {
        let Err(stop) = outcome else {
            if self.steps.len() > 1 {
                show(&format!("\nDone in {}: {}.\n", spoken(self.started.elapsed()), self.times()));
            }
            for text in &self.left_out {
                show(&format!("Left out: {text}\n"));
            }
            return ExitCode::SUCCESS;
        };
        if !stop.output.trim().is_empty() {
            show(&format!("\n{}\n", stop.output.trim_end()));
        }
        show(&format!("\n{}\n", stop.reason));
        if !stop.to_type.is_empty() {
            show("Type:\n");
        }
        for line in &stop.to_type {
            show(&format!("    {line}\n"));
        }
        ExitCode::FAILURE
    }

    /// Steps and their times, those that took no time to speak of left out.
    fn times(&self) -> String {
        let long = self.steps.iter().filter(|(_, took)| *took >= TICK);
        let times: Vec<String> = long.map(|(what, took)| format!("{what} {}", spoken(*took))).collect();
        if times.is_empty() { format!("{} steps", self.steps.len()) } else { times.join(", ") }
    }

    fn run_quietly(&self, what: &str, call: &Call, begun: Instant) -> std::io::Result<(bool, String)> {
        let (mut from, into) = std::io::pipe()?;
        let mut command = call.command();
        command.stdout(into.try_clone()?).stderr(into);
        let mut child = command.spawn()?;
        // The command holds this side's ends of the pipe; while they are open the reader never comes to an end.
        drop(command);
        let printed = Arc::new(Mutex::new(Vec::new()));
        let (kept, (ended, end)) = (printed.clone(), channel::<()>());
        std::thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(size @ 1..) = from.read(&mut piece) {
                kept.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&piece[..size]);
            }
            drop(ended);
        });
        let status = if self.live { wait_and_show(&mut child, what, begun)? } else { child.wait()? };
        let _ = end.recv_timeout(LAST_OUTPUT);
        let printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
        Ok((status.success(), String::from_utf8_lossy(&printed).into_owned()))
    }
}

fn wait_and_show(
    child: &mut std::process::Child,
    what: &str,
    begun: Instant,
) -> std::io::Result<std::process::ExitStatus> {
    let (over, waiting) = channel::<()>();
    let what = what.to_owned();
    let shower = std::thread::spawn(move || {
        while waiting.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
            show(&format!("\r\x1b[K  {what} ... {}", spoken(begun.elapsed())));
        }
    });
    let status = child.wait();
    drop(over);
    let _ = shower.join();
    status
}

/// Prints at once. Nobody there to read it, as behind `| head`, is no reason to stop what was begun.
fn show(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// A time as one says it: `3.2 s`, `2 min 05 s`.
fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Host;

    fn call(script: &str) -> Call {
        let host = Host { root: std::path::PathBuf::from("."), target: std::path::PathBuf::from("target") };
        Call::new(&host, "sh").with(&["-c", script])
    }

    #[test]
    fn times_are_said_in_seconds_and_from_a_minute_on_in_minutes() {
        assert_eq!(spoken(Duration::from_millis(3_240)), "3.2 s");
        assert_eq!(spoken(Duration::from_secs(125)), "2 min 05 s");
    }

    #[cfg(unix)]
    #[test]
    fn a_failed_step_keeps_all_it_printed_in_order_and_says_what_to_type() {
        let stop = Report::new().step("Trying", &call("echo one; echo two >&2; echo three; exit 3")).unwrap_err();
        assert_eq!(stop.output, "one\ntwo\nthree\n");
        assert_eq!(stop.to_type, ["sh -c 'echo one; echo two >&2; echo three; exit 3'"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_grandchild_that_stays_does_not_hold_the_step() {
        let begun = Instant::now();
        Report::new().step("Leaving one behind", &call("sleep 30 & echo done")).unwrap();
        assert!(begun.elapsed() < Duration::from_secs(20), "the step waited for what it left behind");
    }

    #[test]
    fn a_program_that_is_not_there_stops_with_its_name() {
        let host = Host { root: std::path::PathBuf::from("."), target: std::path::PathBuf::from("target") };
        let stop = Report::new().step("Trying", &Call::new(&host, "no-such-program-here")).unwrap_err();
        assert_eq!(stop.to_type, ["no-such-program-here"]);
    }
}
