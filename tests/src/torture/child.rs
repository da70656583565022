//! A client as its torturer has it: a process on two pipes.

use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child as Process, ChildStdin, ChildStdout, Command};

use crate::process::Trouble;
use crate::torture::setup::{Ask, Setup};

/// An answer that takes longer does not come: a call has its time-out, and a start takes a tenth of a second.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running client.
pub struct Child {
    process: Process,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Child {
    /// Starts it. Its first answer is its phase, once it has opened its database or could not.
    ///
    /// # Errors
    /// It does not start.
    pub fn start(program: &Path, setup: &Setup) -> Result<Self, Trouble> {
        let mut command = Command::new(program);
        command.arg(serde_json::to_string(setup)?).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.kill_on_drop(true).spawn()?;
        let input = process.stdin.take().ok_or("no standard input")?;
        let output = process.stdout.take().ok_or("no standard output")?;
        Ok(Self { process, input, output: BufReader::new(output).lines() })
    }

    /// Asks it, or only hears it out; `None` where it ended before it answered.
    ///
    /// # Errors
    /// It neither answers nor ends.
    pub async fn ask(&mut self, ask: Option<&Ask>) -> Result<Option<Value>, Trouble> {
        if let Some(ask) = ask {
            let line = serde_json::to_string(ask)? + "\n";
            if self.input.write_all(line.as_bytes()).await.is_err() {
                return Ok(None);
            }
        }
        self.answer().await
    }

    async fn answer(&mut self) -> Result<Option<Value>, Trouble> {
        let line = tokio::time::timeout(PATIENCE, self.output.next_line()).await;
        match line.map_err(|_| "no answer, and no end")?? {
            Some(line) => Ok(Some(serde_json::from_str(&line)?)),
            None => Ok(None),
        }
    }

    /// Kills it, as nothing can prevent; it is gone when this answers.
    ///
    /// # Errors
    /// The system's.
    pub async fn kill(&mut self) -> Result<(), Trouble> {
        Ok(self.process.kill().await?)
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// The system's, or it does not end.
    pub async fn ended(mut self) -> Result<ExitStatus, Trouble> {
        drop(self.input);
        Ok(tokio::time::timeout(PATIENCE, self.process.wait()).await.map_err(|_| "it does not end")??)
    }
}
