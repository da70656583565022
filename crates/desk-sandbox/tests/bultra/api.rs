//! A client of these tests, which holds every answer against the contract.

use std::sync::LazyLock;

use desk_sandbox::{BultraAccount, Options, Sandbox};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::support::{Schema, answer, client, contract_of, started_with};

static CONTRACT: LazyLock<Value> = LazyLock::new(|| contract_of("bultra"));

/// A sandbox with as many customers as most tests need: making them all takes longer than asking about one.
pub fn few() -> Sandbox {
    started_with(Options { bultra_customers: 200, ..Options::default() })
}

/// One client with one token.
pub struct Bultra {
    pub client: Client,
    pub account: BultraAccount,
    pub token: String,
}

impl Bultra {
    pub async fn new(sandbox: &Sandbox) -> Self {
        Self::with_scope(sandbox, None).await
    }

    pub async fn with_scope(sandbox: &Sandbox, scope: Option<&str>) -> Self {
        let mut api = Self { client: client(), account: sandbox.bultra.clone(), token: String::new() };
        let (status, given) = api.ask_token(scope).await;
        assert_eq!(status, 200, "{given}");
        given["access_token"].as_str().expect("a token").clone_into(&mut api.token);
        api
    }

    pub async fn ask_token(&self, scope: Option<&str>) -> (u16, Value) {
        let scope = scope.map(|scope| format!("&scope={}", scope.replace(' ', "+"))).unwrap_or_default();
        let form = format!("grant_type=client_credentials{scope}");
        let (status, body) = answer(self.token_request(&form).send().await.expect("an answer")).await;
        if status == 200 {
            Schema::in_contract(&CONTRACT, schema("/oauth2/token", "post"), true).assert(&body);
        }
        (status, body)
    }

    pub fn token_request(&self, form: &str) -> RequestBuilder {
        let request = self.client.post(&self.account.token_url);
        let request = request.basic_auth(&self.account.client_id, Some(&self.account.client_secret));
        request.header("Content-Type", "application/x-www-form-urlencoded").body(form.to_owned())
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.account.base_url)).bearer_auth(&self.token)
    }

    pub fn patch_request(&self, path: &str, body: &Value) -> RequestBuilder {
        self.request(Method::PATCH, path).header("Content-Type", "application/json").body(body.to_string())
    }

    pub async fn list(&self, query: &str) -> (u16, Value) {
        let request = self.request(Method::GET, &format!("/customers?{query}"));
        checked(request.send().await.expect("an answer"), "/customers", "get").await
    }

    pub async fn customer(&self, id: &str) -> (u16, Value) {
        let request = self.request(Method::GET, &format!("/customers/{id}"));
        checked(request.send().await.expect("an answer"), CUSTOMER, "get").await
    }

    pub async fn individual(&self, id: &str, individual: &str) -> (u16, Value) {
        let request = self.request(Method::GET, &format!("/customers/{id}/individuals/{individual}"));
        checked(request.send().await.expect("an answer"), INDIVIDUAL, "get").await
    }

    pub async fn patch(&self, id: &str, body: &Value) -> (u16, Value) {
        let request = self.patch_request(&format!("/customers/{id}"), body);
        checked(request.send().await.expect("an answer"), CUSTOMER, "patch").await
    }

    pub async fn patch_individual(&self, id: &str, individual: &str, body: &Value) -> (u16, Value) {
        let request = self.patch_request(&format!("/customers/{id}/individuals/{individual}"), body);
        checked(request.send().await.expect("an answer"), INDIVIDUAL, "patch").await
    }

    /// A patch with an idempotency id.
    pub async fn patch_as(&self, attempt: &str, id: &str, body: &Value) -> (u16, Value) {
        let request = self.patch_request(&format!("/customers/{id}"), body).header("x-bultra-idempotency-id", attempt);
        checked(request.send().await.expect("an answer"), CUSTOMER, "patch").await
    }

    /// Every row of the list, page after page, and how many pages they were.
    pub async fn all(&self, query: &str) -> (Vec<Value>, usize) {
        let (mut rows, mut pages, mut cursor) = (Vec::new(), 0, String::new());
        loop {
            let (status, page) = self.list(&format!("{query}{cursor}")).await;
            assert_eq!(status, 200, "{page}");
            pages += 1;
            rows.extend(page["data"].as_array().expect("a list").clone());
            let next = page["pagination"]["next_cursor"].as_str();
            assert_eq!(page["pagination"]["has_more"], json!(next.is_some()));
            match next {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return (rows, pages),
            }
        }
    }
}

pub const CUSTOMER: &str = "/customers/{id}";
pub const INDIVIDUAL: &str = "/customers/{id}/individuals/{individual_id}";

/// Status and body of an answer that is as the contract says.
pub async fn checked(response: Response, path: &str, method: &str) -> (u16, Value) {
    let (status, body) = answer(response).await;
    let schema = match status {
        200 => schema(path, method),
        _ => json!({ "$ref": "#/components/schemas/Error", "required": ["error"] }),
    };
    Schema::in_contract(&CONTRACT, schema, true).assert(&body);
    (status, body)
}

fn schema(path: &str, method: &str) -> Value {
    CONTRACT["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"].clone()
}

/// Holds a body that a client sends against the contract.
pub fn fits_a_patch(body: &Value) -> bool {
    Schema::in_contract(&CONTRACT, json!({ "$ref": "#/components/schemas/ContactPatch" }), true).faults(body).is_empty()
}

/// The code of an error.
pub fn code(error: &Value) -> &str {
    error["error"]["code"].as_str().unwrap_or_default()
}
