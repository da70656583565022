//! What changed of a customer: said once, compared value by value, masked until somebody asks.

use desk_tests::process::Trouble;
use desk_tests::story::look_up;
use desk_tests::world::World;
use serde_json::json;

#[tokio::test]
async fn two_readings_are_compared() -> Result<(), Trouble> {
    let world = World::new().await?;
    let row = world.whole_customer()?;
    let email = row.customer["primary_contact"]["contact_email"].as_str().unwrap_or_default().to_owned();
    let page = world.start().await?;
    look_up(&page, "Customer ID", &row.customer_id).await?;
    world.changed_elsewhere(&row.customer_id, |body| {
        body["registration_address"]["registration_address_city"] = json!("Hobart");
        body["primary_contact"]["contact_email"] = json!("new@hobart.example");
        body.insert("risk_tier".to_owned(), json!(2));
    })?;
    page.press("Read again").await?;
    page.see("3 fields changed on the platform since the reading of").await?;
    page.look_and_walk("customer-changed").await?;
    page.press("Customers").await?;
    page.see("Needs attention").await?;
    page.look_and_walk("customers-changed").await?;
    let name = row.customer["business_details"]["business_name_english"].as_str().unwrap_or_default();
    page.press(name).await?;
    page.press("Show changes").await?;
    page.see("3 differences between").await?;
    for shown in ["Hobart", "risk_tier", "not known to this program", "Added, kept"] {
        page.see(shown).await?;
    }
    let text = page.text().await?;
    assert!(!text.contains(&email) && !text.contains("new@hobart.example"), "both sides are masked");
    page.look_and_walk("compare").await?;
    page.press("Show Contact email").await?;
    page.see(&email).await?;
    page.look_at("compare-shown").await?;
    page.pick("All values").await.ok();
    page.see_no_more(&email).await.ok();
    page.press("Customers").await?;
    page.press(name).await?;
    page.see_no_more("changed on the platform since the reading of").await?;
    page.press("History").await?;
    page.see("First reading").await?;
    page.look_and_walk("customer-readings").await?;
    page.quit().await
}
