//! Open lists of the platform, one file each in `data/lists`; a file of the same name in the data folder takes its place.
//! Any other text is accepted with the warning `choice.other`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::field::Field;

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListEntry {
    /// What is sent.
    pub value: String,
    /// What it is called, where the value says too little: the words of an industry code.
    pub label: Option<String>,
    /// Other words that find it.
    pub aliases: Vec<String>,
}

/// A list in its own order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    entries: Vec<ListEntry>,
    /// The places of all words, in small letters: a list of thousands is asked at every key press.
    by_word: HashMap<String, usize>,
}

impl List {
    /// Reads the text of a list's file: one entry a line, `value | label | alias; alias`, the label and the aliases left out
    /// at will. Lines that are empty or begin with `#` say nothing; a value that stands twice counts once, as it stood first.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut list = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut parts = line.splitn(3, '|').map(str::trim);
            let value = parts.next().unwrap_or_default().to_owned();
            let label = parts.next().filter(|label| !label.is_empty()).map(str::to_owned);
            let aliases = parts.next().unwrap_or_default().split(';').map(str::trim);
            let aliases = aliases.filter(|alias| !alias.is_empty()).map(str::to_owned).collect();
            if !value.is_empty() && list.entry(&value).is_none() {
                list.by_word.insert(value.to_ascii_lowercase(), list.entries.len());
                list.entries.push(ListEntry { value, label, aliases });
            }
        }
        let labels = list.entries.iter().map(|entry| entry.label.as_slice());
        let aliases = list.entries.iter().map(|entry| entry.aliases.as_slice());
        for (at, words) in labels.enumerate().chain(aliases.enumerate()) {
            for word in words {
                list.by_word.entry(word.to_ascii_lowercase()).or_insert(at);
            }
        }
        list
    }

    /// The entries in their order.
    #[must_use]
    pub fn entries(&self) -> &[ListEntry] {
        &self.entries
    }

    /// The entry whose value, label or alias is this text, case ignored; the value before the label before an alias.
    #[must_use]
    pub fn entry(&self, text: &str) -> Option<&ListEntry> {
        self.entries.get(*self.by_word.get(&text.to_ascii_lowercase())?)
    }
}

/// The fields that have a list, each with the name of its file and the text that is built in.
pub const LISTS: &[(Field, &str, &str)] = &[
    (Field::BusinessType, "business_type.txt", include_str!("../data/lists/business_type.txt")),
    (
        Field::BusinessIdentifierType,
        "business_identifier_type.txt",
        include_str!("../data/lists/business_identifier_type.txt"),
    ),
    (
        Field::IndustryCategoryCode,
        "industry_category_code.txt",
        include_str!("../data/lists/industry_category_code.txt"),
    ),
    (
        Field::AccountUsageProductReference,
        "account_usage_product_reference.txt",
        include_str!("../data/lists/account_usage_product_reference.txt"),
    ),
    (Field::RoleType, "role_type.txt", include_str!("../data/lists/role_type.txt")),
    (Field::IdType, "id_type.txt", include_str!("../data/lists/id_type.txt")),
];

static BUILT_IN: LazyLock<Vec<(Field, List)>> =
    LazyLock::new(|| LISTS.iter().map(|(field, _, text)| (*field, List::parse(text))).collect());

/// The built-in list of a field; `None` for a field without one.
#[must_use]
pub fn built_in(field: Field) -> Option<&'static List> {
    BUILT_IN.iter().find(|(of, _)| *of == field).map(|(_, list)| list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{FIELDS, FieldKind};

    #[test]
    fn every_choice_has_a_list_and_nothing_else_has() {
        for spec in FIELDS {
            assert_eq!(built_in(spec.field).is_some(), spec.kind == FieldKind::Choice, "{}", spec.key);
        }
        for (field, file, _) in LISTS {
            assert_eq!(*file, format!("{}.txt", field.spec().key));
        }
    }

    #[test]
    fn the_samples_of_the_pages_come_first() {
        let first = |field| built_in(field).unwrap().entries()[0].value.as_str();
        assert_eq!(first(Field::BusinessType), "Limited Liability Company");
        assert_eq!(first(Field::BusinessIdentifierType), "Business Registration");
        assert_eq!(first(Field::AccountUsageProductReference), "Financial Services");
        assert_eq!(first(Field::RoleType), "Director");
        assert_eq!(first(Field::IdType), "National ID");
    }

    #[test]
    fn an_entry_is_found_by_value_label_and_alias_in_any_case() {
        let list =
            List::parse("# a list\n\n5072 | Hardware | lamps; lanterns\nDirector\n director | other\nHardware\n");
        let found = |text| list.entry(text).map(|entry| entry.value.as_str());
        assert_eq!(found("direCTOR"), Some("Director"));
        assert_eq!(found("hardware"), Some("Hardware"), "a value before a label");
        assert_eq!(found("LANTERNS"), Some("5072"));
        assert_eq!(found("direc"), None);
        assert_eq!(list.entries().len(), 3, "a value that stands twice counts once");
    }

    #[test]
    fn a_word_of_a_built_in_list_finds_one_entry() {
        for (field, file, _) in LISTS {
            let list = built_in(*field).unwrap();
            for entry in list.entries() {
                for word in std::iter::once(&entry.value).chain(&entry.label).chain(&entry.aliases) {
                    assert_eq!(list.entry(word).unwrap().value, entry.value, "{word} in {file}");
                }
            }
        }
    }

    #[test]
    fn industry_codes_are_four_digits_in_order_each_with_its_words() {
        let entries = built_in(Field::IndustryCategoryCode).unwrap().entries();
        assert!(entries.len() > 300);
        assert!(entries.windows(2).all(|pair| pair[0].value < pair[1].value));
        assert!(entries.iter().all(|entry| entry.value.len() == 4 && entry.value.bytes().all(|b| b.is_ascii_digit())));
        assert!(entries.iter().all(|entry| entry.label.as_deref().is_some_and(|label| !label.is_empty())));
    }
}
