//! What a screen reader has of what is on the way, and of a conflict.

use desk_sandbox::{FaultRule, Route};
use desk_tests::process::Trouble;
use desk_tests::sending::{begin_draft, open_waiting, send_anyway};

use crate::conflicts::{submit_under, taken};
use crate::outbox::cut_and_silent;
use crate::tree::{Hearing, later};

#[tokio::test]
async fn what_waits_and_a_conflict_are_heard() -> Result<(), Trouble> {
    let mut hearing = Hearing::start().await?;
    let theirs = taken(&hearing.world)?;
    submit_under(&hearing.page, &theirs).await?;
    let rules = |mut rules: Vec<FaultRule>| {
        rules.push(later());
        hearing.world.sandbox.iter().for_each(|sandbox| sandbox.set_faults(rules.clone()));
    };
    let cut = cut_and_silent().into_iter().take(1);
    rules(cut.chain([FaultRule::status(Route::Create, 401)]).collect());
    for (name, seen) in [
        ("Noor Al Bahr Shipping FZE", "1 outcome unknown"),
        ("Hinoki Bath Fittings K.K.", "1 paused"),
        ("Lotus Gate Tea Merchants", "1 waiting to send."),
    ] {
        begin_draft(&hearing.page, name).await?;
        send_anyway(&hearing.page).await?;
        hearing.page.see(seen).await?;
    }
    open_waiting(&hearing.page).await?;
    hearing.put_off().await?;
    hearing.heard("waiting", "Conflict").await?;
    hearing.page.press("Compare:").await?;
    hearing.page.see("Whose is it?").await?;
    hearing.heard("conflict", "Whose is it?").await?;
    hearing.end().await
}
