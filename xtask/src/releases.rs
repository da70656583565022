//! What is made for others: packages, and the figures of the release build.

use crate::call::Call;
use crate::host::Host;
use crate::packages::{self, Need};
use crate::page;
use crate::report::{Report, Stop};
use crate::shows::PROGRAM;

/// An empty window: what the program is measured against.
const BARE: &str = "desk-bare";

/// Tauri's own tool. Apart from the page's modules: its lock would name a package for each system, and `npm ci` fails
/// where a registry does not have them all. An install takes the one of this system.
const TAURI: &str = "@tauri-apps/cli@2.12.5";

/// Measures the release build.
///
/// # Errors
/// Something is missing, does not build, or a figure is over its bar.
pub fn bench(host: &Host, report: &mut Report, words: &[String]) -> Result<(), Stop> {
    packages::ensure(host, report, Need::Test)?;
    build_program(host, report)?;
    bundle(host, report)?;
    let release = |words: &[&str]| Call::cargo(host, &["build", "--release"]).with(words);
    report.step("Building an empty window to compare with", &release(&["--package", BARE]))?;
    // Apart from the program: built together, the features of the tests would get into it.
    report.step("Building the bench", &release(&["--package", "desk-tests", "--bin", "bench"]))?;
    let bench = Call::new(host, host.release("bench")).with(words).without_a_screen();
    report.open_step("Measuring", &bench)
}

/// Makes the packages for installing.
///
/// # Errors
/// Something is missing, or does not build.
pub fn dist(host: &Host, report: &mut Report) -> Result<(), Stop> {
    packages::ensure(host, report, Need::Build)?;
    build_program(host, report)?;
    bundle(host, report)?;
    report.say(&format!("The packages are in {}", host.target.join("release/bundle").display()));
    Ok(())
}

fn build_program(host: &Host, report: &mut Report) -> Result<(), Stop> {
    page::install(host, report)?;
    page::build(host, report)?;
    report.step("Building the program for release", &Call::cargo(host, &["build", "--release", "--package", PROGRAM]))
}

fn bundle(host: &Host, report: &mut Report) -> Result<(), Stop> {
    let folder = host.target.join("tauri-cli");
    let tool = folder.join("node_modules/.bin/tauri");
    if !tool.exists() {
        let install = Call::npm(host, &["install", "--no-save", "--no-package-lock", "--prefix"]);
        report.step("Installing Tauri's packer", &install.with(&[folder.as_os_str()]).with(&[TAURI]))?;
    }
    // The program is built already, by Cargo alone, so that what is packed is what is measured.
    let call = Call::new(host, tool).with(&["bundle", "--bundles", "deb,rpm"]).below("src-tauri");
    report.step("Packing it for installing", &call.var("CI", "true"))
}
