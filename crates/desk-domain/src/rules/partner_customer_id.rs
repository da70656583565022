//! Our id: a warning outside `[A-Za-z0-9._-]` (DECISIONS 5); its length is a fault of reading.

use super::Found;
use crate::path::FieldPath;
use crate::value::{Fault, Value};

pub(super) fn rules(path: FieldPath, value: &Value, found: &mut Found<'_>) {
    if let Value::PartnerCustomerId(id) = value
        && !id.is_portable()
    {
        found.warning(path, Fault::new("partner_customer_id.characters"));
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::field::Field;
    use crate::problem::Severity;
    use crate::tests::sample::problem_at;

    #[rstest]
    #[case("cd-0190a1b2-0000-7000-8000-000000000000", false)]
    #[case("Zff_Trading.2026-000417", false)]
    #[case("zff trading 2026 000417", true)]
    #[case("zff/trading/2026/000417", true)]
    #[case("灯码头贸易灯码头贸易灯码头贸易灯码头贸易", true)]
    fn characters_that_some_systems_refuse_are_warned_of(#[case] typed: &str, #[case] warned: bool) {
        let warning = ("partner_customer_id.characters".to_owned(), Severity::Warning);
        assert_eq!(problem_at(Field::PartnerCustomerId, typed), warned.then_some(warning));
    }
}
