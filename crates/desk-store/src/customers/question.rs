//! From what somebody typed to what the index is asked. No text is an error: every word is quoted.

use desk_domain::search::{fold, stands_alone, words};
use rusqlite::{Connection, Result};

use super::texts::{bare, parted};

/// Letters from which on a word is found anywhere in a text: SQLite's index knows letters by three.
const PART_LETTERS: usize = 3;

/// Characters from which on a query with gaps may be one number, written in groups.
const NUMBER_CHARS: usize = 6;

/// What is looked for.
pub(super) enum Question {
    /// Nothing was asked.
    Everybody,
    /// All of these have to be found; where nothing is left to look for, nobody is.
    All(Terms, Option<Terms>),
}

/// Questions to the two indexes; an empty one is not asked.
#[derive(Default)]
pub(super) struct Terms {
    parts: Vec<String>,
    words: Vec<String>,
}

impl Question {
    pub(super) fn of(query: &str) -> Self {
        let words = words(query);
        if words.is_empty() {
            return Self::Everybody;
        }
        let mut terms = Terms::default();
        words.iter().for_each(|word| terms.add(word));
        Self::All(terms, number_in_groups(query))
    }

    /// The row ids of the index that answer it, sorted; `None` for everybody.
    pub(super) fn ask(&self, db: &Connection) -> Result<Option<Vec<i64>>> {
        let Self::All(terms, other) = self else { return Ok(None) };
        let mut found = terms.ask(db)?;
        if let Some(other) = other {
            found.extend(other.ask(db)?);
            found.sort_unstable();
            found.dedup();
        }
        Ok(Some(found))
    }
}

/// `51 824 753 556` is asked for as `51824753556` as well.
fn number_in_groups(query: &str) -> Option<Terms> {
    let typed = fold(query);
    let number = bare(&typed);
    let is_number = number.len() >= NUMBER_CHARS
        && number != typed.trim()
        && number.chars().all(|char| char.is_ascii_alphanumeric())
        && number.chars().filter(char::is_ascii_digit).count() * 2 >= number.len();
    is_number.then(|| {
        let mut terms = Terms::default();
        words(&number).iter().for_each(|word| terms.add(word));
        terms
    })
}

impl Terms {
    /// Adds one folded word: Han and the like letter by letter, of the rest what stands between.
    fn add(&mut self, word: &str) {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let alone = stands_alone(first);
            let end = rest.find(|char| stands_alone(char) != alone).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            rest = after;
            if !alone && run.chars().count() >= PART_LETTERS {
                self.parts.push(quoted(run));
                continue;
            }
            let letters = parted(run);
            // Signs like & are no words of a name: beside others they are nothing to look for.
            if !letters.trim().is_empty() {
                let begins = if alone { "" } else { "*" };
                self.words.push(format!("{}{begins}", quoted(letters.trim())));
            }
        }
    }

    fn ask(&self, db: &Connection) -> Result<Vec<i64>> {
        let found = |table: &str, terms: &[String]| -> Result<Option<Vec<i64>>> {
            if terms.is_empty() {
                return Ok(None);
            }
            let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1 ORDER BY rowid");
            let mut statement = db.prepare_cached(&sql)?;
            let rows = statement.query_map([terms.join(" AND ")], |row| row.get(0))?;
            rows.collect::<Result<Vec<i64>>>().map(Some)
        };
        Ok(match (found("customers_parts", &self.parts)?, found("customers_words", &self.words)?) {
            (Some(mut parts), Some(words)) => {
                parts.retain(|row| words.binary_search(row).is_ok());
                parts
            }
            (parts, words) => parts.or(words).unwrap_or_default(),
        })
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
