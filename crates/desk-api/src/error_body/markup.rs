//! The words of a web page or of XML. No parser: a few tags are looked for, and nothing of them is ever run or shown as
//! markup.

use super::{CODE_LIMIT_CHARS, Found, limited, shortened};

/// The title of a web page, or its first heading.
pub(super) fn title(page: &str) -> Option<String> {
    inner(page, "title").or_else(|| inner(page, "h1"))
}

/// `<Error><Code>..</Code><Message>..</Message></Error>` and its like.
pub(super) fn xml(text: &str) -> Found {
    let first = |tags: &[&str]| tags.iter().find_map(|tag| inner(text, tag));
    let code = first(&["code", "errorcode", "error_code"]).map(|code| limited(code, CODE_LIMIT_CHARS));
    let message = first(&["message", "errormessage", "faultstring", "detail", "description"]).map(shortened);
    let readable = code.is_some() || message.is_some();
    Found { code, message, fields: Vec::new(), readable }
}

/// The text of the first element of this name, case ignored, without the tags in it.
fn inner(text: &str, tag: &str) -> Option<String> {
    // ASCII lower case keeps every byte position.
    let lower = text.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let open = from + lower.get(from..)?.find(&format!("<{tag}"))?;
        let after = open + 1 + tag.len();
        // `<titlebar>` is another tag.
        if !lower.get(after..)?.starts_with(|c: char| c == '>' || c.is_whitespace()) {
            from = after;
            continue;
        }
        let start = after + lower.get(after..)?.find('>')? + 1;
        let end = start + lower.get(start..)?.find(&format!("</{tag}"))?;
        let words = plain(text.get(start..end)?);
        return (!words.is_empty()).then_some(words);
    }
}

fn plain(markup: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in markup.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            _ => text.push(c),
        }
    }
    // `&amp;` last, so that `&amp;lt;` stays `&lt;`.
    for (entity, c) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
    {
        text = text.replace(entity, c);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
