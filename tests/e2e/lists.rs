//! The customers of this computer as somebody works with them for a day, all 300 of the sandbox: groups, search by each
//! of its keys, order, pages, preview, and the record with its tabs and the way to the next one.

use std::collections::BTreeMap;

use desk_domain::status::{Status, StatusGroup};
use desk_sandbox::{CustomerRow, Revision};
use desk_tests::loading::{list_again, read_all};
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::world::World;
use serde_json::{Value, json};
use thirtyfour::Key;

/// The smallest window that is supported.
const SMALL: (u32, u32) = (1024, 640);

/// The texts of one column of the rows, in their order.
const COLUMN: &str =
    "return [...document.querySelectorAll('tbody tr')].map(row => row.children[arguments[0]].innerText.trim())";

/// What the list holds: how many there are of what was asked for, and the names that are drawn.
const FOUND: &str = "return [...document.querySelectorAll('tbody a[data-row]')].map(e => e.innerText.trim())";

fn leaf<'a>(row: &'a CustomerRow, path: &str) -> &'a str {
    row.customer.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

fn name(row: &CustomerRow) -> &str {
    leaf(row, "/business_details/business_name_english")
}

/// A list with all customers in it.
async fn all_here(world: &World) -> Result<(Page, Vec<CustomerRow>), Trouble> {
    let page = world.start().await?;
    page.see("No customers on this computer yet").await?;
    let rows = world.rows();
    read_all(&page, &rows).await?;
    list_again(&page).await?;
    page.see("300 on this computer").await?;
    page.see("1 to 100 of 300").await?;
    Ok((page, rows))
}

/// Replaces what is searched for.
async fn search(page: &Page, text: &str) -> Result<(), Trouble> {
    page.script("const e = document.querySelector('main [role=searchbox]'); e.focus(); e.select()", vec![]).await?;
    page.keys(text).await
}

/// Waits until the list shows these names and no other, in any order.
async fn finds(page: &Page, what: &str, wanted: &[&str]) -> Result<(), Trouble> {
    let mut wanted: Vec<&str> = wanted.to_vec();
    wanted.sort_unstable();
    let body = "const found = [...document.querySelectorAll('tbody a[data-row]')].map(e => e.innerText.trim());
      return JSON.stringify(found.sort()) === JSON.stringify([...arguments[0]].sort())";
    let seen = page.wait_script(what, body, vec![json!(wanted)]).await;
    if seen.is_ok() {
        return Ok(());
    }
    Err(format!("{what} finds {}, wanted {wanted:?}", page.script(FOUND, vec![]).await?).into())
}

/// The group of a customer's status, as the tabs are called.
fn group(row: &CustomerRow) -> &'static str {
    match Status::of(&row.status).group {
        StatusGroup::Waiting => "Waiting",
        StatusGroup::Active => "Active",
        StatusGroup::Attention => "Needs attention",
        StatusGroup::Stopped => "Stopped",
        StatusGroup::Unknown => "Unknown",
    }
}

#[tokio::test]
async fn groups_search_order_and_pages_of_three_hundred_customers() -> Result<(), Trouble> {
    let world = World::new().await?;
    let (page, rows) = all_here(&world).await?;
    page.look_and_walk("customers-300").await?;

    // Each key of one customer finds it.
    let is_whole = |row: &&CustomerRow| {
        let local = leaf(row, "/business_details/business_name");
        row.revision == Revision::Typed && !row.sparse && local.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    };
    let one = rows.iter().find(is_whole).ok_or("no customer with a name in Han")?;
    let arabic = rows
        .iter()
        .find(|row| leaf(row, "/business_details/business_name").chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)));
    let arabic = arabic.ok_or("no customer with a name in Arabic")?;
    let number = leaf(one, "/business_details/business_identifier_number");
    let email = leaf(one, "/primary_contact/contact_email");
    let same =
        |text: &str, path: &str| -> Vec<&str> { rows.iter().filter(|row| leaf(row, path) == text).map(name).collect() };
    search(&page, name(one)).await?;
    finds(&page, "the name", &same(name(one), "/business_details/business_name_english")).await?;
    let local = leaf(one, "/business_details/business_name");
    search(&page, local).await?;
    finds(&page, "the local name", &same(local, "/business_details/business_name")).await?;
    page.look_at("customers-found").await?;
    let local = leaf(arabic, "/business_details/business_name");
    search(&page, local).await?;
    finds(&page, "a name in Arabic", &same(local, "/business_details/business_name")).await?;
    for (what, text) in [
        ("the customer ID", one.customer_id.as_str()),
        ("your ID", one.partner_customer_id.as_str()),
        ("the number", number),
        ("the email", email),
    ] {
        assert!(!text.is_empty(), "{what} of {}", name(one));
        search(&page, text).await?;
        finds(&page, what, &[name(one)]).await?;
    }
    page.keys(Key::Escape + "").await?;
    page.see("1 to 100 of 300").await?;
    search(&page, "nobody of this name").await?;
    page.see("No customers match “nobody of this name”.").await?;
    page.look_and_walk("customers-none-found").await?;
    page.press("Clear search").await?;
    page.see("1 to 100 of 300").await?;

    // The groups, with their counts.
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    rows.iter().for_each(|row| *counts.entry(group(row)).or_default() += 1);
    page.script("document.querySelector('[role=tab][aria-selected=true]').focus()", vec![]).await?;
    for tab in ["Waiting", "Active", "Needs attention", "Stopped", "Unknown"] {
        let count = counts.get(tab).copied().unwrap_or_default();
        let there =
            "return [...document.querySelectorAll('[role=tab]')].map(e => e.innerText.replace(/\\s+/g, ' ').trim())";
        let tabs: Vec<String> = serde_json::from_value(page.script(there, vec![]).await?)?;
        assert_eq!(tabs.iter().any(|found| *found == format!("{tab} {count}")), count > 0, "{tab}: {tabs:?}");
        if count == 0 {
            continue;
        }
        page.keys(Key::Right + "").await?;
        page.see(&format!("to {} of {count}", count.min(100))).await?;
    }
    page.keys(Key::Home + "").await?;
    page.see("1 to 100 of 300").await?;

    // The order of each column, and the other way round.
    for (column, at) in [("Name in English", 0), ("Country", 3), ("Status", 4)] {
        let mut firsts = Vec::new();
        for order in ["ascending", "descending"] {
            page.press(column).await?;
            let sorted = "return [...document.querySelectorAll('th[aria-sort]')].map(e => e.innerText.trim() + ' ' + e.ariaSort).join() === arguments[0]
              && document.querySelector('table').getAttribute('aria-busy') === 'false'";
            page.wait_script(order, sorted, vec![json!(format!("{column} {order}"))]).await?;
            let texts: Vec<String> = serde_json::from_value(page.script(COLUMN, vec![json!(at)]).await?)?;
            // Who has no country stands at one end.
            firsts.push(texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default());
            if order == "descending" && column == "Name in English" {
                page.look_at("customers-sorted").await?;
            }
        }
        assert!(firsts[0].to_lowercase() < firsts[1].to_lowercase(), "{column}: {firsts:?}");
    }
    page.press("Updated").await?;

    // A page on and back: with the keys of the table over its end, and with the buttons.
    page.press("Next page").await?;
    page.see("101 to 200 of 300").await?;
    page.script("document.querySelector('tbody a[data-row][tabindex=\"0\"]').focus()", vec![]).await?;
    page.keys(Key::End + "").await?;
    page.keys(Key::PageDown + "").await?;
    page.see("201 to 300 of 300").await?;
    let first = "return document.activeElement === document.querySelector('tbody a[data-row]')";
    page.wait_script("the first row of the last page", first, vec![]).await?;
    page.look_at("customers-last-page").await?;
    page.press("Previous page").await?;
    page.see("101 to 200 of 300").await?;
    page.quit().await
}

#[tokio::test]
async fn the_preview_follows_the_row_and_coming_back_finds_everything_as_it_was() -> Result<(), Trouble> {
    let world = World::new().await?;
    let (page, _) = all_here(&world).await?;
    let focus_row = "document.querySelector('tbody a[data-row][tabindex=\"0\"]').focus()";
    page.script(focus_row, vec![]).await?;
    for _ in 0..3 {
        page.keys(Key::Down + "").await?;
        let same = "return document.querySelector('aside.preview h2')?.innerText.trim() === document.activeElement.innerText.trim()
          && document.querySelector('aside.preview dl') !== null";
        page.wait_script("the preview of this row", same, vec![]).await?;
    }
    page.look_and_walk("customers-preview").await?;
    page.script(focus_row, vec![]).await?;
    page.keys(" ").await?;
    page.wait_script("no preview", "return document.querySelector('aside.preview') === null", vec![]).await?;
    page.look_and_walk("customers-no-preview").await?;
    page.script(focus_row, vec![]).await?;
    page.keys(" ").await?;
    page.wait_script("the preview", "return document.querySelector('aside.preview') !== null", vec![]).await?;

    // A search, a group, an order, a page and a row.
    search(&page, "limited").await?;
    page.wait_script("fewer", "return /of \\d/.test(document.querySelector('footer').innerText) && !document.querySelector('footer').innerText.includes('of 300')", vec![]).await?;
    page.script("document.querySelector('[role=tab][aria-selected=true]').focus()", vec![]).await?;
    page.press("Active").await?;
    page.press("Name in English").await?;
    page.wait_script(
        "sorted",
        "return document.querySelector('th[aria-sort=ascending]')?.innerText.includes('Name')",
        vec![],
    )
    .await?;
    page.script(focus_row, vec![]).await?;
    for _ in 0..12 {
        page.keys("j").await?;
    }
    let state = "const on = document.querySelector('[role=tab][aria-selected=true]');
      return [document.querySelector('main [role=searchbox]').value, on.innerText.replace(/\\s+/g, ' ').trim(),
        document.querySelector('th[aria-sort]').innerText.trim(), document.querySelector('footer').innerText.match(/\\d+ to \\d+ of \\d+/)[0],
        document.querySelector('.scroll').scrollTop > 0, document.activeElement.innerText.trim()]";
    let before = page.script(state, vec![]).await?;
    let at = before[5].as_str().unwrap_or_default().to_owned();
    page.keys(Key::Enter + "").await?;
    page.see("Read again").await?;
    page.see("13 of ").await?;
    page.press("Active").await?;
    page.focus_is_on(&at).await?;
    assert_eq!(page.script(state, vec![]).await?, before, "as it was");
    page.keys(Key::Escape + "").await?;
    page.press("Drafts").await?;
    page.see("Drafts").await?;
    page.press("Customers").await?;
    page.wait_script("the list", "return document.querySelector('tbody a[data-row]') !== null", vec![]).await?;
    let again = page.script(state, vec![]).await?;
    for part in 0..4 {
        assert_eq!(again[part], before[part], "as it was, from another screen");
    }
    page.quit().await
}

#[tokio::test]
async fn a_record_has_tabs_and_a_way_to_the_next_one() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.see("No customers on this computer yet").await?;
    let rows: Vec<CustomerRow> =
        world.rows().into_iter().filter(|row| row.revision == Revision::Typed && !row.sparse).take(4).collect();
    read_all(&page, &rows).await?;
    list_again(&page).await?;
    page.see("4 on this computer").await?;
    let names: Vec<String> = serde_json::from_value(page.script(FOUND, vec![]).await?)?;
    page.press(&names[0]).await?;
    page.see("1 of 4").await?;
    page.look_and_walk("record-details").await?;
    for (key, tab, sees) in
        [("2", "Persons", "Residential address"), ("3", "History", "Status history"), ("4", "Raw", "SHA-256")]
    {
        page.chord(&[Key::Control], key).await?;
        page.focus_is_on(tab).await?;
        page.see(sees).await?;
        page.look_and_walk(&format!("record-{}", tab.to_lowercase())).await?;
    }
    // The tab stays while one goes through the list.
    page.script("document.getElementById('record-panel').focus()", vec![]).await?;
    for (key, at) in [("]", 2), ("]", 3), ("[", 2), ("]", 3), ("]", 4), ("]", 4)] {
        page.keys(key).await?;
        page.see(&format!("{at} of 4")).await?;
        let shown = "return document.querySelector('h1').innerText.trim() === arguments[0] && document.querySelector('[role=tab][aria-selected=true]').innerText.trim() === 'Raw'
          && document.querySelector('[data-path=\"customer_id\"]') !== null";
        let shown = page.wait_script(&names[at - 1], shown, vec![json!(names[at - 1])]).await;
        shown.map_err(|trouble| format!("{key} to {at}: {trouble}; {names:?}"))?;
        page.script("document.getElementById('record-panel').focus()", vec![]).await?;
    }
    page.look_and_walk("record-last").await?;
    let id = rows.iter().find(|row| name(row) == names[3]).ok_or("none")?.customer_id.clone();
    let raw = "return document.querySelector('[data-path=\"customer_id\"]')?.innerText.includes(arguments[0]) === true";
    page.wait_script("the raw answer to be its own", raw, vec![json!(id)]).await?;
    page.chord(&[Key::Control], "1").await?;
    page.press("Customers").await?;
    page.focus_is_on(&names[3]).await?;
    page.press(&names[3]).await?;
    // The foot of the list says "4 of 4" too.
    page.see("As read today").await?;
    page.see("4 of 4").await?;
    page.chord(&[Key::Control], "4").await?;
    page.focus_is_on("Raw").await?;
    // A line that is folded hides what is under it.
    page.see("SHA-256").await?;
    let fold = "const all = [...document.querySelectorAll('#record-panel button[aria-expanded]')];
      const of = all.find(e => e.innerText.trim() === 'business_details'); of.focus(); return true";
    page.script(fold, vec![]).await?;
    page.keys(Key::Enter + "").await?;
    let gone = "return document.querySelector('[data-path=\"business_details/business_type\"]') === null";
    page.wait_script("folded", gone, vec![]).await?;
    page.look_at("record-raw-folded").await?;
    page.quit().await
}

#[tokio::test]
async fn lists_and_records_in_the_smallest_window() -> Result<(), Trouble> {
    let world = World::new().await?.sized(SMALL.0, SMALL.1);
    let (page, rows) = all_here(&world).await?;
    page.look_and_walk("small-customers-300").await?;
    let one = rows.iter().find(|row| !row.sparse).ok_or("none")?;
    search(&page, &one.customer_id).await?;
    finds(&page, "the ID", &[name(one)]).await?;
    page.press(name(one)).await?;
    page.see("As read today").await?;
    for (key, tab) in [("1", "details"), ("2", "persons"), ("3", "history"), ("4", "raw")] {
        page.chord(&[Key::Control], key).await?;
        page.wait_script(tab, "return document.activeElement.id === 'tab-' + arguments[0]", vec![json!(tab)]).await?;
        page.look_and_walk(&format!("small-record-{tab}")).await?;
    }
    page.quit().await
}
