//! Connections: what may be an address, where credentials go, when a host stays, what a test says.

use desk_sandbox::{Fault, FaultRule, Route};
use desk_tests::platform::Platform;
use rstest::rstest;
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{filled_on, submission, submit, submitting};

const KEY: &str = "key-canary-november-0123456789";
const SECRET: &str = "secret-canary-mike-0123456789";

fn adding(base_url: &str, api_key: &str, api_secret: &str) -> Value {
    json!({
        "name": " Harbour Bank ", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": base_url, "api_key": api_key, "api_secret": api_secret,
    })
}

async fn added(program: &Program, base_url: &str, api_key: &str, api_secret: &str) -> Value {
    program.call("connection_add", adding(base_url, api_key, api_secret)).await
}

async fn to_sandbox(computer: &Computer, program: &Program) -> Value {
    let account = &computer.sandbox.axisfi_typed;
    added(program, &account.base_url, &account.api_key, &account.api_secret).await
}

#[rstest]
#[case("", "field.required")]
#[case("harbour.example", "field.url")]
#[case("ftp://harbour.example", "field.url")]
#[case("https://", "field.url")]
#[case("https://harbour.example\\@evil.example", "field.url")]
#[case("http://harbour.example", "field.url_insecure")]
#[case("http://127.0.0.1.evil.example", "field.url_insecure")]
#[case("https://user:pass@harbour.example", "field.url_credentials")]
#[case("https://harbour.example?a=b", "field.url_extra")]
#[case("https://harbour.example#a", "field.url_extra")]
#[tokio::test]
async fn an_address_that_keys_must_not_go_to_is_refused_at_its_field(#[case] base_url: &str, #[case] code: &str) {
    let computer = Computer::new();
    let program = computer.start().await;
    let kept = added(&program, "https://harbour.example", KEY, SECRET).await;
    let entries = computer.keyring.names().len();
    let add = program.refused("connection_add", adding(base_url, KEY, SECRET)).await;
    let save = program.refused("connection_save", json!({ "connection": kept["id"], "base_url": base_url })).await;
    for refused in [add, save] {
        assert_eq!(refused.code, "request.unreadable");
        let fields: Vec<_> = refused.fields.iter().map(|at| (at.path.as_str(), at.code.as_str())).collect();
        assert_eq!(fields, [("base_url", code)]);
        assert_eq!(refused.fields[0].params.contains_key("host"), code == "field.url_insecure");
    }
    assert_eq!(computer.keyring.names().len(), entries, "no credential was kept for it");
    assert_eq!(program.status().await["connections"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn every_empty_field_is_named_at_once() {
    let computer = Computer::new();
    let program = computer.start().await;
    let mut request = adding("", " ", "");
    request["name"] = json!(" ");
    request["revision"] = Value::Null;
    let refused = program.refused("connection_add", request).await;
    let paths: Vec<_> = refused.fields.iter().map(|at| at.path.as_str()).collect();
    assert_eq!(paths, ["name", "api_key", "api_secret", "revision", "base_url"]);
    let mut request = adding("https://harbour.example", KEY, SECRET);
    request["environment"] = json!("sandbox");
    assert_eq!(program.refused("connection_add", request).await.code, "unsupported");
}

#[tokio::test]
async fn credentials_are_in_the_keyring_and_nowhere_else() {
    let computer = Computer::new();
    let program = computer.start().await;
    let view = added(&program, " https://harbour.example ", &format!(" {KEY}\n"), "short").await;
    assert_eq!((&view["name"], &view["host"]), (&json!("Harbour Bank"), &json!("harbour.example")));
    assert_eq!(view["api_key"]["tail"], "6789", "the last four of a long one");
    assert_eq!(view["api_secret"]["tail"], "", "nothing of a short one");
    let new = json!({ "connection": view["id"], "api_secret": SECRET });
    assert_eq!(program.call("connection_save", new).await["api_secret"]["tail"], "6789");
    let id = view["id"].as_str().unwrap();
    for secret in ["api_key", "api_secret"] {
        assert!(computer.keyring.names().contains(&format!("conn:{id}:{secret}")));
    }

    let status = program.status().await.to_string();
    program.desk.close().await;
    let database = computer.database();
    let texts = "SELECT group_concat(quote(name) || quote(base_url) || coalesce(api_key_tail, '')
        || coalesce(api_secret_tail, '') || coalesce(test_json, '')) FROM connections";
    let stored: String = database.query_row(texts, [], |row| row.get(0)).unwrap();
    assert!(stored.contains("harbour.example"), "the test sees what is stored");
    for secret in [KEY, SECRET] {
        assert!(!status.contains(secret) && !stored.contains(secret), "not in a view, not in the store");
        for (name, bytes) in computer.files() {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "not in {name}");
        }
    }
}

#[tokio::test]
async fn a_connection_that_is_not_made_leaves_no_credential() {
    let computer = Computer::new();
    let program = computer.start().await;
    computer.keyring.refuses_secrets();
    let before = computer.keyring.names();
    let refused = program.refused("connection_add", adding("https://harbour.example", KEY, SECRET)).await;
    assert_eq!(refused.code, "keyring.failed");
    assert_eq!(computer.keyring.names(), before, "the key that was taken is gone again");
    assert_eq!(program.status().await["connections"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn the_host_stays_once_something_was_sent_or_is_on_its_way() {
    let computer = Computer::new();
    let program = computer.start().await;
    let refused_port = { std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap() };
    let account = &computer.sandbox.axisfi_typed;
    let connection = added(&program, &format!("http://{refused_port}"), &account.api_key, &account.api_secret).await;
    let moving = |base_url: &str| json!({ "connection": connection["id"], "base_url": base_url });
    let draft = filled_on(&program, &connection["id"]).await;
    assert_eq!(program.run("draft_submit", submission(&draft)).await["reason"]["code"], "network.refused");
    let moved = program.call("connection_save", moving(&account.base_url)).await;
    assert_eq!((&moved["base_url"], &moved["host_fixed"]), (&json!(account.base_url), &json!(false)));

    computer.sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Hang)]);
    let job = submitting(&computer, &program, &program.draft(&draft["id"]).await).await;
    let elsewhere = program.refused("connection_save", moving("https://harbour.example")).await;
    assert_eq!(elsewhere.code, "host.fixed", "its outcome would be looked up elsewhere");
    program.call("job_cancel", json!({ "job": job.id })).await;
    job.last().await;
    let elsewhere = program.refused("connection_save", moving("https://harbour.example")).await;
    assert_eq!((elsewhere.code.as_str(), elsewhere.fields[0].path.as_str()), ("host.fixed", "base_url"));
    let same = json!({ "connection": connection["id"], "name": "Renamed", "base_url": account.base_url });
    let renamed = program.call("connection_save", same).await;
    assert_eq!((&renamed["name"], &renamed["host_fixed"]), (&json!("Renamed"), &json!(true)));
    let practice = program.status().await["connections"][0]["id"].clone();
    let save = json!({ "connection": practice, "base_url": "https://harbour.example" });
    assert_eq!(program.refused("connection_save", save).await.code, "host.fixed");
}

#[tokio::test]
async fn the_host_stays_once_a_record_of_it_is_kept() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = to_sandbox(&computer, &program).await;
    let save = json!({ "connection": connection["id"], "base_url": "https://harbour.example" });
    let nobody = json!({ "connection": connection["id"], "by": "customer_id", "value": "cus_nobody" });
    program.fails("customer_lookup", nobody).await;
    let row = computer.sandbox.rows().into_iter().find(|row| row.revision == desk_sandbox::Revision::Typed).unwrap();
    let by = json!({ "connection": connection["id"], "by": "customer_id", "value": row.customer_id });
    program.run("customer_lookup", by).await;
    assert_eq!(program.refused("connection_save", save).await.code, "host.fixed", "records never change hosts");
}

#[tokio::test]
async fn a_test_is_kept_until_what_it_tested_changes() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = to_sandbox(&computer, &program).await;
    let view = program.run("connection_test", json!({ "connection": connection["id"] })).await;
    assert_eq!((&view["works"], &view["problem"]), (&json!(true), &Value::Null), "{view}");
    let renamed = program.call("connection_save", json!({ "connection": connection["id"], "name": "B" })).await;
    assert_eq!(renamed["tested"], view, "another name is no other connection");
    let keys = program.call("connection_save", json!({ "connection": connection["id"], "api_key": KEY })).await;
    assert_eq!(keys["tested"], Value::Null);
    let view = program.run("connection_test", json!({ "connection": connection["id"] })).await;
    assert_eq!(view["problem"]["code"], "auth.refused", "the new key is the one that is sent");

    // A test that is under way while the keys change says nothing of the new ones.
    computer.sandbox.set_latency(std::time::Duration::from_millis(500));
    let job = program.begin("connection_test", json!({ "connection": connection["id"] })).await;
    program.until("the test reaches the platform", || async { computer.sandbox.requests().len() == 3 }).await;
    let account = &computer.sandbox.axisfi_typed;
    program.call("connection_save", json!({ "connection": connection["id"], "api_key": account.api_key })).await;
    job.last().await;
    let connections = program.status().await["connections"].clone();
    let row = connections.as_array().unwrap().iter().find(|row| row["id"] == connection["id"]).unwrap();
    assert_eq!(row["tested"], Value::Null);
    computer.sandbox.set_latency(std::time::Duration::ZERO);
    assert_eq!(submit(&program, &filled_on(&program, &connection["id"]).await).await["outcome"], "accepted");
}

#[tokio::test]
async fn a_test_names_what_stands_in_the_way() {
    let computer = Computer::new();
    let program = computer.start().await;
    let html = Platform::answering(200, "text/html", "<!doctype html><title>Sign in</title>").await.unwrap();
    let lost = Platform::answering(404, "text/html", "<!doctype html><h1>Not found</h1>").await.unwrap();
    let elsewhere = Platform::redirecting(&html).await.unwrap();
    let refused = { std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap() };
    let cases = [
        (computer.sandbox.axisfi_typed.base_url.clone(), "auth.refused", Some(401)),
        (format!("http://{refused}"), "network.refused", None),
        (html.base_url(), "answer.html", Some(200)),
        (lost.base_url(), "answer.unreadable", Some(404)),
        (elsewhere.base_url(), "answer.redirect", Some(307)),
    ];
    for (base_url, code, status) in cases {
        let connection = added(&program, &base_url, KEY, SECRET).await;
        let view = program.run("connection_test", json!({ "connection": connection["id"] })).await;
        assert_eq!((&view["works"], &view["problem"]["code"]), (&json!(false), &json!(code)), "{base_url}: {view}");
        assert_eq!(view["answer"]["status"], json!(status), "{code}");
        assert!(!view.to_string().contains(SECRET));
    }
    computer.keyring.wipe();
    let connection = program.status().await["connections"][3]["id"].clone();
    let view = program.run("connection_test", json!({ "connection": connection })).await;
    assert_eq!(view["problem"]["code"], "credentials.missing");
}
