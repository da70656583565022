//! The form of an update: what was read, masked until somebody asks; what is sent is what the review shows (DECISIONS 8, 9,
//! 13, 14).

use desk_sandbox::{Fault, FaultRule, Route};
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::files::{LIST, PDF, add, row, until};
use super::form::{practice, submission};
use super::reveals::{policy, with_policy};
use super::updates::{becomes, customer, read};

const CITY: &str = "registration_address/registration_address_city";
const EMAIL: &str = "primary_contact/contact_email";
const WEBSITE: &str = "business_details/website";

/// Values of the customer that no view may have unasked.
const PERSONAL: [&str; 7] =
    ["51824753556", "+61255501234", "accounts@lanternquay.example", "1990-01-15", "7 Quarry Lane", "E12345678", "7099"];

/// Who is asked for.
pub async fn reference(program: &Program, id: &str) -> Value {
    json!({ "connection": practice(program, "typed").await, "customer_id": id })
}

/// Begins an update.
pub async fn begin(program: &Program, id: &str) -> Value {
    let request = reference(program, id).await;
    program.call("update_begin", request).await
}

/// A field of the first person of a draft.
pub fn of_person(draft: &Value, path: &str) -> String {
    format!("business_person_list/{}/{path}", draft["persons"][0].as_str().unwrap())
}

/// What the review says of an update.
pub async fn review(program: &Program, draft: &Value) -> Value {
    program.call("draft_review", json!({ "draft": draft["id"] })).await["update"].clone()
}

/// Submits a draft as it is now.
pub async fn send(program: &Program, draft: &Value) -> Value {
    let draft = program.draft(&draft["id"]).await;
    program.run("draft_submit", submission(&draft)).await
}

/// The body of the last update that the platform got.
pub fn last_body(computer: &Computer) -> Value {
    let requests = computer.sandbox.requests();
    let last = requests.iter().rev().find(|request| request.path.ends_with("/update")).unwrap();
    serde_json::from_str(&last.body).unwrap()
}

async fn actions(program: &Program) -> Vec<String> {
    let rows = program.activity(json!({})).await;
    rows["rows"].as_array().unwrap().iter().map(|row| row["action"].as_str().unwrap().to_owned()).collect()
}

/// No view may say what nobody asked for.
pub fn says_nothing_personal(what: &str, view: &Value) {
    let text = view.to_string();
    for word in PERSONAL {
        assert!(!text.contains(word), "{what} says {word}: {text}");
    }
}

#[tokio::test]
async fn an_update_begins_with_what_was_read_and_is_one() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = begin(&program, &id).await;
    assert_eq!((&draft["state"], &draft["id_frozen"]), (&json!("editing"), &json!(true)));
    assert_eq!(draft["check"]["problems"], json!([]), "what was read raises nothing");
    let update = &draft["update"];
    assert_eq!((&update["customer_id"], &update["changes"]), (&json!(id), &json!([])));
    assert_eq!((&update["as_sent"], &update["missing"]), (&json!([]), &json!([])));
    assert_eq!((&update["name"], &update["newer"]), (&json!("Lantern Quay Trading Pty Ltd"), &Value::Null));
    assert_eq!(begin(&program, &id).await["id"], draft["id"], "pressed again, it is the same");
    let list = program.drafts(json!({})).await;
    let row = list["drafts"].as_array().unwrap().iter().find(|row| row["id"] == draft["id"]).unwrap();
    assert_eq!((&row["purpose"], &row["name"]), (&json!("update"), &json!("Lantern Quay Trading Pty Ltd")));
    assert_eq!((&row["customer_id"], &row["errors"]), (&json!(id), &json!(0)));
    assert_eq!(actions(&program).await.iter().filter(|action| *action == "update.begin").count(), 1);
    let open = program.call("customer_open", reference(&program, &id).await).await;
    assert_eq!(open["update"], draft["id"], "the record knows of it");

    let nobody = reference(&program, "cus_nobody").await;
    assert_eq!(program.refused("update_begin", nobody).await.code, "not_found");
    let renamed = program.save(&draft["id"], &[("partner_customer_id", "cd-0190a1b2-another-id-of-ours")]).await;
    assert_eq!(renamed.unwrap_err().code, "draft.id_frozen");
}

#[tokio::test]
async fn personal_values_stay_in_rust_until_they_are_asked_for() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = begin(&program, &id).await;
    says_nothing_personal("update_begin", &draft);
    let untouched = draft["update"]["untouched"].as_array().unwrap();
    assert_eq!(untouched.len(), 9, "number, phone, email; birth date, four lines of address and id of the person");
    let number = of_person(&draft, "identification/id_number");
    let masked = untouched.iter().find(|row| row["path"] == number).unwrap();
    assert_eq!(masked["masked"], "••••••••5678");

    let saved = program.save(&draft["id"], &[(CITY, "Perth")]).await.unwrap();
    says_nothing_personal("draft_save", &saved);
    assert_eq!(saved["changes"], json!([CITY]));
    says_nothing_personal("draft_open", &program.draft(&draft["id"]).await);
    says_nothing_personal("draft_list", &program.drafts(json!({})).await);
    let reviewed = program.call("draft_review", json!({ "draft": draft["id"] })).await;
    says_nothing_personal("draft_review", &reviewed);
    let merged = program.call("update_merge", json!({ "draft": draft["id"] })).await;
    says_nothing_personal("update_merge", &merged);

    // Shown, and the trail says so.
    let field = json!({ "draft": draft["id"], "path": number });
    let shown = program.call("draft_reveal", field).await;
    assert_eq!(
        (&shown["value"], &shown["path"], &shown["hides_after_s"]),
        (&json!("E12345678"), &json!(number), &json!(30))
    );
    let rows = program.activity(json!({})).await;
    let newest = &rows["rows"][0];
    assert_eq!((&newest["action"], &newest["id"]), (&json!("customer.reveal"), &json!(id)), "{newest}");
    says_nothing_personal("a shown value is kept by nobody", &program.draft(&draft["id"]).await);

    // Typing replaces; what the user typed is theirs.
    program.save(&draft["id"], &[(&number, "N7654321"), (EMAIL, "")]).await.unwrap();
    let changed = program.draft(&draft["id"]).await;
    let text = |path: &str| changed["texts"].as_array().unwrap().iter().find(|row| row["path"] == path);
    assert_eq!(text(&number).unwrap()["text"], "N7654321");
    assert!(text(EMAIL).is_none());
    let mut changes = vec![json!(CITY), json!(EMAIL), json!(number)];
    changes.sort_by_key(Value::to_string);
    let mut said = changed["update"]["changes"].as_array().unwrap().clone();
    said.sort_by_key(Value::to_string);
    assert_eq!(said, changes, "an emptied field is cleared");
    let typed = json!({ "draft": draft["id"], "path": number });
    assert_eq!(program.refused("draft_reveal", typed.clone()).await.code, "not_found");
    let reviewed = review(&program, &draft).await;
    let row = reviewed["changes"].as_array().unwrap().iter().find(|row| row["path"] == number).unwrap();
    assert_eq!((&row["old"], &row["new"], &row["masked"]), (&json!("••••••••5678"), &json!("N7654321"), &json!(true)));
    assert_eq!(row["old_path"], "business_person_list/0/identification/id_number");

    // And back.
    let kept = program.call("draft_keep", typed).await;
    says_nothing_personal("draft_keep", &json!([kept["texts"], kept["update"]]));
    program.call("draft_keep", json!({ "draft": draft["id"], "path": EMAIL })).await;
    assert_eq!(program.draft(&draft["id"]).await["update"]["changes"], json!([CITY]));
}

#[tokio::test]
async fn a_person_who_comes_back_has_what_the_page_was_never_given() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = begin(&program, &id).await;
    let person = draft["persons"][0].clone();
    let save = async |edits: Value| {
        let request = json!({ "draft": draft["id"], "edits": edits, "position": null, "closing": false });
        program.call("draft_save", request).await
    };
    let birth = of_person(&draft, "basic_info/birth_date");
    save(json!([{ "op": "set", "path": birth, "text": "" }])).await;
    save(json!([{ "op": "remove_person", "person": person }])).await;
    let shown = review(&program, &draft).await;
    let row = &shown["changes"][0];
    let whole = format!("business_person_list/{}", person.as_str().unwrap());
    assert_eq!((&row["path"], &row["kind"], &row["person"]), (&json!(whole), &Value::Null, &json!("Wei Zhang")));

    // What the page knows it gives back.
    let known: Vec<_> = draft["texts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["path"].as_str().unwrap().starts_with(&whole))
        .collect();
    let mut edits = vec![json!({ "op": "add_person", "person": person, "at": 0 })];
    edits.extend(known.iter().map(|row| json!({ "op": "set", "path": row["path"], "text": row["text"] })));
    save(json!(edits)).await;
    assert_eq!(
        program.draft(&draft["id"]).await["update"]["changes"],
        json!([birth]),
        "what was cleared before stays so"
    );
    says_nothing_personal("the person who came back", &program.draft(&draft["id"]).await);
}

#[tokio::test]
async fn a_new_application_of_a_customer_has_all_but_ids_and_files_and_the_trail_says_so() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let update = begin(&program, &id).await;
    let request = reference(&program, &id).await;
    let copy = program.call("draft_from_customer", request).await;
    assert_eq!((&copy["update"], &copy["id_frozen"]), (&Value::Null, &json!(false)));
    let texts = copy["texts"].as_array().unwrap();
    let has = |end: &str| {
        texts.iter().find(|row| row["path"].as_str().unwrap().ends_with(end)).map(|row| row["text"].clone())
    };
    assert_eq!(has("identification/id_number"), Some(json!("E12345678")));
    assert_eq!(has("basic_info/birth_date"), Some(json!("1990-01-15")));
    assert_eq!((has("business_identifier_document_list/0"), has("id_document_front_file_id")), (None, None));
    let ours = has("partner_customer_id").unwrap();
    assert!(ours.as_str().unwrap().starts_with("cd-") && computer.rows_with(&ours) == 0);
    assert_eq!(actions(&program).await.iter().filter(|action| *action == "customer.copy").count(), 1);

    // The copy of an update has what the update shows.
    let other = program.call("draft_duplicate", json!({ "draft": update["id"] })).await;
    says_nothing_personal("draft_duplicate of an update", &other);
    assert_eq!(other["texts"].as_array().unwrap().len(), update["texts"].as_array().unwrap().len());
}

#[tokio::test]
async fn a_whole_record_is_shown_for_a_reason_where_the_policy_wants_one() {
    let (_folder, path, owner) = policy("reveal_needs_reason = true\n", 0o644);
    let computer = with_policy(&path, owner);
    let program = computer.start().await;
    let id = customer(&program).await;
    let mut request = reference(&program, &id).await;
    assert_eq!(program.refused("draft_from_customer", request.clone()).await.code, "reveal.reason");
    let draft = begin(&program, &id).await;
    let mut field = json!({ "draft": draft["id"], "path": of_person(&draft, "identification/id_number") });
    assert_eq!(program.refused("draft_reveal", field.clone()).await.code, "reveal.reason");
    request["reason"] = json!("The bank asked for it.");
    field["reason"] = json!("The bank asked for it.");
    program.call("draft_from_customer", request).await;
    assert_eq!(program.call("draft_reveal", field).await["value"], "E12345678");
}

#[tokio::test]
async fn an_update_in_which_nothing_was_changed_is_made_of_the_newest_reading() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let first = begin(&program, &id).await;
    computer.sandbox.change(&id, |body| body["registration_address"]["registration_address_city"] = json!("Hobart"));
    read(&program, &id).await;
    let again = begin(&program, &id).await;
    let city = |draft: &Value| {
        draft["texts"].as_array().unwrap().iter().find(|row| row["path"] == CITY).unwrap()["text"].clone()
    };
    assert_eq!((&again["id"], city(&first), city(&again)), (&first["id"], json!("Sydney"), json!("Hobart")));
    assert_eq!((&again["update"]["newer"], &again["update"]["changes"]), (&Value::Null, &json!([])));

    // What somebody typed stays, and is put beside it.
    program.save(&first["id"], &[(WEBSITE, "")]).await.unwrap();
    computer.sandbox.change(&id, |body| body["registration_address"]["registration_address_city"] = json!("Darwin"));
    read(&program, &id).await;
    let typed = begin(&program, &id).await;
    assert_eq!((city(&typed), typed["update"]["newer"].is_string()), (json!("Hobart"), true));
}

#[tokio::test]
async fn an_update_with_a_file_on_its_way_stays_as_it_is() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = begin(&program, &id).await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Upload, Fault::Hang)]);
    let field = of_person(&draft, "identification/id_document_front_file_id");
    let file = add(&program, &draft, &field, "passport.pdf", PDF).await;
    let file = json!({ "document": file["id"] });
    program.call("document_cancel", file.clone()).await;
    computer.sandbox.set_faults(Vec::new());
    computer.sandbox.change(&id, |body| body["registration_address"]["registration_address_city"] = json!("Hobart"));
    read(&program, &id).await;
    let again = begin(&program, &id).await;
    assert_eq!((&again["persons"], &again["update"]["reading"]), (&draft["persons"], &draft["update"]["reading"]));
    program.call("document_retry", file).await;
    let sent = until(&program, &draft, &field, "sent").await;
    assert_eq!(program.draft(&draft["id"]).await["update"]["changes"], json!([field]), "its id has landed");
    assert_eq!(row(&program, &draft, LIST).await, Value::Null);
    assert!(sent["file_id"].is_string());
}

#[tokio::test]
async fn what_is_on_its_way_is_given_and_no_second_one_begun() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let draft = begin(&program, &id).await;
    program.save(&draft["id"], &[(CITY, "Perth")]).await.unwrap();
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Update, 502)]);
    assert_eq!(send(&program, &draft).await["outcome"], "unknown");
    becomes(&program, &draft["id"], "unknown").await;
    let again = begin(&program, &id).await;
    assert_eq!((&again["id"], &again["state"]), (&draft["id"], &json!("unknown")));
    let refused = program.save(&draft["id"], &[(CITY, "Hobart")]).await.unwrap_err();
    assert_eq!(refused.code, "draft.read_only");
}
