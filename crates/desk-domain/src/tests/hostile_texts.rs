//! Texts that nobody types: huge, full of controls, broken. Every field reads each of them in the end, and says of it no
//! more than one thing.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::application::Application;
use crate::check::check;
use crate::draft::{Draft, Edit};
use crate::field::{FIELDS, Field};
use crate::form::{Form, places};
use crate::tests::sample::{CONTEXT, person, set, with};

/// A draft with the same text in every field.
fn everywhere(text: &str) -> Draft {
    let mut draft = Draft::default();
    for spec in FIELDS {
        set(&mut draft, spec.field, text);
    }
    draft.apply(&Edit::AddPerson { person: person(2), at: 1 });
    draft
}

fn is_said_once(draft: &Draft) {
    let found = check(draft, &CONTEXT);
    let mut paths: Vec<_> = found.problems.iter().map(|problem| problem.path).collect();
    paths.dedup();
    assert_eq!(paths.len(), found.problems.len(), "one problem a field");
    let _ = Application::of(draft, &CONTEXT, true);
    for path in places(draft, Form::Whole(crate::platform::Revision::Typed)) {
        let _ = draft.text(path);
    }
}

/// Twenty thousand characters of one kind each: a quadratic reader would take minutes for them.
#[test]
fn a_paste_of_twenty_thousand_characters_is_read_in_every_field() {
    let mut numbers = String::new();
    for number in 0..3000 {
        let _ = write!(numbers, "{number}, ");
    }
    let kinds = [
        "a",
        "1",
        " ",
        "\n",
        ".",
        "-",
        "+",
        "@",
        "(",
        "\"",
        "<",
        ":",
        "'",
        "#",
        "x",
        "灯",
        "\u{202E}",
        "\u{200B}",
        "\u{200D}",
        "\u{FFFD}",
        "\u{301}",
        "e\u{301}",
        "\u{0}",
        "a.",
        "1,",
        "(0)",
        "1 ",
        "a:",
        "月",
        "\u{1F468}\u{200D}",
        "ſ",
        "ﷺ",
    ];
    for text in kinds.iter().map(|kind| kind.repeat(20_000)).chain([numbers]) {
        is_said_once(&everywhere(&text));
    }
}

#[test]
fn controls_and_bidi_are_kept_flagged_and_not_sent() {
    let typed = "Lantern\u{202E} Quay\u{0}\u{7}\u{1B}[31m\u{FFFD} Trading";
    let draft = with(&[(Field::BusinessName, typed), (Field::RegistrationAddressLine1, typed)]);
    let problems = check(&draft, &CONTEXT).problems;
    assert_eq!(problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["text.controls"; 2]);
    for text in draft.texts.values() {
        assert_eq!(text, typed, "what was typed stays");
        assert_eq!(crate::value::text::clean(text), "Lantern Quay[31m Trading");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_makes_a_check_panic(text in any::<String>()) {
        is_said_once(&everywhere(&text));
    }

    #[test]
    fn nor_do_texts_that_look_like_something(
        text in r"[0-9+(). ,:/'@<>a-zA-Z年月日万\u{200B}\u{202E}\u{301}-]{0,40}",
        field in 0..FIELDS.len(),
        country in "(AU|CN|HK|US|JP|BR|GB|DE)?",
    ) {
        let mut draft = with(&[
            (Field::RegistrationAddressCountryCode, &country),
            (Field::BusinessIdentifierCountryCode, &country),
            (Field::IdIssuingCountryCode, &country),
            (Field::ResidentialAddressCountryCode, &country),
            (Field::BusinessIdentifierType, "Business Registration"),
            (Field::IdType, "National ID"),
        ]);
        set(&mut draft, FIELDS[field].field, &text);
        is_said_once(&draft);
    }
}
