//! The book of rules: every rule of the form as a row, in the order of the form. `docs/rules.md` is written from it.

use std::sync::LazyLock;

use uuid::Uuid;

use super::rule::{Cases, Rule, Typed};
use crate::check::CheckContext;
use crate::draft::{Draft, Edit};
use crate::house::House;
use crate::path::{FieldPath, PersonId};
use crate::problem::Problem;
use crate::value::CountryCode;

/// The rows of each section, by the section's name, in the order of the form.
#[must_use]
pub fn sections() -> [(&'static str, &'static [Rule]); 6] {
    [
        ("every_text", super::every_text::RULES),
        ("business_details", super::business_details::RULES),
        ("address", super::address::RULES),
        ("account_usage", super::account_usage::RULES),
        ("primary_contact", super::primary_contact::RULES),
        ("business_person_list", super::business_person_list::RULES),
    ]
}

/// Every rule, section by section.
#[must_use]
pub fn rules() -> Vec<&'static Rule> {
    sections().into_iter().flat_map(|(_, rules)| rules).collect()
}

/// The first problem that a rule raises when it is broken, as an example of its parameters. `None` where it is never
/// broken, which a test forbids.
#[must_use]
pub fn example(rule: &Rule, context: &CheckContext<'_>) -> Option<Problem> {
    let drafts = drafts(rule, &rule.breaks);
    drafts.iter().find_map(|(draft, _)| raised(rule, draft, context))
}

/// A house in which every rule can be broken: one that does no business in Antarctica.
static EXAMPLE: LazyLock<House> =
    LazyLock::new(|| House { closed_countries: CountryCode::parse("AQ").into_iter().collect(), ..House::default() });

/// The problem of a rule in a draft, at one of its fields.
pub(crate) fn raised(rule: &Rule, draft: &Draft, context: &CheckContext<'_>) -> Option<Problem> {
    let problems = crate::check::check(draft, &CheckContext { house: &EXAMPLE, ..*context }).problems;
    problems.into_iter().find(|problem| problem.code == rule.code && rule.fields.contains(&problem.path.field()))
}

/// The drafts of cases, each with the words it is known by.
pub(crate) fn drafts(rule: &Rule, cases: &Cases) -> Vec<(Draft, String)> {
    match cases {
        Cases::Alone(texts) => rule
            .fields
            .iter()
            .flat_map(|field| texts.iter().map(|text| Typed { field: *field, person: 1, text }))
            .map(|typed| (draft(std::slice::from_ref(&typed)), format!("{} {:?}", typed.field.spec().key, typed.text)))
            .collect(),
        Cases::Beside(all) => all.iter().enumerate().map(|(at, texts)| (draft(texts), format!("case {at}"))).collect(),
    }
}

fn draft(texts: &[Typed]) -> Draft {
    let mut draft = Draft::default();
    for typed in texts {
        let person = PersonId(Uuid::from_u128(u128::from(typed.person)));
        let slot = FieldPath::slot(typed.field, u16::from(typed.person.saturating_sub(1)));
        let path = slot.or_else(|| FieldPath::of(typed.field)).or_else(|| {
            draft.apply(&Edit::AddPerson { person, at: u32::MAX });
            FieldPath::of_person(person, typed.field)
        });
        if let Some(path) = path {
            draft.apply(&Edit::Set { path, text: typed.text.to_owned() });
        }
    }
    draft
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::field::Field;
    use crate::tests::sample::CONTEXT;

    fn name(rule: &Rule) -> String {
        format!("{} at {}", rule.code, rule.fields.first().map_or("nothing", |field| field.spec().key))
    }

    #[test]
    fn every_rule_is_broken_by_its_cases_at_each_of_its_fields() {
        for rule in rules() {
            let mut at: BTreeSet<Field> = BTreeSet::new();
            for (draft, words) in drafts(rule, &rule.breaks) {
                let found = raised(rule, &draft, &CONTEXT);
                let problem = found.unwrap_or_else(|| panic!("{} is not broken by {words}", name(rule)));
                assert_eq!(problem.severity, rule.severity, "{}, {words}", name(rule));
                let keys: Vec<_> = problem.params.keys().map(String::as_str).collect();
                assert_eq!(keys, rule.params, "{}, {words}", name(rule));
                at.insert(problem.path.field());
            }
            assert_eq!(at, rule.fields.iter().copied().collect(), "{} has a case at each field", name(rule));
        }
    }

    #[test]
    fn every_rule_is_kept_by_its_cases() {
        for rule in rules() {
            let kept = drafts(rule, &rule.keeps);
            assert!(!kept.is_empty(), "{} has nothing that keeps it", name(rule));
            for (draft, words) in kept {
                assert_eq!(raised(rule, &draft, &CONTEXT), None, "{} is not kept by {words}", name(rule));
            }
        }
    }

    #[test]
    fn a_code_has_one_row_a_field_and_weight_and_the_same_parameters_everywhere() {
        let mut rows = BTreeSet::new();
        let mut params: BTreeMap<&str, &[&str]> = BTreeMap::new();
        for rule in rules() {
            assert!(!rule.asks.is_empty() && !rule.asks.ends_with('.'), "{}", name(rule));
            assert_eq!(*params.entry(rule.code).or_insert(rule.params), rule.params, "{}", name(rule));
            for field in rule.fields {
                assert!(rows.insert((rule.code, *field, rule.severity)), "{} stands twice", name(rule));
            }
        }
    }
}
