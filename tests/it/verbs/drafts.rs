//! Drafts: what a new one holds, when an edit is kept, who may edit, what is restored.

use serde_json::{Value, json};

use super::computer::Computer;
use super::form::{filled, partner_id, practice, submission, submit};

const NAME: &str = "business_details/business_name_english";
const PHONE: &str = "primary_contact/contact_phone";

fn text(draft: &Value, path: &str) -> Value {
    let texts = draft["texts"].as_array().unwrap();
    texts.iter().find(|row| row["path"] == path).map_or(Value::Null, |row| row["text"].clone())
}

#[tokio::test]
async fn a_new_draft_has_an_id_of_ours_and_one_person() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program, "typed").await;
    let mut seen = Vec::new();
    for _ in 0..2 {
        let draft = program.call("draft_create", json!({ "connection": connection })).await;
        let id = partner_id(&draft).as_str().unwrap().to_owned();
        assert!((20..=64).contains(&id.chars().count()), "{id}: the platform's 20 to 64 characters");
        assert_eq!(draft["persons"].as_array().unwrap().len(), 1);
        assert_eq!((&draft["state"], &draft["restored"]), (&json!("editing"), &json!(false)));
        assert_eq!(draft["check"]["problems"], json!([]), "nothing is wrong with a new draft");
        seen.push(id);
    }
    assert_ne!(seen[0], seen[1], "each draft its own");
    let list = program.drafts(json!({})).await;
    assert_eq!(list["drafts"].as_array().unwrap().len(), 2);
    assert_eq!(program.status().await["drafts"], 2);
}

#[tokio::test]
async fn an_acknowledged_edit_is_on_the_disk() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = program.call("draft_create", json!({ "connection": practice(&program, "typed").await })).await;
    let typed = "灯码头 'Ünïcode' \u{1F3EE}\n\" ";
    let saved = program.save(&draft["id"], &[(NAME, typed), (PHONE, "not yet a number")]).await.unwrap();
    assert_eq!(saved["check"]["problems"][0]["path"], NAME, "the rules answer with the save");

    // The power goes right after the answer, while the program still runs.
    let other = computer.cut_off().start().await;
    let reopened = other.draft(&draft["id"]).await;
    assert_eq!(text(&reopened, NAME), typed, "byte for byte");
    assert_eq!(text(&reopened, PHONE), "not yet a number", "what is wrong is kept as well");
    assert_eq!((&reopened["seq"], &reopened["saved_at"]), (&saved["seq"], &saved["saved_at"]));
}

#[tokio::test]
async fn the_same_edit_again_leaves_one_row() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = program.call("draft_create", json!({ "connection": practice(&program, "typed").await })).await;
    let first = program.save(&draft["id"], &[(NAME, "Lantern Quay")]).await.unwrap();
    let second = program.save(&draft["id"], &[(NAME, "Lantern Quay")]).await.unwrap();
    assert_eq!(first["seq"], second["seq"]);
    let count = "SELECT count(*) FROM draft_edits WHERE path = ?1";
    let rows: i64 = computer.database().query_row(count, [NAME], |row| row.get(0)).unwrap();
    assert_eq!(rows, 1, "a message repeated after a crash does no harm");
}

#[tokio::test]
async fn a_draft_is_restored_once_unless_it_was_closed_in_order() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program, "typed").await;
    let left = program.call("draft_create", json!({ "connection": connection })).await;
    let closed = program.call("draft_create", json!({ "connection": connection })).await;
    program.save(&left["id"], &[(NAME, "Left")]).await.unwrap();
    let closing = json!({ "draft": closed["id"], "edits": [], "position": PHONE, "closing": true });
    program.call("draft_save", closing).await;

    let second = computer.cut_off();
    let program = second.start().await;
    assert_eq!(program.draft(&left["id"]).await["restored"], true, "the program ended without closing it");
    assert_eq!(program.draft(&left["id"]).await["restored"], false, "said once");
    let reopened = program.draft(&closed["id"]).await;
    assert_eq!((&reopened["restored"], &reopened["position"]), (&json!(false), &json!(PHONE)));
}

#[tokio::test]
async fn a_draft_stays_to_be_restored_until_it_is_opened() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = program.call("draft_create", json!({ "connection": practice(&program, "typed").await })).await;
    let after = computer.cut_off();
    for _ in 0..2 {
        // Somebody starts the program and ends it again without looking at the draft.
        after.start().await.desk.close().await;
    }
    let program = after.start().await;
    assert_eq!(program.draft(&draft["id"]).await["restored"], true);
    let closing = json!({ "draft": draft["id"], "edits": [], "position": null, "closing": true });
    program.call("draft_save", closing).await;
    program.desk.close().await;
    assert_eq!(after.start().await.draft(&draft["id"]).await["restored"], false, "closed in order since");
}

#[tokio::test]
async fn a_draft_opens_where_it_was_left_unless_that_place_is_gone() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = program.call("draft_create", json!({ "connection": practice(&program, "typed").await })).await;
    let person = draft["persons"][0].as_str().unwrap();
    let place = format!("business_person_list/{person}/identification/id_number");
    let save = |edits, position: &str| {
        let request = json!({ "draft": draft["id"], "edits": edits, "position": position, "closing": false });
        program.ask("draft_save", request)
    };
    save(json!([]), &place).await.unwrap();
    assert_eq!(program.draft(&draft["id"]).await["position"], place);
    let second = "0190a1b2-0000-7000-8000-000000000002";
    let moved = json!([
        { "op": "add_person", "person": second, "at": 9 },
        { "op": "move_person", "person": second, "at": 0 },
    ]);
    save(moved, &place).await.unwrap();
    let reopened = program.draft(&draft["id"]).await;
    assert_eq!((&reopened["position"], &reopened["persons"]), (&json!(place), &json!([second, person])));
    save(json!([{ "op": "remove_person", "person": person }]), &place).await.unwrap();
    assert_eq!(program.draft(&draft["id"]).await["position"], json!(null));
}

#[tokio::test]
async fn what_the_platform_has_or_may_have_is_read_only() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    assert_eq!(submit(&program, &draft).await["outcome"], "accepted");
    let accepted = program.draft(&draft["id"]).await;
    assert_eq!(accepted["state"], "accepted");
    let refused = program.save(&draft["id"], &[(NAME, "Another")]).await.unwrap_err();
    assert_eq!(refused.code, "draft.read_only");
    assert_eq!(program.fails("draft_submit", submission(&accepted)).await["code"], "draft.read_only");
    assert_eq!(program.fails("submission_lookup", json!({ "draft": draft["id"] })).await["code"], "draft.read_only");
    assert_eq!(program.draft(&draft["id"]).await["texts"], accepted["texts"], "not a letter moved");
    assert_eq!(program.status().await["drafts"], 0, "what is accepted is no open draft");
}

#[tokio::test]
async fn what_is_not_there_is_gone() {
    let computer = Computer::new();
    let program = computer.start().await;
    let connection = practice(&program, "typed").await;
    for id in ["0190a1b2-0000-7000-8000-000000000001", "nonsense"] {
        for name in ["draft_open", "draft_review"] {
            assert_eq!(program.refused(name, json!({ "draft": id })).await.code, "draft.gone", "{name} {id}");
        }
        let save = json!({ "draft": id, "edits": [], "position": null, "closing": false });
        assert_eq!(program.refused("draft_save", save).await.code, "draft.gone");
        assert_eq!(program.refused("draft_create", json!({ "connection": id })).await.code, "connection.gone");
        let customer = json!({ "connection": connection, "customer_id": id });
        assert_eq!(program.refused("customer_open", customer).await.code, "not_found");
    }
}
