//! The rules of the form for an update: what was read and is untouched is the platform's, and raises nothing.

use super::touched;
use crate::check::{Check, CheckContext, check_sheet};
use crate::customer::MissingPart;
use crate::draft::Draft;
use crate::field::{Field, Section};
use crate::form::Form;
use crate::path::{FieldPath, PersonId};
use crate::rules::Sheet;
use crate::rules::tally::holds_something;

/// A part of a customer that nobody knows, as the form names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormPart {
    /// Its section.
    pub section: Section,
    /// The person, for a part of theirs.
    pub person: Option<PersonId>,
    /// `basic_info`, `residential_address` or `identification`; empty for a whole section.
    pub group: &'static str,
}

/// Missing parts of a base in the form: `persons` are the ids of its persons in their order.
#[must_use]
pub fn parts(missing: &[MissingPart], persons: &[PersonId]) -> Vec<FormPart> {
    let part = |part: &MissingPart| {
        let person = match part.person {
            Some(at) => Some(*persons.get(usize::try_from(at).ok()?)?),
            None => None,
        };
        Some(FormPart { section: part.section, person, group: part.group })
    };
    missing.iter().filter_map(part).collect()
}

/// Applies the rules to the form of an update. `prefill` is what was read, `missing` what nobody knows.
///
/// Only fields that were touched raise a problem or an echo; what spans two fields counts where one of them was touched,
/// and then carries the value of neither that was not touched. An empty required field is missing only
/// where the update clears it, where it is a new person's, and in a part that nobody knows; of a contact's address, which
/// goes out whole, also where any of it was typed. `required` counts those and the ones that hold something.
#[must_use]
pub fn check_update(draft: &Draft, prefill: &Draft, missing: &[FormPart], context: &CheckContext<'_>) -> Check {
    let touched = touched(draft, prefill);
    // Half an address would stand where a whole one may be, which the base does not say.
    let in_address = |path: &FieldPath| path.field().spec().section == Section::RegistrationAddress;
    let has_address =
        context.form == Form::Contact && touched.iter().any(|path| in_address(path) && holds_something(draft, *path));
    check_sheet(&Sheet::read(draft, context).only(&touched), &|path| {
        has_address && path.as_ref().is_some_and(in_address) || is_wanted(path, prefill, missing)
    })
}

/// Whether an empty required field is missing: somebody took it away, or nobody ever knew it.
fn is_wanted(path: Option<FieldPath>, prefill: &Draft, missing: &[FormPart]) -> bool {
    let nobody_knows = |person, section, group| {
        missing.iter().any(|part| (part.person, part.section, part.group) == (person, section, group))
    };
    let Some(path) = path else {
        return !prefill.persons.is_empty() || nobody_knows(None, Section::BusinessPersonList, "");
    };
    let (spec, person) = (path.field().spec(), path.person());
    let is_new = person.is_some_and(|person| !prefill.persons.contains(&person));
    let was_there = || holds_something(prefill, path);
    spec.field != Field::PartnerCustomerId && (is_new || was_there() || nobody_knows(person, spec.section, spec.group))
}
