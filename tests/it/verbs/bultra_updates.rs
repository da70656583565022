//! Contact and address of a Bultra customer and of an individual are changed: what is sent is what changes; what others
//! changed is taken over or asked about (page 004, DECISIONS 8, 9).

use std::collections::BTreeSet;

use desk_sandbox::{AddressRule, FaultRule, RequestRecord, Route};
use rstest::rstest;
use serde_json::{Value, json};

use super::bultra_records::{change, computer, held, individual, practice, read, reference, somebody};
use super::computer::{Computer, Program};
use super::form::submission;
use super::updates::becomes;

const EMAIL: &str = "primary_contact/contact_email";
/// A field that every record has.
pub const PHONE: &str = "primary_contact/contact_phone";
const LINE1: &str = "registration_address/registration_address_line1";
const CITY: &str = "registration_address/registration_address_city";
const STATE: &str = "registration_address/registration_address_state";

/// What it becomes.
pub const NEW_PHONE: &str = "+61255507766";

/// The two records that can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Customer,
    Individual,
}

impl Who {
    /// A record of the platform, as this program keeps its id.
    pub fn id(self, computer: &Computer) -> String {
        match self {
            Self::Customer => somebody(computer, "INDIVIDUAL").id,
            Self::Individual => {
                let id = individual(&somebody(computer, "CORPORATION"));
                // Whole, so that each change has a value before it.
                change(computer, &id, |held| {
                    held.insert("email".to_owned(), json!("before@individual.example"));
                    held.insert("phone".to_owned(), json!("+61255501111"));
                    held.insert(
                        "address".to_owned(),
                        json!({ "line1": "1 Low Street", "city": "Hobart", "state": "TAS",
                        "postal_code": "7000", "country": "AU" }),
                    );
                });
                id
            }
        }
    }

    /// The call that changes it.
    pub fn patch(self) -> Route {
        match self {
            Self::Customer => Route::PatchCustomer,
            Self::Individual => Route::PatchIndividual,
        }
    }

    /// The call that reads it.
    pub fn get(self) -> Route {
        match self {
            Self::Customer => Route::Customer,
            Self::Individual => Route::Individual,
        }
    }

    fn address(self, held: &Value) -> &Value {
        match self {
            Self::Customer => &held["individual"]["address"],
            Self::Individual => &held["address"],
        }
    }
}

/// What was sent to change records, in the order it arrived.
pub fn patches(computer: &Computer) -> Vec<RequestRecord> {
    computer.sandbox.requests().into_iter().filter(|request| request.method == "PATCH").collect()
}

/// The ids of the attempts.
pub fn ids(computer: &Computer) -> BTreeSet<String> {
    let id = |request: &RequestRecord| request.header("x-bultra-idempotency-id").unwrap().to_owned();
    patches(computer).iter().map(id).collect()
}

/// How many changes took effect.
pub fn writes(computer: &Computer, id: &str) -> u32 {
    let customer = id.split('/').next().unwrap();
    computer.sandbox.bultra_rows().into_iter().find(|row| row.id == customer).unwrap().writes
}

/// Whether a body is a `ContactPatch` of the contract.
fn assert_patch(body: &str) -> Value {
    let path = desk_tests::page::repository().join("tests/contracts/bultra.openapi.yaml");
    let contract: Value = serde_norway::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let schema = json!({ "$ref": "#/components/schemas/ContactPatch", "components": contract["components"] });
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let body: Value = serde_json::from_str(body).unwrap();
    let errors: Vec<_> = validator.iter_errors(&body).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new(), "{body}");
    body
}

async fn begin(program: &Program, id: &str) -> Value {
    let request = reference(program, id).await;
    program.call("update_begin", request).await
}

/// A record that was read, and a draft that changes it.
pub async fn changing(program: &Program, id: &str, texts: &[(&str, &str)]) -> Value {
    read(program, id).await;
    let draft = begin(program, id).await;
    program.save(&draft["id"], texts).await.unwrap();
    program.draft(&draft["id"]).await
}

/// Submits a draft as it is now.
pub async fn send(program: &Program, draft: &Value) -> Value {
    let draft = program.draft(&draft["id"]).await;
    program.run("draft_submit", submission(&draft)).await
}

/// The same where it may wait.
pub async fn waiting(program: &Program, draft: &Value) -> Value {
    let mut request = submission(&program.draft(&draft["id"]).await);
    request["may_wait"] = json!(true);
    program.run("draft_submit", request).await
}

#[rstest]
#[case(Who::Customer)]
#[case(Who::Individual)]
#[tokio::test]
async fn what_changes_is_sent_and_the_record_is_read_again(#[case] who: Who) {
    let computer = computer();
    let program = computer.start().await;
    let id = who.id(&computer);
    let before = held(&computer, &id);
    let name = read(&program, &id).await["name"].clone();
    let draft = begin(&program, &id).await;
    assert_eq!((&draft["update"]["name"], &draft["update"]["missing"]), (&name, &json!([])));
    assert_eq!((&draft["persons"], &draft["check"]["problems"]), (&json!([]), &json!([])));
    assert_eq!(program.draft_row(&draft["id"]).await["name"], name, "the list knows whose it is");
    let nothing = program.draft(&draft["id"]).await;
    assert_eq!(program.fails("draft_submit", submission(&nothing)).await["code"], "update.nothing");

    program.save(&draft["id"], &[(PHONE, "+61 2 5550 7766"), (CITY, "Perth")]).await.unwrap();
    let review = program.call("draft_review", json!({ "draft": draft["id"] })).await;
    let rows: Vec<_> = review["update"]["changes"].as_array().unwrap().iter().map(|row| row["path"].clone()).collect();
    assert_eq!(rows, [CITY, PHONE], "{review}");
    assert!(!review.to_string().contains(before["phone"].as_str().unwrap()), "what was is masked");
    let told = send(&program, &draft).await;
    assert_eq!((&told["outcome"], &told["customer_id"]), (&json!("accepted"), &json!(id)), "{told}");

    let sent = patches(&computer);
    assert_eq!(sent.len(), 1);
    assert!(sent[0].path.ends_with(&format!("/customers/{id}")), "{}", sent[0].path);
    let body = assert_patch(&sent[0].body);
    let mut address = who.address(&before).clone();
    address["city"] = json!("Perth");
    assert_eq!(
        body,
        json!({ "phone": NEW_PHONE, "address": address }),
        "the address whole, the email address not at all"
    );
    assert!(uuid(sent[0].header("x-bultra-idempotency-id").unwrap()));

    let read_back = || async { !program.draft(&draft["id"]).await["outcome"]["read_back"].is_null() };
    program.until("the record is read again", read_back).await;
    assert_eq!(program.draft(&draft["id"]).await["outcome"]["read_back"]["differs"], json!([]));
    let found = program.drafts(json!({ "query": name })).await;
    assert!(found["drafts"].as_array().unwrap().iter().any(|row| row["id"] == draft["id"]), "it is found by that name");
    let open = program.call("customer_open", reference(&program, &id).await).await;
    assert_eq!((&open["readings"], &open["changed"], &open["update"]), (&json!(2), &Value::Null, &Value::Null));
    assert_eq!(open["name"], name, "the partial answer to the change was never kept");
    let now = held(&computer, &id);
    assert_eq!((&now["phone"], &who.address(&now)["city"]), (&json!(NEW_PHONE), &json!("Perth")));
    assert_eq!(now["email"], before["email"]);
}

fn uuid(text: &str) -> bool {
    text.len() == 36 && text.matches('-').count() == 4
}

#[rstest]
#[case::email(EMAIL)]
#[case::phone(PHONE)]
#[case::line(LINE1)]
#[tokio::test]
async fn what_a_change_cannot_clear_is_asked_for(#[case] path: &str) {
    let computer = computer();
    let program = computer.start().await;
    let id = Who::Individual.id(&computer);
    let draft = changing(&program, &id, &[(path, "")]).await;
    let missing = draft["check"]["missing"].as_array().unwrap();
    assert!(missing.iter().any(|missing| missing["path"] == path), "{missing:?}");
    assert_eq!(program.fails("draft_submit", submission(&draft)).await["code"], "draft.blocked");
    assert_eq!(patches(&computer).len(), 0);
}

/// No page says whether an address that leaves a part out clears it; what became of it is said.
#[rstest]
#[case::the_whole_is_new(AddressRule::Replaces, false)]
#[case::what_is_left_out_stays(AddressRule::Merges, true)]
#[tokio::test]
async fn a_part_of_an_address_that_is_cleared_is_left_out_and_read_back(
    #[case] rule: AddressRule,
    #[case] stays: bool,
) {
    let computer = computer();
    computer.sandbox.set_address_rule(rule);
    let program = computer.start().await;
    let id = Who::Individual.id(&computer);
    let draft = changing(&program, &id, &[(STATE, "")]).await;
    assert_eq!(send(&program, &draft).await["outcome"], "accepted");
    let body = assert_patch(&patches(&computer)[0].body);
    assert_eq!((body["address"].get("state"), &body["address"]["line1"]), (None, &json!("1 Low Street")));
    let read_back = || async { !program.draft(&draft["id"]).await["outcome"]["read_back"].is_null() };
    program.until("the record is read again", read_back).await;
    let differs = if stays { json!([STATE]) } else { json!([]) };
    assert_eq!(program.draft(&draft["id"]).await["outcome"]["read_back"]["differs"], differs);
    assert_eq!(held(&computer, &id)["address"].get("state").is_some(), stays);
}

#[tokio::test]
async fn what_this_platform_does_not_take_is_not_offered() {
    let computer = computer();
    let program = computer.start().await;
    let id = Who::Customer.id(&computer);
    let draft = changing(&program, &id, &[]).await;
    let connection = practice(&program).await;
    assert_eq!(program.refused("draft_create", json!({ "connection": connection })).await.code, "unsupported");
    let copy = json!({ "connection": connection, "customer_id": id });
    assert_eq!(program.refused("draft_from_customer", copy).await.code, "unsupported");
    assert_eq!(program.refused("draft_duplicate", json!({ "draft": draft["id"] })).await.code, "unsupported");
    let file = json!({ "draft": draft["id"], "path": "business_details/business_identifier_document_list/0",
        "file_type": "business_registration", "name": "paper.pdf", "content": "" });
    assert_eq!(program.refused("document_add", file).await.code, "unsupported");
    let fields: BTreeSet<_> =
        draft["fields"].as_array().unwrap().iter().map(|field| field["section"].as_str().unwrap()).collect();
    assert_eq!(fields, BTreeSet::from(["registration_address", "primary_contact"]));
}

#[tokio::test]
async fn personal_values_of_the_form_stay_masked_until_they_are_asked_for() {
    let computer = computer();
    let program = computer.start().await;
    let id = Who::Individual.id(&computer);
    let draft = changing(&program, &id, &[]).await;
    let untouched = draft["update"]["untouched"].as_array().unwrap();
    let masked: BTreeSet<_> = untouched.iter().map(|row| row["path"].as_str().unwrap()).collect();
    assert!([EMAIL, PHONE, LINE1, CITY, STATE].iter().all(|path| masked.contains(path)), "{masked:?}");
    assert!(!draft.to_string().contains("1 Low Street"));
    let asked = json!({ "draft": draft["id"], "path": LINE1 });
    assert_eq!(program.call("draft_reveal", asked).await["value"], "1 Low Street");
    let rows = program.activity(json!({ "query": "customer.reveal" })).await;
    assert!(rows["rows"][0].to_string().contains(&id), "{}", rows["rows"][0]);
}

#[rstest]
#[case(Who::Customer)]
#[case(Who::Individual)]
#[tokio::test]
async fn what_others_changed_elsewhere_is_taken_over(#[case] who: Who) {
    let computer = computer();
    let program = computer.start().await;
    let id = who.id(&computer);
    let draft = changing(&program, &id, &[(CITY, "Perth")]).await;
    change(&computer, &id, |held| {
        held.insert("email".to_owned(), json!("theirs@elsewhere.example"));
        let address = match who {
            Who::Customer => &mut held["individual"]["address"],
            Who::Individual => &mut held["address"],
        };
        address["state"] = json!("WA");
    });
    assert_eq!(send(&program, &draft).await["outcome"], "accepted");
    let body = assert_patch(&patches(&computer)[0].body);
    assert_eq!((&body["address"]["state"], &body["address"]["city"]), (&json!("WA"), &json!("Perth")));
    assert_eq!(body.get("email"), None);
    let now = held(&computer, &id);
    assert_eq!((&now["email"], &who.address(&now)["city"]), (&json!("theirs@elsewhere.example"), &json!("Perth")));
}

#[rstest]
#[case(Who::Customer)]
#[case(Who::Individual)]
#[tokio::test]
async fn what_both_changed_is_for_a_person_before_anything_is_sent(#[case] who: Who) {
    let computer = computer();
    let program = computer.start().await;
    let id = who.id(&computer);
    let draft = changing(&program, &id, &[(PHONE, NEW_PHONE)]).await;
    change(&computer, &id, |held| drop(held.insert("phone".to_owned(), json!("+61255509999"))));
    let told = send(&program, &draft).await;
    assert_eq!((&told["outcome"], &told["reason"]["code"]), (&json!("not_sent"), &json!("update.clash")));
    assert_eq!(patches(&computer).len(), 0);
    let merge = program.call("update_merge", json!({ "draft": draft["id"] })).await;
    let clash = &merge["clashes"][0];
    assert_eq!((&clash["path"], &clash["mine"], &clash["masked"]), (&json!(PHONE), &json!(NEW_PHONE), &json!(true)));
    let choices = json!([{ "path": PHONE, "mine": true }]);
    let settle = json!({ "draft": draft["id"], "reading": merge["reading"], "choices": choices, "persons": [] });
    program.call("update_settle", settle).await;
    assert_eq!(send(&program, &draft).await["outcome"], "accepted");
    assert_eq!((&held(&computer, &id)["phone"], writes(&computer, &id)), (&json!(NEW_PHONE), 1));
}

#[tokio::test]
async fn what_waited_is_read_again_and_a_clash_is_a_conflict_of_two_masked_sides() {
    let computer = computer();
    let program = computer.start().await;
    let id = Who::Individual.id(&computer);
    let draft = changing(&program, &id, &[(CITY, "Perth")]).await;
    // What was read for the draft is old by now.
    program.desk.clock().advance(120_000);
    let away = [Route::Individual, Route::PatchIndividual].map(|route| FaultRule::status(route, 503));
    computer.sandbox.set_faults(away.to_vec());
    assert_eq!(waiting(&program, &draft).await["outcome"], "waiting");
    change(&computer, &id, |held| held["address"]["city"] = json!("Launceston"));
    computer.sandbox.set_faults(vec![]);
    program.desk.clock().advance(600_000);
    becomes(&program, &draft["id"], "conflict").await;
    let view = program.call("conflict_open", json!({ "draft": draft["id"] })).await;
    let row = &view["rows"][0];
    assert_eq!((&row["path"], &row["ours"], &row["masked"]), (&json!(CITY), &json!("Perth"), &json!(true)), "{view}");
    assert_eq!(row["theirs"], "••••••••");
    assert_eq!(patches(&computer).len(), 0);
    program.call("conflict_settle", json!({ "draft": draft["id"], "take": "open" })).await;
    let merge = program.call("update_merge", json!({ "draft": draft["id"] })).await;
    let choices = json!([{ "path": CITY, "mine": false }]);
    let settle = json!({ "draft": draft["id"], "reading": merge["reading"], "choices": choices, "persons": [] });
    program.call("update_settle", settle).await;
    assert_eq!(held(&computer, &id)["address"]["city"], "Launceston");
}
