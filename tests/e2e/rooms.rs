//! The rooms around the work: the first start, settings, the page about the program, and the trail.

use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::{expect, look_up, wait_saved};
use desk_tests::world::World;
use serde_json::json;
use thirtyfour::Key;

/// The name in English, the field that a new draft begins with.
const NAME: &str = "business_details/business_name_english";

/// A date that people read in two ways.
const DATE: &str = "business_details/business_identifier_start_date";

#[tokio::test]
async fn the_first_start_explains_itself_once_and_again_when_asked() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start_unexplained().await?;
    page.see("Welcome to Customer Desk").await?;
    page.see(&world.data().to_string_lossy()).await?;
    page.focus_is_on("Welcome to Customer Desk").await?;
    page.look_and_walk("welcome").await?;
    page.press("Start practising").await?;
    page.see("No customers on this computer yet").await?;
    page.see_no_more("Welcome to Customer Desk").await?;
    page.focus_is_on("Customers").await?;
    page.quit().await?;

    let page = world.start_unexplained().await?;
    page.see("No customers on this computer yet").await?;
    assert!(!page.text().await?.contains("Welcome"), "it was closed for good");
    page.press("Settings").await?;
    page.press("Show the first screen again").await?;
    page.see("Welcome to Customer Desk").await?;
    page.press("Add a connection").await?;
    page.see("One account of a platform.").await?;
    page.focus_is_on("AxisFI").await?;
    page.keys(Key::Escape + "").await?;
    page.see_no_more("One account of a platform.").await?;
    page.press("Customers").await?;
    page.see("No customers on this computer yet").await?;
    page.quit().await
}

/// What the page was told to look like: colours, rows, and its width in pixels of its own.
async fn appearance(page: &Page) -> Result<serde_json::Value, Trouble> {
    let body =
        "const { theme, density } = document.documentElement.dataset; return [theme ?? '', density ?? '', innerWidth]";
    page.script(body, vec![]).await
}

/// Waits until the page looks so.
async fn looks(page: &Page, theme: &str, density: &str, width: u32) -> Result<(), Trouble> {
    let body = "const { theme, density } = document.documentElement.dataset;
      return JSON.stringify([theme ?? '', density ?? '', innerWidth]) === JSON.stringify([...arguments])";
    let wanted = vec![json!(theme), json!(density), json!(width)];
    let seen = page.wait_script("the look", body, wanted.clone()).await;
    match seen {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("it looks like {}, wanted {wanted:?}", appearance(page).await?).into()),
    }
}

#[tokio::test]
async fn a_setting_is_kept_at_once_and_survives_a_restart() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.press("Settings").await?;
    page.see("Each change is saved at once").await?;
    page.see(&world.data().to_string_lossy()).await?;
    page.look_and_walk("settings").await?;
    page.press("Dark").await?;
    page.see("Saved").await?;
    looks(&page, "dark", "", 1280).await?;
    page.press("Comfortable").await?;
    looks(&page, "dark", "comfortable", 1280).await?;
    page.press("3 April 2021, day first").await?;
    // One step: from 100 % to 110 %.
    page.field("Size of everything").await?.send_keys(Key::Down + "").await?;
    looks(&page, "dark", "comfortable", 1163).await?;
    page.quit().await?;

    let page = world.start().await?;
    looks(&page, "dark", "comfortable", 1163).await?;
    page.press("Settings").await?;
    expect(&page.value_of("Size of everything").await?, "110")?;
    let chosen = "return [...document.querySelectorAll('input[type=radio]:checked')].map(e => e.value)";
    page.wait_script("the choices", &format!("{chosen}.join() === 'dark,comfortable,day_first,ask'"), vec![]).await?;
    page.look_at("settings-comfortable").await?;
    page.chord(&[Key::Control], "n").await?;
    page.focus_is_on("Business name in English").await?;
    page.fill(DATE, "3/4/2021").await?;
    page.see_at(DATE, "3 April 2021").await?;
    wait_saved(&page).await?;
    page.press("Settings").await?;
    page.press("4 March 2021, month first").await?;
    page.press("Drafts").await?;
    page.press("Draft without a name").await?;
    page.see_at(DATE, "4 March 2021").await?;
    page.press("Settings").await?;
    page.press("As the system").await?;
    page.press("Compact").await?;
    page.chord(&[Key::Control], "0").await?;
    looks(&page, "", "", 1280).await?;
    page.quit().await
}

#[tokio::test]
async fn about_names_the_libraries_and_each_has_its_licence() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.press("Settings").await?;
    page.press("About Customer Desk").await?;
    page.see("Libraries").await?;
    for part in ["Version", "SQLCipher", "Tauri"] {
        page.see(part).await?;
    }
    page.look_and_walk("about").await?;
    page.script("document.querySelector('[role=searchbox]').focus()", vec![]).await?;
    page.keys("rustls").await?;
    page.see("rustls-pki-types").await?;
    page.press("Licence of rustls").await?;
    page.see("Permission is hereby granted").await?;
    page.focus_is_on("Close").await?;
    page.look_and_walk("about-licence").await?;
    page.keys(Key::Escape + "").await?;
    page.see_no_more("Permission is hereby granted").await?;
    page.focus_is_on("Licence of rustls").await?;
    page.script("document.querySelector('[role=searchbox]').focus()", vec![]).await?;
    page.keys("zz").await?;
    page.see("No library matches “rustlszz”").await?;
    page.look_and_walk("about-nothing").await?;
    page.press("Clear search").await?;
    page.focus_is_on("Search libraries").await?;
    page.see("1 to").await?;
    page.quit().await
}

#[tokio::test]
async fn the_trail_has_what_was_done_and_says_that_it_is_whole() -> Result<(), Trouble> {
    let mut world = World::new().await?;
    let page = world.start().await?;
    page.press("Activity").await?;
    page.see("Program started").await?;
    page.see("The trail is whole").await?;
    let row = world.rows().into_iter().find(|row| !row.sparse).ok_or("no customer")?;
    let name = row.customer["business_details"]["business_name_english"].as_str().unwrap_or_default().to_owned();
    look_up(&page, "Customer ID", &row.customer_id).await?;
    page.press("Show Identifier number").await?;
    page.see("Hides in").await?;
    page.keys(Key::Escape + "").await?;
    page.chord(&[Key::Control], "n").await?;
    page.focus_is_on("Business name in English").await?;
    page.fill(NAME, "Heron Shade Travel").await?;
    wait_saved(&page).await?;
    page.press("Connections").await?;
    page.press("Test connection").await?;
    page.see("The connection works").await?;

    page.press("Activity").await?;
    page.see("The trail is whole").await?;
    for said in ["Looked up a customer", "Showed a masked value", "Began a draft", "Tested a connection", &name] {
        page.see(said).await?;
    }
    // Showing a value is no second opening.
    assert_eq!(page.text().await?.matches("Opened a customer").count(), 1);
    page.look_and_walk("activity").await?;
    page.press("Showed a masked value").await?;
    page.see("Open the customer").await?;
    page.look_and_walk("activity-details").await?;

    page.keys("/").await?;
    page.focus_is_on("Name, ID, person or action").await?;
    page.keys("draft").await?;
    page.see_no_more("Tested a connection").await?;
    page.see("Began a draft").await?;
    page.keys("zz").await?;
    page.see("Nothing in All matches “draftzz”").await?;
    page.look_at("activity-nothing").await?;
    page.press("Show everything").await?;
    page.focus_is_on("Name, ID, person or action").await?;
    page.see("Tested a connection").await?;
    let kind = "[...document.querySelectorAll('main button')].find(e => e.textContent === 'Connections')";
    page.script(&format!("{kind}.focus()"), vec![]).await?;
    page.keys(" ").await?;
    page.see_no_more("Began a draft").await?;
    page.see("Tested a connection").await?;

    world.sandbox_off().await?;
    page.quit().await
}
