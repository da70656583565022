//! Markup in every field of a draft and in every leaf of an answer does nothing (RELIABILITY promise 10): it is text on every
//! screen that shows it. Were any of it parsed, an element would stand in the page, or the policy would have refused one.

use std::collections::BTreeMap;

use desk_sandbox::{Fault, FaultRule, Revision, Route};
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::{BUSINESS, wait_saved};
use desk_tests::world::World;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::naughty::begin;

/// What would run sets `ran`. One for each way of getting from text into a parser that the team knows.
const CORPUS: [&str; 48] = [
    "<script>ran=1</script>",
    "<script src=//elsewhere.example/x.js></script>",
    "</script><script>ran=1</script>",
    "</title><script>ran=1</script>",
    "</textarea><img src=x onerror=ran=1>",
    "</style><svg onload=ran=1>",
    "<img src=x onerror=ran=1>",
    "<img/src=x/onerror=ran=1>",
    "<IMG SRC=x ONERROR=ran=1>",
    "<svg onload=ran=1>",
    "<svg><script>ran=1</script></svg>",
    "<svg><animate onbegin=ran=1 attributeName=x dur=1s>",
    "<svg><a href='javascript:ran=1'><text y=9>go</text></a></svg>",
    "<math><mtext><img src=x onerror=ran=1></mtext></math>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<iframe src=javascript:parent.ran=1></iframe>",
    "<object data=javascript:ran=1></object>",
    "<embed src=javascript:ran=1>",
    "<base href=//elsewhere.example/>",
    "<meta http-equiv=refresh content='0;url=//elsewhere.example/'>",
    "<link rel=stylesheet href=//elsewhere.example/x.css>",
    "<style>@import '//elsewhere.example/x.css';</style>",
    "<form action=//elsewhere.example/><button>go</button></form>",
    "<input autofocus onfocus=ran=1>",
    "<details open ontoggle=ran=1>",
    "<video><source onerror=ran=1></video>",
    "<body onload=ran=1>",
    "<a href=javascript:ran=1>go</a>",
    "<dialog open onclose=ran=1>Sure?</dialog>",
    "<template><script>ran=1</script></template>",
    "<noscript><img src=x onerror=ran=1></noscript>",
    "<!--><img src=x onerror=ran=1>-->",
    "<![CDATA[<img src=x onerror=ran=1>]]>",
    "\" onmouseover=ran=1 autofocus onfocus=ran=1 x=\"",
    "' onfocus='ran=1' autofocus='",
    "` onfocus=`ran=1` autofocus",
    "\"><img src=x onerror=ran=1>",
    "'-ran=1-'",
    "\"-(ran=1)-\"",
    "\\\"-(ran=1)}//",
    "${ran=1}",
    "{ran=1}",
    "{{ran=1}}",
    "{@html '<img src=x onerror=ran=1>'}",
    "javascript:ran=1",
    "data:text/html,<script>parent.ran=1</script>",
    "&lt;img src=x onerror=ran=1&gt;",
    "\u{ff1c}img src=x onerror=ran=1\u{ff1e}",
];

/// Drafts that are filled: each field has another text in each.
const ROUNDS: usize = 4;
/// From one round to the next each field moves on by so many texts.
const STEP: usize = 13;

/// Listens for what a parser would set off, and holds where the page is.
const WATCH: &str = "window.refused = [];
  addEventListener('securitypolicyviolation', e => refused.push(e.effectiveDirective + ' ' + e.blockedURI));
  return true";

/// What is in the page that the program did not put there. Its own links lead inside; its own scripts stand outside `main`.
const FOUND: &str = "const strange = [...document.querySelectorAll(
    'main script, main style, main link, main meta, main base, main iframe, main object, main embed, main video, main math, ' +
    'main template, main noscript, main svg script, main svg a, main svg animate, main img, main form[action], main details[ontoggle], ' +
    'dialog script, dialog img, dialog iframe, title *')];
  const heard = [...document.querySelectorAll('*')].filter(e =>
    [...e.attributes].some(a => a.name.startsWith('on')) || /^\\s*(javascript|data):/i.test(e.getAttribute('href') ?? ''));
  return JSON.stringify({ ran: window.ran ?? null, refused: window.refused ?? ['not watched'], origin: location.origin,
    strange: [...strange, ...heard].map(e => e.outerHTML.slice(0, 200)) })";

async fn found(page: &Page) -> Result<Value, Trouble> {
    let found = page.script(FOUND, vec![]).await?;
    Ok(serde_json::from_str(found.as_str().unwrap_or_default())?)
}

/// Nothing of it did anything on this screen.
async fn harmless(page: &Page, screen: &str) -> Result<(), Trouble> {
    let found = found(page).await?;
    assert_eq!(found["ran"], Value::Null, "{screen}: a script ran");
    assert_eq!(found["refused"], json!([]), "{screen}: the policy had to refuse something");
    assert_eq!(found["strange"], json!([]), "{screen}: an element that the program did not make");
    let origin = found["origin"].as_str().unwrap_or_default();
    assert!(origin.starts_with("tauri://") || origin == "null", "{screen}: the page is still ours, not {origin}");
    Ok(())
}

/// Goes to a screen and looks at it, until a text of the corpus is seen there.
async fn visit(page: &Page, screen: &str, href: &str, until: &str) -> Result<(), Trouble> {
    page.follow(href, until).await.map_err(|trouble| format!("{screen}: {trouble}"))?;
    harmless(page, screen).await
}

#[tokio::test]
async fn markup_in_every_field_of_a_draft_is_text_on_every_screen() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.script(WATCH, vec![]).await?;
    let mut last = String::new();
    for round in 0..ROUNDS {
        let href = begin(&page).await?;
        last = href.rsplit('=').next().unwrap_or_default().to_owned();
        let ids = page.field_ids().await?;
        let text = |at: usize| CORPUS[(at + round * STEP) % CORPUS.len()].to_owned();
        let texts: BTreeMap<_, _> = ids.iter().enumerate().map(|(at, id)| (id.clone(), text(at))).collect();
        let taken = page.put(&texts).await?;
        assert_eq!(taken, texts, "the fields take it as it is");
        harmless(&page, "the form").await?;
        visit(
            &page,
            "the review",
            &format!("/review?id={last}"),
            "return document.querySelector('main')?.innerText.includes('ran=1')",
        )
        .await?;
    }
    visit(&page, "the drafts", "/drafts", "return document.querySelectorAll('main [data-row]').length > 1").await?;
    page.chord(&[Key::Control], "k").await?;
    page.wait_script("the palette", "return document.activeElement?.getAttribute('role') === 'combobox'", vec![])
        .await?;
    page.keys("<img src=x onerror=ran=1>").await?;
    page.see("New draft for").await?;
    harmless(&page, "the palette").await?;
    page.keys(Key::Escape).await?;
    page.call("draft_delete", json!({ "draft": last })).await?;
    visit(&page, "the deleted drafts", "/drafts?deleted=1", "return document.querySelector('main')?.innerText.includes('ran=1') || document.querySelectorAll('main [data-row]').length > 0").await?;
    visit(&page, "the activity", "/activity", "return document.querySelectorAll('main tbody tr').length > 2").await?;
    page.quit().await
}

/// The same value with every text exchanged for one of the corpus, the ids left out, and more keys that nobody knows.
fn spoilt(value: &Value, at: &mut usize) -> Value {
    let mut next = || {
        *at += 1;
        CORPUS[*at % CORPUS.len()]
    };
    match value {
        Value::String(_) => json!(next()),
        Value::Array(list) => Value::Array(list.iter().map(|each| spoilt(each, at)).collect()),
        Value::Object(map) => {
            let (key, text) = (next(), next());
            let mut map: serde_json::Map<_, _> =
                map.iter().map(|(key, each)| (key.clone(), spoilt(each, at))).collect();
            map.insert(key.to_owned(), json!(text));
            Value::Object(map)
        }
        other => other.clone(),
    }
}

#[tokio::test]
async fn markup_in_every_leaf_of_an_answer_is_text_on_every_screen() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.script(WATCH, vec![]).await?;
    let sandbox = world.sandbox.as_ref().ok_or("no sandbox")?;
    let rows: Vec<_> = world.rows().into_iter().filter(|row| row.revision == Revision::Typed).take(6).collect();
    let mut at = 0;
    for row in &rows {
        let mut body = spoilt(&row.customer, &mut at);
        body["customer_id"] = json!(row.customer_id);
        let answer = Fault::Status {
            status: 200,
            content_type: String::from("application/json"),
            body: body.to_string(),
            retry_after_seconds: None,
        };
        sandbox.set_faults(vec![FaultRule::new(Route::Detail, answer).times(1)]);
        desk_tests::loading::read_all(&page, std::slice::from_ref(row)).await?;
    }
    desk_tests::loading::list_again(&page).await?;
    let shows = "return document.querySelector('main')?.innerText.includes('ran=1')";
    visit(&page, "the customers", "/customers", shows).await?;
    page.keys(Key::Down).await?;
    page.wait_script(
        "the preview",
        "return document.querySelector('aside.preview')?.innerText.includes('ran=1')",
        vec![],
    )
    .await?;
    harmless(&page, "the preview").await?;
    let status = page.call("app_status", json!({})).await?;
    let connection = status["current_connection"].as_str().unwrap_or_default();
    // The list shows such a text too: the panel is the record's own, and the address says whose.
    let opened = "return arguments[0].endsWith('id=' + new URLSearchParams(location.search).get('id'))
      && document.getElementById('record-panel')?.innerText.includes('ran=1')";
    for row in &rows {
        let href = format!("/customer?connection={connection}&id={}", row.customer_id);
        visit(&page, "the record", &href, opened).await?;
        for tab in ["2", "3", "4"] {
            page.chord(&[Key::Control], tab).await?;
            let chosen = "const tab = document.querySelectorAll('[role=tab]')[arguments[0] - 1];
              return tab?.getAttribute('aria-selected') === 'true' && document.querySelector('[role=tabpanel]').innerText.length > 0";
            page.wait_script("the tab", chosen, vec![json!(tab)]).await?;
            harmless(&page, "a tab of the record").await?;
        }
        page.wait_script("the whole answer", "return document.querySelectorAll('[data-path]').length > 10", vec![])
            .await?;
        harmless(&page, "the raw answer").await?;
    }
    visit(&page, "the activity", "/activity", "return document.querySelectorAll('main tbody tr').length > 2").await?;
    page.quit().await
}

#[tokio::test]
async fn markup_in_a_refusal_is_text_in_the_review_and_the_form() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.script(WATCH, vec![]).await?;
    page.chord(&[Key::Control], "n").await?;
    page.see("Draft without a name").await?;
    page.fill(BUSINESS[0].0, "Harbour Nine Logistics Limited").await?;
    wait_saved(&page).await?;
    let details: Vec<_> = CORPUS.iter().map(|text| json!({ "field": text, "message": text })).collect();
    let details: Vec<_> = [json!({ "field": "business_details.business_name_english", "message": CORPUS[6] })]
        .into_iter()
        .chain(details)
        .collect();
    let body = json!({ "error": { "code": CORPUS[0], "message": CORPUS[9], "details": details } }).to_string();
    let content_type = String::from("application/json");
    let refusal = Fault::Status { status: 400, content_type, body, retry_after_seconds: None };
    world.sandbox.as_ref().ok_or("no sandbox")?.set_faults(vec![FaultRule::new(Route::Create, refusal).times(1)]);
    page.chord(&[Key::Control], "6").await?;
    page.see("Submit to sandbox").await?;
    page.press("Send anyway, without them").await?;
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await?;
    page.see("The platform refused it").await?;
    page.see("<svg onload=ran=1>").await?;
    harmless(&page, "the refusal").await?;
    page.press("Show answer").await?;
    harmless(&page, "the answer as it came").await?;
    page.chord(&[Key::Control], "1").await?;
    page.see(CORPUS[6]).await?;
    harmless(&page, "the form after the refusal").await?;
    page.quit().await
}

/// The control: what reaches a parser is found, by its element or by what the policy refused.
#[tokio::test]
async fn markup_that_is_parsed_is_found() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    page.script(WATCH, vec![]).await?;
    harmless(&page, "before").await?;
    for text in [CORPUS[0], CORPUS[6], CORPUS[9], CORPUS[15], CORPUS[18], CORPUS[27]] {
        let parse = "const box = document.createElement('div'); box.innerHTML = arguments[0];
          document.querySelector('main').append(box); return true";
        page.script(parse, vec![json!(text)]).await?;
        let found = found(&page).await?;
        let strange = found["strange"].as_array().map_or(0, Vec::len);
        assert!(strange > 0, "{text} in the page is found: {found}");
        page.script("document.querySelector('main > div:last-child').remove(); return true", vec![]).await?;
    }
    page.quit().await
}
