//! Code, message and fields out of a JSON error. The names looked for are those of the frameworks in use: Spring, NestJS,
//! FastAPI, Django, Rails, Laravel, Go validators, Zod, Ajv, JSON:API, problem+json, OAuth, gRPC gateways.

use desk_domain::field::FIELDS;
use serde_json::{Map, Value};

use super::{CODE_LIMIT_CHARS, FIELDS_LIMIT, Found, limited, shortened};

const MESSAGE_KEYS: &[&str] = &[
    "message",
    "msg",
    "error_description",
    "error_message",
    "errorMessage",
    "errorMsg",
    "detail",
    "description",
    "reason",
    "title",
    "Message",
];
const CODE_KEYS: &[&str] = &["code", "error_code", "errorCode", "err_code", "errcode", "Code", "__type", "type"];
const ENVELOPE_KEYS: &[&str] = &["error", "fault", "err", "exception", "Error"];
const LIST_KEYS: &[&str] = &[
    "errors",
    "details",
    "detail",
    "violations",
    "fieldViolations",
    "field_violations",
    "invalid-params",
    "invalid_params",
    "invalidParams",
    "fieldErrors",
    "field_errors",
    "validation_errors",
    "validationErrors",
    "subErrors",
    "issues",
    "fields",
    "message",
];
const FIELD_KEYS: &[&str] = &[
    "field",
    "path",
    "loc",
    "param",
    "property",
    "propertyName",
    "fieldName",
    "field_name",
    "pointer",
    "instancePath",
    "attribute",
    "name",
    "key",
    "target",
];
const ITEM_MESSAGE_KEYS: &[&str] =
    &["message", "msg", "detail", "reason", "description", "defaultMessage", "error", "title", "messages"];
/// Names under which a framework puts words that belong to no field.
const LOOSE_KEYS: &[&str] = &["non_field_errors", "__all__", "base", "_errors", "formErrors", "general", ""];
/// What stands alone under `error` where a token host leaves the words out (RFC 6749 5.2, RFC 6750 3.1).
const OAUTH_CODES: &[&str] = &[
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "access_denied",
    "invalid_token",
    "insufficient_scope",
    "server_error",
    "temporarily_unavailable",
];
/// Nested deeper, it is no error body.
const DEPTH_LIMIT: usize = 8;

#[derive(Default)]
struct Walk {
    found: Found,
    /// Words of no field, from lists.
    loose: Vec<String>,
}

pub(super) fn read(value: &Value) -> Found {
    let mut walk = Walk::default();
    match value {
        Value::String(text) => walk.message(text),
        Value::Array(items) => items.iter().for_each(|item| walk.item(item, "", 0)),
        Value::Object(object) => walk.top(object),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    let Walk { mut found, loose } = walk;
    if found.message.is_none() && !loose.is_empty() {
        found.message = Some(shortened(loose.join("; ")));
    }
    found.readable = found.message.is_some() || found.code.is_some() || !found.fields.is_empty();
    found
}

impl Walk {
    fn top(&mut self, object: &Map<String, Value>) {
        self.object(object, 0);
        let nothing = self.found == Found::default() && self.loose.is_empty();
        // Django and Rails answer `{"website": ["..."]}` with nothing around it.
        let words = |value: &Value| value.as_array().is_some_and(|list| list.iter().all(Value::is_string));
        let known = |key: &String| {
            FIELDS.iter().any(|spec| spec.key == key) || object.get(key).is_some_and(words) || is_section(key)
        };
        if nothing && object.keys().any(known) {
            self.map(object, "", 0);
        }
    }

    /// An object that describes one error, perhaps with a list of more.
    fn object(&mut self, object: &Map<String, Value>, depth: usize) {
        if depth > DEPTH_LIMIT {
            return;
        }
        for key in ENVELOPE_KEYS {
            match object.get(*key) {
                Some(Value::Object(inner)) => self.object(inner, depth + 1),
                Some(Value::Array(items)) => items.iter().for_each(|item| self.item(item, "", depth + 1)),
                _ => {}
            }
        }
        for key in MESSAGE_KEYS {
            if let Some(text) = object.get(*key).and_then(Value::as_str) {
                self.message(text);
            }
        }
        for key in CODE_KEYS {
            if let Some(code) = object.get(*key) {
                self.code(code);
            }
        }
        // A bare word in the envelope's place is the code where words stand beside it (Spring, OAuth), else the words.
        for key in ENVELOPE_KEYS {
            if let Some(text) = object.get(*key).and_then(Value::as_str) {
                if self.found.message.is_some() || OAUTH_CODES.contains(&text) {
                    self.code(&Value::String(text.to_owned()));
                } else {
                    self.message(text);
                }
            }
        }
        for key in LIST_KEYS {
            match object.get(*key) {
                Some(Value::Array(items)) => items.iter().for_each(|item| self.item(item, "", depth + 1)),
                Some(Value::Object(inner)) => self.map(inner, "", depth + 1),
                _ => {}
            }
        }
        if let Some(Value::Object(inner)) = object.get("data") {
            // `data` may be anything; only lists of errors are looked for in it.
            for key in LIST_KEYS {
                match inner.get(*key) {
                    Some(Value::Array(items)) => items.iter().for_each(|item| self.item(item, "", depth + 1)),
                    Some(Value::Object(errors)) => self.map(errors, "", depth + 1),
                    _ => {}
                }
            }
        }
    }

    /// One row of a list of errors.
    fn item(&mut self, item: &Value, prefix: &str, depth: usize) {
        if depth > DEPTH_LIMIT {
            return;
        }
        let object = match item {
            Value::String(text) if prefix.is_empty() => return self.loose.push(text.clone()),
            Value::String(text) => return self.field(prefix, text),
            Value::Object(object) => object,
            _ => return,
        };
        let words = ITEM_MESSAGE_KEYS.iter().find_map(|key| object.get(*key).and_then(sentence)).or_else(|| {
            // NestJS: { property, constraints: { isUrl: "..." } }.
            let constraints = object.get("constraints")?.as_object()?;
            Some(constraints.values().filter_map(Value::as_str).collect::<Vec<_>>().join("; "))
        });
        let source = object.get("source").and_then(Value::as_object);
        let name = FIELD_KEYS.iter().find_map(|key| object.get(*key).and_then(place)).or_else(|| {
            source.and_then(|source| source.get("pointer").or_else(|| source.get("parameter"))).and_then(place)
        });
        match (name, words) {
            (Some(name), Some(words)) => self.field(&joined(prefix, &name), &words),
            (Some(name), None) => {
                if let Some(code) = CODE_KEYS.iter().find_map(|key| object.get(*key).and_then(Value::as_str)) {
                    self.field(&joined(prefix, &name), code);
                }
            }
            (None, Some(words)) if prefix.is_empty() => {
                self.loose.push(words);
                if let Some(code) = CODE_KEYS.iter().find_map(|key| object.get(*key)) {
                    self.code(code);
                }
            }
            (None, Some(words)) => self.field(prefix, &words),
            // A row of a gRPC gateway holds a list of its own; one of a nested form holds fields.
            (None, None) if LIST_KEYS.iter().any(|key| object.contains_key(*key)) => self.object(object, depth + 1),
            (None, None) => self.map(object, prefix, depth + 1),
        }
    }

    /// An object whose keys are fields.
    fn map(&mut self, object: &Map<String, Value>, prefix: &str, depth: usize) {
        if depth > DEPTH_LIMIT {
            return;
        }
        for (key, value) in object {
            if LOOSE_KEYS.contains(&key.as_str()) {
                match (sentence(value), prefix.is_empty()) {
                    (Some(words), true) => self.loose.push(words),
                    (Some(words), false) => self.field(prefix, &words),
                    (None, _) => {}
                }
                continue;
            }
            // Zod's `fieldErrors` is a wrapping, no field.
            let place = if LIST_KEYS.contains(&key.as_str()) { prefix.to_owned() } else { joined(prefix, key) };
            match value {
                Value::String(_) => self.item(value, &place, depth + 1),
                Value::Array(items) => match sentence(value) {
                    Some(words) => self.field(&place, &words),
                    None => {
                        let numbered = items.iter().enumerate();
                        numbered.for_each(|(index, item)| self.item(item, &format!("{place}[{index}]"), depth + 1));
                    }
                },
                Value::Object(inner) => {
                    match ITEM_MESSAGE_KEYS.iter().find_map(|key| inner.get(*key).and_then(sentence)) {
                        Some(words) => self.field(&place, &words),
                        None => self.map(inner, &place, depth + 1),
                    }
                }
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
    }

    fn message(&mut self, text: &str) {
        let text = text.trim();
        if self.found.message.is_none() && !text.is_empty() {
            self.found.message = Some(shortened(text.to_owned()));
        }
    }

    fn code(&mut self, code: &Value) {
        let text = match code {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return,
        };
        // problem+json: "about:blank" means that the status says it all.
        if self.found.code.is_none() && !text.is_empty() && text != "about:blank" {
            self.found.code = Some(limited(text, CODE_LIMIT_CHARS));
        }
    }

    fn field(&mut self, place: &str, words: &str) {
        if place.is_empty() {
            self.loose.push(words.to_owned());
        } else if self.found.fields.len() < FIELDS_LIMIT {
            self.found.fields.push((limited(place.to_owned(), CODE_LIMIT_CHARS), shortened(words.to_owned())));
        }
    }
}

fn is_section(key: &str) -> bool {
    matches!(
        key,
        "business_details" | "registration_address" | "account_usage" | "primary_contact" | "business_person_list"
    )
}

/// A text, or a list of texts as one.
fn sentence(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) if !items.is_empty() => {
            let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            texts.map(|texts| texts.join("; "))
        }
        _ => None,
    }
}

/// A place as text: `"a.b"`, or `["body", "a", 1]` as `body.a.1`.
fn place(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Array(steps) if !steps.is_empty() => {
            let steps = steps.iter().map(|step| match step {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            });
            steps.collect::<Option<Vec<_>>>().map(|steps| steps.join("."))
        }
        _ => None,
    }
}

fn joined(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
}
