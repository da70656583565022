//! The program ends at each point of a submission, and starts again: the same end, and one customer at the platform.

use std::time::Duration;

use desk_core::crash::POINTS;
use desk_sandbox::{CarriedOut, Fault, FaultRule, Route};
use desk_tests::page::Page;
use desk_tests::process::{Trouble, wait_for};
use desk_tests::sending::{begin_draft, open_waiting, ready_to_send, send_anyway};
use desk_tests::world::World;
use rstest::rstest;
use thirtyfour::Key;

const NAME: &str = "Sable Point Foods Ltd";

/// A draft that was submitted and is not accepted yet ends accepted, by itself, with one customer at the platform.
async fn ends_well(world: &World, page: &Page, posts: usize) -> Result<(), Trouble> {
    let became = world.until(page, NAME, "accepted").await?;
    assert_eq!((became.rows, became.posts), (1, posts), "one customer, and no sending too many");
    page.see("Online. All sent.").await?;
    open_waiting(page).await?;
    page.see("Nothing waits, and no outcome is unknown").await?;
    page.no_barrier("after the crash").await
}

/// Submits while a point is armed, and waits until the program is gone.
async fn submit_and_crash(world: &World, point: &str) -> Result<(), Trouble> {
    assert!(POINTS.contains(&point));
    let page = world.start().await?;
    begin_draft(&page, NAME).await?;
    ready_to_send(&page).await?;
    world.door(&format!("crash {point}")).await?;
    // The driver may lose the window while the keys are pressed.
    let _ = page.chord(&[Key::Control, Key::Shift], Key::Enter).await;
    page.ended().await
}

#[rstest]
// Nothing of it was kept: the draft is open, and its user submits it.
#[case::before_queued_commit("before_queued_commit", "editing", 1)]
#[case::after_queued_commit("after_queued_commit", "", 1)]
#[case::before_sending_commit("before_sending_commit", "", 1)]
// Nothing was sent, and nobody can know: the platform proves that it does not have it.
#[case::after_sending_commit("after_sending_commit", "", 1)]
#[case::after_answer("after_answer", "", 1)]
#[case::before_outcome_commit("before_outcome_commit", "", 1)]
#[case::after_outcome_commit("after_outcome_commit", "accepted", 1)]
#[tokio::test]
async fn a_crash_while_sending_ends_as_if_there_was_none(
    #[case] point: &str,
    #[case] at_start: &str,
    #[case] posts: usize,
) -> Result<(), Trouble> {
    let world = World::new().await?;
    submit_and_crash(&world, point).await?;
    let page = world.start().await?;
    let became = world.became(&page, NAME).await?;
    assert_ne!(became.state, "sending", "what was on its way is looked up");
    if !at_start.is_empty() {
        assert_eq!(became.state, at_start);
    }
    if became.state == "editing" {
        assert_eq!(became.posts, 0);
        page.press("Drafts").await?;
        page.press(NAME).await?;
        send_anyway(&page).await?;
    }
    ends_well(&world, &page, posts).await?;
    page.quit().await
}

#[rstest]
#[case("before_lookup_commit")]
#[case("after_lookup_commit")]
#[tokio::test]
async fn a_crash_while_looking_up_ends_as_if_there_was_none(#[case] point: &str) -> Result<(), Trouble> {
    let world = World::new().await?;
    let cut = FaultRule::new(Route::Create, Fault::Reset).carried_out(CarriedOut::Yes).times(1);
    world.sandbox.as_ref().ok_or("no sandbox")?.set_faults(vec![cut]);
    submit_and_crash(&world, point).await?;
    let page = world.start().await?;
    assert_ne!(world.became(&page, NAME).await?.state, "sending");
    ends_well(&world, &page, 1).await?;
    page.quit().await
}

#[rstest]
#[case::that_is_carried_out(CarriedOut::Yes, 1)]
#[case::that_is_lost(CarriedOut::No, 2)]
#[tokio::test]
async fn a_kill_when_the_request_has_arrived_ends_as_if_there_was_none(
    #[case] carried_out: CarriedOut,
    #[case] posts: usize,
) -> Result<(), Trouble> {
    let world = World::new().await?;
    let sandbox = world.sandbox.as_ref().ok_or("no sandbox")?;
    sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Hang).carried_out(carried_out).times(1)]);
    let page = world.start().await?;
    begin_draft(&page, NAME).await?;
    send_anyway(&page).await?;
    wait_for("the request", Duration::from_secs(30), || async { (world.sent() == [NAME]).then_some(()) }).await?;
    page.kill().await?;

    let page = world.start().await?;
    assert_ne!(world.became(&page, NAME).await?.state, "sending");
    ends_well(&world, &page, posts).await?;
    page.quit().await
}
