//! One call of another program, as it is run and as a person would type it.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::host::Host;

/// A program, its arguments, its folder and what is added to its environment.
#[derive(Clone)]
pub struct Call {
    program: OsString,
    arguments: Vec<OsString>,
    folder: PathBuf,
    below: PathBuf,
    variables: Vec<(&'static str, OsString)>,
}

impl Call {
    /// A program in the repository's folder.
    pub fn new(host: &Host, program: impl AsRef<OsStr>) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            arguments: Vec::new(),
            folder: host.root.clone(),
            below: PathBuf::new(),
            variables: Vec::new(),
        }
    }

    /// Cargo, with these words after it.
    pub fn cargo(host: &Host, words: &[&str]) -> Self {
        Self::new(host, "cargo").with(words)
    }

    /// npm in the page's folder, with these words after it.
    pub fn npm(host: &Host, words: &[&str]) -> Self {
        // Windows knows npm only as a script with an ending of its own.
        let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
        // npm prints a warning about a setting that is not ours at each call (PLATFORM "Building").
        Self::new(host, program).with(words).below("ui").var("npm_config_loglevel", "error")
    }

    /// Adds arguments.
    pub fn with<S: AsRef<OsStr>>(mut self, words: &[S]) -> Self {
        self.arguments.extend(words.iter().map(|word| word.as_ref().to_owned()));
        self
    }

    /// Runs it in a folder of the repository.
    pub fn below(mut self, folder: &str) -> Self {
        self.below = PathBuf::from(folder);
        self
    }

    /// Sets a variable of its environment.
    pub fn var(mut self, name: &'static str, value: impl AsRef<OsStr>) -> Self {
        self.variables.push((name, value.as_ref().to_owned()));
        self
    }

    /// The same program on a display that nobody sees and a session bus of its own.
    pub fn without_a_screen(self) -> Self {
        let wrapper = ["-a", "-s", "-screen 0 1600x1200x24", "dbus-run-session", "--"];
        let arguments = wrapper.iter().map(OsString::from).chain([self.program]).chain(self.arguments).collect();
        Self { program: OsString::from("xvfb-run"), arguments, ..self }
    }

    /// What is run.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(self.folder.join(&self.below)).stdin(Stdio::null());
        // What `cargo run` told this program of itself is not for the builds it starts: build scripts read such names.
        let of_xtask = |name: &str| {
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|start| name.starts_with(start))
        };
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(of_xtask)) {
            command.env_remove(name);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// What a person types for it in the repository's folder.
    pub fn line(&self) -> String {
        let words = std::iter::once(&self.program).chain(&self.arguments).map(|word| quoted(word));
        let line = words.collect::<Vec<_>>().join(" ");
        if self.below == Path::new("") { line } else { format!("(cd {} && {line})", self.below.display()) }
    }

    /// What it prints on its standard output; nothing where it cannot be started or fails.
    pub fn answer(&self) -> Option<String> {
        let output = self.command().stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |sign: char| sign.is_alphanumeric() || "-_./:=@,+[]".contains(sign);
    if !word.is_empty() && word.chars().all(plain) {
        word.into_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host() -> Host {
        Host { root: PathBuf::from("."), target: PathBuf::from("target") }
    }

    #[test]
    fn the_line_can_be_typed_as_it_stands() {
        let call = Call::npm(&host(), &["run", "it's"]);
        assert!(call.line().ends_with(r"run 'it'\''s')"), "{}", call.line());
        assert!(call.line().starts_with("(cd ui && npm"), "{}", call.line());
    }

    #[test]
    fn a_program_without_a_screen_keeps_its_arguments_and_its_environment() {
        let call = Call::cargo(&host(), &["nextest", "run"]).var("ONE", "1").without_a_screen();
        let line = "xvfb-run -a -s '-screen 0 1600x1200x24' dbus-run-session -- cargo nextest run";
        assert_eq!(call.line(), line);
        assert!(call.command().get_envs().any(|(name, value)| name == "ONE" && value == Some(OsStr::new("1"))));
    }
}
