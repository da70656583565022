//! Everything that is checked, cheap things first; the first that fails ends it.

use crate::call::Call;
use crate::host::Host;
use crate::packages::{self, Need};
use crate::page;
use crate::report::{Report, Stop};

/// The program as tests drive it: with its test doors.
const HOOKS: [&str; 2] = ["--features", "customer-desk/test-hooks,desk-tests/test-hooks"];

/// The same where only what is tested without a window is built.
const TORTURED: [&str; 4] = ["--package", "desk-tests", "--features", "desk-tests/test-hooks"];

/// The tests that open windows, in nextest's words. `.config/nextest.toml` knows them too.
const NO_WINDOWS: &str = "not (package(desk-tests) & binary(=e2e))";

/// Checks everything, or with a filter runs the Rust tests that it names.
///
/// # Errors
/// Something is missing, or a check fails.
pub fn test(host: &Host, report: &mut Report, quick: bool, filter: &[String]) -> Result<(), Stop> {
    packages::ensure(host, report, Need::Test)?;
    page::install(host, report)?;
    if filter.is_empty() {
        let lints = rust_parts(host, report);
        check_sources(host, report, lints.formatter)?;
        page::build(host, report)?;
        if lints.clippy {
            let clippy = Call::cargo(host, &["clippy", "--workspace", "--all-targets"]).with(&HOOKS);
            report.step("Linting the Rust code", &clippy.with(&["--", "-D", "warnings"]))?;
        }
    } else {
        page::build(host, report)?;
    }
    // The window tests start the program, which no test target is; and built beside the tests it shares their libraries.
    let build = Call::cargo(host, &["build", "--workspace", "--bins", "--tests"]).with(&HOOKS);
    report.step("Building the program and the tests", &build)?;
    let windowless = quick || !windows_can_open(report);
    if quick {
        report.leave_out("The window tests, as --quick asks.");
    }
    run_tests(host, report, windowless, filter)
}

/// Writes the page's types from desk-core.
///
/// # Errors
/// It does not build, or the file cannot be written.
pub fn bindings(host: &Host, report: &mut Report) -> Result<(), Stop> {
    let write = Call::cargo(host, &["run", "--quiet", "--package", "desk-tests", "--bin", "bindings"]);
    report.step("Writing ui/src/lib/ipc/bindings.ts and ui/tests/rules.json", &write)
}

/// Writes the licences of the libraries in the program.
///
/// # Errors
/// A library cannot be looked at, or the file cannot be written.
pub fn licences(host: &Host, report: &mut Report) -> Result<(), Stop> {
    page::install(host, report)?;
    let write = Call::cargo(host, &["run", "--quiet", "--package", "desk-tests", "--bin", "licences"]);
    report.step("Writing crates/desk-core/src/licences.json", &write)
}

/// Runs the matrix of faults and crashes.
///
/// # Errors
/// Something is missing or does not build, or a promise is broken.
pub fn torture(host: &Host, report: &mut Report, words: &[String]) -> Result<(), Stop> {
    packages::ensure(host, report, Need::Build)?;
    let build = Call::cargo(host, &["build", "--bin", "torture", "--bin", "torture_client"]).with(&TORTURED);
    report.step("Building the torture", &build)?;
    report.open_step("Torturing", &Call::new(host, host.program("torture")).with(words))
}

/// Which of the toolchain's parts are there.
struct RustParts {
    formatter: bool,
    clippy: bool,
}

/// rustfmt and clippy, which a small toolchain lacks; rustup adds them where it can.
fn rust_parts(host: &Host, report: &mut Report) -> RustParts {
    let find = || RustParts {
        formatter: host.knows("cargo", &["fmt", "--version"]),
        clippy: host.knows("cargo", &["clippy", "--version"]),
    };
    let mut found = find();
    if !(found.formatter && found.clippy) && host.knows("rustup", &["--version"]) {
        let add = Call::new(host, "rustup").with(&["component", "add", "rustfmt", "clippy"]);
        // Without them the rest is still worth checking, and what is left out is said.
        let _ = report.step("Adding rustfmt and clippy to the toolchain", &add);
        found = find();
    }
    if !found.formatter {
        report.leave_out("The format of the Rust code: this toolchain has no rustfmt.");
    }
    if !found.clippy {
        report.leave_out("The lints of the Rust code: this toolchain has no clippy.");
    }
    found
}

fn check_sources(host: &Host, report: &mut Report, formatter: bool) -> Result<(), Stop> {
    if formatter {
        let format =
            report.step("Checking the format of the Rust code", &Call::cargo(host, &["fmt", "--all", "--check"]));
        format.map_err(|stop| stop.typing("cargo fmt --all    # writes it as it should be"))?;
    }
    let format = report.step("Checking the format of the page", &Call::npm(host, &["run", "format:check"]));
    format.map_err(|stop| stop.typing("(cd ui && npm run format)    # writes it as it should be"))?;
    report.step("Linting the page", &Call::npm(host, &["run", "lint"]))?;
    report.step("Checking the page's types", &Call::npm(host, &["run", "check"]))?;
    report.step("Testing the page", &Call::npm(host, &["run", "test"]))
}

fn windows_can_open(report: &mut Report) -> bool {
    let linux = cfg!(target_os = "linux");
    if !linux {
        report.leave_out("The window tests: they need Linux, where the web view can be driven.");
    }
    linux
}

/// nextest where it is, else Cargo's own runner.
fn run_tests(host: &Host, report: &mut Report, windowless: bool, filter: &[String]) -> Result<(), Stop> {
    let wrapped = |call: Call| if windowless { call } else { call.without_a_screen() };
    if host.knows("cargo", &["nextest", "--version"]) {
        let mut call = Call::cargo(host, &["nextest", "run", "--workspace"]).with(&HOOKS);
        if windowless {
            call = call.with(&["-E", NO_WINDOWS]);
        }
        return report.open_step("Running the tests", &wrapped(call.with(filter)));
    }
    // Cargo's runner has no groups: two at a time is what windows bear.
    let cargo = |words: &[&str]| Call::cargo(host, &["test"]).with(words);
    if !windowless {
        let all = cargo(&["--workspace"]).with(&HOOKS).with(filter).var("RUST_TEST_THREADS", "2");
        return report.open_step("Running the tests", &wrapped(all));
    }
    let crates = cargo(&["--workspace", "--exclude", "desk-tests"]).with(&HOOKS).with(filter);
    report.open_step("Running the tests of the crates", &crates)?;
    let across = cargo(&["--lib", "--bins", "--test", "it"]).with(&TORTURED).with(filter);
    report.open_step("Running the tests across crates", &across)
}
