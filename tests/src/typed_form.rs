//! A whole customer typed into the form by keyboard alone: what is typed, and what must arrive.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::page::{Page, repository};
use crate::process::Trouble;
use crate::story::wait_saved;

/// The five fields that an untyped connection never sends (DECISIONS "What is required", marked *).
const TYPED_ONLY: [&str; 5] =
    ["business_type", "business_identifier_type", "account_usage_product_reference", "role_type", "id_type"];

/// From one field to the next there are at most so many stops: an action of a list, the buttons of a person's card.
const STOPS_MAX: usize = 8;

/// Texts of so many characters and more are pasted but for their end: the driver needs 20 to 30 ms for each key, and what a
/// key press costs is the bench's to tell.
const TYPED_MAX: usize = 25;

/// What is typed of a text that is pasted.
const TYPED_END: usize = 4;

const PERSONS: &str = "business_person_list/";
const HOME: &str = "residential_address/residential_address_";
const REGISTERED: &str = "registration_address/registration_address_";

/// A customer of `tests/fixtures`.
#[derive(Debug, Clone, Deserialize)]
pub struct TypedCustomer {
    fields: Vec<TypedField>,
    /// Said in words; anything there means that each person's home is copied by one chord.
    copied: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct TypedField {
    path: String,
    typed: String,
    wire: Value,
}

impl TypedField {
    fn key(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Its place in a list of texts.
    fn slot(&self) -> Option<u32> {
        self.key().parse().ok()
    }

    /// The place of its person, for a person's field.
    fn person(&self) -> Option<usize> {
        self.path.strip_prefix(PERSONS)?.split('/').next()?.parse().ok()
    }

    /// How the id of its control ends.
    fn id_end(&self) -> String {
        let of_person = self.path.strip_prefix(PERSONS).and_then(|rest| rest.split_once('/'));
        format!("-{}", of_person.map_or(self.path.as_str(), |(_, end)| end).replace('/', "-"))
    }
}

impl TypedCustomer {
    /// A customer of `tests/fixtures` by the name of its file.
    ///
    /// # Errors
    /// No such file, or one of another shape.
    pub fn of(file: &str) -> Result<Self, Trouble> {
        let text = std::fs::read_to_string(repository().join("tests/fixtures").join(file))?;
        Ok(serde_json::from_str(&text)?)
    }

    /// The same as an untyped connection has it.
    #[must_use]
    pub fn untyped(mut self) -> Self {
        self.fields.retain(|field| !TYPED_ONLY.contains(&field.key()));
        self
    }

    /// Every leaf that must arrive; our own id is the form's and not among them.
    #[must_use]
    pub fn expected(&self) -> BTreeMap<String, Value> {
        let mut expected: BTreeMap<_, _> =
            self.fields.iter().map(|field| (field.path.clone(), field.wire.clone())).collect();
        if !self.copied.is_empty() {
            let registered = self.fields.iter().filter_map(|field| Some((field.path.strip_prefix(REGISTERED)?, field)));
            for (key, field) in registered {
                for person in 0..self.persons() {
                    expected.insert(format!("{PERSONS}{person}/{HOME}{key}"), field.wire.clone());
                }
            }
        }
        expected
    }

    /// How many persons it has.
    #[must_use]
    pub fn persons(&self) -> usize {
        self.fields.iter().filter_map(TypedField::person).max().map_or(0, |last| last + 1)
    }

    /// The characters that are typed, and the fields.
    #[must_use]
    pub fn measure(&self) -> (usize, usize) {
        (self.fields.iter().map(|field| field.typed.chars().count()).sum(), self.fields.len())
    }

    /// Key presses that it may take: its characters and 1.2 for each field (DECISIONS 28).
    #[must_use]
    pub fn key_presses_max(&self) -> u64 {
        let (characters, fields) = self.measure();
        (characters + fields * 12 / 10) as u64
    }

    /// Types all of it into the empty draft that is open, and waits until it is kept.
    ///
    /// # Errors
    /// A field is not reached by Tab from the one before it.
    pub async fn type_into(&self, page: &Page) -> Result<(), Trouble> {
        self.enter(page, false).await
    }

    /// The same with a key for each character, however long the text is.
    ///
    /// # Errors
    /// As [`TypedCustomer::type_into`].
    pub async fn press_into(&self, page: &Page) -> Result<(), Trouble> {
        self.enter(page, true).await
    }

    async fn enter(&self, page: &Page, every_key: bool) -> Result<(), Trouble> {
        let (mut person, mut at_home) = (0, false);
        for field in &self.fields {
            if let Some(next) = field.person().filter(|next| *next > person) {
                page.chord(&[Key::Control, Key::Shift], "p").await?;
                person = next;
            }
            let was_at_home = std::mem::replace(&mut at_home, !field.path.contains("/identification/"));
            if !self.copied.is_empty() && was_at_home && !at_home {
                page.tab_to(&format!("-{}country_code", HOME.replace('/', "-"))).await?;
                page.chord(&[Key::Control], "d").await?;
            }
            if field.slot().is_some_and(|slot| slot > 0) {
                page.tab_to_button("Add").await?;
                page.keys(Key::Enter + "").await?;
            }
            page.tab_to(&field.id_end()).await.map_err(|trouble| format!("{}: {trouble}", field.path))?;
            // An empty one is filled by the form; the next Tab passes it.
            let typed = match (field.typed.is_empty(), every_key) {
                (true, _) => Ok(()),
                (false, true) => page.press_each(&field.typed).await,
                (false, false) => page.type_here(&field.typed).await,
            };
            typed.map_err(|trouble| format!("{}: {trouble}", field.path))?;
        }
        page.keys(Key::Tab + "").await?;
        wait_saved(page).await
    }
}

impl Page {
    /// Presses Tab until a field has the focus whose id ends so; it may have it already.
    ///
    /// # Errors
    /// It is further away than a field is from the next.
    pub async fn tab_to(&self, id_end: &str) -> Result<(), Trouble> {
        let body = "const e = document.activeElement; return e?.id.startsWith('f-') && e.id.endsWith(arguments[0])";
        self.tab_until(id_end, body).await
    }

    /// Presses Tab until a button has the focus whose words start so.
    ///
    /// # Errors
    /// It is further away than a field is from the next.
    pub async fn tab_to_button(&self, words: &str) -> Result<(), Trouble> {
        let body = "const e = document.activeElement; return e?.tagName === 'BUTTON' && e.innerText.trim().startsWith(arguments[0])";
        self.tab_until(words, body).await
    }

    /// Types into the field that has the focus, and makes sure that the driver pressed every key. What is long is pasted
    /// but for its end, as people do.
    ///
    /// # Errors
    /// The field does not hold the text, though nothing was typed after it.
    pub async fn type_here(&self, text: &str) -> Result<(), Trouble> {
        let pasted = text.chars().count().checked_sub(TYPED_MAX).map_or(0, |more| more + TYPED_MAX - TYPED_END);
        let (pasted, typed) = text.split_at(text.char_indices().nth(pasted).map_or(text.len(), |(at, _)| at));
        if !pasted.is_empty() {
            self.script("return document.execCommand('insertText', false, arguments[0])", vec![json!(pasted)]).await?;
        }
        // The driver's faster way loses a variation selector; its slower one presses it as a key of its own.
        if typed.chars().any(|char| u32::from(char) > 0xFFFF) {
            self.keys(typed).await?;
        } else {
            self.driver().active_element().await?.send_keys(typed).await?;
        }
        let body = "return document.activeElement.value";
        let found = self.script(body, vec![]).await?;
        if found == json!(text) { Ok(()) } else { Err(format!("{text:?} was typed, {found} is there").into()) }
    }

    async fn tab_until(&self, what: &str, body: &str) -> Result<(), Trouble> {
        let mut passed = Vec::new();
        for _ in 0..=STOPS_MAX {
            if self.script(body, vec![json!(what)]).await? == json!(true) {
                return Ok(());
            }
            passed.push(
                self.script("return document.activeElement?.id || document.activeElement?.innerText", vec![]).await?,
            );
            self.keys(Key::Tab + "").await?;
        }
        Err(format!("Tab does not lead to {what}, but over {passed:?}").into())
    }
}
