//! What a screen reader has of each screen: a snapshot of the tree, in which every control has a name.

use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::wait_saved;
use desk_tests::tree::Ears;
use desk_tests::world::World;
use thirtyfour::Key;

/// Roles of controls: one without a name is a control that nobody hears.
const CONTROLS: [&str; 11] = [
    "push button",
    "toggle button",
    "entry",
    "password text",
    "combo box",
    "check box",
    "radio button",
    "link",
    "menu item",
    "page tab",
    "list box",
];

/// The tree of the screen that is open, once it has these words: every control has a name.
async fn heard(ears: &Ears, screen: &str, words: &str) -> Result<(), Trouble> {
    let document = ears.document(words).await?;
    let nameless: Vec<_> = document
        .all()
        .into_iter()
        .filter(|node| CONTROLS.contains(&node.role.as_str()) && node.name.trim().is_empty())
        .map(|node| node.written())
        .collect();
    assert!(nameless.is_empty(), "{screen}: without a name: {nameless:#?}");
    insta::assert_snapshot!(screen, document.written());
    Ok(())
}

async fn fill_a_little(page: &Page) -> Result<(), Trouble> {
    page.chord(&[Key::Control], "n").await?;
    page.focus_is_on("Business name in English").await?;
    page.fill("business_details/business_name_english", "Sable Point Foods Ltd").await?;
    page.fill("primary_contact/contact_email", "nobody").await?;
    wait_saved(page).await?;
    page.see("must be an address like").await
}

#[tokio::test]
async fn each_screen_is_heard_as_it_was() -> Result<(), Trouble> {
    let world = World::new().await?;
    let ears = world.ears().await?;
    let page = world.start().await?;
    page.see("Online.").await?;
    heard(&ears, "customers-empty", "No customers on this computer yet").await?;
    fill_a_little(&page).await?;
    heard(&ears, "draft", "must be an address like").await?;
    page.chord(&[Key::Control], "6").await?;
    page.focus_is_on("There is a problem").await?;
    heard(&ears, "review", "There is a problem").await?;
    page.press("Drafts").await?;
    page.see("Being written").await?;
    heard(&ears, "drafts", "Being written").await?;
    page.quit().await
}
