//! Nothing of a customer lies readable on the disk, and nobody but the connection's host is spoken to (RELIABILITY
//! promises 7 and 18).

use std::path::{Path, PathBuf};
use std::process::Command;

use desk_domain::field::FIELDS;
use desk_sandbox::{Fault, FaultRule, Revision, Route};
use desk_tests::process::Trouble;
use desk_tests::story::{Eyes, expect, look_up, play, wait_saved};
use desk_tests::world::World;
use serde_json::json;
use thirtyfour::Key;

/// What is typed into every field: a word of its own that stands nowhere else. By the end of their path; persons' fields
/// are those of the first.
const CANARIES: [(&str, &str); 36] = [
    ("partner_customer_id", "cd-canary-partner-0123456789"),
    ("business_details/business_name_english", "CanaryAlpha Trading"),
    ("business_details/business_name", "CanaryBravo有限公司"),
    ("business_details/business_type", "CanaryAble guild"),
    ("business_details/website", "canarycharlie.example"),
    ("business_details/business_identifier_type", "CanaryBaker register"),
    ("business_details/business_identifier_number", "CANARYDELTA77"),
    ("business_details/business_identifier_start_date", "13 oct 1957"),
    ("business_details/business_identifier_expiry_date", "14 oct 2057"),
    ("business_details/business_identifier_document_list/0", "canary_echo_file"),
    ("registration_address/registration_address_line1", "1 CanaryFoxtrot Street"),
    ("registration_address/registration_address_city", "CanaryGolf"),
    ("registration_address/registration_address_state", "CanaryEasy"),
    ("registration_address/registration_address_postcode", "CANARYHOTEL"),
    ("account_usage/goods_service_description", "CanaryIndia lamps and lanterns"),
    ("account_usage/industry_category_code", "CANARYJULIETT"),
    ("account_usage/account_usage_product_reference", "CanaryDog product"),
    ("account_usage/estimated_monthly_revenue_amount", "98765432109876.54"),
    ("primary_contact/contact_phone", "+61 2 5550 7788"),
    ("primary_contact/contact_email", "canarykilo@canarylima.example"),
    ("basic_info/first_name_english", "CanaryQuebec"),
    ("basic_info/last_name_english", "CanaryRomeo"),
    ("basic_info/first_name", "CanarySierra伟"),
    ("basic_info/last_name", "CanaryTango张"),
    ("basic_info/role_type", "CanaryUniform role"),
    ("basic_info/birth_date", "17 mar 1943"),
    ("residential_address/residential_address_line1", "9 CanaryVictor Lane"),
    ("residential_address/residential_address_city", "CanaryWhiskey"),
    ("residential_address/residential_address_state", "CanaryXray"),
    ("residential_address/residential_address_postcode", "CANARYYANKEE"),
    ("identification/id_type", "CanaryZulu card"),
    ("identification/id_number", "CANARYNUMBER42"),
    ("identification/id_issue_date", "11 feb 2019"),
    ("identification/id_expiration_date", "12 feb 2041"),
    ("identification/id_document_front_file_id", "canary_front_file"),
    ("identification/id_document_back_file_id", "canary_back_file"),
];

/// Countries and currencies are codes of two and three letters, which lie in every file: typed, and not looked for. Of
/// addresses in Qatar the rules know nothing, so that any region and code will do.
const CODES: [(&str, &str); 6] = [
    ("business_details/business_identifier_country_code", "austral"),
    ("registration_address/registration_address_country_code", "qatar"),
    ("account_usage/operating_country", "austral"),
    ("basic_info/nationality", "austral"),
    ("residential_address/residential_address_country_code", "qatar"),
    ("identification/id_issuing_country_code", "austral"),
];

/// The same, of the currency.
const CURRENCY: (&str, &str) = ("account_usage/estimated_monthly_revenue_currency", "aud");

/// What must not be found besides what was typed: as the program understood it, the secrets of a connection, what was
/// looked up, what the platform said.
const SECRETS: [&str; 9] = [
    "secret-canary-mike-0123456789",
    "key-canary-november-0123456789",
    "CanaryOscar",
    "CanaryPapa says no",
    "CanaryRefusal of a passport",
    "+61255507788",
    "1943-03-17",
    "1957-10-13",
    "CANARY_REFUSED",
];

#[tokio::test]
async fn no_canary_key_or_secret_lies_readable_in_any_file() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    add_connection(&page).await?;
    page.press("Connection:").await?;
    page.press("Practice").await?;
    page.chord(&[Key::Control], "n").await?;
    for (path, text) in CANARIES.into_iter().chain(CODES).chain([CURRENCY]) {
        page.retype(path, text).await?;
    }
    for (path, text) in CANARIES {
        expect(&page.value_at(path).await?, text).map_err(|trouble| format!("{path}: {trouble}"))?;
    }
    wait_saved(&page).await?;

    // Errors are provoked: one of the platform's about fields, one of a look-up, one of a connection.
    refuse_the_next(&world)?;
    page.press("Review and submit").await?;
    page.see("To confirm").await?;
    page.tick_everything().await?;
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await?;
    page.see("The platform refused it.").await?;
    page.see("CanaryPapa says no").await?;
    let row =
        world.rows().into_iter().find(|row| row.revision == Revision::Typed && !row.sparse).ok_or("no customer")?;
    look_up(&page, "Customer ID", &row.customer_id).await?;
    page.press("Show Contact email").await?;
    let platform = row.customer["primary_contact"]["contact_email"].as_str().unwrap_or_default().to_owned();
    page.see(&platform).await?;
    page.press("Customers").await?;
    page.press("Look up an ID").await?;
    page.type_into("Customer ID", "CanaryOscar").await?;
    page.keys(Key::Enter + "").await?;
    page.see("The platform has no customer with this customer ID.").await?;
    // The program is killed while it shows that: nothing gets a chance to clean up.
    page.kill().await?;

    let words: Vec<&str> = CANARIES.iter().map(|(_, word)| *word).chain(SECRETS).chain([platform.as_str()]).collect();
    let forms: Vec<_> = words.iter().map(|word| (word, forms(word))).collect();
    let mut found = Vec::new();
    let mut searched = Vec::new();
    for file in files_below(world.home()) {
        // The keyring's own file is the system's, and encrypted by it; the bus is the test's.
        if file.starts_with(world.home().join("bus")) {
            continue;
        }
        let bytes = std::fs::read(&file)?;
        for (word, forms) in &forms {
            if forms.iter().any(|form| contains(&bytes, form)) {
                found.push(format!("{word} in {}", file.display()));
            }
        }
        searched.push((file, bytes.len()));
    }
    for name in ["desk.db", "desk.db-wal"] {
        let there = searched.iter().any(|(file, size)| *file == world.data().join(name) && *size > 0);
        assert!(there, "{name} is not among what was searched: {searched:?}");
    }
    assert!(found.is_empty(), "readable: {found:#?}");
    Ok(())
}

/// The platform refuses the next customer, with words about two fields.
fn refuse_the_next(world: &World) -> Result<(), Trouble> {
    let body = json!({ "error": { "code": "CANARY_REFUSED", "message": "CanaryPapa says no", "details": [
        { "field": "business_details.website", "message": "CanaryPapa says no" },
        { "field": "business_person_list[0].identification.id_number", "message": "CanaryRefusal of a passport" },
    ] } });
    let (content_type, body) = ("application/json".to_owned(), body.to_string());
    let refusal = Fault::Status { status: 400, content_type, body, retry_after_seconds: None };
    let sandbox = world.sandbox.as_ref().ok_or("no sandbox")?;
    sandbox.set_faults(vec![FaultRule::new(Route::Create, refusal).times(1)]);
    Ok(())
}

#[test]
fn no_field_of_the_form_is_left_out_of_the_search() {
    let typed: Vec<&str> = CANARIES.iter().chain(&CODES).chain([&CURRENCY]).map(|(path, _)| *path).collect();
    for spec in FIELDS {
        let end = if spec.group.is_empty() { spec.key.to_owned() } else { format!("{}/{}", spec.group, spec.key) };
        let there = typed.iter().any(|path| path.trim_end_matches("/0").ends_with(&end));
        assert!(there, "{end} is typed by the test");
    }
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

/// What to do where the test cannot have a network of its own. It fails there: what was not looked at is not promised.
const NO_NAMESPACE: &str = "\
This test needs a network of its own, and this computer gives none. It needs `unshare` (util-linux), `ip` (iproute2), and \
either root or user namespaces for users: kernel.unprivileged_userns_clone=1, user.max_user_namespaces and \
user.max_net_namespaces above 0, kernel.apparmor_restrict_unprivileged_userns=0; in a container, the right to make them.";

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
    let part = ["--net", "--mount", "--map-root-user", "--"];
    // Asked first and alone, so that a computer that refuses it is not mistaken for a program that talks.
    let asked = Command::new("unshare").args(part).arg("true").output();
    let refused = match &asked {
        Ok(asked) if asked.status.success() => None,
        Ok(asked) => Some(String::from_utf8_lossy(&asked.stderr).trim().to_owned()),
        Err(error) => Some(error.to_string()),
    };
    if let Some(words) = refused {
        return Err(format!("{NO_NAMESPACE} `unshare {} true` said: {words}", part.join(" ")).into());
    }
    let run = Command::new("unshare")
        .args(part)
        .args(["bash", "-c", SCRIPT])
        .arg(std::env::current_exe()?)
        .arg(&resolver)
        .env(INSIDE, "1")
        .output()?;
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success(), "the part inside failed: {said}");
    // A name that no test has ends well too, and sends nothing.
    assert!(said.contains("test result: ok. 1 passed"), "the test inside did not run: {said}");
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
