//! The libraries that are in the program, and the file of their licences (`cargo xtask licences`).
//!
//! Read in this order: this file (which they are, as the lock files say), [`texts`] (what came with them), [`file`](mod@file)
//! (how that is written).

mod file;
mod texts;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::process::Trouble;

/// Where the generated file stands, from the repository's root.
pub const PATH: &str = "crates/desk-core/src/licences.json";

/// What packages are made for (PRODUCT): the file is the same whoever writes it.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// Crates that only build scripts use, but whose C code they put into the program.
const COMPILED_IN: &[&str] = &["openssl-src", "sqlcipher-src"];

/// What the page's own code imports; a test holds the list to the sources.
pub const OF_THE_PAGE: &[&str] = &["@sveltejs/kit", "@tauri-apps/api", "svelte"];

/// What comes with those into the built page. Of their other dependencies nothing is in it.
const WITH_THE_PAGE: &[&str] = &["clsx"];

/// One library.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Library {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence as an SPDX expression.
    pub licence: String,
}

/// The libraries in the program, by name: crates that are not for building or testing alone, and packages of the page.
///
/// # Errors
/// Cargo or a lock file cannot be asked.
pub fn shipped(root: &Path) -> Result<BTreeSet<Library>, Trouble> {
    let mut all = crates(root)?;
    all.extend(of_page(root)?);
    Ok(all)
}

/// The whole text of the file.
///
/// # Errors
/// A library cannot be looked at; one has no licence that is known.
pub fn render(root: &Path) -> Result<String, Trouble> {
    let texts = texts::Texts::new(root)?;
    let mut file = file::File::default();
    for library in shipped(root)? {
        let found = texts.of(&library)?;
        file.add(library, found);
    }
    Ok(file.render())
}

fn crates(root: &Path) -> Result<BTreeSet<Library>, Trouble> {
    let built_in = tree(root, &["--edges", "normal,no-proc-macro"])?;
    let every = tree(root, &["--edges", "normal,build,no-proc-macro"])?;
    let compiled_in = every.into_iter().filter(|library| COMPILED_IN.contains(&library.name.as_str()));
    Ok(built_in.into_iter().chain(compiled_in).collect())
}

/// What `cargo tree` says of the program, without our own crates: those stand in a folder, which it names.
fn tree(root: &Path, edges: &[&str]) -> Result<BTreeSet<Library>, Trouble> {
    let words = ["tree", "--locked", "--package", "customer-desk", "--target", TARGET, "--prefix", "none"];
    let output = cargo(root).args(words).args(edges).args(["--format", "{p}|{l}"]).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let text = String::from_utf8(output.stdout)?;
    let mut found = BTreeSet::new();
    for line in text.lines() {
        let (package, licence) = line.split_once('|').ok_or_else(|| format!("cargo tree said {line:?}"))?;
        let (name, rest) = package.split_once(" v").ok_or_else(|| format!("cargo tree said {line:?}"))?;
        // A second mention ends with `(*)`, wherever the format puts it.
        let licence = licence.trim_end_matches("(*)").trim();
        let version = rest.split_whitespace().next().unwrap_or_default();
        let is_ours = rest.contains(" (/") || rest.contains(":\\");
        if !is_ours {
            found.insert(Library { name: name.to_owned(), version: version.to_owned(), licence: spdx(licence) });
        }
    }
    Ok(found)
}

/// The older way of writing a choice, in today's words.
fn spdx(licence: &str) -> String {
    licence.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ")
}

fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

fn of_page(root: &Path) -> Result<Vec<Library>, Trouble> {
    let lock: serde_json::Value = serde_json::from_slice(&std::fs::read(root.join("ui/package-lock.json"))?)?;
    let names = OF_THE_PAGE.iter().chain(WITH_THE_PAGE);
    let library = |name: &&str| {
        let package = &lock["packages"][format!("node_modules/{name}")];
        let text = |key: &str| package[key].as_str().map(str::to_owned);
        let whole = || Some(Library { name: (*name).to_owned(), version: text("version")?, licence: text("license")? });
        whole().ok_or_else(|| format!("ui/package-lock.json has no version or licence of {name}").into())
    };
    names.map(library).collect()
}
