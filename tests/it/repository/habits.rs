//! Sizes, names, and what may not stay.

use super::tree::Tree;

/// Lines from which on a file says why it is long (STYLE: around 120, over 400 wants a reason).
const LONG_LINES: usize = 400;

/// Lines of a file of the shell. It adapts; what is longer decides.
const SHELL_LINES: usize = 200;

/// What people write; the rest is data.
const WRITTEN: &[&str] = &[".rs", ".ts", ".js", ".svelte", ".css", ".sql", ".in"];

/// Generated, and as long as what it is made from.
const GENERATED: &str = "ui/src/lib/ipc/bindings.ts";

/// First parts of paths that are of one machine. Without slashes: this file is read too.
const OF_A_MACHINE: &[&str] = &["home", "root", "work", "farm", "Users"];

/// Names that say nothing of what is inside (STYLE 15).
const EMPTY_NAMES: &[&str] = &["common", "helper", "helpers", "misc", "util", "utils"];

pub fn no_folder_of_a_machine(tree: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    // A lock file holds hashes, and those hold anything.
    for (path, text) in
        tree.files().filter(|(path, _)| !path.ends_with("Cargo.lock") && !path.ends_with("package-lock.json"))
    {
        for (number, line) in text.lines().enumerate() {
            if let Some(folder) = OF_A_MACHINE.iter().find(|folder| names_folder(line, folder)) {
                broken.push(format!("{path}:{}: a path below /{folder} is of one machine", number + 1));
            }
        }
    }
    broken
}

/// Whether a line has this folder at the root: not one of a longer path, and not the path of an address.
fn names_folder(line: &str, folder: &str) -> bool {
    let inside = |before: &str| before.ends_with(|sign: char| sign.is_alphanumeric() || "_.-}~$*/".contains(sign));
    line.match_indices(&format!("/{folder}/")).any(|(at, _)| !inside(&line[..at]))
}

pub fn long_files_say_why(tree: &Tree) -> Vec<String> {
    let written = tree.below("", WRITTEN).filter(|(path, _)| *path != GENERATED);
    let silent = written.filter(|(_, text)| text.lines().count() > LONG_LINES && !says_why(text));
    silent.map(|(path, text)| format!("{path}: {} lines and no `Long because: ...`", text.lines().count())).collect()
}

fn says_why(text: &str) -> bool {
    let reasons = text.lines().filter_map(|line| line.split_once("Long because: "));
    let of_a_comment = |start: &str| ["//", "//!", "/*", "*", "<!--", "--"].contains(&start.trim());
    reasons.into_iter().any(|(start, reason)| of_a_comment(start) && reason.split_whitespace().count() >= 3)
}

pub fn the_shell_is_small(tree: &Tree) -> Vec<String> {
    let long = tree.below("src-tauri/src/", &[".rs"]).filter(|(_, text)| text.lines().count() > SHELL_LINES);
    long.map(|(path, _)| format!("{path}: over {SHELL_LINES} lines; the shell adapts, desk-core decides")).collect()
}

pub fn nothing_unfinished_stays(tree: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    for (path, text) in tree.below("", WRITTEN) {
        for (number, line) in text.lines().enumerate() {
            let marks = ["TODO", "FIXME"].iter().any(|mark| has_word(line, mark));
            // Some tests are a process of their own, which another test starts and judges.
            let asleep = line.trim_start().starts_with("#[ignore") && !line.contains("\"run by ");
            let verbs =
                ["it", "test", "describe"].iter().flat_map(|verb| ["only", "skip"].map(|how| format!("{verb}.{how}")));
            let chosen = path.ends_with(".ts") && verbs.into_iter().any(|call| has_word(line, &call));
            // The words stand quoted in this rule's own file.
            let quoted = path == "tests/it/repository/habits.rs";
            if !quoted && (marks || asleep || chosen) {
                broken.push(format!("{path}:{}: unfinished, or a test that does not run", number + 1));
            }
        }
    }
    broken
}

/// Whether a line has this word, and not only inside a longer one.
fn has_word(line: &str, word: &str) -> bool {
    let of_word = |sign: char| sign.is_alphanumeric() || sign == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(of_word) && !line[at + word.len()..].starts_with(of_word))
}

pub fn names_say_what_is_inside(tree: &Tree) -> Vec<String> {
    let stem = |part: &str| part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    let empty = |path: &str| path.split('/').any(|part| EMPTY_NAMES.contains(&stem(part).as_str()));
    let written = tree.below("", WRITTEN).filter(|(path, _)| empty(path));
    written.map(|(path, _)| format!("{path}: a name that says nothing of what is inside")).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::assert_found;
    use super::*;

    #[rstest]
    #[case("let path = \"/{}/anna/desk\";", 1)]
    #[case("see (/{}/x) and file:/{}/y", 1)]
    #[case("/{}/x", 1)]
    #[case("https://example.com/{}/x", 0)]
    #[case("./{}/x and $HOME/{}/x and ~/{}/x", 0)]
    #[case("the {} folder", 0)]
    fn a_folder_of_one_machine_is_found(#[case] line: &str, #[case] expected: usize) {
        for folder in OF_A_MACHINE {
            let text = line.replace("{}", folder);
            assert_found(no_folder_of_a_machine, &[("README.md", &text)], &vec!["README.md:1"; expected]);
        }
    }

    #[rstest]
    #[case("a.rs", "", &["a.rs: 401 lines"])]
    #[case("a.rs", "//! Long because: ", &["a.rs"])]
    #[case("a.rs", "let text = \"Long because: it is one table\";", &["a.rs"])]
    #[case("a.rs", "//! Long because: one table, which reads best whole.", &[])]
    #[case("a.svelte", "<!-- Long because: one table, which reads best whole. -->", &[])]
    #[case("a.css", "/* Long because: one table, which reads best whole. */", &[])]
    #[case("a.json", "", &[])]
    #[case(GENERATED, "", &[])]
    fn a_long_file_says_why(#[case] path: &str, #[case] first: &str, #[case] expected: &[&str]) {
        let text = format!("{first}\n{}", "\n".repeat(LONG_LINES));
        assert_found(long_files_say_why, &[(path, &text)], expected);
    }

    #[test]
    fn a_file_of_the_shell_over_its_measure_is_found_and_one_elsewhere_is_not() {
        let text = "\n".repeat(SHELL_LINES + 1);
        let files = [("src-tauri/src/window.rs", text.as_str()), ("crates/desk-core/src/lib.rs", text.as_str())];
        assert_found(the_shell_is_small, &files, &["src-tauri/src/window.rs"]);
        assert_found(the_shell_is_small, &[("src-tauri/src/window.rs", &"\n".repeat(SHELL_LINES))], &[]);
    }

    #[rstest]
    #[case("a.rs", "// TODO: more", 1)]
    #[case("a.svelte", "<!-- FIXME -->", 1)]
    #[case("a.rs", "    #[ignore = \"slow\"]", 1)]
    #[case("a.rs", "#[ignore = \"run by another_key_prints_nothing\"]", 0)]
    #[case("a.test.ts", "  it.only('works', () => {", 1)]
    #[case("a.test.ts", "describe.skip('later', () => {", 1)]
    #[case("a.rs", "rows.iter().skip(1)", 0)]
    #[case("a.ts", "rows.split.skip('x'); const TODOS = 1;", 0)]
    fn what_is_unfinished_or_does_not_run_is_found(#[case] path: &str, #[case] text: &str, #[case] expected: usize) {
        assert_found(nothing_unfinished_stays, &[(path, text)], &vec![path; expected]);
    }

    #[rstest]
    #[case("crates/desk-core/src/utils.rs", 1)]
    #[case("ui/src/lib/common/button.svelte", 1)]
    #[case("ui/src/lib/draft/helpers.svelte.ts", 1)]
    #[case("ui/src/lib/draft/uncommon.ts", 0)]
    fn a_name_that_says_nothing_is_found(#[case] path: &str, #[case] expected: usize) {
        assert_found(names_say_what_is_inside, &[(path, "")], &vec![path; expected]);
    }
}
