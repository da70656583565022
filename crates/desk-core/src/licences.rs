//! The libraries in the program with their licences, from a file that `cargo xtask licences` writes and a test compares with
//! the lock files.
//!
//! Most licences differ by one paragraph, that of the owner. So the file has every paragraph once: a text is a list of
//! paragraphs, a package has a list of texts.

use serde::Deserialize;

use crate::views::PackageView;

const FILE: &str = include_str!("licences.json");

/// What stands between two paragraphs.
const BETWEEN: &str = "\n\n";

/// The file.
#[derive(Deserialize)]
pub(crate) struct Licences {
    packages: Vec<(String, String, String, Vec<usize>)>,
    texts: Vec<Vec<usize>>,
    paragraphs: Vec<String>,
}

impl Licences {
    /// Reads the file; `None` where it is not what the generator writes.
    pub(crate) fn read() -> Option<Self> {
        serde_json::from_str(FILE).ok()
    }

    /// The libraries, by name.
    pub(crate) fn packages(self) -> Vec<PackageView> {
        let view = |(name, version, licence, _)| PackageView { name, version, licence };
        self.packages.into_iter().map(view).collect()
    }

    /// The texts that came with a library; `None` where there is no such library.
    pub(crate) fn texts(&self, name: &str, version: &str) -> Option<Vec<String>> {
        let (_, _, _, texts) = self.packages.iter().find(|package| package.0 == name && package.1 == version)?;
        let text = |index: &usize| {
            let paragraphs =
                self.texts.get(*index)?.iter().map(|index| self.paragraphs.get(*index).map(String::as_str));
            Some(paragraphs.collect::<Option<Vec<_>>>()?.join(BETWEEN))
        };
        texts.iter().map(text).collect()
    }
}
