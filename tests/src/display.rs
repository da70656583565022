//! A display without a screen, and what lies on it. No window manager runs there: windows are asked of X itself.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::process::{Owned, Trouble, wait_for};

/// How long a window may take to come or go.
const PATIENCE: Duration = Duration::from_secs(20);

/// An X server that nobody sees.
pub struct Display {
    _server: Owned,
    /// The value of `DISPLAY`.
    pub name: String,
}

impl Display {
    /// Starts one on a free number; larger than any window of the tests.
    ///
    /// # Errors
    /// Xvfb is missing or does not start.
    pub fn start() -> Result<Self, Trouble> {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]).stderr(Stdio::null());
        let (server, number) = Owned::start_and_read_line(&mut command)?;
        Ok(Self { _server: server, name: format!(":{number}") })
    }

    /// The main window of a process, by the process's id.
    ///
    /// # Errors
    /// It has no window that can be seen.
    pub async fn window_of(&self, pid: u32) -> Result<String, Trouble> {
        wait_for("a window to be seen", PATIENCE, || async {
            let found = self.ask("xdotool", &["search", "--onlyvisible", "--pid", &pid.to_string()]).ok()?;
            found.lines().next().map(str::to_owned)
        })
        .await
    }

    /// Takes a window off the display, as minimising does, and waits until it is gone.
    ///
    /// # Errors
    /// It stays.
    pub async fn put_away(&self, window: &str) -> Result<(), Trouble> {
        self.ask("xdotool", &["windowunmap", window])?;
        wait_for("the window to be away", PATIENCE, || async { (!self.is_seen(window)).then_some(()) }).await
    }

    /// Waits until a window can be seen.
    ///
    /// # Errors
    /// It cannot in time.
    pub async fn comes_back(&self, window: &str) -> Result<(), Trouble> {
        wait_for("the window to come back", PATIENCE, || async { self.is_seen(window).then_some(()) }).await
    }

    /// Lays another window over the whole display, and waits until it is on top. It goes when dropped.
    ///
    /// # Errors
    /// It does not come.
    pub async fn cover(&self, window: &str) -> Result<Owned, Trouble> {
        let mut command = Command::new("xlogo");
        command.args(["-geometry", "1600x1200+0+0"]).env("DISPLAY", &self.name);
        let cover = Owned(command.stdin(Stdio::null()).stderr(Stdio::null()).spawn()?);
        wait_for("a window over it", PATIENCE, || async { self.on_top().filter(|top| top != window) }).await?;
        Ok(cover)
    }

    /// Waits until this window is the one on top.
    ///
    /// # Errors
    /// Another one is.
    pub async fn comes_to_front(&self, window: &str) -> Result<(), Trouble> {
        wait_for("the window to come to the front", PATIENCE, || async { self.on_top().filter(|top| top == window) })
            .await?;
        Ok(())
    }

    /// The uppermost window that can be seen: X lists its windows from the top down.
    fn on_top(&self) -> Option<String> {
        let list = self.ask("xwininfo", &["-root", "-children", "-int"]).ok()?;
        let windows = list.lines().filter_map(|line| line.split_whitespace().next());
        let mut windows = windows.filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        windows.find(|window| self.is_seen(window)).map(str::to_owned)
    }

    fn is_seen(&self, window: &str) -> bool {
        self.ask("xwininfo", &["-id", window]).is_ok_and(|facts| facts.contains("Map State: IsViewable"))
    }

    fn ask(&self, program: &str, arguments: &[&str]) -> Result<String, Trouble> {
        let answer = Command::new(program).args(arguments).env("DISPLAY", &self.name).output()?;
        if !answer.status.success() {
            return Err(format!("{program} {arguments:?}: {}", String::from_utf8_lossy(&answer.stderr)).into());
        }
        Ok(String::from_utf8_lossy(&answer.stdout).into_owned())
    }
}
