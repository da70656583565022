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

/// Characters of a program's name that the system keeps as the name of its process (proc(5), `comm`).
const COMM_CHARS: usize = 15;

/// The children, grandchildren and so on of a process whose program has this file name. By the name of the process: the
/// path of the program cannot be read where it is not dumpable, which ours is not.
#[must_use]
pub fn descendants_named(root: u32, name: &str) -> Vec<u32> {
    let wanted: String = name.chars().take(COMM_CHARS).collect();
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(parent) = open.pop() {
        for child in children_of(parent) {
            open.push(child);
            let comm = std::fs::read_to_string(format!("/proc/{child}/comm")).unwrap_or_default();
            if comm.trim_end() == wanted {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_grandchild_is_found_by_its_name_however_long() -> Result<(), Trouble> {
        let folder = tempfile::tempdir()?;
        for name in ["sleeper", "a-sleeper-of-a-long-name"] {
            let program = folder.path().join(name);
            std::fs::copy("/bin/sleep", &program)?;
            let script = "echo ready; \"$0\" 60 & wait";
            let mut command = Command::new("sh");
            let (shell, _) = Owned::start_and_read_line(command.args(["-c", script]).arg(&program))?;
            let find = || descendants_named(shell.0.id(), name);
            let found = wait_for(name, Duration::from_secs(10), || async { find().first().copied() }).await?;
            assert_eq!(descendants_named(shell.0.id(), "another"), [] as [u32; 0]);
            Command::new("kill").arg(found.to_string()).status()?;
        }
        Ok(())
    }
}
