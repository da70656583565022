//! [`Rule`]: one row of the book of rules. A row without drafts that break it and drafts that keep it fails a test.

use crate::field::Field;
use crate::problem::Severity;

/// A rule of the form, as the book has it.
pub struct Rule {
    /// The code of its problem.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The fields that it speaks at.
    pub fields: &'static [Field],
    /// What it asks for, in a sentence.
    pub asks: &'static str,
    /// The page or contract that says so; without one the rule is the house's own.
    pub confirmed: Option<&'static str>,
    /// The parameters of its problem, in the order of the alphabet.
    pub params: &'static [&'static str],
    /// Drafts that break it. Each field is broken by one at least.
    pub breaks: Cases,
    /// Drafts that keep it, close to the edge: the texts that a rule too strict would refuse.
    pub keeps: Cases,
}

/// What is typed into an otherwise empty draft.
pub enum Cases {
    /// Each text alone, in each field of the rule.
    Alone(&'static [&'static str]),
    /// Several fields together.
    Beside(&'static [&'static [Typed]]),
}

/// One text of a draft.
pub struct Typed {
    /// The field.
    pub field: Field,
    /// Of a field of persons: which one, from 1; of a list, which slot, from 1.
    pub person: u8,
    /// The text.
    pub text: &'static str,
}

/// A text, of the first person for a field of persons.
pub(crate) const fn at(field: Field, text: &'static str) -> Typed {
    Typed { field, person: 1, text }
}

/// A text of the second person, or of a list's second slot.
pub(crate) const fn second(field: Field, text: &'static str) -> Typed {
    Typed { field, person: 2, text }
}
