//! An answer of Bultra may hold anything: it opens, every leaf of it is shown or masked, and it can be changed (page 004).

use std::fmt::Write as _;

use rstest::rstest;
use serde_json::{Map, Value, json};

use super::bultra_records::{change, computer, everybody, held, individual, practice};

/// Random shapes of an answer: parts that are missing, null, of another kind, and what no page names.
struct Shapes(u64);

impl Shapes {
    fn next(&mut self, below: u64) -> u64 {
        // Knuth's MMIX generator: the same answers on every computer.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        let _ = write!(word, "w{}", self.next(1 << 30));
        word
    }

    fn any(&mut self, depth: u32) -> Value {
        match self.next(if depth > 2 { 6 } else { 9 }) {
            0 => Value::Null,
            1 => json!(self.next(2) == 0),
            2 => serde_json::from_str("12345678901234567.890").unwrap(),
            3 => json!(self.next(1_000_000)),
            4 => json!(""),
            5 => json!(self.word()),
            6 => (0..self.next(3)).map(|_| self.any(depth + 1)).collect(),
            _ => {
                let entries = (0..self.next(4)).map(|_| (self.key(), self.any(depth + 1)));
                Value::Object(entries.collect::<Vec<_>>().into_iter().collect())
            }
        }
    }

    fn key(&mut self) -> String {
        const KEYS: [&str; 14] = [
            "name",
            "legal_name",
            "address",
            "a/b",
            "id",
            "role",
            "city",
            "registration_address",
            "customer_id",
            "email",
            "first_name",
            "directors",
            "~",
            "owners",
        ];
        let at = self.next(KEYS.len() as u64 + 4);
        KEYS.get(usize::try_from(at).unwrap()).map_or_else(|| self.word(), |key| (*key).to_owned())
    }

    /// Some keys of an answer are left out, some hold anything, some are new.
    fn shape(&mut self, held: &mut Map<String, Value>) {
        let keys: Vec<String> =
            held.keys().filter(|key| !["id", "customer_id"].contains(&key.as_str())).cloned().collect();
        for key in keys {
            match self.next(5) {
                0 => drop(held.remove(&key)),
                1 => held[&key] = self.any(0),
                2 => {
                    if let Some(Value::Object(below)) = held.get_mut(&key) {
                        self.shape(below);
                    }
                }
                _ => {}
            }
        }
        for _ in 0..self.next(3) {
            let key = self.key();
            if !["id", "customer_id", "error"].contains(&key.as_str()) {
                let value = self.any(0);
                held.insert(key, value);
            }
        }
    }
}

/// Every leaf of an answer: its place, and its text as the platform said it.
fn leaves(json: &Value, path: &str, found: &mut Vec<(String, Value)>) {
    let below = |key: &str| {
        let key = key.replace('~', "~0").replace('/', "~1");
        if path.is_empty() { key } else { format!("{path}/{key}") }
    };
    match json {
        Value::Object(entries) if !entries.is_empty() => {
            entries.iter().for_each(|(key, json)| leaves(json, &below(key), found));
        }
        Value::Array(entries) if !entries.is_empty() => {
            entries.iter().enumerate().for_each(|(at, json)| leaves(json, &below(&at.to_string()), found));
        }
        json => found.push((path.to_owned(), json.clone())),
    }
}

/// How many individuals, persons and companies take on the shapes in turn.
const OF_EACH: usize = 4;

/// A thousand of them, a quarter in each case.
#[rstest]
#[tokio::test]
async fn an_answer_of_any_shape_opens_and_loses_nothing(#[values(7, 19, 41, 83)] seed: u64) {
    let computer = computer();
    let program = computer.start().await;
    // Several of each: every call about a customer costs the more the more readings of it are kept.
    let (persons, companies) = (everybody(&computer, "INDIVIDUAL"), everybody(&computer, "CORPORATION"));
    assert!(persons.len() >= OF_EACH && companies.len() >= OF_EACH, "{} {}", persons.len(), companies.len());
    let records: Vec<_> = persons.iter().zip(&companies).take(OF_EACH).collect();
    let records: Vec<_> = records
        .iter()
        .flat_map(|(person, company)| [individual(company), person.id.clone(), company.id.clone()])
        .collect();
    let first: Vec<_> = records.iter().map(|id| held(&computer, id)).collect();
    let connection = practice(&program).await;
    let mut shapes = Shapes(seed);
    for round in 0..250 {
        let (id, whole) = (&records[round % records.len()], &first[round % records.len()]);
        change(&computer, id, |held| {
            *held = whole.as_object().unwrap().clone();
            shapes.shape(held);
        });
        let answer = held(&computer, id);
        let by = json!({ "connection": connection, "by": "customer_id", "value": id });
        let view = program.run("customer_lookup", by).await;
        assert_eq!(view["customer_id"], json!(id), "{answer}");
        let at = json!({ "connection": connection, "customer_id": id });
        let raw = program.call("customer_raw", at.clone()).await;
        let lines = raw["lines"].as_array().unwrap();
        says_all(lines, &answer);
        let mut compare = at.clone();
        compare.as_object_mut().unwrap().extend([
            ("before".to_owned(), Value::Null),
            ("after".to_owned(), Value::Null),
            ("all".to_owned(), json!(true)),
        ]);
        let compared = program.call("reading_compare", compare).await;
        if round % 5 == 0 {
            let open = program.call("customer_open", at.clone()).await;
            assert_eq!(open["sections"], view["sections"], "{answer}");
            // What is masked can be shown, by the place that the record names and by that of the raw answer.
            let masked = lines.iter().filter(|line| line["masked"] == true).map(|line| line["path"].clone());
            let unknown = view["unknown"].as_array().unwrap().iter().map(|leaf| leaf["path"].clone());
            for path in masked.chain(unknown) {
                let mut request = at.clone();
                request["path"] = path;
                program.call("customer_reveal", request).await;
            }
            let draft = program.call("update_begin", at.clone()).await;
            let review = program.call("draft_review", json!({ "draft": draft["id"] })).await;
            assert_eq!(review["update"]["problem"], "update.nothing", "{answer}: {review}");
            program.call("draft_delete", json!({ "draft": draft["id"] })).await;
            let seen = json!({ "connection": connection, "customer_id": id, "reading": compared["after"]["id"] });
            program.call("customer_seen", seen).await;
        }
    }
}

/// Every leaf of an answer has its line, masked or as it came.
fn says_all(lines: &[Value], answer: &Value) {
    let mut said = Vec::new();
    leaves(answer, "", &mut said);
    for (path, json) in &said {
        let line =
            lines.iter().find(|line| line["path"] == json!(path)).unwrap_or_else(|| panic!("{path} of {answer}"));
        let text = match json {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let holds = json.is_object() || json.is_array();
        assert!(line["masked"] == true || holds || line["text"] == json!(text), "{path} of {answer}: {line}");
    }
}
