//! The texts that came with a library: the files of its own folder, as Cargo and npm have laid them on this computer.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Library, TARGET, cargo};
use crate::process::Trouble;

/// How the names of such files begin, in small letters.
const NAMES: &[&str] = &["licence", "license", "copying", "copyright", "notice", "unlicense"];

/// Texts deeper in a crate's folder, of what it brings along.
const DEEPER: &[(&str, &str)] =
    &[("openssl-src", "openssl/LICENSE.txt"), ("sqlcipher-src", "sqlcipher/LICENSE-sqlcipher")];

/// Crates that lack the text, and a crate that has it: of the same authors and repository, or under the same Apache
/// licence, which is one text whoever uses it.
const BESIDE: &[(&str, &str)] =
    &[("alloc-stdlib", "alloc-no-stdlib"), ("rlibphonenumber", "prost"), ("zeroes_itoa", "prost")];

/// The MIT licence for a crate that names it and its authors, and brings no text.
const MIT: &str = "Permission is hereby granted, free of charge, to any person obtaining a copy of this software and \
associated documentation files (the \"Software\"), to deal in the Software without restriction, including without \
limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the \
Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the \
Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE \
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR \
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR \
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.";

/// Where the libraries lie.
pub struct Texts {
    crates: BTreeMap<(String, String), Crate>,
    page: PathBuf,
}

struct Crate {
    folder: PathBuf,
    authors: Vec<String>,
}

impl Texts {
    /// Asks Cargo where the crates lie.
    pub fn new(root: &Path) -> Result<Self, Trouble> {
        let words = ["metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET];
        let output = cargo(root).args(words).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        let metadata: Value = serde_json::from_slice(&output.stdout)?;
        let mut crates = BTreeMap::new();
        for package in metadata["packages"].as_array().into_iter().flatten() {
            let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
            let folder = Path::new(&text("manifest_path")).parent().map(Path::to_owned).unwrap_or_default();
            let authors = package["authors"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let found = Crate { folder, authors: authors.map(str::to_owned).collect() };
            crates.insert((text("name"), text("version")), found);
        }
        Ok(Self { crates, page: root.join("ui/node_modules") })
    }

    /// The texts of a library, at least one.
    pub fn of(&self, library: &Library) -> Result<Vec<String>, Trouble> {
        let Some(found) = self.crates.get(&(library.name.clone(), library.version.clone())) else {
            return some(texts_in(&self.page.join(&library.name))?, library);
        };
        let mut texts = texts_in(&found.folder)?;
        for (_, path) in DEEPER.iter().filter(|(name, _)| *name == library.name) {
            texts.push(read(&found.folder.join(path))?);
        }
        if let Some((_, beside)) = BESIDE.iter().find(|(name, _)| *name == library.name).filter(|_| texts.is_empty()) {
            let other = self.crates.iter().find(|((name, _), _)| name == beside);
            texts = other.map(|(_, other)| texts_in(&other.folder)).transpose()?.unwrap_or_default();
        }
        if texts.is_empty() && library.licence == "MIT" && !found.authors.is_empty() {
            texts.push(format!("Copyright (c) {}\n\n{MIT}", found.authors.join(", ")));
        }
        some(texts, library)
    }
}

fn some(texts: Vec<String>, library: &Library) -> Result<Vec<String>, Trouble> {
    let Library { name, version, licence } = library;
    if texts.is_empty() {
        return Err(format!("{name} {version} ({licence}) brings no text: say in licences/texts.rs whose it is").into());
    }
    Ok(texts)
}

/// Every licence that lies in a folder, or in a folder of licences there, in the order of the names.
fn texts_in(folder: &Path) -> Result<Vec<String>, Trouble> {
    let mut files = Vec::new();
    for path in entries(folder)?.into_iter().filter(|path| is_licence(path)) {
        if path.is_dir() { files.extend(entries(&path)?) } else { files.push(path) }
    }
    files.iter().filter(|path| path.is_file()).map(|path| read(path)).collect()
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, Trouble>>()?;
    paths.sort();
    Ok(paths)
}

fn is_licence(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    NAMES.iter().any(|start| name.starts_with(start)) && !name.ends_with(".rs")
}

fn read(path: &Path) -> Result<String, Trouble> {
    let text = String::from_utf8_lossy(&std::fs::read(path)?).replace("\r\n", "\n");
    Ok(text.trim_matches(|sign: char| sign == '\n' || sign == '\u{feff}').trim_end().to_owned())
}
