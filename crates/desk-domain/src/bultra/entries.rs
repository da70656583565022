//! Things with ids: the entries of lists.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::id_of;

/// The entries of a list, each with a key of its own: its id, or its place where it has none. `bare` says whether an entry
/// may be an id itself.
pub(super) fn keyed(entries: &[Value], bare: bool) -> Vec<(String, &Value)> {
    let mut taken = HashSet::new();
    // How often an id was there before: whoever comes after a thousand of one id does not try a thousand keys.
    let mut counts: HashMap<String, usize> = HashMap::new();
    let key = |(at, entry): (usize, &Value)| {
        let id = entry_id(entry, bare).unwrap_or_else(|| format!("#{}", at + 1));
        let mut key = id.clone();
        while !taken.insert(key.clone()) {
            let count = counts.entry(id.clone()).or_insert(1);
            *count += 1;
            key = format!("{id} ({count})");
        }
        key
    };
    entries.iter().enumerate().map(key).zip(entries).collect()
}

/// The id of an entry of a list: its `id`, or the entry itself where it may be one.
pub(super) fn entry_id(entry: &Value, bare: bool) -> Option<String> {
    id_of(entry).filter(|_| bare).or_else(|| id_of(entry.get("id")?))
}
