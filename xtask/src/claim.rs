//! One clone at a time in a target folder, and never the builds of another clone taken for one's own.
//!
//! Cargo names the builds of a workspace by paths below its root and tells their age by the times of files. So where two
//! clones share a target folder (`CARGO_TARGET_DIR`), a clone whose files are older than the other's build gets the
//! other's program, without a word. The file of the claim names the clone that built last.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::time::{Duration, Instant};

use crate::call::Call;
use crate::host::Host;
use crate::report::{Report, Stop};

/// The file in the target folder.
const FILE: &str = "customer-desk.lock";

/// How often to look whether the other one is done.
const LOOK: Duration = Duration::from_millis(500);

/// How long to wait for the other one: longer than a first build with all tests.
const PATIENCE: Duration = Duration::from_secs(45 * 60);

/// The target folder is ours while this lives.
pub struct Claim {
    _file: File,
}

/// What was found in the target folder.
pub enum Claimed {
    /// Nothing, or builds of this clone.
    Ours(Claim),
    /// Builds of another clone. They are gone now, and with them this very program, which may have been the other's.
    AfterAnother,
}

impl Claim {
    /// Waits for its turn.
    ///
    /// # Errors
    /// The other one does not come to an end, or the file cannot be written.
    pub fn take(host: &Host, report: &mut Report) -> Result<Claimed, Stop> {
        std::fs::create_dir_all(&host.target)?;
        let path = host.target.join(FILE);
        let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&path)?;
        wait_for_turn(&file, report)?;
        let mut last = String::new();
        file.read_to_string(&mut last)?;
        let ours = host.root.to_string_lossy();
        let shared = !last.is_empty() && last != ours;
        if shared {
            report
                .say("Another clone was built in this target folder last. Its own builds are cleared, libraries stay.");
            report.step("Clearing the other clone's builds", &clear(host, "dev"))?;
            if host.target.join("release").exists() {
                report.step("Clearing the other clone's release builds", &clear(host, "release"))?;
            }
        }
        file.rewind()?;
        file.set_len(0)?;
        file.write_all(ours.as_bytes())?;
        Ok(if shared { Claimed::AfterAnother } else { Claimed::Ours(Self { _file: file }) })
    }
}

fn clear(host: &Host, profile: &str) -> Call {
    Call::cargo(host, &["clean", "--workspace", "--profile", profile])
}

fn wait_for_turn(file: &File, report: &Report) -> Result<(), Stop> {
    let until = Instant::now() + PATIENCE;
    let mut said = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            // A file system without locks: then nothing is there to keep two apart.
            Err(TryLockError::Error(_)) => return Ok(()),
            Err(TryLockError::WouldBlock) if Instant::now() > until => {
                return Err(Stop::new(
                    "Another `cargo xtask` holds the target folder and does not end. End it, then start again.",
                ));
            }
            Err(TryLockError::WouldBlock) => {
                if !said {
                    report.say("Another `cargo xtask` works in this target folder. Waiting for its end.");
                    said = true;
                }
                std::thread::sleep(LOOK);
            }
        }
    }
}

/// Builds this clone's own xtask and lets it do the task.
///
/// # Errors
/// Cargo cannot be started. Otherwise this program ends with the code of the other.
pub fn start_again(host: &Host, words: &[String]) -> Result<(), Stop> {
    let call = Call::cargo(host, &["run", "--quiet", "--package", "xtask", "--"]).with(words);
    let status = call.command().status()?;
    std::process::exit(status.code().unwrap_or(1))
}
