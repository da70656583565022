//! An error body of any shape becomes code, message and fields. No page of AxisFI documents one (api/README "errors"), so
//! every common shape is read: `json` walks objects, `markup` finds the words of a web page or of XML.

mod json;
mod markup;

/// A longer message is a stack trace; the raw body is kept beside it.
const MESSAGE_LIMIT_CHARS: usize = 2_000;
/// A code is a word.
const CODE_LIMIT_CHARS: usize = 200;
/// More rows than the contract has fields, even with many persons.
const FIELDS_LIMIT: usize = 200;

/// What was found in a body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// A word for programs.
    pub code: Option<String>,
    /// Words for people.
    pub message: Option<String>,
    /// Fields in the platform's spelling, with its words.
    pub fields: Vec<(String, String)>,
    /// Whether an API said something, rather than a web server in front of it: a message, a code or a field in JSON, XML
    /// or plain text.
    pub readable: bool,
}

/// Reads a body. Never fails: what cannot be read gives nothing.
#[must_use]
pub fn read(bytes: &[u8], content_type: Option<&str>) -> Found {
    let Ok(text) = std::str::from_utf8(bytes) else { return Found::default() };
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Found::default();
    }
    if is_html(bytes, content_type) {
        // The title tells a person what the page is; it is no word of the API.
        return Found { message: markup::title(text).map(shortened), ..Found::default() };
    }
    if let Ok(value) = serde_json::from_str(text) {
        return json::read(&value);
    }
    if text.starts_with('<') {
        return markup::xml(text);
    }
    // Half a JSON text is no sentence.
    if text.starts_with(['{', '[', '"']) || text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return Found::default();
    }
    Found { message: Some(shortened(text.to_owned())), readable: true, ..Found::default() }
}

/// Whether a body is a web page, by its type or by its first words.
#[must_use]
pub fn is_html(bytes: &[u8], content_type: Option<&str>) -> bool {
    let head = bytes.get(..512).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return true;
    }
    let html = content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    // Some servers call their JSON a page.
    html && !head.starts_with(['{', '['])
}

fn shortened(text: String) -> String {
    limited(text, MESSAGE_LIMIT_CHARS)
}

fn limited(text: String, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests;
