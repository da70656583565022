//! What the platform says of a submission, back at the form: refused and corrected, and nobody knows.

use desk_sandbox::{Fault, FaultRule, Revision, Route};
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::{expect, wait_saved};
use desk_tests::world::World;
use serde_json::json;
use thirtyfour::Key;

const NAME: &str = "business_details/business_name_english";
const WEBSITE: &str = "business_details/website";
const NUMBER: &str = "identification/id_number";
const PARTNER: &str = "partner_customer_id";

/// Sends the draft that is open, without what the house requires.
async fn send(page: &Page) -> Result<(), Trouble> {
    page.press("Review and submit").await?;
    page.press("Send anyway, without them").await?;
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await
}

#[tokio::test]
async fn what_was_refused_is_said_at_its_fields_corrected_and_accepted_once() -> Result<(), Trouble> {
    let world = World::new().await?;
    let sandbox = world.sandbox.as_ref().ok_or("no sandbox")?;
    let body = json!({ "error": { "code": "INVALID_REQUEST", "message": "Two fields cannot be taken.", "details": [
        { "field": "business_details.website", "message": "this site shows nothing" },
        { "field": "business_person_list[0].identification.id_number", "message": "no such passport" },
    ] } });
    let (content_type, body) = ("application/json".to_owned(), body.to_string());
    let refusal = Fault::Status { status: 400, content_type, body, retry_after_seconds: None };
    sandbox.set_faults(vec![FaultRule::new(Route::Create, refusal).times(1)]);

    let page = world.start().await?;
    page.chord(&[Key::Control], "n").await?;
    for (path, text) in [(NAME, "Sable Point Foods Ltd"), (WEBSITE, "sablepoint.example"), (NUMBER, "E1234567")] {
        page.fill(path, text).await?;
    }
    wait_saved(&page).await?;
    let partner = page.value_at(PARTNER).await?;
    send(&page).await?;
    page.see("The platform refused it.").await?;
    page.see("Two fields cannot be taken.").await?;
    page.no_barrier("refused").await?;
    page.tab_reaches_everything("refused").await?;
    assert_eq!(world.rows().iter().filter(|row| row.partner_customer_id == partner).count(), 0, "nothing is there yet");

    page.press("Back to the form").await?;
    for (path, words, typed) in [
        (WEBSITE, "The platform says: this site shows nothing", "sablepoint.example"),
        (NUMBER, "The platform says: no such passport", "E1234567"),
    ] {
        page.see_at(path, words).await?;
        expect(&page.value_at(path).await?, typed)?;
        assert!(page.can_type_at(path).await?, "{path} can be corrected");
    }
    page.no_barrier("refused, at the fields").await?;
    page.retype(WEBSITE, "sablepointfoods.example").await?;
    page.retype(NUMBER, "E7654321").await?;
    page.see_no_more("The platform says").await?;
    wait_saved(&page).await?;
    expect(&page.value_at(PARTNER).await?, &partner)?;
    send(&page).await?;
    page.see("Accepted.").await?;
    page.see(&partner).await?;

    let ours: Vec<_> = world.rows().into_iter().filter(|row| row.partner_customer_id == partner).collect();
    assert_eq!(ours.len(), 1, "the platform has the customer once");
    let (website, person) =
        (&ours[0].customer["business_details"]["website"], &ours[0].customer["business_person_list"][0]);
    assert_eq!(
        (website, &person["identification"]["id_number"]),
        (&json!("https://sablepointfoods.example"), &json!("E7654321"))
    );
    let sent: Vec<_> = sandbox.requests().into_iter().filter(|request| request.path.ends_with("/create")).collect();
    let ids: Vec<_> = sent.iter().map(|request| request.body.contains(&partner)).collect();
    assert_eq!(ids, [true, true], "it was sent twice, under the same id");
    page.quit().await
}

#[tokio::test]
async fn another_customer_under_our_id_is_found_by_looking_and_never_overwritten() -> Result<(), Trouble> {
    let world = World::new().await?;
    let theirs =
        world.rows().into_iter().find(|row| row.revision == Revision::Typed && !row.sparse).ok_or("no customer")?;
    let sandbox = world.sandbox.as_ref().ok_or("no sandbox")?;
    // It would look it up by itself, sooner than anybody reads.
    sandbox.set_faults(vec![FaultRule::status(Route::Detail, 503)]);
    let partner = &theirs.partner_customer_id;
    let page = world.start().await?;
    page.chord(&[Key::Control], "n").await?;
    page.fill(NAME, "Sable Point Foods Ltd").await?;
    page.retype(PARTNER, partner).await?;
    expect(&page.value_at(PARTNER).await?, partner)?;
    wait_saved(&page).await?;
    send(&page).await?;
    page.see("Nobody knows yet whether the platform has it.").await?;
    page.no_barrier("unknown after 409").await?;

    sandbox.set_faults(Vec::new());
    page.press("Look up now").await?;
    page.see("The platform holds another customer under the same ID.").await?;
    page.see("Does nothing by itself until you have compared both.").await?;
    page.no_barrier("conflict").await?;
    page.tab_reaches_everything("conflict").await?;
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await?;
    page.press("Back to the form").await?;
    page.see("Read-only.").await?;
    assert!(!page.can_type_at(NAME).await?, "a person decides first");
    page.no_barrier("conflict, at the form").await?;

    page.press("Compare").await?;
    page.see_id("customer-id", &theirs.customer_id).await?;
    page.see("Business name in English").await?;
    let now: Vec<_> = world.rows().into_iter().filter(|row| row.partner_customer_id == *partner).collect();
    assert_eq!((now.len(), &now[0].customer), (1, &theirs.customer), "the other customer is as it was");
    let sent = sandbox.requests().iter().filter(|request| request.path.ends_with("/create")).count();
    assert_eq!(sent, 1, "it was sent once, whatever was pressed after");
    page.quit().await
}
