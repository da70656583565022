//! Who may depend on whom: nothing points up (ARCHITECTURE.md).

use std::collections::{BTreeMap, BTreeSet};

use super::tree::Tree;

/// Each crate of the workspace, and the crates of the workspace that it may use.
const EDGES: &[(&str, &[&str])] = &[
    ("desk-domain", &[]),
    ("desk-secrets", &[]),
    ("desk-store", &["desk-domain"]),
    ("desk-api", &["desk-domain"]),
    // None, and above all not desk-api: a fault of the client cannot hide in a server that shares none of its code.
    ("desk-sandbox", &[]),
    ("desk-core", &["desk-api", "desk-domain", "desk-secrets", "desk-store"]),
    ("customer-desk", &["desk-core", "desk-sandbox"]),
    ("desk-bare", &[]),
    ("xtask", &[]),
    ("desk-tests", &["desk-api", "desk-core", "desk-domain", "desk-sandbox", "desk-secrets", "desk-store"]),
];

/// What the tests of a crate may use beside that: the real thing instead of a made-up one. No cycle comes of it.
const TESTED_WITH: &[(&str, &[&str])] = &[
    ("desk-api", &["desk-sandbox"]),
    ("desk-core", &["desk-sandbox"]),
    // Keys are only right when the database that they made opens with them, and stays as it was with others.
    ("desk-secrets", &["desk-store"]),
];

/// The one crate that may use what reaches outside; tests may use all of it.
const HOMES: &[(&str, &[&str])] = &[
    ("rusqlite", &["desk-store"]),
    ("reqwest", &["desk-api"]),
    ("keyring", &["desk-secrets"]),
    ("axum", &["desk-sandbox"]),
    ("tauri", &["customer-desk", "desk-bare"]),
    ("tauri-build", &["customer-desk", "desk-bare"]),
];

/// What the domain may not use: whatever reads, writes, waits or talks.
const NOT_PURE: &[&str] = &[
    "async-std",
    "dirs",
    "getrandom",
    "hyper",
    "mio",
    "rand",
    "rustls",
    "smol",
    "tempfile",
    "tokio",
    "ureq",
    "walkdir",
];

/// The same in the standard library.
const NOT_PURE_IN_STD: &[&str] =
    &["env", "fs", "io", "net", "os", "process", "thread", "time::Instant", "time::SystemTime"];

/// How a crate uses another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Normal,
    Build,
    Test,
}

struct Crate {
    path: String,
    name: String,
    table: toml::Table,
    uses: Vec<(String, Use)>,
}

/// Every package of the tree. What cannot be read has no name, and is found by the first rule.
fn crates(tree: &Tree) -> Vec<Crate> {
    let manifests = tree.files().filter(|(path, _)| *path == "Cargo.toml" || path.ends_with("/Cargo.toml"));
    let tables = manifests.map(|(path, text)| (path, text.parse::<toml::Table>().unwrap_or_default()));
    tables.filter(|(path, table)| *path != "Cargo.toml" || table.contains_key("package")).map(read).collect()
}

fn read((path, table): (&str, toml::Table)) -> Crate {
    let name = table.get("package").and_then(|package| package.get("name")).and_then(|name| name.as_str());
    let mut uses = uses_of(&table);
    for (_, target) in table.get("target").and_then(|targets| targets.as_table()).into_iter().flatten() {
        uses.extend(target.as_table().into_iter().flat_map(uses_of));
    }
    Crate { path: path.to_owned(), name: name.unwrap_or_default().to_owned(), uses, table }
}

fn uses_of(table: &toml::Table) -> Vec<(String, Use)> {
    let kinds = [("dependencies", Use::Normal), ("build-dependencies", Use::Build), ("dev-dependencies", Use::Test)];
    let mut uses = Vec::new();
    for (key, kind) in kinds {
        for (name, value) in table.get(key).and_then(|uses| uses.as_table()).into_iter().flatten() {
            // A crate may be taken under another name.
            let package = value.get("package").and_then(|package| package.as_str()).unwrap_or(name);
            uses.push((package.to_owned(), kind));
        }
    }
    uses
}

fn allowed<'a>(table: &'a [(&str, &'a [&'a str])], name: &str) -> Option<&'a [&'a str]> {
    table.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
}

pub fn only_known_edges(tree: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    for Crate { path, name, uses, .. } in crates(tree) {
        let Some(may) = allowed(EDGES, &name) else {
            broken.push(format!("{path}: `{name}` is not in the table of who may depend on whom"));
            continue;
        };
        for (other, kind) in uses.iter().filter(|(other, _)| allowed(EDGES, other).is_some()) {
            let names = |list: &[&str]| list.contains(&other.as_str());
            let known = match kind {
                Use::Normal => names(may),
                Use::Test => names(may) || allowed(TESTED_WITH, &name).is_some_and(names),
                // A build script that used one of ours would build it twice (DECISIONS: never a build-dependency).
                Use::Build => false,
            };
            if !known {
                broken.push(format!("{path}: {name} may not depend on {other}"));
            }
        }
        if name == "xtask" && !uses.is_empty() {
            broken.push(format!("{path}: xtask sets the machine up, so it has no dependencies of its own"));
        }
    }
    broken
}

pub fn no_cycles(tree: &Tree) -> Vec<String> {
    let crates = crates(tree);
    let names: BTreeSet<&str> = crates.iter().map(|one| one.name.as_str()).collect();
    let mut open: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for one in &crates {
        let others = one.uses.iter().map(|(other, _)| other.as_str()).filter(|other| names.contains(other));
        open.insert(&one.name, others.collect());
    }
    // Takes away what depends on nothing that is left, until nothing is left or only a cycle is.
    loop {
        let free: Vec<&str> = open.iter().filter(|(_, uses)| uses.is_empty()).map(|(name, _)| *name).collect();
        if free.is_empty() {
            break;
        }
        open.retain(|name, _| !free.contains(name));
        open.values_mut().for_each(|uses| uses.retain(|name| !free.contains(name)));
    }
    let left: Vec<&str> = open.into_keys().collect();
    if left.is_empty() { Vec::new() } else { vec![format!("in or above a cycle: {}", left.join(", "))] }
}

pub fn one_home_for_each_outside_thing(tree: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    for Crate { path, name, uses, .. } in crates(tree).into_iter().filter(|one| one.name != "desk-tests") {
        for (other, _) in uses.iter().filter(|(_, kind)| *kind != Use::Test) {
            if let Some(homes) = allowed(HOMES, other).filter(|homes| !homes.contains(&name.as_str())) {
                broken.push(format!("{path}: {other} is for {} alone", homes.join(" and ")));
            }
        }
    }
    broken
}

pub fn the_domain_does_no_input_or_output(tree: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    for Crate { path, uses, .. } in crates(tree).into_iter().filter(|one| one.name == "desk-domain") {
        for (other, _) in uses.iter().filter(|(other, kind)| *kind != Use::Test && NOT_PURE.contains(&other.as_str())) {
            broken.push(format!("{path}: the domain is pure, and {other} is not"));
        }
    }
    for (path, text) in tree.below("crates/desk-domain/src/", &[".rs"]) {
        for (number, line) in text.lines().enumerate() {
            let found = NOT_PURE_IN_STD.iter().find(|name| names_std(line, name));
            broken
                .extend(found.map(|name| format!("{path}:{}: the domain is pure, and std::{name} is not", number + 1)));
        }
    }
    broken
}

/// Whether a line names this part of the standard library, and not one whose name only begins so.
fn names_std(line: &str, name: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|sign: char| sign.is_alphanumeric() || sign == '_');
    line.split(&format!("std::{name}")).skip(1).any(ends)
}

pub fn every_crate_takes_the_lints(tree: &Tree) -> Vec<String> {
    let takes = |one: &Crate| {
        one.table.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool) == Some(true)
    };
    let crates = crates(tree);
    crates
        .iter()
        .filter(|one| !takes(one))
        .map(|one| format!("{}: [lints] workspace = true is missing", one.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::assert_found;
    use super::*;

    fn manifest(name: &str, rest: &str) -> String {
        format!("[package]\nname = \"{name}\"\n{rest}\n")
    }

    #[rstest]
    #[case("desk-store", "[dependencies]\ndesk-api.workspace = true", &["desk-store may not depend on desk-api"])]
    #[case("desk-api", "[dependencies]\ndesk-secrets = { workspace = true }", &["desk-api may not depend on desk-secrets"])]
    #[case("desk-domain", "[dependencies.desk-store]\nworkspace = true", &["desk-domain may not depend on desk-store"])]
    #[case("desk-domain", "[target.'cfg(unix)'.dependencies]\ndesk-store.workspace = true", &["may not depend on desk-store"])]
    #[case("desk-domain", "[dev-dependencies]\nstore = { package = \"desk-store\" }", &["may not depend on desk-store"])]
    #[case("desk-sandbox", "[dependencies]\ndesk-api.workspace = true", &["desk-sandbox may not depend on desk-api"])]
    #[case("desk-core", "[dependencies]\ncustomer-desk.workspace = true", &["may not depend on customer-desk"])]
    #[case("desk-core", "[dependencies]\ndesk-sandbox.workspace = true", &["may not depend on desk-sandbox"])]
    #[case("customer-desk", "[build-dependencies]\ndesk-core.workspace = true", &["may not depend on desk-core"])]
    #[case("desk-extra", "", &["`desk-extra` is not in the table"])]
    #[case("xtask", "[dependencies]\nserde = \"1\"", &["no dependencies of its own"])]
    #[case("desk-core", "[dependencies]\ndesk-api.workspace = true", &[])]
    #[case("desk-core", "[dev-dependencies]\ndesk-sandbox.workspace = true", &[])]
    #[case("desk-store", "[dev-dependencies]\ndesk-sandbox.workspace = true", &["may not depend on desk-sandbox"])]
    fn an_edge_that_is_not_in_the_table_is_found(#[case] name: &str, #[case] rest: &str, #[case] expected: &[&str]) {
        assert_found(only_known_edges, &[("crates/one/Cargo.toml", &manifest(name, rest))], expected);
    }

    #[test]
    fn a_cycle_is_found_over_every_kind_of_dependency() {
        let a = manifest("a", "[dependencies]\nb.workspace = true");
        let b = manifest("b", "[dev-dependencies]\nc.workspace = true");
        let c = manifest("c", "[build-dependencies]\na.workspace = true");
        let alone = manifest("c", "[dependencies]\nserde.workspace = true");
        assert_found(no_cycles, &[("a/Cargo.toml", &a), ("b/Cargo.toml", &b), ("c/Cargo.toml", &c)], &["a, b, c"]);
        assert_found(no_cycles, &[("a/Cargo.toml", &a), ("b/Cargo.toml", &b), ("c/Cargo.toml", &alone)], &[]);
    }

    #[rstest]
    #[case("desk-core", "[dependencies]\nrusqlite.workspace = true", &["rusqlite is for desk-store alone"])]
    #[case("desk-core", "[dependencies]\nweb = { package = \"reqwest\" }", &["reqwest is for desk-api alone"])]
    #[case("desk-core", "[dev-dependencies]\nrusqlite.workspace = true", &[])]
    #[case("desk-tests", "[dependencies]\nrusqlite.workspace = true", &[])]
    #[case("desk-store", "[dependencies]\nrusqlite.workspace = true", &[])]
    fn what_reaches_outside_has_one_home(#[case] name: &str, #[case] rest: &str, #[case] expected: &[&str]) {
        assert_found(one_home_for_each_outside_thing, &[("one/Cargo.toml", &manifest(name, rest))], expected);
    }

    #[rstest]
    #[case("[dependencies]\ntokio.workspace = true", "", &["tokio is not"])]
    #[case("[dev-dependencies]\ntempfile.workspace = true", "", &[])]
    #[case("", "use std::fs;", &["lib.rs:1"])]
    #[case("", "fn f() {}\nfn g() { std::process::exit(0) }", &["lib.rs:2"])]
    #[case("", "fn f() -> std::time::Instant { std::time::Instant::now() }", &["lib.rs:1"])]
    #[case("", "use std::fmt; use std::time::Duration;", &[])]
    #[case("", "use std::osmosis;", &[])]
    fn input_and_output_in_the_domain_is_found(#[case] rest: &str, #[case] source: &str, #[case] expected: &[&str]) {
        let manifest = manifest("desk-domain", rest);
        let files = [("crates/desk-domain/Cargo.toml", manifest.as_str()), ("crates/desk-domain/src/lib.rs", source)];
        assert_found(the_domain_does_no_input_or_output, &files, expected);
    }

    #[test]
    fn a_crate_without_the_lints_is_found() {
        let with = manifest("a", "[lints]\nworkspace = true");
        let without = manifest("b", "");
        assert_found(
            every_crate_takes_the_lints,
            &[("a/Cargo.toml", &with), ("b/Cargo.toml", &without)],
            &["b/Cargo.toml"],
        );
        assert_found(every_crate_takes_the_lints, &[("Cargo.toml", "[workspace]\nmembers = []\n")], &[]);
    }
}
