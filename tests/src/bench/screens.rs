//! What a user waits for in the window, from the key press to the painted page: a letter, a draft, the customers' list, a
//! search. Absolute bars of the design (UX "C", DECISIONS 27), so each stands in the place of a baseline.

use std::path::Path;

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::bench::customers;
use crate::bench::figure::{Bar, Figure, quantile};
use crate::page::Page;
use crate::process::Trouble;
use crate::window::Window;
use crate::world::World;

/// Customers in the list.
const CUSTOMERS: u32 = 10_000;
/// Letters typed into a field of the form.
const LETTERS: usize = 200;
/// How often each screen is opened.
const ROUNDS: usize = 15;
/// Persons of the draft.
const PERSONS: usize = 5;
/// How often a field is left with something wrong in it: enough for one in a hundred.
const LEAVES: usize = 120;

/// Waits in the page for the next key press, then for the first frame in which `ready` holds, and keeps how long it took
/// until that frame was painted: a task posted from the frame's own callback runs after it. READY stands for a function's
/// body: the page's policy lets nobody make a function of a text.
const PROBE: &str = "const ready = () => { READY }; window.took = null;
  addEventListener('keydown', event => {
    const frame = () => {
      if (!ready()) return requestAnimationFrame(frame);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { window.took = performance.now() - event.timeStamp; };
      channel.port2.postMessage(null);
    };
    requestAnimationFrame(frame);
  }, { capture: true, once: true }); return true";

/// Measures all of it.
///
/// # Errors
/// The window does not start, or does not do what is measured.
pub async fn measure(program: &Path) -> Result<Vec<Figure>, Trouble> {
    let world = World::new().await?;
    // The first start makes the database; the customers are put beside it.
    let page = start(&world, program).await?;
    let connection = page
        .wait_script(
            "a connection",
            "window.made ??= window.__TAURI_INTERNALS__.invoke('app_status', { request: {} })
               .then(view => { window.connection = view.current_connection; }); return window.connection ?? null",
            vec![],
        )
        .await?;
    let connection = connection.as_str().unwrap_or_default().to_owned();
    make_draft(&page, &connection).await?;
    page.quit().await?;
    customers::seed(&world, &connection, CUSTOMERS)?;

    let page = start(&world, program).await?;
    let lists = lists(&page).await?;
    let searches = searches(&page).await?;
    let drafts = drafts(&page).await?;
    let letters = letters(&page).await?;
    let leaves = leaves(&page).await?;
    page.quit().await?;
    let figure = |what, mut samples: Vec<f64>, share, bar| Figure {
        what,
        ours: quantile(&mut samples, share),
        baseline: bar,
        bar: Bar::AtMost(1.0),
    };
    Ok(vec![
        figure("key press to painted letter, ms (p95), of 50", letters, 0.95, 50.0),
        figure("field left to shown problem, ms (p95), of 50", leaves.clone(), 0.95, 50.0),
        figure("field left to shown problem, ms (p99), of 100", leaves, 0.99, 100.0),
        figure("draft of 5 persons opened, ms (median), of 100", drafts, 0.5, 100.0),
        figure("list of 10,000 customers, ms (median), of 300", lists, 0.5, 300.0),
        figure("search in 10,000, ms (median), of 100", searches, 0.5, 100.0),
    ])
}

async fn start(world: &World, program: &Path) -> Result<Page, Trouble> {
    world.prepare()?;
    let page = Page::of(Window::start(program, &world.variables()).await?).await?;
    page.pass_welcome().await?;
    Ok(page)
}

/// Makes a draft with persons, through the commands that the page uses.
async fn make_draft(page: &Page, connection: &str) -> Result<(), Trouble> {
    let make = "const ask = (name, request) => window.__TAURI_INTERNALS__.invoke(name, { request });
      const text = (path, text) => ({ op: 'set', path, text });
      window.done = null;
      ask('draft_create', { connection: arguments[0] }).then(async draft => {
        const list = 'business_person_list', persons = [...draft.persons], edits = [];
        while (persons.length < arguments[1]) {
          const person = draft.id.slice(0, -2) + String(10 + persons.length);
          edits.push({ op: 'add_person', person, at: persons.length }); persons.push(person);
        }
        edits.push(text('business_details/business_name_english', 'Bench Harbour Limited'));
        for (const field of draft.fields.filter(field => field.path.includes('*') && field.kind !== 'date'))
          persons.forEach((person, i) => edits.push(text(field.path.replace('*', person), 'Text ' + i)));
        await ask('draft_save', { draft: draft.id, edits, position: null, closing: true });
        window.done = true;
      }).catch(error => { window.done = JSON.stringify(error); }); return true";
    page.script(make, vec![json!(connection), json!(PERSONS)]).await?;
    let done = page.wait_script("the draft", "return window.done", vec![]).await?;
    if done == Value::Bool(true) { Ok(()) } else { Err(format!("the draft was not made: {done}").into()) }
}

/// Presses keys on what has the focus, and gives the milliseconds from the last press to the frame that shows `ready`.
async fn took(page: &Page, ready: &str, key: impl Into<thirtyfour::TypingData>) -> Result<f64, Trouble> {
    page.script(&PROBE.replace("READY", ready), vec![]).await?;
    page.keys(key).await?;
    let took = page.wait_script("the painted frame", "return window.took", vec![]).await?;
    took.as_f64().ok_or_else(|| "no time was taken".into())
}

async fn focus(page: &Page, selector: &str) -> Result<(), Trouble> {
    let script = "const e = document.querySelector(arguments[0]); if (!e) return null; e.focus(); return true";
    page.wait_script(selector, script, vec![json!(selector)]).await.map(|_| ())
}

async fn lists(page: &Page) -> Result<Vec<f64>, Trouble> {
    let mut samples = Vec::new();
    for _ in 0..ROUNDS {
        focus(page, "nav a[href$='/drafts']").await?;
        took(page, "return document.querySelector('h1')?.textContent.includes('Drafts')", Key::Enter).await?;
        focus(page, "nav a[href$='/customers']").await?;
        let ready = "return document.querySelectorAll('tbody a[data-row]').length >= 100";
        samples.push(took(page, ready, Key::Enter).await?);
    }
    Ok(samples)
}

async fn searches(page: &Page) -> Result<Vec<f64>, Trouble> {
    let mut samples = Vec::new();
    for round in 0..ROUNDS {
        focus(page, "main input[role='searchbox']").await?;
        // A number that one customer has in its name: the last letter is the one that is waited for.
        let word = format!("{:05}", 1_000 + round * 577);
        let (last, before) = (word.len() - 1, &word[..word.len() - 1]);
        page.keys(before).await?;
        page.wait_script(
            "the first letters",
            "return document.querySelectorAll('tbody a[data-row]').length < 100",
            vec![],
        )
        .await?;
        let ready = "return document.querySelectorAll('tbody a[data-row]').length === 1";
        samples.push(took(page, ready, &word[last..]).await?);
        page.chord(&[Key::Control], "a").await?;
        page.keys(Key::Backspace).await?;
        page.wait_script(
            "the whole list",
            "return document.querySelectorAll('tbody a[data-row]').length >= 100",
            vec![],
        )
        .await?;
    }
    Ok(samples)
}

async fn drafts(page: &Page) -> Result<Vec<f64>, Trouble> {
    let mut samples = Vec::new();
    for _ in 0..ROUNDS {
        focus(page, "nav a[href$='/drafts']").await?;
        page.keys(Key::Enter).await?;
        focus(page, "main a[href*='/draft?']").await?;
        let ready = "return document.querySelectorAll('[id^=\"f-business_person_list\"]').length > 0
          && document.getElementById('f-business_details-business_name_english')?.value === 'Bench Harbour Limited'";
        samples.push(took(page, ready, Key::Enter).await?);
    }
    Ok(samples)
}

/// In the draft that was opened last.
async fn letters(page: &Page) -> Result<Vec<f64>, Trouble> {
    focus(page, "#f-business_details-business_name_english").await?;
    let mut samples = Vec::new();
    for length in 1..=LETTERS {
        // Words of a name, with their ends: the rules and the saving go on meanwhile.
        let letter = if length % 7 == 0 { " " } else { "a" };
        let ready =
            format!("return document.activeElement.value.length === {}", "Bench Harbour Limited".len() + length);
        samples.push(took(page, &ready, letter).await?);
    }
    Ok(samples)
}

/// In the draft that was opened last: a wrong email address is typed and left at once, so that the rules have not seen it
/// yet; from the Tab to the frame in which the problem stands.
async fn leaves(page: &Page) -> Result<Vec<f64>, Trouble> {
    const EMAIL: &str = "#f-primary_contact-contact_email";
    let invalid = format!("return document.querySelector('{EMAIL}').getAttribute('aria-invalid') === 'true'");
    let quiet = format!("return document.querySelector('{EMAIL}').getAttribute('aria-invalid') === null");
    let mut samples = Vec::new();
    for _ in 0..LEAVES {
        focus(page, EMAIL).await?;
        page.chord(&[Key::Control], "a").await?;
        page.keys(Key::Backspace).await?;
        page.wait_script("no problem", &quiet, vec![]).await?;
        page.keys("accounts").await?;
        samples.push(took(page, &invalid, Key::Tab).await?);
    }
    Ok(samples)
}
