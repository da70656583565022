//! Choices out of open lists: other text is sent as it stands, with a warning.

use super::Found;
use crate::field::FieldKind;
use crate::house::House;
use crate::path::FieldPath;
use crate::value::{Fault, Value};

pub(super) fn rules(path: FieldPath, value: &Value, house: &House, found: &mut Found<'_>) {
    let Value::Text(text) = value else { return };
    if path.field().spec().kind == FieldKind::Choice
        && house.list(path.field()).is_some_and(|list| list.entry(text.as_str()).is_none())
    {
        found.warning(path, Fault::new("choice.other"));
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::field::Field;
    use crate::problem::Severity;
    use crate::tests::sample::problem_at;

    #[rstest]
    #[case(Field::BusinessType, "Limited Liability Company", false)]
    #[case(Field::BusinessType, "limited liability company", false)]
    #[case(Field::BusinessType, "limited", true)]
    #[case(Field::IdType, "Passport", false)]
    #[case(Field::RoleType, "Passport", true)]
    #[case(Field::BusinessName, "limited", false)]
    fn other_text_is_warned_of(#[case] field: Field, #[case] typed: &str, #[case] warned: bool) {
        assert_eq!(problem_at(field, typed), warned.then(|| ("choice.other".to_owned(), Severity::Warning)));
    }
}
