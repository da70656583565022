//! A computer of its own for one test.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use desk_sandbox::{CustomerRow, Options, Sandbox};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

use crate::bus::{Bus, Keyring};
use crate::display::Display;
use crate::page::Page;
use crate::process::{Trouble, wait_for};
use crate::tree::Ears;
use crate::window::{Window, program};

/// Everything a program of one test needs, and nothing that another test sees.
pub struct World {
    /// The display.
    pub display: Display,
    /// The session bus and its keyring.
    pub bus: Bus,
    /// The platform; `None` once it is switched off.
    pub sandbox: Option<Sandbox>,
    sandbox_line: String,
    away: Option<(u16, Value)>,
    home: TempDir,
    size: (u32, u32),
    zoom: u32,
    zone: String,
    authorities: Option<PathBuf>,
}

impl World {
    /// A fresh computer with a running sandbox, and a window of 1280 x 800.
    ///
    /// # Errors
    /// A part of it does not start.
    pub async fn new() -> Result<Self, Trouble> {
        let home = tempfile::Builder::new().prefix("desk-test-").tempdir()?;
        let display = Display::start()?;
        let bus = Bus::start(&home.path().join("bus"), &display.name)?;
        let sandbox = Sandbox::start(Options::default())?;
        let sandbox_line = json!({
            "axisfi_typed": &sandbox.axisfi_typed, "axisfi_untyped": &sandbox.axisfi_untyped,
            "bultra": &sandbox.bultra
        })
        .to_string();
        let zone = String::from("UTC");
        Ok(Self {
            display,
            bus,
            sandbox: Some(sandbox),
            sandbox_line,
            away: None,
            home,
            size: (1280, 800),
            zoom: 1,
            zone,
            authorities: None,
        })
    }

    /// The size of the next window, in CSS pixels.
    #[must_use]
    pub fn sized(mut self, width: u32, height: u32) -> Self {
        self.size = (width, height);
        self
    }

    /// The system draws everything this many times as large: the window stays, and has as much less room.
    #[must_use]
    pub fn zoomed(mut self, times: u32) -> Self {
        self.zoom = times;
        self
    }

    /// The computer trusts this authority, and no other.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn trusting(mut self, authority_pem: &str) -> Result<Self, Trouble> {
        let file = self.home.path().join("authorities.pem");
        std::fs::write(&file, authority_pem)?;
        self.authorities = Some(file);
        Ok(self)
    }

    /// Every customer of the platform with what was sent: the judge's view.
    #[must_use]
    pub fn rows(&self) -> Vec<CustomerRow> {
        self.sandbox.as_ref().map(Sandbox::rows).unwrap_or_default()
    }

    /// Moves the platform's clock, so that nobody waits for a status.
    pub fn move_sandbox_clock(&self, by: Duration) {
        if let Some(sandbox) = &self.sandbox {
            sandbox.advance_clock(by);
        }
    }

    /// Makes the database one of a later version of the program. The program must not run.
    ///
    /// # Errors
    /// The keyring or the database cannot be opened.
    pub fn make_database_newer(&self) -> Result<(), Trouble> {
        let database = self.database()?;
        database.pragma_update(None, "user_version", 1_000_000)?;
        database.pragma_update(None, "wal_checkpoint", "TRUNCATE")?;
        Ok(())
    }

    /// The key of the database, as the keyring has it: 64 hexadecimal characters.
    ///
    /// # Errors
    /// The program never ran here, or the keyring does not answer.
    pub fn database_key(&self) -> Result<String, Trouble> {
        let id: Value = serde_json::from_slice(&std::fs::read(self.data().join("desk.key.json"))?)?;
        let user = format!("db:{}", id["database_id"].as_str().unwrap_or_default());
        let found = Command::new("secret-tool")
            .args(["lookup", "service", "customer-desk", "username", &user])
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus.address)
            .output()?;
        Ok(String::from_utf8(found.stdout)?.trim().to_owned())
    }

    fn database(&self) -> Result<rusqlite::Connection, Trouble> {
        let database = rusqlite::Connection::open(self.data().join("desk.db"))?;
        database.pragma_update(None, "key", format!("x'{}'", self.database_key()?))?;
        Ok(database)
    }

    /// The time zone of the next program, a name of the tz database.
    pub fn set_zone(&mut self, zone: &str) {
        zone.clone_into(&mut self.zone);
    }

    /// The folder of the program's data.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.home.path().join("data/customer-desk")
    }

    /// The folder below which everything of this computer lies.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The environment of a program on this computer.
    #[must_use]
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let below = |name: &str| self.home.path().join(name).to_string_lossy().into_owned();
        let mut variables = vec![
            ("DISPLAY", self.display.name.clone()),
            ("DBUS_SESSION_BUS_ADDRESS", self.bus.address.clone()),
            ("HOME", below("home")),
            ("XDG_DATA_HOME", below("data")),
            ("XDG_CACHE_HOME", below("cache")),
            ("XDG_CONFIG_HOME", below("config")),
            ("XDG_RUNTIME_DIR", below("run")),
            ("TMPDIR", below("tmp")),
            ("GDK_DPI_SCALE", self.zoom.to_string()),
            ("TZ", self.zone.clone()),
            ("LANG", String::from("C.UTF-8")),
            ("WEBKIT_DISABLE_DMABUF_RENDERER", String::from("1")),
            ("DESK_SANDBOX", self.sandbox_line.clone()),
            ("DESK_DOORS", below("doors.sock")),
        ];
        if let Some(file) = &self.authorities {
            variables.push(("SSL_CERT_FILE", file.to_string_lossy().into_owned()));
        }
        variables
    }

    /// Starts the program, waits for its first screen, and closes the one that explains the program, as its user does
    /// once.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start(&self) -> Result<Page, Trouble> {
        let page = self.start_unexplained().await?;
        page.pass_welcome().await?;
        Ok(page)
    }

    /// The same, and whatever is there at first stays.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start_unexplained(&self) -> Result<Page, Trouble> {
        self.prepare()?;
        let window = Window::start(&program()?, &self.variables()).await?;
        Page::of(window).await
    }

    /// Starts the program a second time beside the first, and waits for its end.
    ///
    /// # Errors
    /// It cannot be started, or does not end.
    pub async fn start_second(&self) -> Result<std::process::ExitStatus, Trouble> {
        let mut child = Command::new(program()?).envs(self.variables()).spawn()?;
        wait_for("the second start to end", Duration::from_secs(20), || {
            let ended = child.try_wait().ok().flatten();
            async move { ended }
        })
        .await
    }

    /// Asks one of the program's test doors, e.g. `advance 60000`, and waits for its answer.
    ///
    /// # Errors
    /// The program does not run or knows no such door.
    pub async fn door(&self, line: &str) -> Result<(), Trouble> {
        let stream = tokio::net::UnixStream::connect(self.home.path().join("doors.sock")).await?;
        let (read, mut write) = stream.into_split();
        write.write_all(format!("{line}\n").as_bytes()).await?;
        let mut answer = String::new();
        BufReader::new(read).read_line(&mut answer).await?;
        if answer.trim() == "ok" { Ok(()) } else { Err(format!("door {line:?} said {answer:?}").into()) }
    }

    /// Switches the platform off, as when the network is gone.
    ///
    /// # Errors
    /// Never; the signature is that of its neighbours.
    pub async fn sandbox_off(&mut self) -> Result<(), Trouble> {
        if let Some(sandbox) = self.sandbox.take() {
            sandbox.stop().await;
            self.away = Some((sandbox.addr.port(), sandbox.snapshot()));
        }
        Ok(())
    }

    /// Switches it on again, at the same place and with the same customers. What was asked of it before is forgotten.
    ///
    /// # Errors
    /// It is on, or somebody else took its place.
    pub fn sandbox_back(&mut self) -> Result<(), Trouble> {
        let (port, snapshot) = self.away.take().ok_or("the sandbox is on")?;
        let options = Options { port, snapshot: Some(snapshot), ..Options::default() };
        self.sandbox = Some(Sandbox::start(options)?);
        Ok(())
    }

    /// The bus of assistive programs, so that the next program makes the tree that a screen reader reads.
    ///
    /// # Errors
    /// at-spi2-core is missing or does not start.
    pub async fn ears(&self) -> Result<Ears, Trouble> {
        let home = self.home.path().join("ears");
        std::fs::create_dir_all(&home)?;
        Ears::start(&self.bus.address, &home, &self.display.name).await
    }

    /// Replaces the keyring by one in another state.
    ///
    /// # Errors
    /// It does not start.
    pub fn keyring(&mut self, state: Keyring) -> Result<(), Trouble> {
        self.bus.set_keyring(state)
    }

    /// Makes what the next program of this computer finds.
    ///
    /// # Errors
    /// A folder or file cannot be made.
    pub fn prepare(&self) -> Result<(), Trouble> {
        for name in ["home", "data", "cache", "config", "run", "tmp"] {
            std::fs::create_dir_all(self.home.path().join(name))?;
        }
        std::fs::create_dir_all(self.data())?;
        // The Latin face of the drawings (DECISIONS 23), whatever this machine calls its own.
        let fonts = self.home.path().join("config/fontconfig");
        std::fs::create_dir_all(&fonts)?;
        std::fs::write(fonts.join("fonts.conf"), FONTS)?;
        let place = serde_json::json!({
            "x": 0.0, "y": 0.0, "width": self.size.0, "height": self.size.1, "maximized": false
        });
        std::fs::write(self.data().join("window.json"), place.to_string())?;
        Ok(())
    }
}

/// Only who asks for such a face first gets it: a family that this machine lacks, like that of an identifier, must not.
const FONTS: &str = r#"<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <match target="pattern"><test name="family" qual="first"><string>system-ui</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Inter</string></edit></match>
  <match target="pattern"><test name="family" qual="first"><string>sans-serif</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Inter</string></edit></match>
  <match target="pattern"><test name="family" qual="first"><string>Cantarell</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Inter</string></edit></match>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
</fontconfig>
"#;
