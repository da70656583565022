//! Persons in another order, by keyboard alone; what is sent has them in that order.

use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::wait_saved;
use desk_tests::world::World;
use serde_json::{Value, json};
use thirtyfour::Key;

const NAME: &str = "business_details/business_name_english";

/// The heads of the persons' cards, in their order.
const HEADS: &str = "[...document.querySelectorAll('main article button[id^=p-]')].map(e => e.innerText.trim())";

/// Stops from a person's second field back to their head: the first field and the buttons of the card.
const STOPS_MAX: usize = 8;

/// Waits until the persons stand in this order, with the focus on the head of one of them.
async fn stand(page: &Page, order: [&str; 3], focus: &str) -> Result<(), Trouble> {
    let body = format!("return JSON.stringify({HEADS}) === JSON.stringify(arguments[0])");
    page.wait_script(&format!("{order:?}"), &body, vec![json!(order)]).await?;
    page.focus_is_on(focus).await
}

async fn announced(page: &Page, words: &str) -> Result<(), Trouble> {
    let body = "return [...document.querySelectorAll('[role=status], [role=alert], [aria-live]')].some(e => e.textContent.includes(arguments[0]))";
    page.wait_script(&format!("{words:?} said"), body, vec![json!(words)]).await?;
    Ok(())
}

/// Puts the focus on the head of the person whose last name has it.
async fn back_to_the_head(page: &Page, name: &str) -> Result<(), Trouble> {
    for _ in 0..STOPS_MAX {
        page.chord(&[Key::Shift], Key::Tab).await?;
        if page.focused().await? == name {
            return Ok(());
        }
    }
    Err(format!("Shift and Tab do not lead to {name}, but to {}", page.focused().await?).into())
}

/// The last names in what was sent, in their order.
fn names(body: &Value) -> Vec<&str> {
    let persons = body["business_person_list"].as_array().map(Vec::as_slice).unwrap_or_default();
    persons.iter().filter_map(|person| person["basic_info"]["last_name_english"].as_str()).collect()
}

#[tokio::test]
async fn persons_moved_by_keyboard_are_sent_in_their_new_order() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.chord(&[Key::Control], "n").await?;
    page.focus_is_on("Business name in English").await?;
    page.fill(NAME, "Three Heads Trading").await?;
    let partner = page.value_at("partner_customer_id").await?;
    for (at, (first, last)) in [("Ada", "Ames"), ("Bo", "Birch"), ("Cy", "Cole")].into_iter().enumerate() {
        if at > 0 {
            page.chord(&[Key::Control, Key::Shift], "p").await?;
        }
        let head = format!("{HEADS}.length === {}", at + 1);
        page.wait_script("the next person", &format!("return {head}"), vec![]).await?;
        page.fill("basic_info/first_name_english", first).await?;
        page.field_at("basic_info/last_name_english").await?.send_keys(last).await?;
        page.wait_script(
            "their name",
            &format!("return {HEADS}.at(-1) === arguments[0]"),
            vec![json!(format!("{first} {last}"))],
        )
        .await?;
    }
    back_to_the_head(&page, "Cy Cole").await?;
    stand(&page, ["Ada Ames", "Bo Birch", "Cy Cole"], "Cy Cole").await?;

    page.chord(&[Key::Alt], Key::Up).await?;
    stand(&page, ["Ada Ames", "Cy Cole", "Bo Birch"], "Cy Cole").await?;
    announced(&page, "Cy Cole moved to 2 of 3").await?;
    page.chord(&[Key::Alt], Key::Up).await?;
    stand(&page, ["Cy Cole", "Ada Ames", "Bo Birch"], "Cy Cole").await?;
    // The first one stays where it is.
    page.chord(&[Key::Alt], Key::Up).await?;
    stand(&page, ["Cy Cole", "Ada Ames", "Bo Birch"], "Cy Cole").await?;

    // The menu of the card does the same; the first person has no way up.
    page.press("More for Cy Cole").await?;
    page.focus_is_on("Move down").await?;
    page.keys(Key::Enter + "").await?;
    stand(&page, ["Ada Ames", "Cy Cole", "Bo Birch"], "Cy Cole").await?;
    page.chord(&[Key::Alt], Key::Down).await?;
    stand(&page, ["Ada Ames", "Bo Birch", "Cy Cole"], "Cy Cole").await?;
    page.chord(&[Key::Alt], Key::Up).await?;
    stand(&page, ["Ada Ames", "Cy Cole", "Bo Birch"], "Cy Cole").await?;
    wait_saved(&page).await?;
    page.look_and_walk("draft-persons-moved").await?;
    page.kill().await?;

    let page = world.start().await?;
    page.press("Drafts").await?;
    page.press("Three Heads Trading").await?;
    let kept = format!("return JSON.stringify({HEADS}) === JSON.stringify(arguments[0])");
    page.wait_script("the order after the kill", &kept, vec![json!(["Ada Ames", "Cy Cole", "Bo Birch"])]).await?;
    page.chord(&[Key::Control], "6").await?;
    page.press("Send anyway, without them").await?;
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await?;
    page.see("Accepted.").await?;
    let requests = world.sandbox.as_ref().ok_or("no sandbox")?.requests();
    let sent = requests.iter().find(|one| one.path.ends_with("/create") && one.body.contains(&partner));
    let body: Value = serde_json::from_str(&sent.ok_or("nothing was sent")?.body)?;
    assert_eq!(names(&body), ["Ames", "Cole", "Birch"], "on the wire");
    let rows = world.rows();
    let row = rows.iter().find(|row| row.partner_customer_id == partner).ok_or("the platform has none")?;
    assert_eq!(names(&row.customer), ["Ames", "Cole", "Birch"], "at the platform");
    page.quit().await
}
