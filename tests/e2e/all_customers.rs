//! Each of the platform's customers, opened in the window: every leaf of the raw answer is under "Raw", masked where it is
//! personal, and shown when asked for; what the form knows is in the record as well.

use std::collections::{BTreeMap, BTreeSet};

use desk_domain::customer::CustomerPath;
use desk_domain::field::{FieldKind, Masking};
use desk_domain::mask::{WHOLE, mask};
use desk_sandbox::{Account, Revision, Sandbox};
use desk_tests::leaves::leaves;
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::world::World;
use serde_json::{Value, json};
use thirtyfour::Key;

/// The sandbox begins with so many.
const CUSTOMERS: usize = 300;

/// Customers all of whose masked leaves are shown, one by one.
const SHOWN_WHOLE: [usize; 4] = [0, 4, 6, 201];

/// Reads every customer through the page's own commands, a few at a time, and gives the ids that came.
const READ_ALL: &str = "const [wanted, done] = arguments;
  const invoke = (name, request) => window.__TAURI_INTERNALS__.invoke(name, { request });
  (async () => {
    const { connections } = await invoke('app_status', {});
    const id = name => connections.find(c => c.name === name).id;
    const refs = wanted.map(([name, customer_id]) => ({ connection: id(name), customer_id }));
    const known = ref => invoke('customer_open', ref).then(() => true, () => false);
    for (let at = 0; at < refs.length; at += 10) {
      const some = refs.slice(at, at + 10);
      await Promise.all(some.map(r => invoke('customer_lookup', { connection: r.connection, by: 'customer_id', value: r.customer_id })));
      for (let tries = 0; tries < 400 && !(await Promise.all(some.map(known))).every(Boolean); tries++) await new Promise(r => setTimeout(r, 25));
    }
    return refs;
  })().then(done, e => done(JSON.stringify(e)));";

/// Opens a customer as a link does, waits for the record, opens Raw, and gives what both say.
const OPEN: &str = "const [ref, done] = arguments;
  const until = async (what, ask) => {
    for (let tries = 0; tries < 1200; tries++) { const found = ask(); if (found) return found; await new Promise(r => setTimeout(r, 10)); }
    throw what + ' of ' + ref.customer_id + ' in ' + document.querySelector('main')?.innerText;
  };
  (async () => {
    const link = document.createElement('a');
    link.href = `/customer?connection=${ref.connection}&id=${ref.customer_id}`;
    document.body.append(link); link.click(); link.remove();
    const main = () => document.querySelector('main');
    await until('the record', () => location.search.includes(ref.customer_id) && main()?.textContent.includes(ref.customer_id) && main().querySelector('h1'));
    const tabs = await until('tabs', () => { const all = [...main().querySelectorAll('[role=tab]')]; return all.length > 1 && all; });
    const raw = tabs.find(e => e.innerText.trim() === 'Raw');
    let record = '';
    for (const tab of tabs.filter(e => e !== raw)) {
      tab.click();
      await until('the tab ' + tab.innerText, () => tab.ariaSelected === 'true');
      await new Promise(r => setTimeout(r, 0));
      record += main().textContent;
    }
    raw.click();
    await until('lines', () => main().querySelector('[data-path]'));
    for (let more; (more = [...main().querySelectorAll('button')].find(e => / more lines?$/.test(e.innerText.trim())));) {
      more.click(); await new Promise(r => setTimeout(r, 0));
    }
    const lines = [...main().querySelectorAll('[data-path]')].map(e => [e.dataset.path, e.textContent]);
    return { record, lines };
  })().then(done, e => done(String(e)));";

/// Presses Show in a line of Raw, waits for this value there, and hides it again.
const SHOW: &str = "const [path, value, done] = arguments;
  (async () => {
    const line = () => document.querySelector(`main [data-path=\"${CSS.escape(path)}\"]`);
    const show = [...line().querySelectorAll('button')].find(e => /^Show/.test(e.getAttribute('aria-label') ?? e.innerText.trim()));
    if (!show) return 'no button Show';
    show.click();
    for (let tries = 0; tries < 500 && !line().textContent.includes(value); tries++) await new Promise(r => setTimeout(r, 10));
    return line().textContent.includes(value) ? 'shown' : line().textContent;
  })().then(done, e => done(String(e)));";

#[tokio::test]
async fn every_leaf_of_every_answer_is_on_the_screen_or_under_raw() -> Result<(), Trouble> {
    let world = World::new().await?;
    let sandbox = world.sandbox.as_ref().ok_or("no sandbox")?;
    let rows = sandbox.rows();
    assert_eq!(rows.len(), CUSTOMERS);
    let page = world.start().await?;
    page.see("Online.").await?;
    page.driver().set_script_timeout(std::time::Duration::from_secs(120)).await?;
    let wanted: Vec<_> = rows.iter().map(|row| json!([connection(row.revision), row.customer_id])).collect();
    let refs = page.driver().execute_async(READ_ALL, vec![json!(wanted)]).await?.json().clone();
    let refs = refs.as_array().ok_or_else(|| format!("not read: {refs}"))?.clone();

    let mut shown = BTreeSet::new();
    for (at, (row, customer)) in rows.iter().zip(&refs).enumerate() {
        let answer = leaves(&answer_of(sandbox, row.revision, &row.customer_id).await?);
        let screen = page.driver().execute_async(OPEN, vec![customer.clone()]).await?.json().clone();
        let record = screen["record"].as_str().ok_or_else(|| format!("not opened: {screen}"))?;
        let lines: BTreeMap<String, String> =
            serde_json::from_value::<Vec<(String, String)>>(screen["lines"].clone())?.into_iter().collect();
        let missed: Vec<_> = answer
            .iter()
            .flat_map(|(path, value)| [under_raw(path, value, &lines), in_record(path, value, record)])
            .flatten()
            .collect();
        assert!(missed.is_empty(), "{} of {:?}:\n{}", row.customer_id, row.revision, missed.join("\n"));

        for (path, value) in &answer {
            let kind = path.replace(|char: char| char.is_ascii_digit(), "*");
            if is_masked(path, value) && (shown.insert(kind) || SHOWN_WHOLE.contains(&at)) {
                show(&page, path, &text(value)).await.map_err(|trouble| format!("{}: {trouble}", row.customer_id))?;
            }
        }
    }
    for group in ["residential_address", "contact_email", "id_number", "birth_date", "risk_tier", "review/score"] {
        assert!(shown.iter().any(|kind| kind.contains(group)), "{group} was shown: {shown:?}");
    }
    page.quit().await
}

fn connection(revision: Revision) -> &'static str {
    match revision {
        Revision::Typed => "Practice",
        Revision::Untyped => "Practice untyped",
    }
}

/// What the platform answers, asked without the program.
async fn answer_of(sandbox: &Sandbox, revision: Revision, customer_id: &str) -> Result<Value, Trouble> {
    let account: &Account = match revision {
        Revision::Typed => &sandbox.axisfi_typed,
        Revision::Untyped => &sandbox.axisfi_untyped,
    };
    let url = format!("{}/api/customers/detail?customer_id={customer_id}", account.base_url);
    let ask = reqwest::Client::new().get(url).header("X-API-Key", &account.api_key);
    let answer = ask.header("X-API-Secret", &account.api_secret).send().await?.text().await?;
    Ok(serde_json::from_str(&answer)?)
}

/// A leaf's value without the quotes of a text.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn masking(path: &str) -> Masking {
    path.parse::<CustomerPath>().map_or(Masking::Whole, CustomerPath::masking)
}

/// An empty text has nothing to hide, and an empty object or list no value.
fn is_masked(path: &str, value: &Value) -> bool {
    let empty = value.as_str() == Some("") || value.is_array() || value.is_object();
    masking(path) != Masking::Plain && !empty
}

/// How a leaf reads before anybody asked for it.
fn masked(path: &str, value: &Value) -> String {
    match path.parse::<CustomerPath>() {
        _ if !is_masked(path, value) => text(value),
        Ok(path) => mask(path.masking(), &text(value)),
        Err(_) => WHOLE.to_owned(),
    }
}

/// What is wrong with a leaf's line; an empty object or list has no value to look for.
fn under_raw(path: &str, value: &Value, lines: &BTreeMap<String, String>) -> Option<String> {
    if value.is_array() || value.is_object() {
        return None;
    }
    let Some(line) = lines.get(path) else { return Some(format!("{path} is not under Raw")) };
    let wanted = masked(path, value);
    if !line.contains(&wanted) {
        return Some(format!("{path} under Raw says {line:?}, wanted {wanted:?}"));
    }
    // A value of one or two characters may stand in the line by chance.
    let told = is_masked(path, value) && text(value).chars().count() > 2 && line.contains(&text(value));
    told.then(|| format!("{path} under Raw is not masked: {line:?}"))
}

/// What the record lacks of a leaf that the form knows. Dates and amounts are written there as people write them.
fn in_record(path: &str, value: &Value, record: &str) -> Option<String> {
    let known = path.parse::<CustomerPath>().ok()?;
    let kind = known.kind()?;
    let wanted = masked(path, value);
    let there = match kind {
        _ if is_masked(path, value) => record.contains(&wanted),
        FieldKind::Date => record.contains(wanted.get(..4)?),
        FieldKind::Amount => record.replace([',', '\u{a0}', '\u{202f}'], "").contains(&wanted),
        _ if value.is_array() => true,
        _ => record.contains(&wanted),
    };
    (!there).then(|| format!("{path} is not in the record: {wanted:?}"))
}

async fn show(page: &Page, path: &str, value: &str) -> Result<(), Trouble> {
    let said = page.driver().execute_async(SHOW, vec![json!(path), json!(value)]).await?.json().clone();
    page.keys(Key::Escape + "").await?;
    if said == json!("shown") { Ok(()) } else { Err(format!("{path} was asked for: {said}, wanted {value:?}").into()) }
}
