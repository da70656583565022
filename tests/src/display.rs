//! A display without a screen.

use std::process::{Command, Stdio};

use crate::process::{Owned, Trouble};

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
}
