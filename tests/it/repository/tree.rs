//! The files of the repository, or of one made up.

use std::collections::BTreeMap;
use std::path::Path;

/// Paths from the root, with `/` on every system, and what is in them. What is not text has no content here.
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// What is or would be tracked: all but what `.gitignore` names.
    pub fn of_repository() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let ignored = Ignored::read(&root);
        let mut tree = Self { files: BTreeMap::new() };
        let mut open = vec![String::new()];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(root.join(&folder)).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                if ignored.names(&path) {
                    continue;
                }
                if entry.path().is_dir() {
                    open.push(path);
                } else {
                    tree.files.insert(path, std::fs::read_to_string(entry.path()).unwrap_or_default());
                }
            }
        }
        tree
    }

    /// A made-up one.
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self { files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect() }
    }

    /// Every path and its text.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Those in a folder whose names end so.
    pub fn below<'a>(&'a self, folder: &'a str, endings: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files().filter(move |(path, _)| path.starts_with(folder) && endings.iter().any(|end| path.ends_with(end)))
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether there is a file, or a folder with one.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.contains_key(path) || self.files.keys().any(|file| file.starts_with(&format!("{path}/")))
    }
}

/// `.gitignore`, as far as ours goes: a path from the root, or an ending.
struct Ignored {
    paths: Vec<String>,
    endings: Vec<String>,
}

impl Ignored {
    fn read(root: &Path) -> Self {
        let text = std::fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
        let of = |start: &'static str| {
            text.lines().filter_map(move |line| line.trim().strip_prefix(start)).map(str::to_owned).collect()
        };
        Self { paths: of("/"), endings: of("*") }
    }

    fn names(&self, path: &str) -> bool {
        path == ".git"
            || self.paths.iter().any(|name| name == path)
            || self.endings.iter().any(|end| path.ends_with(end))
    }
}
