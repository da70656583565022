//! Data of others that is built in: each file is the one that `data/SOURCES.md` names, to the byte.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::tree::Tree;

const FOLDER: &str = "crates/desk-domain/data/";
const SOURCES: &str = "crates/desk-domain/data/SOURCES.md";

/// Every text of the folder has a row with its source, version, licence and hash, and no row is of another file.
pub fn data_is_what_its_sources_say(tree: &Tree) -> Vec<String> {
    let rows = rows(tree.text(SOURCES).unwrap_or_default());
    let mut broken: Vec<String> = tree
        .below(FOLDER, &[".txt"])
        .filter_map(|(path, text)| {
            let file = path.strip_prefix(FOLDER)?;
            match rows.get(file) {
                None => Some(format!("{path}: no row in {SOURCES}")),
                Some(cells) if cells.iter().any(|cell| cell.is_empty()) => {
                    Some(format!("{path}: an empty cell in its row"))
                }
                Some(cells) => {
                    let hash = hex::encode(Sha256::digest(text));
                    (cells.last() != Some(&hash.as_str()))
                        .then(|| format!("{path}: its row has another hash than {hash}"))
                }
            }
        })
        .collect();
    broken.extend(
        rows.keys()
            .filter(|file| !tree.has(&format!("{FOLDER}{file}")))
            .map(|file| format!("{SOURCES}: no file {file}")),
    );
    broken
}

/// The cells of each file's row: what, source, version, licence, hash.
fn rows(text: &str) -> BTreeMap<&str, Vec<&str>> {
    text.lines()
        .filter(|line| line.starts_with("| `"))
        .filter_map(|line| {
            let mut cells = line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`'));
            Some((cells.next()?, cells.collect()))
        })
        .collect()
}

#[test]
fn a_file_without_its_row_or_with_another_hash_is_found() {
    use super::assert_found;

    let hash = hex::encode(Sha256::digest("AU\n"));
    let right = format!(
        "| File | What | Source | Version | Licence | sha256 |\n|---|\n| `a.txt` | what | who | 1 | MIT | `{hash}` |\n"
    );
    let file = "crates/desk-domain/data/a.txt";
    assert_found(data_is_what_its_sources_say, &[(file, "AU\n"), (SOURCES, &right)], &[]);
    assert_found(data_is_what_its_sources_say, &[(file, "AU \n"), (SOURCES, &right)], &["another hash"]);
    assert_found(data_is_what_its_sources_say, &[(file, "AU\n")], &["no row"]);
    assert_found(data_is_what_its_sources_say, &[(SOURCES, &right)], &["no file a.txt"]);
    let bare = right.replace("MIT", "");
    assert_found(data_is_what_its_sources_say, &[(file, "AU\n"), (SOURCES, &bare)], &["an empty cell"]);
}
