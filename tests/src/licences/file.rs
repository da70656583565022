//! The file: every paragraph once, since most texts differ by the owner's alone.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::Library;

/// What stands between two paragraphs; desk-core joins them by it again.
const BETWEEN: &str = "\n\n";

/// What is written.
#[derive(Default)]
pub struct File {
    packages: Vec<Value>,
    texts: Once<Vec<usize>>,
    paragraphs: Once<String>,
}

/// Things in their order, each once.
#[derive(Default)]
struct Once<T> {
    all: Vec<T>,
    places: HashMap<T, usize>,
}

impl<T: Clone + Eq + std::hash::Hash> Once<T> {
    fn place(&mut self, thing: T) -> usize {
        let next = self.all.len();
        let place = *self.places.entry(thing.clone()).or_insert(next);
        if place == next {
            self.all.push(thing);
        }
        place
    }
}

impl File {
    /// Adds a library with its texts.
    pub fn add(&mut self, library: Library, texts: Vec<String>) {
        let mut places = Vec::new();
        for text in texts {
            let paragraphs = text.split(BETWEEN).map(|part| self.paragraphs.place(part.to_owned())).collect();
            let place = self.texts.place(paragraphs);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let Library { name, version, licence } = library;
        self.packages.push(json!([name, version, licence, places]));
    }

    /// The whole text, a line for each package, text and paragraph, so that a change shows as what it is.
    pub fn render(&self) -> String {
        let texts: Vec<Value> = self.texts.all.iter().map(|text| json!(text)).collect();
        let paragraphs: Vec<Value> = self.paragraphs.all.iter().map(|paragraph| json!(paragraph)).collect();
        let lines = |values: &[Value]| values.iter().map(Value::to_string).collect::<Vec<_>>().join(",\n");
        let [packages, texts, paragraphs] = [&self.packages, &texts, &paragraphs].map(|values| lines(values));
        format!(
            "{{\n\"packages\": [\n{packages}\n],\n\"texts\": [\n{texts}\n],\n\"paragraphs\": [\n{paragraphs}\n]\n}}\n"
        )
    }
}
