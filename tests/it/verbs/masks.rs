//! Masked until asked, and the asking is kept (DECISIONS 14).

use serde_json::{Value, json};

use super::computer::Computer;
use super::form::{FORM, filled, partner_id, practice, submit};

/// Ends of the paths whose values are personal.
const PERSONAL: [&str; 9] = [
    "business_identifier_number",
    "contact_phone",
    "contact_email",
    "birth_date",
    "residential_address_line1",
    "residential_address_city",
    "residential_address_state",
    "residential_address_postcode",
    "id_number",
];

/// Personal values of the form as typed, as on the wire, and parts of them that say as much.
fn personal() -> Vec<String> {
    let of_form = FORM.iter().filter(|(path, ..)| PERSONAL.iter().any(|end| path.ends_with(end)));
    let mut words: Vec<_> = of_form.flat_map(|(_, typed, wire)| [*typed, *wire]).map(str::to_owned).collect();
    words.extend(["1990-01-15", "01-15", "accounts@", "5550", "E1234", "5182475"].map(str::to_owned));
    words
}

fn says_nothing_personal(what: &str, view: &Value) {
    let text = view.to_string();
    for word in personal() {
        assert!(!text.contains(&word), "{what} says {word}: {text}");
    }
}

#[tokio::test]
async fn no_personal_value_leaves_rust_unasked() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program, "typed").await;
    let draft = filled(&program).await;
    let outcome = submit(&program, &draft).await;
    says_nothing_personal("the outcome", &outcome);
    let by_ours = json!({ "connection": connection, "by": "partner_customer_id", "value": partner_id(&draft) });
    let by_theirs = json!({ "connection": connection, "by": "customer_id", "value": outcome["customer_id"] });
    for request in [by_ours, by_theirs] {
        let view = program.run("customer_lookup", request).await;
        let masked = view["sections"].as_array().unwrap().iter().flat_map(|s| s["leaves"].as_array().unwrap());
        assert_eq!(masked.filter(|leaf| leaf["masked"] == true).count(), PERSONAL.len(), "each can be shown");
        says_nothing_personal("customer_lookup", &view);
    }
    let open = json!({ "connection": connection, "customer_id": outcome["customer_id"] });
    for command in ["customer_open", "customer_preview", "customer_raw"] {
        says_nothing_personal(command, &program.call(command, open.clone()).await);
    }
    says_nothing_personal("customer_list", &program.customers(json!({})).await);
    // Whoever knows a value may ask for it, and is told whose it is, not what it is.
    for query in ["51824753556", "accounts@lanternquay.example", "E12345678"] {
        let list = program.customers(json!({ "query": query })).await;
        assert_eq!(list["customers"][0]["customer_id"], outcome["customer_id"], "{query}");
        says_nothing_personal("customer_list with a query", &list);
    }
    says_nothing_personal("draft_list", &program.drafts(json!({})).await);
}

#[tokio::test]
async fn a_value_is_shown_on_request_and_the_trail_says_so() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program, "typed").await;
    let draft = filled(&program).await;
    let outcome = submit(&program, &draft).await;
    let by = json!({ "connection": connection, "by": "customer_id", "value": outcome["customer_id"] });
    assert_eq!(program.run("customer_lookup", by).await["shown"], json!([]), "nothing was shown yet");

    let path = "business_person_list/0/identification/id_number";
    let request = |path| json!({ "connection": connection, "customer_id": outcome["customer_id"], "path": path });
    let shown = program.call("customer_reveal", request(path)).await;
    assert_eq!((&shown["value"], &shown["path"]), (&json!("E12345678"), &json!(path)));
    assert!(shown["hides_after_s"].as_u64().unwrap() > 0, "the page hides it again");
    for absent in ["business_person_list/7/identification/id_number", "nonsense"] {
        assert_eq!(program.refused("customer_reveal", request(absent)).await.code, "not_found");
    }

    let open = json!({ "connection": connection, "customer_id": outcome["customer_id"] });
    let record = program.call("customer_open", open).await;
    let paths: Vec<_> = record["shown"].as_array().unwrap().iter().map(|row| &row["path"]).collect();
    assert_eq!(paths, [path], "what was asked for, and nothing that was not shown");
    says_nothing_personal("a record of which a value was shown", &record);
}

#[tokio::test]
async fn a_leaf_that_nobody_knows_is_masked_and_can_be_shown() {
    let computer = Computer::new();
    let program = computer.start().await;
    let body =
        r#"{"customer_id":"cus_1","passport":{"mrz":"P<CANARY"},"primary_contact":{"contact_phone":["CANARY"]}}"#;
    computer.sandbox.set_faults(vec![desk_sandbox::FaultRule::new(
        desk_sandbox::Route::Detail,
        desk_sandbox::Fault::Status {
            status: 200,
            content_type: String::from("application/json"),
            body: body.to_owned(),
            retry_after_seconds: None,
        },
    )]);
    let connection = practice(&program, "typed").await;
    let by = json!({ "connection": connection, "by": "customer_id", "value": "cus_1" });
    let view = program.run("customer_lookup", by).await;
    assert!(!view.to_string().contains("CANARY"), "{view}");
    let unknown: Vec<_> = view["unknown"].as_array().unwrap().iter().map(|leaf| &leaf["path"]).collect();
    assert_eq!(unknown, ["passport/mrz", "primary_contact/contact_phone/0"], "shown and kept, never dropped");
    let reveal = json!({ "connection": connection, "customer_id": "cus_1", "path": "passport/mrz" });
    assert_eq!(program.call("customer_reveal", reveal).await["value"], "P<CANARY");
    let open = json!({ "connection": connection, "customer_id": "cus_1" });
    for command in ["customer_preview", "customer_raw"] {
        let view = program.call(command, open.clone()).await;
        assert!(!view.to_string().contains("CANARY"), "{command}: {view}");
    }
}
