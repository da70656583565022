//! A private session bus with a real gnome-keyring.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::process::{Owned, Trouble};

/// How the keyring of a test is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    /// Unlocked, as after signing in.
    Unlocked,
    /// There, with its login collection, but locked.
    Locked,
    /// No keyring on the bus.
    Missing,
}

/// The bus of one test.
pub struct Bus {
    keyring: Option<Owned>,
    _daemon: Owned,
    /// The value of `DBUS_SESSION_BUS_ADDRESS`.
    pub address: String,
    home: PathBuf,
    display: String,
}

impl Bus {
    /// Starts a bus whose services keep their files below `home`, with an unlocked keyring.
    ///
    /// # Errors
    /// dbus-daemon or gnome-keyring-daemon is missing or does not start.
    pub fn start(home: &Path, display: &str) -> Result<Self, Trouble> {
        std::fs::create_dir_all(home.join("run"))?;
        // A bus of its own without activation: what is not started here is not there.
        let config = home.join("bus.conf");
        std::fs::write(&config, BUS_CONFIG.replace("@RUN@", &home.join("run").to_string_lossy()))?;
        let mut command = Command::new("dbus-daemon");
        command.arg("--config-file").arg(&config).args(["--nofork", "--print-address"]).stderr(Stdio::null());
        let (daemon, address) = Owned::start_and_read_line(&mut command)?;
        let mut bus =
            Self { keyring: None, _daemon: daemon, address, home: home.to_owned(), display: display.to_owned() };
        bus.set_keyring(Keyring::Unlocked)?;
        Ok(bus)
    }

    /// Replaces the keyring by one in another state; its stored entries stay.
    ///
    /// # Errors
    /// gnome-keyring-daemon does not start.
    pub fn set_keyring(&mut self, state: Keyring) -> Result<(), Trouble> {
        self.keyring = None;
        if state == Keyring::Missing {
            return Ok(());
        }
        let mut command = Command::new("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]);
        if state == Keyring::Unlocked {
            command.arg("--unlock");
        }
        let mut child = command
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("XDG_DATA_HOME", self.home.join("data"))
            .env("XDG_RUNTIME_DIR", self.home.join("run"))
            .env("DISPLAY", &self.display)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        // The password must not be empty: without a byte there is no login collection (PLATFORM "The keyring").
        if let Some(mut input) = child.stdin.take().filter(|_| state == Keyring::Unlocked) {
            input.write_all(b"test")?;
        }
        self.keyring = Some(Owned(child));
        self.wait_for_name()
    }

    /// Forgets every stored entry, as when a keyring was wiped or the user got a new one.
    ///
    /// # Errors
    /// Its files cannot be removed, or the keyring does not start again.
    #[expect(clippy::disallowed_methods, reason = "the test's own keyring, in its temporary folder")]
    pub fn forget_everything(&mut self) -> Result<(), Trouble> {
        self.keyring = None;
        let files = self.home.join("data/keyrings");
        if files.exists() {
            std::fs::remove_dir_all(files)?;
        }
        self.set_keyring(Keyring::Unlocked)
    }

    fn wait_for_name(&self) -> Result<(), Trouble> {
        for _ in 0..200 {
            let owned = Command::new("gdbus")
                .args(["call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus"])
                .args(["--method", "org.freedesktop.DBus.NameHasOwner", "org.freedesktop.secrets"])
                .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
                .output()?;
            if String::from_utf8_lossy(&owned.stdout).contains("true") {
                return Ok(());
            }
            std::thread::sleep(std::time::Duration::from_millis(25));
        }
        Err("the keyring did not come to the bus".into())
    }
}

const BUS_CONFIG: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=@RUN@</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;
