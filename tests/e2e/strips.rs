//! The strip of each environment, and what stands where something is still read: in the window and in the smallest one.

use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::{choose_connection, wait_saved};
use desk_tests::world::World;
use serde_json::json;
use thirtyfour::Key;

use crate::accounts::add;

const SIZES: [(u32, u32); 2] = [(1280, 800), (1024, 640)];

/// Answers of a command are kept back until they are let go.
const KEEP_BACK: &str = "const [command] = arguments; const send = window.fetch; window.kept = [];
  window.letGo = () => { window.fetch = send; window.kept.forEach(go => go()); };
  window.fetch = (to, ...how) => String(to?.url ?? to).endsWith('/' + command)
    ? new Promise(done => window.kept.push(() => done(send(to, ...how)))) : send(to, ...how);
  return true";

/// Keeps the answers of a command back while something is done, looks at what stands there instead, and lets them go.
async fn while_reading(
    page: &Page,
    command: &str,
    state: &str,
    then: &str,
    go: impl AsyncFnOnce() -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    page.script(KEEP_BACK, vec![json!(command)]).await?;
    go().await?;
    page.wait_script("bones", "return window.kept.length > 0 && document.querySelector('main .bone') !== null", vec![])
        .await?;
    page.look_at(state).await?;
    page.script("window.letGo()", vec![]).await?;
    page.wait_script("no bones", "return document.querySelector('main .bone') === null", vec![]).await?;
    page.see(then).await
}

#[tokio::test]
async fn each_environment_has_its_strip_in_every_window() -> Result<(), Trouble> {
    for (width, height) in SIZES {
        let world = World::new().await?.sized(width, height);
        let page = world.start().await?;
        page.press("Connections").await?;
        add(&page, "Lotus test", "https://lotus.example", "Test").await?;
        add(&page, "Harbour live", "https://harbour.example", "Production. Real customers").await?;
        for (name, word) in [("Lotus test", "Test"), ("Harbour live", "Production"), ("Practice", "Sandbox")] {
            choose_connection(&page, name).await?;
            let title = format!("Customers - {word} - Customer Desk");
            page.wait_script(&title, "return document.title === arguments[0]", vec![json!(title)]).await?;
            let word = word.to_lowercase();
            page.look_and_walk(&format!("strip-{word}")).await?;
            page.chord(&[Key::Control], "n").await?;
            page.focus_is_on("Business name in English").await?;
            page.fill("business_details/business_name_english", "Heron Shade Travel").await?;
            wait_saved(&page).await?;
            page.look_at(&format!("strip-{word}-draft")).await?;
        }
        page.quit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_is_still_read_has_its_place_in_every_window() -> Result<(), Trouble> {
    for (width, height) in SIZES {
        let world = World::new().await?.sized(width, height);
        let page = world.start().await?;
        let row = world.rows().into_iter().find(|row| !row.sparse).ok_or("no customer")?;
        let name = row.customer["business_details"]["business_name_english"].as_str().unwrap_or_default().to_owned();
        desk_tests::loading::read_all(&page, std::slice::from_ref(&row)).await?;
        while_reading(&page, "draft_list", "bones-drafts", "No drafts", async || page.press("Drafts").await).await?;
        while_reading(&page, "activity_list", "bones-activity", "Program started", async || {
            page.press("Activity").await
        })
        .await?;
        page.press("Customers").await?;
        page.see("1 on this computer").await?;
        while_reading(&page, "customer_open", "bones-record", "Read again", async || page.press(&name).await).await?;
        page.press("Connections").await?;
        add(&page, "Lotus test", "https://lotus.example", "Test").await?;
        while_reading(&page, "customer_list", "bones-customers", "No customers on this computer yet", async || {
            choose_connection(&page, "Lotus test").await
        })
        .await?;
        page.quit().await?;
    }
    Ok(())
}
