//! What is on the way, as its user sees it: the cut after the commit, the queue while the platform is away, keys that are
//! refused. Each ends with one customer at the platform.

use desk_sandbox::{CarriedOut, Fault, FaultRule, Route};
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::sending::{NAME, begin_draft, open_waiting, send_anyway};
use desk_tests::world::World;
use thirtyfour::Key;

const NOOR: &str = "Noor Al Bahr Shipping FZE";
const HINOKI: &str = "Hinoki Bath Fittings K.K.";

/// More than any time that the program waits by itself.
const LONG: &str = "advance 600000";

/// A platform that commits and breaks off, and then does not answer who asks.
pub(crate) fn cut_and_silent() -> Vec<FaultRule> {
    let cut = FaultRule::new(Route::Create, Fault::Reset).carried_out(CarriedOut::Yes).times(1);
    vec![cut, FaultRule::status(Route::Detail, 503)]
}

/// The line of a draft in the list, or of what waits.
async fn line(page: &Page, name: &str) -> Result<String, Trouble> {
    let body =
        "const row = [...document.querySelectorAll('main tbody tr')].find(e => e.innerText.includes(arguments[0]));
      return row ? row.innerText.replace(/\\s+/g, ' ') : null";
    let found = page.wait_script(&format!("the line of {name}"), body, vec![name.into()]).await?;
    Ok(found.as_str().unwrap_or_default().to_owned())
}

/// Every word of these stands in a line.
fn says(line: &str, words: &[&str]) {
    let missing: Vec<_> = words.iter().filter(|words| !line.contains(**words)).collect();
    assert!(missing.is_empty(), "{missing:?} not in {line:?}");
}

#[tokio::test]
async fn what_was_cut_after_the_commit_is_unknown_then_found_and_there_once() -> Result<(), Trouble> {
    let world = World::new().await?;
    let sandbox = world.sandbox.as_ref().ok_or("no sandbox")?;
    sandbox.set_faults(cut_and_silent());
    let page = world.start().await?;
    begin_draft(&page, NOOR).await?;
    send_anyway(&page).await?;
    page.see("Nobody knows yet whether the platform has it.").await?;
    page.see("Looks it up ").await?;
    page.see("so nothing is sent again then.").await?;
    page.see("1 outcome unknown.").await?;
    page.look_and_walk("review-unknown-next").await?;
    assert_eq!(world.rows_named(NOOR), 1, "the platform has it, and the program cannot know");

    // Everywhere the same.
    page.press("Drafts").await?;
    says(&line(&page, NOOR).await?, &["Outcome unknown"]);
    page.no_barrier("drafts with an outcome unknown").await?;
    open_waiting(&page).await?;
    says(&line(&page, NOOR).await?, &["Outcome unknown", "New customer", "Looks it up", "Look up now"]);
    page.look_and_walk("waiting-unknown").await?;
    page.press(NOOR).await?;
    page.see("Nobody knows yet whether the platform has it.").await?;

    // By itself, on the screen that is open.
    sandbox.set_faults(Vec::new());
    world.door(LONG).await?;
    page.see("Accepted.").await?;
    page.see("Online. All sent.").await?;
    page.no_barrier("found").await?;
    let became = world.became(&page, NOOR).await?;
    assert_eq!((became.state.as_str(), became.rows, became.posts), ("accepted", 1, 1));
    open_waiting(&page).await?;
    page.see("Nothing waits, and no outcome is unknown").await?;
    page.look_and_walk("waiting-empty").await?;
    page.quit().await
}

#[tokio::test]
async fn while_the_platform_is_away_drafts_wait_in_their_order_over_a_restart() -> Result<(), Trouble> {
    let mut world = World::new().await?;
    let page = world.start().await?;
    begin_draft(&page, HINOKI).await?;
    world.sandbox_off().await?;
    send_anyway(&page).await?;
    page.see("The platform was not reached.").await?;
    page.look_and_walk("review-not-reached").await?;
    page.press("Do this from now on").await?;
    page.press("Send when online").await?;
    page.see("Waiting to send.").await?;
    page.see("1 waiting to send.").await?;
    page.look_and_walk("review-waiting").await?;

    // It is asked once.
    begin_draft(&page, NOOR).await?;
    send_anyway(&page).await?;
    page.see("2 waiting to send.").await?;
    page.see("Waiting to send.").await?;
    let text = page.text().await?;
    assert!(!text.contains("Send when online"), "it was asked already: {text}");
    page.press("Drafts").await?;
    says(&line(&page, HINOKI).await?, &["Waiting to send"]);
    says(&line(&page, NOOR).await?, &["Waiting to send"]);
    open_waiting(&page).await?;
    says(&line(&page, HINOKI).await?, &["Waiting to send", "Not sent yet", "Tries again", "Send now", "Take out of"]);
    says(&line(&page, NOOR).await?, &["Waiting to send", "Is sent after 1 other", "Take out of the queue"]);
    page.look_and_walk("waiting-offline").await?;
    page.quit().await?;

    let page = world.start().await?;
    page.see("2 waiting to send.").await?;
    world.sandbox_back()?;
    world.door(LONG).await?;
    page.see("Online. All sent.").await?;
    for name in [HINOKI, NOOR] {
        let became = world.until(&page, name, "accepted").await?;
        assert_eq!((became.rows, became.posts), (1, 1), "{name}");
    }
    assert_eq!(world.sent(), [HINOKI, NOOR], "in the order they were submitted");
    page.quit().await
}

#[tokio::test]
async fn refused_keys_pause_what_is_submitted_until_the_connection_works() -> Result<(), Trouble> {
    let world = World::new().await?;
    let sandbox = world.sandbox.as_ref().ok_or("no sandbox")?;
    let page = world.start().await?;
    sandbox.set_faults(vec![FaultRule::status(Route::Create, 401)]);
    begin_draft(&page, HINOKI).await?;
    send_anyway(&page).await?;
    page.see("Paused.").await?;
    page.see("The platform refused what the connection signs in with.").await?;
    page.see("1 paused: keys refused.").await?;
    page.look_and_walk("review-paused").await?;
    begin_draft(&page, NOOR).await?;
    send_anyway(&page).await?;
    page.see("Is sent after 1 other.").await?;
    assert_eq!(world.sent(), [HINOKI], "nothing more is sent with keys that are refused");
    open_waiting(&page).await?;
    says(&line(&page, HINOKI).await?, &["Paused", "Test it or replace its keys", "Send now"]);
    says(&line(&page, NOOR).await?, &["Waiting to send", "Is sent after 1 other"]);
    page.look_and_walk("waiting-paused").await?;

    // Its keys alone were wrong: a connection that works lets everything go on.
    sandbox.set_faults(Vec::new());
    page.press("Test it or replace its keys").await?;
    page.press("Test connection").await?;
    page.see("The connection works").await?;
    page.see("Online. All sent.").await?;
    for name in [HINOKI, NOOR] {
        let became = world.until(&page, name, "accepted").await?;
        assert_eq!(became.rows, 1, "{name}");
    }
    assert_eq!(world.sent(), [HINOKI, HINOKI, NOOR], "in their order, the first of them again");
    page.quit().await
}

#[tokio::test]
async fn what_is_taken_out_of_the_queue_can_be_changed_and_is_not_sent() -> Result<(), Trouble> {
    let world = World::new().await?;
    let sandbox = world.sandbox.as_ref().ok_or("no sandbox")?;
    let page = world.start().await?;
    sandbox.set_faults(vec![FaultRule::status(Route::Create, 401)]);
    begin_draft(&page, HINOKI).await?;
    send_anyway(&page).await?;
    page.see("Paused.").await?;
    page.press("Back to the form").await?;
    page.see("Read-only.").await?;
    assert!(!page.can_type_at(NAME).await?, "what waits is as it was submitted");
    page.press("Take out of the queue").await?;
    page.see_no_more("Read-only.").await?;
    assert!(page.can_type_at(NAME).await?);
    page.no_barrier("taken out at the form").await?;

    // From the list, by its key.
    send_anyway(&page).await?;
    page.see("Paused.").await?;
    open_waiting(&page).await?;
    page.press(HINOKI).await?;
    page.see("Paused.").await?;
    open_waiting(&page).await?;
    page.press("Take out of the queue:").await?;
    page.see("Nothing waits, and no outcome is unknown").await?;
    sandbox.set_faults(Vec::new());
    world.door(LONG).await?;
    let became = world.became(&page, HINOKI).await?;
    assert_eq!((became.state.as_str(), became.rows, became.posts), ("editing", 0, 2));
    page.press("Drafts").await?;
    page.press(HINOKI).await?;
    send_anyway(&page).await?;
    page.see("Accepted.").await?;
    page.keys(Key::Escape + "").await?;
    assert_eq!(world.rows_named(HINOKI), 1);
    page.quit().await
}
