//! The leaves of a JSON document by their path: `business_person_list/0/identification/id_number`.

use std::collections::BTreeMap;

use serde_json::Value;

/// Every leaf; an empty object or list is one too. A number keeps its digits as they came.
#[must_use]
pub fn leaves(document: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    collect(document, String::new(), &mut found);
    found
}

fn collect(value: &Value, path: String, found: &mut BTreeMap<String, Value>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") };
    match value {
        Value::Object(object) if !object.is_empty() => {
            object.iter().for_each(|(key, value)| collect(value, below(key), found));
        }
        Value::Array(list) if !list.is_empty() => {
            list.iter().enumerate().for_each(|(at, value)| collect(value, below(&at.to_string()), found));
        }
        leaf => {
            found.insert(path, leaf.clone());
        }
    }
}

/// What differs between two documents, a line a leaf; empty where nothing does.
#[must_use]
pub fn differences(found: &BTreeMap<String, Value>, wanted: &BTreeMap<String, Value>) -> Vec<String> {
    let mut paths: Vec<&String> = found.keys().chain(wanted.keys()).collect();
    paths.sort();
    paths.dedup();
    let said = |value: Option<&Value>| value.map_or_else(|| String::from("nothing"), Value::to_string);
    let differs = paths.into_iter().filter(|path| found.get(*path) != wanted.get(*path));
    differs.map(|path| format!("{path}: {}, wanted {}", said(found.get(path)), said(wanted.get(path)))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_leaf_that_is_missing_more_or_other_is_named() {
        let found = json!({ "a": { "b": [1, "x"] }, "more": [] });
        let wanted = json!({ "a": { "b": [1, "y"], "c": null } });
        let said = differences(&leaves(&found), &leaves(&wanted));
        assert_eq!(said, ["a/b/1: \"x\", wanted \"y\"", "a/c: nothing, wanted null", "more: [], wanted nothing"]);
    }

    #[test]
    fn digits_count() -> Result<(), serde_json::Error> {
        let of = |text: &str| serde_json::from_str(text).map(|value: Value| leaves(&value));
        assert_eq!(differences(&of("[99.90]")?, &of("[99.9]")?).len(), 1);
        assert_eq!(differences(&of("[12345678901234567.80]")?, &of("[12345678901234567.80]")?), [] as [&str; 0]);
        Ok(())
    }
}
