//! The program: its first line, the pages' calls against it, its end, and arguments it does not know.

#![expect(clippy::expect_used, reason = "what fails here fails the test")]

mod support;

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use desk_sandbox::Account;
use rstest::rstest;
use serde_json::{Value, json};
use support::*;

struct Program {
    child: Child,
    first_line: Value,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_desk-sandbox"))
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("a first line");
        Self { child, first_line: serde_json::from_str(&line).expect("JSON") }
    }

    fn account(&self, name: &str) -> Account {
        let text = |key: &str| self.first_line[name][key].as_str().expect("a text").to_owned();
        Account { base_url: text("base_url"), api_key: text("api_key"), api_secret: text("api_secret") }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn the_calls_of_the_pages_work_with_the_accounts_of_the_first_line() {
    let program = Program::start(&["--port", "0"]);
    let keys: Vec<_> = program.first_line.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["axisfi_typed", "axisfi_untyped", "bultra"]);
    let typed = Api::new(&program.account("axisfi_typed"));
    let (status, created) = typed.create(&page_body("001", "program-test-00000001")).await;
    assert_eq!((status, &created["status"]), (200, &json!("Processing")));
    let id = created["customer_id"].as_str().expect("an id");
    assert_eq!(typed.update(id, &page_body("003", "")).await.0, 200);
    let (status, customer) = typed.detail("customer_id", id).await;
    assert_eq!((status, &customer["business_details"]), (200, &page_body("001", "")["business_details"]));
    let untyped = Api::new(&program.account("axisfi_untyped"));
    let (status, created) = untyped.create(&page_body("002", "program-test-00000002")).await;
    assert_eq!((status, &created["status"]), (200, &json!("pending")));
    assert_eq!(untyped.detail("partner_customer_id", "program-test-00000002").await.1, created);
}

#[tokio::test]
async fn the_mode_is_taken_from_the_arguments() {
    let program = Program::start(&["--port=0", "--mode=creates-second-row"]);
    let typed = Api::new(&program.account("axisfi_typed"));
    let body = least("program-test-00000003");
    assert_eq!((typed.create(&body).await.0, typed.create(&body).await.0), (200, 200));
}

#[cfg(unix)]
#[rstest]
#[case("TERM")]
#[case("INT")]
fn a_signal_ends_it_in_order(#[case] signal: &str) {
    let mut program = Program::start(&["--port", "0"]);
    // The signals are listened for right after the first line.
    std::thread::sleep(std::time::Duration::from_millis(200));
    let pid = program.child.id().to_string();
    assert!(Command::new("kill").args(["-s", signal, &pid]).status().expect("kill runs").success());
    assert!(program.child.wait().expect("it ends").success(), "ended by its own hand");
}

#[rstest]
#[case(&["--port", "many"], "--port takes a number from 0 to 65535, not \"many\"")]
#[case(&["--colour"], "--colour is not an argument of this program")]
fn a_wrong_argument_is_told_and_nothing_served(#[case] arguments: &[&str], #[case] why: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_desk-sandbox")).args(arguments).output().expect("it runs");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), b"".as_slice()));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains(why) && told.contains("usage:"), "{told}");
}

#[test]
fn a_taken_port_is_told() {
    let program = Program::start(&["--port", "0"]);
    let base_url = program.account("axisfi_typed").base_url;
    let port = base_url.rsplit(':').next().expect("a port");
    let output = Command::new(env!("CARGO_BIN_EXE_desk-sandbox")).args(["--port", port]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains(&format!("port {port} on 127.0.0.1")));
}
