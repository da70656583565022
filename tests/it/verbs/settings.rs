//! Settings of the window, of dates and of the network; what the program is made of.

use std::collections::BTreeSet;
use std::path::Path;

use desk_tests::licences::{Library, OF_THE_PAGE, shipped};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, KeyPair};
use rstest::rstest;
use serde_json::{Value, json};

use super::computer::Computer;
use super::form::filled;

const DATE: &str = "business_details/business_identifier_start_date";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn certificate(name: &str, is_authority: bool) -> String {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    if is_authority {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    }
    params.self_signed(&KeyPair::generate().unwrap()).unwrap().pem()
}

#[tokio::test]
async fn every_setting_survives_a_restart_and_what_is_absent_stays() {
    let computer = Computer::new();
    let program = computer.start().await;
    assert_eq!(program.status().await["welcome"], true, "the first start explains the program");
    let changes = [
        ("theme", json!("dark")),
        ("density", json!("comfortable")),
        ("date_order", json!("month_first")),
        ("language", json!("en")),
        ("zoom_percent", json!(150)),
        ("welcome", json!(false)),
    ];
    for (name, value) in &changes {
        let status = program.call("settings_save", json!({ *name: value })).await;
        assert_eq!(status[*name], *value, "{name}");
    }
    program.desk.close().await;
    let status = computer.start().await.status().await;
    for (name, value) in &changes {
        assert_eq!(status[*name], *value, "{name} after a restart");
    }
}

#[tokio::test]
async fn the_welcome_stays_until_it_is_closed() {
    let computer = Computer::new();
    computer.start().await.desk.close().await;
    let program = computer.start().await;
    assert_eq!(program.status().await["welcome"], true, "a second start is not a closed screen");
}

#[rstest]
#[case(0, 50)]
#[case(49, 50)]
#[case(300, 300)]
#[case(65_535, 300)]
#[tokio::test]
async fn a_size_is_taken_to_the_nearest_that_the_window_shows(#[case] asked: u16, #[case] shown: u16) {
    let computer = Computer::new();
    let program = computer.start().await;
    let status = program.call("settings_save", json!({ "zoom_percent": asked })).await;
    assert_eq!(status["zoom_percent"], shown);
}

#[tokio::test]
async fn a_numeric_date_is_read_in_the_order_that_is_set_from_the_next_check_on_and_after_a_restart() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    program.save(&draft["id"], &[(DATE, "3/4/2019")]).await.unwrap();
    let said = |draft: &Value| {
        let at = |list: &str| draft["check"][list].as_array().unwrap().iter().find(|row| row["path"] == DATE).cloned();
        (at("problems").map(|row| row["code"].clone()), at("echoes").map(|row| row["params"]["date"].clone()))
    };
    assert_eq!(said(&program.draft(&draft["id"]).await).0, Some(json!("date.ambiguous")));
    for (order, date) in [("day_first", "2019-04-03"), ("month_first", "2019-03-04")] {
        program.call("settings_save", json!({ "date_order": order })).await;
        assert_eq!(said(&program.draft(&draft["id"]).await), (None, Some(json!(date))), "{order}");
    }
    program.desk.close().await;
    let program = computer.start().await;
    assert_eq!(said(&program.draft(&draft["id"]).await), (None, Some(json!("2019-03-04"))));
}

#[tokio::test]
async fn a_proxy_and_authorities_are_kept_and_taken_away() {
    let computer = Computer::new();
    let program = computer.start().await;
    let pem = [certificate("Harbour Root", true), certificate("Quay Root", true)].concat();
    let saved = json!({ "proxy": " http://proxy.example:8080 ", "authorities_pem": pem });
    program.call("network_save", saved).await;
    program.call("network_save", json!({ "authorities_pem": pem })).await;
    program.desk.close().await;
    let program = computer.start().await;
    let view = program.call("settings_open", json!({})).await;
    assert_eq!(view["proxy"], "http://proxy.example:8080");
    let names = |view: &Value| -> Vec<Value> {
        view["authorities"].as_array().unwrap().iter().map(|row| row["name"].clone()).collect()
    };
    assert_eq!(names(&view), ["Harbour Root", "Quay Root"], "each once");
    let first = &view["authorities"][0]["fingerprint"];
    let view = program.call("network_save", json!({ "proxy": "", "remove_authority": first })).await;
    assert_eq!((&view["proxy"], names(&view)), (&Value::Null, vec![json!("Quay Root")]));
}

#[rstest]
#[case::words("proxy", "proxy.example", "field.proxy")]
#[case::credentials("proxy", "http://me:canary@proxy.example", "field.proxy_credentials")]
#[case::garbage("authorities_pem", "certificate", "field.authority")]
#[case::server("authorities_pem", "", "field.authority_leaf")]
#[tokio::test]
async fn what_is_no_network_setting_is_refused_at_its_field_and_nothing_is_kept(
    #[case] field: &str,
    #[case] text: &str,
    #[case] code: &str,
) {
    let computer = Computer::new();
    let program = computer.start().await;
    let before = program.call("settings_open", json!({})).await;
    let text = if code == "field.authority_leaf" { certificate("server.example", false) } else { text.to_owned() };
    let refused = program.refused("network_save", json!({ field: text })).await;
    assert_eq!((refused.fields[0].path.as_str(), refused.fields[0].code.as_str()), (field, code));
    assert_eq!(program.call("settings_open", json!({})).await, before);
}

#[tokio::test]
async fn a_proxy_that_is_set_is_used_for_platforms_and_not_for_this_computer() {
    let computer = Computer::new();
    let program = computer.start().await;
    let nobody = { std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap() };
    program.call("network_save", json!({ "proxy": format!("http://{nobody}") })).await;
    let add = json!({
        "name": "Bank", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": "https://platform.example.invalid", "api_key": "key", "api_secret": "secret",
    });
    let bank = program.call("connection_add", add).await;
    let view = program.run("connection_test", json!({ "connection": bank["id"] })).await;
    assert_eq!(view["problem"]["code"], "network.proxy");
    let steps: Vec<_> = view["steps"].as_array().unwrap().iter().map(|step| (&step["step"], &step["ok"])).collect();
    assert_eq!(steps, [(&json!("address"), &json!(false))]);
    let practice = program.status().await["connections"][0]["id"].clone();
    let view = program.run("connection_test", json!({ "connection": practice })).await;
    assert_eq!(view["works"], true, "{view}");
    let steps: Vec<_> = view["steps"].as_array().unwrap().iter().map(|step| step["step"].as_str().unwrap()).collect();
    assert_eq!((steps.first(), steps.last()), (Some(&"address"), Some(&"sign_in")));
    assert!(!steps.contains(&"encryption"));
}

#[tokio::test]
async fn about_names_what_is_in_the_program_as_the_lock_files_say() {
    let computer = Computer::new();
    let program = computer.start().await;
    let about = program.call("about", json!({})).await;
    let told: BTreeSet<_> = about["packages"].as_array().unwrap().iter().map(|row| row.to_string()).collect();
    let row = |library: Library| {
        json!({ "name": library.name, "version": library.version, "licence": library.licence }).to_string()
    };
    let expected: BTreeSet<_> = shipped(root()).unwrap().into_iter().map(row).collect();
    let differs: Vec<_> = told.symmetric_difference(&expected).collect();
    assert!(differs.is_empty(), "run `cargo xtask licences`: {differs:#?}");
    let parts: Vec<_> = about["parts"].as_array().unwrap().iter().map(|part| part["name"].clone()).collect();
    assert_eq!(parts, ["SQLite", "SQLCipher"], "the shell has the others");
    for row in about["packages"].as_array().unwrap() {
        let of = json!({ "name": row["name"], "version": row["version"] });
        let texts = program.call("licence_text", of).await["texts"].clone();
        let texts = texts.as_array().unwrap().iter().map(|text| text.as_str().unwrap().len());
        assert!(texts.max().is_some_and(|longest| longest > 300), "{row}: a whole licence, not its name alone");
    }
    let nobody = json!({ "name": "nobody", "version": "1.0.0" });
    assert_eq!(program.refused("licence_text", nobody).await.code, "request.unreadable");
}

#[test]
fn the_page_imports_no_package_whose_licence_is_not_told() {
    let mut found = BTreeSet::new();
    let mut open = vec![root().join("ui/src")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if (name.ends_with(".ts") || name.ends_with(".svelte")) && !name.contains(".test.") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.extend(text.split(" from '").skip(1).filter_map(package));
            }
        }
    }
    let known: BTreeSet<_> = OF_THE_PAGE.iter().map(|name| (*name).to_owned()).collect();
    let tests_only = BTreeSet::from(["vitest".to_owned()]);
    assert!(found.is_superset(&known), "the walk found {found:?}");
    assert_eq!(found.difference(&known).filter(|name| !tests_only.contains(*name)).count(), 0, "{found:?}");
}

/// The package of an import, from what stands after its first quote.
fn package(rest: &str) -> Option<String> {
    let module = rest.split('\'').next()?;
    if module.starts_with(['.', '$']) || module.contains(' ') || module.is_empty() {
        return None;
    }
    let parts = if module.starts_with('@') { 2 } else { 1 };
    Some(module.split('/').take(parts).collect::<Vec<_>>().join("/"))
}
