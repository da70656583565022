//! Another customer under our ID: both sides are shown, a person decides, and what the platform has is never written over.

use desk_sandbox::{CustomerRow, Revision};
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::sending::{NAME, begin_draft, send_anyway};
use desk_tests::story::wait_saved;
use desk_tests::world::World;

const PARTNER: &str = "partner_customer_id";
const EMAIL: &str = "primary_contact/contact_email";
const OURS: &str = "Sable Point Foods Ltd";

/// A customer that the platform has already, with an address of its own.
pub(crate) fn taken(world: &World) -> Result<CustomerRow, Trouble> {
    let whole = |row: &&CustomerRow| {
        row.revision == Revision::Typed
            && !row.sparse
            && row.customer["primary_contact"]["contact_email"].as_str().is_some_and(|email| !email.is_empty())
    };
    world.rows().iter().find(whole).cloned().ok_or_else(|| "no such customer".into())
}

/// Submits a draft under the ID of that customer, and waits until the look-up has found it.
pub(crate) async fn submit_under(page: &Page, theirs: &CustomerRow) -> Result<(), Trouble> {
    begin_draft(page, OURS).await?;
    page.fill(EMAIL, "office@sablepoint.example").await?;
    page.retype(PARTNER, &theirs.partner_customer_id).await?;
    wait_saved(page).await?;
    send_anyway(page).await?;
    page.see("The platform holds another customer under the same ID.").await?;
    page.see("1 conflict.").await
}

fn email(row: &CustomerRow) -> &str {
    row.customer["primary_contact"]["contact_email"].as_str().unwrap_or_default()
}

fn name(row: &CustomerRow) -> &str {
    row.customer["business_details"]["business_name_english"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn another_customer_stays_as_it_is_and_the_draft_gets_a_new_id() -> Result<(), Trouble> {
    let world = World::new().await?;
    let theirs = taken(&world)?;
    let page = world.start().await?;
    submit_under(&page, &theirs).await?;
    page.look_and_walk("review-conflict").await?;
    page.press("1 conflict.").await?;
    page.see("Does nothing by itself until you have compared both.").await?;
    page.press(&format!("Compare: {OURS}")).await?;
    page.see("Whose is it?").await?;
    for seen in [OURS, name(&theirs), "office@sablepoint.example"] {
        page.see(seen).await?;
    }
    page.see_id("customer-id", &theirs.customer_id).await?;
    page.see_id("your-id", &theirs.partner_customer_id).await?;
    assert!(!page.text().await?.contains(email(&theirs)), "what is not ours is masked");
    page.look_and_walk("conflict").await?;
    page.press("Show Contact email").await?;
    page.see(email(&theirs)).await?;
    page.look_at("conflict-shown").await?;

    page.press("Open the draft under a new ID").await?;
    let own = page.value_at(PARTNER).await?;
    assert_ne!(own, theirs.partner_customer_id, "an ID of its own");
    assert!(page.can_type_at(NAME).await?);
    page.see_no_more("1 conflict.").await?;
    page.no_barrier("under a new id").await?;
    send_anyway(&page).await?;
    page.see("Accepted.").await?;
    page.see(&own).await?;
    let rows = world.rows();
    let under = |id: &str| rows.iter().filter(|row| row.partner_customer_id == id).collect::<Vec<_>>();
    assert_eq!(under(&own).len(), 1, "the new one is there once");
    let (then, now) = (&theirs.customer, under(&theirs.partner_customer_id));
    assert_eq!((now.len(), &now[0].customer), (1, then), "the other is as it was");
    assert_eq!(world.sent(), [OURS, OURS], "nothing was sent before it was submitted again");
    page.quit().await
}

#[tokio::test]
async fn what_is_our_customer_counts_as_accepted_and_nothing_is_sent() -> Result<(), Trouble> {
    let world = World::new().await?;
    let theirs = taken(&world)?;
    let page = world.start().await?;
    submit_under(&page, &theirs).await?;
    page.press("Compare").await?;
    page.see("Whose is it?").await?;
    page.press("Count the draft as accepted").await?;
    page.see("Is it our customer?").await?;
    page.look_and_walk("conflict-sure").await?;
    page.press("Count the draft as accepted").await?;
    page.see("Accepted.").await?;
    page.see(&theirs.customer_id).await?;
    page.see("Online. All sent.").await?;
    let rows = world.rows();
    let now: Vec<_> = rows.iter().filter(|row| row.partner_customer_id == theirs.partner_customer_id).collect();
    assert_eq!((now.len(), &now[0].customer), (1, &theirs.customer), "the customer is as it was");
    assert_eq!(world.sent(), [OURS], "it was sent once");
    page.quit().await
}
