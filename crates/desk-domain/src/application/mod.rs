//! [`Application`]: a draft that passed the rules, typed and normalised, ready to be sent.

mod person_index;

pub use person_index::PersonIndex;

use crate::check::{Check, CheckContext, Missing, check_sheet};
use crate::draft::Draft;
use crate::field::Requirement;
use crate::form::Form;
use crate::path::{FieldPath, PersonId};
use crate::problem::{Problem, Severity};
use crate::rules::Sheet;
use crate::value::{PartnerCustomerId, Value};

/// What is sent of a draft, value by value in the order of the form. Blank fields, fields that the revision does not
/// have, expiry dates that never come, and persons without any value are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    form: Form,
    partner_customer_id: PartnerCustomerId,
    values: Vec<(FieldPath, Value)>,
    persons: Vec<PersonId>,
}

/// Why a draft cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} errors, {} fields missing for the platform, {} for the house", errors.len(), platform_missing.len(), house_missing.len())]
pub struct Blocked {
    /// Problems that block.
    pub errors: Vec<Problem>,
    /// Empty fields that the contract requires: they block whatever is ticked.
    pub platform_missing: Vec<Missing>,
    /// Empty fields that the house requires; empty itself where "send anyway" is ticked.
    pub house_missing: Vec<Missing>,
}

impl Blocked {
    /// What blocks of what the rules say; `send_anyway` lets fields stay empty which only the house requires.
    pub(crate) fn of(check: Check, send_anyway: bool) -> Self {
        let errors = check.problems.into_iter().filter(|problem| problem.severity == Severity::Error).collect();
        let (platform_missing, house_missing) =
            check.missing.into_iter().partition(|missing| missing.requirement == Requirement::Platform);
        Self { errors, platform_missing, house_missing: if send_anyway { vec![] } else { house_missing } }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.errors.is_empty() && self.platform_missing.is_empty() && self.house_missing.is_empty()
    }
}

impl Application {
    /// Reads a draft by the rules. `send_anyway` is the tick that lets fields stay empty which only the house requires.
    /// Whether warnings were ticked is not asked here.
    ///
    /// # Errors
    /// What blocks.
    pub fn of(draft: &Draft, context: &CheckContext<'_>, send_anyway: bool) -> Result<Self, Blocked> {
        let sheet = Sheet::read(draft, context);
        let check = check_sheet(&sheet, &|_| true);
        let blocked = Blocked::of(check, send_anyway);

        let understood = sheet.entries.into_iter().filter_map(|entry| Some((entry.path, entry.understood.ok()?)));
        let values: Vec<_> = understood.filter(|(_, value)| value.is_sent()).collect();
        let id = values.iter().find_map(|(_, value)| match value {
            Value::PartnerCustomerId(id) => Some(id.clone()),
            _ => None,
        });
        match id {
            Some(partner_customer_id) if blocked.is_empty() => {
                let has_values = |person: &PersonId| values.iter().any(|(path, _)| path.person() == Some(*person));
                let persons = draft.persons.iter().copied().filter(has_values).collect();
                Ok(Self { form: context.form, partner_customer_id, values, persons })
            }
            _ => Err(blocked),
        }
    }

    /// The form it was read by.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// Our id.
    #[must_use]
    pub fn partner_customer_id(&self) -> &PartnerCustomerId {
        &self.partner_customer_id
    }

    /// Every value in the order of the form; [`Value::wire_text`] is its text on the wire. The slots of a list follow each
    /// other: on the wire they are numbered anew from 0.
    pub fn iter(&self) -> impl Iterator<Item = (FieldPath, &Value)> {
        self.values.iter().map(|(path, value)| (*path, value))
    }

    /// The value at a path.
    #[must_use]
    pub fn get(&self, path: FieldPath) -> Option<&Value> {
        self.iter().find_map(|(at, value)| (at == path).then_some(value))
    }

    /// The persons that are sent, in their order on the wire. One without any value is not among them.
    #[must_use]
    pub fn persons(&self) -> &[PersonId] {
        &self.persons
    }

    /// Which person stands at which place of the body, for the submission to keep (DECISIONS 3).
    #[must_use]
    pub fn person_index(&self) -> PersonIndex {
        PersonIndex::new(self.persons.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Edit;
    use crate::field::Field;
    use crate::platform::Revision;
    use crate::tests::sample::{CONTEXT, complete, path, person, set, with};

    #[test]
    fn a_complete_draft_is_an_application() {
        let application = Application::of(&complete(), &CONTEXT, false).unwrap();
        assert_eq!(application.iter().count(), 35);
        assert_eq!(application.partner_customer_id().as_str(), "cd-0190a1b2-0000-7000-8000-00000000000f");
        let paths: Vec<_> = application.iter().map(|(path, _)| path.field()).collect();
        assert!(paths.is_sorted(), "in the order of the form");
    }

    #[test]
    fn an_error_blocks_whatever_is_ticked() {
        let mut draft = complete();
        set(&mut draft, Field::ContactEmail, "accounts");
        let blocked = Application::of(&draft, &CONTEXT, true).unwrap_err();
        assert_eq!(blocked.errors[0].code, "email.format");
    }

    #[test]
    fn a_warning_does_not_block() {
        let mut draft = complete();
        set(&mut draft, Field::BusinessType, "Cooperative");
        let application = Application::of(&draft, &CONTEXT, false).unwrap();
        assert_eq!(application.get(path(Field::BusinessType)).unwrap().wire_text(), "Cooperative");
    }

    #[test]
    fn the_platform_gets_its_id_whatever_is_ticked() {
        let mut draft = complete();
        set(&mut draft, Field::PartnerCustomerId, "");
        let blocked = Application::of(&draft, &CONTEXT, true).unwrap_err();
        assert_eq!(blocked.platform_missing[0].path, Some(path(Field::PartnerCustomerId)));
        assert_eq!(blocked.house_missing, vec![]);
    }

    #[test]
    fn what_only_the_house_requires_needs_one_tick() {
        let draft = with(&[(Field::PartnerCustomerId, "cd-0190a1b2-0000-7000-8000-00000000000f")]);
        let blocked = Application::of(&draft, &CONTEXT, false).unwrap_err();
        assert_eq!((blocked.errors.len(), blocked.platform_missing.len(), blocked.house_missing.len()), (0, 0, 18));
        assert_eq!(Application::of(&draft, &CONTEXT, true).unwrap().iter().count(), 1);
    }

    #[test]
    fn fields_of_the_other_revision_are_left_out_and_raise_nothing() {
        let mut draft = complete();
        set(&mut draft, Field::RoleType, "\u{202E}not in the list");
        let untyped = CheckContext { form: Form::Whole(Revision::Untyped), ..CONTEXT };
        let application = Application::of(&draft, &untyped, false).unwrap();
        assert!(application.iter().all(|(path, _)| !path.field().spec().typed_only));
        assert_eq!(application.iter().count(), 30);
        assert_eq!(crate::check::check(&draft, &untyped).problems, vec![]);
        assert_eq!(crate::form::not_sent(&draft, Form::Whole(Revision::Untyped)).len(), 5);
        assert_eq!(crate::form::not_sent(&draft, Form::Whole(Revision::Typed)), vec![]);
    }

    #[test]
    fn a_person_without_values_is_not_sent() {
        let mut draft = complete();
        draft.apply(&Edit::AddPerson { person: person(2), at: 0 });
        let name = FieldPath::of_person(person(2), Field::FirstName).unwrap();
        draft.apply(&Edit::Set { path: name, text: "  ".into() });
        let application = Application::of(&draft, &CONTEXT, true).unwrap();
        assert_eq!(application.persons(), [person(1)]);
        assert_eq!(application.person_index().person(0), Some(person(1)));
    }

    #[test]
    fn a_document_with_no_last_day_is_whole_and_sends_none() {
        let mut draft = complete();
        set(&mut draft, Field::IdExpirationDate, "长期");
        let application = Application::of(&draft, &CONTEXT, false).unwrap();
        assert_eq!(application.get(path(Field::IdExpirationDate)), None);
        let dated = Application::of(&complete(), &CONTEXT, false).unwrap();
        assert_eq!(application.iter().count(), dated.iter().count() - 1);
    }

    #[test]
    fn choices_are_sent_in_the_spelling_of_the_list() {
        let mut draft = complete();
        set(&mut draft, Field::RoleType, "director");
        let application = Application::of(&draft, &CONTEXT, false).unwrap();
        assert_eq!(application.get(path(Field::RoleType)).unwrap().wire_text(), "Director");
    }

    #[test]
    fn an_amount_is_a_number_on_the_wire_and_all_else_a_string() {
        let mut draft = complete();
        set(&mut draft, Field::EstimatedMonthlyRevenueAmount, "12345678901234567.80");
        let application = Application::of(&draft, &CONTEXT, false).unwrap();
        for (path, value) in application.iter() {
            let json = value.to_json().to_string();
            if path.field() == Field::EstimatedMonthlyRevenueAmount {
                assert_eq!(json, "12345678901234567.80");
            } else {
                assert!(json.starts_with('"'), "{json}");
            }
        }
    }
}
