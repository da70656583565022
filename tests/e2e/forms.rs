//! Every field, typed with real keys, arrives as the papers have it, leaf by leaf, on both revisions.

use std::collections::BTreeMap;

use desk_tests::leaves::{differences, leaves};
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::{choose_connection, expect};
use desk_tests::typed_form::TypedCustomer;
use desk_tests::world::World;
use serde_json::{Value, json};
use thirtyfour::Key;

/// Keys that the platform adds to what was sent.
const OF_THE_PLATFORM: [&str; 3] = ["customer_id", "status", "created_at"];

/// What the standard customer is typed as.
fn standard() -> Result<TypedCustomer, Trouble> {
    TypedCustomer::of("standard-customer.json")
}

#[tokio::test]
async fn the_standard_customer_arrives_leaf_by_leaf() -> Result<(), Trouble> {
    arrives("Practice", &standard()?).await
}

/// DECISIONS 28: its characters and 1.2 for each of its fields, and no pointer (UX G1, G2).
#[tokio::test]
async fn the_standard_customer_takes_few_key_presses_and_no_pointer() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let customer = standard()?;
    page.chord(&[Key::Control], "n").await?;
    page.focus_is_on("Business name in English").await?;
    page.count_presses().await?;
    customer.press_into(&page).await?;
    let pressed = page.pressed().await?;
    let (characters, fields) = customer.measure();
    assert_eq!((characters, fields, customer.key_presses_max()), (354, 36, 397), "the bar of the issue");
    assert!(pressed.keys >= characters as u64, "every character is a key: {pressed:?}");
    assert!(pressed.keys <= customer.key_presses_max(), "{pressed:?} of {}", customer.key_presses_max());
    assert_eq!(pressed.pointers, 0, "no pointer");
    page.chord(&[Key::Control], "6").await?;
    page.see("Submit to sandbox").await?;
    let review = page.text().await?;
    assert!(!review.contains("There is a problem"), "the rules take all of it: {review}");
    assert!(!review.contains("Send anyway"), "nothing is missing: {review}");
    page.quit().await
}

#[tokio::test]
async fn the_standard_customer_arrives_leaf_by_leaf_untyped() -> Result<(), Trouble> {
    arrives("Practice untyped", &standard()?.untyped()).await
}

#[tokio::test]
async fn a_hard_customer_of_five_persons_arrives_leaf_by_leaf() -> Result<(), Trouble> {
    arrives("Practice", &TypedCustomer::of("hard-customer.json")?).await
}

#[tokio::test]
async fn a_hard_customer_of_five_persons_arrives_leaf_by_leaf_untyped() -> Result<(), Trouble> {
    arrives("Practice untyped", &TypedCustomer::of("hard-customer.json")?.untyped()).await
}

async fn arrives(connection: &str, customer: &TypedCustomer) -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    choose_connection(&page, connection).await?;
    page.chord(&[Key::Control], "n").await?;
    page.focus_is_on("Business name in English").await?;
    let partner = page.value_at("partner_customer_id").await?;
    customer.type_into(&page).await?;
    fold_and_unfold(&page, customer.persons()).await?;
    let mut wanted = customer.expected();
    wanted.insert(String::from("partner_customer_id"), json!(partner));

    page.chord(&[Key::Control], "6").await?;
    page.see("Submit to sandbox").await?;
    let review = page.text().await?;
    assert!(!review.contains("There is a problem"), "the rules take all of it: {review}");
    assert!(!review.contains("Send anyway"), "nothing is missing: {review}");
    page.tick_everything().await?;
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await?;
    page.see("Accepted.").await?;
    arrived(&world, &partner, &wanted)?;
    page.quit().await
}

/// What was sent under our id, once, and what the platform holds of it, are these leaves and no others.
fn arrived(world: &World, partner: &str, wanted: &BTreeMap<String, Value>) -> Result<(), Trouble> {
    let requests = world.sandbox.as_ref().ok_or("no sandbox")?.requests();
    let sent: Vec<_> =
        requests.iter().filter(|one| one.path.ends_with("/create") && one.body.contains(partner)).collect();
    assert_eq!(sent.len(), 1, "it was sent once");
    let body: Value = serde_json::from_str(&sent[0].body)?;
    let found = differences(&leaves(&body), wanted);
    assert!(found.is_empty(), "on the wire:\n{}", found.join("\n"));

    let rows: Vec<_> = world.rows().into_iter().filter(|row| row.partner_customer_id == partner).collect();
    assert_eq!(rows.len(), 1, "the platform has it once");
    let mut held = leaves(&rows[0].customer);
    held.retain(|path, _| !OF_THE_PLATFORM.contains(&path.as_str()));
    let found = differences(&held, wanted);
    assert!(found.is_empty(), "at the platform:\n{}", found.join("\n"));
    Ok(())
}

/// Of several persons one is open; another one opens by a key, shows what was typed, and folds again.
async fn fold_and_unfold(page: &Page, persons: usize) -> Result<(), Trouble> {
    if persons < 2 {
        return Ok(());
    }
    let open = "return document.querySelectorAll('[id^=f-business_person_list-][id$=-id_number]').length";
    assert_eq!(page.script(open, vec![]).await?, json!(1), "the person in work is open, the others are folded");
    // The list of sections has buttons of the same names: the head of a card is found by its id.
    let head = "return document.querySelector('main button[id^=p-][aria-expanded=false]')?.id ?? null";
    let head = page.wait_script("a person that is folded", head, vec![]).await?;
    let focus = "const e = document.getElementById(arguments[0]); e.focus(); return e === document.activeElement";
    page.wait_script("the head of a card", focus, vec![head.clone()]).await?;
    page.keys(Key::Enter + "").await?;
    page.wait_script("two persons open", &format!("{open} === 2"), vec![]).await?;
    expect(&page.value_at("basic_info/last_name_english").await?, "Ouyang-O'Neill")?;
    page.wait_script("the head of a card", focus, vec![head]).await?;
    page.keys(Key::Enter + "").await?;
    page.wait_script("one person open", &format!("{open} === 1"), vec![]).await?;
    Ok(())
}
