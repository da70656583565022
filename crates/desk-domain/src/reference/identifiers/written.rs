//! [`Written`]: what was typed in words, with what stands between them.

use unicode_normalization::char::is_combining_mark;

use crate::value::text::fold;

/// Most bytes in which a number is looked for: more is a pasted page.
const MAX_BYTES: usize = 1000;

/// Signs that stand for letters that are not shown.
const MASKS: &[char] = &['*', '\u{2022}', '\u{25CF}', '\u{2026}'];

/// The zeros of the scripts whose digits people type numbers in: Arabic, Persian, N'Ko, the scripts of India and of Sri
/// Lanka, Thai, Lao, Tibetan, Burmese, Khmer, Mongolian. Each is followed by its 1 to 9 (Unicode, decimal digits).
const ZEROS: &[char] = &[
    '\u{660}', '\u{6F0}', '\u{7C0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{B66}', '\u{BE6}', '\u{C66}',
    '\u{CE6}', '\u{D66}', '\u{DE6}', '\u{E50}', '\u{ED0}', '\u{F20}', '\u{1040}', '\u{17E0}', '\u{1810}',
];

/// A word: letters and digits of one kind of script without anything between them.
#[derive(Debug)]
pub(super) struct Word {
    /// In capitals.
    pub(super) text: String,
    /// What stands before it. Empty at the start, and between a label in Han or Kana and what is glued to it.
    before: String,
    script: Script,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Letters A to Z and digits.
    Plain,
    /// Han and Kana: words of these are no letters of any number.
    Label,
    /// With any other letter.
    Foreign,
}

impl Word {
    /// Whether it has no digit.
    pub(super) fn is_letters(&self) -> bool {
        !self.text.chars().any(char::is_numeric)
    }

    /// Whether it is in Han or Kana.
    pub(super) fn is_foreign_label(&self) -> bool {
        self.script == Script::Label
    }
}

/// What was typed, ready for the formats.
pub(in crate::reference) struct Written {
    words: Vec<Word>,
    /// Those without the number of the copy at the end.
    without_copy: usize,
}

impl Written {
    pub(in crate::reference) fn new(typed: &str) -> Self {
        if typed.len() > MAX_BYTES || typed.contains(MASKS) {
            return Self { words: Vec::new(), without_copy: 0 };
        }
        let words = split(&fold(typed));
        let without_copy = words.len() - copy(&words);
        Self { words, without_copy }
    }

    /// Its words, with or without the number of the copy.
    pub(super) fn words(&self, has_copies: bool) -> Words<'_> {
        Words(self.words.get(..self.without_copy).filter(|_| has_copies).unwrap_or(&self.words))
    }
}

fn split(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut gap = String::new();
    let mut is_new = true;
    for char in text.chars() {
        let char = ascii_digit(char).to_ascii_uppercase();
        let Some(script) = script(char) else {
            gap.push(char);
            is_new = true;
            continue;
        };
        match words.last_mut().filter(|word| !is_new && (word.script == Script::Label) == (script == Script::Label)) {
            Some(word) => {
                word.text.push(char);
                if script == Script::Foreign {
                    word.script = script;
                }
            }
            None => words.push(Word { text: char.to_string(), before: std::mem::take(&mut gap), script }),
        }
        is_new = false;
    }
    words
}

fn ascii_digit(char: char) -> char {
    let code = u32::from(char);
    let value = ZEROS.iter().map(|zero| code.wrapping_sub(u32::from(*zero))).find(|value| *value < 10);
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(char)
}

/// `None` of what stands between words, the sign of an ordinal too: `Nº 12`.
fn script(char: char) -> Option<Script> {
    match char {
        'A'..='Z' | '0'..='9' => Some(Script::Plain),
        'º' | 'ª' => None,
        '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30FA}'
        | '\u{30FC}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Some(Script::Label),
        char if char.is_alphanumeric() || is_combining_mark(char) => Some(Script::Foreign),
        _ => None,
    }
}

/// How many words at the end are the number of a copy: two in brackets, `(1-1)`, and what the copy is called in Han.
fn copy(words: &[Word]) -> usize {
    let named = words.iter().rev().take_while(|word| word.is_foreign_label()).count();
    let [.., first, second] = &words[..words.len() - named] else { return 0 };
    let short = |word: &Word| word.text.len() <= 2 && word.text.bytes().all(|byte| byte.is_ascii_digit());
    let is_copy = short(first) && short(second) && first.before.trim() == "(" && second.before.trim() == "-";
    if is_copy { named + 2 } else { 0 }
}

/// Words that stand together.
#[derive(Clone, Copy)]
pub(super) struct Words<'a>(&'a [Word]);

impl<'a> Words<'a> {
    pub(super) fn len(self) -> usize {
        self.0.len()
    }

    pub(super) fn skip(self, count: usize) -> Self {
        Self(self.0.get(count..).unwrap_or_default())
    }

    pub(super) fn cut(self, count: usize) -> Self {
        Self(self.0.get(..self.len().saturating_sub(count)).unwrap_or_default())
    }

    /// Without the words at both ends of which this is true.
    pub(super) fn without_ends(self, goes: impl Fn(&Word) -> bool) -> Self {
        let first = self.0.iter().take_while(|word| goes(word)).count();
        let rest = self.skip(first);
        rest.cut(rest.0.iter().rev().take_while(|word| goes(word)).count())
    }

    /// The parts between words of which this is true, and between what keeps words apart.
    pub(super) fn parts(self, within: &[char], apart: impl Fn(&Word) -> bool) -> Vec<Self> {
        let is_part = |word: &Word| word.script == Script::Plain && !apart(word);
        let chunks = self.0.chunk_by(|a, b| is_part(a) && is_part(b) && joins(&b.before, within));
        chunks.map(Self).collect()
    }

    /// The capitals and digits of its words as one; `None` where letters of other scripts are in it, or something
    /// stands between two words that keeps numbers apart.
    pub(super) fn joined(self, within: &[char]) -> Option<String> {
        let stands = self.0.iter().all(|word| word.script == Script::Plain)
            && self.0.iter().skip(1).all(|word| joins(&word.before, within));
        (stands && !self.0.is_empty()).then(|| self.0.iter().map(|word| word.text.as_str()).collect())
    }

    /// All of it in capitals and digits, with a mark for every letter and sign that is none.
    pub(super) fn loose(self) -> String {
        let mut text = String::new();
        for (at, word) in self.0.iter().enumerate() {
            if at > 0 && !joins(&word.before, &[]) {
                text.push('?');
            }
            text.extend(word.text.chars().map(|char| if char.is_ascii() { char } else { '?' }));
        }
        text
    }

    /// So many words from one on as one, where they have nothing but the letters A to Z and nothing is glued to them.
    pub(super) fn letters(self, from: usize, count: usize) -> Option<String> {
        let words = self.0.get(from..from + count)?;
        let is_word = |word: &Word| word.script == Script::Plain && word.is_letters();
        let glued = self.0.get(from + count).is_some_and(|next| next.before.is_empty());
        (words.iter().all(is_word) && !glued).then(|| words.iter().map(|word| word.text.as_str()).collect())
    }

    /// What stands behind a word.
    pub(super) fn gap_after(self, at: usize) -> &'a str {
        self.0.get(at + 1).map_or("", |next| next.before.as_str())
    }

    /// Whether it begins with a word in Han or Kana that nothing is glued to.
    pub(super) fn first_is_foreign_label(self) -> bool {
        self.0.first().is_some_and(Word::is_foreign_label) && !self.gap_after(0).is_empty()
    }

    /// Whether it ends with one.
    pub(super) fn last_is_foreign_label(self) -> bool {
        self.0.last().is_some_and(|word| word.is_foreign_label() && !word.before.is_empty())
    }
}

/// Whether what stands between two words leaves them one number.
fn joins(between: &str, within: &[char]) -> bool {
    !between.is_empty() && between.chars().all(|char| matches!(char, ' ' | '.' | '-') || within.contains(&char))
}
