//! [`Format`]: one form of number, and how it is found in what was typed ([`Written`]).
//!
//! No letter and no digit of a number is lost: what is left out is a label that stands as a word of its own, or words
//! around a number whose check digits prove that it is whole. Anything else goes as it was typed.

use super::written::{Word, Words, Written};

/// One form of number.
pub(in crate::reference) struct Format {
    /// Its name in codes and parameters.
    pub(in crate::reference) name: &'static str,
    /// What people call it, and write before or after it: capitals without spaces or points.
    pub(in crate::reference) labels: &'static [&'static str],
    /// Reads capitals and digits without anything between them.
    pub(in crate::reference) read: fn(&str) -> Option<Read>,
}

/// A number that has its format's form.
pub(in crate::reference) struct Read {
    /// What is sent; `None` for what was typed, where words around a number belong to it.
    pub(in crate::reference) number: Option<String>,
    /// Whether its check digits are right; `None` where it has none.
    pub(in crate::reference) checks: Option<bool>,
}

impl Read {
    pub(in crate::reference) fn new(number: impl Into<String>, checks: Option<bool>) -> Self {
        Self { number: Some(number.into()), checks }
    }

    /// A number that is sent with the words around it.
    pub(in crate::reference) fn as_typed() -> Self {
        Self { number: None, checks: None }
    }
}

/// Words that stand before numbers of any registry. Not `N`: numbers begin so.
const LABELS: &[&str] = &[
    "REGISTRATION",
    "REGISTERED",
    "CERTIFICATE",
    "COMPANY",
    "BUSINESS",
    "NUMBER",
    "NUMERO",
    "NUMMER",
    "REGNO",
    "TAXID",
    "CODE",
    "REG",
    "NUM",
    "TAX",
    "NRO",
    "NO",
    "NR",
    "ID",
];

/// Those of [`LABELS`] that stand before the number of a document too, where a point or a colon or the document's own
/// name shows that they are no letters of the number.
const SHOWN: &[&str] = &["NUMBER", "NUMERO", "NUMMER", "NUM", "NRO", "NO", "NR"];

/// Whose labels are taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reference) enum Labels {
    /// The format's and those of any registry.
    Any,
    /// The format's: numbers of documents begin with any letters.
    Own,
}

/// Most words that a label is written in: `Tax File Number`, `A.B.N.`
const LABEL_WORDS: usize = 6;

/// Least letters of a word that nobody takes for a part of a number, and of a label that may be glued to one.
const LEAST_WORD: usize = 3;

impl Format {
    /// What people write inside this number beside spaces, points and hyphens.
    fn within(&self) -> &'static [char] {
        match self.name {
            "cnpj" => &['/'],
            "hkid" => &['(', ')'],
            _ => &[],
        }
    }

    /// Whether its papers have the number of the copy behind it: `(1-1)`.
    fn has_copies(&self) -> bool {
        matches!(self.name, "uscc" | "cn_licence")
    }

    /// Reads what was typed: without the labels at its ends, as it stands, with the words that belong to it, and,
    /// where the check digits prove it, without the words around it.
    pub(in crate::reference) fn read_in(&self, written: &Written, labels: Labels) -> Option<Read> {
        let words = written.words(self.has_copies());
        let bare = self.bare(words, labels);
        self.read_words(bare)
            .or_else(|| self.read_words(words))
            .or_else(|| (self.read)(&words.loose()).filter(|read| read.number.is_none()))
            .or_else(|| self.proved(words))
    }

    /// Whether the number stands somewhere among other words: then those words are wrong, not the number.
    pub(in crate::reference) fn stands_in(&self, written: &Written) -> bool {
        let words = written.words(self.has_copies());
        let parts = words.parts(self.within(), |word| word.is_letters() && word.text.len() >= LEAST_WORD);
        let reads = |part| self.read_words(part).or_else(|| self.read_glued(part)).is_some();
        reads(words.without_ends(Word::is_letters))
            || parts.into_iter().any(|part| reads(part) || reads(part.without_ends(Word::is_letters)))
    }

    fn read_words(&self, words: Words<'_>) -> Option<Read> {
        (self.read)(&words.joined(self.within())?)
    }

    /// A number whose first word begins with a label of the format: `abn51824753556`.
    fn read_glued(&self, words: Words<'_>) -> Option<Read> {
        let joined = words.joined(self.within())?;
        let labels = self.labels.iter().filter(|label| label.len() >= LEAST_WORD);
        let rest = labels.filter_map(|label| joined.strip_prefix(label));
        rest.into_iter().find_map(|rest| (self.read)(rest))
    }

    /// The number without words that it cannot have, where its check digits are right.
    fn proved(&self, words: Words<'_>) -> Option<Read> {
        let goes = |word: &Word| {
            word.is_foreign_label()
                || word.is_letters()
                    && (word.text.chars().count() >= LEAST_WORD || self.labels.contains(&word.text.as_str()))
        };
        let core = words.without_ends(goes);
        self.read_words(core).or_else(|| self.read_glued(core)).filter(|read| read.checks == Some(true))
    }

    /// The words without the labels at both ends. At the end only the format's own stand.
    fn bare<'a>(&self, words: Words<'a>, labels: Labels) -> Words<'a> {
        let mut rest = words;
        let mut own = false;
        while let Some((count, is_own)) = self.label_before(rest, labels, own) {
            own |= is_own;
            rest = rest.skip(count);
        }
        while let Some(count) = self.label_after(rest) {
            rest = rest.cut(count);
        }
        rest
    }

    /// How many words before the others are a label, and whether it is the format's.
    fn label_before(&self, words: Words<'_>, labels: Labels, after_own: bool) -> Option<(usize, bool)> {
        if words.first_is_foreign_label() {
            return Some((1, false));
        }
        (1..=LABEL_WORDS.min(words.len().saturating_sub(1))).rev().find_map(|count| {
            let label = words.letters(0, count)?;
            let shown = || after_own || words.gap_after(count - 1).contains(['.', ':', '#', 'º', '°']);
            let is_own = self.labels.contains(&label.as_str());
            let goes = is_own
                || label == "N" && words.gap_after(0).starts_with(['º', '°'])
                || match labels {
                    Labels::Any => LABELS.contains(&label.as_str()),
                    Labels::Own => SHOWN.contains(&label.as_str()) && shown(),
                };
            goes.then_some((count, is_own))
        })
    }

    /// How many words behind the others are a label of the format.
    fn label_after(&self, words: Words<'_>) -> Option<usize> {
        if words.len() > 1 && words.last_is_foreign_label() {
            return Some(1);
        }
        (1..=LABEL_WORDS.min(words.len().saturating_sub(1))).rev().find(|count| {
            let label = words.letters(words.len() - count, *count);
            label.is_some_and(|label| self.labels.contains(&label.as_str()))
        })
    }
}

/// Whether a text is so many digits.
pub(in crate::reference) fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text has the shape of a pattern: `9` a digit, `A` a letter, `*` either, any other character itself.
pub(in crate::reference) fn has_shape(text: &str, pattern: &str) -> bool {
    let fits = |(byte, shape): (u8, u8)| match shape {
        b'9' => byte.is_ascii_digit(),
        b'A' => byte.is_ascii_uppercase(),
        b'*' => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
        exact => byte == exact,
    };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(fits)
}
