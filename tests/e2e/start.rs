//! How the program starts, and what stops it from starting (RELIABILITY promises 5, 15, 17).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use desk_tests::bus::Keyring;
use desk_tests::page::Page;
use desk_tests::process::{Trouble, wait_for};
use desk_tests::story::{expect, wait_saved};
use desk_tests::world::World;
use sha2::{Digest, Sha256};

/// "Untouched": the database and its log together (DECISIONS 6), and the key file.
const UNTOUCHED: [&str; 3] = ["desk.db", "desk.db-wal", "desk.key.json"];

/// Every file of the data folder with a hash of what is in it.
fn fingerprint(data: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(data).into_iter().flatten().flatten();
    let of = |file: std::fs::DirEntry| {
        // A socket has a name and nothing in it.
        let hash = Sha256::digest(std::fs::read(file.path()).unwrap_or_default());
        (file.file_name().to_string_lossy().into_owned(), hex::encode(hash))
    };
    entries.map(of).collect()
}

/// The part of it that has to be as it was, whatever else starts and ends.
fn untouched(data: &Path) -> BTreeMap<String, String> {
    let mut found = fingerprint(data);
    found.retain(|name, _| UNTOUCHED.contains(&name.as_str()));
    found
}

/// The data folder once nothing is written there any more: what a start writes comes a moment after its first screen.
async fn at_rest(data: &Path) -> Result<BTreeMap<String, String>, Trouble> {
    let last = RefCell::new(BTreeMap::new());
    wait_for("the data folder to be at rest", Duration::from_secs(20), || async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let now = fingerprint(data);
        (last.replace(now.clone()) == now).then_some(now)
    })
    .await
}

/// The screen that says why the program does not start, by its title alone; nothing of another one.
async fn blocked_by(page: &Page, title: &str) -> Result<(), Trouble> {
    let body = "return document.querySelector('main.blocked h1')?.textContent === arguments[0]";
    page.wait_script(&format!("the screen {title:?}"), body, vec![title.into()]).await?;
    page.no_barrier(title).await?;
    page.tab_reaches_everything(title).await
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
    for (state, title) in
        [(Keyring::Missing, "No keyring on this computer"), (Keyring::Locked, "The keyring is locked")]
    {
        let before = untouched(&world.data());
        world.keyring(state)?;
        let page = world.start().await?;
        blocked_by(&page, title).await?;
        page.shots(&format!("keyring-{state:?}").to_lowercase()).await?;
        assert_eq!(untouched(&world.data()), before, "{state:?} changed the data");
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
    let before = untouched(&world.data());
    assert!(before.contains_key("desk.db") && before.contains_key("desk.key.json"), "{before:?}");
    let page = world.start().await?;
    blocked_by(&page, "The key of your data is missing").await?;
    page.shots("key-lost").await?;
    page.press("Try again").await?;
    page.see_no_more("Trying again").await?;
    blocked_by(&page, "The key of your data is missing").await?;
    assert_eq!(untouched(&world.data()), before, "the data is as it was");
    page.quit().await
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_untouched() -> Result<(), Trouble> {
    let world = used_once().await?;
    world.make_database_newer()?;
    let before = untouched(&world.data());
    let page = world.start().await?;
    blocked_by(&page, "Your data is from a newer version").await?;
    page.shots("database-newer").await?;
    assert_eq!(untouched(&world.data()), before, "the data is as it was");
    page.quit().await
}

#[tokio::test]
async fn a_second_start_ends_writes_nothing_and_brings_the_first_to_the_front() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.see("Online.").await?;
    let window = world.display.window_of(page.window().pid()?).await?;
    let before = at_rest(&world.data()).await?;
    assert!(before.contains_key("desk.db-wal") && before.contains_key("window.json"), "{before:?}");

    let cover = world.display.cover(&window).await?;
    let status = world.start_second().await?;
    assert!(status.success(), "it ends in order: {status}");
    world.display.comes_to_front(&window).await?;
    drop(cover);

    world.display.put_away(&window).await?;
    let status = world.start_second().await?;
    assert!(status.success(), "it ends in order: {status}");
    world.display.comes_back(&window).await?;

    assert_eq!(at_rest(&world.data()).await?, before, "it writes nothing");
    page.see("Online.").await?;
    page.quit().await
}

#[tokio::test]
async fn nobody_else_reads_what_lies_in_the_data_folder() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    // The test put it there, and not the program.
    std::fs::rename(world.data().join("window.json"), world.home().join("window.json"))?;
    page.chord(&[thirtyfour::Key::Control], "n").await?;
    page.fill("business_details/business_name_english", "Kept Private Ltd").await?;
    wait_saved(&page).await?;
    only_for_its_user(
        &world.data(),
        &["desk.db", "desk.db-shm", "desk.db-wal", "desk.key.json", "desk.lock", "desk.sock"],
    );
    world.door("close").await?;
    page.ended().await?;
    only_for_its_user(&world.data(), &["desk.db", "desk.key.json", "desk.lock", "window.json"]);
    Ok(())
}

/// The folder is for its user alone and so is all that is in it, a socket too; and these are there.
fn only_for_its_user(data: &Path, expected: &[&str]) {
    let facts = |path: &Path| std::fs::symlink_metadata(path).map(|facts| (facts.is_file(), facts.mode() & 0o777));
    assert_eq!(facts(data).ok(), Some((false, 0o700)), "the folder");
    let names: Vec<String> = fingerprint(data).into_keys().collect();
    for name in expected {
        assert!(names.iter().any(|found| found == name), "{name} is not in {names:?}");
    }
    for name in names {
        // The system makes a socket 0700 where it makes a file 0600; running it means nothing.
        let wanted = if name.ends_with(".sock") { (false, 0o700) } else { (true, 0o600) };
        assert_eq!(facts(&data.join(&name)).ok(), Some(wanted), "{name}");
    }
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
