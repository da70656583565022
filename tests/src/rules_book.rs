//! The book of rules and the table of what is required, as the page's tests read them: `docs/rules.md` is written there, with
//! the words of the page.

use chrono::NaiveDate;
use desk_domain::check::CheckContext;
use desk_domain::field::{FIELDS, Field, FieldSpec, Requirement, Section};
use desk_domain::form::Form;
use desk_domain::house::HOUSE;
use desk_domain::identity_keys::{DUPLICATES, Duplicate};
use desk_domain::path::{FieldPath, PersonId};
use desk_domain::platform::Revision;
use desk_domain::problem::{Params, Problem, Severity};
use desk_domain::rules::book;
use desk_domain::rules::rule::Rule;
use desk_domain::value::DateOrder;
use serde::Serialize;
use uuid::Uuid;

/// Where the file stands, from the repository's root.
pub const PATH: &str = "ui/tests/rules.json";

#[derive(Serialize)]
struct Book {
    rules: Vec<Row>,
    required: Vec<Required>,
}

#[derive(Serialize)]
struct Row {
    section: &'static str,
    fields: Vec<&'static str>,
    code: &'static str,
    severity: Severity,
    asks: &'static str,
    confirmed: Option<&'static str>,
    example: Option<Example>,
}

#[derive(Serialize)]
struct Example {
    path: String,
    params: Params,
}

#[derive(Serialize)]
struct Required {
    section: Section,
    field: &'static str,
    requirement: Requirement,
    typed_only: bool,
}

/// The whole text of the file: the same on every day.
///
/// # Errors
/// None that is known of.
pub fn render() -> serde_json::Result<String> {
    let context = CheckContext {
        today: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default(),
        form: Form::Whole(Revision::Typed),
        date_order: DateOrder::Ask,
        house: &HOUSE,
    };
    let rules = book::sections().into_iter().flat_map(|(section, rules)| rules.iter().map(move |rule| (section, rule)));
    let rules =
        rules.map(|(section, rule)| row(section, rule, &context)).chain(DUPLICATES.iter().map(duplicate)).collect();
    let required = FIELDS.iter().map(required).collect();
    serde_json::to_string_pretty(&Book { rules, required }).map(|text| text + "\n")
}

fn row(section: &'static str, rule: &Rule, context: &CheckContext<'_>) -> Row {
    let example = |problem: Problem| Example { path: problem.path.to_string(), params: problem.params };
    Row {
        section,
        fields: rule.fields.iter().map(|field| field.spec().key).collect(),
        code: rule.code,
        severity: rule.severity,
        asks: rule.asks,
        confirmed: rule.confirmed,
        example: book::example(rule, context).map(example),
    }
}

/// What the program adds, with the first of its fields as the example.
fn duplicate(duplicate: &Duplicate) -> Row {
    let params = duplicate.params.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let place = |field: &Field| FieldPath::of(*field).or_else(|| FieldPath::of_person(PersonId(Uuid::nil()), *field));
    let path = duplicate.fields.first().and_then(place);
    Row {
        section: "duplicates",
        fields: duplicate.fields.iter().map(|field| field.spec().key).collect(),
        code: duplicate.code,
        severity: duplicate.severity,
        asks: duplicate.asks,
        confirmed: None,
        example: path.map(|path| Example { path: path.to_string(), params }),
    }
}

fn required(spec: &FieldSpec) -> Required {
    Required { section: spec.section, field: spec.key, requirement: spec.requirement, typed_only: spec.typed_only }
}
