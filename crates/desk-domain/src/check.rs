//! [`check`]: all problems of a draft at once, what is still to fill, and what was understood. Pure. The rules themselves
//! stand in `rules/`, one file a section.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::draft::Draft;
use crate::field::{Requirement, Section};
use crate::form::Form;
use crate::house::House;
use crate::path::{FieldPath, PersonId};
use crate::problem::{Params, Problem};
use crate::rules::echo::echoes;
use crate::rules::tally::{Tally, tally};
use crate::rules::{self, Sheet};
use crate::value::DateOrder;

/// What the rules need to know besides the draft.
#[derive(Debug, Clone, Copy)]
pub struct CheckContext<'a> {
    /// The machine's local date (DECISIONS 10).
    pub today: NaiveDate,
    /// The form of the draft's connection.
    pub form: Form,
    /// How the user's numeric dates are read.
    pub date_order: DateOrder,
    /// What the house decides.
    pub house: &'a House,
}

/// What the rules say of a whole draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Check {
    /// Problems of what is typed, in the order of the form, the gravest one of each field only.
    pub problems: Vec<Problem>,
    /// Empty fields that somebody requires, in the order of the form.
    pub missing: Vec<Missing>,
    /// What the program understood, where that differs from what was typed.
    pub echoes: Vec<Echo>,
    /// Counts a section, in the order of the form.
    pub sections: Vec<SectionTally>,
    /// Counts a person, in the order of the form.
    pub persons: Vec<PersonTally>,
    /// Required fields of the whole draft.
    pub required: u32,
    /// How many of them hold something.
    pub filled: u32,
    /// Fields that the address data of their country requires, filled or not ([`Requirement::Country`]).
    #[cfg_attr(feature = "ts", ts(type = "string[]"))]
    pub by_country: Vec<FieldPath>,
    /// The day that the rules took for today, as `YYYY-MM-DD`.
    pub today: String,
}

/// An empty field that is required.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Missing {
    /// The field; `None` where a whole person is missing (the house requires one).
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub path: Option<FieldPath>,
    /// Its section.
    pub section: Section,
    /// `platform` or `house`.
    pub requirement: Requirement,
}

/// What was understood of a text: `date` { date }, `phone` { e164 }, `country` { code }, `currency` { code },
/// `amount` { amount }, `email` { email }, `website` { url }, `identifier` { number }, `no_expiry` { none }, `state` { state },
/// `postcode` { postcode } ([`crate::codes::ECHO_CODES`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Echo {
    /// The field.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub path: FieldPath,
    /// What kind of thing was understood.
    pub code: String,
    /// The thing.
    pub params: Params,
}

/// Counts of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SectionTally {
    /// The section.
    pub section: Section,
    /// Required fields.
    pub required: u32,
    /// Required fields that hold something.
    pub filled: u32,
    /// Whether anything at all is typed (a prefilled partner_customer_id does not count).
    pub started: bool,
}

/// Counts of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PersonTally {
    /// The person.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub person: PersonId,
    /// Required fields.
    pub required: u32,
    /// Required fields that hold something.
    pub filled: u32,
}

/// Applies every rule. The same draft and context give the same answer.
///
/// Texts of fields that the revision does not carry count nowhere. An empty field is never a problem: it is missing, or
/// nothing. Without a person the section of persons counts one required field, the person, which is not filled.
#[must_use]
pub fn check(draft: &Draft, context: &CheckContext<'_>) -> Check {
    check_sheet(&Sheet::read(draft, context), &|_| true)
}

/// [`check`] of a draft that is read already. An empty required place is missing where it is `wanted`.
pub(crate) fn check_sheet(sheet: &Sheet<'_>, wanted: &dyn Fn(Option<FieldPath>) -> bool) -> Check {
    let Tally { missing, sections, persons, by_country } = tally(sheet.draft, sheet.context.form, wanted);
    Check {
        problems: rules::problems(sheet),
        missing,
        echoes: echoes(sheet),
        required: sections.iter().map(|section| section.required).sum(),
        filled: sections.iter().map(|section| section.filled).sum(),
        sections,
        persons,
        by_country,
        today: sheet.context.today.to_string(),
    }
}
