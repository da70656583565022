//! The program's real window, started and driven through WebKitWebDriver (PLATFORM "Driving the window").

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use thirtyfour::Capabilities;
use thirtyfour::prelude::*;

use crate::process::{Owned, Trouble, descendants_named, wait_for};

/// The name of the program's file.
pub const PROGRAM: &str = "customer-desk";

/// How long the window may take to be there. Far more than it needs: the machine may be busy.
const START_PATIENCE: Duration = Duration::from_secs(60);

/// How long the driver may take to have the window; it takes a second or two.
const SESSION_PATIENCE: Duration = Duration::from_secs(40);

/// A running program and the driver that started it.
pub struct Window {
    driver: WebDriver,
    server: Server,
}

/// The driver's process. What it started ends with it: without that the program would stay behind as an orphan.
struct Server(Owned);

impl Server {
    fn id(&self) -> u32 {
        self.0.0.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for pid in descendants_named(self.id(), PROGRAM) {
            let _ = Command::new("kill").args(["-9", &pid.to_string()]).status();
        }
    }
}

impl Window {
    /// Starts the program with these variables in its environment. On a busy machine the driver and the web view of a
    /// program that runs now and then miss each other for good: then it is started once more.
    ///
    /// # Errors
    /// The driver or the program does not start.
    pub async fn start(program: &Path, variables: &[(&str, String)]) -> Result<Self, Trouble> {
        match tokio::time::timeout(SESSION_PATIENCE, Self::start_once(program, variables)).await {
            Ok(started) => started,
            Err(_) => Self::start_once(program, variables).await,
        }
    }

    async fn start_once(program: &Path, variables: &[(&str, String)]) -> Result<Self, Trouble> {
        // The workspace's reqwest comes without one; an error means that it is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let port = free_port()?;
        let mut command = Command::new("WebKitWebDriver");
        command.arg(format!("--port={port}")).arg("--host=127.0.0.1").env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let server = Server(Owned(command.spawn()?));
        wait_for("the WebDriver server", START_PATIENCE, || async {
            tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok()
        })
        .await?;
        let mut capabilities = Capabilities::new();
        let options = serde_json::json!({ "binary": program, "args": [] });
        capabilities.set("webkitgtk:browserOptions", options)?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?;
        Ok(Self { driver, server })
    }

    /// The WebDriver session.
    #[must_use]
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// The process id of the program.
    ///
    /// # Errors
    /// It does not run.
    pub fn pid(&self) -> Result<u32, Trouble> {
        self.pid_of(Path::new(PROGRAM))
    }

    /// The process id of a program by its file name.
    ///
    /// # Errors
    /// It does not run.
    pub fn pid_of(&self, program: &Path) -> Result<u32, Trouble> {
        let name = program.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        descendants_named(self.server.id(), name).first().copied().ok_or_else(|| "the program does not run".into())
    }

    /// Ends the program at once, as `kill -9` does. Nothing of it gets a chance to say or write anything.
    ///
    /// # Errors
    /// It does not run, or cannot be killed.
    pub async fn kill(self) -> Result<(), Trouble> {
        let pid = self.pid()?;
        let done = Command::new("kill").args(["-9", &pid.to_string()]).status()?;
        if !done.success() {
            return Err("kill refused".into());
        }
        self.ended().await
    }

    /// Waits until the program has ended.
    ///
    /// # Errors
    /// It still runs.
    pub async fn ended(self) -> Result<(), Trouble> {
        wait_for("the program to be gone", START_PATIENCE, || async { self.pid().is_err().then_some(()) }).await
    }

    /// Closes the program in order.
    ///
    /// # Errors
    /// The session cannot be ended.
    pub async fn quit(self) -> Result<(), Trouble> {
        self.driver.clone().quit().await?;
        Ok(())
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // A session of a program that is gone, or a test that failed: nothing to end in order.
        let _ = self.driver.clone().leak();
    }
}

/// The program as the build left it.
///
/// # Errors
/// It was not built: `cargo xtask test` builds it first.
pub fn program() -> Result<PathBuf, Trouble> {
    let mut folder = std::env::current_exe()?;
    folder.pop();
    if folder.ends_with("deps") {
        folder.pop();
    }
    let program = std::env::var_os("DESK_PROGRAM").map_or_else(|| folder.join(PROGRAM), PathBuf::from);
    if program.exists() { Ok(program) } else { Err(format!("{} is not built", program.display()).into()) }
}

fn free_port() -> Result<u16, Trouble> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
