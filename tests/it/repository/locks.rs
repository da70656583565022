//! Which versions, and where they come from.

use super::tree::Tree;

/// Follow a count of their own: one names the icon of a program on Windows, one speaks to its notifications for whoever
/// shows some.
const OTHER_COUNT: &[&str] = &["tauri-winres", "tauri-winrt-notification"];

/// Where Cargo.lock says a crate comes from. It cannot do without, and names no machine.
const SOURCE: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

/// Hosts of registries, in parts: this file is read too.
const REGISTRIES: &[[&str; 3]] = &[
    ["registry", "npmjs", "org"],
    ["registry", "yarnpkg", "com"],
    ["static", "crates", "io"],
    ["index", "crates", "io"],
    ["files", "pythonhosted", "org"],
    ["deb", "debian", "org"],
    ["archive", "ubuntu", "com"],
];

pub fn tauri_stays_at_two(tree: &Tree) -> Vec<String> {
    let mut versions = Vec::new();
    let lock = tree.text("Cargo.lock").and_then(|text| text.parse::<toml::Table>().ok()).unwrap_or_default();
    for package in lock.get("package").and_then(|list| list.as_array()).into_iter().flatten() {
        let text = |key| package.get(key).and_then(|value: &toml::Value| value.as_str()).unwrap_or_default().to_owned();
        versions.push(("Cargo.lock", text("name"), text("version")));
    }
    let lock: serde_json::Value =
        tree.text("ui/package-lock.json").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    for (path, package) in lock["packages"].as_object().into_iter().flatten() {
        let name = path.rsplit_once("node_modules/").map_or(path.as_str(), |(_, name)| name);
        versions.push((
            "ui/package-lock.json",
            name.to_owned(),
            package["version"].as_str().unwrap_or_default().to_owned(),
        ));
    }
    let of_tauri = |name: &str| name == "tauri" || name.starts_with("tauri-") || name.starts_with("@tauri-apps/");
    let two = |version: &str| version.starts_with("2.") && !version.contains('-');
    let all = versions.iter().filter(|(_, name, _)| of_tauri(name) && !OTHER_COUNT.contains(&name.as_str()));
    let broken: Vec<String> = all
        .clone()
        .filter(|(_, _, version)| !two(version))
        .map(|(file, name, version)| format!("{file}: {name} {version} is not a released 2"))
        .collect();
    if all.count() == 0 { vec![String::from("no lock file names Tauri: it was not read")] } else { broken }
}

pub fn crates_come_from_one_place(tree: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    let mut say = |path: &str, number: usize, what: &str| broken.push(format!("{path}:{}: {what}", number + 1));
    for (path, text) in tree.files() {
        let name = path.rsplit('/').next().unwrap_or(path);
        for (number, line) in text.lines().map(str::trim).enumerate() {
            match name {
                "Cargo.lock" if line.starts_with("source = ") && line != SOURCE => {
                    say(path, number, "another source of crates");
                }
                "package-lock.json" if line.starts_with("\"resolved\"") && line.contains("://") => {
                    say(path, number, "a place to download from; .npmrc leaves it out");
                }
                ".npmrc"
                    if line.replace(' ', "").contains("registry=")
                        && !line.starts_with("omit-lockfile-registry-resolved") =>
                {
                    say(path, number, "a registry");
                }
                "config.toml" if ["[source", "[registr"].iter().any(|start| line.starts_with(start)) => {
                    say(path, number, "a registry");
                }
                _ => {}
            }
        }
    }
    broken
}

pub fn no_registry_is_named(tree: &Tree) -> Vec<String> {
    let hosts: Vec<String> = REGISTRIES.iter().map(|parts| parts.join(".")).collect();
    let mut broken = Vec::new();
    for (path, text) in tree.files() {
        for (number, line) in text.lines().enumerate() {
            let line = line.to_ascii_lowercase();
            let found = hosts.iter().find(|host| line.contains(*host));
            broken.extend(found.map(|host| format!("{path}:{}: names {host}", number + 1)));
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::assert_found;
    use super::*;

    fn cargo(name: &str, version: &str) -> String {
        format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n")
    }

    #[rstest]
    #[case("tauri", "3.0.0", &["tauri 3.0.0"])]
    #[case("tauri-utils", "2.0.0-rc.1", &["tauri-utils 2.0.0-rc.1"])]
    #[case("tauri-build", "2.7.4", &[])]
    #[case("serde", "1.0.0", &["it was not read"])]
    fn a_crate_of_tauri_of_another_count_is_found(
        #[case] name: &str,
        #[case] version: &str,
        #[case] expected: &[&str],
    ) {
        assert_found(tauri_stays_at_two, &[("Cargo.lock", &cargo(name, version))], expected);
    }

    #[test]
    fn the_pages_part_of_tauri_is_held_to_it_too() {
        let lock =
            r#"{"packages": {"": {"version": "0.1.0"}, "node_modules/@tauri-apps/api": {"version": "3.0.0-alpha.1"}}}"#;
        assert_found(tauri_stays_at_two, &[("ui/package-lock.json", lock)], &["@tauri-apps/api 3.0.0-alpha.1"]);
    }

    #[rstest]
    #[case("Cargo.lock", "source = \"git+https://example.com/a\"", &["Cargo.lock:1"])]
    #[case("Cargo.lock", "source = \"sparse+https://mirror.example.com/\"", &["Cargo.lock:1"])]
    #[case("Cargo.lock", SOURCE, &[])]
    #[case("ui/package-lock.json", "{\n\"resolved\": \"https://mirror.example.com/a.tgz\",", &["package-lock.json:2"])]
    #[case("ui/package-lock.json", "\"resolved\": \"\",", &[])]
    #[case("ui/.npmrc", "registry = https://mirror.example.com", &[".npmrc:1"])]
    #[case("ui/.npmrc", "@a:registry=https://mirror.example.com", &[".npmrc:1"])]
    #[case("ui/.npmrc", "omit-lockfile-registry-resolved=true", &[])]
    #[case(".cargo/config.toml", "[source.crates-io]\nreplace-with = 'mirror'", &["config.toml:1"])]
    #[case(".cargo/config.toml", "[registries.mine]", &["config.toml:1"])]
    #[case(".cargo/config.toml", "[alias]", &[])]
    fn another_place_for_packages_is_found(#[case] path: &str, #[case] text: &str, #[case] expected: &[&str]) {
        assert_found(crates_come_from_one_place, &[(path, text)], expected);
    }

    #[test]
    fn the_name_of_a_registry_is_found_in_any_file() {
        let host = REGISTRIES[0].join(".").to_uppercase();
        assert_found(no_registry_is_named, &[("README.md", &format!("see\nhttps://{host}/a"))], &["README.md:2"]);
        assert_found(no_registry_is_named, &[("Cargo.lock", SOURCE)], &[]);
    }
}
