//! The second platform, as its user meets it: its list, its customers and individuals, what of them can be changed. Every
//! call is judged against the contract.

use std::collections::BTreeSet;

use desk_sandbox::{BultraRow, CarriedOut, Fault, FaultRule, Route};
use desk_tests::bultra::{Operation, faults_of_call};
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::{choose_connection, wait_saved};
use desk_tests::world::World;
use serde_json::{Value, json};
use thirtyfour::Key;

const PRACTICE: &str = "Practice (Bultra)";
const EMAIL: &str = "primary_contact/contact_email";
const CITY: &str = "registration_address/registration_address_city";

/// A corporation in use whose first individual has an email address and is named with its role.
fn corporation(world: &World) -> Result<(BultraRow, Value), Trouble> {
    let row = world.bultra_row(|row| {
        let first = row.individuals.first();
        row.party == "CORPORATION"
            && row.status == "ACTIVE"
            && !row.name.is_empty()
            && row.customer["email"].is_string()
            && ["line1", "city", "country"].iter().all(|part| row.customer["corporation"]["address"][part].is_string())
            && first.is_some_and(|first| first["email"].is_string() && first["address"]["city"].is_string())
    })?;
    let first = row.individuals[0].clone();
    Ok((row, first))
}

async fn look_up(page: &Page, id: &str) -> Result<(), Trouble> {
    page.press("Customers").await?;
    page.press("Look up an ID").await?;
    page.see("Bultra is asked by its own IDs only.").await?;
    page.type_into("Customer ID", id).await?;
    page.keys(Key::Enter + "").await
}

async fn review(page: &Page) -> Result<(), Trouble> {
    wait_saved(page).await?;
    page.chord(&[Key::Control], "3").await?;
    page.see("Is sent").await
}

async fn submit(page: &Page) -> Result<(), Trouble> {
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await
}

/// Opens the update of a customer that is looked up first, and types another email address.
async fn begin(page: &Page, id: &str, email: &str) -> Result<(), Trouble> {
    look_up(page, id).await?;
    page.see("Read again").await?;
    page.press("Update").await?;
    page.fill(EMAIL, email).await?;
    review(page).await
}

/// A computer whose window is on the practice connection.
async fn practising(world: &World) -> Result<Page, Trouble> {
    let page = world.start().await?;
    choose_connection(&page, PRACTICE).await?;
    Ok(page)
}

/// Nothing was called that the contract does not have, and nothing otherwise than it says.
fn judged(world: &World) -> Result<BTreeSet<Operation>, Trouble> {
    let calls = world.bultra_calls();
    for call in &calls {
        assert_eq!(faults_of_call(call)?, Vec::<String>::new(), "{} {}?{}", call.method, call.path, call.query);
    }
    Ok(calls.iter().filter_map(Operation::of).collect())
}

#[tokio::test]
async fn every_call_of_the_platform_is_made_from_its_screen_and_fits_the_contract() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = practising(&world).await?;
    let (row, person) = corporation(&world)?;
    let person_id = person["id"].as_str().unwrap_or_default().to_owned();

    page.press("Read (100)").await?;
    page.see("100 read of the list of").await?;
    page.see("Not read yet").await?;
    page.look_and_walk("bultra-list").await?;
    page.press("Read on (100)").await?;
    page.see("200 read of the list of").await?;

    look_up(&page, &row.id).await?;
    page.see("Read again").await?;
    page.see("Corporation").await?;
    page.look_and_walk("bultra-customer").await?;
    let email = row.customer["email"].as_str().unwrap_or_default();
    assert!(!page.text().await?.contains(email), "what is personal is masked");

    page.press("Individuals").await?;
    page.see("Not read yet").await?;
    page.look_and_walk("bultra-individuals").await?;
    page.type_into("Individual ID", &person_id).await?;
    page.keys(Key::Enter + "").await?;
    page.see("Individual of").await?;
    page.look_and_walk("bultra-individual").await?;
    page.press("Update").await?;
    page.see("Update contact data").await?;
    page.fill(EMAIL, "jane@elsewhere.example").await?;
    page.look_and_walk("bultra-update").await?;
    review(&page).await?;
    page.see("1 change in sandbox").await?;
    page.look_and_walk("bultra-review").await?;
    submit(&page).await?;
    page.see("Accepted.").await?;
    page.see("Read again: the platform has what was sent.").await?;
    page.look_and_walk("bultra-updated").await?;

    look_up(&page, &row.id).await?;
    page.see("Read again").await?;
    page.press("Update").await?;
    page.fill(CITY, "Perth").await?;
    review(&page).await?;
    page.see("The address is sent whole").await?;
    submit(&page).await?;
    page.see("Read again: the platform has what was sent.").await?;

    page.press("Connections").await?;
    page.press(PRACTICE).await?;
    page.press("Test connection").await?;
    page.see("The connection works").await?;
    page.look_and_walk("bultra-connection").await?;

    assert_eq!(judged(&world)?, BTreeSet::from(Operation::ALL));
    let now = world.bultra_row(|now| now.id == row.id)?;
    assert_eq!(now.writes, 2, "the customer was changed once, and its individual once");
    let changed = now.individuals.iter().find(|one| one["id"] == person["id"]).ok_or("the individual is gone")?;
    assert_eq!(changed["email"], "jane@elsewhere.example");
    assert_eq!(world.patches().len(), 2);
    page.quit().await
}

#[tokio::test]
async fn a_change_made_meanwhile_is_shown_before_anything_is_sent() -> Result<(), Trouble> {
    let world = World::new().await?.sized(1024, 640);
    let page = practising(&world).await?;
    page.press("Read (100)").await?;
    page.see("100 read of the list of").await?;
    page.look_and_walk("bultra-list-small").await?;
    let (row, _) = corporation(&world)?;
    look_up(&page, &row.id).await?;
    page.see("Read again").await?;
    page.look_and_walk("bultra-customer-small").await?;
    page.press("Individuals").await?;
    page.see("Not read yet").await?;
    page.look_and_walk("bultra-individuals-small").await?;
    begin(&page, &row.id, "mine@desk.example").await?;
    page.chord(&[Key::Control], "2").await?;
    page.see("Contact and address only.").await?;
    page.look_and_walk("bultra-update-small").await?;
    page.chord(&[Key::Control], "3").await?;
    page.see("Is sent").await?;
    page.look_and_walk("bultra-review-small").await?;
    world.changed_at_bultra(&row.id, None, |customer| {
        customer.insert("email".to_owned(), json!("theirs@desk.example"));
    })?;
    submit(&page).await?;
    page.see("Choose what stays").await?;
    assert!(world.patches().is_empty(), "nothing is sent before it is chosen");
    page.press("Choose what stays").await?;
    page.see("1 value was changed here and on the platform, each otherwise.").await?;
    page.look_and_walk("bultra-choose").await?;
    page.pick("Contact email: yours").await?;
    page.press("Use these and review").await?;
    page.see("1 change in sandbox").await?;
    submit(&page).await?;
    page.see("Read again: the platform has what was sent.").await?;
    let sent = world.patches();
    assert_eq!(sent.len(), 1);
    assert_eq!(serde_json::from_str::<Value>(&sent[0].body)?, json!({ "email": "mine@desk.example" }));
    judged(&world)?;
    page.quit().await
}

#[tokio::test]
async fn a_patch_whose_answer_is_lost_is_read_again_and_never_doubled() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = practising(&world).await?;
    let (row, _) = corporation(&world)?;
    begin(&page, &row.id, "lost@desk.example").await?;
    let sandbox = world.platform()?;
    // The platform breaks off without having done it, and then does not answer who asks.
    sandbox.set_faults(vec![FaultRule::new(Route::PatchCustomer, Fault::Reset).carried_out(CarriedOut::No).times(1)]);
    submit(&page).await?;
    page.see("Nobody knows yet whether the platform has it.").await?;
    page.kill().await?;

    let page = world.start().await?;
    sandbox.set_faults(Vec::new());
    for _ in 0..4 {
        world.door("advance 600000").await?;
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    }
    page.press("Drafts").await?;
    page.see("Accepted").await?;
    let sent = world.patches();
    let ids: BTreeSet<_> = sent.iter().map(|call| call.header("x-bultra-idempotency-id").map(str::to_owned)).collect();
    assert_eq!((sent.len(), ids.len()), (2, 1), "sent again under the same id, after it was read");
    let kinds: Vec<_> = world.bultra_calls().iter().filter_map(Operation::of).collect();
    let first = kinds.iter().position(|kind| *kind == Operation::UpdateCustomer).unwrap_or_default();
    let again = kinds.iter().rposition(|kind| *kind == Operation::UpdateCustomer).unwrap_or_default();
    let read_between = kinds[first..again].iter().filter(|kind| **kind == Operation::GetCustomer).count();
    assert!(read_between >= 2, "it was read twice before it was sent again: {kinds:?}");
    assert_eq!(world.bultra_row(|now| now.id == row.id)?.writes, 1);
    judged(&world)?;
    page.quit().await
}

#[tokio::test]
async fn each_fault_of_the_token_has_words_of_its_own() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = practising(&world).await?;
    let (row, _) = corporation(&world)?;
    let sandbox = world.platform()?;
    let refused = |code: &str| Fault::Status {
        status: if code == "invalid_client" { 401 } else { 400 },
        content_type: "application/json".to_owned(),
        body: format!(r#"{{"error":"{code}"}}"#),
        retry_after_seconds: None,
    };
    let cases = [
        (Route::Token, refused("invalid_client"), "it refused the client ID or the client secret"),
        (Route::Token, refused("invalid_scope"), "the scope of the connection is not granted"),
        (Route::Token, Fault::Html, "answered with something that is no token"),
        (Route::Token, Fault::Reset, "where tokens come from, was not reached"),
    ];
    for (route, fault, words) in cases {
        sandbox.set_faults(vec![FaultRule::new(route, fault)]);
        look_up(&page, &row.id).await?;
        page.see(words).await?;
        page.no_barrier(words).await?;
        page.keys(Key::Escape + "").await?;
        page.wait_script("the dialog to close", "return !document.querySelector('dialog[open]')", vec![]).await?;
    }
    sandbox.set_faults(Vec::new());
    look_up(&page, &row.id).await?;
    page.see("Read again").await?;
    // A token that ended or was revoked is nobody's business.
    sandbox.revoke_tokens();
    page.press("Read again").await?;
    page.see_no_more("Reading").await?;
    assert!(!page.text().await?.contains("refused"));
    let tokens = world.bultra_calls().iter().filter(|call| Operation::of(call) == Some(Operation::ObtainToken)).count();
    assert_eq!(tokens, 4 + 2, "one for each fault, one, and one in place of the revoked one");
    page.quit().await
}
