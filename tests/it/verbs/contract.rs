//! The one list of commands: dispatched, allowed and declared alike.

use std::collections::BTreeSet;
use std::path::Path;

use desk_core::commands::COMMANDS;
use serde_json::{Value, json};

use super::computer::Computer;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

#[tokio::test]
async fn a_name_that_is_not_on_the_list_is_unsupported() {
    let computer = Computer::new();
    let program = computer.start().await;
    for name in ["", "app_Status", "app_status ", "desk_close", "draft_forget"] {
        assert_eq!(program.refused(name, json!({})).await.code, "unsupported", "{name:?}");
    }
}

#[tokio::test]
async fn a_request_of_another_shape_is_unreadable_and_starts_no_job() {
    let computer = Computer::new();
    let program = computer.start().await;
    for name in COMMANDS {
        for request in [json!(7), json!("text"), Value::Null] {
            assert_eq!(program.refused(name, request.clone()).await.code, "request.unreadable", "{name} {request}");
        }
    }
    let wrong = [
        ("draft_open", json!({ "draft": 7 })),
        ("draft_submit", json!({ "draft": "x", "seq": -1, "send_anyway": false, "confirmed": [], "may_wait": false })),
        ("settings_save", json!({ "theme": "pink", "current_connection": null })),
        (
            "draft_save",
            json!({ "draft": "x", "position": null, "closing": false,
                "edits": [{ "op": "set", "path": "business_details/nonsense", "text": "" }] }),
        ),
    ];
    for (name, request) in wrong {
        assert_eq!(program.refused(name, request.clone()).await.code, "request.unreadable", "{name} {request}");
    }
}

#[test]
fn the_window_may_ask_for_the_commands_of_the_list_and_for_nothing_else() {
    let file = repository().join("src-tauri/capabilities/main.json");
    let capability: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let allowed: BTreeSet<_> =
        capability["permissions"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    let wanted: BTreeSet<_> = COMMANDS.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
    assert_eq!(allowed, wanted);
    assert_eq!(capability["windows"], json!(["main"]));
    let others = std::fs::read_dir(repository().join("src-tauri/capabilities")).unwrap().count();
    assert_eq!(others, 1, "one capability file");
}

#[test]
fn the_pages_types_are_those_of_desk_core() {
    let file = std::fs::read_to_string(repository().join(desk_tests::bindings::PATH)).unwrap();
    assert!(file == desk_tests::bindings::render(), "run `cargo xtask bindings`: the page's types are of another day");
}
