//! The contract as a validator: an OpenAPI 3.1 schema is a JSON Schema of 2020-12.

use serde_json::{Value, json};

/// One contract, whole, so that `#/components/...` finds what it names.
pub struct Contract {
    document: Value,
}

impl Contract {
    /// tests/contracts/axisfi.openapi.yaml.
    pub fn axisfi() -> Self {
        let text = include_str!("../../../../../tests/contracts/axisfi.openapi.yaml");
        Self { document: serde_norway::from_str(text).unwrap() }
    }

    /// Why a value does not fit a schema of the contract; nothing where it does.
    pub fn faults(&self, schema: &str, value: &Value) -> Vec<String> {
        let root = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": format!("#/components/schemas/{schema}"),
            "components": self.document["components"],
        });
        let validator = jsonschema::options().should_validate_formats(true).build(&root).unwrap();
        validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
    }

    /// Why the body of a call that sends a file does not fit, in this encoding; nothing where it does.
    #[cfg(feature = "client")]
    pub fn upload_faults(&self, content_type: &str, body: &Value) -> Vec<String> {
        let content = &self.document["paths"]["/api/files/upload"]["post"]["requestBody"]["content"];
        let mut root = content[content_type]["schema"].clone();
        assert!(root.is_object(), "the contract knows {content_type}");
        root["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        root["components"] = self.document["components"].clone();
        let validator = jsonschema::options().build(&root).unwrap();
        validator.iter_errors(body).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
    }

    /// The names of a schema's properties, those of its parts included, sorted.
    pub fn properties(&self, schema: &str) -> Vec<String> {
        let mut names = Vec::new();
        self.collect(&self.document["components"]["schemas"][schema], &mut names);
        names.sort_unstable();
        names
    }

    fn collect(&self, schema: &Value, names: &mut Vec<String>) {
        if let Some(properties) = schema["properties"].as_object() {
            names.extend(properties.keys().cloned());
        }
        if let Some(reference) = schema["$ref"].as_str() {
            self.collect(self.document.pointer(&reference[1..]).unwrap(), names);
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.collect(part, names);
        }
    }
}
