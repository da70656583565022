//! Connections as their user keeps them: added, tested to every end, changed, archived, brought back; the three kinds of
//! environment; the proxy and the authorities of the network.

use desk_sandbox::{Fault, FaultRule, Route};
use desk_tests::page::Page;
use desk_tests::platform::{Certificate, Platform};
use desk_tests::process::Trouble;
use desk_tests::story::{choose_connection, expect, look_up, wait_saved};
use desk_tests::world::World;
use serde_json::json;
use thirtyfour::Key;

const NAME: &str = "business_details/business_name_english";

/// Fills the form of a new connection and adds it.
pub(crate) async fn add(page: &Page, name: &str, base_url: &str, environment: &str) -> Result<(), Trouble> {
    page.press("Add").await?;
    page.see("One account of a platform.").await?;
    let texts = [
        ("Name", name),
        ("Base URL", base_url),
        ("API key", "key-of-0123456789ab"),
        ("API secret", "secret-0123456789cd"),
    ];
    for (label, text) in texts {
        page.type_into(label, text).await?;
    }
    if environment != "Test" {
        page.press(environment).await?;
    }
    page.press("Add connection").await?;
    page.see(&format!("Connection {name} added.")).await?;
    page.focus_is_on("Test connection").await
}

/// Waits until none of these elements holds a text.
async fn gone(page: &Page, elements: &str, text: &str) -> Result<(), Trouble> {
    let body = "return ![...document.querySelectorAll(arguments[0])].some(e => e.innerText.includes(arguments[1]))";
    page.wait_script(&format!("no {text:?}"), body, vec![json!(elements), json!(text)]).await?;
    Ok(())
}

/// The lines of the last test that is shown.
const STEPS: &str =
    "return [...document.querySelectorAll('.steps li')].map(e => e.innerText.replace(/\\s+/g, ' ').trim())";

#[tokio::test]
async fn each_end_of_a_test_has_words_of_its_own() -> Result<(), Trouble> {
    let world = World::new().await?.trusting(&Certificate::authority_pem())?;
    let sandbox = world.sandbox.as_ref().ok_or("no sandbox")?;
    let account = sandbox.axisfi_typed.base_url.clone();
    let json = "application/json";
    let forbidden = r#"{"error":{"code":"FORBIDDEN","message":"not for you"}}"#;
    let silent = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let cases = [
        (
            "Not found",
            "https://platform.invalid".to_owned(),
            "The address of the platform was not found",
            "Address not found",
        ),
        (
            "Nothing there",
            "http://localhost:9".to_owned(),
            "Nothing answers at the address",
            "Address found, nothing answers there",
        ),
        ("Expired", Platform::tls(Certificate::Expired).await?.base_url(), "has expired", "Certificate expired"),
        (
            "Wrong host",
            Platform::tls(Certificate::WrongHost).await?.base_url(),
            "belongs to another host",
            "Certificate of another host",
        ),
        (
            "Untrusted",
            Platform::tls(Certificate::SelfSigned).await?.base_url(),
            "is not trusted by this computer",
            "Certificate not trusted",
        ),
        ("Wrong key", account, "The platform refused the API key or secret", "answered 401"),
        (
            "Not permitted",
            Platform::answering(403, json, forbidden).await?.base_url(),
            "does not permit this",
            "answered 403",
        ),
        (
            "Web page",
            Platform::answering(200, "text/html", "<html><title>Sign in</title></html>").await?.base_url(),
            "A web page answered",
            "Sign in answered 200",
        ),
    ];
    let page = world.start().await?;
    page.press("Connections").await?;
    // The one that says nothing takes half a minute: its test runs while the others are looked at.
    add(&page, "Silent", &format!("http://localhost:{}", silent.local_addr()?.port()), "Test").await?;
    page.keys(Key::Enter + "").await?;
    page.see("Testing…").await?;
    page.look_and_walk("accounts-testing").await?;
    for (name, base_url, headline, step) in &cases {
        add(&page, name, base_url, "Test").await?;
        page.press("Test connection").await?;
        page.see(headline).await.map_err(|trouble| format!("{name}: {trouble}"))?;
        let steps = page.script(STEPS, vec![]).await?.to_string();
        assert!(steps.contains(step), "{name}: {steps}");
        page.look_at(&format!("accounts-{}", name.to_lowercase().replace(' ', "-"))).await?;
    }
    page.tab_reaches_everything("accounts-web-page").await?;
    page.press("Silent").await?;
    // The list says it too, before its test is shown.
    let silent = "return [...document.querySelectorAll('.steps li')].some(e => e.innerText.includes('in time'))";
    page.wait_script("the end of a test without an answer", silent, vec![]).await?;
    page.look_and_walk("accounts-silent").await?;
    // What the list says of each.
    for said in [
        "Address not found,",
        "Nothing answers,",
        "Certificate expired,",
        "Certificate not trusted,",
        "Refused,",
        "Not permitted,",
        "Not the platform,",
        "No answer in time,",
    ] {
        page.see(said).await?;
    }
    page.press("Practice").await?;
    page.press("Test connection").await?;
    page.see("The connection works").await?;
    let steps = page.script(STEPS, vec![]).await?.to_string();
    for step in ["Address found and reached", "Clock agrees with the platform", "Signed in"] {
        assert!(steps.contains(step), "{step}: {steps}");
    }
    page.quit().await
}

#[tokio::test]
async fn a_connection_is_changed_archived_and_brought_back() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.press("Connections").await?;
    add(&page, "Lotus test", "https://lotus.example", "Test").await?;
    page.look_and_walk("accounts-added").await?;
    page.field("Name").await?.send_keys(Key::End + " two").await?;
    page.see("Changes are not saved yet.").await?;
    page.look_and_walk("accounts-changed").await?;
    // Leaving asks first.
    page.press("Drafts").await?;
    page.see("Leave without saving?").await?;
    page.look_and_walk("accounts-leave").await?;
    page.press("Stay here").await?;
    page.press("Save changes").await?;
    page.see("Saved").await?;
    page.see("Lotus test two").await?;
    page.press("Replace the API secret").await?;
    page.focus_is_on("API secret").await?;
    page.keys("another-secret-99zz").await?;
    page.keys(Key::Enter + "").await?;
    page.see("Saved").await?;
    page.see("Replace").await?;
    let text = page.text().await?;
    assert!(text.contains("••99zz") && !text.contains("another-secret"), "its end alone is shown: {text}");

    // Its draft goes with it, and comes back with it.
    page.press("More actions").await?;
    page.focus_is_on("Use this connection").await?;
    page.look_at("accounts-menu").await?;
    page.keys(Key::Enter + "").await?;
    page.see("Nothing here reaches a customer").await?;
    page.chord(&[Key::Control], "n").await?;
    page.focus_is_on("Business name in English").await?;
    page.fill(NAME, "Kept Aside Ltd").await?;
    wait_saved(&page).await?;
    page.press("Drafts").await?;
    page.see("Kept Aside Ltd").await?;
    page.press("Connections").await?;
    page.press("More actions").await?;
    page.focus_is_on("Use this connection").await?;
    page.keys(Key::End + "").await?;
    page.focus_is_on("Archive").await?;
    page.keys(Key::Enter + "").await?;
    page.see("Archive Lotus test two?").await?;
    page.focus_is_on("Cancel").await?;
    page.look_and_walk("accounts-archive").await?;
    page.press("Archive").await?;
    page.see("Show archived (1)").await?;
    gone(&page, "main a[data-row]", "Lotus test two").await?;
    page.see("Made-up customers, on this computer only").await?;
    page.press("Drafts").await?;
    page.see("Drafts").await?;
    page.see_no_more("Kept Aside Ltd").await?;
    page.press("Connection:").await?;
    gone(&page, "[role=menuitemradio]", "Lotus test two").await?;
    page.keys(Key::Escape + "").await?;
    page.quit().await?;

    let page = world.start().await?;
    page.press("Connections").await?;
    page.press("Show archived").await?;
    page.see("Lotus test two").await?;
    page.look_and_walk("accounts-archived").await?;
    page.press("Restore Lotus test two").await?;
    page.see_no_more("archived (1)").await?;
    page.focus_is_on("Lotus test two").await?;
    choose_connection(&page, "Lotus test two").await?;
    page.press("Drafts").await?;
    page.see("Kept Aside Ltd").await?;
    page.quit().await
}

#[tokio::test]
async fn production_asks_for_its_name_and_environments_stay_apart() -> Result<(), Trouble> {
    let world = World::new().await?;
    let sandbox = world.sandbox.as_ref().ok_or("no sandbox")?;
    let other = Platform::watching().await?;
    let row = world.rows().into_iter().find(|row| !row.sparse).ok_or("no customer")?;
    let page = world.start().await?;
    look_up(&page, "Customer ID", &row.customer_id).await?;
    page.press("Connections").await?;
    add(&page, "Harbour live", &sandbox.axisfi_typed.base_url, "Production. Real customers").await?;
    page.look_and_walk("accounts-production").await?;
    // The name changes at once; where customers are sent to does not.
    page.field("Name").await?.send_keys(Key::End + " EU").await?;
    page.press("Save changes").await?;
    page.see("Harbour live EU").await?;
    page.see_no_more("Changes are not saved yet.").await?;
    page.field("Base URL").await?.send_keys(Key::Control + "a").await?;
    page.keys(other.base_url()).await?;
    page.press("Save changes").await?;
    page.see("Change Harbour live EU?").await?;
    page.see("You change the base URL.").await?;
    page.look_and_walk("accounts-confirm").await?;
    page.press("Save in production").await?;
    page.see("Enter the word “Production”").await?;
    page.focus_is_on("Type “Production”").await?;
    page.look_at("accounts-confirm-mismatch").await?;
    page.keys("production").await?;
    page.keys(Key::Enter + "").await?;
    page.see_no_more("Change Harbour live EU?").await?;
    page.see("Saved").await?;
    expect(&page.value_of("Base URL").await?, &other.base_url())?;

    // Another environment is another list, another strip and another title.
    for (name, meaning, word) in [
        ("Harbour live EU", "Real customers", "Production"),
        ("Practice", "Made-up customers, on this computer only", "Sandbox"),
    ] {
        choose_connection(&page, name).await?;
        page.see(meaning).await?;
        page.press("Customers").await?;
        let count = if word == "Sandbox" { "1 on this computer" } else { "No customers on this computer yet" };
        page.see(count).await?;
        let title = format!("Customers - {word} - Customer Desk");
        page.wait_script(&title, "return document.title === arguments[0]", vec![json!(title)]).await?;
        page.look_at(&format!("environment-{}", word.to_lowercase())).await?;
    }
    page.press("Connections").await?;
    page.press("Harbour live EU").await?;
    page.press("More actions").await?;
    page.focus_is_on("Use this connection").await?;
    page.keys(Key::End + "").await?;
    page.keys(Key::Enter + "").await?;
    page.see("Type “Production” to go on").await?;
    page.look_and_walk("accounts-archive-production").await?;
    page.script("document.querySelector('dialog[open] input').focus()", vec![]).await?;
    page.keys("Production").await?;
    page.press("Archive in production").await?;
    page.see("Show archived (1)").await?;
    assert_eq!(other.connections(), 0, "nothing was sent anywhere");
    page.quit().await
}

#[tokio::test]
async fn the_network_settings_take_effect_and_stay() -> Result<(), Trouble> {
    let world = World::new().await?;
    let behind = Platform::answering(200, "text/html", "<html><title>Proxy</title></html>").await?;
    let page = world.start().await?;
    page.press("Settings").await?;
    page.see("Certificate authorities").await?;
    page.type_into("Proxy", "socks://nowhere").await?;
    page.keys(Key::Enter + "").await?;
    page.see("Proxy must be like http://proxy.example:8080").await?;
    page.look_and_walk("network-refused").await?;
    page.field("Proxy").await?.send_keys(Key::Control + "a").await?;
    page.keys(behind.base_url()).await?;
    page.keys(Key::Enter + "").await?;
    page.see("Every call goes through it").await?;

    page.press("Add authority").await?;
    page.see("Who holds its key can read").await?;
    page.look_and_walk("network-authority").await?;
    let paste = "const e = document.querySelector('dialog[open] textarea'); e.focus(); e.value = arguments[0]; e.dispatchEvent(new Event('input', { bubbles: true }))";
    page.script(paste, vec![json!("nothing of that kind")]).await?;
    page.press("Add authority").await?;
    page.see("Enter certificates as text").await?;
    page.look_at("network-authority-refused").await?;
    page.script(paste, vec![json!(Certificate::authority_pem())]).await?;
    page.press("Add authority").await?;
    page.see_no_more("Who holds its key can read").await?;
    page.see("Authority of the tests").await?;
    page.look_and_walk("network-authority-added").await?;
    page.quit().await?;

    // After a restart: the certificate is trusted now, and the proxy is in between.
    let page = world.start().await?;
    page.press("Settings").await?;
    page.see("Authority of the tests").await?;
    expect(&page.value_of("Proxy").await?, &behind.base_url())?;
    page.field("Proxy").await?.send_keys(Key::Control + "a").await?;
    page.keys(Key::Delete + "").await?;
    page.keys(Key::Enter + "").await?;
    page.see("Calls go straight to the platforms").await?;
    page.press("Connections").await?;
    add(&page, "Expired", &Platform::tls(Certificate::Expired).await?.base_url(), "Test").await?;
    page.press("Test connection").await?;
    // Expired, and no longer untrusted: the authority is known.
    page.see("Certificate expired").await?;
    page.press("Settings").await?;
    page.press("Remove Authority of the tests").await?;
    page.see("Stop trusting Authority of the tests?").await?;
    page.look_and_walk("network-remove").await?;
    page.press("Remove").await?;
    page.see("None added.").await?;
    page.quit().await
}

#[tokio::test]
async fn what_is_offline_is_said_and_lists_go_on() -> Result<(), Trouble> {
    let mut world = World::new().await?;
    let page = world.start().await?;
    let row = world.rows().into_iter().find(|row| !row.sparse).ok_or("no customer")?;
    look_up(&page, "Customer ID", &row.customer_id).await?;
    if let Some(sandbox) = &world.sandbox {
        sandbox.set_faults(vec![FaultRule::new(Route::Detail, Fault::Html).times(1)]);
    }
    page.press("Read again").await?;
    page.see("It could not be read again.").await?;
    page.look_and_walk("record-unread").await?;
    world.sandbox_off().await?;
    page.press("Read again").await?;
    page.see("This is the reading of").await?;
    page.look_and_walk("record-offline").await?;
    page.press("Customers").await?;
    page.see("Offline since").await?;
    page.see("1 on this computer").await?;
    page.look_and_walk("customers-offline").await?;
    page.press("Look up an ID").await?;
    page.see("Looking up needs a connection.").await?;
    page.look_at("lookup-offline").await?;
    page.keys(Key::Escape + "").await?;
    page.quit().await
}
