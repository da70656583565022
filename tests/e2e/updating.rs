//! A customer is changed: what is sent is what was shown, and what somebody else changed meanwhile is never undone unasked.

use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::somebody::faults_of;
use desk_tests::story::{look_up, wait_saved};
use desk_tests::world::World;
use serde_json::{Value, json};
use thirtyfour::Key;

const CITY: &str = "registration_address/registration_address_city";
const WEBSITE: &str = "business_details/website";
const EMAIL: &str = "primary_contact/contact_email";

/// Opens the update of a customer that is looked up first.
async fn begin(page: &Page, customer_id: &str) -> Result<(), Trouble> {
    look_up(page, "Customer ID", customer_id).await?;
    page.press("Update").await?;
    page.see("Update, as read today").await
}

async fn review(page: &Page) -> Result<(), Trouble> {
    wait_saved(page).await?;
    page.chord(&[Key::Control], "6").await?;
    page.see("Is sent").await
}

async fn submit(page: &Page) -> Result<(), Trouble> {
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await
}

/// The platform's customer with the leaves of a body in their places, as the contract's update does it.
fn after(customer: &Value, changes: &[(&str, &str)]) -> Value {
    let mut expected = customer.clone();
    for (path, text) in changes {
        *expected.pointer_mut(&format!("/{path}")).unwrap_or(&mut json!(null)) = json!(text);
    }
    expected
}

#[tokio::test]
async fn what_both_sides_changed_is_chosen_and_the_body_is_what_was_shown() -> Result<(), Trouble> {
    let world = World::new().await?;
    let row = world.whole_customer()?;
    let page = world.start().await?;
    begin(&page, &row.customer_id).await?;
    let email = row.customer["primary_contact"]["contact_email"].as_str().unwrap_or_default();
    assert!(!page.script("return document.documentElement.outerHTML", vec![]).await?.to_string().contains(email));
    let hidden = page.field_at(EMAIL).await?.prop("placeholder").await?.unwrap_or_default();
    assert!(hidden.contains('•'), "what was read is hidden");
    page.look_and_walk("update").await?;

    page.retype(CITY, "Perth").await?;
    page.retype(WEBSITE, "https://perth.example/").await?;
    page.fill(EMAIL, "office@perth.example").await?;
    assert_eq!(page.value_at(EMAIL).await?, "office@perth.example", "typing replaces what is hidden");
    review(&page).await?;
    page.see("3 changes in sandbox").await?;
    for shown in ["Perth", "https://perth.example/", "office@perth.example"] {
        page.see(shown).await?;
    }
    assert!(!page.text().await?.contains(email), "what it was is hidden");
    page.look_and_walk("review-update").await?;

    // Somebody else changes the same field, and another one.
    world.changed_elsewhere(&row.customer_id, |body| {
        body["registration_address"]["registration_address_city"] = json!("Hobart");
        body["account_usage"]["goods_service_description"] = json!("Apples and pears");
    })?;
    submit(&page).await?;
    page.see("Choose what stays").await?;
    assert_eq!(world.updates(), Vec::<Value>::new(), "nothing is sent before it is chosen");
    page.press("Choose what stays").await?;
    page.see("1 value was changed here and on the platform, each otherwise.").await?;
    for shown in ["Perth", "Hobart", "0 of 1 chosen"] {
        page.see(shown).await?;
    }
    page.look_and_walk("choose").await?;
    page.pick("City: yours").await?;
    page.see("1 of 1 chosen").await?;
    page.press("Use these and review").await?;
    page.see("3 changes in sandbox").await?;
    page.see("Hobart").await?;
    page.look_at("review-update-settled").await?;
    let held = world.held(&row.customer_id)?;
    submit(&page).await?;
    page.see("Accepted.").await?;
    page.see("Read again: the platform has what was sent.").await?;
    page.look_and_walk("updated").await?;

    let sent = world.updates();
    assert_eq!(sent.len(), 1, "it was sent once");
    assert_eq!(faults_of("UpdateCustomerRequest", &sent[0])?, Vec::<String>::new());
    let changes = [(CITY, "Perth"), (WEBSITE, "https://perth.example/"), (EMAIL, "office@perth.example")];
    let expected = after(&held, &changes);
    for section in
        ["business_details", "registration_address", "account_usage", "primary_contact", "business_person_list"]
    {
        assert_eq!(sent[0][section], expected[section], "{section}: what was shown, and the rest as it is there");
    }
    let now = world.held(&row.customer_id)?;
    assert_eq!(now["account_usage"]["goods_service_description"], "Apples and pears", "nobody's change is undone");
    page.quit().await
}

#[tokio::test]
async fn a_sparse_customer_is_updated_without_losing_a_leaf() -> Result<(), Trouble> {
    let world = World::new().await?;
    let row = world.whole_customer()?;
    let page = world.start().await?;
    // The first update makes our own body the one that was accepted last: later answers leave out what it holds.
    begin(&page, &row.customer_id).await?;
    page.retype(CITY, "Perth").await?;
    review(&page).await?;
    submit(&page).await?;
    page.see("Read again: the platform has what was sent.").await?;
    let whole = world.held(&row.customer_id)?;
    assert!(world.platform()?.answer_sparsely(&row.customer_id, true));

    begin(&page, &row.customer_id).await?;
    page.see("As last known, the platform left it out").await?;
    page.look_and_walk("update-sparse").await?;
    page.retype(EMAIL, "sparse@perth.example").await?;
    review(&page).await?;
    page.see("1 change in sandbox").await?;
    submit(&page).await?;
    page.see("Accepted.").await?;
    page.see_no_more("Reading it again").await?;
    let changed = after(&whole, &[(EMAIL, "sparse@perth.example")]);
    let now = world.held(&row.customer_id)?;
    for section in
        ["business_details", "registration_address", "account_usage", "primary_contact", "business_person_list"]
    {
        assert_eq!(now[section], changed[section], "{section} is whole");
    }
    page.quit().await
}

#[tokio::test]
async fn an_update_is_kept_as_it_was_or_shown_by_keys_alone() -> Result<(), Trouble> {
    let world = World::new().await?.sized(1024, 640);
    let row = world.whole_customer()?;
    let email = row.customer["primary_contact"]["contact_email"].as_str().unwrap_or_default();
    let page = world.start().await?;
    begin(&page, &row.customer_id).await?;
    page.look_at("update-small").await?;
    page.fill(EMAIL, "other@perth.example").await?;
    page.see_at(EMAIL, "Changed").await?;
    page.field_at(EMAIL).await?.send_keys(Key::Shift + Key::F2).await?;
    page.wait_script(
        "what was read",
        "return document.querySelector('input[id$=contact_email]')?.placeholder.includes('•') && document.querySelector('input[id$=contact_email]').value === ''",
        vec![],
    )
    .await?;
    page.field_at(EMAIL).await?.send_keys(Key::F2 + "").await?;
    page.wait_script(
        "what was read, shown",
        "return document.querySelector('input[id$=contact_email]')?.value === arguments[0]",
        vec![json!(email)],
    )
    .await?;
    page.look_at("update-shown").await?;
    review(&page).await.err();
    page.see("Change a field first: nothing is changed.").await?;
    page.look_at("review-update-nothing").await?;
    assert_eq!(world.updates(), Vec::<Value>::new());
    page.quit().await
}
