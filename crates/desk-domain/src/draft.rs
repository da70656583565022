//! [`Draft`]: what a user types, raw, per field. Nothing typed is ever changed or cleared by a rule.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::path::{FieldPath, PersonId};

/// The texts of a draft and the order of its persons. A blank text is the same as none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Raw text as typed, by its place.
    pub texts: BTreeMap<FieldPath, String>,
    /// The persons in the order of the form, which is the order on the wire.
    pub persons: Vec<PersonId>,
}

/// One change of a draft (DECISIONS 4), as it is stored and acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Edit {
    /// A field now holds this text; an empty text clears it.
    Set {
        /// The field.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        path: FieldPath,
        /// Its whole text.
        text: String,
    },
    /// A person is added at a position of the form.
    AddPerson {
        /// The new person's id, made by the caller (UUID v7).
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        person: PersonId,
        /// Position from 0; beyond the end means at the end.
        at: u32,
    },
    /// A person and their texts are removed.
    RemovePerson {
        /// The person.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        person: PersonId,
    },
    /// A person takes another place among the persons.
    MovePerson {
        /// The person.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        person: PersonId,
        /// The position from 0 that they have afterwards; beyond the end means at the end.
        at: u32,
    },
}

impl Draft {
    /// The text at a path; `""` where nothing was typed.
    #[must_use]
    pub fn text(&self, path: FieldPath) -> &str {
        self.texts.get(&path).map_or("", String::as_str)
    }

    /// Applies an edit. Adding a person twice, moving one to where they are, and removing or moving an unknown one change
    /// nothing, so that a repeated message after a crash does no harm. A text for a person that is not there is ignored.
    pub fn apply(&mut self, edit: &Edit) {
        match edit {
            Edit::Set { path, text } => {
                if path.person().is_some_and(|person| !self.persons.contains(&person)) {
                    return;
                }
                if text.is_empty() {
                    self.texts.remove(path);
                } else {
                    self.texts.insert(*path, text.clone());
                }
            }
            Edit::AddPerson { person, at } => {
                if !self.persons.contains(person) {
                    self.insert_person(*person, *at);
                }
            }
            Edit::RemovePerson { person } => {
                self.persons.retain(|p| p != person);
                self.texts.retain(|path, _| path.person() != Some(*person));
            }
            Edit::MovePerson { person, at } => {
                if self.persons.contains(person) {
                    self.persons.retain(|p| p != person);
                    self.insert_person(*person, *at);
                }
            }
        }
    }

    fn insert_person(&mut self, person: PersonId, at: u32) {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(self.persons.len());
        self.persons.insert(at, person);
    }
}
