//! What the tests share: a client, the contract's schemas, bodies of the pages.

#![expect(dead_code, reason = "each test file takes what it needs")]
#![expect(clippy::expect_used, reason = "what fails here fails the test")]

use std::{
    path::Path,
    sync::{Arc, Mutex, Once},
};

use chrono::{DateTime, TimeZone, Utc};
use desk_sandbox::{Account, Clock, Options, Sandbox};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Map, Value, json};

/// A clock that stands still, so that only `advance_clock` moves a status.
pub fn still_clock() -> Clock {
    Arc::new(noon)
}

pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 1, 12, 0, 0).single().expect("a time")
}

pub fn started() -> Sandbox {
    started_with(Options::default())
}

pub fn started_with(options: Options) -> Sandbox {
    Sandbox::start(Options { clock: still_clock(), ..options }).expect("starts on a free port")
}

pub fn client() -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        rustls::crypto::ring::default_provider().install_default().expect("the first provider");
    });
    Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().expect("a client")
}

/// One signed-in account.
pub struct Api {
    pub client: Client,
    pub account: Account,
}

impl Api {
    pub fn new(account: &Account) -> Self {
        Self { client: client(), account: account.clone() }
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        request.header("X-API-Key", &self.account.api_key).header("X-API-Secret", &self.account.api_secret)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.signed(self.client.post(format!("{}{path}", self.account.base_url)))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.signed(self.client.get(format!("{}{path}", self.account.base_url)))
    }

    pub fn post_text(&self, path: &str, body: impl Into<String>) -> RequestBuilder {
        self.post(path).header("Content-Type", "application/json").body(body.into())
    }

    pub async fn create(&self, body: &Value) -> (u16, Value) {
        answer(self.post_text("/api/customers/create", body.to_string()).send().await.expect("an answer")).await
    }

    pub async fn update(&self, customer_id: &str, body: &Value) -> (u16, Value) {
        let path = format!("/api/customers/{customer_id}/update");
        answer(self.post_text(&path, body.to_string()).send().await.expect("an answer")).await
    }

    pub async fn detail(&self, key: &str, id: &str) -> (u16, Value) {
        let request = self.get("/api/customers/detail").query(&[(key, id)]);
        answer(request.send().await.expect("an answer")).await
    }
}

/// Status and JSON of an answer, read with all digits of its numbers.
pub async fn answer(response: Response) -> (u16, Value) {
    assert!(response.headers().contains_key("x-request-id"), "every answer carries its trace");
    let status = response.status().as_u16();
    let text = response.text().await.expect("a body");
    (status, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{status} {error}: {text}")))
}

/// A body of the pages with values for its placeholders.
pub fn page_body(page: &str, partner_customer_id: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/bodies/{page}.json"));
    let text = std::fs::read_to_string(path).expect("a page's body").replace("<string>", "value");
    let mut body: Value = serde_json::from_str(&text).expect("JSON");
    if body.get("partner_customer_id").is_some() {
        body["partner_customer_id"] = partner_customer_id.into();
    }
    body
}

/// The least body that a create takes.
pub fn least(partner_customer_id: &str) -> Value {
    json!({ "partner_customer_id": partner_customer_id, "business_details": {}, "registration_address": {} })
}

/// The contract, from the copy in the tests folder of the workspace.
pub fn contract() -> Value {
    contract_of("axisfi")
}

pub fn contract_of(platform: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../tests/contracts/{platform}.openapi.yaml"));
    let text = std::fs::read_to_string(path).expect("tests/contracts holds the contract");
    serde_norway::from_str(&text).expect("YAML")
}

/// One schema of the contract.
pub struct Schema(jsonschema::Validator);

impl Schema {
    /// With patterns; with formats only where asked: the contract lets an answer break them.
    pub fn of(name: &str, formats: bool) -> Self {
        Self::inline(json!({ "$ref": format!("#/components/schemas/{name}") }), formats)
    }

    pub fn inline(schema: Value, formats: bool) -> Self {
        Self::in_contract(&contract(), schema, formats)
    }

    pub fn in_contract(contract: &Value, mut schema: Value, formats: bool) -> Self {
        let components = contract["components"].clone();
        schema.as_object_mut().unwrap_or(&mut Map::new()).insert("components".to_owned(), components);
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
        Self(options.should_validate_formats(formats).build(&schema).expect("a schema"))
    }

    pub fn faults(&self, value: &Value) -> Vec<String> {
        self.0.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    pub fn assert(&self, value: &Value) {
        let faults = self.faults(value);
        assert!(faults.is_empty(), "{faults:#?}\n{value:#}");
    }
}

/// The fields an error names, in their order.
pub fn named_fields(error: &Value) -> Vec<String> {
    let details = error["error"]["details"].as_array().map(Vec::as_slice).unwrap_or_default();
    details.iter().filter_map(|detail| detail["field"].as_str().map(str::to_owned)).collect()
}

/// A clock that a test moves.
pub struct Hand(Arc<Mutex<DateTime<Utc>>>);

impl Hand {
    pub fn at_noon() -> Self {
        Self(Arc::new(Mutex::new(noon())))
    }

    pub fn clock(&self) -> Clock {
        let time = Arc::clone(&self.0);
        Arc::new(move || *time.lock().expect("a time"))
    }

    pub fn forward(&self, seconds: i64) {
        *self.0.lock().expect("a time") += chrono::TimeDelta::seconds(seconds);
    }
}
