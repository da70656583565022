//! Naughty texts through every text field: what a field takes is there after a restart, byte for byte, and arrives at the
//! platform as the rules say (the table of `naughty`).

use std::collections::BTreeMap;

use desk_tests::naughty::{Naughty, naughty};
use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::wait_saved;
use desk_tests::world::World;
use serde_json::{Value, json};
use thirtyfour::Key;

/// Fields whose text is sent as it stands, by the end of their path; the others have a shape of their own, and a naughty
/// text is a problem there.
const FREE: [&str; 25] = [
    "business_details-business_name_english",
    "business_details-business_name",
    "business_details-business_type",
    "business_details-business_identifier_type",
    "business_details-business_identifier_number",
    "business_details-business_identifier_document_list-0",
    "registration_address-registration_address_line1",
    "registration_address-registration_address_city",
    "registration_address-registration_address_state",
    "registration_address-registration_address_postcode",
    "account_usage-goods_service_description",
    "account_usage-industry_category_code",
    "account_usage-account_usage_product_reference",
    "basic_info-first_name_english",
    "basic_info-last_name_english",
    "basic_info-first_name",
    "basic_info-last_name",
    "basic_info-role_type",
    "residential_address-residential_address_line1",
    "residential_address-residential_address_city",
    "residential_address-residential_address_state",
    "residential_address-residential_address_postcode",
    "identification-id_number",
    "identification-id_document_front_file_id",
    "identification-id_document_back_file_id",
];

/// Bodies that are sent; each field has another text in each.
const ROUNDS: usize = 6;
/// Drafts that are kept: together they have every text in many fields of every kind, and many texts in every field.
const DRAFTS: usize = 14;
/// From one round to the next each field moves on by so many texts.
const STEP: usize = 23;

/// An empty draft, open; its address.
pub(crate) async fn begin(page: &Page) -> Result<String, Trouble> {
    let status = page.call("app_status", json!({})).await?;
    let draft = page.call("draft_create", json!({ "connection": status["current_connection"] })).await?;
    let href = format!("/draft?id={}", draft["id"].as_str().unwrap_or_default());
    open(page, &href).await?;
    Ok(href)
}

/// The same with five persons, all of them open.
async fn begin_with_five(page: &Page) -> Result<String, Trouble> {
    let href = begin(page).await?;
    for person in 2..=5 {
        page.chord(&[Key::Control, Key::Shift], "p").await?;
        let last = format!("return document.querySelectorAll('main [id^=p-]').length >= {person}");
        page.wait_script("another person", &last, vec![]).await?;
    }
    unfold(page).await?;
    Ok(href)
}

/// Opens a draft and waits for its form.
async fn open(page: &Page, href: &str) -> Result<(), Trouble> {
    let id = href.rsplit('=').next().unwrap_or_default();
    // The form of the draft before is still there for a moment.
    page.script("document.querySelector('main input[id^=f-]')?.setAttribute('data-before', ''); return true", vec![])
        .await?;
    let here = format!(
        "return location.search.includes('{id}') && document.querySelectorAll('main input[id^=f-]').length > 20 &&
           !document.querySelector('[data-before]')"
    );
    page.follow(href, &here).await?;
    Ok(())
}

#[tokio::test]
async fn each_text_in_each_field_is_there_after_a_restart() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let corpus = naughty();
    let mut kept = Vec::new();
    for round in 0..DRAFTS {
        let href = begin_with_five(&page).await?;
        let ids = page.field_ids().await?;
        assert_eq!(ids.len(), 24 + 5 * 19, "all fields of the form: {ids:?}");
        let typed: BTreeMap<_, _> =
            ids.iter().enumerate().map(|(at, id)| (id.clone(), text_of(&corpus, round, at).typed.clone())).collect();
        let taken = page.put(&typed).await?;
        // An input is one line (HTML "value sanitization").
        let line = |id: &String| typed[id].replace(['\r', '\n'], "");
        let other: Vec<_> = taken.iter().filter(|(id, taken)| **taken != line(id)).collect();
        assert!(other.is_empty(), "the field takes it: {other:?}");
        kept.push((href, taken));
    }
    page.kill().await?;

    let page = world.start().await?;
    for (href, taken) in kept {
        open(&page, &href).await?;
        unfold(&page).await?;
        let held = page.held().await?;
        let other = taken.iter().filter(|(id, text)| held.get(*id) != Some(text));
        let found: Vec<_> = other.map(|(id, text)| (id, text, held.get(id))).collect();
        assert!(found.is_empty(), "{found:?}");
    }
    page.quit().await
}

/// The text of a field in a round.
fn text_of(corpus: &[Naughty], round: usize, at: usize) -> &Naughty {
    &corpus[(at + round * STEP) % corpus.len()]
}

#[tokio::test]
async fn each_text_arrives_as_the_rules_say() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let corpus = naughty();
    for round in 0..ROUNDS {
        let href = begin_with_five(&page).await?;
        let ids = page.field_ids().await?;
        let free: Vec<_> = ids.into_iter().filter(|id| FREE.iter().any(|end| id.ends_with(end))).collect();
        assert_eq!(free.len(), 13 + 5 * 12, "every free field of five persons: {free:?}");
        let one = |at: usize| text_of(&corpus, round, at);
        let texts = free.iter().enumerate().map(|(at, id)| (id.clone(), one(at).typed.clone())).collect();
        page.put(&texts).await?;
        let partner = page.value_at("partner_customer_id").await?;
        wait_saved(&page).await?;
        send(&page, &href).await?;
        page.see("Accepted.").await?;

        let requests = world.sandbox.as_ref().ok_or("no sandbox")?.requests();
        let sent = requests.iter().find(|one| one.path.ends_with("/create") && one.body.contains(&partner));
        let body: Value = serde_json::from_str(&sent.ok_or("it was not sent")?.body)?;
        let persons = persons_of(&free, &body);
        let wrong: Vec<_> = free
            .iter()
            .enumerate()
            .filter_map(|(at, id)| {
                let (found, one) = (at_id(&body, id, &persons), one(at));
                let said = said(found, one);
                (!said).then(|| format!("{id}, {}: {found:?}, wanted {:?}", one.name, one.wire))
            })
            .collect();
        assert!(wrong.is_empty(), "round {round}:\n{}", wrong.join("\n"));
    }
    page.quit().await
}

/// What arrived is what the table says; a text of which nothing is sent leaves its key out.
fn said(found: Option<&str>, one: &Naughty) -> bool {
    // A field is one line: what the table says of a line break is that of a paste into a field.
    if one.wire.is_empty() { found.is_none() } else { found == Some(one.wire.as_str()) }
}

/// The persons of the form in their order; each of them has something that is sent.
fn persons_of(ids: &[String], body: &Value) -> Vec<String> {
    let mut persons: Vec<String> = ids.iter().filter_map(|id| person_of(id)).map(str::to_owned).collect();
    persons.dedup();
    let sent = body["business_person_list"].as_array().map_or(0, Vec::len);
    assert_eq!(persons.len(), sent, "every person is sent");
    persons
}

/// The id of a field's person: `f-business_person_list-<uuid>-identification-id_number`.
fn person_of(id: &str) -> Option<&str> {
    id.strip_prefix("f-business_person_list-")?.get(..36)
}

/// What a body has where a field stands in the form.
fn at_id<'a>(body: &'a Value, id: &str, persons: &[String]) -> Option<&'a str> {
    let (from, rest) = match person_of(id) {
        Some(person) => {
            let at = persons.iter().position(|one| one == person)?;
            (&body["business_person_list"][at], &id["f-business_person_list-".len() + 37..])
        }
        None => (body, &id["f-".len()..]),
    };
    let mut value = from;
    for step in rest.split('-') {
        // A list has only what is sent: its one text, or none.
        value = if step == "0" { value.get(0)? } else { value.get(step)? };
    }
    value.as_str()
}

/// Opens every person's card.
async fn unfold(page: &Page) -> Result<(), Trouble> {
    let body = "const closed = document.querySelector('main button[id^=p-][aria-expanded=false]');
      closed?.click(); return !closed";
    page.wait_script("every person open", body, vec![]).await?;
    Ok(())
}

/// Sends the draft that is open, with everything confirmed.
async fn send(page: &Page, href: &str) -> Result<(), Trouble> {
    let review = href.replace("/draft", "/review");
    page.follow(&review, "return document.body.innerText.includes('Submit to sandbox')").await?;
    page.see("Send anyway, without them").await?;
    page.tick_everything().await?;
    page.chord(&[Key::Control, Key::Shift], Key::Enter).await
}

#[tokio::test]
async fn naughty_texts_typed_with_real_keys_are_kept_and_undone() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let href = begin(&page).await?;
    let typed = [
        ("registration_address/registration_address_line1", "  C:\\quay\\\"..\" '; DROP TABLE drafts; --"),
        ("registration_address/registration_address_city", "q\u{323}\u{307}uay רָצִיף רصيف"),
        ("account_usage/goods_service_description", "{{7*7}} ${x} <b>quay</b> &amp; 👩\u{200d}👧 %s%n"),
        ("account_usage/industry_category_code", "0.1000000000000000055511151231257827"),
        ("identification/id_number", "葛\u{E0100}城 𠮷 ٤٢\u{200b}"),
    ];
    for (path, text) in typed {
        page.field_at(path).await?;
        let id = page.field_at(path).await?.id().await?.unwrap_or_default();
        page.script("document.getElementById(arguments[0]).focus(); return true", vec![json!(id)]).await?;
        page.keys(text).await?;
        page.keys(Key::Tab + "").await?;
    }
    wait_saved(&page).await?;
    page.kill().await?;
    let page = world.start().await?;
    open(&page, &href).await?;
    for (path, text) in typed {
        assert_eq!(page.value_at(path).await?, text, "{path}");
    }
    page.quit().await
}

/// Half a character of UTF-16 is no text that a file or a platform can hold. It must not stop what else is typed.
#[tokio::test]
async fn half_a_character_does_not_keep_the_rest_from_being_saved() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let href = begin(&page).await?;
    let id = page.field_at("business_details/business_name").await?.id().await?.unwrap_or_default();
    let put = "const input = document.getElementById(arguments[0]); input.focus();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, 'quay\\ud83d');
      input.dispatchEvent(new InputEvent('input', { bubbles: true })); return true";
    page.script(put, vec![json!(id)]).await?;
    page.fill("registration_address/registration_address_city", "Kept all the same").await?;
    let said = "return document.querySelector('.savestate')?.textContent.replace(/\\s+/g, ' ').trim()";
    let saved = format!("{} && true", said.replace("return ", "return /^Saved/.test((() => { return ") + "})())");
    let kept = page.wait_script("saved", &saved, vec![]).await;
    assert!(kept.is_ok(), "it says {}", page.script(said, vec![]).await?);
    page.kill().await?;
    let page = world.start().await?;
    open(&page, &href).await?;
    assert_eq!(page.value_at("registration_address/registration_address_city").await?, "Kept all the same");
    page.quit().await
}
