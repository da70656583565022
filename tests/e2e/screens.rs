//! Every screen in each of its states, by keyboard alone: axe in light and dark, every control in reach of Tab with
//! nothing over it, the focus where its user expects it. Pictures of all of them stay in `pictures` beside the build.

use desk_sandbox::{CarriedOut, CustomerRow, Fault, FaultRule, Revision, Route};
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::{BUSINESS, REST, expect, look_up, wait_saved};
use desk_tests::world::World;
use serde_json::json;
use thirtyfour::Key;

/// The smallest window that is supported.
const SMALL: (u32, u32) = (1024, 640);

/// A name as long as the form takes without a warning.
const LONG_NAME: &str = "The Worshipful Society of Harbour Pilots, Lamplighters, Chandlers and Ropemakers of the Outer \
                         and Inner Islands Trading Company Pte. Limited";

/// A state that is looked at in every way.
async fn look(page: &Page, state: &str) -> Result<(), Trouble> {
    page.no_barrier(state).await?;
    page.shots(state).await
}

/// The same, and every control in reach.
async fn look_and_walk(page: &Page, state: &str) -> Result<(), Trouble> {
    look(page, state).await?;
    page.tab_reaches_everything(state).await
}

/// The first customer of the typed platform that is so.
fn customer(world: &World, wanted: impl Fn(&CustomerRow) -> bool) -> Result<CustomerRow, Trouble> {
    let found = world.rows().into_iter().find(|row| row.revision == Revision::Typed && wanted(row));
    Ok(found.ok_or("the sandbox has no such customer")?)
}

fn local_name(row: &CustomerRow) -> &str {
    row.customer["business_details"]["business_name"].as_str().unwrap_or_default()
}

fn has_letters(text: &str, of: std::ops::RangeInclusive<char>) -> bool {
    text.chars().any(|letter| of.contains(&letter))
}

/// A new draft with the business filled in, saved.
async fn begin_draft(page: &Page, name: &str) -> Result<(), Trouble> {
    page.chord(&[Key::Control], "n").await?;
    page.see("Draft without a name").await?;
    page.fill(BUSINESS[0].0, name).await?;
    wait_saved(page).await
}

async fn open_review(page: &Page) -> Result<(), Trouble> {
    page.chord(&[Key::Control], "6").await?;
    page.see("Submit to sandbox").await
}

/// Sends what the review shows, warnings included, without what the house requires.
async fn send_anyway(page: &Page) -> Result<(), Trouble> {
    open_review(page).await?;
    page.see("Send anyway, without them").await?;
    page.tick_everything().await?;
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await
}

#[tokio::test]
async fn customers_from_the_first_start_to_a_list_with_the_focus_kept() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.see("No customers on this computer yet").await?;
    let marked = "return performance.getEntriesByName('first-screen').length === 1";
    page.wait_script("the mark of the first screen", marked, vec![]).await?;
    look_and_walk(&page, "customers-empty").await?;

    page.press("Look up an ID").await?;
    page.focus_is_on("Customer ID").await?;
    page.keys(Key::Enter + "").await?;
    page.see("Enter the customer ID").await?;
    page.focus_is_on("Customer ID").await?;
    look(&page, "customers-nothing-entered").await?;
    page.keys("cus_nobody" + Key::Enter).await?;
    page.see("The platform has no customer with this customer ID.").await?;
    look_and_walk(&page, "customers-missed").await?;
    page.keys(Key::Escape + "").await?;
    page.focus_is_on("Look up an ID").await?;

    let arabic = customer(&world, |row| !row.sparse && has_letters(local_name(row), '\u{600}'..='\u{6ff}'))?;
    let unknown = customer(&world, |row| row.status == "on_hold_l2")?;
    for row in [&arabic, &unknown] {
        look_up(&page, "Customer ID", &row.customer_id).await?;
    }
    page.press("Customers").await?;
    page.see("2 on this computer").await?;
    let name = unknown.customer["business_details"]["business_name_english"].as_str().unwrap_or_default();
    page.focus_is_on(name).await?;
    look_and_walk(&page, "customers").await?;
    page.press(name).await?;
    page.see("Read again").await?;
    page.press("Customers").await?;
    page.focus_is_on(name).await?;
    page.keys(Key::Down + "").await?;
    assert_ne!(page.focused().await?, name, "the arrow goes to the next row");
    page.keys(Key::Enter + "").await?;
    page.see("Read again").await?;
    page.quit().await
}

#[tokio::test]
async fn a_customer_of_every_kind_and_a_value_that_is_shown() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let kinds = [
        ("arabic", customer(&world, |row| !row.sparse && has_letters(local_name(row), '\u{600}'..='\u{6ff}'))?),
        ("han", customer(&world, |row| !row.sparse && has_letters(local_name(row), '\u{4e00}'..='\u{9fff}'))?),
        ("sparse", customer(&world, |row| row.sparse)?),
        ("unknown-fields", customer(&world, |row| row.customer.get("risk_tier").is_some())?),
        ("unknown-status", customer(&world, |row| row.status == "on_hold_l2")?),
    ];
    for (kind, row) in &kinds {
        look_up(&page, "Customer ID", &row.customer_id).await?;
        page.see(&row.status).await?;
        page.see("As read today").await?;
        look(&page, &format!("customer-{kind}")).await?;
    }
    page.press("Copy Customer ID").await?;
    page.see("Customer ID copied").await?;
    let head = "const head = document.querySelector('header.top').getBoundingClientRect();
      const read = document.getElementById('read-at').getBoundingClientRect();
      const id = document.getElementById('customer-id').getBoundingClientRect();
      return Math.abs(read.top - id.top) < 8 && head.height < 120";
    page.wait_script("ids and reading on one line", head, vec![]).await?;

    look_up(&page, "Customer ID", &kinds[1].1.customer_id).await?;
    page.tab_reaches_everything("customer").await?;
    page.press("Show Identifier number").await?;
    page.see("Hides in").await?;
    page.focus_is_on("Hide now").await?;
    look(&page, "customer-shown").await?;
    page.keys(Key::Escape + "").await?;
    page.see_no_more("Hides in").await?;
    let mut panes = Vec::new();
    for _ in 0..6 {
        page.keys(Key::F6 + "").await?;
        let pane = "return document.activeElement.closest('[data-pane]')?.dataset.pane ?? ''";
        panes.push(page.script(pane, vec![]).await?.as_str().unwrap_or_default().to_owned());
    }
    for wanted in ["head", "record", "history"] {
        assert!(panes.iter().any(|pane| pane == wanted), "F6 goes to {wanted}: {panes:?}");
    }
    page.quit().await
}

#[tokio::test]
async fn connections_with_their_dialog_and_both_ends_of_a_test() -> Result<(), Trouble> {
    let world = World::new().await?;
    let account = world.sandbox.as_ref().ok_or("no sandbox")?.axisfi_typed.base_url.clone();
    let page = world.start().await?;
    page.press("Connections").await?;
    page.press("Test connection").await?;
    page.see("The connection works").await?;
    look_and_walk(&page, "connections-works").await?;

    page.press("Add").await?;
    page.see("Add a connection").await?;
    look_and_walk(&page, "connections-add").await?;
    page.press("Add connection").await?;
    page.see("Enter the name of the connection").await?;
    page.focus_is_on("Name").await?;
    look(&page, "connections-add-errors").await?;
    page.keys(Key::Escape + "").await?;
    page.see_no_more("Add a connection").await?;
    page.focus_is_on("Add").await?;

    page.press("Add").await?;
    for (label, text) in [("Name", "Refused bank"), ("Base URL", &account), ("API key", "key-of-nobody-0123")] {
        page.type_into(label, text).await?;
    }
    page.type_into("API secret", "secret-of-nobody-0123").await?;
    page.press("Add connection").await?;
    page.see("Connection Refused bank added.").await?;
    page.press("Test connection").await?;
    page.see("The platform refused").await?;
    look_and_walk(&page, "connections-refused").await?;
    page.press("Replace the API key").await?;
    page.focus_is_on("API key").await?;
    look_and_walk(&page, "connections-edited").await?;
    page.press("Discard").await?;
    page.press("Connection:").await?;
    page.focus_is_on("Practice").await?;
    look(&page, "connection-menu").await?;
    page.keys(Key::Escape + "").await?;
    page.focus_is_on("Connection:").await?;
    page.quit().await
}

#[tokio::test]
async fn the_editor_empty_with_problems_and_with_a_list_open() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.chord(&[Key::Control], "n").await?;
    page.focus_is_on("Business name in English").await?;
    look_and_walk(&page, "draft-empty").await?;
    page.chord(&[Key::Control], "1").await?;
    page.keys(LONG_NAME).await?;
    page.fill("business_details/website", "not a site").await?;
    page.fill("primary_contact/contact_email", "nobody").await?;
    page.chord(&[Key::Control], "1").await?;
    page.chord(&[Key::Control], Key::Enter).await?;
    page.see("Enter the identifier number").await?;
    look(&page, "draft-problems").await?;
    page.keys(Key::F8 + "").await?;
    page.tab_reaches_everything("draft-problems").await?;
    page.field_at("registration_address/registration_address_country_code").await?.send_keys("uni").await?;
    page.see("takes").await?;
    look(&page, "draft-combobox").await?;
    page.keys(Key::Escape + "").await?;
    page.see_no_more("takes").await?;

    page.press("Add person").await?;
    page.see("Person 2").await?;
    look(&page, "draft-two-persons").await?;
    page.press("Remove Person 2").await?;
    page.see("Person 2 removed.").await?;
    page.see("Undo").await?;
    look_and_walk(&page, "draft-undo").await?;
    wait_saved(&page).await?;
    page.kill().await?;

    let page = world.start().await?;
    page.press("Drafts").await?;
    page.press(LONG_NAME).await?;
    page.see("Restored unsaved changes").await?;
    look_and_walk(&page, "draft-restored").await?;
    page.quit().await
}

#[tokio::test]
async fn the_review_with_errors_with_warnings_and_with_each_end_of_sending() -> Result<(), Trouble> {
    let mut world = World::new().await?;
    let page = world.start().await?;

    begin_draft(&page, "Okabe Lens Works K.K.").await?;
    page.fill("primary_contact/contact_email", "nobody").await?;
    wait_saved(&page).await?;
    open_review(&page).await?;
    page.focus_is_on("There is a problem").await?;
    look_and_walk(&page, "review-errors").await?;
    page.keys(Key::F8 + "").await?;
    page.keys(Key::Enter + "").await?;
    page.focus_is_on("Contact email").await?;
    page.keys(Key::Escape + "").await?;
    expect(&page.value_at("primary_contact/contact_email").await?, "nobody")?;

    begin_draft(&page, "明玥纺织 Textile").await?;
    page.fill("primary_contact/contact_phone", "+852 2123 4567").await?;
    open_review(&page).await?;
    page.see("2 of 2 open").await?;
    look_and_walk(&page, "review-warnings").await?;

    let faults = |rule: FaultRule| world.sandbox.as_ref().map(|sandbox| sandbox.set_faults(vec![rule.times(1)]));
    let body = json!({ "error": { "code": "INVALID_REQUEST", "message": "The request has fields that cannot be taken.",
      "details": [
        { "field": "business_details.business_name_english", "message": "name is on a list" },
        { "field": "risk_profile", "message": "must be agreed first" },
      ] } })
    .to_string();
    let content_type = "application/json".to_owned();
    let refusal = Fault::Status { status: 400, content_type, body, retry_after_seconds: None };
    faults(FaultRule::new(Route::Create, refusal));
    begin_draft(&page, "Lotus Gate Tea Merchants").await?;
    send_anyway(&page).await?;
    page.see("The platform refused it.").await?;
    page.focus_is_on("There is a problem").await?;
    look_and_walk(&page, "review-rejected").await?;
    page.press("Back to the form").await?;
    page.see("The platform says: name is on a list").await?;
    look(&page, "draft-rejected").await?;

    if let Some(sandbox) = &world.sandbox {
        // It is looked up by itself; here it stays unknown.
        let cut = FaultRule::new(Route::Create, Fault::Reset).carried_out(CarriedOut::Yes).times(1);
        sandbox.set_faults(vec![cut, FaultRule::status(Route::Detail, 503)]);
    }
    begin_draft(&page, "Noor Al Bahr Shipping FZE").await?;
    send_anyway(&page).await?;
    page.see("Nobody knows yet whether the platform has it.").await?;
    assert!(!page.text().await?.contains("All sent"), "the strip does not say that all is sent");
    look_and_walk(&page, "review-unknown").await?;

    begin_draft(&page, LONG_NAME).await?;
    for (path, text) in BUSINESS.into_iter().skip(1).chain(REST) {
        page.fill(path, text).await?;
    }
    wait_saved(&page).await?;
    send_anyway(&page).await?;
    page.see("Accepted.").await?;
    look_and_walk(&page, "review-accepted").await?;
    page.press("Back to the form").await?;
    page.see("Read-only.").await?;
    look_and_walk(&page, "draft-accepted").await?;

    begin_draft(&page, "Hinoki Bath Fittings K.K.").await?;
    world.sandbox_off().await?;
    send_anyway(&page).await?;
    page.see("The platform was not reached.").await?;
    look_and_walk(&page, "review-offline").await?;
    page.press("Drafts").await?;
    page.see("Outcome unknown").await?;
    page.focus_is_on("Hinoki Bath Fittings K.K.").await?;
    look_and_walk(&page, "drafts").await?;
    page.quit().await
}

#[tokio::test]
async fn every_screen_in_the_smallest_window() -> Result<(), Trouble> {
    let world = World::new().await?.sized(SMALL.0, SMALL.1);
    let page = world.start().await?;
    let row = customer(&world, |row| !row.sparse && has_letters(local_name(row), '\u{4e00}'..='\u{9fff}'))?;
    look_up(&page, "Customer ID", &row.customer_id).await?;
    look_and_walk(&page, "small-customer").await?;
    page.press("Customers").await?;
    page.see("1 on this computer").await?;
    look_and_walk(&page, "small-customers").await?;
    page.press("Connections").await?;
    page.see("Test connection").await?;
    look_and_walk(&page, "small-connections").await?;

    begin_draft(&page, LONG_NAME).await?;
    page.fill("primary_contact/contact_email", "nobody").await?;
    look_and_walk(&page, "small-draft").await?;
    page.press("Problems: 1").await?;
    page.focus_is_on("Close").await?;
    look(&page, "small-problems").await?;
    page.keys(Key::Escape + "").await?;
    page.see_no_more("Still to fill").await?;
    open_review(&page).await?;
    look_and_walk(&page, "small-review").await?;
    page.press("Drafts").await?;
    page.see("Being written").await?;
    look_and_walk(&page, "small-drafts").await?;
    page.quit().await
}

#[tokio::test]
async fn at_twice_the_size_nothing_is_lost() -> Result<(), Trouble> {
    let world = World::new().await?.zoomed(2);
    let page = world.start().await?;
    let room = page.script("return innerWidth", vec![]).await?;
    assert_eq!(room, json!(640), "half of 1280");
    page.see("No customers on this computer yet").await?;
    zoomed_look(&page, "zoom-customers-empty").await?;
    let row = customer(&world, |row| !row.sparse && has_letters(local_name(row), '\u{4e00}'..='\u{9fff}'))?;
    look_up(&page, "Customer ID", &row.customer_id).await?;
    zoomed_look(&page, "zoom-customer").await?;
    page.press("Customers").await?;
    page.see("1 on this computer").await?;
    zoomed_look(&page, "zoom-customers").await?;
    page.press("Connections").await?;
    page.see("Test connection").await?;
    zoomed_look(&page, "zoom-connections").await?;
    page.press("Add").await?;
    page.see("Add a connection").await?;
    zoomed_look(&page, "zoom-connections-add").await?;
    page.keys(Key::Escape + "").await?;

    begin_draft(&page, LONG_NAME).await?;
    page.fill("primary_contact/contact_email", "nobody").await?;
    zoomed_look(&page, "zoom-draft").await?;
    open_review(&page).await?;
    zoomed_look(&page, "zoom-review").await?;
    page.press("Drafts").await?;
    page.see("Being written").await?;
    zoomed_look(&page, "zoom-drafts").await?;
    page.quit().await
}

/// Everything in reach, one picture, and nothing that sticks out at the side but tables (WCAG 1.4.4, 1.4.10).
async fn zoomed_look(page: &Page, state: &str) -> Result<(), Trouble> {
    page.shots(state).await?;
    page.tab_reaches_everything(state).await?;
    let wide = "return [...document.querySelectorAll('main *, header *, footer *')].filter(e => {
        if (e.closest('table, nav, .hidden, [popover]') || !e.getClientRects().length) return false;
        const box = e.getBoundingClientRect();
        return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1);
      }).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40))";
    let wide: Vec<String> = serde_json::from_value(page.script(wide, vec![]).await?)?;
    if wide.is_empty() { Ok(()) } else { Err(format!("out of the window on {state}:\n{}", wide.join("\n")).into()) }
}
