//! What a screen reader has of each screen: a snapshot of the tree, in which every control has a name and every text that
//! can be seen is heard.

use desk_sandbox::{CarriedOut, CustomerRow, Fault, FaultRule, Revision, Route};
use desk_tests::loading::{list_again, read_all};
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::wait_saved;
use desk_tests::tree::Ears;
use desk_tests::tree_words::steady;
use desk_tests::world::World;
use serde_json::json;
use thirtyfour::Key;

/// Roles of controls: one without a name is a control that nobody hears.
const CONTROLS: [&str; 11] = [
    "push button",
    "toggle button",
    "entry",
    "password text",
    "combo box",
    "check box",
    "radio button",
    "link",
    "menu item",
    "page tab",
    "list box",
];

/// Every text that can be seen, and what stands in fields, each with the place where it stands. Not among them: what is kept
/// from readers on purpose, and the lines of a list that has its own words for them.
const SEEN: &str = "const root = document.querySelector('dialog[open]') ?? document.body, seen = [];
  const place = e => { const names = []; for (let at = e; at && at !== root && names.length < 4; at = at.parentElement) names.unshift(at.tagName.toLowerCase() + [...at.classList].filter(c => !c.startsWith('s-') && !c.startsWith('svelte-')).map(c => '.' + c).join('')); return names.join(' > '); };
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement, text = walk.currentNode.textContent;
    if (!text.trim() || e.closest('script, style, svg, option, [aria-hidden=true]')) continue;
    range.selectNodeContents(walk.currentNode);
    if (range.getClientRects().length && e.checkVisibility({ visibilityProperty: true })) seen.push([text, place(e)]);
  }
  for (const e of root.querySelectorAll('input:not([type=password]):not([type=radio]):not([type=checkbox]), textarea'))
    if (e.value.trim() && e.getClientRects().length) seen.push([e.value, place(e)]);
  return seen";

/// Somebody who hears the program instead of seeing it.
pub(crate) struct Hearing {
    pub(crate) world: World,
    ears: Ears,
    pub(crate) page: Page,
    /// What was missed so far, by screen: all of it is told at the end.
    missed: Vec<String>,
}

impl Hearing {
    /// On a fresh computer, at the first screen after the one that explains the program.
    pub(crate) async fn start() -> Result<Self, Trouble> {
        let hearing = Self::start_unexplained().await?;
        hearing.page.pass_welcome().await?;
        hearing.page.see("Online.").await?;
        Ok(hearing)
    }

    async fn start_unexplained() -> Result<Self, Trouble> {
        let world = World::new().await?;
        let ears = world.ears().await?;
        let page = world.start_unexplained().await?;
        Ok(Self { world, ears, page, missed: Vec::new() })
    }

    /// The tree of the screen that is open, once it has these words.
    pub(crate) async fn heard(&mut self, screen: &str, words: &str) -> Result<(), Trouble> {
        let document = self.ears.document(words).await?;
        let nodes = document.all();
        let nameless =
            nodes.iter().filter(|node| CONTROLS.contains(&node.role.as_str()) && node.name.trim().is_empty());
        self.missed.extend(nameless.map(|node| format!("{screen}: without a name: {}", node.written())));
        // What counts the seconds has gone on between the tree and the look.
        let bare = |text: &String| steady(text).replace(char::is_whitespace, "");
        let said: Vec<[String; 3]> =
            nodes.iter().map(|node| [&node.name, &node.text, &node.description].map(bare)).collect();
        let seen: Vec<(String, String)> = serde_json::from_value(self.page.script(SEEN, vec![]).await?)?;
        assert!(!seen.is_empty(), "{screen} shows something");
        let seen: Vec<_> = seen.into_iter().map(|(text, place)| (bare(&text), place)).collect();
        // As often as it is seen, so that a text does not pass for being heard elsewhere.
        let unheard = seen.iter().filter(|(text, _)| {
            let times = seen.iter().filter(|(other, _)| other == text).count();
            said.iter().filter(|node| node.iter().any(|said| said.contains(text))).count() < times
        });
        self.missed.extend(unheard.map(|(text, place)| format!("{screen}: not heard: {text:?} in {place}")));
        let home = self.world.home().to_string_lossy().into_owned();
        let status = self.page.call("app_status", json!({})).await?;
        let actor = format!("\"{}\"", status["actor"].as_str().unwrap_or_default());
        insta::assert_snapshot!(screen, document.written().replace(&home, "/HOME").replace(&actor, "\"ACTOR\""));
        Ok(())
    }

    /// What is unknown was looked up once, and the next look-up is far enough away to read the screen.
    pub(crate) async fn put_off(&self) -> Result<(), Trouble> {
        let far = "return /\\(in [2-5]\\d s\\)/.test(document.querySelector('main').innerText)";
        self.page.wait_script("a later look-up", far, vec![]).await?;
        Ok(())
    }

    /// Closes the program; nothing was missed.
    pub(crate) async fn end(self) -> Result<(), Trouble> {
        assert!(self.missed.is_empty(), "\n{}", self.missed.join("\n"));
        self.page.quit().await
    }
}

/// A platform that is too busy to be looked at, and says for how long.
pub(crate) fn later() -> FaultRule {
    let (content_type, body) = (String::new(), String::new());
    FaultRule::new(Route::Detail, Fault::Status { status: 429, content_type, body, retry_after_seconds: Some(55) })
}

/// Three customers on this computer, the last of them with fields that the program does not know, and the list of them.
async fn three_customers(hearing: &Hearing) -> Result<Vec<CustomerRow>, Trouble> {
    let rows: Vec<_> = hearing.world.rows().into_iter().filter(|row| row.revision == Revision::Typed).collect();
    let strange = |row: &&CustomerRow| row.customer.get("risk_tier").is_some();
    let plain = rows.iter().filter(|row| !strange(row)).take(2);
    let rows: Vec<_> = plain.chain(rows.iter().filter(strange).take(1)).cloned().collect();
    // One after the other: the list has the newest first.
    for row in &rows {
        read_all(&hearing.page, std::slice::from_ref(row)).await?;
    }
    list_again(&hearing.page).await?;
    hearing.page.see("3 on this computer").await?;
    Ok(rows)
}

async fn begin_draft(page: &Page, name: &str) -> Result<(), Trouble> {
    page.chord(&[Key::Control], "n").await?;
    page.focus_is_on("Business name in English").await?;
    page.fill("business_details/business_name_english", name).await
}

async fn send_anyway(page: &Page) -> Result<(), Trouble> {
    wait_saved(page).await?;
    page.chord(&[Key::Control], "6").await?;
    page.press("Send anyway, without them").await?;
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await
}

#[tokio::test]
async fn customers_and_the_look_up_are_heard() -> Result<(), Trouble> {
    let mut hearing = Hearing::start().await?;
    hearing.heard("customers-empty", "No customers on this computer yet").await?;
    hearing.page.press("Look up an ID").await?;
    hearing.page.focus_is_on("Customer ID").await?;
    hearing.page.keys("cus_nobody" + Key::Enter).await?;
    hearing.page.see("The platform has no customer with this customer ID.").await?;
    hearing.heard("look-up", "The platform has no customer with this customer ID.").await?;
    hearing.page.keys(Key::Escape + "").await?;
    three_customers(&hearing).await?;
    hearing.page.script("document.querySelector('tbody a[data-row][tabindex=\"0\"]').focus()", vec![]).await?;
    hearing.page.keys(Key::Down + "").await?;
    let preview = "return document.querySelector('aside.preview h2')?.innerText.trim() === document.activeElement.innerText.trim()
      && document.querySelector('aside.preview dl') !== null";
    hearing.page.wait_script("the preview", preview, vec![]).await?;
    hearing.heard("customers", "3 on this computer").await?;
    hearing.end().await
}

#[tokio::test]
async fn a_record_is_heard_tab_by_tab() -> Result<(), Trouble> {
    let mut hearing = Hearing::start().await?;
    let rows = three_customers(&hearing).await?;
    let name = rows[2].customer["business_details"]["business_name_english"].as_str().unwrap_or_default();
    hearing.page.press(name).await?;
    hearing.page.see("Read again").await?;
    for (key, tab, words) in [
        ("1", "details", "Account usage"),
        ("2", "persons", "Residential address"),
        ("3", "history", "Status history"),
        ("4", "raw", "SHA-256"),
    ] {
        hearing.page.chord(&[Key::Control], key).await?;
        let open = "return document.activeElement.id === 'tab-' + arguments[0]";
        hearing.page.wait_script(tab, open, vec![json!(tab)]).await?;
        hearing.heard(&format!("record-{tab}"), words).await?;
    }
    hearing.end().await
}

#[tokio::test]
async fn a_draft_and_its_review_are_heard() -> Result<(), Trouble> {
    let mut hearing = Hearing::start().await?;
    begin_draft(&hearing.page, "Sable Point Foods Ltd").await?;
    hearing.page.fill("business_details/business_type", "limited").await?;
    hearing.page.fill("primary_contact/contact_email", "nobody").await?;
    wait_saved(&hearing.page).await?;
    hearing.page.see("must be an address like").await?;
    hearing.heard("draft", "must be an address like").await?;
    hearing.page.chord(&[Key::Control], "6").await?;
    hearing.page.focus_is_on("There is a problem").await?;
    hearing.heard("review", "There is a problem").await?;
    hearing.end().await
}

#[tokio::test]
async fn drafts_and_deleted_ones_are_heard() -> Result<(), Trouble> {
    let mut hearing = Hearing::start().await?;
    for name in ["Sable Point Foods Ltd", "Heron Shade Travel"] {
        begin_draft(&hearing.page, name).await?;
        wait_saved(&hearing.page).await?;
    }
    hearing.page.press("Drafts").await?;
    hearing.page.focus_is_on("Heron Shade Travel").await?;
    hearing.heard("drafts", "Being written").await?;
    hearing.page.keys(Key::Delete + "").await?;
    hearing.page.see("Draft for Heron Shade Travel deleted.").await?;
    hearing.page.press("Show deleted").await?;
    hearing.page.see("Deleted drafts").await?;
    hearing.heard("drafts-deleted", "Heron Shade Travel").await?;
    hearing.end().await
}

#[tokio::test]
async fn an_accepted_draft_and_one_whose_outcome_nobody_knows_are_heard() -> Result<(), Trouble> {
    let mut hearing = Hearing::start().await?;
    begin_draft(&hearing.page, "Lotus Gate Tea Merchants").await?;
    send_anyway(&hearing.page).await?;
    hearing.page.see("Accepted.").await?;
    hearing.heard("review-accepted", "Accepted.").await?;
    if let Some(sandbox) = &hearing.world.sandbox {
        let cut = FaultRule::new(Route::Create, Fault::Reset).carried_out(CarriedOut::Yes).times(1);
        sandbox.set_faults(vec![cut, later()]);
    }
    begin_draft(&hearing.page, "Noor Al Bahr Shipping FZE").await?;
    send_anyway(&hearing.page).await?;
    let words = "Nobody knows yet whether the platform has it.";
    hearing.page.see(words).await?;
    hearing.put_off().await?;
    hearing.heard("review-unknown", words).await?;
    hearing.end().await
}

#[tokio::test]
async fn a_refused_draft_is_heard() -> Result<(), Trouble> {
    let mut hearing = Hearing::start().await?;
    let body = json!({ "error": { "code": "INVALID_REQUEST", "message": "The request has fields that cannot be taken.",
      "details": [
        { "field": "business_details.business_name_english", "message": "name is on a list" },
        { "field": "risk_profile", "message": "must be agreed first" },
      ] } })
    .to_string();
    let content_type = "application/json".to_owned();
    let refusal = Fault::Status { status: 400, content_type, body, retry_after_seconds: None };
    if let Some(sandbox) = &hearing.world.sandbox {
        sandbox.set_faults(vec![FaultRule::new(Route::Create, refusal).times(1)]);
    }
    begin_draft(&hearing.page, "Lotus Gate Tea Merchants").await?;
    send_anyway(&hearing.page).await?;
    hearing.page.see("The platform refused it.").await?;
    hearing.page.focus_is_on("There is a problem").await?;
    hearing.heard("review-rejected", "must be agreed first").await?;
    hearing.end().await
}

#[tokio::test]
async fn the_first_start_the_palette_and_the_help_are_heard() -> Result<(), Trouble> {
    let mut hearing = Hearing::start_unexplained().await?;
    hearing.page.focus_is_on("Welcome to Customer Desk").await?;
    hearing.heard("welcome", "Welcome to Customer Desk").await?;
    hearing.page.press("Start practising").await?;
    hearing.page.see("No customers on this computer yet").await?;
    hearing.page.chord(&[Key::Control], "k").await?;
    hearing.page.focus_is_on("Search customers and drafts, or run a command").await?;
    hearing.page.see("Go to drafts").await?;
    hearing.heard("palette", "Go to drafts").await?;
    hearing.page.keys(Key::Escape + "").await?;
    hearing.page.see_no_more("Go to drafts").await?;
    hearing.page.keys(Key::F1 + "").await?;
    hearing.page.focus_is_on("Close").await?;
    hearing.heard("help", "Preview the row").await?;
    hearing.end().await
}

#[tokio::test]
async fn connections_and_settings_are_heard() -> Result<(), Trouble> {
    let mut hearing = Hearing::start().await?;
    hearing.page.press("Connections").await?;
    hearing.page.press("Test connection").await?;
    hearing.page.see("The connection works").await?;
    hearing.heard("connections", "The connection works").await?;
    hearing.page.press("Activity").await?;
    hearing.page.see("The trail is whole").await?;
    hearing.page.see("Tested a connection").await?;
    hearing.heard("activity", "Tested a connection").await?;
    hearing.page.press("Settings").await?;
    hearing.page.see("Each change is saved at once").await?;
    hearing.heard("settings", "Your data lies in").await?;
    hearing.page.press("About Customer Desk").await?;
    hearing.page.see("Libraries").await?;
    // One that stays: the whole list changes with each library.
    hearing.page.script("document.querySelector('[role=searchbox]').focus()", vec![]).await?;
    hearing.page.keys("rustls-pki-types").await?;
    hearing.page.see("1 library").await?;
    hearing.heard("about", "rustls-pki-types").await?;
    hearing.end().await
}
