//! Rules of what the account is for: the description beside the name, the amount beside its currency.

use super::rule::{Cases, Rule, at};
use super::{Found, Sheet};
use crate::field::Field;
use crate::path::FieldPath;
use crate::problem::Severity;
use crate::value::text::is_latin;
use crate::value::{Fault, Value};

/// Fewest characters of a description of goods and services (UX D).
const DESCRIPTION_MIN_CHARS: usize = 10;
/// The same in scripts whose characters are words or syllables.
const DESCRIPTION_MIN_OTHER_CHARS: usize = 4;
/// Most characters of one (UX D).
const DESCRIPTION_MAX_CHARS: usize = 500;
/// Fewest words of one, in scripts that part them (UX D).
const DESCRIPTION_MIN_WORDS: usize = 2;

const DESCRIPTION: &[Field] = &[Field::GoodsServiceDescription];
const AMOUNT: &[Field] = &[Field::EstimatedMonthlyRevenueAmount];

macro_rules! hundred {
    () => {
        "lamps and lanterns to hotels and restaurants, lamps and lanterns to hotels and restaurants, lamps to"
    };
}
const LONG: &str = concat!(hundred!(), hundred!(), hundred!(), hundred!(), hundred!(), "!");
const LONGEST: &str = concat!(hundred!(), hundred!(), hundred!(), hundred!(), hundred!());

/// The rows of the book.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "description.name",
        severity: Severity::Warning,
        fields: DESCRIPTION,
        asks: "The description says what the business sells, not its name again",
        confirmed: None,
        params: &[],
        breaks: Cases::Beside(&[
            &[
                at(Field::BusinessNameEnglish, "Lantern Quay Trading"),
                at(Field::GoodsServiceDescription, " lantern quay  TRADING."),
            ],
            &[at(Field::BusinessName, "灯码头贸易"), at(Field::GoodsServiceDescription, "灯码头贸易")],
        ]),
        keeps: Cases::Beside(&[
            &[
                at(Field::BusinessNameEnglish, "Lantern Quay Trading"),
                at(Field::GoodsServiceDescription, "Lantern Quay Trading sells lamps"),
            ],
            &[at(Field::GoodsServiceDescription, "Lantern Quay Trading")],
        ]),
    },
    Rule {
        code: "description.words",
        severity: Severity::Warning,
        fields: DESCRIPTION,
        asks: "The description has two words at least, in scripts that part words",
        confirmed: None,
        params: &["min"],
        breaks: Cases::Alone(&["Trading", "Electronics"]),
        keeps: Cases::Alone(&["Lamp wholesale", "批发灯具给酒店", "ขายโคมไฟ"]),
    },
    Rule {
        code: "description.length",
        severity: Severity::Warning,
        fields: DESCRIPTION,
        asks: "The description has 10 to 500 characters, 4 at least where a character is a syllable",
        confirmed: None,
        params: &["found", "max", "min"],
        breaks: Cases::Alone(&["Of lamps", "灯具", LONG]),
        keeps: Cases::Alone(&["Sells lamp", "批发灯具", LONGEST]),
    },
    Rule {
        code: "amount.unreadable",
        severity: Severity::Error,
        fields: AMOUNT,
        asks: "The amount is a number, in any usual way of writing one",
        confirmed: None,
        params: &[],
        breaks: Cases::Alone(&["a lot", "1,23,45", "10k-20k", "12,000 per year"]),
        keeps: Cases::Alone(&[
            "12k",
            "1.2m",
            "12万",
            "1,234.50",
            "1.234,50",
            "12,34,567",
            "1'234.50",
            "1 234 567",
            "$ 99.99",
        ]),
    },
    Rule {
        code: "amount.ambiguous",
        severity: Severity::Error,
        fields: AMOUNT,
        asks: "A mark before three digits or more says whether it groups them",
        confirmed: None,
        params: &["a", "b"],
        breaks: Cases::Alone(&["1.234", "1.234k", "10,0000", "1000,000"]),
        keeps: Cases::Alone(&["1234", "1.23", "12,000", "1.2345k"]),
    },
    Rule {
        code: "amount.not_positive",
        severity: Severity::Error,
        fields: AMOUNT,
        asks: "The amount is more than 0",
        confirmed: None,
        params: &[],
        breaks: Cases::Alone(&["0", "0.00", "-5", "(1,234.50)"]),
        keeps: Cases::Alone(&["0.01", "1"]),
    },
    Rule {
        code: "amount.digits",
        severity: Severity::Error,
        fields: AMOUNT,
        asks: "The amount has no more digits after the point than its currency (ISO 4217)",
        confirmed: None,
        params: &["currency", "digits"],
        breaks: Cases::Beside(&[
            &[at(Field::EstimatedMonthlyRevenueCurrency, "JPY"), at(Field::EstimatedMonthlyRevenueAmount, "99.99")],
            &[at(Field::EstimatedMonthlyRevenueCurrency, "USD"), at(Field::EstimatedMonthlyRevenueAmount, "0.5555")],
        ]),
        keeps: Cases::Beside(&[
            &[at(Field::EstimatedMonthlyRevenueCurrency, "JPY"), at(Field::EstimatedMonthlyRevenueAmount, "99.00")],
            &[at(Field::EstimatedMonthlyRevenueCurrency, "KWD"), at(Field::EstimatedMonthlyRevenueAmount, "0.555")],
            &[at(Field::EstimatedMonthlyRevenueAmount, "0.5555")],
        ]),
    },
    Rule {
        code: "amount.large",
        severity: Severity::Warning,
        fields: AMOUNT,
        asks: "An amount over about 10 million US dollars is looked at twice",
        confirmed: None,
        params: &["amount", "currency"],
        breaks: Cases::Beside(&[
            &[at(Field::EstimatedMonthlyRevenueCurrency, "USD"), at(Field::EstimatedMonthlyRevenueAmount, "10.5m")],
            &[
                at(Field::EstimatedMonthlyRevenueCurrency, "JPY"),
                at(Field::EstimatedMonthlyRevenueAmount, "2,000,000,000"),
            ],
        ]),
        keeps: Cases::Beside(&[
            &[at(Field::EstimatedMonthlyRevenueCurrency, "USD"), at(Field::EstimatedMonthlyRevenueAmount, "10m")],
            &[
                at(Field::EstimatedMonthlyRevenueCurrency, "VND"),
                at(Field::EstimatedMonthlyRevenueAmount, "90,000,000,000"),
            ],
            &[at(Field::EstimatedMonthlyRevenueAmount, "90,000,000,000")],
        ]),
    },
];

pub(super) fn rules(sheet: &Sheet<'_>, found: &mut Found<'_>) {
    description(sheet, found);
    amount(sheet, found);
}

fn description(sheet: &Sheet<'_>, found: &mut Found<'_>) {
    let Some((path, text)) = text(sheet, Field::GoodsServiceDescription) else { return };
    for field in [Field::BusinessNameEnglish, Field::BusinessName] {
        if let Some((name, of_business)) = self::text(sheet, field)
            && words(of_business) == words(text)
        {
            found.warning_beside(path, name, Fault::new("description.name"));
        }
    }
    let latin = is_latin(text);
    if latin && words(text).len() < DESCRIPTION_MIN_WORDS {
        found.warning(path, Fault::new("description.words").with("min", DESCRIPTION_MIN_WORDS));
    }
    let (min, max) = (if latin { DESCRIPTION_MIN_CHARS } else { DESCRIPTION_MIN_OTHER_CHARS }, DESCRIPTION_MAX_CHARS);
    let chars = text.chars().count();
    if !(min..=max).contains(&chars) {
        found.warning(path, Fault::new("description.length").with("min", min).with("max", max).with("found", chars));
    }
}

/// The words of a text as they are compared: in lower case, without signs.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|char: char| !char.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn amount(sheet: &Sheet<'_>, found: &mut Found<'_>) {
    let place = |field| FieldPath::of(field).and_then(|path| Some((path, sheet.value(path)?)));
    if let Some((path, Value::Amount(amount))) = place(Field::EstimatedMonthlyRevenueAmount)
        && let Some((other, Value::Currency(currency))) = place(Field::EstimatedMonthlyRevenueCurrency)
        && amount.is_large(*currency)
    {
        let fault = Fault::new("amount.large");
        let fault = if found.counts(path) { fault.with("amount", amount) } else { fault };
        let fault = if found.counts(other) { fault.with("currency", currency) } else { fault };
        found.warning_beside(path, other, fault);
    }
}

fn text<'a>(sheet: &'a Sheet<'_>, field: Field) -> Option<(FieldPath, &'a str)> {
    let path = FieldPath::of(field)?;
    match sheet.value(path)? {
        Value::Text(text) => Some((path, text.as_str())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::field::Field;
    use crate::problem::Severity;
    use crate::tests::sample::{problem_at, problems_of, with};

    #[rstest]
    #[case("Trading", Some("description.words"))]
    #[case("Of lamps", Some("description.length"))]
    #[case("Lamp wholesale", None)]
    #[case("批发灯具给酒店", None)]
    #[case("灯具", Some("description.length"))]
    #[case("5072", Some("description.words"))]
    fn what_is_warned_of_in_a_description(#[case] typed: &str, #[case] code: Option<&str>) {
        let found = problem_at(Field::GoodsServiceDescription, typed);
        assert_eq!(found, code.map(|code| (code.to_owned(), Severity::Warning)));
    }

    #[rstest]
    #[case(500, None)]
    #[case(501, Some("501"))]
    fn a_description_has_at_most_500_characters(#[case] chars: usize, #[case] found: Option<&str>) {
        let text = format!("é {}", "é".repeat(chars - 2));
        let problems = problems_of(&with(&[(Field::GoodsServiceDescription, &text)]));
        assert_eq!(problems.first().map(|problem| problem.params["found"].as_str()), found);
    }

    #[test]
    fn a_large_amount_says_which() {
        let draft =
            with(&[(Field::EstimatedMonthlyRevenueCurrency, "usd"), (Field::EstimatedMonthlyRevenueAmount, "12.5m")]);
        let problems = problems_of(&draft);
        assert_eq!(
            (problems[0].params["amount"].as_str(), problems[0].params["currency"].as_str()),
            ("12500000", "USD")
        );
    }
}
