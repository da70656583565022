//! The contract as a validator: an OpenAPI 3.1 schema is a JSON Schema of 2020-12.

use serde_json::{Value, json};

/// A request and its answer, as a contract sees them.
#[cfg(feature = "client")]
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The path of the contract.
    pub path: &'static str,
    /// In lower case.
    pub method: String,
    pub query: Vec<(String, String)>,
    pub idempotency_id: Option<String>,
    /// Content type and body; a form as an object of texts.
    pub sent: Option<(String, Value)>,
    pub status: u16,
    pub answered: Value,
}

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

    /// tests/contracts/bultra.openapi.yaml.
    #[cfg(feature = "client")]
    pub fn bultra() -> Self {
        let text = include_str!("../../../../../tests/contracts/bultra.openapi.yaml");
        Self { document: serde_norway::from_str(text).unwrap() }
    }

    /// Why a value does not fit a schema of the contract; nothing where it does.
    pub fn faults(&self, schema: &str, value: &Value) -> Vec<String> {
        self.misfits(&json!({ "$ref": format!("#/components/schemas/{schema}") }), value)
    }

    fn misfits(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut root = schema.clone();
        root["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        root["components"] = self.document["components"].clone();
        let validator = jsonschema::options().should_validate_formats(true).build(&root).unwrap();
        validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
    }

    /// What a `$ref` names.
    #[cfg(feature = "client")]
    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        value["$ref"].as_str().map_or(value, |name| self.document.pointer(&name[1..]).unwrap())
    }

    /// Why a request is none of the contract's: its path and method, its query, its idempotency id, its body.
    #[cfg(feature = "client")]
    pub fn request_faults(&self, exchange: &Exchange) -> Vec<String> {
        let operation = &self.document["paths"][exchange.path][exchange.method.as_str()];
        if !operation.is_object() {
            return vec![format!("no {} {}", exchange.method, exchange.path)];
        }
        let parameters: Vec<&Value> = operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|parameter| self.resolved(parameter))
            .collect();
        let declared = |place: &str, name: &str| {
            parameters.iter().find(|found| found["in"] == place && found["name"] == name).map(|found| &found["schema"])
        };
        let mut faults = Vec::new();
        let sent = exchange.query.iter().map(|(name, value)| ("query", name.as_str(), value.as_str()));
        let id = exchange.idempotency_id.iter().map(|id| ("header", "x-bultra-idempotency-id", id.as_str()));
        for (place, name, value) in sent.chain(id) {
            let Some(schema) = declared(place, name) else {
                faults.push(format!("no {place} parameter {name}"));
                continue;
            };
            let is_number = self.resolved(schema)["type"] == "integer";
            let value = if is_number { serde_json::from_str(value).unwrap_or(json!(value)) } else { json!(value) };
            faults.extend(self.misfits(schema, &value));
        }
        match (&operation["requestBody"]["content"], &exchange.sent) {
            (Value::Null, None) => {}
            (content, Some((content_type, body))) if content[content_type].is_object() => {
                faults.extend(self.misfits(&content[content_type]["schema"], body));
            }
            (_, sent) => faults.push(format!("a body of another kind: {:?}", sent.as_ref().map(|sent| &sent.0))),
        }
        faults
    }

    /// Why an answer does not fit.
    #[cfg(feature = "client")]
    pub fn answer_faults(&self, exchange: &Exchange) -> Vec<String> {
        let responses = &self.document["paths"][exchange.path][exchange.method.as_str()]["responses"];
        let declared = responses.get(exchange.status.to_string()).unwrap_or(&responses["default"]);
        let schema = &self.resolved(declared)["content"]["application/json"]["schema"];
        self.misfits(schema, &exchange.answered)
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
