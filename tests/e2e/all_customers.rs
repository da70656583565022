//! Each of the platform's customers, opened in the window: every leaf of the raw answer is under "Raw", masked where it is
//! personal, and shown when asked for; what the form knows is in the record as well.

use std::collections::{BTreeMap, BTreeSet};

use desk_domain::customer::CustomerPath;
use desk_domain::field::{FieldKind, Masking};
use desk_domain::form::Form;
use desk_domain::mask::{WHOLE, mask};
use desk_domain::platform;
use desk_sandbox::{Account, Revision, Sandbox};
use desk_tests::leaves::leaves;
use desk_tests::loading::{practice, read_all};
use desk_tests::process::Trouble;
use desk_tests::world::World;
use serde_json::{Value, json};

const FORM: Form = Form::Whole(platform::Revision::Typed);

/// The sandbox begins with so many.
const CUSTOMERS: usize = 300;

/// Customers all of whose masked leaves are shown, one by one.
const SHOWN_WHOLE: [usize; 4] = [0, 4, 6, 201];

/// Opens a customer as a link does, waits for the record, opens Raw, and gives what both say.
const OPEN: &str = "const [ref, done] = arguments;
  const until = async (what, ask) => {
    for (let tries = 0; tries < 1200; tries++) { const found = ask(); if (found) return found; await new Promise(r => setTimeout(r, tries < 20 ? 1 : 10)); }
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

/// Presses Show in lines of Raw, one after the other, waits for the value there, and hides it again; gives what went wrong.
const SHOW: &str = "const [wanted, done] = arguments;
  const until = async ask => {
    for (let tries = 0; tries < 1500 && !ask(); tries++) await new Promise(r => setTimeout(r, tries < 20 ? 1 : 10));
    return ask();
  };
  (async () => {
    const wrong = [];
    for (const [path, value] of wanted) {
      const line = () => document.querySelector(`main [data-path=\"${CSS.escape(path)}\"]`);
      const button = words => [...line().querySelectorAll('button')].find(e => (e.getAttribute('aria-label') ?? e.innerText.trim()).startsWith(words));
      if (!button('Show')) { wrong.push(path + ' has no button Show'); continue; }
      button('Show').click();
      if (!await until(() => button('Hide') && line().textContent.includes(value))) { wrong.push(`${path} was asked for: ${line().textContent}, wanted ${value}`); continue; }
      button('Hide').click();
      if (!await until(() => button('Show'))) wrong.push(path + ' is not hidden again');
    }
    return wrong;
  })().then(done, e => done([String(e)]));";

/// What is shown at least once, in each part. The last two are fields that the program does not know.
const GROUPS: [&str; 6] =
    ["residential_address", "contact_email", "id_number", "birth_date", "risk_tier", "review/score"];

/// The parts are looked at by themselves, so that two of them can be at work at the same time.
const PARTS: usize = 3;

#[tokio::test]
async fn every_leaf_of_the_first_hundred_answers_is_on_the_screen_or_under_raw() -> Result<(), Trouble> {
    every_leaf_is_there(0).await
}

#[tokio::test]
async fn every_leaf_of_the_second_hundred_answers_is_on_the_screen_or_under_raw() -> Result<(), Trouble> {
    every_leaf_is_there(1).await
}

#[tokio::test]
async fn every_leaf_of_the_third_hundred_answers_is_on_the_screen_or_under_raw() -> Result<(), Trouble> {
    every_leaf_is_there(2).await
}

async fn every_leaf_is_there(part: usize) -> Result<(), Trouble> {
    let world = World::new().await?;
    let sandbox = world.sandbox.as_ref().ok_or("no sandbox")?;
    let rows = sandbox.rows();
    assert_eq!(rows.len(), CUSTOMERS);
    let rows: Vec<_> = rows.into_iter().enumerate().skip(part * CUSTOMERS / PARTS).take(CUSTOMERS / PARTS).collect();
    let page = world.start().await?;
    page.see("Online.").await?;
    page.driver().set_script_timeout(std::time::Duration::from_secs(120)).await?;
    read_all(&page, &rows.iter().map(|(_, row)| row.clone()).collect::<Vec<_>>()).await?;
    let status = page.call("app_status", json!({})).await?;
    let connections = status["connections"].as_array().ok_or("no connections")?;
    let platform = reqwest::Client::new();

    let mut shown = BTreeSet::new();
    for (at, row) in &rows {
        let connection =
            connections.iter().find(|each| each["name"] == practice(row.revision)).ok_or("no connection")?;
        let customer = json!({ "connection": connection["id"], "customer_id": row.customer_id });
        let answer = leaves(&answer_of(&platform, sandbox, row.revision, &row.customer_id).await?);
        let screen = page.driver().execute_async(OPEN, vec![customer]).await?.json().clone();
        let record = screen["record"].as_str().ok_or_else(|| format!("not opened: {screen}"))?;
        let lines: BTreeMap<String, String> =
            serde_json::from_value::<Vec<(String, String)>>(screen["lines"].clone())?.into_iter().collect();
        let missed: Vec<_> = answer
            .iter()
            .flat_map(|(path, value)| [under_raw(path, value, &lines), in_record(path, value, record)])
            .flatten()
            .collect();
        assert!(missed.is_empty(), "{} of {:?}:\n{}", row.customer_id, row.revision, missed.join("\n"));

        let masked = answer.iter().filter(|(path, value)| is_masked(path, value));
        let to_show: Vec<_> = masked
            .filter(|(path, _)| shown.insert(kind_of(path)) || SHOWN_WHOLE.contains(at))
            .map(|(path, value)| json!([path, text(value)]))
            .collect();
        if !to_show.is_empty() {
            let wrong = page.driver().execute_async(SHOW, vec![json!(to_show)]).await?.json().clone();
            assert_eq!(wrong, json!([]), "{}", row.customer_id);
        }
    }
    for group in GROUPS {
        assert!(shown.iter().any(|kind: &String| kind.contains(group)), "{group} was shown: {shown:?}");
    }
    page.quit().await
}

/// A path with its places left out.
fn kind_of(path: &str) -> String {
    path.replace(|char: char| char.is_ascii_digit(), "*")
}

/// What the platform answers, asked without the program.
async fn answer_of(
    platform: &reqwest::Client,
    sandbox: &Sandbox,
    revision: Revision,
    customer_id: &str,
) -> Result<Value, Trouble> {
    let account: &Account = match revision {
        Revision::Typed => &sandbox.axisfi_typed,
        Revision::Untyped => &sandbox.axisfi_untyped,
    };
    let url = format!("{}/api/customers/detail?customer_id={customer_id}", account.base_url);
    let ask = platform.get(url).header("X-API-Key", &account.api_key);
    let answer = ask.header("X-API-Secret", &account.api_secret).send().await?.text().await?;
    Ok(serde_json::from_str(&answer)?)
}

/// A leaf's value without the quotes of a text.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn masking(path: &str) -> Masking {
    path.parse::<CustomerPath>().map_or(Masking::Whole, |path| path.masking_in(FORM))
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
        Ok(path) => mask(path.masking_in(FORM), &text(value)),
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
