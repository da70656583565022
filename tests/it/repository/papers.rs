//! What README.md and its like promise.

use super::tree::Tree;

/// The two commands, which are all that a newcomer types.
const COMMANDS: &[&str] = &["cargo xtask run", "cargo xtask test"];

pub fn what_is_linked_is_there(tree: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    for (path, text) in tree.below("", &[".md"]) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (number, line) in text.lines().enumerate() {
            for link in links(line).filter(|link| !link.contains("://") && !link.starts_with('#')) {
                let file = link.split('#').next().unwrap_or(link);
                if !tree.has(&resolve(folder, file)) {
                    broken.push(format!("{path}:{}: there is no {file}", number + 1));
                }
            }
        }
    }
    broken
}

/// What stands in `](...)`.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// A path as seen from a folder, `..` taken away.
fn resolve(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

pub fn the_commands_are_told_and_run(tree: &Tree) -> Vec<String> {
    let readme = tree.text("README.md").unwrap_or_default();
    let untold = COMMANDS.iter().filter(|command| !readme.lines().any(|line| line.trim().starts_with(**command)));
    let mut broken: Vec<String> = untold.map(|command| format!("README.md: no line says `{command}`")).collect();
    let ci = tree.text(".ci/run").unwrap_or_default();
    let runs = |line: &str| !line.trim().starts_with('#') && line.contains(COMMANDS[1]) && !line.contains("--quick");
    if !ci.lines().any(runs) {
        broken.push(format!(".ci/run: does not run `{}`", COMMANDS[1]));
    }
    broken
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::assert_found;
    use super::*;

    #[rstest]
    #[case("[map](ARCHITECTURE.md) and ![it](docs/a.png)", &["no ARCHITECTURE.md", "no docs/a.png"])]
    #[case("[code](crates/desk-api/) [lib](crates/desk-api/src/lib.rs#L1) [here](#words) [site](https://example.com/a)", &[])]
    fn a_link_to_nothing_is_found(#[case] text: &str, #[case] expected: &[&str]) {
        assert_found(what_is_linked_is_there, &[("README.md", text), ("crates/desk-api/src/lib.rs", "")], expected);
    }

    #[test]
    fn a_link_is_seen_from_its_own_folder() {
        let files = [
            ("docs/a.md", "[up](../README.md) [beside](b.md) [astray](README.md)"),
            ("docs/b.md", ""),
            ("README.md", ""),
        ];
        assert_found(what_is_linked_is_there, &files, &["docs/a.md:1: there is no README.md"]);
    }

    #[rstest]
    #[case("cargo xtask run\n    cargo xtask test", "exec cargo xtask test \"$@\"", &[])]
    #[case("cargo xtask run", "cargo xtask test", &["no line says `cargo xtask test`"])]
    #[case("cargo xtask run\ncargo xtask test", "# cargo xtask test\ncargo test", &[".ci/run"])]
    #[case("cargo xtask run\ncargo xtask test", "cargo xtask test --quick", &[".ci/run"])]
    fn a_command_that_is_not_told_or_not_run_is_found(
        #[case] readme: &str,
        #[case] ci: &str,
        #[case] expected: &[&str],
    ) {
        assert_found(the_commands_are_told_and_run, &[("README.md", readme), (".ci/run", ci)], expected);
    }
}
