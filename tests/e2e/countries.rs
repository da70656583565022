//! Forms that know the country, ask nothing twice, and say who is known already (UX B5, P6).

use desk_tests::page::Page;
use desk_tests::process::Trouble;
use desk_tests::story::{choose_connection, wait_saved};
use desk_tests::world::World;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::controls::paste;
use crate::naughty::begin;

const COUNTRY: &str = "registration_address/registration_address_country_code";
const LINE1: &str = "registration_address/registration_address_line1";
const CITY: &str = "registration_address/registration_address_city";
const STATE: &str = "registration_address/registration_address_state";
const POSTCODE: &str = "registration_address/registration_address_postcode";
const OPERATING: &str = "account_usage/operating_country";
const NATIONALITY: &str = "basic_info/nationality";
const ISSUING: &str = "identification/id_issuing_country_code";
const NUMBER: &str = "business_details/business_identifier_number";
const NUMBER_COUNTRY: &str = "business_details/business_identifier_country_code";
const NAME: &str = "business_details/business_name_english";

/// The labels of the registration address in the order of the page.
async fn block(page: &Page) -> Result<Vec<String>, Trouble> {
    let body = "return [...document.querySelectorAll('main input[id^=f-registration_address]')]
      .map(e => e.labels[0].textContent.replace(/\\s+/g, ' ').trim())";
    Ok(serde_json::from_value(page.script(body, vec![]).await?)?)
}

/// Chooses the country and waits for its block.
async fn choose(page: &Page, country: &str, wanted: &[&str]) -> Result<(), Trouble> {
    page.retype(COUNTRY, country).await?;
    let body = "const found = [...document.querySelectorAll('main input[id^=f-registration_address]')]
      .map(e => e.labels[0].textContent.replace(/\\s+/g, ' ').trim());
      return JSON.stringify(found) === JSON.stringify(arguments[0])";
    let found = page.wait_script(country, body, vec![json!(wanted)]).await;
    assert!(found.is_ok(), "{country}: {:?}, wanted {wanted:?}", block(page).await?);
    Ok(())
}

#[tokio::test]
async fn each_country_has_its_own_address_and_nothing_is_dropped() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    begin(&page).await?;
    choose(&page, "austral", &["Country", "Address line 1", "Suburb", "State", "Postcode"]).await?;
    page.fill(LINE1, "Level 3, 18 Harbour Street").await?;
    page.fill(CITY, "Sydney").await?;
    page.fill(STATE, "nsw").await?;
    page.fill(POSTCODE, "2000").await?;
    page.shots("address-australia").await?;

    choose(&page, "hong k", &["Country", "Area", "District", "Address line 1", "Postcode (optional)"]).await?;
    assert_eq!(page.value_at(POSTCODE).await?, "2000", "what the country does not write is kept and shown");
    page.see_at(POSTCODE, "Hong Kong").await?;
    assert_eq!(page.value_at(CITY).await?, "Sydney");
    page.shots("address-hong-kong").await?;
    page.retype(POSTCODE, "").await?;

    choose(&page, "japan", &["Country", "Postcode", "Prefecture", "City", "Address line 1"]).await?;
    page.shots("address-japan").await?;
    choose(&page, "austral", &["Country", "Address line 1", "Suburb", "State", "Postcode"]).await?;
    for (path, text) in [(LINE1, "Level 3, 18 Harbour Street"), (CITY, "Sydney")] {
        assert_eq!(page.value_at(path).await?, text, "{path} went through three countries");
    }
    page.quit().await
}

#[tokio::test]
async fn singapore_is_in_singapore() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    begin(&page).await?;
    page.fill(COUNTRY, "singap").await?;
    let city = "return document.querySelector('[id$=registration_address_city]')?.value === 'Singapore'";
    page.wait_script("the city", city, vec![]).await?;
    page.see_at(CITY, "From the country").await?;
    page.quit().await
}

#[tokio::test]
async fn a_pasted_block_is_split_by_a_key_and_taken_back_by_one() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    begin(&page).await?;
    page.fill(COUNTRY, "austral").await?;
    page.fill(CITY, "Perth").await?;
    paste(&page, LINE1, "Level 3\r\n18 Harbour Street\r\nSydney NSW 2000\r\nAustralia").await?;
    page.see("Split into fields").await?;
    let whole = page.value_at(LINE1).await?;
    for word in ["Level 3", "18 Harbour Street", "Sydney NSW 2000", "Australia"] {
        assert!(whole.contains(word), "the whole block stands in the line: {whole}");
    }
    page.keys(Key::Enter + "").await?;
    let split = "const at = name => document.querySelector(`[id$=registration_address_${name}]`)?.value;
      return at('line1') === 'Level 3, 18 Harbour Street' && at('city') === 'Sydney' && at('state').includes('NSW') || at('state').includes('New South Wales') && at('postcode') === '2000'";
    page.wait_script("the parts", split, vec![]).await?;
    assert_eq!(page.value_at(POSTCODE).await?, "2000");
    page.shots("address-split").await?;
    wait_saved(&page).await?;
    page.chord(&[Key::Control], "z").await?;
    let back = "const at = name => document.querySelector(`[id$=registration_address_${name}]`)?.value;
      return at('line1') === arguments[0] && at('city') === 'Perth' && at('postcode') === ''";
    page.wait_script("the block again", back, vec![json!(whole)]).await?;
    page.quit().await
}

#[tokio::test]
async fn nothing_is_asked_twice_and_what_is_typed_stays() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    begin(&page).await?;
    page.fill(COUNTRY, "austral").await?;
    let holds = "return document.querySelector(`[id$=${arguments[0]}]`)?.value === arguments[1]";
    page.wait_script("the operating country", holds, vec![json!("operating_country"), json!("Australia")]).await?;
    page.see_at(OPERATING, "From the registration address").await?;
    page.retype(COUNTRY, "hong k").await?;
    page.wait_script("it follows", holds, vec![json!("operating_country"), json!("Hong Kong")]).await?;
    page.retype(OPERATING, "japan").await?;
    page.retype(COUNTRY, "austral").await?;
    wait_saved(&page).await?;
    assert_eq!(page.value_at(OPERATING).await?, "Japan", "what the user typed stays");
    page.fill(NATIONALITY, "china").await?;
    page.wait_script("the issuing country", holds, vec![json!("id_issuing_country_code"), json!("China")]).await?;
    page.see_at(ISSUING, "From the nationality").await?;
    page.shots("never-ask-twice").await?;
    page.quit().await
}

#[tokio::test]
async fn somebody_known_is_said_with_the_way_to_them() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let first = begin(&page).await?;
    page.fill(NAME, "Marigold Freight Ltd").await?;
    page.fill(NUMBER_COUNTRY, "austral").await?;
    page.fill(NUMBER, "51 824 753 556").await?;
    wait_saved(&page).await?;
    begin(&page).await?;
    page.fill(NAME, "Marigold Freight Limited").await?;
    page.fill(NUMBER_COUNTRY, "austral").await?;
    page.fill(NUMBER, "51824753556").await?;
    page.see_at(NUMBER, "Marigold Freight Ltd").await?;
    page.no_barrier("duplicate").await?;
    page.shots("duplicate").await?;
    let said = "return document.getElementById(document.querySelector('[id$=business_identifier_number]').getAttribute('aria-describedby')).textContent";
    let said = page.script(said, vec![]).await?;
    assert!(!said.as_str().unwrap_or_default().contains("824"), "the number is not said again: {said}");
    page.press("Open the draft").await?;
    let there = "return location.pathname + location.search === arguments[0]";
    page.wait_script("the first draft", there, vec![json!(first)]).await?;
    // A draft is no duplicate of itself, and one of another environment is not known here.
    page.see_at(NUMBER, "Marigold Freight Limited").await?;
    page.quit().await
}

/// The same customer on the untyped practice connection: the environment is the same, and so is the identifier.
#[tokio::test]
async fn a_known_customer_of_another_connection_is_said_too() -> Result<(), Trouble> {
    let world = World::new().await?;
    let page = world.start().await?;
    let row =
        world.rows().into_iter().find(|row| row.customer["business_details"]["business_identifier_number"].is_string());
    let row = row.ok_or("no customer with a number")?;
    desk_tests::story::look_up(&page, "Customer ID", &row.customer_id).await?;
    choose_connection(&page, "Practice untyped").await?;
    begin(&page).await?;
    let business = &row.customer["business_details"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    page.fill(NUMBER_COUNTRY, &text(&business["business_identifier_country_code"])).await?;
    page.fill(NUMBER, &text(&business["business_identifier_number"])).await?;
    page.see_at(NUMBER, &text(&business["business_name_english"])).await?;
    page.press("Open the customer").await?;
    page.wait_script("its record", "return location.pathname === '/customer'", vec![]).await?;
    page.quit().await
}
