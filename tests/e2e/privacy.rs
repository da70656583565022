//! Nothing of a customer lies readable on the disk, and nobody but the connection's host is spoken to (RELIABILITY
//! promises 7 and 18).

use std::path::{Path, PathBuf};
use std::process::Command;

use desk_sandbox::Revision;
use desk_tests::process::Trouble;
use desk_tests::story::{Eyes, look_up, play, wait_saved};
use desk_tests::world::World;
use thirtyfour::Key;

/// One word a field that stands nowhere else.
const CANARIES: [(&str, &str); 12] = [
    ("business_details/business_name_english", "CanaryAlpha Trading"),
    ("business_details/business_name", "CanaryBravo有限公司"),
    ("business_details/website", "canarycharlie.example"),
    ("business_details/business_identifier_number", "CANARYDELTA77"),
    ("business_details/business_identifier_document_list/0", "canary_echo_file"),
    ("registration_address/registration_address_line1", "1 CanaryFoxtrot Street"),
    ("registration_address/registration_address_city", "CanaryGolf"),
    ("registration_address/registration_address_postcode", "CANARYHOTEL"),
    ("account_usage/goods_service_description", "CanaryIndia lamps and lanterns"),
    ("account_usage/industry_category_code", "CANARYJULIETT"),
    ("primary_contact/contact_phone", "+61 2 5550 7788"),
    ("primary_contact/contact_email", "canarykilo@canarylima.example"),
];

/// What must not be found besides the typed words: the secrets of the sandbox, and of a connection.
const SECRETS: [&str; 4] =
    ["secret-canary-mike-0123456789", "key-canary-november-0123456789", "CanaryOscar", "+61255507788"];

#[tokio::test]
async fn no_canary_key_or_secret_lies_readable_in_any_file() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    add_connection(&page).await?;
    page.chord(&[Key::Control], "n").await?;
    for (path, text) in CANARIES {
        page.fill(path, text).await?;
    }
    wait_saved(&page).await?;
    page.press("Review and submit").await?;
    page.see("To confirm").await?;
    let row =
        world.rows().into_iter().find(|row| row.revision == Revision::Typed && !row.sparse).ok_or("no customer")?;
    look_up(&page, "Customer ID", &row.customer_id).await?;
    page.press("Show Contact email").await?;
    let platform = row.customer["primary_contact"]["contact_email"].as_str().unwrap_or_default().to_owned();
    page.see(&platform).await?;
    // Errors are provoked while it is open, and the program is killed: nothing gets a chance to clean up.
    page.press("Customers").await?;
    let missing = look_up(&page, "Customer ID", "CanaryOscar");
    let _ = tokio::time::timeout(std::time::Duration::from_secs(3), missing).await;
    page.kill().await?;

    let mut words: Vec<&str> = CANARIES.iter().map(|(_, word)| *word).chain(SECRETS).collect();
    words.push(&platform);
    let mut found = Vec::new();
    let mut files = 0;
    for file in files_below(world.home()) {
        // The keyring's own file is the system's, and encrypted by it; the bus is the test's.
        if file.starts_with(world.home().join("bus")) {
            continue;
        }
        files += 1;
        let bytes = std::fs::read(&file).unwrap_or_default();
        for word in &words {
            if forms(word).iter().any(|form| contains(&bytes, form)) {
                found.push(format!("{word} in {}", file.display()));
            }
        }
    }
    assert!(files > 2, "the search saw the program's files");
    assert!(found.is_empty(), "readable: {found:#?}");
    Ok(())
}

#[test]
fn the_search_finds_a_word_that_is_there() {
    for hidden in ["xxCanaryAlphaxx".as_bytes().to_vec(), utf16("CanaryAlpha"), b"Q2FuYXJ5QWxwaGE=".to_vec()] {
        assert!(forms("CanaryAlpha").iter().any(|form| contains(&hidden, form)), "{hidden:?}");
    }
}

async fn add_connection(page: &desk_tests::page::Page) -> Result<(), Trouble> {
    page.press("Connections").await?;
    page.press("Add").await?;
    page.see("Add a connection").await?;
    page.type_into("Name", "Canary bank").await?;
    page.type_into("Base URL", "https://canary.invalid").await?;
    page.type_into("API key", SECRETS[1]).await?;
    page.type_into("API secret", SECRETS[0]).await?;
    page.press("Add connection").await?;
    page.see("Connection Canary bank added.").await
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| {
            let path = entry.path();
            if path.is_dir() { files_below(&path) } else { vec![path] }
        })
        .filter(|path| path.is_file())
        .collect()
}

/// A word as it may lie in a file: UTF-8, UTF-16, base64 at any of the three offsets.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let mut forms = vec![word.as_bytes().to_vec(), utf16(word)];
    for offset in 0..3 {
        let padded: Vec<u8> = vec![b'x'; offset].into_iter().chain(word.bytes()).collect();
        let text = base64(&padded);
        // The first and last characters depend on what stands beside the word.
        let (from, to) = ((offset * 8).div_ceil(6), text.trim_end_matches('=').len().saturating_sub(2));
        forms.push(text.as_bytes()[from..to].to_vec());
    }
    forms
}

fn utf16(word: &str) -> Vec<u8> {
    word.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for i in 0..=chunk.len() {
            text.push(char::from(LETTERS[(group >> (18 - 6 * i)) as usize & 63]));
        }
    }
    text
}

fn contains(bytes: &[u8], form: &[u8]) -> bool {
    bytes.windows(form.len()).any(|window| window == form)
}

/// Set for the part of the test that runs inside the namespace.
const INSIDE: &str = "DESK_INSIDE_NAMESPACE";

/// Every packet that is not for this computer, a question for a name too, leaves through a device that swallows and
/// counts it. The first line counts a packet that is sent on purpose: without it a count of 0 would prove nothing.
const SCRIPT: &str = r#"set -e
ip link set lo up
echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6 || true
ip link add sink type veth peer name swallow
ip link set swallow up
ip addr add 203.0.113.1/24 dev sink
ip link set sink arp off up
ip route add default dev sink
mount --bind "$1" /etc/resolv.conf
count() { awk '$1 == "sink:" { print $11 }' /proc/net/dev; }
echo x > /dev/udp/198.51.100.7/9
control=$(count)
"$0" --exact privacy::inside_the_namespace --nocapture >&2
echo "$control $(( $(count) - control ))""#;

#[test]
fn nobody_but_the_host_of_the_connection_is_spoken_to() -> Result<(), Trouble> {
    let folder = tempfile::tempdir()?;
    let resolver = folder.path().join("resolv.conf");
    std::fs::write(&resolver, "nameserver 203.0.113.53\n")?;
    let run = Command::new("unshare")
        .args(["--net", "--mount", "--map-root-user", "--", "bash", "-c", SCRIPT])
        .arg(std::env::current_exe()?)
        .arg(&resolver)
        .env(INSIDE, "1")
        .output()?;
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success(), "the part inside failed: {said}");
    assert_eq!(
        String::from_utf8_lossy(&run.stdout).trim(),
        "1 0",
        "the packet sent on purpose, and none of the program"
    );
    Ok(())
}

#[tokio::test]
async fn inside_the_namespace() -> Result<(), Trouble> {
    if std::env::var_os(INSIDE).is_none() {
        return Ok(());
    }
    let world = World::new().await?;
    let (page, id) = play(&world, &mut Eyes::blind()).await?;
    look_up(&page, "Customer ID", &id).await?;
    page.quit().await
}
