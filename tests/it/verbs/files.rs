//! Long because: what becomes of a file is played through from the choice to its id, with each thing that may go wrong.
//! Files become file ids: chosen, dropped or pasted, kept, sent when the network lets them, and their ids stand in the fields.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use desk_core::shell::Shell;
use desk_sandbox::{Fault, FaultRule, Route};
use desk_secrets::KeyringError;
use rstest::rstest;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

use super::computer::{Computer, Program};
use super::form::{filled, practice, submission, submit};

/// One white pixel.
pub const PNG: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\
    IHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\x0aIDATx\xdac\xf8\x0f\x00\x01\x01\x01\x00\x1c\xb0\x8c\x99\x00\x00\x00\x00IEND\xaeB`\x82";

/// Two pages, and a script that a reader would run.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n\
    2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n\
    4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// The field of the form's first list entry.
pub const LIST: &str = "business_details/business_identifier_document_list/0";

/// Chooses files in the user's place.
#[derive(Default)]
pub struct Chooser(Mutex<VecDeque<Option<PathBuf>>>);

impl Chooser {
    pub fn will_choose(&self, path: Option<&Path>) {
        self.0.lock().unwrap().push_back(path.map(Path::to_owned));
    }
}

impl Shell for Chooser {
    fn zoom(&self, _: u16) {}

    fn notify(&self, _: u32) {}

    fn choose_file(&self, answer: oneshot::Sender<Option<PathBuf>>) {
        let _ = answer.send(self.0.lock().unwrap().pop_front().flatten());
    }

    fn parts(&self) -> Vec<(String, String)> {
        Vec::new()
    }
}

/// A computer with somebody who chooses.
pub fn computer() -> (Computer, Arc<Chooser>) {
    let chooser = Arc::new(Chooser::default());
    let mut computer = Computer::new();
    computer.shell = Arc::clone(&chooser) as Arc<dyn Shell>;
    (computer, chooser)
}

/// An empty draft of the practice connection.
pub async fn empty(program: &Program) -> Value {
    program.call("draft_create", json!({ "connection": practice(program, "typed").await })).await
}

/// The field of the first person's document.
fn front(draft: &Value) -> String {
    let person = draft["persons"][0].as_str().unwrap();
    format!("business_person_list/{person}/identification/id_document_front_file_id")
}

/// What the page sends with a file that is dropped.
pub fn dropped(draft: &Value, path: &str, name: &str, content: &[u8]) -> Value {
    json!({ "draft": draft["id"], "path": path, "file_type": "main_page", "name": name, "content": base64(content) })
}

/// Adds a file; the row of its field.
pub async fn add(program: &Program, draft: &Value, path: &str, name: &str, content: &[u8]) -> Value {
    let list = program.call("document_add", dropped(draft, path, name, content)).await;
    at(&list, path)
}

fn at(list: &Value, path: &str) -> Value {
    list["documents"].as_array().unwrap().iter().find(|row| row["path"] == path).unwrap_or(&Value::Null).clone()
}

/// The row of a field as it is now.
pub async fn row(program: &Program, draft: &Value, path: &str) -> Value {
    at(&program.call("document_list", json!({ "draft": draft["id"] })).await, path)
}

/// Waits until a field's file is in this state.
pub async fn until(program: &Program, draft: &Value, path: &str, state: &str) -> Value {
    program.until(state, || async { row(program, draft, path).await["state"] == state }).await;
    row(program, draft, path).await
}

/// What stands in a field.
async fn text(program: &Program, draft: &Value, path: &str) -> Value {
    let draft = program.draft(&draft["id"]).await;
    let texts = draft["texts"].as_array().unwrap();
    texts.iter().find(|text| text["path"] == path).map_or(Value::Null, |text| text["text"].clone())
}

fn uploads(computer: &Computer) -> usize {
    computer.sandbox.requests().iter().filter(|call| call.path.ends_with("/upload")).count()
}

/// RFC 4648 with padding, written anew: a fault of the library would be in both.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().chain([0; 2].iter()).take(3).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        for at in 0..4 {
            let digit = DIGITS[usize::try_from(bits >> (18 - 6 * at) & 63).unwrap()];
            text.push(if at <= group.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[rstest]
#[case::in_a_form("multipart", Some("passport.png"))]
#[case::in_json("json", None)]
#[tokio::test]
async fn a_file_that_is_chosen_becomes_an_id_in_its_field(#[case] encoding: &str, #[case] name: Option<&str>) {
    let (computer, chooser) = computer();
    let program = computer.start().await;
    let connection = practice(&program, "typed").await;
    let upload = json!({ "encoding": encoding, "limit_mb": 3 });
    let saved = program.call("connection_save", json!({ "connection": connection, "upload": upload })).await;
    assert_eq!(saved["upload"], upload);
    let draft = empty(&program).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passport.png");
    std::fs::write(&path, PNG).unwrap();
    chooser.will_choose(Some(&path));

    let field = front(&draft);
    let choose = json!({ "draft": draft["id"], "path": field, "file_type": "main_page" });
    let list = program.run("document_choose", choose).await;
    assert_eq!(list["limit_bytes"], 3_000_000);
    let sent = until(&program, &draft, &field, "sent").await;
    let file = computer.sandbox.files().remove(0);
    assert_eq!((file.name.as_deref(), file.file_type.as_str()), (name, "Main page"));
    assert_eq!(file.sha256, hex::encode(Sha256::digest(PNG)), "to the byte");
    assert_eq!((&sent["file_id"], &sent["sent"]), (&json!(file.file_id), &json!(PNG.len())));
    assert_eq!(text(&program, &draft, &field).await, file.file_id);

    let preview = program.call("document_preview", json!({ "document": sent["id"] })).await;
    assert_eq!((&preview["media_type"], &preview["width"]), (&json!("image/jpeg"), &json!(1)));
    let trail = program.activity(json!({ "query": "document" })).await.to_string();
    assert!(!trail.contains("passport"), "a name is no business of the trail: {trail}");
}

#[tokio::test]
async fn a_dialog_without_a_choice_changes_nothing() {
    let (computer, chooser) = computer();
    let program = computer.start().await;
    let draft = empty(&program).await;
    chooser.will_choose(None);
    let choose = json!({ "draft": draft["id"], "path": LIST, "file_type": "contract" });
    assert_eq!(program.begin("document_choose", choose).await.last().await["event"], "cancelled");
    assert_eq!(row(&program, &draft, LIST).await, Value::Null);
}

#[tokio::test]
async fn an_upload_that_is_cut_three_times_is_resumed_after_a_restart() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = empty(&program).await;
    let cut = FaultRule::new(Route::Upload, Fault::Reset).times(3);
    computer.sandbox.set_faults(vec![cut, FaultRule::new(Route::Upload, Fault::Hang).times(1)]);
    add(&program, &draft, LIST, "register.pdf", PDF).await;
    for tries in 1..=3 {
        program.until("it is cut", || async { uploads(&computer) == tries }).await;
        let cut = until(&program, &draft, LIST, "waiting").await;
        assert_eq!(cut["reason"]["code"], "network.reset", "{cut}");
        assert!(cut["next_at"].is_string(), "it says when: {cut}");
        program.desk.clock().advance(31_000);
    }
    program.until("the fourth hangs", || async { uploads(&computer) == 4 }).await;
    assert_eq!(row(&program, &draft, LIST).await["state"], "sending");
    let after = computer.cut_off();
    program.desk.close().await;

    computer.sandbox.set_faults(Vec::new());
    let again = after.start().await;
    let sent = until(&again, &draft, LIST, "sent").await;
    assert_eq!((uploads(&computer), computer.sandbox.files().len()), (5, 1));
    assert_eq!(text(&again, &draft, LIST).await, sent["file_id"]);
    assert_eq!(sent["pages"], 2);
}

#[tokio::test]
async fn an_upload_is_stopped_retried_and_removed() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = empty(&program).await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Upload, Fault::Hang).times(1)]);
    let file = json!({ "document": add(&program, &draft, LIST, "register.pdf", PDF).await["id"] });
    program.until("it is on its way", || async { uploads(&computer) == 1 }).await;
    let stopped = at(&program.call("document_cancel", file.clone()).await, LIST);
    assert_eq!((&stopped["state"], &stopped["reason"]["code"]), (&json!("failed"), &json!("document.stopped")));

    program.call("document_retry", file.clone()).await;
    let sent = until(&program, &draft, LIST, "sent").await;
    assert_eq!(text(&program, &draft, LIST).await, sent["file_id"]);
    program.call("document_remove", file.clone()).await;
    assert_eq!(row(&program, &draft, LIST).await, Value::Null);
    assert_eq!(text(&program, &draft, LIST).await, Value::Null, "its id went with it");
    assert_eq!(program.refused("document_remove", file).await.code, "not_found");
}

#[rstest]
#[case::keys_that_are_refused(401, "auth.refused")]
#[case::keys_that_may_not(403, "auth.forbidden")]
#[tokio::test]
async fn it_waits_until_the_connection_works(#[case] status: u16, #[case] code: &str) {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = empty(&program).await;
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Upload, status).times(1)]);
    add(&program, &draft, LIST, "register.pdf", PDF).await;
    program.until("it is refused", || async { row(&program, &draft, LIST).await["reason"]["code"] == code }).await;
    let refused = until(&program, &draft, LIST, "waiting").await;
    assert_eq!(refused["next_at"], Value::Null, "no time helps");
    // No further: a test of the connection says so of a clock that is five minutes off.
    program.desk.clock().advance(200_000);
    assert_eq!(uploads(&computer), 1);
    program.run("connection_test", json!({ "connection": practice(&program, "typed").await })).await;
    until(&program, &draft, LIST, "sent").await;
}

#[rstest]
#[case::locked(KeyringError::Locked, "keyring.locked")]
#[case::slow(KeyringError::Slow, "keyring.slow")]
#[tokio::test]
async fn a_keyring_that_was_closed_is_asked_again(#[case] fault: KeyringError, #[case] code: &str) {
    let computer = Computer::new();
    let program = computer.start().await;
    let account = &computer.sandbox.axisfi_typed;
    let connection = json!({
        "name": "Harbour Bank", "kind": "axisfi", "revision": "typed", "environment": "test",
        "base_url": account.base_url, "api_key": account.api_key, "api_secret": account.api_secret,
    });
    let connection = program.call("connection_add", connection).await;
    let draft = program.call("draft_create", json!({ "connection": connection["id"] })).await;
    computer.keyring.fails_with(Some(fault));
    add(&program, &draft, LIST, "register.pdf", PDF).await;
    program.until("it is closed", || async { row(&program, &draft, LIST).await["reason"]["code"] == code }).await;
    assert!(row(&program, &draft, LIST).await["next_at"].is_string(), "it says when it asks again");
    assert_eq!(uploads(&computer), 0);
    computer.keyring.fails_with(None);
    program.desk.clock().advance(6_000);
    until(&program, &draft, LIST, "sent").await;
}

#[tokio::test]
async fn a_limit_holds_for_all_files_of_the_connection_and_words_of_the_platform_are_said() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = empty(&program).await;
    let limited = Fault::Status {
        status: 429,
        content_type: String::from("application/json"),
        body: json!({ "error": { "code": "SLOW", "message": "Too many." } }).to_string(),
        retry_after_seconds: Some(600),
    };
    let rules = vec![FaultRule::new(Route::Upload, limited).times(1), FaultRule::status(Route::Upload, 422).times(1)];
    computer.sandbox.set_faults(rules);
    let second = LIST.replace("/0", "/1");
    add(&program, &draft, LIST, "register.pdf", PDF).await;
    program.until("it is limited", || async { row(&program, &draft, LIST).await["next_at"].is_string() }).await;
    let added = add(&program, &draft, &second, "articles.pdf", PDF).await;
    assert_eq!((&added["state"], &added["reason"]["code"]), (&json!("waiting"), &json!("rate.limited")), "{added}");
    let limited = row(&program, &draft, LIST).await;
    assert_eq!(added["next_at"], limited["next_at"], "it is no later than that");
    // The host is reached by something else, which says nothing of files.
    program.run("connection_test", json!({ "connection": practice(&program, "typed").await })).await;
    program.desk.clock().advance(100_000);
    assert_eq!(row(&program, &draft, &second).await["next_at"], limited["next_at"]);
    assert_eq!(uploads(&computer), 1);

    program.call("document_retry", json!({ "document": added["id"] })).await;
    let failed = until(&program, &draft, &second, "failed").await;
    assert_eq!(
        (&failed["reason"]["code"], &failed["reason"]["params"]["status"]),
        (&json!("answer.error"), &json!("422"))
    );
    assert_eq!(failed["reason"]["params"]["message"], "The sandbox was told to answer 422.");
    assert_eq!(uploads(&computer), 2, "a person may");
    program.desk.clock().advance(501_000);
    until(&program, &draft, LIST, "sent").await;
}

#[tokio::test]
async fn what_was_typed_meanwhile_stays_and_what_stood_there_gives_way() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    let before = text(&program, &draft, LIST).await;
    assert_eq!(before, "file_br_2019_0042");
    add(&program, &draft, LIST, "register.pdf", PDF).await;
    let sent = until(&program, &draft, LIST, "sent").await;
    assert_eq!(text(&program, &draft, LIST).await, sent["file_id"], "the file was added to replace it");

    computer
        .sandbox
        .set_faults(vec![FaultRule::new(Route::Upload, Fault::Delay(std::time::Duration::from_millis(600)))]);
    add(&program, &draft, LIST, "other.pdf", PDF).await;
    program.save(&draft["id"], &[(LIST, "file_typed_by_hand")]).await.unwrap();
    until(&program, &draft, LIST, "sent").await;
    assert_eq!(text(&program, &draft, LIST).await, "file_typed_by_hand");
    assert_eq!(computer.sandbox.files().len(), 2);
}

#[tokio::test]
async fn a_draft_is_not_submitted_before_its_files_are_there_and_their_bytes_go_when_it_is_accepted() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    let field = front(&draft);
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Upload, Fault::Hang).times(1)]);
    let file = add(&program, &draft, &field, "passport.png", PNG).await;
    let refused = program.fails("draft_submit", submission(&program.draft(&draft["id"]).await)).await;
    assert_eq!((&refused["code"], &refused["params"]["count"]), (&json!("document.waiting"), &json!("1")));
    let review = program.call("draft_review", json!({ "draft": draft["id"] })).await;
    assert_eq!(review["uploads"], 1);

    program.call("document_cancel", json!({ "document": file["id"] })).await;
    program.call("document_retry", json!({ "document": file["id"] })).await;
    let sent = until(&program, &draft, &field, "sent").await;
    assert_eq!(submit(&program, &draft).await["outcome"], "accepted");
    let created = computer.sandbox.requests().into_iter().find(|call| call.path.ends_with("/create")).unwrap();
    assert!(created.body.contains(sent["file_id"].as_str().unwrap()), "{}", created.body);

    let left = row(&program, &draft, &field).await;
    assert_eq!((&left["state"], &left["preview"]), (&json!("sent"), &json!(false)), "{left}");
    let contents: i64 =
        computer.database().query_row("SELECT count(*) FROM document_contents", [], |row| row.get(0)).unwrap();
    assert_eq!(contents, 0);
    let again = dropped(&draft, &field, "passport.png", PNG);
    assert_eq!(program.refused("document_add", again).await.code, "draft.read_only");
}

#[tokio::test]
async fn nothing_of_a_file_lies_readable_on_the_disk() {
    const CANARY: &[u8] = b"Canary-Kanarienvogel-7f3a";
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = empty(&program).await;
    let content = [PDF, CANARY].concat();
    add(&program, &draft, LIST, "CanaryName.pdf", &content).await;
    until(&program, &draft, LIST, "sent").await;
    let look = |when: &str| {
        for (name, bytes) in computer.files() {
            for canary in [CANARY, b"CanaryName", b"JavaScript"] {
                assert!(!bytes.windows(canary.len()).any(|part| part == canary), "{name} {when}");
            }
        }
    };
    look("while it runs");
    program.desk.close().await;
    look("after its end");
}

/// Adds a file whose id comes while `meanwhile` holds.
async fn comes_late(computer: &Computer, program: &Program, draft: &Value, path: &str, meanwhile: impl AsyncFnOnce()) {
    let late = Fault::Delay(std::time::Duration::from_millis(400));
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Upload, late)]);
    let before = uploads(computer);
    add(program, draft, path, "register.pdf", PDF).await;
    program.until("it is on its way", || async { uploads(computer) > before }).await;
    meanwhile().await;
    let states = "SELECT count(*) FROM documents WHERE state <> 'sent'";
    let is_sent = || async { computer.database().query_row(states, [], |row| row.get::<_, i64>(0)).unwrap() == 0 };
    program.until("it is sent", is_sent).await;
}

#[tokio::test]
async fn an_id_that_comes_while_its_draft_is_deleted_lands_when_it_is_back_and_once() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    let this = json!({ "draft": draft["id"] });
    comes_late(&computer, &program, &draft, LIST, async || {
        program.call("draft_delete", this.clone()).await;
    })
    .await;
    program.call("draft_restore", this.clone()).await;
    assert_eq!(text(&program, &draft, LIST).await, row(&program, &draft, LIST).await["file_id"], "it replaces");

    // What somebody took out stays out.
    program.save(&draft["id"], &[(LIST, "")]).await.unwrap();
    program.call("draft_delete", this.clone()).await;
    program.call("draft_restore", this).await;
    assert_eq!(text(&program, &draft, LIST).await, Value::Null);
}

#[tokio::test]
async fn an_id_that_comes_while_its_person_is_removed_lands_when_they_are_back() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = empty(&program).await;
    let (field, person) = (front(&draft), draft["persons"][0].clone());
    let save = async |edit: Value| {
        let request = json!({ "draft": draft["id"], "edits": [edit], "position": null, "closing": false });
        program.call("draft_save", request).await
    };
    comes_late(&computer, &program, &draft, &field, async || {
        save(json!({ "op": "remove_person", "person": person })).await;
    })
    .await;
    let saved = save(json!({ "op": "add_person", "person": person, "at": 0 })).await;
    let sent = row(&program, &draft, &field).await;
    assert_eq!((&sent["state"], &text(&program, &draft, &field).await), (&json!("sent"), &sent["file_id"]));
    assert_eq!(program.draft(&draft["id"]).await["seq"], saved["seq"], "the answer knows of it");
}
