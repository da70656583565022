//! Child processes that end with the test that started them.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// What goes wrong in the support of a test; a text is enough, for it only fails the test.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// A child that is killed when dropped.
pub struct Owned(pub Child);

impl Owned {
    /// Starts a command whose first line of standard output says that it is ready.
    ///
    /// # Errors
    /// The command cannot be started, or ends without a line.
    pub fn start_and_read_line(command: &mut Command) -> Result<(Self, String), Trouble> {
        let mut child = Self(command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?);
        let out = child.0.stdout.take().ok_or("no standard output")?;
        let line = first_line(out)?;
        if line.is_empty() {
            return Err(format!("{command:?} said nothing").into());
        }
        Ok((child, line))
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn first_line(out: ChildStdout) -> Result<String, Trouble> {
    let mut lines = BufReader::new(out);
    let mut line = String::new();
    lines.read_line(&mut line)?;
    // Reads on, so that the child never blocks on a full pipe.
    std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
    Ok(line.trim().to_owned())
}

/// The children, grandchildren and so on of a process whose executable has this file name.
#[must_use]
pub fn descendants_named(root: u32, name: &str) -> Vec<u32> {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(parent) = open.pop() {
        for child in children_of(parent) {
            open.push(child);
            let executable = std::fs::read_link(format!("/proc/{child}/exe")).unwrap_or_default();
            if executable.file_name().is_some_and(|file| file == name) {
                found.push(child);
            }
        }
    }
    found
}

/// The children of a process, whichever of its threads started them.
#[must_use]
pub fn children_of(parent: u32) -> Vec<u32> {
    let tasks = std::fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().flatten();
    let lists = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().filter_map(|text| text.parse().ok()).collect::<Vec<u32>>()).collect()
}

/// Asks until the answer is there, up to a time.
///
/// # Errors
/// Nothing came in time; the error names what was waited for.
pub async fn wait_for<T, F>(what: &str, patience: Duration, mut ask: impl FnMut() -> F) -> Result<T, Trouble>
where
    F: Future<Output = Option<T>>,
{
    let until = Instant::now() + patience;
    loop {
        if let Some(answer) = ask().await {
            return Ok(answer);
        }
        if Instant::now() > until {
            return Err(format!("not within {} s: {what}", patience.as_secs()).into());
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}
