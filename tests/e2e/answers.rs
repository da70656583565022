//! Bad answers, each with its own clear error and the draft untouched.

use desk_tests::page::Page;
use desk_tests::platform::{Certificate, Platform};
use desk_tests::process::Trouble;
use desk_tests::story::{BUSINESS, expect, wait_saved};
use desk_tests::world::World;
use serde_json::json;
use thirtyfour::Key;

#[tokio::test]
async fn each_bad_answer_has_its_own_words_and_leaves_the_draft_as_it_was() -> Result<(), Trouble> {
    let second = Platform::watching().await?;
    let cases = [
        ("expired certificate", Platform::tls(Certificate::Expired).await?, "expired", "Not sent."),
        ("wrong host", Platform::tls(Certificate::WrongHost).await?, "another host", "Not sent."),
        ("not trusted", Platform::tls(Certificate::SelfSigned).await?, "trust", "Not sent."),
        ("redirect", Platform::redirecting(&second).await?, "It did not go there", "Nobody knows yet"),
        (
            "HTML",
            Platform::answering(200, "text/html", "<html><title>Sign in</title></html>").await?,
            "A web page answered",
            "Nobody knows yet",
        ),
        ("cut", Platform::cutting().await?, "ended too early", "Nobody knows yet"),
        (
            "6 MB",
            Platform::answering(200, "application/json", &format!("\"{}\"", "x".repeat(6_000_000))).await?,
            "is larger than",
            "Nobody knows yet",
        ),
        (
            "other JSON",
            Platform::answering(200, "application/json", r#"{"weather":"fine"}"#).await?,
            "another shape",
            "Nobody knows yet",
        ),
    ];
    let world = World::new().await?.trusting(&Certificate::authority_pem())?;
    let page = world.start().await?;
    for (number, (case, platform, words, outcome)) in cases.iter().enumerate() {
        let name = format!("Bank {number}");
        add_connection(&page, &name, &platform.base_url()).await?;
        page.press("Test connection").await?;
        page.see(words).await.map_err(|trouble| format!("{case}, test: {trouble}"))?;
        page.no_barrier(&format!("{case}, test of the connection")).await?;
        choose(&page, &name).await?;
        page.chord(&[Key::Control], "n").await?;
        page.fill(BUSINESS[0].0, BUSINESS[0].1).await?;
        wait_saved(&page).await?;
        page.press("Review and submit").await?;
        page.press("Send anyway, without them").await?;
        page.chord(&[Key::Control, Key::Shift], Key::Enter).await?;
        page.see(outcome).await.map_err(|trouble| format!("{case}, outcome: {trouble}"))?;
        page.see(words).await.map_err(|trouble| format!("{case}, words: {trouble}"))?;
        page.no_barrier(case).await?;
        page.press("Back to the form").await?;
        expect(&page.value_at(BUSINESS[0].0).await?, BUSINESS[0].1)?;
    }
    assert_eq!(second.connections(), 0, "the host of the redirect sees nothing");
    page.quit().await
}

#[tokio::test]
async fn http_to_another_host_is_refused_before_anything_is_kept() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.press("Connections").await?;
    page.press("Add").await?;
    page.see("Add a connection").await?;
    page.type_into("Name", "Plain").await?;
    page.type_into("Base URL", "http://bank.example").await?;
    page.type_into("API key", "key-0123456789").await?;
    page.type_into("API secret", "secret-0123456789").await?;
    page.press("Add connection").await?;
    page.see_below(&page.field("Base URL").await?, "Base URL must start with https://").await?;
    page.focus_is_on("Base URL").await?;
    page.see("Add a connection").await?;
    page.no_barrier("connection refused").await?;
    expect(&page.value_of("Base URL").await?, "http://bank.example")?;

    let ask = "const done = arguments[arguments.length - 1];
      window.__TAURI_INTERNALS__.invoke('app_status', { request: {} }).then(v => done(v.connections.map(c => c.name)))";
    let names = page.driver().execute_async(ask, vec![]).await?.json().clone();
    assert!(names.as_array().is_some_and(|names| !names.is_empty() && !names.contains(&json!("Plain"))), "{names}");
    page.keys(Key::Escape + "").await?;
    page.see_no_more("Add a connection").await?;
    assert!(!page.text().await?.contains("Plain"), "the list holds no connection of this name");
    page.quit().await
}

async fn add_connection(page: &Page, name: &str, base_url: &str) -> Result<(), Trouble> {
    page.press("Connections").await?;
    // A draft has buttons that add something too.
    page.see("Test connection").await?;
    page.press("Add").await?;
    page.see("Add a connection").await?;
    page.type_into("Name", name).await?;
    page.type_into("Base URL", base_url).await?;
    page.type_into("API key", "key-0123456789abcdef").await?;
    page.type_into("API secret", "secret-0123456789abcdef").await?;
    page.press("Add connection").await?;
    page.see(&format!("Connection {name} added.")).await
}

/// Makes a connection the current one, by the menu in the strip.
async fn choose(page: &Page, name: &str) -> Result<(), Trouble> {
    page.press("Connection:").await?;
    page.press(name).await
}
