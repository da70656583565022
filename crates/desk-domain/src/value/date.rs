//! Calendar dates: no time, no zone (DECISIONS 10).

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Fault;
use super::text::fold;
use crate::platform::text_codes;

/// Earliest year that is read: every date is written with a year of four digits.
const FIRST_YEAR: i32 = 1000;
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
    /// (with dots the day comes first, whatever the order), `2021年4月3日`, and the date-time of the wire. Full-width
    /// digits count. A date that has one reading only needs no order: `25/12/2021`.
    ///
    /// # Errors
    /// `date.ambiguous` { first, second } where slashes, hyphens or spaces leave open which number is the month, and so
    /// does the order; `date.unreadable` for all else, days that do not exist included.
    pub fn parse(typed: &str, order: DateOrder) -> Result<Self, Fault> {
        let text = fold(typed).to_lowercase();
        let head = text.split('t').next().unwrap_or_default();
        if is_full_date(head) && (head.len() == text.len() || text[head.len()..].starts_with("t0")) {
            return Self::from_wire(&text).ok_or_else(unreadable);
        }
        let spelled = text.replace(['年', '년', '月', '월'], "-").replace(['日', '号', '號', '일'], " ");
        let parts = split(spelled.trim());
        match parts.as_slice() {
            [Part::Number(all)] if all.len() == 8 => ymd(&all[..4], &all[4..6], &all[6..]),
            [Part::Number(y), Part::Number(m), Part::Number(d)] if y.len() == 4 => ymd(y, m, d),
            [Part::Number(a), Part::Number(b), Part::Number(y)] if y.len() == 4 => {
                if is_dotted(&text) {
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

/// Runs of digits and runs of letters; everything else parts them. The ending of an ordinal (`3rd`) is left out.
fn split(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = |char: char| (char.is_ascii_digit(), char.is_alphabetic());
        let end = rest.find(|char| kind(char) != kind(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        match kind(first) {
            (true, _) => parts.push(Part::Number(run)),
            (_, true) if is_ordinal_ending(run) && matches!(parts.last(), Some(Part::Number(_))) => {}
            (_, true) => parts.push(Part::Word(run)),
            // Anything but what people put between the parts of a date is no date.
            _ if run.chars().all(|char| matches!(char, ' ' | '-' | '/' | '.' | ',')) => {}
            _ => return Vec::new(),
        }
    }
    parts
}

fn is_ordinal_ending(run: &str) -> bool {
    matches!(run, "st" | "nd" | "rd" | "th")
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

/// The month of an English name or its beginning, three letters at least.
fn month(word: &str) -> Option<usize> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    (word.len() >= 3).then(|| NAMES.iter().position(|name| name.starts_with(word)).map(|at| at + 1)).flatten()
}

fn unreadable() -> Fault {
    Fault::new("date.unreadable")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    const ORDERS: [DateOrder; 3] = [DateOrder::Ask, DateOrder::DayFirst, DateOrder::MonthFirst];

    #[rstest]
    #[case("20210403")]
    #[case("2021-04-03")]
    #[case("2021-4-3")]
    #[case("2021/04/03")]
    #[case("2021.4.3")]
    #[case("3 Apr 2021")]
    #[case("3 april 2021")]
    #[case("3APR2021")]
    #[case("3rd April, 2021")]
    #[case("3-Apr-2021")]
    #[case("3. April 2021")]
    #[case("April 3, 2021")]
    #[case("2021 Apr 3")]
    #[case("03.04.2021")]
    #[case("3.4.2021")]
    #[case("3. 4. 2021")]
    #[case("2021年4月3日")]
    #[case("2021 年 4 月 3 日")]
    #[case("２０２１年４月３日")]
    #[case("２０２１０４０３")]
    #[case("2021년 4월 3일")]
    #[case("2021-04-03T00:00:00Z")]
    #[case("2021\u{2010}04\u{2010}03")]
    #[case(" 2021-04-03\u{200B}")]
    fn the_third_of_april_in_every_form_and_order(#[case] typed: &str) {
        for order in ORDERS {
            assert_eq!(CivilDate::parse(typed, order).unwrap().to_string(), "2021-04-03", "{order:?}");
        }
    }

    #[rstest]
    #[case("25/12/2021", "2021-12-25")]
    #[case("12/25/2021", "2021-12-25")]
    #[case("25-12-2021", "2021-12-25")]
    #[case("4/4/2021", "2021-04-04")]
    #[case("5 may 2019", "2019-05-05")]
    #[case("1 Sept 2021", "2021-09-01")]
    #[case("29 Feb 2020", "2020-02-29")]
    fn only_one_reading_is_a_date_in_every_order(#[case] typed: &str, #[case] date: &str) {
        for order in ORDERS {
            assert_eq!(CivilDate::parse(typed, order).unwrap().to_string(), date, "{order:?}");
        }
    }

    #[rstest]
    #[case("3/4/2021")]
    #[case("03-04-2021")]
    #[case("3 4 2021")]
    fn day_and_month_that_could_be_either_are_asked_for_or_read_in_the_order(#[case] typed: &str) {
        let fault = CivilDate::parse(typed, DateOrder::Ask).unwrap_err();
        assert_eq!(fault, Fault::new("date.ambiguous").with("first", "2021-04-03").with("second", "2021-03-04"));
        for (order, date) in [(DateOrder::DayFirst, "2021-04-03"), (DateOrder::MonthFirst, "2021-03-04")] {
            assert_eq!(CivilDate::parse(typed, order).unwrap().to_string(), date, "{order:?}");
        }
    }

    #[rstest]
    #[case::no_such_day("30 feb 2021")]
    #[case::no_leap_year("2021-02-29")]
    #[case::german_month("03.14.2021")]
    #[case::two_digit_year("3 Apr 21")]
    #[case::two_digit_year_slashes("3/4/21")]
    #[case::six_digits("210403")]
    #[case::no_year("3 april")]
    #[case::letters("soon")]
    #[case::short_month("3 ju 2021")]
    #[case::year_nought("00000101")]
    #[case::a_number_more("2021-04-03-01")]
    #[case::other_marks("2021:04:03")]
    #[case::after_the_date("2021-04-03 tomorrow")]
    #[case::not_a_time("2021-04-03the")]
    fn anything_else_is_unreadable_in_every_order(#[case] typed: &str) {
        for order in ORDERS {
            assert_eq!(CivilDate::parse(typed, order).unwrap_err().code, "date.unreadable", "{order:?}");
        }
    }

    #[rstest]
    #[case("1990-01-15")]
    #[case("1990-01-15T00:00:00Z")]
    #[case("1990-01-15T23:59:59-11:00")]
    #[case("1990-01-15T00:00:00+13:00")]
    #[case("1990-01-15 00:00:00")]
    fn the_date_of_the_wire_is_its_first_ten_characters(#[case] text: &str) {
        let date = CivilDate::from_wire(text).unwrap();
        assert_eq!(date.to_wire(), "1990-01-15T00:00:00Z");
    }

    #[rstest]
    #[case("")]
    #[case("1990-1-15")]
    #[case("15.01.1990")]
    #[case("1990-01-32")]
    #[case("１９９０-01-15")]
    #[case("+1990-01-1")]
    fn what_is_no_date_of_the_wire(#[case] text: &str) {
        assert_eq!(CivilDate::from_wire(text), None);
    }

    proptest! {
        #[test]
        fn every_date_survives_each_unambiguous_form(days in -354_285_i32..2_932_896) {
            let day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + chrono::Duration::days(i64::from(days));
            let date = CivilDate::new(day).unwrap();
            prop_assert_eq!(CivilDate::from_wire(&date.to_wire()), Some(date));
            for form in ["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%-d %b %Y", "%B %-d, %Y", "%Y年%-m月%-d日"] {
                for order in ORDERS {
                    prop_assert_eq!(CivilDate::parse(&day.format(form).to_string(), order), Ok(date), "{}", form);
                }
            }
            for (order, form) in [(DateOrder::DayFirst, "%-d/%-m/%Y"), (DateOrder::MonthFirst, "%m-%d-%Y")] {
                prop_assert_eq!(CivilDate::parse(&day.format(form).to_string(), order), Ok(date), "{}", form);
            }
        }

        #[test]
        fn no_text_makes_it_panic(typed in any::<String>()) {
            let _ = (ORDERS.map(|order| CivilDate::parse(&typed, order)), CivilDate::from_wire(&typed));
        }
    }
}
