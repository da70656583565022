//! One thread through everything (the main job), and the same without the platform.

use std::time::Duration;

use desk_sandbox::Revision;
use desk_tests::process::Trouble;
use desk_tests::story::{BUSINESS, Eyes, expect, look_up, play, wait_saved};
use desk_tests::world::World;
use thirtyfour::Key;

#[tokio::test]
async fn a_customer_goes_from_a_key_press_through_a_kill_to_the_platform_and_back() -> Result<(), Trouble> {
    let world = World::new().await?;
    let (page, id) = play(&world, &mut Eyes::testing()).await?;
    let ours: Vec<_> = world.rows().into_iter().filter(|row| row.customer_id == id).collect();
    assert_eq!(ours.len(), 1, "the platform has the customer once: {id:?}");
    let (partner, customer) = (&ours[0].partner_customer_id, &ours[0].customer);
    let sent = &customer["account_usage"]["estimated_monthly_revenue_amount"];
    assert_eq!(sent.to_string(), "12345678901234567.80", "an amount keeps its digits on the wire");
    assert_eq!(customer["business_details"]["business_identifier_start_date"], "2019-05-05T00:00:00Z");

    look_up(&page, "Customer ID", &id).await?;
    page.see("Lantern Quay Trading Pty Ltd").await?;
    page.see("12,345,678,901,234,567.80").await?;
    assert!(!page.text().await?.contains("accounts@lanternquay.example"), "an email is masked until it is asked for");
    page.no_barrier("customer").await?;
    page.tab_reaches_everything("customer").await?;
    page.press("Show Contact email").await?;
    page.see("accounts@lanternquay.example").await?;
    page.no_barrier("customer with a shown value").await?;
    page.keys(Key::Escape + "").await?;
    page.see_no_more("accounts@lanternquay.example").await?;

    world.move_sandbox_clock(Duration::from_secs(10));
    look_up(&page, "Your ID", partner).await?;
    page.see("Succeeded").await?;
    page.no_barrier("customer looked up by our id").await?;

    page.press("Customers").await?;
    page.see("1 on this computer").await?;
    page.no_barrier("customers").await?;
    page.tab_reaches_everything("customers").await?;
    page.press("Look up an ID").await?;
    page.type_into("Customer ID", "cus_nobody").await?;
    page.keys(Key::Enter + "").await?;
    page.see("The platform has no customer with this customer ID.").await?;
    page.no_barrier("customer not found").await?;
    page.keys(Key::Escape + "").await?;
    page.focus_is_on("Look up an ID").await?;
    page.press("Connections").await?;
    page.see("Test connection").await?;
    page.no_barrier("connections").await?;
    page.tab_reaches_everything("connections").await?;
    page.quit().await
}

#[tokio::test]
async fn without_the_platform_the_cache_opens_the_draft_is_kept_and_submit_says_offline() -> Result<(), Trouble> {
    let mut world = World::new().await?;
    let row =
        world.rows().into_iter().find(|row| row.revision == Revision::Typed && !row.sparse).ok_or("no customer")?;
    let name = row.customer["business_details"]["business_name_english"].as_str().unwrap_or_default();
    let page = world.start().await?;
    look_up(&page, "Customer ID", &row.customer_id).await?;
    world.sandbox_off().await?;

    page.press("Customers").await?;
    page.press(name).await?;
    page.see(name).await?;
    page.see("As read today").await?;
    page.no_barrier("customer from the cache").await?;
    page.press("Read again").await?;
    page.see("Offline").await?;
    page.no_barrier("customer offline").await?;

    page.chord(&[Key::Control], "n").await?;
    page.fill(BUSINESS[0].0, BUSINESS[0].1).await?;
    wait_saved(&page).await?;
    page.press("Review and submit").await?;
    page.press("Send anyway, without them").await?;
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await?;
    page.see("The platform was not reached.").await?;
    page.no_barrier("not sent, offline").await?;
    page.press("Back to the form").await?;
    expect(&page.value_at(BUSINESS[0].0).await?, BUSINESS[0].1)?;
    page.fill(BUSINESS[1].0, BUSINESS[1].1).await?;
    wait_saved(&page).await?;
    page.quit().await
}
