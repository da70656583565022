//! Texts: what is not sent of them, the script of English names, and length. All warnings: no page confirms a limit.

use super::{Entry, Found};
use crate::field::{Field, FieldKind};
use crate::value::text::has_controls;
use crate::value::{Fault, Value};

/// Most characters of a name before a warning (UX D).
const NAME_MAX_CHARS: usize = 140;
/// Most characters of any other text before a warning: what a usual column of a database holds.
const TEXT_MAX_CHARS: usize = 255;

pub(super) fn rules(entry: &Entry<'_>, found: &mut Found<'_>) {
    let (path, spec) = (entry.path, entry.path.field().spec());
    let sent = match &entry.understood {
        Ok(Value::Text(text)) => text.as_str(),
        Ok(Value::FileId(id)) => id.as_str(),
        Ok(Value::PartnerCustomerId(id)) => id.as_str(),
        _ => return,
    };
    if has_controls(entry.typed) {
        found.warning(path, Fault::new("text.controls"));
    }
    if spec.kind == FieldKind::NameEnglish && !crate::value::text::is_latin(sent) {
        found.warning(path, Fault::new("name.script"));
    }
    if spec.kind == FieldKind::FileId && !is_plain_id(sent) {
        found.warning(path, Fault::new("file_id.characters"));
    }
    let max = match (spec.kind, spec.field) {
        (FieldKind::NameEnglish | FieldKind::NameLocal, _) => NAME_MAX_CHARS,
        // It has a rule of its own, with the least length too.
        (_, Field::GoodsServiceDescription) => return,
        _ => TEXT_MAX_CHARS,
    };
    let chars = sent.chars().count();
    if chars > max {
        found.warning(path, Fault::new("text.long").with("max", max).with("found", chars));
    }
}

/// Whether a file id has only characters of one plain word. No page says what one looks like: two ids in one field, the
/// name of a file and a sentence are what this is for.
fn is_plain_id(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-~:/+=@".contains(&byte))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::field::Field;
    use crate::problem::Severity;
    use crate::tests::sample::{problem_at, problems_of, with};

    #[rstest]
    #[case::latin(Field::BusinessNameEnglish, "Łódź Ångström & Söhne 3", None)]
    #[case::han(Field::BusinessNameEnglish, "灯码头贸易", Some("name.script"))]
    #[case::one_cyrillic_letter(Field::LastNameEnglish, "Zhаng", Some("name.script"))]
    #[case::a_local_name_is_opaque(Field::LastName, "张", None)]
    #[case::line_break(Field::RegistrationAddressLine1, "Level 3\n18 Harbour Street", Some("text.controls"))]
    #[case::trailing_newline(Field::RegistrationAddressLine1, "18 Harbour Street\n", None)]
    #[case::bidi(Field::BusinessName, "\u{202E}灯码头", Some("text.controls"))]
    #[case::zero_width(Field::IdNumber, "E123\u{200B}45678", Some("text.controls"))]
    #[case::zero_width_in_a_date_is_nothing(Field::BirthDate, "3 Apr\u{200B} 1988", None)]
    fn what_is_warned_of_in_a_text(#[case] field: Field, #[case] typed: &str, #[case] code: Option<&str>) {
        assert_eq!(problem_at(field, typed), code.map(|code| (code.to_owned(), Severity::Warning)));
    }

    #[rstest]
    #[case(Field::BusinessName, 140)]
    #[case(Field::FirstNameEnglish, 140)]
    #[case(Field::RegistrationAddressCity, 255)]
    #[case(Field::RegistrationAddressLine1, 255)]
    fn a_long_text_is_a_warning_only(#[case] field: Field, #[case] max: usize) {
        assert_eq!(problem_at(field, &"é".repeat(max)), None, "characters, not bytes");
        let problems = problems_of(&with(&[(field, &"é".repeat(max + 1))]));
        assert_eq!((problems[0].code.as_str(), problems[0].severity), ("text.long", Severity::Warning));
        assert_eq!(problems[0].params["found"], (max + 1).to_string());
    }
}
