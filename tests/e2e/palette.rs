//! From everywhere to everywhere by keyboard: the palette, the help, zoom, and a new draft (UX.md B0).

use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::{expect, look_up, wait_saved};
use desk_tests::world::World;
use serde_json::json;
use thirtyfour::Key;

const NAME: &str = "business_details/business_name_english";

async fn open_palette(page: &Page) -> Result<(), Trouble> {
    page.chord(&[Key::Control], "k").await?;
    page.focus_is_on("Search customers and drafts, or run a command").await
}

/// What the palette would take with Enter.
async fn taken(page: &Page, wanted: &str) -> Result<(), Trouble> {
    let body = "return document.querySelector('[role=option][aria-selected=true] .word')?.innerText.trim().startsWith(arguments[0])";
    page.wait_script(&format!("{wanted:?} to be chosen"), body, vec![json!(wanted)]).await?;
    Ok(())
}

async fn width(page: &Page, wanted: u32) -> Result<(), Trouble> {
    let body = "return innerWidth === arguments[0] || null";
    let seen = page.wait_script(&format!("a width of {wanted}"), body, vec![json!(wanted)]).await;
    if seen.is_ok() {
        return Ok(());
    }
    Err(format!("the page is {} wide, wanted {wanted}", page.script("return innerWidth", vec![]).await?).into())
}

#[tokio::test]
async fn the_palette_finds_a_customer_a_draft_and_a_command() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let row = world.rows().into_iter().find(|row| !row.sparse).ok_or("no customer")?;
    let name = row.customer["business_details"]["business_name_english"].as_str().unwrap_or_default().to_owned();
    let word = name.split(' ').next().unwrap_or_default().to_owned();
    look_up(&page, "Customer ID", &row.customer_id).await?;
    page.chord(&[Key::Control], "n").await?;
    page.focus_is_on("Business name in English").await?;
    page.fill(NAME, &format!("{word} Lamp Works")).await?;
    wait_saved(&page).await?;
    page.press("Customers").await?;
    page.see("1 on this computer").await?;

    open_palette(&page).await?;
    page.look_and_walk("palette").await?;
    page.keys(Key::Escape + "").await?;
    page.see_no_more("Go to drafts").await?;
    page.press("Search or run").await?;
    page.focus_is_on("Search customers and drafts").await?;
    page.keys(word.to_lowercase()).await?;
    taken(&page, &name).await?;
    page.see(&format!("{word} Lamp Works")).await?;
    page.look_and_walk("palette-found").await?;
    page.script("document.querySelector('dialog[open] input').focus()", vec![]).await?;
    page.keys(Key::Enter + "").await?;
    page.see("Read again").await?;
    page.see(&row.customer_id).await?;

    open_palette(&page).await?;
    page.keys(format!("{} lamp", word.to_lowercase())).await?;
    taken(&page, &format!("{word} Lamp Works")).await?;
    page.keys(Key::Enter + "").await?;
    expect(&page.value_at(NAME).await?, &format!("{word} Lamp Works"))?;

    for (typed, line, then) in [
        ("go acti", "Go to activity", "The trail is whole"),
        ("setti", "Go to settings", "Each change is saved at once"),
        ("about", "About Customer Desk", "Libraries"),
        ("connec go", "Go to connections", "Test connection"),
        ("add conn", "Add a connection", "One account of a platform."),
    ] {
        open_palette(&page).await?;
        page.keys(typed).await?;
        taken(&page, line).await?;
        page.keys(Key::Enter + "").await?;
        page.see(then).await.map_err(|trouble| format!("{typed}: {trouble}"))?;
    }
    page.keys(Key::Escape + "").await?;
    page.see_no_more("One account of a platform.").await?;
    open_palette(&page).await?;
    page.keys("dark").await?;
    taken(&page, "Dark colours").await?;
    page.keys(Key::Enter + "").await?;
    page.wait_script("dark", "return document.documentElement.dataset.theme === 'dark'", vec![]).await?;

    // What nothing matches can be looked up or begun: the draft has the name, and goes on with what is empty.
    open_palette(&page).await?;
    page.keys("Zzyzx Quarry").await?;
    taken(&page, "New draft for “Zzyzx Quarry”").await?;
    page.look_at("palette-query").await?;
    page.keys(Key::Enter + "").await?;
    page.focus_is_on("Business type").await?;
    expect(&page.value_at(NAME).await?, "Zzyzx Quarry")?;
    let other = world.rows().into_iter().rfind(|row| !row.sparse && row.revision == desk_sandbox::Revision::Typed);
    let other = other.ok_or("no customer")?;
    open_palette(&page).await?;
    page.keys(&other.customer_id).await?;
    taken(&page, "Look up “").await?;
    page.keys(Key::Enter + "").await?;
    page.focus_is_on("Customer ID").await?;
    page.keys(Key::Enter + "").await?;
    page.see("Read again").await?;
    page.see(&other.customer_id).await?;
    page.quit().await
}

#[tokio::test]
async fn f1_shows_the_keys_of_this_screen_and_gives_the_focus_back() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    for (screen, key) in [
        ("Customers", "Preview the row"),
        ("Drafts", "Duplicate the draft"),
        ("Activity", "Search the list"),
        ("Connections", "Move from row to row"),
        ("Settings", "This screen has no keys of its own."),
    ] {
        page.press(screen).await?;
        page.see(screen).await?;
        page.press(screen).await?;
        page.script(
            "[...document.querySelectorAll('nav.rail a')].find(e => e.innerText.includes(arguments[0])).focus()",
            vec![json!(screen)],
        )
        .await?;
        page.keys(Key::F1 + "").await?;
        page.focus_is_on("Close").await?;
        page.see(key).await.map_err(|trouble| format!("{screen}: {trouble}"))?;
        page.look_and_walk(&format!("help-{}", screen.to_lowercase())).await?;
        page.keys(Key::F1 + "").await?;
        page.see_no_more(key).await?;
        page.focus_is_on(screen).await?;
    }
    page.chord(&[Key::Control], "n").await?;
    page.focus_is_on("Business name in English").await?;
    page.keys(Key::F1 + "").await?;
    page.see("Next empty required field").await?;
    page.look_at("help-draft").await?;
    page.keys(Key::Escape + "").await?;
    page.focus_is_on("Business name in English").await?;
    page.keys("typed on").await?;
    expect(&page.value_at(NAME).await?, "typed on")?;
    page.quit().await
}

#[tokio::test]
async fn zoom_makes_everything_larger_everywhere_and_is_kept() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    width(&page, 1280).await?;
    for wanted in [1163, 1024, 853] {
        page.chord(&[Key::Control], "=").await?;
        width(&page, wanted).await?;
    }
    page.chord(&[Key::Control], "-").await?;
    width(&page, 1024).await?;
    page.look_and_walk("zoomed-customers").await?;
    page.keys(Key::F1 + "").await?;
    page.focus_is_on("Close").await?;
    page.chord(&[Key::Control], "=").await?;
    width(&page, 853).await?;
    page.look_and_walk("zoomed-help").await?;
    page.keys(Key::Escape + "").await?;
    page.quit().await?;

    let page = world.start().await?;
    width(&page, 853).await?;
    page.chord(&[Key::Control], "0").await?;
    width(&page, 1280).await?;
    page.chord(&[Key::Control], "-").await?;
    width(&page, 1422).await?;
    page.quit().await
}

#[tokio::test]
async fn ctrl_n_begins_a_draft_on_every_screen_and_loses_no_letter() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let row = world.rows().into_iter().find(|row| !row.sparse).ok_or("no customer")?;
    look_up(&page, "Customer ID", &row.customer_id).await?;
    for (number, screen) in ["record", "Customers", "Drafts", "Activity", "Connections", "Settings", "draft", "review"]
        .into_iter()
        .enumerate()
    {
        if screen == "review" {
            page.chord(&[Key::Control], "6").await?;
            page.see("Submit to sandbox").await?;
        } else if screen.starts_with(char::is_uppercase) {
            page.press(screen).await?;
            page.wait_script(
                screen,
                "return document.querySelector('h1')?.textContent === arguments[0]",
                vec![json!(screen)],
            )
            .await?;
        }
        let name = format!("Begun on {screen} {number}");
        page.chord(&[Key::Control], "n").await?;
        // Without a wait: what is typed on the way belongs to the new draft.
        page.keys(&name).await?;
        page.focus_is_on("Business name in English").await.map_err(|trouble| format!("{screen}: {trouble}"))?;
        let body = "return [...document.querySelectorAll('input[id^=f-]')].find(e => e.id.endsWith('-business_details-business_name_english'))?.value === arguments[0]";
        let arrived = page.wait_script("the name", body, vec![json!(name)]).await;
        if arrived.is_err() {
            return Err(format!("{screen}: {:?} arrived", page.value_at(NAME).await?).into());
        }
        wait_saved(&page).await?;
    }
    page.press("Drafts").await?;
    for screen in ["record", "Customers", "Drafts", "Activity", "Connections", "Settings", "draft", "review"] {
        page.see(&format!("Begun on {screen}")).await?;
    }
    page.quit().await
}
