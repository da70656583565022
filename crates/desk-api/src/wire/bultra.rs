//! Answers of Bultra (../api/bultra.openapi.yaml), as far as a client has to read them to go on: which record it is, and where
//! a list goes on. Its fields are read by `desk_domain::bultra`.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use desk_domain::bultra::id_of;
use serde_json::{Map, Value};

/// So many pages without a row in a row, each with another cursor, are a list that never ends.
const EMPTY_PAGES_LIMIT: u32 = 50;

/// The `id` of a record.
#[must_use]
pub fn id(answer: &Value) -> Option<String> {
    id_of(answer.get("id")?)
}

/// Whether an answer is a customer or an individual: an object with an `id`, whatever else it holds.
#[must_use]
pub fn is_record(answer: &Value) -> bool {
    answer.is_object() && id(answer).is_some()
}

/// What the answer to a PATCH says beside the `id`: when it was made, or what of a `ContactPatch` it has made.
const PATCHED: [&str; 4] = ["updated_at", "email", "phone", "address"];

/// Whether an answer to a PATCH can be one that it was taken: a record, or an object that leaves the `id` out, says something
/// of what was changed and names no error.
#[must_use]
pub fn is_patched(answer: &Value) -> bool {
    let says = |object: &Map<String, Value>, key| object.get(key).is_some_and(|value: &Value| !value.is_null());
    let names_an_error = |object: &Map<String, Value>| {
        says(object, "error") || says(object, "errors") || object.get("success") == Some(&Value::Bool(false))
    };
    answer.as_object().is_some_and(|object| match object.get("id") {
        _ if object.get("error").is_some_and(Value::is_object) => false,
        None | Some(Value::Null) => !names_an_error(object) && PATCHED.iter().any(|key| says(object, key)),
        Some(_) => id(answer).is_some(),
    })
}

/// Whether an answer is a page of a list.
#[must_use]
pub fn is_page(answer: &Value) -> bool {
    answer.get("data").is_some_and(Value::is_array)
}

/// One page of a list, read tolerantly: what `pagination` says with another type than the contract's is understood where it
/// can be, and counts as not said where it cannot.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// `data`, as it came.
    pub rows: Vec<Value>,
    /// `pagination.next_cursor`, where there is one.
    pub next_cursor: Option<String>,
    /// Whether there is more after this page. Where `has_more` does not say, a cursor means yes, and one that is expressly
    /// `null` means no; `None` where nothing says it.
    pub has_more: Option<bool>,
}

impl Page {
    /// Reads a page. `None` where the answer is none ([`is_page`]).
    #[must_use]
    pub fn read(answer: &Value) -> Option<Self> {
        let rows = answer.get("data")?.as_array()?.clone();
        let pagination = answer.get("pagination");
        let cursor = pagination.and_then(|pagination| pagination.get("next_cursor"));
        let next_cursor = cursor.and_then(word);
        let said = pagination.and_then(|pagination| yes_or_no(pagination.get("has_more")?));
        let implied = match (&next_cursor, cursor) {
            (Some(_), _) => Some(true),
            (None, Some(Value::Null)) => Some(false),
            _ => None,
        };
        Some(Self { rows, next_cursor, has_more: said.or(implied) })
    }
}

/// Where a list goes on after a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// With the page of this cursor.
    More(String),
    /// Nowhere: the platform says that this was the last page.
    End,
    /// Nowhere, but the platform does not say that it was all: it tells of more and names no cursor or one that it named
    /// before, sends one empty page after the other, or says nothing about it. Who was not named may still be there.
    Stuck,
}

/// The cursors of one pass through a list, so that every pass comes to an end: ask [`Cursors::after`] after each page and go
/// on with [`Next::More`] alone. Keeps eight bytes for each page.
#[derive(Debug, Default)]
pub struct Cursors {
    asked: HashSet<u64>,
    empty_pages: u32,
}

impl Cursors {
    /// Where to go on after this page, which was asked for with the cursor `asked`, or with none.
    pub fn after(&mut self, asked: Option<&str>, page: &Page) -> Next {
        if let Some(asked) = asked {
            self.asked.insert(hash(asked));
        }
        self.empty_pages = if page.rows.is_empty() { self.empty_pages.saturating_add(1) } else { 0 };
        match (page.has_more, &page.next_cursor) {
            (Some(false), _) => Next::End,
            (Some(true), Some(cursor))
                if self.empty_pages < EMPTY_PAGES_LIMIT && !self.asked.contains(&hash(cursor)) =>
            {
                Next::More(cursor.clone())
            }
            _ => Next::Stuck,
        }
    }
}

fn hash(cursor: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    cursor.hash(&mut hasher);
    hasher.finish()
}

/// A text that is not blank, or a number as one.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => (!text.trim().is_empty()).then(|| text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn yes_or_no(value: &Value) -> Option<bool> {
    match word(value).unwrap_or_else(|| value.to_string()).trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
