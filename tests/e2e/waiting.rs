//! Everything that is on the way at once, in every state, in both sizes of the window.

use desk_sandbox::{Fault, FaultRule, Route};
use desk_tests::process::Trouble;
use desk_tests::sending::{begin_draft, open_waiting, send_anyway};
use desk_tests::story::choose_connection;
use desk_tests::world::World;

use crate::conflicts::{submit_under, taken};
use crate::outbox::cut_and_silent;

#[tokio::test]
async fn every_state_of_what_waits_in_a_large_and_in_the_smallest_window() -> Result<(), Trouble> {
    let world = World::new().await?;
    let sandbox = world.sandbox.as_ref().ok_or("no sandbox")?;
    let theirs = taken(&world)?;
    let page = world.start().await?;
    submit_under(&page, &theirs).await?;

    let [cut, silent] = <[FaultRule; 2]>::try_from(cut_and_silent()).map_err(|_| "two rules")?;
    sandbox.set_faults(vec![cut, FaultRule::status(Route::Create, 403), silent.clone()]);
    for (name, seen) in [
        ("Noor Al Bahr Shipping FZE", "1 conflict, 1 outcome unknown."),
        ("Hinoki Bath Fittings K.K.", "1 paused"),
        ("Lotus Gate Tea Merchants", "1 waiting to send."),
    ] {
        begin_draft(&page, name).await?;
        send_anyway(&page).await?;
        page.see(seen).await?;
    }
    // Of another connection, for one at a time is sent of each.
    sandbox.set_faults(vec![FaultRule::new(Route::Create, Fault::Hang), silent]);
    choose_connection(&page, "Practice untyped").await?;
    begin_draft(&page, "Heron Shade Travel").await?;
    send_anyway(&page).await?;
    open_waiting(&page).await?;
    for state in ["Conflict", "Outcome unknown", "Paused", "Waiting to send", "Sending"] {
        page.see(state).await?;
    }
    page.look_and_walk("waiting").await?;
    page.kill().await?;

    let world = world.sized(1024, 640);
    let page = world.start().await?;
    open_waiting(&page).await?;
    page.see("Outcome unknown").await?;
    page.look_and_walk("small-waiting").await?;
    if let Some(sandbox) = &world.sandbox {
        sandbox.set_faults(Vec::new());
    }
    page.press("Compare:").await?;
    page.see("Whose is it?").await?;
    page.look_and_walk("small-conflict").await?;
    page.quit().await
}
