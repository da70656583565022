//! What the shell is given at build time: no test doors, and a page that may do nothing but ask (RELIABILITY "The shell",
//! DECISIONS 21).

use serde_json::{Value, json};

use super::tree::Tree;

/// The feature of the doors that window tests come in by.
const DOORS: &str = "test-hooks";

const MAIN: &str = "src-tauri/src/main.rs";
const SHELL: &str = "src-tauri/Cargo.toml";
const CONFIG: &str = "src-tauri/tauri.conf.json";

/// The policy of the page, word for word (RELIABILITY "The shell").
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                      connect-src ipc: http://ipc.localhost; frame-src 'none'; object-src 'none'; base-uri 'none'; \
                      form-action 'none'";

pub fn the_doors_are_behind_their_feature(tree: &Tree) -> Vec<String> {
    let text = tree.text(MAIN).unwrap_or_default();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect();
    let declared: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].ends_with("mod hooks;")).collect();
    let gate = format!("#[cfg(feature = \"{DOORS}\")]");
    let behind = |at: &usize| at.checked_sub(1).is_some_and(|before| lines[before] == gate);
    match declared.as_slice() {
        [at] if behind(at) => Vec::new(),
        [_] => vec![format!("{MAIN}: `mod hooks` without {gate} right before it")],
        _ => vec![format!("{MAIN}: `mod hooks` stands there {} times, not once", declared.len())],
    }
}

pub fn no_product_turns_the_doors_on(tree: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    let manifests = tree.files().filter(|(path, _)| *path == "Cargo.toml" || path.ends_with("/Cargo.toml"));
    for (path, text) in manifests {
        let table = text.parse::<toml::Table>().unwrap_or_default();
        for (feature, list) in table.get("features").and_then(toml::Value::as_table).into_iter().flatten() {
            if feature != DOORS && names_doors(list) {
                broken.push(format!("{path}: the feature `{feature}` turns {DOORS} on"));
            }
        }
        for (name, value) in given(&table) {
            if value.get("features").is_some_and(names_doors) {
                broken.push(format!("{path}: {name} is taken with {DOORS}"));
            }
        }
    }
    let shell = tree.text(SHELL).and_then(|text| text.parse::<toml::Table>().ok()).unwrap_or_default();
    if shell.get("features").and_then(|features| features.get(DOORS)).is_none() {
        broken.push(format!("{SHELL}: no feature {DOORS}"));
    }
    broken
}

/// Whether a list of features holds the doors, of this crate or of another.
fn names_doors(list: &toml::Value) -> bool {
    let mut entries = list.as_array().into_iter().flatten().filter_map(toml::Value::as_str);
    entries.any(|entry| entry.rsplit('/').next() == Some(DOORS))
}

/// What a product is made of: normal and build dependencies, those of one system, and the workspace's table. What tests
/// alone take is left out.
fn given(table: &toml::Table) -> Vec<(&String, &toml::Value)> {
    let targets = table.get("target").and_then(toml::Value::as_table).into_iter().flatten();
    let mut places: Vec<&toml::Table> = targets.filter_map(|(_, target)| target.as_table()).collect();
    places.extend(table.get("workspace").and_then(toml::Value::as_table));
    places.push(table);
    let kinds = ["dependencies", "build-dependencies"];
    let lists = places.into_iter().flat_map(|place| kinds.map(|kind| place.get(kind).and_then(toml::Value::as_table)));
    lists.flatten().flatten().collect()
}

pub fn the_page_may_do_nothing_but_ask(tree: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    let config: Value = tree.text(CONFIG).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let wanted = json!({
        "withGlobalTauri": false,
        "windows": [],
        "security": { "freezePrototype": true, "capabilities": ["main"], "csp": POLICY },
    });
    // Whole: a key that is not here, like one that lets the page read files, opens something too.
    for (key, found, wanted) in [("app", &config["app"], &wanted), ("plugins", &config["plugins"], &Value::Null)] {
        if found != wanted {
            broken.push(format!("{CONFIG}: `{key}` is {found}, and has to be {wanted}"));
        }
    }
    let others = tree.below("src-tauri/tauri.", &[".json", ".json5", ".toml"]).filter(|(path, _)| *path != CONFIG);
    broken.extend(others.map(|(path, _)| format!("{path}: changes {CONFIG} on one system, where nobody looks")));
    broken
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::assert_found;
    use super::*;

    #[rstest]
    #[case("#[cfg(feature = \"test-hooks\")]\nmod hooks;", &[])]
    #[case("#[cfg(feature = \"test-hooks\")]\n// Why.\nmod hooks;", &[])]
    #[case("mod hooks;", &["without #[cfg"])]
    #[case("#[cfg(feature = \"test-hooks\")]\nmod window;\nmod hooks;", &["without #[cfg"])]
    #[case("// #[cfg(feature = \"test-hooks\")]\nmod hooks;", &["without #[cfg"])]
    #[case("#[cfg(any(debug_assertions, feature = \"test-hooks\"))]\nmod hooks;", &["without #[cfg"])]
    #[case("#[cfg(feature = \"test-hooks\")]\nmod hooks;\npub mod hooks;", &["2 times"])]
    #[case("mod window;", &["0 times"])]
    fn doors_that_stand_open_are_found(#[case] text: &str, #[case] expected: &[&str]) {
        assert_found(the_doors_are_behind_their_feature, &[(MAIN, text)], expected);
    }

    #[rstest]
    #[case("[features]\ntest-hooks = [\"desk-core/test-hooks\"]\ndefault = [\"custom-protocol\"]", &[])]
    #[case("[features]\ntest-hooks = []\ndefault = [\"test-hooks\"]", &["`default` turns"])]
    #[case("[features]\ntest-hooks = []\nfast = [\"desk-core?/test-hooks\"]", &["`fast` turns"])]
    #[case("[features]\ndefault = []", &["no feature test-hooks"])]
    #[case("[features]\ntest-hooks = []\n[dependencies]\ncore = { path = \"x\", features = [\"test-hooks\"] }", &["core is taken"])]
    #[case("[features]\ntest-hooks = []\n[target.'cfg(unix)'.dependencies.core]\nfeatures = [\"test-hooks\"]", &["core is taken"])]
    #[case("[features]\ntest-hooks = []\n[build-dependencies.core]\nfeatures = [\"test-hooks\"]", &["core is taken"])]
    #[case("[features]\ntest-hooks = []\n[workspace.dependencies.core]\nfeatures = [\"test-hooks\"]", &["core is taken"])]
    #[case("[features]\ntest-hooks = []\n[dev-dependencies.core]\nfeatures = [\"test-hooks\"]", &[])]
    fn a_product_with_doors_is_found(#[case] manifest: &str, #[case] expected: &[&str]) {
        assert_found(no_product_turns_the_doors_on, &[(SHELL, manifest)], expected);
    }

    #[test]
    fn a_page_that_may_do_more_is_found() {
        let closed = json!({ "app": { "withGlobalTauri": false, "windows": [],
            "security": { "freezePrototype": true, "capabilities": ["main"], "csp": POLICY } } });
        let found = |config: &Value, expected: &[&str]| {
            assert_found(the_page_may_do_nothing_but_ask, &[(CONFIG, &config.to_string())], expected);
        };
        found(&closed, &[]);
        for (place, value) in [
            ("/app/withGlobalTauri", json!(true)),
            ("/app/windows", json!([{ "label": "other" }])),
            ("/app/security/freezePrototype", json!(false)),
            ("/app/security/capabilities", json!(["main", "other"])),
            ("/app/security/csp", json!(POLICY.replace("img-src 'self'", "img-src 'self' data:"))),
            (
                "/app/security",
                json!({ "freezePrototype": true, "capabilities": ["main"], "csp": POLICY,
                "assetProtocol": { "enable": true, "scope": ["**"] } }),
            ),
        ] {
            let mut open = closed.clone();
            *open.pointer_mut(place).expect("a place of the configuration") = value;
            found(&open, &["`app` is"]);
        }
        let mut open = closed.clone();
        open["plugins"] = json!({ "fs": {} });
        found(&open, &["`plugins` is"]);
        let files = [(CONFIG, closed.to_string()), ("src-tauri/tauri.linux.conf.json", "{}".to_owned())];
        let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
        assert_found(the_page_may_do_nothing_but_ask, &files, &["tauri.linux.conf.json"]);
    }
}
