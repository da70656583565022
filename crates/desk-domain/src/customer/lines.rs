//! [`lines`]: an answer line by line, and [`Leaf`]: the one decision what a leaf of it is to this program.

use serde_json::Value;

use super::path::{CustomerPath, Known, Step, known, spell};
use super::{UnknownLeaf, known_text, walk};
use crate::bultra::{self, Pieces};
use crate::platform::Kind;

/// What a leaf of an answer is to this program: a scalar, an empty object or an empty list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// The value of a known field, or that it came empty.
    Known(CustomerPath),
    /// A section, a person or a group of theirs that came as `{}`, `[]` or `null`.
    Empty,
    /// No field, but known, and not personal: the status of an account. Only [`lines_of`] says so.
    Plain,
    /// Nothing this program knows, or a value of another kind than expected. It may be anything, personal too.
    Unknown,
}

impl Leaf {
    pub(crate) fn at(steps: &[Step<'_>], json: &Value) -> Self {
        match (known(steps), json) {
            (Known::Leaf(path), Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null)
            | (Known::List(path), Value::Null | Value::Array(_)) => Self::Known(path),
            (Known::Object, Value::Null | Value::Object(_)) | (Known::Persons, Value::Null | Value::Array(_)) => {
                Self::Empty
            }
            _ => Self::Unknown,
        }
    }
}

/// One object, list or leaf of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'a> {
    /// Its path, spelled as that of [`UnknownLeaf`](super::UnknownLeaf); empty for the whole answer.
    pub path: String,
    /// How deep it lies, from 0.
    pub depth: u32,
    /// Its key, or its place in a list; empty for the whole answer.
    pub key: String,
    /// What stands there.
    pub json: &'a Value,
    /// What it is, for a leaf; `None` for an object or a list that holds something.
    pub leaf: Option<Leaf>,
}

/// Every object, list and leaf of an answer, in its order.
#[must_use]
pub fn lines(answer: &Value) -> Vec<Line<'_>> {
    all(answer, &Leaf::at)
}

/// Every object, list and leaf of a platform's answer as it came, each leaf being what it is to this program: the field that
/// it is a value of, wherever the platform has it.
#[must_use]
pub fn lines_of(kind: Kind, answer: &Value) -> Vec<Line<'_>> {
    match kind {
        Kind::Axisfi => lines(answer),
        Kind::Bultra => {
            let pieces = Pieces::of(answer);
            all(answer, &|steps, json| pieces.as_ref().map_or(Leaf::Unknown, |pieces| pieces.leaf(steps, json)))
        }
    }
}

/// The text of a leaf of a platform's answer, by its path in the answer as it came: what a [`Customer`](super::Customer) has
/// of it. `None` where there is no such leaf, or nothing in it to show.
#[must_use]
pub fn text_at(kind: Kind, answer: &Value, path: &str) -> Option<String> {
    let pieces = (kind == Kind::Bultra).then(|| Pieces::of(answer));
    let leaf_at = |steps: &[Step<'_>], json: &Value| match &pieces {
        Some(pieces) => pieces.as_ref().map_or(Leaf::Unknown, |pieces| pieces.leaf(steps, json)),
        None => Leaf::at(steps, json),
    };
    let mut text = None;
    walk(answer, &mut Vec::new(), &mut |steps, json| {
        let spelled = spell(steps);
        if spelled == path {
            text = match leaf_at(steps, json) {
                Leaf::Known(_) => Some(known_text(json)),
                Leaf::Plain | Leaf::Unknown => Some(UnknownLeaf { path: spelled, json: json.clone() }.text()),
                Leaf::Empty => None,
            };
        }
    });
    text
}

/// Whether a leaf that is no field is known to the platform's pages and not personal: it is shown as it is. The path is that
/// of an [`UnknownLeaf`].
#[must_use]
pub fn is_plain_unknown(kind: Kind, path: &str) -> bool {
    kind == Kind::Bultra && bultra::is_plain(path)
}

fn all<'a>(answer: &'a Value, leaf: &dyn Fn(&[Step<'_>], &Value) -> Leaf) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    add(answer, &mut Vec::new(), leaf, &mut lines);
    lines
}

fn add<'a>(
    json: &'a Value,
    steps: &mut Vec<Step<'a>>,
    leaf: &dyn Fn(&[Step<'_>], &Value) -> Leaf,
    lines: &mut Vec<Line<'a>>,
) {
    let holds = match json {
        Value::Object(entries) => !entries.is_empty(),
        Value::Array(entries) => !entries.is_empty(),
        _ => false,
    };
    lines.push(Line {
        path: spell(steps),
        depth: u32::try_from(steps.len()).unwrap_or(u32::MAX),
        key: match steps.last() {
            Some(Step::Key(key)) => (*key).to_owned(),
            Some(Step::At(at)) => at.to_string(),
            None => String::new(),
        },
        json,
        leaf: (!holds).then(|| leaf(steps, json)),
    });
    let mut below = |step: Step<'a>, json: &'a Value| {
        steps.push(step);
        add(json, steps, leaf, lines);
        steps.pop();
    };
    match json {
        Value::Object(entries) => entries.iter().for_each(|(key, json)| below(Step::Key(key), json)),
        Value::Array(entries) => entries.iter().enumerate().for_each(|(at, json)| below(Step::At(at), json)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customer::Customer;

    const ANSWER: &str = r#"{ "status": "Processing", "customer_id": "cus_1", "risk": { "a/b": [1.50, null], "none": {} },
        "account_usage": { "estimated_monthly_revenue_amount": 12345678901234567.80 }, "registration_address": {},
        "business_details": { "business_identifier_document_list": [], "business_name": null },
        "business_person_list": [{ "basic_info": {} }, {}] }"#;

    #[test]
    fn every_object_list_and_leaf_has_its_line_in_the_order_of_the_answer() {
        let answer: Value = serde_json::from_str(ANSWER).unwrap();
        let spelled: Vec<_> = lines(&answer)
            .into_iter()
            .map(|line| {
                let leaf = match line.leaf {
                    None => "holds".to_owned(),
                    Some(Leaf::Known(path)) => format!("known {path}"),
                    Some(Leaf::Empty) => "empty".to_owned(),
                    Some(Leaf::Plain) => "plain".to_owned(),
                    Some(Leaf::Unknown) => format!("unknown {}", line.json),
                };
                format!("{} {}|{}: {leaf}", line.depth, line.path, line.key)
            })
            .collect();
        let expected = [
            "0 |: holds",
            "1 status|status: known status",
            "1 customer_id|customer_id: known customer_id",
            "1 risk|risk: holds",
            "2 risk/a~1b|a/b: holds",
            "3 risk/a~1b/0|0: unknown 1.50",
            "3 risk/a~1b/1|1: unknown null",
            "2 risk/none|none: unknown {}",
            "1 account_usage|account_usage: holds",
            "2 account_usage/estimated_monthly_revenue_amount|estimated_monthly_revenue_amount: known account_usage/estimated_monthly_revenue_amount",
            "1 registration_address|registration_address: empty",
            "1 business_details|business_details: holds",
            "2 business_details/business_identifier_document_list|business_identifier_document_list: known business_details/business_identifier_document_list",
            "2 business_details/business_name|business_name: known business_details/business_name",
            "1 business_person_list|business_person_list: holds",
            "2 business_person_list/0|0: holds",
            "3 business_person_list/0/basic_info|basic_info: empty",
            "2 business_person_list/1|1: empty",
        ];
        assert_eq!(spelled, expected);
    }

    #[test]
    fn lines_and_customer_agree_on_every_leaf() {
        let answer: Value = serde_json::from_str(ANSWER).unwrap();
        let customer = Customer::from_json(&answer).unwrap();
        for line in lines(&answer) {
            match line.leaf {
                Some(Leaf::Known(path)) => assert!(customer.leaf(path).is_some() && path.to_string() == line.path),
                Some(Leaf::Unknown) => assert!(customer.unknown.iter().any(|leaf| leaf.path == line.path)),
                Some(Leaf::Empty) => assert!(customer.empty.contains(&line.path)),
                Some(Leaf::Plain) => panic!("{} is plain of AxisFI", line.path),
                None => {}
            }
        }
    }
}
