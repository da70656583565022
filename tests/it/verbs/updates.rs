//! An update is made of the newest reading, sent as frozen, and judged by what the customer is afterwards (DECISIONS 8, 9, 12).

use std::time::Duration;

use desk_core::outbox::UpdateRequest;
use desk_domain::customer::CustomerPath;
use desk_sandbox::{CarriedOut, Fault, FaultRule, Route};
use serde_json::{Value, json};

use super::computer::{Computer, Program};
use super::form::{AMOUNT, filled, practice, submit};

const CITY: &str = "registration_address/registration_address_city";
const WEBSITE: &str = "business_details/website";
const BIRTH: &str = "business_person_list/0/basic_info/birth_date";
const REVENUE: &str = "account_usage/estimated_monthly_revenue_amount";

/// A customer that was made here and read again, whole.
pub async fn customer(program: &Program) -> String {
    let draft = filled(program).await;
    let view = submit(program, &draft).await;
    assert_eq!(view["outcome"], "accepted", "{view}");
    let id = view["customer_id"].as_str().unwrap().to_owned();
    read(program, &id).await;
    id
}

/// Reads a customer from the platform.
pub async fn read(program: &Program, id: &str) {
    let connection = practice(program, "typed").await;
    let request = json!({ "connection": connection, "by": "customer_id", "value": id });
    program.run("customer_lookup", request).await;
}

/// What is to change of a customer.
pub async fn request(program: &Program, customer_id: &str, changes: &[(&str, Option<&str>)]) -> UpdateRequest {
    let connection = practice(program, "typed").await;
    let change = |(path, text): &(&str, Option<&str>)| (path.parse::<CustomerPath>().unwrap(), text.map(str::to_owned));
    UpdateRequest {
        connection: connection.as_str().unwrap().parse().unwrap(),
        customer_id: customer_id.to_owned(),
        changes: changes.iter().map(change).collect(),
        may_wait: true,
    }
}

/// Queues an update; the id of its draft.
pub async fn update(program: &Program, customer_id: &str, changes: &[(&str, Option<&str>)]) -> Value {
    let request = request(program, customer_id, changes).await;
    json!(program.desk.queue_update(request).await.unwrap())
}

/// Waits until a draft is in a state.
pub async fn becomes(program: &Program, draft: &Value, state: &str) -> Value {
    let is = || async { program.draft(draft).await["state"] == state };
    program.until(&format!("the draft becomes {state}"), is).await;
    program.draft(draft).await
}

/// What the platform holds of a customer.
pub fn held(computer: &Computer, customer_id: &str) -> Value {
    let rows = computer.sandbox.rows();
    rows.into_iter().find(|row| row.customer_id == customer_id).unwrap().customer
}

/// How often the platform was asked to update a customer.
pub fn posts(computer: &Computer) -> usize {
    computer.sandbox.requests().iter().filter(|request| request.path.ends_with("/update")).count()
}

#[tokio::test]
async fn an_update_changes_its_leaves_and_nothing_else() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let mut expected = held(&computer, &id);
    let changes =
        [(CITY, Some("Perth")), (WEBSITE, None), (BIRTH, Some("1991-02-03")), (REVENUE, Some("98765432109876543.21"))];
    let draft = update(&program, &id, &changes).await;
    let after = becomes(&program, &draft, "accepted").await;
    assert_eq!(after["outcome"]["customer_id"], json!(id));

    expected["registration_address"]["registration_address_city"] = json!("Perth");
    expected["business_details"].as_object_mut().unwrap().shift_remove("website");
    expected["business_person_list"][0]["basic_info"]["birth_date"] = json!("1991-02-03T00:00:00Z");
    expected["account_usage"]["estimated_monthly_revenue_amount"] =
        serde_json::from_str("98765432109876543.21").unwrap();
    let mut now = held(&computer, &id);
    for side in [&mut expected, &mut now] {
        side.as_object_mut().unwrap().shift_remove("status");
    }
    assert_eq!(now, expected, "and {AMOUNT} was there before");
    assert_eq!(posts(&computer), 1);
}

#[tokio::test]
async fn an_update_whose_answer_was_lost_is_found_and_not_sent_twice() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    computer.sandbox.set_faults(vec![FaultRule::new(Route::Update, Fault::Reset).carried_out(CarriedOut::Yes)]);
    let draft = update(&program, &id, &[(CITY, Some("Perth"))]).await;
    becomes(&program, &draft, "accepted").await;
    assert_eq!(held(&computer, &id)["registration_address"]["registration_address_city"], "Perth");
    assert_eq!(posts(&computer), 1);
}

#[tokio::test]
async fn a_customer_that_is_as_before_proves_nothing_yet() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let late = CarriedOut::Later(Duration::from_secs(60));
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Update, 502).carried_out(late)]);
    let draft = update(&program, &id, &[(CITY, Some("Perth"))]).await;
    let missed = || async { program.draft(&draft).await["outcome"]["reason"]["code"] == "lookup.missed" };
    program.until("the customer is read and is as before", missed).await;
    assert_eq!(program.draft(&draft).await["state"], "unknown");
    computer.sandbox.advance_clock(Duration::from_secs(61));
    let found = program.run("submission_lookup", json!({ "draft": draft })).await;
    assert_eq!(found["outcome"], "accepted", "{found}");
    assert_eq!(posts(&computer), 1);
}

#[tokio::test]
async fn what_cannot_be_made_is_refused_and_nothing_is_written() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    let drafts = program.drafts(json!({})).await["total"].clone();
    let ask = async |id: &str, changes: &[(&str, Option<&str>)]| {
        let request = request(&program, id, changes).await;
        let error = program.desk.queue_update(request).await.unwrap_err();
        (error.code, error.fields.into_iter().map(|field| field.path).collect::<Vec<_>>())
    };
    assert_eq!(ask("cus_nobody", &[(CITY, Some("Perth"))]).await.0, "not_found");
    assert_eq!(ask(&id, &[(BIRTH, Some("soon"))]).await, ("request.unreadable".to_owned(), vec![BIRTH.to_owned()]));
    assert_eq!(ask(&id, &[("status", Some("Succeeded"))]).await.0, "request.unreadable");
    let far = "business_person_list/7/basic_info/first_name";
    assert_eq!(ask(&id, &[(far, Some("Wei"))]).await.1, [far]);
    assert_eq!(program.drafts(json!({})).await["total"], drafts);
    assert_eq!(posts(&computer), 0);
}

#[tokio::test]
async fn a_second_update_waits_for_the_first_ones_end() {
    let computer = Computer::new();
    let program = computer.start().await;
    let id = customer(&program).await;
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Update, 502)]);
    let first = update(&program, &id, &[(CITY, Some("Perth"))]).await;
    let again = request(&program, &id, &[(WEBSITE, None)]).await;
    let error = program.desk.queue_update(again.clone()).await.unwrap_err();
    assert_eq!(error.code, "update.waiting", "it would be made of what the first one changes");
    becomes(&program, &first, "unknown").await;
    assert_eq!(program.desk.queue_update(again).await.unwrap_err().code, "update.waiting");
}

#[tokio::test]
async fn what_a_sparse_reading_lacks_is_sent_as_it_was_sent_before() {
    let computer = Computer::new();
    let program = computer.start().await;
    let draft = filled(&program).await;
    // The answer to the create is as the samples, and the whole customer cannot be read.
    computer.sandbox.set_faults(vec![FaultRule::status(Route::Detail, 500)]);
    let view = submit(&program, &draft).await;
    let id = view["customer_id"].as_str().unwrap();
    let before = held(&computer, id);
    let draft = update(&program, id, &[("primary_contact/contact_email", Some("new@lanternquay.example"))]).await;
    becomes(&program, &draft, "accepted").await;
    let now = held(&computer, id);
    for section in ["business_details", "registration_address", "business_person_list"] {
        assert_eq!(now[section], before[section]);
    }
    assert_eq!(now["primary_contact"]["contact_email"], "new@lanternquay.example");
}

#[tokio::test]
async fn what_nobody_knows_is_named_and_nothing_is_sent() {
    let computer = Computer::new();
    let program = computer.start().await;
    let sparse = computer.sandbox.rows().into_iter().find(|row| row.sparse).unwrap();
    read(&program, &sparse.customer_id).await;
    let request = request(&program, &sparse.customer_id, &[(CITY, Some("Perth"))]).await;
    let error = program.desk.queue_update(request).await.unwrap_err();
    assert_eq!(error.code, "update.incomplete");
    assert!(error.fields.iter().all(|field| field.code == "field.required") && !error.fields.is_empty(), "{error:?}");
    assert_eq!(posts(&computer), 0);
}
