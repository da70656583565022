//! How the program starts, and what stops it from starting (RELIABILITY promises 5, 15, 17).

use std::path::Path;

use desk_tests::bus::Keyring;
use desk_tests::process::Trouble;
use desk_tests::story::expect;
use desk_tests::world::World;
use sha2::{Digest, Sha256};

/// "Untouched": the database and its log together (DECISIONS 6), and the key file.
fn fingerprint(data: &Path) -> String {
    let mut hash = Sha256::new();
    for name in ["desk.db", "desk.db-wal", "desk.key.json"] {
        hash.update(name);
        hash.update(std::fs::read(data.join(name)).unwrap_or_default());
    }
    hex::encode(hash.finalize())
}

/// A computer on which the program was used once.
async fn used_once() -> Result<World, Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.see("Online.").await?;
    page.quit().await?;
    Ok(world)
}

#[tokio::test]
async fn a_keyring_that_is_missing_or_locked_says_what_to_do_and_changes_no_byte() -> Result<(), Trouble> {
    let mut world = used_once().await?;
    for (state, words) in [(Keyring::Missing, "no keyring"), (Keyring::Locked, "locked")] {
        let before = fingerprint(&world.data());
        world.keyring(state)?;
        let page = world.start().await?;
        page.see("Try again").await?;
        let shown = page.text().await?.to_lowercase();
        assert!(shown.contains(words) || shown.contains("keyring"), "{state:?}: {shown}");
        page.no_barrier(&format!("keyring {state:?}")).await?;
        page.shots(&format!("keyring-{state:?}").to_lowercase()).await?;
        assert_eq!(fingerprint(&world.data()), before, "{state:?} changed the data");
        world.keyring(Keyring::Unlocked)?;
        page.press("Try again").await?;
        page.see("Online.").await?;
        page.quit().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_lost_key_never_makes_a_new_one_for_an_old_database() -> Result<(), Trouble> {
    let mut world = used_once().await?;
    world.bus.forget_everything()?;
    let before = fingerprint(&world.data());
    let page = world.start().await?;
    page.see("Try again").await?;
    page.no_barrier("key lost").await?;
    page.shots("key-lost").await?;
    page.press("Try again").await?;
    page.see("Try again").await?;
    assert_eq!(fingerprint(&world.data()), before, "the data is as it was");
    page.quit().await
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_untouched() -> Result<(), Trouble> {
    let world = used_once().await?;
    world.make_database_newer()?;
    let before = fingerprint(&world.data());
    let page = world.start().await?;
    page.see("newer").await?;
    page.no_barrier("newer database").await?;
    page.shots("database-newer").await?;
    assert_eq!(fingerprint(&world.data()), before, "the data is as it was");
    page.quit().await
}

#[tokio::test]
async fn a_second_start_ends_and_writes_nothing() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.see("Online.").await?;
    let status = world.start_second().await?;
    assert!(status.success(), "it ends in order: {status}");
    page.see("Online.").await?;
    page.quit().await
}

#[tokio::test]
async fn closing_the_window_keeps_the_last_key_press_and_the_window_s_place() -> Result<(), Trouble> {
    let world = World::new().await?.sized(1100, 700);
    let page = world.start().await?;
    page.chord(&[thirtyfour::Key::Control], "n").await?;
    page.field_at("business_details/business_name_english").await?.send_keys("Last word").await?;
    world.door("close").await?;
    page.ended().await?;

    let kept = std::fs::read_to_string(world.data().join("window.json"))?;
    let kept: serde_json::Value = serde_json::from_str(&kept)?;
    assert_eq!((&kept["width"], &kept["height"]), (&serde_json::json!(1100.0), &serde_json::json!(700.0)), "{kept}");
    let page = world.start().await?;
    page.press("Drafts").await?;
    page.press("Last word").await?;
    expect(&page.value_at("business_details/business_name_english").await?, "Last word")?;
    let restored = page.text().await?.contains("Restored");
    assert!(!restored, "it was closed in order: there is nothing to restore");
    page.quit().await
}
