//! Calendar dates: no time, no zone (DECISIONS 10).

mod words;

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use self::words::{is_ending, is_idle, month};
use super::Fault;
use super::pasted::{fold_digits, unwrap_round};
use crate::platform::text_codes;

/// Earliest year that is read: every date is written with a year of four digits.
const FIRST_YEAR: i32 = 1000;
/// Most bytes of a typed date, label and day of the week included.
const MOST_TYPED: usize = 200;
/// Characters of a date at the head of a date-time (RFC 3339 `full-date`).
const WIRE_DATE_CHARS: usize = 10;

/// How `3/4/2021` is read. Without an order it is ambiguous, and the rules say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// It is not: the user is asked to write the month in letters.
    #[default]
    Ask,
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

text_codes!(DateOrder { Ask = "ask", DayFirst = "day_first", MonthFirst = "month_first" });

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate(NaiveDate);

impl CivilDate {
    /// The date of a day; `None` before the year 1000 and after 9999, which the wire has no form for.
    #[must_use]
    pub fn new(day: NaiveDate) -> Option<Self> {
        (FIRST_YEAR..=9999).contains(&day.year()).then_some(Self(day))
    }

    /// Reads a typed date in any form of UX B5: `20210403`, `2021-04-03`, `3 Apr 2021`, `April 3, 2021`, `03.04.2021`
    /// (with dots the day comes first, whatever the order), `2021年4月3日`, and the date-time of the wire. Months may be
    /// German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian, Turkish or Roman (`3.IV.1981`), and said twice
    /// where it is the same one, as passports print it (`03 APR/AVR 1981`, `03 4月/APR 1981`); a day of the week, a label and a time of day beside the date
    /// say nothing. Digits of any width and of Arabic, Persian, Indian and Thai count. A date that has one reading only
    /// needs no order: `25/12/2021`.
    ///
    /// # Errors
    /// `date.ambiguous` { first, second } where slashes, hyphens or spaces leave open which number is the month, and so
    /// does the order; `date.short_year` where the year has two digits, which are never guessed at; `date.unreadable` for
    /// all else, days that do not exist included.
    pub fn parse(typed: &str, order: DateOrder) -> Result<Self, Fault> {
        if typed.len() > MOST_TYPED {
            return Err(unreadable());
        }
        let folded = fold_digits(typed);
        // A capital dotted I of Turkish leaves its dot behind.
        let text = unwrap_round(&folded).to_lowercase().replace('\u{307}', "");
        let head = text.split('t').next().unwrap_or_default();
        if is_full_date(head) && (head.len() == text.len() || text[head.len()..].starts_with("t0")) {
            return Self::from_wire(&text).ok_or_else(unreadable);
        }
        let text = without_time(&text);
        let spelled = text.replace(['年', '년'], "-").replace(['日', '号', '號', '일'], " ");
        let spelled = months_of_han(&spelled);
        let parts = said_once(split(spelled.trim()));
        match parts.as_slice() {
            [Part::Number(all)] if all.len() == 8 => ymd(&all[..4], &all[4..6], &all[6..]),
            [Part::Number(all)] if all.len() == 6 => Err(Fault::new("date.short_year")),
            [Part::Number(y), Part::Number(m), Part::Number(d)] if y.len() == 4 => ymd(y, m, d),
            [Part::Number(a), Part::Number(b), Part::Number(y)] if y.len() == 4 => {
                if is_dotted(text) {
                    ymd(y, b, a)
                } else {
                    day_or_month_first(y, a, b, order)
                }
            }
            [Part::Number(d), Part::Word(m), Part::Number(y)]
            | [Part::Word(m), Part::Number(d), Part::Number(y)]
            | [Part::Number(y), Part::Word(m), Part::Number(d)]
                if y.len() == 4 && d.len() <= 2 =>
            {
                month(m).ok_or_else(unreadable).and_then(|m| ymd(y, &m.to_string(), d))
            }
            parts if has_short_year(parts) => Err(Fault::new("date.short_year")),
            _ => Err(unreadable()),
        }
    }

    /// The date in a text of the wire: its first ten characters as written, whatever zone follows them.
    #[must_use]
    pub fn from_wire(text: &str) -> Option<Self> {
        let head: String = text.chars().take(WIRE_DATE_CHARS).collect();
        if !is_full_date(&head) {
            return None;
        }
        NaiveDate::parse_from_str(&head, "%Y-%m-%d").ok().and_then(Self::new)
    }

    /// How every date is sent: `YYYY-MM-DDT00:00:00Z`.
    #[must_use]
    pub fn to_wire(self) -> String {
        format!("{self}T00:00:00Z")
    }

    /// The day.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        self.0
    }
}

/// `YYYY-MM-DD`.
impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

enum Part<'a> {
    Number(&'a str),
    Word(&'a str),
}

/// Runs of digits and runs of letters; everything else parts them. The ending of an ordinal (`3rd`), days of the week and
/// words like "of" are left out.
fn split(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = |char: char| (char.is_ascii_digit(), char.is_alphabetic());
        let end = rest.find(|char| kind(char) != kind(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        let follows_number =
            matches!(parts.last(), Some(Part::Number(_))) && !text[..text.len() - rest.len()].ends_with(' ');
        rest = after;
        match kind(first) {
            (true, _) => parts.push(Part::Number(run)),
            (_, true) if follows_number && is_ending(run) => {}
            (_, true) if is_idle(run) => {}
            (_, true) => parts.push(Part::Word(run)),
            // Anything but what people put between the parts of a date is no date.
            _ if run.chars().all(|char| matches!(char, ' ' | '-' | '/' | '.' | ',' | '(' | ')' | '\'')) => {}
            _ => return Vec::new(),
        }
    }
    parts
}

/// A month that is said twice, in two languages or as a number and a word, counts as one.
fn said_once(mut parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    if let [_, one, Part::Word(other), _] = parts.as_slice() {
        let of_other = month(other);
        let same = match one {
            Part::Word(word) => month(word) == of_other,
            Part::Number(number) => number.len() <= 2 && number.parse().ok() == of_other,
        };
        if same && of_other.is_some() {
            parts.remove(1);
        }
    }
    parts
}

/// `月` and `월` after a digit are the end of the month's number; in `月曜日` they are not.
fn months_of_han(text: &str) -> String {
    let mut digit = false;
    let mark = |char: char| {
        let of_month = digit && matches!(char, '月' | '월');
        digit = char.is_ascii_digit() || (digit && char == ' ');
        if of_month { '-' } else { char }
    };
    text.chars().map(mark).collect()
}

/// Without a time of day at the end: `2021-04-03 00:00:00`, as spreadsheets paste it. What has a zone is for
/// [`CivilDate::from_wire`].
fn without_time(text: &str) -> &str {
    let Some((date, time)) = text.rsplit_once([' ', ',']) else { return text };
    let (date, time) = match time {
        "am" | "pm" => date.rsplit_once(' ').unwrap_or((date, "")),
        _ => (date, time),
    };
    let mut numbers = time.split(':');
    let two = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_time =
        (2..=3).contains(&numbers.clone().count()) && numbers.all(|part| two(part.split('.').next().unwrap_or("")));
    if is_time { date.trim_end_matches([',', ' ']) } else { text }
}

/// Whether the parts are those of a date, with a year of two digits.
fn has_short_year(parts: &[Part<'_>]) -> bool {
    let short = |text: &&str| (1..=2).contains(&text.len());
    match parts {
        [Part::Number(a), Part::Number(b), Part::Number(y)] => [a, b, y].into_iter().all(short),
        [Part::Number(d), Part::Word(m), Part::Number(y)] | [Part::Word(m), Part::Number(d), Part::Number(y)] => {
            [d, y].into_iter().all(short) && month(m).is_some()
        }
        _ => false,
    }
}

/// Between two numbers only dots: the German order.
fn is_dotted(text: &str) -> bool {
    text.contains('.') && !text.contains(['/', '-', ','])
}

fn is_full_date(head: &str) -> bool {
    head.len() == WIRE_DATE_CHARS
        && head.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

fn ymd(y: &str, m: &str, d: &str) -> Result<CivilDate, Fault> {
    let number = |text: &str, most: usize| (text.len() <= most).then(|| text.parse::<u32>().ok()).flatten();
    let day = || NaiveDate::from_ymd_opt(i32::try_from(number(y, 4)?).ok()?, number(m, 2)?, number(d, 2)?);
    day().and_then(CivilDate::new).ok_or_else(unreadable)
}

fn day_or_month_first(y: &str, a: &str, b: &str, order: DateOrder) -> Result<CivilDate, Fault> {
    match (ymd(y, b, a), ymd(y, a, b)) {
        (Ok(first), Ok(second)) if first != second => match order {
            DateOrder::DayFirst => Ok(first),
            DateOrder::MonthFirst => Ok(second),
            DateOrder::Ask => Err(Fault::new("date.ambiguous").with("first", first).with("second", second)),
        },
        (Ok(date), _) | (_, Ok(date)) => Ok(date),
        (Err(fault), Err(_)) => Err(fault),
    }
}

fn unreadable() -> Fault {
    Fault::new("date.unreadable")
}

#[cfg(test)]
mod tests;
