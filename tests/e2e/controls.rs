//! Every control of the form in each of its states: no barrier in either theme, nothing taken while an input method composes,
//! and whatever is pasted is kept, said and harmless (UX B0, B5, P4, P5).

use std::collections::BTreeMap;

use desk_tests::naughty::naughty;
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::wait_saved;
use desk_tests::world::World;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::naughty::begin;

const COUNTRY: &str = "registration_address/registration_address_country_code";
const LINE1: &str = "registration_address/registration_address_line1";
const STATE: &str = "registration_address/registration_address_state";
const POSTCODE: &str = "registration_address/registration_address_postcode";
const START: &str = "business_details/business_identifier_start_date";
const EXPIRY: &str = "business_details/business_identifier_expiry_date";
const NUMBER: &str = "business_details/business_identifier_number";
const AMOUNT: &str = "account_usage/estimated_monthly_revenue_amount";
const CURRENCY: &str = "account_usage/estimated_monthly_revenue_currency";
const PHONE: &str = "primary_contact/contact_phone";
const EMAIL: &str = "primary_contact/contact_email";
const NAME: &str = "business_details/business_name_english";

/// Puts the focus into a field without a pointer.
async fn enter(page: &Page, path: &str) -> Result<(), Trouble> {
    Ok(page.field_at(path).await?.focus().await?)
}

/// A paste, as the window's own events say it: what the page leaves to the browser is then put in by it.
pub(crate) async fn paste(page: &Page, path: &str, text: &str) -> Result<(), Trouble> {
    enter(page, path).await?;
    let body = "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);
      const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data });
      if (document.activeElement.dispatchEvent(event)) document.execCommand('insertText', false, arguments[0]);
      return true";
    page.script(body, vec![json!(text)]).await.map(|_| ())
}

/// Whether a field says that what is in it is wrong.
async fn is_wrong(page: &Page, path: &str) -> Result<bool, Trouble> {
    Ok(page.field_at(path).await?.attr("aria-invalid").await?.as_deref() == Some("true"))
}

/// What the store holds of the draft that is open, by path.
async fn kept(page: &Page, href: &str) -> Result<BTreeMap<String, String>, Trouble> {
    let id = href.rsplit('=').next().unwrap_or_default();
    let draft = page.call("draft_open", json!({ "draft": id })).await?;
    let texts = draft["texts"].as_array().cloned().unwrap_or_default();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    Ok(texts.iter().map(|row| (text(row, "path"), text(row, "text"))).collect())
}

async fn looked_at(page: &Page, state: &str) -> Result<(), Trouble> {
    page.no_barrier(state).await?;
    page.shots(&format!("control-{state}")).await
}

#[tokio::test]
async fn no_state_of_a_control_has_a_barrier() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    begin(&page).await?;

    enter(&page, COUNTRY).await?;
    page.keys("united").await?;
    page.wait_script("the list", "return document.querySelectorAll('[role=option]').length > 1", vec![]).await?;
    looked_at(&page, "combobox-open").await?;
    page.keys("zzz").await?;
    page.wait_script("no match", "return document.querySelectorAll('[role=option]').length === 0", vec![]).await?;
    looked_at(&page, "combobox-no-match").await?;
    page.keys(Key::Tab + "").await?;
    page.see_at(COUNTRY, "Select the country").await?;
    assert_eq!(page.value_at(COUNTRY).await?, "unitedzzz", "an unknown text is kept");
    looked_at(&page, "combobox-unknown").await?;
    page.retype(COUNTRY, "austral").await?;
    page.wait_script("Australia", "return document.body.innerText.includes('Suburb')", vec![]).await?;

    page.fill(STATE, "nowhere").await?;
    page.fill(POSTCODE, "12").await?;
    page.see_at(POSTCODE, "Postcode must").await?;
    looked_at(&page, "address-wrong").await?;
    page.retype(STATE, "nsw").await?;
    page.retype(POSTCODE, "3000").await?;
    looked_at(&page, "address-warning").await?;
    page.retype(POSTCODE, "2000").await?;
    paste(&page, LINE1, "Level 3\n18 Harbour Street\nSydney NSW 2000\nAustralia").await?;
    page.see("Split into fields").await?;
    looked_at(&page, "address-split-offered").await?;
    page.keys(Key::Escape + "").await?;

    page.fill(START, "3/4/2021").await?;
    page.see_at(START, "3 April 2021 or 4 March 2021").await?;
    looked_at(&page, "date-ambiguous").await?;
    page.tab_reaches_everything("date-ambiguous").await?;
    page.retype(START, "3 apr 2021").await?;
    page.see_at(START, "Saturday 3 April 2021").await?;
    enter(&page, EXPIRY).await?;
    page.chord(&[Key::Control, Key::Shift], "n").await?;
    page.see_at(EXPIRY, "No expiry").await?;
    looked_at(&page, "date-echo-and-no-expiry").await?;

    page.fill(CURRENCY, "aud").await?;
    page.fill(AMOUNT, "1.234").await?;
    page.see_at(AMOUNT, "1,234 or").await?;
    looked_at(&page, "amount-ambiguous").await?;
    page.retype(AMOUNT, "1.2m").await?;
    page.see_at(AMOUNT, "AUD 1,200,000").await?;
    enter(&page, PHONE).await?;
    page.see_at(PHONE, "+61").await?;
    looked_at(&page, "phone-hint").await?;
    page.fill(PHONE, "02 5550 12").await?;
    page.see_at(PHONE, "Australia").await?;
    page.fill(EMAIL, "accounts@gmial.com").await?;
    page.see_at(EMAIL, "gmail.com").await?;
    looked_at(&page, "contact-wrong-and-warned").await?;
    page.quit().await
}

/// UX P4: nothing before a field was left, gone as soon as it is right, required only when asked.
#[tokio::test]
async fn problems_come_late_and_go_at_once() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    begin(&page).await?;
    page.fill(CURRENCY, "aud").await?;
    for (path, wrong, back, right) in
        [(EMAIL, "accounts", 0, "@lanternquay.example"), (START, "31 feb", 3, "mar 2020"), (AMOUNT, "12x", 1, "0")]
    {
        enter(&page, path).await?;
        page.keys(wrong).await?;
        wait_saved(&page).await?;
        assert!(!is_wrong(&page, path).await?, "{path}: nothing is said while it is first typed");
        page.keys(Key::Tab + "").await?;
        let id = page.field_at(path).await?.id().await?.unwrap_or_default();
        let wrong = "return document.getElementById(arguments[0]).getAttribute('aria-invalid') === 'true'";
        page.wait_script(path, wrong, vec![json!(id)]).await?;
        enter(&page, path).await?;
        page.keys(Key::End + "").await?;
        for _ in 0..back {
            page.keys(Key::Backspace + "").await?;
        }
        page.keys(right).await?;
        let gone = "return document.getElementById(arguments[0]).getAttribute('aria-invalid') === null
          && document.activeElement.id === arguments[0]";
        page.wait_script(&format!("{path} without leaving it"), gone, vec![json!(id)]).await?;
    }
    assert!(!is_wrong(&page, NAME).await?, "an empty required field is not wrong yet");
    enter(&page, EMAIL).await?;
    page.chord(&[Key::Control], Key::Enter).await?;
    let invalid = "return document.querySelectorAll('main [aria-invalid=true]').length";
    page.wait_script("the phone is missing", &format!("{invalid} === 1"), vec![]).await?;
    assert!(is_wrong(&page, PHONE).await?, "only of the section that was asked for");
    page.focus_is_on("Contact phone").await?;
    page.quit().await
}

/// UX B0, G17. The driver has no input method; the events are those of WebKitGTK with one: a key of code 229, then the
/// composition.
#[tokio::test]
async fn composing_commits_checks_and_submits_nothing() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let href = begin(&page).await?;
    let before = kept(&page, &href).await?;
    let ids = page.field_ids().await?;
    let compose = "const e = document.getElementById(arguments[0]); e.focus();
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
      const key = (key, init) => e.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
      key('Process', { keyCode: 229 });
      e.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
      set.call(e, 'ao'); e.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true, inputType: 'insertCompositionText', data: 'ao' }));
      for (const name of ['Enter', 'Tab', 'Escape', 'ArrowDown']) { key(name, { isComposing: true }); key(name, { keyCode: 229 }); }
      for (const name of ['Enter', 'd', 's', '6', 'z']) key(name, { isComposing: true, ctrlKey: true });
      return { here: document.activeElement === e, value: e.value, place: location.pathname,
        chosen: document.querySelectorAll('[role=option][aria-selected=true]').length > 0 && e.getAttribute('aria-expanded') === 'false' }";
    for id in &ids {
        let found = page.script(compose, vec![json!(id)]).await?;
        assert_eq!(found["here"], json!(true), "{id} keeps the focus");
        assert_eq!(found["value"], json!("ao"), "{id} keeps what is composed");
        assert_eq!(found["place"], json!("/draft"), "{id} goes nowhere");
        // Longer than what autosave waits for (DECISIONS 24).
        tokio::time::sleep(std::time::Duration::from_millis(350)).await;
        assert_eq!(kept(&page, &href).await?, before, "{id}: nothing is kept of what is being composed");
        assert_eq!(
            page.script("return document.querySelectorAll('main [aria-invalid=true]').length", vec![]).await?,
            json!(0)
        );
        let give_up = "const e = document.getElementById(arguments[0]);
          const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
          set.call(e, arguments[1]); e.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true, inputType: 'deleteCompositionText' }));
          e.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '' }));
          e.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'deleteCompositionText' })); return true";
        let was = before.iter().find(|(path, _)| id.ends_with(&path.replace('/', "-"))).map_or("", |(_, text)| text);
        page.script(give_up, vec![json!(id), json!(was)]).await?;
    }
    // What is composed to its end is kept once.
    let end = "const e = document.getElementById(arguments[0]); e.focus();
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
      e.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
      set.call(e, '\u{706f}'); e.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true, inputType: 'insertCompositionText', data: '\u{706f}' }));
      e.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '\u{706f}' })); return true";
    page.script(end, vec![json!("f-business_details-business_name")]).await?;
    wait_saved(&page).await?;
    page.keys(Key::Tab + "").await?;
    wait_saved(&page).await?;
    let mut wanted = before;
    wanted.insert("business_details/business_name".to_owned(), "\u{706f}".to_owned());
    assert_eq!(kept(&page, &href).await?, wanted);
    page.quit().await
}

/// Twenty thousand characters, controls, bidi overrides and halves of characters, in every field: nothing hangs, nothing is
/// lost, and each field says what it thinks of it.
#[tokio::test]
async fn hostile_pastes_are_kept_and_flagged() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let long: String = "Quay 17 ".chars().cycle().take(20_000).collect();
    let controls = "quay\u{1}\u{7}\u{202e}side\u{2066}\u{200b} 17";
    for (what, text, said) in [("20,000 characters", long.as_str(), ""), ("controls", controls, "")] {
        let href = begin(&page).await?;
        let ids = page.field_ids().await?;
        let texts = ids.iter().map(|id| (id.clone(), text.to_owned())).collect();
        let taken = page.put(&texts).await?;
        assert!(taken.values().all(|taken| taken == text), "{what}: every field takes it");
        wait_saved(&page).await?;
        let held = kept(&page, &href).await?;
        let lost: Vec<_> = held.iter().filter(|(_, held)| *held != text).map(|(path, _)| path).collect();
        assert!(
            lost.is_empty() && held.len() == ids.len(),
            "{what}: the store has it: {lost:?}, {} of {}",
            held.len(),
            ids.len()
        );
        let silent = "return [...document.querySelectorAll('main input[id^=f-]')].filter(e => {
            const note = document.getElementById(e.getAttribute('aria-describedby'));
            return !note?.querySelector('.icon') || !note.textContent.trim();
          }).map(e => e.id)";
        let none = format!("return (() => {{ {silent} }})().length === 0");
        let all_say = page.wait_script("each field says something", &none, vec![]).await;
        assert!(all_say.is_ok(), "{what} {said}: silent are {}", page.script(silent, vec![]).await?);
        let wide = "return document.scrollingElement.scrollWidth <= innerWidth";
        assert_eq!(page.script(wide, vec![]).await?, json!(true), "{what}: the page is no wider than the window");
        page.chord(&[Key::Control], "6").await?;
        page.see("There is a problem").await?;
    }
    page.quit().await
}

/// Pasted texts of the collection in the controls that read a shape: never an error of the program, never a change.
#[tokio::test]
async fn a_control_with_a_shape_keeps_what_it_cannot_read() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let href = begin(&page).await?;
    for one in naughty().iter().filter(|one| !one.typed.contains(['\r', '\n'])).take(40) {
        let texts: BTreeMap<_, _> = [COUNTRY, STATE, POSTCODE, START, NUMBER, AMOUNT, CURRENCY, PHONE, EMAIL]
            .map(|path| (format!("f-{}", path.replace('/', "-")), one.typed.clone()))
            .into();
        let taken = page.put(&texts).await?;
        assert!(taken.values().all(|taken| *taken == one.typed), "{}: {taken:?}", one.name);
        let held = kept(&page, &href).await?;
        assert!(
            held.iter().filter(|(path, _)| *path != "partner_customer_id").all(|(_, held)| *held == one.typed),
            "{}: {held:?}",
            one.name
        );
    }
    page.quit().await
}
