//! The program shown: to somebody, or to nobody with pictures for later.

use std::path::Path;

use crate::call::Call;
use crate::claim::Claim;
use crate::host::Host;
use crate::packages::{self, Need};
use crate::page;
use crate::report::{Report, Stop};

/// The program's name.
pub const PROGRAM: &str = "customer-desk";

/// Both packages, even where one program is wanted: Cargo settles the features of libraries over all that are named, so
/// that run, demo and test build the same libraries, once.
const BUILD: [&str; 6] = ["build", "--package", PROGRAM, "--package", "desk-tests", "--bin"];

/// Starts the program; without a display, plays the main job instead.
///
/// The development profile: a first build of the release takes minutes longer, and a person who types gains nothing.
///
/// # Errors
/// Something is missing, does not build, or the program ends badly.
pub fn run(host: &Host, report: &mut Report, claim: Claim) -> Result<(), Stop> {
    if !host.has_display() {
        report.say("There is no display: the main job is played without one, and pictures of it are kept.");
        return demo(host, report);
    }
    packages::ensure(host, report, Need::Build)?;
    page::install(host, report)?;
    page::build(host, report)?;
    report.step("Building the program", &Call::cargo(host, &BUILD).with(&[PROGRAM]))?;
    // The window may stay open all day: until it closes, others may build.
    drop(claim);
    report.open_step("The window is open; closing it, or Ctrl+C here, ends it", &Call::new(host, host.program(PROGRAM)))
}

/// Plays the main job without a screen and leaves numbered pictures.
///
/// # Errors
/// Something is missing, does not build, or the job does not come to its end.
pub fn demo(host: &Host, report: &mut Report) -> Result<(), Stop> {
    packages::ensure(host, report, Need::Test)?;
    page::install(host, report)?;
    page::build(host, report)?;
    let build = Call::cargo(host, &BUILD).with(&[PROGRAM, "--bin", "demo", "--features", "customer-desk/test-hooks"]);
    report.step("Building the program and its demo", &build)?;
    let pictures = host.target.join("demo");
    clear_pictures(&pictures)?;
    let play = Call::new(host, host.program("demo")).without_a_screen();
    report.open_step("Playing the main job", &play)?;
    report.say(&format!("The pictures are in {}", pictures.display()));
    Ok(())
}

/// Takes the last demo's pictures away, so that none of them is taken for one of this.
fn clear_pictures(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "png") {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}
